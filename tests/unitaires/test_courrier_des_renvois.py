"""The mail to a sender: what was done of each point, in order, and one instruction."""

import datetime as dt

import pytest

from etl.anomalie import Anomalie
from etl.canevas.phrases.regles import REGLES
from etl.classeurs.refus import PHRASES
from etl.classeurs_libres.word.document import FEUILLE as DOCUMENT_WORD
from etl.renvois.courrier import Renvoi, compter, message
from etl.renvois.expediteurs import Connu, annee_du_nom, deviner
from etl.renvois.points import A_RECOPIER

JOUR = dt.date(2026, 5, 1)
NON_COMPTES = "À corriger (ces réponses ne sont pas prises en compte) :"
COMPTES = "À confirmer : ces réponses sont prises en compte, mais elles surprennent."


def point(cellule="F12", gravite="bloquant", feuille="Crèche", message="Écrivez un nombre.", regle="r"):
    return Anomalie(feuille, cellule, gravite, regle, message)


def renvoi(*anomalies, **autres):
    defauts = {
        "fichier": "recus/2026/a.xlsx",
        "expediteur": "L’Archipel",
        "repondants": ("L’Archipel",),
        "annee": 2025,
        "recu_le": None,
        "echeance": None,
        "fictif": False,
        "rien_charge": False,
        "feuilles": ("Crèche", "Annexe"),
    }
    return Renvoi(**{**defauts, **autres}, anomalies=anomalies)


def texte(*anomalies, copie="a_a_corriger.xlsx", **autres):
    return message(renvoi(*anomalies, **autres), copie, JOUR)


def parties(dit):
    """The parts of a mail, by the line that announces each."""
    blocs = dit.split("\n\n")
    return {bloc.split("\n")[0]: bloc.split("\n")[1:] for bloc in blocs}


@pytest.mark.parametrize(
    ("repondants", "dit"),
    [
        (("L’Archipel",), "votre rapport annuel 2025 (« a.xlsx »)"),
        (("Espace York",), "votre rapport annuel 2025 pour Espace York (« a.xlsx »)"),
        (
            ("L’Archipel", "Espace York"),
            "votre rapport annuel 2025 pour L’Archipel et Espace York (« a.xlsx »)",
        ),
    ],
)
def test_le_mail_nomme_toutes_les_structures_du_classeur(repondants, dit):
    """A sender that is also a structure: what is wrong may stand on its own sheet."""
    assert dit in texte(point(), repondants=repondants)


def test_chaque_point_est_range_selon_ce_qui_en_a_ete_fait():
    neant = point("F13", "a_confirmer", message="« néant » : rien n’est chargé ici.")
    saut = point("F14", "a_confirmer", message="Trois fois plus.")
    lues = parties(texte(point(), neant, saut, comptees=frozenset({("Crèche", "F14")})))
    assert lues[NON_COMPTES] == ["Feuille « Crèche » :", "- cellule F12 : Écrivez un nombre."]
    assert lues["À compléter ou à confirmer :"] == [
        "Feuille « Crèche » :",
        "- cellule F13 : « néant » : rien n’est chargé ici.",
    ]
    assert lues[COMPTES] == ["Feuille « Crèche » :", "- cellule F14 : Trois fois plus."]


def test_quand_rien_n_est_charge_rien_n_est_dit_pris_en_compte():
    dit = texte(point(), point("F14", "a_confirmer"), rien_charge=True)
    assert "Il n’a pas pu être pris en compte tel quel." in dit
    assert "prises en compte" not in dit and "est pris en compte" not in dit


def test_les_points_suivent_les_feuilles_puis_les_lignes_du_classeur():
    melees = [
        point("F103", message="d"),
        point("G16", message="c"),
        point(None, feuille=None, message="a"),
        point("B2", feuille="Annexe", message="e"),
        point("F16", message="b"),
        point("AA3", feuille="Ajoutée", message="f"),
    ]
    lignes = parties(texte(*melees))[NON_COMPTES]
    assert [ligne[-1] for ligne in lignes if ligne.startswith("- ")] == list("abcdef")
    assert [ligne for ligne in lignes if ligne.startswith("Feuille")] == [
        "Feuille « Crèche » :",
        "Feuille « Annexe » :",
        "Feuille « Ajoutée » :",
    ]


def test_ce_qui_nomme_ses_feuilles_n_est_dit_qu_une_fois():
    double = [
        point(None, feuille=f, regle="formulaire_en_double", message="Deux feuilles.") for f in ("A", "B")
    ]
    assert texte(*double).count("Deux feuilles.") == 1
    assert texte(*double).startswith("Objet : rapport annuel 2025, 1 point à corriger\n")


def test_sans_copie_tous_les_points_sont_dans_le_message():
    beaucoup = [point(f"F{rang}") for rang in range(40)]
    dit = texte(*beaucoup, copie=None)
    assert dit.count("Écrivez un nombre.") == 40
    assert "copie" not in dit and "autres points" not in dit
    assert "Merci de nous renvoyer votre fichier corrigé avant le 16 mai 2026" in dit


@pytest.mark.parametrize(
    ("nombre", "dit"), [(16, "et 1 autre point, dans"), (17, "et 2 autres points, dans")]
)
def test_avec_une_copie_les_points_suivants_y_sont(nombre, dit):
    assert dit in texte(*(point(f"F{rang}") for rang in range(nombre)))


def test_word_ne_connait_pas_nos_cellules():
    points = point("B41", feuille=DOCUMENT_WORD), point("B42", feuille=DOCUMENT_WORD)
    dit = texte(*points, copie="a_a_corriger.docx", lieux={"B41": "tableau 4, ligne 2"})
    assert "B4" not in dit and DOCUMENT_WORD not in dit
    assert "- Écrivez un nombre." in dit and "- tableau 4, ligne 2 : Écrivez un nombre." in dit
    assert "commentée dans la marge" in dit and "première feuille" not in dit


def test_une_seule_consigne_quand_rien_ne_se_corrige_sur_place():
    perdue = REGLES["identite_absente"].phrase.format(manque="l’identifiant")
    seule = point(None, regle="identite_absente", message=perdue)
    dit = texte(seule, rien_charge=True, feuilles=("Crèche",))
    assert "Recopiez vos réponses dans un canevas neuf et renvoyez-le-nous avant le 16 mai 2026" in dit
    assert "Corrigez dans cette copie" not in dit
    assert "montre seulement où est la difficulté" in dit


def test_seule_la_feuille_perdue_est_a_recopier_quand_les_autres_vont_bien():
    perdue = point(None, feuille="Annexe", regle="identite_absente", message="L’identité a disparu.")
    dit = texte(perdue)
    assert "Recopiez les réponses de la feuille « Annexe » dans un canevas neuf" in dit
    assert "le reste de votre envoi ne change pas" in dit and "vos réponses" not in dit


def test_une_feuille_a_recopier_parmi_d_autres_est_nommee():
    perdue = point(None, feuille="Annexe", regle="identite_absente", message="L’identité a disparu.")
    dit = texte(point(), perdue)
    assert "Corrigez dans cette copie" in dit
    assert "La feuille « Annexe » ne se corrige pas dans la copie" in dit
    dit = texte(point(feuille="Fin"), perdue, perdue._replace(feuille="Crèche"))
    assert "Les feuilles « Crèche » et « Annexe » ne se corrigent pas dans la copie" in dit


def test_ce_qui_demande_un_canevas_neuf_est_connu():
    """A rule whose sentence refuses the whole form and asks for another one is in A_RECOPIER."""
    phrases = {regle: connue.phrase for regle, connue in REGLES.items()} | PHRASES
    for regle, phrase in phrases.items():
        if (
            "anevas neuf et renvoyez" in phrase
            or "canevas de la bonne" in phrase
            or "classeur neuf" in phrase
        ):
            assert regle in A_RECOPIER or regle == "nom_inconnu" or " ou recopiez" in phrase, regle


def test_deux_versions_arrivees_se_disent_a_qui_les_a_envoyees():
    interne = Anomalie("Crèche", None, "bloquant", "ordre_des_depots", "Dire la date dans receptions.csv.")
    dit = texte(point("F14", "a_confirmer"), interne, rien_charge=True)
    assert "deux versions différentes nous sont parvenues ; dites-nous laquelle garder" in dit
    assert "receptions.csv" not in dit and compter(renvoi(interne)) == (0, 0)


def test_un_fichier_que_rien_ne_rattache_part_avec_sa_raison():
    macros = Anomalie(None, None, "bloquant", "macros", PHRASES["macros"])
    dit = texte(macros, copie=None, expediteur=None, repondants=(), annee=None, rien_charge=True, feuilles=())
    assert dit.startswith("Objet : votre fichier « a.xlsx » n’a pas pu être lu\n")
    assert "À l’attention de : [à compléter : qui a envoyé « a.xlsx » ?]" in dit
    assert "sans macros, et renvoyez-le" in dit


def test_un_expediteur_devine_se_verifie():
    assert "L’Archipel [d’après le fichier : à vérifier]" in texte(point(), devine=True)


CONNUS = (
    Connu("Léo Lagrange", ("leo-lagrange", "Léo Lagrange", "Multi-accueil CS Le Tempo")),
    Connu("CS Le Tempo", ("cs-le-tempo", "CS Le Tempo")),
    Connu("VYV", ("vyv",)),
)


@pytest.mark.parametrize(
    ("fichier", "feuilles", "attendu"),
    [
        ("recus/x/Rapport Léo Lagrange 2025 (def).xlsm", (), "Léo Lagrange"),
        ("rapport_2025_leo-lagrange.xlsx", (), "Léo Lagrange"),
        ("rapport.xlsx", ("Multi-accueil CS Le Tempo",), "Léo Lagrange"),
        ("rapport.xlsx", ("CS Le Tempo",), "CS Le Tempo"),
        ("leo-lagrange et cs-le-tempo.xlsx", (), "Léo Lagrange"),  # the longest of the two it names
        ("rapport_2025_leo-lagrange.xlsx", ("CS Le Tempo",), None),
        ("vyv.xlsx", (), None),
        ("rapport.xlsx", (), None),
    ],
)
def test_l_expediteur_se_devine_quand_un_seul_est_nomme(fichier, feuilles, attendu):
    assert deviner(fichier, feuilles, CONNUS) == attendu


@pytest.mark.parametrize(
    ("nom", "annee"), [("a/rapport_2025_x.xlsx", 2025), ("2024-2025.xlsx", None), ("12025.xlsx", None)]
)
def test_l_annee_d_un_nom(nom, annee):
    assert annee_du_nom(nom) == annee
