"""Dumbbell: two values on one scale from zero, the first hollow, the second full."""

from ctg.graphiques import style
from ctg.graphiques.valeurs import Valeurs

_HAUTEUR = 130
# under this share of the scale, a label on the left of its dot would leave the chart
_BORD = 0.3


def haltere(annees: list[int], lues: Valeurs) -> tuple[list[dict], dict]:
    """Draw the two known years of a measure: (traces, layout)."""
    valeurs = lues.nombres
    haut = style.sommet(valeurs, 1.35)
    gauche, droite = "middle left", "middle right"
    places = [gauche, droite] if valeurs[0] <= valeurs[1] else [droite, gauche]
    places = [
        "top center" if place == gauche and valeur < _BORD * haut else place
        for place, valeur in zip(places, valeurs, strict=True)
    ]
    etiquettes = [f"{annee} : {mot}" for annee, mot in zip(annees, lues.etiquettes, strict=True)]
    if valeurs[0] == valeurs[1]:
        etiquettes, places = ["", f"{annees[0]} et {annees[1]} : {lues.etiquettes[1]}"], [droite, droite]
    data = [
        {
            "type": "scatter",
            "mode": "lines+markers+text",
            "x": valeurs,
            "y": [0, 0],
            "text": [f"\u2002{etiquette}\u2002" for etiquette in etiquettes],
            "textposition": places,
            "textfont": {"size": style.TAILLE, "color": style.ENCRE},
            "line": {"color": style.RESTE, "width": 6},
            "marker": {
                "size": 17,
                "color": ["#FFFFFF", style.ACCENT],
                "line": {"color": style.ACCENT, "width": 3},
            },
            "cliponaxis": False,
        }
    ]
    return data, {
        "hauteur": _HAUTEUR,
        "shapes": [style.verticale(0)],
        "xaxis": style.axe_muet(range=[0, haut]),
        "yaxis": style.axe_muet(range=[-1, 1]),
    }
