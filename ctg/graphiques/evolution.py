"""How a measure moves: a line over the years, or a dumbbell when only two are known."""

from collections.abc import Sequence

import pandas as pd

from ctg import formats
from ctg.graphiques import style
from ctg.graphiques.figure import Figure, Notice, assembler
from ctg.graphiques.haltere import haltere
from ctg.graphiques.valeurs import Valeurs, colonne
from ctg.phrases import Mouvement

_HAUTEUR = 270

Cible = tuple[int, float, str]


def evolution(
    donnees: pd.DataFrame,
    notice: Notice,
    *,
    reference: int | None = None,
    cibles: Sequence[Cible] = (),
    constant: Mouvement | None = None,
) -> Figure:
    """Draw one measure over the years of `donnees` (annee, valeur, etat, affichage, couverture), from zero.

    The value of the year `reference` is a dotted line; each of `cibles` (year, value, text) a diamond at its
    year; `constant` a dashed line between the two values of the same respondents, when they differ from those
    of all. A year that is not published breaks the line and is a word at the foot. `couverture` stands under
    each year. The table holds one row per year, then the same respondents, then the targets.
    """
    lignes = donnees.sort_values("annee")
    annees = [int(annee) for annee in lignes["annee"]]
    lues = colonne(lignes)
    couvertures = list(lignes["couverture"])
    if constant is not None and (constant.etat != "publie" or not _differe(annees, lues.nombres, constant)):
        constant = None
    if len(annees) == 2 and None not in lues.nombres and not cibles:
        data, layout = haltere(annees, lues)
        genre = "Haltère de deux années"
    else:
        data, layout = _courbe(annees, lues, couvertures, reference, cibles, constant)
        genre = "Courbe"
    trace = {"data": data, "layout": style.disposition(**layout, fictif=notice.fictif)}
    return assembler(notice, genre, trace, _table(annees, lues.textes, couvertures, cibles, constant))


def _differe(annees: list[int], valeurs: list[float | None], constant: Mouvement) -> bool:
    """Whether the same respondents give other values than all those of each year."""
    toutes = dict(zip(annees, valeurs, strict=True))
    return (toutes.get(constant.annee_base), toutes.get(constant.annee)) != (
        constant.valeur_base,
        constant.valeur,
    )


def _table(annees, mots, couvertures, cibles, constant) -> pd.DataFrame:
    lignes = [
        {"Année": str(annee), "Valeur": mot, "Répondants": couverture}
        for annee, mot, couverture in zip(annees, mots, couvertures, strict=True)
    ]
    if constant:
        communs = f"{constant.nb_communes} sur {constant.nb_attendues}"
        lignes += [
            {"Année": f"{annee}, mêmes répondants", "Valeur": formats.nombre(valeur), "Répondants": communs}
            for annee, valeur in (
                (constant.annee_base, constant.valeur_base),
                (constant.annee, constant.valeur),
            )
        ]
    lignes += [{"Année": f"{annee}, cible", "Valeur": mot, "Répondants": "—"} for annee, _, mot in cibles]
    return pd.DataFrame(lignes)


def _courbe(annees, lues, couvertures, reference, cibles, constant) -> tuple[list[dict], dict]:
    """Years from left to right, one dot each, its value above: (traces, layout)."""
    toutes = sorted({*annees, *(annee for annee, _, _ in cibles)})
    places = dict(zip(annees, couvertures, strict=True))
    hauteurs = [valeur for valeur in lues.nombres if valeur is not None]
    hauteurs += [valeur for _, valeur, _ in cibles]
    if constant:
        hauteurs += [constant.valeur_base, constant.valeur]
    de_reference = dict(zip(annees, lues.nombres, strict=True)).get(reference)
    data = [_points(annees, lues), _losanges(cibles)]
    if constant:
        data.insert(0, _constant(constant, dict(zip(annees, lues.nombres, strict=True))))
    return data, {
        "hauteur": _HAUTEUR,
        "bas": 52,
        "annotations": [
            style.annotation(
                annees[rang], 0, mot, yanchor="bottom", font={"size": style.TAILLE, "color": style.INCONNU}
            )
            for rang, mot in lues.trous()
        ],
        "shapes": [] if de_reference is None else [_reference(de_reference)],
        "xaxis": {
            "tickvals": toutes,
            "ticktext": [f"<b>{annee}</b><br>{_sous_titre(annee, reference, places)}" for annee in toutes],
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "range": [min(toutes) - 0.5, max(toutes) + 0.5],
        },
        "yaxis": style.axe_muet(
            range=[min([0.0, *hauteurs]) * 1.3, style.sommet(hauteurs, 1.3)],
            visible=True,
            showticklabels=False,
            zeroline=True,
            zerolinecolor=style.ENCRE,
        ),
    }


def _sous_titre(annee: int, reference: int | None, places: dict[int, str]) -> str:
    couverture = style.texte(places.get(annee, "cible"))
    return f"référence · {couverture}" if annee == reference else couverture


def _points(annees: list[int], lues: Valeurs) -> dict:
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": annees,
        "y": lues.nombres,
        "text": lues.marques(),
        "textposition": "top center",
        "textfont": {"size": style.TAILLE, "color": style.ENCRE},
        "line": {"color": style.ACCENT, "width": 3},
        "marker": {"size": 11, "color": style.ACCENT},
        "connectgaps": False,
        "cliponaxis": False,
    }


def _constant(constant: Mouvement, tous: dict[int, float | None]) -> dict:
    """The two values of the same respondents, told apart by the dash and by words.

    A value already written on the line of all is not written twice.
    """
    base = (
        "" if constant.valeur_base == tous.get(constant.annee_base) else formats.nombre(constant.valeur_base)
    )
    fin = "" if constant.valeur == tous.get(constant.annee) else formats.nombre(constant.valeur)
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [constant.annee_base, constant.annee],
        "y": [constant.valeur_base, constant.valeur],
        "text": [base and f"mêmes répondants : {base}", fin if base else fin and f"mêmes répondants : {fin}"],
        "textposition": "bottom center",
        "textfont": {"size": style.PETIT, "color": style.ENCRE},
        "line": {"color": style.CONSTANT, "width": 2, "dash": "dash"},
        "marker": {"size": 8, "color": style.CONSTANT, "symbol": "square"},
        "cliponaxis": False,
    }


def _losanges(cibles: Sequence[Cible]) -> dict:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [annee for annee, _, _ in cibles],
        "y": [valeur for _, valeur, _ in cibles],
        "text": [style.texte(mot) for _, _, mot in cibles],
        "textposition": "top center",
        "textfont": {"size": style.PETIT, "color": style.ENCRE},
        "marker": {"symbol": "diamond-open", "size": 14, "color": style.CIBLE, "line": {"width": 2}},
        "cliponaxis": False,
    }


def _reference(valeur: float) -> dict:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": valeur,
        "y1": valeur,
        "line": {"color": style.REFERENCE, "width": 1.5, "dash": "dot"},
        "layer": "below",
    }
