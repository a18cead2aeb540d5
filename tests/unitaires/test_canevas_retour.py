"""The marked copy: whatever the workbook, its list reads line under line."""

from openpyxl import Workbook, load_workbook

from etl.anomalie import Anomalie
from etl.canevas.retour import FEUILLE, annoter


def classeur(tmp_path, fusion=None):
    neuf = Workbook()
    neuf.active.title = "Crèche"
    if fusion:
        neuf.active.merge_cells(fusion)
    chemin = tmp_path / "recu.xlsx"
    neuf.save(chemin)
    return chemin


def test_une_explication_longue_a_la_hauteur_de_ses_lignes(tmp_path):
    longue = "Cette explication est bien longue. " * 8  # 280 characters, on columns of 100
    anomalies = [Anomalie("Crèche", "F10", "bloquant", "r", message) for message in ("Courte.", longue)]
    liste = load_workbook(annoter(classeur(tmp_path), anomalies, tmp_path / "retour"))[FEUILLE]
    assert [liste.row_dimensions[rang].height for rang in (2, 3)] == [15, 45]


def test_une_cellule_cachee_sous_une_fusion_est_dite_dans_la_liste(tmp_path):
    anomalie = Anomalie("Crèche", "G20", "bloquant", "r", "Le second nombre manque.")
    copie = load_workbook(annoter(classeur(tmp_path, "F20:G20"), [anomalie], tmp_path / "retour"))
    assert copie[FEUILLE]["E2"].value == "Le second nombre manque."
    assert copie["Crèche"]["F20"].comment is None
