"""Step 5: what the declaration would read, what it would not, and the file to save or to download."""

import streamlit as st

from ctg.referentiel import Referentiel, ReferentielInvalide
from etl.classeurs import Classeur
from etl.classeurs_libres import redaction
from etl.classeurs_libres.chargement import declaration
from etl.classeurs_libres.lecture import lire_selon
from pages.commun import figure
from pages.commun.textes import echapper
from pages.donnees import refus
from pages.donnees.classeurs import apercu

_ANOMALIES_MONTREES = 12


def conclure(
    choix: redaction.Choix, classeur: Classeur, nom: str, referentiel: Referentiel, cle: str
) -> None:
    """What would be loaded, what is wrong, and the file to download or to save."""
    st.subheader("5. Ce qui serait lu", anchor=False)
    texte, identifiant = redaction.rediger(choix), redaction.identifiant(choix.titre)
    try:
        modele = declaration(texte, identifiant, referentiel)
    except ReferentielInvalide as erreur:
        st.warning(echapper("\n".join(e.message for e in erreur.erreurs)), icon=":material/edit:")
        st.code(texte, language="yaml")
        return
    lecture = lire_selon(modele, classeur, nom, referentiel)
    valeurs = apercu.valeurs_lues(lecture, referentiel)
    if valeurs:
        figure.tableau(valeurs, "Les premières valeurs qui seraient chargées, avec leur cellule")
    anomalies = [*lecture.anomalies, *(a for f in lecture.formulaires for a in f.anomalies)]
    for dite in anomalies[:_ANOMALIES_MONTREES]:
        ou = ", ".join(filter(None, (dite.feuille, dite.cellule)))
        st.markdown(echapper(f"— {ou} : {dite.message}" if ou else f"— {dite.message}"))
    with st.expander("La correspondance (YAML)"):
        st.code(texte, language="yaml")
    with st.container(horizontal=True):
        if st.button("Enregistrer cette correspondance", type="primary", key=f"garder_{cle}"):
            _enregistrer(texte, identifiant, referentiel)
        st.download_button(
            "Télécharger (YAML)",
            texte,
            file_name=f"{identifiant}.yml",
            icon=":material/download:",
            on_click="ignore",
        )


def _enregistrer(texte: str, identifiant: str, referentiel: Referentiel) -> None:
    try:
        chemin = redaction.enregistrer(texte, identifiant, referentiel)
    except (redaction.DejaDecrit, ReferentielInvalide, OSError) as erreur:
        refus.dire("Rien n’a été écrit.", erreur)
    else:
        st.success(
            echapper(
                f"Enregistrée : {chemin.name}. Les classeurs de ce modèle seront lus à la prochaine "
                "reconstruction (onglet « Déposer »)."
            ),
            icon=":material/check:",
        )
