"""What changed in the workbook of the next year without any error: told, as nothing else would show it.

A blank row ends a table sooner, a title or a header loses its words, a constant year goes on: the rows are
there, with words that the declaration knows, and nobody reads them, or not for whom they are.
"""

from collections import defaultdict
from collections.abc import Sequence

from etl.classeurs import Feuille
from etl.classeurs_libres.declaration.modele import PERSONNE, Facette, TableauDeclare
from etl.classeurs_libres.description import attribution
from etl.classeurs_libres.lecture import entetes
from etl.classeurs_libres.lecture.constantes import extraire, facettes_de
from etl.classeurs_libres.lecture.etiquettes import nettoyer
from etl.classeurs_libres.lecture.releve import Place, Releve, contenu, ecrit_un_nombre, est_vide, texte_lu
from etl.classeurs_libres.libelles import identifier
from etl.classeurs_libres.mots import JOKER, correspond, simplifier
from etl.classeurs_libres.regles import enumerer
from etl.classeurs_libres.word.lieux import lieux

_NOMMENT = ("structure", "mesure", "annee")


def dire_titres_absents(tableau: TableauDeclare, feuilles: Sequence[Feuille], releve: Releve) -> None:
    """Tell the declared titles that stand nowhere: the rows that followed one are read under the former."""
    noms: dict[str, list[str]] = defaultdict(list)  # id → its wordings, over the years
    for facette in facettes_de(tableau, releve).values():
        for libelle, identifiant in (facette.noms or {}).items() if facette.au_dessus else ():
            noms[identifiant].append(libelle)
    ecrits = {
        simplifier(mots)
        for feuille in feuilles
        if noms
        for rangee in feuille.rangees
        for lu in rangee
        if isinstance(lu, str)
        for mots in (lu, lu.rpartition(":")[2])
    }
    absents = [
        libelles[0]
        for identifiant, libelles in noms.items()
        if identifiant != PERSONNE and not any(JOKER in mot or simplifier(mot) in ecrits for mot in libelles)
    ]
    if absents:
        feuille = feuilles[0].nom if len(feuilles) == 1 else None
        releve.noter("titre_absent", feuille, titres=enumerer([f"« {mot} »" for mot in sorted(absents)]))


def dire_annee_contredite(feuilles: Sequence[Feuille], releve: Releve) -> None:
    """Tell a workbook that says another year than the one its declaration gives it for ever."""
    declaree = releve.declaration.annee.valeur if releve.declaration.annee else None
    for feuille in feuilles if declaree else ():
        rangs = (entetes.trouver(feuille, t) for t in releve.declaration.tableaux)
        tetes = {feuille.nom: min((e.rang for e in rangs if e), default=0)}
        for dit in attribution.annee_dite([feuille], tetes, releve.fichier, releve.referentiel):
            lu = extraire(dit.libelles[0], Facette(motif=dit.facette["motif"]))
            annee = identifier("annee", lu, None, releve.referentiel)
            if annee and annee != declaree:
                releve.noter(
                    "annee_contredite", feuille.nom, lu=dit.libelles[0], annee=annee, declaree=declaree
                )
                return


def passer_ecartes(feuille: Feuille, releve: Releve) -> None:
    """Account for the tables of a sheet that are declared not read."""
    siens = [
        e for e in releve.declaration.tableaux_ecartes if any(correspond(m, feuille.nom) for m in e.feuilles)
    ]
    declares = [*releve.declaration.tableaux, *siens]
    for ecarte in siens:
        rangs: list[int] = []
        colonnes: list[int] = []
        for rang, rangee in enumerate(feuille.rangees):
            if entete := entetes.a_ce_rang(feuille, ecarte, rang):
                colonnes = list(entete.noms)
            elif all(map(est_vide, rangee)) or any(entetes.a_ce_rang(feuille, t, rang) for t in declares):
                colonnes = []
            if colonnes:
                releve.compter(feuille, rang, colonnes)
                rangs.append(rang)
        if rangs:
            ou = releve.lignes(feuille.nom, rangs)
            releve.noter("tableau_ecarte", feuille.nom, (rangs[0], 0), raison=ecarte.raison, lignes=ou)


def dire_masquees(releve: Releve) -> None:
    """Tell the values taken in rows or columns that their sheet does not show: a filter, an older year."""
    for feuille in releve.feuilles.values():
        lignes, colonnes = feuille.masques
        caches = [
            p.place
            for p in releve.prises
            if p.feuille == feuille.nom and not est_vide(p.lu)
            if p.place[0] in lignes or p.place[1] in colonnes
        ]
        if caches and not feuille.cachee:  # of a hidden sheet, all is told
            releve.noter("cases_masquees", feuille.nom, caches[0], adresses=lieux(feuille, caches))


def lignes_connues(feuille: Feuille, reste: Sequence[Place], releve: Releve) -> dict[int, str]:
    """Row (from 0) → its wording, of the unread rows that hold a number after words that a table of the
    declaration knows: the name of a structure, what it counts, a year."""
    colonnes = [
        c
        for t in releve.declaration.tableaux
        if any(correspond(m, feuille.nom) for m in t.feuilles)
        for c in t.colonnes
        if c.donne in _NOMMENT
    ]
    par_rang: dict[int, list[object]] = {}
    for place in reste if colonnes else ():
        par_rang.setdefault(place[0], []).append(contenu(feuille, place))
    return {
        rang: texte_lu(lus[0])
        for rang, lus in par_rang.items()
        if any(map(ecrit_un_nombre, lus[1:]))
        and any(releve.essayer(c.donne, nettoyer(c, texte_lu(lus[0])), c.noms) for c in colonnes)
    }
