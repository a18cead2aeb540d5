"""From what the officer left on the page to what a declaration is written from."""

from collections.abc import Iterable
from dataclasses import replace

from ctg.referentiel import Referentiel
from etl.classeurs_libres.description.choix import CaseChoisie, ColonneChoisie, TableauChoisi
from etl.classeurs_libres.description.ebauche import TITRE_STRUCTURE
from etl.classeurs_libres.description.rattachement import structure_nommee
from etl.classeurs_libres.description.reperage import FormulaireRepere
from etl.classeurs_libres.description.ventilations import est_un_detail
from etl.classeurs_libres.lecture.entetes import nom_en_titre
from pages.donnees.classeurs import lignes, titres
from pages.donnees.classeurs.colonnes import Decrit
from pages.donnees.classeurs.noms import Noms

_DISTINGUENT = ("annee", "mesure", "modalite")
_NON_RETENUE = "structure non retenue"


def tableau(
    decrit: Decrit, noms: Noms, feuilles_de_structure: bool, additionner: bool, referentiel: Referentiel
) -> TableauChoisi:
    """A described table with its names tied; `feuilles_de_structure`: sheets bear its name, or are passed."""
    repere = decrit.propose.repere
    feuilles, mesure = repere.feuilles, None
    if feuilles_de_structure:
        feuilles = tuple(f for f in feuilles if f not in noms.a_passer)
    if decrit.mesure_de_feuille:
        feuilles = tuple(f for f in feuilles if f in noms.mesures)
        mesure = {"nom_de_feuille": True, "noms": {f: noms.mesures[f].cle for f in feuilles}}
    dite = titres.facette(repere.titres, noms, referentiel)
    par_mesure = repere.titres is not None and repere.titres.mesure
    return TableauChoisi(
        feuilles=feuilles,
        ligne=repere.rang + 1,
        lignes_entete=repere.hauteur,
        colonnes=_colonnes(decrit, noms, referentiel),
        fin=None if repere.fin is None else repere.fin or "vide",
        mesure=dite if par_mesure else mesure,
        structure=None if par_mesure else dite,
        voisines=decrit.propose.voisines,
        additionner=additionner,
    )


def facette_de_structure(
    facette: dict[str, object] | None, libelles: Iterable[str], noms: Noms
) -> dict[str, object] | None:
    """The facet of the structure, with the wordings that are not the very name of one."""
    siens = {libelle: noms.structures[libelle] for libelle in libelles if libelle in noms.structures}
    return {**facette, "noms": siens} if facette and siens else facette


def cases(
    formulaires: Iterable[FormulaireRepere], noms: Noms, avec_tableaux: bool
) -> tuple[CaseChoisie, ...]:
    """The answers of the forms; beside tables, each is looked for on its own sheets only."""
    return tuple(
        CaseChoisie(libelle, cle, mesure.code, mesure.modalite or modalite or None, feuille)
        for formulaire in formulaires
        for libelle in formulaire.libelles
        if (mesure := noms.mesures.get(libelle)) is not None and not est_un_detail(mesure)
        for cle, _, modalite in [mesure.cle.partition(" ")]
        for feuille in (formulaire.feuilles if avec_tableaux else (None,))
    )


def _colonnes(decrit: Decrit, noms: Noms, referentiel: Referentiel) -> tuple[ColonneChoisie, ...]:
    libelles = decrit.libelles("mesure")
    dites = [noms.mesures[libelle] for libelle in libelles if libelle in noms.mesures]
    codes = {mesure.code for mesure in dites if not est_un_detail(mesure)}
    detaillee = any(c.donne == "modalite" for c in decrit.colonnes)
    muette = not libelles and not decrit.mesure_de_feuille and not decrit.mesures_au_dessus()
    resultat = []
    for colonne, proposee in zip(decrit.colonnes, decrit.propose.colonnes, strict=True):
        if colonne.donne == "structure":
            siens = {mot: noms.structures[mot] for mot in proposee.libelles if mot in noms.structures}
            a_passer = tuple(mot for mot in proposee.libelles if mot in noms.a_passer)
            # where another column tells its rows apart, a name may be written once for several of them
            recopier = proposee.lacunes and any(c.donne in _DISTINGUENT for c in decrit.colonnes)
            colonne = replace(
                colonne, noms=siens, a_passer=a_passer, chiffres=proposee.chiffres, recopier=recopier
            )
        elif colonne.donne in ("mesure", "modalite"):
            colonne = lignes.colonne(colonne, proposee, noms, detaillee)
        elif colonne.donne in ("valeur", TITRE_STRUCTURE):
            colonne = _valeur(colonne, noms, muette, codes, referentiel)
        resultat.append(colonne)
    return titres.passer_rubriques(decrit.propose.repere.titres, tuple(resultat))


def _valeur(
    colonne: ColonneChoisie, noms: Noms, muette: bool, codes: set[str], referentiel: Referentiel
) -> ColonneChoisie:
    structure = None
    if colonne.donne == TITRE_STRUCTURE:
        nom = nom_en_titre(colonne.entete)
        connue, _ = structure_nommee(nom, referentiel)
        structure = connue or noms.structures.get(nom)
        if structure is None:
            return replace(colonne, donne="rien", mesure=None, raison=_NON_RETENUE)
    if muette and colonne.mesure is None:
        return replace(colonne, donne="rien")
    if not muette:  # the row or the sheet says what is counted
        commun = next(iter(codes)) if len(codes) == 1 else None
        modalite = colonne.mesure if colonne.mesure and ":" not in colonne.mesure else None
        colonne = replace(
            colonne, mesure=None, modalite=modalite, code=None if commun == "valeur" else commun
        )
    return replace(colonne, donne="valeur", structure=structure)
