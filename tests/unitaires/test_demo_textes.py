"""The fictional prose: enough of it, varied from year to year, naming nobody."""

import pytest

from etl.canevas.reponse.textes_libres import motifs_a_relire
from etl.demo.textes import phrases, rediger

TOUTES = [
    phrase
    for rubriques in phrases().values()
    for familles in rubriques.values()
    for liste in familles.values()
    for phrase in liste
]


def test_la_banque_tient_plus_de_soixante_phrases_courtes_et_differentes():
    assert len(set(TOUTES)) == len(TOUTES) >= 60
    assert max(len(phrase) for phrase in TOUTES) < 120


@pytest.mark.parametrize("phrase", TOUTES)
def test_aucune_phrase_ne_semble_nommer_quelqu_un(phrase):
    assert motifs_a_relire(phrase) == ()


def test_deux_annees_de_suite_ne_disent_pas_la_meme_chose():
    dits = [
        rediger(
            "structure", "points_forts", "jeunesse", repondant_id="york", annee=annee, quartier="Grésilles"
        )
        for annee in (2023, 2024, 2025)
    ]
    assert len(set(dits)) == 3


def test_le_quartier_et_l_annee_sont_ecrits_dans_la_phrase():
    dits = rediger(
        "structure",
        "evenements_majeurs",
        "commun",
        repondant_id="x",
        annee=2024,
        quartier="Montchapet",
        nombre=8,
    )
    assert "séminaire de coordination du quartier Montchapet" in dits
    assert "septembre 2024" in dits
    assert "{" not in dits


def test_une_rubrique_inconnue_est_refusee():
    with pytest.raises(KeyError):
        rediger("structure", "inconnue", "jeunesse", repondant_id="x", annee=2024, quartier="")
