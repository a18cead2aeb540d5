"""Chiffres clefs on three exercises, between 300 k€ and 1,5 M€, adding up to the euro.

Year N gives the final result of N-1, the expected one of N and the budget of N+1 (003:870-888): what was
expected for N one year is close to, and not equal to, what is declared final the year after.
"""

from ctg.referentiel import Referentiel
from etl.demo.alea import fluctuation
from etl.demo.profils import Repondant

_PREMIER_EXERCICE = 2021
_PRODUITS_MINIMUM, _PRODUITS_MAXIMUM = 330_000, 1_350_000
_CROISSANCE = 1.025
# Share of a year's income for each leaf of the account; a leaf nobody sized is worth nothing.
_PARTS = {
    "subventions": 0.64,
    "recettes-propres": 0.19,
    "autres-recettes": 0.12,
    "reprises": 0.05,
    "masse-salariale": 0.68,
    "charges-externes": 0.2,
    "autres-charges": 0.075,
    "dotations": 0.045,
    "subvention-ville": 0.39,  # « dont », within the subventions
    "resultat-exceptionnel": -0.003,
}
_RESULTAT_NET, _FONDS = "resultat-net", "fonds-associatifs"
_PART_FONDS = 0.24
_DECALAGES = {"n-1": -1, "n": 0, "n+1": 1}
# How far a forecast stands from the final figure, and how it is rounded, in euros.
_ECARTS = {"n-1": 0.0, "n": 0.012, "n+1": 0.03}
_PAS = {"n-1": 1, "n": 100, "n+1": 1000}


def comptes(referentiel: Referentiel, repondant: Repondant, annee: int) -> dict[tuple[str, str], int]:
    """{(poste_id, « n-1 » | « n » | « n+1 »): euros} for the report of `annee`.

    The funds of an exercise are those of the one before, plus its net result.
    """
    fonds = _fonds_definitifs(referentiel, repondant, annee - 2)
    reponses = {}
    for code, decalage in _DECALAGES.items():
        montants = _exercice(referentiel, repondant, annee + decalage, code, annee)
        fonds += montants.get(_RESULTAT_NET, 0)
        montants |= {_FONDS: fonds} if _FONDS in referentiel.chiffres_clefs else {}
        reponses |= {(poste_id, code): montant for poste_id, montant in montants.items()}
    return reponses


def _fonds_definitifs(referentiel: Referentiel, repondant: Repondant, exercice: int) -> int:
    depart = round(_produits(repondant, _PREMIER_EXERCICE) * _PART_FONDS)
    return depart + sum(
        _exercice(referentiel, repondant, passe, "n-1", passe + 1).get(_RESULTAT_NET, 0)
        for passe in range(_PREMIER_EXERCICE, exercice + 1)
    )


def _exercice(
    referentiel: Referentiel, repondant: Repondant, exercice: int, code: str, annee: int
) -> dict[str, int]:
    montants: dict[str, int] = {}

    def montant(poste_id: str) -> int:
        if poste_id not in montants:
            poste = referentiel.chiffres_clefs[poste_id]
            if poste.somme_de:
                montants[poste_id] = sum(map(montant, poste.somme_de))
            elif poste.difference_de:
                plus, moins = poste.difference_de
                montants[poste_id] = montant(plus) - montant(moins)
            else:
                montants[poste_id] = _feuille(repondant, poste_id, exercice, code, annee)
        return montants[poste_id]

    for poste_id in referentiel.chiffres_clefs:
        montant(poste_id)
    return montants


def _feuille(repondant: Repondant, poste_id: str, exercice: int, code: str, annee: int) -> int:
    cle = (poste_id, repondant.repondant_id)
    definitif = _produits(repondant, exercice) * _PARTS.get(poste_id, 0)
    definitif *= fluctuation(0.03, *cle) * fluctuation(0.015, *cle, exercice)
    prevu = definitif * fluctuation(_ECARTS[code], *cle, exercice, annee)
    return _PAS[code] * round(prevu / _PAS[code])


def _produits(repondant: Repondant, exercice: int) -> float:
    rapport = _PRODUITS_MAXIMUM / _PRODUITS_MINIMUM
    return _PRODUITS_MINIMUM * rapport**repondant.taille * _CROISSANCE ** (exercice - _PREMIER_EXERCICE)
