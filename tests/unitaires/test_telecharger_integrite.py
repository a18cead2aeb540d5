"""The end of a table of text, as far as its last bytes tell."""

import pytest

from etl.telechargement.echecs import Echec
from etl.telechargement.integrite import Fin, exiger_une_fin, fin_de

LIGNES = "a;b;c\r\n" + "1;2;3\r\n" * 5
FINS = {
    "entière": (LIGNES, Fin(True, False, False)),
    "sans fin de ligne": (LIGNES.rstrip(), Fin(False, False, False)),
    "dernière ligne coupée": (LIGNES + "1;2", Fin(False, True, False)),
    "note": (LIGNES + "Source : Insee\r\n", Fin(True, True, False)),
    "lignes vides": (LIGNES + "\r\n\r\n", Fin(True, False, False)),
    "fins de ligne d’ailleurs": (LIGNES.replace("\r\n", "\r"), Fin(True, False, False)),
    "virgules": (LIGNES.replace(";", ",") + "1", Fin(False, True, False)),
    "virgules décimales": ("a;b\n" + "1,5;2,5\n" * 5 + "1,5\n", Fin(True, True, False)),
    "texte de plusieurs lignes": (LIGNES + '1;2;"deux\r\nlignes"\r\n', Fin(True, False, False)),
    "le même au milieu": (LIGNES + '1;2;"deux\r\nlignes"\r\n1;2;3\r\n', Fin(True, False, False)),
    "accents": ("é;à;…\n" + "Å;ç;à\n" * 5, Fin(True, False, False)),
    "page": (LIGNES + "1;2<!DOCTYPE html>", Fin(False, True, True)),
    "message de serveur": (LIGNES + "<br />Fatal error\n", Fin(True, True, True)),
    "deux lignes": ("a;b;c\n1;2", Fin(False, False, False)),  # too few to tell
}


@pytest.mark.parametrize("encodage", ["utf-8", "utf-16"])
@pytest.mark.parametrize("cas", FINS)
def test_la_fin_d_un_tableau(tmp_path, cas, encodage):
    texte, fin = FINS[cas]
    (tmp_path / "f.csv").write_bytes(texte.encode(encodage))
    assert fin_de(tmp_path / "f.csv") == fin


def test_seul_le_bout_d_un_grand_fichier_est_regarde(tmp_path):
    recu = tmp_path / "f.csv"
    recu.write_text("x\n" * 10 + LIGNES * 5000 + "1;2")
    assert fin_de(recu) == Fin(False, True, False)


@pytest.mark.parametrize(
    ("annoncee", "ancien", "passe"),
    [
        (True, None, True),
        (False, None, False),
        (False, LIGNES, False),
        (False, LIGNES.rstrip(), True),  # it never had one
    ],
)
def test_un_dernier_chiffre_coupe_ne_se_voit_qu_a_la_fin_de_ligne(tmp_path, annoncee, ancien, passe):
    recu, avant = tmp_path / "recu.csv", tmp_path / "ancien.csv"
    recu.write_bytes((LIGNES.replace("2", "7") + "1;2;31\r\n")[:-3].encode())
    if ancien:
        avant.write_bytes(ancien.encode())
    if passe:
        assert exiger_une_fin(recu, avant if ancien else None, annoncee) == annoncee
    else:
        with pytest.raises(Echec, match="n’a pas de fin"):
            exiger_une_fin(recu, avant if ancien else None, annoncee)


@pytest.mark.parametrize(("octets", "passe"), [(900, True), (899, False)])
def test_sans_taille_annoncee_un_dixieme_peut_manquer(tmp_path, octets, passe):
    recu, avant = tmp_path / "recu.csv", tmp_path / "ancien.csv"
    avant.write_bytes(b"a;b\n" * 250)
    recu.write_bytes(b"a;c\n" + b"\n" * (octets - 4))
    if passe:
        assert not exiger_une_fin(recu, avant, annoncee=False)
    else:
        with pytest.raises(
            Echec, match=r"reçu \(899 octets\) est plus petit que celui qui est là \(1\s000\)"
        ):
            exiger_une_fin(recu, avant, annoncee=False)
    assert exiger_une_fin(recu, avant, annoncee=True)
