"""« Décrire un classeur »: from a dropped workbook to a declaration that reads it."""

import shutil

import duckdb
import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.classeurs_libres.declaration.chargement import declarations
from etl.construction.entrepot import construire
from tests.exemples.classeur_libre import ecrire
from tests.exemples.classeurs_de_gestionnaire import (
    ADMIS,
    FORMES,
    PLACES,
    une_feuille_par_structure,
)
from tests.exemples.classeurs_de_reseaux import (
    des_blocs_cote_a_cote,
    les_annees_sous_la_mesure,
    un_titre_dit_la_mesure,
)
from tests.exemples.classeurs_titres import un_tableau_sous_chaque_titre
from tests.exemples.classeurs_ventiles import le_detail_en_colonnes, une_colonne_de_detail
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE

PAGE = "donnees/collecte"
# as the convention names those of `classeurs_de_gestionnaire.NOMS`
VRAIS_NOMS = (
    "Multi-accueil Jean Jaurès",
    "Micro-crèche La Colombière",
    "Multi-accueil Junot",
    "Multi-accueil LPCR Heudelet",
    "Multi-accueil La Maison des Fées",
)
SUIVI = {
    "Lisez-moi": [["Mode d’emploi"]],
    "Suivi 2025": [
        ["Réseau des centres sociaux"],
        [],
        ["Centre", "Adhérents", "Familles", "Directrice"],
        ["La Maison-Phare", 412, 3, "Mme Nommée"],
        ["Archipel (L’)", 300, 180, "M. Nommé"],
    ],
}


@pytest.fixture
def convention(tmp_path, monkeypatch):
    dossier = tmp_path / "dijon"
    shutil.copytree(dossier_par_defaut(), dossier)
    monkeypatch.setenv("CTG_REFERENTIEL", str(dossier))
    return dossier


def deposer(page, chemin):
    [zone] = [z for z in page.essai.file_uploader if z.key == "modele_depot"]
    zone.upload(chemin.name, chemin.read_bytes()).run()
    assert not page.essai.exception
    return page


def test_sans_classeur_on_dit_a_quoi_sert_la_page(ouvrir, entrepots, convention):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    assert "se décrit une fois" in page.mots
    assert page.tableau("Correspondance")[1:2] == [
        {
            "Classeur": "Fiche de travail et d’analyse",
            "Ce qu’on en fait": "lu comme un rapport",
            "Correspondance": "fiche_de_travail.yml",
        }
    ]


def lisible(texte):
    return texte.replace("\\", "").replace("\u00a0", " ")


def cocher(page, libelle):
    next(c for c in page.essai.checkbox if lisible(c.label) == libelle).check().run()
    assert not page.essai.exception


def lues(page):
    """{(respondent, year, measure): what would be loaded}."""
    return {(v["Répondant"], v["Année"], v["Mesure"]): v["Valeur"] for v in page.tableau("Où")}


def test_un_classeur_depose_est_devine_montre_et_enregistre(ouvrir, entrepots, convention, tmp_path):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    deposer(page, ecrire(tmp_path / "suivi.xlsx", SUIVI))
    # a small count is a dot; what is only close to a structure is not read until somebody says so
    assert [(v["Répondant"], v["Mesure"], v["Valeur"], v["Où"]) for v in page.tableau("Où")] == [
        ("La Maison-Phare", "Adhérents", "412", "Suivi 2025, B4"),
        ("La Maison-Phare", "Familles", "•", "Suivi 2025, C4"),
    ]
    assert "1 nom sans structure retenue (« Archipel (L’) ») : rien n’en serait lu" in page.mots
    assert "n’est pas reconnu" not in page.mots
    assert "Sans tableau reconnu : « Lisez-moi »" in page.mots
    assert "Nommée" not in page.mots + page.cellules()

    cocher(page, "Retenir les structures proches")
    assert "sans structure retenue" not in page.mots
    assert {v["Répondant"] for v in page.tableau("Où")} == {"La Maison-Phare", "L’Archipel"}
    assert "4 valeurs lues, de 2 répondants" in page.mots
    next(b for b in page.essai.button if b.label == "Enregistrer cette correspondance").click().run()
    assert "suivi.yml" in page.essai.success[0].value.replace("\\", "")
    assert "suivi" in {d.id for d in declarations(charger(convention))}


@pytest.mark.parametrize("forme", FORMES, ids=lambda forme: forme.__name__)
def test_cinq_structures_en_deux_gestes_quelle_que_soit_la_forme(
    ouvrir, entrepots, convention, tmp_path, forme
):
    """Drop the workbook, retain the names that are close: every value shows, tied to whom it is about."""
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    deposer(page, ecrire(tmp_path / "reseau.xlsx", forme()))
    cocher(page, "Retenir les structures proches")
    valeurs = {cle: valeur for cle, valeur in lues(page).items() if cle[1] == "2025"}
    attendues = {
        (nom, "2025", mesure): str(lu)
        for mesure, tous in (("Enfants admis", ADMIS), ("Places agréées au 31 décembre", PLACES))
        for nom, lu in zip(VRAIS_NOMS, tous, strict=True)
    }
    assert valeurs == attendues
    assert not page.essai.warning


def test_un_tableau_sous_le_titre_de_chaque_structure_se_lit_en_deux_gestes(
    ouvrir, entrepots, convention, tmp_path
):
    nom, feuilles, attendues = un_tableau_sous_chaque_titre()
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    deposer(page, ecrire(tmp_path / nom, feuilles))
    assert "Chaque titre dit la structure des lignes qui le suivent : « Multi-accueil Junot »" in page.mots
    cocher(page, "Retenir les structures proches")
    assert f"{len(attendues)} valeurs lues, de 6 répondants" in page.mots
    assert not page.essai.warning


@pytest.mark.parametrize("forme", [un_titre_dit_la_mesure, des_blocs_cote_a_cote, les_annees_sous_la_mesure])
def test_un_classeur_de_reseau_se_lit_en_deux_gestes(ouvrir, entrepots, convention, tmp_path, forme):
    nom, feuilles, attendues = forme()
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    deposer(page, ecrire(tmp_path / nom, feuilles))
    cocher(page, "Retenir les structures proches")
    assert f"{len(attendues)} valeurs lues, de 4 répondants" in page.mots
    assert not page.essai.warning


@pytest.mark.parametrize("forme", [le_detail_en_colonnes, une_colonne_de_detail])
def test_une_ventilation_se_lit_sans_un_geste(ouvrir, entrepots, convention, tmp_path, forme):
    nom, feuilles, attendues = forme()
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    deposer(page, ecrire(tmp_path / nom, feuilles))
    assert f"{len(attendues)} valeurs lues, de 4 répondants" in page.mots
    assert not page.essai.warning


def test_une_structure_que_rien_ne_dit_se_choisit_et_ses_mesures_sont_celles_de_son_type(
    ouvrir, entrepots, convention, tmp_path
):
    lignes = [
        ["Notre année"],
        [],
        ["Indicateur", "Nombre"],
        ["Adhérents", 412],
        ["Total des charges", 512300],
    ]
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    deposer(page, ecrire(tmp_path / "suivi_archipel_2025.xlsx", {"Suivi": lignes}))
    assert "De quelle structure sont ces chiffres ?" in page.mots
    choix = next(s for s in page.essai.selectbox if s.label == "Structure")
    assert choix.options[0] == "L’Archipel"  # the name of the file says so; nobody decided it
    assert choix.value is None
    choix.set_value("archipel").run()
    assert not page.essai.exception
    # the year is read in the name of the file: the workbook of next year will say its own
    assert lues(page)["L’Archipel", "2025", "Adhérents"] == "412"


def test_un_classeur_qu_une_autre_correspondance_reconnait_est_dit_avant_d_enregistrer(
    ouvrir, entrepots, convention, tmp_path
):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    (convention / "classeurs_libres" / "rivale.yml").write_text(
        "titre: Suivi des adhérents\nnature: ecarte\nmessage: reçu par ailleurs\n"
        "reconnaissance: {cellules: [Centre, Adhérents]}\n",
        encoding="utf-8",
    )
    deposer(page, ecrire(tmp_path / "suivi.xlsx", SUIVI))
    assert "déjà reconnu par" in page.essai.warning[0].value
    assert "Suivi des adhérents" in page.essai.warning[0].value
    # the officer writes no YAML: the new one takes the place of the other, in one gesture
    cocher(page, "Remplacer « Suivi des adhérents » par celle-ci")
    next(b for b in page.essai.button if b.label == "Enregistrer cette correspondance").click().run()
    lues_ = {d.id: d for d in declarations(charger(convention))}
    assert "suivi" not in lues_
    assert (lues_["rivale"].nature, lues_["rivale"].titre) == ("rapport", "suivi")


def test_un_fichier_qui_n_est_pas_un_classeur_est_refuse_par_une_phrase(
    ouvrir, entrepots, convention, tmp_path
):
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    (tmp_path / "photo.xlsx").write_bytes(b"\x89PNG....")
    deposer(page, tmp_path / "photo.xlsx")
    assert "image (PNG)" in page.essai.error[0].value.replace("\\", "")


def test_un_classeur_recu_que_rien_ne_reconnait_se_choisit_dans_la_liste(
    ouvrir, convention, tmp_path, monkeypatch
):
    recus = tmp_path / "recus"
    recus.mkdir()
    ecrire(recus / "suivi.xlsx", SUIVI)
    construire((recus,), convention, tmp_path / "e.duckdb")
    monkeypatch.setenv("CTG_RAW", str(recus))
    page = ouvrir(tmp_path / "e.duckdb", PAGE, annee="2025", volet="decrire")
    liste = next(s for s in page.essai.selectbox if "que rien ne reconnaît" in s.label)
    assert liste.options == ["—", "suivi.xlsx"]
    liste.set_value("suivi.xlsx").run()
    assert not page.essai.exception
    assert "2. Où sont les tableaux" in page.constats


def test_ce_qui_manque_se_dit_par_la_feuille_et_la_ligne(ouvrir, entrepots, convention, tmp_path):
    lignes = [["Suivi"], [], ["Indicateur", "Adhérents", "Archipel"], ["total", 412, 300]]
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    deposer(page, ecrire(tmp_path / "suivi.xlsx", {"Bilan": lignes}))
    dit = page.essai.warning[0].value.replace("\\", "").replace("\u00a0", " ")
    assert dit.startswith("Feuille « Bilan », ligne 3 : dire qui répond")


def test_ce_que_la_page_enregistre_se_lit_a_la_construction(ouvrir, entrepots, convention, tmp_path):
    recus = tmp_path / "recus"
    recus.mkdir()
    page = ouvrir(entrepots(CONVENTION_SEULE), PAGE, annee="2025", volet="decrire")
    deposer(page, ecrire(recus / "reseau.xlsx", une_feuille_par_structure()))
    cocher(page, "Retenir les structures proches")
    montrees = lues(page)
    next(b for b in page.essai.button if b.label == "Enregistrer cette correspondance").click().run()
    construire((recus,), convention, tmp_path / "e.duckdb")
    with duckdb.connect(str(tmp_path / "e.duckdb"), read_only=True) as connexion:
        chargees = connexion.execute("SELECT count(*) FROM interne.lue WHERE etat = 'valeur'").fetchone()
        fichiers = connexion.execute("SELECT statut, famille FROM collecte.fichier").fetchall()
    assert set(fichiers) == {("accepte", "classeur_libre")}
    assert chargees == (len(montrees),)
