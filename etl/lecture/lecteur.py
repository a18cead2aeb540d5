"""Every file received, read or remembered, then judged all together."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from ctg.referentiel import Referentiel
from etl import sources
from etl.inventaire import Recu
from etl.jugement.annees import presumer
from etl.jugement.depots import Depot, departager
from etl.lecture import copies
from etl.lecture.collecte import Collecte, DonneesOuvertes, Fichier
from etl.lecture.copies import Lu
from etl.lecture.fichier import LectureFichier, lire_fichier
from etl.lecture.memoire import SANS_MEMOIRE, Memoire
from etl.saisies.libelles import confirmes
from etl.sources.questions import questions


@dataclass(slots=True)
class Lecteur:
    """Reads files one after the other, then judges them all together; `memoire` spares it the known ones."""

    referentiel: Referentiel
    memoire: Memoire = SANS_MEMOIRE
    _libelles: dict[str, str] | None = None
    _lus: list[Lu] = field(default_factory=list)
    _relus: set[str] = field(default_factory=set)
    _copies: dict[str, list[int]] = field(default_factory=dict)  # hash → ranks among `_lus`
    _receptions: dict[str, dt.datetime] = field(default_factory=dict)

    @property
    def formulaire_reel(self) -> bool:
        """True once a form that is not fictional was accepted, even in part."""
        return any(
            formulaire.statut != "refuse" and not formulaire.fictif
            for _, lecture in self._lus
            for formulaire in lecture.formulaires
        )

    def lire(self, recus: Iterable[Recu]) -> None:
        """Read files; the same content twice is read once, unless its name may change what it says, and was
        received when it first was."""
        for recu in recus:
            if recu.recu_le:
                connue = self._receptions.get(recu.sha256, recu.recu_le)
                self._receptions[recu.sha256] = min(connue, recu.recu_le)
            if recu.obstacle:
                self._lus.append((recu, LectureFichier("refuse", message=recu.obstacle)))
                continue
            rangs = self._copies.setdefault(recu.sha256, [])
            if rangs and not copies.depend_du_nom(self._lus[rangs[0]][1]):
                self._lus.append((recu, copies.copie(self._lus[rangs[0]][0].nom)))
                continue
            lecture = self.memoire.retrouver(recu)
            if lecture is None:
                lecture = self._lire(recu)
                self._relus.add(recu.nom)
            rangs.append(len(self._lus))
            self._lus.append((recu, lecture))

    def _lire(self, recu: Recu) -> LectureFichier:
        if self._libelles is None:
            self._libelles = confirmes(self.referentiel)
        return lire_fichier(recu.chemin, self.referentiel, self._libelles)

    def juger(self) -> Collecte:
        """Which copy of a content counts, which form for each respondent, which figure for each place."""
        retenus = self._departager_les_copies()
        lectures = [
            self._lus[rang]
            for rangs in self._copies.values()
            for rang in rangs
            # a copy of open data is remembered, even when another one counts; forms would need their cells
            if self._lus[rang][1].source or retenus[rang] is self._lus[rang]
        ]
        comptent = [retenus[rang] for rangs in self._copies.values() for rang in rangs]
        depots = [
            Depot(
                recu.nom,
                formulaire,
                self._receptions.get(recu.sha256),
                recu.sha256,
                lecture.corrige,
                rang,
            )
            for recu, lecture in comptent
            for rang, formulaire in enumerate(lecture.formulaires)
        ]
        noms = {recu.nom for recu, _ in lectures}
        return Collecte(
            fichiers=[_fichier(recu, lecture) for recu, lecture in retenus],
            lectures=lectures,
            relus=self._relus,
            lectures_changees=noms != self.memoire.fichiers or bool(noms & self._relus),
            depots=departager(presumer(depots, self.referentiel.parametres.campagnes)),
            ouvertes=self._ouvertes(lectures, comptent),
            anomalies=[
                *((recu.nom, a) for recu, lecture in comptent for a in lecture.anomalies),
                *questions(recu for recu, lecture in comptent if lecture.source),
            ],
        )

    def _departager_les_copies(self) -> list[Lu]:
        """Every file with what counts of it, in the order they were read."""
        retenus = list(self._lus)
        for rangs in self._copies.values():
            if len(rangs) > 1:
                jugees = copies.departager([self._lus[rang] for rang in rangs], self._completer)
                for rang, jugee in zip(rangs, jugees, strict=True):
                    if jugee is not retenus[rang][1]:
                        retenus[rang] = (retenus[rang][0], jugee)
        return retenus

    def _completer(self, nom: str, source: sources.LectureSource) -> sources.LectureSource:
        return source if nom in self._relus else self.memoire.completer(nom, source)

    def _ouvertes(self, lectures: Iterable[Lu], comptent: Iterable[Lu]) -> DonneesOuvertes | None:
        noms = {recu.nom for recu, lecture in lectures if lecture.source}
        if noms == self.memoire.sources and not noms & self._relus:
            return None
        donnees = [
            (recu.nom, self._completer(recu.nom, lecture.source))
            for recu, lecture in comptent
            if lecture.source
        ]
        observations, contradictions = sources.departager(donnees)
        return DonneesOuvertes(
            observations,
            tuple(territoire for _, source in donnees for territoire in source.territoires),
            sources.variables(),
            contradictions,
        )


def _fichier(recu: Recu, lecture: LectureFichier) -> Fichier:
    return Fichier(
        recu.nom,
        recu.sha256,
        recu.taille,
        lecture.statut,
        lecture.famille,
        lecture.genre,
        recu.recu_le,
        lecture.message,
    )
