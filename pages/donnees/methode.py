"""D’où viennent ces nombres, comment sont-ils calculés, que valent-ils ?"""

import streamlit as st

from ctg import methode
from pages.commun import bandeau, donnees, figure, prose
from pages.commun.textes import vide

# the table that goes with a section: its query, and how it is shown
TABLEAUX = {
    "Sources et licences": ("methode_sources", methode.sources),
    "Réglages appliqués": ("parametres", methode.reglages),
    "Indicateurs dont la définition reste à arrêter": ("methode_a_arreter", methode.a_arreter),
    "Les quartiers et leurs IRIS": ("methode_iris", methode.iris),
    "Limites connues": ("methode_remarques", methode.remarques),
}
VIDES = {
    "Sources et licences": (
        "Aucune donnée ouverte chargée.",
        "Déposez les fichiers de la Caf et de l’Insee dans data/raw, puis lancez python -m etl : "
        "voir Collecte.",
    ),
    "Indicateurs dont la définition reste à arrêter": (
        "Toutes les définitions sont arrêtées.",
        "Rien à faire.",
    ),
}

bandeau.afficher("Méthode", "D’où viennent ces nombres, comment sont-ils calculés, que valent-ils ?")
for titre, texte in methode.sections(prose.lire("methode")):
    st.header(titre, anchor=False)
    st.markdown(texte)
    if titre == "Les symboles":
        figure.afficher(methode.symboles())
    if titre in TABLEAUX:
        requete, tracer = TABLEAUX[titre]
        lignes = donnees.lire(requete)
        if lignes.empty and titre in VIDES:
            vide(*VIDES[titre])
        elif titre == "Les quartiers et leurs IRIS":
            with st.expander("Le rattachement, IRIS par IRIS"):
                figure.afficher(tracer(lignes))
        elif len(lignes):
            figure.afficher(tracer(lignes))
