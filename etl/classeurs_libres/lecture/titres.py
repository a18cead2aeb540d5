"""Whose rows these are when a title above them says it: the name of a structure, its small table, the next.

A row that may be a title and names nobody ends what the former one says: nothing is read under it, and that
is told. No value goes to the structure of another block.
"""

from etl.classeurs import Feuille
from etl.classeurs_libres.declaration.modele import PERSONNE, TableauDeclare
from etl.classeurs_libres.lecture import annees
from etl.classeurs_libres.lecture.constantes import (
    extraire,
    facettes_de,
    libelle_a_gauche,
    reponse_sur_la_ligne,
)
from etl.classeurs_libres.lecture.releve import Place, Releve, contenu, ecrit_un_nombre, texte_lu
from etl.classeurs_libres.libelles import proposer


class Titres:
    """The title in force while a table is gone through, for each facet declared `au_dessus`."""

    def __init__(self, tableau: TableauDeclare, feuille: Feuille, releve: Releve) -> None:
        self.facettes = {nom: f for nom, f in facettes_de(tableau, releve).items() if f.au_dessus}
        self.libelle = next((f.libelle for f in self.facettes.values() if f.libelle is not None), None)
        self.feuille = feuille
        self.releve = releve
        self.place: Place | None = None
        self.ids: dict[str, str | None] | None = None  # once a row was read under the title

    def place_sur(self, rang: int, remplies: list[int], chiffres: bool, comprise: bool) -> Place | None:
        """Where the title stands on a row whose cells `remplies` are filled; None when it is no title.

        `chiffres`: a column of values holds a number there; `comprise`: the row says what it counts.
        """
        reponse = self.libelle and reponse_sur_la_ligne(self.feuille, rang, self.libelle)
        if reponse:
            return reponse
        place = (rang, remplies[0])
        lu = contenu(self.feuille, place)
        if all(self._nommes(place)):
            return place
        if comprise or not isinstance(lu, str) or ecrit_un_nombre(lu):
            return None
        return place if not chiffres or self._ressemble(lu) else None

    def poser(self, place: Place) -> None:
        """What follows is under this title; what it says is looked for when a value stands there."""
        self.place, self.ids = place, None

    def finir(self) -> None:
        """The header comes back: a title that rows were read under is not that of the next ones."""
        if self.ids is not None:
            self.place, self.ids = None, None

    def que_personne(self) -> bool:
        """True under a title that is declared to be nobody's."""
        return self.place is not None and PERSONNE in self._nommes(self.place)

    def compter(self) -> None:
        """Hold the title as accounted for."""
        if self.place is not None:
            devant = {libelle_a_gauche(self.place, self.feuille, f) for f in self.facettes.values()}
            self.releve.lues |= {(self.feuille.nom, *place) for place in (self.place, *devant)}

    def ici(self, rang: int, vide: bool) -> dict[str, str] | None:
        """The ids that the title gives to a row; None when it names nobody, which is told unless the row is
        `vide`: without an answer."""
        if self.ids is None:
            noms = self._nommes(self.place) if self.place else [None] * len(self.facettes)
            self.ids = dict(zip(self.facettes, noms, strict=True))
        if not vide:
            self.compter()
            for nom, identifiant in self.ids.items():
                if identifiant is None:
                    texte = self._texte(nom, self.place) if self.place else ""
                    self.releve.identifier(self.feuille, (rang, 0), nom, texte, self.facettes[nom].noms)
        return None if None in self.ids.values() else self.ids

    def _texte(self, nom: str, place: Place) -> str:
        texte, facette = texte_lu(contenu(self.feuille, place)), self.facettes[nom]
        if nom == "annee" and facette.motif and annees.plusieurs(texte, facette.motif):
            return f"{texte} (plusieurs années)"
        return extraire(texte, facette)

    def _nommes(self, place: Place) -> list[str | None]:
        """What a cell names for each facet."""
        return [self.releve.essayer(nom, self._texte(nom, place), f.noms) for nom, f in self.facettes.items()]

    def _ressemble(self, texte: str) -> bool:
        return any(proposer(nom, texte, self.releve.referentiel, 1) for nom in self.facettes)
