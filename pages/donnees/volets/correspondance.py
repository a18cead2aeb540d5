"""« Décrire un classeur »: from a workbook of their own to the declaration that reads it."""

import hashlib
import tempfile
from pathlib import Path

import streamlit as st

from ctg.referentiel import ReferentielInvalide, charger, dossier_par_defaut
from etl import inventaire
from etl.classeurs import Classeur, ClasseurRefuse, ouvrir
from etl.classeurs_libres.declaration.chargement import declarations
from etl.classeurs_libres.word.document import ouvrir_word
from etl.reception import lots
from etl.reception.noms import assainir
from pages.commun import donnees, figure
from pages.commun.textes import echapper, vide
from pages.donnees.classeurs import description

_SORTS = {
    "rapport": "lu comme un rapport",
    "extrait": "lu comme un extrait",
    "ecarte": "reconnu, rien à charger",
}
_EN_ATTENTE = "depose"  # in the address: « drop/name »
_INCONNUS = ("classeur_inconnu", "document_inconnu", "source_inconnue")


def afficher(annee: int, fictif: bool) -> None:
    """Pick a workbook, correct what is guessed, see what would be loaded, save the declaration."""
    try:
        referentiel = charger(dossier_par_defaut())
        connues = declarations(referentiel)
    except ReferentielInvalide as erreur:
        st.error(echapper(str(erreur)), icon=":material/error:")
        return
    nom, octets = _choisir(annee)
    if octets is None:
        vide(
            "Un classeur qui n’est pas le canevas se décrit une fois ; ensuite, il est lu comme le canevas.",
            "Déposez-le ci-dessus : ses tableaux et ses colonnes vous seront proposés, vous les corrigez.",
        )
        lignes = [
            {"Classeur": c.titre, "Ce qu’on en fait": _SORTS[c.nature], "Correspondance": f"{c.id}.yml"}
            for c in connues
        ]
        if lignes:
            figure.tableau(lignes, "Classeurs déjà décrits")
        return
    classeur = _ouvrir(nom, octets)
    if classeur is not None:
        empreinte = hashlib.sha256(octets).hexdigest()[:8]
        description.decrire(nom, classeur, referentiel, connues, annee, empreinte)


def _choisir(annee: int) -> tuple[str, bytes | None]:
    """The workbook dropped here, else the one that waits in « Déposer » and a link names, else one of those
    received that nothing recognises."""
    depose = st.file_uploader("1. Le classeur à décrire (.xlsx, .xls, .ods, .csv, .docx)", key="modele_depot")
    if depose is not None:
        return depose.name, depose.getvalue()
    anomalies = donnees.lire("collecte_anomalies", annee=annee)
    inconnus = sorted(set(anomalies.loc[anomalies["regle"].isin(_INCONNUS), "fichier"]))
    racine = inventaire.dossiers_lus()[0]
    connus = {fichier: racine / fichier for fichier in inconnus if (racine / fichier).is_file()}
    if en_attente := lots.trouver(st.query_params.get(_EN_ATTENTE, "")):
        connus = {en_attente.nom: en_attente.chemin} | connus
    if not connus:
        return "", None
    choisi = st.selectbox(
        "ou un classeur reçu que rien ne reconnaît",
        [None, *connus],
        index=1 if en_attente else 0,
        format_func=_nommer,
    )
    return (choisi, connus[choisi].read_bytes()) if choisi else ("", None)


def _nommer(fichier: str | None) -> str:
    return fichier or "—"


def _ouvrir(nom: str, octets: bytes) -> Classeur | None:
    """The workbook; None, and its sentence on the page, when it may not be opened."""
    with tempfile.TemporaryDirectory() as atelier:
        chemin = Path(atelier) / f"classeur{Path(assainir(nom)).suffix}"
        chemin.write_bytes(octets)
        try:
            return ouvrir_word(chemin) or ouvrir(chemin)
        except ClasseurRefuse as refus:
            st.error(echapper(refus.anomalie.message), icon=":material/error:")
            return None
