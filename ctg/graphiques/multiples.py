"""Small multiples: one panel per territory, the same scale in all, the same order on every page."""

import pandas as pd

from ctg.graphiques import style
from ctg.graphiques.figure import Figure, Notice, assembler

_COLONNES = 5
_HAUTEUR = 170


def _cadre(rang: int, nombre: int) -> tuple[list[float], list[float]]:
    """Domain of a panel, filled row by row: (x, y)."""
    lignes = -(-nombre // _COLONNES)
    ligne, colonne = divmod(rang, _COLONNES)
    largeur, hauteur = 1 / _COLONNES, 1 / lignes
    haut = 1 - ligne * hauteur
    return (
        [colonne * largeur + 0.008, (colonne + 1) * largeur - 0.008],
        [haut - hauteur * 0.72, haut - hauteur * 0.14],
    )


def petits_multiples(
    donnees: pd.DataFrame, notice: Notice, *, entete: str = "Quartier", accent: str | None = None
) -> Figure:
    """Draw the years of each group as bars: `donnees` (groupe, libelle, annee, valeur, etat, affichage).

    Rows come in the order of the panels; `accent` is the group set apart. One vertical scale from zero; a
    value that is not published is a word at the foot of its panel. The table has one row per group, one
    column per year.
    """
    annees = sorted({int(annee) for annee in donnees["annee"]})
    groupes = list(dict.fromkeys(zip(donnees["groupe"], donnees["libelle"], strict=True)))
    cases = {
        (ligne.groupe, int(ligne.annee)): (ligne.valeur, ligne.etat, ligne.affichage)
        for ligne in donnees.itertuples()
    }
    haut = style.sommet([valeur for valeur, etat, _ in cases.values() if etat == "publie"], 1.3)
    traces, axes, notes = [], {}, []
    for rang, (groupe, nom) in enumerate(groupes):
        numero = "" if rang == 0 else str(rang + 1)
        cadre_x, cadre_y = _cadre(rang, len(groupes))
        valeurs, mots = [], []
        for annee in annees:
            valeur, etat, affichage = cases.get((groupe, annee), (None, "manquant", None))
            mots.append(style.affiche(valeur, etat, affichage))
            valeurs.append(float(valeur) if etat == "publie" and valeur == valeur else None)
        traces.append(
            {
                "type": "bar",
                "x": list(range(len(annees))),
                "y": valeurs,
                "text": [mot if v is not None else "" for mot, v in zip(mots, valeurs, strict=True)],
                "textposition": "outside",
                "textangle": 0,
                "textfont": {"size": style.PETIT, "color": style.ENCRE},
                "constraintext": "none",
                "cliponaxis": False,
                "marker": {"color": style.ACCENT if accent in (None, groupe) else style.RESTE},
                "width": 0.62,
                "xaxis": f"x{numero}",
                "yaxis": f"y{numero}",
                "hoverinfo": "none",
            }
        )
        notes += [
            style.annotation(
                indice,
                0,
                mot,
                xref=f"x{numero}",
                yref=f"y{numero}",
                yanchor="bottom",
                font={"size": style.PETIT, "color": style.INCONNU},
            )
            for indice, (mot, valeur) in enumerate(zip(mots, valeurs, strict=True))
            if valeur is None
        ]
        notes.append(
            style.annotation(
                sum(cadre_x) / 2,
                cadre_y[1],
                f"<b>{style.texte(nom)}</b>",
                xref="paper",
                yref="paper",
                yanchor="bottom",
                font={"size": style.PETIT, "color": style.ENCRE},
            )
        )
        axes[f"xaxis{numero}"] = {
            "domain": cadre_x,
            "anchor": f"y{numero}",
            "range": [-0.55, len(annees) - 0.45],
            "fixedrange": True,
            "tickvals": list(range(len(annees))),
            "ticktext": [str(annee) for annee in annees],
            "tickfont": {"size": style.PETIT},
            "showgrid": False,
            "zeroline": False,
            "tickangle": 0,
        }
        axes[f"yaxis{numero}"] = style.axe_muet(
            domain=cadre_y,
            anchor=f"x{numero}",
            range=[0, haut],
            zeroline=True,
        )
    lignes = -(-max(len(groupes), 1) // _COLONNES)
    trace = {
        "data": traces,
        "layout": style.disposition(
            _HAUTEUR * lignes,
            fictif=notice.fictif,
            annotations=notes,
            **axes,
        ),
    }
    trace["layout"]["margin"]["t"] = 4
    table = pd.DataFrame(
        [
            {entete: nom}
            | {
                str(annee): style.affiche(*cases.get((groupe, annee), (None, "manquant", None)))
                for annee in annees
            }
            for groupe, nom in groupes
        ]
    )
    return assembler(notice, "Petits graphiques par quartier, même échelle", trace, table)
