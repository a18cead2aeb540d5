"""« Déposer » before a fiche with the aval: what would change is named, and accepting asks why."""

import pytest

from etl.construction import chantier
from etl.reception import lots
from tests.integration.test_reception_reprises import ENFANTS, RAISON, premiere, ville  # noqa: F401

PAGE = "donnees/collecte"
ACCEPTER = "3. Accepter 1 fichier"


@pytest.fixture
def attente(ville, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setenv("CTG_RAW", str(ville.raw))
    lances = []
    monkeypatch.setattr(chantier, "lancer", lambda entrepot: lances.append(entrepot) or True)
    envoi = ville.envoi({ENFANTS: 132})
    lots.deposer([(envoi.name, envoi.read_bytes())], tmp_path / "depots")
    ville.lances = lances
    return ville


def bouton(page, label):
    return next(b for b in page.essai.button if b.label == label)


def lignes(ville):  # noqa: F811
    return (ville.racine / "saisies" / "etapes.csv").read_text(encoding="utf-8").splitlines()


def test_la_fiche_est_nommee_et_sans_raison_rien_n_est_accepte(ouvrir, attente):
    avant = lignes(attente)
    page = ouvrir(attente.entrepot, PAGE, volet="deposer", annee="2025")
    (avis,) = page.essai.warning
    assert "aval de la Caf" in avis.value and "avant l’aval" in avis.value.replace("\u00a0", " ")
    assert "EN-1 · " in page.mots and "campagne 2025" in page.mots and "aval de la Caf" in page.mots
    changes = page.tableau("Aujourd’hui")
    assert any((c["Aujourd’hui"], c["Après"]) == ("105 enfants", "132 enfants") for c in changes)
    bouton(page, ACCEPTER).click().run()
    assert "il manque la raison" in page.essai.error[0].value
    next(t for t in page.essai.text_input if t.label.startswith("Raison")).set_value("Dit par Mme Durand")
    bouton(page, ACCEPTER).click().run()
    assert "jamais la personne" in page.essai.error[0].value
    assert not (attente.raw / "recus").exists() and lignes(attente) == avant and not attente.lances
    assert len(lots.en_attente(attente.depots)[0].pieces) == 1


def test_avec_une_raison_le_fichier_entre_et_l_aval_est_retire(ouvrir, attente):
    avant = lignes(attente)
    page = ouvrir(attente.entrepot, PAGE, volet="deposer", annee="2025")
    next(t for t in page.essai.text_input if t.label.startswith("Raison")).set_value(RAISON)
    bouton(page, ACCEPTER).click().run()
    assert not page.essai.exception
    assert len(list((attente.raw / "recus").glob("*/second.xlsx"))) == 1 and attente.lances
    (nouvelle,) = lignes(attente)[len(avant) :]
    assert f";coordination;{RAISON};2025;EN-1;;aval;retiree;non" in nouvelle


def test_un_fichier_laisse_de_cote_ne_reprend_aucun_aval(ouvrir, attente):
    lots.deposer(
        [("notes.csv", b"a;b\n1;2\n"), ("second.xlsx", attente.envoi({ENFANTS: 140}).read_bytes())],
        attente.depots,
    )
    page = ouvrir(attente.entrepot, PAGE, volet="deposer", annee="2025")
    assert page.essai.warning
    notes, second = page.essai.checkbox
    second.uncheck().run()
    page.essai.checkbox[0].check().run()
    assert not page.essai.warning and bouton(page, ACCEPTER)


def test_l_aval_retire_et_sa_raison_se_lisent_ensuite_dans_decider(ouvrir, attente):
    page = ouvrir(attente.entrepot, PAGE, volet="deposer", annee="2025")
    next(t for t in page.essai.text_input if t.label.startswith("Raison")).set_value(RAISON)
    bouton(page, ACCEPTER).click().run()
    attente.construire()
    page = ouvrir(attente.entrepot, PAGE, volet="decider", annee="2025")
    page.essai.segmented_control[0].set_value("etapes").run()
    matrice = {ligne["Fiche"].split(" · ")[0]: ligne for ligne in page.tableau("Aval de la Caf")}
    assert matrice["EN-1"]["Aval de la Caf"].startswith("retiré le ")
    next(s for s in page.essai.selectbox if s.label == "Fiche").set_value("EN-1").run()
    assert any("depuis l’aval, retiré le" in constat for constat in page.constats)
    assert {ligne["Raison"] for ligne in page.tableau("À l’aval")} == {RAISON}
    decision = next(s for s in page.essai.selectbox if s.label == "Décision")
    assert decision.options[0] == "déclarer de nouveau « confirmée par la structure »"


def test_retirer_un_rapport_sous_aval_le_dit_et_reprend_l_aval_avec_la_meme_raison(ouvrir, attente):
    attente.depots.rename(attente.depots.with_name("ailleurs"))  # nothing waits
    avant = lignes(attente)
    page = ouvrir(attente.entrepot, PAGE, volet="deposer", annee="2025")
    liste = page.essai.selectbox(key="recu_2025")
    liste.select_index(next(n for n, nom in enumerate(liste.options) if "Archipel" in nom)).run()
    gestes = next(x for x in page.essai.segmented_control if x.label == "Que faire ?")
    gestes.set_value("Retirer ce fichier").run()
    next(t for t in page.essai.text_input if t.label.startswith("Raison")).set_value(RAISON)
    bouton(page, "Voir ce qui changerait").click().run()
    assert "reviendrait avant l’aval de la Caf" in page.essai.warning[0].value and "EN-1 · " in page.mots
    assert lignes(attente) == avant
    bouton(page, "Retirer ce fichier et recharger").click().run()
    assert not page.essai.exception and attente.lances
    (nouvelle,) = lignes(attente)[len(avant) :]
    assert f";coordination;{RAISON};2025;EN-1;;aval;retiree;non" in nouvelle
