"""The frame: filters and address, no warehouse, a new warehouse, data that looks like markdown."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.commun import navigation
from pages.commun.textes import echapper, echapper_cellule

RACINE = Path(__file__).parents[2]


def demarrer(monkeypatch, entrepot, **adresse):
    monkeypatch.setenv("CTG_ENTREPOT", str(entrepot))
    essai = AppTest.from_file(str(RACINE / "dashboard.py"), default_timeout=240)
    for cle, valeur in adresse.items():
        essai.query_params[cle] = valeur
    return essai.run()


def test_l_adresse_choisit_et_les_codes_y_restent(monkeypatch, entrepots):
    essai = demarrer(monkeypatch, entrepots("regime-etabli"), axe="JE", quartier="gresilles", annee="2024")
    assert [boite.value for boite in essai.selectbox] == ["JE", "gresilles", "2024"]
    essai.selectbox[0].select("PE").run()
    assert essai.query_params["axe"] == "PE"
    assert essai.query_params["quartier"] == "gresilles"


@pytest.mark.parametrize("inconnue", ["ZZ", "", "<script>", "JE; DROP TABLE", "é" * 500])
def test_une_valeur_inconnue_est_ignoree_sans_erreur(monkeypatch, entrepots, inconnue):
    essai = demarrer(monkeypatch, entrepots("regime-etabli"), axe=inconnue, annee=inconnue, quartier=inconnue)
    assert not essai.exception
    assert [boite.value for boite in essai.selectbox] == ["tous", "tous", "2025"]
    assert "axe" not in essai.query_params


def test_les_filtres_suivent_d_une_page_a_l_autre(monkeypatch, entrepots):
    essai = demarrer(monkeypatch, entrepots("regime-etabli"), quartier="gresilles", annee="2024")
    essai.switch_page("pages/donnees/methode.py").run()
    assert not essai.selectbox
    essai.switch_page("pages/pilotage/fiche.py").run()
    assert [boite.value for boite in essai.selectbox] == ["PE-1", "gresilles", "tous", "2024"]
    assert essai.query_params["fiche"] == "PE-1"


def test_les_periodes_sont_celles_de_la_campagne(monkeypatch, entrepots):
    essai = demarrer(monkeypatch, entrepots("regime-etabli"), annee="2024")
    essai.switch_page("pages/pilotage/indicateur.py").run()
    periode = next(boite for boite in essai.selectbox if boite.label == "Période")
    assert "1er trimestre 2024" in periode.options and "1er trimestre 2025" not in periode.options


def test_sans_entrepot_la_page_dit_que_faire(monkeypatch, tmp_path):
    essai = demarrer(monkeypatch, tmp_path / "rien.duckdb")
    assert not essai.exception
    assert essai.title[0].value == "Les données ne sont pas encore là"
    assert "make demarrer" in essai.markdown[0].value
    (tmp_path / "faux.duckdb").write_bytes(b"pas un entrepot")
    essai = demarrer(monkeypatch, tmp_path / "faux.duckdb")
    assert not essai.exception
    assert "ne peut pas être lu" in essai.error[0].value


def test_un_nouvel_entrepot_est_vu_a_l_interaction_suivante(monkeypatch, entrepots, tmp_path):
    vivant = tmp_path / "vivant.duckdb"
    shutil.copy(entrepots("convention-seule"), vivant)
    essai = demarrer(monkeypatch, vivant)
    assert "Aucun rapport n’est arrivé" in essai.info[0].value
    nouveau = tmp_path / "nouveau.duckdb"
    shutil.copy(entrepots("regime-etabli"), nouveau)
    nouveau.replace(vivant)
    essai.run()
    assert not essai.info
    vivant.unlink()
    assert essai.run().title[0].value == "Les données ne sont pas encore là"


def test_les_pages_declarees_sont_celles_qui_existent():
    for page in navigation.PAGES:
        assert page.chemin.exists(), page.fichier
    adresses = [page.adresse for page in navigation.PAGES]
    assert len(set(adresses)) == len(adresses)


def test_un_texte_de_donnee_n_est_jamais_interprete():
    assert echapper("**[a](http://b)** $x$ <b>") == r"\*\*\[a\]\(http\://b\)\*\* \$x\$ \<b\>"
    assert echapper(":red[c]") == r"\:red\[c\]"
    assert echapper("Constat : « oui » ?") == "Constat\u00a0\\: «\u00a0oui\u00a0»\u00a0?"


@pytest.mark.parametrize(
    ("texte", "cellule"),
    [
        ("2025/rapport_2025_maison-phare.xlsx", "2025/rapport_2025_maison-phare.xlsx"),
        # 64 letters: cut after 40, Streamlit would hide those past the edge
        (f"« {'ab' * 32} » n’est", f"« {'ab' * 20}\u200b{'ab' * 12} » n’est"),
        (
            "rapport_activite_centre_social_2025_version_finale.xlsx",
            "rapport_\u200bactivite_\u200bcentre_\u200bsocial_\u200b2025_\u200bversion_\u200bfinale.\u200bxlsx",
        ),
    ],
)
def test_un_mot_trop_long_pour_sa_cellule_passe_a_la_ligne(texte, cellule):
    assert echapper_cellule(texte) == echapper(cellule)
