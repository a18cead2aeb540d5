"""Errors sown by a program in forms that had none: what people do, each at a cell known beforehand."""

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from etl.canevas.plan import Ligne
from etl.canevas.reponse.nombres import Nature
from tests.exemples.campagne_fictive import convention
from tests.exemples.erreurs_autour import AUTOUR
from tests.exemples.feuille_semee import (
    NOMBRES,
    PRECEDENT,
    V1,
    FeuilleSemee,
    Semee,
    formulaires,
    objet,
    saisies,
)
from tests.exemples.formulaire_rempli import CODES, COLONNES, ID

__all__ = ["GENRES", "Semee", "semer"]


def _taper(
    valeur: object, *natures: Nature
) -> Callable[[FeuilleSemee, random.Random], tuple[str, ...] | None]:
    """Type something else in one filled cell."""

    def semer(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
        places = list(saisies(f, *natures))
        if not places:
            return None
        cle, colonne = alea.choice(places)
        return (f.ecrire(cle, valeur, colonne),)

    return semer


def _depasser(codes: tuple[str, ...], partie: int, tout: int) -> Callable:
    """A part larger than its whole: both stand on one row."""

    def semer(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
        places = [
            cle
            for cle, ligne in f.attendues.items()
            if ligne.codes == codes
            and ligne.cle.ventilation is None
            and f.libre(cle)
            and _est_une_part(ligne)
            and f.est_nombre(cle, tout)
        ]
        if not places:
            return None
        cle = alea.choice(places)
        return (f.ecrire(cle, f.valeur(cle, tout) + 9, partie),)

    return semer


def _est_une_part(ligne: Ligne) -> bool:
    return convention().indicateurs[ligne.cle.objet_id].unite == "%"


def _vider_le_denominateur(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
    places = [
        cle
        for cle, ligne in f.attendues.items()
        if ligne.codes == ("numerateur", "denominateur") and f.libre(cle) and f.est_nombre(cle, 0, 1)
    ]
    return (f.ecrire(alea.choice(places), None, 1),) if places else None


def _total_faux(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
    """A total that its complete and exclusive breakdown contradicts."""
    ventilations = convention().ventilations
    places = set()
    for ligne in f.attendues.values():
        ventilation = ligne.cle.ventilation
        total = f"i:{ligne.cle.objet_id}"
        if (
            ventilation
            and ventilations[ventilation].exclusive
            and total in f.attendues
            and f.attendues[total].codes == ("valeur",)
            and f.libre(total)
            and f.est_nombre(total)
        ):
            parts = [f"{total}#{ventilation}={m.modalite_id}" for m in ventilations[ventilation].modalites]
            if all(f.est_nombre(p) for p in parts if p in f.rangs):
                places.add(total)
    if not places:
        return None
    cle = alea.choice(sorted(places))
    return (f.ecrire(cle, f.valeur(cle) + 7),)


def _compte_faux(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
    cle = "c:total-charges"
    if not (f.libre(cle) and f.est_nombre(cle, 1)):
        return None
    return (f.ecrire(cle, f.valeur(cle, 1) + 5_000, 1),)


def _ecart(petit: str, grand: str, ecart: int) -> Callable:
    """One figure of the life of the structure that another one bounds."""

    def semer(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
        if not (f.libre(petit) and grand in f.rangs and f.est_nombre(grand)):
            return None
        return (f.ecrire(petit, f.valeur(grand) + ecart),)

    return semer


def _parts_sans_cent(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
    parts = ["v:adherents-qf-800", "v:adherents-qf-3000", "v:adherents-qf-plus"]
    if not all(f.libre(cle) and f.est_nombre(cle) for cle in parts):
        return None
    lue = f.valeur(parts[0])
    f.ecrire(parts[0], lue + 0.1 if lue < 0.8 else lue - 0.3)
    return tuple(f.feuille.cell(f.rangs[cle], V1).coordinate for cle in parts)


def _zero_de_trop(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
    """Ten times the value: far from last year's."""
    places = [
        cle
        for cle, ligne in f.attendues.items()
        if ligne.codes == ("valeur",)
        and ligne.cle.rubrique == "i"
        and ligne.cle.ventilation is None
        and not any(autre.startswith(f"{cle}#") for autre in f.attendues)
        and f.libre(cle)
        and f.valeur(cle, PRECEDENT) is not None
        and f.est_nombre(cle)
        and f.valeur(cle) >= 20
    ]
    if not places:
        return None
    cle = alea.choice(places)
    return (f.ecrire(cle, f.valeur(cle) * 10),)


def _hors_du_cadre(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
    """A number beside the table, where nothing is asked."""
    libres = [cle for cle in f.attendues if f.libre(cle)]
    if not libres:
        return None
    cle = alea.choice(libres)
    f.prises.add(objet(cle))
    cellule = f.feuille.cell(f.rangs[cle], COLONNES["remarque"] + 2)
    cellule.value = 250
    return (cellule.coordinate,)


def _codes_effaces(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
    libres = [cle for cle in f.attendues if f.libre(cle)]
    if not libres:
        return None
    cle = alea.choice(libres)
    f.prises.add(objet(cle))
    cellule = f.feuille.cell(f.rangs[cle], CODES)
    cellule.value = "total"
    return (cellule.coordinate,)


def _ligne_copiee(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
    """A row pasted again under the table."""
    places = list(saisies(f, Nature.ENTIER))
    if not places:
        return None
    cle, _ = alea.choice(places)
    f.prises.add(objet(cle))
    bas = f.feuille.max_row + 1
    for colonne in range(1, COLONNES["remarque"] + 1):
        f.feuille.cell(bas, colonne).value = f.feuille.cell(f.rangs[cle], colonne).value
    return tuple(f.feuille.cell(rang, ID).coordinate for rang in (bas, f.rangs[cle]))


def _fusionner(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
    """One total merged over the four quarters."""
    places = [
        cle
        for cle, ligne in f.attendues.items()
        if ligne.codes == ("T1", "T2", "T3", "T4") and f.libre(cle) and f.est_nombre(cle, 0, 1, 2, 3)
    ]
    if not places:
        return None
    cle = alea.choice(places)
    rang = f.rangs[cle]
    f.prises.add(objet(cle))
    f.feuille.merge_cells(start_row=rang, end_row=rang, start_column=V1, end_column=V1 + 3)
    return tuple(f.feuille.cell(rang, V1 + k).coordinate for k in range(4))


def _identite(cle: str, valeur: object) -> Callable:
    """A form that says it is somebody else's, or another year's: it is refused whole."""

    def semer(f: FeuilleSemee, alea: random.Random) -> tuple[str, ...] | None:
        if f.prises:
            return None
        f.prises |= {objet(autre) for autre in f.attendues}
        return (f.ecrire(cle, valeur),)

    return semer


GENRES: dict[str, Callable[[FeuilleSemee, random.Random], tuple[str, ...] | None]] = {
    "annee_fausse": _identite("m:annee", 2019),
    "nom_d_une_autre": _identite("m:nom", "Crèche des Lilas"),
    "texte": _taper("plus de trois cents", *NOMBRES),
    "negatif": _taper(-3, Nature.ENTIER, Nature.DECIMAL),
    "fraction": _taper(12.5, Nature.ENTIER),
    "ambigu": _taper("1.234", Nature.ENTIER),
    "intervalle": _taper("12 à 15", *NOMBRES),
    "telephone": _taper("03 80 45 67 89", Nature.ENTIER),
    "siret": _taper(38_045_678_901_234, Nature.ENTIER),
    "erreur": _taper("#DIV/0!", *NOMBRES),
    "formule": _taper("=SUM(Z1:Z9)*2", *NOMBRES),
    "date": _taper(dt.datetime(2025, 3, 12), *NOMBRES),
    "cent_vingt_pour_cent": _taper(120, Nature.POURCENTAGE),
    "part_plus_grande": _depasser(("numerateur", "denominateur"), 0, 1),
    "satisfaits": _depasser(("proposes", "repondants", "satisfaits"), 2, 1),
    "denominateur_vide": _vider_le_denominateur,
    "total_faux": _total_faux,
    "compte_faux": _compte_faux,
    "etp": _ecart("v:etp-permanents", "v:salaries-permanents", 6),
    "adherents": _ecart("v:adherents", "v:familles", -5),
    "parts": _parts_sans_cent,
    "zero_de_trop": _zero_de_trop,
    "hors_du_cadre": _hors_du_cadre,
    "codes_effaces": _codes_effaces,
    "ligne_copiee": _ligne_copiee,
    "fusion": _fusionner,
    **AUTOUR,
}


def semer(classeurs: list[Path], annee: int, nombre: int, graine: int) -> list[Semee]:
    """Sow `nombre` errors in these workbooks, in place, each kind in turn; nothing is sown twice in a row."""
    alea = random.Random(graine)
    ouverts = {chemin: load_workbook(chemin) for chemin in classeurs}
    feuilles = [(chemin, f) for chemin, classeur in ouverts.items() for f in formulaires(classeur, annee)]
    semees: list[Semee] = []
    while len(semees) < nombre:
        avant = len(semees)
        for genre, geste in GENRES.items():
            for chemin, f in alea.sample(feuilles, len(feuilles)):
                if len(semees) < nombre and (cellules := geste(f, alea)):
                    semees.append(Semee(genre, chemin.name, f.feuille.title, cellules))
                    break
        assert len(semees) > avant, "no room left for another error"
    for chemin, classeur in ouverts.items():
        classeur.save(chemin)
    return semees
