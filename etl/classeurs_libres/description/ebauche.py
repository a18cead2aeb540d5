"""A first draft of a declaration: what each column of a table seems to give.

Everything here is a proposal with its score: the officer decides, in « Collecte › Décrire un classeur ».
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ctg.referentiel import Referentiel
from etl.adresse import lettres, numero
from etl.classeurs import Feuille
from etl.classeurs_libres.description.lignes_de_mesures import (
    TAUX,
    dit_une_mesure,
    libelles_de_mesures,
    mesure_proche,
)
from etl.classeurs_libres.description.rattachement import nomment_des_structures, structure_nommee
from etl.classeurs_libres.description.reperage import TableauRepere
from etl.classeurs_libres.description.ventilations import detail_dit, details_connus
from etl.classeurs_libres.lecture.annees import annee_du_titre, sans_annee
from etl.classeurs_libres.lecture.entetes import SANS_TITRE, SEPARATEUR, nom_en_titre, noms_a
from etl.classeurs_libres.lecture.etiquettes import CODES, est_perdu, reparer
from etl.classeurs_libres.lecture.releve import (
    contenu,
    ecrit_un_nombre,
    est_vide,
    repond,
    sans_reponse,
    texte_lu,
)
from etl.classeurs_libres.libelles import identifier
from etl.classeurs_libres.mesures import MesureConnue
from etl.classeurs_libres.mots import correspond, est_un_total, simplifier

# what a column of values may be about beside its measure, told by its own title
TITRE_STRUCTURE = "titre_structure"
_ECHANTILLON = 200  # rows looked at to tell what a column holds
_LIBELLES_REGARDES = 30  # wordings compared to tell what they name
_MAJORITE = 0.5
_PEU, _LES_MOTS_MEMES = 3, 95  # of a few rows, one may say it, in the very words of the convention
_PART_DE_MESURES = 0.25  # a workbook of their own counts many things that the convention does not ask
# titles of a column that is the count itself; of one that is something else about it
_COMPTES = (
    "total*",
    "ensemble*",
    "nombre*",
    "nb*",
    "effectif*",
    "realis*",
    "valeur*",
    "resultat*",
    "quantite*",
)
_SECONDAIRES = (
    *TAUX,
    "objectif*",
    "prev*",
    "cible*",
    "budget*",
    "ecart*",
    "evolution*",
    "variation*",
    "rang*",
)
_SECONDAIRES += ("*n-1", "*annee precedente", "moyenne*", "n°*")
_SEULES = ("structure", "annee", "quartier", "mesure", "modalite")  # one column only says whose row it is


@dataclass(frozen=True, slots=True)
class ColonneProposee:
    """A column and what it seems to be (one of declaration.ROLES, or TITRE_STRUCTURE).

    `mesure` is the measure its wording is close to, `score` (0 to 100) by how much; `annee` the year its
    wording is. `libelles`: what its rows say, each once; they may be small counts: nothing shows them.
    `lacunes`: it is blank on rows that hold a number. `chiffres`: how many digits its codes have.
    """

    lettre: str
    entete: str
    donne: str
    mesure: MesureConnue | None = None
    score: int = 0
    annee: str | None = None
    en_nombres: bool = False
    libelles: tuple[str, ...] = ()
    lacunes: bool = False
    chiffres: int | None = None


def deviner_colonnes(
    feuilles: Iterable[Feuille],
    repere: TableauRepere,
    mesures: Iterable[MesureConnue],
    referentiel: Referentiel,
) -> list[ColonneProposee]:
    """What each column of a table seems to give, in order; `feuilles` bear the same header, where found."""
    feuilles = [f for f in feuilles if f.nom in repere.feuilles]
    noms = noms_a(feuilles[0], repere.rang, repere.hauteur)
    # the name of a structure is no title of a column
    coin = repere.colonnes[0] if repere.titres and repere.titres.en_tete else None
    mesures = tuple(mesures)
    proposees: list[ColonneProposee] = []
    rangs = [(f, rang) for f in feuilles for rang in _rangs(f, repere)]
    chiffres = [(f, r) for f, r in rangs if any(repond(contenu(f, (r, c))) for c in repere.colonnes)]
    for colonne in repere.colonnes:
        lus = [lu for f, r in rangs if not est_vide(lu := contenu(f, (r, colonne)))]
        if not lus and colonne not in noms:
            continue
        nom = SANS_TITRE if colonne == coin else noms.get(colonne, SANS_TITRE)
        surs = [contenu(f, (r, colonne)) for f, r in chiffres]
        devinee = _colonne(lettres(colonne), nom, lus, surs, mesures, referentiel)
        proposees.append(replace(devinee, lacunes=any(map(est_vide, surs))))
    if any(p.donne == "structure" and p.chiffres is None for p in proposees):  # its name says it better
        proposees = [replace(p, donne="rien") if p.chiffres else p for p in proposees]
    prises: set[str] = set()
    for rang, proposee in enumerate(proposees):
        seule = proposee.donne in _SEULES and proposee.donne not in prises
        prises.add(proposee.donne)
        if proposee.donne in _SEULES and not seule:
            proposees[rang] = replace(proposee, donne="rien")
    if {"structure", "quartier"} <= prises and _ou_elles_sont(proposees, chiffres):
        proposees = [replace(p, donne="rien") if p.donne == "quartier" else p for p in proposees]
    if "structure" in prises:  # the row says whose it is: a title close to a name is chance
        proposees = [replace(p, donne="rien") if p.donne == TITRE_STRUCTURE else p for p in proposees]
    return valeurs_sans_mesure(proposees, mesures) if "mesure" in prises else _une_fois(proposees)


def _ou_elles_sont(colonnes: list[ColonneProposee], rangs: list[tuple[Feuille, int]]) -> bool:
    """True when the quartiers of a table are those where its structures stand: each has but one."""
    ou = {c.donne: numero(c.lettre) for c in colonnes if c.donne in ("structure", "quartier")}
    paires = {
        tuple(texte_lu(contenu(f, (r, c))) for c in (ou["structure"], ou["quartier"])) for f, r in rangs
    }
    return len(paires) == len({structure for structure, _ in paires})


def _une_fois(colonnes: list[ColonneProposee]) -> list[ColonneProposee]:
    """A measure is proposed for the column that is the closest to it, never for two of the same year; where
    titles say their years, one that says none may be any."""
    meilleures: dict[object, ColonneProposee] = {}
    datees = {c.mesure for c in colonnes if c.mesure and c.annee}
    for colonne in colonnes:
        cle = (colonne.mesure, colonne.annee)
        muette = colonne.annee is None and colonne.mesure in datees
        if colonne.mesure and not muette and colonne.score > getattr(meilleures.get(cle), "score", 0):
            meilleures[cle] = colonne
    return [
        replace(c, donne="rien", mesure=None, score=0)
        if c.mesure and meilleures.get((c.mesure, c.annee)) is not c
        else c
        for c in colonnes
    ]


def valeurs_sans_mesure(
    colonnes: Iterable[ColonneProposee], mesures: Iterable[MesureConnue]
) -> list[ColonneProposee]:
    """The columns of a table whose rows, or whose sheet, say what is counted: their titles do not.

    Where a year or a structure tells columns apart, only those are proposed; else those whose title is a
    detail of the measures of the rows, and the one column of numbers beside them, or the only one whose title
    means the count itself: of « Objectif » and « Réalisé », the second.
    """
    colonnes = list(colonnes)
    chiffrees = [c for c in colonnes if c.en_nombres and c.donne not in _SEULES]
    distinctes = [c for c in chiffrees if c.donne == TITRE_STRUCTURE] or _par_annee(chiffrees)
    details: dict[ColonneProposee, MesureConnue] = {}
    if not distinctes:
        connus = details_connus(_comptees(colonnes, tuple(mesures)))
        details = {c: d for c in chiffrees if (d := detail_dit(c.entete, connus)) and " " not in d.cle}
        seules = [c for c in chiffrees if c not in details and not _nommee(c, _SECONDAIRES)]
        comptes = seules if len(seules) == 1 else [c for c in seules if _nommee(c, _COMPTES)]
        distinctes = [*details, *(comptes if len(comptes) == 1 else [])]
    resultat = []
    for c in colonnes:
        if c in chiffrees:
            donne = (
                "rien" if c not in distinctes else TITRE_STRUCTURE if c.donne == TITRE_STRUCTURE else "valeur"
            )
            c = replace(c, donne=donne, mesure=details.get(c), score=100 if c in details else 0)
        resultat.append(c)
    return resultat


def _par_annee(chiffrees: list[ColonneProposee]) -> list[ColonneProposee]:
    """The column of each year, whose title is that year or means the count itself: of « Prévu 2025 » and
    « Réalisé 2025 », the second; of two, neither."""
    par_annee: dict[str, list[ColonneProposee]] = {}
    for c in chiffrees:
        if c.annee is not None and (nom_en_titre(c.entete) == c.entete or _nommee(c, _COMPTES)):
            par_annee.setdefault(c.annee, []).append(c)
    return [siennes[0] for siennes in par_annee.values() if len(siennes) == 1]


def _comptees(
    colonnes: Iterable[ColonneProposee], mesures: tuple[MesureConnue, ...]
) -> tuple[MesureConnue, ...]:
    """What the rows of a table count, with every modality of it; any measure when no column says it."""
    libelles = [mot for c in colonnes if c.donne == "mesure" for mot in c.libelles]
    cles = {m.cle for m, _ in libelles_de_mesures(libelles, mesures).values() if m}
    return tuple(m for m in mesures if m.cle in cles) if libelles else mesures


def _nommee(colonne: ColonneProposee, motifs: tuple[str, ...]) -> bool:
    return any(correspond(motif, colonne.entete) for motif in motifs)


def structures_de(colonnes: Iterable[ColonneProposee]) -> tuple[str, ...]:
    """The wordings that name structures in a table: the rows of a column, or the titles of several."""
    mots: dict[str, None] = {}
    for colonne in colonnes:
        if colonne.donne == "structure":
            mots |= dict.fromkeys(colonne.libelles)
        elif colonne.donne == TITRE_STRUCTURE:
            mots[nom_en_titre(colonne.entete)] = None
    return tuple(mots)


def _rangs(feuille: Feuille, repere: TableauRepere) -> list[int]:
    """The first rows of a table in one sheet, its titles left out."""
    debut = repere.rang + repere.hauteur
    passes = repere.titres.rangs if repere.titres else ()
    rangs = []
    for rang in range(debut, min(len(feuille.rangees), debut + _ECHANTILLON)):
        if (feuille.nom, rang) in passes:
            continue
        if repere.fin is not None and rang > debut and _finit(feuille, rang, repere.fin):
            break
        rangs.append(rang)
    return rangs


def _finit(feuille: Feuille, rang: int, fin: str) -> bool:
    remplies = [texte_lu(lu) for lu in feuille.rangees[rang] if not est_vide(lu)]
    return fin in remplies if fin else not remplies


def _colonne(
    lettre: str,
    entete: str,
    lus: list[object],
    surs: list[object],
    mesures: tuple[MesureConnue, ...],
    referentiel: Referentiel,
) -> ColonneProposee:
    """What a column of these cells seems to be; `surs` are those of the rows that answer."""
    libelles = tuple(dict.fromkeys(map(texte_lu, lus)))
    repondus = [lu for lu in lus if not sans_reponse(lu)]
    nombres = [lu for lu in repondus if ecrit_un_nombre(lu)]
    en_nombres = bool(nombres) and len(nombres) >= _MAJORITE * len(repondus)
    chiffres = next((n for motif, n in CODES.items() if correspond(motif, entete)), None)
    if chiffres and libelles:
        codes = tuple(dict.fromkeys(reparer(t, chiffres) for t in libelles if not est_perdu(t)))
        return ColonneProposee(lettre, entete, "structure", libelles=codes, chiffres=chiffres)
    for facette in ("annee", "quartier"):
        if libelles and all(identifier(facette, t, None, referentiel) for t in libelles):
            return ColonneProposee(lettre, entete, facette, libelles=libelles)
    if not en_nombres:
        # a note under a table, a title in its middle say nothing of the column
        dites = {texte_lu(lu) for lu in surs}
        regardes = tuple(t for t in libelles if t in dites or not dites)[:_LIBELLES_REGARDES]
        connus = details_connus(mesures)
        parts = [t for t in regardes if detail_dit(t, connus)]
        if len(parts) >= 2 and all(t in parts or est_un_total(t) for t in regardes):
            return ColonneProposee(lettre, entete, "modalite", libelles=libelles)
        if nomment_des_structures(regardes, referentiel):
            return ColonneProposee(lettre, entete, "structure", libelles=libelles)
        seuls = tuple(t for t in regardes if t not in parts)
        if _assez(seuls, lambda t: dit_une_mesure(t, mesures)) or (
            len(seuls) <= _PEU and any(mesure_proche(t, mesures)[1] >= _LES_MOTS_MEMES for t in seuls)
        ):
            return ColonneProposee(lettre, entete, "mesure", libelles=libelles)
        return ColonneProposee(lettre, entete, "rien", libelles=libelles)
    annee, chiffrees = annee_du_titre(entete), [m for m in mesures if m.chiffree]
    mots = entete if annee is None else " ".join(map(sans_annee, entete.split(SEPARATEUR)))
    mesure, score = mesure_proche(mots, chiffrees)
    connue, proches = structure_nommee(nom_en_titre(entete), referentiel)
    if (100 if connue else max((p.score for p in proches), default=0)) > score:
        return ColonneProposee(lettre, entete, TITRE_STRUCTURE, annee=annee, en_nombres=True)
    donne = "valeur" if mesure or (annee and not mots.strip()) else "rien"
    return ColonneProposee(lettre, entete, donne, mesure, score, annee, en_nombres=True)


def _assez(libelles: tuple[str, ...], vrai: Callable[[str], bool]) -> bool:
    """True when enough of these wordings are so, two at least: « total des charges », not « total »."""
    vrais = [t for t in libelles if len(simplifier(t)) > 2 and vrai(t)]
    compares = [t for t in libelles if t in vrais or not est_un_total(t)]
    return len(vrais) >= 2 and len(vrais) >= _PART_DE_MESURES * len(compares)
