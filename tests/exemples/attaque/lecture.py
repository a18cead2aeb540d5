"""What a curious neighbour reads: each published or hidden number, as a sum of elementary answers."""

import re
from fractions import Fraction

import duckdb

from tests.exemples.attaque.algebre import Vecteur, ajouter
from tests.exemples.attaque.mesures import TOTAL, Ligne, Mesure, Publie, exact, les_mesures
from tests.exemples.attaque.relations import relier
from tests.exemples.attaque.reponses import Reponses, somme

_EXCLUSIVES = (
    "SELECT DISTINCT ventilation FROM publication.ventilation WHERE exclusive AND ventilation <> 'total'"
)
_SEUILS = """
    SELECT valeur::INTEGER FROM publication.parametre
    WHERE cle IN ('confidentialite.seuil_personnes', 'confidentialite.seuil_taux') ORDER BY cle
"""
_LIGNES = """
    SELECT indicateur_id, niveau, territoire_id, type_structure, perimetre, periode_id, ventilation, modalite,
           annee, etat, mention, valeur, numerateur, denominateur
    FROM publication.mesure
    WHERE etat IN ('publie', 'secret')
"""
_EVOLUTIONS = """
    SELECT indicateur_id, niveau, territoire_id, type_structure, base, annee, perimetre, annee_base, etat,
           valeur, valeur_base
    FROM publication.evolution
    WHERE etat IN ('publie', 'secret')
"""
# « 30 répondants, dont 22 sur 60 questionnaires proposés »
_INTERROGES = re.compile(r"dont ([\d\s]+) sur ")


def lire(connexion: duckdb.DuckDBPyConnection) -> Publie:
    """Read a warehouse; AssertionError when a published number is not the sum it is taken for."""
    exclusives = {v for (v,) in connexion.execute(_EXCLUSIVES).fetchall()}
    publie = Publie(
        les_mesures(connexion), exclusives, *(s for (s,) in connexion.execute(_SEUILS).fetchall())
    )
    reponses = Reponses(connexion, publie)
    _lire_les_mesures(connexion, publie, reponses)
    _lire_les_evolutions(connexion, publie, reponses)
    relier(connexion, publie, reponses)
    for ligne in publie.lignes:
        for part, montree in ligne.montrees.items():
            assert publie.vrai(ligne.grandeurs[part]) == montree, (ligne.cle, part, montree)
    for vecteur, montree in publie.mentions:
        assert publie.vrai(vecteur) == montree, (vecteur, montree)
    return publie


def _lire_les_mesures(connexion, publie: Publie, reponses: Reponses) -> None:
    for *cle, annee, etat, mention, valeur, haut, bas in connexion.execute(_LIGNES).fetchall():
        nom, niveau, territoire, type_structure, perimetre, *reste = cle
        mesure = publie.mesures.get(nom)
        if mesure is None or mesure.forme == "evolution":
            continue
        choisies = reponses.choisir(nom, niveau, territoire, type_structure, *reste)
        if perimetre == "constant":
            choisies = [r for r in choisies if reponses.commune(nom, niveau, r, annee - 1)]
        sommes = {part: somme(choisies, part) for part in mesure.parts}
        lus = {"valeur": valeur, "numerateur": haut, "denominateur": bas}
        montrees = {part: exact(lus[part]) for part in mesure.parts if lus[part] is not None}
        publie.lignes.append(Ligne("mesure", mesure, (*cle,), niveau, perimetre, etat, sommes, montrees))
        if dite := _INTERROGES.search(mention or ""):
            interroges = somme([r for r in choisies if r.proposes], "denominateur")
            publie.mentions.append((interroges, int(re.sub(r"\s", "", dite[1]))))


def _lire_les_evolutions(connexion, publie: Publie, reponses: Reponses) -> None:
    periodes = {
        nom: {r.annee: r.periode for r in reponses.de(nom) if r.periode in reponses.annuelles}
        for nom, mesure in publie.mesures.items()
        if mesure.forme != "evolution"
    }
    for *cle, annee_base, etat, valeur, valeur_base in connexion.execute(_EVOLUTIONS).fetchall():
        nom, niveau, territoire, type_structure, _, annee, perimetre = cle
        mesure = publie.mesures.get(nom)
        if mesure is None:
            continue
        ligne = Ligne("evolution", mesure, (*cle,), niveau, perimetre, etat, {})
        for suffixe, une, autre, lue in (
            ("", annee, annee_base, valeur),
            ("_base", annee_base, annee, valeur_base),
        ):
            periode = periodes[nom].get(une)
            choisies = reponses.choisir(nom, niveau, territoire, type_structure, periode, *TOTAL)
            if perimetre == "constant":
                choisies = [r for r in choisies if reponses.commune(nom, niveau, r, autre)]
            sommes = {part + suffixe: somme(choisies, part) for part in mesure.parts}
            ligne.grandeurs |= sommes
            if lue is not None and mesure.forme == "nombre":
                ligne.montrees["valeur" + suffixe] = exact(lue)
            elif lue is not None:
                proportion = _proportion(mesure, *sommes.values(), lue)
                assert publie.vrai(proportion) == 0, (cle, lue)
                publie.egaler("taux lus", proportion)
        publie.lignes.append(ligne)


def _proportion(mesure: Mesure, haut: Vecteur, bas: Vecteur, lu: float) -> Vecteur:
    """A rate shown without its two parts still says their proportion."""
    rapport = (Fraction(lu) / mesure.facteur).limit_denominator(100_000)
    nulle: Vecteur = {}
    ajouter(nulle, haut, rapport.denominator)
    ajouter(nulle, bas, -rapport.numerator)
    return nulle
