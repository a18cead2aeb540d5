"""What may be corrected from the page, and what is refused there: a figure that moved, or nothing new."""

import pytest

from etl.saisies import SaisieRefusee, lire
from etl.saisies.cases import cases
from etl.saisies.corrections import RECUE
from etl.saisies.demande import corriger, lecture_a_verifier, montrer_saisie
from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

JEUNES, PROJETS, TAUX = "JE-1.1.1-a", "JE-1.1.2-a", "EN-1.0.p4"
PETIT = "(non montré : petit effectif possible)"


class Onglets:
    """A page that shows a warehouse, and may show it still once a decision was written."""

    def __init__(self, dossier):
        self.dossier = dossier
        self.campagne = CampagneMinuscule(
            [
                indicateur(JEUNES, unite_statistique="personne"),
                indicateur(PROJETS),
                indicateur(TAUX, "rapport"),
            ],
            [structure("foyer", "gresilles")],
        )
        self.base = None

    def executer(self, sql, **params):
        return self.base.connexion.execute(sql, params).df()

    def charger(self):
        self.base = self.campagne.construire(self.dossier)

    def cases(self):
        return {(c.cle, c.code): c for c in cases(self, self.campagne.referentiel, "foyer", 2025)}

    def corriger(self, cle, ancienne, nouvelle, code="valeur"):
        champs = {"repondant_id": "foyer", "annee": 2025, "cle": cle, "code": code, "fictif": "non"}
        champs |= {"ancienne": ancienne, "nouvelle": nouvelle}
        qui = {"fonction": "coordination", "raison": "Dit au téléphone"}
        return corriger(self, self.campagne.referentiel, champs | qui, self.dossier)

    def lignes(self):
        return [x.champs["nouvelle"] for x in lire("valeurs", self.campagne.referentiel, self.dossier).lignes]


@pytest.fixture
def page(tmp_path):
    essai = Onglets(tmp_path)
    essai.campagne.repondre("foyer", 2025, f"i:{JEUNES}", valeur=45)
    essai.campagne.repondre("foyer", 2025, f"i:{PROJETS}", valeur=None)
    essai.charger()
    return essai


def test_tout_ce_qui_est_demande_se_corrige_recu_ou_non(page):
    trouvees = page.cases()
    assert (
        trouvees[f"i:{JEUNES}", "valeur"].origine == "formulaire, foyer_2025.xlsx, feuille foyer, cellule F10"
    )
    vide = trouvees[f"i:{PROJETS}", "valeur"]
    assert (vide.contenu, vide.affichage) == ("", "—") and vide.origine.endswith("cellule F11, laissée vide")
    assert {trouvees[f"i:{TAUX}", code].origine for code in ("numerateur", "denominateur")} == {
        "rien n’a été reçu"
    }
    assert ("c:total-produits", "n-1") in trouvees and ("v:adherents", "valeur") in trouvees
    assert not any(code == "texte" for _, code in trouvees)


def test_une_part_de_trop_peu_d_adherents_ne_se_montre_pas(page):
    page.campagne.repondre("foyer", 2025, "v:adherents", valeur=8)
    page.campagne.repondre("foyer", 2025, "v:adherents-territoire", valeur=50)
    page.charger()
    assert page.cases()["v:adherents-territoire", "valeur"].affichage == PETIT


def test_deux_onglets_le_second_ne_corrige_pas_ce_qu_il_ne_voit_pas(page):
    page.corriger(f"i:{JEUNES}", "45", "47")
    with pytest.raises(SaisieRefusee, match="vient d’être corrigé ailleurs .*ligne 2"):
        page.corriger(f"i:{JEUNES}", "45", "50")
    page.charger()
    with pytest.raises(SaisieRefusee, match="a changé depuis qu’il a été affiché ; il est aujourd’hui : 47"):
        page.corriger(f"i:{JEUNES}", "45", "50")
    assert page.lignes() == ["47"]
    page.corriger(f"i:{JEUNES}", "47", "50")
    assert page.lignes() == ["47", "50"]


def test_un_rapport_arrive_entre_temps_arrete_la_correction(page):
    page.campagne = CampagneMinuscule([indicateur(JEUNES)], [structure("foyer", "gresilles")])
    page.campagne.repondre("foyer", 2025, f"i:{JEUNES}", valeur=52)
    page.charger()
    with pytest.raises(SaisieRefusee, match="a changé depuis"):
        page.corriger(f"i:{JEUNES}", "45", "47")


@pytest.mark.parametrize("nouvelle", ["45", " 45 ", "45 jeunes"])
def test_la_meme_valeur_n_est_pas_une_correction(nouvelle, page):
    with pytest.raises(SaisieRefusee, match="déjà la valeur d’aujourd’hui"):
        page.corriger(f"i:{JEUNES}", "45", nouvelle.strip())
    assert page.lignes() == []


@pytest.mark.parametrize("rien", ["", "n.c.", "-"])
def test_retirer_un_chiffre_absent_n_est_pas_une_correction(rien, page):
    with pytest.raises(SaisieRefusee, match="déjà la valeur d’aujourd’hui"):
        page.corriger(f"i:{PROJETS}", "", rien)


def test_le_meme_nombre_devenu_estimation_en_est_une(page):
    page.corriger(f"i:{JEUNES}", "45", "environ 45")
    page.charger()
    assert page.cases()[f"i:{JEUNES}", "valeur"].affichage == "environ 45"
    page.corriger(f"i:{JEUNES}", "45", "45")


def test_la_valeur_recue_ne_se_reprend_que_si_elle_fut_changee(page):
    assert not page.cases()[f"i:{JEUNES}", "valeur"].reprenable
    page.corriger(f"i:{JEUNES}", "45", "47")
    page.charger()
    case = page.cases()[f"i:{JEUNES}", "valeur"]
    assert case.reprenable and "; corrigé le " in case.origine and "Dit au téléphone" in case.origine
    page.corriger(f"i:{JEUNES}", "47", RECUE)
    page.charger()
    case = page.cases()[f"i:{JEUNES}", "valeur"]
    assert (case.affichage, case.reprenable) == ("45", False)
    assert "; valeur reçue reprise le " in case.origine


def test_ce_qui_se_lit_autrement_qu_il_s_ecrit_se_dit_avant(page):
    case, convention = page.cases()["c:total-produits", "n"], page.campagne.referentiel
    assert lecture_a_verifier(case, "12 500", convention) is None
    dite = lecture_a_verifier(case, "12 k€", convention).replace("\u202f", " ")
    assert "a été lu 12 000 euros" in dite
    jeunes = page.cases()[f"i:{JEUNES}", "valeur"]
    assert "ce qui l’accompagne est gardé en précision" in lecture_a_verifier(
        jeunes, "12 (dont 5 filles)", convention
    )
    assert "3" not in lecture_a_verifier(jeunes, "12 (dont 3 filles)", convention)
    assert "rien n’est chargé ici" in lecture_a_verifier(jeunes, "néant", convention)
    assert montrer_saisie(jeunes, "néant", convention) == "—"
    assert montrer_saisie(case, "1234567,89", convention).replace("\u202f", " ") == "1 234 567,89"
