"""What the screens of the collection add for the neighbour: cells shown one by one, at their address.

A cell is shown before and after a new submission, when a person corrected it, when two sources answer, in an
anomaly.
"""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

import duckdb

from tests.exemples.attaque.algebre import Nombre, Vecteur
from tests.exemples.attaque.mesures import Publie

_PARTS = {
    "numerateur": "numerateur",
    "satisfaits": "numerateur",
    "denominateur": "denominateur",
    "repondants": "denominateur",
    "proposes": None,
}
_NOMBRE = re.compile(r"-?\d[\d\s]*(?:,\d+)?")
_ADRESSES = """
    SELECT c.fichier, c.feuille, c.cellule, c.indicateur_id, c.repondant_id,
           coalesce(c.quartier_id, CASE WHEN NOT s.multisite THEN s.quartier_id END, 'ville'), c.periode_id,
           c.ventilation, c.modalite, c.code
    FROM collecte.provenance AS c
    LEFT JOIN publication.structure AS s ON s.structure_id = c.repondant_id
"""
_CELLULES = {
    "collecte.difference": """
        SELECT nouveau_fichier, nouvelle_feuille, nouvelle_cellule, apres FROM collecte.difference""",
    "collecte.correction": """
        SELECT fichier, feuille, cellule, nouvelle FROM collecte.correction
        WHERE sort IN ('appliquee', 'maintenue')""",
    "collecte.anomalie": "SELECT fichier, feuille, cellule, valeur_lue FROM collecte.anomalie",
}
_SOURCES = """
    SELECT indicateur_id, repondant_id, lieu, periode, ventilation, modalite, affichage
    FROM collecte.source_retenue
    WHERE retenu
"""


def dites(
    connexion: duckdb.DuckDBPyConnection, publie: Publie
) -> Iterator[tuple[str, list[tuple[Vecteur, Nombre]]]]:
    """(view, equations): what each view says of the answers that count."""
    adresses = {
        tuple(ligne[:3]): (*ligne[3:9], _PARTS.get(ligne[9], "valeur"))
        for ligne in connexion.execute(_ADRESSES).fetchall()
    }
    for vue, requete in _CELLULES.items():
        lues = connexion.execute(requete).fetchall()
        yield vue, _equations(publie, ((adresses.get(tuple(adresse)), texte) for *adresse, texte in lues))
    paires = []
    for *cle, affichage in connexion.execute(_SOURCES).fetchall():
        textes = affichage.split(" sur ")
        parts = ("valeur",) if len(textes) == 1 else ("numerateur", "denominateur")
        paires += [((*cle, part), texte) for part, texte in zip(parts, textes, strict=True)]
    yield "collecte.source_retenue", _equations(publie, paires)


def _equations(
    publie: Publie, paires: Iterable[tuple[tuple | None, str | None]]
) -> list[tuple[Vecteur, Nombre]]:
    """A text that gives another number than the answer at its address says nothing of it."""
    equations = []
    for reponse, texte in paires:
        lu = _NOMBRE.search(texte or "")
        if lu and reponse in publie.verite:
            nombre = Fraction(re.sub(r"\s", "", lu[0]).replace(",", "."))
            if nombre == publie.verite[reponse]:
                equations.append(({reponse: 1}, publie.verite[reponse]))
    return equations
