"""What was dropped is never dropped again: described, confirmed or set aside, it is read once more."""

import shutil

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.reception import lots
from etl.saisies import ajouter
from tests.exemples.classeur_libre import ISAJE, ecrire
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE
from tests.exemples.formulaire_plein import ecrire_plein
from tests.integration.test_canevas_sans_reperes import ADHERENTS, CENTRE, colle, ligne_de, retoucher

PAGE = "donnees/collecte"
ADMISSIONS = {"Extraction": [["Code structure", "Nb admissions"], ["micro-creche-colombiere", 33]]}


@pytest.fixture
def lieux(tmp_path, monkeypatch):
    convention = tmp_path / "dijon"
    shutil.copytree(dossier_par_defaut(), convention)
    (tmp_path / "raw").mkdir()
    monkeypatch.setenv("CTG_REFERENTIEL", str(convention))
    monkeypatch.setenv("CTG_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    return convention


@pytest.fixture
def inconnu(tmp_path, lieux):
    chemin = ecrire(tmp_path / "isaje.xlsx", ADMISSIONS)
    lots.deposer([(chemin.name, chemin.read_bytes())], tmp_path / "depots")
    return chemin


def decrire(convention):
    (convention / "classeurs_libres" / "isaje.yml").write_text(ISAJE, encoding="utf-8")


def bouton(page, label):
    return next(b for b in page.essai.button if b.label == label)


def resume(page):
    return page.mots.replace("**", "")


def test_un_classeur_refuse_est_relu_des_qu_il_est_decrit(ouvrir, entrepots, lieux, inconnu):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="deposer", annee="2025")
    assert "1 fichier : 1 refusé" in resume(page)
    decrire(lieux)
    page.essai.run()
    assert "1 fichier : 1 serait chargé" in resume(page)
    assert [case.value for case in page.essai.checkbox] == [True]
    assert "Extrait 2025" in page.mots


def test_un_classeur_refuse_mene_a_sa_description_sans_etre_depose_a_nouveau(
    ouvrir, entrepots, lieux, inconnu, tmp_path
):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="deposer", annee="2025")
    (lien,) = [x for x in page.essai.get("page_link") if "Décrire ce classeur" in x.proto.label]
    (lot,) = lots.en_attente(tmp_path / "depots")
    assert "volet=decrire" in lien.proto.query_string and lot.lot_id in lien.proto.query_string
    adresse = {"volet": "decrire", "depose": f"{lot.lot_id}/isaje.xlsx", "annee": "2025"}
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, **adresse)
    choisi = next(s for s in page.essai.selectbox if s.label.startswith("ou un classeur reçu"))
    assert choisi.value == "isaje.xlsx"
    assert "2. Où sont les tableaux" in page.mots


def test_un_classeur_ecarte_se_reprend_sans_le_deposer_a_nouveau(ouvrir, entrepots, lieux, inconnu, tmp_path):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="deposer", annee="2025")
    page.essai.text_input[0].input("Personne ne sait le lire")
    bouton(page, "Écarter 1 fichier").click().run()
    assert lots.en_attente(tmp_path / "depots") == []
    assert "« isaje.xlsx »" in page.mots and "Personne ne sait le lire" in page.mots
    decrire(lieux)
    bouton(page, "Reprendre").click().run()
    assert not page.essai.exception
    assert "1 fichier : 1 serait chargé" in resume(page)
    assert not [b for b in page.essai.button if b.label == "Reprendre"]


def test_un_formulaire_est_relu_une_fois_ses_libelles_confirmes(ouvrir, entrepots, lieux, tmp_path):
    plein = ecrire_plein(charger(lieux), CENTRE, tmp_path)
    copie = colle(plein, tmp_path / "colle.xlsx")
    retoucher(copie, lambda f: setattr(f.cell(ligne_de(f, ADHERENTS), 1), "value", "nb d’adhérents"))
    lots.deposer([(copie.name, copie.read_bytes())], tmp_path / "depots")
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="deposer", annee="2025")
    assert "nb d’adhérents" in page.cellules() and "libellé" in page.cellules()
    avant = page.mots
    ajouter(
        "libelles",
        {"fonction": "coordination", "raison": "", "libelle": "nb d’adhérents", "cle": "v:adherents"},
    )
    page.essai.run()
    assert "nb d’adhérents" not in "\n".join(str(t.value.to_numpy()) for t in page.essai.table)
    assert page.mots != avant


def test_les_libelles_d_un_formulaire_qui_attend_se_confirment_sur_place(ouvrir, entrepots, lieux, tmp_path):
    plein = ecrire_plein(charger(lieux), CENTRE, tmp_path)
    copie = colle(plein, tmp_path / "colle.xlsx")
    retoucher(copie, lambda f: setattr(f.cell(ligne_de(f, ADHERENTS), 1), "value", "nb d’adhérents"))
    lots.deposer([(copie.name, copie.read_bytes())], tmp_path / "depots")
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="deposer", annee="2025")
    (choix,) = page.essai.multiselect
    assert choix.options == ["« nb d’adhérents » veut dire « Adhérents »"]
    bouton(page, "Confirmer et relire").click().run()
    assert "Choisir au moins un libellé" in page.essai.error[0].value
    page.essai.multiselect[0].set_value(["nb d’adhérents"])
    bouton(page, "Confirmer et relire").click().run()
    assert not page.essai.exception and not page.essai.multiselect
    assert "nb d’adhérents;v:adherents" in (tmp_path / "saisies" / "libelles.csv").read_text(encoding="utf-8")
    assert not list((tmp_path / "raw").iterdir())  # confirmed, and nothing accepted yet
