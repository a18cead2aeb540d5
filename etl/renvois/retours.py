"""The way back: for each workbook to correct or confirm, its marked copy and the mail that goes with it."""

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb

from ctg.entrepot import EntrepotIllisible, attacher
from etl.anomalie import Anomalie
from etl.canevas.retour import annoter
from etl.classeurs import ClasseurRefuse, ouvrir
from etl.renvois.courrier import Renvoi, a_envoyer, a_renvoyer, message

# the forms that count, or that were refused and nothing came after: those a sender may still correct
_RENVOIS = """
    SELECT d.fichier, any_value(coalesce(e.nom, r.libelle, s.nom, 'le répondant')) AS expediteur,
           list_sort(list(DISTINCT coalesce(s.nom, f.fiche_id || ' · ' || f.titre, d.feuille))) AS repondants,
           max(d.annee) AS annee, max(d.recu_le) AS recu_le, max(c.echeance) AS echeance,
           bool_or(d.fictif) AS fictif, NOT bool_or(d.retenu) AS rien_charge
    FROM interne.depot AS d
    LEFT JOIN interne.structure AS s ON d.formulaire = 'structure' AND s.structure_id = d.repondant_id
    LEFT JOIN interne.expediteur AS e ON e.expediteur_id = s.expediteur_id
    LEFT JOIN interne.fiche AS f ON d.formulaire = 'fiche' AND f.fiche_id = d.repondant_id
    LEFT JOIN interne.repondant AS r ON r.repondant_id = f.referent_id
    LEFT JOIN interne.campagne AS c ON c.annee = d.annee
    WHERE d.statut <> 'remplace' AND (d.annee = $annee OR $annee IS NULL OR d.annee IS NULL)
      AND NOT starts_with(d.source, 'extrait:')
    GROUP BY d.fichier
    ORDER BY d.fichier
"""
SANS_COPIE = "_a_lire_sans_copie.txt"  # sorts first
_DISPARU = "ce fichier n’est plus là où il a été lu. Relancez « python -m etl », ou redemandez-le."
# a sender is told that we corrected a cell, not asked about what we wrote there (collecte_points.sql)
_ANOMALIES = """
    SELECT fichier, feuille, cellule, gravite, regle, message, valeur_lue FROM collecte.anomalie AS a
    WHERE NOT remplacee AND NOT acceptee
      AND (gravite = 'information'
           OR NOT EXISTS (SELECT 1 FROM collecte.correction AS c
                          WHERE c.sort IN ('appliquee', 'maintenue') AND c.fichier = a.fichier
                            AND c.feuille = a.feuille AND c.cellule = a.cellule))
    ORDER BY fichier, id
"""


@dataclass(frozen=True, slots=True)
class Retour:
    """What was written for one file; `copie` is None when no copy of it can be made, for the reason given."""

    fichier: str
    texte: Path
    copie: Path | None
    raison: str | None = None


def lire(entrepot: Path, annee: int | None) -> list[Renvoi]:
    """Every file of the warehouse a sender should look at again, of a campaign or of all.

    Raises EntrepotIllisible when no warehouse of this version stands there.
    """
    with duckdb.connect(":memory:") as connexion:
        try:
            attacher(connexion, entrepot, "entrepot")
            connexion.execute("USE entrepot")
            return renvois(connexion, annee)
        except duckdb.Error as erreur:
            raise EntrepotIllisible(f"« {entrepot} » n’est pas un entrepôt de cette version.") from erreur


def renvois(connexion: duckdb.DuckDBPyConnection, annee: int | None = None) -> list[Renvoi]:
    """The same, of the warehouse this connection holds."""
    lues = connexion.execute(_ANOMALIES).fetchall()
    anomalies = {
        fichier: tuple(Anomalie(*ligne[1:]) for ligne in lignes)
        for fichier, lignes in groupby(lues, itemgetter(0))
    }
    return [
        Renvoi(fichier, expediteur, tuple(repondants), *reste, anomalies[fichier])
        for fichier, expediteur, repondants, *reste in connexion.execute(
            _RENVOIS, {"annee": annee}
        ).fetchall()
        if a_renvoyer(anomalies.get(fichier, ()))
    ]


def ecrire(renvoi: Renvoi, chemin: Path, vers: Path, aujourd_hui: dt.date) -> Retour:
    """Write into `vers` the marked copy of the file at `chemin` and the text of its mail; the text alone when
    no copy can be made. Raises OSError."""
    vers.mkdir(parents=True, exist_ok=True)
    copie, raison = None, None
    if not chemin.is_file():
        raison = _DISPARU
    else:
        try:
            copie = annoter(chemin, a_envoyer(renvoi.anomalies), vers)
        except ClasseurRefuse as refus:
            raison = refus.anomalie.message
    texte = copie.with_suffix(".txt") if copie else _libre(vers, f"{chemin.stem}_a_corriger")
    texte.write_text(message(renvoi, copie and copie.name, aujourd_hui), encoding="utf-8")
    return Retour(renvoi.fichier, texte, copie, raison)


def en_archive(liste: Iterable[Renvoi], dossiers: tuple[Path, ...], aujourd_hui: dt.date) -> bytes:
    """Every copy and mail in one zip; a first file names those that go without a copy, and why. Raises
    OSError."""
    octets = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as atelier,
        zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        ecrits = [
            ecrire(renvoi, chemin_de(renvoi.fichier, dossiers), Path(atelier), aujourd_hui)
            for renvoi in liste
        ]
        sans_copie = [retour for retour in ecrits if retour.copie is None]
        if sans_copie:
            archive.writestr(SANS_COPIE, _dire_sans_copie(sans_copie))
        for ecrit in sorted(Path(atelier).iterdir()):
            archive.write(ecrit, ecrit.name)
    return octets.getvalue()


def _dire_sans_copie(liste: Iterable[Retour]) -> str:
    lignes = [f"- {r.fichier} (message : {r.texte.name}) : {r.raison}" for r in liste]
    return "\n".join(["Ces messages partent sans copie annotée :", *lignes, ""])


def _libre(vers: Path, nom: str) -> Path:
    """A text of that name that nobody has yet: two senders may give the same one to their files."""
    texte, rang = vers / f"{nom}.txt", 2
    while texte.exists():
        texte, rang = vers / f"{nom}_{rang}.txt", rang + 1
    return texte


def annotable(chemin: Path) -> bool:
    """Say whether a marked copy of this file can be made: a workbook that opens. Raises OSError."""
    try:
        ouvrir(chemin)
    except ClasseurRefuse:
        return False
    return True


def chemin_de(fichier: str, dossiers: tuple[Path, ...]) -> Path:
    """Where a file of the warehouse stands: its name is its path under the folder it was read from."""
    demo = fichier.startswith("demo/") and len(dossiers) > 1
    return dossiers[1] / fichier.removeprefix("demo/") if demo else dossiers[0] / fichier
