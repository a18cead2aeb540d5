"""The warehouse as a file: empty, the same twice, never half done, and as documented."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from ctg.entrepot import Entrepot
from ctg.referentiel import ReferentielInvalide, dossier_par_defaut
from etl.construction.entrepot import construire
from etl.construction.remplacement import remplacer

RACINE = Path(__file__).parents[2]

# the public contract of the warehouse (docs/entrepot.md): at least these
CONTRAT = {
    "publication.convention": "convention_id titre debut fin empreinte construit_le fictif",
    "publication.fiche": "fiche_id axe_id rang titre",
    "publication.ligne_imprimee": "ligne_id fiche_id resultat_rang libelle source",
    "publication.indicateur": "indicateur_id libelle origine nature unite unite_statistique sens"
    " agregation_structures agregation_periodes repondant",
    "publication.indicateur_ligne": "indicateur_id ligne_id fiche_id axe_id",
    "publication.structure": "structure_id nom type gestionnaire quartier_id certitude adresse ouverte_le"
    " fermee_le",
    "publication.mesure": "indicateur_id niveau territoire_id type_structure perimetre annee periode_id"
    " ventilation modalite valeur etat affichage numerateur denominateur nb_repondantes nb_attendues"
    " provisoire estime fictif",
    "publication.diagnostic": "source_id variable_id niveau territoire_id annee valeur etat couverture"
    " couverture_population",
    "publication.qualitatif": "structure_id fiche_id annee rubrique texte",
    "collecte.fichier": "fichier sha256 famille structure_id annee statut recu_le remplace_par",
    "collecte.anomalie": "fichier feuille cellule gravite regle message valeur_lue",
    "collecte.provenance": "indicateur_id structure_id periode_id ventilation modalite fichier"
    " feuille cellule",
}


@pytest.fixture(scope="module")
def vide(tmp_path_factory):
    dossier = tmp_path_factory.mktemp("vide")
    (dossier / "raw").mkdir()
    return dossier / "raw", dossier / "entrepot.duckdb"


@pytest.fixture(scope="module")
def entrepot(vide):
    raw, chemin = vide
    construire((raw,), dossier_par_defaut(), chemin)
    return Entrepot(chemin)


def colonnes(entrepot):
    lues = entrepot.executer(
        "SELECT table_schema || '.' || table_name AS vue, column_name FROM information_schema.columns"
        " WHERE table_schema IN ('publication', 'collecte') ORDER BY ordinal_position"
    )
    return lues.groupby("vue")["column_name"].apply(list).to_dict()


def test_sans_fichier_l_entrepot_tient_la_convention_et_rien_d_autre(entrepot):
    def compte(table):
        return entrepot.executer(f"SELECT count(*) FROM {table}").iat[0, 0]

    assert (compte("publication.fiche"), compte("publication.ligne_imprimee")) == (15, 55)
    assert compte("publication.structure") == 57
    for table in (
        "mesure",
        "evolution",
        "etat_indicateur",
        "etat_fiche",
        "diagnostic",
        "qualitatif",
        "couverture",
    ):
        assert compte(f"publication.{table}") == 0
    assert compte("collecte.fichier") == 0
    assert set(entrepot.executer("SELECT DISTINCT statut FROM collecte.attendu")["statut"]) == {"attendu"}


def test_le_contrat_public_est_tenu(entrepot):
    presentes = colonnes(entrepot)
    for vue, attendues in CONTRAT.items():
        assert set(attendues.split()) <= set(presentes[vue]), vue


def test_le_dictionnaire_dit_toutes_les_colonnes_et_elles_seules(entrepot):
    page = (RACINE / "docs" / "entrepot.md").read_text(encoding="utf-8")
    decrites = {}
    for section in re.split(r"^### ", page, flags=re.MULTILINE)[1:]:
        vue = re.match(r"`([\w.]+)`", section)
        if vue:
            decrites[vue[1]] = re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)
    presentes = colonnes(entrepot)
    assert {vue: sorted(noms) for vue, noms in decrites.items()} == {
        vue: sorted(noms) for vue, noms in presentes.items()
    }


def contenu(chemin):
    """Every public table as text, but for the time of the build."""
    with duckdb.connect(":memory:") as connexion:
        connexion.execute(f"ATTACH '{chemin}' AS w (READ_ONLY)")
        connexion.execute("USE w")
        tables = connexion.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables"
            " WHERE table_schema IN ('publication', 'collecte', 'interne') ORDER BY 1"
        ).fetchall()
        sauf = {"publication.convention": " EXCLUDE (construit_le)"}
        return {
            table: connexion.execute(f"SELECT *{sauf.get(table, '')} FROM {table} ORDER BY ALL").fetchall()
            for (table,) in tables
        }


def test_les_memes_entrees_donnent_le_meme_entrepot(tmp_path):
    raw = tmp_path / "raw"
    shutil.copytree(RACINE / "data" / "raw" / "diagnostics", raw)
    chemins = [tmp_path / "un.duckdb", tmp_path / "deux.duckdb"]
    for chemin in chemins:
        construire((raw,), dossier_par_defaut(), chemin)
    assert contenu(chemins[0]) == contenu(chemins[1])


def test_une_convention_invalide_laisse_l_entrepot_intact_et_dit_toutes_ses_erreurs(vide, entrepot, tmp_path):
    raw, chemin = vide
    avant = chemin.read_bytes()
    faux = tmp_path / "convention"
    shutil.copytree(dossier_par_defaut(), faux)
    fiches = faux / "fiches.csv"
    fiches.write_text(fiches.read_text(encoding="utf-8").replace("PE-1;PE;", "PE-1;XX;"), encoding="utf-8")
    axes = faux / "axes.csv"
    axes.write_text(
        axes.read_text(encoding="utf-8") + axes.read_text(encoding="utf-8").splitlines()[1] + "\n", "utf-8"
    )
    with pytest.raises(ReferentielInvalide) as refus:
        construire((raw,), faux, chemin)
    assert {erreur.fichier for erreur in refus.value.erreurs} >= {"fiches.csv", "axes.csv"}
    assert chemin.read_bytes() == avant


def test_une_construction_qui_echoue_ne_laisse_rien(tmp_path):
    chemin = tmp_path / "entrepot.duckdb"
    with remplacer(chemin, "1") as connexion:
        connexion.execute("CREATE TABLE version AS SELECT 1 AS n")
    avant = chemin.read_bytes()
    with pytest.raises(RuntimeError), remplacer(chemin, "1") as connexion:
        connexion.execute("UPDATE version SET n = 2")
        raise RuntimeError
    assert chemin.read_bytes() == avant
    assert [p.name for p in tmp_path.iterdir() if "construction" in p.name] == []


def test_les_restes_d_une_construction_tuee_sont_enleves(tmp_path):
    chemin = tmp_path / "entrepot.duckdb"
    for reste in ("entrepot.duckdb.4242.construction", "entrepot.duckdb.4242.construction.wal"):
        (tmp_path / reste).write_bytes(b"moitie")
    with remplacer(chemin, "1") as connexion:
        connexion.execute("CREATE TABLE version AS SELECT 1 AS n")
    assert {p.name.removeprefix("entrepot.duckdb") for p in tmp_path.iterdir()} == {"", ".lock", ".sceau"}


def test_l_empreinte_change_avec_un_fichier_et_seulement_alors(tmp_path):
    from etl.construction.empreinte import calculer

    raw = tmp_path / "raw"
    raw.mkdir()
    sans = calculer("1", (raw,))
    assert calculer("1", (raw,)) == sans
    assert calculer("2", (raw,)) != sans
    (raw / "a.csv").write_text("1", encoding="utf-8")
    avec = calculer("1", (raw,))
    assert avec != sans
    (raw / ".~lock.a.csv#").write_text("2", encoding="utf-8")  # an office program has it open
    assert calculer("1", (raw,)) == avec
