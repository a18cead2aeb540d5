"""Sorted horizontal bars, with the line of the city and the tick of the target."""

from collections.abc import Mapping

import pandas as pd

from ctg import formats
from ctg.graphiques import style
from ctg.graphiques.figure import Figure, Notice, assembler

_RANG_HAUTEUR = 34
_LARGEUR_NOM = 30


def _ordonner(donnees: pd.DataFrame, tri: str) -> pd.DataFrame:
    if tri == "valeur":
        return donnees.sort_values(
            ["valeur", "libelle"], ascending=[False, True], na_position="last", kind="stable"
        )
    if tri == "nom":
        return donnees.sort_values("libelle", key=lambda noms: noms.map(formats.cle_de_tri), kind="stable")
    return donnees


def _ligne(valeur: float, mots: str, couleur: str, trait: str, cote: str, yshift: int) -> tuple[dict, dict]:
    forme = {
        "type": "line",
        "x0": valeur,
        "x1": valeur,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": couleur, "width": 2, "dash": trait},
    }
    note = style.annotation(
        valeur,
        1,
        mots,
        yref="paper",
        yanchor="bottom",
        xanchor=cote,
        yshift=yshift,
        font={"size": style.PETIT, "color": couleur},
    )
    return forme, note


def barres(
    donnees: pd.DataFrame,
    notice: Notice,
    *,
    entete: str,
    tri: str = "valeur",
    accent: str | None = None,
    ville: tuple[float, str] | None = None,
    cible: tuple[float, str] | None = None,
    colonnes: Mapping[str, str] | None = None,
) -> Figure:
    """Draw one bar per row of `donnees` (code, libelle, valeur, etat, affichage), zero at the left.

    `entete` heads the names in the table; `tri` is `valeur` (unknown last), `nom` or `donne`; `accent` is the
    code set apart from the greyed others; `ville` and `cible` are (value, text) drawn as lines; `colonnes`
    adds columns of `donnees` to the table (name → French heading). A value that is not published is a word,
    never a bar.
    """
    donnees = _ordonner(donnees, tri)
    noms = [style.texte(nom, _LARGEUR_NOM) for nom in donnees["libelle"]]
    rangs = list(range(len(noms)))
    mots = [
        style.affiche(*triplet)
        for triplet in zip(donnees["valeur"], donnees["etat"], donnees["affichage"], strict=True)
    ]
    publies = [
        float(valeur) if etat == "publie" and formats.est_connu(valeur) else None
        for valeur, etat in zip(donnees["valeur"], donnees["etat"], strict=True)
    ]
    couleurs = [style.ACCENT if accent is None or code == accent else style.RESTE for code in donnees["code"]]
    reperes = [repere for repere in (ville, cible) if repere and formats.est_connu(repere[0])]
    haut = style.sommet([*publies, *(repere[0] for repere in reperes)], 1.22)
    bas = min([0.0, *(valeur for valeur in publies if valeur is not None)]) * 1.22
    formes, notes = [], []
    for repere, couleur, trait, rehausse in (
        (ville, style.ENCRE, "dot", 0),
        (cible, style.CIBLE, "solid", 18),
    ):
        if repere and formats.est_connu(repere[0]):
            cote = "right" if repere[0] > haut / 2 else "left"
            forme, note = _ligne(repere[0], style.texte(repere[1]), couleur, trait, cote, rehausse)
            formes.append(forme)
            notes.append(note)
    trace = {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": publies,
                "y": rangs,
                "width": 0.66,
                "marker": {"color": couleurs},
                "text": [
                    mot if valeur is not None else "" for mot, valeur in zip(mots, publies, strict=True)
                ],
                "textposition": "outside",
                "textfont": {"size": style.TAILLE, "color": style.ENCRE},
                "cliponaxis": False,
                "hoverinfo": "none",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [0 for valeur in publies if valeur is None],
                "y": [rang for rang, valeur in zip(rangs, publies, strict=True) if valeur is None],
                "text": [f" {mot}" for mot, valeur in zip(mots, publies, strict=True) if valeur is None],
                "textposition": "middle right",
                "textfont": {"size": style.TAILLE, "color": style.INCONNU},
                "cliponaxis": False,
                "hoverinfo": "none",
            },
        ],
        "layout": style.disposition(
            60 + 18 * len(reperes) + _RANG_HAUTEUR * max(len(noms), 1),
            fictif=notice.fictif,
            annotations=notes,
            shapes=formes,
            xaxis=style.axe_muet(range=[bas, haut]),
            yaxis={
                "range": [len(noms) - 0.4, -0.6],
                "tickvals": rangs,
                "ticktext": noms,
                "fixedrange": True,
                "automargin": True,
                "showgrid": False,
                "zeroline": False,
                "ticks": "",
                "ticklabelstandoff": 8,
            },
        ),
    }
    trace["layout"]["margin"]["t"] = 14 + 20 * len(reperes)
    trace["layout"]["shapes"].append(
        {
            "type": "line",
            "x0": 0,
            "x1": 0,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": style.ENCRE, "width": 1},
        }
    )
    table = pd.DataFrame({entete: list(donnees["libelle"]), "Valeur": mots})
    for nom, titre in (colonnes or {}).items():
        table[titre] = list(donnees[nom])
    return assembler(notice, "Barres", trace, table)
