"""Heat table: one cell per row and column, its value printed, a hatch and a word where nothing is known."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from ctg.etats import Etat
from ctg.graphiques import style
from ctg.graphiques.figure import Figure, Notice, assembler
from ctg.graphiques.valeurs import INCONNUE, Case, texte, valeurs

_HAUTEUR_CASE = 34
_CLAIR, _FONCE = (0xE7, 0xEE, 0xF5), (0x12, 0x43, 0x6D)
_FOND, _HACHURE = "#F4F5F6", "#C3CAD1"
# share of the scale where white text becomes more readable than black (both are then above 4.5:1)
_BASCULE = 0.68


def _teinte(part: float) -> str:
    canaux = (round(clair + (fonce - clair) * part) for clair, fonce in zip(_CLAIR, _FONCE, strict=True))
    return "#" + "".join(f"{canal:02X}" for canal in canaux)


def _encre(part: float | None) -> str:
    if part is None:
        return style.INCONNU
    return "#FFFFFF" if part > _BASCULE else "#000000"


def carte_chaleur(
    donnees: pd.DataFrame,
    notice: Notice,
    *,
    lignes: list[tuple[str, str]],
    colonnes: list[tuple[str, str]],
    entete: str,
    accent: str | None = None,
    maximum: float | None = None,
    entiers: Mapping[str, str] = MappingProxyType({}),
) -> Figure:
    """Draw `donnees` (ligne, colonne, valeur, etat, affichage) on the grid of `lignes` × `colonnes` (code,
    label).

    One hue, from zero to `maximum` (the greatest value when not given). A pair without a row is « n. d. »: no
    cell is empty. `accent` is the column set apart by its heading in bold. `entete` heads the rows in the
    table, where they bear their name of `entiers` when the chart has only room for its beginning.
    """
    cases: dict[tuple[str, str], Case] = {
        (ligne.ligne, ligne.colonne): (ligne.valeur, ligne.etat, ligne.affichage)
        for ligne in donnees.itertuples()
    }
    lues = valeurs(cases.get((ligne, colonne), INCONNUE) for ligne, _ in lignes for colonne, _ in colonnes)
    echelle = maximum or style.sommet(lues.nombres, 1.0)
    parts = [None if valeur is None else min(max(valeur / echelle, 0.0), 1.0) for valeur in lues.nombres]
    trace = _grille(parts, lues.etiquettes, lignes, colonnes, accent, notice.fictif)
    table = pd.DataFrame(
        [
            {entete: entiers.get(code, nom)}
            | {titre: texte(*cases.get((code, code_colonne), INCONNUE)) for code_colonne, titre in colonnes}
            for code, nom in lignes
        ]
    )
    return assembler(notice, "Tableau coloré", trace, table)


def carte_etats(
    donnees: pd.DataFrame,
    notice: Notice,
    *,
    lignes: list[tuple[str, str]],
    colonnes: list[tuple[str, str]],
    entete: str,
    etats: Mapping[str, Etat],
    parts: Mapping[str, float],
    entiers: Mapping[str, str] = MappingProxyType({}),
) -> Figure:
    """Draw `donnees` (ligne, colonne, etat) on the grid: the symbol and the word of each state, in full.

    `parts` gives the depth of the hue (0 to 1) of the states that are known; the others are hatched. Every
    pair of the grid has its row: raises KeyError. `entiers`: as in `carte_chaleur`.
    """
    places = {(ligne.ligne, ligne.colonne): ligne.etat for ligne in donnees.itertuples()}
    vus = [places[ligne, colonne] for ligne, _ in lignes for colonne, _ in colonnes]
    mots = [f"{etats[etat].symbole} {etats[etat].mot}" for etat in vus]
    trace = _grille([parts.get(etat) for etat in vus], mots, lignes, colonnes, None, notice.fictif)
    rangees = zip(*[iter(mots)] * len(colonnes), strict=True)
    table = pd.DataFrame(
        {entete: entiers.get(code, nom)} | dict(zip((titre for _, titre in colonnes), rangee, strict=True))
        for (code, nom), rangee in zip(lignes, rangees, strict=True)
    )
    return assembler(notice, "Tableau d’états", trace, table)


def _grille(
    parts: list[float | None],
    etiquettes: list[str],
    lignes: list[tuple[str, str]],
    colonnes: list[tuple[str, str]],
    accent: str | None,
    fictif: bool,
) -> dict:
    """The chart: one case per row and column, its hue between 0 and 1, hatched when None."""
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "base": [place + 0.02 for _ in lignes for place in range(len(colonnes))],
                "x": [0.96] * len(parts),
                "y": [rang for rang in range(len(lignes)) for _ in colonnes],
                "width": 0.92,
                "marker": {
                    "color": [_FOND if part is None else _teinte(part) for part in parts],
                    "line": {"color": style.FILET, "width": 1},
                    "pattern": {
                        "shape": ["/" if part is None else "" for part in parts],
                        "fgcolor": _HACHURE,
                        "bgcolor": _FOND,
                        "size": 7,
                    },
                },
                "text": etiquettes,
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "insidetextfont": {"size": style.PETIT, "color": [_encre(part) for part in parts]},
            }
        ],
        "layout": style.disposition(
            _HAUTEUR_CASE * max(len(lignes), 1) + 70,
            fictif=fictif,
            barmode="overlay",
            xaxis={
                "range": [0, len(colonnes)],
                "tickvals": [place + 0.5 for place in range(len(colonnes))],
                "ticktext": [
                    f"<b>{style.texte(nom, 12)}</b>" if code == accent else style.texte(nom, 12)
                    for code, nom in colonnes
                ],
                "side": "top",
                "fixedrange": True,
                "showgrid": False,
                "zeroline": False,
                "tickangle": 0,
                "tickfont": {"size": style.PETIT},
                "automargin": True,
            },
            yaxis={
                "range": [len(lignes) - 0.5, -0.5],
                "tickvals": list(range(len(lignes))),
                "ticktext": [style.texte(nom) for _, nom in lignes],
                "fixedrange": True,
                "showgrid": False,
                "zeroline": False,
                "automargin": True,
                "tickfont": {"size": style.PETIT},
            },
        ),
    }
