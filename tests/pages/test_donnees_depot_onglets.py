"""Two tabs, or two people: a gesture made on what is no longer there accepts nothing else in its place."""

import datetime as dt
import shutil

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.redaction.ecriture import ecrire
from etl.construction import chantier
from etl.reception import acceptation, lots
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE
from tests.exemples.formulaire_rempli import remplir

PAGE = "donnees/collecte"
ACCEPTER = "3. Accepter 1 fichier"


@pytest.fixture
def depots(tmp_path, monkeypatch):
    """Two drops of one report each, that of L’Archipel last."""
    (tmp_path / "raw").mkdir()
    monkeypatch.setenv("CTG_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    monkeypatch.setattr(chantier, "lancer", lambda entrepot: True)
    convention = charger(dossier_par_defaut())
    for structure in ("cs-le-tempo", "archipel"):
        (chemin,) = ecrire(convention, 2025, tmp_path / structure, structure=structure)
        remplir(chemin, {("v:familles", "valeur"): 200})
        lots.deposer([(f"{structure}.xlsx", chemin.read_bytes())], tmp_path / "depots")
    return tmp_path


def bouton(page, label):
    return next(b for b in page.essai.button if b.label == label)


def recus(racine):
    return [chemin.name for chemin in (racine / "raw").rglob("*.xlsx")]


def test_accepter_un_depot_deja_accepte_ailleurs_n_en_accepte_pas_un_autre(ouvrir, entrepots, depots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="deposer", annee="2025")
    montre = next(c.label for c in page.essai.checkbox).replace("\\", "")
    vu = "archipel" if "archipel" in montre else "cs-le-tempo"
    autre = {"archipel": "cs-le-tempo", "cs-le-tempo": "archipel"}[vu]
    perime = bouton(page, ACCEPTER)
    lot = next(x for x in lots.en_attente(depots / "depots") if x.pieces[0].nom == f"{vu}.xlsx")
    shutil.rmtree(lot.dossier)  # somebody else decided
    perime.click().run()
    assert not page.essai.exception
    assert recus(depots) == []
    assert autre in next(c.label for c in page.essai.checkbox).replace("\\", "")
    bouton(page, ACCEPTER).click().run()
    assert recus(depots) == [f"{autre}.xlsx"]


def test_un_apercu_qui_a_change_se_relit_avant_d_accepter(ouvrir, entrepots, depots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="deposer", annee="2025")
    vu, autre = sorted(lots.en_attente(depots / "depots"), key=lambda lot: lot.lot_id, reverse=True)
    perime = bouton(page, ACCEPTER)
    structure = vu.pieces[0].nom.removesuffix(".xlsx")
    (chemin,) = ecrire(charger(dossier_par_defaut()), 2025, depots / "apres", structure=structure)
    remplir(chemin, {("v:familles", "valeur"): 300})
    lots.deposer([("ailleurs.xlsx", chemin.read_bytes())], depots / "ailleurs")
    (ailleurs,) = lots.en_attente(depots / "ailleurs")
    acceptation.accepter(
        ailleurs, {"ailleurs.xlsx": vu.depose_le.replace(year=2020)}, depots / "raw", depots / "ailleurs"
    )
    perime.click().run()
    assert recus(depots) == ["ailleurs.xlsx"]  # what accepting does is no longer what was read
    assert "compterait à la place de" in page.mots
    bouton(page, ACCEPTER).click().run()
    assert sorted(recus(depots)) == sorted(["ailleurs.xlsx", f"{structure}.xlsx"])


def test_une_date_corrigee_survit_au_navigateur_ferme_et_vaut_pour_tous(ouvrir, entrepots, depots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="deposer", annee="2025")
    page.essai.date_input[0].set_value(dt.date(2025, 5, 3)).run()
    ailleurs = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="deposer", annee="2025")
    assert ailleurs.essai.date_input[0].value == dt.date(2025, 5, 3)
    bouton(ailleurs, ACCEPTER).click().run()
    (receptions,) = (depots / "raw").rglob("receptions.csv")
    assert ";2025-05-03T00:00:00" in receptions.read_text(encoding="utf-8")


def test_une_date_corrigee_dans_un_onglet_se_lit_dans_l_autre(ouvrir, entrepots, depots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="deposer", annee="2025")
    ailleurs = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="deposer", annee="2025")
    page.essai.date_input[0].set_value(dt.date(2025, 5, 3)).run()
    ailleurs.essai.run()
    assert ailleurs.essai.date_input[0].value == dt.date(2025, 5, 3)
