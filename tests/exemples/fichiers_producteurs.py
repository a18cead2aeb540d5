"""Small look-alikes of producers' files of which none is at hand: same headers, a few lines, our commune.

Headers as read in public notes and import scripts (docs/sources.md names the families).
"""

import io
import zipfile

IRIS = ("212310101", "212310102")

BASE_IC = (
    "IRIS;COM;TYP_IRIS;LAB_IRIS;P22_POP;P22_POP0002;P22_POP0305;P22_POP0610;P22_POP1117;C22_POP15P\n"
    "210540101;21054;H;1;1500.5;40.1;41;42;43;1200\n"
    "212310101;21231;H;1;3557.93753915075;61.2;70;101.999;140;3100\n"
    "212310102;21231;H;1;2679;0;55.5;80;;2300\n"
)
META_BASE_IC = (
    "COD_VAR;LIB_VAR;LIB_VAR_LONG;COD_MOD;LIB_MOD;TYPE_VAR;LONG_VAR;THEME;SOURCE\n"
    "IRIS;IRIS;IRIS;;;CHAR;9;;\n"
    "P22_POP;Population en 2022 (princ);Population en 2022;;;NUM;17;;\n"
    "P22_POP0002;Pop 0-2 ans en 2022 (princ);Nombre de personnes de 0 à 2 ans en 2022;;;NUM;17;;\n"
    "P22_POP0305;Pop 3-5 ans en 2022 (princ);Nombre de personnes de 3 à 5 ans en 2022;;;NUM;17;;\n"
    "P22_POP0610;Pop 6-10 ans en 2022 (princ);Nombre de personnes de 6 à 10 ans en 2022;;;NUM;17;;\n"
    "P22_POP1117;Pop 11-17 ans en 2022 (princ);Nombre de personnes de 11 à 17 ans en 2022;;;NUM;17;;\n"
)
BASE_IC_ANCIENNE = (
    "IRIS,REG,DEP,UU2010,COM,LIBCOM,TRIRIS,GRD_QUART,LIBIRIS,TYP_IRIS,MODIF_IRIS,LAB_IRIS,P15_POP0205,P15_SCOL0205\n"
    "212310101,27,21,21701,21231,Dijon,212311,2123101,Monge,H,00,1,85,80\n"
)
DOSSIER_COMPLET = (
    "CODGEO;P21_POP;P15_POP;D99_POP;P21_POP0014;P21_POP1517;C21_FAMMONO;NAISD22;NAISD21;MED21;P21_LOG\n"
    "21001;345;350;300;60;10;8;3;4;27800;150\n"
    "21231;159346;155114;149867;21000.25;5100;5900.5;1550;1580;22720;95000\n"
)
MELODI = (
    '"GEO";"GEO_OBJECT";"TPH_FISCAL";"FILOSOFI_MEASURE";"UNIT_MEASURE";"UNIT_MULT";"CONF_STATUS";"OBS_STATUS";'
    "TIME_PERIOD;OBS_VALUE\n"
    '"13211";"ARM";"_T";"MED_SL";"EUR_YR";"0";"F";"A";2021;22400\n'
    '"21231";"COM";"_T";"MED_SL";"EUR_YR";"0";"F";"A";2021;22720\n'
    '"21231";"COM";"111";"MED_SL";"EUR_YR";"0";"F";"A";2021;19200\n'
    '"21231";"COM";"_T";"PR_MD60";"PT";"0";"F";"P";2021;17.3\n'
    '"21231";"COM";"_T";"D1_SL";"EUR_YR";"0";"C";"A";2021;\n'
    '"21231";"COM";"_T";"D9_SL";"EUR_YR";"3";"F";"A";2021;39\n'
    '"21231";"COM";"_T";"IR_D9_D1_SL";"RT";"0";"F";"M";2021;\n'
    '"212310101";"IRIS";"_T";"MED_SL";"EUR_YR";"0";"F";"A";2021;18750\n'
    '"QN02102M";"QPV";"_T";"MED_SL";"EUR_YR";"0";"F";"A";2021;13820\n'
    '"21";"DEP";"_T";"MED_SL";"EUR_YR";"0";"F";"A";2021;23500'
)
NEET = (
    "codgeo;libgeo;an;part_non_inseres\n"
    "21231;Dijon;2018;11,70\n21231;Dijon;2013;12,10\n21054;Beaune;2018;9,0\n"
)
TAUX_ANCIEN = (
    "NUM_COM;NOM_COM;NUM_EPCI;NOM_EPCI;NUMZEMPL;NOMZEMPL;tauxcouv_com\n"
    "1004;Ambérieu;240100883;CC;0059;Bourg;55,1\n21231;Dijon;242100410;Dijon Métropole;2702;Dijon;68,4\n"
)
TAUX = (
    "annee;numcom;nomcom;numdep;txcouv_psu_col_com;txcouv_eaje_com;txcouv_am_ind_com;txcouv_com\n"
    "2021;21231;Dijon;21;30.1;31.5;25;66.2\n2022;21231;Dijon;21;31;32.5;24;\n"
)
CAF_COMMUNE = (
    "Date référence;Numéro commune;Nom commune;Nombre foyers NDUR;Nombre personnes NDUR;Montant total NDUR;"
    "Nombre foyers RSA\n"
    "2023-12-01;21231;DIJON;31580;62045;14200000;4305\n2023-06-01;21231;DIJON;31000;61000;1;4200\n"
    "2023-12-01;21054;BEAUNE;3200;7000;1000000;\n2023-12-01;XXXXX;INCONNU;10;20;1;\n"
)
CAF_ANCIEN = (
    "Communes;Codes_Insee;NB_Allocataires;ALL_PAJE;ALL_PRIM;ALL_BASEP;ALL_CMG\n"
    "DIJON;21231;30100;4200;150;3000;1400\nETRANGER;99999;12;;;;\n"
)
ANNUAIRE = (
    "Identifiant_de_l_etablissement;Nom_etablissement;Code_commune;Code_departement;SIREN_SIRET;"
    "Nombre_d_eleves;date_maj_ligne\n"
    "0210100V;ECOLE MATERNELLE YORK;21231;021;21210231300017;84;2025-09-02\n"
    "0211570T;ECOLE ELEMENTAIRE YORK;21231;21;2,12102E+13;;02/09/2025\n"
    "0940001A;ECOLE X;94002;094;;120;2025-09-02\n"
)


def archive(**fichiers: str | bytes) -> bytes:
    """A zip of the files named (their dots written `__`)."""
    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as ouverte:
        for nom, contenu in fichiers.items():
            ouverte.writestr(nom.replace("__", "."), contenu)
    return tampon.getvalue()
