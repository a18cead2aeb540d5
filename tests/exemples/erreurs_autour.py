"""Errors sown around the answer cells: lines sorted, words typed over, answers written beside."""

import itertools
import random
import re
from collections.abc import Callable

from etl.canevas.reponse.nombres import Nature
from tests.exemples.feuille_semee import NOMBRES, V1, FeuilleSemee, objet, saisies
from tests.exemples.formulaire_rempli import COLONNES, ID


def _lignes_echangees(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
    """Two visible lines of a breakdown exchanged, as a sort does; the hidden ids stay where they were."""
    places = [
        (un, autre)
        for un, autre in itertools.pairwise(f.attendues)
        if f.attendues[un].cle.ventilation
        and objet(un) == objet(autre)
        and f.attendues[un].codes == f.attendues[autre].codes
        and f.libre(un)
        and autre in f.rangs
        and f.est_nombre(un)
        and f.est_nombre(autre)
        and f.valeur(un) != f.valeur(autre)
    ]
    if not places:
        return None
    haut, bas = (f.rangs[cle] for cle in alea.choice(places))
    f.prises.add(objet(str(f.feuille.cell(haut, ID).value)))
    for colonne in range(COLONNES["libelle"], COLONNES["remarque"] + 1):
        un, autre = f.feuille.cell(haut, colonne), f.feuille.cell(bas, colonne)
        un.value, autre.value = autre.value, un.value
    return tuple(f.feuille.cell(rang, COLONNES["libelle"]).coordinate for rang in (haut, bas))


def _a_cote(nom: str) -> Callable:
    """An answer typed in another column of its row; in the words of the question when `nom` is theirs."""

    def semer(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
        places = [
            cle for cle, _ in saisies(f, *NOMBRES) if len(f.attendues[cle].codes) == 1 and f.est_nombre(cle)
        ]
        if not places:
            return None
        cle = alea.choice(places)
        cellule = f.feuille.cell(f.rangs[cle], COLONNES[nom])
        lu = f.valeur(cle)
        cellule.value = f"{cellule.value} : {lu}" if nom == "libelle" else lu
        f.ecrire(cle, None)
        return (cellule.coordinate,)

    return semer


def _libelle(recrire: Callable[[FeuilleSemee, str], str | None]) -> Callable:
    """The words of an answered question typed over."""

    def semer(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
        places = [(cle, mots) for cle, _ in saisies(f, *NOMBRES) if (mots := recrire(f, cle))]
        if not places:
            return None
        cle, mots = alea.choice(places)
        f.prises.add(objet(cle))
        cellule = f.feuille.cell(f.rangs[cle], COLONNES["libelle"])
        cellule.value = mots
        return (cellule.coordinate,)

    return semer


def _mots(f: FeuilleSemee, cle: str) -> str:
    return str(f.feuille.cell(f.rangs[cle], COLONNES["libelle"]).value)


def _d_une_autre(f: FeuilleSemee, cle: str) -> str | None:
    autres = [autre for autre in f.rangs if autre in f.attendues and objet(autre) != objet(cle)]
    return next((_mots(f, autre) for autre in autres if not f.attendues[autre].cle.ventilation), None)


def _d_une_autre_annee(f: FeuilleSemee, cle: str) -> str | None:
    """A year, a day or an age of the question replaced by another."""
    mots = _mots(f, cle)
    recrits = re.sub(r"[0-9]+", lambda m: str(int(m[0]) + 1), mots, count=1)
    return recrits if recrits != mots else None


def _intitules_echanges(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
    """« sur » typed over « combien », and the other way round."""
    for rang in range(1, f.feuille.max_row + 1):
        un, autre = (f.feuille.cell(rang, V1 + k) for k in (0, 1))
        if un.value != "combien":
            continue
        dessous = [c for c, ligne in f.attendues.items() if c in f.rangs and "numerateur" in ligne.codes]
        if all(f.libre(cle) for cle in dessous):
            f.prises |= {objet(cle) for cle in dessous}
            un.value, autre.value = autre.value, un.value
            return un.coordinate, autre.coordinate
    return None


def _une_case_a_droite(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
    """All the answers of a row typed one cell too far."""
    places = [
        cle
        for cle, ligne in f.attendues.items()
        if 1 < len(ligne.codes) < 4 and f.libre(cle) and f.est_nombre(cle, *range(len(ligne.codes)))
    ]
    if not places:
        return None
    cle = alea.choice(places)
    nombre = len(f.attendues[cle].codes)
    lus = [f.valeur(cle, colonne) for colonne in range(nombre)]
    f.ecrire(cle, None)
    return tuple(f.ecrire(cle, lu, rang) for rang, lu in enumerate(lus, start=1))[-1:]


def _en_milliers(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
    """« en k€ » beside amounts typed as they were asked, or not: nobody knows."""
    places = [cle for cle, _ in saisies(f, Nature.MONTANT)]
    if not places:
        return None
    cle = alea.choice(places)
    return (f.ecrire(cle, "en k€", COLONNES["remarque"] - V1),)


AUTOUR: dict[str, Callable[[FeuilleSemee, random.Random], tuple[str, ...] | None]] = {
    "lignes_echangees": _lignes_echangees,
    "dans_l_unite": _a_cote("unite"),
    "dans_le_rappel": _a_cote("precedent"),
    "dans_le_libelle": _a_cote("libelle"),
    "libelle_d_une_autre": _libelle(_d_une_autre),
    "libelle_d_une_autre_annee": _libelle(_d_une_autre_annee),
    "intitules_echanges": _intitules_echanges,
    "une_case_a_droite": _une_case_a_droite,
    "en_milliers": _en_milliers,
}
