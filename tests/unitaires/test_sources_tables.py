"""Any encoding, any separator, any width; and files that must be refused with a sentence."""

import tracemalloc

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sources import textes
from etl.sources.ouverture import ouvrir
from etl.sources.tables import FichierIllisible, normaliser


def _lire(chemin):
    tableau = ouvrir(chemin)[0].candidats[0]
    return tableau.entetes, list(tableau.lire(range(len(tableau.entetes))))


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separateur", [";", ",", "\t"])
@pytest.mark.parametrize("fin", ["\n", "\r\n"])
def test_encodage_separateur_et_fin_de_ligne(tmp_path, encodage, separateur, fin):
    lignes = [["Rentrée", "Commune"], ["2021-2022", "Chenôve"]]
    texte = fin.join(separateur.join(ligne) for ligne in lignes) + fin
    chemin = tmp_path / "t.csv"
    chemin.write_bytes(texte.encode(encodage))
    assert _lire(chemin) == (("Rentrée", "Commune"), [(2, ["2021-2022", "Chenôve"])])


def test_colonnes_vides_de_fin_et_titre_a_blanc_final(tmp_path):
    chemin = tmp_path / "IPRO.csv"
    chemin.write_text("CODGEO;EVOL_CA_N_E ;;;;\nQP021003;257,1;;;;\n", encoding="utf-8")
    entetes, lignes = _lire(chemin)
    assert entetes == ("CODGEO", "EVOL_CA_N_E")
    assert lignes == [(2, ["QP021003", "257,1", "", "", "", ""])]


def test_decimales_entre_guillemets_dans_un_csv_a_virgules(tmp_path):
    chemin = tmp_path / "excel.csv"
    chemin.write_text('IRIS,DISP_TP6015\n212310101,"22,6"\n', encoding="utf-8")
    assert _lire(chemin)[1] == [(2, ["212310101", "22,6"])]


@pytest.mark.parametrize(
    ("texte", "decalees"),
    [
        ("a;b;c\n1;2;3\n4;5;6\n", []),
        ("a;b;c\n1;2;3;\n4;5;6;\n", []),  # each line ends with a separator, the headers do not
        ("a;b;c\n1;2;3;\n4;5;\n7;8;9;\n", [3]),  # and one of them lost a cell
        ("a;b;c;;\n1;2;3;;\n4;5;;;\n1;2;3;;\n", []),  # a blank is not a missing cell
        ("a;b;c;;\n1;2;3;;\n4;6;;\n1;2;3;;\n", [3]),
        ("a;b;c;;\n1;2;3\n4;5;6\n", []),  # only the headers kept their blanks
        ("a;b;c\n1;2;3\n1;2;3;4\n1;2\n", [3, 4]),
        ("a;b;c\n1;2;3;4;5\n", [2]),
    ],
)
def test_ligne_decalee(tmp_path, texte, decalees):
    chemin = tmp_path / "t.csv"
    chemin.write_text(texte, encoding="utf-8")
    tableau = ouvrir(chemin)[0].candidats[0]
    assert [n for n, cellules in tableau.lire(range(3)) if tableau.decalee(cellules)] == decalees


def test_un_gros_fichier_ne_tient_pas_en_memoire(tmp_path):
    chemin = tmp_path / "gros.csv"
    with chemin.open("w", encoding="utf-8") as flux:
        flux.write("CODGEO;A;B\n")
        for bloc in range(200):
            flux.write(f"{bloc:05};{'é' * 25_000};{'x' * 25_000}\n")
    assert chemin.stat().st_size > 14 * 1024**2
    tracemalloc.start()
    tableau = ouvrir(chemin)[0].candidats[0]
    assert sum(1 for _ in tableau.lire({0})) == 200
    _, pic = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert pic < 6 * 1024**2  # the first 256 kB, a few lines, one block of the search for the encoding


def test_lignes_de_titre_au_dessus_des_entetes(tmp_path):
    chemin = tmp_path / "titre.csv"
    chemin.write_text("Allocataires en 2020\n\nCODGEO;NOTE\n212310101;0\n", encoding="utf-8")
    tableau = next(t for t in ouvrir(chemin)[0].candidats if t.entetes == ("CODGEO", "NOTE"))
    assert list(tableau.lire([0, 1])) == [(4, ["212310101", "0"])]


def test_parquet_ne_lit_que_les_colonnes_utiles(tmp_path):
    chemin = tmp_path / "p.dat"
    pq.write_table(pa.table({"code": ["a", "b"], "autre": [1, 2], "P22_POP": [3557.0, None]}), chemin)
    tableau = ouvrir(chemin)[0].candidats[0]
    assert tableau.entetes == ("code", "autre", "P22_POP")
    assert list(tableau.lire({0, 2})) == [(2, ["a", "", "3557.0"]), (3, ["b", "", ""])]


@pytest.mark.parametrize(
    ("contenu", "regle"),
    [
        (b"", "fichier_vide"),
        (b"\xef\xbb\xbf \r\n", "fichier_vide"),
        (b"PK\x03\x04reste", "archive_abimee"),
        (b"%PDF-1.7", "pas_un_classeur"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "pas_un_classeur"),
        (b"Rar!\x1a\x07\x01\x00", "pas_un_classeur"),
        (b"From: dupont@exemple.fr\r\nMIME-Version: 1.0\r\n\r\nBonjour", "message_recu"),
        (b"\x1f\x8b\x08", "archive_abimee"),
        (b"CODGEO;A\x00;B\n", "pas_un_tableau"),
        (b"<!DOCTYPE html><html>Service indisponible</html>", "page_web"),
        (b"PAR1 tronque", "parquet_abime"),
        (b"a;b\n\x81\x8d;1\n", "encodage_inconnu"),  # neither UTF-8 nor Windows-1252
    ],
)
def test_refus(tmp_path, contenu, regle):
    chemin = tmp_path / "x.csv"
    chemin.write_bytes(contenu)
    with pytest.raises(FichierIllisible) as refus:
        _lire(chemin)
    assert refus.value.regle == regle
    assert str(refus.value).endswith(".") and "dupont" not in str(refus.value)


@pytest.mark.parametrize("debut", [b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x89PNG\r\n\x1a\n\x00", b"GIF89a\x00"])
def test_une_image_dit_ce_qu_elle_est_et_ce_qu_il_faut_demander(tmp_path, debut):
    chemin = tmp_path / "logo.jpg"
    chemin.write_bytes(debut)
    with pytest.raises(FichierIllisible, match="image .*Envoyez le classeur lui-même"):
        _lire(chemin)


def test_guillemet_non_referme_ou_ligne_demesuree(tmp_path):
    chemin = tmp_path / "x.csv"
    chemin.write_text('a;b\n"jamais refermé;1\n2;3\n', encoding="utf-8")
    with pytest.raises(FichierIllisible, match="guillemet"):
        _lire(chemin)
    chemin.write_text("a;b\n" + "9" * 1_000_001, encoding="utf-8")
    with pytest.raises(FichierIllisible, match="million"):
        _lire(chemin)


def test_plus_d_un_go_n_est_pas_lu(tmp_path, monkeypatch):
    monkeypatch.setattr(textes, "TAILLE_MAXIMALE", 3 * 1024**2)
    chemin = tmp_path / "gros.csv"
    chemin.write_bytes(b"a;b\n" + b"1;2\n" * 1024**2)
    with pytest.raises(FichierIllisible, match="1 Go"):
        _lire(chemin)


@pytest.mark.parametrize(
    ("entete", "attendu"),
    [
        ("\ufeffCODGEO", "codgeo"),
        ("EVOL_CA_N_E ", "evol_ca_n_e"),
        ("Nom de l'établissment", "nom_de_l_etablissment"),
        ("nom_de_l_etablissment", "nom_de_l_etablissment"),
        ("Rentrée\u00a0scolaire", "rentree_scolaire"),
    ],
)
def test_entete_normalise(entete, attendu):
    assert normaliser(entete) == attendu


@given(st.text(max_size=40))
def test_normaliser_une_fois_suffit(entete):
    assert normaliser(normaliser(entete)) == normaliser(entete)


@given(st.text("ABCdefgÉè_ 019", max_size=20), st.sampled_from(["", " ", "\u00a0", "\t"]))
def test_la_casse_et_les_blancs_du_bord_ne_comptent_pas(entete, blanc):
    assert normaliser(blanc + entete.upper() + blanc) == normaliser(entete.upper().lower())
