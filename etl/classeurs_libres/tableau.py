"""Goes through a declared table: a row is data, a repeated header, a declared exception, or is told.

Nothing is dropped: each filled cell becomes a value, belongs to a column declared not read, or is named.
"""

import re

from etl.adresse import numero
from etl.classeurs import Classeur, Feuille
from etl.classeurs_libres import entetes, motifs
from etl.classeurs_libres.constantes import constantes, facettes_de
from etl.classeurs_libres.declaration import FACETTES, FIN_VIDE, UNITES, ColonneDeclaree, TableauDeclare
from etl.classeurs_libres.entetes import Entete
from etl.classeurs_libres.mots import correspond, un_correspond
from etl.classeurs_libres.non_lues import NonLues
from etl.classeurs_libres.regles import adresses
from etl.classeurs_libres.releve import Place, Prise, Releve, contenu, ecrit_un_nombre, est_vide, texte_lu
from etl.classeurs_libres.titres import Titres

_SOUS_PERSONNE = "sous un titre déclaré « rien »"


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
        self.places: dict[int, list[int]] = {}  # rank of a declared column → its columns in the sheet
        self.utilisable = False
        self.dernieres: dict[int, object] = {}  # column → last label, for those written once for several rows
        self.non_lues = NonLues()
        self.etrangeres: dict[int, str] = {}
        self.titres = Titres(tableau, feuille, releve)
        self.autres_tableaux = [t for t in releve.declaration.tableaux if t is not tableau and t.entete]
        self.fusions = {
            (r, c): (r0, c0)
            for r0, c0, r1, c1 in feuille.fusions
            for r in range(r0, r1 + 1)
            for c in range(c0, c1 + 1)
        }

    def parcourir(self, entete: Entete) -> None:
        self._situer(entete)
        if self.titres.facettes:
            self._remonter(entete.rang)
        rang, lignes_lues, ailleurs = entete.rang + entete.hauteur, 0, False
        while rang < len(self.feuille.rangees):
            if suivant := entetes.a_ce_rang(self.feuille, self.tableau, rang):
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
        self.non_lues.dire(self.releve, self.feuille.nom)

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
        remplies = self._remplies(rang)
        if not self.titres.facettes or not remplies:
            return False
        chiffres = any(ecrit_un_nombre(contenu(self.feuille, (rang, c))) for _, c in self._porteuses())
        place = self.titres.place_sur(rang, remplies, chiffres, self._comprise(rang))
        if place is None:
            return False
        self.titres.poser(place)
        self.dernieres = {}
        return True

    def _comprise(self, rang: int) -> bool:
        """True when every label of a row names what it should."""
        lus = self._libelles(rang)
        return bool(lus) and all(
            self.releve.essayer(nom, self._texte(declaree, texte_lu(lu)), declaree.noms)
            for nom, (declaree, _, lu) in lus.items()
        )

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
        self.places, self.utilisable = {}, True
        for rang in range(entete.rang, entete.rang + entete.hauteur):
            self.releve.compter(self.feuille, rang)
        for rang, declaree in enumerate(self.tableau.colonnes):
            colonnes = entete.colonnes(declaree)
            if not colonnes and not declaree.facultative:
                self._refuser_colonne("colonne_absente", declaree, entete, [])
            elif len(colonnes) > 1 and declaree.donne != "rien":
                self._refuser_colonne("colonne_en_double", declaree, entete, colonnes)
                colonnes = []
            self.places[rang] = colonnes
        decrites = {c for colonnes in self.places.values() for c in colonnes}
        self.etrangeres = {c: entete.nom(c) for c in range(entete.largeur) if c not in decrites}
        coins = [c.lettre for c in self.tableau.colonnes if c.donne in FACETTES and c.lettre]
        if self.titres.facettes and coins and numero(coins[0]) in entete.noms:
            self.titres.poser((entete.rang + entete.hauteur - 1, numero(coins[0])))

    def _refuser_colonne(
        self, regle: str, declaree: ColonneDeclaree, entete: Entete, colonnes: list[int]
    ) -> None:
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

    def _ligne(self, rang: int) -> bool:
        """Read one row; True when it holds something."""
        remplies = self._remplies(rang)
        if not remplies:
            return False
        if (raison := self._passage(rang)) is not None:
            self.releve.compter(self.feuille, rang)
            self.non_lues.passees[raison].append(rang)
            return True
        if self._titre(rang):
            return True
        if self.titres.que_personne():
            self.titres.compter()
            self.releve.compter(self.feuille, rang)
            self.non_lues.passees[_SOUS_PERSONNE].append(rang)
            return True
        for colonne in remplies:
            if colonne in self.etrangeres:
                self.non_lues.non_decrites[colonne, self.etrangeres[colonne]].append((rang, colonne))
        self.releve.compter(self.feuille, rang)
        if self.utilisable:
            self._valeurs(rang)
        return True

    def _passage(self, rang: int) -> str | None:
        for passage in self.tableau.lignes_a_passer:
            for colonne in self._colonnes_nommees(passage.colonne):
                lu = contenu(self.feuille, (rang, colonne))
                if ("" in passage.valeurs) if est_vide(lu) else un_correspond(passage.valeurs, texte_lu(lu)):
                    return passage.raison
        return None

    def _colonnes_nommees(self, nom: str) -> list[int]:
        """The columns that a key « colonne » names, by the wording or the letter of a declared one."""
        for rang, declaree in enumerate(self.tableau.colonnes):
            if nom in declaree.entete or nom == declaree.lettre:
                return self.places.get(rang, [])
        return []

    def _valeurs(self, rang: int) -> None:
        porteuses = self._porteuses()
        lus = {c: contenu(self.feuille, (rang, c)) for _, c in porteuses}
        nommees = self._libelles(rang)
        if all(map(est_vide, lus.values())) and not all(texte for _, _, texte in nommees.values()):
            return  # a row of notes: its columns are declared, or were told
        titre = self.titres.ici(rang, all(map(est_vide, lus.values())))
        if titre is None:
            return
        facettes = self.fixes | titre
        for nom, (declaree, place, lu) in nommees.items():
            trouve = self._identifier(nom, declaree, place, lu)
            if trouve is None:
                return
            facettes[nom] = trouve
        remarque = self._remarque(rang)
        for declaree, colonne in porteuses:
            propres = {nom: v for nom in FACETTES if (v := getattr(declaree, nom)) is not None}
            self.releve.prises.append(
                Prise(
                    self.feuille.nom,
                    (rang, colonne),
                    lus[colonne],
                    facettes | propres,
                    remarque,
                    UNITES.get(declaree.unite, 1.0),
                    self.tableau.repetition == "additionner",
                )
            )

    def _porteuses(self) -> list[tuple[ColonneDeclaree, int]]:
        """The columns of values, each with its place in the sheet."""
        return [
            (declaree, colonne)
            for n, declaree in enumerate(self.tableau.colonnes)
            if declaree.donne == "valeur"
            for colonne in self.places[n]
        ]

    def _libelles(self, rang: int) -> dict[str, tuple[ColonneDeclaree, Place, object]]:
        """The label of the row for each facet that a column gives: the column, the cell and what it says."""
        nommees = {}
        for n, declaree in enumerate(self.tableau.colonnes):
            if declaree.donne not in FACETTES or not self.places[n]:
                continue
            place = (rang, self.places[n][0])
            lu = contenu(self.feuille, place)
            if est_vide(lu) and place in self.fusions:
                place = self.fusions[place]
                lu = contenu(self.feuille, place)
            if declaree.recopier:
                lu = self.dernieres.get(n, "") if est_vide(lu) else lu
                self.dernieres[n] = lu
            nommees[declaree.donne] = (declaree, place, "" if est_vide(lu) else lu)
        return nommees

    def _identifier(self, nom: str, declaree: ColonneDeclaree, place: Place, lu: object) -> str | None:
        texte = self._texte(declaree, texte_lu(lu))
        if declaree.chiffres:
            texte = self._reparer(place, texte, declaree.chiffres)
        noms = declaree.noms
        if declaree.autres == "passer" and texte:
            identifiant = self.releve.essayer(nom, texte, noms)
            if identifiant is None:
                self.non_lues.autres[declaree.raison or ""].append(place[0])
            return identifiant
        return self.releve.identifier(self.feuille, place, nom, texte, noms)

    def _texte(self, declaree: ColonneDeclaree, texte: str) -> str:
        """What a column keeps of a label."""
        if declaree.retirer:
            texte = motifs.retirer(declaree.retirer, texte).strip()
        if declaree.motif:
            trouve = motifs.chercher(declaree.motif, texte)
            texte = (trouve[1] if trouve.re.groups else trouve[0]) if trouve else texte
        return texte

    def _reparer(self, place: Place, texte: str, chiffres: int) -> str:
        """A code of fixed length as it was before a spreadsheet took it for a number."""
        repare = re.sub(r"\s", "", texte).removesuffix(".0").removesuffix(",0")
        if not repare.isdecimal() or len(repare) > chiffres:
            return texte
        repare = repare.zfill(chiffres)
        if repare != re.sub(r"\s", "", texte):
            self.releve.noter_repare(self.feuille, place, texte, repare)
        return repare

    def _remarque(self, rang: int) -> str | None:
        mots = [
            texte_lu(lu).strip()
            for n, declaree in enumerate(self.tableau.colonnes)
            if declaree.donne == "remarque"
            for colonne in self.places[n]
            if not est_vide(lu := contenu(self.feuille, (rang, colonne)))
        ]
        return " ; ".join(mots) or None
