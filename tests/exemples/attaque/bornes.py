"""What whole numbers add to the equations: people are counted from zero, a hidden count from one.

Intervals are narrowed, equation by equation, until nothing moves: enough for the sums people do in their
heads (two hidden cells of sum two). Where few whole numbers are left, they are all tried: 22 × one count and
3 × another that make 61 leave no choice. What is found forced is forced.
"""

from collections.abc import Iterable
from itertools import product
from math import ceil, floor, inf, prod

from tests.exemples.attaque.algebre import Inconnue, Nombre, Savoir, Vecteur, difference
from tests.exemples.attaque.mesures import Ligne, Publie

_TOURS = 12
_ESSAIS = 2000  # of whole numbers tried together, at most


class Bornes:
    """The interval of each unknown, once the equations are solved and the masks are read."""

    def __init__(self, publie: Publie, savoir: Savoir):
        self._savoir = savoir
        self._bornes: dict[Inconnue, tuple[Nombre, Nombre]] = {}
        self._contraintes: dict[tuple, tuple[Vecteur, Nombre, Nombre]] = {}
        self._ilots = _Ilots()
        for ligne in publie.lignes:
            for part, vecteur in ligne.grandeurs.items():
                self._contraindre(vecteur, *_domaine(ligne, part))
            if ligne.mesure.forme == "rapport" and ligne.table == "mesure" and not ligne.mesure.operation:
                haut, bas = (ligne.grandeurs[part] for part in ligne.mesure.parts)
                self._contraindre(difference(bas, haut), 0, inf)
        for reponse in publie.verite:
            self._contraindre({reponse: 1}, 0, inf)
            if publie.mesures[reponse[0]].compte_des_gens:
                self._ilots.compter(*savoir.reduire({reponse: 1}))
        self._resserrer()
        self._mondes: dict[Inconnue, list[dict[Inconnue, int]]] = {}

    def valeur(self, vecteur: Vecteur) -> Nombre | None:
        """The only value that is left, if there is one."""
        libre, connu = self._savoir.reduire(vecteur)
        bas, haut = self._intervalle(libre)
        if bas == haut:
            return connu + bas
        ilots = {self._ilots.de(inconnue) for inconnue in libre}
        mondes = self._essayer(ilots.pop()) if len(ilots) == 1 else []
        valeurs = {sum(c * monde[i] for i, c in libre.items()) for monde in mondes}
        return connu + valeurs.pop() if len(valeurs) == 1 else None

    def _contraindre(self, vecteur: Vecteur, bas: Nombre, haut: Nombre) -> None:
        """Note `bas ≤ vecteur ≤ haut`: as it stands without its known terms, and as equations reduce it."""
        total = self._savoir.valeur(vecteur)
        bas, haut = (bas, haut) if total is None else (total, total)
        connus = {i: self._savoir.valeur({i: 1}) for i in vecteur}
        brut = {i: c for i, c in vecteur.items() if connus[i] is None}
        somme = sum(c * connus[i] for i, c in vecteur.items() if connus[i] is not None)
        reduit = self._savoir.reduire(vecteur)
        for libre, connu in ((brut, somme), reduit):
            if libre:
                contrainte = libre, bas - connu, haut - connu
                self._contraintes[frozenset(libre.items()), contrainte[1:]] = contrainte
        if reduit[0]:
            self._ilots.lier(reduit[0], bas - reduit[1], haut - reduit[1])

    def _resserrer(self) -> None:
        for _ in range(_TOURS):
            avant = dict(self._bornes)
            for vecteur, bas, haut in self._contraintes.values():
                for inconnue, coefficient in vecteur.items():
                    autres = {i: c for i, c in vecteur.items() if i != inconnue}
                    a, z = self._intervalle(autres)
                    # what the others leave to this one
                    un, deux = sorted(((bas - z) / coefficient, (haut - a) / coefficient))
                    b, h = self._bornes.get(inconnue, (0, inf))
                    self._bornes[inconnue] = max(b, _entier(un, ceil)), min(h, _entier(deux, floor))
            if self._bornes == avant:
                return

    def _intervalle(self, vecteur: Vecteur) -> tuple[Nombre, Nombre]:
        bas = haut = 0
        for inconnue, coefficient in vecteur.items():
            a, z = sorted(coefficient * borne for borne in self._bornes.get(inconnue, (0, inf)))
            bas, haut = bas + a, haut + z
        return bas, haut

    def _essayer(self, ilot: Inconnue) -> list[dict[Inconnue, int]]:
        """Every way to give whole numbers to an islet; none when there are too many to try."""
        if ilot not in self._mondes:
            noms = self._ilots.inconnues(ilot)
            intervalles = [self._bornes.get(i, (0, inf)) for i in noms]
            self._mondes[ilot] = []
            if prod(haut - bas + 1 for bas, haut in intervalles) <= _ESSAIS:
                plages = [range(int(bas), int(haut) + 1) for bas, haut in intervalles]
                essais = (dict(zip(noms, essai, strict=True)) for essai in product(*plages))
                self._mondes[ilot] = self._ilots.possibles(ilot, essais)
        return self._mondes[ilot]


class _Ilots:
    """The free unknowns, set apart by what ties them: each islet may be tried on its own."""

    def __init__(self):
        self._vers: dict[Inconnue, Inconnue] = {}
        self._contraintes: dict[tuple, tuple[Vecteur, Nombre, Nombre]] = {}
        self._entiers: dict[tuple, tuple[Vecteur, Nombre]] = {}

    def de(self, inconnue: Inconnue) -> Inconnue:
        while self._vers.setdefault(inconnue, inconnue) != inconnue:
            inconnue = self._vers[inconnue]
        return inconnue

    def lier(self, vecteur: Vecteur, bas: Nombre, haut: Nombre) -> None:
        """`bas ≤ vecteur ≤ haut`."""
        premiere, *autres = vecteur
        for autre in autres:
            self._vers[self.de(autre)] = self.de(premiere)
        self.de(premiere)
        self._contraintes[frozenset(vecteur.items()), bas, haut] = vecteur, bas, haut

    def compter(self, vecteur: Vecteur, connu: Nombre) -> None:
        """`vecteur + connu` counts people: it is whole."""
        if vecteur:
            self._entiers[frozenset(vecteur.items()), connu] = vecteur, connu

    def inconnues(self, ilot: Inconnue) -> list[Inconnue]:
        return sorted((i for i in self._vers if self.de(i) == ilot), key=str)

    def possibles(self, ilot: Inconnue, mondes: Iterable[dict[Inconnue, int]]) -> list[dict[Inconnue, int]]:
        """Those of these numbers that respect everything that is known of the islet."""
        contraintes = [c for c in self._contraintes.values() if self.de(next(iter(c[0]))) == ilot]
        entiers = [e for e in self._entiers.values() if self.de(next(iter(e[0]))) == ilot]
        return [
            monde
            for monde in mondes
            if all(bas <= _somme(vecteur, monde) <= haut for vecteur, bas, haut in contraintes)
            and all((_somme(vecteur, monde) + connu) % 1 == 0 for vecteur, connu in entiers)
        ]


def _somme(vecteur: Vecteur, monde: dict[Inconnue, int]) -> Nombre:
    return sum(c * monde[i] for i, c in vecteur.items())


def _entier(nombre, arrondir) -> Nombre:
    return nombre if nombre in (inf, -inf) else arrondir(nombre)


def _domaine(ligne: Ligne, part: str) -> tuple[Nombre, Nombre]:
    """What a mask says of its number: zero is shown, nothing else is said."""
    if ligne.mesure.operation == "difference":
        return -inf, inf
    cache = ligne.etat == "secret" and ligne.table == "mesure" and ligne.mesure.compte_des_gens
    return (1 if cache and part != "numerateur" else 0), inf
