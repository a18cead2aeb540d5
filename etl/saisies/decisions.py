"""What the Collecte page does for a person: declare a stage, correct a figure, choose a source.

Each function checks against the warehouse what its line alone cannot say, then appends one line.
"""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from ctg.entrepot import Entrepot
from ctg.referentiel import Referentiel
from ctg.vie import LIBELLES
from etl.canevas.grammaire import Cle
from etl.canevas.nombres import Nature
from etl.canevas.plan import Ligne
from etl.canevas.valeurs import Valeur, lire_valeur
from etl.inventaire import dossier_saisies
from etl.saisies.ajout import ajouter
from etl.saisies.avals import copier
from etl.saisies.corrections import ecrire_valeur, ligne_demandee, montrer, nature_de
from etl.saisies.refus import SaisieRefusee

# a masked answer is masked here too: its terms, or the amount drawn from a count, would give it away
_MASQUEES = """
    SELECT DISTINCT ventilation, modalite FROM publication.mesure
    WHERE annee = $annee AND indicateur_id = $indicateur AND etat = 'secret' AND perimetre = 'tous'
      AND CASE WHEN $fiche THEN niveau = 'ville' AND type_structure = 'tous'
               ELSE niveau = 'structure' AND territoire_id = $repondant END
"""
_NON_MONTREE = "(non montré : petit effectif possible)"
_ETAPES = "SELECT etape FROM publication.etape WHERE annee = $annee AND fiche_id = $fiche"
# a référent and a structure are asked in their own form: the cells that count there
_CELLULES = """
    SELECT c.rubrique, c.objet_id, c.quartier_id, nullif(c.ventilation, 'total') AS ventilation,
           nullif(c.modalite, 'total') AS modalite, c.code, c.valeur, c.texte, c.etat, c.fichier, c.feuille,
           c.cellule, n.libelle AS source_libelle
    FROM interne.cellule AS c
    JOIN interne.source_reponse AS n ON n.source = c.source
    WHERE c.retenu AND c.annee = $annee AND c.repondant_id = $repondant AND c.indicateur_id = $indicateur
    ORDER BY c.ventilation <> 'total', c.feuille, c.depot_id, c.quartier_id, c.periode_id, c.cellule
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A cell that counts, as it may be corrected: `contenu` is what valeurs.csv calls `ancienne`, `affichage`
    what may be shown of it."""

    ligne: Ligne
    code: str
    nature: Nature
    contenu: str
    affichage: str
    fichier: str
    feuille: str
    cellule: str
    source: str

    @property
    def cle(self) -> str:
        """The key of its row in the form."""
        return str(self.ligne.cle)

    @property
    def libelle(self) -> str:
        """Its row, as a message names it."""
        return self.ligne.nom


def cases(
    entrepot: Entrepot, referentiel: Referentiel, repondant_id: str, annee: int, indicateur_id: str
) -> list[Case]:
    """The cells behind an answer, in the order of the form; those that hold words are left out."""
    lues = entrepot.executer(_CELLULES, annee=annee, repondant=repondant_id, indicateur=indicateur_id)
    demande = {"annee": annee, "indicateur": indicateur_id, "repondant": repondant_id}
    masquees = entrepot.executer(_MASQUEES, fiche=repondant_id in referentiel.fiches, **demande)
    masquees = set(masquees.itertuples(index=False, name=None))
    trouvees = []
    for x in lues.astype(object).where(lues.notna(), None).itertuples(index=False):
        cle = str(Cle(x.rubrique, x.objet_id, x.quartier_id, x.ventilation, x.modalite))
        try:
            ligne = ligne_demandee(referentiel, repondant_id, annee, cle)
            nature = nature_de(ligne, x.code)
        except SaisieRefusee:  # words, or a row that only a workbook of their own holds
            continue
        contenu = ecrire_valeur(nature, x.etat, x.valeur, x.texte)
        vue = montrer(ligne, nature, Valeur(x.valeur, x.texte, x.etat), _seuil(referentiel))
        if x.valeur is not None and (x.ventilation or "total", x.modalite or "total") in masquees:
            vue = _NON_MONTREE
        ou = (x.fichier, x.feuille, x.cellule)
        trouvees.append(Case(ligne, x.code, nature, contenu, vue, *ou, x.source_libelle))
    return trouvees


def montrer_saisie(case: Case, saisie: str, referentiel: Referentiel) -> str:
    """What may be shown of the value typed for a cell."""
    return montrer(case.ligne, case.nature, lire_valeur(saisie, case.nature), _seuil(referentiel))


def _seuil(referentiel: Referentiel) -> int:
    return referentiel.parametres.confidentialite.seuil_personnes


def declarer_etape(
    entrepot: Entrepot,
    referentiel: Referentiel,
    champs: dict[str, object],
    dossier: Path | None = None,
) -> dict[str, str]:
    """Append a line to etapes.csv (`champs` as in the register, without `le`); keep a copy at an aval.

    Raises SaisieRefusee: what the stage needs is not there; OSError.
    """
    dossier = dossier or dossier_saisies()
    annee, fiche_id = int(champs["annee"]), champs.get("fiche_id")
    le = dt.datetime.now().replace(microsecond=0)
    if fiche_id and champs["etape"] == "confirmee" and champs["acte"] == "atteinte":
        _exiger_controlee(entrepot, annee, fiche_id)
    if fiche_id and champs["etape"] == "aval" and champs["acte"] != "retiree":
        # before the line: killed in between, a copy without its aval serves nobody and harms nobody
        le = copier(entrepot, annee, fiche_id, le, dossier)
    return ajouter("etapes", {**champs, "le": le.isoformat()}, referentiel, dossier)


def _exiger_controlee(entrepot: Entrepot, annee: int, fiche_id: str) -> None:
    atteintes = set(entrepot.executer(_ETAPES, annee=annee, fiche=fiche_id)["etape"])
    if "controlee" in atteintes:
        return
    manque = (
        "des cellules de ses réponses sont refusées : les faire corriger, ou les corriger ici"
        if "recue" in atteintes
        else "aucune réponse n’a été reçue"
    )
    raise SaisieRefusee(f"{fiche_id}, campagne {annee}, n’est pas « {LIBELLES['controlee']} » : {manque}")
