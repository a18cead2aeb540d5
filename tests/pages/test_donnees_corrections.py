"""The tab « À corriger »: the queue, and the anomaly that somebody accepts with a reason."""

import pytest
import yaml

from etl.saisies.acceptations import FICHIER
from pages.donnees import reconstruction

PAGE = "donnees/collecte"


@pytest.fixture
def onglet(ouvrir, entrepots, monkeypatch, tmp_path):
    """The tab on the fictional campaign, its decisions in a folder of its own; a rebuild is only noted."""
    lances = []
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path))
    monkeypatch.setattr(reconstruction, "reconstruire", lances.append)
    page = ouvrir(entrepots("regime-etabli"), PAGE, annee="2025", volet="corriger")
    return page.essai, tmp_path / FICHIER, lances


def choisir(essai, label):
    return next(liste for liste in essai.selectbox if liste.label == label)


def test_une_anomalie_s_accepte_avec_une_fonction_et_une_raison(onglet):
    essai, fichier, lances = onglet
    anomalie = choisir(essai, "Anomalie")
    assert [option.split(" · ")[0] for option in anomalie.options] == ["À corriger", "À confirmer"]
    anomalie.set_value(anomalie.options.index(anomalie.options[0]) + 1)
    essai.text_input[0].set_value("La structure l’a confirmé par écrit")
    next(b for b in essai.button if b.label == "Accepter et recharger").click().run()
    assert not essai.exception
    (entree,) = yaml.safe_load(fichier.read_text(encoding="utf-8"))
    assert (entree["regle"], entree["cle"], entree["fictif"]) == (
        "nombre_illisible",
        "i:AVS-1.0.2-d",
        "oui",
    )
    assert entree["raison"] == "La structure l’a confirmé par écrit"
    assert lances == ["Anomalie acceptée"]


@pytest.mark.parametrize(
    ("raison", "mot"), [("", "dire la raison"), ("Mme Durand le dit", "le nom d’une personne")]
)
def test_sans_raison_ou_avec_un_nom_rien_ne_s_enregistre(onglet, raison, mot):
    essai, fichier, lances = onglet
    essai.text_input[0].set_value(raison)
    next(b for b in essai.button if b.label == "Accepter et recharger").click().run()
    assert mot in essai.error[0].value
    assert not fichier.exists()
    assert lances == []
