"""How a measure moves: a line from three years on, a dumbbell for two, a dot for one."""

from collections.abc import Sequence

import pandas as pd

from ctg.graphiques import style
from ctg.graphiques.figure import Figure, Notice, assembler

_HAUTEUR = 250


def evolution(
    donnees: pd.DataFrame,
    notice: Notice,
    *,
    reference: tuple[int, float, str] | None = None,
    cibles: Sequence[tuple[int, float, str]] = (),
) -> Figure:
    """Draw one measure over the years of `donnees` (annee, valeur, etat, affichage), zero at the foot.

    `reference` and each of `cibles` are (year, value, text): a dotted line, and diamonds at their year. A
    year that is not published breaks the line and is a word at the foot. The table holds one row per year,
    then the target.
    """
    lignes = donnees.sort_values("annee")
    annees = [int(annee) for annee in lignes["annee"]]
    mots = [
        style.affiche(*t) for t in zip(lignes["valeur"], lignes["etat"], lignes["affichage"], strict=True)
    ]
    valeurs = [
        float(v) if etat == "publie" and v == v else None
        for v, etat in zip(lignes["valeur"], lignes["etat"], strict=True)
    ]
    if sum(valeur is not None for valeur in valeurs) == 2 and None not in valeurs:
        trace, genre = _haltere(annees, valeurs, mots, reference, cibles), "Haltère de deux années"
    else:
        trace, genre = _courbe(annees, valeurs, mots, reference, cibles), "Courbe"
    trace["layout"] = style.disposition(trace.pop("hauteur"), fictif=notice.fictif, **trace["layout"])
    table = pd.DataFrame(
        [{"Année": str(annee), "Valeur": mot} for annee, mot in zip(annees, mots, strict=True)]
        + [{"Année": f"Cible {annee}", "Valeur": mot} for annee, _, mot in cibles]
    )
    return assembler(notice, genre, trace, table)


def _losanges(x: list, y: list, mots: list[str]) -> dict:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": x,
        "y": y,
        "text": [style.texte(mot) for mot in mots],
        "textposition": "top center",
        "textfont": {"size": style.PETIT, "color": style.CIBLE},
        "marker": {"symbol": "diamond-open", "size": 14, "color": style.CIBLE, "line": {"width": 2}},
        "cliponaxis": False,
        "hoverinfo": "none",
    }


def _courbe(annees, valeurs, mots, reference, cibles) -> dict:
    """Years from left to right, one dot each, its value above."""
    toutes = sorted({*annees, *(annee for annee, _, _ in cibles)})
    haut = style.sommet([*valeurs, *(valeur for _, valeur, _ in cibles), reference and reference[1]], 1.3)
    formes, notes = (
        [],
        [
            style.annotation(
                annee, 0, mot, yanchor="bottom", font={"size": style.TAILLE, "color": style.INCONNU}
            )
            for annee, mot, valeur in zip(annees, mots, valeurs, strict=True)
            if valeur is None
        ],
    )
    if reference:
        formes.append(
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": reference[1],
                "y1": reference[1],
                "line": {"color": style.REFERENCE, "width": 1.5, "dash": "dot"},
                "layer": "below",
            }
        )
        notes.append(
            style.annotation(
                1,
                reference[1],
                style.texte(reference[2]),
                xref="paper",
                xanchor="right",
                yanchor="bottom",
                font={"size": style.PETIT, "color": style.REFERENCE},
            )
        )
    courbe = {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": annees,
        "y": valeurs,
        "text": mots,
        "textposition": "top center",
        "textfont": {"size": style.TAILLE, "color": style.ENCRE},
        "line": {"color": style.ACCENT, "width": 3},
        "marker": {"size": 11, "color": style.ACCENT},
        "connectgaps": False,
        "cliponaxis": False,
        "hoverinfo": "none",
    }
    return {
        "hauteur": _HAUTEUR,
        "data": [courbe, _losanges([c[0] for c in cibles], [c[1] for c in cibles], [c[2] for c in cibles])],
        "layout": {
            "annotations": notes,
            "shapes": formes,
            "xaxis": {
                "tickvals": toutes,
                "ticktext": [str(annee) for annee in toutes],
                "fixedrange": True,
                "showgrid": False,
                "zeroline": False,
                "range": [min(toutes) - 0.5, max(toutes) + 0.5],
            },
            "yaxis": style.axe_muet(
                range=[0, haut], zeroline=True, visible=True, showticklabels=False, zerolinecolor=style.ENCRE
            ),
        },
    }


def _haltere(annees, valeurs, mots, reference, cibles) -> dict:
    """One line from the first year to the second: the reader sees the distance, not a false trend."""
    reperes = [(valeur, mot, style.CIBLE) for _, valeur, mot in cibles]
    if reference and reference[0] not in annees:
        reperes.append((reference[1], reference[2], style.REFERENCE))
    haut = style.sommet([*valeurs, *(repere[0] for repere in reperes)], 1.15)
    egaux = valeurs[0] == valeurs[1]
    etiquettes = [f"{annee} : {mot}" for annee, mot in zip(annees, mots, strict=True)]
    places = ["middle left", "middle right"] if valeurs[0] < valeurs[1] else ["middle right", "middle left"]
    if egaux:
        etiquettes, places = ["", f"{annees[0]} et {annees[1]} : {mots[1]}"], ["middle right"] * 2
    # a label to the left of a value near zero would leave the chart
    places = [
        "bottom center" if v < 0.3 * haut and p == "middle left" else p
        for v, p in zip(valeurs, places, strict=True)
    ]
    return {
        "hauteur": 120,
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers+text",
                "x": valeurs,
                "y": [0, 0],
                "text": [f" {etiquette} " for etiquette in etiquettes],
                "textposition": places,
                "textfont": {"size": style.TAILLE, "color": style.ENCRE},
                "line": {"color": style.RESTE, "width": 6},
                "marker": {
                    "size": 17,
                    "color": ["#FFFFFF", style.ACCENT],
                    "line": {"color": style.ACCENT, "width": 3},
                },
                "cliponaxis": False,
                "hoverinfo": "none",
            },
            {
                **_losanges([r[0] for r in reperes], [0] * len(reperes), [r[1] for r in reperes]),
            },
        ],
        "layout": {
            "annotations": [],
            "shapes": [
                {
                    "type": "line",
                    "x0": 0,
                    "x1": 0,
                    "yref": "paper",
                    "y0": 0,
                    "y1": 1,
                    "line": {"color": style.ENCRE, "width": 1},
                },
            ],
            "xaxis": style.axe_muet(range=[0, haut]),
            "yaxis": style.axe_muet(range=[-1, 1]),
        },
    }
