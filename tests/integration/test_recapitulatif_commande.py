"""`python -m ctg exporter recapitulatif`: what it writes, what it says, its exit codes."""

import pytest
from typer.testing import CliRunner

from ctg.__main__ import application
from tests.exemples.campagne_recapitulatif import construire
from tests.exemples.classeur_relu import ClasseurRelu


@pytest.fixture(scope="module")
def entrepot(tmp_path_factory):
    return construire(tmp_path_factory.mktemp("entrepot") / "petit.duckdb")


def lancer(*options):
    return CliRunner().invoke(application, ["exporter", "recapitulatif", *map(str, options)])


def test_ecrit_le_classeur_demande(entrepot, tmp_path):
    fichier = tmp_path / "sorties" / "recap.xlsx"
    fini = lancer(
        "--annee", 2025, "--vers", fichier, "--axe", "JE", "--quartier", "gresilles", "--entrepot", entrepot
    )
    assert (fini.exit_code, fini.output.strip()) == (0, f"Classeur écrit : {fichier}")
    assert ClasseurRelu.de(fichier.read_bytes()).ligne("Axe JE", Code="P")["2025"] == 63
    assert [trouve.name for trouve in fichier.parent.iterdir()] == ["recap.xlsx"]


def test_dans_un_dossier_le_nom_dit_ce_que_le_classeur_contient(entrepot, tmp_path):
    assert lancer("--annee", 2025, "--vers", tmp_path, "--entrepot", entrepot).exit_code == 0
    assert [trouve.name for trouve in tmp_path.iterdir()] == ["recapitulatif-ctg_2025_01234567.xlsx"]


def test_l_entrepot_vient_aussi_de_l_environnement(entrepot, tmp_path, monkeypatch):
    monkeypatch.setenv("CTG_ENTREPOT", str(entrepot))
    assert lancer("--annee", 2024, "--vers", tmp_path / "r.xlsx").exit_code == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--annee", 2031), "Aucune campagne 2031"),
        (("--annee", 2025, "--axe", "ZZ"), "Axe inconnu"),
        (("--annee", 2025, "--quartier", "nulle-part"), "Quartier inconnu"),
    ],
)
def test_un_refus_ne_touche_a_rien(entrepot, tmp_path, options, message):
    fichier = tmp_path / "recap.xlsx"
    fichier.write_bytes(b"ancien")
    fini = lancer(*options, "--vers", fichier, "--entrepot", entrepot)
    assert fini.exit_code == 2
    assert message in fini.output
    assert fichier.read_bytes() == b"ancien"


def test_un_entrepot_absent_ou_illisible_se_dit(tmp_path):
    fini = lancer("--annee", 2025, "--vers", tmp_path / "r.xlsx", "--entrepot", tmp_path / "rien.duckdb")
    assert (fini.exit_code, "Aucun entrepôt" in fini.output) == (2, True)
    (tmp_path / "faux.duckdb").write_text("ceci n’est pas un entrepôt")
    fini = lancer("--annee", 2025, "--vers", tmp_path / "r.xlsx", "--entrepot", tmp_path / "faux.duckdb")
    assert (fini.exit_code, "n’est pas un entrepôt" in fini.output) == (2, True)


def test_un_dossier_ou_l_on_ne_peut_ecrire_se_dit(entrepot, tmp_path):
    (tmp_path / "fichier").write_text("un fichier, pas un dossier")
    fini = lancer("--annee", 2025, "--vers", tmp_path / "fichier" / "r.xlsx", "--entrepot", entrepot)
    assert (fini.exit_code, "n’a pas pu être écrit" in fini.output) == (2, True)
    assert "Errno" not in fini.output and "cet endroit est déjà pris" in fini.output
