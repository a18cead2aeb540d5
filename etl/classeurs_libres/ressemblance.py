"""How close two wordings are: letter by letter, and for names of structures by the words that tell them."""

import re
from collections import Counter
from functools import lru_cache

from rapidfuzz import fuzz

_ASSEZ_LONG = 6  # letters: « tempo » stands in « temporaire »
_MEME_MOT = 85  # of 100: « jaures », « jauress »
_COURANT = 3  # names that share a word: « multi-accueil » tells none of them
_MEMES_MOTS, _UNE_PARTIE = 95, 90  # of 100
_SANS_NOM = re.compile(r"^[0-9]{1,2} ?[.)°-] ?|\b20[0-9]{2}\b")  # « 3. La Maison des Fées 2025 »
_ABREGES = {"ma": "multi-accueil", "mac": "multi-accueil", "mc": "micro-creche", "ram": "rpe"}
_MOT = re.compile(r"[^\W_]+")
_LIENS = frozenset({"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"})


def ressemblance(a: str, b: str) -> float:
    """How close two simplified wordings are, from 0 to 100: the same words, or one within the other."""
    entier = _entier(a, b)
    if min(len(a), len(b)) < _ASSEZ_LONG:
        return entier
    return max(entier, 0.95 * fuzz.partial_ratio(a, b))


def ressemblance_de_noms(a: str, b: str, courants: frozenset[str]) -> float:
    """The same for the names of two structures: « Crèche Jean Jaurès » is « Multi-accueil Jean Jaurès », and
    « Accueil » is none of those that begin so. `courants`: the words that many names share."""
    a = _entiere(_SANS_NOM.sub("", a))
    propres, siens = _propres(a, courants), _propres(b, courants)
    communs = [mot for mot in propres if any(_meme_mot(mot, autre) for autre in siens)]
    if not communs:
        return _entier(a, b) if propres else 0
    if len(communs) < len(propres):  # a word more may be another place
        return ressemblance(a, b)
    if len(communs) == len(siens):
        # « Crèche Mansart » is not surely « RPE Mansart »
        autrement = courants & set(_MOT.findall(a)) - set(_MOT.findall(b)) - _LIENS
        return max(_UNE_PARTIE if autrement else _MEMES_MOTS, ressemblance(a, b))
    return _UNE_PARTIE if 2 * len(communs) >= len(siens) else 0


def mots_en_trop(a: str, b: str, courants: frozenset[str]) -> list[str]:
    """The words of its own that a wording bears beside those of the name `b`: « Balzac 2 » → 2."""
    siens = _propres(b, courants)
    return [
        m
        for m in _propres(_entiere(_SANS_NOM.sub("", a)), courants)
        if not any(_meme_mot(m, x) for x in siens)
    ]


@lru_cache(maxsize=64)
def mots_courants(noms: tuple[str, ...], lieux: tuple[str, ...]) -> frozenset[str]:
    """The words that several of these simplified names bear and that name no place."""
    nombres = Counter(mot for nom in noms for mot in set(_MOT.findall(nom)))
    places = {mot for lieu in lieux for mot in _MOT.findall(lieu)}
    courants = {mot for mot, nombre in nombres.items() if nombre >= _COURANT} - places
    return frozenset(courants | {f"{mot}s" for mot in courants})


def _entiere(nom: str) -> str:
    """« MA Junot » is how those who run it write « Multi-accueil Junot »."""
    premier, espace, suite = nom.partition(" ")
    return f"{_ABREGES.get(premier.rstrip('.'), premier)}{espace}{suite}" if suite else nom


def _meme_mot(a: str, b: str) -> bool:
    """« code » is not « conde »: only long words may be mistyped."""
    return a == b or (min(len(a), len(b)) >= _ASSEZ_LONG and fuzz.ratio(a, b) >= _MEME_MOT)


def _entier(a: str, b: str) -> float:
    return max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b))


@lru_cache(maxsize=8192)
def _propres(texte: str, courants: frozenset[str]) -> tuple[str, ...]:
    mots = [mot for mot in _MOT.findall(texte) if mot not in _LIENS]
    return tuple(dict.fromkeys(mot for mot in mots if mot not in courants))
