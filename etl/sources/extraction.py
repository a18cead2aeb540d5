"""Turn a recognised table into observations: one rule for every source that prints places in lines."""

from collections.abc import Callable, Iterator, Sequence

from ctg.formats import compter
from etl.anomalie import Anomalie
from etl.sources.correspondance import Correspondance, Valeurs, associer
from etl.sources.interpretation import DECALEE, PHRASES, Lue, interpreter
from etl.sources.modele import (
    Contexte,
    LectureSource,
    Observation,
    Regle,
    Territoire,
    ecarter,
    table_arrow,
)
from etl.sources.nombres import adresse, annee_du_nom, annee_du_texte
from etl.sources.territoires import attendus, est_connu, est_de_la_commune

_ABSENTE = Regle("manquant", "territoire absent du fichier")
_LISTE_COURTE = 10

Concerne = Callable[[str, Valeurs], bool]


def extraire(contexte: Contexte, concerne: Concerne = lambda nom, valeurs: True) -> LectureSource:
    """Read the lines of our commune; lines elsewhere are counted, never listed.

    `concerne(nom, valeurs)` tells which variable a line feeds when two share one printed column.
    """
    famille = contexte.famille
    colonnes = associer(famille, contexte.tableau.entetes)
    annee = _annee_du_fichier(contexte, colonnes)
    if annee is None and famille.annee != "colonne":
        return ecarter(
            famille.source_id,
            "refuse",
            "annee_inconnue",
            f"{famille.titre} : le fichier ne dit pas son année. Écrivez-la dans son nom, "
            f"par exemple « {famille.source_id}_2020.csv ».",
        )
    lecteur = _Lecteur(contexte, colonnes, annee, concerne)
    for ligne, cellules in contexte.tableau.lire(colonnes.utiles):
        lecteur.lire_ligne(ligne, cellules)
    return lecteur.conclure()


def _annee_du_fichier(contexte: Contexte, colonnes: Correspondance) -> int | None:
    """Year of the columns that bear none: the file's name, or the year of the other columns."""
    if contexte.famille.annee == "nom_du_fichier":
        return annee_du_nom(contexte.nom)
    return max((v.annee for v in colonnes.valeurs if v.annee is not None), default=None)


class _Lecteur:
    """Accumulates the observations and anomalies of one file."""

    def __init__(
        self, contexte: Contexte, colonnes: Correspondance, annee: int | None, concerne: Concerne
    ) -> None:
        self.contexte = contexte
        self.famille = contexte.famille
        self.colonnes = colonnes
        self.annee = annee
        self.concerne = concerne
        self.observations: dict[tuple[str, str, int], Observation] = {}
        self.territoires: dict[str, Territoire] = {}
        self.anomalies: list[Anomalie] = []
        self.ailleurs: list[str] = []

    def lire_ligne(self, ligne: int, cellules: Sequence[str]) -> None:
        colonnes = self.colonnes
        code = _cellule(cellules, colonnes.cle)
        if not est_de_la_commune(self.contexte, code, _cellule(cellules, colonnes.commune)):
            self.ailleurs.append(code)
            return
        if not est_connu(self.contexte, code):
            message = f"L’IRIS {code} n’est pas dans le découpage du référentiel : ligne non chargée."
            self._signaler(ligne, colonnes.cle, "territoire_inconnu", code, message)
            return
        annee = self.annee
        if annee is None:
            texte = _cellule(cellules, colonnes.annee)
            annee = annee_du_texte(texte)
            if annee is None:
                message = f"« {texte} » n’est pas une année : ligne non chargée."
                self._signaler(ligne, colonnes.annee, "annee_illisible", texte, message)
                return
        nom = _cellule(cellules, colonnes.nom)
        self.territoires.setdefault(code, Territoire(self.famille.niveau, code, nom, self.contexte.commune))
        decalee = self._est_decalee(ligne, cellules, code)
        for valeurs in colonnes.valeurs:
            if self.concerne(nom, valeurs):
                lue = Lue(None, *DECALEE) if decalee else self._interpreter(ligne, cellules, valeurs)
                self._ranger(code, ligne, valeurs, valeurs.annee or annee, lue)

    def _est_decalee(self, ligne: int, cellules: Sequence[str], code: str) -> bool:
        """Say whether cells are missing or in excess: then no figure is surely under its own header."""
        largeur = len(self.contexte.tableau.entetes)
        decalee = len(cellules) < largeur or any(c.strip() for c in cellules[largeur:])
        if decalee:
            message = (
                f"{len(cellules)} cellules pour {largeur} colonnes : aucune valeur de la ligne n’est retenue."
            )
            self._signaler(ligne, self.colonnes.cle, "ligne_decalee", code, message)
        return decalee

    def _interpreter(self, ligne: int, cellules: Sequence[str], valeurs: Valeurs) -> Lue:
        texte, note = _cellule(cellules, valeurs.index), _cellule(cellules, valeurs.note)
        lue = interpreter(self.famille, texte, note)
        if lue.alerte:
            message = PHRASES[lue.alerte].format(texte=texte, note=note, colonne=valeurs.entete)
            self._signaler(ligne, valeurs.index, lue.alerte, texte, message)
        return lue

    def _ranger(self, code: str, ligne: int, valeurs: Valeurs, annee: int, lue: Lue) -> None:
        variable = valeurs.colonne.variable_id
        observation = self._observation(variable, code, annee, lue, ligne, valeurs.entete)
        deja = self.observations.setdefault((variable, code, annee), observation)
        if (deja.valeur, deja.etat) != (lue.valeur, lue.etat):
            self.observations[variable, code, annee] = deja._replace(
                valeur=None, etat="manquant", note="deux valeurs différentes dans le fichier"
            )
            message = (
                f"« {valeurs.entete} » de {code} est donné deux fois, différemment (lignes {deja.ligne} et "
                f"{ligne}) : aucune des deux valeurs n’est retenue."
            )
            self._signaler(ligne, valeurs.index, "valeurs_contradictoires", code, message)

    def _observation(
        self, variable: str, code: str, annee: int, lue: Lue, ligne: int | None, entete: str
    ) -> Observation:
        return Observation(
            source_id=self.famille.source_id,
            variable_id=variable,
            niveau=self.famille.niveau,
            territoire_id=code,
            annee=annee,
            valeur=lue.valeur,
            etat=lue.etat,
            note=lue.note or None,
            ligne=ligne,
            colonne=entete,
        )

    def _signaler(self, ligne: int, index: int, regle: str, lu: str, message: str) -> None:
        self.anomalies.append(Anomalie(None, adresse(ligne, index), "a_confirmer", regle, message, lu[:200]))

    def _ajouter_absents(self) -> tuple[str, ...]:
        """Give the expected places without any line the state their source declares for an absent line."""
        absents = tuple(code for code in attendus(self.contexte) if code not in self.territoires)
        lue = Lue(None, *(self.famille.absente or _ABSENTE))
        for code in absents:
            for valeurs in self.colonnes.valeurs:
                variable, annee = valeurs.colonne.variable_id, valeurs.annee or self.annee
                self.observations[variable, code, annee] = self._observation(
                    variable, code, annee, lue, None, valeurs.entete
                )
        return absents

    def conclure(self) -> LectureSource:
        if not self.territoires:
            return self._conclure_sans_territoire()
        absents = self._ajouter_absents()
        publiees = sum(o.etat == "publie" for o in self.observations.values())
        return LectureSource(
            famille=self.famille.source_id,
            statut="accepte_partiel" if self.anomalies else "accepte",
            message=(
                f"{self.famille.titre} : {compter(len(self.territoires), 'territoires')}, "
                f"{compter(publiees, 'valeurs', feminin=True)}."
            ),
            annee=max(o.annee for o in self.observations.values()),
            observations=table_arrow(self.observations.values()),
            territoires=tuple(self.territoires.values()),
            anomalies=(*self.anomalies, *self._informations(absents)),
            priorite=self.famille.priorite,
        )

    def _conclure_sans_territoire(self) -> LectureSource:
        commune = self.contexte.commune
        if self.anomalies:
            message = f"{self.famille.titre} : aucune ligne de la commune {commune} n’a pu être lue."
            return LectureSource(self.famille.source_id, "refuse", message, anomalies=tuple(self.anomalies))
        premiers = ", ".join(self.ailleurs[:3])
        message = (
            f"{self.famille.titre} : aucune ligne de la commune {commune} "
            f"({compter(len(self.ailleurs), 'lignes', feminin=True)} ailleurs : {premiers[:60]}…)."
        )
        return ecarter(self.famille.source_id, "ignore", "hors_commune", message)

    def _informations(self, absents: Sequence[str]) -> Iterator[Anomalie]:
        if self.ailleurs:
            yield _information(
                "hors_commune",
                f"{compter(len(self.ailleurs), 'lignes', feminin=True)} hors de la commune "
                f"{self.contexte.commune} : non lues.",
            )
        if absents:
            texte = (self.famille.absente or _ABSENTE).texte
            yield _information(
                "territoires_absents",
                f"{compter(len(absents), 'territoires')} sans ligne, {_abreger(absents)} : {texte}.",
            )
        if self.colonnes.non_declarees:
            yield _information(
                "colonnes_non_declarees",
                f"{compter(len(self.colonnes.non_declarees), 'colonnes', feminin=True)} que cette source ne "
                f"déclare pas, non lues : {_abreger(self.colonnes.non_declarees)}.",
            )


def _cellule(cellules: Sequence[str], index: int | None) -> str:
    return cellules[index].strip() if index is not None and index < len(cellules) else ""


def _information(regle: str, message: str) -> Anomalie:
    return Anomalie(None, None, "information", regle, message)


def _abreger(noms: Sequence[str]) -> str:
    suite = "…" if len(noms) > _LISTE_COURTE else ""
    return ", ".join(noms[:_LISTE_COURTE]) + suite
