"""The file itself: shape, links, filters, secrets, same bytes, LibreOffice reading the same values."""

import io
import shutil
import subprocess
import zipfile

import pytest
from openpyxl import load_workbook

from ctg.entrepot import Entrepot
from ctg.exports.recapitulatif.contexte import Selection
from ctg.exports.recapitulatif.document import contenu, produire
from tests.exemples.campagne_recapitulatif import construire, vierge
from tests.exemples.classeur_relu import ClasseurRelu


@pytest.fixture(scope="module")
def entrepot(tmp_path_factory):
    return Entrepot(construire(tmp_path_factory.mktemp("entrepot") / "petit.duckdb"))


@pytest.fixture(scope="module")
def recapitulatif(entrepot):
    return produire(entrepot, Selection(2025))


@pytest.fixture(scope="module")
def relu(recapitulatif):
    return ClasseurRelu.de(recapitulatif.octets)


def test_les_feuilles_dans_l_ordre(entrepot, relu):
    noms = [page.title for page in relu.pages]
    assert noms == [
        "Garde",
        "Sommaire",
        "Synthèse",
        "Indicateurs par état",
        "Axe PE",
        "Axe EN",
        "Axe JE",
        "Axe AVS",
        "Ventilations",
        "Par quartier",
        "Jalons",
        "Méthode et sources",
    ]
    assert contenu(entrepot, Selection(2025)) == [(page.title, page["A1"].value) for page in relu.pages]


def test_chaque_feuille_est_accessible(relu):
    for page in relu.pages:
        assert page["A1"].value and page["A2"].value and page["A3"].value, page.title
        assert page.sheet_state == "visible" and not page.merged_cells.ranges
        assert len(page.tables) <= 1
        for table in page.tables.values():
            assert len(set(table.column_names)) == len(table.column_names)
            assert all(cellule.value not in (None, "") for rangee in page[table.ref] for cellule in rangee)


def test_tous_les_liens_menent_a_une_feuille(relu):
    liens = [
        cellule.hyperlink.location
        for page in relu.pages
        for rangee in page
        for cellule in rangee
        if cellule.hyperlink
    ]
    assert len(liens) == 11
    assert {lien.rpartition("!")[0].strip("'") for lien in liens} <= {page.title for page in relu.pages}


def test_les_graphiques_ont_titre_et_axes(relu):
    graphiques = [graphique for page in relu.pages for graphique in page._charts]
    assert len(graphiques) == 2
    for graphique in graphiques:
        assert not graphique.x_axis.delete and not graphique.y_axis.delete
        assert graphique.title is not None and graphique.y_axis.title is not None


def test_un_secret_n_est_nulle_part_dans_le_fichier(recapitulatif):
    with zipfile.ZipFile(io.BytesIO(recapitulatif.octets)) as archive:
        texte = b"".join(archive.read(nom) for nom in archive.namelist())
    assert b"33.33333333333333" in texte  # 37 of 111 is published
    assert b"10.81" not in texte  # 4 of 37 is not
    assert b"10,8" not in texte


def test_le_meme_entrepot_donne_le_meme_fichier(entrepot, recapitulatif):
    refait = produire(Entrepot(entrepot.chemin), Selection(2025))
    assert (refait.nom, refait.octets) == (recapitulatif.nom, recapitulatif.octets)


def test_des_donnees_fictives_se_disent_partout(tmp_path):
    fictif = Entrepot(construire(tmp_path / "fictif.duckdb", fictif=True))
    sorti = produire(fictif, Selection(2025))
    relu = ClasseurRelu.de(sorti.octets)
    assert relu.lignes("Garde")[0]["Rubrique"] == "Données fictives"
    assert sorti.nom == "recapitulatif-ctg_2025_01234567_donnees-fictives.xlsx"
    for page in relu.pages:
        assert page["A3"].value.startswith("Données fictives · provisoire, ne pas diffuser · "), page.title
        assert page.oddFooter.left.text == "Données fictives · provisoire, ne pas diffuser"


def test_des_donnees_reelles_ne_se_disent_pas_fictives(recapitulatif, relu):
    assert recapitulatif.nom == "recapitulatif-ctg_2025_01234567.xlsx"
    assert relu.lignes("Garde")[0]["Rubrique"] == "Statut"
    assert not any("fictives" in page["A3"].value for page in relu.pages)


def test_les_filtres_restreignent_et_s_impriment(entrepot):
    sorti = produire(entrepot, Selection(2025, axe="JE", quartier="gresilles"))
    relu = ClasseurRelu.de(sorti.octets)
    assert sorti.nom == "recapitulatif-ctg_2025_axe-je_gresilles_01234567.xlsx"
    assert [page.title for page in relu.pages if page.title.startswith("Axe")] == ["Axe JE"]
    assert len(relu.lignes("Synthèse")) == 3
    for page in relu.pages:
        assert "année 2025 · axe : Jeunesse · quartier : Grésilles" in page["A3"].value, page.title
    # a and b are in Grésilles, c is not : 50, 62, 63 ; the sheet by quartier keeps the others
    ligne = relu.ligne("Axe JE", Code="P")
    assert [ligne[titre] for titre in ("2023 (référence)", "2024", "2025")] == [50, 62, 63]
    assert "État (ville)" in ligne
    assert relu.ligne("Par quartier", Code="P")["Université"] == "non disponible"
    assert relu.ligne("Axe JE", Code="D")["Mention"] == "ne se décline pas par quartier : lire la ville"


def test_l_annee_de_reference_n_a_rien_a_quoi_se_comparer(entrepot):
    ligne = ClasseurRelu.de(produire(entrepot, Selection(2023)).octets).ligne("Axe JE", Code="P")
    assert ligne["2023 (référence)"] == 58
    assert not [entete for entete in ligne if entete.startswith(("Évolution", "2024"))]


def test_une_premiere_campagne_presque_vide_donne_un_classeur_complet(tmp_path):
    presque_vide = vierge()
    presque_vide.repondre("a", 2025)
    entrepot = Entrepot(construire(tmp_path / "vide.duckdb", presque_vide))
    relu = ClasseurRelu.de(produire(entrepot, Selection(2025)).octets)
    assert len(relu.pages) == 12
    ligne = relu.ligne("Axe JE", Code="P")
    assert (ligne["2023 (référence)"], ligne["2024"], ligne["2025"]) == ("non disponible",) * 3
    assert not [entete for entete in ligne if entete.startswith("Évolution")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice absent")
def test_libreoffice_relit_les_memes_valeurs(tmp_path, recapitulatif, relu):
    (tmp_path / "recap.xlsx").write_bytes(recapitulatif.octets)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profil",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(tmp_path / "sorti"),
            str(tmp_path / "recap.xlsx"),
        ],
        check=True,
        capture_output=True,
    )
    converti = load_workbook(tmp_path / "sorti" / "recap.xlsx")
    for page in relu.pages:
        for table in page.tables.values():
            avant = [[cellule.value for cellule in rangee] for rangee in page[table.ref]]
            apres = [[cellule.value for cellule in rangee] for rangee in converti[page.title][table.ref]]
            for ligne, lue in zip(avant, apres, strict=True):
                assert lue == [pytest.approx(v, rel=1e-14) if isinstance(v, float) else v for v in ligne]
