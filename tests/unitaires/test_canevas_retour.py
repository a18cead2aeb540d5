"""The marked copy: whatever the workbook, its list reads line under line."""

from openpyxl import Workbook, load_workbook

from etl.anomalie import Anomalie
from etl.canevas.redaction.styles import BLEU_PALE, SAISIE
from etl.canevas.retour.copie import FEUILLE, annoter
from etl.marquage import FONDS


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


def test_sans_rien_a_corriger_ni_confirmer_aucune_copie_n_est_ecrite(tmp_path):
    for anomalies in ([], [Anomalie("Crèche", "F10", "information", "r", "Rien à faire.")]):
        assert annoter(classeur(tmp_path), anomalies, tmp_path / "retour") is None
    assert not (tmp_path / "retour").exists()


def test_les_couleurs_des_marques_ne_sont_pas_celles_des_cases_a_remplir():
    assert len({SAISIE, BLEU_PALE, *FONDS.values()}) == 4
    for fond in FONDS.values():
        ecarts = [abs(int(fond[i : i + 2], 16) - int(SAISIE[i : i + 2], 16)) for i in (0, 2, 4)]
        assert max(ecarts) > 20


def test_un_texte_qui_commence_par_egale_reste_un_texte_sans_apostrophe_visible(tmp_path):
    anomalie = Anomalie("Crèche", "F10", "bloquant", "r", "Formule.", "=1+1")
    lue = load_workbook(annoter(classeur(tmp_path), [anomalie], tmp_path / "retour"))[FEUILLE]["D2"]
    assert (lue.value, lue.data_type) == ("=1+1", "s")


def test_une_feuille_cachee_ou_il_faut_corriger_se_montre(tmp_path):
    chemin = classeur(tmp_path)
    cache = load_workbook(chemin)
    cache.create_sheet("Autre")
    cache["Crèche"].sheet_state = "hidden"
    cache.active = 1
    cache.save(chemin)
    anomalie = Anomalie("Crèche", "A1", "bloquant", "r", "À corriger.")
    copie = load_workbook(annoter(chemin, [anomalie], tmp_path / "retour"))
    assert copie["Crèche"].sheet_state == "visible"
