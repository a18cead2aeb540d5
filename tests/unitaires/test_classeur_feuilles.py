"""The shape of a workbook: a screen reader, a printer and a program find the same things."""

import io
import zipfile
from datetime import datetime

import pytest
from defusedxml.ElementTree import fromstring
from openpyxl import load_workbook

from ctg.exports.cellules import Lien
from ctg.exports.classeur import Colonne, Document, Feuille, Tableau
from ctg.exports.diagrammes import Diagramme, Serie

COLONNES = (Colonne("Fiche", 30), Colonne("Répondants", 12), Colonne("Attendus", 12), Colonne("Phrase", 40))
LIGNES = [("PE-1", 12, 15, "mot " * 60), ("PE-2", 3, 4, "=1+1")]
BARRES = Diagramme(
    "Trois fiches sur quatre",
    "Barres : 12 sur 15, 3 sur 4.",
    "Fiche",
    (Serie("Attendus", "8C8C8C"), Serie("Répondants", "12436D")),
    "Répondants",
)


def document(*feuilles, pied="Données fictives"):
    return Document(
        "Essai & suite", "Tableau de bord", "Essai", datetime(2026, 11, 21, 9, 30), pied, feuilles
    )


def feuille(nom="Synthèse", lignes=LIGNES, diagrammes=(BARRES,), description="Un tableau de 2 lignes."):
    return Feuille(
        nom, "Le titre", description, "Campagne 2025", Tableau("T_Essai", COLONNES, lignes), diagrammes
    )


def relu(contenu):
    return load_workbook(io.BytesIO(contenu))


def test_titre_description_contexte_puis_tableau():
    page = relu(document(feuille(diagrammes=())).octets())["Synthèse"]
    assert [page[f"A{rang}"].value for rang in (1, 2, 3, 4)] == [
        "Le titre",
        "Un tableau de 2 lignes.",
        "Campagne 2025",
        None,
    ]
    table = page.tables["T_Essai"]
    assert table.ref == "A5:D7"
    assert table.column_names == [cellule.value for cellule in page[5]] == [c.entete for c in COLONNES]
    assert [[cellule.value for cellule in rangee] for rangee in page["A6:C7"]] == [
        ["PE-1", 12, 15],
        ["PE-2", 3, 4],
    ]


def test_rien_n_est_fusionne_cache_calcule_ni_lie_ailleurs():
    contenu = document(feuille()).octets()
    page = relu(contenu)["Synthèse"]
    assert not page.merged_cells.ranges
    assert page.sheet_state == "visible"
    assert not any(cellule.data_type == "f" for rangee in page for cellule in rangee)
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        assert not [nom for nom in archive.namelist() if "externalLink" in nom or "vba" in nom.lower()]
        liens = b"".join(archive.read(nom) for nom in archive.namelist() if nom.endswith(".rels"))
        assert b"External" not in liens


def test_un_long_texte_d_annonce_continue_sur_la_ligne_suivante():
    phrase = "Cette feuille contient un tableau. " * 6
    page = relu(document(feuille(description=phrase, diagrammes=())).octets())["Synthèse"]
    lus = [page[f"A{rang}"].value for rang in (2, 3, 4)]
    assert " ".join(lus[:-1] if lus[-1] == "Campagne 2025" else lus).startswith("Cette feuille")
    assert all(len(texte) <= sum(colonne.largeur for colonne in COLONNES) for texte in lus)


def test_la_hauteur_des_lignes_suit_le_texte_le_plus_long():
    page = relu(document(feuille(diagrammes=())).octets())["Synthèse"]
    assert page.row_dimensions[6].height == 4 + 12.5 * 6  # 240 characters in a column of 40
    assert page.row_dimensions[7].height == 4 + 12.5


def test_l_impression_tient_en_largeur_sur_un_a4_couche():
    page = relu(document(feuille()).octets())["Synthèse"]
    assert (page.page_setup.orientation, int(page.page_setup.paperSize)) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    entete = int(page.tables["T_Essai"].ref.split(":")[0][1:])
    assert page.print_title_rows == f"${entete}:${entete}"
    assert page.oddFooter.left.text == "Données fictives"
    assert page.oddFooter.center.text is None  # the foot would be printed over it
    assert page.oddHeader.center.text == "Essai && suite"
    assert page.oddFooter.right.text == "Page &P sur &N"


def test_le_graphique_a_sa_page_un_titre_des_axes_et_une_alternative():
    contenu = document(feuille()).octets()
    page = relu(contenu)["Synthèse"]
    entete = int(page.tables["T_Essai"].ref.split(":")[0][1:])
    (graphique,) = page._charts
    assert graphique.anchor._from.row < entete
    assert [saut.id for saut in page.row_breaks.brk] == [entete - 1]
    assert (graphique.x_axis.delete, graphique.y_axis.delete) == (False, False)
    assert graphique.title.tx.rich.p[0].r[0].t == "Trois fiches sur quatre"
    assert graphique.series[0].val.numRef.f == f"'Synthèse'!$C${entete + 1}:$C${entete + 2}"
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        dessin = fromstring(archive.read("xl/drawings/drawing1.xml"))
    proprietes = next(element for element in dessin.iter() if element.tag.endswith("cNvPr"))
    assert proprietes.get("descr") == BARRES.alternative


def test_les_proprietes_disent_le_titre_la_langue_et_la_date_des_donnees():
    proprietes = relu(document(feuille()).octets()).properties
    assert (proprietes.title, proprietes.language, proprietes.creator) == (
        "Essai & suite",
        "fr-FR",
        "Tableau de bord",
    )
    assert proprietes.created == proprietes.modified == datetime(2026, 11, 21, 9, 30)


def test_le_meme_document_donne_les_memes_octets():
    assert document(feuille()).octets() == document(feuille()).octets()


def test_un_tableau_sans_ligne_dit_pourquoi_et_n_a_pas_de_graphique():
    page = relu(document(feuille(lignes=[])).octets())["Synthèse"]
    assert page["A5"].value == "Aucune ligne pour les filtres choisis."
    assert not page.tables
    assert not page._charts


def test_les_liens_du_sommaire_menent_a_une_feuille():
    sommaire = Feuille(
        "Sommaire",
        "Sommaire",
        "Un tableau.",
        "2025",
        Tableau("T_Sommaire", (Colonne("Feuille", 30),), [(Lien("Synthèse", "Synthèse"),)]),
    )
    classeur = relu(document(sommaire, feuille()).octets())
    assert classeur["Sommaire"]["A6"].hyperlink.location == "'Synthèse'!A1"


@pytest.mark.parametrize(
    ("colonnes", "lignes", "message"),
    [
        ((Colonne("A", 5), Colonne("A", 5)), [], "uniques"),
        ((Colonne(" ", 5),), [], "jamais vides"),
        ((Colonne("A", 5), Colonne("B", 5)), [("x", "y"), ("z",)], r"lignes \[2\]"),
    ],
)
def test_un_tableau_mal_forme_est_refuse(colonnes, lignes, message):
    with pytest.raises(ValueError, match=message):
        Tableau("T", colonnes, lignes)


def test_une_cellule_vide_est_refusee():
    with pytest.raises(ValueError, match="cellule vide"):
        document(feuille(lignes=[("PE-1", 1, 1, "")], diagrammes=())).octets()
