"""From a wording to an id: what was declared, what is written exactly so in the convention, else a proposal.

A wording that is only close is never taken (« tolerant to people, strict about numbers »): the sentence
proposes it, the officer adds it to the declaration.
"""

import datetime as dt
import re
from functools import lru_cache, partial
from typing import NamedTuple

from ctg.referentiel import Referentiel
from etl.canevas.plan import SANS_QUARTIER
from etl.classeurs_libres.mots import chercher, ecrit, simplifier
from etl.classeurs_libres.ressemblance import mots_courants, ressemblance, ressemblance_de_noms

_PROCHE = 80  # of 100: under it, a proposal would surprise
_TROP_COURT = 3  # letters: two of them look like anything
_ANNEE = re.compile(r"(?:19|20)[0-9]{2}")
_SCOLAIRE = re.compile(r"((?:19|20)[0-9]{2})\s?[-/]\s?((?:19|20)?[0-9]{2})")
_ISO = re.compile(r"((?:19|20)[0-9]{2})-[0-9]{2}-[0-9]{2}(?:[T ].*)?")
_FRANCAISE = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-]((?:19|20)[0-9]{2})")
QUOI = {
    "structure": "La structure",
    "fiche": "La fiche",
    "annee": "L’année",
    "mesure": "La mesure",
    "code": "Le code de la valeur",
    "modalite": "La modalité",
    "quartier": "Le quartier",
}


class Proposition(NamedTuple):
    """An id, its name, and how close it is: from 0 (nothing alike) to 100."""

    valeur: str
    nom: str
    score: int


def identifier(facette: str, lu: object, noms: dict[str, str] | None, referentiel: Referentiel) -> str | None:
    """The id that a cell names for a facet, or None; exact words only, homonyms are nobody."""
    texte = ecrit(lu)
    if noms and (trouve := chercher(noms, texte)) is not None:
        return trouve
    if facette == "annee":
        return _annee(lu)
    connus = _connus(facette, _cle(referentiel))
    ids = connus.get(simplifier(texte), ())
    return ids[0] if len(ids) == 1 else None


def proposer(facette: str, texte: str, referentiel: Referentiel, nombre: int = 3) -> list[Proposition]:
    """The closest names of the convention, best first, homonyms one by one; none when all are far."""
    connus, mots = _connus(facette, _cle(referentiel)), simplifier(texte)
    if len(mots) < _TROP_COURT:
        return []
    proche = ressemblance
    if facette == "structure":
        proche = partial(ressemblance_de_noms, courants=mots_que_plusieurs_portent(referentiel))
    notes = sorted(((proche(mots, nom), -rang, nom) for rang, nom in enumerate(connus)), reverse=True)
    trouvees: dict[str, Proposition] = {}
    for score, _, nom in notes[:nombre]:
        for valeur in connus[nom] if score >= _PROCHE else ():
            # an id is known by its name and by itself: its best score is said once
            entier = _nom(facette, valeur, referentiel)
            trouvees.setdefault(valeur, Proposition(valeur, entier, round(score)))
    return list(trouvees.values())


def mots_que_plusieurs_portent(referentiel: Referentiel) -> frozenset[str]:
    """The words of the names of structures that tell none of them: « multi-accueil »."""
    noms = tuple(simplifier(s.nom) for s in referentiel.structures.values())
    return mots_courants(noms, tuple(simplifier(q.nom) for q in referentiel.quartiers.values()))


def en_proposition(propositions: list[Proposition]) -> str:
    """How a sentence says them: « ; proche de « La Maison-Phare » [maison-phare] (92 %) ».

    The name is for who reads, the id for who completes the declaration.
    """
    dites = ", ".join(f"« {p.nom} » [{p.valeur}] ({p.score} %)" for p in propositions)
    return f" ; proche de {dites}" if dites else ""


def _nom(facette: str, valeur: str, referentiel: Referentiel) -> str:
    if facette == "structure":
        return referentiel.structures[valeur].nom
    if facette == "fiche":
        return referentiel.fiches[valeur].titre
    return referentiel.quartiers[valeur].nom if valeur in referentiel.quartiers else valeur


def _annee(lu: object) -> str | None:
    if isinstance(lu, (dt.datetime, dt.date)):
        return str(lu.year)
    texte = ecrit(lu)
    if _ANNEE.fullmatch(texte):
        return texte
    if trouve := _ISO.fullmatch(texte) or _FRANCAISE.fullmatch(texte):
        return trouve[1]
    if trouve := _SCOLAIRE.fullmatch(texte):
        # a school year stands at the civil year it ends in (parametres.yml, annee_scolaire)
        debut, fin = int(trouve[1]), trouve[2]
        fin = int(fin) if len(fin) == 4 else debut // 100 * 100 + int(fin)
        return str(fin) if fin == debut + 1 else None
    return None


class _Cle(NamedTuple):
    """The names of the convention, hashable: a referential of dicts is not."""

    structures: tuple[tuple[str, str], ...]
    fiches: tuple[tuple[str, str], ...]
    quartiers: tuple[tuple[str, str], ...]


def _cle(referentiel: Referentiel) -> _Cle:
    return _Cle(
        tuple((s.structure_id, s.nom) for s in referentiel.structures.values()),
        tuple((f.fiche_id, f.titre) for f in referentiel.fiches.values()),
        (*((q.quartier_id, q.nom) for q in referentiel.quartiers.values()), (SANS_QUARTIER, SANS_QUARTIER)),
    )


@lru_cache(maxsize=64)
def _connus(facette: str, cle: _Cle) -> dict[str, tuple[str, ...]]:
    """Simplified name or id → ids that bear it."""
    noms = {"structure": cle.structures, "fiche": cle.fiches, "quartier": cle.quartiers}.get(facette, ())
    connus: dict[str, tuple[str, ...]] = {}
    for identifiant, nom in noms:
        for mots in {simplifier(identifiant), simplifier(nom)}:
            connus[mots] = (*connus.get(mots, ()), identifiant)
    return connus
