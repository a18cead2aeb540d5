"""What is printed beside a question the year after: the value that was declared, accidents included."""

from collections import defaultdict
from collections.abc import Mapping

from ctg.referentiel import Referentiel
from etl.canevas.grammaire import TRIMESTRES, analyser_cle
from etl.demo.indicateurs import Reponses

_RAPPORTS = (("numerateur", "denominateur"), ("satisfaits", "repondants"))


def rappels(referentiel: Referentiel, declarees: Mapping[str, Reponses]) -> dict[tuple[str, str], object]:
    """{(respondent, row key): number or word} from the answers of a year, {respondent: answers}.

    The four quarters give their sum, a rate its quotient in the unit of the measure; accounts, dates and
    texts recall nothing.
    """
    return {
        (repondant_id, cle): valeur
        for repondant_id, reponses in declarees.items()
        for cle, codes in _par_rangee(reponses).items()
        if (valeur := _rappel(referentiel, cle, codes)) is not None
    }


def _par_rangee(reponses: Reponses) -> dict[str, dict[str, object]]:
    rangees: dict[str, dict[str, object]] = defaultdict(dict)
    for (cle, code), valeur in reponses.items():
        rangees[cle][code] = valeur
    return rangees


def _rappel(referentiel: Referentiel, cle: str, codes: dict[str, object]) -> object:
    for code in ("valeur", "niveau", "etat"):
        if code in codes:
            return codes[code]
    trimestres = [codes.get(trimestre) for trimestre in TRIMESTRES]
    if all(isinstance(valeur, int) for valeur in trimestres):
        return sum(trimestres)
    for haut, bas in _RAPPORTS:
        if isinstance(codes.get(haut), int) and codes.get(bas):
            facteur = referentiel.indicateurs[analyser_cle(cle).objet_id].facteur
            return round(facteur * codes[haut] / codes[bas], 1)
    return None
