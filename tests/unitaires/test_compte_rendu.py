"""What the command line says of a build: only what asks for something is said to be left out."""

from pathlib import Path

import pytest

from etl.commandes.compte_rendu import dire_bilan
from etl.construction.entrepot import Bilan, Rejet


@pytest.mark.parametrize(
    ("gravite", "attendu"),
    [
        ("bloquant", "À revoir : 1 à corriger. Ce qui est à corriger n’est pas chargé."),
        ("information", "À revoir : 1 information."),
    ],
)
def test_rien_n_est_dit_a_corriger_quand_rien_ne_l_est(capsys, gravite, attendu):
    bilan = Bilan(
        entrepot=Path("w.duckdb"),
        nb_fichiers=1,
        nb_formulaires=0,
        nb_observations=0,
        fictif=False,
        demo_ajoutee=False,
        rejets=(Rejet("postes.json", None, None, "Financement d’associations.", gravite),),
        nb_informations=int(gravite == "information"),
    )
    dire_bilan(bilan)
    assert capsys.readouterr().err.splitlines()[0] == attendu
