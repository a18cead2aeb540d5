"""The cells a person may correct from the Collecte page: what each holds, whence, what may be written.

Every cell that a respondent is asked is there, received or not: a figure that nobody sent is entered as well.
"""

from dataclasses import dataclass
from pathlib import Path

from ctg.entrepot import Entrepot
from ctg.formats import date_courte
from ctg.referentiel import Referentiel
from etl.canevas.grammaire import Cle
from etl.canevas.messages import anomalie, attendu, citer
from etl.canevas.nombres import Nature
from etl.canevas.petits_nombres import NonMontre, a_montrer
from etl.canevas.plan import Ligne
from etl.canevas.valeurs import Valeur, lire_valeur
from etl.saisies.ajout import ajouter
from etl.saisies.corrections import RECUE, RECUE_DITE, ecrire_valeur, lignes_demandees, montrer
from etl.saisies.lecture import Lecture
from etl.saisies.refus import SaisieRefusee

RIEN_RECU = "rien n’a été reçu"
# a masked answer is masked here too: its terms, or the amount drawn from a count, would give it away
_MASQUEES = """
    SELECT DISTINCT 'i' AS rubrique, indicateur_id, ventilation, modalite FROM publication.mesure
    WHERE annee = $annee AND etat = 'secret' AND perimetre = 'tous'
      AND CASE WHEN $fiche THEN niveau = 'ville' AND type_structure = 'tous'
               ELSE niveau = 'structure' AND territoire_id = $repondant END
    UNION ALL
    SELECT 'v', champ_id, 'total', 'total' FROM publication.vie_structure
    WHERE annee = $annee AND etat = 'secret' AND structure_id = $repondant
"""
_NON_MONTREE = "(non montré : petit effectif possible)"
# the first of two cells of one row is the one that the build corrects (etl/jugement/30_corrections.sql)
_CELLULES = """
    SELECT c.rubrique, c.objet_id, c.quartier_id, nullif(c.ventilation, 'total') AS ventilation,
           nullif(c.modalite, 'total') AS modalite, c.code, c.valeur, c.texte, c.etat, c.estime, c.recue,
           c.fichier, c.feuille, c.cellule, n.libelle AS source
    FROM interne.cellule AS c
    JOIN interne.source_reponse AS n ON n.source = c.source
    WHERE c.retenu AND c.annee = $annee AND c.repondant_id = $repondant
    ORDER BY c.depot_id DESC
"""
# the last that was decided of each cell; `ligne` is its number in valeurs.csv
_DECIDEES = """
    SELECT cle, code, ligne, le, fonction, raison, nouvelle, sort FROM collecte.correction
    WHERE annee = $annee AND repondant_id = $repondant
    QUALIFY row_number() OVER (PARTITION BY cle, code ORDER BY le DESC, ligne DESC) = 1
"""
_APPLIQUEES = frozenset({"appliquee", "maintenue"})
_SUIVIES = _APPLIQUEES | {"perimee"}
_TUES = frozenset({"nombre_en_texte", "sans_reponse", "date_en_texte"})  # what everybody types on a page


@dataclass(frozen=True, slots=True)
class Case:
    """A cell asked of a respondent. `contenu` is what valeurs.csv calls `ancienne`, `affichage` what may be
    shown of it; `origine` says whence it comes, `decidee` the number of the last line about it, 0 without
    one; `reprenable`: somebody changed it, and what was received may be taken again."""

    ligne: Ligne
    code: str
    nature: Nature
    contenu: str
    estime: bool
    affichage: str
    origine: str
    decidee: int
    reprenable: bool

    @property
    def cle(self) -> str:
        """The key of its row in the form."""
        return str(self.ligne.cle)


def cases(entrepot: Entrepot, referentiel: Referentiel, repondant_id: str, annee: int) -> list[Case]:
    """Every cell asked of a respondent, in the order of its form; those that expect words are left out."""
    qui = {"annee": annee, "repondant": repondant_id}
    lues = {(_cle(x), x.code): x for x in _lignes(entrepot, _CELLULES, **qui)}
    decidees = {(x.cle, x.code): x for x in _lignes(entrepot, _DECIDEES, **qui)}
    masquees = {
        tuple(x) for x in _lignes(entrepot, _MASQUEES, fiche=repondant_id in referentiel.fiches, **qui)
    }
    seuil = referentiel.parametres.confidentialite.seuil_personnes
    return [
        _case(ligne, code, nature, lues.get((cle, code)), decidees.get((cle, code)), masquees, seuil)
        for cle, ligne in lignes_demandees(referentiel, repondant_id, annee).items()
        for code, nature in zip(ligne.codes, ligne.natures, strict=True)
        if nature is not Nature.TEXTE
    ]


def _lignes(entrepot: Entrepot, sql: str, **params: object) -> list:
    lues = entrepot.executer(sql, **params)
    return list(lues.astype(object).where(lues.notna(), None).itertuples(index=False))


def _cle(lue) -> str:
    return str(Cle(lue.rubrique, lue.objet_id, lue.quartier_id, lue.ventilation, lue.modalite))


def _case(ligne: Ligne, code: str, nature: Nature, lue, decidee, masquees: set[tuple], seuil: int) -> Case:
    contenu, vue, estime = "", "—", False
    if lue is not None:
        contenu, estime = ecrire_valeur(nature, lue.etat, lue.valeur, lue.texte), bool(lue.estime)
        vue = montrer(ligne, nature, Valeur(lue.valeur, lue.texte, lue.etat, estime=estime), seuil)
        cle = ligne.cle
        if lue.valeur is not None and (
            (cle.rubrique, cle.objet_id, cle.ventilation or "total", cle.modalite or "total") in masquees
        ):
            vue = _NON_MONTREE
    reprenable = decidee is not None and decidee.sort in _SUIVIES and decidee.nouvelle != RECUE_DITE
    numero = int(decidee.ligne) if decidee else 0
    return Case(ligne, code, nature, contenu, estime, vue, _origine(lue, decidee), numero, reprenable)


def _origine(lue, decidee) -> str:
    """Whence the value of today comes: its cell, who changed it since; or that nothing came."""
    if lue is None or (lue.feuille is None and not lue.recue):
        dite = RIEN_RECU
    else:
        dite = f"{lue.source}, {lue.fichier}, feuille {lue.feuille}, cellule {lue.cellule}"
        if lue.etat == "manquant":
            dite += ", laissée vide"
    if decidee is None or decidee.sort not in _APPLIQUEES:
        return dite
    acte = "saisi" if dite == RIEN_RECU else "corrigé"
    if decidee.nouvelle == RECUE_DITE:
        acte = "valeur reçue reprise"
    return f"{dite} ; {acte} le {date_courte(decidee.le)} ({decidee.fonction}) : {decidee.raison}"


def montrer_saisie(case: Case, saisie: str, referentiel: Referentiel) -> str:
    """What may be shown of the value typed for a cell."""
    if saisie == RECUE:
        return RECUE_DITE
    seuil = referentiel.parametres.confidentialite.seuil_personnes
    return montrer(case.ligne, case.nature, lire_valeur(saisie, case.nature), seuil)


def lecture_a_verifier(case: Case, saisie: str, referentiel: Referentiel) -> str | None:
    """How what was typed was read, in the words told to the senders, when it is not what everybody types."""
    lue = lire_valeur(saisie, case.nature)
    if saisie == RECUE or lue.regle is None or lue.regle in _TUES:
        return None
    seuil = referentiel.parametres.confidentialite.seuil_personnes
    montre = a_montrer(saisie, seuil, lue.valeur, lue.remarque) if case.ligne.confidentielle else saisie
    valeur = "comme un nombre" if isinstance(montre, NonMontre) else citer(lue.valeur)
    champs = {"question": case.ligne.nom, "attendu": attendu(case.nature, saisie), "valeur": valeur}
    return anomalie(lue.regle, lu=montre, origine="", **champs).message


def verifier_correction(
    entrepot: Entrepot, referentiel: Referentiel, champs: dict[str, object], deja: Lecture
) -> None:
    """Check a line of valeurs.csv against the warehouse as it stands, and the register read in `deja`.

    Raises SaisieRefusee: the figure changed since it was shown, in the warehouse or in the register; or the
    line would change nothing.
    """
    trouvees = cases(entrepot, referentiel, str(champs["repondant_id"]), int(champs["annee"]))
    case = next((c for c in trouvees if (c.cle, c.code) == (champs["cle"], champs["code"])), None)
    if case is None:
        return  # `ajouter` says what is wrong with it
    if case.contenu != champs["ancienne"]:
        raise SaisieRefusee(
            f"ce chiffre a changé depuis qu’il a été affiché ; il est aujourd’hui : {case.affichage}. "
            "Rafraîchir la page, puis le corriger s’il le faut encore"
        )
    _refuser_si_decide_ailleurs(case, champs, deja)
    saisie = str(champs["nouvelle"])
    if saisie == RECUE:
        return
    lue = lire_valeur(saisie, case.nature)
    if (
        ecrire_valeur(case.nature, lue.etat, lue.valeur, lue.texte) == case.contenu
        and lue.estime == case.estime
    ):
        raise SaisieRefusee("c’est déjà la valeur d’aujourd’hui : il n’y a rien à corriger")


def _refuser_si_decide_ailleurs(case: Case, champs: dict[str, object], deja: Lecture) -> None:
    cible = {nom: str(champs[nom]) for nom in ("repondant_id", "annee", "cle", "code")}
    cible["fictif"] = str(champs.get("fictif", "non"))
    for ligne in deja.lignes:
        if ligne.numero > case.decidee and cible.items() <= ligne.champs.items():
            raise SaisieRefusee(
                "ce chiffre vient d’être corrigé ailleurs (valeurs.csv, ligne "
                f"{ligne.numero}) et n’est pas encore rechargé. Charger, puis regarder de nouveau"
            )


def corriger(
    entrepot: Entrepot, referentiel: Referentiel, champs: dict[str, object], dossier: Path | None = None
) -> dict[str, str]:
    """Append a correction to valeurs.csv, unless the figure moved since it was shown (`champs["ancienne"]`).

    Raises SaisieRefusee (nothing written), OSError.
    """
    return ajouter(
        "valeurs",
        champs,
        referentiel,
        dossier,
        lambda deja: verifier_correction(entrepot, referentiel, champs, deja),
    )
