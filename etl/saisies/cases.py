"""The cells a person may correct from the Collecte page: what each holds, and whence it comes.

Every cell that a respondent is asked is there, received or not: a figure that nobody sent is entered as well.
"""

from dataclasses import dataclass

from ctg.entrepot import Entrepot
from ctg.formats import date_courte
from ctg.referentiel import Referentiel
from etl.canevas.grammaire import Cle
from etl.canevas.plan import Ligne
from etl.canevas.reponse.nombres import Nature
from etl.canevas.reponse.petits_nombres import NON_MONTRE
from etl.canevas.reponse.valeurs import Valeur
from etl.saisies.corrections import RECUE_DITE, ecrire_valeur, lignes_demandees, montrer

RIEN_RECU = "rien n’a été reçu"
# a masked answer is masked here too: its terms, or the amount drawn from a count, would give it away; and, in
# a quartier where something is masked, what one respondent says of this quartier would too
_MASQUEES = """
    SELECT DISTINCT 'i' AS rubrique, m.indicateur_id,
           CASE m.niveau WHEN 'quartier' THEN m.territoire_id
                         WHEN 'structure' THEN CASE WHEN m.territoire_id <> $repondant THEN s.quartier_id END
           END AS quartier_id,
           m.ventilation, m.modalite
    FROM publication.mesure AS m
    LEFT JOIN publication.structure AS s ON m.niveau = 'structure' AND s.structure_id = m.territoire_id
    WHERE m.annee = $annee AND m.etat = 'secret' AND m.perimetre = 'tous'
      AND (m.niveau <> 'ville' OR ($fiche AND m.type_structure = 'tous'))
    UNION ALL
    SELECT 'v', champ_id, NULL, 'total', 'total' FROM publication.vie_structure
    WHERE annee = $annee AND etat = 'secret' AND structure_id = $repondant
"""
# the first of two cells of one row is the one that the build corrects (etl/jugement/30_corrections.sql)
_CELLULES = """
    SELECT c.rubrique, c.objet_id, c.quartier_id, nullif(c.ventilation, 'total') AS ventilation,
           nullif(c.modalite, 'total') AS modalite, c.code, c.valeur, c.texte, c.etat, c.estime, c.recue,
           c.fichier, c.feuille, c.cellule, n.libelle AS source,
           -- over too few people, within one place too: its terms side by side would tell the rate
           coalesce(bool_or((c.code = 'denominateur' AND c.valeur < $seuil_taux)
                            OR (c.code = 'repondants' AND c.valeur < $seuil_satisfaction))
                    OVER (PARTITION BY c.rubrique, c.objet_id, c.quartier_id, c.ventilation, c.modalite),
                    false) AS parlante
    FROM interne.cellule AS c
    JOIN interne.source_reponse AS n ON n.source = c.source
    WHERE c.retenu AND c.annee = $annee AND c.repondant_id = $repondant
    ORDER BY c.fichier DESC, c.feuille DESC, c.cellule DESC
"""
# the last that was decided of each cell; `ligne` is its number in valeurs.csv
_DECIDEES = """
    SELECT cle, code, ligne, le, fonction, raison, nouvelle, sort FROM collecte.correction
    WHERE annee = $annee AND repondant_id = $repondant
    QUALIFY row_number() OVER (PARTITION BY cle, code ORDER BY le DESC, ligne DESC) = 1
"""
_APPLIQUEES = frozenset({"appliquee", "maintenue"})
_SUIVIES = _APPLIQUEES | {"perimee"}


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
    seuils = referentiel.parametres.confidentialite
    taux = {"seuil_taux": seuils.seuil_taux, "seuil_satisfaction": seuils.seuil_satisfaction}
    lues = {(_cle(x), x.code): x for x in _lignes(entrepot, _CELLULES, **qui, **taux)}
    decidees = {(x.cle, x.code): x for x in _lignes(entrepot, _DECIDEES, **qui)}
    masquees = {
        tuple(x) for x in _lignes(entrepot, _MASQUEES, fiche=repondant_id in referentiel.fiches, **qui)
    }
    return [
        _case(
            ligne,
            code,
            nature,
            lues.get((cle, code)),
            decidees.get((cle, code)),
            masquees,
            seuils.seuil_personnes,
        )
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
        detail = cle.ventilation or "total", cle.modalite or "total"
        places = {(cle.rubrique, cle.objet_id, lieu, *detail) for lieu in (None, cle.quartier_id)}
        if lue.valeur is not None and (places & masquees or (ligne.confidentielle and lue.parlante)):
            vue = NON_MONTRE
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
