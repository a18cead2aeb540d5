"""How a fiche projet is shown from afar: its line in a table, its card, its link."""

from collections.abc import Sequence

import streamlit as st

from ctg import etats, formats, phrases, vie
from ctg.graphiques.chaleur import carte_chaleur
from ctg.graphiques.figure import Figure, Notice
from pages.commun import donnees, navigation
from pages.commun.textes import echapper

COMPTES = ("atteint", "en_progres", "a_surveiller", "sans_cible", "decale", "donnees_insuffisantes")


LEGENDE = " · ".join(etats.libelle(code) for code in COMPTES)


def etat(code: str) -> str:
    """State of a fiche as read: « ● En progrès »."""
    return etats.libelle(code)


def compte(axe) -> str:
    """The fiches of a row of `synthese_axes.sql` by state, one line each: « ● En progrès : 3 »."""
    return "\n".join(
        f"{etats.libelle(code)} : {getattr(axe, code)}" for code in COMPTES if getattr(axe, code)
    )


def evolution(fiche) -> str:
    """Change of the chosen measure with its perimeter: « + 9 % depuis 2023 (13 sur 30) »."""
    if not formats.est_connu(fiche.evolution):
        return "pas encore comparable"
    communs = int(fiche.nb_communes)
    detail = f" ({communs} sur {int(fiche.evolution_attendues)})"
    seul = fiche.evolution_attendues == 1
    lue = vie.lue(fiche.evolution, fiche.evolution_a_l_aval)
    return f"{lue} depuis {int(fiche.annee_base)}{'' if seul else detail}"


def mesure_phare(fiche) -> str:
    """The chosen measure and its value: « Enfants admis : 380 admissions »."""
    if not formats.est_connu(fiche.mesure):
        return "à choisir par le référent"
    return f"{fiche.mesure} : {_valeur(fiche)}"


def _valeur(fiche) -> str:
    valeur = fiche.affichage if formats.est_connu(fiche.affichage) else formats.INCONNU
    return vie.lue(valeur, fiche.a_l_aval)


def tableau(fiches: Sequence) -> list[dict[str, str]]:
    """Rows of `fiches.sql` as French text, one per fiche."""
    return [
        {
            "Fiche": f"{f.fiche_id} · {phrases.abreger(f.titre, 9)}",
            "État": etat(f.etat),
            "Mesure phare": mesure_phare(f),
            "Évolution*": evolution(f),
            "Répondu": f"{int(f.nb_repondantes)} / {int(f.nb_attendues)}",
            "Prochain jalon": f.prochain_jalon if formats.est_connu(f.prochain_jalon) else "—",
            "En une phrase": f"« {f.phrase_declaree} »" if formats.est_connu(f.phrase_declaree) else "—",
        }
        for f in fiches
    ]


def lien(fiche, mots: int = 8, **filtres: object) -> None:
    """A link to the page of the fiche, its state first."""
    symbole = etats.ETATS[fiche.etat].symbole
    titre = f"{symbole} {fiche.fiche_id} · {phrases.abreger(fiche.titre, mots)}"
    navigation.lien("fiche", echapper(titre), fiche=fiche.fiche_id, **filtres)


def carte(fiche, **filtres: object) -> None:
    """One fiche in a box: link, state, chosen measure, value, change, coverage."""
    with st.container(border=True, height="stretch"):
        lien(fiche, **filtres)
        st.markdown(f"**{etat(fiche.etat)}**")
        if formats.est_connu(fiche.mesure):
            st.markdown(f"{echapper(fiche.mesure)}  \n**{echapper(_valeur(fiche))}**")
            st.markdown(echapper(evolution(fiche)))
        if formats.est_connu(fiche.phrase_declaree):
            st.markdown(echapper(f"« {fiche.phrase_declaree} »"))
        st.markdown(echapper(formats.couverture(fiche.nb_repondantes, fiche.nb_attendues)))


@donnees.retenue
def couverture(annee: int | None, axe: str, quartier: str | None) -> Figure | None:
    """The map fiche × quartier of who answered, `quartier` set apart; None when nothing was received."""
    cases = donnees.lire("couverture", annee=annee, axe=axe)
    if cases.empty:
        return None
    places = [*((q.quartier_id, q.nom) for q in donnees.lignes("quartiers")), ("ville", "Ville entière")]
    montrees = cases[cases["colonne"].isin([code for code, _ in places])]
    muettes = int(((montrees["nb_attendues"] > 0) & (montrees["nb_repondantes"] == 0)).sum())
    ville = cases[cases["colonne"] == donnees.parametre("convention.ville_id")]
    repondantes, attendues = int(ville["nb_repondantes"].sum()), int(ville["nb_attendues"].sum())
    notice = Notice(
        cle=formats.cle_ascii("couverture", axe, annee),
        constat=phrases.couverture(repondantes, attendues, muettes),
        mesure=f"Répondants / attendus par fiche et quartier, {annee} (s. o. : aucun acteur)",
        couverture=f"{repondantes} réponses sur {attendues} attendues",
        source="rapports annuels des structures et des référents",
        fictif=donnees.fictif(),
    )
    return carte_chaleur(
        montrees,
        notice,
        lignes=[
            (f.fiche_id, f"{f.fiche_id} · {phrases.abreger(f.titre, 3)}")
            for f in donnees.lignes("fiches", annee=annee, axe=axe)
        ],
        colonnes=places,
        entete="Fiche",
        accent=quartier,
        maximum=100,
    )
