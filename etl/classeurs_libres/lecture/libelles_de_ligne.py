"""What the labels of a row say: its structure, its year, what it counts; each in its declared column."""

import re

from etl.classeurs import Feuille
from etl.classeurs_libres.declaration.modele import FACETTES, ColonneDeclaree, TableauDeclare
from etl.classeurs_libres.lecture import annees
from etl.classeurs_libres.lecture.etiquettes import est_perdu, nettoyer, reparer
from etl.classeurs_libres.lecture.non_lues import NonLues
from etl.classeurs_libres.lecture.places import Places
from etl.classeurs_libres.lecture.releve import Place, Releve, contenu, est_vide, texte_lu
from etl.classeurs_libres.mots import est_un_total


class Libelles:
    """The labels of the rows of one table in one sheet; what is written once stands for the rows below."""

    def __init__(
        self, tableau: TableauDeclare, feuille: Feuille, releve: Releve, places: Places, non_lues: NonLues
    ) -> None:
        self.tableau = tableau
        self.feuille = feuille
        self.releve = releve
        self.places = places
        self.non_lues = non_lues
        self.dernieres: dict[int, object] = {}  # column → last label, for those written once for several rows
        self.fusions = {
            (r, c): (r0, c0)
            for r0, c0, r1, c1 in feuille.fusions
            for r in range(r0, r1 + 1)
            for c in range(c0, c1 + 1)
        }

    def oublier(self) -> None:
        """A title was met: what was written above it is not said of the rows below."""
        self.dernieres = {}

    def de(self, rang: int) -> dict[str, tuple[ColonneDeclaree, Place, object]]:
        """The label of the row for each facet that a column gives: the column, the cell and what it says."""
        nommees = {}
        for n, declaree in enumerate(self.tableau.colonnes):
            if declaree.donne not in FACETTES or not self.places.de[n]:
                continue
            place = (rang, self.places.de[n][0])
            lu = contenu(self.feuille, place)
            if est_vide(lu) and place in self.fusions:
                place = self.fusions[place]
                lu = contenu(self.feuille, place)
            if declaree.recopier:
                lu = self.dernieres.get(n, "") if est_vide(lu) else lu
                self.dernieres[n] = lu
            nommees[declaree.donne] = (declaree, place, "" if est_vide(lu) else lu)
        return nommees

    def comprise(self, rang: int) -> bool:
        """True when every label of a row names what it should."""
        lus = self.de(rang)
        return bool(lus) and all(self._essayer(nom, declaree, lu) for nom, (declaree, _, lu) in lus.items())

    def additionne_deja(self, rang: int) -> bool:
        """True for a row that a wording before its values calls a total, when it is none of its labels:
        « Total » under the months of a table whose rows are added up."""
        connues = {place for nom, (d, place, lu) in self.de(rang).items() if self._essayer(nom, d, lu)}
        avant = range(min((c for _, c in self.places.porteuses), default=0))
        devant = [contenu(self.feuille, (rang, c)) for c in avant if (rang, c) not in connues]
        return any(isinstance(lu, str) and est_un_total(lu) for lu in devant)

    def _essayer(self, nom: str, declaree: ColonneDeclaree, lu: object) -> str | None:
        return self.releve.essayer(nom, nettoyer(declaree, texte_lu(lu)), declaree.noms)

    def identifier(self, nom: str, declaree: ColonneDeclaree, place: Place, lu: object) -> str | None:
        """The id that a label names; None, and something to say, when it names none."""
        texte = nettoyer(declaree, texte_lu(lu))
        if nom == "annee" and declaree.motif and annees.plusieurs(texte_lu(lu), declaree.motif):
            return self.releve.noter_equivoque(self.feuille, place, texte_lu(lu))
        if declaree.chiffres and est_perdu(texte):
            self.releve.noter_perdu(self.feuille, place, texte)
            return None
        if declaree.chiffres:
            texte = self._reparer(place, texte, declaree.chiffres)
        noms = declaree.noms
        if declaree.autres == "passer" and texte:
            identifiant = self.releve.essayer(nom, texte, noms)
            if identifiant is None:
                self.non_lues.autres[declaree.raison or ""].append(place[0])
            return identifiant
        return self.releve.identifier(self.feuille, place, nom, texte, noms)

    def _reparer(self, place: Place, texte: str, chiffres: int) -> str:
        repare = reparer(texte, chiffres)
        if repare != re.sub(r"\s", "", texte) and repare != texte:
            self.releve.noter_repare(self.feuille, place, texte, repare)
        return repare
