"""Which close structures may be retained in one gesture: those that only one name can mean.

« Roosevelt » is close to a multi-accueil and to a relais: the types of the other structures of the workbook
tell them apart, or nobody is retained and the officer chooses.
"""

from collections.abc import Iterable

from ctg.referentiel import Referentiel
from etl.classeurs_libres.description.rattachement import structure_nommee
from etl.classeurs_libres.libelles import Proposition, mots_que_plusieurs_portent
from etl.classeurs_libres.mots import simplifier
from etl.classeurs_libres.ressemblance import mots_en_trop

_AUSSI_PROCHE = 5  # of 100: two scores that tell nothing


def a_retenir(libelles: Iterable[str], referentiel: Referentiel) -> dict[str, str]:
    """Wording → structure (id), of those that are close to one only, and alone to be; a wording that bears a
    word more (« Balzac 2 ») may be another place, and is left out."""
    proches = {libelle: structure_nommee(libelle, referentiel) for libelle in dict.fromkeys(libelles)}
    candidates = {
        libelle: _candidates(libelle, propositions, referentiel)
        for libelle, (connue, propositions) in proches.items()
        if connue is None
    }
    connues = [connue for connue, _ in proches.values() if connue]
    seules = {libelle: ids[0] for libelle, ids in candidates.items() if len(ids) == 1}
    types = {referentiel.structures[s].type_id for s in (*connues, *seules.values())}
    for libelle, ids in candidates.items():
        du_type = [s for s in ids if referentiel.structures[s].type_id in types]
        if len(ids) > 1 and len(du_type) == 1:
            seules[libelle] = du_type[0]
    retenues = [*connues, *seules.values()]
    return {libelle: s for libelle, s in seules.items() if retenues.count(s) == 1}


def _candidates(libelle: str, propositions: list[Proposition], referentiel: Referentiel) -> list[str]:
    """The closest structures, as close as one another."""
    siennes = [p for p in propositions if not _d_ailleurs(libelle, p, referentiel)]
    return [p.valeur for p in siennes if p.score > siennes[0].score - _AUSSI_PROCHE]


def _d_ailleurs(libelle: str, proche: Proposition, referentiel: Referentiel) -> bool:
    """True when a wording bears a word that is not of this structure: its name, gestionnaire, place."""
    structure = referentiel.structures[proche.valeur]
    quartier = referentiel.quartiers.get(structure.quartier_id)
    lieux = (structure.gestionnaire, structure.ville, quartier and quartier.nom)
    connu = simplifier(" ".join([structure.nom, *filter(None, lieux)]))
    return bool(mots_en_trop(simplifier(libelle), connu, mots_que_plusieurs_portent(referentiel)))
