"""The queue of what to correct: its title counts all of it, whatever is shown."""

import pandas as pd

from ctg import collecte

COLONNES = ["gravite", "regle", "fichier", "feuille", "cellule", "message", "valeur_lue"]


def test_le_titre_compte_toute_la_file_et_non_ce_qui_est_montre():
    lignes = pd.DataFrame(
        [("bloquant", "r", "a.xlsx", "S", f"F{rang}", "À revoir.", None) for rang in range(40)]
        + [("a_confirmer", "r", "a.xlsx", "S", "F99", "À revoir.", None)],
        columns=COLONNES,
    )
    figure = collecte.anomalies(lignes, 25, False)
    assert figure.constat == "40 anomalies bloquantes à faire corriger"
    assert figure.couverture.startswith("25 montrées sur 41 : choisissez")
    assert len(figure.tableau) == 25
