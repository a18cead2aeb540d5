"""The same file received twice: its name and its folder change neither what counts nor when it arrived."""

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pytest

from ctg.referentiel import charger
from etl.canevas.redaction.ecriture import ecrire
from etl.construction.entrepot import construire
from tests.exemples.formulaire_rempli import remplir

CONVENTION = Path(__file__).parents[1] / "exemples" / "referentiels" / "petite_ville"
JEUNES = ("i:JE-1.1.1-a", "valeur")


@pytest.mark.parametrize(("premier", "redepose"), [("a.xlsx", "z.xlsx"), ("z.xlsx", "a.xlsx")])
def test_un_fichier_depose_de_nouveau_ne_remplace_pas_ce_qui_l_a_suivi(tmp_path, premier, redepose):
    raw, referentiel = tmp_path / "raw", charger(CONVENTION)
    raw.mkdir()
    for nom, valeur in ((premier, 41), ("corrige.xlsx", 14)):
        reponses = {"mjc-centre": {}}
        (chemin,) = ecrire(referentiel, 2025, tmp_path / nom, structure="mjc-centre", reponses=reponses)
        remplir(chemin, {JEUNES: valeur})
        shutil.copyfile(chemin, raw / nom)
    shutil.copyfile(raw / premier, raw / redepose)  # a whole lot dropped again, after the correction
    dates = {premier: "2026-06-01", "corrige.xlsx": "2026-06-10", redepose: "2026-06-20"}
    lignes = [f"{nom};{date}" for nom, date in dates.items()]
    (raw / "receptions.csv").write_text("\n".join(["fichier;recu_le", *lignes]), encoding="utf-8")
    construire((raw,), CONVENTION, tmp_path / "ctg.duckdb")
    with duckdb.connect(str(tmp_path / "ctg.duckdb"), read_only=True) as connexion:
        (retenu,) = connexion.execute("SELECT fichier, recu_le FROM interne.depot WHERE retenu").fetchall()
    assert retenu == ("corrige.xlsx", dt.datetime(2026, 6, 10))
