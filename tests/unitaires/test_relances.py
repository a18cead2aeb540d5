"""What is written to each sender: the exact text, its facts, its tone, and the zip of all."""

import datetime as dt
import io
import zipfile

import pandas as pd
import pytest

from ctg import relances

CAMPAGNE = relances.Campagne(
    2025, "Convention territoriale globale 2024-2027", "Dijon", "Caf de la Côte-d’Or", dt.date(2026, 11, 21)
)


def formulaires(*lignes):
    return pd.DataFrame(
        lignes, columns=["expediteur_id", "repondant_id", "repondant", "statut", "echeance"]
    ).assign(echeance=lambda t: pd.to_datetime(t["echeance"]))


def points(*lignes):
    colonnes = ["expediteur_id", "repondant_id", "regle", "fichier", "feuille", "cellule", "message"]
    return pd.DataFrame(lignes, columns=colonnes)


ENTIER = """Objet : Convention territoriale globale 2024-2027, rapport annuel 2025

Bonjour,

L’évaluation de la Convention territoriale globale 2024-2027 (Dijon, Caf de la Côte-d’Or) s’appuie sur vos \
réponses. Pour 2025, 4 formulaires vous sont demandés : Crèche A, Crèche B, Crèche C et Crèche D.

Merci, nous avons bien reçu : Crèche C et Crèche D.

Il nous manque encore :
- Crèche A

Ce que nous avons reçu n’a pas pu être lu ; pourriez-vous le renvoyer ?
- Crèche B (fichier « b.xlsx ») : Ce classeur contient des macros.

Dans ce que vous nous avez envoyé, pourriez-vous corriger ces points ?
- Crèche C (fichier « c.xlsx », feuille « Crèche C », cellule F10) : Écrire un nombre.

L’échéance du 15 juillet 2026 est passée : merci de nous répondre sous 15 jours.

Le formulaire se complète et se renvoie tel quel, sans supprimer ni ligne ni colonne. Laissez vide ce que \
vous ne savez pas ; zéro est une réponse, une case vide n’en est pas une. Si une difficulté vous retarde, \
dites-le-nous : nous chercherons une solution avec vous.

Merci de votre aide,
La coordination de la convention territoriale globale"""


def test_le_texte_dit_ce_qui_manque_ce_qui_est_a_renvoyer_et_a_corriger_une_fois_chacun():
    siens = formulaires(
        ("ville", "a", "Crèche A", "attendu", "2026-07-15"),
        ("ville", "b", "Crèche B", "refuse", "2026-07-15"),
        ("ville", "c", "Crèche C", "a_corriger", "2026-07-15"),
        ("ville", "d", "Crèche D", "en_retard", "2026-07-15"),
    )
    macros = ("ville", "b", "macros", "recus/2026/b.xlsx", None, None, "Ce classeur contient des macros.")
    cellule = ("ville", "c", "nombre", "2025/c.xlsx", "Crèche C", "F10", "Écrire un nombre.")
    assert relances.texte(CAMPAGNE, siens, points(macros, macros, cellule)) == ENTIER


@pytest.mark.parametrize(
    ("echeances", "dit"),
    [
        (["2026-11-20"], "L’échéance du 20 novembre 2026 est passée : merci de nous répondre sous 15 jours."),
        (["2026-11-21"], "Merci de nous répondre avant le 21 novembre 2026."),
        ([None], "Merci de nous répondre dès que possible."),
        # the first one that passes is the one that presses
        (["2026-12-15", "2026-12-01"], "Merci de nous répondre avant le 1er décembre 2026."),
        (["2026-12-15", None], "Merci de nous répondre avant le 15 décembre 2026."),
    ],
)
def test_chaque_relance_dit_pour_quand(echeances, dit):
    siens = formulaires(*(("x", f"c{n}", "Crèche A", "attendu", jour) for n, jour in enumerate(echeances)))
    texte = relances.texte(CAMPAGNE, siens, points())
    assert "\nIl nous manque encore :\n- Crèche A\n" in texte
    assert f"\n{dit}\n" in texte
    assert "Merci, nous avons bien reçu" not in texte
    assert "corriger" not in texte and "renvoyer ?" not in texte


def test_un_formulaire_deja_recu_ne_presse_personne():
    siens = formulaires(
        ("x", "a", "Crèche A", "recu", "2026-07-15"), ("x", "f", "Fiche PE-1", "attendu", "2026-12-01")
    )
    texte = relances.texte(CAMPAGNE, siens, points())
    assert "Merci de nous répondre avant le 1er décembre 2026." in texte
    assert "un formulaire vous est demandé : Crèche A" not in texte


def test_qui_n_a_rien_envoye_lit_une_fois_le_nom_de_chaque_formulaire():
    siens = formulaires(
        ("x", "a", "Crèche A", "attendu", "2026-07-15"), ("x", "b", "Crèche B", "attendu", "2026-07-15")
    )
    texte = relances.texte(CAMPAGNE, siens, points())
    assert "Pour 2025, 2 formulaires vous sont demandés.\n\nIl nous manque encore :\n- Crèche A\n" in texte
    assert texte.count("Crèche B") == 1


def test_une_phrase_pour_la_coordination_ne_part_pas_chez_la_structure():
    siens = formulaires(("x", "a", "Crèche A", "refuse", "2026-07-15"))
    egalite = (
        "x",
        "a",
        "ordre_des_depots",
        "a.xlsx",
        "Crèche A",
        None,
        "Inscrire la date de réception dans receptions.csv.",
    )
    texte = relances.texte(CAMPAGNE, siens, points(egalite))
    assert "receptions.csv" not in texte
    assert "- Crèche A : deux versions différentes nous sont parvenues ; dites-nous laquelle garder" in texte


def test_ce_qui_est_a_nous_de_reparer_n_est_demande_a_personne():
    notre = (
        "x",
        "a",
        "colonne_absente",
        "a.xlsx",
        None,
        None,
        "La colonne manque : ajoutez son nouveau nom à la correspondance « a ».",
    )
    leur = ("x", "b", "nombre_illisible", "b.xlsx", "B", "F10", "Écrire un nombre.")
    siens = formulaires(
        ("x", "a", "Crèche A", "refuse", "2026-07-15"), ("x", "b", "Crèche B", "a_corriger", "2026-07-15")
    )
    texte = relances.texte(CAMPAGNE, siens, points(notre, leur))
    assert "correspondance" not in texte and "renvoyer ?" not in texte
    assert "- Crèche B (fichier « b.xlsx », feuille « B », cellule F10) : Écrire un nombre." in texte
    assert relances.textes(CAMPAGNE, siens.head(1), points(notre)) == {}


def test_un_envoi_refuse_sans_raison_connue_est_quand_meme_demande():
    siens = formulaires(("x", "a", "Crèche A", "refuse", "2026-07-15"))
    assert "renvoyer ?\n- Crèche A\n" in relances.texte(CAMPAGNE, siens, points())


def test_fictif_le_texte_commence_par_le_dire():
    fictive = relances.Campagne(2025, "Convention", "Dijon", "Caf", dt.date(2026, 11, 21), fictif=True)
    texte = relances.texte(fictive, formulaires(("x", "a", "A", "attendu", "2026-07-15")), points())
    assert texte.startswith("DONNÉES FICTIVES : ne pas envoyer.\n\nObjet : Convention, rapport annuel 2025\n")
    assert relances.nom_de_fichier(fictive, "x") == "relance_x_2025_fictif.txt"


def test_chaque_expediteur_en_defaut_a_son_texte_et_lui_seul():
    tous = formulaires(
        ("un", "a", "Crèche A", "attendu", "2026-07-15"),
        ("un", "b", "Crèche B", "recu", "2026-07-15"),
        ("deux", "c", "Crèche C", "a_corriger", "2026-07-15"),
        ("trois", "d", "Crèche D", "recu", "2026-07-15"),
    )
    textes = relances.textes(CAMPAGNE, tous, points())
    assert list(textes) == ["un", "deux"]
    assert "Crèche B" in textes["un"] and "Crèche C" not in textes["un"]


def test_l_archive_tient_tous_les_textes_lisibles_partout_et_toujours_les_memes_octets():
    textes = {"vyv": "Bonjour,\nété", "maison-bleue": "Bonjour"}
    octets = relances.archive(CAMPAGNE, textes)
    assert octets == relances.archive(CAMPAGNE, textes)
    with zipfile.ZipFile(io.BytesIO(octets)) as paquet:
        assert paquet.namelist() == ["relance_vyv_2025.txt", "relance_maison-bleue_2025.txt"]
        assert paquet.read("relance_vyv_2025.txt") == "\ufeffBonjour,\r\nété".encode()


def silence(**valeurs):
    defauts = {
        "expediteur": "VYV",
        "nb_manquants": 1,
        "nb_refuses": 0,
        "nb_a_corriger": 0,
        "jours_de_retard": 129,
        "dernier_recu_le": pd.Timestamp("2026-08-14"),
        "jours_de_silence": 99,
    }
    return pd.DataFrame([defauts | valeurs])


@pytest.mark.parametrize(
    ("valeurs", "retard", "dernier"),
    [
        ({}, "129 jours", "14/08/2026 (il y a 99 jours)"),
        ({"jours_de_retard": 1, "jours_de_silence": 1}, "1 jour", "14/08/2026 (il y a 1 jour)"),
        (
            {"jours_de_retard": 0, "dernier_recu_le": pd.NaT, "jours_de_silence": float("nan")},
            "–",
            "jamais, toutes campagnes confondues",
        ),
    ],
)
def test_le_silence_se_compte_en_jours(valeurs, retard, dernier):
    (ligne,) = relances.silences(silence(**valeurs), CAMPAGNE).tableau.to_dict("records")
    assert (ligne["Retard"], ligne["Dernier envoi reçu"]) == (retard, dernier)
