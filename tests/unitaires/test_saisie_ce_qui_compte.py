"""A figure entered by hand beside what was received: what counts is one of them, or both are said."""

import pytest

from etl.renvois.lecture import renvois
from etl.saisies import ajouter
from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

PROJETS, TAUX = "JE-1.1.2-a", "EN-1.0.p4"


@pytest.fixture
def campagne():
    return CampagneMinuscule(
        [
            indicateur(PROJETS, unite_statistique="projet", par_quartier=True),
            indicateur(TAUX, "rapport", unite_statistique="projet", unite="%", ventilations=("age-enfants",)),
        ],
        [structure("mjc", "gresilles", multisite=True), structure("foyer", "maladiere")],
    )


def saisir(campagne, dossier, qui, cle, code, nouvelle, ancienne=""):
    cellule = {"repondant_id": qui, "annee": 2025, "cle": cle, "code": code, "ancienne": ancienne}
    qui_decide = {"fonction": "coordination", "raison": "Dit au téléphone"}
    ajouter("valeurs", cellule | qui_decide | {"nouvelle": nouvelle}, campagne.referentiel, dossier)


def melees(base):
    lignes = base.lignes("SELECT * FROM collecte.anomalie WHERE regle = 'saisie_et_recue_ailleurs'")
    return [(a["fichier"], a["cellule"], a["gravite"]) for a in lignes], [a["message"] for a in lignes]


@pytest.mark.parametrize(
    ("saisie", "recue", "source"),
    [
        ("ville", "gresilles", "formulaire"),
        ("gresilles", "ville", "formulaire"),
        ("gresilles", None, "extrait:isaje"),
    ],
)
def test_un_nombre_saisi_pour_un_lieu_et_recu_pour_un_autre_compte_deux_fois_et_se_dit(
    saisie, recue, source, campagne, tmp_path
):
    saisir(campagne, tmp_path, "mjc", f"i:{PROJETS}@{saisie}", "valeur", "12")
    campagne.repondre("mjc", 2025, f"i:{PROJETS}" + (f"@{recue}" if recue else ""), source=source, valeur=12)
    base = campagne.construire(tmp_path)
    assert base.mesure(PROJETS)["valeur"] == 24
    places, (message,) = melees(base)
    assert places == [("saisies/valeurs.csv", "ligne 2", "a_confirmer")]
    assert "s’additionnent" in message and "Reprendre la valeur reçue" in message


def test_deux_quartiers_l_un_saisi_l_autre_recu_ne_se_disent_pas(campagne, tmp_path):
    saisir(campagne, tmp_path, "mjc", f"i:{PROJETS}@maladiere", "valeur", "12")
    campagne.repondre("mjc", 2025, f"i:{PROJETS}@gresilles", valeur=30)
    base = campagne.construire(tmp_path)
    assert base.mesure(PROJETS)["valeur"] == 42 and melees(base) == ([], [])


def test_une_part_saisie_sans_son_denominateur_ne_prend_pas_celui_du_total(campagne, tmp_path):
    """12 sites of the 3-5, of how many? The total is over 40, they are not."""
    for cle, code, valeur in (
        (f"i:{TAUX}", "numerateur", "20"),
        (f"i:{TAUX}", "denominateur", "40"),
        (f"i:{TAUX}#age-enfants=3-5", "numerateur", "12"),
    ):
        saisir(campagne, tmp_path, "foyer", cle, code, valeur)
    part = {"ventilation": "age-enfants", "modalite": "3-5"}
    base = campagne.construire(tmp_path)
    assert base.mesure(TAUX)["affichage"].startswith("50")
    assert base.mesure(TAUX, **part)["etat"] == "manquant"
    saisir(campagne, tmp_path, "foyer", f"i:{TAUX}#age-enfants=3-5", "denominateur", "16")
    assert campagne.construire(tmp_path).mesure(TAUX, **part)["affichage"].startswith("75")


@pytest.mark.parametrize("corrigee", [True, False])
def test_la_copie_renvoyee_ne_reproche_pas_ce_que_nous_avons_ecrit(corrigee, campagne, tmp_path):
    """30 sites of 20 : the structure is asked about it when it wrote 30, not when we did."""
    campagne.repondre("foyer", 2025, f"i:{TAUX}", numerateur=10 if corrigee else 30, denominateur=20)
    if corrigee:
        saisir(campagne, tmp_path, "foyer", f"i:{TAUX}", "numerateur", "30", ancienne="10")
    base = campagne.construire(tmp_path)
    assert base.une("collecte.anomalie")["regle"] == "numerateur_superieur"
    assert len(renvois(base.connexion, 2025)) == (0 if corrigee else 1)
