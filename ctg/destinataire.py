"""What is told to the structure that sent a file, and what stays with the coordination."""

import datetime as dt
import re

# how long who is late, or has something to correct, is given to answer
DELAI_DE_REPONSE = dt.timedelta(days=15)
# said by the sender alone, though the rule speaks to the coordination
DEUX_VERSIONS = (
    "deux versions différentes nous sont parvenues ; dites-nous laquelle garder, ou renvoyez la bonne."
)
# what speaks of another structure, or that only the coordination can act on
_INTERNES = frozenset(
    {
        "ordre_des_depots",
        "meme_rapport",
        "loin_des_semblables",
        "quartiers_et_ville",
        "sources_differentes",
        "manifeste_absent",
        "source_inconnue",
        "ligne_a_rapprocher",
        "lecture_imprevue",
    }
)
# a sentence about our declarations, said in the words of who only knows its file
_AUTREMENT = {
    "rien_de_lu": "Nous n’avons trouvé aucune réponse dans ce fichier. Renvoyez-le rempli.",
    "pas_un_tableau": "Ce fichier n’est pas un classeur. Envoyez le classeur lui-même, au format .xlsx, "
    ".xls, .ods ou .csv, s’il le faut dans une archive .zip.",
}
# our screens, our files, the words of our declarations: a sender has none of them
_NOS_OUTILS = re.compile(
    r"\bcorrespondances?\b|\bCollecte\b|« Décider »|\w+\.(?:csv|yml|md)\b|\bdata/|\bréférentiel, |"
    r"« [a-z]+_[a-z_]+ »|« [a-z_]+ ?: [a-z]+ »|\bdésignez-l[ae] par sa lettre\b"
)
_PHRASES = re.compile(r"(?<=[.!?]) (?=[A-ZÀÂÉÈÊÎÔÛ])")
# what may not be shown on a screen is in front of who wrote it
_NON_MONTRE = re.compile(
    r"le (texte|nombre|contenu) lu \(non montré : petit effectif possible\)|« texte à relire, non recopié »"
)
_CITE = "\0"  # stands for what the sender wrote while our words are looked for
_CACHE = re.compile(r"\(non montré : petit effectif possible\)|texte à relire, non recopié")
# the hidden codes of our forms: what stood there tells a sender nothing
_CODES = re.compile(r"(Les repères cachés de « .+ » ont été modifiés) \(« .* » au lieu de « .* »\)")
# true of one sentence alone; the mail says what counts
_RESTE = re.compile(r" ?Les autres réponses sont chargées\.")
# a row alone, sent back in a new form, would replace the whole report
_A_PART = re.compile(
    r"\b([Rr])ecopiez-(la|les) dans (?:un canevas neuf|le canevas envoyé)(?: et renvoyez-le)?\."
)


def dire(regle: str, message: str, lu: str | None = None) -> str | None:
    """The sentence of an anomaly in words its sender knows, what it cannot do left out; None when nothing of
    it is for the sender. `lu`: what the sender wrote, whose words are its own."""
    if regle in _AUTREMENT:
        return _AUTREMENT[regle]
    if regle in _INTERNES:
        return None
    cite = f"« {lu} »" if lu and not _CACHE.search(lu) else None
    if cite:
        message = message.replace(cite, _CITE)
    phrases = [_sans_nos_outils(phrase) for phrase in _PHRASES.split(message)]
    if None in phrases:
        return None
    dit = _NON_MONTRE.sub(lambda m: f"le {m[1] or 'texte'} écrit", _RESTE.sub("", " ".join(phrases)))
    dit = _CODES.sub(r"\1", dit)
    dit = _A_PART.sub(
        lambda m: f"{'D' if m[1] == 'R' else 'd'}onnez-{m[2]}-nous en répondant à notre message.", dit
    )
    return dit.replace(_CITE, cite) if cite else dit


def montrer(lu: str | None) -> str | None:
    """What was read, as the list of a copy quotes it: what screens do not show is in the cell itself."""
    return "voir la cellule" if lu and _CACHE.search(lu) else lu


def _sans_nos_outils(phrase: str) -> str | None:
    """« Corrigez le fichier, ou complétez la correspondance. » → « Corrigez le fichier. »; None when nothing
    is left."""
    if not _NOS_OUTILS.search(phrase):
        return phrase
    gardees = [choix for choix in phrase.rstrip(".").split(", ou ") if not _NOS_OUTILS.search(choix)]
    if not gardees:
        return None
    dite = ", ou ".join(gardees)
    return f"{dite[:1].upper()}{dite[1:]}."
