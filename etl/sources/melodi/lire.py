"""Melodi: Insee's tables in long form, one value per line, its meaning spread over dimensions.

A value is taken when the dimensions that are not at their total (`_T`) are exactly those of one line of
`mesures.csv`; it then continues a series that another file of Insee already feeds.
"""

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from etl.sources.catalogue import colonne_de
from etl.sources.codes import lire_code
from etl.sources.correspondance import Correspondance, associer
from etl.sources.extraction import cellule
from etl.sources.interpretation import Lue, interpreter
from etl.sources.modele import Contexte, LectureSource
from etl.sources.nombres import date_du_texte, sans_signe
from etl.sources.recueil import Recueil
from etl.sources.tables import Tri, normaliser
from etl.sources.territoires import est_de_la_commune, inconnu, nommer
from etl.sources.vraisemblance import REGLES, douter, phrase

_TOTAUX = frozenset({"", "_T", "_Z"})  # « total », « sans objet »: the dimension splits nothing
_NIVEAUX = {"COM": "commune", "IRIS": "iris", "QPV": "qpv", "QP": "qpv", "QPV2015": "qpv", "QPV2024": "qpv"}
_GEO_LONG = re.compile(r"[0-9]{4}-[A-Z0-9]+-(.+)")  # « 2024-COM-21231 », as the API writes it
_VALEUR, _PUISSANCE, _UNITE = "obs_value", "unit_mult", "unit_measure"
_SANS_PUISSANCE = frozenset({"", "0"})
_EUROS_PAR_AN = frozenset({"EUR", "EUR_YR"})  # the only unit seen printed

Coordonnees = frozenset[tuple[str, str]]


class Places(NamedTuple):
    """Where the columns of one file stand; `dimensions` are (normalised header, index)."""

    colonnes: Correspondance
    valeur: int
    puissance: int | None
    unite: int | None
    dimensions: tuple[tuple[str, int], ...]


@cache
def mesures() -> dict[tuple[str, Coordonnees], tuple[str, str]]:
    """Load `mesures.csv`: (level, coordinates) → (source_id, variable_id) of the series continued."""
    with (Path(__file__).parent / "mesures.csv").open(encoding="utf-8", newline="") as flux:
        return {
            (m["niveau"], _coordonnees(m["coordonnees"])): (m["source_id"], m["variable_id"])
            for m in csv.DictReader(flux, delimiter=";")
        }


def _coordonnees(ecrites: str) -> Coordonnees:
    paires = (paire.split("=") for paire in ecrites.split(" & "))
    return frozenset((normaliser(dimension), valeur) for dimension, valeur in paires)


def lire(contexte: Contexte) -> LectureSource:
    """Read the lines of our commune, its IRIS and its QPV."""
    places = _places(contexte)
    recueil = Recueil(contexte)
    utiles = places.colonnes.utiles | {places.valeur, *(i for _, i in places.dimensions)}
    utiles |= {place for place in (places.puissance, places.unite) if place is not None}
    for ligne, cellules in contexte.tableau.parcourir(utiles, _tri(recueil, places.colonnes)):
        _lire_ligne(recueil, places, ligne, cellules)
    return recueil.conclure()


def _tri(recueil: Recueil, colonnes: Correspondance) -> Tri:
    def ailleurs(lieu: Sequence[str]) -> str | None:
        niveau, code = _lieu(*(texte.strip() for texte in lieu))
        notre = code is None or (niveau and est_de_la_commune(recueil.contexte, niveau, code))
        return None if notre else code

    return Tri((colonnes.niveau, colonnes.cle), ailleurs, recueil.compter_ailleurs)


def _lieu(objet: str, imprime: str) -> tuple[str | None, str | None]:
    """Level and code of a place; no level: not one that we read; no code: its digits are lost."""
    niveau = _NIVEAUX.get(objet.upper())
    long = _GEO_LONG.fullmatch(imprime)
    return niveau, lire_code(niveau, long[1] if long else imprime) if niveau else imprime


def _places(contexte: Contexte) -> Places:
    entetes = [normaliser(e) for e in contexte.tableau.entetes]
    declarees = {m.pattern for c in contexte.famille.colonnes for m in c.motifs}
    return Places(
        associer(contexte.famille, contexte.tableau.entetes),
        entetes.index(_VALEUR),
        *(entetes.index(nom) if nom in entetes else None for nom in (_PUISSANCE, _UNITE)),
        tuple((e, i) for i, e in enumerate(entetes) if e and e not in declarees),
    )


def _lire_ligne(recueil: Recueil, places: Places, ligne: int, cellules: Sequence[str]) -> None:
    contexte, colonnes = recueil.contexte, places.colonnes
    imprime = cellule(cellules, colonnes.cle)
    niveau, code = _lieu(cellule(cellules, colonnes.niveau), imprime)
    if code is None:
        recueil.compter_abime(ligne, colonnes.cle, imprime)
        return
    if niveau is None or not est_de_la_commune(contexte, niveau, code):
        recueil.compter_ailleurs(code)
        return
    if contexte.tableau.decalee(cellules):
        message = f"{len(cellules)} cellules pour {contexte.tableau.largeur} colonnes : ligne non chargée."
        recueil.signaler(ligne, colonnes.cle, "ligne_decalee", code, message)
        return
    if message := inconnu(contexte, niveau, code):
        recueil.signaler(ligne, colonnes.cle, "territoire_inconnu", code, message)
        return
    axes = frozenset((nom, lu) for nom, i in places.dimensions if (lu := cellule(cellules, i)) not in _TOTAUX)
    serie = mesures().get((niveau, axes))
    if serie is None:
        noms = ", ".join(sorted(nom.upper() for nom, _ in axes)) or "aucune"
        recueil.laisser(
            f"une ventilation ou une mesure que le tableau de bord ne lit pas (colonnes hors total : {noms})"
        )
        return
    _ranger(recueil, places, (niveau, code), serie, ligne, cellules)


def _ranger(
    recueil: Recueil,
    places: Places,
    lieu: tuple[str, str],
    serie: tuple[str, str],
    ligne: int,
    cellules: Sequence[str],
) -> None:
    colonnes, contexte = places.colonnes, recueil.contexte
    periode = cellule(cellules, colonnes.annee)
    date = date_du_texte(periode)
    if date is None or date[1] is not None or date[0] > contexte.derniere_annee:
        recueil.signaler(
            ligne,
            colonnes.annee,
            "annee_illisible",
            periode,
            f"« {periode} » n’est pas une année possible : ligne non chargée.",
        )
        return
    puissance = cellule(cellules, places.puissance)
    if puissance not in _SANS_PUISSANCE:
        message = f"La valeur est donnée en puissance de dix ({puissance}) : ligne non chargée."
        recueil.signaler(ligne, places.puissance, "unite_inattendue", puissance, message)
        return
    colonne, entete = colonne_de(*serie), contexte.tableau.entetes[places.valeur]
    unite = cellule(cellules, places.unite)
    if unite and (unite in _EUROS_PAR_AN) != (colonne.unite == "€"):
        attendue = "euros par an" if colonne.unite == "€" else colonne.unite or "nombre sans unité"
        message = f"La valeur est donnée en « {unite} » et non en {attendue} : ligne non chargée."
        recueil.signaler(ligne, places.unite, "unite_inattendue", unite, message)
        return
    texte = sans_signe(cellule(cellules, places.valeur), colonne.unite)
    note = _note(contexte, colonnes, cellules)
    lue = interpreter(contexte.famille, texte, note)
    if lue.alerte:
        recueil.alerter(ligne, places.valeur, lue.alerte, texte=texte, note=note, entete=entete)
    elif lue.valeur is not None and (doute := douter(colonne, True, texte, lue.valeur, cellules)):
        recueil.signaler(ligne, places.valeur, doute, texte, phrase(doute, texte, colonne, entete))
        lue = Lue(None, *REGLES[doute])
    niveau, code = lieu
    recueil.situer(niveau, code, nommer(niveau, code, ""))
    recueil.ranger(serie, lieu, date[0], lue, ligne=ligne, index=places.valeur, entete=entete)


def _note(contexte: Contexte, colonnes: Correspondance, cellules: Sequence[str]) -> str:
    """Give the status that decides: the secret first, else that of the observation."""
    secret, statut = cellule(cellules, colonnes.note), cellule(cellules, colonnes.statut)
    regle = contexte.famille.notes.get(f"CONF_STATUS={secret}")
    if secret and (regle is None or regle.etat != "publie"):
        return f"CONF_STATUS={secret}"
    return f"OBS_STATUS={statut}" if statut else ""
