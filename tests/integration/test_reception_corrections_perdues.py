"""A drop says which figures corrected by hand it would make void: those that then have to be seen."""

import datetime as dt
import shutil

import pytest

from ctg.entrepot import Entrepot
from ctg.referentiel import dossier_par_defaut
from etl.canevas.reponse.petits_nombres import NON_MONTRE
from etl.reception import acceptation, constat, examen, lots
from etl.saisies.corrections import RECUE
from etl.saisies.demande import corriger
from tests.integration.test_reception_reprises import (  # noqa: F401
    AVRIL,
    CONVENTION,
    ENFANTS_3_5,
    FAMILLES,
    Ville,
    premiere,
)

PERMANENTS = ("v:salaries-permanents", "valeur")
NON_PERMANENTS = ("v:salaries-non-permanents", "valeur")


def corriger_a_la_main(ville, case, ancienne, nouvelle):
    cle, code = case
    champs = {"repondant_id": "archipel", "annee": 2025, "cle": cle, "code": code, "fictif": "non"}
    dite = {"ancienne": ancienne, "nouvelle": nouvelle, "fonction": "coordination", "raison": "Appel"}
    corriger(Entrepot(ville.entrepot), CONVENTION, champs | dite)


@pytest.fixture(scope="module")
def corrigee(premiere, tmp_path_factory):  # noqa: F811
    """191 families and 20 children of 3 to 5 corrected by hand, two figures that nobody had sent entered."""
    racine = tmp_path_factory.mktemp("corrigee")
    shutil.copytree(premiere, racine, dirs_exist_ok=True)
    ville = Ville(racine)
    with pytest.MonkeyPatch.context() as reglages:
        reglages.setenv("CTG_SAISIES", str(racine / "saisies"))
        corriger_a_la_main(ville, FAMILLES, "191", "193")
        corriger_a_la_main(ville, ENFANTS_3_5, "20", "3")
        corriger_a_la_main(ville, PERMANENTS, "", "12")
        corriger_a_la_main(ville, NON_PERMANENTS, "", "15")
        ville.construire()
        corriger_a_la_main(ville, FAMILLES, "193", "195")
        corriger_a_la_main(ville, NON_PERMANENTS, "15", RECUE)
        ville.construire()
    return racine


@pytest.fixture
def ville(tmp_path, corrigee, monkeypatch):
    shutil.copytree(corrigee, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    return Ville(tmp_path)


def examiner(ville, reponses, nom="second.xlsx", recu_le=AVRIL):
    envoi = ville.envoi(reponses, nom)
    lots.deposer([(nom, envoi.read_bytes())], ville.depots)
    lot = lots.en_attente(ville.depots)[0]
    lieux = (dossier_par_defaut(), (ville.raw,), ville.entrepot)
    return lot, examen.examiner(lot, {nom: recu_le}, *lieux).fichiers[nom]


@pytest.mark.parametrize(
    ("reponses", "dites"),
    [
        pytest.param({}, [], id="redit l’ancienne valeur : la correction tient"),
        pytest.param({FAMILLES: 195}, [], id="dit ce qui avait été corrigé"),
        pytest.param({FAMILLES: None}, [("193", "195")], id="ne répond plus : la dernière, une fois"),
        pytest.param({PERMANENTS: 14}, [("—", "12")], id="répond enfin"),
        pytest.param({NON_PERMANENTS: 16}, [], id="la valeur reçue avait été reprise"),
        pytest.param({ENFANTS_3_5: 21}, [(NON_MONTRE, NON_MONTRE)], id="petit effectif non montré"),
        pytest.param({FAMILLES: 200, PERMANENTS: 14}, [("193", "195"), ("—", "12")], id="deux à la fois"),
    ],
)
def test_ce_que_chaque_envoi_perdrait(ville, reponses, dites):
    assert [(p.ancienne, p.nouvelle) for p in examiner(ville, reponses)[1].perdues] == dites


def test_un_envoi_plus_ancien_ne_perd_aucune_correction(ville):
    _, lu = examiner(ville, {FAMILLES: 200}, recu_le=dt.datetime(2024, 2, 1))
    assert (lu.etat, lu.perdues) == (constat.ANCIEN, ())


def test_sans_entrepot_ce_qui_serait_perdu_est_dit_aussi(ville):
    ville.entrepot.unlink()
    assert [p.nouvelle for p in examiner(ville, {FAMILLES: 200})[1].perdues] == ["195"]


def test_nommee_puis_perdue_elle_est_a_revoir_et_n_est_plus_dite(ville):
    lot, lu = examiner(ville, {FAMILLES: 200})
    (perdue,) = lu.perdues
    assert (perdue.repondant, perdue.objet, perdue.annee, perdue.code) == (
        "L’Archipel",
        "Familles",
        2025,
        "valeur",
    )
    assert perdue.fonction == CONVENTION.fonctions["coordination"].libelle
    assert perdue.le.date() == dt.date.today()

    acceptation.accepter(lot, {"second.xlsx": AVRIL}, ville.raw, ville.depots)
    ville.construire()
    a_revoir = ville.lire("SELECT DISTINCT message FROM collecte.anomalie WHERE regle = 'correction_perimee'")
    assert ["Familles" in message for (message,) in a_revoir] == [True]
    _, lu = examiner(ville, {FAMILLES: 210}, "troisieme.xlsx", AVRIL + dt.timedelta(days=30))
    assert (lu.etat, lu.perdues) == (constat.CHARGE, ())
