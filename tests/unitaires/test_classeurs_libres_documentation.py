"""The page for the officer says true: its example reads what it says, and it names every key."""

import re
from dataclasses import fields
from pathlib import Path

from etl.classeurs_libres.declaration import modele as d
from tests.exemples.classeur_libre import ecrire, lire, regles, valeurs

PAGE = (Path(__file__).parents[2] / "docs" / "classeurs_libres.md").read_text(encoding="utf-8")


def test_l_exemple_lit_ce_qu_il_annonce(tmp_path):
    tableau = [
        [case.strip() for case in ligne.strip(" |").split("|")][1:]
        for ligne in PAGE.splitlines()
        if re.match(r"\| [1-9] \|", ligne)
    ]
    chemin = ecrire(tmp_path / "suivi_2025.xlsx", {"Année 2025": [[_lu(c) for c in r] for r in tableau]})
    lecture = lire(chemin, re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1])
    assert valeurs(lecture) == {
        ("micro-creche-colombiere", "B4"): 31,
        ("multi-accueil-jean-jaures", "B5"): 28,
    }
    assert lecture.formulaires[1].cellules[0].remarque == "dont 11 filles"
    assert regles(lecture) == [("lignes_passees", "A6"), ("hors_tableau", "A1"), ("nombre_annote", "B5")]


def _lu(case: str) -> object:
    nombre = case.replace(",", ".")
    return float(nombre) if re.fullmatch(r"[0-9.]+", nombre) else case


def test_chaque_cle_d_une_correspondance_est_expliquee():
    for classe in (d.Declaration, d.TableauDeclare, d.ColonneDeclaree, d.CaseDeclaree, d.Facette):
        for champ in fields(classe):
            assert re.search(rf"\b{champ.name}\b", PAGE) or champ.name == "id", (classe, champ.name)
