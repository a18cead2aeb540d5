"""Sums and ratios, by hand: what each level shows, and how many answered among those expected."""

import pytest

from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure


@pytest.fixture
def centres():
    return [
        structure("archipel", "universite"),
        structure("tempo", "chevreul-parc"),
        structure("baudelaire", "universite"),
        structure("talant", "hors-dijon"),
    ]


def test_somme_par_quartier_et_ville_avec_leur_couverture(centres):
    campagne = CampagneMinuscule([indicateur("N", unite="projets", agregation_structures="somme")], centres)
    campagne.repondre("archipel", 2025, "i:N", valeur=12)
    campagne.repondre("baudelaire", 2025, "i:N", valeur=None)
    campagne.repondre("tempo", 2025, "i:N", valeur=0)
    campagne.repondre("talant", 2025, "i:N", valeur=1240)
    base = campagne.construire()

    ville = base.mesure("N")
    assert (ville["valeur"], ville["affichage"]) == (1252, "1\u202f252 projets")
    assert (ville["nb_repondantes"], ville["nb_attendues"]) == (3, 4)
    universite = base.mesure("N", "quartier", "universite")
    assert (universite["valeur"], universite["nb_repondantes"], universite["nb_attendues"]) == (12, 1, 2)
    assert base.mesure("N", "quartier", "chevreul-parc")["affichage"] == "0 projet"  # zero is a value
    assert base.mesure("N", "quartier", "hors-dijon")["valeur"] == 1240
    muette = base.mesure("N", "structure", "baudelaire")
    assert (muette["etat"], muette["valeur"], muette["affichage"]) == ("manquant", None, "non disponible")
    # a quartier where nobody is expected has no row
    assert not base.lignes("SELECT 1 FROM publication.mesure WHERE territoire_id = 'gresilles'")


def test_sans_objet_sort_des_attendus(centres):
    campagne = CampagneMinuscule([indicateur("N", unite="projets")], centres[:2])
    campagne.repondre("archipel", 2025, "i:N", valeur=7)
    campagne.repondre("tempo", 2025, "i:N", valeur="sans objet")
    base = campagne.construire()
    assert (base.mesure("N")["nb_repondantes"], base.mesure("N")["nb_attendues"]) == (1, 1)
    assert base.mesure("N", "quartier", "chevreul-parc")["etat"] == "sans_objet"


def test_un_taux_est_le_rapport_des_sommes_jamais_la_moyenne_des_taux(centres):
    taux = indicateur("T", "rapport", unite="%", unite_statistique="site", agregation_structures="rapport")
    campagne = CampagneMinuscule([taux], centres)
    campagne.repondre("archipel", 2025, "i:T", numerateur=1, denominateur=2)  # 50 %
    campagne.repondre("tempo", 2025, "i:T", numerateur=9, denominateur=10)  # 90 %
    campagne.repondre("baudelaire", 2025, "i:T", numerateur=500, denominateur=None)  # only one half: left out
    base = campagne.construire()
    ville = base.mesure("T")
    assert ville["valeur"] == pytest.approx(100 * 10 / 12)  # not 70
    assert (ville["numerateur"], ville["denominateur"], ville["affichage"]) == (10, 12, "83,3\u202f%")
    assert (ville["nb_repondantes"], ville["nb_attendues"]) == (2, 4)


def test_denominateur_nul_est_sans_objet(centres):
    taux = indicateur("T", "rapport", unite="%", unite_statistique="site", agregation_structures="rapport")
    campagne = CampagneMinuscule([taux], centres[:1])
    campagne.repondre("archipel", 2025, "i:T", numerateur=0, denominateur=0)
    assert campagne.construire().mesure("T")["etat"] == "sans_objet"


def test_la_satisfaction_se_pondere_par_les_repondants_et_dit_leur_nombre(centres):
    satisfaction = indicateur("S", "satisfaction", agregation_structures="ponderee")
    campagne = CampagneMinuscule([satisfaction], centres[:2])
    campagne.repondre("archipel", 2025, "i:S", proposes=30, repondants=20, satisfaits=10)
    campagne.repondre("tempo", 2025, "i:S", proposes=170, repondants=80, satisfaits=72)
    ville = campagne.construire().mesure("S")
    assert ville["valeur"] == pytest.approx(82.0)  # (10 + 72) / (20 + 80), not (50 + 90) / 2
    assert ville["mention"] == "100 répondants sur 200 questionnaires proposés (50\u202f%)"


def test_les_doubles_comptes_se_disent_des_qu_on_additionne(centres):
    personnes = indicateur(
        "P", unite="jeunes", unite_statistique="personne", agregation_structures="somme_doubles"
    )
    campagne = CampagneMinuscule([personnes], centres[:3])
    campagne.repondre("archipel", 2025, "i:P", valeur=20)
    campagne.repondre("tempo", 2025, "i:P", valeur=30)
    base = campagne.construire()
    assert base.mesure("P")["mention"] == "fréquentations cumulées, doubles comptes possibles"
    assert base.mesure("P", "quartier", "universite")["mention"] is None  # one respondent: nothing is added
    assert base.mesure("P", "structure", "tempo")["mention"] is None


def test_ce_qui_ne_s_agrege_pas_n_a_de_valeur_que_par_structure(centres):
    euros = indicateur("E", unite="€", unite_statistique="euro", agregation_structures="aucune")
    campagne = CampagneMinuscule([euros], centres[:2])
    campagne.repondre("archipel", 2025, "i:E", valeur=1000)
    base = campagne.construire()
    ville = base.mesure("E")
    assert (ville["etat"], ville["valeur"], ville["nb_repondantes"]) == ("sans_objet", None, 1)
    assert "structure" in ville["raison"]
    assert base.mesure("E", "structure", "archipel")["valeur"] == 1000
    assert not base.lignes("SELECT 1 FROM publication.evolution WHERE niveau <> 'structure'")


def test_par_type_de_structure(centres):
    tous = indicateur("N", unite="projets", types_repondants=("centre-social", "mediatheque"))
    campagne = CampagneMinuscule([tous], [*centres[:1], structure("biblio", "universite", "mediatheque")])
    campagne.repondre("archipel", 2025, "i:N", valeur=12)
    campagne.repondre("biblio", 2025, "i:N", valeur=30)
    base = campagne.construire()
    assert base.mesure("N")["valeur"] == 42
    assert base.mesure("N", type_structure="mediatheque")["valeur"] == 30
    assert base.mesure("N", "quartier", "universite", type_structure="centre-social")["valeur"] == 12


def test_une_structure_fermee_n_est_pas_attendue():
    import datetime as dt

    campagne = CampagneMinuscule(
        [indicateur("N", unite="projets")],
        [
            structure("a", "gresilles"),
            structure("b", "gresilles", ouverte_le=dt.date(2025, 9, 1)),
            structure("c", "gresilles", fermee_le=dt.date(2024, 6, 30)),
        ],
    )
    for annee in (2024, 2025):
        campagne.repondre("a", annee, "i:N", valeur=10)
    base = campagne.construire()
    assert base.mesure("N", periode_id="2024")["nb_attendues"] == 2  # a and c
    assert base.mesure("N", periode_id="2025")["nb_attendues"] == 2  # a and b


def test_une_echelle_se_compte_niveau_par_niveau_et_ne_se_moyenne_pas(centres):
    echelle = indicateur(
        "L",
        "niveau",
        ventilations=("theme-qualite",),
        agregation_structures="repartition",
        unite="niveau de 1 à 4",
    )
    campagne = CampagneMinuscule([echelle], centres[:3])
    campagne.repondre("archipel", 2025, "i:L#theme-qualite=familles", niveau=3)
    campagne.repondre("tempo", 2025, "i:L#theme-qualite=familles", niveau=3)
    campagne.repondre("baudelaire", 2025, "i:L#theme-qualite=familles", niveau=1)
    base = campagne.construire()
    compte = {
        degre: base.mesure("L", ventilation="theme-qualite-niveau", modalite=f"familles-{degre}")["affichage"]
        for degre in (1, 2, 3, 4)
    }
    assert compte == {1: "1 structure", 2: "0 structure", 3: "2 structures", 4: "0 structure"}
    assert (
        base.mesure("L", "structure", "tempo", ventilation="theme-qualite", modalite="familles")["valeur"]
        == 3
    )
    total = base.mesure("L")
    assert (total["etat"], total["nb_repondantes"], total["nb_attendues"]) == ("sans_objet", 3, 3)
