"""The house keeps its shape: layers, sizes, and what must never stand in a page."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).parents[2]
PAGES = sorted((RACINE / "pages").rglob("*.py"))


def test_les_imports_vont_dans_un_seul_sens():
    lint = Path(sys.executable).with_name("lint-imports")
    fini = subprocess.run([lint], cwd=RACINE, capture_output=True, text=True)
    assert fini.returncode == 0, fini.stdout


def test_dashboard_ne_fait_que_le_cadre():
    texte = (RACINE / "dashboard.py").read_text(encoding="utf-8")
    assert len(texte.splitlines()) < 80
    importes = re.findall(r"^(?:from|import) (\w+)", texte, re.MULTILINE)
    assert not {"etl", "duckdb", "plotly", "pandas"} & set(importes)


def test_aucune_page_directement_dans_pages():
    # Streamlit's own discovery would run such a page without dashboard.py, hence without the shared filters.
    assert not list((RACINE / "pages").glob("*.py"))


@pytest.mark.parametrize("dossier", ["tests", "pages"])
def test_aucun_init_qui_masque_un_paquet(dossier):
    assert not list((RACINE / dossier).rglob("__init__.py"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(RACINE)))
def test_une_page_ne_calcule_pas(page):
    texte = page.read_text(encoding="utf-8")
    interdits = {
        "SQL": r"\bselect\b[^\n]*\bfrom\b",
        "duckdb": r"\bimport duckdb\b",
        "plotly": r"\b(?:import|from) plotly\b",
        "regroupement": r"\.groupby\(",
        "HTML libre": r"unsafe_allow_html\s*=\s*True",
    }
    trouves = [nom for nom, motif in interdits.items() if re.search(motif, texte, re.IGNORECASE)]
    assert not trouves
    if page.parent.name != "commun":
        assert len(texte.splitlines()) < 120


def test_une_table_gardee_n_est_jamais_modifiee():
    # DuckDB 2.0 crashes on a table that one transaction both found and wrote: rows are set aside instead.
    requetes = [*(RACINE / "etl").rglob("*.sql"), *(RACINE / "etl").rglob("*.py")]
    motif = re.compile(r"\b(?:DELETE FROM|TRUNCATE)\b")
    assert [c.name for c in requetes if motif.search(c.read_text(encoding="utf-8"))] == []


def test_construire_n_attend_pas_ce_qui_sert_a_ecrire_des_classeurs():
    # they cost every command a sixth of a second: reading and assembling need none of them
    programme = "import sys, etl.construction.entrepot; print(*sys.modules)"
    fini = subprocess.run([sys.executable, "-c", programme], cwd=RACINE, capture_output=True, text=True)
    assert "etl.canevas" in fini.stdout.split(), fini.stderr
    assert {"openpyxl", "docx", "lxml", "pandas", "requests", "streamlit"} & set(fini.stdout.split()) == set()


def test_rien_ne_nomme_une_machine():
    suivis = subprocess.run(
        ["git", "ls-files", "-z"], cwd=RACINE, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    motif = re.compile("/" + "work/")
    fautifs = []
    for nom in filter(None, suivis):
        chemin = RACINE / nom
        if chemin.suffix in {".xlsx", ".png", ".lock"} or not chemin.is_file():
            continue
        if motif.search(chemin.read_text(encoding="utf-8", errors="ignore")):
            fautifs.append(nom)
    assert not fautifs
