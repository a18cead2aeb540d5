"""Sorted horizontal bars, with the line of the city and the tick of the target."""

from collections.abc import Mapping

import pandas as pd

from ctg import formats
from ctg.graphiques import style
from ctg.graphiques.figure import Figure, Notice, assembler
from ctg.graphiques.valeurs import Valeurs, colonne

_HAUTEUR_BARRE = 32
_HAUTEUR_DEUX_LIGNES = 46  # a name folded on two lines must not touch the next one
_HAUTEUR_REPERE = 20
_LARGEUR_NOM = 34

Repere = tuple[float, str]


def barres(
    donnees: pd.DataFrame,
    notice: Notice,
    *,
    entete: str,
    tri: str = "valeur",
    accent: str | None = None,
    ville: Repere | None = None,
    cible: Repere | None = None,
    colonnes: Mapping[str, str] | None = None,
) -> Figure:
    """Draw one bar per row of `donnees` (code, libelle, valeur, etat, affichage), zero at the left.

    `entete` heads the names in the table; `tri` is `valeur` (unknown last), `nom` or `donne`; `accent` is the
    code set apart from the greyed others; `ville` and `cible` are (value, text) drawn as lines; `colonnes`
    adds columns of `donnees` to the table (name → French heading). A value that is not published is a word,
    never a bar; one with a text in the column `partiel` (« 1 sur 2 ») is striped and says it.
    """
    donnees = ordonner(donnees, tri)
    noms = list(donnees["libelle"])
    codes = list(donnees["code"])
    partiels = list(donnees["partiel"]) if "partiel" in donnees else [""] * len(donnees)
    lues = colonne(donnees).partielles(partiels)
    reperes = [
        (*repere, couleur, trait)
        for repere, couleur, trait in ((ville, style.ENCRE, "dot"), (cible, style.CIBLE, "solid"))
        if repere and formats.est_connu(repere[0])
    ]
    trace = {
        "data": [_barres(lues, codes, accent if accent in codes else None, partiels)],
        "layout": _disposition(noms, lues, reperes, notice.fictif),
    }
    table = pd.DataFrame({entete: noms, "Valeur": colonne(donnees).textes})
    for nom, titre in (colonnes or {}).items():
        table[titre] = list(donnees[nom])
    return assembler(notice, "Barres", trace, table)


def ordonner(donnees: pd.DataFrame, tri: str) -> pd.DataFrame:
    """Rows in the order of the bars: by `valeur` (greatest first, unknown last), by `nom`, or as `donne`."""
    if tri == "valeur":
        return donnees.sort_values(
            ["valeur", "libelle"], ascending=[False, True], na_position="last", kind="stable"
        )
    if tri == "nom":
        return donnees.sort_values("libelle", key=lambda noms: noms.map(formats.cle_de_tri), kind="stable")
    return donnees


def _barres(lues: Valeurs, codes: list[str], accent: str | None, partiels: list[str]) -> dict:
    return {
        "type": "bar",
        "orientation": "h",
        "x": lues.nombres,
        "y": list(range(len(codes))),
        "width": 0.66,
        "marker": {
            "color": [style.ACCENT if accent in (None, code) else style.RESTE for code in codes],
            "pattern": style.hachures(map(bool, partiels)),
        },
    }


def _etiquettes(lues: Valeurs) -> list[dict]:
    """The value at the end of each bar, the word of a missing one at the foot, opaque over any line."""
    absents = dict(lues.trous())
    return [
        style.annotation(
            0 if rang in absents else valeur,
            rang,
            mots,
            xanchor="right" if valeur is not None and valeur < 0 else "left",
            xshift=-4 if valeur is not None and valeur < 0 else 4,
            bgcolor=style.FOND,
            borderpad=0,
            font={"size": style.TAILLE, "color": style.INCONNU if rang in absents else style.ENCRE},
        )
        for rang, (valeur, mots) in enumerate(zip(lues.nombres, lues.etiquettes, strict=True))
    ]


def _disposition(noms: list[str], lues: Valeurs, reperes: list[tuple], fictif: bool) -> dict:
    connues = [valeur for valeur in lues.nombres if valeur is not None]
    droite = style.sommet([*connues, *(repere[0] for repere in reperes)], 1.22)
    marge = 10 + _HAUTEUR_REPERE * len(reperes)
    plies = [style.texte(nom, _LARGEUR_NOM) for nom in noms]
    hauteur = _HAUTEUR_DEUX_LIGNES if any("<br>" in pli for pli in plies) else _HAUTEUR_BARRE
    return style.disposition(
        marge + 16 + hauteur * max(len(noms), 1),
        fictif=fictif,
        haut=marge,
        shapes=[
            style.verticale(0),
            *(
                style.verticale(valeur, couleur, largeur=2, trait=trait)
                for valeur, _, couleur, trait in reperes
            ),
        ],
        annotations=[
            *_etiquettes(lues),
            *(
                style.annotation(
                    valeur,
                    1,
                    style.texte(mots),
                    yref="paper",
                    yanchor="bottom",
                    yshift=_HAUTEUR_REPERE * rang,
                    # towards the wider side, so that a narrow column cuts no word
                    xanchor=("left", "center", "right")[max(0, min(int(3 * valeur / droite), 2))],
                )
                for rang, (valeur, mots, _, _) in enumerate(reperes)
            ),
        ],
        xaxis=style.axe_muet(range=[min([0.0, *connues]) * 1.22, droite]),
        yaxis={
            "range": [len(noms) - 0.4, -0.6],
            "tickvals": list(range(len(noms))),
            "ticktext": plies,
            "ticklabelstandoff": 8,
            "fixedrange": True,
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
        },
    )
