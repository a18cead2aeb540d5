"""The tables the officer corrects, read back: what was ticked, moved, added, tied."""

from dataclasses import replace

import pandas as pd
import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.classeurs import Feuille
from etl.classeurs_libres.description.choix import Choix, ColonneChoisie, TableauChoisi
from etl.classeurs_libres.description.proposition import TableauPropose
from etl.classeurs_libres.description.reperage import TableauRepere
from pages.donnees.classeurs import fautes, rattachement, reperes

CONVENTION = charger(dossier_par_defaut())
GAUCHE = TableauRepere(("2025",), 0, 1, (0, 1), None, (3, 4))
DROITE = TableauRepere(("2025",), 0, 1, (3, 4), None, (0, 1))
PROPOSES = [TableauPropose(GAUCHE, (), {}), TableauPropose(DROITE, (), {})]


def corriges(*lignes: tuple[object, ...], rangs: list[int] | None = None) -> pd.DataFrame:
    colonnes = [reperes.LIRE, reperes.FEUILLE, reperes.LIGNE, reperes.HAUTEUR, reperes.AUSSI]
    return pd.DataFrame(list(lignes), columns=colonnes, index=rangs)


def test_deux_tableaux_cote_a_cote_se_distinguent_par_leurs_colonnes():
    assert list(reperes.en_table(PROPOSES)[reperes.COLONNES]) == ["A à B", "D à E"]
    assert [reperes.titre(p.repere) for p in PROPOSES] == [
        "Feuille « 2025 », ligne 1, colonnes A à B",
        "Feuille « 2025 », ligne 1, colonnes D à E",
    ]
    assert reperes.titre(replace(GAUCHE, voisines=())) == "Feuille « 2025 », ligne 1"


def test_deux_tableaux_de_la_meme_ligne_restent_deux_et_celui_qu_on_decoche_est_le_bon():
    un, deux = (True, "2025", 1, "une ligne", ""), (True, "2025", 1, "une ligne", "")
    assert reperes.designes(corriges(un, deux), PROPOSES) == [GAUCHE, DROITE]
    assert reperes.designes(corriges((False, *un[1:]), deux), PROPOSES) == [DROITE]
    assert reperes.designes(corriges(deux, rangs=[1]), PROPOSES) == [DROITE]  # the first row was deleted


def test_une_ligne_deplacee_ou_ajoutee_est_designee_une_ligne_inachevee_attend():
    lignes = [
        (True, "2025", 4.0, "deux lignes", ""),
        (True, "Autre", 2.0, None, None),
        (True, None, 3.0, "une ligne", None),
        (None, "Autre", None, "une ligne", None),
    ]
    assert reperes.designes(corriges(*lignes), PROPOSES) == [("2025", 3, 2), ("Autre", 1, 1)]


def test_une_ligne_sous_tout_ce_qui_est_ecrit_n_a_pas_de_colonne():
    rangees = [["Centre", "Adhérents"], ["L’Archipel", 412], ["", ""]]
    feuilles = [Feuille("2025", rangees)]
    situes = reperes.situer([GAUCHE, ("2025", 0, 1), ("2025", 2, 1), ("2025", 7, 2)], feuilles)
    assert [repere.colonnes for repere in situes] == [(0, 1), (0, 1), (), ()]


def test_sans_tableau_la_liste_peut_quand_meme_etre_completee():
    vide = reperes.en_table([])
    assert list(vide.dtypes.astype(str))[0:3:2] == ["bool", "int64"]


def test_chaque_structure_a_un_nom_qui_n_est_qu_a_elle_et_rien_de_proche_n_est_pris_sans_accord():
    etiquettes = rattachement.etiquettes(CONVENTION)
    assert set(etiquettes.values()) == set(CONVENTION.structures)
    libelles = ["L’Archipel", "Maison Phare", "Total", "Tennis club"]
    for retenir, phare in ((False, "—"), (True, "La Maison-Phare")):
        lignes = rattachement.structures_a_confirmer(libelles, etiquettes, CONVENTION, retenir)
        assert list(lignes[rattachement.STRUCTURE]) == [phare, rattachement.PASSER, "—"]


@pytest.mark.parametrize(
    ("message", "dit"),
    [
        ("tableaux[1] : aucune valeur", "Feuilles « A », « B », ligne 3 : aucune valeur"),
        (
            "tableaux[1] › colonnes[2] › mesure : dire de quelle mesure",
            "Feuilles « A », « B », ligne 3, colonne « Familles » (C) › mesure : dire de quelle mesure",
        ),
        ("tableaux[1] › colonnes[9] : rien", "Feuilles « A », « B », ligne 3 : rien"),
        ("tableaux[7] : rien", "tableaux[7] : rien"),
        ("reconnaissance : rien", "reconnaissance : rien"),
    ],
)
def test_une_faute_se_dit_ou_la_page_la_montre(message, dit):
    colonnes = (ColonneChoisie("A", "Centre", "structure"), ColonneChoisie("C", "Familles", "valeur"))
    tableau = TableauChoisi(feuilles=("A", "B"), ligne=3, lignes_entete=1, colonnes=colonnes)
    assert fautes.en_clair(message, Choix("T", "rapport", (tableau,))) == dit
