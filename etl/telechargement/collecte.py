"""From a declared address to a file in its place, or to the sentence that says why it stays as it was."""

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from ctg import erreurs_du_systeme
from ctg.formats import compter, nombre
from ctg.referentiel import Referentiel
from etl import sources
from etl.hachages import empreinte_de
from etl.sources import provenance as provenances
from etl.sources.modele import Famille, LectureSource, Telechargement
from etl.sources.provenance import Provenance
from etl.telechargement import conformite, integrite
from etl.telechargement.arrivee import Arrivee, Repere
from etl.telechargement.comparaison import comparer
from etl.telechargement.echecs import Echec
from etl.telechargement.partiel import DOSSIER, Partiel
from etl.telechargement.reseau import Reglages, rapatrier
from etl.telechargement.reserves import reserves

TELECHARGE, INCHANGE, REFUSE = "telecharge", "inchange", "refuse"
_VERROU = "verrou"


class Demande(NamedTuple):
    """One file to fetch, and the source that must recognise it."""

    famille: Famille
    declaration: Telechargement

    @property
    def nom(self) -> str:
        return f"{self.famille.source_id}/{self.declaration.fichier}"


class Resultat(NamedTuple):
    """What became of a file: TELECHARGE, INCHANGE or REFUSE, one French sentence, and whether it asks for a
    look."""

    demande: Demande
    issue: str
    message: str
    a_verifier: bool = False


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
            page = "" if raison.muet else f" Pour le prendre avec un navigateur : {demande.declaration.page}"
            yield Resultat(demande, REFUSE, f"{raison} {_conserve(vers, demande)}{page}")
        except OSError as erreur:
            raison = erreurs_du_systeme.phrase(erreur)
            yield Resultat(
                demande, REFUSE, f"Le fichier n’a pas pu être écrit. {raison} {_conserve(vers, demande)}"
            )


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
    connu = Repere(ancien.etag, ancien.modifie_le) if ancien and _convient(demande, ancien) else None
    try:
        arrivee = rapatrier(
            declaration.adresse,
            partiel,
            connu,
            reglages or Reglages(),
            lambda recu, total: suivre(demande, recu, total),
            insister=insister,
        )
        if arrivee is None:
            return Resultat(demande, INCHANGE, "Inchangé chez son producteur : rien à faire.")
        return _accepter(demande, partiel, place, arrivee, ancien, referentiel, le)
    except Echec as raison:
        if not (raison.reprenable and partiel.reprise()):  # the next try must not continue a bad file
            partiel.effacer()
        raise
    except OSError:
        if not partiel.reprise():  # a full disk must not keep what cannot be continued
            partiel.effacer()
        raise


def _convient(demande: Demande, ancien: Provenance) -> bool:
    """Say whether the file that is there is the declared one: another is needed only if it changed."""
    declaration = demande.declaration
    return (
        ancien.adresse == declaration.adresse
        and (declaration.sha256 or ancien.sha256).lower() == ancien.sha256
        and (ancien.annee is None or conformite.est_de_l_annee(declaration, ancien.annee))
    )


def _intact(place: Path, connue: Provenance | None) -> Provenance | None:
    """Keep what is known of a file only if it is still the one that was downloaded."""
    if connue is None or not place.is_file() or empreinte_de(place) != connue.sha256:
        return None
    return connue


def _accepter(
    demande: Demande,
    partiel: Partiel,
    place: Path,
    arrivee: Arrivee,
    ancien: Provenance | None,
    referentiel: Referentiel,
    le: dt.date,
) -> Resultat:
    """Judge what came, then put it in its place and note where it comes from."""
    empreinte = empreinte_de(partiel.chemin)
    le_meme = ancien is not None and ancien.sha256 == empreinte
    try:
        lecture = _juger(demande, partiel.chemin, arrivee, empreinte, referentiel)
        prouve = le_meme or _comparer(lecture, partiel.chemin, place, arrivee, referentiel)
    except Echec as raison:
        raise Echec(f"{raison} C’est pourtant le fichier déjà là.") if le_meme else raison from raison
    dites = reserves(*demande, lecture, arrivee.noms, prouve, referentiel)
    nouvelle = Provenance(
        nom=place.name,
        adresse=demande.declaration.adresse,
        telecharge_le=ancien.telecharge_le if ancien and le_meme else le,
        sha256=empreinte,
        taille=partiel.chemin.stat().st_size,
        annee=lecture.annee,
        etag=arrivee.repere.etag,
        modifie_le=arrivee.repere.modifie_le,
        a_verifier=" ".join(dites) or None,
    )
    if le_meme:
        partiel.effacer()
        provenances.noter(place.parent, demande.famille, nouvelle)
        return Resultat(demande, INCHANGE, "Le même fichier que celui qui est déjà là : rien à faire.")
    _mettre_en_place(partiel, place)
    try:
        provenances.noter(place.parent, demande.famille, nouvelle)
    except OSError as erreur:  # the file itself is there, and it is good
        dites.append(f"Sa provenance n’a pas pu être notée. {erreurs_du_systeme.phrase(erreur)}")
    taille = nombre(max(nouvelle.taille / 1024**2, 0.1), 1)
    phrases = (f"Téléchargé ({taille} Mo).", lecture.message, *dites)
    return Resultat(demande, TELECHARGE, " ".join(phrases), a_verifier=bool(dites))


def _juger(
    demande: Demande, recu: Path, arrivee: Arrivee, empreinte: str, referentiel: Referentiel
) -> LectureSource:
    """Read what came, and raise Echec unless it is what was declared."""
    famille, declaration = demande
    conformite.exiger_l_empreinte(famille, declaration, empreinte)
    lecture = conformite.lire_conforme(famille, declaration, recu, arrivee.noms, referentiel)
    dossier, taille = recu.parents[1], recu.stat().st_size
    conformite.exiger_un_autre_que_ses_voisins(declaration, dossier, empreinte, taille)
    return lecture


def _comparer(
    lecture: LectureSource, recu: Path, place: Path, arrivee: Arrivee, referentiel: Referentiel
) -> bool:
    """Raises Echec for a file cut or poorer than the one that is there; False if nothing proves it whole."""
    ancienne = sources.lire(place, referentiel) if place.is_file() else None
    sert = ancienne is not None and ancienne.observations.num_rows > 0
    prouve = integrite.exiger_une_fin(recu, place if sert else None, arrivee.fin_annoncee)
    if sert:
        comparer(lecture, ancienne)
    return prouve


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
    a_verifier = sum(r.a_verifier for r in resultats)
    return (
        f"{compter(par_issue[TELECHARGE], 'fichiers téléchargés')}"
        f"{f' (dont {nombre(a_verifier)} à vérifier : voir plus haut)' if a_verifier else ''}, "
        f"{compter(par_issue[INCHANGE], 'fichiers inchangés')}, "
        f"{compter(par_issue[REFUSE], 'fichiers non téléchargés')}."
    )
