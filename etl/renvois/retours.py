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
_ANOMALIES = """
    SELECT fichier, feuille, cellule, gravite, regle, message, valeur_lue FROM collecte.anomalie
    WHERE NOT remplacee AND NOT acceptee ORDER BY fichier, id
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
    """Write into `vers` the marked copy of the file at `chemin` and the text of its mail. Raises OSError."""
    vers.mkdir(parents=True, exist_ok=True)
    copie, raison = None, None
    try:
        copie = annoter(chemin, a_envoyer(renvoi.anomalies), vers)
    except ClasseurRefuse as refus:
        raison = refus.anomalie.message
    texte = copie.with_suffix(".txt") if copie else vers / f"{chemin.stem}_a_corriger.txt"
    texte.write_text(message(renvoi, copie and copie.name, aujourd_hui), encoding="utf-8")
    return Retour(renvoi.fichier, texte, copie, raison)


def en_archive(liste: Iterable[Renvoi], dossiers: tuple[Path, ...], aujourd_hui: dt.date) -> bytes:
    """Every copy and mail in one zip; a file no longer where it was read is left out. Raises OSError."""
    octets = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as atelier,
        zipfile.ZipFile(octets, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for renvoi in liste:
            chemin = chemin_de(renvoi.fichier, dossiers)
            if chemin.is_file():
                ecrire(renvoi, chemin, Path(atelier), aujourd_hui)
        for ecrit in sorted(Path(atelier).iterdir()):
            archive.write(ecrit, ecrit.name)
    return octets.getvalue()


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
