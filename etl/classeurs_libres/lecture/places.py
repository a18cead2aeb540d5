"""Where the columns of a declared table are in one sheet, under the header that was last met."""

from dataclasses import replace
from itertools import zip_longest

from etl.adresse import numero
from etl.classeurs import Feuille
from etl.classeurs_libres.declaration.modele import FACETTES, ColonneDeclaree, TableauDeclare
from etl.classeurs_libres.lecture.annees import annee_du_titre, est_scolaire
from etl.classeurs_libres.lecture.entetes import Entete
from etl.classeurs_libres.lecture.releve import Place, Releve
from etl.classeurs_libres.mots import AAAA
from etl.classeurs_libres.regles import adresses


class Places:
    """`de`: rank of a declared column → its columns in the sheet; `etrangeres`: the others, by title;
    `porteuses`: those of values, each with its place and the year its title says; `utilisable`: every column
    that says whose the values are was found."""

    def __init__(self, tableau: TableauDeclare, feuille: Feuille, releve: Releve) -> None:
        self.tableau = tableau
        self.feuille = feuille
        self.releve = releve
        self.de: dict[int, list[int]] = {}
        self.etrangeres: dict[int, str] = {}
        self.porteuses: list[tuple[ColonneDeclaree, int]] = []
        self.utilisable = False

    def situer(self, entete: Entete) -> None:
        """Tie the declared columns to those of a header; what is missing or double is told."""
        self.de, self.porteuses, self.utilisable = {}, [], True
        for rang in range(entete.rang, entete.rang + entete.hauteur):
            self.releve.compter(self.feuille, rang)
        for rang, declaree in enumerate(self.tableau.colonnes):
            colonnes = entete.colonnes(declaree)
            annees = []
            if declaree.annee == AAAA:
                dites = {c: annee for c in colonnes if (annee := annee_du_titre(entete.nom(c)))}
                colonnes, annees = list(dites), list(dites.values())
            if not colonnes and not declaree.facultative:
                self._refuser("colonne_absente", declaree, entete, [])
            elif len(colonnes) > 1 and declaree.donne != "rien" and len(set(annees)) < len(colonnes):
                self._refuser("colonne_en_double", declaree, entete, colonnes)
                colonnes, annees = [], []
            self.de[rang] = colonnes
            for colonne, annee in zip_longest(colonnes, annees) if declaree.donne == "valeur" else ():
                self.porteuses.append((replace(declaree, annee=annee) if annees else declaree, colonne))
                if annee and est_scolaire(entete.nom(colonne)):
                    dite = (entete.nom(colonne), (entete.rang + entete.hauteur - 1, colonne))
                    self.releve.scolaires[self.feuille.nom, annee] = dite
        decrites = {c for colonnes in self.de.values() for c in colonnes}
        self.etrangeres = {c: entete.nom(c) for c in range(entete.largeur) if c not in decrites}

    def nommees(self, nom: str) -> list[tuple[int, ColonneDeclaree, int]]:
        """The columns that a key « colonne » names, by the wording or the letter of a declared one: its rank,
        itself, its place in the sheet."""
        return [
            (n, declaree, colonne)
            for n, declaree in enumerate(self.tableau.colonnes)
            if nom in declaree.entete or nom == declaree.lettre
            for colonne in self.de.get(n, [])
        ]

    def coin(self, entete: Entete) -> Place | None:
        """The title of the first column of labels that goes by its letter alone: it may name a structure."""
        colonnes = [c for c in self.tableau.colonnes if c.donne in FACETTES and not c.entete]
        lettres = [c.lettre for c in colonnes]
        if not lettres or numero(lettres[0]) not in entete.noms:
            return None
        return entete.rang + entete.hauteur - 1, numero(lettres[0])

    def _refuser(self, regle: str, declaree: ColonneDeclaree, entete: Entete, colonnes: list[int]) -> None:
        suite = "elle n’est pas lue"
        if declaree.donne in FACETTES:
            self.utilisable, suite = False, "rien n’est lu de ce tableau"
        self.releve.noter(
            regle,
            self.feuille.nom,
            (entete.rang, colonnes[0] if colonnes else 0),
            colonne=declaree.nom,
            suite=suite,
            adresses=adresses([(entete.rang, c) for c in colonnes]),
        )
