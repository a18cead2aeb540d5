"""Last year's answers, printed beside this year's questions in the blank forms."""

from pathlib import Path

import duckdb

_LIRE = """
    SELECT repondant_id, rubrique, objet_id, quartier_id, ventilation, modalite, code, valeur
    FROM w.interne.cellule
    WHERE retenu AND NOT fictif AND annee = ? AND etat = 'valeur' AND valeur IS NOT NULL
"""
