"""The places of the national files, ours among them, and the first cells of the lines each one has."""

import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple

_DEPARTEMENTS = (*(f"{n:02}" for n in range(1, 20)), "2A", "2B", *(f"{n:02}" for n in range(21, 96)))
_PAR_DEPARTEMENT = 990
_ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ"
_AGES = ("_T", *(f"Y{n}T{n + 4}" for n in range(0, 95, 5)))
_MESURES = (
    *("MED_SL", "PR_MD60", "D1_SL", "D9_SL", "IR_D9_D1_SL", "GI_SL", "S_HH_TAX", "NUM_HH", "NUM_PER"),
    *("S_EI_DI", "S_EI_DI_SAL", "S_EI_DI_UNE", "S_EI_DI_N_SAL", "S_RET_PEN_DI", "S_INC_ASS_DI"),
    *("S_SOC_BEN_DI", "S_SOC_BEN_DI_FAM_BEN", "S_SOC_BEN_DI_HOU_BEN", "S_SOC_BEN_DI_MIN_SOC", "S_DIR_TAX_DI"),
    *(f"INVENTEE_{n}" for n in range(12)),
)
_EN_EUROS = frozenset({"MED_SL", "D1_SL", "D9_SL"})


class Pays(NamedTuple):
    """How many communes, which one is ours, and its IRIS."""

    nombre: int
    notre: str
    iris: tuple[str, ...]

    def communes(self) -> list[str]:
        """Codes in the order of the producers."""
        toutes = (f"{d}{n:03}" for n in range(1, _PAR_DEPARTEMENT) for d in _DEPARTEMENTS)
        return sorted({*itertools.islice(toutes, self.nombre), self.notre})

    def tous_les_iris(self) -> list[str]:
        """One IRIS by commune, five more in one commune out of ten, ours in full."""
        codes = self.communes()
        autres = (*(f"{c}0000" for c in codes), *self._decoupes(codes))
        return sorted({*(iris for iris in autres if not iris.startswith(self.notre)), *self.iris})

    def grands_iris(self) -> list[str]:
        """The IRIS of the communes that have several: those whose incomes are published."""
        autres = self._decoupes(self.communes())
        return sorted({*(iris for iris in autres if not iris.startswith(self.notre)), *self.iris})

    @staticmethod
    def _decoupes(codes: Sequence[str]) -> list[str]:
        return [f"{c}{n:04}" for c in codes[::10] for n in range(101, 106)]


def iris(code: str) -> list[str]:
    """A line of the census by IRIS."""
    return [f"{code};{code[:5]};H;1"]


def code_seul(code: str) -> list[str]:
    """A line that begins with its code and nothing else."""
    return [code]


def foyers(commune: str) -> list[str]:
    """Ten half-years of the Caf."""
    return [f"20{aa}-{mois}-01;{commune};VILLE {commune}" for aa in range(19, 24) for mois in ("06", "12")]


def couverture(commune: str) -> list[str]:
    """Ten years of coverage rates."""
    lieu = f"{commune};Ville {commune};2000{commune};Communauté fictive;{commune[:2]};Département"
    return [f"{annee};{lieu}" for annee in range(2013, 2023)]


def uai(commune: str, rang: int) -> str:
    """A code of school: seven digits, a letter."""
    numero = (int(commune[2:]) * 7 + rang) % 10_000
    departement = commune[:2].replace("A", "0").replace("B", "0")
    return f"0{departement}{numero:04}{_ALPHABET[numero % 23]}"


def indices(nom: str, rentrees: Sequence[str]) -> Callable[[str], list[str]]:
    """One school by commune, over several years."""

    def lignes(commune: str) -> list[str]:
        ecole = (
            f"0{commune[:2]};DÉPARTEMENT;{uai(commune, 0)};{nom} {commune};{commune};VILLE {commune};public"
        )
        return [f"{rentree};RÉGION FICTIVE;ACADÉMIE;{ecole}" for rentree in rentrees]

    return lignes


def annuaire(commune: str) -> list[str]:
    """Two establishments; one name out of twenty holds quotes and a separator."""
    nom = '"ECOLE ""LES LILAS"" ; Étang"' if int(commune[2:]) % 20 == 11 else "ECOLE LES LILAS"
    return [
        f"{uai(commune, rang)};{nom};Ecole;Public;{rang} rue de l’Étang;;;{commune};"
        f"{commune};Ville {commune};0{commune[:2]};07;27"
        for rang in range(2)
    ]


def melodi_revenus(commune: str) -> list[str]:
    """One line by measure, levels of income in euros a year; the other units are invented."""
    return [
        f'"{commune}";"COM";"{mesure}";"{"EUR_YR" if mesure in _EN_EUROS else "PT"}";"0";"F";"A";2023'
        for mesure in _MESURES
    ]


def melodi_population(commune: str) -> list[str]:
    """One line by sex, age and census."""
    return [
        f'"{commune}";"COM";"{sexe}";"{age}";"POP";{annee}'
        for sexe in ("_T", "F", "M")
        for age in _AGES
        for annee in (2011, 2016, 2022)
    ]
