"""The free exploration of the open data: one variable of one source, at one level, one year or two.

Two years are drawn only on the territories published both years; two sources never share a figure, so the
disposable income (DISP) and the declared income (DEC) stay two series.
"""

from dataclasses import dataclass, replace

import pandas as pd

from ctg import formats, veille
from ctg.graphiques.barres import barres
from ctg.graphiques.figure import Figure, Notice
from ctg.graphiques.multiples import petits_multiples

NIVEAUX = {
    "quartier": "par quartier",
    "iris": "par IRIS",
    "qpv": "par quartier prioritaire (QPV)",
    "commune": "ville entière",
    "ecole": "par école ou collège",
}
_ENTETES = {
    "quartier": "Quartier",
    "iris": "IRIS",
    "qpv": "QPV",
    "commune": "Ville",
    "ecole": "Établissement",
}
# beyond it, a panel is too small to be read: the year by year bars remain
PANNEAUX_MAX = 12


@dataclass(frozen=True)
class Vue:
    """What is explored: `unite` writes the numbers, `annees` one year or the two compared."""

    source: str
    variable: str
    unite: str | None
    additif: bool
    niveau: str
    annees: tuple[int, ...]
    accent: str | None = None


def niveaux(variables: pd.DataFrame) -> list[str]:
    """The levels a variable is published at, widest use first."""
    presents = set(variables["niveau"])
    return [niveau for niveau in NIVEAUX if niveau in presents]


def periodes(annees: list[int], paires: list[str], niveau: str, nombre: int) -> list[tuple[int, ...]]:
    """The choices of years, in the order offered: pairs first, when they can be drawn.

    `paires` are « 2019-2020 »; `nombre` is the number of territories.
    """
    dessinables = niveau in {"quartier", "qpv", "commune"} or 0 < nombre <= PANNEAUX_MAX
    couples = [tuple(int(annee) for annee in paire.split("-")) for paire in paires] if dessinables else []
    return sorted(couples, reverse=True) + [(int(annee),) for annee in annees]


def libelle_periode(periode: tuple[int, ...]) -> str:
    """« 2020 », or « 2019 et 2020, mêmes territoires »."""
    if len(periode) == 1:
        return str(periode[0])
    return f"{periode[0]} et {periode[1]}, mêmes territoires"


def une_annee(lignes: pd.DataFrame, vue: Vue) -> Figure:
    """One year (`veille_annee.sql`): sorted bars, masked ones as words; schools keep their alphabet."""
    publies = lignes[lignes["etat"] == "publie"]
    partiels = publies[publies["nb_couverts"] < publies["nb_assignes"]]
    notice = Notice(
        cle=formats.cle_ascii("exploration", vue.variable, vue.niveau, vue.annees[0]),
        constat=_constat(publies, partiels, len(lignes), vue),
        mesure=f"{vue.variable}, {NIVEAUX[vue.niveau]}, {vue.annees[0]}",
        couverture=_couverture(publies, partiels, len(lignes)),
        source=f"{vue.source}, {vue.annees[0]}",
        ouverte=True,
    )
    return barres(
        lignes.assign(
            affichage=[formats.mesure_courte(valeur, vue.unite) for valeur in lignes["valeur"]],
            iris=[
                f"{int(couverts)} sur {int(assignes)}" if formats.est_connu(assignes) else "—"
                for couverts, assignes in zip(lignes["nb_couverts"], lignes["nb_assignes"], strict=True)
            ],
            remarque=[note if formats.est_connu(note) else "—" for note in lignes["note"]],
        ),
        notice,
        entete=_ENTETES[vue.niveau],
        tri="nom" if vue.niveau == "ecole" else "valeur",
        accent=vue.accent if vue.accent in set(lignes["code"]) else None,
        colonnes={"iris": "IRIS publiés", "remarque": "Remarque"},
    )


def _constat(publies: pd.DataFrame, partiels: pd.DataFrame, nombre: int, vue: Vue) -> str:
    """Range of what is published; nothing is ranked when a sum misses an IRIS."""
    if publies.empty:
        return f"Rien de publié en {vue.annees[0]}"
    if len(publies) == 1:
        seul = publies.iloc[0]
        return f"{seul['libelle']} : {formats.mesure_courte(seul['valeur'], vue.unite)}"
    if len(partiels):
        return f"{len(publies)} sur {nombre} connus, dont {len(partiels)} en partie"
    bas, haut = publies.loc[publies["valeur"].idxmin()], publies.loc[publies["valeur"].idxmax()]
    moins, plus = (formats.mesure_courte(bout["valeur"], vue.unite) for bout in (bas, haut))
    if vue.niveau == "ecole":
        return f"De {moins} à {plus}"
    return f"De {moins} ({bas['libelle']}) à {plus} ({haut['libelle']})"


def _couverture(publies: pd.DataFrame, partiels: pd.DataFrame, nombre: int) -> str:
    dit = f"{formats.compter(len(publies), 'territoires publiés')} sur {nombre}"
    if len(partiels):
        details = [
            f"{p.libelle} {int(p.nb_couverts)} IRIS sur {int(p.nb_assignes)}" for p in partiels.itertuples()
        ]
        dit += f", en partie : {formats.liste(details)}"
    return dit


def deux_annees(lignes: pd.DataFrame, vue: Vue) -> Figure:
    """Two years (`veille_paire.sql`): one panel per territory, only what was published both years."""
    dernieres = lignes[lignes["annee"] == vue.annees[1]]
    partiels = dernieres[dernieres["nb_communs"] < dernieres["nb_assignes"]]
    notice = Notice(
        cle=formats.cle_ascii("exploration", vue.variable, vue.niveau, *vue.annees),
        constat=_constat_paire(dernieres),
        mesure=f"{vue.variable}, {NIVEAUX[vue.niveau]}, {vue.annees[0]} et {vue.annees[1]}"
        + (", sur les seuls IRIS publiés les deux années" if vue.niveau in {"quartier", "commune"} else ""),
        couverture=_couverture_paire(dernieres, partiels),
        source=f"{vue.source}, {vue.annees[0]} et {vue.annees[1]}",
        ouverte=True,
    )
    figure = petits_multiples(
        lignes.assign(
            etat="publie", affichage=[formats.mesure_courte(valeur, vue.unite) for valeur in lignes["valeur"]]
        ),
        notice,
        entete=_ENTETES[vue.niveau],
        accent=vue.accent if vue.accent in set(lignes["groupe"]) else None,
    )
    return replace(
        figure,
        tableau=figure.tableau.assign(
            **{
                "Évolution": list(dernieres["mouvement"]),
                "IRIS comparés": [
                    f"{int(communs)} sur {int(assignes)}"
                    for communs, assignes in zip(
                        dernieres["nb_communs"], dernieres["nb_assignes"], strict=True
                    )
                ],
                "Certitude": [
                    veille.certitude(int(ligne.nb_communs), int(ligne.nb_assignes), "", ligne.certitude)
                    for ligne in dernieres.itertuples()
                ],
            }
        ),
    )


def _constat_paire(dernieres: pd.DataFrame) -> str:
    """The range of the published movements; a single one is said with its place."""
    ordonnees = dernieres.sort_values("ecart_relatif", kind="stable")
    bas, haut = ordonnees.iloc[0], ordonnees.iloc[-1]
    if len(ordonnees) == 1:
        return f"{haut['libelle']} : {haut['mouvement']}"
    return f"De {bas['mouvement']} ({bas['libelle']}) à {haut['mouvement']} ({haut['libelle']})"


def _couverture_paire(dernieres: pd.DataFrame, partiels: pd.DataFrame) -> str:
    dit = formats.compter(len(dernieres), "territoires comparés")
    if len(partiels):
        details = [
            f"{p.libelle} sur {int(p.nb_communs)} IRIS des {int(p.nb_assignes)}"
            for p in partiels.itertuples()
        ]
        dit += f", en partie : {formats.liste(details)}"
    return dit
