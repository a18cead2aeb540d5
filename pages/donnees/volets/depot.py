"""« Déposer »: drop files, read what they would change, accept them or set them aside."""

import datetime as dt
import tempfile
from pathlib import Path

import streamlit as st

from ctg import formats
from ctg.entrepot import chemin_par_defaut
from ctg.referentiel import ReferentielInvalide, dossier_par_defaut
from etl import courrier, erreurs_du_systeme, inventaire, retours
from etl.inventaire import ReceptionsIllisibles
from etl.reception import acceptation, lots
from etl.reception.examen import DEJA, Examen, examiner
from etl.reception.lots import Lot, Piece
from pages.commun import figure, prose
from pages.commun.textes import echapper, vide
from pages.donnees import envois, examens, reconstruction

_DIT = "depot_dit"
_RANG = "depot_rang"
_EXAMENS_GARDES = 8


def afficher(annee: int, fictif: bool) -> None:
    """Draw the drop zone, then what waits for a decision, then what the last deliveries changed."""
    _dire_ce_qui_vient_d_etre_fait()
    _zone()
    en_attente = lots.en_attente()
    if en_attente:
        _lot(_choisir(en_attente), fictif)
    with st.expander("Comment un fichier entre dans le tableau de bord"):
        st.markdown(prose.lire("charger"))
    envois.derniers_changements(annee)
    envois.a_renvoyer(annee)


def _zone() -> None:
    """The place to drop: what is dropped is put down at once, whole, then the zone is empty again."""
    rang = st.session_state.setdefault(_RANG, 0)
    recus = st.file_uploader(
        "1. Déposez un ou plusieurs fichiers : classeurs, données ouvertes, archive .zip, message .eml avec "
        "ses pièces jointes (200 Mo au plus par fichier)",
        accept_multiple_files=True,
        key=f"depot_{rang}",
    )
    if not recus:
        return
    try:
        lots.deposer([(recu.name, recu.getvalue()) for recu in recus])
    except OSError as erreur:
        st.error(
            echapper(f"Rien n’a été déposé. {erreurs_du_systeme.phrase(erreur)}"), icon=":material/error:"
        )
        return
    st.session_state[_RANG] += 1
    st.rerun()


def _choisir(en_attente: list[Lot]) -> Lot:
    """The drop to look at: the last one, unless another is asked for."""
    if len(en_attente) == 1:
        return en_attente[0]
    return st.selectbox(
        f"{formats.compter(len(en_attente), 'dépôts')} en attente d’une décision",
        en_attente,
        format_func=_titre,
    )


def _titre(lot: Lot) -> str:
    heure = f"{lot.depose_le.hour} h {lot.depose_le.minute:02d}"
    return (
        f"Dépôt du {formats.date_longue(lot.depose_le)} à {heure} : "
        f"{formats.compter(len(lot.pieces), 'fichiers')}"
    )


def _lot(lot: Lot, fictif: bool) -> None:
    """One drop: what was left out of it, what each file would change, the decision."""
    st.subheader(echapper(f"2. {_titre(lot)}"), anchor=False)
    for nom, raison in lot.remarques:
        st.markdown(echapper(f"— « {nom} » : {raison}"))
    if not lot.pieces:
        vide("Rien à charger dans ce dépôt.", "Fermez-le, puis déposez les fichiers indiqués.")
        if st.button("Fermer ce dépôt"):
            lots.fermer(lot)
            st.rerun()
        return
    if reconstruction.en_cours():  # what it would change is about to change
        st.markdown("Ce dépôt sera relu à la fin de la reconstruction.")
        return
    dates = {piece.nom: _date_choisie(lot, piece) for piece in lot.pieces}
    try:
        lus = _examiner(lot, dates)
    except (ReferentielInvalide, ReceptionsIllisibles, OSError) as erreur:
        dit = erreurs_du_systeme.phrase(erreur) if isinstance(erreur, OSError) else str(erreur)
        st.error(echapper(f"Ce dépôt n’a pas pu être lu. {dit}"), icon=":material/error:")
        return
    st.markdown(f"**{echapper(examens.resume(lus.values()))}.** Rien n’est encore chargé.")
    if fictif and examens.un_rapport_reel(lus.values()):
        st.markdown(
            "Le premier rapport réel est là : une fois accepté, la campagne fictive disparaît de "
            "toutes les pages."
        )
    decision = st.container()  # above the files: with twenty of them, the bottom of the page is far
    choisis = [piece for piece in lot.pieces if _piece(lot, piece, lus[piece.nom])]
    with decision:
        _decider(lot, choisis, lus, dates)


def _cle(lot: Lot, piece: Piece, quoi: str) -> str:
    return f"{quoi}_{lot.lot_id}_{piece.nom}"


def _date_choisie(lot: Lot, piece: Piece) -> dt.datetime:
    """When it was received: the message's date, else that of the drop, unless somebody wrote another day.

    The hour is kept while the day is: two deliveries of one day stay in order.
    """
    depart = piece.recu_le or lot.depose_le
    jour = st.session_state.get(_cle(lot, piece, "date")) or depart.date()
    return depart if jour == depart.date() else dt.datetime.combine(jour, dt.time())


@st.cache_resource(show_spinner=False)
def _deja_examines() -> dict[tuple, dict[str, Examen]]:
    """What was examined, by drop, dates and state of the folders: a click must not read everything again."""
    return {}


def _examiner(lot: Lot, dates: dict[str, dt.datetime]) -> dict[str, Examen]:
    """What each file of the drop would change. Raises ReferentielInvalide, ReceptionsIllisibles, OSError."""
    memoire = _deja_examines()
    cle = (lot.lot_id, tuple(dates.items()), reconstruction.etat_des_dossiers())
    if cle not in memoire:
        barre = st.progress(0.0, text="Lecture de ce qui serait chargé")

        def avancer(etape: str, fait: int = 0, total: int = 0) -> None:
            barre.progress(fait / total if total else 1.0, text="Lecture de ce qui serait chargé")

        lus = examiner(
            lot, dates, dossier_par_defaut(), inventaire.dossiers_lus(), chemin_par_defaut(), avancer
        )
        barre.empty()
        while len(memoire) >= _EXAMENS_GARDES:
            memoire.pop(next(iter(memoire)))
        memoire[cle] = lus
    return memoire[cle]


def _piece(lot: Lot, piece: Piece, examen: Examen) -> bool:
    """One file: its box, what it is and would change, its date, its details. Says whether it is chosen."""
    with st.container(border=True, key=f"piece_{lot.pieces.index(piece)}"):
        gauche, droite = st.columns([5, 1], vertical_alignment="center")
        with gauche:
            choisi = st.checkbox(
                f"**{echapper(piece.nom)}** — {echapper(examens.ETATS[examen.etat])}",
                value=examen.utile,
                disabled=examen.etat == DEJA,
                key=_cle(lot, piece, "choix"),
            )
            dits = [examens.nature(examen), examens.contenu(examen), examens.points(examen)]
            if piece.origine:
                dits.append(f"dans « {piece.origine} »")
            st.markdown(echapper(" · ".join(dit for dit in dits if dit and dit != "—")))
        with droite:
            st.date_input(
                "Reçu le",
                value=(piece.recu_le or lot.depose_le).date(),
                max_value=dt.date.today(),
                format="DD/MM/YYYY",
                key=_cle(lot, piece, "date"),
                disabled=examen.etat == DEJA,
            )
        _details(lot, piece, examen)
    return choisi


def _details(lot: Lot, piece: Piece, examen: Examen) -> None:
    """What is wrong, what changes, what to send back; nothing when there is nothing to see."""
    if examen.differences:
        with st.expander(
            f"Ce qui change : {formats.compter(len(examen.differences), 'réponses', feminin=True)}"
        ):
            montrees = examen.differences[: examens.MONTREES]
            figure.tableau(examens.tableau_des_differences(montrees), "Réponses qui changent, avant et après")
            if len(examen.differences) > len(montrees):
                st.markdown(f"Les {len(montrees)} premières sur {len(examen.differences)}.")
    if examen.anomalies:
        with st.expander(f"Ce qui ne va pas : {examens.points(examen)}"):
            figure.tableau(examens.tableau_des_anomalies(examen), f"Anomalies de {piece.nom}")
            if len(examen.anomalies) > examens.MONTREES:
                st.markdown(f"Les {examens.MONTREES} premières sur {len(examen.anomalies)}, la pire d’abord.")
            if examen.renvoi is not None:
                _renvoyer(lot, piece, examen)


def _renvoyer(lot: Lot, piece: Piece, examen: Examen) -> None:
    """The marked copy and the mail that goes with it, to download."""
    copie = f"{Path(piece.nom).stem}_a_corriger.xlsx" if examen.annotable else None
    texte = courrier.message(examen.renvoi, copie, dt.date.today())
    with st.container(horizontal=True):
        if copie:
            st.download_button(
                "Télécharger la copie annotée (.xlsx)",
                lambda: _copie(piece, examen.renvoi),
                file_name=copie,
                key=_cle(lot, piece, "copie"),
                on_click="ignore",
                icon=":material/download:",
            )
        st.download_button(
            "Télécharger le message (.txt)",
            texte,
            file_name=f"{Path(piece.nom).stem}_a_corriger.txt",
            key=_cle(lot, piece, "message"),
            on_click="ignore",
            icon=":material/download:",
        )
    st.text_area("Message à copier", texte, height=240, key=_cle(lot, piece, "texte"))


def _copie(piece: Piece, renvoi: courrier.Renvoi) -> bytes:
    with tempfile.TemporaryDirectory() as atelier:
        retour = retours.ecrire(renvoi, piece.chemin, Path(atelier), dt.date.today())
        return retour.copie.read_bytes()


def _decider(lot: Lot, choisis: list[Piece], lus: dict[str, Examen], dates: dict[str, dt.datetime]) -> None:
    """Accept what is chosen, or set the rest aside with a reason."""
    deja = [piece for piece in lot.pieces if lus[piece.nom].etat == DEJA]
    autres = [piece for piece in lot.pieces if piece not in choisis and piece not in deja]
    gauche, droite = st.columns(2, vertical_alignment="bottom")
    with gauche:
        libelle = f"3. Accepter {formats.compter(len(choisis), 'fichiers')}" if choisis else "3. Accepter"
        if st.button(libelle, type="primary", disabled=not choisis, icon=":material/check:"):
            _accepter(lot, [*choisis, *deja], lus, dates)
    with droite:
        if not autres and not choisis:
            if st.button("Fermer ce dépôt : tout est déjà reçu"):
                lots.retirer(lot, deja)
                st.rerun()
        elif autres:
            raison = st.text_input("Pourquoi écarter les autres ?", key=f"raison_{lot.lot_id}")
            if st.button(f"Écarter {formats.compter(len(autres), 'fichiers')}", disabled=not raison.strip()):
                _ecarter(lot, autres, raison)


def _accepter(lot: Lot, pieces: list[Piece], lus: dict[str, Examen], dates: dict[str, dt.datetime]) -> None:
    try:
        fait = acceptation.accepter(lot, {piece.nom: dates[piece.nom] for piece in pieces})
    except OSError as erreur:
        intact = f"Rien n’a été accepté, rien n’est perdu. {erreurs_du_systeme.phrase(erreur)}"
        st.error(echapper(intact), icon=":material/error:")
        return
    rapports = sum(rapport.retenu for nom in fait.entres for rapport in lus[nom].rapports)
    dit = (
        formats.compter(rapports, "rapports chargés")
        if rapports
        else formats.compter(len(fait.entres), "fichiers reçus")
    )
    reconstruction.reconstruire(dit)


def _ecarter(lot: Lot, pieces: list[Piece], raison: str) -> None:
    try:
        lots.ecarter(lot, pieces, raison.strip())
    except OSError as erreur:
        st.error(
            echapper(f"Rien n’a été écarté. {erreurs_du_systeme.phrase(erreur)}"), icon=":material/error:"
        )
        return
    st.session_state[_DIT] = f"{formats.compter(len(pieces), 'fichiers écartés')}, gardés avec votre raison."
    st.rerun()


def _dire_ce_qui_vient_d_etre_fait() -> None:
    if dit := st.session_state.pop(_DIT, None):
        st.success(echapper(dit), icon=":material/check:")
