"""What every chart shares: colours by meaning, French separators, sizes readable from the back of a room."""

import textwrap

from ctg import formats
from ctg.etats import BLEU, GRIS, ORANGE, PRUNE, VERT, mot_court

ACCENT = BLEU
RESTE = "#A9B4BE"  # what is not looked at: the value beside each bar carries the reading
CIBLE = ORANGE
REFERENCE = PRUNE
SERIES = (BLEU, VERT, PRUNE, ORANGE)
ENCRE = "#1F2933"
FILET = "#D5DBE1"
INCONNU = GRIS

TAILLE = 16
PETIT = 14
POLICE = "Source Sans, Source Sans 3, Arial, sans-serif"


def texte(valeur: object, largeur: int | None = None) -> str:
    """Make a text from data safe inside a chart, folded on `largeur` characters (plotly reads some HTML)."""
    brut = " ".join(str(valeur).split())
    lignes = textwrap.wrap(brut, largeur, break_long_words=False) if largeur else [brut]
    return "<br>".join(
        ligne.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for ligne in lignes
    )


def affiche(valeur: float | None, etat: str, affichage: str | None) -> str:
    """What is written for a value: its published text, or the short word of the state that hides it."""
    if etat == "publie" and formats.est_connu(valeur):
        return texte(affichage)
    return mot_court(etat)


def annotation(x: object, y: object, mots: str, **surcharges: object) -> dict:
    """A text on the chart, in data coordinates unless told otherwise; `mots` must already be safe."""
    return {
        "x": x,
        "y": y,
        "text": mots,
        "showarrow": False,
        "font": {"size": PETIT, "color": ENCRE},
        **surcharges,
    }


def disposition(
    hauteur: int, *, fictif: bool, annotations: list[dict] | None = None, **surcharges: object
) -> dict:
    """Layout of a chart `hauteur` pixels high; fictional data says so inside it, whatever the export."""
    notes = list(annotations or [])
    if fictif:
        notes.append(
            annotation(
                1,
                0,
                "Données fictives",
                xref="paper",
                yref="paper",
                xanchor="right",
                yanchor="top",
                yshift=-24,
                font={"size": PETIT, "color": GRIS},
            )
        )
    return {
        "height": hauteur + (24 if fictif else 0),
        "separators": "," + formats.ESPACE_FINE,
        "font": {"family": POLICE, "size": TAILLE, "color": ENCRE},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "margin": {"l": 8, "r": 8, "t": 30, "b": 48 if fictif else 24},
        "annotations": notes,
        **surcharges,
    }


def axe_muet(**surcharges: object) -> dict:
    """An axis that shows nothing by itself, fixed: every mark is labelled directly."""
    return {"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False, **surcharges}


def sommet(valeurs: list[float | None], marge: float = 1.2) -> float:
    """Upper end of a scale that starts at zero and leaves room for labels."""
    connues = [valeur for valeur in valeurs if formats.est_connu(valeur)]
    return max([*connues, 0]) * marge or 1.0
