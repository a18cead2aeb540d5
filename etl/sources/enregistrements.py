"""Records in JSON or JSONL: Opendatasoft exports, GeoJSON, answers of the Melodi API, as the table they hold.

Line n + 1 is record n: where it would stand, had the same data been exported as CSV.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ctg.formats import nombre
from etl.sources.tables import TAILLE_EN_MEMOIRE, Contenu, FichierIllisible, Ligne, Partie, Tableau

GEOMETRIE = "geometry"
_LISTES = ("features", "results", "records", "observations", "data")
_GEO_MELODI = re.compile(r"(?:[0-9]{4}-)?([A-Z0-9]+)-([0-9A-Z]+)")


def table_json(contenu: Contenu) -> Partie:
    """Read the records of a JSON content. Raises FichierIllisible."""
    with contenu.ouvrir() as flux:
        octets = flux.read(TAILLE_EN_MEMOIRE + 1)
    if len(octets) > TAILLE_EN_MEMOIRE:
        raise FichierIllisible(
            "fichier_trop_gros", "Le fichier JSON dépasse 64 Mo : prenez la version CSV de cette source."
        )
    try:
        document = _document(octets.decode("utf-8-sig"))
    except (ValueError, RecursionError) as erreur:
        raise FichierIllisible("json_abime", "Le fichier JSON est abîmé ou incomplet.") from erreur
    fiches = [_a_plat(fiche) for fiche in _fiches(document) if isinstance(fiche, Mapping)]
    entetes = tuple(dict.fromkeys(cle for fiche in fiches for cle in fiche))

    def lire(utiles: Collection[int]) -> Iterator[Ligne]:
        for rang, fiche in enumerate(fiches):
            yield rang + 2, [_texte(fiche.get(e)) if i in utiles else "" for i, e in enumerate(entetes)]

    tableau = Tableau(entetes, lire, len(entetes))
    return Partie(None, (tableau,), reserves=tuple(_manque(document, len(fiches))))


def _document(texte: str) -> Any:
    """Parse one document, or one record a line (JSONL). Raises ValueError, RecursionError."""
    try:
        return json.loads(texte)
    except json.JSONDecodeError:
        lignes = [ligne for ligne in texte.split("\n") if ligne.strip()]
        if len(lignes) < 2:
            raise
        return [json.loads(ligne) for ligne in lignes]


def _fiches(document: Any) -> list:
    """Find the list of records: the document itself, or what its usual keys hold."""
    if isinstance(document, list):
        return document
    if not isinstance(document, Mapping):
        return []
    return next((document[c] for c in _LISTES if isinstance(document.get(c), list)), [document])


def _a_plat(fiche: Mapping[str, Any]) -> dict[str, Any]:
    """Bring one record to a line: the properties of a feature, the fields of a record, an observation.

    A feature keeps a blank « geometry » column: contours are recognised, never read.
    """
    if isinstance(fiche.get("record"), Mapping):  # the API of Opendatasoft, version 2.0
        fiche = fiche["record"]
    if isinstance(fiche.get("fields"), Mapping):  # version 1, which may have a « geometry » beside them
        return dict(fiche["fields"])
    if isinstance(fiche.get("properties"), Mapping) or GEOMETRIE in fiche:
        return {**(fiche.get("properties") or {}), GEOMETRIE: None}
    if isinstance(fiche.get("dimensions"), Mapping) and isinstance(fiche.get("measures"), Mapping):
        return _observation(fiche)
    return dict(fiche)


def _observation(fiche: Mapping[str, Any]) -> dict[str, Any]:
    """Write an observation of the Melodi API as its file writes it: GEO « 2024-COM-21231 » is two columns."""
    plat = {**fiche["dimensions"], **(fiche.get("attributes") or {})}
    lieu = _GEO_MELODI.fullmatch(str(plat.get("GEO", "")))
    if lieu:
        plat |= {"GEO_OBJECT": lieu[1], "GEO": lieu[2]}
    mesures = [m.get("value") for m in fiche["measures"].values() if isinstance(m, Mapping)]
    return {**plat, "OBS_VALUE": mesures[0] if len(mesures) == 1 else None}


def _manque(document: Any, lus: int) -> Iterator[str]:
    total = document.get("total_count", document.get("nhits")) if isinstance(document, Mapping) else None
    if isinstance(total, int) and total > lus:
        yield (
            f"Le fichier annonce {nombre(total)} enregistrements et en tient {nombre(lus)} : "
            "téléchargez l’export complet."
        )


def _texte(valeur: Any) -> str:
    """Write a value as a CSV would; a list or an object is no cell."""
    if valeur is None or isinstance(valeur, list | dict) or valeur != valeur:
        return ""
    return str(valeur).strip()
