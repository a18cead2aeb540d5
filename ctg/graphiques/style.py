"""What every chart shares: colours by meaning, French separators, sizes readable from the back of a room."""

import re
import textwrap
from collections.abc import Iterable

from ctg import formats
from ctg.etats import BLEU, GRIS, ORANGE, PRUNE, VERT

ACCENT = BLEU
RESTE = "#A9B4BE"  # what is not looked at: the value beside each bar carries the reading
CIBLE = ORANGE
REFERENCE = PRUNE
CONSTANT = VERT
ENCRE = "#1F2933"
FILET = "#D5DBE1"
INCONNU = GRIS
FOND = "#FFFFFF"

TAILLE = 16
PETIT = 14
POLICE = '"Source Sans", Arial, sans-serif'


# not the thin space, which holds a French number together
_BLANCS = re.compile(r"[ \t\r\n]+")


def texte(valeur: object, largeur: int | None = None) -> str:
    """Make a text from data safe inside a chart, folded on `largeur` characters (plotly reads some HTML)."""
    brut = _BLANCS.sub(" ", str(valeur)).strip()
    lignes = textwrap.wrap(brut, largeur, break_long_words=False) if largeur else [brut]
    return "<br>".join(
        ligne.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for ligne in lignes
    )


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


def disposition(hauteur: int, *, fictif: bool, haut: int = 12, bas: int = 12, **surcharges: object) -> dict:
    """Layout of a chart `hauteur` pixels high, with margins `haut` and `bas`.

    Fictional data says so inside the chart, at the foot, whatever the export.
    """
    pied = 22 if fictif else 0
    return {
        "height": hauteur + pied,
        "title": {
            "text": "Données fictives" if fictif else "",
            "x": 0.99,
            "xanchor": "right",
            "y": 0.01,
            "yanchor": "bottom",
            "yref": "container",
            "font": {"size": PETIT, "color": GRIS},
        },
        "separators": "," + formats.ESPACE_FINE,
        "font": {"family": POLICE, "size": TAILLE, "color": ENCRE},
        "paper_bgcolor": FOND,
        "plot_bgcolor": FOND,
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        "margin": {"l": 8, "r": 8, "t": haut, "b": bas + pied},
        **surcharges,
    }


def verticale(x: float, couleur: str = ENCRE, *, largeur: float = 1, trait: str = "solid") -> dict:
    """A line across the chart at the value `x`: zero, the city, a target."""
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": couleur, "width": largeur, "dash": trait},
    }


def hachures(partielles: Iterable[bool]) -> dict:
    """Pattern of the marks: stripes over those that are partial, so that colour is not alone to say it."""
    formes = ["/" if partielle else "" for partielle in partielles]
    return {"shape": formes, "fillmode": "overlay", "fgcolor": FOND, "fgopacity": 1, "size": 7}


def axe_muet(**surcharges: object) -> dict:
    """An axis that shows nothing by itself, fixed: every mark is labelled directly."""
    return {"visible": False, "fixedrange": True, "zeroline": False, "showgrid": False, **surcharges}


def sommet(valeurs: list[float | None], marge: float = 1.2) -> float:
    """Upper end of a scale that starts at zero and leaves room for labels."""
    connues = [valeur for valeur in valeurs if formats.est_connu(valeur)]
    return max([*connues, 0]) * marge or 1.0
