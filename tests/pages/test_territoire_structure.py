"""The page Structure: its own past, the median of its type, its words, no rank."""

import pandas as pd
import pytest

from ctg import formats, rapport_structure
from ctg.entrepot import Entrepot
from ctg.referentiel import charger, dossier_par_defaut
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE, SCENARIOS

STRUCTURES = charger(dossier_par_defaut()).structures
PAR_TYPE = {structure.type_id: structure.structure_id for structure in STRUCTURES.values()}
PAGE = "territoire/structure"


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("type_id", PAR_TYPE)
def test_chaque_type_de_structure_se_lit_dans_chaque_etat_de_la_collecte(
    ouvrir, entrepots, scenario, type_id
):
    page = ouvrir(entrepots(scenario), PAGE, structure=PAR_TYPE[type_id])
    assert page.titre == STRUCTURES[PAR_TYPE[type_id]].nom
    assert "**Type** : " in page.mots
    assert "Ses rapports" in page.mots


def test_une_structure_de_toute_la_ville_ou_d_ailleurs_le_dit(ouvrir, entrepots):
    ville = ouvrir(entrepots("regime-etabli"), PAGE, structure="mediatheques")
    assert "toute la ville : ses réponses se lisent par quartier" in ville.mots
    dehors = next(s.structure_id for s in STRUCTURES.values() if s.quartier_id == "hors-dijon")
    assert (
        "hors de Dijon : elle compte pour la ville"
        in ouvrir(entrepots("regime-etabli"), PAGE, structure=dehors).mots
    )


def test_le_jour_d_un_rapport_est_celui_de_son_arrivee():
    ligne = {"recu_le": "2026-07-12", "jours_de_retard": 0, "nb_bloquantes": 1, "nb_a_confirmer": 0}
    assert rapport_structure.etat({**ligne, "statut": "a_corriger"}) == (
        "reçu le 12 juillet 2026, à corriger, 1 point bloquant"
    )
    assert rapport_structure.etat({**ligne, "statut": "en_retard"}).startswith(
        "reçu en retard le 12 juillet 2026"
    )


def test_ses_mesures_se_lisent_contre_son_passe_et_la_mediane_de_son_type(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, structure="multi-accueil-balzac")
    lignes = {ligne["Mesure"]: ligne for ligne in page.tableau("Médiane du type")}
    admis = lignes["Enfants admis"]
    assert list(admis) == ["Mesure", "2023", "2024", "2025", "Évolution", "Médiane du type"]
    assert "structures" in admis["Médiane du type"]


EXTRAITE = pd.DataFrame(
    {
        "indicateur_id": "PE-2.0.2-b",
        "libelle": "Admissions",
        "unite": "admissions",
        "annee": [2024, 2025],
        "valeur": [20.0, 22.0],
        "etat": "publie",
        "affichage": ["20 admissions", "22 admissions"],
        "nb_repondantes": 1,
        "nb_attendues": 1,
        "nb_extraites": [0, 1],
        "estime": False,
        "fictif": False,
        "evolution_etat": None,
        "evolution": None,
        "annee_base": None,
        "mediane": None,
        "nb_publiees": 1,
        "nb_secretes": 0,
        "periode": ["2024", "2025"],
        "a_l_aval": None,
        "depuis_l_aval": None,
    }
)
SEULE = "1 réponse tirée d’un extrait, que la structure n’a pas confirmée"


def test_ce_qui_vient_d_un_extrait_n_est_pas_dit_de_la_structure():
    figure = rapport_structure.mesures(EXTRAITE, "Crèche", fictif=False)
    assert figure.source == f"rapports annuels de la structure et {SEULE}"
    (rang,) = figure.tableau.to_dict("records")
    assert rang["2025"].endswith("(extrait)") and "extrait" not in rang["2024"]
    sans_rapport = EXTRAITE[EXTRAITE["annee"] == 2025]
    assert rapport_structure.mesures(sans_rapport, "Crèche", fictif=False).source == SEULE
    assert rapport_structure.une_mesure(sans_rapport, fictif=False).source == SEULE


def test_une_mediane_ne_se_montre_pas_sous_cinq_structures(ouvrir, entrepots):
    # three accueils de loisirs adolescents: a median would tell a neighbour's answer
    page = ouvrir(entrepots("regime-etabli"), PAGE, structure=PAR_TYPE["alsh-adolescents"])
    assert {ligne["Médiane du type"] for ligne in page.tableau("Médiane du type")} == {"non montrée"}


def test_une_mediane_compte_les_masquees_a_leur_rang_et_se_tait_sur_elles(entrepots):
    entrepot = Entrepot(entrepots("regime-etabli"))
    toutes = pd.concat(
        entrepot.requete("structure_mesures", structure=code, minimum=rapport_structure.MINIMUM_MEDIANE)
        for code in STRUCTURES
    )
    connues = toutes[toutes["mediane"].notna()]
    assert connues["nb_publiees"].min() >= 5
    masquees = connues[connues["nb_secretes"] > 0]
    assert set(masquees["nature"]) == {"denombrement"}
    # the enfants admis of crèches, 2025, sorted by hand: the small ones masked stand first
    admis = toutes[
        (toutes["indicateur_id"] == "PE-2.0.2-b")
        & (toutes["annee"] == 2025)
        & toutes["etat"].isin(["publie", "secret"])
    ]
    rangees = sorted(
        0.5 if etat == "secret" else v for v, etat in zip(admis["valeur"], admis["etat"], strict=True)
    )
    milieu = (rangees[(len(rangees) - 1) // 2] + rangees[len(rangees) // 2]) / 2
    assert set(admis["mediane"]) == {milieu}


def test_elle_parle_avec_ses_mots_et_dit_ou_en_est_son_rapport(ouvrir, entrepots):
    page = ouvrir(entrepots("premiere-campagne"), PAGE, structure="laep-amarine")
    assert {"Points forts", "Points faibles", "Enjeux de l’année à venir"} <= set(page.constats)
    assert "« La liste d’attente s’allonge pour les enfants de moins d’un an. »" in page.mots
    assert "**Rapport 2024** : reçu le 5 juin 2025" in page.mots
    assert "Aucune mesure à montrer pour cette structure." in page.mots


def test_les_chiffres_clefs_tiennent_trois_exercices(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, structure=PAR_TYPE["centre-social"])
    comptes = page.tableau("Poste")
    assert list(comptes[0]) == [
        "Poste",
        "2024 (résultat)",
        "2025 (atterrissage)",
        "2026 (budget prévisionnel)",
    ]
    assert all(ligne["2025 (atterrissage)"].endswith(("€", "n. d.")) for ligne in comptes)


def test_sans_rapport_chaque_partie_dit_quoi_faire(ouvrir, entrepots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, structure="multi-accueil-balzac")
    assert "Aucune mesure à montrer pour cette structure." in page.mots
    assert "Aucun chiffre clef dans le rapport 2025." in page.mots
    assert "Aucun texte de cette structure en 2025." in page.mots
    assert "**Rapport 2025** : en retard, non reçu (attendu pour le 15 juillet 2026)" in page.mots


def test_le_choix_des_structures_est_alphabetique(ouvrir, entrepots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE)
    noms = page.essai.selectbox[0].options
    assert len(noms) == len(STRUCTURES)
    assert noms == sorted(noms, key=formats.cle_de_tri)
