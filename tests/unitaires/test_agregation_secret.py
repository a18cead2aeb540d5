"""Small counts: whatever was answered, no published row holds a count of people from 1 to 4."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exemples.campagne_minuscule import FICHE, CampagneMinuscule, indicateur, structure

CENTRES = [structure("a", "gresilles"), structure("b", "gresilles"), structure("c", "universite")]
PERSONNES = {"unite": "jeunes", "unite_statistique": "personne"}


@pytest.mark.parametrize(
    ("valeur", "etat", "affichage"),
    [
        (0, "publie", "0 jeune"),
        (1, "secret", "secret statistique"),
        (4, "secret", "secret statistique"),
        (5, "publie", "5 jeunes"),
    ],
)
def test_seuil_des_effectifs(valeur, etat, affichage):
    campagne = CampagneMinuscule([indicateur("P", **PERSONNES)], CENTRES[:1])
    campagne.repondre("a", 2025, "i:P", valeur=valeur)
    mesure = campagne.construire().mesure("P")
    assert (mesure["etat"], mesure["affichage"]) == (etat, affichage)
    assert mesure["valeur"] == (None if etat == "secret" else valeur)


def test_seuls_les_effectifs_de_personnes_sont_masques():
    campagne = CampagneMinuscule([indicateur("N", unite="projets", unite_statistique="projet")], CENTRES[:1])
    campagne.repondre("a", 2025, "i:N", valeur=2)
    assert campagne.construire().mesure("N")["affichage"] == "2 projets"


@pytest.mark.parametrize(
    ("numerateur", "denominateur", "etat"),
    [
        (5, 10, "secret"),
        (5, 11, "publie"),
        (4, 40, "secret"),
        (0, 40, "publie"),
        (40, 40, "publie"),
        (36, 40, "secret"),  # four without
        (35, 40, "publie"),
    ],
)
def test_seuil_des_taux(numerateur, denominateur, etat):
    taux = indicateur("T", "rapport", unite="%", unite_statistique="personne")
    campagne = CampagneMinuscule([taux], CENTRES[:1])
    campagne.repondre("a", 2025, "i:T", numerateur=numerateur, denominateur=denominateur)
    mesure = campagne.construire().mesure("T")
    assert mesure["etat"] == etat
    if etat == "secret":
        assert (mesure["valeur"], mesure["numerateur"], mesure["denominateur"]) == (None, None, None)


@pytest.mark.parametrize(("repondants", "etat"), [(10, "secret"), (11, "publie")])
def test_seuil_de_la_satisfaction(repondants, etat):
    campagne = CampagneMinuscule([indicateur("S", "satisfaction")], CENTRES[:1])
    campagne.repondre("a", 2025, "i:S", proposes=20, repondants=repondants, satisfaits=repondants)
    mesure = campagne.construire().mesure("S")
    assert (mesure["etat"], mesure["mention"] is None) == (etat, etat == "secret")


@pytest.mark.parametrize(
    ("adherents", "part", "etat"),
    [(10, 50, "secret"), (None, 50, "secret"), (200, 2, "secret"), (200, 2.5, "publie"), (200, 0, "publie")],
)
def test_une_part_des_adherents_suit_la_regle_des_taux(adherents, part, etat):
    campagne = CampagneMinuscule([indicateur("N")], CENTRES[:1])
    if adherents:
        campagne.repondre("a", 2025, "v:adherents", valeur=adherents)
    campagne.repondre("a", 2025, "v:adherents-qf-800", valeur=part)
    lue = campagne.construire().une("publication.vie_structure", champ_id="adherents-qf-800")
    assert (lue["etat"], lue["valeur"]) == (etat, part if etat == "publie" else None)


def bourses(*reponses):
    """Grants and euros by quartier of a référent: (year, quartier, count, euros)."""
    du_referent = {"repondant": "R-JE", "types_repondants": (), "par_quartier": True}
    campagne = CampagneMinuscule(
        [
            indicateur("B", unite="bourses", unite_statistique="personne", **du_referent),
            indicateur("E", unite="euros", unite_statistique="euro", secret_avec="B", **du_referent),
        ],
        CENTRES,
    )
    for annee, quartier, nombre, euros in reponses:
        campagne.repondre(FICHE, annee, f"i:B@{quartier}", valeur=nombre)
        campagne.repondre(FICHE, annee, f"i:E@{quartier}", valeur=euros)
    return campagne.construire()


def test_un_montant_est_secret_avec_l_effectif_qu_il_donnerait():
    base = bourses((2025, "gresilles", 2, 600), (2025, "universite", 10, 3000), (2025, "maladiere", 20, 6000))
    secrete = base.mesure("E", "quartier", "gresilles")
    assert (secrete["etat"], secrete["valeur"], secrete["affichage"]) == (
        "secret",
        None,
        "secret statistique",
    )
    assert secrete["raison"] == "Ce nombre dirait un effectif trop petit pour être montré."
    assert base.mesure("E", "quartier", "maladiere")["valeur"] == 6000
    assert base.mesure("E")["valeur"] == 9600
    # 9600 less 6000 would give 600 back if the 3000 were shown
    assert base.mesure("E", "quartier", "universite")["etat"] == "secret"


def test_l_evolution_d_un_montant_est_secrete_avec_celle_de_l_effectif():
    base = bourses(
        (2024, "gresilles", 2, 600),
        (2025, "gresilles", 10, 3000),
        (2024, "universite", 8, 2400),
        (2025, "universite", 10, 3000),
        (2024, "maladiere", 18, 5400),
        (2025, "maladiere", 20, 6000),
    )
    secrete = base.evolution("E", niveau="quartier", territoire_id="gresilles")
    assert (secrete["etat"], secrete["valeur"], secrete["ecart"], secrete["lecture"]) == (
        "secret",
        None,
        None,
        None,
    )
    assert base.evolution("E", niveau="quartier", territoire_id="maladiere")["ecart"] == 600


def test_un_effectif_sans_comparaison_cache_quand_meme_le_montant_de_l_evolution():
    base = bourses((2024, "gresilles", None, 600), (2025, "gresilles", 2, 900))
    assert base.evolution("E", niveau="quartier", territoire_id="gresilles")["etat"] == "secret"


effectif = st.one_of(st.none(), st.integers(0, 15), st.just("sans objet"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    reponses=st.dictionaries(
        st.tuples(st.sampled_from("abc"), st.sampled_from((2023, 2024, 2025))),
        st.tuples(effectif, effectif, effectif, effectif, effectif),
        min_size=1,
    ),
    referent=st.tuples(effectif, effectif),
)
def test_aucune_ligne_publiee_ne_tient_un_effectif_de_1_a_4(reponses, referent):
    du_referent = {"repondant": "R-JE", "types_repondants": (), **PERSONNES}
    campagne = CampagneMinuscule(
        [
            indicateur("P", ventilations=("sexe",), agregation_structures="somme_doubles", **PERSONNES),
            indicateur("T", "rapport", unite="%", unite_statistique="famille"),
            indicateur("A", **du_referent),
            indicateur("B", **du_referent),
            indicateur("D", "calcul", calcul="difference:A:B", agregation_structures="somme", **du_referent),
            indicateur("R", "calcul", calcul="rapport:A:B", **{**du_referent, "unite": "%"}),
        ],
        CENTRES,
    )
    for (structure_id, annee), (total, femmes, numerateur, denominateur, adherents) in reponses.items():
        campagne.repondre(structure_id, annee, "i:P", valeur=total)
        campagne.repondre(structure_id, annee, "i:P#sexe=femmes", valeur=femmes)
        campagne.repondre(structure_id, annee, "i:T", numerateur=numerateur, denominateur=denominateur)
        campagne.repondre(structure_id, annee, "v:adherents", valeur=adherents)
    for nom, valeur in zip("AB", referent, strict=True):
        campagne.repondre(FICHE, 2025, f"i:{nom}", valeur=valeur)
    base = campagne.construire()
    for table, colonnes in (
        ("mesure", ("valeur", "numerateur", "denominateur")),
        ("evolution", ("valeur", "valeur_base")),
        ("vie_structure", ("valeur",)),
    ):
        # the value of a rate is no count; that of a difference may not be one either
        for colonne in colonnes:
            comptes = (
                "true" if colonne not in ("valeur", "valeur_base") else "indicateur_id NOT IN ('T', 'R')"
            )
            if table == "vie_structure":
                comptes = "true"
            fuites = base.lignes(
                f"SELECT * FROM publication.{table} WHERE {comptes} AND abs({colonne}) BETWEEN 1 AND 4"
            )
            assert not fuites
    for ligne in base.lignes("SELECT affichage, mention FROM publication.mesure WHERE etat = 'secret'"):
        assert not re.search(r"\d", f"{ligne['affichage']}{ligne['mention'] or ''}")
