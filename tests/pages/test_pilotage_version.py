"""One run of a page, one version of the warehouse: a replacement waits for the next interaction."""

import duckdb
from streamlit.testing.v1 import AppTest


def ecrire(chemin, version):
    provisoire = chemin.with_suffix(".nouveau")
    with duckdb.connect(str(provisoire)) as connexion:
        connexion.execute("CREATE SCHEMA publication")
        connexion.execute("CREATE TABLE publication.convention (empreinte VARCHAR)")
        connexion.execute("INSERT INTO publication.convention VALUES (?)", [version])
        connexion.execute(
            "CREATE TABLE publication.parametre AS SELECT 'v' AS cle, ? AS valeur, '' AS libelle", [version]
        )
    provisoire.replace(chemin)


def page():
    import os
    from pathlib import Path

    import streamlit as st

    from pages.commun import donnees
    from tests.pages.test_pilotage_version import ecrire

    donnees.ouvrir()
    st.text(donnees.entrepot().empreinte)
    if suivante := os.environ.pop("CTG_ESSAI_SUIVANTE", None):
        ecrire(Path(os.environ["CTG_ENTREPOT"]), suivante)
    st.text(donnees.parametre("v"))


def lire(essai):
    assert not essai.exception
    return [texte.value for texte in essai.text]


def test_une_page_ne_melange_jamais_deux_versions(monkeypatch, tmp_path):
    chemin = tmp_path / "entrepot.duckdb"
    ecrire(chemin, "v1")
    monkeypatch.setenv("CTG_ENTREPOT", str(chemin))
    essai = AppTest.from_function(page, default_timeout=240)
    for rang in range(1, 6):
        monkeypatch.setenv("CTG_ESSAI_SUIVANTE", f"v{rang + 1}")
        assert lire(essai.run()) == [f"v{rang}", f"v{rang}"]
    assert lire(essai.run()) == ["v6", "v6"]
