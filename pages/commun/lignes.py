"""A printed line of the convention, or our proposals, with the measures under it."""

from collections.abc import Sequence

import streamlit as st

from ctg import etats, formats, phrases, vie
from pages.commun import donnees, figure, mesure, navigation
from pages.commun.filtres import Filtres
from pages.commun.textes import echapper

_ORIGINES = {"convention": "convention", "propose": "proposé"}


def tableau(mesures: Sequence, annee: int) -> list[dict[str, str]]:
    """Rows of `fiche_mesures.sql` as French text, one per measure."""
    return [
        {
            "Mesure": m.libelle,
            "Origine": _ORIGINES[m.origine],
            f"Valeur {annee}": _valeur(m),
            "Référence": _reference(m),
            "Cible": _cible(m),
            "Évolution, mêmes répondants": _evolution(m),
            "État": etats.libelle(m.etat) if formats.est_connu(m.etat) else "—",
            "Répondants": _repondants(m),
        }
        for m in mesures
    ]


def _valeur(m) -> str:
    if m.definition == "a_arreter":
        return f"définition à arrêter par : {m.repondant_libelle}"
    if not formats.est_connu(m.affichage):
        return formats.INCONNU
    if m.nature == "qualitatif" and m.nb_repondantes:
        return formats.compter(m.nb_repondantes, "réponses rédigées", feminin=True)
    precision = m.mention if formats.est_connu(m.mention) else m.raison
    valeur = vie.lue(m.affichage, m.a_l_aval)
    return f"{valeur} ({precision})" if formats.est_connu(precision) else valeur


def _reference(m) -> str:
    if not formats.est_connu(m.reference) or m.etat_reference != "publie":
        return "pas de valeur"
    return f"{vie.lue(m.reference, m.reference_a_l_aval)} en {int(m.annee_reference)}"


def _cible(m) -> str:
    if not formats.est_connu(m.cible):
        return "aucune"
    return f"{formats.mesure(m.cible, m.unite)} en {int(m.annee_cible)} (proposée)"


def _evolution(m) -> str:
    if not formats.est_connu(m.evolution):
        return "pas encore comparable"
    communs = f" ({int(m.nb_communes)} sur {int(m.evolution_attendues)})" if m.evolution_attendues > 1 else ""
    return f"{vie.lue(m.evolution, m.evolution_a_l_aval)} depuis {int(m.annee_base)}{communs}"


def _repondants(m) -> str:
    if not formats.est_connu(m.nb_attendues):
        return "—"
    return f"{int(m.nb_repondantes)} sur {int(m.nb_attendues)}"


def imprimee(ligne, mesures: Sequence, choix: Filtres, ouverte: str | None) -> None:
    """A printed line, as printed, with its source, then its measures."""
    st.subheader(f"« {echapper(ligne.libelle)} »", anchor=False)
    source = phrases.source_imprimee(ligne.source)
    st.markdown(echapper(f"Ligne {ligne.ligne_id}, telle qu’imprimée dans la convention ({source})"))
    if formats.est_connu(ligne.remarque):
        st.markdown(f"*{echapper(ligne.remarque)}*")
    _mesures(mesures, choix, ouverte, ligne.ligne_id)


def proposees(mesures: Sequence, choix: Filtres, ouverte: str | None) -> None:
    """The measures that stand under no printed line: ours, to be validated by the partners."""
    st.subheader("Mesures proposées, sans ligne imprimée", anchor=False)
    st.markdown("Proposé : la convention n’imprime pas ces mesures, les partenaires doivent les valider.")
    _mesures(mesures, choix, ouverte, "propose")


def a_ouvrir(mesures: Sequence, phare: str | None) -> str | None:
    """The measure whose figures stand open: the chosen one if it was answered, else the first that was."""
    repondues = [
        m.indicateur_id
        for m in mesures
        if mesure.se_dessine(m.nature, m.definition)
        and formats.est_connu(m.nb_repondantes)
        and m.nb_repondantes
    ]
    return phare if phare in repondues else next(iter(repondues), None)


def _mesures(mesures: Sequence, choix: Filtres, ouverte: str | None, place: str) -> None:
    if not mesures:
        st.markdown("Aucune mesure n’est encore rattachée à cette ligne.")
        return
    figure.tableau(tableau(mesures, choix.annee), f"Mesures de {place}")
    for m in mesures:
        if mesure.se_dessine(m.nature, m.definition):
            _detail(m, choix, place, ouvert=m.indicateur_id == ouverte)


def _detail(m, choix: Filtres, place: str, *, ouvert: bool) -> None:
    """The figures of one measure, computed only once the reader opens them."""
    boite = st.expander(
        echapper(f"{m.libelle} : évolution, quartiers, structures"),
        expanded=ouvert,
        key=f"detail_{place}_{m.indicateur_id}",
        on_change="rerun",
    )
    if boite.open:
        with boite:
            identite = donnees.lignes("indicateur", indicateur=m.indicateur_id)[0]
            mesure.detailler(mesure.decrire(identite, choix), choix)
            navigation.lien(
                "indicateur",
                "Définition, ventilations et trimestres de cette mesure",
                icone="query_stats",
                indicateur=m.indicateur_id,
                annee=choix.annee,
                quartier=choix.quartier,
            )


def repondants(lignes: Sequence) -> list[dict[str, str]]:
    """Rows of `fiche_repondants.sql` as French text: who answers, and how many measures of those asked."""
    return [
        {
            "Répondant": ligne.repondant,
            "Mesures renseignées": f"{ligne.nb_renseignees} sur {ligne.nb_mesures}"
            if ligne.nb_mesures
            else "aucune demandée : définition à arrêter",
            "Répondants, selon la mesure": _fourchette(ligne),
        }
        for ligne in lignes
    ]


def _fourchette(ligne) -> str:
    if not formats.est_connu(ligne.attendues):
        return "aucune campagne"
    if not ligne.attendues:
        return "aucun attendu"
    bas, haut = int(ligne.repondantes_min), int(ligne.repondantes_max)
    return f"{haut if bas == haut else f'{bas} à {haut}'} sur {int(ligne.attendues)}"
