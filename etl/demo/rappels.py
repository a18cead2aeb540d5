"""What is printed beside a question the year after: the value that was declared, accidents included."""

from collections import defaultdict
from collections.abc import Mapping

from ctg.referentiel import Referentiel
from etl.canevas.redaction.precedents import rappel
from etl.demo.indicateurs import Reponses

_RUBRIQUES_RAPPELEES = ("i:", "v:")


def rappels(referentiel: Referentiel, declarees: Mapping[str, Reponses]) -> dict[tuple[str, str], object]:
    """{(respondent, row key): number or state} from the answers of a year, {respondent: answers}.

    By the rule of the real forms (`etl.canevas.redaction.precedents`): what could not be read as an answer
    recalls nothing.
    """
    return {
        (repondant_id, cle): valeur
        for repondant_id, reponses in declarees.items()
        for cle, codes in _par_rangee(reponses).items()
        if (valeur := rappel(referentiel, cle, codes)) is not None
    }


def _par_rangee(reponses: Reponses) -> dict[str, dict[str, object]]:
    rangees: dict[str, dict[str, object]] = defaultdict(dict)
    for (cle, code), valeur in reponses.items():
        lisible = code == "etat" or isinstance(valeur, (int, float))
        if cle.startswith(_RUBRIQUES_RAPPELEES) and lisible:
            rangees[cle][code] = valeur
    return rangees
