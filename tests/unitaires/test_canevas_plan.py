"""What each form asks: never more than its respondent can answer."""

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.grammaire import CODES_PAR_SAISIE, analyser_cle
from etl.canevas.plan import lignes, plan_fiche, plan_structure
from etl.canevas.reponse.nombres import Nature


@pytest.fixture(scope="module")
def referentiel():
    return charger(dossier_par_defaut())


def demandes(referentiel, structure_id):
    return lignes(plan_structure(referentiel, referentiel.structures[structure_id], 2025))


def chiffres(plan):
    return sum(len(ligne.codes) for ligne in plan.values() if Nature.TEXTE not in ligne.natures)


def test_une_creche_donne_au_plus_quinze_chiffres(referentiel):
    creches = [s for s in referentiel.structures.values() if s.type_id == "eaje"]
    assert creches
    assert {chiffres(demandes(referentiel, s.structure_id)) <= 15 for s in creches} == {True}


def test_les_cles_se_relisent_et_les_codes_ont_chacun_leur_nature(referentiel):
    plans = [demandes(referentiel, s) for s in referentiel.structures]
    plans += [lignes(plan_fiche(referentiel, f)) for f in referentiel.fiches]
    for plan in plans:
        for cle, ligne in plan.items():
            assert analyser_cle(cle) == ligne.cle
            assert 1 <= len(ligne.codes) == len(ligne.natures) <= 4


def test_un_repondant_a_plusieurs_sites_repond_par_quartier_sans_total(referentiel):
    plan = demandes(referentiel, "mediatheques")
    lieux = {cle.partition("@")[2] for cle in plan if cle.startswith("i:JE-1.2.1-a@")}
    assert lieux == {*referentiel.quartiers, "ville"}
    assert "i:JE-1.2.1-a" not in plan
    assert "i:JE-1.2.1-a" in demandes(referentiel, "maison-maladiere")


def test_les_trimestres_n_ont_pas_de_total(referentiel):
    assert demandes(referentiel, "maison-maladiere")["i:JE-1.2.3-a"].codes == ("T1", "T2", "T3", "T4")


def test_les_niveaux_se_donnent_theme_par_theme(referentiel):
    plan = demandes(referentiel, "multi-accueil-balzac")
    niveaux = [cle for cle in plan if cle.startswith("i:PE-3.0.1-b")]
    assert len(niveaux) == 4
    assert all("#theme-qualite=" in cle for cle in niveaux)


def test_une_part_non_exclusive_ne_redemande_pas_son_denominateur(referentiel):
    plan = demandes(referentiel, "multi-accueil-balzac")
    assert plan["i:PE-2.0.2-d"].codes == CODES_PAR_SAISIE["rapport"]
    assert plan["i:PE-2.0.2-d#public=handicap"].codes == ("numerateur",)


def test_les_chiffres_clefs_ne_sont_demandes_qu_aux_centres_sociaux(referentiel):
    for structure in referentiel.structures.values():
        comptes = [c for c in demandes(referentiel, structure.structure_id) if c.startswith("c:")]
        attendus = len(referentiel.chiffres_clefs) if structure.type_id == "centre-social" else 0
        assert len(comptes) == attendus


def test_une_fiche_demande_ses_mesures_ses_jalons_et_ses_mots(referentiel):
    plan = lignes(plan_fiche(referentiel, "PE-5"))
    assert plan["t:etat_avancement"].natures == (Nature.ETAT,)
    assert plan["i:PE-5.j4"].codes == ("etat", "prevu_le", "realise_le", "avancement")
    assert {"t:phrase", "t:effets_negatifs", "t:suites"} <= set(plan)


def test_chaque_mesure_entree_l_est_dans_un_seul_genre_de_formulaire(referentiel):
    plans = [demandes(referentiel, structure_id) for structure_id in referentiel.structures]
    par_structure = {ligne.cle.objet_id for plan in plans for ligne in plan.values()}
    plans = [lignes(plan_fiche(referentiel, fiche_id)) for fiche_id in referentiel.fiches]
    par_fiche = {ligne.cle.objet_id for plan in plans for ligne in plan.values()}
    assert not par_structure & par_fiche
    attendues = {i.indicateur_id for i in referentiel.indicateurs.values() if i.demande}
    assert attendues <= par_structure | par_fiche


def test_une_moyenne_peut_avoir_des_decimales_un_effectif_non(referentiel):
    plan = lignes(plan_fiche(referentiel, "EN-2"))
    assert plan["i:EN-2.0.3-a"].natures == (Nature.DECIMAL, Nature.DECIMAL)
    assert plan["i:EN-2.0.2-a"].natures == (Nature.ENTIER, Nature.ENTIER)
