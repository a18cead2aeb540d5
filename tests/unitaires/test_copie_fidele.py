"""The marked copy of a .xlsx is the sender's own file: nothing of it is lost but what is marked."""

import io
import re
import zipfile

import pytest
import xlsxwriter
from openpyxl import load_workbook

from etl.anomalie import Anomalie
from etl.canevas.retour.copie import FEUILLE, annoter
from etl.classeurs import ouvrir
from etl.marquage import FONDS
from tests.exemples.refuses.fabriquer import zipper

# what each formula was computed to, and what the reader must still find in the copy
RESULTATS = {
    "A1": ("=1+1", 2, 2.0),
    "A2": ('="douze"&" enfants"', "douze enfants", "douze enfants"),
    "A3": ("=1=1", True, True),
    "A4": ('=IF(A1=0,1,"")', "", ""),
    "A5": ("=SUM(B1:B9)", 45728.5, 45728.5),
}


def bloquante(cellule: str, feuille: str = "Crèche", message: str = "À revoir.") -> Anomalie:
    return Anomalie(feuille, cellule, "bloquant", "r", message)


@pytest.fixture
def recu(tmp_path):
    """Formulas computed, one never computed, one in error; a chart, a rule, a list of choices, a comment."""
    chemin = tmp_path / "recu.xlsx"
    with xlsxwriter.Workbook(chemin) as classeur:
        feuille = classeur.add_worksheet("Crèche")
        gras = classeur.add_format({"bold": True, "num_format": "0.0%"})
        for adresse, (formule, resultat, _) in RESULTATS.items():
            feuille.write_formula(adresse, formule, gras if adresse == "A1" else None, resultat)
        feuille.write_formula("A6", "=1/0", None, "#DIV/0!")
        feuille.write_column("B1", [1, 2, 3])
        feuille.write("D1", "libre")
        feuille.write_comment("D1", "Ma remarque.")
        feuille.conditional_format("B1:B9", {"type": "cell", "criteria": ">", "value": 2, "format": gras})
        feuille.data_validation("C1", {"validate": "list", "source": ["oui", "non"]})
        graphique = classeur.add_chart({"type": "column"})
        graphique.add_series({"values": "=Crèche!$B$1:$B$3"})
        feuille.insert_chart("F10", graphique)
        autre = classeur.add_worksheet("Autre")
        autre.write("A1", "rien à y revoir")
        autre.print_area("A1:B2")
        autre.activate()
    return chemin


def parties(chemin):
    with zipfile.ZipFile(chemin) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def annotee(recu, tmp_path, *anomalies):
    return annoter(recu, anomalies, tmp_path / "retour")


def test_les_resultats_des_formules_restent(recu, tmp_path):
    copie = annotee(recu, tmp_path, *(bloquante(f"A{rang}") for rang in range(1, 7)))
    avant, apres = (next(f for f in ouvrir(c).feuilles if f.nom == "Crèche") for c in (recu, copie))
    for adresse, (_, _, attendu) in RESULTATS.items():
        assert apres.rangees[int(adresse[1]) - 1][0] == attendu
    assert apres.trompeuses == avant.trompeuses
    assert apres.trompeuses[5, 0].erreur == "#DIV/0!"
    assert load_workbook(copie)["Crèche"]["A5"].value == "=SUM(B1:B9)"


def test_seul_ce_qui_est_marque_change(recu, tmp_path):
    avant, apres = parties(recu), parties(annotee(recu, tmp_path, bloquante("B2")))
    changees = {nom for nom in avant if avant[nom] != apres[nom]}
    assert changees == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",  # no longer the sheet the workbook opens on
    }
    for garde in (
        b"<conditionalFormatting",
        b"<dataValidation",
        b"<drawing ",
        b"<f>SUM(B1:B9)</f><v>45728.5</v>",
    ):
        assert garde in apres["xl/worksheets/sheet1.xml"]


def test_la_case_marquee_garde_son_format_et_prend_le_fond(recu, tmp_path):
    case = load_workbook(annotee(recu, tmp_path, bloquante("A1")))["Crèche"]["A1"]
    assert (case.font.bold, case.number_format) == (True, "0.0%")
    assert case.fill.start_color.rgb.endswith(FONDS["bloquant"])


def test_une_case_jamais_ecrite_se_marque_a_sa_place(recu, tmp_path):
    lues = load_workbook(annotee(recu, tmp_path, *(bloquante(a) for a in ("C2", "A9", "Z2", "AB30"))))[
        "Crèche"
    ]
    for adresse in ("C2", "A9", "Z2", "AB30"):
        assert lues[adresse].comment.text == "À revoir."
    xml = parties(tmp_path / "retour" / "recu_a_corriger.xlsx")["xl/worksheets/sheet1.xml"]
    rangs = [int(r) for r in re.findall(rb'<row r="(\d+)"', xml)]
    assert rangs == sorted(rangs)
    assert re.findall(rb'r="([A-Z]+)2"', xml) == [b"A", b"B", b"C", b"Z"]


def test_ce_qui_est_dans_une_colonne_cachee_se_marque_a_sa_droite(recu, tmp_path):
    classeur = load_workbook(recu)
    for colonne in "AB":
        classeur["Crèche"].column_dimensions[colonne].hidden = True
    classeur.save(recu)
    lue = load_workbook(annotee(recu, tmp_path, bloquante("A7"), bloquante("D2")))["Crèche"]
    assert lue["A7"].comment is None
    assert lue["C7"].comment.text == "À revoir." and lue["D2"].comment.text == "À revoir."


def test_la_remarque_de_l_expediteur_reste_devant_la_notre(recu, tmp_path):
    copie = annotee(recu, tmp_path, bloquante("D1"), bloquante("D1", message="Et ceci."), bloquante("D2"))
    lue = load_workbook(copie)["Crèche"]
    assert lue["D1"].comment.text == "Ma remarque.\nÀ revoir.\nEt ceci."
    assert lue["D2"].comment.text == "À revoir."


def test_un_seul_onglet_est_choisi_et_les_zones_d_impression_suivent(recu, tmp_path):
    apres = parties(annotee(recu, tmp_path, bloquante("A1")))
    choisis = [nom for nom, xml in apres.items() if b'tabSelected="1"' in xml]
    assert len(choisis) == 1
    classeur = load_workbook(tmp_path / "retour" / "recu_a_corriger.xlsx")
    assert classeur.sheetnames == [FEUILLE, "Crèche", "Autre"]
    assert classeur.active.title == FEUILLE
    assert classeur["Autre"].print_area == "'Autre'!$A$1:$B$2"


def test_renvoyee_et_encore_fautive_la_copie_ne_garde_que_ce_qui_reste(recu, tmp_path):
    premiere = annotee(recu, tmp_path, bloquante("B1"), bloquante("B2", message="Faux."), bloquante("D1"))
    par_openpyxl = load_workbook(premiere)  # as a spreadsheet would: its texts in another part
    par_openpyxl["Crèche"]["B1"] = 12
    par_openpyxl.save(premiere)
    deuxieme = load_workbook(annoter(premiere, [bloquante("B2", message="Encore faux.")], tmp_path / "deux"))
    assert deuxieme.sheetnames == [FEUILLE, "Crèche", "Autre"]
    lue = deuxieme["Crèche"]
    assert lue["B2"].comment.text == "Encore faux."
    assert lue["B1"].comment is None
    assert lue["B1"].fill.fill_type is None
    assert lue["B2"].fill.start_color.rgb.endswith(FONDS["bloquant"])
    assert [ligne[4].value for ligne in deuxieme[FEUILLE].iter_rows(min_row=2)] == ["Encore faux."]


def test_une_feuille_a_eux_du_meme_nom_n_est_pas_touchee(recu, tmp_path):
    classeur = load_workbook(recu)
    classeur["Autre"].title = FEUILLE
    classeur.save(recu)
    copie = load_workbook(annotee(recu, tmp_path, bloquante("B1")))
    assert copie.sheetnames == [f"{FEUILLE} (2)", "Crèche", FEUILLE]
    assert copie[FEUILLE]["A1"].value == "rien à y revoir"


def test_un_lieu_qui_n_est_pas_une_case_va_dans_la_liste(recu, tmp_path):
    copie = load_workbook(
        annotee(recu, tmp_path, bloquante("ligne 3"), bloquante(None), bloquante("A1", "Ailleurs"))
    )
    assert [ligne[2].value for ligne in copie[FEUILLE].iter_rows(min_row=2)] == ["ligne 3", None, "A1"]
    assert copie["Crèche"]["A1"].comment is None


def test_l_ordre_des_calculs_est_a_refaire_sans_qu_il_en_reste_rien(recu, tmp_path):
    contenu = parties(recu)
    genre = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    chaine = b'<Relationship Id="rId99" Type="%b" Target="calcChain.xml"/>' % genre
    contenu["xl/calcChain.xml"] = b"<calcChain/>"
    rels = "xl/_rels/workbook.xml.rels"
    contenu[rels] = contenu[rels].replace(b"</Relationships>", chaine + b"</Relationships>")
    types = b'<Override PartName="/xl/calcChain.xml" ContentType="application/xml"/></Types>'
    contenu["[Content_Types].xml"] = contenu["[Content_Types].xml"].replace(b"</Types>", types)
    recu.write_bytes(zipper(contenu))
    apres = parties(annotee(recu, tmp_path, bloquante("B2")))
    assert not any(b"calcChain" in xml for nom, xml in apres.items()) and "xl/calcChain.xml" not in apres


def test_un_paquet_d_une_autre_facture_est_recopie(recu, tmp_path):
    """The « strict » variant names everything otherwise: its values are copied, none of them lost."""
    contenu = parties(recu)
    contenu["xl/styles.xml"] = re.sub(rb"<cellXfs.*?</cellXfs>", b"", contenu["xl/styles.xml"])
    recu.write_bytes(zipper(contenu))
    copie = annotee(recu, tmp_path, bloquante("B2"))
    liste = load_workbook(copie)[FEUILLE]
    assert "(.xlsx) a été recopié" in liste["E2"].value
    lues = {f.nom: f.rangees for f in ouvrir(copie).feuilles}
    assert [rangee[0] for rangee in lues["Crèche"]][:3] == [2.0, "douze enfants", True]


def test_la_copie_est_un_paquet_entier(recu, tmp_path):
    """Every relation leads to a part, every part has a type: else a spreadsheet offers to repair the file."""
    apres = parties(annotee(recu, tmp_path, bloquante("A1"), bloquante("A1", "Autre")))
    types = apres["[Content_Types].xml"].decode()
    for nom in apres:
        extension = nom.rpartition(".")[2]
        assert f'PartName="/{nom}"' in types or f'Extension="{extension}"' in types, nom
    for nom in (n for n in apres if n.endswith(".rels")):
        for cible in re.findall(r'Target="(/[^"]+)"', apres[nom].decode()):
            assert cible.lstrip("/") in apres
    assert (
        zipfile.ZipFile(io.BytesIO((tmp_path / "retour" / "recu_a_corriger.xlsx").read_bytes())).testzip()
        is None
    )
