"""One merged cell over several answers is nobody's: never given whole to the first."""

import pytest

from tests.exemples.classeur_libre import anomalies, ecrire, lire, valeurs

TABLEAU = """
titre: Suivi des centres sociaux
nature: rapport
reconnaissance: {cellules: [Structure, Adhérents]}
annee: {valeur: 2025}
tableaux:
  - entete: [Structure, Adhérents]
    colonnes:
      - {entete: Structure, donne: structure, noms: {Phare: maison-phare, Archipel: archipel}}
      - {entete: Adhérents, donne: valeur, mesure: "v:adherents"}
      - {entete: Familles, donne: valeur, mesure: "v:familles", facultative: oui}
      - {entete: Observations, donne: remarque, facultative: oui}
    lignes_a_passer:
      - {colonne: Structure, valeurs: Total, raison: total du réseau}
"""
FORMULAIRE = """
titre: Fiche
nature: rapport
reconnaissance: {cellules: [Fiche]}
structure: {valeur: maison-phare}
annee: {valeur: 2025}
cases:
  - {libelle: Adhérents, mesure: "v:adherents"}
  - {libelle: Familles, mesure: "v:familles"}
"""


def lues(tmp_path, rangees, fusions, yaml=TABLEAU):
    lecture = lire(ecrire(tmp_path / "suivi.xlsx", {"Suivi": rangees}, {"Suivi": fusions}), yaml)
    return lecture, valeurs(lecture)


ENTETE = ["Structure", "Adhérents", "Familles", "Observations"]


@pytest.mark.parametrize(
    ("rangees", "fusions", "plage", "gardees"),
    [
        # over two structures
        (
            [ENTETE, ["Phare", 31, 12], ["Archipel", None, 20]],
            "B2:B3",
            "B2:B3",
            {("maison-phare", "C2"): 12, ("archipel", "C3"): 20},
        ),
        # over two measures of one structure
        ([ENTETE, ["Phare", 31, None]], "B2:C2", "B2:C2", {}),
        # over a structure that nobody knows
        ([ENTETE, ["Phare", 31, 12], ["Balzac", None, None]], "B2:B3", "B2:B3", {("maison-phare", "C2"): 12}),
        # over a structure and the total
        ([ENTETE, ["Phare", 31, 12], ["Total", None, 12]], "B2:B3", "B2:B3", {("maison-phare", "C2"): 12}),
        # over a column that nobody described
        ([["Structure", "Adhérents", "Balzac"], ["Phare", 31, None]], "B2:C2", "B2:C2", {}),
    ],
)
def test_un_nombre_pour_plusieurs_reponses_n_est_attribue_a_aucune(
    tmp_path, rangees, fusions, plage, gardees
):
    lecture, valeurs_lues = lues(tmp_path, rangees, fusions)
    assert valeurs_lues == gardees
    [dite] = [a for a in anomalies(lecture) if a.regle == "cases_fusionnees"]
    assert dite.message.startswith(f"Les cases {plage} sont fusionnées : « 31 » répond à plusieurs cases")
    assert (dite.feuille, dite.cellule, dite.gravite) == ("Suivi", "B2", "bloquant")
    assert {c.etat for f in lecture.formulaires for c in f.cellules if c.adresse in ("B2", "B3")} == {
        "refuse"
    }
    assert {f.statut for f in lecture.formulaires} == {"accepte_partiel"}


@pytest.mark.parametrize(
    ("rangees", "fusions", "attendues"),
    [
        # the rows of one structure, its name merged as its number is
        ([ENTETE, ["Phare", 31, 12], [None, None, None, "suite"]], "A2:A3 B2:B3", {"B2": 31, "C2": 12}),
        # a large cell to write in
        ([ENTETE, ["Phare", 31, 12, "rien"]], "C2:D2", {"B2": 31, "C2": 12}),
        # a title over blank answers
        ([ENTETE, ["Phare", None, None], ["Phare", 31, 12]], "A2:C2", {"B3": 31, "C3": 12}),
        # merged down to a blank row
        ([ENTETE, ["Phare", 31, 12], [None, None, None]], "B2:B3", {"B2": 31, "C2": 12}),
    ],
)
def test_une_grande_case_qui_ne_repond_qu_a_une_question_se_lit(tmp_path, rangees, fusions, attendues):
    lecture, valeurs_lues = lues(tmp_path, rangees, fusions)
    assert {adresse: valeur for (_, adresse), valeur in valeurs_lues.items()} == attendues
    assert "cases_fusionnees" not in {a.regle for a in anomalies(lecture)}


def test_une_annee_en_titre_de_ses_lignes_n_est_pas_une_reponse(tmp_path):
    yaml = (
        TABLEAU.replace("annee: {valeur: 2025}", "")
        .replace("    colonnes:\n", "    colonnes:\n      - {entete: Année, donne: annee, recopier: oui}\n")
        .replace("entete: [Structure, Adhérents]", "entete: [Année, Structure, Adhérents]")
        .replace("donne: structure,", "donne: structure, recopier: oui,")
    )
    lecture, valeurs_lues = lues(
        tmp_path,
        [["Année", "Structure", "Adhérents"], [2024, "Phare", 12], [2025, None, None], [None, "Phare", 31]],
        "A3:C3",
        yaml,
    )
    assert valeurs_lues == {("maison-phare", "C2"): 12, ("maison-phare", "C4"): 31}
    assert [f.annee for f in lecture.formulaires] == [2024, 2025]
    assert "cases_fusionnees" not in {a.regle for a in anomalies(lecture)}


def test_dans_un_formulaire_la_case_fusionnee_sur_deux_libelles_est_refusee(tmp_path):
    lecture, valeurs_lues = lues(
        tmp_path, [["Fiche"], ["Adhérents", 412], ["Familles", None]], "B2:B3", FORMULAIRE
    )
    assert not valeurs_lues
    [dite] = [a for a in anomalies(lecture) if a.regle == "cases_fusionnees"]
    assert "« Adhérents » ; « Familles »" in dite.message
    # a label that nobody declared is an answer too
    lecture, valeurs_lues = lues(
        tmp_path, [["Fiche"], ["Adhérents", 412], ["Bénévoles", None], ["Familles", 9]], "B2:B3", FORMULAIRE
    )
    assert valeurs_lues == {("maison-phare", "B4"): 9}


def test_une_reponse_fusionnee_sous_deux_libelles_est_refusee(tmp_path):
    yaml = FORMULAIRE.replace('mesure: "v:adherents"}', 'mesure: "v:adherents", sens: dessous}')
    rangees = [["Fiche"], ["Adhérents", "Bénévoles"], [412, None], ["Familles", 9]]
    lecture, valeurs_lues = lues(tmp_path, rangees, "A3:B3", yaml)
    assert valeurs_lues == {("maison-phare", "B4"): 9}
    assert "cases_fusionnees" in {a.regle for a in anomalies(lecture)}


def test_un_petit_effectif_fusionne_n_est_pas_recopie(tmp_path):
    lecture, _ = lues(tmp_path, [ENTETE, ["Phare", 3, 12], ["Archipel", None, 20]], "B2:B3")
    [dite] = [a for a in anomalies(lecture) if a.regle == "cases_fusionnees"]
    assert "« 3 »" not in dite.message
    assert "petit effectif possible" in dite.message
