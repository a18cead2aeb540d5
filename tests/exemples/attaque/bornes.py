"""What whole numbers add to the equations: people are counted from zero, a hidden count from one.

Intervals are narrowed, equation by equation, until nothing moves: what is found forced is forced, and that
is enough for the sums people do in their heads (two hidden cells of sum two).
"""

from math import ceil, floor, inf

from tests.exemples.attaque.algebre import Inconnue, Nombre, Savoir, Vecteur, difference
from tests.exemples.attaque.mesures import Ligne, Publie

_TOURS = 12


class Bornes:
    """The interval of each unknown, once the equations are solved and the masks are read."""

    def __init__(self, publie: Publie, savoir: Savoir):
        self._publie, self._savoir = publie, savoir
        self._bornes: dict[Inconnue, tuple[Nombre, Nombre]] = {}
        self._contraintes: list[tuple[Vecteur, Nombre, Nombre]] = []
        for ligne in publie.lignes:
            for part, vecteur in ligne.grandeurs.items():
                self._contraindre(vecteur, *self._domaine(ligne, part))
            if ligne.mesure.forme == "rapport" and ligne.table == "mesure" and not ligne.mesure.operation:
                haut, bas = (ligne.grandeurs[part] for part in ligne.mesure.parts)
                self._contraindre(difference(bas, haut), 0, inf)
                self._lire_le_masque(ligne, haut, bas)
        self._resserrer()

    def valeur(self, vecteur: Vecteur) -> Nombre | None:
        """The only value the intervals leave, if there is one."""
        libre, connu = self._savoir.reduire(vecteur)
        bas, haut = self._intervalle(libre)
        return connu + bas if bas == haut else None

    def _lire_le_masque(self, ligne: Ligne, haut: Vecteur, bas: Vecteur) -> None:
        """A rate hidden for itself has fewer than 11 below or 1 to 4 above: one tells the other."""
        if ligne.masquage == "primaire" and ligne.mesure.nature != "satisfaction":
            dessus, dessous = self._savoir.valeur(haut), self._savoir.valeur(bas)
            if dessus is not None and not self._publie.petit(dessus):
                self._contraindre(bas, 1, self._publie.taux - 1)
            if dessous is not None and dessous >= self._publie.taux:
                self._contraindre(haut, 1, self._publie.personnes - 1)

    def _contraindre(self, vecteur: Vecteur, bas: Nombre, haut: Nombre) -> None:
        """Note `bas ≤ vecteur ≤ haut`: as it stands without its known terms, and as equations reduce it."""
        total = self._savoir.valeur(vecteur)
        bas, haut = (bas, haut) if total is None else (total, total)
        connus = {i: self._savoir.valeur({i: 1}) for i in vecteur}
        brut = {i: c for i, c in vecteur.items() if connus[i] is None}
        somme = sum(c * connus[i] for i, c in vecteur.items() if connus[i] is not None)
        for libre, connu in ((brut, somme), self._savoir.reduire(vecteur)):
            if libre:
                self._contraintes.append((libre, bas - connu, haut - connu))

    def _domaine(self, ligne: Ligne, part: str) -> tuple[Nombre, Nombre]:
        """What a mask says of its number: zero is shown, and one hidden for itself counts 1 to 4 people."""
        if ligne.mesure.operation == "difference":
            return -inf, inf
        if ligne.etat != "secret" or ligne.table != "mesure" or not ligne.mesure.compte_des_gens:
            return 0, inf
        if ligne.mesure.forme == "rapport":
            return (1, inf) if part == "denominateur" else (0, inf)
        return (1, self._publie.personnes - 1) if ligne.masquage == "primaire" else (1, inf)

    def _resserrer(self) -> None:
        for _ in range(_TOURS):
            avant = dict(self._bornes)
            for vecteur, bas, haut in self._contraintes:
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


def _entier(nombre, arrondir) -> Nombre:
    return nombre if nombre in (inf, -inf) else arrondir(nombre)
