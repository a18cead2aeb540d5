"""The accidents of the campaign: each where docs/campagne_fictive.md says it is."""

import datetime as dt
import re
from pathlib import Path

import pytest

from etl.demo.accidents import (
    abimer,
    absentes,
    accidents,
    premier_envoi,
    premiere_version,
    recu_le,
    rempli_le,
)
from tests.exemples.campagne_fictive import campagne, convention

REGIME = "regime-etabli"
ECHEANCE = dt.date(2026, 7, 15)
DOCUMENT = Path(__file__).parents[2] / "docs" / "campagne_fictive.md"
NOMS = {"regime-etabli": "régime établi", "premiere-campagne": "première campagne"}


@pytest.mark.parametrize("scenario", NOMS)
def test_chaque_accident_est_publie_avec_son_annee(scenario):
    rangees = [
        r for r in DOCUMENT.read_text(encoding="utf-8").splitlines() if r.startswith(f"| {NOMS[scenario]}")
    ]
    for accident in accidents(scenario):
        assert any(f"| {accident.annee} |" in r and f"`{accident.objet}`" in r for r in rangees), accident
    publies = {
        (int(annee), nom)
        for r in rangees
        for annee in re.findall(r"\| (\d{4}) \|", r)
        for nom in re.findall("`(.+?)`", r)
    }
    assert publies == {(a.annee, a.objet) for a in accidents(scenario)}


def test_les_accidents_touchent_des_structures_et_des_expediteurs_connus():
    referentiel = convention()
    connus = {*referentiel.structures, *referentiel.expediteurs, *referentiel.fiches}
    assert {a.objet for s in NOMS for a in accidents(s)} <= connus


@pytest.mark.parametrize(("annee", "nombre"), [(2023, 5), (2024, 5), (2025, 4)])
def test_quatre_ou_cinq_structures_ne_repondent_pas_et_ce_ne_sont_jamais_les_memes(annee, nombre):
    assert len(absentes(REGIME, annee)) == nombre
    autres = set().union(*(absentes(REGIME, a) for a in (2023, 2024, 2025) if a != annee))
    assert not absentes(REGIME, annee) & autres


def test_un_retard_se_compte_depuis_l_echeance_les_autres_sont_a_l_heure():
    assert recu_le(REGIME, 2025, "vyv", ECHEANCE) == dt.date(2026, 8, 14)  # 30 days later
    assert recu_le(REGIME, 2025, "amarine", ECHEANCE) <= ECHEANCE
    recu = recu_le(REGIME, 2025, "archipel", ECHEANCE)
    assert dt.timedelta() <= recu - rempli_le(recu, "archipel") <= dt.timedelta(days=6)


def test_le_total_mal_recopie_est_sous_sa_repartition():
    justes = campagne()["cercle-laique", 2025]
    faux = abimer(justes, REGIME, 2025, "cercle-laique")
    assert (justes["i:JE-3.1.2-a", "valeur"], faux["i:JE-3.1.2-a", "valeur"]) == (132, 123)
    assert {cle for cle in justes if justes[cle] != faux[cle]} == {("i:JE-3.1.2-a", "valeur")}


def test_le_total_mal_recopie_est_celui_d_une_ventilation_exclusive_donnee_en_entier():
    referentiel = convention()
    (ventilation_id,) = referentiel.indicateurs["JE-3.1.2-a"].ventilations
    ventilation = referentiel.ventilations[ventilation_id]
    justes = campagne()["cercle-laique", 2025]
    parts = [
        justes[f"i:JE-3.1.2-a#{ventilation_id}={m.modalite_id}", "valeur"] for m in ventilation.modalites
    ]
    assert ventilation.exclusive
    assert sum(parts) == 132


def test_un_texte_se_glisse_dans_une_case_de_nombre():
    faux = abimer(campagne()["maison-phare", 2025], REGIME, 2025, "maison-phare")
    assert faux["i:AVS-1.0.2-d", "valeur"] == "plus de trois cents"


def test_une_structure_sans_accident_garde_ses_reponses():
    justes = campagne()["laep-amarine", 2025]
    assert abimer(justes, REGIME, 2025, "laep-amarine") == justes


def test_le_premier_envoi_a_un_zero_de_trop_et_vient_trois_semaines_plus_tot():
    justes = campagne()["archipel", 2025]
    premiere = premiere_version(justes, REGIME, 2025, "archipel")
    assert premiere["i:AVS-1.0.1-b", "valeur"] == 10 * justes["i:AVS-1.0.1-b", "valeur"]
    assert premier_envoi(REGIME, 2025, "archipel", ECHEANCE) == dt.date(2026, 6, 24)
    assert premier_envoi(REGIME, 2024, "archipel", ECHEANCE) is None
