"""What the convention asks changes with the years: forms of another time are read by what was theirs."""

import shutil
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from ctg.referentiel import ReferentielInvalide, charger, dossier_par_defaut
from etl.canevas.grammaire import COLONNES, VERSION
from etl.canevas.lecture.classeur import lire
from etl.canevas.plan import lignes, plan_fiche, plan_structure
from etl.canevas.versions import colonnes_par_version
from etl.construction.entrepot import construire
from tests.exemples.formulaire_plein import contenu, ecrire_plein
from tests.exemples.formulaire_rempli import formulaire_de, rang_de
from tests.integration.test_canevas_sans_reperes import ADHERENTS, CENTRE, colle, ligne_de, retoucher

PROJETS = "JE-1.1.2-a"  # asked of the centres sociaux


@pytest.fixture
def convention(tmp_path):
    return Path(shutil.copytree(dossier_par_defaut(), tmp_path / "convention"))


def demander_depuis(convention, indicateur_id, annee):
    table = convention / "indicateurs.csv"
    lues = table.read_text(encoding="utf-8").split("\n")
    lues = [f"{ligne}{annee}" if ligne.startswith(f"{indicateur_id};") else ligne for ligne in lues]
    table.write_text("\n".join(lues), encoding="utf-8")
    return charger(convention)


def ajouter_formulation(convention, ligne):
    with (convention / "formulations.csv").open("a", encoding="utf-8") as flux:
        flux.write(f"{ligne}\n")


def test_un_indicateur_ajoute_plus_tard_ne_manque_pas_aux_anciens_formulaires(convention, tmp_path):
    referentiel = demander_depuis(convention, PROJETS, 2026)
    structure = referentiel.structures[CENTRE]
    demandees = {a: lignes(plan_structure(referentiel, structure, a)) for a in (2025, 2026)}
    assert f"i:{PROJETS}" not in demandees[2025]
    assert f"i:{PROJETS}" in demandees[2026]
    (formulaire,) = lire(ecrire_plein(referentiel, CENTRE, tmp_path), referentiel).formulaires
    assert (formulaire.statut, formulaire.anomalies) == ("accepte", ())


def test_une_question_des_fiches_a_aussi_sa_premiere_annee(convention):
    referentiel = demander_depuis(convention, "PE-1.0.1-c", 2027)
    avant, apres = (lignes(plan_fiche(referentiel, "PE-1", annee)) for annee in (2026, 2027))
    assert {cle.partition("@")[0] for cle in apres.keys() - avant.keys()} == {"i:PE-1.0.1-c"}
    assert lignes(plan_fiche(referentiel, "PE-1")).keys() == apres.keys()


def test_personne_n_est_attendu_avant_la_premiere_annee(convention, tmp_path):
    referentiel = demander_depuis(convention, PROJETS, 2025)
    raw = tmp_path / "raw"
    raw.mkdir()
    ecrire_plein(referentiel, CENTRE, raw)
    entrepot = tmp_path / "warehouse.duckdb"
    construire((raw,), convention, entrepot)
    with duckdb.connect(str(entrepot), read_only=True) as connexion:
        annees = connexion.execute(
            "SELECT DISTINCT annee FROM interne.demande WHERE indicateur_id = ? ORDER BY annee", [PROJETS]
        ).fetchall()
        campagnes = connexion.execute("SELECT annee FROM interne.campagne ORDER BY annee").fetchall()
    assert annees == [(annee,) for (annee,) in campagnes if annee >= 2025] != campagnes


def test_un_ancien_libelle_est_le_sien_a_cote_de_son_identifiant(convention, tmp_path):
    ajouter_formulation(convention, "v:adherents;2025;Usagers inscrits;propose")
    referentiel = charger(convention)
    for annee, attendues in ((2025, []), (2026, ["libelle_change"])):
        chemin = ecrire_plein(referentiel, CENTRE, tmp_path, annee)
        classeur = load_workbook(chemin)
        feuille = formulaire_de(classeur)
        feuille.cell(rang_de(feuille, "v:adherents"), 3).value = "Usagers inscrits"
        classeur.save(chemin)
        (formulaire,) = lire(chemin, referentiel).formulaires
        assert [a.regle for a in formulaire.anomalies] == attendues


def test_un_ancien_libelle_se_lit_dans_les_formulaires_de_son_temps(convention, tmp_path):
    ajouter_formulation(convention, "v:adherents;2025;Usagers inscrits;propose")
    referentiel = charger(convention)
    plein = ecrire_plein(referentiel, CENTRE, tmp_path)
    copie = colle(plein, tmp_path / "colle.xlsx")
    retoucher(copie, lambda f: setattr(f.cell(ligne_de(f, ADHERENTS), 1), "value", "Usagers inscrits"))
    (formulaire,) = lire(copie, referentiel).formulaires
    assert contenu(formulaire) == contenu(lire(plein, referentiel).formulaires[0])
    assert [a.regle for a in formulaire.anomalies] == ["reperes_perdus"]

    retoucher(copie, lambda f: setattr(f.cell(ligne_de(f, 2025), 4), "value", 2026))
    (formulaire,) = lire(copie, referentiel).formulaires
    assert "adherents" not in {c.objet_id for c in formulaire.cellules}


def test_l_ancien_intitule_d_une_question_par_quartier_situe_ses_lignes(convention, tmp_path):
    ancien = "Combien de familles ont été satisfaites de l’information ?"
    ajouter_formulation(convention, f"i:PE-1.0.1-c;2025;{ancien};propose")
    referentiel = charger(convention)
    plein = ecrire_plein(referentiel, "PE-1", tmp_path)
    copie = colle(plein, tmp_path / "colle.xlsx")
    retoucher(copie, lambda f: setattr(f.cell(ligne_de(f, "Toison d’Or") - 1, 1), "value", ancien))
    (formulaire,) = lire(copie, referentiel).formulaires
    assert contenu(formulaire) == contenu(lire(plein, referentiel).formulaires[0])


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        ("v:inconnu;2025;Usagers;propose", "« inconnu » inconnu de indicateurs.csv"),
        ("adherents;2025;Usagers;propose", "colonne cle : « adherents » n’a pas la forme attendue"),
        ("v:adherents;;Usagers;propose", "colonne jusqu_en : cellule vide"),
    ],
)
def test_une_formulation_fausse_est_dite_avec_sa_ligne(convention, ligne, phrase):
    ajouter_formulation(convention, ligne)
    with pytest.raises(ReferentielInvalide, match="formulations.csv, ligne 2") as refus:
        charger(convention)
    assert phrase in str(refus.value)


def test_les_noms_des_colonnes_de_chaque_version_sont_une_table(tmp_path):
    assert tuple(colonnes_par_version()[VERSION].values()) == COLONNES
    table = tmp_path / "colonnes.csv"
    table.write_text("version;repere;colonne\n2;identifiant;id\n2;reponse 1;v1\n", encoding="utf-8")
    assert colonnes_par_version(table) == {2: {"identifiant": "id", "reponse 1": "v1"}}
