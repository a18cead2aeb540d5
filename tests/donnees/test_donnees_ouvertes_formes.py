"""The producers' real files under other vintages and saved again by a spreadsheet: the same figures."""

import csv
import gzip
import json
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from ctg.referentiel import charger, dossier_par_defaut
from etl.sources import lire
from etl.sources.nombres import lire_nombre
from etl.sources.tables import normaliser

DONNEES = Path(__file__).parents[2] / "../shared/donnees_ouvertes"
pytestmark = pytest.mark.skipif(
    not DONNEES.is_dir(), reason="shared absent : les fichiers des producteurs ne sont pas dans le projet"
)
# given file → (what stands for its vintage, in the headers, the name or the cells)
MILLESIMES = {
    "caf/data_CAF_2019_IRIS.csv": ("nom", "2019"),
    "caf/data_CAF_2020_IRIS.csv": ("nom", "2020"),
    "insee/BASE_TD_FILO_DISP_IRIS_2018.csv": ("entetes", "18"),
    "insee/BASE_TD_FILO_DISP_IRIS_2019.csv": ("entetes", "19"),
    "insee/BASE_TD_FILO_IRIS_2021_DEC.csv": ("entetes", "21"),
    "insee/FILO2019_DISP_COM.csv": ("entetes", "19"),
    "insee/cc_filosofi_2021_COM.csv": ("entetes", "21"),
    "qpv/DEMO_2021.csv": ("nom", "2021"),
    "qpv/DEMO_2022.csv": ("nom", "2022"),
    "qpv/REVN_2021.csv": ("nom", "2021"),
    "qpv/REVN_2022.csv": ("nom", "2022"),
    "qpv/IPRO_2022.csv": ("nom", "2022"),
    "education/fr-en-ips_ecoles_2022.csv": ("cellules", "2021-2022"),
    "education/fr-en-ips_colleges_2022.csv": ("cellules", "2021-2022"),
}
FICHIERS = pytest.mark.parametrize("nom", MILLESIMES)


@pytest.fixture(scope="module")
def referentiel():
    return charger(dossier_par_defaut())


def _chiffres(lecture):
    """{(source, variable, place): (value, state)}: everything but the year and the address."""
    return {
        (o["source_id"], o["variable_id"], o["territoire_id"]): (o["valeur"], o["etat"])
        for o in lecture.observations.to_pylist()
    }


def _rangees(nom):
    texte = (DONNEES / nom).read_text(encoding="utf-8-sig")
    separateur = ";" if ";" in texte.split("\n", 1)[0] else ","
    return list(csv.reader(texte.splitlines(), delimiter=separateur))


def _autre_millesime(nom, suffixe):
    """The bytes and the name of the file, had it been published for 2027."""
    ou, ancien = MILLESIMES[nom]
    contenu, fichier = (DONNEES / nom).read_text(encoding="utf-8-sig"), Path(nom).name
    if ou == "entetes":
        premiere, reste = contenu.split("\n", 1)
        return re.sub(rf"{ancien}(?=;|\r|$)", suffixe, premiere) + "\n" + reste, "revenus.csv"
    if ou == "cellules":
        return contenu.replace(ancien, "2026-2027"), "ips.csv"
    return contenu, fichier.replace(ancien, "2027")


@FICHIERS
@pytest.mark.parametrize("suffixe", ["27", "2027"])
def test_un_millesime_qui_n_existe_pas_encore(tmp_path, referentiel, nom, suffixe):
    contenu, fichier = _autre_millesime(nom, suffixe)
    chemin = tmp_path / fichier
    chemin.write_text(contenu, encoding="utf-8", newline="")
    lecture, connue = lire(chemin, referentiel), lire(DONNEES / nom, referentiel)
    assert (lecture.statut, lecture.annee) == ("accepte", 2027)
    assert set(lecture.observations["annee"].to_pylist()) == {2027}
    assert _chiffres(lecture) == _chiffres(connue)


@FICHIERS
@pytest.mark.parametrize("encodage", ["utf-8", "cp1252", "utf-16"])
def test_reenregistre_par_un_tableur_en_csv_a_virgules(tmp_path, referentiel, nom, encodage):
    chemin = tmp_path / Path(nom).name
    with chemin.open("w", encoding=encodage, errors="replace", newline="") as flux:
        lignes = [[c.replace("\u202f", "\u00a0") for c in ligne] for ligne in _rangees(nom)]
        csv.writer(flux).writerows(lignes)
    assert _chiffres(lire(chemin, referentiel)) == _chiffres(lire(DONNEES / nom, referentiel))


@FICHIERS
def test_reenregistre_en_classeur(tmp_path, referentiel, nom):
    # as Excel opens it: what looks like a number becomes one, codes included, and blank columns are dropped
    chemin = tmp_path / f"{Path(nom).stem}.xlsx"
    with xlsxwriter.Workbook(chemin) as classeur:
        feuille = classeur.add_worksheet("Données")
        for rang, ligne in enumerate(_rangees(nom)):
            for colonne, texte in enumerate(ligne):
                if texte and (nombre := lire_nombre(texte)) is not None:
                    feuille.write_number(rang, colonne, nombre)
                elif texte:
                    feuille.write_string(rang, colonne, texte)
    lecture = lire(chemin, referentiel)
    assert _chiffres(lecture) == _chiffres(lire(DONNEES / nom, referentiel))
    assert lecture.statut == "accepte"
    assert {a.feuille for a in lecture.anomalies} <= {"Données"}


@FICHIERS
def test_dans_une_archive_ou_en_json(tmp_path, referentiel, nom):
    attendus = _chiffres(lire(DONNEES / nom, referentiel))
    fichier = Path(nom).name
    with zipfile.ZipFile(tmp_path / f"{fichier}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"dossier/{fichier}", (DONNEES / nom).read_bytes())
        archive.writestr("lisez-moi.txt", "Documentation")
    with gzip.open(tmp_path / f"{fichier}.gz", "wb") as flux:
        flux.write((DONNEES / nom).read_bytes())
    entetes, *lignes = _rangees(nom)
    if len(set(entetes)) == len(entetes):  # two equal headers are one key
        fiches = [dict(zip(entetes, ligne, strict=True)) for ligne in lignes]
        for suffixe, document in (("liste", fiches), ("results", {"total_count": 1, "results": fiches})):
            chemin = tmp_path / f"{Path(fichier).stem}_{suffixe}.json"
            chemin.write_text(json.dumps(document), encoding="utf-8")
    for chemin in tmp_path.iterdir():
        assert _chiffres(lire(chemin, referentiel)) == attendus, chemin.name


def _valeurs(changer):
    """Change the cells of figures, the codes left as they are."""
    return lambda entetes, lignes: (entetes, [[ligne[0], *map(changer, ligne[1:])] for ligne in lignes])


def _codes(changer):
    """Change what names a place: the first column, or the school's."""

    def appliquer(entetes, lignes):
        place = entetes.index("UAI") if "UAI" in entetes else 0
        return entetes, [[*ligne[:place], changer(ligne[place]), *ligne[place + 1 :]] for ligne in lignes]

    return appliquer


def _milliers(espace):
    return _valeurs(lambda c: f"{int(c):,}".replace(",", espace) if re.fullmatch("[1-9][0-9]{3,5}", c) else c)


def _echanger_les_decimales(cellule):
    return (
        cellule.translate(str.maketrans(",.", ".,"))
        if re.fullmatch("-?[0-9]+[.,][0-9]+", cellule)
        else cellule
    )


FORMES = {
    "décimales à point ou à virgule": _valeurs(_echanger_les_decimales),
    "milliers à espace fine": _milliers("\u202f"),
    "milliers à espace insécable": _milliers("\u00a0"),
    "milliers à espace": _milliers(" "),
    "codes en nombres": _codes(lambda c: f"{c}.0" if c.isdigit() else c),
    "codes entre guillemets": _codes(lambda c: f'="{c}"'),
    "codes entourés de blancs": _codes(lambda c: f"  {c}\u00a0"),
    "codes en minuscules": _codes(str.lower),
    "990 colonnes vides": lambda e, lignes: ([*e, *[""] * 990], [[*ligne, *[""] * 990] for ligne in lignes]),
    "séparateur en fin de ligne": lambda e, lignes: (e, [[*ligne, ""] for ligne in lignes]),
    "entêtes suivis de blancs": lambda e, lignes: ([f"{c}  " for c in e], lignes),
    "entêtes en minuscules": lambda e, lignes: ([c.lower() for c in e], lignes),
    "entêtes techniques": lambda e, lignes: ([normaliser(c) for c in e], lignes),
    "colonnes en désordre": lambda e, lignes: (e[::-1], [ligne[::-1] for ligne in lignes]),
    "colonne en double": lambda e, lignes: ([*e, e[-1]], [[*ligne, ligne[-1]] for ligne in lignes]),
    "lignes de titre": lambda e, lignes: (["Titre"], [["Source : le producteur"], [], e, *lignes]),
}  # fmt: skip


# a note of the QPV tables governs the columns before it: their order means something
CAS = [
    (nom, forme)
    for nom in MILLESIMES
    for forme in FORMES
    if not (nom.startswith("qpv") and forme == "colonnes en désordre")
]


@pytest.mark.parametrize(("nom", "forme"), CAS)
def test_une_autre_forme_donne_les_memes_chiffres(tmp_path, referentiel, nom, forme):
    entetes, *lignes = _rangees(nom)
    entetes, lignes = FORMES[forme](entetes, lignes)
    chemin = tmp_path / Path(nom).name
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        csv.writer(flux, delimiter=";").writerows([entetes, *lignes])
    assert _chiffres(lire(chemin, referentiel)) == _chiffres(lire(DONNEES / nom, referentiel))


def test_parquet_d_un_autre_millesime(tmp_path, referentiel):
    import pyarrow.parquet as pq

    table = pq.read_table(
        DONNEES / "geo/agg_iris_21.parquet", columns=["code", "libelle", "TYP_IRIS", "P22_POP"]
    )
    pq.write_table(table.rename_columns(["code", "libelle", "TYP_IRIS", "P27_POP"]), tmp_path / "p.parquet")
    lecture = lire(tmp_path / "p.parquet", referentiel)
    assert (lecture.annee, sum(lecture.observations["valeur"].to_pylist())) == (2027, 159941.0)


def test_l_annee_est_dans_le_nom_du_dossier(tmp_path, referentiel):
    for dossier, annee in (("2018", 2018), ("caf_2017", 2017), ("2026-11-21T09-30", None), ("recus", None)):
        chemin = tmp_path / dossier / "allocataires.csv"
        chemin.parent.mkdir()
        chemin.write_bytes((DONNEES / "caf/data_CAF_2020_IRIS.csv").read_bytes())
        assert lire(chemin, referentiel).annee == annee, dossier
