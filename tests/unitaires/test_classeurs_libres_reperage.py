"""Where the tables of a workbook are: several on a sheet, one on several sheets, forms without any."""

import pytest

from etl.classeurs import Feuille
from etl.classeurs_libres.description.reperage import (
    deviner_entete,
    reperer,
    reperer_formulaires,
    tableaux_de,
)


def feuille(*rangees: list[object], nom: str = "Suivi") -> Feuille:
    largeur = max(map(len, rangees))
    return Feuille(
        nom,
        [[*(float(x) if isinstance(x, int) else x for x in r), *[""] * (largeur - len(r))] for r in rangees],
    )


ENTETE, PHARE = ["Structure", "Adhérents"], ["Phare", 412]


@pytest.mark.parametrize(
    ("rangees", "attendu"),
    [
        ([ENTETE, PHARE], (0, 1)),
        ([["Suivi 2025"], [], ENTETE, PHARE], (2, 1)),
        (
            [["", "Accueil", "", "Locaux"], ["Service", "Rapidité", "Clarté", "Accès"], ["DUOP", 1, 2, 3]],
            (0, 2),
        ),
        # one title over two columns is a part of the header, one at the left is the title of the table
        ([["", "Adhérents", ""], ["Structure", "Femmes", "Hommes"], ["Phare", 200, 212]], (0, 2)),
        ([["Suivi"], ["Structure", "Femmes", "Hommes"], ["Phare", 200, 212]], (1, 1)),
        ([["Titre seul"], ["une note"]], None),
        ([ENTETE, ["Phare", "1 412"], ["Total", "2 000"]], (0, 1)),
        ([["Indicateur", 2024, 2025], ["Adhérents", 400, 412]], (0, 1)),
        # rows of data alone, whatever their words
        ([["Phare", "F", 412], ["Archipel", "F", 300]], None),
    ],
)
def test_la_ligne_d_en_tete_est_devinee(rangees, attendu):
    assert deviner_entete(feuille(*rangees)) == attendu


def places(lue: Feuille) -> list[tuple[int, tuple[int, ...], str | None]]:
    return [(t.rang, t.colonnes, t.fin) for t in tableaux_de(lue)]


@pytest.mark.parametrize(
    ("rangees", "attendu"),
    [
        ([ENTETE, PHARE], [(0, (0, 1), None)]),
        # one under the other, a blank row between them
        ([ENTETE, PHARE, [], ["Structure", "Familles"], PHARE], [(0, (0, 1), ""), (3, (0, 1), None)]),
        # a title stands above the second one
        (
            [ENTETE, PHARE, [], ["Familles"], ["Structure", "Familles"], PHARE],
            [(0, (0, 1), ""), (4, (0, 1), None)],
        ),
        # a blank row in the middle of the data ends nothing
        ([ENTETE, PHARE, [], ["Archipel", 300], [], ["Total", 712]], [(0, (0, 1), None)]),
        # a note under the table is not a part of it
        ([ENTETE, PHARE, [], ["Source : notre logiciel"]], [(0, (0, 1), "")]),
        # beside one another
        (
            [[*ENTETE, "", "Structure", "Familles"], [*PHARE, "", "Phare", 180]],
            [(0, (0, 1), None), (0, (3, 4), None)],
        ),
        # a column without a title is no other table
        ([[*ENTETE, "", "Contact"], [*PHARE, "", "Mme X"]], [(0, (0, 1, 3), None)]),
        ([["Mode d’emploi"], ["Remplir"]], []),
    ],
)
def test_les_tableaux_d_une_feuille(rangees, attendu):
    assert places(feuille(*rangees)) == attendu


def test_un_meme_tableau_sur_plusieurs_feuilles_se_decrit_une_fois():
    reperes = reperer(
        [
            feuille(ENTETE, PHARE, nom="Phare"),
            feuille(["Lisez-moi"], nom="Notice"),
            feuille(["Titre"], [], ENTETE, PHARE, nom="Archipel"),
            feuille(["Structure", "Familles"], PHARE, nom="Autre"),
        ]
    )
    assert [t.feuilles for t in reperes] == [("Phare", "Archipel"), ("Autre",)]


def test_un_en_tete_repete_sur_la_feuille_est_un_seul_tableau_lu_jusqu_au_bout():
    [repere] = reperer([feuille(ENTETE, PHARE, [], ENTETE, ["Archipel", 300])])
    assert (repere.rang, repere.fin) == (0, None)


def test_une_feuille_sans_tableau_se_lit_comme_un_formulaire():
    remplies = [
        feuille(["Structure", "Phare"], [], ["Adhérents", 412], ["Familles : 180"], nom="Phare"),
        feuille(["Structure", "Archipel"], [], ["Adhérents", 300], ["ETP :", 8], nom="Archipel"),
        feuille(["Rien", "à lire"], nom="Notice"),
    ]
    [formulaire] = reperer_formulaires(remplies, reperer(remplies))
    assert formulaire.feuilles == ("Phare", "Archipel")
    assert formulaire.libelles == ("Adhérents", "Familles", "ETP")
