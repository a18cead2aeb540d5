"""An aval withdrawn because figures change: what changed since, and why, stays until another aval."""

import pytest

from etl.saisies import SaisieRefusee
from tests.unitaires.test_vie_aval import A, Essai, etapes, regles

RAISON = "Rapport définitif reçu après l’aval"


@pytest.fixture
def essai(tmp_path):
    essai = Essai(tmp_path)
    essai.donner_l_aval()
    return essai


def ville(base):
    return base.une("collecte.changement_apres_aval", niveau="ville", indicateur_id=A, type_structure="tous")


def test_ce_qui_change_apres_un_aval_retire_se_montre_avec_la_raison_du_retrait(essai):
    essai.valeurs[A] = 50
    essai.declarer("aval", "coordination", acte="retiree", raison=RAISON)
    base = essai.construire()
    assert etapes(base)[-1] == "controlee" and regles(base) == []
    ligne = ville(base)
    assert (ligne["avant"][:2], ligne["apres"][:2], ligne["raison"]) == ("45", "50", RAISON)
    assert ligne["retire_le"] >= ligne["aval_le"]


def test_un_aval_donne_de_nouveau_repart_de_ce_qui_est_publie_ce_jour_la(essai):
    essai.valeurs[A] = 50
    essai.declarer("aval", "coordination", acte="retiree", raison=RAISON)
    with pytest.raises(SaisieRefusee, match="ont changé depuis qu’elle est « validée par le référent »"):
        essai.declarer("aval", "caf")
    essai.donner_l_aval()
    base = essai.construire()
    assert etapes(base)[-1] == "aval" and not base.lignes("SELECT * FROM collecte.changement_apres_aval")
    essai.valeurs[A] = 60
    ligne = ville(essai.construire())
    assert (ligne["avant"][:2], ligne["raison"], ligne["retire_le"]) == ("50", None, None)


def test_un_aval_emporte_par_le_retrait_d_une_etape_precedente_garde_sa_raison(essai):
    essai.valeurs[A] = 50
    essai.declarer("validee", "coordination", acte="retiree", raison="Le référent revient sur son accord")
    base = essai.construire()
    assert etapes(base)[-1] == "controlee"
    assert ville(base)["raison"] == "Le référent revient sur son accord"


def test_la_copie_d_un_aval_retire_peut_manquer_sans_que_rien_ne_le_reproche(essai, tmp_path):
    essai.declarer("aval", "coordination", acte="retiree", raison=RAISON)
    for copie in (tmp_path / "avals").iterdir():
        copie.unlink()
    base = essai.construire()
    assert regles(base) == [] and not base.lignes("SELECT * FROM collecte.changement_apres_aval")
