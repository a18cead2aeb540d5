"""What a draft still lacks, said where the page shows it: a sheet, a row, a column; not a key of the YAML."""

import re

from ctg import formats
from etl.classeurs_libres.description.choix import Choix
from etl.classeurs_libres.regles import enumerer
from pages.donnees.classeurs.reperes import nommer_feuilles

_OU = re.compile(r"tableaux\[([0-9]+)\](?: › colonnes\[([0-9]+)\])?")


def en_clair(message: str, choix: Choix) -> str:
    """« tableaux[1] › colonnes[2] : … » → « Feuille « Bilan », ligne 3, colonne « Familles » : … »."""
    trouve = _OU.match(message)
    if trouve is None or int(trouve[1]) > len(choix.tableaux):
        return message
    tableau = choix.tableaux[int(trouve[1]) - 1]
    mot = "Feuilles" if len(tableau.feuilles) > 1 else "Feuille"
    dit = f"{mot} {nommer_feuilles(tableau.feuilles)}, ligne {tableau.ligne}"
    rang = int(trouve[2] or 0)
    if 0 < rang <= len(tableau.colonnes):
        colonne = tableau.colonnes[rang - 1]
        dit += f", colonne « {colonne.entete} » ({colonne.lettre})"
    return dit + message[trouve.end() :]


def noms_en_suspens(noms: list[str]) -> str:
    """The wordings that no structure was retained for, and where to say it."""
    combien = formats.compter(len(noms), "noms")
    return (
        f"{combien} sans structure retenue ({enumerer([f'« {nom} »' for nom in noms])}) : rien n’en "
        "serait lu. À retenir sous « Noms à rattacher »."
    )
