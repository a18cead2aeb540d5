"""The follow-up in words: how many in each state, since when, and what was declared of each form."""

import datetime as dt

import pandas as pd
import pytest

from ctg import suivi

COLONNES = ("demandes", "recus", "acceptes", "a_corriger", "tardifs", "refuses", "non_recus", "attendus")
COLONNES += ("confirmes", "valides", "avals")


def groupe(nom="VYV", **comptes):
    return {"code": nom, "groupe": nom} | {f"nb_{colonne}": comptes.get(colonne, 0) for colonne in COLONNES}


VYV = groupe("VYV", demandes=4, recus=2, acceptes=1, a_corriger=1, tardifs=1, refuses=1, non_recus=2)
VILLE = groupe("Ville", demandes=3, recus=3, acceptes=3)


def test_le_resume_compte_chaque_etat_et_tait_les_vides():
    assert suivi.resume(pd.DataFrame([VYV, VILLE])) == (
        "5 formulaires reçus sur 7 ; 2 non reçus et en retard ; 1 refusé ; 1 à corriger ; 1 reçu en retard"
    )
    assert suivi.resume(pd.DataFrame([VILLE])) == "3 formulaires reçus sur 3"
    attend = groupe(demandes=2, attendus=2)
    assert suivi.resume(pd.DataFrame([attend])) == "aucun formulaire reçu sur 2 ; 2 attendus"


@pytest.mark.parametrize(
    ("groupes", "constat"),
    [
        ([VYV, VILLE], "Il manque 3 formulaires sur 7"),  # two never came, one was refused
        ([VILLE], "Les 3 formulaires sont acceptés"),
        ([groupe(demandes=72, attendus=72)], "Campagne 2025 ouverte : 0 reçu sur 72"),
        ([groupe(demandes=72, non_recus=72)], "Campagne 2025 ouverte : 0 reçu sur 72, échéance passée"),
    ],
)
def test_le_constat_dit_ce_qui_manque(groupes, constat):
    assert suivi.matrice(pd.DataFrame(groupes), "expediteur", 2025, False).constat == constat


def test_confirmes_et_valides_se_comptent_des_que_l_un_l_est():
    sans = suivi.matrice(pd.DataFrame([VILLE]), "quartier", 2025, False).tableau
    assert list(sans.columns)[0] == "Quartier" and "Confirmés" not in sans
    avec = suivi.matrice(pd.DataFrame([VILLE | {"nb_confirmes": 2}]), "type", 2025, False).tableau
    assert avec["Confirmés"].to_list() == ["2"] and "Validés" not in avec


def campagne(echeance, derniere=None, construit_le="2026-11-21 08:00"):
    return pd.Series(
        {
            "annee": 2026,
            "construit_le": pd.Timestamp(construit_le),
            "echeance": pd.NaT if echeance is None else pd.Timestamp(echeance),
            "derniere_echeance": pd.Timestamp(derniere or echeance) if echeance else pd.NaT,
            "nb_demandes": 72,
        }
    )


@pytest.mark.parametrize(
    ("lue", "dit"),
    [
        (campagne("2026-07-15"), "Échéance : 15 juillet 2026 (il y a 129 jours)"),
        (campagne("2026-11-21"), "Échéance : 21 novembre 2026 (aujourd’hui)"),
        (campagne("2026-11-22"), "Échéance : 22 novembre 2026 (dans 1 jour)"),
        (
            campagne("2026-07-15", "2026-12-01"),
            "Échéances : 15 juillet 2026 (il y a 129 jours) et 1er décembre 2026 (dans 10 jours)",
        ),
        (campagne(None), "Campagne sans échéance déclarée"),
    ],
)
def test_le_calendrier_se_compte_depuis_le_jour_de_la_construction(lue, dit):
    assert suivi.calendrier(lue) == f"{dit} ; état au 21 novembre 2026, jour de la construction"


@pytest.mark.parametrize(
    ("echeance", "suite"), [("2026-11-21", ""), ("2026-11-20", ", échéance passée"), (None, "")]
)
def test_une_campagne_ouverte_dit_si_son_echeance_est_passee(echeance, suite):
    assert suivi.ouverte(campagne(echeance)) == f"Campagne 2026 ouverte : 0 reçu sur 72{suite}"


def formulaire(**valeurs):
    return pd.DataFrame(
        [
            {
                "expediteur": "VYV",
                "repondant": "Crèche A",
                "statut": "recu",
                "jours_de_retard": 0,
                "recu_le": pd.Timestamp("2026-07-01"),
                "raison": None,
                "confirme_le": pd.NaT,
                "valide_le": pd.NaT,
                "aval_le": pd.NaT,
            }
            | valeurs
        ]
    )


@pytest.mark.parametrize(
    ("valeurs", "etat"),
    [
        ({}, "reçu"),
        ({"statut": "attendu", "jours_de_retard": 0}, "attendu"),
        ({"statut": "attendu", "jours_de_retard": None}, "attendu"),
        ({"statut": "attendu", "jours_de_retard": 129}, "en retard, non reçu"),
        ({"statut": "en_retard", "jours_de_retard": 3}, "reçu en retard"),
        ({"confirme_le": dt.datetime(2026, 9, 3)}, "reçu ; confirmé le 03/09/2026"),
        (
            {"valide_le": dt.datetime(2026, 9, 3), "aval_le": dt.datetime(2026, 10, 1)},
            "reçu ; validé le 03/09/2026 ; aval de la Caf le 01/10/2026",
        ),
    ],
)
def test_l_etat_d_un_formulaire_en_mots(valeurs, etat):
    (ligne,) = suivi.formulaires(formulaire(**valeurs), 2025, False).tableau.to_dict("records")
    assert ligne["État"] == etat


def test_la_raison_d_un_refus_est_dite():
    refus = formulaire(statut="refuse", raison="Ce classeur contient des macros.", recu_le=pd.NaT)
    (ligne,) = suivi.formulaires(refus, 2025, False).tableau.to_dict("records")
    assert (ligne["Pourquoi"], ligne["Reçu le"]) == ("Ce classeur contient des macros.", "—")
