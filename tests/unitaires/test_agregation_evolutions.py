"""Evolutions: the same respondents on both sides, read according to the direction wished for."""

import pytest

from tests.exemples.campagne_minuscule import FICHE, CampagneMinuscule, indicateur, structure

CENTRES = [structure(nom, "gresilles") for nom in ("a", "b", "c")]


def deux_ans(mesure, **par_structure):
    """{structure: (2024, 2025)}; None for a year without a form."""
    campagne = CampagneMinuscule([mesure], CENTRES)
    for structure_id, valeurs in par_structure.items():
        for annee, valeur in zip((2024, 2025), valeurs, strict=True):
            if valeur is not None:
                campagne.repondre(structure_id, annee, f"i:{mesure.indicateur_id}", valeur=valeur)
    return campagne.construire()


def test_perimetre_constant_ne_garde_que_ceux_qui_ont_repondu_les_deux_annees():
    base = deux_ans(indicateur("N", unite="projets"), a=(100, 110), b=(50, 45), c=(None, 300))
    constant, tous = base.evolution("N"), base.evolution("N", perimetre="tous")
    assert (constant["valeur"], constant["valeur_base"], constant["ecart"]) == (155, 150, 5)
    assert constant["ecart_relatif"] == pytest.approx(5 / 150)
    assert (constant["nb_communes"], constant["nb_attendues"], constant["affichage"]) == (
        2,
        3,
        "+\u202f3\u202f%",
    )
    assert (tous["valeur"], tous["valeur_base"]) == (
        455,
        150,
    )  # a false rise of 203 %: c had not answered in 2024
    mesure = base.mesure("N", perimetre="constant")
    assert (mesure["valeur"], mesure["nb_repondantes"], mesure["nb_attendues"]) == (155, 2, 3)


def test_la_base_de_reference_est_2023():
    campagne = CampagneMinuscule([indicateur("N", unite="projets")], CENTRES)
    for annee, valeur in ((2023, 10), (2024, 20), (2025, 30)):
        campagne.repondre("a", annee, "i:N", valeur=valeur)
    base = campagne.construire()
    assert (
        base.evolution("N", base="reference")["annee_base"],
        base.evolution("N", base="reference")["ecart"],
    ) == (2023, 20)
    assert (base.evolution("N")["annee_base"], base.evolution("N")["ecart"]) == (2024, 10)
    assert not base.lignes("SELECT 1 FROM publication.evolution WHERE annee = 2023")


@pytest.mark.parametrize(
    ("sens", "avant", "apres", "lecture"),
    [
        ("hausse", 100, 110, "favorable"),
        ("hausse", 110, 100, "defavorable"),
        ("baisse", 100, 90, "favorable"),
        ("baisse", 90, 100, "defavorable"),
        ("neutre", 100, 150, "neutre"),
        ("hausse", 100, 101, "stable"),  # under 2 %
        ("hausse", 100, 102, "favorable"),
        ("hausse", 0, 3, "favorable"),
    ],
)
def test_lecture_selon_le_sens_et_le_seuil(sens, avant, apres, lecture):
    base = deux_ans(indicateur("N", unite="projets", sens=sens), a=(avant, apres))
    assert base.evolution("N")["lecture"] == lecture


def test_depuis_zero_on_dit_la_difference_pas_un_pourcentage():
    evolution = deux_ans(indicateur("N", unite="projets"), a=(0, 12)).evolution("N")
    assert (evolution["ecart_relatif"], evolution["affichage"]) == (None, "+\u202f12 projets")


def test_l_ecart_d_un_taux_est_en_points():
    taux = indicateur("T", "rapport", unite="%", unite_statistique="site")
    campagne = CampagneMinuscule([taux], CENTRES)
    campagne.repondre("a", 2024, "i:T", numerateur=60, denominateur=100)
    campagne.repondre("a", 2025, "i:T", numerateur=66, denominateur=100)
    evolution = campagne.construire().evolution("T")
    assert evolution["ecart"] == pytest.approx(6.0)
    assert (evolution["lecture"], evolution["affichage"]) == ("favorable", "+\u202f6,0 points")


def test_sans_repondant_commun_il_n_y_a_pas_d_evolution():
    base = deux_ans(indicateur("N", unite="projets"), a=(10, None), b=(None, 20))
    evolution = base.evolution("N")
    assert (evolution["etat"], evolution["valeur"], evolution["lecture"]) == ("manquant", None, None)
    assert base.mesure("N", perimetre="constant")["etat"] == "manquant"


def test_une_evolution_est_secrete_des_que_l_une_de_ses_valeurs_l_est():
    personnes = indicateur(
        "P", unite="jeunes", unite_statistique="personne", agregation_structures="somme_doubles"
    )
    base = deux_ans(personnes, a=(3, 40), b=(None, 10))
    evolution = base.evolution("P")
    assert (evolution["etat"], evolution["affichage"]) == ("secret", "secret statistique")
    assert all(evolution[n] is None for n in ("valeur", "valeur_base", "ecart", "ecart_relatif", "lecture"))


def test_rapport_calcule_sur_ceux_qui_ont_donne_les_deux_termes():
    mesures = [
        indicateur("A", unite="projets"),
        indicateur("B", unite="projets"),
        indicateur("R", "calcul", calcul="rapport:A:B", unite="%", unite_statistique="projet"),
    ]
    campagne = CampagneMinuscule(mesures, CENTRES)
    for structure_id, a, b in (("a", 8, 10), ("b", 1, 5), ("c", 50, None)):
        campagne.repondre(structure_id, 2025, "i:A", valeur=a)
        campagne.repondre(structure_id, 2025, "i:B", valeur=b)
    base = campagne.construire()
    assert base.mesure("R")["valeur"] == pytest.approx(60.0)  # (8 + 1) / (10 + 5)
    assert (base.mesure("R")["nb_repondantes"], base.mesure("R")["nb_attendues"]) == (2, 3)
    assert base.mesure("R", "structure", "a")["valeur"] == pytest.approx(80.0)


def test_une_difference_dont_un_terme_est_secret_l_est_aussi():
    def mesure(indicateur_id, saisie="nombre", **autres):
        referent = {
            "repondant": "R-JE",
            "types_repondants": (),
            "unite_statistique": "personne",
            "unite": "agréments",
        }
        return indicateur(indicateur_id, saisie, **referent, **autres)

    mesures = [
        mesure("A"),
        mesure("B"),
        mesure("D", "calcul", calcul="difference:A:B", agregation_structures="somme"),
    ]
    for a, b, attendu in ((30, 12, 18), (30, 3, None), (9, 12, None), (6, 6, 0)):
        campagne = CampagneMinuscule(mesures, [])
        campagne.repondre(FICHE, 2025, "i:A", valeur=a)
        campagne.repondre(FICHE, 2025, "i:B", valeur=b)
        assert campagne.construire().mesure("D")["valeur"] == attendu


def test_evolution_depuis_la_reference_comme_mesure():
    referent = {"repondant": "BAT", "types_repondants": (), "unite_statistique": "energie", "sens": "baisse"}
    mesures = [
        indicateur("E", "rapport", unite="kWh/m²/an", **referent),
        indicateur("V", "calcul", calcul="evolution_reference:E", unite="%", nature="evolution", **referent),
    ]
    campagne = CampagneMinuscule(mesures, [])
    for annee, kwh in ((2023, 20000), (2025, 15000)):
        campagne.repondre(FICHE, annee, "i:E", numerateur=kwh, denominateur=100)
    base = campagne.construire()
    assert base.mesure("V")["valeur"] == pytest.approx(-25.0)
    assert base.mesure("V")["affichage"] == "\u2212\u202f25\u202f%"
    assert base.mesure("V", periode_id="2023")["etat"] == "sans_objet"
    assert base.une("publication.etat_indicateur", indicateur_id="V", annee=2025)["etat"] == "en_progres"
