"""What came and goes: the answers the last deliveries changed (« Déposer »), the copies to send back (« À
corriger »)."""

import datetime as dt

import streamlit as st

from ctg import formats
from ctg.entrepot import EntrepotIllisible, chemin_par_defaut
from etl import inventaire
from etl.renvois import courrier, lecture, retours
from etl.renvois.courrier import Renvoi
from pages.commun import donnees, figure
from pages.commun.textes import echapper, vide
from pages.donnees.depots import tableaux


def derniers_changements(annee: int) -> None:
    """What the last delivery of a respondent changed, from the one it replaced."""
    lignes = donnees.lignes("collecte_differences", annee=annee)
    st.subheader("Ce qui a changé dans le dernier envoi", anchor=False)
    if not lignes:
        vide(
            f"Aucun rapport {annee} n’en a remplacé un autre.",
            "Un envoi corrigé se comparera ici au précédent.",
        )
        return
    noms = {ligne.repondant_id: ligne.repondant for ligne in lignes}
    # a new delivery comes first in its turn, whoever was looked at before
    cle = f"differences_{annee}_{donnees.entrepot().empreinte[:12]}"
    choisi = st.selectbox("Répondant", list(noms), format_func=noms.get, key=cle)
    siennes = [ligne for ligne in lignes if ligne.repondant_id == choisi]
    premiere = siennes[0]
    st.markdown(echapper(f"« {premiere.nouveau_fichier} » remplace « {premiere.ancien_fichier} »."))
    figure.tableau(tableaux.differences(siennes), "Réponses qui ont changé, avant et après")


def a_renvoyer(annee: int) -> None:
    """The files received that somebody should correct or confirm, with all that goes back in one archive."""
    renvois = _renvois(annee)
    st.subheader("À renvoyer pour correction", anchor=False)
    if not renvois:
        vide(f"Rien à renvoyer en {annee}.", "Aucun fichier reçu n’est à corriger ni à confirmer.")
        return
    figure.tableau(
        [
            {
                "À qui": _a_qui(renvoi),
                "Fichier": renvoi.fichier,
                **_comptes(renvoi),
            }
            for renvoi in renvois
        ],
        "Classeurs à renvoyer, avec le nombre de points à corriger et à confirmer",
    )
    st.download_button(
        "Télécharger les copies annotées et les messages (.zip)",
        lambda: retours.en_archive(renvois, inventaire.dossiers_lus(), dt.date.today()),
        file_name=formats.nom_de_fichier("retours", annee, extension="zip"),
        key=f"retours_{annee}",
        on_click="ignore",
        icon=":material/download:",
    )


@donnees.retenue
def _renvois(annee: int) -> tuple[Renvoi, ...]:
    try:
        return tuple(lecture.lire(chemin_par_defaut(), annee))
    except EntrepotIllisible:  # replaced by another version at this very moment: the next gesture reads it
        return ()


def _a_qui(renvoi: Renvoi) -> str:
    """Its sender, with a doubt when only names tell it."""
    if renvoi.expediteur is None:
        return "à retrouver"
    return f"{renvoi.expediteur} (d’après le fichier : à vérifier)" if renvoi.devine else renvoi.expediteur


def _comptes(renvoi: Renvoi) -> dict[str, str]:
    a_corriger, a_confirmer = courrier.compter(renvoi)
    return {"À corriger": formats.nombre(a_corriger), "À confirmer": formats.nombre(a_confirmer)}
