"""Every file received, read or remembered, then judged all together."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from ctg.referentiel import Referentiel
from etl import sources
from etl.inventaire import Recu
from etl.jugement.depots import Depot, departager
from etl.lecture.collecte import Collecte, DonneesOuvertes, Fichier
from etl.lecture.fichier import LectureFichier, lire_fichier
from etl.lecture.memoire import SANS_MEMOIRE, Memoire
from etl.saisies.libelles import confirmes


@dataclass(slots=True)
class Lecteur:
    """Reads files one after the other, then judges them all together; `memoire` spares it the known ones."""

    referentiel: Referentiel
    memoire: Memoire = SANS_MEMOIRE
    _libelles: dict[str, str] | None = None
    _fichiers: list[Fichier] = field(default_factory=list)
    _lectures: list[tuple[Recu, LectureFichier]] = field(default_factory=list)
    _relus: set[str] = field(default_factory=set)
    _premiers: dict[str, str] = field(default_factory=dict)
    _receptions: dict[str, dt.datetime] = field(default_factory=dict)

    @property
    def formulaire_reel(self) -> bool:
        """True once a form that is not fictional was accepted, even in part."""
        return any(
            formulaire.statut != "refuse" and not formulaire.fictif
            for _, lecture in self._lectures
            for formulaire in lecture.formulaires
        )

    def lire(self, recus: Iterable[Recu]) -> None:
        """Read files; the same content twice is read once, and was received when it first was."""
        for recu in recus:
            if recu.recu_le:
                connue = self._receptions.get(recu.sha256, recu.recu_le)
                self._receptions[recu.sha256] = min(connue, recu.recu_le)
            if recu.obstacle:
                self._noter(recu, LectureFichier("refuse", message=recu.obstacle))
                continue
            premier = self._premiers.setdefault(recu.sha256, recu.nom)
            if premier != recu.nom:
                self._noter(recu, LectureFichier("remplace", message=f"Même fichier que « {premier} »."))
                continue
            lecture = self.memoire.retrouver(recu)
            if lecture is None:
                lecture = self._lire(recu)
                self._relus.add(recu.nom)
            self._noter(recu, lecture)
            self._lectures.append((recu, lecture))

    def _lire(self, recu: Recu) -> LectureFichier:
        if self._libelles is None:
            self._libelles = confirmes(self.referentiel)
        return lire_fichier(recu.chemin, self.referentiel, self._libelles)

    def juger(self) -> Collecte:
        """Which form counts for each respondent, which figure for each place."""
        depots = [
            Depot(
                recu.nom,
                formulaire,
                self._receptions.get(recu.sha256),
                recu.sha256,
                lecture.corrige,
                rang,
            )
            for recu, lecture in self._lectures
            for rang, formulaire in enumerate(lecture.formulaires)
        ]
        anomalies = [(recu.nom, a) for recu, lecture in self._lectures for a in lecture.anomalies]
        return Collecte(
            fichiers=self._fichiers,
            lectures=self._lectures,
            relus=self._relus,
            lectures_changees={recu.nom for recu, _ in self._lectures} != self.memoire.fichiers
            or bool(self._relus),
            depots=departager(depots),
            ouvertes=self._ouvertes(),
            anomalies=anomalies,
        )

    def _ouvertes(self) -> DonneesOuvertes | None:
        donnees = [(recu.nom, lecture.source) for recu, lecture in self._lectures if lecture.source]
        noms = {nom for nom, _ in donnees}
        if noms == self.memoire.sources and not noms & self._relus:
            return None
        donnees = [
            (nom, source if nom in self._relus else self.memoire.completer(nom, source))
            for nom, source in donnees
        ]
        observations, contradictions = sources.departager(donnees)
        return DonneesOuvertes(
            observations,
            tuple(territoire for _, source in donnees for territoire in source.territoires),
            sources.variables(),
            contradictions,
        )

    def _noter(self, recu: Recu, lecture: LectureFichier) -> None:
        self._fichiers.append(
            Fichier(
                recu.nom,
                recu.sha256,
                recu.taille,
                lecture.statut,
                lecture.famille,
                lecture.genre,
                recu.recu_le,
                lecture.message,
            )
        )
