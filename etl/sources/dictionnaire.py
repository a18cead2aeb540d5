"""The dictionary that Insee ships beside its tables: does each column mean what we believe?

A column whose declared ages or numbers are not those of the dictionary is not loaded: Insee reuses short
names from one vintage to the next (`P21_POP0610` « Nombre de personnes de 6 à 10 ans en 2021 »).
"""

import dataclasses
import re
from collections.abc import Iterable, Mapping

from etl.adresse import adresse
from etl.anomalie import Anomalie
from etl.sources.correspondance import Correspondance, Valeurs
from etl.sources.tables import Partie, Tableau, normaliser

_CODE, _LIBELLES = "cod_var", ("lib_var_long", "lib_var")
_NOMBRE = re.compile(r"[0-9]+")


def est_un_dictionnaire(tableau: Tableau) -> bool:
    """Say whether a table describes variables (`meta_…csv`)."""
    normalises = {normaliser(e) for e in tableau.entetes}
    return {_CODE, "lib_var", "lib_mod"} <= normalises


def lire_dictionnaire(parties: Iterable[Partie]) -> dict[str, str]:
    """Gather the words of every variable: printed column → label. Raises FichierIllisible."""
    mots: dict[str, str] = {}
    for partie in parties:
        for tableau in partie.candidats[:1]:
            if est_un_dictionnaire(tableau):
                mots |= _mots(tableau)
    return mots


def _mots(tableau: Tableau) -> dict[str, str]:
    places = {normaliser(e): i for i, e in reversed(list(enumerate(tableau.entetes)))}
    code = places[_CODE]
    libelle = next(places[nom] for nom in _LIBELLES if nom in places)
    return {
        normaliser(cellules[code]): cellules[libelle].strip()
        for _, cellules in tableau.lire({code, libelle})
        if len(cellules) > max(code, libelle)
    }


def verifier(
    colonnes: Correspondance, dictionnaire: Mapping[str, str]
) -> tuple[Correspondance, list[Anomalie]]:
    """Keep the columns that mean what their source declares; name those that do not."""
    douteuses = {
        v.index: mots
        for v in colonnes.valeurs
        if (mots := dictionnaire.get(normaliser(v.entete))) is not None and not _d_accord(v, mots)
    }
    if not douteuses:
        return colonnes, []
    gardees = tuple(v for v in colonnes.valeurs if v.index not in douteuses)
    anomalies = [
        Anomalie(
            None,
            adresse(0, v.index),
            "a_confirmer",
            "dictionnaire_different",
            f"« {v.entete} » : le dictionnaire joint dit « {douteuses[v.index]} », le tableau de bord attend "
            f"« {v.colonne.libelle} ». La colonne n’est pas chargée.",
            v.entete,
        )
        for v in colonnes.valeurs
        if v.index in douteuses
    ]
    return dataclasses.replace(colonnes, valeurs=gardees), anomalies


def _d_accord(valeurs: Valeurs, mots: str) -> bool:
    """Compare the numbers of both labels (ages, ranks), the year of the column left out."""
    annee = {str(valeurs.annee)} if valeurs.annee else set()
    return set(_NOMBRE.findall(mots)) - annee == set(_NOMBRE.findall(valeurs.colonne.libelle))
