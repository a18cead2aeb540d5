"""The tab « Déposer » with something waiting: what came by mail and in an archive, and what is said of it."""

import datetime as dt
import io
import zipfile
from email.message import EmailMessage

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.redaction.ecriture import ecrire
from etl.reception import lots
from etl.reception.constat import ECARTE, Examen
from pages.donnees.depots import phrases
from tests.exemples.formulaire_rempli import remplir

PAGE = "donnees/collecte"


@pytest.fixture
def attente(tmp_path, monkeypatch):
    """A real report joined to a message of 2 March, and an archive holding a file nobody knows."""
    (tmp_path / "raw").mkdir()
    monkeypatch.setenv("CTG_RAW", str(tmp_path / "raw"))
    (rapport,) = ecrire(charger(dossier_par_defaut()), 2025, tmp_path / "canevas", structure="archipel")
    remplir(rapport, {("v:familles", "valeur"): 191})
    message = EmailMessage()
    message["Date"] = "Sun, 02 Mar 2025 09:30:00 +0100"
    message.set_content("Bonjour")
    message.add_attachment(
        rapport.read_bytes(), maintype="application", subtype="zip", filename="rapport.xlsx"
    )
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w") as archive:
        archive.writestr("notes.csv", "a;b\n1;2\n")
        archive.writestr("__MACOSX/._notes.csv", "")
    lots.deposer([("m.eml", message.as_bytes()), ("envoi.zip", octets.getvalue())], tmp_path / "depots")
    return tmp_path


def test_ce_qui_attend_est_lu_date_et_coche_selon_son_sort(ouvrir, entrepots, attente):
    page = ouvrir(entrepots("regime-etabli"), PAGE, volet="deposer")
    assert "2 fichiers : 1 serait chargé, 1 refusé. Rien n’est encore chargé." in page.mots.replace("**", "")
    assert "la campagne fictive disparaît" in page.mots  # the first real report
    assert "Rapport 2025 : L’Archipel · 1 réponse" in page.mots
    assert "dans « message du 02/03/2025 »" in page.mots and "dans « envoi.zip »" in page.mots
    assert "Fichier technique" in page.mots
    assert page.mots.count("Fichier non reconnu : ses colonnes (a, b…)") == 1
    cases = {case.label.split("*")[2].replace("\\", ""): case.value for case in page.essai.checkbox}
    assert cases == {"rapport.xlsx": True, "notes.csv": False}
    recus = [str(jour.value) for jour in page.essai.date_input]
    assert recus[1] == "2025-03-02"  # what is refused comes first
    assert "3. Accepter 1 fichier" in [bouton.label for bouton in page.essai.button]


def test_un_fichier_reconnu_et_laisse_n_est_pas_dit_inconnu():
    laisse = Examen("iris.csv", ECARTE, None, "Ce sont les allocataires de 2009.", (), 0, 0, (), ())
    assert phrases.nature(laisse) == ""
    assert phrases.contenu(laisse) == "Ce sont les allocataires de 2009."


def choisis(page):
    return [case.value for case in page.essai.checkbox if case.label.startswith("**")]


def test_un_fichier_que_sa_date_rend_utile_se_coche_de_lui_meme(ouvrir, entrepots, attente):
    (brouillon,) = ecrire(charger(dossier_par_defaut()), 2025, attente / "canevas", structure="archipel")
    remplir(brouillon, {("v:familles", "valeur"): 180})
    (definitif,) = ecrire(charger(dossier_par_defaut()), 2025, attente / "suite", structure="archipel")
    remplir(definitif, {("v:familles", "valeur"): 200})
    lots.deposer(
        [("brouillon.xlsx", brouillon.read_bytes()), ("definitif.xlsx", definitif.read_bytes())],
        attente / "depots",
    )
    page = ouvrir(entrepots("regime-etabli"), PAGE, volet="deposer")
    assert choisis(page) == [False, False]  # nothing tells which is the last
    page.essai.date_input[1].set_value(dt.date(2025, 5, 3)).run()
    assert choisis(page) == [False, True]  # and the drop shown is the same
    assert page.essai.date_input[0].label == "Reçus le, pour tous"
    page.essai.date_input[0].set_value(dt.date(2025, 6, 30)).run()
    (lot, _) = lots.en_attente(attente / "depots")
    assert {piece.dit_le for piece in lot.pieces} == {dt.datetime(2025, 6, 30)}


def test_tout_ecarter_demande_une_raison_et_ne_charge_rien(ouvrir, entrepots, attente):
    page = ouvrir(entrepots("regime-etabli"), PAGE, volet="deposer")
    page.essai.checkbox[1].uncheck().run()
    next(b for b in page.essai.button if b.label == "Écarter 2 fichiers").click().run()
    assert "il manque la raison" in page.essai.error[0].value
    page.essai.text_input[0].input("Renvoyé par Mme Durand")
    next(b for b in page.essai.button if b.label == "Écarter 2 fichiers").click().run()
    assert "jamais la personne" in page.essai.error[0].value  # the reason is shown to everybody
    assert len(lots.en_attente(attente / "depots")[0].pieces) == 2
    page.essai.text_input[0].input("Envoi d’essai")
    next(b for b in page.essai.button if b.label == "Écarter 2 fichiers").click().run()
    assert not page.essai.exception
    assert "2 fichiers écartés" in page.essai.success[0].value
    assert not list((attente / "raw").iterdir())
    assert lots.en_attente(attente / "depots") == []


def test_un_disque_plein_se_dit_et_ne_change_rien(ouvrir, entrepots, attente, monkeypatch):
    page = ouvrir(entrepots("regime-etabli"), PAGE, volet="deposer")

    def plein(*arguments):
        raise OSError(28, "No space left on device", str(attente / "raw"))

    monkeypatch.setattr("etl.disque.os.write", plein)
    next(b for b in page.essai.button if b.label == "3. Accepter 1 fichier").click().run()
    dit = page.essai.error[0].value.replace("\\", "")
    assert "Rien n’a été accepté, rien n’est perdu" in dit and "le disque est plein" in dit
    assert not list((attente / "raw").iterdir())
    assert len(lots.en_attente(attente / "depots")[0].pieces) == 2
