"""Quarters, semesters, civil and school years: what rolls up, and what never does."""

import pytest

from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

CENTRES = [structure("archipel", "universite"), structure("tempo", "chevreul-parc")]


def trimestriel(agregation, **autres):
    return indicateur("N", unite="actions", granularite="trimestre", agregation_periodes=agregation, **autres)


def test_trimestre_semestre_annee_se_somment_quand_tous_les_enfants_sont_la():
    campagne = CampagneMinuscule([trimestriel("somme")], CENTRES)
    campagne.repondre("archipel", 2025, "i:N", T1=10, T2=20, T3=30, T4=40)
    base = campagne.construire()
    valeurs = {
        periode: base.mesure("N", "structure", "archipel", periode_id=periode)["valeur"]
        for periode in ("2025-T1", "2025-T4", "2025-S1", "2025-S2", "2025")
    }
    assert valeurs == {"2025-T1": 10, "2025-T4": 40, "2025-S1": 30, "2025-S2": 70, "2025": 100}


def test_un_trimestre_manquant_ne_fait_ni_semestre_ni_annee():
    campagne = CampagneMinuscule([trimestriel("somme")], CENTRES)
    campagne.repondre("archipel", 2025, "i:N", T1=10, T2=20, T3=30, T4=None)
    campagne.repondre("tempo", 2025, "i:N", T1=1, T2=1, T3=1, T4=1)
    base = campagne.construire()
    assert base.mesure("N", "structure", "archipel", periode_id="2025-S1")["valeur"] == 30
    assert base.mesure("N", "structure", "archipel", periode_id="2025-S2")["etat"] == "manquant"
    annee = base.mesure("N")  # the city adds the years that are whole, and says how many
    assert (annee["valeur"], annee["nb_repondantes"], annee["nb_attendues"]) == (4, 1, 2)


def test_derniere_valeur():
    campagne = CampagneMinuscule([trimestriel("derniere")], CENTRES)
    campagne.repondre("archipel", 2025, "i:N", T1=10, T2=20, T3=30, T4=12)
    base = campagne.construire()
    assert base.mesure("N", "structure", "archipel")["valeur"] == 12
    assert base.mesure("N", "structure", "archipel", periode_id="2025-S1")["valeur"] == 20


def test_des_personnes_ne_s_additionnent_pas_d_un_trimestre_a_l_autre():
    personnes = trimestriel("aucune", unite_statistique="personne", agregation_structures="somme_doubles")
    campagne = CampagneMinuscule([personnes], CENTRES)
    campagne.repondre("archipel", 2025, "i:N", T1=10, T2=20, T3=30, T4=40)
    base = campagne.construire()
    annee = base.mesure("N", "structure", "archipel")
    assert (annee["etat"], annee["valeur"]) == ("sans_objet", None)
    assert "ne s’additionnent pas" in annee["raison"]
    assert base.mesure("N", "structure", "archipel", periode_id="2025-T2")["valeur"] == 20


def test_un_trimestre_sans_objet_est_une_reponse():
    campagne = CampagneMinuscule([trimestriel("somme")], CENTRES[:1])
    campagne.repondre("archipel", 2025, "i:N", T1="sans objet", T2=20, T3=30, T4=40)
    base = campagne.construire()
    assert base.mesure("N")["valeur"] == 90
    assert base.mesure("N", periode_id="2025-T1")["etat"] == "sans_objet"


def test_une_annee_scolaire_se_range_a_l_annee_de_sa_fin_et_n_a_pas_d_enfants():
    scolaire = indicateur("N", unite="projets", annee_type="scolaire")
    campagne = CampagneMinuscule([scolaire], CENTRES[:1])
    campagne.repondre("archipel", 2025, "i:N", valeur=8)
    base = campagne.construire()
    assert base.mesure("N", periode_id="2024-2025")["annee"] == 2025
    assert {ligne["periode_id"] for ligne in base.lignes("SELECT periode_id FROM publication.mesure")} == {
        "2024-2025"
    }
    periodes = base.lignes("SELECT * FROM interne.periode_filiation WHERE parent_id = '2024-2025'")
    assert periodes == []


def test_jamais_de_civil_moins_scolaire():
    mesures = [
        indicateur("CIVIL", unite="projets"),
        indicateur("SCOLAIRE", unite="projets", annee_type="scolaire"),
    ]
    campagne = CampagneMinuscule(mesures, CENTRES[:1])
    for annee, civil, scolaire in ((2024, 10, 100), (2025, 15, 80)):
        campagne.repondre("archipel", annee, "i:CIVIL", valeur=civil)
        campagne.repondre("archipel", annee, "i:SCOLAIRE", valeur=scolaire)
    base = campagne.construire()
    assert base.evolution("CIVIL")["ecart"] == 5
    assert base.evolution("SCOLAIRE")["ecart"] == -20
    calendriers = base.lignes(
        "SELECT indicateur_id, count(DISTINCT p.genre) AS n FROM publication.mesure AS m"
        " JOIN publication.periode AS p ON p.periode_id = m.periode_id GROUP BY indicateur_id"
    )
    assert all(ligne["n"] == 1 for ligne in calendriers)


def test_le_rapport_trimestriel_se_recompose():
    taux = indicateur(
        "T",
        "rapport",
        unite="%",
        unite_statistique="site",
        granularite="trimestre",
        agregation_periodes="rapport",
    )
    campagne = CampagneMinuscule([taux], CENTRES[:1])
    campagne.repondre("archipel", 2025, "i:T", numerateur=9, denominateur=10)
    # a ratio is asked for the year: its quarters stay empty, and nothing is spread over them
    base = campagne.construire()
    assert base.mesure("T")["valeur"] == pytest.approx(90)
    assert base.mesure("T", periode_id="2025-T1")["etat"] == "manquant"
