"""What the reading of one file gathers: figures, places, and everything that must be told."""

from collections.abc import Iterator, Sequence

from ctg.formats import compter
from etl.adresse import adresse
from etl.anomalie import Anomalie
from etl.sources.interpretation import PHRASES, PHRASES_COMMUNES, Lue
from etl.sources.modele import Contexte, LectureSource, Observation, Territoire, ecarter, table_arrow

_LISTE_COURTE = 10
_PREMIERS = 3


class Recueil:
    """Accumulates the observations and anomalies of one file; lines elsewhere are counted, never listed."""

    def __init__(self, contexte: Contexte) -> None:
        self.contexte = contexte
        self.famille = contexte.famille
        self.observations: dict[tuple, Observation] = {}
        self.territoires: dict[tuple[str, str], Territoire] = {}
        self.anomalies: list[Anomalie] = []
        self._ailleurs: list[str] = []
        self._nb_ailleurs = 0
        self._laissees: dict[str, int] = {}
        self._abimes: list[tuple[str, str]] = []
        self._nb_abimes = 0
        self._communes: dict[tuple[str, str], list[tuple[str, str, str]]] = {}

    def compter_ailleurs(self, code: str, nombre: int = 1) -> None:
        """Count lines of one place of another commune."""
        self._nb_ailleurs += nombre
        if len(self._ailleurs) < _PREMIERS and code not in self._ailleurs:
            self._ailleurs.append(code)

    def compter_abime(self, ligne: int, index: int, texte: str) -> None:
        """Count a line whose code lost its digits: nobody can say whether it is ours."""
        self._nb_abimes += 1
        if len(self._abimes) < _PREMIERS:
            self._abimes.append((adresse(ligne - 1, index), texte))

    def laisser(self, raison: str) -> None:
        """Count a line of ours that is left on purpose; `raison` ends « n lignes non lues : … »."""
        self._laissees[raison] = self._laissees.get(raison, 0) + 1

    def situer(self, niveau: str, code: str, nom: str) -> None:
        """Note a place of ours."""
        lieu = Territoire(niveau, code, nom, self.contexte.commune)
        self.territoires.setdefault((niveau, code), lieu)

    def signaler(self, ligne: int, index: int, regle: str, lu: str, message: str) -> None:
        """Note what a person must look at, at its address."""
        ou = adresse(ligne - 1, index)
        self.anomalies.append(Anomalie(None, ou, "a_confirmer", regle, message, lu[:200]))

    def alerter(self, ligne: int, index: int, alerte: str, *, texte: str, note: str, entete: str) -> None:
        """Note what reading a cell found (`Lue.alerte`); what nobody declared is told once for the file."""
        if alerte in PHRASES_COMMUNES:
            cas = (alerte, texte if alerte == "nombre_illisible" else note)
            self._communes.setdefault(cas, []).append((adresse(ligne - 1, index), entete, texte))
            return
        message = PHRASES[alerte].format(texte=texte, note=note, colonne=entete)
        self.signaler(ligne, index, alerte, texte, message)

    def ranger(
        self,
        serie: tuple[str, str],
        lieu: tuple[str, str],
        annee: int,
        lue: Lue,
        *,
        ligne: int | None,
        index: int,
        entete: str,
    ) -> None:
        """Keep a figure: `serie` is (source_id, variable_id), `lieu` (level, code).

        Given twice in the file with two values, neither is kept.
        """
        observation = Observation(*serie, *lieu, annee, lue.valeur, lue.etat, lue.note or None, ligne, entete)
        deja = self.observations.setdefault(observation[:5], observation)
        if (deja.valeur, deja.etat) != (lue.valeur, lue.etat):
            self.observations[observation[:5]] = deja._replace(
                valeur=None, etat="manquant", note="deux valeurs différentes dans le fichier"
            )
            message = (
                f"« {entete} » de {lieu[1]} est donné deux fois, différemment (lignes {deja.ligne} et "
                f"{ligne}) : aucune des deux valeurs n’est retenue."
            )
            self.signaler(ligne or 1, index, "valeurs_contradictoires", lieu[1], message)

    def conclure(self, informations: Sequence[Anomalie] = ()) -> LectureSource:
        """Give the reading: loaded when a place of ours was found, else left aside with the reason."""
        anomalies = [*self.anomalies, *self._dire_communes(), *self._dire_abimes()]
        if not self.territoires:
            return self._sans_territoire(tuple(anomalies))
        publiees = sum(o.etat == "publie" for o in self.observations.values())
        return LectureSource(
            famille=self.famille.source_id,
            statut="accepte_partiel" if anomalies else "accepte",
            message=(
                f"{self.famille.titre} : {compter(len(self.territoires), 'territoires')}, "
                f"{compter(publiees, 'valeurs', feminin=True)}."
            ),
            annee=max((o.annee for o in self.observations.values()), default=None),
            observations=table_arrow(self.observations.values()),
            territoires=tuple(self.territoires.values()),
            anomalies=(*anomalies, *self._informations(), *informations),
            priorite=self.famille.priorite,
        )

    def _sans_territoire(self, anomalies: tuple[Anomalie, ...]) -> LectureSource:
        titre, commune = self.famille.titre, self.contexte.commune
        if anomalies:
            message = f"{titre} : aucune ligne de la commune {commune} n’a pu être lue."
            return LectureSource(self.famille.source_id, "refuse", message, anomalies=anomalies)
        if self._laissees:
            message = f"{titre} : {' '.join(self._phrases_laissees())}"
            return ecarter(self.famille.source_id, "ignore", "lignes_laissees", message)
        if not self._nb_ailleurs:
            return ecarter(
                self.famille.source_id, "refuse", "sans_ligne", f"{titre} : aucune ligne de données."
            )
        message = (
            f"{titre} : aucune ligne de la commune {commune} "
            f"({compter(self._nb_ailleurs, 'lignes', feminin=True)} ailleurs : "
            f"{', '.join(self._ailleurs)[:60]}…)."
        )
        return ecarter(self.famille.source_id, "ignore", "hors_commune", message)

    def _dire_communes(self) -> Iterator[Anomalie]:
        for (alerte, note), cases in self._communes.items():
            cellule, entete, texte = cases[0]
            nom = "valeurs imprimées" if texte else "cases vides"
            message = PHRASES_COMMUNES[alerte].format(
                note=note, colonne=entete, texte=texte, cases=compter(len(cases), nom, feminin=True)
            )
            yield Anomalie(None, cellule, "a_confirmer", alerte, message, texte[:200] or note[:200])

    def _dire_abimes(self) -> Iterator[Anomalie]:
        if self._nb_abimes:
            cellule, lu = self._abimes[0]
            exemples = ", ".join(f"« {texte} »" for _, texte in self._abimes)
            message = (
                f"{compter(self._nb_abimes, 'lignes non chargées', feminin=True)} : leur code a perdu ses "
                f"chiffres dans un tableur ({exemples}). Déposez le fichier du producteur tel quel."
            )
            yield Anomalie(None, cellule, "a_confirmer", "code_abime", message, lu[:200])

    def _phrases_laissees(self) -> Iterator[str]:
        for raison, nombre in self._laissees.items():
            yield f"{compter(nombre, 'lignes non lues', feminin=True)} : {raison}."

    def _informations(self) -> Iterator[Anomalie]:
        if self._nb_ailleurs:
            yield information(
                "hors_commune",
                f"{compter(self._nb_ailleurs, 'lignes non lues', feminin=True)}, hors de la commune "
                f"{self.contexte.commune}.",
            )
        for phrase in self._phrases_laissees():
            yield information("lignes_laissees", phrase)


def information(regle: str, message: str) -> Anomalie:
    """Something to know of the whole file, that asks for nothing."""
    return Anomalie(None, None, "information", regle, message)


def abreger(noms: Sequence[str]) -> str:
    """List the first names of a long list."""
    suite = "…" if len(noms) > _LISTE_COURTE else ""
    return ", ".join(noms[:_LISTE_COURTE]) + suite
