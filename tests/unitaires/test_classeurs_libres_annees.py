"""A year is one year: several in one text are told, a school year is declared, and asked about elsewhere."""

import pytest

from ctg.destinataire import dire
from etl.classeurs_libres.lecture.annees import est_scolaire, plusieurs
from tests.exemples.classeur_libre import anomalies, ecrire, lire, valeurs

ANNEE = "20[0-9]{2}"


@pytest.mark.parametrize(
    ("texte", "motif", "attendu"),
    [
        ("Année 2025", ANNEE, False),
        ("2025", ANNEE, False),
        ("suivi_2025-12-31.xlsx", ANNEE, False),
        ("Bilan 2025 (relu 2025)", ANNEE, False),
        ("Année 2025-2026", ANNEE, True),
        ("Année 2025 / 26", ANNEE, True),
        ("2025–2026", ANNEE, True),
        ("2024 et 2025", ANNEE, True),
        ("Convention 2024-2027", ANNEE, True),
        ("suivi_2025-2026.xlsx", "_(20[0-9]{2})", True),
        # the declaration says which one
        ("Convention 2024-2027, exercice 2025", "exercice (20[0-9]{2})", False),
        ("Année 2025-2026", "20[0-9]{2}-20[0-9]{2}", False),
        ("Année 2025-2026", "-(20[0-9]{2})", False),
        ("rien", ANNEE, False),
    ],
)
def test_un_motif_d_annee_ne_choisit_pas_entre_plusieurs(texte, motif, attendu):
    assert plusieurs(texte, motif) is attendu


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("2024-2025", True),
        ("2024/25", True),
        ("2024-2026", False),
        ("2025", False),
        ("Année 2024-2025", False),
    ],
)
def test_une_annee_scolaire_est_deux_annees_qui_se_suivent(texte, attendu):
    assert est_scolaire(texte) is attendu


def modele(annee: str, colonnes: str = "") -> str:
    return f"""
titre: Suivi
nature: rapport
reconnaissance: {{cellules: [Structure]}}
{annee}
tableaux:
  - entete: [Structure, Adhérents]
    colonnes:
      - {{entete: Structure, donne: structure}}
      - {{entete: Adhérents, donne: valeur, mesure: "v:adherents"}}
{colonnes}
"""


def lues(tmp_path, feuille, yaml, rangees=None):
    rangees = rangees or [["Structure", "Adhérents"], ["archipel", 412]]
    lecture = lire(ecrire(tmp_path / "suivi.xlsx", {feuille: rangees}), yaml)
    return lecture, anomalies(lecture)


def test_une_feuille_qui_dit_deux_annees_n_est_d_aucune(tmp_path):
    lecture, dites = lues(
        tmp_path, "Année 2025-2026", modele(f'annee: {{nom_de_feuille: oui, motif: "{ANNEE}"}}')
    )
    assert not lecture.formulaires
    [dite] = [a for a in dites if a.regle == "annee_equivoque"]
    assert dite.message.startswith("« Année 2025-2026 » dit plusieurs années, et rien ne dit laquelle")
    assert dite.gravite == "bloquant"
    assert dire(dite.regle, dite.message) is not None


def test_une_colonne_d_annees_dit_ses_lignes(tmp_path):
    colonne = f'      - {{entete: Période, donne: annee, motif: "{ANNEE}"}}'
    lecture, dites = lues(
        tmp_path,
        "Suivi",
        modele("", colonne),
        [["Structure", "Adhérents", "Période"], ["archipel", 412, "2025-2026"], ["archipel", 300, "An 2025"]],
    )
    assert valeurs(lecture) == {("archipel", "B3"): 300}
    [dite] = [a for a in dites if a.regle == "annee_equivoque"]
    assert "ne sont pas chargées (ligne 2)" in dite.message


def test_une_annee_scolaire_declaree_compte_pour_celle_ou_elle_finit_et_se_confirme(tmp_path):
    lecture, dites = lues(
        tmp_path,
        "Année 2024-2025",
        modele('annee: {nom_de_feuille: oui, motif: "20[0-9]{2}-20[0-9]{2}"}'),
    )
    assert [(f.annee, len(f.cellules)) for f in lecture.formulaires] == [(2025, 1)]
    [dite] = [a for a in dites if a.regle == "annee_scolaire"]
    assert dite.message.startswith("« 2024-2025 » est une année scolaire, lue 2025")
    assert "se compte par année civile : « Adhérents »." in dite.message


@pytest.mark.parametrize(
    ("annee", "dite", "lue"),
    [
        ("annee: {libelle: Année N}", ["Année N", "2024-2025"], None),  # as the canevas does
        ("annee: {cellule: B1}", ["Suivi", "2024/25"], None),
        ("annee: {libelle: Année N}", ["Année N", "2025"], 2025),
        ("annee: {libelle: Année scolaire}", ["Année scolaire", "2024-2025"], 2025),
        ('annee: {libelle: Année N, noms: {"2024-2025": 2025}}', ["Année N", "2024-2025"], 2025),
        ('annee: {cellule: A1, motif: "20[0-9]{2}-20[0-9]{2}"}', ["Suivi 2024-2025"], 2025),
    ],
)
def test_une_annee_scolaire_ne_se_devine_pas(tmp_path, annee, dite, lue):
    rangees = [dite, ["Structure", "Adhérents"], ["archipel", 412]]
    lecture, dites = lues(tmp_path, "Suivi", modele(annee), rangees)
    assert [f.annee for f in lecture.formulaires] == ([lue] if lue else [])
    assert ("annee_equivoque" in {a.regle for a in dites}) is (lue is None)


def test_une_repetition_se_dit_sans_jargon_a_la_structure(tmp_path):
    _, dites = lues(
        tmp_path,
        "Suivi",
        modele("annee: {valeur: 2025}"),
        [["Structure", "Adhérents"], ["archipel", 412], ["archipel", 300]],
    )
    [dite] = [a for a in dites if a.regle == "valeur_repetee"]
    assert "déclarez « repetition: additionner » dans la correspondance « Suivi »" in dite.message
    assert dire(dite.regle, dite.message).endswith("Gardez la bonne et renvoyez le fichier.")


def test_une_repetition_sur_deux_feuilles_dit_lesquelles(tmp_path):
    rangees = [["Structure", "Adhérents"], ["archipel", 412]]
    autres = [["Structure", "Adhérents"], ["archipel", 300]]
    chemin = ecrire(tmp_path / "suivi.xlsx", {"Juin": rangees, "Décembre": autres})
    [dite] = [
        a for a in anomalies(lire(chemin, modele("annee: {valeur: 2025}"))) if a.regle == "valeur_repetee"
    ]
    assert "(B2 de « Juin » et B2 de « Décembre »)" in dite.message
