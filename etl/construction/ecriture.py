"""The final French text of a value, written while the warehouse is built: `ctg.formats`, called from SQL."""

import functools

import duckdb
from duckdb.sqltypes import DATE, DOUBLE, VARCHAR

from ctg import etats, formats


def _evolution(ecart: float | None, ecart_relatif: float | None, unite: str | None) -> str | None:
    """Write a change: points for percentages, else percent, or the difference where percent means nothing."""
    if ecart is None:
        return None
    if unite == "%":
        return formats.points(ecart)
    if ecart_relatif is not None:
        return formats.evolution(ecart_relatif)
    signe = {1: "+", -1: formats.MOINS}.get((ecart > 0) - (ecart < 0), "")
    return f"{signe}{formats.ESPACE_FINE}{formats.mesure(abs(ecart), unite)}".lstrip(formats.ESPACE_FINE)


def enregistrer(connexion: duckdb.DuckDBPyConnection) -> None:
    """Give the build connection its French words; nothing of them stays in the warehouse.

    `ecrire_mesure(valeur, unite)`, `ecrire_evolution(ecart, ecart_relatif, unite)`, `ecrire_mois(jour)`,
    `accorder(nom_pluriel, n)`, `libelle_etat(code)`. Null in, null out.
    """
    # the same few thousand texts come back again and again
    connexion.create_function("ecrire_mesure", functools.cache(formats.mesure), [DOUBLE, VARCHAR], VARCHAR)
    connexion.create_function(
        "ecrire_evolution",
        functools.cache(_evolution),
        [DOUBLE, DOUBLE, VARCHAR],
        VARCHAR,
        null_handling="special",
    )
    connexion.create_function("ecrire_mois", formats.mois, [DATE], VARCHAR)
    connexion.create_function("accorder", formats.accorder, [VARCHAR, DOUBLE], VARCHAR)
    connexion.create_function("libelle_etat", etats.libelle, [VARCHAR], VARCHAR)
