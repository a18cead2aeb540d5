"""What the mid-term evaluation can say of a measure, and the sentence that says why it cannot say more."""

import pandas as pd
import pytest

from ctg import couverture_collecte, evaluable
from ctg.evaluable import EVALUABLE, NIVEAU, NON

COMPTES = ("disponibles", "masques", "sans_objet", "manquants", "refuses", "en_retard", "attendus")


def ligne(annee, etat_ville="publie", **comptes):
    lus = {nom: comptes.get(nom, 0) for nom in COMPTES}
    return {
        "axe": "Jeunesse",
        "fiche_id": "JE-1",
        "indicateur_id": "JE-1.1.2-a",
        "libelle": "Projets",
        "origine": "convention",
        "nature": comptes.get("nature", "denombrement"),
        "definition": comptes.get("definition", "arretee"),
        "repondant": "structures",
        "repondant_libelle": "Centre social",
        "annee": annee,
        "etat_ville": etat_ville,
        "nb_demandes": sum(lus.values()),
        **{f"nb_{nom}": nombre for nom, nombre in lus.items()},
    }


def juger(*lignes):
    (jugement,) = evaluable.juger(pd.DataFrame(lignes), 0.5)
    return jugement


@pytest.mark.parametrize(
    ("lignes", "verdict", "annees"),
    [
        (
            [ligne(2024, disponibles=5, manquants=5), ligne(2025, disponibles=9, en_retard=1)],
            EVALUABLE,
            (2024, 2025),
        ),
        ([ligne(2024, disponibles=4, manquants=6), ligne(2025, disponibles=9, en_retard=1)], NIVEAU, (2025,)),
        ([ligne(2024, manquants=10), ligne(2025, disponibles=4, manquants=6)], NON, ()),
        # « sans objet » leaves the expected: 3 of 4
        (
            [ligne(2024, disponibles=3, manquants=1, sans_objet=6), ligne(2025, disponibles=10)],
            EVALUABLE,
            (2024, 2025),
        ),
        # masked answers count as answers, but a masked city shows nothing
        ([ligne(2024, disponibles=1, masques=9), ligne(2025, disponibles=10)], EVALUABLE, (2024, 2025)),
        ([ligne(2025, "secret", disponibles=8, masques=2)], NON, ()),
        ([ligne(2025, disponibles=1, nature="jalon")], EVALUABLE, (2025,)),
        ([ligne(2025, "sans_objet", disponibles=9, nature="qualitatif")], EVALUABLE, (2025,)),
    ],
)
def test_deux_campagnes_font_une_evolution_une_seule_un_niveau(lignes, verdict, annees):
    jugement = juger(*lignes)
    assert (jugement.verdict, jugement.annees) == (verdict, annees)


@pytest.mark.parametrize(
    ("lignes", "cause", "raison"),
    [
        (
            [ligne(2025, definition="a_arreter")],
            "définition à arrêter",
            "Définition à arrêter par : Centre social.",
        ),
        (
            [ligne(2025)],
            "jamais demandé",
            "Jamais demandé : aucun répondant de ce type dans les campagnes ouvertes.",
        ),
        (
            [ligne(2024, disponibles=2, manquants=6, en_retard=1, refuses=1), ligne(2025, attendus=10)],
            "campagne en cours",
            "2024 : 2 réponses sur 10, 6 cases vides, 1 formulaire en retard et 1 réponse refusée. "
            "2025 : aucune réponse sur 10, 10 formulaires attendus.",
        ),
        (
            [ligne(2025, "secret", disponibles=1, masques=9)],
            "secret statistique",
            "2025 : 10 réponses sur 10, nombre protégé par le secret statistique.",
        ),
        (
            [ligne(2025, "sans_objet", sans_objet=4)],
            "sans objet",
            "2025 : sans objet pour tous les répondants.",
        ),
        (
            [ligne(2024), ligne(2025, refuses=3)],
            "réponse refusée",
            "2024 : pas demandé. 2025 : aucune réponse sur 3, 3 réponses refusées.",
        ),
    ],
)
def test_la_raison_compte_ce_qui_manque_campagne_par_campagne(lignes, cause, raison):
    jugement = juger(*lignes)
    assert (jugement.cause, jugement.raison) == (cause, raison)


def test_les_campagnes_qui_manquent_de_la_meme_chose_se_disent_ensemble():
    lignes = [ligne(2023, en_retard=1), ligne(2024, manquants=1), ligne(2025, en_retard=1)]
    assert juger(*lignes).raison == "2023 et 2025 : formulaire en retard. 2024 : case vide."


def test_ce_qui_peut_etre_evalue_n_a_pas_de_raison():
    jugement = juger(ligne(2024, disponibles=1), ligne(2025, disponibles=1))
    assert (jugement.cause, jugement.raison) == ("—", "—")


def test_la_figure_montre_la_part_et_dit_ce_qui_n_a_pas_ete_demande():
    jugement = juger(ligne(2024), ligne(2025, disponibles=9, en_retard=3))
    figure = couverture_collecte.parts([jugement], "Axe Jeunesse", fictif=True)
    assert figure.tableau.to_dict("records") == [
        {"Indicateur": "JE-1.1.2-a · Projets", "2024": "non demandé", "2025": "9 sur 12"}
    ]
    assert figure.constat == "Aucun indicateur sur 1 ne peut encore être évalué"
    assert figure.trace["data"][0]["marker"]["pattern"]["shape"] == ["/", ""]


def test_une_structure_fermee_une_annee_n_a_rien_ete_demandee_cette_annee():
    lignes = pd.DataFrame(
        [
            ("N", "Jeunes", "a", "A", 2024, "disponible"),
            ("N", "Jeunes", "a", "A", 2025, "masque"),
            ("N", "Jeunes", "b", "B", 2025, "refuse"),
        ],
        columns=["indicateur_id", "libelle", "repondant_id", "repondant", "annee", "etat"],
    )
    figure = couverture_collecte.par_repondant(lignes, "N", fictif=False)
    assert figure.tableau.to_dict("records") == [
        {"Répondant": "A", "2024": "✓ disponible", "2025": "[c] masquée"},
        {"Répondant": "B", "2024": "– non demandée", "2025": "✕ refusée"},
    ]
    assert figure.constat == "2 réponses connues sur 3"
    assert figure.couverture == "disponible : 1 ; masquée : 1 ; refusée : 1"


def test_au_dela_de_soixante_lignes_on_montre_les_moins_connues_dans_leur_ordre():
    lignes = pd.DataFrame(
        [
            ("N", "Jeunes", f"r{n:02}", f"R{n:02}", 2025, "manquant" if n in (3, 64) else "disponible")
            for n in range(70)
        ],
        columns=["indicateur_id", "libelle", "repondant_id", "repondant", "annee", "etat"],
    )
    figure = couverture_collecte.par_repondant(lignes, "N", fictif=False)
    noms = figure.tableau["Répondant"].to_list()
    assert len(noms) == 60 and noms == sorted(noms) and {"R03", "R64"} < set(noms)
    assert figure.constat == "68 réponses connues sur 70"
    assert figure.couverture.endswith(" ; 60 lignes montrées sur 70, les moins connues")
