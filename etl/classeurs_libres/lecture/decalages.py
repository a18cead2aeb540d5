"""Numbers that no longer stand under their titles: cells inserted or taken away in the header alone, in one
row, in one column.

The words are all there and so are the numbers, one place too far: what stands out of the table and what is
left blank in it say so together. Nothing of what may have moved is loaded.
"""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from etl.canevas.lecture.decalages import est_seul
from etl.classeurs import Feuille
from etl.classeurs_libres.declaration.modele import FACETTES
from etl.classeurs_libres.lecture.entetes import SANS_TITRE
from etl.classeurs_libres.lecture.formulaires import annee_en_cours
from etl.classeurs_libres.lecture.places import Places
from etl.classeurs_libres.lecture.releve import Place, Releve, contenu, ecrit_un_nombre, est_vide, repond
from etl.classeurs_libres.mots import AAAA
from etl.classeurs_libres.word.lieux import lieu, lieux


def refuser_decalees(feuille: Feuille, places: Places, debut: int, releve: Releve) -> None:
    """Refuse what moved among the values taken from rank `debut` on, under one header of one table."""
    _Decalages(feuille, places, debut, releve).refuser()


class _Decalages:
    def __init__(self, feuille: Feuille, places: Places, debut: int, releve: Releve) -> None:
        self.feuille, self.places, self.debut, self.releve = feuille, places, debut, releve
        self.rangs = sorted({prise.place[0] for prise in releve.prises[debut:]})
        self.porteuses = sorted(colonne for _, colonne in places.porteuses)

    def refuser(self) -> None:
        if not self.rangs or not self.porteuses:
            return
        if not (self._titres_decales() or self._titre_ote()):
            self._lignes_glissees()
            self._colonnes_glissees()

    def _titres_decales(self) -> bool:
        """A column that nobody described holds numbers, and one after it answers nothing any more: a title
        was inserted, and those after it stand one column too far."""
        # the column of a year that goes on is often ready before it is filled
        prevues = {c for d, c in self.places.porteuses if d.annee and int(d.annee) >= annee_en_cours()}
        vides = [c for c in self.porteuses if c not in prevues and not self._reponses(c)]
        for intruse in (c for c in self.places.etrangeres if 2 * len(self._chiffres(c)) >= len(self.rangs)):
            derniere = next((c for c in vides if c > intruse), intruse)
            entre = [c for c in self.porteuses if intruse < c < derniere]
            if entre:
                self._refuser("titres_decales", entre, self.rangs, (self.rangs[0], intruse))
                return True
        return False

    def _titre_ote(self) -> bool:
        """Numbers without a title stand right after the last column, on all its rows, and a title is missing,
        or one year is left of several: one was taken away, those after it stand one column too near."""
        derniere, annees = self.porteuses[-1], [d for d, _ in self.places.porteuses if d.annee]
        manque = any(
            not self.places.de[n] and not declaree.facultative or declaree.annee == AAAA and len(annees) == 1
            for n, declaree in enumerate(self.places.tableau.colonnes)
        )
        sans_titre = self.places.etrangeres.get(derniere + 1) == SANS_TITRE
        dehors = set(self._chiffres(derniere + 1)) if manque and sans_titre else set()
        if not dehors or not dehors.issuperset(self._chiffres(derniere)):
            return False
        self._refuser("titres_decales", self.porteuses, self.rangs, (min(dehors), derniere + 1))
        return True

    def _lignes_glissees(self) -> None:
        """One number stands alone after the last column, on a row where one is blank: the cells between were
        pushed one place too far."""
        apres = [
            *(c for c in self.places.etrangeres if c > self.porteuses[-1]),
            *(
                colonne
                for n, declaree in enumerate(self.places.tableau.colonnes)
                if declaree.donne not in FACETTES and declaree.donne != "valeur"
                for colonne in self.places.de[n]
                if colonne > self.porteuses[-1]
            ),
        ]
        for colonne in apres:
            seuls = [rang for rang in self._chiffres(colonne) if self._est_seul((rang, colonne))]
            trous = {rang: trou for rang in seuls if (trou := self._trou(rang)) is not None}
            if len(trous) < len(seuls) or len(seuls) == len(self.rangs):  # numbers are at home there
                continue
            for rang, trou in trous.items():
                suivantes = [c for c in self.porteuses if c > trou]
                ou = {"trou": (rang, trou), "sens": "ligne"}
                self._refuser("reponses_glissees", suivantes, [rang], (rang, colonne), **ou)

    def _trou(self, rang: int) -> int | None:
        """The one column of values that is blank on a row, when others come after it."""
        trous = [c for c in self.porteuses if self._vide(rang, c)]
        return trous[0] if len(trous) == 1 and trous[0] != self.porteuses[-1] else None

    def _colonnes_glissees(self) -> None:
        """One number stands alone under the rows, in a column where one is blank, and it is no total of the
        others: the cells between were pushed one row too far."""
        connues = set(self.rangs)
        for dessous in range(self.rangs[0] + 1, self.rangs[-1] + 3):
            seule = self._seule(dessous)
            if seule is None:
                continue
            suite = sorted(takewhile(self._remplies, range(dessous - 1, self.rangs[0] - 1, -1)))
            trous = [rang for rang in suite if rang in connues and self._vide(rang, seule)]
            lus = [contenu(self.feuille, (rang, seule)) for rang in suite]
            total = contenu(self.feuille, (dessous, seule)) == sum(lu for lu in lus if isinstance(lu, float))
            if len(trous) == 1 and trous[0] != suite[-1] and not total:
                ou = {"trou": (trous[0], seule), "sens": "colonne"}
                self._refuser("reponses_glissees", [seule], range(trous[0], dessous), (dessous, seule), **ou)

    def _seule(self, rang: int) -> int | None:
        """The column of values of the one number that stands on a row; None when there is anything else."""
        remplies = self._remplies(rang)
        seule = remplies[0] if len(remplies) == 1 and remplies[0] in self.porteuses else None
        return seule if seule is not None and ecrit_un_nombre(contenu(self.feuille, (rang, seule))) else None

    def _remplies(self, rang: int) -> list[int]:
        rangee = self.feuille.rangees[rang] if rang < len(self.feuille.rangees) else []
        return [colonne for colonne in range(len(rangee)) if not self._vide(rang, colonne)]

    def _reponses(self, colonne: int) -> list[int]:
        return [rang for rang in self.rangs if repond(contenu(self.feuille, (rang, colonne)))]

    def _chiffres(self, colonne: int) -> list[int]:
        return [rang for rang in self.rangs if ecrit_un_nombre(contenu(self.feuille, (rang, colonne)))]

    def _est_seul(self, place: Place) -> bool:
        """True for a number without a word: « 12 places » is a note, and so is a date."""
        lu = contenu(self.feuille, place)
        return est_seul(lu) if isinstance(lu, str) else isinstance(lu, float)

    def _vide(self, rang: int, colonne: int) -> bool:
        return est_vide(contenu(self.feuille, (rang, colonne)))

    def _refuser(
        self, regle: str, colonnes: Sequence[int], rangs: Iterable[int], dehors: Place, **details: object
    ) -> None:
        """Load none of these cells; `dehors` is the number that stands out of the table."""
        prises = self.releve.prises
        visees = {(rang, colonne) for rang in rangs for colonne in colonnes}
        lues = []
        for n in range(self.debut, len(prises)):
            if prises[n].place in visees and not est_vide(prises[n].lu):
                prises[n] = prises[n]._replace(refusee=True)
                lues.append(prises[n].place)
        if not lues:  # nothing of it would be loaded
            return
        ou = {"dehors": dehors, **details}
        dits = {nom: lieu(self.feuille, x) if isinstance(x, tuple) else x for nom, x in ou.items()}
        self.releve.noter(regle, self.feuille.nom, dehors, adresses=lieux(self.feuille, sorted(lues)), **dits)
