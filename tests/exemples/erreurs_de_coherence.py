"""Errors that no cell shows by itself, sown in clean forms: each number is a fine number, beside another."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

from openpyxl import load_workbook

from tests.exemples.campagne_fictive import convention
from tests.exemples.feuille_semee import V1, FeuilleSemee, Semee, formulaires

PAR_GENRE = 6  # at most: the accounts are asked of nine structures
_N1, _N, _N2 = range(3)  # the columns of the accounts: last year, this one, the next
_PRODUITS = ("c:subventions", "c:recettes-propres", "c:autres-recettes", "c:reprises")


def _adresse(f: FeuilleSemee, cle: str, colonne: int = 0) -> str:
    return f.feuille.cell(f.rangs[cle], V1 + colonne).coordinate


def _ventilees(f: FeuilleSemee, codes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(row of a « dont », row of its total) left alone so far; the total asks `codes`, and all is filled."""
    for cle, ligne in f.attendues.items():
        total = f"i:{ligne.cle.objet_id}"
        if (
            ligne.cle.ventilation
            and f.libre(cle)
            and f.est_nombre(cle)
            and total in f.attendues
            and f.attendues[total].codes == codes
            and f.est_nombre(total, *range(len(codes)))
        ):
            yield cle, total


def _dont_du_numerateur(f: FeuilleSemee) -> str | None:
    """One more than the numerator, and no more than the denominator."""
    for dont, total in _ventilees(f, ("numerateur", "denominateur")):
        if f.attendues[dont].codes == ("numerateur",) and f.valeur(total) < f.valeur(total, 1):
            f.ecrire(dont, f.valeur(total) + 1)
            return _adresse(f, total)
    return None


def _dont_sans_total(f: FeuilleSemee) -> str | None:
    for _, total in _ventilees(f, ("valeur",)):
        return f.ecrire(total, None)
    return None


def _part_videe(f: FeuilleSemee) -> str | None:
    """The largest part of an exclusive breakdown left blank: the others no longer add up."""
    for dont, total in _ventilees(f, ("valeur",)):
        ventilation = f.attendues[dont].cle.ventilation
        parts = [cle for cle in f.attendues if cle.startswith(f"{total}#{ventilation}=")]
        if convention().ventilations[ventilation].exclusive and all(map(f.est_nombre, parts)):
            f.ecrire(max(parts, key=f.valeur), None)
            return _adresse(f, total)
    return None


def _parts_echangees(f: FeuilleSemee) -> str | None:
    """Two shares of the members exchanged: they still make 100 %."""
    chez_eux, ailleurs = "v:adherents-territoire", "v:adherents-hors-ville"
    if not (f.libre(chez_eux) and f.est_nombre(chez_eux) and f.est_nombre(ailleurs)):
        return None
    habitants, autres = f.valeur(chez_eux), f.valeur(ailleurs)
    f.ecrire(ailleurs, habitants)
    return f.ecrire(chez_eux, autres)


def _deux_questions(
    touchee: str, autre: str, nombre: Callable[[int], int], colonne: int = 0, dite_a_l_autre: bool = True
) -> Callable:
    """Answer `touchee` from what `autre` says in its column; one of the two is told."""

    def semer(f: FeuilleSemee) -> str | None:
        cles = (touchee, autre)
        if not all(cle in f.attendues and f.libre(cle) for cle in cles) or not f.est_nombre(autre, colonne):
            return None
        dite = f.ecrire(touchee, nombre(f.valeur(autre, colonne)))
        return _adresse(f, autre, colonne) if dite_a_l_autre else dite

    return semer


def _trimestres_recopies(f: FeuilleSemee) -> str | None:
    for cle, ligne in f.attendues.items():
        if ligne.codes == ("T1", "T2", "T3", "T4") and f.libre(cle) and f.est_nombre(cle, 0, 1, 2, 3):
            nombre = max(f.valeur(cle), 10)
            return [f.ecrire(cle, nombre, colonne) for colonne in range(4)][0]
    return None


def _comptes(f: FeuilleSemee) -> list[str]:
    """The rows of the accounts, when they are filled and nothing was sown there."""
    cles = [cle for cle in f.attendues if cle.startswith("c:")]
    remplis = all(f.libre(cle) and f.est_nombre(cle, _N1, _N, _N2) for cle in cles)
    return cles if remplis else []


def _somme_partielle(f: FeuilleSemee) -> str | None:
    """Two rows left blank; what remains is already more than the total."""
    if not _comptes(f):
        return None
    total = f.valeur("c:total-produits", _N)
    for cle, montant in zip(_PRODUITS, (total * 0.8, total * 0.3, None, None), strict=True):
        f.ecrire(cle, montant if montant is None else round(montant), _N)
    return _adresse(f, "c:total-produits", _N)


def _saut_d_un_compte(f: FeuilleSemee) -> str | None:
    return f.ecrire("c:charges-externes", 4 * f.valeur("c:charges-externes", _N), _N) if _comptes(f) else None


def _milliers_d_euros(f: FeuilleSemee) -> str | None:
    for cle in (comptes := _comptes(f)):
        for colonne in (_N1, _N, _N2):
            f.ecrire(cle, f.valeur(cle, colonne) / 1000, colonne)
    return _adresse(f, "c:total-produits", _N) if comptes else None


def _colonne_recopiee(f: FeuilleSemee) -> str | None:
    for cle in (comptes := _comptes(f)):
        f.ecrire(cle, f.valeur(cle, _N1), _N)
    return min(_adresse(f, cle, _N) for cle in comptes) if comptes else None


# kind: (the control that tells it, how it is sown: the cell it is told at, None where there is no room)
GENRES: dict[str, tuple[str, Callable[[FeuilleSemee], str | None]]] = {
    "dont_du_numerateur": ("repartition_differente", _dont_du_numerateur),
    "dont_sans_total": ("reponse_incomplete", _dont_sans_total),
    "part_videe": ("repartition_differente", _part_videe),
    "parts_echangees": ("sauts", _parts_echangees),
    "partie_et_tout": (
        "reponses_contradictoires",
        _deux_questions("i:JE-2.3.3-b", "i:JE-2.3.3-a", lambda portes: portes + 3, dite_a_l_autre=False),
    ),
    "deux_fois_le_meme": (
        "reponses_contradictoires",
        _deux_questions("i:PE-2.0.2-b", "i:PE-2.0.2-d", lambda admis: admis - 2, colonne=1),
    ),
    "des_jeunes_sans_action": (
        "reponses_contradictoires",
        _deux_questions("i:JE-3.1.1-a", "i:JE-3.1.2-a", lambda jeunes: 0),
    ),
    "trimestres_recopies": ("nombre_recopie", _trimestres_recopies),
    "somme_partielle": ("comptes_incoherents", _somme_partielle),
    "saut_d_un_compte": ("sauts_des_comptes", _saut_d_un_compte),
    "milliers_d_euros": ("sauts_des_comptes", _milliers_d_euros),
    "colonne_recopiee": ("exercices_identiques", _colonne_recopiee),
}


def semer_des_incoherences(classeurs: list[Path], annee: int, graine: int) -> list[Semee]:
    """Sow each kind in a few forms of these workbooks, in place; never two on one measure or on accounts."""
    alea = random.Random(graine)
    ouverts = {chemin: load_workbook(chemin) for chemin in classeurs}
    feuilles = [(chemin, f) for chemin, classeur in ouverts.items() for f in formulaires(classeur, annee)]
    semees: list[Semee] = []
    for _ in range(PAR_GENRE):
        for genre, (_, geste) in GENRES.items():
            for chemin, f in alea.sample(feuilles, len(feuilles)):
                if cellule := geste(f):
                    semees.append(Semee(genre, chemin.name, f.feuille.title, (cellule,)))
                    break
    for chemin, classeur in ouverts.items():
        classeur.save(chemin)
    return semees
