"""« Déposer » : a file received, its date corrected or the file withdrawn, seen before it is done."""

import datetime as dt
import shutil

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.redaction.ecriture import ecrire
from etl.construction import chantier
from etl.construction.entrepot import construire
from etl.inventaire import inventorier
from etl.reception import acceptation, ecartes, lots
from tests.exemples.fichiers_producteurs import TAUX
from tests.exemples.formulaire_rempli import remplir

PAGE = "donnees/collecte"
JUILLET = dt.datetime(2026, 7, 20, 9, 5)


@pytest.fixture
def ville(tmp_path, monkeypatch, ouvrir):
    """L’Archipel’s report, received five days late, and the page open on it."""
    monkeypatch.setenv("CTG_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    monkeypatch.setattr(chantier, "lancer", lambda entrepot: True)
    (tmp_path / "raw").mkdir()
    (vierge,) = ecrire(charger(dossier_par_defaut()), 2025, tmp_path, structure="archipel")
    envoi = shutil.move(vierge, tmp_path / "rapport.xlsx")
    remplir(envoi, {("v:familles", "valeur"): 180})
    lots.deposer([("rapport.xlsx", envoi.read_bytes())], tmp_path / "depots")
    lot = lots.en_attente(tmp_path / "depots")[0]
    acceptation.accepter(lot, {"rapport.xlsx": JUILLET}, tmp_path / "raw", tmp_path / "depots")
    (tmp_path / "raw" / "txcouv_pe_com.csv").write_text(TAUX, encoding="utf-8")  # open data: of nobody
    construire((tmp_path / "raw",), dossier_par_defaut(), tmp_path / "w.duckdb")
    page = ouvrir(tmp_path / "w.duckdb", PAGE, volet="deposer", annee="2025")
    liste = page.essai.selectbox(key="recu_2025")
    assert liste.options[0] == "L’Archipel · rapport.xlsx · 20/07/2026"
    assert liste.options[1].endswith(" · txcouv_pe_com.csv")
    liste.select_index(0).run()
    return page


def rapport(tmp_path):
    return next((r for r in inventorier(tmp_path / "raw") if r.chemin.name == "rapport.xlsx"), None)


def test_des_donnees_ouvertes_se_retirent_et_ne_se_datent_pas(ville, tmp_path):
    ville.essai.selectbox(key="recu_2025").select_index(1).run()
    assert not [x for x in ville.essai.segmented_control if x.label == "Que faire ?"]
    geste(ville, "Voir ce qui changerait", "Tronqué")
    assert "ne seraient plus là" in ville.mots
    geste(ville, "Retirer ce fichier et recharger", "")
    assert [r.chemin.name for r in inventorier(tmp_path / "raw")] == ["rapport.xlsx"]


def geste(page, libelle, raison):
    next(x for x in page.essai.text_input if x.label.startswith("Raison")).input(raison)
    next(b for b in page.essai.button if b.label == libelle).click().run()
    assert not page.essai.exception


def test_une_date_se_corrige_apres_avoir_vu_ce_qui_changerait(ville, tmp_path):
    assert "chargé, reçu le 20 juillet 2026 à 9 h 05" in ville.mots
    ville.essai.date_input[0].set_value(dt.date(2026, 7, 10))
    geste(ville, "Voir ce qui changerait", "Le courriel est du 10 juillet")
    assert "L’Archipel, 2025 : reçu en retard de 5 jours → reçu" in ville.mots
    avant = rapport(tmp_path).recu_le
    assert avant == JUILLET  # nothing was written
    geste(ville, "Enregistrer la date et recharger", "")
    assert rapport(tmp_path).recu_le == dt.datetime(2026, 7, 10)
    assert (
        "(Chargé·e de coopération CTG) : reçu le 10 juillet 2026. Le courriel est du 10 juillet" in ville.mots
    )
    assert "Reprendre : reçu le 20 juillet 2026 à 9 h 05" in [b.label for b in ville.essai.button]


@pytest.mark.parametrize(
    ("raison", "dit"),
    [
        ("", "une raison est nécessaire"),
        ("Mme Martin l’a dit", "dire la fonction, jamais la personne"),
        ("Le jour a été effacé", "écrire le jour"),
    ],
)
def test_sans_raison_ni_jour_rien_n_est_essaye(ville, raison, dit):
    ville.essai.date_input[0].set_value(None if "effacé" in raison else dt.date(2026, 7, 10))
    geste(ville, "Voir ce qui changerait", raison)
    assert dit in ville.essai.error[0].value
    assert "Enregistrer la date et recharger" not in [b.label for b in ville.essai.button]


def test_un_fichier_se_retire_et_attend_parmi_les_ecartes(ville, tmp_path):
    next(x for x in ville.essai.segmented_control if x.label == "Que faire ?").set_value(
        "Retirer ce fichier"
    ).run()
    geste(ville, "Voir ce qui changerait", "Envoyé par erreur")
    assert "L’Archipel, 2025 : reçu en retard de 5 jours → en retard, non reçu" in ville.mots
    geste(ville, "Retirer ce fichier et recharger", "")
    assert rapport(tmp_path) is None
    (ecarte,) = ecartes.ecartes(tmp_path / "depots")
    assert ecarte.noms == ("rapport.xlsx",)
