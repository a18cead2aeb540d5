"""A respondent who says only some of its quartiers: said so, never taken for a fall, never half of a sum."""

import pytest

from tests.exemples.campagne_minuscule import CONVENTION, CampagneMinuscule, indicateur, structure

BIBLIO = structure("biblio", "ville", "mediatheque", multisite=True)
QUARTIERS = list(CONVENTION.quartiers)


def mesure(identifiant="N", **autres):
    defauts = {"unite": "projets", "unite_statistique": "projet", "types_repondants": ("mediatheque",)}
    return indicateur(identifiant, par_quartier=True, **{**defauts, **autres})


def campagne(*mesures):
    return CampagneMinuscule(list(mesures) or [mesure()], [BIBLIO])


def partout(campagne, annee, valeur, cle="i:N", sauf=()):
    for quartier in QUARTIERS:
        if quartier not in sauf:
            campagne.repondre("biblio", annee, f"{cle}@{quartier}", valeur=valeur)


def test_un_quartier_oublie_n_est_pas_une_baisse():
    essai = campagne()
    partout(essai, 2024, 100)
    essai.repondre("biblio", 2025, "i:N@gresilles", valeur=100)
    base = essai.construire()
    evolution = base.evolution("N")
    assert (evolution["valeur"], evolution["valeur_base"], evolution["lecture"]) == (100, 100, "stable")
    ville = base.mesure("N")
    assert (ville["valeur"], ville["mention"]) == (100, "quartiers non renseignés par 1 répondant")
    assert base.mesure("N", perimetre="constant")["valeur"] == 100
    assert base.mesure("N", periode_id="2024")["mention"] is None


def test_sans_quartier_precis_une_annee_puis_par_quartier_se_compare_en_entier():
    essai = campagne()
    essai.repondre("biblio", 2024, "i:N@ville", valeur=800)
    partout(essai, 2025, 100)
    base = essai.construire()
    assert base.mesure("N", periode_id="2024")["mention"] is None
    evolution = base.evolution("N")
    assert (evolution["valeur"], evolution["valeur_base"], evolution["nb_communes"]) == (900, 800, 1)


def test_sans_objet_complete_une_reponse():
    essai = campagne()
    partout(essai, 2025, 100, sauf=("montchapet",))
    essai.repondre("biblio", 2025, "i:N@montchapet", valeur="sans objet")
    assert essai.construire().mesure("N")["mention"] is None


def test_une_difference_se_fait_sur_les_quartiers_dits_des_deux_cotes():
    difference = mesure("D", saisie="calcul", calcul="difference:A:B", agregation_structures="somme")
    essai = campagne(mesure("A"), mesure("B"), difference)
    partout(essai, 2025, 10, "i:A")
    partout(essai, 2025, 12, "i:B", sauf=QUARTIERS[5:])
    ville = essai.construire().mesure("D")
    assert (ville["valeur"], ville["mention"]) == (-10, "quartiers non renseignés par 1 répondant")


def test_un_trimestre_manquant_dans_un_quartier_se_dit():
    essai = campagne(mesure(granularite="trimestre"))
    for quartier in QUARTIERS:
        trimestres = dict.fromkeys(["T1", "T2", "T3", "T4"], 10)
        if quartier == "maladiere":
            del trimestres["T4"]
        essai.repondre("biblio", 2025, f"i:N@{quartier}", **trimestres)
    base = essai.construire()
    assert base.mesure("N", periode_id="2025-S1") | {"valeur": 180, "mention": None} == base.mesure(
        "N", periode_id="2025-S1"
    )
    annee = base.mesure("N")
    assert (annee["valeur"], annee["mention"]) == (320, "quartiers non renseignés par 1 répondant")


@pytest.mark.parametrize("niveau", ["ville", "structure"])
def test_les_personnes_de_plusieurs_sites_peuvent_compter_deux_fois(niveau):
    personnes = mesure(unite="jeunes", unite_statistique="personne", agregation_structures="somme_doubles",
                       agregation_periodes="aucune")  # fmt: skip
    essai = campagne(personnes)
    partout(essai, 2025, 20)
    lue = essai.construire().mesure("N", niveau, "biblio" if niveau == "structure" else None)
    assert lue["mention"] == "fréquentations cumulées, doubles comptes possibles"


def test_le_taux_de_reponse_ne_compte_que_ceux_dont_on_sait_le_nombre_propose():
    structures = [structure("a", "gresilles"), structure("b", "gresilles")]
    essai = CampagneMinuscule([indicateur("S", "satisfaction")], structures)
    essai.repondre("a", 2025, "i:S", repondants=40, satisfaits=30)
    essai.repondre("b", 2025, "i:S", proposes=100, repondants=30, satisfaits=20)
    mention = essai.construire().mesure("S")["mention"]
    assert mention == "70 répondants, dont 30 sur 100 questionnaires proposés (30\u202f%)"


def test_le_taux_de_reponse_ne_dit_pas_les_repondants_d_une_structure_qui_se_tait():
    structures = [structure("a", "gresilles"), structure("b", "gresilles")]
    essai = CampagneMinuscule([indicateur("S", "satisfaction")], structures)
    essai.repondre("a", 2025, "i:S", repondants=40, satisfaits=30)
    essai.repondre("b", 2025, "i:S", proposes=23, repondants=3, satisfaits=3)
    base = essai.construire()
    assert base.mesure("S")["mention"] == "43 répondants"
    assert not base.lignes("SELECT mention FROM publication.mesure WHERE mention LIKE '%proposés%'")


def test_une_minorite_de_repondants_communs_ne_dit_pas_un_mouvement():
    noms = [f"s{rang}" for rang in range(4)]
    essai = CampagneMinuscule(
        [indicateur("N", unite="projets", unite_statistique="projet")],
        [structure(nom, "gresilles") for nom in noms],
    )
    essai.repondre("s0", 2024, "i:N", valeur=10)
    for nom in noms:
        essai.repondre(nom, 2025, "i:N", valeur=20)
    etat = essai.construire().une("publication.etat_indicateur", indicateur_id="N", annee=2025)
    assert etat["etat"] == "sans_cible"
