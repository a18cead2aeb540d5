"""Qu’est-ce qui bouge, depuis quand, avec quelle certitude ?"""

import streamlit as st

from ctg import exploration, portrait, veille
from pages.commun import bandeau, donnees, figure, filtres, prose, signaux
from pages.commun.textes import vide

QUESTION = "Qu’est-ce qui bouge, depuis quand, avec quelle certitude ?"
PREMIERS = 8


def liste(quartier: str | None) -> None:
    """The signals, strongest first; the city's own movements apart."""
    tous = signaux.de_la_veille()
    st.header("Ce qui bouge", anchor=False)
    if not tous:
        vide(
            "Aucun signal.",
            "Il faut deux années d’une même source : déposez-les dans data/raw, puis lancez "
            "python -m etl. Les "
            "variables suivies sont celles de la liste « veille » de croisements.csv.",
        )
        return
    locaux = [s for s in tous if s.niveau != "commune" and quartier in (None, s.quartier_id)]
    if not locaux:
        vide(
            "Aucun signal dans ce quartier.",
            "Rien n’y bouge autrement qu’en ville : choisissez « Toute la ville ».",
        )
    for signal in locaux[:PREMIERS]:
        signaux.afficher(signal)
    de_la_ville = [s for s in tous if s.niveau == "commune"]
    for titre, cle, suivants in (
        ("Les signaux suivants", "signaux-suivants", locaux[PREMIERS:]),
        ("Ce qui bouge dans toute la ville", "signaux-ville", de_la_ville),
    ):
        if suivants:
            with st.expander(titre):
                figure.afficher(veille.tableau(suivants, cle, "Du plus fort au plus faible"))
    with st.expander("Comment un signal est calculé"):
        st.markdown(prose.lire("veille"))


def choisir(variables):
    """The source, variable and level asked for: one row of `veille_variables.sql`."""
    gauche, milieu, droite = st.columns([2, 3, 2])
    sources = dict(zip(variables["source_id"], variables["source_libelle"], strict=True))
    ordre = list(sources)
    connu = variables[variables["variable_id"] == portrait.SOMMES[1]]
    depart = ordre.index(connu["source_id"].iat[0]) if len(connu) else 0
    source = gauche.selectbox("Source", ordre, index=depart, format_func=sources.get, key="veille_source")
    siennes = variables[variables["source_id"] == source]
    noms = dict(zip(siennes["variable_id"], siennes["libelle"], strict=True))
    codes = list(noms)
    depart = codes.index(portrait.SOMMES[1]) if portrait.SOMMES[1] in noms else 0
    variable = milieu.selectbox(
        "Ce qui est mesuré", codes, index=depart, format_func=noms.get, key=f"veille_variable_{source}"
    )
    sienne = siennes[siennes["variable_id"] == variable]
    niveau = droite.selectbox(
        "Échelle",
        exploration.niveaux(sienne),
        format_func=exploration.NIVEAUX.get,
        key=f"veille_niveau_{variable}",
    )
    return sienne[sienne["niveau"] == niveau].iloc[0]


def explorer(quartier: str | None) -> None:
    """Free exploration: one variable of one source, at one level, one year or two."""
    st.header("Explorer les données ouvertes", anchor=False)
    variables = donnees.lire("veille_variables")
    if variables.empty:
        vide(
            "Aucune donnée ouverte chargée.", "Déposez les fichiers dans data/raw, puis lancez python -m etl."
        )
        return
    choix = choisir(variables)
    demande = {"source": choix["source_id"], "variable": choix["variable_id"], "niveau": choix["niveau"]}
    annees = [int(annee) for annee in choix["annees"]]
    derniere = donnees.lire("veille_annee", **demande, annee=annees[0], quartier=quartier)
    periodes = exploration.periodes(annees, list(choix["paires"]), choix["niveau"], len(derniere))
    periode = st.selectbox(
        "Année", periodes, format_func=exploration.libelle_periode, key=f"veille_annee_{choix['variable_id']}"
    )
    vue = exploration.Vue(
        source=choix["source_libelle"],
        variable=choix["libelle"],
        unite=choix["unite"],
        additif=bool(choix["additif"]),
        niveau=choix["niveau"],
        annees=periode,
        accent=quartier,
    )
    if len(periode) == 2:
        lignes = donnees.lire(
            "veille_paire", **demande, annee_base=periode[0], annee=periode[1], quartier=quartier
        )
        tracer = exploration.deux_annees
    else:
        lignes = donnees.lire("veille_annee", **demande, annee=periode[0], quartier=quartier)
        tracer = exploration.une_annee
    if lignes.empty:
        vide(
            "Rien de publié pour ce choix.",
            "Choisissez une autre année, une autre échelle ou toute la ville.",
        )
        return
    figure.afficher(tracer(lignes, vue))


quartier = filtres.courants().quartier
bandeau.afficher("Veille sociale", QUESTION)
if donnees.fictif():
    st.markdown(prose.OUVERTES)
liste(quartier)
explorer(quartier)
