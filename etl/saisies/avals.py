"""What was published on the day of an aval, kept to say later what changed: a file by aval, written once.

Only texts as published, already masked, stand there (docs/decisions/04-petits-nombres.md).
"""

import csv
import datetime as dt
import io
from collections.abc import Iterable
from pathlib import Path

from ctg.entrepot import Entrepot
from etl.anomalie import Anomalie
from etl.saisies import ecriture
from etl.saisies.etapes import Declaration, Deroulement

DOSSIER = "avals"
COLONNES = (
    *("indicateur_id", "niveau", "territoire_id", "type_structure", "perimetre"),
    *("periode_id", "ventilation", "modalite", "affichage"),
)
# an evolution has the year of its base for a period, « evolution » for a breakdown, its base for a modality
_PUBLIEES = f"""
    SELECT {", ".join(COLONNES)}
    FROM (
        SELECT * FROM publication.mesure
        UNION ALL BY NAME
        SELECT *, annee_base::VARCHAR AS periode_id, 'evolution' AS ventilation, base AS modalite
        FROM publication.evolution
    )
    WHERE annee = $annee
      AND indicateur_id IN (SELECT indicateur_id FROM publication.indicateur_ligne WHERE fiche_id = $fiche)
    ORDER BY ALL
"""


def nom_de_copie(annee: int, fiche_id: str, le: dt.datetime) -> str:
    """The name of the copy made when a declaration of that date was: `2025_PE-1_20261121T143000.csv`."""
    return f"{annee}_{fiche_id}_{le:%Y%m%dT%H%M%S}.csv"


def copier(entrepot: Entrepot, annee: int, fiche_id: str, le: dt.datetime, dossier: Path) -> dt.datetime:
    """Keep what the warehouse publishes of a fiche, in one move; returns the date that names the copy.

    It is `le`, or the first second after it that no copy bears yet. Raises OSError.
    """
    lieu = dossier / DOSSIER
    ecriture.preparer(lieu)
    while (copie := lieu / nom_de_copie(annee, fiche_id, le)).exists():
        le += dt.timedelta(seconds=1)
    lignes = entrepot.executer(_PUBLIEES, annee=annee, fiche=fiche_id)
    texte = io.StringIO(newline="")
    ecrivain = csv.writer(texte, delimiter=";", lineterminator="\n")
    ecrivain.writerow(COLONNES)
    ecrivain.writerows(lignes.itertuples(index=False))
    ecriture.remplacer(copie, texte.getvalue().encode("utf-8"))
    return le


def lire_copies(dossier: Path, deroulement: Deroulement) -> tuple[list[dict], list[tuple[str, Anomalie]]]:
    """The copies of the avals that stand, of the changes admitted since, of the avals last withdrawn.

    One that is missing is told, unless its aval was withdrawn: nothing waits for it any more.
    """
    lignes, anomalies = [], []
    retires = [aval for aval, _ in deroulement.retraits.values()]
    for une in (*_qui_ont_une_copie(deroulement), *retires):
        nom = nom_de_copie(une.annee, une.fiche_id, une.le)
        fichier = dossier / DOSSIER / nom
        try:
            with fichier.open(encoding="utf-8", newline="") as flux:
                lecteur = csv.DictReader(flux, delimiter=";")
                if tuple(lecteur.fieldnames or ()) != COLONNES:
                    raise ValueError(nom)
                identite = {"annee": une.annee, "fiche_id": une.fiche_id, "le": une.le}
                lues = [{**identite, **ligne} for ligne in lecteur]
            if any(None in ligne or None in ligne.values() for ligne in lues):
                raise ValueError(nom)
            lignes += lues
        except (OSError, ValueError):
            if une in retires:
                continue
            anomalies.append((f"saisies/{DOSSIER}/{nom}", _perdue(une)))
    return lignes, anomalies


def _qui_ont_une_copie(deroulement: Deroulement) -> Iterable[Declaration]:
    for cle, etapes in deroulement.etapes.items():
        if "aval" in etapes:
            yield etapes["aval"]
            yield from deroulement.changements.get(cle, ())


def _perdue(une: Declaration) -> Anomalie:
    return Anomalie(
        None,
        None,
        "a_confirmer",
        "copie_d_aval_absente",
        f"La copie de ce qui était publié au jour de l’aval ({une.fiche_id}, campagne {une.annee}, "
        f"{une.le:%d/%m/%Y}) manque : rien ne dira ce qui a changé depuis. La remettre d’une sauvegarde, ou "
        "retirer l’aval et le déclarer de nouveau depuis la page Collecte.",
    )
