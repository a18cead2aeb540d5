"""Heat table: one cell per row and column, its value printed, a hatch and a word where nothing is known."""

import pandas as pd

from ctg.graphiques import style
from ctg.graphiques.figure import Figure, Notice, assembler

_HAUTEUR_CASE = 34
_CLAIR, _FONCE = (0xE7, 0xEE, 0xF5), (0x12, 0x43, 0x6D)
# above this share of the scale the cell is dark enough for white text at 4.5:1
_BASCULE = 0.55


def _teinte(part: float) -> str:
    canaux = (round(clair + (fonce - clair) * part) for clair, fonce in zip(_CLAIR, _FONCE, strict=True))
    return "#" + "".join(f"{canal:02X}" for canal in canaux)


def carte_chaleur(
    donnees: pd.DataFrame,
    notice: Notice,
    *,
    lignes: list[tuple[str, str]],
    colonnes: list[tuple[str, str]],
    entete: str,
    accent: str | None = None,
    maximum: float | None = None,
) -> Figure:
    """Draw `donnees` (ligne, colonne, valeur, etat, affichage) on the grid of `lignes` × `colonnes` (code,
    label).

    One hue, from zero to `maximum` (the greatest value when not given). A pair without a row is « n. d. »: no
    cell is empty. `accent` is the column set apart by its heading in bold. `entete` heads the rows in the
    table.
    """
    cases = {
        (ligne.ligne, ligne.colonne): (ligne.valeur, ligne.etat, ligne.affichage)
        for ligne in donnees.itertuples()
    }
    echelle = maximum or style.sommet([v for v, etat, _ in cases.values() if etat == "publie"], 1.0)
    teintes, motifs, encres, mots, rangees, debuts = [], [], [], [], [], []
    for rang, (code_ligne, _) in enumerate(lignes):
        for place, (code_colonne, _) in enumerate(colonnes):
            valeur, etat, affichage = cases.get((code_ligne, code_colonne), (None, "manquant", None))
            connu = etat == "publie" and valeur == valeur and valeur is not None
            part = min(max(float(valeur) / echelle, 0.0), 1.0) if connu else 0.0
            teintes.append(_teinte(part) if connu else "#F4F5F6")
            motifs.append("" if connu else "/")
            encres.append("#FFFFFF" if connu and part > _BASCULE else style.ENCRE if connu else style.INCONNU)
            mots.append(style.affiche(valeur, etat, affichage))
            rangees.append(rang)
            debuts.append(place + 0.02)
    trace = {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "base": debuts,
                "x": [0.96] * len(debuts),
                "y": rangees,
                "width": 0.92,
                "marker": {
                    "color": teintes,
                    "line": {"color": style.FILET, "width": 1},
                    "pattern": {"shape": motifs, "fgcolor": "#C3CAD1", "bgcolor": "#F4F5F6", "size": 7},
                },
                "text": mots,
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "insidetextfont": {"size": style.PETIT, "color": encres},
                "hoverinfo": "none",
            }
        ],
        "layout": style.disposition(
            _HAUTEUR_CASE * max(len(lignes), 1) + 70,
            fictif=notice.fictif,
            barmode="overlay",
            xaxis={
                "range": [0, len(colonnes)],
                "tickvals": [place + 0.5 for place in range(len(colonnes))],
                "ticktext": [
                    f"<b>{style.texte(nom, 12)}</b>" if code == accent else style.texte(nom, 12)
                    for code, nom in colonnes
                ],
                "side": "top",
                "fixedrange": True,
                "showgrid": False,
                "zeroline": False,
                "tickangle": 0,
                "tickfont": {"size": style.PETIT},
                "automargin": True,
            },
            yaxis={
                "range": [len(lignes) - 0.5, -0.5],
                "tickvals": list(range(len(lignes))),
                "ticktext": [style.texte(nom, 38) for _, nom in lignes],
                "fixedrange": True,
                "showgrid": False,
                "zeroline": False,
                "automargin": True,
                "tickfont": {"size": style.PETIT},
            },
        ),
    }
    table = pd.DataFrame(
        [
            {entete: nom}
            | {
                titre: style.affiche(*cases.get((code, code_colonne), (None, "manquant", None)))
                for code_colonne, titre in colonnes
            }
            for code, nom in lignes
        ]
    )
    return assembler(notice, "Tableau coloré", trace, table)
