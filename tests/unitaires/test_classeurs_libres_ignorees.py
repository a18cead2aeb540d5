"""The sheets that hold nothing to read are named in the draft; one of numbers is told until described."""

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.classeurs import Feuille, ouvrir
from etl.classeurs_libres.description.ignorees import a_ignorer
from tests.exemples.brouillon_accepte import accepter
from tests.exemples.classeur_libre import ecrire, regles

CONVENTION = charger(dossier_par_defaut())


@pytest.mark.parametrize(
    ("nom", "rangees", "raison"),
    [
        ("Notice", [["Remplir les 3 feuilles"], [1.0]], "mode d’emploi"),
        ("Lisez-moi", [["Mode d’emploi"]], "mode d’emploi"),
        ("Paramètres", [["Taux", 0.5]], "listes et réglages du classeur"),
        ("Liste des structures", [["A"]], "listes et réglages du classeur"),
        ("Graphique 1", [["Évolution"]], "graphique"),
        ("Contacts", [["Mme X", "06"], ["x", ""]], None),
        ("Feuil3", [["Bonjour"], ["à bientôt"]], "du texte, sans aucun nombre"),
        # numbers that nothing recognises are not silenced
        ("Feuil2", [["Repas", 412.0]], None),
        ("Feuil4", [["", " "]], None),
    ],
)
def test_une_feuille_ne_se_tait_que_si_elle_n_a_rien_a_lire(nom, rangees, raison):
    assert a_ignorer([Feuille(nom, rangees), Feuille("Lue", [["x"]])], {"Lue"}) == (
        {nom: raison} if raison else {}
    )


def test_le_brouillon_les_nomme_et_la_lecture_ne_les_dit_plus_a_decrire(tmp_path):
    feuilles = {
        "Suivi": [
            ["Centre", "Adhérents", "Familles"],
            ["L’Archipel", 412, 180],
            ["La Maison-Phare", 300, 90],
        ],
        "Notice": [["Mode d’emploi"], ["Remplir la feuille 1"]],
        "Repas": [["Midi", 4120], ["Soir", 12]],
    }
    attendues = {
        ("archipel", 2025, "v:adherents", None): 412,
        ("archipel", 2025, "v:familles", None): 180,
        ("maison-phare", 2025, "v:adherents", None): 300,
        ("maison-phare", 2025, "v:familles", None): 90,
    }
    chemin = ecrire(tmp_path / "suivi_2025.xlsx", feuilles)
    lu = accepter(ouvrir(chemin), chemin.name, attendues, CONVENTION)
    assert (lu.justes, lu.fausses) == (4, {})
    assert [regle for regle, _ in regles(lu.lecture)] == ["feuille_ignoree", "feuille_non_decrite"]
    assert "feuille: Notice" in lu.texte
