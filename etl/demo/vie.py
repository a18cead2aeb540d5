"""The life of a structure: places, jobs, members, and shares that add up to 100."""

from etl.demo.alea import arrondir, fluctuation, repartir
from etl.demo.profils import ANNEE_ZERO, Repondant

# Smallest and largest of a type in the reference year; posts in full-time equivalents, to half a post.
_ORDRES: dict[str, dict[str, tuple[float, float]]] = {
    "places": {"eaje": (30, 60)},
    "salaries-permanents": {"centre-social": (9, 26), "alsh-adolescents": (2, 4)},
    "etp-permanents": {
        "eaje": (8, 19),
        "rpe": (1.5, 3),
        "alsh": (2, 96),
        "mediatheque": (78, 78),
        "ludotheque": (2, 2),
        "laep": (1, 1),
    },
    "salaries-non-permanents": {"centre-social": (6, 30), "alsh-adolescents": (2, 6)},
    "etp-non-permanents": {
        "alsh": (1, 120),
        "mediatheque": (6, 6),
    },
    "adherents": {
        "centre-social": (320, 1400),
        "alsh-adolescents": (50, 120),
        "mediatheque": (21400, 21400),
        "ludotheque": (640, 640),
    },
    "familles": {"centre-social": (140, 560), "ludotheque": (310, 310), "laep": (96, 96)},
}
_PARTS = {
    "adherents-territoire": 68,
    "adherents-autres-quartiers": 24,
    "adherents-hors-ville": 8,
    "adherents-qf-800": 46,
    "adherents-qf-3000": 49,
    "adherents-qf-plus": 5,
}
# Full-time equivalents of the staff declared in another field: never more posts than persons.
_ETP_DE = {
    "etp-permanents": ("salaries-permanents", 0.78),
    "etp-non-permanents": ("salaries-non-permanents", 0.22),
}
_GROUPES = (tuple(_PARTS)[:3], tuple(_PARTS)[3:])
_PLACES = "places"
_CROISSANCE = 1.02


def vie_de_structure(champ_id: str, repondant: Repondant, annee: int) -> float | None:
    """The value declared for a field: a count, posts to half a post, or points of a hundred (68.0).

    None for a field nobody sized: it is left blank.
    """
    for groupe in _GROUPES:
        if champ_id in groupe:
            return _part(champ_id, groupe, repondant, annee)
    bornes = _ORDRES.get(champ_id, {}).get(repondant.profil)
    if bornes is not None:
        return _effectif(champ_id, bornes, repondant, annee)
    if champ_id in _ETP_DE:
        salaries_id, part = _ETP_DE[champ_id]
        salaries = vie_de_structure(salaries_id, repondant, annee)
        return None if salaries is None else _demi(salaries * part)
    return None


def _effectif(champ_id: str, bornes: tuple[float, float], repondant: Repondant, annee: int) -> float:
    mini, maxi = bornes
    depart = mini * (maxi / mini) ** repondant.taille
    if champ_id == _PLACES:
        return round(depart)  # an agreement does not move
    cle = (champ_id, repondant.repondant_id)
    valeur = depart * fluctuation(0.1, *cle) * fluctuation(0.03, *cle, annee)
    if champ_id in _ETP_DE:
        return _demi(valeur)
    return arrondir(valeur * _CROISSANCE ** (annee - ANNEE_ZERO), *cle, annee)


def _demi(postes: float) -> float:
    return max(round(postes * 2) / 2, 0.5)


def _part(champ_id: str, groupe: tuple[str, ...], repondant: Repondant, annee: int) -> float:
    graine = (repondant.repondant_id, annee)
    poids = [
        _PARTS[c] * fluctuation(0.25, c, repondant.repondant_id) * fluctuation(0.04, c, *graine)
        for c in groupe
    ]
    return float(dict(zip(groupe, repartir(100, poids), strict=True))[champ_id])
