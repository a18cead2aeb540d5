"""What is hidden cannot be found again by subtraction: cases worked out by hand."""

import duckdb
import pytest

from ctg.confidentialite import Seuils, macros
from tests.exemples.campagne_minuscule import FICHE, CampagneMinuscule, indicateur, structure

PERSONNES = {"unite": "jeunes", "unite_statistique": "personne"}
ICI, LA = "gresilles", "universite"


def campagne(*mesures, **lieux):
    return CampagneMinuscule(list(mesures), [structure(nom, lieu) for nom, lieu in lieux.items()])


def nombres(valeurs, annee=2025, mesure=None, **lieux):
    """A count of people by structure, each in its quartier."""
    faite = campagne(mesure or indicateur("P", **PERSONNES), **lieux)
    for nom, valeur in valeurs.items():
        faite.repondre(nom, annee, "i:P", valeur=valeur)
    return faite.construire()


def tus(base, indicateur_id="P", **filtres):
    """What is hidden of the « tous » totals of a year: territories, in order."""
    return [
        ligne["territoire_id"]
        for ligne in base.lignes(
            "SELECT territoire_id FROM publication.mesure WHERE indicateur_id = ? AND etat = 'secret'"
            " AND perimetre = 'tous' AND (niveau = 'structure' OR type_structure = 'tous')"
            " AND ventilation = ? AND modalite = ? AND annee = ? ORDER BY 1",
            indicateur_id,
            filtres.get("ventilation", "total"),
            filtres.get("modalite", "total"),
            filtres.get("annee", 2025),
        )
    ]


@pytest.mark.parametrize(
    ("valeurs", "attendus"),
    [
        ({"a": 40, "b": 60, "c": 80}, []),
        ({"a": 3, "b": 60, "c": 80}, ["a", "b"]),  # 143 less 60 and 80 would give 3: the smallest other one
        ({"a": 3, "b": 2, "c": 80}, ["a", "b"]),  # 5 left for two
        ({"a": 2, "b": 2, "c": 80}, ["a", "b", "c"]),  # 4 left: still a small count
        ({"a": 1, "b": 0, "c": 80}, ["a", "c"]),  # nobody is hidden behind a zero
        ({"a": 3, "b": None, "c": 80}, ["a", "c"]),  # nor behind what was not sent
    ],
)
def test_dans_un_quartier(valeurs, attendus):
    base = nombres(valeurs, a=ICI, b=ICI, c=ICI)
    assert tus(base) == attendus
    assert base.mesure("P")["valeur"] == sum(valeur or 0 for valeur in valeurs.values())


def test_un_quartier_d_une_seule_structure_se_tait_avec_un_autre():
    base = nombres({"a": 3, "b": 30, "c": 50, "d": 60}, a=ICI, b=LA, c="maladiere", d="maladiere")
    # the city less the two other quartiers would give 3: the smaller one is hidden, with its only structure
    assert tus(base) == ["a", "b", ICI, LA]


def test_un_total_et_ses_parts_exclusives():
    faite = campagne(indicateur("P", ventilations=("sexe",), **PERSONNES), a=ICI, b=ICI, c=ICI)
    for nom, femmes, hommes in (("a", 3, 30), ("b", 20, 25), ("c", 40, 45)):
        faite.repondre(nom, 2025, "i:P", valeur=femmes + hommes)
        faite.repondre(nom, 2025, "i:P#sexe=femmes", valeur=femmes)
        faite.repondre(nom, 2025, "i:P#sexe=hommes", valeur=hommes)
    base = faite.construire()
    assert tus(base) == []
    # 33 less 30 is 3; and the city's 63 women less 20 and 40: b's go too, which their total would give back
    assert tus(base, ventilation="sexe", modalite="femmes") == ["a", "b"]
    assert tus(base, ventilation="sexe", modalite="hommes") == ["a", "b"]


def test_l_annee_et_ses_trimestres():
    faite = campagne(
        indicateur("P", granularite="trimestre", agregation_periodes="somme", **PERSONNES), a=ICI, b=ICI
    )
    for nom, trimestres in (("a", (3, 10, 20, 30)), ("b", (50, 60, 70, 80))):
        faite.repondre(nom, 2025, "i:P", **{f"T{n}": valeur for n, valeur in enumerate(trimestres, 1)})
    base = faite.construire()
    etats = {
        (ligne["territoire_id"], ligne["periode_id"]): ligne["etat"]
        for ligne in base.lignes(
            "SELECT * FROM publication.mesure WHERE niveau = 'structure' AND perimetre = 'tous'"
        )
    }
    assert etats["a", "2025"] == etats["b", "2025"] == "publie"
    # a's year and semester less their other quarters, and the city's first quarter less b's
    assert [cle for cle, etat in sorted(etats.items()) if etat == "secret"] == [
        ("a", "2025-T1"),
        ("a", "2025-T2"),
        ("b", "2025-T1"),
        ("b", "2025-T2"),
    ]


def test_un_taux_garde_ses_deux_termes_hors_de_portee():
    faite = campagne(indicateur("P", "rapport", unite="%", unite_statistique="famille"), a=ICI, b=ICI, c=ICI)
    for nom, numerateur, denominateur in (("a", 5, 8), ("b", 20, 40), ("c", 30, 60)):
        faite.repondre(nom, 2025, "i:P", numerateur=numerateur, denominateur=denominateur)
    base = faite.construire()
    assert tus(base) == ["a", "b"]
    assert (base.mesure("P")["numerateur"], base.mesure("P")["denominateur"]) == (55, 108)


def test_ce_qu_une_structure_a_hors_des_quartiers_ne_se_retrouve_pas():
    faite = CampagneMinuscule(
        [indicateur("P", repondant="R-JE", types_repondants=(), par_quartier=True, **PERSONNES)],
        [structure("a", ICI)],
    )
    for lieu, valeur in ((ICI, 30), (LA, 20), ("ville", 3)):
        faite.repondre(FICHE, 2025, f"i:P@{lieu}", valeur=valeur)
    base = faite.construire()
    # 53 in the city, 50 in the quartiers
    assert base.mesure("P")["valeur"] == 53
    assert LA in tus(base)
    assert ICI not in tus(base)


def test_le_perimetre_constant_ne_rend_pas_celle_qui_n_y_est_pas():
    faite = campagne(indicateur("P", **PERSONNES), a=ICI, b=ICI, c=ICI)
    for nom, avant, apres in (("a", None, 3), ("b", 40, 41), ("c", 60, 61)):
        faite.repondre(nom, 2024, "i:P", valeur=avant)
        faite.repondre(nom, 2025, "i:P", valeur=apres)
    base = faite.construire()
    assert base.mesure("P")["valeur"] == 105
    # 105 less the 102 of those who answered both years
    assert base.mesure("P", perimetre="constant")["etat"] == "secret"
    assert base.evolution("P")["etat"] == "secret"
    assert base.evolution("P", perimetre="tous")["valeur"] == 105


def test_deux_effectifs_caches_n_en_disent_pas_davantage_l_annee_suivante():
    faite = campagne(indicateur("P", **PERSONNES), a=ICI, b=ICI, c=ICI)
    for nom, avant, apres in (("a", 3, 30), ("b", 40, 41), ("c", 60, 61)):
        faite.repondre(nom, 2024, "i:P", valeur=avant)
        faite.repondre(nom, 2025, "i:P", valeur=apres)
    base = faite.construire()
    assert tus(base, annee=2024) == ["a", "b"]
    assert tus(base, annee=2025) == []
    assert (
        base.evolution("P", niveau="structure", territoire_id="b", type_structure="centre-social")["etat"]
        == "secret"
    )


def test_une_mesure_tiree_de_deux_autres_n_en_rend_aucune():
    du_referent = {"repondant": "R-JE", "types_repondants": (), "par_quartier": True, **PERSONNES}
    faite = CampagneMinuscule(
        [
            indicateur("A", **du_referent),
            indicateur("B", **du_referent),
            indicateur("D", "calcul", calcul="difference:A:B", agregation_structures="somme", **du_referent),
        ],
        [structure("a", ICI)],
    )
    for lieu, a, b in ((ICI, 30, 3), (LA, 50, 20), ("maladiere", 70, 40)):
        faite.repondre(FICHE, 2025, f"i:A@{lieu}", valeur=a)
        faite.repondre(FICHE, 2025, f"i:B@{lieu}", valeur=b)
    base = faite.construire()
    assert tus(base, "B") == [ICI, LA]
    assert tus(base, "A") == []
    assert tus(base, "D") == [ICI, LA]  # 50 - 30 would give 20 back, then 3


def test_rien_ne_distingue_celui_qui_en_cache_un_autre():
    base = nombres({"a": 3, "b": 60, "c": 80}, a=ICI, b=ICI, c=ICI)
    un, autre = base.lignes(
        "SELECT * EXCLUDE (territoire_id) FROM publication.mesure"
        " WHERE niveau = 'structure' AND etat = 'secret' AND perimetre = 'tous'"
    )
    assert un == autre
    assert un["raison"] == "Trop peu de personnes, ici ou dans un nombre qu’une soustraction rendrait."


def test_deux_campagnes_que_seul_le_cache_distingue_se_publient_mot_pour_mot():
    def publie(a, b):
        faite = campagne(indicateur("P", ventilations=("sexe",), **PERSONNES), a=ICI, b=ICI, c=ICI, d=LA)
        for nom, valeur in {"a": a, "b": b, "c": 80, "d": 90}.items():
            faite.repondre(nom, 2024, "i:P", valeur=40)
            faite.repondre(nom, 2025, "i:P", valeur=valeur)
            faite.repondre(nom, 2025, "i:P#sexe=femmes", valeur=valeur)
        return faite.construire().lignes("SELECT * FROM publication.mesure ORDER BY ALL")

    assert publie(3, 60) == publie(4, 59)


@pytest.mark.parametrize("nature", ["taux", "satisfaction"])
def test_la_regle_dite_en_python_est_celle_des_macros(nature):
    seuils, connexion = Seuils(personnes=5, taux=11, satisfaction=13), duckdb.connect()
    connexion.execute(macros(seuils))
    for numerateur, denominateur, effectif, rapport in connexion.execute(
        "SELECT n, d, effectif_secret(n, 'personne'), rapport_secret(n, d, 'personne', ?)"
        " FROM range(0, 22) AS n(n), range(0, 22) AS d(d) WHERE n <= d",
        [nature],
    ).fetchall():
        assert seuils.effectif_secret(numerateur) is effectif
        assert seuils.rapport_secret(numerateur, denominateur, nature) is rapport
