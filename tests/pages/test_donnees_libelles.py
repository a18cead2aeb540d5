"""« Décider › Libellés à confirmer » : what a close wording means is said once, and written."""

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.construction import chantier
from etl.construction.entrepot import construire
from etl.saisies import lire
from tests.exemples.formulaire_plein import ecrire_plein
from tests.integration.test_canevas_sans_reperes import ADHERENTS, CENTRE, colle, ligne_de, retoucher


@pytest.fixture
def page(ouvrir, monkeypatch, tmp_path):
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    lances = []
    monkeypatch.setattr(chantier, "lancer", lambda entrepot: lances.append(entrepot) or True)
    raw = tmp_path / "raw"
    raw.mkdir()
    copie = colle(ecrire_plein(charger(dossier_par_defaut()), CENTRE, tmp_path), raw / "colle.xlsx")
    retoucher(copie, lambda f: setattr(f.cell(ligne_de(f, ADHERENTS), 1), "value", "nb d’adhérents"))
    entrepot = tmp_path / "warehouse.duckdb"
    construire((raw,), dossier_par_defaut(), entrepot)
    page = ouvrir(entrepot, "donnees/collecte", volet="decider", annee="2025")
    page.essai.segmented_control[0].set_value("libelles").run()
    assert not page.essai.exception
    return page, lances


def bouton(page):
    return next(b for b in page.essai.button if b.label == "Confirmer et recharger")


def test_un_libelle_confirme_s_ecrit_et_recharge(page):
    page, lances = page
    (ligne,) = page.tableau("Libellé lu")
    assert (ligne["Libellé lu"], ligne["Probablement"]) == ("nb d’adhérents", ADHERENTS)
    assert "colle.xlsx" in ligne["Où"]
    bouton(page).click().run()
    assert "Choisir au moins un libellé" in page.essai.error[0].value
    assert (lire("libelles").lignes, lances) == ((), [])
    (choix,) = [m for m in page.essai.multiselect if m.label == "Libellés à confirmer"]
    choix.set_value(["nb d’adhérents"])
    bouton(page).click().run()
    assert not page.essai.exception
    (ecrite,) = lire("libelles").lignes
    assert (ecrite.champs["libelle"], ecrite.champs["cle"]) == ("nb d’adhérents", "v:adherents")
    assert len(lances) == 1


def test_une_campagne_fictive_n_ecrit_rien(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), "donnees/collecte", volet="decider", annee="2025")
    page.essai.segmented_control[0].set_value("libelles").run()
    assert not page.essai.exception
    assert "Aucun libellé à confirmer" in page.mots
