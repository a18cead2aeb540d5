"""Two submissions of one respondent, year and day: which counts is said, and the officer settles it."""

import datetime as dt
import shutil

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.redaction.ecriture import ecrire
from etl.construction import chantier
from etl.construction.entrepot import construire
from etl.reception import acceptation, lots
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE
from tests.exemples.formulaire_rempli import remplir

PAGE = "donnees/collecte"
FAMILLES = ("v:familles", "valeur")
JOUR = dt.date(2025, 5, 4)


@pytest.fixture(scope="module")
def rapports(tmp_path_factory):
    """A draft and the final report of L’Archipel."""
    dossier = tmp_path_factory.mktemp("rapports")
    (vierge,) = ecrire(charger(dossier_par_defaut()), 2025, dossier, structure="archipel")
    for nom, familles in (("brouillon", 180), ("definitif", 200)):
        remplir(shutil.copy(vierge, dossier / f"{nom}.xlsx"), {FAMILLES: familles})
    return dossier


@pytest.fixture
def ville(tmp_path, monkeypatch, rapports):
    monkeypatch.setenv("CTG_RAW", str(tmp_path / "raw"))
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    (tmp_path / "raw").mkdir()

    def deposer(*noms):
        fichiers = [(f"{nom}.xlsx", (rapports / f"{nom}.xlsx").read_bytes()) for nom in noms]
        lots.deposer(fichiers, tmp_path / "depots")
        return lots.en_attente(tmp_path / "depots")[0]

    def accepter(recu_le):
        lot = deposer("brouillon")
        acceptation.accepter(lot, {"brouillon.xlsx": recu_le}, tmp_path / "raw", tmp_path / "depots")
        construire((tmp_path / "raw",), dossier_par_defaut(), tmp_path / "w.duckdb")
        return tmp_path / "w.duckdb"

    deposer.apres_un_brouillon_du = accepter
    return deposer


def deplacer(page, jour):
    next(champ for champ in page.essai.date_input if champ.label == "Reçu le").set_value(jour).run()
    assert not page.essai.exception


def departager(page):
    return next(c for c in page.essai.checkbox if "même jour" in c.label)


def sort(page):
    return page.essai.checkbox[0].label.split("— ")[1]


def test_un_envoi_dit_lequel_il_remplace_et_pourquoi(ouvrir, ville):
    entrepot = ville.apres_un_brouillon_du(dt.datetime(2025, 5, 4, 9, 5))
    ville("definitif")
    page = ouvrir(entrepot, PAGE, volet="deposer", annee="2025")
    assert "compterait à la place de" in page.mots
    assert "brouillon.xlsx » (reçu le 4 mai 2025 à 9 h 05, plus ancien)" in page.mots
    assert not page.essai.time_input  # months later: its hour would tell nothing
    deplacer(page, dt.date(2025, 5, 1))
    assert "ne compterait pas : «" in page.mots and "est plus récent" in page.mots
    assert not [c for c in page.essai.checkbox if "même jour" in c.label]  # three days before: no doubt


@pytest.mark.parametrize(
    "brouillon",
    [
        pytest.param(dt.datetime(2025, 5, 4), id="sans heure, rien ne les départage"),
        pytest.param(dt.datetime(2025, 5, 4, 9, 5), id="une heure contre un jour"),
    ],
)
def test_recus_le_meme_jour_la_personne_dit_lequel_est_le_dernier(ouvrir, ville, brouillon, tmp_path):
    entrepot = ville.apres_un_brouillon_du(brouillon)
    lot = ville("definitif")
    page = ouvrir(entrepot, PAGE, volet="deposer", annee="2025")
    deplacer(page, JOUR)
    assert sort(page) in ("Ne serait pas chargé", "Plus ancien qu’un autre envoi")
    if brouillon.time() == dt.time():
        assert "aucun ne compterait, même déjà chargé" in page.mots
    assert not page.essai.checkbox[0].value and not departager(page).value
    departager(page).check().run()
    assert sort(page) == "Serait chargé" and page.essai.checkbox[0].value
    assert "compterait à la place de" in page.mots
    departager(page).uncheck().run()
    assert sort(page) != "Serait chargé"
    departager(page).check().run()
    accepter = next(b for b in page.essai.button if b.label == "3. Accepter 1 fichier")
    assert not accepter.disabled
    recu_le = brouillon + dt.timedelta(seconds=1)
    acceptation.accepter(lot, {"definitif.xlsx": recu_le}, tmp_path / "raw", tmp_path / "depots")
    bilan = construire((tmp_path / "raw",), dossier_par_defaut(), entrepot)
    assert (bilan.nb_formulaires, bilan.rejets) == (1, ())


def test_l_heure_dite_decide_et_s_ecrit_avec_la_date(ouvrir, ville, tmp_path, monkeypatch):
    monkeypatch.setattr(chantier, "lancer", lambda entrepot: True)
    entrepot = ville.apres_un_brouillon_du(dt.datetime(2025, 5, 4, 9, 5))
    ville("definitif")
    page = ouvrir(entrepot, PAGE, volet="deposer", annee="2025")
    deplacer(page, JOUR)
    assert page.essai.time_input[0].value is None  # only its day is known
    for heure, attendu in (
        (dt.time(8, 50), "Plus ancien qu’un autre envoi"),
        (dt.time(14, 30), "Serait chargé"),
    ):
        page.essai.time_input[0].set_value(heure).run()
        assert not page.essai.exception
        assert sort(page).startswith(attendu) and page.essai.time_input[0].value == heure
    assert "(reçu le 4 mai 2025 à 9 h 05, plus ancien)" in page.mots
    next(b for b in page.essai.button if b.label == "3. Accepter 1 fichier").click().run()
    registres = (tmp_path / "raw" / "recus").glob("*/receptions.csv")
    (ligne,) = [x for r in registres for x in r.read_text(encoding="utf-8").splitlines() if "definitif" in x]
    assert ligne.endswith(";definitif.xlsx;2025-05-04T14:30:00")


@pytest.mark.parametrize(
    ("heures", "dit", "choisi"),
    [
        pytest.param((None, None), "rien ne dit lequel est arrivé le dernier", "definitif", id="sans ordre"),
        pytest.param((9, 14), "definitif.xlsx » compte", "brouillon", id="le mauvais ordre"),
    ],
)
def test_deja_recus_le_meme_jour_la_personne_dit_lequel_compte(
    ouvrir, ville, tmp_path, monkeypatch, heures, dit, choisi
):
    lances = []
    monkeypatch.setattr(chantier, "lancer", lambda entrepot: lances.append(entrepot) or True)
    for nom, heure in zip(("brouillon", "definitif"), heures, strict=True):
        recu_le = dt.datetime.combine(JOUR, dt.time(heure or 0))
        acceptation.accepter(ville(nom), {f"{nom}.xlsx": recu_le}, tmp_path / "raw", tmp_path / "depots")
    entrepot = tmp_path / "w.duckdb"
    construire((tmp_path / "raw",), dossier_par_defaut(), entrepot)
    page = ouvrir(entrepot, PAGE, volet="deposer", annee="2025")
    (volet,) = [e for e in page.essai.expander if e.label.startswith("Reçus le même jour")]
    assert (volet.label, volet.proto.expanded) == ("Reçus le même jour : 1 répondant", heures[0] is None)
    assert "L’Archipel" in page.mots and dit in page.mots
    garder = next(b for b in page.essai.button if b.label.startswith("Garder cet ordre"))
    assert garder.disabled
    liste = next(s for s in page.essai.selectbox if s.label.startswith("Arrivé le dernier"))
    liste.select_index(next(n for n, nom in enumerate(liste.options) if choisi in nom)).run()
    next(b for b in page.essai.button if b.label.startswith("Garder cet ordre")).click().run()
    assert not page.essai.exception and lances
    construire((tmp_path / "raw",), dossier_par_defaut(), entrepot)
    page = ouvrir(entrepot, PAGE, volet="deposer", annee="2025")
    assert f"{choisi}.xlsx » compte." in page.mots


def test_recus_a_des_jours_differents_rien_n_est_demande(ouvrir, ville, tmp_path):
    entrepot = ville.apres_un_brouillon_du(dt.datetime(2025, 5, 4, 9, 5))
    lot = ville("definitif")
    acceptation.accepter(
        lot, {"definitif.xlsx": dt.datetime(2025, 5, 5)}, tmp_path / "raw", tmp_path / "depots"
    )
    construire((tmp_path / "raw",), dossier_par_defaut(), entrepot)
    page = ouvrir(entrepot, PAGE, volet="deposer", annee="2025")
    assert not [e for e in page.essai.expander if e.label.startswith("Reçus le même jour")]


def test_deposes_ensemble_le_dernier_coche_compte(ouvrir, ville, entrepots):
    ville("brouillon", "definitif")
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="deposer", annee="2025")
    mots = page.mots.replace("**", "")
    assert (
        "2 fichiers : 2 ne seraient pas chargés" in mots
        and "rien ne dit lequel est arrivé le dernier" in mots
    )
    ordres = [c for c in page.essai.checkbox if "même jour" in c.label]
    assert len(ordres) == 2
    ordres[1].check().run()
    mots = page.mots.replace("**", "")
    assert "1 serait chargé, 1 plus ancien qu’un autre envoi" in mots
