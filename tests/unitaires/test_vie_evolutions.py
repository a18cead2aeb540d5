"""An evolution compares two campaigns: when the older one moves after the aval, it says what the Caf saw."""

import pytest

from ctg import phrases
from etl.saisies import ajouter
from etl.saisies.decisions import declarer_etape
from tests.unitaires.test_vie_aval import CHEMIN, A, Essai, Lu

EVOLUTION = f"""
    SELECT affichage, a_l_aval FROM publication.evolution
    WHERE indicateur_id = '{A}' AND niveau = 'ville' AND type_structure = 'tous' AND perimetre = 'constant'
      AND annee = 2025 AND base = 'precedente'
"""


def simples(texte):
    return texte and texte.replace("\u202f", " ")


class DeuxCampagnes(Essai):
    """The same centre social answers 30 projects in 2024, 45 in 2025: + 50 %."""

    avant, vue = 30, None

    def campagne(self):
        campagne = super().campagne()
        campagne.repondre("foyer", 2024, f"i:{A}", valeur=self.avant)
        return campagne

    def decider(self, annee, etape, fonction, acte="atteinte"):
        champs = {"annee": annee, "fiche_id": "JE-1", "etape": etape, "acte": acte, "fonction": fonction}
        if self.vue is None or self.vue[0] != self.avant:  # no decision changes the figures
            self.vue = self.avant, Lu(self.construire())
        declarer_etape(self.vue[1], self.referentiel, champs | {"raison": "Dit en réunion"}, self.dossier)

    def avaliser(self, annee):
        for etape, fonction in CHEMIN:
            self.decider(annee, etape, fonction)

    def evolution(self):
        (lue,) = self.construire().lignes(EVOLUTION)
        return simples(lue["affichage"]), simples(lue["a_l_aval"])


@pytest.fixture
def essai(tmp_path):
    essai = DeuxCampagnes(tmp_path)
    essai.avaliser(2024)
    essai.avaliser(2025)
    return essai


def corriger_2024(essai):
    champs = {"repondant_id": "foyer", "annee": 2024, "cle": f"i:{A}", "code": "valeur"}
    valeurs = {"ancienne": 30, "nouvelle": 60, "fonction": "coordination", "raison": "Ligne oubliée"}
    ajouter("valeurs", champs | valeurs, essai.referentiel, essai.dossier)


def test_une_evolution_que_rien_n_a_changee_ne_dit_rien(essai):
    assert essai.evolution() == ("+ 50 %", None)


def test_la_base_corrigee_apres_l_aval_se_dit_sur_l_evolution(essai):
    corriger_2024(essai)
    assert essai.evolution() == ("− 25 %", "+ 50 %")
    base = essai.construire()
    # it is the reason of the other campaign: this one keeps its aval, and its own figures are those it saw
    assert base.lignes("SELECT annee FROM publication.etape WHERE etape = 'aval'") == [
        {"annee": 2024},
        {"annee": 2025},
    ]
    assert {c["annee"] for c in base.lignes("SELECT annee FROM collecte.changement_apres_aval")} == {2024}
    (etat,) = base.lignes(
        f"SELECT raison FROM publication.etat_indicateur WHERE indicateur_id = '{A}' AND annee = 2025"
    )
    assert simples(etat["raison"]).startswith("− 25 % (+ 50 % à l’aval) depuis 2024")


def test_un_nouvel_aval_de_la_base_ne_l_efface_pas(essai):
    """The older campaign was sent again and has its aval anew: nothing else would say that this one moved."""
    essai.decider(2024, "aval", "caf", acte="retiree")
    essai.avant = 60
    essai.avaliser(2024)
    assert essai.construire().lignes("SELECT * FROM collecte.changement_apres_aval") == []
    assert essai.evolution() == ("− 25 %", "+ 50 %")
    essai.decider(2025, "aval", "caf", acte="retiree")
    essai.decider(2025, "aval", "caf")  # what the Caf sees now
    assert essai.evolution() == ("− 25 %", None)


def test_une_copie_faite_avant_que_les_evolutions_y_soient_ne_retire_rien(essai):
    for copie in (essai.dossier / "avals").iterdir():
        lignes = copie.read_text(encoding="utf-8").splitlines(keepends=True)
        copie.write_text("".join(x for x in lignes if ";evolution;" not in x), encoding="utf-8")
    corriger_2024(essai)
    assert essai.evolution() == ("− 25 %", None)
    assert len(essai.construire().lignes("SELECT 1 FROM publication.etape WHERE etape = 'aval'")) == 2


def test_la_phrase_du_graphique_le_dit():
    mouvement = phrases.Mouvement("− 25 %", 2024, 2025, "publie", 9, 12, 30, 45, "+ 50 %")
    dite = phrases.evolution("Projets", mouvement, 0.5)
    assert dite == "− 25 % (+ 50 % à l’aval) depuis 2024, chez les mêmes répondants"
    assert len(dite.split()) <= phrases.MOTS_MAX
