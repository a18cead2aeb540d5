"""A first draft of a declaration: where the table of a workbook seems to start, what its columns seem to be.

Everything here is a proposal with its score: the officer decides, in « Collecte › Décrire un classeur ».
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ctg.referentiel import Referentiel
from etl.canevas.journal import adresse
from etl.canevas.plan import Ligne, lignes, plan_fiche, plan_structure
from etl.classeurs import Feuille
from etl.classeurs_libres.entetes import SANS_TITRE, noms_a
from etl.classeurs_libres.libelles import Proposition, identifier, proposer, ressemblance
from etl.classeurs_libres.mots import simplifier
from etl.classeurs_libres.releve import contenu, est_vide, texte_lu

_RANGS_REGARDES = 40  # a table that starts lower is pointed at by hand
_ECHANTILLON = 200  # rows looked at to tell what a column holds
_MAJORITE = 0.5
_RESSEMBLE = 60  # of 100: under it, a measure would be proposed at random


@dataclass(frozen=True, slots=True)
class ColonneProposee:
    """A column and what it seems to be; `score` (0 to 100) is that of the measure its wording is close to.

    `libelles`: what its first rows say, each once. They may be small counts: nothing shows them but wordings.
    """

    lettre: str
    entete: str
    donne: str  # one of declaration.ROLES
    mesure: str | None = None
    code: str | None = None
    score: int = 0
    libelles: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class MesureConnue:
    """A measure that a column may give: its key (`v:adherents`), its words, the codes of its cells."""

    cle: str
    libelle: str
    codes: tuple[str, ...]
    modalite: str | None = None


def deviner_entete(feuille: Feuille) -> tuple[int, int]:
    """The row (from 0) where the header seems to start, and its height, 1 or 2; (0, 1) without a clue.

    A header is the first row of the widest run of wordings above rows that hold numbers.
    """
    notes = []
    for rang in range(min(len(feuille.rangees), _RANGS_REGARDES)):
        remplies = _remplies(feuille, rang)
        mots = [lu for lu in remplies if isinstance(lu, str)]
        dessous = _nombres_sous(feuille, rang)
        if len(mots) >= 2 and len(mots) >= _MAJORITE * len(remplies) and dessous:
            notes.append((len(mots) + min(dessous, len(mots)), -rang))
    if not notes:
        return 0, 1
    rang = -max(notes)[1]
    au_dessus = _remplies(feuille, rang - 1) if rang else []
    # a row of fewer titles just above, each over several columns
    deux = 2 <= len(au_dessus) < len(_remplies(feuille, rang)) and all(isinstance(x, str) for x in au_dessus)
    return (rang - 1, 2) if deux else (rang, 1)


def deviner_colonnes(
    feuille: Feuille, rang: int, hauteur: int, mesures: Iterable[MesureConnue], referentiel: Referentiel
) -> list[ColonneProposee]:
    """What each column of the table whose header starts at `rang` seems to give, in order."""
    noms = noms_a(feuille, rang, hauteur)
    proposees, prises = [], set()
    for colonne in range(len(feuille.rangees[rang]) if feuille.rangees else 0):
        lus = [
            lu
            for r in range(rang + hauteur, min(len(feuille.rangees), rang + hauteur + _ECHANTILLON))
            if not est_vide(lu := contenu(feuille, (r, colonne)))
        ]
        if not lus and colonne not in noms:
            continue
        proposee = _colonne(colonne, noms.get(colonne, SANS_TITRE), lus, mesures, referentiel)
        if proposee.donne in prises:  # one column only says whose row it is, or of which year
            proposee = ColonneProposee(proposee.lettre, proposee.entete, "rien", libelles=proposee.libelles)
        if proposee.donne in ("structure", "annee", "quartier"):
            prises.add(proposee.donne)
        proposees.append(proposee)
    return proposees


def mesures_connues(referentiel: Referentiel, annee: int) -> tuple[MesureConnue, ...]:
    """Every row that some form of `annee` asks, once, in the order of the forms."""
    plans = [
        *(plan_structure(referentiel, s, annee) for s in referentiel.structures.values()),
        *(plan_fiche(referentiel, fiche_id) for fiche_id in referentiel.fiches),
    ]
    connues: dict[str, MesureConnue] = {}
    for plan in plans:
        for ligne in lignes(plan).values():
            if ligne.cle.quartier_id is None or ligne.cle.quartier_id == "ville":
                mesure = _connue(ligne)
                connues.setdefault(f"{mesure.cle}#{mesure.modalite}", mesure)
    return tuple(connues.values())


def proposer_structures(libelles: Iterable[str], referentiel: Referentiel) -> dict[str, list[Proposition]]:
    """For each wording that names no structure exactly, those it is close to, best first."""
    return {
        libelle: proposer("structure", libelle, referentiel)
        for libelle in libelles
        if identifier("structure", libelle, None, referentiel) is None
    }


def rapprocher(entete: str, mesures: Iterable[MesureConnue]) -> tuple[MesureConnue | None, int]:
    """The measure whose words are the closest to a header, and its score from 0 to 100."""
    cherche = simplifier(entete)
    notees = [
        (round(ressemblance(cherche, simplifier(m.libelle))), -rang, m) for rang, m in enumerate(mesures)
    ]
    meilleure = max(notees, default=None, key=lambda notee: notee[:2])
    return (meilleure[2], meilleure[0]) if meilleure else (None, 0)


def _connue(ligne: Ligne) -> MesureConnue:
    cle = ligne.cle
    modalite = f"{cle.ventilation}={cle.modalite}" if cle.ventilation else None
    mots = f"{ligne.objet} › {ligne.libelle}" if modalite else ligne.objet
    return MesureConnue(f"{cle.rubrique}:{cle.objet_id}", mots, ligne.codes, modalite)


def _colonne(
    colonne: int, entete: str, lus: list[object], mesures: Iterable[MesureConnue], referentiel: Referentiel
) -> ColonneProposee:
    lettre = adresse(0, colonne).rstrip("1")
    textes = [texte_lu(lu) for lu in lus]
    libelles = tuple(dict.fromkeys(textes))
    nommees = [t for t in libelles if identifier("structure", t, None, referentiel)]
    proches = [t for t in libelles if t not in nommees and proposer("structure", t, referentiel, 1)]
    if libelles and len(nommees) + len(proches) >= _MAJORITE * len(libelles):
        return ColonneProposee(lettre, entete, "structure", libelles=libelles)
    for facette in ("annee", "quartier"):
        if libelles and all(identifier(facette, t, None, referentiel) for t in libelles):
            return ColonneProposee(lettre, entete, facette, libelles=libelles)
    nombres = [lu for lu in lus if isinstance(lu, (int, float)) or _ecrit_un_nombre(lu)]
    if lus and len(nombres) >= _MAJORITE * len(lus):
        mesure, score = rapprocher(entete, mesures)
        if mesure is not None and score >= _RESSEMBLE:
            return ColonneProposee(lettre, entete, "valeur", mesure.cle, mesure.codes[0], score)
    return ColonneProposee(lettre, entete, "rien", libelles=libelles)


def _remplies(feuille: Feuille, rang: int) -> list[object]:
    return [lu for c in range(len(feuille.rangees[rang])) if not est_vide(lu := contenu(feuille, (rang, c)))]


def _nombres_sous(feuille: Feuille, rang: int) -> int:
    """The most numbers found on one of the three rows below."""
    suivantes = range(rang + 1, min(rang + 4, len(feuille.rangees)))
    return max((sum(map(_ecrit_un_nombre, _remplies(feuille, r))) for r in suivantes), default=0)


def _ecrit_un_nombre(lu: object) -> bool:
    if isinstance(lu, str):
        return lu.strip()[:1].isdigit() and sum(c.isalpha() for c in lu) <= len(lu) // 2
    return isinstance(lu, (int, float))
