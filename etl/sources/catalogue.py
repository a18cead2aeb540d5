"""The declared sources: `source.yml` and `colonnes.csv` of each folder, loaded once."""

import csv
import re
from functools import cache
from pathlib import Path

import yaml

from etl.sources.modele import Colonne, Famille, Regle, Telechargement
from etl.sources.tables import normaliser

DOSSIER = Path(__file__).parent
_JETON = "0aa0"
_MILLESIME = "(?P<aa>(?:19|20)[0-9]{2}|[0-9]{2})"


@cache
def familles() -> tuple[Famille, ...]:
    """Load every source of this folder, in alphabetical order."""
    return tuple(_charger(f.parent) for f in sorted(DOSSIER.glob("*/source.yml")))


def famille(source_id: str) -> Famille | None:
    """Find a source by its identifier."""
    return next((f for f in familles() if f.source_id == source_id), None)


@cache
def colonne_de(source_id: str, variable_id: str) -> Colonne:
    """Find where a variable is declared. Raises StopIteration when it is nowhere."""
    return next(c for c in famille(source_id).colonnes if c.variable_id == variable_id)


@cache
def hors_perimetre() -> tuple[tuple[tuple[re.Pattern[str], ...], str], ...]:
    """Files we know and do not load: (headers that name them, French sentence saying why)."""
    declarees = yaml.safe_load((DOSSIER / "hors_perimetre.yml").read_text(encoding="utf-8"))
    return tuple((tuple(motif(m) for m in d["entetes"]), d["message"]) for d in declarees)


def variables() -> list[dict[str, object]]:
    """Describe every variable, one row per (source_id, variable_id); `additif` boolean, `decimales` int."""
    lignes = {}
    for source in familles():
        for colonne in source.colonnes:
            if colonne.role == "valeur":
                serie = famille(source.serie)
                lignes.setdefault(
                    (serie.source_id, colonne.variable_id),
                    {
                        "source_id": serie.source_id,
                        "variable_id": colonne.variable_id,
                        "niveau": serie.niveau,
                        "libelle": colonne.libelle,
                        "unite": colonne.unite,
                        "decimales": colonne.decimales,
                        "additif": colonne.additif,
                        "unite_statistique": colonne.unite_statistique,
                        "source_libelle": serie.titre,
                        "producteur": serie.producteur,
                        "licence": serie.licence,
                        "remarque": " ".join(filter(None, (colonne.remarque, serie.remarque))),
                        "rupture": serie.rupture,
                    },
                )
    return list(lignes.values())


def motif(ecrit: str) -> re.Pattern[str]:
    """Compile a header pattern: `DISP_MED{aa}` matches the header of any year, on two or four digits."""
    return re.compile(re.escape(normaliser(ecrit.replace("{aa}", _JETON))).replace(_JETON, _MILLESIME))


def _motifs(ecrits: str) -> tuple[re.Pattern[str], ...]:
    return tuple(motif(m) for m in ecrits.split(" | ") if m)


def _charger(dossier: Path) -> Famille:
    declare = yaml.safe_load((dossier / "source.yml").read_text(encoding="utf-8"))
    return Famille(
        source_id=dossier.name,
        titre=declare["titre"],
        producteur=declare["producteur"],
        licence=declare["licence"],
        url=declare.get("url"),
        remarque=declare.get("remarque", "").strip(),
        niveau=declare["niveau"],
        annee=declare["annee"],
        priorite=declare.get("priorite", 1),
        signatures=tuple(tuple(motif(m) for m in entetes) for entetes in declare["reconnaissance"]),
        colonnes=_colonnes(dossier / "colonnes.csv"),
        vide=_regle(declare.get("vide")),
        absente=_regle(declare.get("absente")),
        textes={t.casefold(): _regle(r) for t, r in declare.get("textes", {}).items()},
        notes={str(code): _regle(r) for code, r in declare.get("notes", {}).items()},
        verse_dans=declare.get("verse_dans"),
        mois=declare.get("mois"),
        rentree=declare.get("rentree", False),
        rupture=declare.get("rupture"),
        fractions=declare.get("fractions", False),
        telechargements=tuple(Telechargement(**t) for t in declare.get("telechargements", ())),
    )


def _colonnes(chemin: Path) -> tuple[Colonne, ...]:
    if not chemin.exists():  # our compact table is read by the names of its own columns
        return ()
    with chemin.open(encoding="utf-8", newline="") as flux:
        return tuple(_colonne(ligne) for ligne in csv.DictReader(flux, delimiter=";"))


def _regle(declare: dict[str, str] | None) -> Regle | None:
    return Regle(declare["etat"], declare.get("texte", "")) if declare else None


def _colonne(ligne: dict[str, str]) -> Colonne:
    return Colonne(
        role=ligne["role"],
        motifs=_motifs(ligne["motif"]),
        variable_id=ligne["variable_id"],
        libelle=ligne["libelle"],
        unite=ligne["unite"],
        decimales=int(ligne["decimales"] or 0),
        additif=ligne["additif"] == "oui",
        unite_statistique=ligne["unite_statistique"],
        note=_motifs(ligne["note"]),
        remarque=ligne["remarque"],
    )
