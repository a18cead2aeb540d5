"""Step 5: what the declaration would read, what it would not, and the file to save or to download."""

import streamlit as st

from ctg import formats
from ctg.gravites import GRAVITES
from ctg.referentiel import Referentiel, ReferentielInvalide
from etl.anomalie import Anomalie
from etl.canevas.modeles import Lecture
from etl.canevas.phrases.messages import citer
from etl.classeurs import Classeur
from etl.classeurs_libres.declaration.chargement import declaration
from etl.classeurs_libres.declaration.modele import Declaration
from etl.classeurs_libres.description import redaction
from etl.classeurs_libres.description.choix import Choix
from etl.classeurs_libres.lecture.classeur import lire_selon
from pages.commun import figure
from pages.commun.textes import echapper
from pages.donnees import refus
from pages.donnees.classeurs import apercu, fautes, rivales

_ANOMALIES_MONTREES = 12


def conclure(
    choix: Choix,
    classeur: Classeur,
    nom: str,
    referentiel: Referentiel,
    connues: tuple[Declaration, ...],
    en_suspens: tuple[str, ...],
    cle: str,
) -> None:
    """What would be loaded, what is wrong, and the file to download or to save; `connues` are the
    declarations already there, `en_suspens` the names that nobody tied yet."""
    st.subheader("5. Ce qui serait lu", anchor=False)
    texte, identifiant = redaction.rediger(choix), redaction.identifiant(choix.titre)
    try:
        modele = declaration(texte, identifiant, referentiel)
    except ReferentielInvalide as erreur:
        dites = "\n".join(fautes.en_clair(e.message, choix) for e in erreur.erreurs)
        st.warning(echapper(dites), icon=":material/edit:")
        with st.expander("La correspondance (YAML)"):
            st.code(texte, language="yaml")
        return
    lecture = lire_selon(modele, classeur, nom, referentiel)
    valeurs = apercu.valeurs_lues(lecture, referentiel)
    if valeurs:
        st.markdown(f"**{_combien(lecture)}**")
        figure.tableau(valeurs, "Les premières valeurs qui seraient chargées, avec leur cellule")
    suspendus = [citer(nom) for nom in en_suspens]  # a person named there is not copied
    if suspendus:
        st.markdown(echapper(f"— {fautes.noms_en_suspens(suspendus)}"))
    anomalies = [*lecture.anomalies, *(a for f in lecture.formulaires for a in f.anomalies)]
    # the sentence of the build is for who mends the YAML: here, the table above is enough
    _dire([a for a in anomalies if a.regle != "libelle_inconnu" or a.valeur_lue not in suspendus])
    remplacee = rivales.demander(modele, classeur, connues, cle)
    with st.expander("La correspondance (YAML)"):
        st.code(texte, language="yaml")
    with st.container(horizontal=True):
        if st.button("Enregistrer cette correspondance", type="primary", key=f"garder_{cle}"):
            _enregistrer(texte, remplacee.id if remplacee else identifiant, referentiel, bool(remplacee))
        st.download_button(
            "Télécharger (YAML)",
            texte,
            file_name=f"{identifiant}.yml",
            icon=":material/download:",
            on_click="ignore",
        )


def _combien(lecture: Lecture) -> str:
    lues = sum(c.etat == "valeur" for f in lecture.formulaires for c in f.cellules)
    qui = {(f.genre, f.repondant_id) for f in lecture.formulaires}
    valeurs = formats.compter(lues, "valeurs lues", feminin=True)
    return f"{valeurs}, de {formats.compter(len(qui), 'répondants')}"


def _dire(anomalies: list[Anomalie]) -> None:
    """The first ones, gravest first; a sentence is said once, at its first place."""
    par_gravite = sorted(anomalies, key=lambda a: list(GRAVITES).index(a.gravite))
    dites = {a.message: a for a in reversed(par_gravite)}
    phrases = list(reversed(dites.values()))
    for dite in phrases[:_ANOMALIES_MONTREES]:
        ou = ", ".join(filter(None, (dite.feuille, dite.cellule)))
        st.markdown(echapper(f"— {ou} : {dite.message}" if ou else f"— {dite.message}"))
    if len(phrases) > _ANOMALIES_MONTREES:
        reste = formats.compter(len(phrases) - _ANOMALIES_MONTREES, "remarques", feminin=True)
        st.markdown(f"… et {reste} de plus.")


def _enregistrer(texte: str, identifiant: str, referentiel: Referentiel, remplacer: bool) -> None:
    try:
        chemin = redaction.enregistrer(texte, identifiant, referentiel, remplacer)
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
