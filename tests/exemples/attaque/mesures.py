"""What the convention says of a measure; what an answer and a published row are to the curious neighbour.

An elementary answer (the unknown of the equations) is `(mesure, répondant, lieu, période, ventilation,
modalité, part)`; `part` is `valeur`, or `numerateur` and `denominateur`.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

import duckdb

from tests.exemples.attaque.algebre import Nombre, Vecteur

TOTAL = ("total", "total")
_CONFIDENTIELLES = ("personne", "famille")
_MESURES = """
    SELECT indicateur_id, forme, unite_statistique, nature, operation, operande_a, operande_b, facteur,
           secret_avec
    FROM interne.indicateur
    WHERE forme IN ('nombre', 'rapport', 'evolution')
"""


@dataclass(frozen=True)
class Mesure:
    """A measure, as its line of the convention."""

    nom: str
    forme: str
    unite: str | None
    nature: str
    operation: str | None
    a: str | None
    b: str | None
    facteur: Fraction
    secret_avec: str | None

    @property
    def parts(self) -> tuple[str, ...]:
        return ("numerateur", "denominateur") if self.forme == "rapport" else ("valeur",)

    @property
    def compte_des_gens(self) -> bool:
        return self.unite in _CONFIDENTIELLES or self.nature == "satisfaction"


@dataclass(frozen=True)
class Reponse:
    """An answer that was given: by whom, where, when, of what detail; what it is made of."""

    repondant: str
    type_structure: str | None
    lieu: str
    annee: int
    periode: str
    ventilation: str
    modalite: str
    parts: dict[str, Vecteur]
    proposes: bool


@dataclass
class Ligne:
    """A row of `publication.mesure` or `.evolution`: the sums it stands for, and those it shows."""

    table: str
    mesure: Mesure
    cle: tuple
    niveau: str
    perimetre: str
    etat: str
    grandeurs: dict[str, Vecteur]
    montrees: dict[str, Nombre] = field(default_factory=dict)


@dataclass
class Publie:
    """Everything the attack works on. `verite` is what was answered: derivations are compared with it.

    Fewer people than `personnes` are a small count; a rate is over `taux` people at least. `egalites` are
    {family: vectors worth zero}; `mentions`, the sums that a mention tells.
    """

    mesures: dict[str, Mesure]
    exclusives: set[str]
    personnes: int
    taux: int
    lignes: list[Ligne] = field(default_factory=list)
    verite: dict[tuple, Nombre] = field(default_factory=dict)
    egalites: dict[str, list[Vecteur]] = field(default_factory=lambda: defaultdict(list))
    mentions: list[tuple[Vecteur, Nombre]] = field(default_factory=list)

    def vrai(self, vecteur: Vecteur) -> Nombre:
        """What a sum of answers is worth in truth."""
        return sum(coefficient * self.verite[i] for i, coefficient in vecteur.items())

    def petit(self, valeur: Nombre) -> bool:
        """Is this a count that identifies? Zero is shown."""
        return 0 < abs(valeur) < self.personnes

    def dit_un_petit_effectif(self, ligne: Ligne) -> bool:
        """Is this an amount of the very answers whose people are few (`secret_avec`)?"""
        autre = ligne.mesure.secret_avec
        gens = [self.verite.get((autre, *reponse[1:])) for reponse in ligne.grandeurs.get("valeur", ())]
        return bool(autre) and None not in gens and self.petit(sum(gens))

    def egaler(self, famille: str, vecteur: Vecteur) -> None:
        """Keep an equality, if the answers respect it: a false one would prove anything."""
        if vecteur and self.vrai(vecteur) == 0:
            self.egalites[famille].append(vecteur)


def exact(nombre: float) -> Nombre:
    """A stored double as the decimal that was typed, or as a sum of such."""
    fraction = Fraction(nombre).limit_denominator(10_000)
    return fraction.numerator if fraction.denominator == 1 else fraction


def les_mesures(connexion: duckdb.DuckDBPyConnection) -> dict[str, Mesure]:
    """The measures that count people, with those they are made of, or that share their secret."""
    lues = {
        nom: Mesure(nom, *autres, Fraction(facteur), secret_avec)
        for nom, *autres, facteur, secret_avec in connexion.execute(_MESURES).fetchall()
    }
    gardees = {m.nom for m in lues.values() if m.compte_des_gens or m.secret_avec}
    gardees |= {m.nom for m in lues.values() if gardees & {m.a, m.b}}
    while liees := {n for m in gardees for n in (lues[m].a, lues[m].b, lues[m].secret_avec) if n} - gardees:
        gardees |= liees
    return {nom: lues[nom] for nom in sorted(gardees)}
