"""Quel document emporter en séance, et avec quels chiffres ?"""

import streamlit as st

from ctg.entrepot import Entrepot, Signature
from ctg.exports.recapitulatif import contexte, document
from ctg.exports.recapitulatif.contexte import Selection
from pages.commun import bandeau, donnees, filtres
from pages.commun.textes import echapper, vide

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@st.cache_data(max_entries=20, show_spinner=False)
def _classeur(version: Signature, choix: Selection, _entrepot: Entrepot) -> bytes:
    """The workbook, made once per version of the warehouse and choice of filters."""
    return document.produire(_entrepot, choix).octets


@st.cache_data(max_entries=50, show_spinner=False)
def _contenu(version: Signature, choix: Selection, _entrepot: Entrepot) -> list[dict[str, str]]:
    return [{"Feuille": nom, "Ce qu’elle dit": titre} for nom, titre in document.contenu(_entrepot, choix)]


bandeau.afficher("Exports", "Quel document emporter en séance, et avec quels chiffres ?")
choisis = filtres.courants()
choix = Selection(choisis.annee, choisis.axe, choisis.quartier)
entrepot = donnees.entrepot()
lu = contexte.lire(entrepot, choix)

st.header("Tableau récapitulatif annuel (Excel)", anchor=False)
st.markdown(
    echapper(
        "L’état d’avancement des fiches projet avec leurs indicateurs d’évaluation, prêt à imprimer en A4 "
        "paysage (annexe 5 de la convention)."
    )
)
st.markdown(f"**Filtres retenus** : {echapper(lu.filtres)}")
if lu.quartier:
    st.markdown(
        echapper(
            f"Les chiffres de chaque feuille sont ceux du quartier {lu.quartier} ; l’état des fiches reste "
            "celui de la ville, et la feuille « Par quartier » garde tous les quartiers."
        )
    )
if not lu.nb_acceptes:
    vide(
        f"Aucun rapport accepté pour la campagne {choix.annee}.",
        "Le classeur peut être écrit, mais chaque indicateur y sera « non disponible ». La page Collecte dit "
        "qui est attendu.",
    )
st.download_button(
    "Télécharger le classeur",
    lambda: _classeur(entrepot.signature, choix, entrepot),
    file_name=lu.nom_de_fichier,
    mime=XLSX,
    type="primary",
    icon=":material/download:",
    on_click="ignore",
    key="telecharger_recapitulatif",
)
st.markdown(f"Fichier : {echapper(lu.nom_de_fichier)}")

st.subheader("Ce que le classeur contient", anchor=False)
st.table(
    _contenu(entrepot.signature, choix, entrepot),
    hide_index=True,
    alt="Les feuilles du classeur et ce que chacune dit.",
)

st.subheader("Le même classeur en ligne de commande", anchor=False)
st.code(document.commande(choix), language="bash", wrap_lines=True)
