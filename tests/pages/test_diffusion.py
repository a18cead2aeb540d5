"""The strip, the figures and the workbook, before and after the aval of a fiche."""

import shutil

import duckdb
import pytest

from ctg.entrepot import Entrepot
from ctg.exports.recapitulatif import contexte
from ctg.exports.recapitulatif.contexte import Selection
from ctg.exports.recapitulatif.jalons import feuille as jalons_du_classeur
from ctg.vie import HORS_FICHE

PROVISOIRE = "provisoire, ne pas diffuser"
AUTORISEE = "diffusion autorisée le 12 novembre 2026"


@pytest.fixture(scope="module")
def avalise(entrepots, tmp_path_factory):
    """The whole axis « petite enfance » has its aval, for every campaign; nothing else has."""
    copie = tmp_path_factory.mktemp("aval") / "w.duckdb"
    shutil.copy(entrepots("regime-etabli"), copie)
    with duckdb.connect(str(copie)) as connexion:
        connexion.execute(
            "INSERT INTO publication.etape BY NAME"
            " SELECT annee, fiche_id, 'aval' AS etape, TIMESTAMP '2026-11-12' AS atteinte_le"
            " FROM publication.etape WHERE etape = 'recue' AND starts_with(fiche_id, 'PE-')"
        )
    return copie


@pytest.mark.parametrize(
    ("page", "adresse", "mention"),
    [
        ("pilotage/fiche", {"fiche": "PE-2"}, AUTORISEE),
        ("pilotage/fiche", {"fiche": "EN-1"}, PROVISOIRE),
        ("pilotage/indicateur", {"indicateur": "PE-2.0.2-b"}, AUTORISEE),
        ("pilotage/indicateur", {"indicateur": "EN-1.0.p1"}, PROVISOIRE),
        ("pilotage/axe", {"axe": "PE"}, AUTORISEE),
        ("pilotage/synthese", {}, PROVISOIRE),
        ("donnees/collecte", {}, PROVISOIRE),
    ],
)
def test_chaque_page_dit_si_elle_peut_sortir(page, adresse, mention, avalise, ouvrir):
    mots = ouvrir(avalise, page, annee="2025", **adresse).mots
    bandeau = next(ligne for ligne in mots.splitlines() if ligne.startswith("Campagne 2025"))
    assert mention in bandeau
    assert (PROVISOIRE in mots) == (mention == PROVISOIRE)


@pytest.mark.parametrize(("axe", "mention"), [("PE", AUTORISEE), ("EN", PROVISOIRE), (None, PROVISOIRE)])
def test_le_recapitulatif_porte_la_mention_de_ses_fiches(axe, mention, avalise):
    lu = contexte.lire(Entrepot(avalise), Selection(2025, axe))
    assert lu.avertissements == ("Données fictives", mention)
    assert lu.provisoire == (mention == PROVISOIRE)


def donner_l_aval(entrepot, *fiches):
    with duckdb.connect(str(entrepot)) as connexion:
        connexion.execute(
            "INSERT INTO publication.etape BY NAME"
            " SELECT annee, fiche_id, 'aval' AS etape, TIMESTAMP '2026-11-12' AS atteinte_le"
            " FROM publication.etape WHERE etape = 'recue' AND fiche_id IN (SELECT unnest(?))",
            [list(fiches)],
        )


def test_une_fiche_attend_aussi_l_aval_de_celle_dont_elle_partage_une_mesure(entrepots, tmp_path, ouvrir):
    """KAPS stands on JE-2 and JE-3: the page of JE-2 shows numbers that wait for the aval of JE-3."""
    copie = tmp_path / "w.duckdb"
    shutil.copy(entrepots("regime-etabli"), copie)
    donner_l_aval(copie, "JE-2")
    assert PROVISOIRE in ouvrir(copie, "pilotage/fiche", annee="2025", fiche="JE-2").mots
    autre = tmp_path / "deux.duckdb"
    shutil.copy(copie, autre)
    donner_l_aval(autre, "JE-3")
    mots = ouvrir(autre, "pilotage/fiche", annee="2025", fiche="JE-2").mots
    assert AUTORISEE in mots and PROVISOIRE not in mots


def test_une_fiche_dont_rien_n_a_ete_recu_attend_l_aval_de_ce_qu_elle_montre(avalise, tmp_path):
    """A number typed by hand, or drawn from an extract, is shown though its fiche was not received."""
    copie = tmp_path / "w.duckdb"
    shutil.copy(avalise, copie)
    with duckdb.connect(str(copie)) as connexion:
        connexion.execute("DELETE FROM publication.etape WHERE fiche_id = 'PE-2' AND annee = 2025")
    assert contexte.lire(Entrepot(copie), Selection(2025, "PE")).statut == PROVISOIRE


@pytest.mark.parametrize(
    ("requete", "parametres"),
    [
        ("mesure_annees", {"indicateur": "JE-1.1.1-a", "type": "tous"}),
        ("mesure_quartiers_annees", {"indicateur": "JE-1.1.1-a"}),
        ("structure_vie", {"structure": "maison-phare"}),
    ],
)
def test_une_campagne_autorisee_ne_montre_rien_d_une_suivante(requete, parametres, avalise):
    annees = Entrepot(avalise).requete(requete, annee=2024, **parametres)["annee"]
    assert set(annees) == {2023, 2024}


def test_les_comptes_d_une_structure_ne_sont_d_aucun_aval(avalise, tmp_path, ouvrir):
    copie = tmp_path / "w.duckdb"
    shutil.copy(avalise, copie)
    avant = ouvrir(copie, "territoire/structure", annee="2025", structure="maison-phare").mots
    assert PROVISOIRE in avant and HORS_FICHE not in avant
    autre = tmp_path / "tout.duckdb"
    shutil.copy(copie, autre)
    with duckdb.connect(str(autre)) as connexion:
        fiches = connexion.execute("SELECT fiche_id FROM publication.fiche WHERE axe_id <> 'PE'").fetchall()
    donner_l_aval(autre, *(fiche for (fiche,) in fiches))
    mots = ouvrir(autre, "territoire/structure", annee="2025", structure="maison-phare").mots
    assert AUTORISEE in mots and PROVISOIRE not in mots
    assert mots.count(HORS_FICHE) == 2  # the accounts, and the life of the structure


def test_un_jalon_change_depuis_l_aval_le_dit_ou_il_se_lit(avalise, tmp_path, ouvrir):
    copie = tmp_path / "w.duckdb"
    shutil.copy(avalise, copie)
    dite = "non engagé à l’aval du 12/11/2026, changé le 13/11/2026 : Date mal lue"
    with duckdb.connect(str(copie)) as connexion:
        connexion.execute(
            "UPDATE publication.mesure SET depuis_l_aval = ? WHERE indicateur_id = 'PE-5.j2'", [dite]
        )
    assert dite in ouvrir(copie, "pilotage/fiche", annee="2025", fiche="PE-5").mots
    jalons = Entrepot(copie).requete("export_jalons", annee=2025, axe="PE")
    feuille = jalons_du_classeur(contexte.lire(Entrepot(copie), Selection(2025, "PE")), jalons)
    remarques = {ligne[1]: ligne[-1] for ligne in feuille.tableau.lignes}
    assert remarques["PE-5.j2"].startswith(dite) and "à l’aval" not in remarques["PE-5.j1"]


def test_le_suivi_compte_les_fiches_confirmees(entrepots, tmp_path):
    copie = tmp_path / "w.duckdb"
    shutil.copy(entrepots("regime-etabli"), copie)
    with duckdb.connect(str(copie)) as connexion:
        connexion.execute(
            "INSERT INTO publication.etape BY NAME"
            " SELECT annee, fiche_id, 'confirmee' AS etape, TIMESTAMP '2026-11-12' AS atteinte_le"
            " FROM publication.etape WHERE etape = 'recue' AND fiche_id = 'PE-1'"
        )
    lu = Entrepot(copie)
    for par in ("expediteur", "quartier", "type"):
        assert lu.requete("collecte_suivi", annee=2025, par=par)["nb_confirmes"].sum() == 1
    formulaires = (
        lu.requete("collecte_repondants", annee=2025).set_index("repondant_id")["confirme_le"].dropna()
    )
    assert list(formulaires.index) == ["PE-1"]
