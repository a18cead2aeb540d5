"""Was the warehouse built from exactly what stands in the folders today?"""

from pathlib import Path

from etl import hachages
from etl.construction import empreinte


def est_a_jour(entrepot: Path, referentiel: Path, dossiers: tuple[Path, ...]) -> bool:
    """Say whether the warehouse was built from exactly these files, this convention and this code."""
    hachages.rappeler(entrepot)
    return entrepot.is_file() and _empreinte_construite(entrepot) == empreinte.calculer(
        empreinte.de_la_suite(referentiel), dossiers
    )


def _empreinte_construite(entrepot: Path) -> str | None:
    import duckdb

    from ctg.entrepot import attacher

    with duckdb.connect(":memory:") as connexion:
        try:
            attacher(connexion, entrepot, "w")
            return connexion.execute("SELECT empreinte FROM w.publication.convention").fetchone()[0]
        except (duckdb.Error, TypeError):
            return None  # not a warehouse, or an empty one: it has to be built
