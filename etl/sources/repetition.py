"""The same figures for two years: when only the name of a file says its year, one of the two names lies."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

from ctg.formats import compter
from etl.anomalie import Anomalie
from etl.sources.catalogue import familles

_ASSEZ = 20  # published figures: fewer may well be the same two years running
_CHAMPS = ("source_id", "annee", "variable_id", "territoire_id", "valeur")


def repetitions(observations: Iterable[tuple[str, pa.Table]]) -> Iterator[tuple[str, Anomalie]]:
    """Say which files print for one year all that another file prints for another: (file, anomaly).

    Only for the sources whose files do not hold their year. The figures are kept: somebody has to look.
    """
    sources = pa.array([f.source_id for f in familles() if f.annee == "nom_du_fichier"])
    imprimes = defaultdict(list)
    for fichier, table in observations:
        for (source, annee), chiffres in _par_annee(table, sources).items():
            if len(chiffres) >= _ASSEZ:
                imprimes[source, frozenset(chiffres)].append((fichier, annee))
    for (_, chiffres), lieux in imprimes.items():
        for (fichier, annee), (autre, son_annee) in itertools.permutations(lieux, 2):
            if fichier != autre and annee != son_annee:
                valeurs = compter(len(chiffres), "valeurs", feminin=True)
                message = (
                    f"Les {valeurs} de {annee} sont exactement celles que « {autre} » donne pour "
                    f"{son_annee} : l’un des deux porte sans doute une fausse année dans son nom. "
                    "Vérifiez-la chez le producteur."
                )
                yield fichier, Anomalie(None, None, "a_confirmer", "memes_chiffres", message)


def _par_annee(table: pa.Table, sources: pa.Array) -> dict[tuple[str, int], list[tuple]]:
    """The published figures of those sources, by (source, year)."""
    publiees = table.filter(
        pc.and_(pc.is_in(table["source_id"], sources), pc.equal(table["etat"], "publie"))
    ).select(_CHAMPS)
    groupes = defaultdict(list)
    for source, annee, *chiffre in zip(*publiees.to_pydict().values(), strict=True):
        groupes[source, annee].append(tuple(chiffre))
    return groupes
