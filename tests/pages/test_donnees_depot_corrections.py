"""« Déposer » before a figure corrected by hand: what the drop would make void is named without unfolding."""

import pytest

from etl.reception import lots
from tests.integration.test_reception_corrections_perdues import (  # noqa: F401
    ENFANTS_3_5,
    FAMILLES,
    corrigee,
    premiere,
    ville,
)

PAGE = "donnees/collecte"


@pytest.fixture
def deposer(ville, ouvrir, monkeypatch):  # noqa: F811
    monkeypatch.setenv("CTG_RAW", str(ville.raw))

    def page(reponses):
        envoi = ville.envoi(reponses)
        lots.deposer([(envoi.name, envoi.read_bytes())], ville.depots)
        return ouvrir(ville.entrepot, PAGE, volet="deposer", annee="2025")

    return page


def test_la_correction_perdue_est_nommee_avant_d_accepter(deposer):
    page = deposer({FAMILLES: 200, ENFANTS_3_5: 21})
    assert "Rien n’est encore chargé. 2 corrections à la main ne vaudraient plus." in page.mots
    lignes = {ligne["Chiffre"]: ligne for ligne in page.tableau("Corrigé en")}
    familles = lignes["L’Archipel, 2025 : Familles, nombre"]
    assert (familles["Avant"], familles["Corrigé en"]) == ("193", "195")
    assert "coopération" in familles["Par"] and familles["Le"].count("/") == 2
    (enfants,) = [ligne for chiffre, ligne in lignes.items() if "3 à 5" in chiffre]
    assert enfants["Corrigé en"] == "(non montré : petit effectif possible)"
    (volet,) = [e for e in page.essai.expander if e.label.startswith("Corrections à la main")]
    assert volet.label.endswith(": 2") and volet.proto.expanded


def test_un_envoi_qui_ne_perd_rien_n_en_parle_pas(deposer):
    page = deposer({})
    assert "1 fichier : 1 serait chargé.** Rien n’est encore chargé.\n" in page.mots
    assert not [e for e in page.essai.expander if e.label.startswith("Corrections à la main")]
