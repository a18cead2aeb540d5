"""« Corriger un chiffre » : entered where nothing came, seen before it is written, refused when stale."""

import shutil

import pytest

from ctg.entrepot import Entrepot
from ctg.referentiel import charger, dossier_par_defaut
from etl import saisies as registres
from etl.canevas.redaction.ecriture import ecrire
from etl.construction import chantier
from etl.construction.entrepot import construire
from etl.saisies.decisions import declarer_etape

CRECHE, MUETTE, ADMIS = "creche-princes-de-conde", "multi-accueil-tarnier", "PE-2.0.2-b"
LIEN = {"volet": "decider", "chiffre": ADMIS, "annee": "2025"}
VALEUR = "Nouvelle valeur (« n.c. » retire le chiffre)"
VOIR, ENREGISTRER = "Voir ce qui changerait", "Enregistrer la correction et recharger"


@pytest.fixture(scope="module")
def recus(tmp_path_factory):
    """One report of 2024 and one of 2025, and the warehouse they make without any decision."""
    dossier = tmp_path_factory.mktemp("une_creche")
    convention = charger(dossier_par_defaut())
    for annee, valeur in ((2024, 44), (2025, 45)):
        ecrire(convention, annee, dossier / "raw", reponses={CRECHE: {(f"i:{ADMIS}", "valeur"): valeur}})
    with pytest.MonkeyPatch.context() as contexte:
        contexte.setenv("CTG_SAISIES", str(dossier / "aucune"))
        construire((dossier / "raw",), dossier_par_defaut(), dossier / "w.duckdb")
    return dossier


@pytest.fixture
def page(recus, ouvrir, monkeypatch, tmp_path):
    """`page(repondant)`: the tab opened on the measure; rebuilding is done at once, beside the page."""
    monkeypatch.setenv("CTG_RAW", str(recus / "raw"))
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    monkeypatch.setattr(chantier, "lancer", lambda entrepot: True)
    shutil.copy(recus / "w.duckdb", tmp_path / "w.duckdb")
    return lambda repondant: ouvrir(tmp_path / "w.duckdb", "donnees/collecte", repondant=repondant, **LIEN)


def champ(page, label):
    return next(x for x in page.essai.text_input if x.label == label)


def cliquer(page, label):
    next(x for x in page.essai.button if x.label == label).click()
    page.essai.run(timeout=120)
    assert not page.essai.exception
    return page


def voir(page, valeur, raison="Dit au téléphone"):
    champ(page, VALEUR).set_value(valeur)
    champ(page, "Raison, sans nom de personne").set_value(raison)
    return cliquer(page, VOIR)


def boutons(page):
    return [x.label for x in page.essai.button]


def test_saisir_un_chiffre_que_personne_n_a_envoye(page):
    ouverte = page(MUETTE)
    assert "rien n’a été reçu" in ouverte.mots
    voir(ouverte, "12 (dont 5 filles)")
    assert "Multi-accueil Tarnier, 2025 : Enfants admis, nombre : — → 12" in ouverte.mots
    assert "gardé en précision" in ouverte.essai.warning[0].value
    ville = next(x for x in ouverte.tableau("Aujourd’hui") if "Dijon" in x["Chiffre"])
    assert (ville["Aujourd’hui"], ville["Après"]) == ("45 admissions", "57 admissions")
    assert registres.lire("valeurs").lignes == ()
    cliquer(ouverte, ENREGISTRER)
    (ligne,) = registres.lire("valeurs").lignes
    assert (ligne.champs["repondant_id"], ligne.champs["ancienne"], ligne.champs["nouvelle"]) == (
        MUETTE,
        "",
        "12 (dont 5 filles)",
    )


@pytest.mark.parametrize(
    ("valeur", "raison", "phrase"),
    [
        ("", "Dit au téléphone", "écrire la nouvelle valeur"),
        ("47", " ", "dire la raison"),
        ("45", "Dit au téléphone", "c’est déjà la valeur d’aujourd’hui"),
        ("85 %", "Dit au téléphone", "n’est pas un nombre entier"),
        ("12,5", "Dit au téléphone", "n’est pas un nombre entier"),
        ("47", "Dit par Mme Durand", "dire la fonction, jamais la personne"),
    ],
)
def test_ce_qu_un_agent_presse_ecrit_mal_est_dit_sans_rien_ecrire(valeur, raison, phrase, page):
    ouverte = voir(page(CRECHE), valeur, raison)
    assert phrase in ouverte.essai.error[0].value.replace("\\", "")
    assert ENREGISTRER not in boutons(ouverte) and registres.lire("valeurs").lignes == ()


def test_les_controles_qui_apparaitraient_se_disent_avant(page):
    ouverte = voir(page(CRECHE), "450")
    (signale,) = ouverte.tableau("Ce contrôle")
    assert (signale["Ce contrôle"], signale["Gravité"]) == ("apparaîtrait", "À confirmer")
    assert "contre 44 l’année précédente" in signale["Ce qui serait signalé"]


def ecrire_au_registre(nouvelle, ancienne="", repondant=CRECHE, annee=2025):
    cellule = {"repondant_id": repondant, "annee": annee, "cle": f"i:{ADMIS}", "code": "valeur"}
    qui = {"fonction": "coordination", "raison": "Appel"}
    registres.ajouter("valeurs", cellule | qui | {"ancienne": ancienne, "nouvelle": nouvelle})


def ecrites():
    return [x.champs["nouvelle"] for x in registres.lire("valeurs").lignes]


def test_un_autre_onglet_a_ecrit_et_rien_n_est_recharge(page):
    ouverte = voir(page(CRECHE), "47")
    ecrire_au_registre("50", "45")
    cliquer(ouverte, ENREGISTRER)
    assert "vient d’être corrigé ailleurs" in ouverte.essai.error[0].value.replace("\\", "")
    voir(ouverte, "48")
    assert "vient d’être corrigé ailleurs" in ouverte.essai.error[0].value.replace("\\", "")
    assert ecrites() == ["50"]


def test_un_apercu_que_l_entrepot_a_depasse_ne_s_enregistre_pas(page, recus, tmp_path):
    ouverte = voir(page(CRECHE), "47")
    ecrire_au_registre("50", "45")
    construire((recus / "raw",), dossier_par_defaut(), tmp_path / "w.duckdb")
    cliquer(ouverte, ENREGISTRER)
    (alerte,) = ouverte.essai.warning
    assert "a changé entre-temps" in alerte.value.replace("\\", "") and ": 50." in alerte.value
    assert ecrites() == ["50"] and ENREGISTRER not in boutons(ouverte)


def test_la_valeur_recue_se_reprend(page, recus, tmp_path):
    ouverte = voir(page(CRECHE), "47")
    cliquer(ouverte, ENREGISTRER)
    construire((recus / "raw",), dossier_par_defaut(), tmp_path / "w.duckdb")
    ouverte = page(CRECHE)
    champ(ouverte, "Raison, sans nom de personne").set_value("La structure se dédit")
    cliquer(ouverte, "Reprendre la valeur reçue")
    assert ": 47 → valeur reçue" in ouverte.mots
    cliquer(ouverte, ENREGISTRER)
    assert [x.champs["nouvelle"] for x in registres.lire("valeurs").lignes] == ["47", "[reçue]"]


def test_ce_qu_un_controle_dit_d_un_chiffre_saisi_s_accepte(page, recus, ouvrir, tmp_path):
    page(MUETTE)
    ecrire_au_registre("30", repondant=MUETTE, annee=2024)
    ecrire_au_registre("300", repondant=MUETTE)
    construire((recus / "raw",), dossier_par_defaut(), tmp_path / "w.duckdb")
    file = ouvrir(tmp_path / "w.duckdb", "donnees/collecte", volet="corriger", annee="2025")
    (saut,) = [x for x in file.tableau("Ce qui ne va pas") if "300, contre 30" in x["Ce qui ne va pas"]]
    assert saut["Où"] == "saisies/valeurs.csv, ligne 3"
    next(x for x in file.essai.text_input if x.label.startswith("Raison")).set_value("Nouvelle section")
    cliquer(file, "Accepter et recharger")
    construire((recus / "raw",), dossier_par_defaut(), tmp_path / "w.duckdb")
    file = ouvrir(tmp_path / "w.duckdb", "donnees/collecte", volet="corriger", annee="2025")
    assert file.tableau("Acceptée")[0]["Acceptée"] == "acceptée : Nouvelle section"


def test_un_changement_apres_l_aval_ne_s_admet_que_par_qui_donne_l_aval(page, recus, ouvrir, tmp_path):
    page(CRECHE)
    entrepot, convention = tmp_path / "w.duckdb", charger(dossier_par_defaut())
    for etape, fonction in (
        ("confirmee", "structure"),
        ("validee", "referent-petite-enfance"),
        ("aval", "caf"),
    ):
        champs = {"annee": 2025, "fiche_id": "PE-2", "etape": etape, "acte": "atteinte", "fonction": fonction}
        champs["raison"] = "Dit en réunion"
        declarer_etape(Entrepot(entrepot), convention, champs)
    ecrire(convention, 2025, tmp_path / "raw", reponses={CRECHE: {(f"i:{ADMIS}", "valeur"): 50}})
    construire((tmp_path / "raw",), dossier_par_defaut(), entrepot)
    ouverte = ouvrir(entrepot, "donnees/collecte", volet="decider", decider="etapes", annee="2025")
    decision = next(x for x in ouverte.essai.selectbox if x.label == "Décision")
    assert decision.options[0] == "admettre le changement survenu après l’aval"
    fonction = next(x for x in ouverte.essai.selectbox if x.label.startswith("Fonction de qui décide"))
    assert fonction.options == ["Caf de la Côte-d’Or"]
    assert "la parole enregistrée est celle de la Caf" in ouverte.mots
    decision.set_value(("retiree", "aval")).run()
    fonction = next(x for x in ouverte.essai.selectbox if x.label.startswith("Fonction de qui décide"))
    assert "Chargé·e de coopération CTG" in fonction.options
