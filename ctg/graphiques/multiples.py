"""Small multiples: one panel per territory, the same scale in all, the same order on every page."""

import pandas as pd

from ctg.graphiques import style
from ctg.graphiques.figure import Figure, Notice, assembler
from ctg.graphiques.valeurs import INCONNUE, Case, Valeurs, valeurs

_COLONNES = 5
_HAUTEUR = 170


def petits_multiples(
    donnees: pd.DataFrame, notice: Notice, *, entete: str = "Quartier", accent: str | None = None
) -> Figure:
    """Draw the years of each group as bars: `donnees` (groupe, libelle, annee, valeur, etat, affichage).

    Rows come in the order of the panels; `accent` is the group set apart. One vertical scale from zero; a
    value that is not published is a word at the foot of its panel; one with a text in the column `partiel`
    (« 1 sur 2 ») is striped and says it. The table has one row per group, one column per year.
    """
    annees = sorted({int(annee) for annee in donnees["annee"]})
    groupes = dict(zip(donnees["groupe"], donnees["libelle"], strict=True))
    accent = accent if accent in groupes else None
    cases: dict[tuple[str, int], Case] = {
        (ligne.groupe, int(ligne.annee)): (ligne.valeur, ligne.etat, ligne.affichage)
        for ligne in donnees.itertuples()
    }
    partiels = _partiels(donnees)
    lues, hachures = {}, {}
    for groupe in groupes:
        mentions = [partiels.get((groupe, annee), "") for annee in annees]
        lues[groupe] = valeurs(cases.get((groupe, annee), INCONNUE) for annee in annees).partielles(
            mentions, "<br>"
        )
        hachures[groupe] = style.hachures(map(bool, mentions))
    marge = 1.6 if partiels else 1.3  # a label on two lines stays under the name of its panel
    haut = style.sommet([valeur for lue in lues.values() for valeur in lue.nombres], marge)
    traces, axes, notes = [], {}, []
    for rang, (groupe, nom) in enumerate(groupes.items()):
        numero = "" if rang == 0 else str(rang + 1)
        cadre_x, cadre_y = _cadre(rang, len(groupes))
        traces.append(_panneau(lues[groupe], numero, accent in (None, groupe), hachures[groupe]))
        notes += _notes(lues[groupe], nom, numero, (sum(cadre_x) / 2, cadre_y[1]))
        axes[f"xaxis{numero}"] = _axe_des_annees(annees, cadre_x, f"y{numero}")
        axes[f"yaxis{numero}"] = style.axe_muet(domain=cadre_y, anchor=f"x{numero}", range=[0, haut])
    trace = {
        "data": traces,
        "layout": style.disposition(
            _HAUTEUR * _lignes(len(groupes)), fictif=notice.fictif, haut=4, annotations=notes, **axes
        ),
    }
    table = pd.DataFrame(
        [
            {entete: nom} | dict(zip(map(str, annees), lues[groupe].textes, strict=True))
            for groupe, nom in groupes.items()
        ]
    )
    return assembler(notice, "Petits graphiques par quartier, même échelle", trace, table)


def _partiels(donnees: pd.DataFrame) -> dict[tuple[str, int], str]:
    """(groupe, annee) → who answered of those asked, where some are missing."""
    if "partiel" not in donnees:
        return {}
    dits = donnees[donnees["partiel"] != ""]
    return {(ligne.groupe, int(ligne.annee)): ligne.partiel for ligne in dits.itertuples()}


def _lignes(nombre: int) -> int:
    return -(-max(nombre, 1) // _COLONNES)


def _cadre(rang: int, nombre: int) -> tuple[list[float], list[float]]:
    """Domain of a panel, filled row by row: (x, y)."""
    ligne, colonne = divmod(rang, _COLONNES)
    largeur, hauteur = 1 / _COLONNES, 1 / _lignes(nombre)
    haut = 1 - ligne * hauteur
    return (
        [colonne * largeur + 0.008, (colonne + 1) * largeur - 0.008],
        [haut - hauteur * 0.74, haut - hauteur * 0.14],
    )


def _panneau(lue: Valeurs, numero: str, regarde: bool, hachures: dict) -> dict:
    return {
        "type": "bar",
        "x": list(range(len(lue.nombres))),
        "y": lue.nombres,
        "text": lue.marques(),
        "textposition": "outside",
        "textangle": 0,
        "textfont": {"size": style.PETIT, "color": style.ENCRE},
        "constraintext": "none",
        "cliponaxis": False,
        "marker": {"color": style.ACCENT if regarde else style.RESTE, "pattern": hachures},
        "width": 0.62,
        "xaxis": f"x{numero}",
        "yaxis": f"y{numero}",
    }


def _notes(lue: Valeurs, nom: str, numero: str, titre: tuple[float, float]) -> list[dict]:
    """The name of the panel above it, and the word of each value that is not there."""
    repere = {"xref": f"x{numero}", "yref": f"y{numero}", "yanchor": "bottom"}
    police = {"size": style.PETIT, "color": style.INCONNU}
    return [
        style.annotation(
            *titre,
            f"<b>{style.texte(nom)}</b>",
            xref="paper",
            yref="paper",
            xanchor="center",
            yanchor="bottom",
        ),
        *(style.annotation(rang, 0, mot, font=police, **repere) for rang, mot in lue.trous()),
    ]


def _axe_des_annees(annees: list[int], cadre: list[float], ancre: str) -> dict:
    return {
        "domain": cadre,
        "anchor": ancre,
        "range": [-0.55, len(annees) - 0.45],
        "tickvals": list(range(len(annees))),
        "ticktext": [str(annee) for annee in annees],
        "tickfont": {"size": style.PETIT},
        "tickangle": 0,
        "showline": True,
        "linecolor": style.ENCRE,
        "fixedrange": True,
        "showgrid": False,
        "zeroline": False,
    }
