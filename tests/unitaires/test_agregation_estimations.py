"""An estimated cell marks every figure that counts it, and those only."""

from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

CENTRES = [structure("a", "gresilles"), structure("b", "gresilles"), structure("c", "maladiere")]
JEUNES = indicateur("J", unite="jeunes", unite_statistique="personne")
TRIMESTRES = indicateur("Q", unite="projets", granularite="trimestre")
MENTION = "dont estimations"


def base_avec(estimees, *reponses, indicateurs=(JEUNES,)):
    """Answers (structure, key, codes); those of `estimees` (structure, key) are estimates."""
    campagne = CampagneMinuscule(list(indicateurs), CENTRES)
    for qui, cle, codes in reponses:
        campagne.repondre(qui, 2025, cle, estime=(qui, cle) in estimees, **codes)
    return campagne.construire()


def test_la_ville_et_le_quartier_le_disent_pas_le_voisin():
    base = base_avec(
        {("a", "i:J")},
        ("a", "i:J", {"valeur": 120}),
        ("b", "i:J", {"valeur": 30}),
        ("c", "i:J", {"valeur": 40}),
    )
    ville = base.mesure("J")
    assert (ville["valeur"], ville["estime"]) == (190, True)
    assert MENTION in ville["mention"]
    assert base.mesure("J", "quartier", territoire_id="gresilles")["estime"]
    ailleurs = base.mesure("J", "quartier", territoire_id="maladiere")
    assert (ailleurs["estime"], MENTION in (ailleurs["mention"] or "")) == (False, False)
    assert not base.mesure("J", "structure", territoire_id="b")["estime"]


def test_un_trimestre_estime_marque_son_annee():
    base = base_avec(
        {("a", "i:Q")}, ("a", "i:Q", {"T1": 12, "T2": 9, "T3": 15, "T4": 9}), indicateurs=(TRIMESTRES,)
    )
    assert base.mesure("Q")["valeur"] == 45
    assert base.mesure("Q")["estime"]


def test_une_mesure_masquee_ne_dit_pas_qu_elle_est_estimee():
    mesure = base_avec({("a", "i:J")}, ("a", "i:J", {"valeur": 3})).mesure("J")
    assert (mesure["etat"], mesure["estime"], mesure["mention"]) == ("secret", False, None)
