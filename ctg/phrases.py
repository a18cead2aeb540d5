"""What a chart says, in one sentence of fifteen words at most, and never more than the data allow.

A trend is stated only when it was published, on a constant perimeter, over enough respondents; a maximum or a
range only over what is shown. Otherwise the sentence describes the chart and says what is missing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ctg import formats, vie

FAVORABLES = ("atteint", "en_progres")
MOTS_MAX = 15
# words that announce another one: a shortened text does not end on them
_LIAISONS = {
    "à", "au", "aux", "de", "des", "du", "en", "entre", "et", "la", "le", "les", "leur", "ou", "par", "pour",
    "sa", "ses", "son", "sur", "tous", "un", "une", "via",
}  # fmt: skip
# a published change that starts with neither is a zero
SIGNES = {"+", formats.MOINS}


@dataclass(frozen=True)
class Mouvement:
    """A change on a constant perimeter: its text, its ends, how many of those expected answered both years.

    `valeur_base` and `valeur` are known only when `etat` is `publie`; `a_l_aval`: its text as the Caf saw it,
    when it changed since.
    """

    affichage: str
    annee_base: int
    annee: int
    etat: str
    nb_communes: int
    nb_attendues: int
    valeur_base: float | None = None
    valeur: float | None = None
    a_l_aval: str | None = None


def part(repondantes: float, attendues: float) -> float:
    """Share of the expected who answered, 0 when nobody is expected."""
    return repondantes / attendues if attendues else 0.0


def majuscule(texte: str) -> str:
    """Put a capital on the first letter, leave the others."""
    return texte[:1].upper() + texte[1:]


def abreger(texte: str, mots: int) -> str:
    """Keep the first words of a text, with an ellipsis when some are lost: never « maintien et de… »."""
    tous = texte.split()
    if len(tous) <= mots:
        return texte
    gardes = tous[:mots]
    while len(gardes) > 1 and gardes[-1].rstrip(",;:") in _LIAISONS:
        gardes.pop()
    return f"{' '.join(gardes).rstrip(',;:')}…"


def convention(etats: Mapping[str, int]) -> str:
    """Sum up the fiches by state: « 9 fiches sur 15 avancent ; 3 attendent encore leurs données »."""
    total = sum(etats.values())
    avancent = sum(etats.get(etat, 0) for etat in FAVORABLES)
    inquietent, attendent = etats.get("a_surveiller", 0), etats.get("donnees_insuffisantes", 0)
    if not total or attendent == total:
        return "Les fiches attendent encore leurs premières données"
    if not avancent:
        phrase = f"Aucune fiche sur {total} n’avance encore"
    else:
        phrase = f"{avancent} {formats.accorder('fiches', avancent)} sur {total} {_verbe('avance', avancent)}"
    if inquietent:
        phrase += f" ; {inquietent} à surveiller"
    if attendent:
        siennes = "ses" if attendent == 1 else "leurs"
        phrase += f" ; {attendent} {_verbe('attend', attendent)} {siennes} données"
    return phrase


def _verbe(radical: str, nombre: int) -> str:
    """Third person, present: avance / avancent, attend / attendent."""
    if nombre < 2:
        return radical
    return f"{radical}nt" if radical.endswith("e") else f"{radical}ent"


def parts(
    mesure: str,
    noms: str,
    valeurs: Sequence[tuple[str, float | None, str, str | None]],
    *,
    additive: bool,
    couverture: float,
    seuil: float,
) -> str:
    """Say where a measure is highest: `valeurs` are (name, value, state, text), `noms` what they are.

    A count says its first two; a rate its range, unless a part is secret (it might be the lowest, or the
    highest).
    Under `seuil` of coverage, or with fewer than two values, the sentence only describes.
    """
    publies = sorted(
        (v for v in valeurs if v[2] == "publie" and formats.est_connu(v[1])), key=lambda v: v[1], reverse=True
    )
    nom = abreger(mesure, 7)
    connus = f"{len(publies)} {formats.accorder(noms, len(publies))}"
    if not publies:
        return f"{nom} : rien à montrer par {formats.accorder(noms, 1)}"
    etats = {etat for _, _, etat, _ in valeurs}
    if couverture < seuil or len(publies) < 2:
        pourquoi = "à ce jour" if "secret" not in etats or "manquant" in etats else "hors secret statistique"
        return f"{nom} : {connus} sur {len(valeurs)} {pourquoi}"
    haut, bas = publies[0], publies[-1]
    if haut[1] == bas[1]:
        return f"{nom} : même valeur dans {connus}"
    if additive:
        limite = (
            ""
            if len(publies) == len(valeurs)
            else f", sur {connus} {'connues' if noms == 'modalités' else 'connus'}"
        )
        return f"D’abord {_premiers(publies, 0)}{limite}"
    if "secret" in etats:
        return f"Le plus haut montré : {haut[0]} ({_court(haut[3])}), une partie étant secrète"
    return f"De {_court(bas[3])} ({bas[0]}) à {_court(haut[3])} ({haut[0]})"


def _premiers(publies: Sequence[tuple[str, float, str, str | None]], rang: int) -> str:
    """Name the territories at the first two values, those that tie together: « A (12), puis B et C (9) »."""
    haut = publies[rang][1]
    ensemble = [nom for nom, valeur, _, _ in publies if valeur == haut]
    mots = formats.liste(ensemble) if len(ensemble) < 3 else f"{len(ensemble)} quartiers"
    texte = f"{mots} ({_court(publies[rang][3])})"
    suite = rang + len(ensemble)
    if rang or suite == len(publies):
        return texte
    return f"{texte}, puis {_premiers(publies, suite)}"


def _court(affichage: str | None) -> str:
    return formats.sans_unite(affichage or formats.INCONNU)


def evolution(mesure: str, mouvement: Mouvement | None, seuil: float) -> str:
    """Say how a measure moved, or that it cannot be said.

    The change is stated only if published and if at least `seuil` of those expected answered both years.
    """
    nom = abreger(mesure, 7)
    if mouvement is None or mouvement.etat != "publie":
        return f"{nom} : pas encore d’évolution comparable"
    if part(mouvement.nb_communes, mouvement.nb_attendues) < seuil:
        return f"{nom} : trop peu de répondants communs pour une évolution"
    change = mouvement.affichage if mouvement.affichage[:1] in SIGNES else "Sans changement"
    change = vie.lue(change, mouvement.a_l_aval)
    if mouvement.nb_attendues == 1:
        return f"{change} depuis {mouvement.annee_base}"
    return f"{change} depuis {mouvement.annee_base}, chez les mêmes répondants"


def seule_annee(affichage: str, annee: int, repondu: str) -> str:
    """State the only value known, with who gave it: « 37 projets en 2024, selon 7 répondants sur 12 »."""
    return f"{affichage} en {annee}, selon {repondu}"


def reponses(mesure: str, nb_publiees: int, nb_total: int) -> str:
    """Describe a chart by structure without ranking it."""
    structures = formats.accorder("structures", nb_publiees)
    return f"{abreger(mesure, 7)} : {nb_publiees} {structures} sur {nb_total}"


def couverture(repondantes: int, attendues: int, lieux_muets: int) -> str:
    """Say how complete the collection is over the map fiche × quartier."""
    if not attendues:
        return "Aucun répondant n’est encore attendu"
    taux = formats.pourcentage(100 * repondantes / attendues, 0)
    if not lieux_muets:
        return f"{taux} des réponses attendues sont arrivées"
    cases = formats.compter(lieux_muets, "cases")
    return f"{taux} des réponses attendues ; {cases} encore sans réponse"


def jalons(nombre: int, realises: int) -> str:
    """Count the jalons done: « 2 jalons sur 5 réalisés »."""
    if not realises:
        return f"{majuscule(formats.compter(0, 'jalons'))} réalisé sur {nombre}"
    return f"{formats.compter(realises, 'jalons')} sur {nombre} {formats.accorder('réalisés', realises)}"


def source_imprimee(source: str) -> str:
    """Read a reference `document:line`: « 001:1169-1170 » → « document 001, lignes 1169-1170 »."""
    trouve = re.fullmatch(r"(\d{3}):(\d+(?:-\d+)?)", source.strip())
    if not trouve:
        return "proposé, à valider" if source.strip() == "propose" else source
    pluriel = "s" if "-" in trouve[2] else ""
    return f"document {trouve[1]}, ligne{pluriel} {trouve[2]}"
