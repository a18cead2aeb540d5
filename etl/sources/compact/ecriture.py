"""Write the compact table: the real figures of the city, small enough to travel with the code."""

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import yaml

from etl.sources.catalogue import famille
from etl.sources.compact.lire import COLONNES
from etl.sources.modele import Territoire


class Provenance(NamedTuple):
    """A producer's file that fed the table."""

    fichier: str
    source_id: str
    sha256: str


def ecrire_compact(
    observations: pa.Table,
    dossier: Path,
    territoires: Iterable[Territoire],
    provenances: Sequence[Provenance],
    *,
    nom: str,
    fait_le: dt.date,
) -> Path:
    """Write `diagnostics_<nom>.csv` (`;`, decimal comma, one line per observation) and its `source.yml`.

    Lines are sorted, so that two tables differ only where figures do; places are named, but the IRIS, which
    the referential names. Returns the path of the table.
    """
    dossier.mkdir(parents=True, exist_ok=True)
    noms = {(t.niveau, t.territoire_id): t.nom for t in territoires if t.niveau != "iris"}
    chemin = dossier / f"diagnostics_{nom}.csv"
    lignes = sorted(
        observations.select([c for c in COLONNES if c != "nom"]).to_pylist(),
        key=lambda o: (o["source_id"], o["niveau"], o["variable_id"], o["annee"], o["territoire_id"]),
    )
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        table = csv.writer(flux, delimiter=";", lineterminator="\n")
        table.writerow(COLONNES)
        for o in lignes:
            o["nom"] = noms.get((o["niveau"], o["territoire_id"]), "")
            o["valeur"] = _nombre(o["valeur"])
            table.writerow(["" if o[c] is None else o[c] for c in COLONNES])
    _ecrire_source(dossier / "source.yml", provenances, chemin.name, fait_le)
    return chemin


def _nombre(valeur: float | None) -> str | None:
    """Write a figure so that it reads back equal: « 24,6 », « 1581 »."""
    if valeur is None:
        return None
    exacte = str(int(valeur)) if valeur.is_integer() else f"{Decimal(repr(valeur)):f}"
    return exacte.replace(".", ",")


def _ecrire_source(chemin: Path, provenances: Sequence[Provenance], table: str, fait_le: dt.date) -> None:
    sources = []
    for source_id in sorted({p.source_id for p in provenances}):
        declaree = famille(source_id)
        fichiers = [{"nom": p.fichier, "sha256": p.sha256} for p in provenances if p.source_id == source_id]
        sources.append(
            {
                "source_id": source_id,
                "titre": declaree.titre,
                "producteur": declaree.producteur,
                "licence": declaree.licence,
                **({"url": declaree.url} if declaree.url else {}),
                "fichiers": sorted(fichiers, key=lambda f: f["nom"]),
            }
        )
    contenu = {"table": table, "fait_le": fait_le, "fait_avec": "python -m etl compacter", "sources": sources}
    ecrit = yaml.safe_dump(contenu, allow_unicode=True, sort_keys=False, width=110)
    chemin.write_text(ecrit, encoding="utf-8")
