"""The states: a symbol and a word each, as the screens promise, readable on white."""

import pytest

from ctg import etats


def test_les_etats_promis():
    lus = {code: etats.libelle(code) for code in etats.ETATS}
    assert lus == {
        "atteint": "▲ Atteint",
        "en_progres": "● En progrès",
        "a_surveiller": "▼ À surveiller",
        "sans_cible": "○ Sans cible",
        "decale": "◌ Décalé",
        "donnees_insuffisantes": "? Données insuffisantes",
        "secret": "[c] secret statistique",
        "manquant": "[x] non disponible",
        "sans_objet": "[z] sans objet",
    }


def test_symboles_et_mots_ne_se_confondent_pas():
    assert len({etat.symbole for etat in etats.ETATS.values()}) == len(etats.ETATS)
    assert len({etat.mot for etat in etats.ETATS.values()}) == len(etats.ETATS)


def test_un_etat_inconnu_est_refuse():
    with pytest.raises(KeyError):
        etats.libelle("vert")


def test_mots_courts():
    assert etats.mot_court("secret") == "secret"
    assert etats.mot_court("sans_objet") == "s. o."
    assert etats.mot_court("manquant") == "n. d."
