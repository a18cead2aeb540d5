"""A close wording waits in the warehouse; confirmed in the register, it is loaded."""

import duckdb
import pytest
from openpyxl import load_workbook

from ctg.referentiel import charger, dossier_par_defaut
from etl.construction.entrepot import construire
from etl.saisies import ajouter
from tests.exemples.formulaire_plein import ecrire_plein
from tests.exemples.formulaire_rempli import formulaire_de, rang_de
from tests.integration.test_canevas_sans_reperes import ADHERENTS, CENTRE, colle, ligne_de, retoucher


@pytest.fixture
def raw(tmp_path, monkeypatch):
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    dossier = tmp_path / "raw"
    dossier.mkdir()
    plein = ecrire_plein(charger(dossier_par_defaut()), CENTRE, tmp_path)
    copie = colle(plein, dossier / "colle.xlsx")
    retoucher(copie, lambda f: setattr(f.cell(ligne_de(f, ADHERENTS), 1), "value", "nb d’adhérents"))
    return dossier


def test_un_libelle_recrit_a_cote_de_son_identifiant_attend_aussi(raw):
    (raw / "colle.xlsx").unlink()
    ecrire_plein(charger(dossier_par_defaut()), CENTRE, raw)
    (chemin,) = raw.glob("*.xlsx")

    def recrire(feuille):
        feuille.cell(rang_de(feuille, "v:adherents"), 3).value = "Cotisants du centre"

    classeur = load_workbook(chemin)
    recrire(formulaire_de(classeur))
    classeur.save(chemin)
    proposes, lus = bati(raw)
    assert [(libelle, cle) for _, libelle, cle, *_ in proposes] == [("Cotisants du centre", "v:adherents")]
    assert lus == [(None,)]
    decision = {
        "fonction": "coordination",
        "raison": "",
        "libelle": "Cotisants du centre",
        "cle": "v:adherents",
    }
    ajouter("libelles", decision)
    proposes, lus = bati(raw)
    assert proposes == []
    assert lus[0][0] is not None


def bati(raw):
    entrepot = raw.parent / "warehouse.duckdb"
    construire((raw,), dossier_par_defaut(), entrepot)
    with duckdb.connect(str(entrepot), read_only=True) as connexion:
        proposes = connexion.execute(
            "SELECT fichier, libelle, cle, propose, repondant_id, annee FROM collecte.rapprochement"
        ).fetchall()
        lus = connexion.execute("SELECT valeur FROM interne.lue WHERE objet_id = 'adherents'").fetchall()
    return proposes, lus


def test_un_libelle_proche_attend_puis_se_charge_une_fois_confirme(raw):
    proposition = ("colle.xlsx", "nb d’adhérents", "v:adherents", ADHERENTS, CENTRE, 2025)
    assert bati(raw) == ([proposition], [])
    (raw / "receptions.csv").write_text(
        "fichier;recu_le\n", encoding="utf-8"
    )  # built again, read from memory
    assert bati(raw) == ([proposition], [])
    ajouter(
        "libelles",
        {"fonction": "coordination", "raison": "", "libelle": "nb d’adhérents", "cle": "v:adherents"},
    )
    proposes, lus = bati(raw)
    assert (proposes, len(lus)) == ([], 1)
    assert lus[0][0] is not None
