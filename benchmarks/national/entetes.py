"""The headers of the national files: those etl/sources/ declares, then invented ones up to the real width."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "etl" / "sources"
_CENSUS_ANCIENS = ("16", "11")


@cache
def declarees(source_id: str) -> tuple[tuple[str, str], ...]:
    """The columns of figures of a source: (first header declared, its year as `{aa}`; its words)."""
    with (SOURCES / source_id / "colonnes.csv").open(encoding="utf-8", newline="") as flux:
        lignes = [c for c in csv.DictReader(flux, delimiter=";") if c["role"] == "valeur"]
    return tuple((c["motif"].split(" | ")[0], c["libelle"]) for c in lignes)


def datees(source_id: str, aa: str) -> list[str]:
    """The headers of a source for one year, « 22 »."""
    return [motif.replace("{aa}", aa) for motif, _ in declarees(source_id)]


def completes(entetes: list[str], largeur: int) -> list[str]:
    """These headers, then invented ones that no source declares."""
    return entetes + [f"P22_INVENTEE{n:04}" for n in range(largeur - len(entetes))]


def base_ic(largeur: int, *, familles: bool) -> list[str]:
    """One of the two bases by IRIS of the census: ages, or households and families."""
    propres = [e for e in datees("recensement_iris", "22") if e.startswith("C22") == familles]
    return completes(["IRIS", "COM", "TYP_IRIS", "LAB_IRIS", *propres], largeur)


def dossier_complet(largeur: int) -> list[str]:
    """Three censuses and nine years of births side by side, as Insee prints them."""
    actuelles = datees("recensement_commune", "22")
    anciennes = [
        e for aa in _CENSUS_ANCIENS for e in datees("recensement_commune", aa) if not e.startswith(("N", "D"))
    ]
    etat_civil = [f"{nom}{aa}" for nom in ("NAISD", "DECESD") for aa in range(14, 22)]
    return completes(["CODGEO", *actuelles, *anciennes, *etat_civil], largeur)


def dictionnaire(source_id: str, entetes: Sequence[str], places: Iterable[str]) -> Iterator[str]:
    """The lines of `meta_….csv`: every place, then these headers with the words that the source expects."""
    mots = {
        motif.replace("{aa}", aa): f"{libelle} en 20{aa}"
        for motif, libelle in declarees(source_id)
        for aa in ("22", *_CENSUS_ANCIENS)
    }
    yield "COD_VAR;LIB_VAR;LIB_VAR_LONG;COD_MOD;LIB_MOD;TYPE_VAR;LONG_VAR;THEME;SOURCE"
    cle, *autres = entetes
    for place in places:
        yield f"{cle};Territoire;Code du territoire;{place};Lieu {place};CHAR;9;;"
    for entete in autres:
        dits = mots.get(entete, "Une variable que personne ne lit")
        yield f"{entete};{dits};{dits};;;NUM;17;Thème fictif;Producteur fictif"


FILOSOFI_DEC = ["IRIS", *datees("filosofi_iris_dec", "21"), "DEC_NOTE21"]
FILOSOFI_DISP = ["IRIS", *datees("filosofi_iris_disp", "21"), "DISP_NOTE21"]
IPS = [
    *("Rentrée scolaire", "Région académique", "Académie", "Code du département", "Département", "UAI"),
    *("Nom de l'établissement", "Code INSEE de la commune", "Nom de la commune", "Secteur", "IPS"),
    *("IPS national public", "IPS national privé", "IPS académique public", "IPS académique privé"),
    *("IPS départemental public", "IPS départemental privé"),
]
ANNUAIRE = [
    *("Identifiant_de_l_etablissement", "Nom_etablissement", "Type_etablissement", "Statut_public_prive"),
    *("Adresse_1", "Adresse_2", "Adresse_3", "Code_postal", "Code_commune", "Nom_commune"),
    *("Code_departement", "Code_academie", "Code_region", "Nombre_d_eleves", "date_maj_ligne", "Telephone"),
    *("Web", "Mail", "SIREN_SIRET", "position", "libelle_nature"),
    *(f"inventee_{n:02}" for n in range(51)),
]
PRESTATIONS = (
    *("ndur", "ndurpaje", "ab", "cmg", "prepare", "ndurej", "af", "cf", "asf", "ars", "ndural", "ndurins"),
    *("rsa", "ppa"),
)
CAF_COMMUNE = ["dtreffre", "numcomdo", "nomcom"] + [
    f"{mesure}_{prestation}" for prestation in PRESTATIONS for mesure in ("indfoy", "indnbp", "indmnt")
]
TAUX = ["annee", "numcom", "nomcom", "numepci", "nomepci", "numdep", "nomdep"] + [
    f"txcouv_{mode}com"
    for mode in ("psu_col_", "hors_psu_col_", "eaje_", "prescol_", "am_ind_", "gad_ind_", "ind_", "")
]
MELODI_REVENUS = [
    *("GEO", "GEO_OBJECT", "FILOSOFI_MEASURE", "UNIT_MEASURE", "UNIT_MULT", "CONF_STATUS", "OBS_STATUS"),
    *("TIME_PERIOD", "OBS_VALUE"),
]
MELODI_POPULATION = ["GEO", "GEO_OBJECT", "SEX", "AGE", "RP_MEASURE", "TIME_PERIOD", "OBS_VALUE"]
