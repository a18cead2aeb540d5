"""Lines of other communes are left uncut: what is read is what the csv module alone would have read."""

import csv
import gzip

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.sources import textes, triage
from etl.sources.ouverture import ouvrir
from etl.sources.tables import FichierIllisible, Tri
from etl.sources.triage import est_plat

NOTRE = "21231"
ENTETES = "CODE;NOM;A;B\n"
# what a line is made of: places, quotes at their place or not, ends of lines of every kind
MORCEAUX = (
    *("21231", '"21231"', "21054", '"21054"', "2123", "2,1231E+4", "", " ", "é", "à;b"),
    *('"a;b"', '"a""b"', 'a"b', '"a\nb"', '"', ";", ";", ";", "\n", "\n", "\r\n", "\r", "x" * 20),
)


def _ailleurs(lieu):
    """Any code, even a blank, that is neither ours nor damaged."""
    code = lieu[0].strip()
    return None if code == NOTRE or "E" in code else code


def _bilan(lignes, places, ailleurs=0):
    """(lines to judge, number of lines elsewhere), wherever they were told to be elsewhere."""
    gardees = []
    for numero, cellules in lignes:
        if max(places) < len(cellules) and _ailleurs([cellules[p] for p in places]) is not None:
            ailleurs += 1
        else:
            gardees.append((numero, cellules))
    return gardees, ailleurs


def _tout(tableau, places):
    try:
        return _bilan(tableau.lire(range(4)), places)
    except FichierIllisible as refus:
        return refus.regle


def _trie(tableau, places):
    comptes = []
    tri = Tri(places, _ailleurs, lambda code, nombre: comptes.append((code, nombre)))
    try:
        gardees, ailleurs = _bilan(list(tableau.parcourir(range(4), tri)), places)
    except FichierIllisible as refus:
        return refus.regle
    assert all(code != NOTRE and nombre > 0 for code, nombre in comptes)
    return gardees, ailleurs + sum(nombre for _, nombre in comptes)


@pytest.mark.parametrize("places", [(0,), (1,), (1, 0), (2, 0)])
@given(morceaux=st.lists(st.sampled_from(MORCEAUX), max_size=60), bloc=st.sampled_from([7, 30, 4_000]))
@example(morceaux=['21054;"a\n', "21231;1;2;3\n", 'b";1;2\n'], bloc=4_000)
@example(morceaux=['21054;"a""\n', '21231";1;2\n'], bloc=4_000)
@example(morceaux=['21054;x";";b\n', "21231;1;2;3\n"], bloc=4_000)
@example(morceaux=["z;21054;1\n", '"q;21054;r";21231;1\n'], bloc=4_000)
@example(morceaux=["21054;;\n", ";;;\n"], bloc=4_000)
@example(morceaux=["2123;1;2\n", "21231;1;2\n"], bloc=4_000)
@example(morceaux=["21054;1;2\n", "21054;1;2\n", "2123;1;2\n"], bloc=7)
@settings(max_examples=250, deadline=None)
def test_trier_ou_tout_couper_c_est_pareil(tmp_path_factory, places, morceaux, bloc):
    chemin = tmp_path_factory.mktemp("t") / "t.csv"
    chemin.write_bytes((ENTETES + "".join(morceaux)).encode("utf-8"))
    tableau = ouvrir(chemin)[0].candidats[0]
    with pytest.MonkeyPatch.context() as reglages:
        reglages.setattr(textes, "_BLOC", bloc)
        reglages.setattr(triage, "_PLACES", bloc // 10 + 1)
        assert _trie(tableau, places) == _tout(tableau, places)


@pytest.mark.parametrize(
    ("bloc", "plat"),
    [
        ("a;b\n", True),
        ("a;b\r\n", True),
        ('"a";b\n"c";"d"\r\n', True),
        ('"a""b";\n', True),
        ('"";""\n', True),
        ('"a;b";c\n', True),
        ('a"b;c\n', False),  # a quote inside a cell opens nothing
        ('a"b;";c\n', False),  # the second one does, and swallows the lines that follow
        ('"a\nb";c\n', False),
        ('"a"b;c\n', False),
        ('"a\n', False),
        ("a\rb\n", False),  # the end of a line of an old Macintosh
        ("x" * (csv.field_size_limit() + 2) + "\n", False),
    ],
)
def test_ce_qui_se_coupe_a_la_fin_de_ligne(bloc, plat):
    assert est_plat(bloc.encode(), ";") is plat


def test_un_accent_tardif_decide_de_l_encodage(tmp_path, monkeypatch):
    monkeypatch.setattr(textes, "_BLOC", 64)
    lignes = ["CODE;NOM", *["21054;Beaune"] * 50, "21231;Chenôve", *["21231;Dijon"] * 3]
    for encodage in ("utf-8", "utf-8-sig", "cp1252"):
        chemin = tmp_path / f"{encodage}.csv"
        chemin.write_bytes("\n".join(lignes).encode(encodage))
        tableau, vus = ouvrir(chemin)[0].candidats[0], []
        lus = list(tableau.parcourir({0}, Tri((0,), _ailleurs, lambda *compte, vus=vus: vus.append(compte))))
        assert lus[:2] == [(52, ["21231", "Chenôve"]), (53, ["21231", "Dijon"])]
        assert sum(nombre for _, nombre in vus) == 50


@pytest.mark.parametrize("marque", ["", "\ufeff"])
@pytest.mark.parametrize("ligne", ["21054;Beaune\n", '21054;"Bea\nune"\n'])
def test_un_fichier_qui_enfle_sans_fin_est_refuse(tmp_path, monkeypatch, marque, ligne):
    chemin = tmp_path / "enfle.csv.gz"
    chemin.write_bytes(gzip.compress((marque + "CODE;NOM\n" + ligne * 50_000).encode()))
    monkeypatch.setattr(textes, "_BLOC", 1_000)
    monkeypatch.setattr(textes, "TAILLE_MAXIMALE", 100_000)
    tableau = ouvrir(chemin)[0].candidats[0]
    with pytest.raises(FichierIllisible, match="1 Go"):
        list(tableau.parcourir({0}, Tri((0,), _ailleurs, lambda code, nombre: None)))
