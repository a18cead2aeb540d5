"""Two sources that answer the same question: side by side, and which one counts."""

import streamlit as st

from ctg import decisions
from etl import saisies
from pages.commun import donnees, figure
from pages.commun.textes import vide
from pages.donnees.decisions.enregistrement import enregistrer, marque_fictive, qui_et_pourquoi


def afficher(annee: int, fictif: bool) -> None:
    """The answers that two sources give, then the choice of one."""
    lignes = donnees.lire("decision_sources", annee=annee)
    if lignes.empty:
        vide(
            f"Aucune réponse donnée par deux sources en {annee}.",
            "Un extrait (Caf, ISAJE…) ou le classeur d’une structure, une fois déposé, se compare ici au "
            "formulaire.",
        )
        return
    figure.afficher(decisions.sources(lignes, annee, fictif))
    reponses = {(x.repondant_id, x.indicateur_id): f"{x.repondant} : {x.mesure}" for x in lignes.itertuples()}
    choisie = st.selectbox("Réponse", list(reponses), format_func=reponses.get, key=f"source_de_{annee}")
    siennes = lignes[
        (lignes["repondant_id"] == choisie[0]) & (lignes["indicateur_id"] == choisie[1])
    ].drop_duplicates("source")
    noms = dict(zip(siennes["source"], siennes["source_libelle"], strict=True))
    cle = "_".join((str(annee), *choisie))
    with st.form(f"source_{cle}"):
        source = st.selectbox("Source à retenir", list(noms), format_func=noms.get, key=f"source_{cle}")
        fonction, raison = qui_et_pourquoi(
            cle, exemple="ISAJE compte les admissions, le formulaire les présents"
        )
        demande = st.form_submit_button("Retenir et recharger", icon=":material/check:", type="primary")
    if demande:
        ligne = {
            "repondant_id": choisie[0],
            "annee": annee,
            "indicateur_id": choisie[1],
            "source": source,
            "fonction": fonction,
            "raison": raison,
            "fictif": marque_fictive(),
        }
        dit = f"{reponses[choisie]} : {noms[source]} retenu"
        enregistrer(lambda: saisies.ajouter("sources", ligne), dit)
