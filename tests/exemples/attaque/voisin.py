"""The curious neighbour: every small count of people that the published numbers give away, proved one by one.

`attaquer` reads a warehouse as anyone may (lecture.py, collecte.py), solves what is published exactly, and
returns the hidden numbers that follow. A number is disclosed when the equations leave it one value
(algebre.py), or when they do once people are known to be counted in whole numbers, from zero (bornes.py).
Each is compared with what was answered: a wrong one is an error of this package.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import duckdb

from tests.exemples.attaque.algebre import Nombre, Savoir, Vecteur
from tests.exemples.attaque.bornes import Bornes
from tests.exemples.attaque.collecte import dites, equations
from tests.exemples.attaque.lecture import lire
from tests.exemples.attaque.mesures import Ligne, Publie
from tests.exemples.attaque.restes import restes, sommes
from tests.exemples.attaque.vie import parts_deduites

_NIVEAUX = ("structure", "quartier", "ville")


@dataclass(frozen=True)
class Fuite:
    """A number nobody should know: what it is, where, from which published numbers it follows, its worth.

    `genre`: `effectif` (people, 1 to 4) · `taux` (over fewer than 11) · `montant` (it tells an effectif) ·
    `part` (of members) · `taux calculé`, `solde` (of two other measures) · `somme` (hidden cells that count
    1 to 4 together) · `reste d’un taux`, `reste d’un dont` (what a published part leaves of its whole).
    """

    genre: str
    niveau: str
    famille: str
    cle: tuple
    valeur: Nombre | tuple[Nombre, ...]


@dataclass(frozen=True)
class _Secret:
    """A number that must not come out: a sum of answers, or the two terms of a rate."""

    genre: str
    niveau: str
    cle: tuple
    vecteurs: tuple[Vecteur, ...]

    def chercher(
        self, valeur: Callable[[Vecteur], Nombre | None], famille: str, publie: Publie
    ) -> Fuite | None:
        trouvees = tuple(valeur(vecteur) for vecteur in self.vecteurs)
        if None in trouvees:
            return None
        assert trouvees == tuple(publie.vrai(vecteur) for vecteur in self.vecteurs), (self.cle, trouvees)
        return Fuite(
            self.genre, self.niveau, famille, self.cle, trouvees if len(trouvees) > 1 else trouvees[0]
        )


def attaquer(connexion: duckdb.DuckDBPyConnection, page: Iterable[tuple[Vecteur, str]] = ()) -> list[Fuite]:
    """Every leak of a warehouse, under the most direct derivation; `page`: texts read besides its views.

    Raises AssertionError when a derivation does not give the number that was answered.
    """
    publie, savoir = lire(connexion), Savoir()
    fuites: list[Fuite] = []
    restants = list(_secrets(publie))
    lues = [("page", equations(publie, page))]
    for famille, connues in chain(_equations(publie), dites(connexion, publie), lues):
        for vecteur, total in connues:
            savoir.apprendre(vecteur, total)
        restants = _chercher(restants, savoir.valeur, famille, publie, fuites)
    _chercher(restants, Bornes(publie, savoir).valeur, "bornes", publie, fuites)
    lignes = sorted(publie.lignes, key=_rang)
    fuites += [Fuite("somme", *trouvee) for trouvee in sommes(publie, lignes, savoir)]
    fuites += [Fuite(*trouve) for trouve in restes(publie, lignes, savoir)]
    fuites += [Fuite("part", "structure", "vie", cle, nombre) for cle, nombre in parts_deduites(connexion)]
    return fuites


def attaquer_fichier(entrepot: Path) -> list[Fuite]:
    """The same, from the path of a warehouse."""
    with duckdb.connect(str(entrepot), read_only=True) as connexion:
        return attaquer(connexion)


def compter(fuites: list[Fuite]) -> list[tuple[str, str, str, int]]:
    """(kind, level, family, number of leaks), sorted."""
    comptes = Counter((f.genre, f.niveau, f.famille) for f in fuites)
    return [(*cle, nombre) for cle, nombre in sorted(comptes.items())]


def _chercher(
    secrets: list[_Secret], valeur, famille: str, publie: Publie, fuites: list[Fuite]
) -> list[_Secret]:
    """Note the secrets that come out; return the others."""
    restants = []
    for secret in secrets:
        fuite = secret.chercher(valeur, famille, publie)
        (restants if fuite is None else fuites).append(secret if fuite is None else fuite)
    return restants


def _equations(publie: Publie) -> Iterator[tuple[str, list[tuple[Vecteur, Nombre]]]]:
    """What is known, family by family: a leak is counted under the first that is enough."""

    def montrees(garder: Callable[[Ligne], bool]) -> list[tuple[Vecteur, Nombre]]:
        return [
            (li.grandeurs[part], n) for li in publie.lignes if garder(li) for part, n in li.montrees.items()
        ]

    def simple(ligne: Ligne, table: str, *perimetres: str) -> bool:
        return ligne.table == table and not ligne.mesure.operation and ligne.perimetre in perimetres

    def nulles(famille: str) -> list[tuple[Vecteur, Nombre]]:
        return [(vecteur, 0) for vecteur in publie.egalites[famille]]

    yield "territoires", montrees(lambda li: simple(li, "mesure", "tous"))
    yield "ventilations", nulles("ventilations")
    yield "périodes", nulles("périodes")
    yield "périmètre constant", montrees(lambda li: simple(li, "mesure", "constant"))
    yield "évolutions", montrees(lambda li: simple(li, "evolution", "tous", "constant"))
    yield "calculs", montrees(lambda li: bool(li.mesure.operation))
    yield "relations", nulles("relations")
    yield "mentions", publie.mentions
    yield "taux lus", nulles("taux lus")


def _rang(ligne: Ligne) -> tuple:
    """The plainest name of a number first: this year's, of everyone, of the smallest place."""
    return ligne.table != "mesure", ligne.perimetre != "tous", _NIVEAUX.index(ligne.niveau), ligne.cle


def _secrets(publie: Publie) -> Iterator[_Secret]:
    """Every number that must not come out, once each."""
    vus = set()

    def nouveau(*vecteurs: Vecteur) -> bool:
        marque = tuple(frozenset(vecteur.items()) for vecteur in vecteurs)
        deja = marque in vus
        vus.add(marque)
        return not deja

    lignes = sorted(publie.lignes, key=_rang)
    for ligne in lignes:
        mesure = ligne.mesure
        if ligne.table == "mesure" and publie.dit_un_petit_effectif(ligne):
            yield _Secret("montant", ligne.niveau, ligne.cle, (ligne.grandeurs["valeur"],))
        if not mesure.compte_des_gens:
            continue
        for part, vecteur in ligne.grandeurs.items():
            if vecteur and publie.petit(publie.vrai(vecteur)) and nouveau(vecteur):
                genre = "solde" if mesure.operation == "difference" else "effectif"
                yield _Secret(genre, ligne.niveau, (*ligne.cle, part), (vecteur,))
        for suffixe in ("", "_base") if mesure.forme == "rapport" else ():
            termes = [ligne.grandeurs.get(part + suffixe, {}) for part in mesure.parts]
            if all(termes) and 0 < publie.vrai(termes[1]) < publie.taux and nouveau(*termes):
                genre = "taux calculé" if mesure.operation else "taux"
                yield _Secret(genre, ligne.niveau, (*ligne.cle, "taux" + suffixe), (*termes,))
    for reponse, valeur in publie.verite.items():
        if publie.mesures[reponse[0]].compte_des_gens and publie.petit(valeur) and nouveau({reponse: 1}):
            yield _Secret("effectif", "réponse", reponse, ({reponse: 1},))
