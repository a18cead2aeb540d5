"""Numbers that left their titles in a workbook of their own: nothing of what may have moved is loaded."""

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.classeurs_libres.lecture import decalages
from tests.exemples.brouillon_accepte import valeurs_lues
from tests.exemples.classeur_libre import anomalies, ecrire, lire

CONVENTION = charger(dossier_par_defaut())
PLAT = """
titre: Suivi
nature: rapport
reconnaissance: {cellules: [Crèche]}
annee: {valeur: 2025}
tableaux:
  - entete: [Crèche]
    colonnes:
      - entete: Crèche
        donne: structure
        noms: {Junot: multi-accueil-junot, Heudelet: lpcr-heudelet, Roosevelt: multi-accueil-roosevelt}
      - {entete: Admis, donne: valeur, mesure: "i:PE-2.0.2-b"}
      - {entete: Places, donne: valeur, mesure: "v:places"}
      - {entete: ETP, donne: valeur, mesure: "v:etp-permanents"}
      - {entete: Note, donne: remarque, facultative: oui}
"""
ANNEES = """
titre: Suivi
nature: rapport
reconnaissance: {cellules: [Indicateur]}
structure: {valeur: multi-accueil-junot}
tableaux:
  - entete: [Indicateur]
    colonnes:
      - entete: Indicateur
        donne: mesure
        noms: {Admis: "i:PE-2.0.2-b", Places: "v:places", ETP: "v:etp-permanents"}
      - {entete: AAAA, donne: valeur, annee: AAAA}
"""
TITRES = ["Crèche", "Admis", "Places", "ETP", "Note"]
LIGNES = [["Junot", 31, 18, 6], ["Heudelet", 32, 19, 7], ["Roosevelt", 33, 20, 8]]


def lu(tmp_path, yaml, *rangees):
    """What is loaded, {(structure, year, measure): value}, and what blocks, [(rule, address)]."""
    chemin = ecrire(tmp_path / "suivi.xlsx", {"Suivi": [list(rangee) for rangee in rangees]})
    lecture = lire(chemin, yaml, CONVENTION)
    valeurs = {(qui[-8:], annee, mesure): v for (qui, annee, mesure, _), v in valeurs_lues(lecture).items()}
    return valeurs, [(a.regle, a.cellule) for a in anomalies(lecture) if a.gravite == "bloquant"]


@pytest.mark.parametrize(
    ("titres", "lignes", "chargees", "dit"),
    [
        (TITRES, LIGNES, 9, []),
        # a title inserted, the numbers left where they were
        (["Crèche", "QPV", *TITRES[1:]], LIGNES, 0, [("titres_decales", "B2")]),
        (["Crèche", "Admis", "QPV", "Places", "ETP"], LIGNES, 3, [("titres_decales", "C2")]),
        (["Crèche", "Admis", "", "Places", "ETP"], [[*x, ""] for x in LIGNES], 3, [("titres_decales", "C2")]),
        # a new column with its own numbers, or beside a column that nobody answers
        (["Crèche", "QPV", *TITRES[1:]], [[x[0], 9, *x[1:]] for x in LIGNES], 9, []),
        (TITRES, [[*x[:3], ""] for x in LIGNES], 6, []),
        (["Crèche", "Admis", "Places", "ETP", "QPV"], [[*x[:3], "", 9] for x in LIGNES], 6, []),
        # a title taken away: the table lacks it, and its last numbers have none
        (["Crèche", "Admis", "ETP"], LIGNES, 0, [("colonne_absente", "A1"), ("titres_decales", "D2")]),
        # the same column taken away whole
        (["Crèche", "Admis", "ETP"], [[*x[:2], x[3]] for x in LIGNES], 6, [("colonne_absente", "A1")]),
        # sums jotted at the right of a whole table
        (["Crèche", "Admis", "Places", "ETP"], [[*x, 55] for x in LIGNES], 9, []),
    ],
)  # fmt: skip
def test_les_titres_et_leurs_nombres(tmp_path, titres, lignes, chargees, dit):
    valeurs, bloquants = lu(tmp_path, PLAT, titres, *lignes)
    assert bloquants == dit
    vraies = {
        (qui, 2025, mesure): n
        for qui, ligne in zip(("il-junot", "heudelet", "oosevelt"), LIGNES, strict=True)
        for mesure, n in zip(("i:PE-2.0.2-b", "v:places", "v:etp-permanents"), ligne[1:], strict=True)
    }
    assert len(valeurs) == chargees and valeurs.items() <= vraies.items()


@pytest.mark.parametrize(
    ("titres", "ajout", "annees", "dit"),
    [
        (["Indicateur", 2024, 2025], [], {2024, 2025}, []),
        (["Indicateur", 2025], [], set(), [("titres_decales", "C2")]),
        (["Indicateur", 2024, 2025], [66], {2024, 2025}, []),  # jotted at the right: both years are there
    ],
)
def test_une_annee_otee_des_titres_ne_donne_pas_ses_nombres_a_une_autre(tmp_path, titres, ajout, annees, dit):
    donnees = [["Admis", 31, 35, *ajout], ["Places", 18, 19, *ajout], ["ETP", 6, 7, *ajout]]
    valeurs, bloquants = lu(tmp_path, ANNEES, titres, *donnees)
    assert ({annee for _, annee, _ in valeurs}, bloquants) == (annees, dit)


@pytest.mark.parametrize(("derniere", "dit"), [(2025, [("titres_decales", "C2")]), (2026, [])])
def test_une_colonne_prete_pour_l_annee_en_cours_n_a_pas_perdu_ses_nombres(
    tmp_path, monkeypatch, derniere, dit
):
    monkeypatch.setattr(decalages, "annee_en_cours", lambda: 2026)
    donnees = [["Admis", 30, 1, 31], ["Places", 17, 1, 18]]
    titres = ["Indicateur", derniere - 2, "Écart", derniere - 1, derniere]
    assert lu(tmp_path, ANNEES, titres, *donnees)[1] == dit


def test_une_ligne_poussee_d_une_case_ne_repond_plus(tmp_path):
    """« Insérer, décaler vers la droite » in one row: its last number stands among the notes."""
    lignes = [LIGNES[0], ["Heudelet", "", 32, 19, 7], LIGNES[2]]
    valeurs, bloquants = lu(tmp_path, PLAT, TITRES, *lignes)
    assert bloquants == [("reponses_glissees", "E3")]
    assert {qui for qui, *_ in valeurs} == {"il-junot", "oosevelt"}
    # a note that is a number, on a row that answers all: nothing moved
    assert lu(tmp_path, PLAT, TITRES, LIGNES[0], [*LIGNES[1], 7], LIGNES[2])[1] == []
    # a column where numbers are at home
    aussi = [[*LIGNES[0], 3], ["Heudelet", "", 19, 7, 4], LIGNES[2]]
    assert lu(tmp_path, PLAT, TITRES, *aussi)[1] == []
    # a note in words beside an answer that is missing
    assert lu(tmp_path, PLAT, TITRES, LIGNES[0], ["Heudelet", "", 19, 7, "12 lits"], LIGNES[2])[1] == []


@pytest.mark.parametrize(
    ("places", "chargees"),
    [
        (["", 18, 19, 20], 0),  # pasted one row too low
        ([18, "", 19, 20], 1),
        (["", 19, 20, 40], 2),  # their sum, that of nobody we know with them, under one that did not answer
        ([18, 19, 20, 57], 3),
    ],
)
def test_une_colonne_descendue_d_une_ligne_ne_repond_plus(tmp_path, places, chargees):
    lignes = [[x[0], x[1], n, x[3]] for x, n in zip(LIGNES, places, strict=False)]
    lignes.insert(2, ["Autre", 1, 1, 1])  # nobody we know, and no hole
    valeurs, bloquants = lu(tmp_path, PLAT, TITRES, *lignes, ["", "", places[3]])
    assert len([v for (_, _, mesure), v in valeurs.items() if mesure == "v:places"]) == chargees
    assert (("reponses_glissees", "C6") in bloquants) is (places[3] == 20)
    assert ("libelle_absent", "A6") in bloquants
    assert len(valeurs) == 6 + chargees
