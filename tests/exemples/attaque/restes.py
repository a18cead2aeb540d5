"""What a known whole leaves to the parts that are hidden, or that nobody shows: 12 with « dont » 9.

Nothing here is a hidden cell: these counts of 1 to 4 people are told apart.
"""

from collections import defaultdict
from collections.abc import Iterator

from tests.exemples.attaque.algebre import Nombre, Savoir, Vecteur, ajouter, difference
from tests.exemples.attaque.mesures import Ligne, Publie

_ENFANTS = {"ville": ("quartier", "structure"), "quartier": ("structure",), "structure": ()}


def sommes(publie: Publie, lignes: list[Ligne], savoir: Savoir) -> Iterator[tuple[str, str, tuple, Nombre]]:
    """(level, family, key of the whole, count): two hidden parts or more, of 1 to 4 people together."""
    par_lieu, par_modalite = defaultdict(list), defaultdict(list)
    comptees = [li for li in lignes if _se_decoupe(li)]
    for ligne in comptees:
        nom, niveau, territoire, type_structure, _, periode, ventilation, modalite = ligne.cle
        par_lieu[niveau, nom, periode, ventilation, modalite].append(ligne)
        if ventilation in publie.exclusives:
            par_modalite[nom, niveau, territoire, type_structure, periode, ventilation].append(ligne)
    vus = set()
    for ligne in comptees:
        nom, niveau, territoire, type_structure, _, periode, ventilation, modalite = ligne.cle
        decoupes = [
            ("territoires", par_lieu[e, nom, periode, ventilation, modalite]) for e in _ENFANTS[niveau]
        ]
        if ventilation == "total":
            ici = (nom, niveau, territoire, type_structure, periode)
            decoupes += [("ventilations", par_modalite[(*ici, v)]) for v in publie.exclusives]
        for famille, enfants in decoupes:
            for part, tout in ligne.grandeurs.items():
                reste = _ce_qui_reste(savoir, tout, [li.grandeurs[part] for li in enfants], famille)
                valeur = savoir.valeur(reste)
                if (
                    reste
                    and valeur is not None
                    and publie.petit(valeur)
                    and frozenset(reste.items()) not in vus
                ):
                    vus.add(frozenset(reste.items()))
                    if any(savoir.valeur({i: 1}) is None for i in reste):
                        yield niveau, famille, (*ligne.cle, part), valeur


def _se_decoupe(ligne: Ligne) -> bool:
    simple = ligne.table == "mesure" and ligne.perimetre == "tous" and not ligne.mesure.operation
    return simple and ligne.mesure.compte_des_gens


def _ce_qui_reste(savoir: Savoir, tout: Vecteur, parts: list[Vecteur], famille: str) -> Vecteur:
    """The whole without its parts that are known; empty when the whole is not."""
    if savoir.valeur(tout) is None:
        return {}
    reste = dict(tout)
    for vecteur in parts:
        dedans = famille == "ventilations" or vecteur.keys() <= reste.keys()
        if dedans and savoir.valeur(vecteur) is not None:
            ajouter(reste, vecteur, -1)
    return reste


def restes(
    publie: Publie, lignes: list[Ligne], savoir: Savoir
) -> Iterator[tuple[str, str, str, tuple, Nombre]]:
    """(kind, level, family, key of the part, count): 18 satisfied of 20, 12 with « dont » 9."""
    mesures = [li for li in lignes if li.table == "mesure" and li.mesure.compte_des_gens]
    totaux = {li.cle[:-2]: li for li in mesures if li.cle[-2] == "total"}
    vus = set()
    for ligne in mesures:
        if ligne.mesure.operation == "difference" or ligne.cle[-2] in publie.exclusives:
            continue
        if ligne.mesure.forme == "rapport":
            genre, partie, tout = "reste d’un taux", *(ligne.grandeurs[part] for part in ligne.mesure.parts)
        elif ligne.cle[-2] != "total" and ligne.cle[:-2] in totaux:
            genre, partie = "reste d’un dont", ligne.grandeurs["valeur"]
            tout = totaux[ligne.cle[:-2]].grandeurs["valeur"]
        else:
            continue
        reste = difference(tout, partie)
        if None not in (savoir.valeur(tout), savoir.valeur(partie)) and publie.petit(savoir.valeur(reste)):
            if frozenset(reste.items()) not in vus:
                yield genre, ligne.niveau, "parts", ligne.cle, savoir.valeur(reste)
            vus.add(frozenset(reste.items()))
