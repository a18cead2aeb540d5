"""What the inhabitants of a quartier live, from open data: the left half of its page."""

import streamlit as st

from ctg import portrait, portrait_detail
from pages.commun import donnees, figure
from pages.commun.textes import vide


def afficher(nom: str, code: str, sommes) -> None:
    """Every figure of the diagnostic of a quartier; `sommes` is the answer of `quartier_portrait.sql`."""
    st.header("Ce que vivent les habitants", anchor=False)
    if sommes.empty:
        vide(
            "Aucune donnée ouverte chargée pour ce quartier.",
            "Déposez les fichiers de la Caf et de l’Insee dans data/raw, puis lancez python -m "
            "etl : voir Collecte.",
        )
        return
    figure.afficher(portrait.habitants(sommes, nom))
    enfants = donnees.lire("quartier_portrait", quartier=code, variables=list(portrait.AGES))
    if len(enfants):
        figure.afficher(portrait.enfants(enfants))
    for variables, tracer in (
        ([portrait_detail.NIVEAU_DE_VIE], portrait_detail.niveaux_de_vie),
        (list(portrait_detail.PARTS_AGES), portrait_detail.ages_par_iris),
    ):
        iris = donnees.lire("quartier_iris", quartier=code, variables=variables)
        if len(iris):
            figure.afficher(tracer(iris))
    prioritaire = donnees.lire("quartier_qpv", quartier=code, variables=list(portrait.QPV))
    if len(prioritaire):
        figure.afficher(portrait.qpv(prioritaire))


def ecoles(code: str) -> None:
    """The schools of the city, folded: no file ties them to a quartier."""
    lignes = donnees.lire("quartier_ecoles", quartier=code)
    if len(lignes):
        with st.expander("Les écoles et collèges de la ville, un par un"):
            figure.afficher(portrait_detail.ecoles(lignes))
