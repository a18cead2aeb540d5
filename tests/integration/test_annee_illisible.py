"""A form of which the year cannot be read: it came, it waits, and nobody is told that it is missing."""

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

import ctg
from ctg import relances
from ctg.referentiel import charger, dossier_par_defaut
from ctg.referentiel.parametres import Campagne
from etl.canevas.lecture.classeur import lire as lire_canevas
from etl.canevas.modeles import Formulaire
from etl.canevas.redaction.ecriture import ecrire
from etl.construction.entrepot import construire
from etl.jugement.annees import presumer
from etl.jugement.depots import Depot
from tests.exemples.formulaire_rempli import COLONNES, formulaire_de, rang_marque, remplir

ANNEE, FAMILLES = ("m:annee", "valeur"), ("v:familles", "valeur")
CAMPAGNE = relances.Campagne(2025, "Convention", "Dijon", "Caf", dt.date(2026, 11, 21))


class Ville:
    """What L’Archipel sent, and what the pages read of it."""

    def __init__(self, dossier: Path):
        self.dossier, self.dates = dossier, ["fichier;recu_le"]
        self.raw = dossier / "raw"
        self.raw.mkdir()
        self.construit = False

    def recevoir(self, nom, annee, recu_le, canevas=2025, manifeste=True):
        (chemin,) = ecrire(charger(dossier_par_defaut()), canevas, self.dossier, structure="archipel")
        remplir(chemin, {ANNEE: annee, FAMILLES: 180})
        if not manifeste:  # nor the heading of the recalls: nothing says the year the form was printed for
            classeur = load_workbook(chemin)
            del classeur["_ctg"]
            feuille = formulaire_de(classeur)
            feuille.cell(rang_marque(feuille) + 1, COLONNES["precedent"]).value = "Rappel"
            classeur.save(chemin)
        chemin.rename(self.raw / nom)
        self.dates.append(f"{nom};{recu_le}")
        (self.raw / "receptions.csv").write_text("\n".join(self.dates), encoding="utf-8")
        self.construit = False
        return self

    def lire(self, requete, **parametres):
        if not self.construit:
            construire((self.raw,), dossier_par_defaut(), self.dossier / "w.duckdb")
            self.construit = True
        sql = (Path(ctg.__file__).parent / f"requetes/{requete}.sql").read_text(encoding="utf-8")
        with duckdb.connect(str(self.dossier / "w.duckdb"), read_only=True) as connexion:
            return connexion.execute(sql, parametres).df()

    def suivi(self):
        """Campaign → where the form of L’Archipel stands."""
        lignes = {annee: self.lire("collecte_repondants", annee=annee) for annee in (2023, 2024, 2025)}
        return {
            a: x.set_index("repondant_id").loc["archipel", ["statut", "raison"]] for a, x in lignes.items()
        }

    def relance(self, annee=2025):
        formulaires, points = (
            self.lire(f"collecte_{nom}", annee=annee).query("expediteur_id == 'archipel'")
            for nom in ("repondants", "points")
        )
        return relances.textes(CAMPAGNE, formulaires, points).get("archipel")


@pytest.fixture
def ville(tmp_path, monkeypatch):
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    return Ville(tmp_path)


@pytest.mark.parametrize(
    ("annee", "canevas", "manifeste", "lue"),
    [
        (None, 2025, True, 2025),
        (20225, 2025, True, 2025),
        ("2025 bis", 2025, False, None),
        (None, 2024, True, 2024),
        # this year's form sent back with last year's date, and last year's typed over for this year: which?
        (2024, 2025, True, None),
        (2025, 2024, True, None),
    ],
)
def test_l_annee_refusee_est_celle_du_canevas_quand_il_la_dit(annee, canevas, manifeste, lue, ville):
    ville.recevoir("envoi.xlsx", annee, "2026-06-20", canevas, manifeste)
    (formulaire,) = lire_canevas(ville.raw / "envoi.xlsx", charger(dossier_par_defaut())).formulaires
    assert (formulaire.statut, formulaire.repondant_id, formulaire.annee) == ("refuse", "archipel", lue)


@pytest.mark.parametrize(
    ("recu_le", "genre", "campagne"),
    [
        ("2026-06-20", "structure", 2025),
        ("2026-02-01", "structure", 2025),
        ("2025-09-01", "structure", 2024),
        # after the deadline of the structures, before that of the référents
        ("2026-01-10", "fiche", 2024),
        (None, "structure", 2025),
    ],
)
def test_une_annee_que_rien_ne_dit_est_celle_de_l_echeance_la_plus_proche(recu_le, genre, campagne):
    campagnes = tuple(Campagne(a, dt.date(a + 1, 7, 15), dt.date(a + 1, 10, 1)) for a in (2023, 2024, 2025))
    formulaire = Formulaire(genre, "archipel", None, False, None, "L’Archipel", "refuse")
    (presume,) = presumer(
        [Depot("envoi.xlsx", formulaire, recu_le and dt.datetime.fromisoformat(recu_le))], campagnes
    )
    assert presume.formulaire.annee == campagne


def test_sans_campagne_ou_sans_repondant_rien_n_est_presume():
    anonyme = Depot("a.xlsx", Formulaire("structure", None, None, False, None, "A", "refuse"))
    connu = Depot("a.xlsx", Formulaire("structure", "archipel", None, False, None, "A", "refuse"))
    assert presumer([anonyme], (Campagne(2025, dt.date(2026, 7, 15)),)) == [anonyme]
    assert presumer([connu], ()) == [connu]


@pytest.mark.parametrize("annee", [20225, 2024])
def test_ce_qui_est_arrive_sans_annee_lisible_attend_et_n_est_pas_dit_en_retard(annee, ville):
    ville.recevoir("envoi.xlsx", annee, "2026-06-20")
    suivi = ville.suivi()
    assert {a: ligne.statut for a, ligne in suivi.items()} == dict.fromkeys((2023, 2024), "attendu") | {
        2025: "refuse"
    }
    assert f"« {annee} »" in suivi[2025].raison
    texte = ville.relance()
    assert "Il nous manque" not in texte and "L’Archipel (fichier « envoi.xlsx »" in texte


def test_une_annee_oubliee_s_ecrit_dans_sa_case(ville):
    ville.recevoir("envoi.xlsx", None, "2026-06-20")
    (ligne,) = ville.lire("collecte_anomalies", annee=2025).query("gravite == 'bloquant'").itertuples()
    assert (ligne.repondant_id, ligne.cellule) == ("archipel", "F12")
    assert "Écrivez" in ligne.message and "canevas neuf" not in ligne.message


def test_renvoye_avec_son_annee_il_ne_laisse_rien_a_corriger(ville):
    ville.recevoir("envoi.xlsx", None, "2026-06-20").recevoir("bon.xlsx", 2025, "2026-07-01")
    assert ville.suivi()[2025].statut == "recu"
    assert ville.relance() is None
    assert ville.lire("collecte_anomalies", annee=2025).query("gravite == 'bloquant'").empty


def test_arrive_apres_le_bon_il_est_a_corriger(ville):
    ville.recevoir("bon.xlsx", 2025, "2026-06-20").recevoir("envoi.xlsx", None, "2026-07-01")
    assert ville.suivi()[2025].statut == "a_corriger"
    assert ville.lire("collecte_repondants", annee=2025).query("statut == 'a_corriger'").fichier.item()
