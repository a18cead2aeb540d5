"""From a declared address to a file in its place, or to the sentence that says why it stays as it was."""

import dataclasses
import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from ctg.formats import compter, nombre
from ctg.referentiel import Referentiel
from etl import erreurs_du_systeme, sources
from etl.inventaire import empreinte_de
from etl.sources.modele import Famille, LectureSource, Telechargement
from etl.telechargement import provenance as provenances
from etl.telechargement.partiel import DOSSIER, Partiel
from etl.telechargement.provenance import Provenance
from etl.telechargement.reseau import Echec, Reglages, Repere, rapatrier

TELECHARGE, INCHANGE, REFUSE = "telecharge", "inchange", "refuse"
_INCOMPLET = "Il est peut-être incomplet ; pour le prendre, retirez d’abord l’ancien."
_VERROU = "verrou"
_CHARGEES = ("accepte", "accepte_partiel")


class Demande(NamedTuple):
    """One file to fetch, and the source that must recognise it."""

    famille: Famille
    declaration: Telechargement

    @property
    def nom(self) -> str:
        return f"{self.famille.source_id}/{self.declaration.fichier}"


class Resultat(NamedTuple):
    """What became of a file: TELECHARGE, INCHANGE or REFUSE, and one French sentence."""

    demande: Demande
    issue: str
    message: str


Suivi = Callable[[Demande, int, int | None], None]


def demandes(choisies: Sequence[str] = ()) -> list[Demande]:
    """List the declared files, of the sources named or of all. Raises KeyError (a source that has none)."""
    declarees = [Demande(f, t) for f in sources.familles() for t in f.telechargements]
    connues = {demande.famille.source_id for demande in declarees}
    for source_id in choisies:
        if source_id not in connues:
            raise KeyError(source_id)
    return [d for d in declarees if not choisies or d.famille.source_id in choisies]


def telecharger(
    a_faire: Sequence[Demande],
    vers: Path,
    referentiel: Referentiel,
    *,
    le: dt.date,
    reglages: Reglages | None = None,
    suivre: Suivi = lambda demande, recu, total: None,
) -> Iterator[Resultat]:
    """Fetch each file into `vers/<source>/`; one that fails stops no other, and its place stays as it was.

    After a server that never answered, the next ones are tried once until one does: without network, saying
    so for each file would take minutes.
    """
    insister = True
    for demande in a_faire:
        dossier = vers / demande.famille.source_id
        try:
            (dossier / DOSSIER).mkdir(parents=True, exist_ok=True)
            with FileLock(dossier / DOSSIER / _VERROU):  # two downloads of the same source queue
                resultat = _un_fichier(demande, dossier, referentiel, le, reglages, suivre, insister)
            insister = True
            yield resultat
        except Echec as raison:
            insister = not raison.muet
            yield Resultat(demande, REFUSE, f"{raison} {_conserve(vers, demande)}")
        except OSError as erreur:
            raison = erreurs_du_systeme.phrase(erreur)
            yield Resultat(demande, REFUSE, f"Le fichier n’a pas pu être écrit. {raison}")


def _un_fichier(
    demande: Demande,
    dossier: Path,
    referentiel: Referentiel,
    le: dt.date,
    reglages: Reglages | None,
    suivre: Suivi,
    insister: bool,
) -> Resultat:
    declaration, place = demande.declaration, dossier / demande.declaration.fichier
    partiel = Partiel(dossier / DOSSIER / declaration.fichier)
    ancien = _intact(place, provenances.lire(dossier).get(declaration.fichier))
    connu = (
        Repere(ancien.etag, ancien.modifie_le) if ancien and ancien.adresse == declaration.adresse else None
    )
    try:
        repere = rapatrier(
            declaration.adresse,
            partiel,
            connu,
            reglages or Reglages(),
            lambda recu, total: suivre(demande, recu, total),
            insister=insister,
        )
        if repere is None:
            return Resultat(demande, INCHANGE, "Inchangé chez son producteur : rien à faire.")
        return _accepter(demande, partiel, place, repere, ancien, referentiel, le)
    except Echec as raison:
        if not raison.reprenable:  # the next try must not continue a bad file
            partiel.effacer()
        raise


def _accepter(
    demande: Demande,
    partiel: Partiel,
    place: Path,
    repere: Repere,
    ancien: Provenance | None,
    referentiel: Referentiel,
    le: dt.date,
) -> Resultat:
    """Judge what came, then put it in its place and note where it comes from."""
    empreinte = empreinte_de(partiel.chemin)
    nouvelle = Provenance(
        nom=place.name,
        adresse=demande.declaration.adresse,
        telecharge_le=le,
        sha256=empreinte,
        taille=partiel.chemin.stat().st_size,
        etag=repere.etag,
        modifie_le=repere.modifie_le,
    )
    if ancien and ancien.sha256 == empreinte:
        partiel.effacer()
        inchangee = dataclasses.replace(nouvelle, telecharge_le=ancien.telecharge_le, annee=ancien.annee)
        provenances.noter(place.parent, demande.famille, inchangee)
        return Resultat(demande, INCHANGE, "Le même fichier que celui qui est déjà là : rien à faire.")
    lecture = _verifier(demande, partiel.chemin, place, empreinte, referentiel)
    _mettre_en_place(partiel, place)
    provenances.noter(place.parent, demande.famille, dataclasses.replace(nouvelle, annee=lecture.annee))
    taille = nombre(max(nouvelle.taille / 1024**2, 0.1), 1)
    return Resultat(demande, TELECHARGE, f"Téléchargé ({taille} Mo). {lecture.message}")


def _intact(place: Path, connue: Provenance | None) -> Provenance | None:
    """Keep what is known of a file only if it is still the one that was downloaded."""
    if connue is None or not place.is_file() or empreinte_de(place) != connue.sha256:
        return None
    return connue


def _verifier(
    demande: Demande, recu: Path, place: Path, empreinte: str, referentiel: Referentiel
) -> LectureSource:
    """Read what came as the build would; raises Echec unless it is that source, whole, with our places."""
    attendue = demande.declaration.sha256
    if attendue and attendue != empreinte:
        raise Echec("Le fichier reçu n’est pas celui qui est déclaré (empreinte différente).")
    lecture = sources.lire(recu, referentiel)
    if lecture.statut not in _CHARGEES:
        raise Echec(f"Le fichier reçu ne peut pas servir. {lecture.message}")
    source_id = demande.famille.source_id
    if source_id not in (lecture.famille or "").split(" + "):
        raise Echec(f"Le fichier reçu est d’une autre source ({lecture.famille}) que « {source_id} ».")
    if place.is_file():
        _comparer(lecture, sources.lire(place, referentiel))
    return lecture


def _comparer(recue: LectureSource, ancienne: LectureSource) -> None:
    """Refuse a file with fewer places, or more doubts, than the one it would replace: a cut one has."""
    if len(recue.territoires) < len(ancienne.territoires):
        raise Echec(
            f"Le fichier reçu tient moins de territoires que celui qui est là ({len(recue.territoires)} au "
            f"lieu de {len(ancienne.territoires)}). {_INCOMPLET}"
        )
    doutes = [a.message for a in recue.anomalies if a.gravite == "a_confirmer"]
    if len(doutes) > sum(a.gravite == "a_confirmer" for a in ancienne.anomalies):
        raise Echec(f"Le fichier reçu est moins sûr que celui qui est là : {doutes[0]} {_INCOMPLET}")


def _mettre_en_place(partiel: Partiel, place: Path) -> None:
    """Put the file in its place in one move, once it is on the disk."""
    with partiel.chemin.open("rb") as flux:
        os.fsync(flux.fileno())
    partiel.chemin.replace(place)
    partiel.effacer()


def _conserve(vers: Path, demande: Demande) -> str:
    place = vers / demande.famille.source_id / demande.declaration.fichier
    return "Le fichier déjà là est intact." if place.is_file() else "Rien n’a été écrit."


def bilan(resultats: Sequence[Resultat]) -> str:
    """Sum up in one sentence."""
    par_issue = {issue: sum(r.issue == issue for r in resultats) for issue in (TELECHARGE, INCHANGE, REFUSE)}
    return (
        f"{compter(par_issue[TELECHARGE], 'fichiers téléchargés')}, "
        f"{compter(par_issue[INCHANGE], 'fichiers inchangés')}, "
        f"{compter(par_issue[REFUSE], 'fichiers non téléchargés')}."
    )
