"""The national files, one by declared download, and the figures of ours that must be read in each."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from benchmarks.national import entetes, lieux, tirages

Lus = Mapping[tuple[str, str, int], float | None]
_BOM = "\ufeff"


class Fichier(NamedTuple):
    """One file. `lignes(place)` are the first cells of its lines, the others are drawn by `tirage`.

    `connues`: {first cells: {header: what is printed}}; `lus`: what must then be read, {(variable, place,
    year): value}, None for a figure withheld. `membre` is the name in the zip, None for a bare CSV.
    """

    chemin: str
    membre: str | None
    entetes: Sequence[str]
    places: Callable[[lieux.Pays], list[str]]
    lignes: Callable[[str], list[str]]
    tirage: Callable[[np.random.Generator, int], list[str]]
    connues: Mapping[str, Mapping[str, str]]
    lus: Lus
    dictionnaire: str | None = None
    fin: str = "\n"
    marque: str = ""  # the byte order mark that the portals put first
    citees: int = 0  # how many of the first headers are quoted

    def ecarts(self, observations: pa.Table) -> dict[tuple[str, str, int], object]:
        """What was read otherwise than it was printed: {(variable, place, year): what was read}."""
        lues = {
            (o["variable_id"], o["territoire_id"], o["annee"]): o["valeur"] for o in observations.to_pylist()
        }
        absente = "rien de lu"
        return {cle: lues.get(cle, absente) for cle, v in self.lus.items() if lues.get(cle, absente) != v}


def _portail(chemin: str, *suite, **options) -> Fichier:
    """A file of an Opendatasoft portal: no archive, a byte order mark, lines of Windows."""
    return Fichier(chemin, None, *suite, fin="\r\n", marque=_BOM, **options)


FICHIERS = (
    Fichier(
        "recensement_iris/base-ic-evol-struct-pop-2022_csv.zip",
        "base-ic-evol-struct-pop-2022.CSV",
        entetes.base_ic(90, familles=False),
        lieux.Pays.tous_les_iris,
        lieux.iris,
        tirages.recensement,
        {
            "212310101;21231;H;1": {"P22_POP": "3557.93753915075", "P22_POP0002": "61.2"},
            "212310102;21231;H;1": {"P22_POP": "2679", "P22_POP0002": "0", "P22_POP1117": ""},
        },
        {
            ("population", "212310101", 2022): 3557.93753915075,
            ("population_0_2", "212310101", 2022): 61.2,
            ("population", "212310102", 2022): 2679.0,
            ("population_0_2", "212310102", 2022): 0.0,
            ("population_11_17", "212310102", 2022): None,
        },
        dictionnaire="recensement_iris",
    ),
    Fichier(
        "recensement_iris/base-ic-couples-familles-menages-2022_csv.zip",
        "base-ic-couples-familles-menages-2022.CSV",
        entetes.base_ic(110, familles=True),
        lieux.Pays.tous_les_iris,
        lieux.iris,
        tirages.recensement,
        {"212310101;21231;H;1": {"C22_FAM": "790.25", "C22_FAMMONO": "118.0625"}},
        {
            ("familles", "212310101", 2022): 790.25,
            ("familles_monoparentales", "212310101", 2022): 118.0625,
        },
        dictionnaire="recensement_iris",
    ),
    Fichier(
        "recensement_commune/dossier_complet.zip",
        "dossier_complet.csv",
        entetes.dossier_complet(1_926),
        lieux.Pays.communes,
        lieux.code_seul,
        tirages.recensement,
        {
            "21231": {
                "P22_POP": "159346",
                "P16_POP": "155114",
                "P11_POP": "151672",
                "C22_FAMMONO": "5900.5",
                "NAISD21": "1580",
            }
        },
        {
            ("commune_population", "21231", 2022): 159346.0,
            ("commune_population", "21231", 2011): 151672.0,
            ("commune_familles_monoparentales", "21231", 2022): 5900.5,
            ("commune_naissances", "21231", 2021): 1580.0,
        },
        dictionnaire="recensement_commune",
    ),
    Fichier(
        "filosofi_iris_dec/BASE_TD_FILO_IRIS_2021_DEC_CSV.zip",
        "BASE_TD_FILO_IRIS_2021_DEC.csv",
        entetes.FILOSOFI_DEC,
        lieux.Pays.grands_iris,
        lieux.code_seul,
        tirages.revenus,
        {"212310101": {"DEC_MED21": "24560", "DEC_TP6021": "21,5", "DEC_GI21": "ns"}},
        {
            ("filosofi_revenu_declare_median", "212310101", 2021): 24560.0,
            ("filosofi_taux_bas_revenu_declare", "212310101", 2021): 21.5,
            ("filosofi_revenu_declare_gini", "212310101", 2021): None,
        },
    ),
    Fichier(
        "filosofi_iris_disp/BASE_TD_FILO_IRIS_2021_DISP_CSV.zip",
        "BASE_TD_FILO_IRIS_2021_DISP.csv",
        entetes.FILOSOFI_DISP,
        lieux.Pays.grands_iris,
        lieux.code_seul,
        tirages.revenus,
        {"212310101": {"DISP_MED21": "23890", "DISP_PIMPOT21": "-16,7"}},
        {
            ("filosofi_niveau_vie_median", "212310101", 2021): 23890.0,
            ("filosofi_part_impots", "212310101", 2021): -16.7,
        },
    ),
    _portail(
        "ips/fr-en-ips-ecoles-ap2022.csv",
        entetes.IPS,
        lieux.Pays.communes,
        lieux.indices("ECOLE ELEMENTAIRE", ("2022-2023", "2023-2024", "2024-2025")),
        tirages.points,
        {lieux.indices("ECOLE ELEMENTAIRE", ("2023-2024",))("21231")[0]: {"IPS": "108.1"}},
        {("ips", lieux.uai("21231", 0), 2024): 108.1},
    ),
    _portail(
        "ips/fr-en-ips-colleges-ap2023.csv",
        entetes.IPS,
        lieux.Pays.communes,
        lieux.indices("COLLEGE", ("2024-2025",)),
        tirages.points,
        {lieux.indices("COLLEGE", ("2024-2025",))("21231")[0]: {"IPS": "98.4"}},
        {("ips_college", lieux.uai("21231", 0), 2025): 98.4},
    ),
    _portail(
        "annuaire_education/fr-en-annuaire-education.csv",
        entetes.ANNUAIRE,
        lieux.Pays.communes,
        lieux.annuaire,
        tirages.divers,
        {
            ligne: {"Nombre_d_eleves": eleves, "date_maj_ligne": "2025-09-02"}
            for ligne, eleves in zip(lieux.annuaire("21231"), ("84", ""), strict=True)
        },
        {
            ("ecole_eleves", lieux.uai("21231", 0), 2025): 84.0,
            ("ecole_eleves", lieux.uai("21231", 1), 2025): None,
        },
    ),
    _portail(
        "caf_commune/s_ben_com_f.csv",
        entetes.CAF_COMMUNE,
        lieux.Pays.communes,
        lieux.foyers,
        tirages.multiples,
        {
            "2023-06-01;21231;VILLE 21231": {"indfoy_ndur": "31000"},
            "2023-12-01;21231;VILLE 21231": {"indfoy_ndur": "31580", "indfoy_rsa": ""},
        },
        {
            ("caf_commune_foyers", "21231", 2023): 31580.0,
            ("caf_commune_foyers_rsa", "21231", 2023): None,
        },
    ),
    _portail(
        "caf_taux_couverture/txcouv_pe_com.csv",
        entetes.TAUX,
        lieux.Pays.communes,
        lieux.couverture,
        tirages.points,
        {lieux.couverture("21231")[-1]: {"txcouv_com": "66.2", "txcouv_eaje_com": "31.5"}},
        {("taux_couverture", "21231", 2022): 66.2, ("taux_couverture_eaje", "21231", 2022): 31.5},
    ),
    Fichier(
        "melodi/DS_FILOSOFI_CC_2023.zip",
        "DS_FILOSOFI_CC_2023_data.csv",
        entetes.MELODI_REVENUS,
        lieux.Pays.communes,
        lieux.melodi_revenus,
        tirages.points,
        {'"21231";"COM";"MED_SL";"EUR_YR";"0";"F";"A";2023': {"OBS_VALUE": "24890"}},
        {("filosofi_niveau_vie_median", "21231", 2023): 24890.0},
        dictionnaire="melodi",
        citees=7,
    ),
    Fichier(
        "melodi/DS_RP_POPULATION_PRINC_2022.zip",
        "DS_RP_POPULATION_PRINC_2022_data.csv",
        entetes.MELODI_POPULATION,
        lieux.Pays.communes,
        lieux.melodi_population,
        tirages.points,
        {
            '"21231";"COM";"_T";"_T";"POP";2011': {"OBS_VALUE": "151672"},
            '"21231";"COM";"_T";"_T";"POP";2016': {"OBS_VALUE": "155114"},
            '"21231";"COM";"_T";"_T";"POP";2022': {"OBS_VALUE": "159346"},
        },
        {
            ("commune_population", "21231", 2016): 155114.0,
            ("commune_population", "21231", 2022): 159346.0,
        },
        dictionnaire="melodi",
        citees=5,
    ),
)
