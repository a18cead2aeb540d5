"""Every file received is recognised by its content: a report form first, else a source of open data."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ctg.referentiel import Referentiel
from etl import sources
from etl.anomalie import Anomalie
from etl.canevas import lecture as canevas
from etl.canevas.messages import anomalie
from etl.canevas.modeles import Formulaire
from etl.canevas.reconnaissance import deconseiller, reconnaitre
from etl.chargement import Collecte, Fichier
from etl.depots import Depot, departager
from etl.inventaire import Recu


@dataclass(slots=True)
class Lecteur:
    """Reads files one after the other, then judges them all together."""

    referentiel: Referentiel
    _fichiers: list[Fichier] = field(default_factory=list)
    _depots: list[Depot] = field(default_factory=list)
    _sources: list[tuple[str, sources.LectureSource]] = field(default_factory=list)
    _anomalies: list[tuple[str, Anomalie]] = field(default_factory=list)
    _premiers: dict[str, str] = field(default_factory=dict)

    @property
    def formulaire_reel(self) -> bool:
        """True once a form that is not fictional was accepted, even in part."""
        return any(d.formulaire.statut != "refuse" and not d.formulaire.fictif for d in self._depots)

    def lire(self, recus: Iterable[Recu]) -> None:
        """Read files; the same content twice is read once."""
        for recu in recus:
            if recu.obstacle:
                self._noter(recu, "refuse", message=recu.obstacle)
                continue
            premier = self._premiers.setdefault(recu.sha256, recu.nom)
            if premier != recu.nom:
                self._noter(recu, "remplace", message=f"Même fichier que « {premier} ».")
            elif reconnaitre(recu.chemin):
                self._lire_formulaires(recu)
            elif conseil := deconseiller(recu.chemin):
                self._noter(recu, "refuse", message=conseil.message)
                self._anomalies.append((recu.nom, conseil))
            else:
                self._lire_source(recu)

    def juger(self) -> Collecte:
        """Which form counts for each respondent, which figure for each place."""
        observations, contradictions = sources.departager(self._sources)
        return Collecte(
            fichiers=self._fichiers,
            depots=departager(self._depots),
            observations=observations,
            territoires=[t for _, lecture in self._sources for t in lecture.territoires],
            variables=sources.variables().to_dict("records"),
            anomalies=[*self._anomalies, *contradictions],
        )

    def _lire_formulaires(self, recu: Recu) -> None:
        lecture = canevas.lire(recu.chemin, self.referentiel)
        formulaires = [_sans_vide(formulaire) for formulaire in lecture.formulaires]
        statuts = {formulaire.statut for formulaire in formulaires}
        statut = next((s for s in ("accepte", "accepte_partiel") if s in statuts), "refuse")
        if lecture.genre == "aide":
            statut = "ignore"
        bloquantes = [a.message for a in lecture.anomalies if a.gravite == "bloquant"]
        sans_rien = [a.message for a in lecture.anomalies if not formulaires]
        refus = next(iter(bloquantes + sans_rien), None)
        self._noter(recu, statut, famille="canevas", genre=lecture.genre, message=refus)
        self._anomalies += [(recu.nom, anomalie) for anomalie in lecture.anomalies]
        self._depots += [
            Depot(recu.nom, formulaire, recu.recu_le, recu.sha256, lecture.corrige)
            for formulaire in formulaires
        ]

    def _lire_source(self, recu: Recu) -> None:
        lecture = sources.lire(recu.chemin, self.referentiel)
        self._noter(recu, lecture.statut, famille=lecture.famille, genre="source", message=lecture.message)
        self._anomalies += [(recu.nom, anomalie) for anomalie in lecture.anomalies]
        self._sources.append((recu.nom, lecture))

    def _noter(self, recu: Recu, statut: str, **reste: str | None) -> None:
        fichier = Fichier(recu.nom, recu.sha256, recu.taille, statut, recu_le=recu.recu_le, **reste)
        self._fichiers.append(fichier)


def _sans_vide(formulaire: Formulaire) -> Formulaire:
    """Refuse a form sent back as it was written: it answers nothing, and must not stand for an answer."""
    if formulaire.statut == "refuse" or any(c.etat != "manquant" or c.remarque for c in formulaire.cellules):
        return formulaire
    vide = anomalie("formulaire_vide", formulaire.feuille)
    return replace(formulaire, statut="refuse", cellules=(), anomalies=(*formulaire.anomalies, vide))
