"""How a measure moves: a line over the years, or a dumbbell when only two are known."""

from collections.abc import Sequence

import pandas as pd

from ctg import formats
from ctg.graphiques import style
from ctg.graphiques.figure import Figure, Notice, assembler
from ctg.graphiques.haltere import haltere
from ctg.graphiques.valeurs import Valeurs, colonne
from ctg.phrases import Mouvement

_HAUTEUR = 300

Cible = tuple[int, float, str]


def evolution(
    donnees: pd.DataFrame,
    notice: Notice,
    *,
    reference: int | None = None,
    cibles: Sequence[Cible] = (),
    constant: Mouvement | None = None,
    unite: str = "",
) -> Figure:
    """Draw one measure over the years of `donnees` (annee, valeur, etat, affichage, couverture), from zero.

    The value of the year `reference` is a dotted line; each of `cibles` (year, value, text) a diamond at its
    year; `constant` a dashed line between the two values of the same respondents, written in `unite`, when
    they differ from those of all. A year that is not published breaks the line and is a word at the foot.
    `couverture` stands under each year. The table holds one row per year, then the same respondents, then the
    targets.
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
        data, layout = _courbe(annees, lues, couvertures, reference, cibles, constant, unite)
        genre = "Courbe"
    trace = {"data": data, "layout": style.disposition(**layout, fictif=notice.fictif)}
    return assembler(notice, genre, trace, _table(annees, lues.textes, couvertures, cibles, constant, unite))


def _differe(annees: list[int], valeurs: list[float | None], constant: Mouvement) -> bool:
    """Whether the same respondents give other values than all those of each year."""
    toutes = dict(zip(annees, valeurs, strict=True))
    return (toutes.get(constant.annee_base), toutes.get(constant.annee)) != (
        constant.valeur_base,
        constant.valeur,
    )


def _table(annees, mots, couvertures, cibles, constant, unite) -> pd.DataFrame:
    lignes = [
        {"Année": str(annee), "Valeur": mot, "Répondants": couverture}
        for annee, mot, couverture in zip(annees, mots, couvertures, strict=True)
    ]
    if constant:
        communs = f"{constant.nb_communes} sur {constant.nb_attendues}"
        lignes += [
            {
                "Année": f"{annee}, mêmes répondants",
                "Valeur": formats.mesure(valeur, unite),
                "Répondants": communs,
            }
            for annee, valeur in (
                (constant.annee_base, constant.valeur_base),
                (constant.annee, constant.valeur),
            )
        ]
    lignes += [{"Année": f"{annee}, cible", "Valeur": mot, "Répondants": "—"} for annee, _, mot in cibles]
    return pd.DataFrame(lignes)


def _courbe(annees, lues, couvertures, reference, cibles, constant, unite) -> tuple[list[dict], dict]:
    """Years from left to right, one dot each, its value above: (traces, layout)."""
    toutes = sorted({*annees, *(annee for annee, _, _ in cibles)})
    places = dict(zip(annees, couvertures, strict=True))
    hauteurs = [valeur for valeur in lues.nombres if valeur is not None]
    hauteurs += [valeur for _, valeur, _ in cibles]
    if constant:
        hauteurs += [constant.valeur_base, constant.valeur]
    de_chaque_annee = dict(zip(annees, lues.nombres, strict=True))
    de_reference = de_chaque_annee.get(reference)
    data = [_points(annees, lues), _losanges(cibles)]
    if constant:
        data.insert(0, _constant(constant))
    return data, {
        "hauteur": _HAUTEUR,
        "haut": 30 if constant else 12,
        "bas": 52,
        "annotations": [*_valeurs(annees, lues), *_valeurs_communes(constant, unite)],
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


def _valeurs(annees: list[int], lues: Valeurs) -> list[dict]:
    """The value above each dot, the word of each year that has none at the foot."""
    manquantes = dict(lues.trous())
    return [
        style.annotation(
            annee,
            0 if rang in manquantes else lues.nombres[rang],
            etiquette,
            yanchor="bottom",
            yshift=0 if rang in manquantes else 9,
            bgcolor=style.FOND,
            font={"size": style.TAILLE, "color": style.INCONNU if rang in manquantes else style.ENCRE},
        )
        for rang, (annee, etiquette) in enumerate(zip(annees, lues.etiquettes, strict=True))
    ]


def _valeurs_communes(constant: Mouvement | None, unite: str) -> list[dict]:
    """The two values of the same respondents, above the chart where no line can cross them."""
    if constant is None:
        return []
    avant, apres = _seul(constant.valeur_base, unite), _seul(constant.valeur, unite)
    mots = f"mêmes répondants : {avant} en {constant.annee_base}, {apres} en {constant.annee}"
    trait = f'<span style="color:{style.CONSTANT}">■ ╌</span>'
    repere = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return [style.annotation(0, 1, f"{trait} {mots}", **repere)]


def _seul(valeur: float, unite: str) -> str:
    return formats.sans_unite(formats.mesure(valeur, unite))


def _points(annees: list[int], lues: Valeurs) -> dict:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": annees,
        "y": lues.nombres,
        "line": {"color": style.ACCENT, "width": 3},
        "marker": {"size": 11, "color": style.ACCENT},
        "connectgaps": False,
        "cliponaxis": False,
    }


def _constant(constant: Mouvement) -> dict:
    """The line between the two values of the same respondents, told apart by its dash and its squares."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [constant.annee_base, constant.annee],
        "y": [constant.valeur_base, constant.valeur],
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
