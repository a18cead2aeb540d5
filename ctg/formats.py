"""French numbers, dates and units, written in one place.

Nothing here reads the locale of the machine or of the browser: a projector set to English still shows
« 1 240,5 ». Thousands are separated by U+202F, the sign of negative numbers is U+2212.
"""

import datetime as dt
import math
import re
import unicodedata

ESPACE_FINE = "\u202f"
MOINS = "\u2212"
INCONNU = "n. d."
ENVIRON = "≈"
# under a table where « ≈ » stands
DONT_ESTIMATIONS = f"{ENVIRON} : dont estimations"
# units that are signs: never left out beside a number
UNITES_SIGNES = {"%", "€"}

_MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
# nouns that end in « s » in the singular too, and the words after which the noun phrase no longer agrees
_INVARIABLES = {
    "accès",
    "avis",
    "cas",
    "concours",
    "fois",
    "mois",
    "parcours",
    "pas",
    "progrès",
    "recours",
    "temps",
}
_PREPOSITIONS = {"à", "d", "de", "des", "du", "en", "moins", "par", "pour", "sans", "sur"}


def est_connu(valeur: object) -> bool:
    """Say whether a cell holds a value: neither None, nor NaN, NaT, nor NA (a column of blanks)."""
    try:
        return valeur is not None and bool(valeur == valeur)
    except TypeError:  # NA does not say whether it equals itself; pandas is too long to import to ask it
        return False


def nombre(valeur: float | None, decimales: int | None = None) -> str:
    """Write a number: ``1234.5`` → « 1 234,5 ».

    Without `decimales`, whole numbers bear none and the others one. None and NaN read « n. d. ».
    """
    if not est_connu(valeur):
        return INCONNU
    if decimales is None:
        decimales = 0 if math.isclose(valeur, round(valeur), abs_tol=1e-9) else 1
    texte = f"{abs(valeur):,.{decimales}f}".replace(",", ESPACE_FINE).replace(".", ",")
    nul = not texte.strip(f"0,{ESPACE_FINE}")
    return texte if valeur >= 0 or nul else MOINS + texte


def pourcentage(valeur: float | None, decimales: int | None = None) -> str:
    """Write a share already expressed in percent: ``81.25`` → « 81,3 % »."""
    return f"{nombre(valeur, decimales)}{ESPACE_FINE}%" if est_connu(valeur) else INCONNU


def _signe(valeur: float, texte: str) -> str:
    """Put the sign before an absolute value already written; a zero bears none."""
    if not texte.strip(f"0,{ESPACE_FINE}"):
        return texte
    return f"{'+' if valeur > 0 else MOINS}{ESPACE_FINE}{texte}"


def evolution(rapport: float | None, decimales: int = 0) -> str:
    """Write a relative change given as a ratio: ``0.09`` → « + 9 % », ``-0.125`` → « − 13 % »."""
    if not est_connu(rapport):
        return INCONNU
    return f"{_signe(rapport, nombre(abs(rapport) * 100, decimales))}{ESPACE_FINE}%"


def points(ecart: float | None, decimales: int = 1) -> str:
    """Write a difference between two percentages: ``3.24`` → « + 3,2 points »."""
    if not est_connu(ecart):
        return INCONNU
    texte = nombre(abs(ecart), decimales)
    return f"{_signe(ecart, texte)} {accorder('points', round(abs(ecart), decimales))}"


def accorder(nom: str, quantite: float) -> str:
    """Put a plural noun phrase in the singular under 2, as French does: ``("jeunes", 1)`` → « jeune ».

    What follows a preposition stays: « places pour 100 enfants » → « place pour 100 enfants ».
    """
    if abs(quantite) >= 2:
        return nom
    morceaux = re.split(r"(\W+)", nom)
    for rang, mot in enumerate(morceaux):
        if mot.lower() in _PREPOSITIONS:
            break
        if mot.endswith("s") and mot.lower() not in _INVARIABLES:
            morceaux[rang] = mot[:-1]
    return "".join(morceaux)


def mesure(valeur: float | None, unite: str | None) -> str:
    """Write a value with its unit: « 1 240 familles », « 1 jeune », « 12,5 % », « 1 240 € »."""
    if not est_connu(valeur):
        return INCONNU
    if not unite:
        return nombre(valeur)
    if unite in UNITES_SIGNES:
        return f"{nombre(valeur)}{ESPACE_FINE}{unite}"
    return f"{nombre(valeur)} {accorder(unite, valeur)}"


def mesure_courte(valeur: float | None, unite: str | None) -> str:
    """Write a value whose label already says what is counted: « 1 240 », « 12,5 % », « 1 240 € »."""
    return mesure(valeur, unite if unite in UNITES_SIGNES else None)


def mesure_lue(valeur: float | None, unite: str | None, estime: bool) -> str:
    """The same, after « ≈ » when it counts an estimate."""
    courte = mesure_courte(valeur, unite)
    return f"{ENVIRON}{ESPACE_FINE}{courte}" if estime and est_connu(valeur) else courte


def sans_unite(affichage: str) -> str:
    """Drop the unit in words of a published text: « 1 240 familles » → « 1 240 » ; « 12 % » stays."""
    nombre_seul = re.match(rf"({MOINS}?[\d{ESPACE_FINE},]*\d)(?: (?!sur )[^\W\d_].*)?$", affichage)
    return nombre_seul[1] if nombre_seul else affichage


def couverture(repondantes: float | None, attendues: float | None) -> str:
    """Write who answered among those expected: « 12 répondants sur 15 »."""
    attendues = int(attendues) if est_connu(attendues) else 0
    repondantes = int(repondantes) if est_connu(repondantes) else 0
    if not attendues:
        return "aucun répondant attendu"
    if not repondantes:
        return f"aucun répondant sur {nombre(attendues)}"
    return f"{nombre(repondantes)} {accorder('répondants', repondantes)} sur {nombre(attendues)}"


def compter(quantite: int, nom: str, feminin: bool = False) -> str:
    """Count things in a sentence: « 3 fiches », « 1 fiche », « aucune fiche »."""
    if not quantite:
        return f"{'aucune' if feminin else 'aucun'} {accorder(nom, 1)}"
    return f"{nombre(quantite)} {accorder(nom, quantite)}"


def citer(noms: list[str], montres: int = 2) -> str:
    """The first of many names, and how many others: « a, b et 3 autres »."""
    cites = ", ".join(noms[:montres])
    return f"{cites} et {compter(len(noms) - montres, 'autres')}" if len(noms) > montres else cites


def compte_ou_tiret(quantite: int) -> str:
    """A count in a table where most are zero: « – » for none."""
    return nombre(quantite) if quantite else "–"


def _en_date(jour: object) -> dt.date | None:
    if not est_connu(jour):
        return None
    if isinstance(jour, str):
        return dt.datetime.fromisoformat(jour).date()
    return jour.date() if isinstance(jour, dt.datetime) else jour


def date_longue(jour: dt.date | dt.datetime | str | None) -> str:
    """Write a day: « 1er mars 2026 ». Accepts ISO text; nothing known reads « n. d. »."""
    date = _en_date(jour)
    if date is None:
        return INCONNU
    numero = "1er" if date.day == 1 else str(date.day)
    return f"{numero} {_MOIS[date.month - 1]} {date.year}"


def date_courte(jour: dt.date | dt.datetime | str | None) -> str:
    """Write a day for a table: « 01/03/2026 »."""
    date = _en_date(jour)
    return INCONNU if date is None else f"{date:%d/%m/%Y}"


def mois(jour: dt.date | dt.datetime | str | None) -> str:
    """Write a month: « mars 2026 »."""
    date = _en_date(jour)
    return INCONNU if date is None else f"{_MOIS[date.month - 1]} {date.year}"


def lier(texte: str) -> str:
    """Keep a few words on one line: no-break spaces between them."""
    return texte.replace(" ", "\u00a0")


def liste(elements: list[str]) -> str:
    """Join in a sentence: « Grésilles, Maladière et Université »."""
    if len(elements) < 2:
        return "".join(elements)
    return f"{', '.join(elements[:-1])} et {elements[-1]}"


def cle_ascii(*parties: object) -> str:
    """Make a stable ASCII key of pieces of text: ``("PE-1", "Été")`` → ``pe-1_ete``."""
    net = (re.sub(r"[^a-z0-9-]+", "-", cle_de_tri(str(partie))).strip("-") for partie in parties)
    return "_".join(filter(None, net))


def nom_de_fichier(*parties: object, extension: str) -> str:
    """Make a portable file name: ``("PE-1", "Été", extension="csv")`` → ``pe-1_ete.csv``."""
    return f"{cle_ascii(*parties)}.{extension}"


def cle_de_tri(texte: str) -> str:
    """Key of the French alphabetical order: accents and case do not count (« École » before « Fête »)."""
    lie = texte.casefold().replace("œ", "oe").replace("æ", "ae")
    return unicodedata.normalize("NFKD", lie).encode("ascii", "ignore").decode()
