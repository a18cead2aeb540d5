"""What the titles above the rows of a table become in its declaration."""

from dataclasses import replace

from ctg.referentiel import Referentiel
from etl.classeurs_libres.declaration.modele import PERSONNE
from etl.classeurs_libres.description.choix import ColonneChoisie
from etl.classeurs_libres.description.rattachement import structure_nommee
from etl.classeurs_libres.description.reperage import TitresReperes
from pages.donnees.classeurs.noms import Noms


def facette(titres: TitresReperes | None, noms: Noms, referentiel: Referentiel) -> dict[str, object] | None:
    """The facet of what the titles say, the structure or the measure: one to pass over is nobody's, with all
    that follows it."""
    if titres is None:
        return None
    if titres.mesure:
        mesures = {t: noms.mesures[t].cle if t in noms.mesures else PERSONNE for t in titres.noms}
        return {**_ou(titres), "noms": mesures}
    libelle = {"libelle": titres.libelle.rstrip(" :")} if titres.libelle else {}
    # each of them, those that are the very name of a structure too: the one that goes missing is told
    connus = {t: noms.structures.get(t) or structure_nommee(t, referentiel)[0] for t in titres.noms}
    dits = {titre: identifiant for titre, identifiant in connus.items() if identifiant}
    dits |= {t: PERSONNE for t in titres.noms if t in noms.a_passer}
    return {**_ou(titres), **libelle, **({"noms": dits} if dits else {})}


def _ou(titres: TitresReperes) -> dict[str, object]:
    return {"cellule": titres.cellule} if titres.cellule else {"au_dessus": True}


def est_passe(titres: TitresReperes | None, noms: Noms) -> bool:
    """True for a table whose one title the officer passes over: it is not described."""
    if titres is None or titres.cellule is None:
        return False
    return titres.noms[0] not in noms.mesures if titres.mesure else titres.noms[0] in noms.a_passer


def passer_rubriques(
    titres: TitresReperes | None, colonnes: tuple[ColonneChoisie, ...]
) -> tuple[ColonneChoisie, ...]:
    """The same columns, the first of which passes over the wordings that name a part of the table."""
    if titres is None or not titres.rubriques or not colonnes:
        return colonnes
    premiere, *autres = colonnes
    a_passer = tuple(dict.fromkeys((*premiere.a_passer, *titres.rubriques)))
    return (replace(premiere, a_passer=a_passer), *autres)
