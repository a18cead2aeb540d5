"""The stories the campaign tells, and what they rest on: tables that name things that exist."""

from dataclasses import replace

import pytest

from etl.demo.fiches import etat_declare
from etl.demo.profils import PROFIL_FICHE, Profil, profil_de, structure_repondante
from etl.demo.recits import recit, tendance
from etl.demo.tables import table
from tests.exemples.campagne_fictive import campagne, convention

ANNEES = (2023, 2024, 2025)


def serie(qui, cle, code="valeur"):
    return [campagne()[qui, annee].get((cle, code)) for annee in ANNEES]


@pytest.mark.parametrize("structure_id", ["essentiel-le", "ado-espace-york"])
def test_aux_gresilles_les_jeunes_impliques_doublent_exactement(structure_id):
    depart, _, arrivee = serie(structure_id, "i:JE-1.1.1-a")
    assert arrivee == 2 * depart


def test_ailleurs_ils_augmentent_un_peu():
    depart, _, arrivee = serie("maison-maladiere", "i:JE-1.1.1-a")
    assert 1 <= arrivee / depart < 1.4


def test_une_fiche_recule_et_une_autre_stagne():
    depart, _, arrivee = serie("maison-phare", "i:EN-4.0.p1")
    assert 0.6 < arrivee / depart < 0.7
    taux = [
        satisfaits / repondants
        for satisfaits, repondants in zip(
            serie("EN-5", "i:EN-5.0.1-a", "satisfaits"),
            serie("EN-5", "i:EN-5.0.1-a", "repondants"),
            strict=True,
        )
    ]
    assert max(taux) - min(taux) < 0.03


def test_le_schema_de_la_petite_enfance_est_decale_avec_son_motif():
    reponses = campagne()["PE-5", 2025]
    assert reponses["i:PE-5.j4", "etat"] == "Décalé"
    assert "futur mandat" in reponses["i:PE-5.j4", "remarque"]
    assert reponses["t:etat_avancement", "etat"] == etat_declare("PE-5", 2025) == "Décalé"


def test_un_jalon_realise_garde_sa_date_et_n_avance_jamais_a_reculons():
    avancements = {}
    for rangee in table("jalons"):
        assert (rangee["etat"] == "Réalisé") == bool(rangee["realise_le"])
        avancements.setdefault(rangee["indicateur_id"], []).append(float(rangee["avancement"]))
    assert all(suite == sorted(suite) for suite in avancements.values())


def test_le_recit_d_un_quartier_passe_avant_celui_de_la_ville():
    assert recit("EN-4.0.p1", "fontaine-douche")[2025] == 0.66
    assert recit("EN-4.0.p1", "maladiere")[2025] == 0.88
    assert recit("AVS-1.0.2-d", "maladiere") is None


def test_sans_recit_la_tendance_est_celle_du_profil():
    profil = Profil(10, 20, 0.5, None, 1.1, 0, False)
    assert tendance("inconnu", profil, None, 2025) == pytest.approx(1.21)


def test_les_tables_ne_nomment_que_ce_que_la_convention_connait():
    referentiel = convention()
    profils = {*referentiel.types_structure, PROFIL_FICHE}
    tailles = {(r["indicateur_id"], r["profil"]) for r in table("profils")}
    for rangee in table("profils"):
        assert rangee["indicateur_id"] in referentiel.indicateurs
        assert rangee["profil"] in profils
        if rangee["rapport_a"]:
            assert (rangee["rapport_a"], rangee["profil"]) in tailles
    for rangee in table("recits"):
        assert any(i.startswith(rangee["indicateurs"]) for i in referentiel.indicateurs)
        assert rangee["quartier_id"] in {"", *referentiel.quartiers}
    jalons = {i.indicateur_id for i in referentiel.indicateurs.values() if i.saisie == "jalon"}
    assert {r["indicateur_id"] for r in table("jalons")} <= jalons
    connues = {
        (v.ventilation_id, m.modalite_id) for v in referentiel.ventilations.values() for m in v.modalites
    }
    assert {(r["ventilation_id"], r["modalite_id"]) for r in table("ventilations")} <= connues


def test_une_mesure_que_personne_n_a_dimensionnee_a_quand_meme_un_ordre_de_grandeur():
    modele = convention().indicateurs["AVS-1.0.2-d"]
    nouvelle = replace(modele, indicateur_id="AVS-1.0.9-a", unite_statistique="personne", sens="baisse")
    repondant = structure_repondante(convention(), convention().structures["archipel"])
    profil = profil_de(nouvelle, repondant)
    assert (profil.mini, profil.maxi, profil.evolution) == (15, 80, 0.97)
