"""Goes through a declared table: a row is data, a repeated header, a declared exception, or is told.

Nothing is dropped: each filled cell becomes a value, belongs to a column declared not read, or is named.
"""

from etl.classeurs import Classeur, Feuille
from etl.classeurs_libres.declaration.modele import (
    ADDITIONNER,
    FACETTES,
    FIN_VIDE,
    TOTAL,
    UNITES,
    TableauDeclare,
)
from etl.classeurs_libres.lecture import entetes
from etl.classeurs_libres.lecture.constantes import constantes, facettes_de
from etl.classeurs_libres.lecture.decalages import refuser_decalees
from etl.classeurs_libres.lecture.details import Details
from etl.classeurs_libres.lecture.entetes import SANS_TITRE, Entete
from etl.classeurs_libres.lecture.libelles_de_ligne import Libelles
from etl.classeurs_libres.lecture.non_lues import NonLues
from etl.classeurs_libres.lecture.places import Places
from etl.classeurs_libres.lecture.releve import Prise, Releve, contenu, ecrit_un_nombre, est_vide, texte_lu
from etl.classeurs_libres.lecture.titres import Titres
from etl.classeurs_libres.mots import correspond, un_correspond
from etl.classeurs_libres.regles import adresses

_SOUS_PERSONNE = "sous un titre déclaré « rien »"
_DETAIL = "détail d’une ligne qui n’est pas lue"
_DEJA_ADDITIONNE = "un total, dans un tableau dont les lignes s’additionnent"
_DEUX_DETAILS = "la ligne et la colonne détaillent toutes deux"


def lire_tableau(tableau: TableauDeclare, classeur: Classeur, feuille: Feuille, releve: Releve) -> bool:
    """Take the values of the table in one sheet; False when the sheet does not hold it."""
    entete = entetes.trouver(feuille, tableau)
    if entete is None:
        return False
    fixes = constantes(tableau, classeur, feuille, releve)
    if fixes is None:  # told: nothing of the table can be tied to anybody
        for rang in range(entete.rang, len(feuille.rangees)):
            releve.compter(feuille, rang)
        return True
    _Parcours(tableau, feuille, releve, fixes).parcourir(entete)
    return True


class _Parcours:
    def __init__(
        self, tableau: TableauDeclare, feuille: Feuille, releve: Releve, fixes: dict[str, str]
    ) -> None:
        self.tableau = tableau
        self.feuille = feuille
        self.releve = releve
        self.fixes = fixes
        self.places = Places(tableau, feuille, releve)
        self.non_lues = NonLues()
        self.libelles = Libelles(tableau, feuille, releve, self.places, self.non_lues)
        self.titres = Titres(tableau, feuille, releve)
        self.details = Details(releve.referentiel)
        self.debut = len(releve.prises)  # what is taken under the header last met comes after
        self.autres_tableaux = [t for t in releve.declaration.tableaux if t is not tableau and t.entete]

    def parcourir(self, entete: Entete) -> None:
        self._situer(entete)
        if self.titres.facettes:
            self._remonter(entete.rang)
        rang, lignes_lues, ailleurs = entete.rang + entete.hauteur, 0, False
        while rang < len(self.feuille.rangees):
            suivant = entetes.a_ce_rang(self.feuille, self.tableau, rang)
            if suivant and not self.libelles.comprise(rang):  # « Adhérents | 2031 | 2045 » are no years
                self.titres.finir()
                self._clore()
                self._situer(suivant)
                self.non_lues.repetes.append(rang)
                rang, ailleurs = rang + suivant.hauteur, False
                continue
            if self._finit(rang, lignes_lues):
                break
            autre = self._commence_un_autre(rang)
            ailleurs = ailleurs or autre
            if not autre:
                lignes_lues += self._titre(rang) if ailleurs else self._ligne(rang)
            rang += 1
        self._clore()
        self.non_lues.dire(self.releve, self.feuille.nom)

    def _clore(self) -> None:
        """The rows of a header are read: refuse those of its values that moved."""
        if self.tableau.lignes_entete:
            refuser_decalees(self.feuille, self.places, self.debut, self.releve)
            self.debut = len(self.releve.prises)
            return
        # without a header, a letter alone says what a column is: new numbers beside may have moved it
        places = [p for groupe in self.non_lues.non_decrites.values() for p in groupe]
        if chiffrees := [p for p in places if ecrit_un_nombre(contenu(self.feuille, p))]:
            del self.releve.prises[self.debut :]
            self.releve.noter(
                "colonnes_decalees", self.feuille.nom, chiffrees[0], adresses=adresses(chiffrees)
            )

    def _commence_un_autre(self, rang: int) -> bool:
        """Under a title, several tables may follow one another: each reads its own rows."""
        return bool(self.titres.facettes) and any(
            entetes.a_ce_rang(self.feuille, autre, rang) for autre in self.autres_tableaux
        )

    def _remonter(self, rang: int) -> None:
        """The first title stands above the header, or above another table under the same title."""
        seul = not self.titres.libelle and not any(
            f.au_dessus for t in self.autres_tableaux for f in facettes_de(t, self.releve).values()
        )
        while rang > 0 and self.titres.place is None:
            rang -= 1
            if not self._remplies(rang) or self._passage(rang) is not None or self._commence_un_autre(rang):
                continue
            if not self._titre(rang) and seul:
                return

    def _titre(self, rang: int) -> bool:
        """Take the title that stands on a row; False when there is none."""
        remplies = self._remplies(rang) if self.titres.facettes else []
        if not remplies:
            return False
        place = self.titres.place_sur(rang, remplies, self._chiffres(rang), self.libelles.comprise(rang))
        if place is None:
            return False
        self.titres.poser(place)
        self.libelles.oublier()
        self.details.oublier()
        return True

    def _chiffres(self, rang: int) -> bool:
        """True when a column of values holds a number on a row."""
        return any(ecrit_un_nombre(contenu(self.feuille, (rang, c))) for _, c in self.places.porteuses)

    def _remplies(self, rang: int) -> list[int]:
        rangee = self.feuille.rangees[rang]
        return [c for c in range(len(rangee)) if not est_vide(contenu(self.feuille, (rang, c)))]

    def _finit(self, rang: int, lignes_lues: int) -> bool:
        if self.tableau.fin is None:
            return False
        cellules = [contenu(self.feuille, (rang, c)) for c in range(len(self.feuille.rangees[rang]))]
        if self.tableau.fin == FIN_VIDE:
            return lignes_lues > 0 and all(est_vide(lu) for lu in cellules)
        return any(correspond(self.tableau.fin, texte_lu(lu)) for lu in cellules if not est_vide(lu))

    def _situer(self, entete: Entete) -> None:
        """Tie the declared columns to those of this header; a repeated header may have moved them."""
        self.details.oublier()
        self.places.situer(entete)
        coin = self.places.coin(entete)
        if self.titres.facettes and coin is not None:
            self.titres.poser(coin)

    def _ligne(self, rang: int) -> bool:
        """Read one row; True when it holds something."""
        remplies = self._remplies(rang)
        if not remplies:
            return False
        self._voisines(rang)
        if (raison := self._passage(rang)) is not None:
            self.releve.compter(self.feuille, rang)
            self.non_lues.passees[raison].append(rang)
            self.libelles.de(rang)  # a label written once for several rows is that of the next ones too
            self.details.passer(texte_lu(contenu(self.feuille, (rang, remplies[0]))), self._chiffres(rang))
            return True
        if self._titre(rang):
            return True
        if self.tableau.repetition == ADDITIONNER and self.libelles.additionne_deja(rang):
            self.releve.compter(self.feuille, rang)
            self.non_lues.passees[_DEJA_ADDITIONNE].append(rang)
            return True
        if self.titres.que_personne():
            self.titres.compter()
            self.releve.compter(self.feuille, rang)
            self.non_lues.passees[_SOUS_PERSONNE].append(rang)
            return True
        for colonne in remplies:
            if colonne in self.places.etrangeres:
                self.non_lues.non_decrites[colonne, self.places.etrangeres[colonne]].append((rang, colonne))
        self.releve.compter(self.feuille, rang)
        if self.places.utilisable:
            self._valeurs(rang)
        return True

    def _voisines(self, rang: int) -> None:
        """Note the merged cells of a row that has words of its own: each would answer for that row alone."""
        if not self.libelles.fusions:
            return
        etiquettes = [
            (rang, self.places.de[n][0])
            for n, declaree in enumerate(self.tableau.colonnes)
            if declaree.donne in FACETTES and self.places.de.get(n)
        ]
        self.releve.etiquettes |= {
            (self.feuille.nom, *place) for place in etiquettes if place in self.libelles.fusions
        }
        if etiquettes and all(est_vide(contenu(self.feuille, place)) for place in etiquettes):
            return  # the next row of the same answer
        titrees = [c for c, nom in self.places.etrangeres.items() if nom != SANS_TITRE]
        for colonne in (*(c for _, c in self.places.porteuses), *titrees):
            if (rang, colonne) in self.libelles.fusions:
                self.releve.voisines.add((self.feuille.nom, rang, colonne))

    def _passage(self, rang: int) -> str | None:
        for passage in self.tableau.lignes_a_passer:
            for n, declaree, colonne in self.places.nommees(passage.colonne):
                lu = contenu(self.feuille, (rang, colonne))
                if est_vide(lu) and "" in passage.valeurs:
                    return passage.raison
                if declaree.recopier and est_vide(lu):
                    lu = self.libelles.dernieres.get(n, "")
                if not est_vide(lu) and un_correspond(passage.valeurs, texte_lu(lu)):
                    return passage.raison
        return None

    def _valeurs(self, rang: int) -> None:
        porteuses = self.places.porteuses
        lus = {c: contenu(self.feuille, (rang, c)) for _, c in porteuses}
        nommees = self.libelles.de(rang)
        if all(map(est_vide, lus.values())) and not all(texte for _, _, texte in nommees.values()):
            return  # a row of notes: its columns are declared, or were told
        titre = self.titres.ici(rang, all(map(est_vide, lus.values())))
        if titre is None:
            return
        facettes = self.fixes | titre
        for nom, (declaree, place, lu) in nommees.items():
            trouve = self.libelles.identifier(nom, declaree, place, lu)
            if trouve is None:
                self.details.oublier()
                return
            facettes[nom] = trouve
        if "mesure" in nommees:
            dite = self.details.lire(facettes["mesure"])
            if dite is None:
                self.non_lues.passees[_DETAIL].append(rang)
                return
            facettes |= dite
        remarque = self._remarque(rang)
        for declaree, colonne in porteuses:
            propres = {nom: v for nom in FACETTES if (v := getattr(declaree, nom)) is not None}
            if "modalite" in propres and facettes.get("modalite", TOTAL) != TOTAL:
                if not est_vide(lus[colonne]):
                    self.non_lues.passees[_DEUX_DETAILS].append(rang)
                continue
            self.releve.prises.append(
                Prise(
                    self.feuille.nom,
                    (rang, colonne),
                    lus[colonne],
                    self.details.resoudre(facettes | propres),
                    remarque,
                    UNITES.get(declaree.unite, 1.0),
                    self.tableau.repetition == ADDITIONNER,
                )
            )

    def _remarque(self, rang: int) -> str | None:
        mots = [
            texte_lu(lu).strip()
            for n, declaree in enumerate(self.tableau.colonnes)
            if declaree.donne == "remarque"
            for colonne in self.places.de[n]
            if not est_vide(lu := contenu(self.feuille, (rang, colonne)))
        ]
        return " ; ".join(mots) or None
