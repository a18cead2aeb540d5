"""Answers by quartier: what is split stands in the quartier, the rest at the city, nothing is spread."""

import pytest

from tests.exemples.campagne_minuscule import FICHE, CampagneMinuscule, indicateur, structure

MEDIATHEQUES = structure("biblio", "ville", "mediatheque", multisite=True)
TYPES = ("centre-social", "mediatheque")


def projets(**autres):
    return indicateur("N", unite="projets", types_repondants=TYPES, par_quartier=True, **autres)


@pytest.fixture
def base():
    campagne = CampagneMinuscule([projets()], [structure("archipel", "universite"), MEDIATHEQUES])
    campagne.repondre("archipel", 2025, "i:N", valeur=5)
    campagne.repondre("biblio", 2025, "i:N@universite", valeur=10)
    campagne.repondre("biblio", 2025, "i:N@gresilles", valeur=20)
    campagne.repondre("biblio", 2025, "i:N@montchapet", valeur="sans objet")
    campagne.repondre("biblio", 2025, "i:N@ville", valeur=100)
    return campagne.construire()


def test_un_multi_sites_repond_par_quartier_et_compte_une_fois_a_la_ville(base):
    universite = base.mesure("N", "quartier", "universite")
    assert (universite["valeur"], universite["nb_repondantes"], universite["nb_attendues"]) == (15, 2, 2)
    ville = base.mesure("N")
    assert (ville["valeur"], ville["nb_repondantes"], ville["nb_attendues"]) == (135, 2, 2)
    assert base.mesure("N", "structure", "biblio")["valeur"] == 130


def test_attendu_dans_les_neuf_quartiers_sauf_la_ou_c_est_sans_objet(base):
    maladiere = base.mesure("N", "quartier", "maladiere")
    assert (maladiere["etat"], maladiere["nb_attendues"]) == ("manquant", 1)
    assert base.mesure("N", "quartier", "montchapet")["etat"] == "sans_objet"


def test_ce_qui_n_est_pas_reparti_reste_a_la_ville_entiere(base):
    assert base.mesure("N", "quartier", "ville")["valeur"] == 100


def test_sans_quartier_precis_ne_s_attend_que_s_il_est_donne():
    campagne = CampagneMinuscule([projets()], [MEDIATHEQUES])
    campagne.repondre("biblio", 2025, "i:N@gresilles", valeur=20)
    base = campagne.construire()
    assert not base.lignes(
        "SELECT 1 FROM publication.mesure WHERE niveau = 'quartier' AND territoire_id = 'ville'"
    )


def test_quartiers_plus_ville_plus_exterieur_font_la_ville(base):
    quartiers = base.lignes(
        "SELECT sum(valeur) AS somme FROM publication.mesure"
        " WHERE niveau = 'quartier' AND type_structure = 'tous'"
    )
    assert quartiers[0]["somme"] == base.mesure("N")["valeur"]
    assert not base.lignes("SELECT 1 FROM collecte.anomalie WHERE regle = 'quartiers_et_ville'")


def test_les_ventilations_d_un_multi_sites_restent_a_la_ville_entiere():
    campagne = CampagneMinuscule([projets(ventilations=("sexe",))], [MEDIATHEQUES])
    campagne.repondre("biblio", 2025, "i:N@gresilles", valeur=20)
    campagne.repondre("biblio", 2025, "i:N#sexe=femmes", valeur=12)
    base = campagne.construire()
    assert base.mesure("N", ventilation="sexe", modalite="femmes")["valeur"] == 12
    assert base.mesure("N", "quartier", "ville", ventilation="sexe", modalite="femmes")["valeur"] == 12
    assert not base.lignes(
        "SELECT 1 FROM publication.mesure WHERE territoire_id = 'gresilles' AND ventilation = 'sexe'"
    )


def test_une_reponse_de_niveau_ville_n_est_jamais_etalee_sur_les_quartiers():
    unique = indicateur(
        "U", unite="projets", repondant="R-JE", types_repondants=(), agregation_structures="unique"
    )
    campagne = CampagneMinuscule([unique], [])
    campagne.repondre(FICHE, 2025, "i:U", valeur=40)
    base = campagne.construire()
    ville = base.mesure("U")
    assert (ville["valeur"], ville["nb_repondantes"], ville["nb_attendues"], ville["type_structure"]) == (
        40,
        1,
        1,
        "tous",
    )
    assert {ligne["niveau"] for ligne in base.lignes("SELECT niveau FROM publication.mesure")} == {"ville"}


def test_un_referent_peut_repondre_par_quartier():
    reparti = indicateur("R", unite="projets", repondant="R-JE", types_repondants=(), par_quartier=True)
    campagne = CampagneMinuscule([reparti], [])
    campagne.repondre(FICHE, 2025, "i:R@gresilles", valeur=4)
    campagne.repondre(FICHE, 2025, "i:R@ville", valeur=6)
    base = campagne.construire()
    assert base.mesure("R")["valeur"] == 10
    assert base.mesure("R", "quartier", "gresilles")["valeur"] == 4
    assert base.mesure("R", "quartier", "maladiere")["etat"] == "manquant"


def test_couverture_par_fiche_et_par_quartier(base):
    def couverture(quartier_id):
        ligne = base.une("publication.couverture", fiche_id=FICHE, quartier_id=quartier_id, annee=2025)
        return ligne["nb_repondantes"], ligne["nb_attendues"]

    assert couverture("universite") == (2, 2)
    assert couverture("maladiere") == (0, 1)
    assert couverture("dijon") == (2, 2)
    assert couverture("hors-dijon") == (0, 0)


def test_une_definition_a_arreter_n_est_demandee_a_personne():
    incertaine = indicateur("D", "rapport", definition="a_arreter", repondant="R-JE", types_repondants=())
    campagne = CampagneMinuscule([incertaine], [])
    campagne.repondre(FICHE, 2025)
    base = campagne.construire()
    ville = base.mesure("D")
    assert (ville["etat"], ville["nb_attendues"]) == ("manquant", 0)
    assert ville["raison"].startswith("Définition à arrêter par : ")


def test_les_structures_d_une_fiche_se_comptent_sur_toutes_ses_mesures():
    """One answered one measure, her neighbour the other: two answered, not the best of one and one."""
    mesures = [indicateur("M", unite="projets"), indicateur("N", unite="projets")]
    campagne = CampagneMinuscule(mesures, [structure(x, "gresilles") for x in "abcd"])
    campagne.repondre("a", 2025, "i:M", valeur=4)
    campagne.repondre("b", 2025, "i:N", valeur=6)
    campagne.repondre("c", 2025, "i:M", valeur="sans objet")
    campagne.repondre("c", 2025, "i:N", valeur="sans objet")
    ligne = campagne.construire().une(
        "publication.couverture", fiche_id=FICHE, quartier_id="gresilles", annee=2025
    )
    assert (ligne["nb_structures_ont_repondu"], ligne["nb_structures"]) == (2, 3)
    assert (ligne["nb_repondantes"], ligne["nb_attendues"]) == (3, 4)
