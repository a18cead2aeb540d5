"""Server time of the pages: one user, warm, from the request to the server's « finished »."""

from pathlib import Path

import pandas as pd
import plotly.express as px

from benchmarks.mesure import Comparaison, chronometrer
from benchmarks.session import Session, serveur
from ctg.entrepot import Entrepot
from ctg.graphiques.barres import barres
from ctg.graphiques.figure import Notice

PAGES = (
    ("synthese", "annee=2025"),
    ("axe", "axe=JE&annee=2025"),
    ("fiche", "fiche=JE-1&annee=2025"),
    ("indicateur", "indicateur=JE-1.1.1-a&annee=2025"),
    ("quartier", "quartier=gresilles&annee=2025"),
    ("veille", "annee=2020"),
    ("collecte", "annee=2025"),
)


def _barres_express(donnees: pd.DataFrame) -> dict:
    figure = px.bar(donnees.sort_values("valeur"), x="valeur", y="libelle", orientation="h", text="affichage")
    figure.update_layout(showlegend=False, separators=", ")
    return figure.to_dict()


def mesurer(entrepot: Path) -> list[Comparaison]:
    """One line a page (with its number of charts), then one figure built both ways on the same table."""
    lignes = []
    with serveur(entrepot) as port:
        for page, filtres in PAGES:
            session = Session(port, page, filtres)
            duree = chronometrer(session.executer, repetitions=15, chauffe=3)
            lignes.append(Comparaison(f"page {page}, {session.graphiques} graphiques", duree))
    quartiers = Entrepot(entrepot).requete(
        "mesure_quartiers", indicateur="JE-1.1.1-a", type="tous", annee=2025, periode="annee"
    )
    notice = Notice(cle="banc", constat="Banc", mesure="Jeunes", couverture="", source="", fictif=True)
    lignes.append(
        Comparaison(
            "une figure, barres par quartier",
            chronometrer(lambda: barres(quartiers, notice, entete="Quartier"), repetitions=50, chauffe=5),
            chronometrer(lambda: _barres_express(quartiers), repetitions=50, chauffe=5),
            "plotly express",
        )
    )
    return lignes
