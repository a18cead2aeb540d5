"""Each control on the case it is made for, and silent on the case beside it."""

import pytest

from etl.controles.controle import controles
from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

CENTRES = [structure("a", "gresilles")]
TAUX = indicateur("T", "rapport", unite="%", unite_statistique="site")
SATISFACTION = indicateur("S", "satisfaction")
PUBLICS = indicateur("P", "rapport", unite="%", unite_statistique="site", ventilations=("public",))
TRIMESTRIEL = indicateur("Q", unite="projets", granularite="trimestre")
REPARTI = indicateur("R", unite="jeunes", ventilations=("sexe",))
RECOUPE = indicateur("X", unite="actions", ventilations=("axe-mep",))
NOMBRE = indicateur("N", unite="projets")
MESURES = [TAUX, SATISFACTION, PUBLICS, TRIMESTRIEL, REPARTI, RECOUPE, NOMBRE]


def signalements(*reponses, annees=(2025,)):
    """{rule: cell} of a form of 2025; each answer is (key, {code: value}), or (key, before, now)."""
    campagne = CampagneMinuscule(MESURES, CENTRES)
    for annee in annees:
        for cle, *codes in reponses:
            campagne.repondre("a", annee, cle, **codes[annees.index(annee) if len(codes) > 1 else 0])
    base = campagne.construire()
    lignes = base.lignes("SELECT * FROM collecte.anomalie")
    assert all(ligne["message"] and "{" not in ligne["message"] for ligne in lignes)
    return {ligne["regle"]: ligne["cellule"] for ligne in lignes}, base


@pytest.mark.parametrize(
    ("regle", "reponses", "cellule"),
    [
        ("numerateur_superieur", [("i:T", {"numerateur": 12, "denominateur": 10})], "F10"),
        (
            "numerateur_superieur",
            [("i:P", {"numerateur": 15, "denominateur": 20}), ("i:P#public=handicap", {"numerateur": 30})],
            "F12",
        ),
        ("reponse_incomplete", [("i:T", {"numerateur": 12, "denominateur": None})], "F11"),
        ("reponse_incomplete", [("i:S", {"proposes": None, "repondants": None, "satisfaits": 30})], "F11"),
        ("reponse_incomplete", [("i:Q", {"T1": 12, "T2": None, "T3": 15, "T4": 9})], "F11"),
        ("repondants_superieurs", [("i:S", {"proposes": 10, "repondants": 20, "satisfaits": 15})], "F11"),
        (
            "repartition_differente",
            [
                ("i:R", {"valeur": 50}),
                ("i:R#sexe=femmes", {"valeur": 20}),
                ("i:R#sexe=hommes", {"valeur": 20}),
                ("i:R#sexe=non-precise", {"valeur": 0}),
            ],
            "F10",
        ),
        ("repartition_differente", [("i:R", {"valeur": 50}), ("i:R#sexe=femmes", {"valeur": 60})], "F10"),
        ("repartition_differente", [("i:X", {"valeur": 50}), ("i:X#axe-mep=jeunes", {"valeur": 60})], "F10"),
        (
            "comptes_incoherents",
            [
                ("c:total-charges", {"n": 1000}),
                ("c:masse-salariale", {"n": 700}),
                ("c:charges-externes", {"n": 100}),
                ("c:autres-charges", {"n": 100}),
                ("c:dotations", {"n": 200}),
            ],
            "F10",
        ),
        (
            "comptes_incoherents",
            [
                ("c:total-produits", {"n": 1000}),
                ("c:total-charges", {"n": 900}),
                ("c:resultat-exploitation", {"n": -100}),
            ],
            "F12",
        ),
        (
            "etp_superieurs",
            [("v:salaries-permanents", {"valeur": 8}), ("v:etp-permanents", {"valeur": 8.5})],
            "F11",
        ),
    ],
)
def test_un_controle_nomme_sa_cellule(regle, reponses, cellule):
    trouves, _ = signalements(*reponses)
    assert trouves == {regle: cellule}


@pytest.mark.parametrize(
    "reponses",
    [
        [("i:T", {"numerateur": 10, "denominateur": 10})],
        [("i:S", {"proposes": None, "repondants": 20, "satisfaits": 20})],
        [("i:P", {"numerateur": 15, "denominateur": 20}), ("i:P#public=handicap", {"numerateur": 15})],
        [("i:Q", {"T1": 12, "T2": "sans objet", "T3": 15, "T4": 9})],
        # incomplete, a breakdown may stay under its total; overlapping ones may exceed it together
        [("i:R", {"valeur": 50}), ("i:R#sexe=femmes", {"valeur": 20})],
        [
            ("i:X", {"valeur": 50}),
            ("i:X#axe-mep=jeunes", {"valeur": 40}),
            ("i:X#axe-mep=numerique", {"valeur": 30}),
        ],
        # cents rounded on each row are no mistake
        [
            ("c:total-charges", {"n": 1001}),
            ("c:masse-salariale", {"n": 700}),
            ("c:charges-externes", {"n": 100}),
            ("c:autres-charges", {"n": 100}),
            ("c:dotations", {"n": 100}),
        ],
        [("v:salaries-permanents", {"valeur": 8}), ("v:etp-permanents", {"valeur": 8})],
    ],
)
def test_un_controle_se_tait_a_la_limite(reponses):
    trouves, _ = signalements(*reponses)
    assert trouves == {}


def test_un_saut_se_signale_sans_rien_retirer():
    trouves, base = signalements(("i:N", {"valeur": 10}, {"valeur": 30}), annees=(2024, 2025))
    assert trouves == {"sauts": "F10"}
    assert base.mesure("N")["valeur"] == 30
    assert signalements(("i:N", {"valeur": 11}, {"valeur": 30}), annees=(2024, 2025))[0] == {}
    assert signalements(("i:N", {"valeur": 1}, {"valeur": 6}), annees=(2024, 2025))[0] == {}  # a few projects


def test_plus_de_satisfaits_que_de_repondants_refuse_la_reponse():
    trouves, base = signalements(("i:S", {"proposes": 30, "repondants": 20, "satisfaits": 21}))
    assert trouves == {"satisfaits_superieurs": "F12"}
    assert base.mesure("S")["etat"] == "manquant"
    assert base.une("collecte.attendu", repondant_id="a", annee=2025)["statut"] == "a_corriger"


def test_chaque_controle_dit_sa_gravite_et_sa_phrase():
    for controle in controles():
        assert controle.gravite in ("bloquant", "a_confirmer", "information")
        assert controle.message.endswith((".", "{conseil}"))
        assert controle.moment in ("avant", "apres")


def test_une_part_plus_grande_que_son_tout_n_est_pas_chargee():
    _, base = signalements(("i:T", {"numerateur": 12, "denominateur": 10}))
    assert base.mesure("T")["etat"] == "manquant"
