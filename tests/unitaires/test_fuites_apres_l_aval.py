"""What the Caf has seen is not told again where it would now give a small count away.

A figure corrected after the aval becomes small; its neighbour, unchanged, is hidden with it: what it was that
day is what it still is.
"""

from dataclasses import replace

import pytest

from ctg.referentiel.modeles import Lien
from etl.saisies import ajouter
from tests.exemples.attaque.voisin import attaquer
from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure
from tests.unitaires.test_vie_aval import B, Essai

COMPTES = {"a": 30, "b": 12, "c": 20}


class Voisins(Essai):
    """Three centres sociaux of two quartiers, whose numbers had the aval."""

    def campagne(self):
        campagne = CampagneMinuscule(
            [indicateur(B, unite="jeunes", unite_statistique="personne")],
            [structure(nom, "universite" if nom == "c" else "gresilles") for nom in COMPTES],
        )
        campagne.referentiel = replace(campagne.referentiel, liens=(Lien(B, None, "JE-1"),))
        for nom, compte in COMPTES.items():
            campagne.repondre(nom, 2025, f"i:{B}", valeur=compte)
        return campagne

    def corriger_de(self, qui, nouvelle):
        champs = {"fonction": "coordination", "raison": "Erreur de frappe signalée", "repondant_id": qui,
                  "annee": 2025, "cle": f"i:{B}", "code": "valeur", "ancienne": str(COMPTES[qui]),
                  "nouvelle": str(nouvelle)}  # fmt: skip
        ajouter("valeurs", champs, self.referentiel, self.dossier)


@pytest.mark.parametrize("retire", [False, True])
def test_ce_que_la_caf_a_vu_ne_rend_pas_ce_qui_se_tait_depuis(tmp_path, retire):
    essai = Voisins(tmp_path)
    essai.donner_l_aval()
    essai.corriger_de("a", 3)
    if retire:
        essai.declarer("aval", "coordination", acte="retiree", raison="Un chiffre était faux")
    base = essai.construire()
    assert base.mesure(B, "structure", "b")["etat"] == "secret"
    assert not [f for f in attaquer(base.connexion) if f.genre == "effectif"]
