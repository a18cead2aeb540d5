"""What the sources declare holds together, and is told in docs/sources.md."""

import re
from pathlib import Path

import pytest

from etl.sources import familles, variables
from etl.sources.catalogue import hors_perimetre, motif
from etl.sources.modele import ETATS, NIVEAUX, Telechargement

RACINE = Path(__file__).parents[2]
LIEUX = ("cle", "nom", "commune", "annee", "niveau")
UNITES_STATISTIQUES = {"", "personne", "famille", "euro"}
ATTENDUES = {
    ("caf_iris", "caf_allocataires"),
    ("caf_iris", "caf_personnes_couvertes"),
    ("caf_iris", "caf_monoparents"),
    ("caf_iris", "caf_isoles"),
    ("filosofi_iris_disp", "filosofi_niveau_vie_median"),
    ("filosofi_iris_disp", "filosofi_taux_pauvrete"),
    ("filosofi_iris_dec", "filosofi_revenu_declare_median"),
    ("filosofi_iris_dec", "filosofi_taux_bas_revenu_declare"),
    ("filosofi_commune", "filosofi_niveau_vie_median"),
    ("qpv_demographie", "qpv_population"),
    ("ips", "ips"),
    ("population_iris", "population"),
}


@pytest.mark.parametrize("famille", familles(), ids=lambda f: f.source_id)
def test_une_source_dit_tout_ce_qu_on_doit_savoir_d_elle(famille):
    assert famille.titre
    assert famille.producteur
    assert famille.licence
    assert famille.niveau in {*NIVEAUX, "tous"}
    assert famille.annee in {"suffixe", "colonne", "nom_du_fichier", "sans"}
    assert all(famille.signatures)
    for regle in filter(
        None, (famille.vide, famille.absente, *famille.textes.values(), *famille.notes.values())
    ):
        assert regle.etat in ETATS
        assert regle.texte or regle.etat == "publie"


@pytest.mark.parametrize("famille", familles(), ids=lambda f: f.source_id)
def test_chaque_colonne_a_son_role_et_chaque_valeur_son_libelle(famille):
    for colonne in famille.colonnes:
        assert colonne.role in {*LIEUX, "note", "statut", "valeur", "ignoree"}
        assert colonne.motifs
        assert bool(colonne.variable_id and colonne.libelle) == (colonne.role == "valeur")
        assert colonne.remarque or colonne.role != "ignoree"  # what is not read says why
        assert colonne.unite_statistique in UNITES_STATISTIQUES


@pytest.mark.parametrize("famille", familles(), ids=lambda f: f.source_id)
def test_une_source_n_est_reconnue_que_par_ses_propres_colonnes(famille):
    declares = [m.pattern for c in famille.colonnes for m in c.motifs]
    for signature in famille.signatures if famille.colonnes else ():
        assert {m.pattern for m in signature} <= set(declares)


def test_variables_publiques():
    lignes = variables()
    cles = {(v["source_id"], v["variable_id"]) for v in lignes}
    assert len(cles) == len(lignes)
    assert cles >= ATTENDUES
    assert all(3 <= len(v["libelle"]) <= 110 for v in lignes)


def test_ne_s_additionnent_que_des_effectifs():
    assert not [v["variable_id"] for v in variables() if v["unite"] in {"%", "€", ""} and v["additif"]]


def test_disp_et_dec_n_ont_aucune_variable_de_revenu_en_commun():
    disp, dec = (
        {v["variable_id"] for v in variables() if v["source_id"] == source}
        for source in ("filosofi_iris_disp", "filosofi_iris_dec")
    )
    assert disp and dec and not disp & dec


def _rangees(page, titre):
    """First cells of the rows of the table under a title → the whole row."""
    section = page.split(f"## {titre}\n", 1)[1].split("\n## ", 1)[0]
    rangees = re.findall(r"^(\|([^|]+)\|.*)$", section, flags=re.MULTILINE)
    return {cellule: ligne for ligne, cellule in rangees}


def test_chaque_source_est_dans_la_documentation():
    page = (RACINE / "docs" / "sources.md").read_text(encoding="utf-8")
    mots = {"iris": "IRIS", "qpv": "QPV", "commune": "commune", "ecole": "école", "tous": ""}
    lues = _rangees(page, "Les sources lues")
    silences = " ".join(_rangees(page, "Ce que veut dire une case qui ne porte pas de nombre"))
    for famille in familles():
        assert mots[famille.niveau] in lues[f" `{famille.source_id}` "]
        if famille.niveau != "tous" and famille.source_id != "iris":
            assert f"`{famille.source_id}`" in silences
    declarees = {f" `{famille.source_id}` " for famille in familles()}
    assert {ligne for ligne in lues if "`" in ligne} == declarees


def test_les_marques_et_statuts_declares_sont_expliques():
    page = (RACINE / "docs" / "sources.md").read_text(encoding="utf-8")
    for famille in familles():
        for marque in famille.textes:
            assert f"`{marque}`" in page or f"`{marque.upper()}`" in page


def test_ce_qui_est_reconnu_sans_etre_charge_est_dans_la_documentation():
    page = (RACINE / "docs" / "sources.md").read_text(encoding="utf-8").casefold()
    for _, message in hors_perimetre():
        assert re.split(r"[ ,:]", message)[0].casefold() in page, message


def test_la_page_du_telechargement_dit_ses_options_et_ses_champs():
    page = (RACINE / "docs" / "telecharger.md").read_text(encoding="utf-8")
    for mot in ("--vers", "--liste", *Telechargement._fields):
        assert mot in page


def test_les_phrases_hors_perimetre_sont_des_phrases():
    assert all(entetes and message.endswith(".") for entetes, message in hors_perimetre())


@pytest.mark.parametrize(
    ("ecrit", "entete", "reconnu"),
    [
        ("DISP_MED{aa}", "disp_med19", True),
        ("DISP_MED{aa}", "disp_med2019", True),
        ("DISP_MED{aa}", "disp_med219", False),
        ("S80S20{aa}", "s80s2019", True),
        ("DISP_TP60{aa}", "disp_tp6018", True),
        ("P{aa}_POP", "p22_pop", True),
        ("dm_0014_pct_{aa}", "dm_0014_pct_22", True),
        ("TP60{aa}", "tp60age121", False),
        ("PTSA{aa}", "ptsac14", False),
        ("A", "a_etud", False),
    ],
)
def test_motif_d_entete(ecrit, entete, reconnu):
    assert bool(motif(ecrit).fullmatch(entete)) == reconnu
