"""A reason is shown to everybody: it says neither the small count it explains nor a few persons."""

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.reponse.petits_nombres import nombres_dits
from etl.canevas.reponse.textes_libres import motifs_d_une_raison
from etl.saisies import SaisieRefusee
from etl.saisies.registres import verifier

CONVENTION = charger(dossier_par_defaut())
CORRECTION = {
    "le": "2026-11-22T10:00:00",
    "fonction": "coordination",
    "repondant_id": "maison-phare",
    "annee": "2025",
    "cle": "i:JE-1.1.1-a",
    "code": "valeur",
    "ancienne": "39",
    "nouvelle": "3",
    "fictif": "oui",
}


@pytest.mark.parametrize(
    "raison",
    ["en fait trois", "Trois.", "n=3", "⑶ et non 39", "de 39 à ³", "leur fichier dit 3", "trois (3), non 39"],
)
def test_la_raison_d_une_correction_ne_redit_pas_le_petit_effectif(raison):
    with pytest.raises(SaisieRefusee, match="petit nombre de personnes"):
        verifier("valeurs", CORRECTION | {"raison": raison}, CONVENTION)


@pytest.mark.parametrize(
    "raison",
    [
        "Erreur de frappe, confirmée au téléphone",
        "une ligne comptée deux fois, 39 lu pour un total",  # the value is 3, not 2
        "le 3e envoi fait foi",
        "13,3 lu sur une autre ligne",
        "Cent jeunes oubliés",
    ],
)
def test_une_raison_dit_pourquoi(raison):
    verifier("valeurs", CORRECTION | {"raison": raison}, CONVENTION)


@pytest.mark.parametrize(
    "raison",
    [
        "trois jeunes",
        "3jeunes",
        "2 familles seulement",
        "dont 4 filles",
        "un seul enfant",
        "deux nouvelles familles",
    ],
)
def test_aucun_registre_ne_compte_quelques_personnes(raison):
    assert motifs_d_une_raison(raison) == ("un petit nombre de personnes",)


@pytest.mark.parametrize(
    "raison",
    [
        "Deux formulaires reçus",
        "une personne de la direction a appelé",
        "13 jeunes",
        "2,5 familles",
        "1 234 jeunes",
    ],
)
def test_ce_qui_n_en_compte_pas_passe(raison):
    assert motifs_d_une_raison(raison) == ()


def test_les_nombres_que_dit_une_phrase():
    assert nombres_dits("un, deux, 3, 4,5, 6e, 1ère et 70") == {2, 3, 70}
