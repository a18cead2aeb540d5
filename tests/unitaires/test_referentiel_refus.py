"""What the loader refuses: file, line and reason in French, every error at once, and nothing else."""

import shutil
from pathlib import Path

import pytest
import yaml

from ctg.referentiel import ReferentielInvalide, charger

EXEMPLES = Path(__file__).parents[1] / "exemples" / "referentiels"
FAUTES = yaml.safe_load((EXEMPLES / "fautes.yml").read_text(encoding="utf-8"))


@pytest.fixture
def ville(tmp_path):
    """A copy of the small city's referential, to be damaged."""
    return shutil.copytree(EXEMPLES / "petite_ville", tmp_path / "ville")


def remplacer(dossier, fichier, ancien, nouveau):
    chemin = dossier / fichier
    texte = chemin.read_text(encoding="utf-8")
    assert ancien in texte, f"« {ancien} » absent de {fichier}"
    chemin.write_text(texte.replace(ancien, nouveau, 1), encoding="utf-8")


def refus(dossier):
    """The errors of the loader, as a person reads them."""
    with pytest.raises(ReferentielInvalide) as invalide:
        charger(dossier)
    return [str(erreur) for erreur in invalide.value.erreurs]


def test_la_petite_ville_sans_faute_se_charge():
    assert charger(EXEMPLES / "petite_ville").parametres.convention.ville == "Petiteville"


@pytest.mark.parametrize("faute", FAUTES, ids=[faute["erreur"] for faute in FAUTES])
def test_une_faute_une_phrase(ville, faute):
    remplacer(ville, faute["fichier"], faute["remplacer"], faute["par"])
    assert refus(ville) == [faute["erreur"]]


@pytest.mark.parametrize("fichier", ["quartiers.csv", "indicateurs.csv", "parametres.yml", "fiches/JE-1.yml"])
def test_un_fichier_manquant_est_dit_une_fois(ville, fichier):
    (ville / fichier).unlink()
    assert refus(ville) == [f"{fichier} : fichier manquant"]


def test_un_fichier_dans_un_autre_encodage_est_refuse(ville):
    (ville / "axes.csv").write_text("axe_id;rang;titre;référent;source\n", encoding="latin-1")
    assert refus(ville) == ["axes.csv : le fichier n’est pas encodé en UTF-8"]


def test_un_texte_de_fiche_sans_fiche_est_signale(ville):
    (ville / "fiches" / "JE-9.yml").write_text("objectifs: []\n", encoding="utf-8")
    assert refus(ville) == ["fiches/JE-9.yml : fiche « JE-9 » inconnue de fiches.csv"]


def test_une_ligne_refusee_ne_rend_pas_ses_mentions_inconnues(ville):
    remplacer(ville, "expediteurs.csv", "association", "club")
    remplacer(ville, "fiches.csv", "JE-2;JE;2", "JE-2;JE;deux")
    assert refus(ville) == [
        "expediteurs.csv, ligne 2 : colonne genre : « club » n’est pas l’une des valeurs"
        " service, gestionnaire, association",
        "fiches.csv, ligne 3 : colonne rang : « deux » n’est pas un nombre entier",
    ]


def test_toutes_les_erreurs_d_un_coup_rangees_par_fichier_et_ligne(ville):
    remplacer(ville, "structures.csv", "mjc-gare", "mjc-centre")
    remplacer(ville, "lignes.csv", "003:16", "003")
    remplacer(ville, "calendrier.csv", "gare", "port")
    remplacer(ville, "fiches/JE-2.yml", "remarque: Objectif", "remarque: : Objectif")
    assert [erreur.split(" : ")[0] for erreur in refus(ville)] == [
        "calendrier.csv, ligne 2",
        "fiches/JE-2.yml, ligne 6",
        "lignes.csv, ligne 3",
        "structures.csv, ligne 3",
    ]


def test_le_message_complet_se_lit_tel_quel(ville):
    (ville / "cibles.csv").unlink()
    with pytest.raises(ReferentielInvalide) as invalide:
        charger(ville)
    assert str(invalide.value) == "Référentiel refusé (1 erreur)\ncibles.csv : fichier manquant"


def test_deux_questions_qui_ne_se_posent_pas_aux_memes_ne_se_comparent_pas(ville):
    """Those who are housed: the référent's, by school year; the members: the structures', by civil year."""
    remplacer(ville, "relations.csv", ";source", ";source\nJE-2.1.1-a;valeur;adherents;partie;propose")
    assert refus(ville) == [
        "relations.csv, ligne 2 : JE-2.1.1-a : « adherents » n’a pas le même type d’année",
        "relations.csv, ligne 2 : JE-2.1.1-a : « adherents » n’est pas demandé à tous ses répondants",
    ]


def test_un_dossier_absent_est_dit_une_fois(tmp_path):
    with pytest.raises(ReferentielInvalide) as invalide:
        charger(tmp_path / "dijon")
    assert [e.message for e in invalide.value.erreurs] == ["ce dossier n’existe pas"]
    assert "dijon : ce dossier" in str(invalide.value)
