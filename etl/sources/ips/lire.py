"""Position index of schools: primary schools and collèges are two measures, printed in one column.

The producer has one file for each (`fr-en-ips_ecoles…`, `fr-en-ips_colleges…`) and no column that says which:
the name of the file does, else the names of its schools. What neither says, or both say otherwise, is told.
"""

import collections
import re

from etl.sources.correspondance import associer
from etl.sources.extraction import Choix, cellule, extraire
from etl.sources.modele import Contexte, LectureSource, ecarter
from etl.sources.tables import normaliser

_COLLEGE, _ECOLE, _LYCEE = "ips_college", "ips", "lycée"
_MOTS = {"college": _COLLEGE, "ecole": _ECOLE, "lycee": _LYCEE}
_DEBUTS = (
    (_COLLEGE, re.compile(r"(?:colleges?|clg)(?:_|$)")),
    (_LYCEE, re.compile(r"(?:lycees?|lpo|lp|lgt|legta?)(?:_|$)")),
    (
        _ECOLE,
        re.compile(
            r"(?:ecoles?|maternelle|elementaire|primaire|groupe_scolaire|rpi|e_e_pu|e_p_pu|e_m_pu|e_e_pr|e_p_pr"
            r"|(?:ee|ep|em|epp|eep)(?:pu|pr)?)(?:_|$)"
        ),
    ),
)
_PRESQUE_TOUS = 9  # out of ten: a few collèges are called « école »
_NOMMER = "Gardez au fichier le nom de son producteur, par exemple « fr-en-ips_colleges_2022.csv »."


def lire(contexte: Contexte) -> LectureSource:
    """Read a file of écoles or of collèges."""
    du_fichier = _type_du_fichier(contexte) or _type_des_noms(contexte)
    titre = contexte.famille.titre
    if du_fichier == _LYCEE:
        message = f"{titre} : ce fichier porte des lycées, que le tableau de bord ne lit pas."
        return ecarter(contexte.famille.source_id, "ignore", "lycees", message)
    if du_fichier is None and associer(contexte.famille, contexte.tableau.entetes).nom is None:
        message = f"{titre} : rien ne dit si ce fichier porte des écoles ou des collèges. {_NOMMER}"
        return ecarter(contexte.famille.source_id, "refuse", "type_inconnu", message)
    return extraire(contexte, lambda nom: _choisir(nom, du_fichier))


def _choisir(nom: str, du_fichier: str | None) -> Choix:
    """The measure that a school feeds, by its own name and by what its file holds."""
    du_nom = _type_du_nom(nom)
    if du_nom and du_fichier and du_nom != du_fichier:
        attendu = "des collèges" if du_fichier == _COLLEGE else "des écoles"
        message = f"« {nom} » est dans un fichier qui porte {attendu} : ligne non chargée. {_NOMMER}"
        return Choix(refus=("type_contradictoire", message))
    if (du_nom or du_fichier) in (None, _LYCEE):
        message = (
            f"« {nom} » : ni ce nom ni le fichier ne disent si c’est une école ou un collège. Ligne non "
            f"chargée. {_NOMMER}"
        )
        return Choix(refus=("type_inconnu", message))
    return Choix(frozenset({du_nom or du_fichier}))


def _type_du_fichier(contexte: Contexte) -> str | None:
    """What the closest name says: the table's, the file's, its folder's."""
    dits = ({t for mot, t in _MOTS.items() if mot in normaliser(nom.texte)} for nom in contexte.noms)
    types = next(filter(None, dits), set())
    return types.pop() if len(types) == 1 else None


def _type_des_noms(contexte: Contexte) -> str | None:
    """What nearly all the schools of the file are, by their names."""
    place = associer(contexte.famille, contexte.tableau.entetes).nom
    if place is None:
        return None
    noms = (_type_du_nom(cellule(cellules, place)) for _, cellules in contexte.tableau.lire({place}))
    comptes = collections.Counter(filter(None, noms))
    premier, nombre = next(iter(comptes.most_common(1)), (None, 0))
    return premier if nombre >= _PRESQUE_TOUS * (comptes.total() - nombre) else None


def _type_du_nom(nom: str) -> str | None:
    debut = normaliser(nom)
    return next((t for t, motif in _DEBUTS if motif.match(debut)), None)
