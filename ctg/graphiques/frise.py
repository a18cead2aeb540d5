"""Jalons on a time line: hollow where planned, full where done, the delay drawn between the two."""

import datetime as dt

import pandas as pd

from ctg import formats
from ctg.graphiques import style
from ctg.graphiques.figure import Figure, Notice, assembler

_HAUTEUR_LIGNE = 19
_LARGEUR_NOM = 36


def _iso(jour: object) -> str | None:
    if not formats.est_connu(jour):
        return None
    return jour[:10] if isinstance(jour, str) else f"{jour:%Y-%m-%d}"


def frise(donnees: pd.DataFrame, notice: Notice, *, debut: int, fin: int) -> Figure:
    """Draw jalons `donnees` (libelle, prevu_le, realise_le, affichage; dates or ISO text) from `debut` to
    `fin`.

    One row per jalon, in the order given, from 1 January of `debut` to 31 December of `fin` (widened when a
    date falls outside). A jalon without any date keeps its row, with its state in words.
    """
    prevus = [_iso(jour) for jour in donnees["prevu_le"]]
    realises = [_iso(jour) for jour in donnees["realise_le"]]
    rangs = list(range(len(donnees)))
    dates = [jour for jour in [*prevus, *realises] if jour]
    gauche = min([f"{debut}-01-01", *dates])
    droite = max([f"{fin}-12-31", *dates])
    milieu = (
        dt.date.fromisoformat(gauche) + (dt.date.fromisoformat(droite) - dt.date.fromisoformat(gauche)) / 2
    )
    notes = []
    for rang, (prevu, realise, mots) in enumerate(zip(prevus, realises, donnees["affichage"], strict=True)):
        dernier = max(filter(None, (prevu, realise)), default=None)
        a_droite = dernier is None or dernier < milieu.isoformat()
        premier = min(filter(None, (prevu, realise)), default=gauche)
        notes.append(
            style.annotation(
                (dernier or gauche) if a_droite else premier,
                rang,
                style.texte(mots, 46),
                xanchor="left" if a_droite else "right",
                xshift=14 if a_droite else -14,
                align="left",
                bgcolor="#FFFFFF",
                font={"size": style.PETIT, "color": style.ENCRE if dernier else style.INCONNU},
            )
        )
    liens_x, liens_y = [], []
    for rang, prevu, realise in zip(rangs, prevus, realises, strict=True):
        if prevu and realise:
            liens_x += [prevu, realise, None]
            liens_y += [rang, rang, None]
    points = {"type": "scatter", "mode": "markers", "cliponaxis": False}
    noms = [style.texte(nom, _LARGEUR_NOM) for nom in donnees["libelle"]]
    rangee = 16 + _HAUTEUR_LIGNE * max([1, *(1 + nom.count("<br>") for nom in noms)])
    annees = range(int(gauche[:4]), int(droite[:4]) + 1)
    trace = {
        "data": [
            {
                **points,
                "mode": "lines",
                "x": liens_x,
                "y": liens_y,
                "line": {"color": style.RESTE, "width": 5},
            },
            {
                **points,
                "x": prevus,
                "y": rangs,
                "marker": {"size": 15, "color": "#FFFFFF", "line": {"color": style.ACCENT, "width": 3}},
            },
            {**points, "x": realises, "y": rangs, "marker": {"size": 15, "color": style.ACCENT}},
        ],
        "layout": style.disposition(
            46 + rangee * max(len(rangs), 1),
            fictif=notice.fictif,
            haut=30,
            annotations=notes,
            xaxis={
                "type": "date",
                "range": [gauche, droite],
                "fixedrange": True,
                "side": "top",
                "tickvals": [f"{annee}-07-01" for annee in annees],
                "ticktext": [str(annee) for annee in annees],
                "showgrid": False,
                "zeroline": False,
            },
            yaxis={
                "range": [len(rangs) - 0.5, -0.5],
                "tickvals": rangs,
                "fixedrange": True,
                "automargin": True,
                "ticktext": noms,
                "showgrid": False,
                "zeroline": False,
                "tickfont": {"size": style.PETIT},
            },
            shapes=[
                {
                    "type": "line",
                    "x0": f"{annee}-01-01",
                    "x1": f"{annee}-01-01",
                    "yref": "paper",
                    "y0": 0,
                    "y1": 1,
                    "line": {"color": style.FILET, "width": 1},
                    "layer": "below",
                }
                for annee in annees
            ],
        ),
    }
    table = pd.DataFrame(
        {
            "Jalon": list(donnees["libelle"]),
            "Prévu": [formats.date_courte(jour) for jour in prevus],
            "Réalisé": [formats.date_courte(jour) for jour in realises],
            "État": list(donnees["affichage"]),
        }
    )
    return assembler(notice, "Frise des jalons", trace, table)
