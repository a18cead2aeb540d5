"""The page Collecte: who answered, the queue of corrections, what to write, the cells behind a number."""

import pandas as pd
import pytest

from ctg import collecte
from ctg.entrepot import Entrepot
from ctg.graphiques.tableau import en_csv
from ctg.referentiel import charger, dossier_par_defaut
from etl.construction.entrepot import construire
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE, SCENARIOS

CONVENTION = charger(dossier_par_defaut())
PAGE = "donnees/collecte"


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("annee", ["2023", "2024", "2025"])
def test_la_collecte_se_lit_dans_chaque_etat(ouvrir, entrepots, scenario, annee):
    page = ouvrir(entrepots(scenario), PAGE, annee=annee)
    assert "Qui a répondu, que faut-il corriger ce matin ?" in page.mots
    expediteurs = page.tableau("Demandés")
    demandes = sum(int(ligne["Demandés"]) for ligne in expediteurs)
    ouvertes = sum(1 for s in CONVENTION.structures.values() if s.ouverte_en(int(annee)))
    assert demandes == ouvertes + len(CONVENTION.fiches)


@pytest.mark.parametrize("par", ["expediteur", "quartier", "type"])
def test_chaque_formulaire_est_compte_une_fois_dans_un_seul_etat(entrepots, par):
    groupes = Entrepot(entrepots("regime-etabli")).requete("collecte_suivi", annee=2025, par=par)
    etats = ["nb_acceptes", "nb_refuses", "nb_non_recus", "nb_attendus"]
    assert (groupes[etats].sum(axis=1) == groupes["nb_demandes"]).all()
    assert groupes["nb_demandes"].sum() == 72
    assert (groupes[["nb_a_corriger", "nb_tardifs"]].max(axis=1) <= groupes["nb_acceptes"]).all()
    manquent = list(groupes["nb_demandes"] - groupes["nb_acceptes"])
    assert manquent == sorted(manquent, reverse=True)


def test_la_file_va_du_pire_au_moindre_avec_le_lieu_et_le_geste(ouvrir, entrepots):
    lignes = Entrepot(entrepots("regime-etabli")).requete("collecte_anomalies", annee=2025)
    rangs = [list(collecte.GRAVITES).index(gravite) for gravite in lignes["gravite"]]
    assert rangs == sorted(rangs)
    page = ouvrir(entrepots("regime-etabli"), PAGE, annee="2025", volet="corriger")
    premiere = page.tableau("Que faire")[0]
    assert premiere["Gravité"] == "À corriger"
    assert premiere["Que faire"] == "Renvoyer la copie annotée et son message"
    assert "À renvoyer pour correction" in page.mots  # and they are there
    assert "cellule " in premiere["Où"]
    assert ".xlsx" in premiere["Où"]


def test_la_file_entiere_se_telecharge():
    lignes = pd.DataFrame(
        {
            "gravite": ["a_confirmer"] * 40,
            "fichier": "a.xlsx",
            "feuille": "Feuille",
            "cellule": [f"F{n}" for n in range(40)],
            "message": "Relisez le total.",
            "valeur_lue": None,
            "repondant_id": "archipel",
        }
    )
    montrees = collecte.anomalies(lignes, collecte.FILE_MONTREE, False)
    assert montrees.constat == "Rien de bloquant, des valeurs à confirmer"
    assert montrees.couverture.startswith("25 montrées sur 40 : choisissez un expéditeur")
    assert en_csv(collecte.anomalies(lignes, len(lignes), False)).count(b"a.xlsx") == 40


def test_la_relance_se_lit_et_se_copie_dans_la_page(ouvrir, entrepots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="relancer")
    texte = page.essai.code[0].value
    assert "Il nous manque encore :" in texte
    assert "zéro est une réponse, une case vide n’en est pas une" in texte
    assert "FICTIVES" not in texte
    assert len(page.tableau("Dernier envoi reçu")) == len(
        {s.expediteur_id for s in CONVENTION.structures.values()}
        | {f.referent_id for f in CONVENTION.fiches.values()}
    )
    page = ouvrir(entrepots("regime-etabli"), PAGE, annee="2025", volet="relancer")
    assert page.essai.code[0].value.startswith("DONNÉES FICTIVES : ne pas envoyer.")
    assert {bouton.label for bouton in page.essai.get("download_button")} >= {
        "Télécharger ce texte",
        "Les 4 textes (zip)",
    }


def test_un_lien_ouvre_la_provenance_de_son_indicateur(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, provenance="JE-1.1.4-a")
    assert page.essai.selectbox(key="provenance").value == "JE-1.1.4-a"
    cellules = page.tableau("Cellule")
    assert {"questionnaires proposés", "réponses", "satisfaits"} == {
        ligne["Ce qui y est"] for ligne in cellules
    }
    assert all(ligne["Fichier"].endswith(".xlsx") and ligne["Cellule"] for ligne in cellules)


def test_un_indicateur_inconnu_dans_l_adresse_n_est_pas_suivi(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, provenance="ZZ-9")
    assert page.essai.selectbox(key="provenance").value in CONVENTION.indicateurs


def test_la_provenance_d_une_structure_ne_montre_que_ses_cellules_et_jamais_leur_contenu(entrepots):
    entrepot = Entrepot(entrepots("regime-etabli"))
    cible = {
        "indicateur": "PE-2.0.2-b",
        "niveau": "structure",
        "territoire": "multi-accueil-balzac",
        "annee": 2025,
    }
    cellules = entrepot.requete("collecte_provenance", **cible, ventilations=True)
    assert set(cellules["repondant"]) == {"Multi-accueil Balzac"}
    assert not {"valeur", "texte"} & set(cellules.columns)
    totaux = entrepot.requete("collecte_provenance", **cible, ventilations=False)
    assert set(totaux["ventilation"]) == {"total"}
    assert len(totaux) < len(cellules) or len(cellules) == 1


def test_une_mesure_calculee_montre_les_cellules_de_ses_deux_termes(entrepots):
    calculee = next(i for i in CONVENTION.indicateurs.values() if str(i.calcul or "").startswith("rapport:"))
    termes = {CONVENTION.indicateurs[terme].libelle for terme in calculee.calcul.split(":")[1:]}
    cellules = Entrepot(entrepots("regime-etabli")).requete(
        "collecte_provenance",
        indicateur=calculee.indicateur_id,
        niveau="ville",
        territoire="dijon",
        annee=2025,
        ventilations=False,
    )
    assert set(cellules["mesure"]) == termes


def test_un_nombre_secret_reste_secret_dans_la_provenance(ouvrir, entrepots):
    entrepot = Entrepot(entrepots("regime-etabli"))
    secret = entrepot.executer(
        "SELECT indicateur_id, territoire_id"
        " FROM publication.mesure JOIN publication.indicateur USING (indicateur_id)"
        " WHERE niveau = 'structure' AND etat = 'secret' AND mesure.annee = 2025 AND ventilation = 'total'"
        " AND perimetre = 'tous' AND calcul IS NULL ORDER BY ALL LIMIT 1"
    ).iloc[0]
    page = ouvrir(entrepots("regime-etabli"), PAGE, annee="2025", provenance=secret["indicateur_id"])
    lieu = page.essai.selectbox(key=f"lieu_{secret['indicateur_id']}")
    lieu.set_value(("structure", secret["territoire_id"])).run()
    assert not page.essai.exception
    assert any("secret statistique" in constat for constat in page.constats)


def test_des_fichiers_refuses_sont_nommes_avec_leur_raison(ouvrir, tmp_path):
    (tmp_path / "inconnu.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    construire((tmp_path,), dossier_par_defaut(), tmp_path / "refus.duckdb")
    page = ouvrir(tmp_path / "refus.duckdb", PAGE, volet="corriger")
    premiere = page.tableau("Que faire")[0]
    assert premiere["Où"] == "inconnu.csv"
    assert "non reconnu" in premiere["Ce qui ne va pas"]
    assert premiere["Que faire"] == "À régler ici : la phrase dit où"  # its sender can do nothing


def test_on_depose_sur_la_page_et_elle_dit_comment_un_fichier_entre(ouvrir, entrepots):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, volet="deposer")
    assert page.essai.get("file_uploader")
    assert "`data/raw/`" in page.mots
    assert "`python -m etl`" in page.mots


def test_la_file_se_lit_pour_un_expediteur_puis_pour_tous(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE, volet="corriger", annee="2025")
    expediteur = page.essai.selectbox(key="anomalies_2025")
    tous = expediteur.value
    assert tous is not None  # the list would offer to clear it
    toutes = page.tableau("Ce qui ne va pas")
    expediteur.set_value("maison-phare").run()
    siennes = page.tableau("Ce qui ne va pas")
    assert 0 < len(siennes) < len(toutes) and "maison-phare" in siennes[0]["Où"]
    page.essai.selectbox(key="anomalies_2025").set_value(tous).run()
    assert page.tableau("Ce qui ne va pas") == toutes
