"""States of the measures and of the fiches: the rule that the Méthode page prints, case by case."""

import pytest

from ctg.referentiel.modeles import Cible
from tests.exemples.campagne_minuscule import FICHE, CampagneMinuscule, indicateur, structure

CENTRES = [structure(nom, "gresilles") for nom in ("a", "b", "c", "d")]
PROJETS = indicateur("N", unite="projets")
REFERENT = {"repondant": "R-JE", "types_repondants": ()}


def etat(base, indicateur_id="N", annee=2025):
    ligne = base.une("publication.etat_indicateur", indicateur_id=indicateur_id, annee=annee)
    return ligne["etat"], ligne["raison"]


def un_centre(sens, avant, apres, cibles=()):
    campagne = CampagneMinuscule([indicateur("N", unite="projets", sens=sens)], CENTRES[:1], cibles)
    campagne.repondre("a", 2024, "i:N", valeur=avant)
    campagne.repondre("a", 2025, "i:N", valeur=apres)
    return campagne.construire()


@pytest.mark.parametrize(
    ("sens", "avant", "apres", "attendu"),
    [
        ("hausse", 10, 20, "en_progres"),
        ("hausse", 20, 10, "a_surveiller"),
        ("baisse", 20, 10, "en_progres"),
        ("neutre", 20, 10, "sans_cible"),
        ("hausse", 20, 20, "sans_cible"),
    ],
)
def test_sans_cible_l_etat_vient_de_l_evolution(sens, avant, apres, attendu):
    assert etat(un_centre(sens, avant, apres))[0] == attendu


def test_cible_atteinte_a_la_hausse_comme_a_la_baisse():
    cible = Cible("N", 2025, "dijon", 15.0, "propose", "propose")
    assert etat(un_centre("hausse", 30, 15, [cible])) == ("atteint", "Cible de 2025 atteinte : 15 projets.")
    assert etat(un_centre("baisse", 10, 15, [cible]))[0] == "atteint"
    assert etat(un_centre("hausse", 10, 14, [cible]))[0] == "en_progres"


def test_sous_le_seuil_de_couverture_aucun_etat():
    campagne = CampagneMinuscule([PROJETS], CENTRES)
    for annee in (2024, 2025):
        campagne.repondre("a", annee, "i:N", valeur=10 + annee - 2024)
    assert etat(campagne.construire()) == ("donnees_insuffisantes", "Trop peu de réponses : 1 sur 4.")
    for annee in (2024, 2025):  # 2 out of 4, both years: the threshold itself is enough
        campagne.repondre("b", annee, "i:N", valeur=1)
    assert etat(campagne.construire())[0] == "en_progres"


def test_la_raison_dit_le_perimetre():
    campagne = CampagneMinuscule([PROJETS], CENTRES[:3])
    for structure_id, avant, apres in (("a", 10, 12), ("b", 10, 12), ("c", None, 4)):
        campagne.repondre(structure_id, 2024, "i:N", valeur=avant)
        campagne.repondre(structure_id, 2025, "i:N", valeur=apres)
    assert (
        etat(campagne.construire())[1]
        == "+\u202f20\u202f% depuis 2024, à périmètre constant (2 répondants sur 3)."
    )


@pytest.mark.parametrize(
    ("declare", "prevu_le", "attendu", "raison"),
    [
        ("Réalisé", "2024-03-01", "atteint", "Réalisé en mai 2025."),
        ("Décalé", "2027-03-01", "decale", "Attend le futur mandat."),
        ("En cours", "2026-03-01", "en_progres", "En cours (60\u202f%), prévu en mars 2026."),
        (
            "En cours",
            "2025-03-01",
            "a_surveiller",
            "Échéance passée : en cours (60\u202f%), prévu en mars 2025.",
        ),
        ("Non engagé", "2026-03-01", "sans_cible", "Non engagé (60\u202f%), prévu en mars 2026."),
        (None, None, "donnees_insuffisantes", "Jalon non renseigné."),
    ],
)
def test_jalons(declare, prevu_le, attendu, raison):
    campagne = CampagneMinuscule([indicateur("J", "jalon", **REFERENT)], [])
    campagne.repondre(
        FICHE,
        2025,
        "i:J",
        remarque="Attend le futur mandat.",
        etat=declare,
        prevu_le=prevu_le,
        realise_le="2025-05-20" if declare == "Réalisé" else None,
        avancement=60 if declare else None,
    )
    base = campagne.construire()
    assert etat(base, "J") == (attendu, raison)
    assert base.mesure("J")["etat"] == ("publie" if declare else "manquant")


def test_un_texte_n_a_jamais_d_etat_calcule():
    campagne = CampagneMinuscule([indicateur("Q", "texte", **REFERENT)], [])
    campagne.repondre(FICHE, 2025, "i:Q", texte="Les horaires ont été élargis.")
    base = campagne.construire()
    assert etat(base, "Q")[0] == "sans_cible"
    assert (base.mesure("Q")["etat"], base.mesure("Q")["valeur"]) == ("publie", None)
    assert base.une("publication.qualitatif", rubrique="Q")["texte"] == "Les horaires ont été élargis."


def fiche(**mesures):
    """{measure: (2024, 2025)} of one centre, on one fiche."""
    campagne = CampagneMinuscule([indicateur(nom, unite="projets") for nom in mesures], CENTRES[:1])
    for nom, valeurs in mesures.items():
        for annee, valeur in zip((2024, 2025), valeurs, strict=True):
            campagne.repondre("a", annee, f"i:{nom}", valeur=valeur)
    return campagne.construire().une("publication.etat_fiche", fiche_id=FICHE, annee=2025)


HAUSSE, BAISSE, STABLE, RIEN = (10, 20), (20, 10), (10, 10), (None, None)


@pytest.mark.parametrize(
    ("mesures", "attendu"),
    [
        ({"A": HAUSSE, "B": BAISSE}, "en_progres"),  # as many of each
        ({"A": HAUSSE, "B": BAISSE, "C": BAISSE}, "a_surveiller"),
        ({"A": STABLE, "B": STABLE}, "sans_cible"),
        ({"A": HAUSSE, "B": RIEN}, "en_progres"),  # half without data is not more than half
        ({"A": HAUSSE, "B": RIEN, "C": RIEN}, "donnees_insuffisantes"),
    ],
)
def test_etat_d_une_fiche(mesures, attendu):
    assert fiche(**mesures)["etat"] == attendu


def test_une_fiche_est_atteinte_quand_toutes_ses_mesures_le_sont():
    cibles = [Cible(nom, 2025, "dijon", 10.0, "propose", "propose") for nom in ("A", "B")]
    campagne = CampagneMinuscule(
        [indicateur(nom, unite="projets") for nom in ("A", "B")], CENTRES[:1], cibles
    )
    campagne.repondre("a", 2025, "i:A", valeur=10)
    campagne.repondre("a", 2025, "i:B", valeur=12)
    ligne = campagne.construire().une("publication.etat_fiche", fiche_id=FICHE, annee=2025)
    assert (ligne["etat"], ligne["raison"]) == ("atteint", "2 atteints (sur 2 indicateurs)")


def test_prochain_jalon():
    campagne = CampagneMinuscule(
        [indicateur(nom, "jalon", libelle=nom, **REFERENT) for nom in ("Charte", "Guichet", "Bilan")], []
    )
    for nom, declare, prevu_le in (
        ("Charte", "Réalisé", "2025-01-01"),
        ("Guichet", "En cours", "2026-03-01"),
        ("Bilan", "Non engagé", "2027-01-01"),
    ):
        campagne.repondre(FICHE, 2025, f"i:{nom}", etat=declare, prevu_le=prevu_le)
    ligne = campagne.construire().une("publication.etat_fiche", fiche_id=FICHE, annee=2025)
    assert ligne["prochain_jalon"] == "Guichet, mars 2026"
