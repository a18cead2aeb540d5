"""Workbooks that are refused before anything opens them: one defect per file, one sentence per defect."""

import random
from pathlib import Path

import pytest

from etl.canevas.phrases.regles import REGLES
from etl.classeurs import ClasseurRefuse, ouvrir
from etl.classeurs.refus import PHRASES
from tests.exemples.refuses.fabriquer import classeur_sain, defauts, zipper

REFUSES = Path(__file__).parents[1] / "exemples" / "refuses"
FICHIERS = sorted(f for f in REFUSES.iterdir() if f.suffix in (".xlsx", ".xls", ".ods", ".csv"))


def test_le_dossier_tient_chaque_defaut_et_rien_d_autre():
    assert {f.name: f.read_bytes() for f in FICHIERS} == defauts()


@pytest.mark.parametrize("fichier", FICHIERS, ids=lambda fichier: fichier.stem)
def test_chaque_defaut_est_refuse_avec_sa_phrase(fichier):
    with pytest.raises(ClasseurRefuse) as refus:
        ouvrir(fichier)
    assert refus.value.regle == fichier.stem.partition("-")[0]
    assert refus.value.anomalie.gravite == "bloquant"
    assert "{" not in refus.value.anomalie.message


def test_un_classeur_sain_s_ouvre(tmp_path):
    chemin = tmp_path / "sain.xlsx"
    chemin.write_bytes(zipper(classeur_sain()))
    (feuille,) = ouvrir(chemin).feuilles
    assert (feuille.nom, feuille.rangees) == ("Sheet", [["ctg:structure:1"]])


def test_les_rangees_vides_que_libreoffice_ecrit_au_loin_sont_acceptees(tmp_path):
    parties = classeur_sain()
    nom = "xl/worksheets/sheet1.xml"
    loin = b'</row><row r="1048576" customFormat="false" ht="12.8" hidden="false"/></sheetData>'
    parties[nom] = parties[nom].replace(b"</row></sheetData>", loin)
    chemin = tmp_path / "loin.xlsx"
    chemin.write_bytes(zipper(parties))
    assert ouvrir(chemin).feuilles


def test_un_fichier_trop_lourd_n_est_pas_lu(tmp_path):
    chemin = tmp_path / "lourd.xlsx"
    with chemin.open("wb") as flux:
        flux.truncate(21 * 2**20)
    with pytest.raises(ClasseurRefuse, match="fichier_trop_lourd"):
        ouvrir(chemin)


def test_chaque_phrase_est_du_francais_fini():
    refus = {regle: ("bloquant", phrase) for regle, phrase in PHRASES.items()}
    for regle, (gravite, phrase) in (REGLES | refus).items():
        assert gravite in ("bloquant", "a_confirmer", "information"), regle
        assert phrase.rstrip().endswith((".", "{conseil}")), regle
        assert "'" not in phrase, regle


def feuille_avec(xml, tmp_path):
    parties = classeur_sain()
    nom = "xl/worksheets/sheet1.xml"
    parties[nom] = parties[nom].replace(b"</sheetData>", xml + b"</sheetData>")
    chemin = tmp_path / "feuille.xlsx"
    chemin.write_bytes(zipper(parties))
    return chemin


@pytest.mark.parametrize(
    "xml",
    [
        b'<row r="9"><c a=">" r="AAA9"><v>1</v></c></row>',
        b"<row r='10000' spans='1:9'><c><v>1</v></c></row>",
        b'<x:c s="1" r = "a10000"><v>1</v></x:c>',
    ],
)
def test_une_cellule_lointaine_est_vue_ou_que_soit_son_adresse(xml, tmp_path):
    with pytest.raises(ClasseurRefuse, match="feuille_demesuree"):
        ouvrir(feuille_avec(xml, tmp_path))


def test_une_rangee_coloree_jusqu_au_bout_n_est_pas_un_contenu(tmp_path):
    blanches = b'<row r="9"><c r="AAA9" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    assert ouvrir(feuille_avec(blanches, tmp_path)).feuilles


@pytest.mark.timeout(120)  # each took minutes when the search could come back on its steps
@pytest.mark.parametrize("motif", ['r="{}" ', '<row r="{}" ', '<c a{}="', "<row r='{}' a='b' ", "<c a='{}' "])
def test_une_feuille_hostile_se_lit_en_un_seul_passage(motif, tmp_path):
    tirage = random.Random(1)  # varied numbers: the archive is no bomb
    hostile = "".join(motif.format(tirage.randint(10_000, 99_999)) for _ in range(100_000))
    assert ouvrir(feuille_avec(f"<!-- {hostile} -->".encode(), tmp_path)).feuilles
