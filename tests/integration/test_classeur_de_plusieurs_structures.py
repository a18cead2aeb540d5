"""One workbook answers for several structures, on several sheets: a fault is told to the one that made it."""

import shutil

import duckdb
import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.construction.entrepot import construire
from etl.saisies import ajouter
from tests.exemples.classeur_libre import ecrire

RESEAU = """
titre: Suivi du réseau
nature: rapport
reconnaissance: {feuilles: [Suivi], cellules: [Établissement, Admis]}
annee: {valeur: 2025}
tableaux:
  - feuilles: [Suivi]
    entete: [Établissement, Admis]
    colonnes:
      - {entete: Établissement, donne: structure}
      - {entete: Admis, donne: valeur, mesure: "i:PE-2.0.2-b"}
  - feuilles: [Publics]
    entete: [Établissement, Prioritaires, Parmi]
    colonnes:
      - {entete: Établissement, donne: structure}
      - {entete: Prioritaires, donne: valeur, mesure: "i:PE-2.0.2-d", code: numerateur}
      - {entete: Parmi, donne: valeur, mesure: "i:PE-2.0.2-d", code: denominateur}
"""
COLOMBIERE, JAURES, JUNOT = "micro-creche-colombiere", "multi-accueil-jean-jaures", "multi-accueil-junot"


class Reseau:
    """The workbooks a network sends, and the warehouse they make."""

    def __init__(self, dossier):
        self.raw, self.convention, self.saisies = dossier / "raw", dossier / "convention", dossier / "saisies"
        self.entrepot = dossier / "ctg.duckdb"
        self.raw.mkdir()
        shutil.copytree(dossier_par_defaut(), self.convention)
        (self.convention / "classeurs_libres" / "reseau.yml").write_text(RESEAU, encoding="utf-8")

    def envoyer(self, nom, recu_le, admis, publics):
        suivi = [["Établissement", "Admis"], *admis]
        ecrire(
            self.raw / nom,
            {"Suivi": suivi, "Publics": [["Établissement", "Prioritaires", "Parmi"], *publics]},
        )
        with (self.raw / "receptions.csv").open("a", encoding="utf-8") as flux:
            flux.write(("" if flux.tell() else "fichier;recu_le\n") + f"{nom};{recu_le}\n")

    def lire(self, sql):
        construire((self.raw,), self.convention, self.entrepot)
        with duckdb.connect(str(self.entrepot), read_only=True) as connexion:
            return connexion.execute(sql).fetchall()

    def statuts(self):
        """{structure: its state, whether a reason is given}."""
        lignes = self.lire(
            "SELECT repondant_id, statut, raison IS NOT NULL FROM collecte.attendu WHERE fichier IS NOT NULL"
        )
        return {qui: (statut, raison) for qui, statut, raison in lignes}


@pytest.fixture
def reseau(tmp_path, monkeypatch):
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    return Reseau(tmp_path)


def test_la_faute_d_une_structure_n_est_pas_celle_de_ses_voisines(reseau):
    reseau.envoyer(
        "reseau.xlsx",
        "2026-06-01",
        [[COLOMBIERE, 31], [JAURES, "une dizaine"], [JUNOT, 28]],
        [[COLOMBIERE, 40, 30], [JAURES, 10, 40], [JUNOT, 12, 40]],
    )
    assert reseau.statuts() == {
        COLOMBIERE: ("a_corriger", True),  # more of a part than of its whole, on the second sheet
        JAURES: ("a_corriger", True),
        JUNOT: ("recu", False),
    }


def test_corriger_sa_feuille_ne_leve_pas_le_refus_de_l_autre(reseau):
    reseau.envoyer("reseau.xlsx", "2026-06-01", [[JAURES, "une dizaine"]], [[JAURES, "une quinzaine", 40]])
    champs = {"repondant_id": JAURES, "annee": 2025, "code": "valeur", "fonction": "coordination"}
    corrections = [("i:PE-2.0.2-b", "valeur", "12"), ("i:PE-2.0.2-d", "numerateur", "15")]
    attendus = [("a_corriger", True), ("recu", False)]
    for (cle, code, nouvelle), attendu in zip(corrections, attendus, strict=True):
        ajouter(
            "valeurs",
            {
                **champs,
                "cle": cle,
                "code": code,
                "ancienne": "[refusée]",
                "nouvelle": nouvelle,
                "raison": "Relu",
            },
            charger(reseau.convention),
        )
        assert reseau.statuts() == {JAURES: attendu}


def test_un_renvoi_pour_une_structure_ne_cache_pas_ce_qui_reste_a_corriger_des_autres(reseau):
    reseau.envoyer(
        "reseau.xlsx", "2026-06-01", [[COLOMBIERE, "une dizaine"], [JUNOT, "une dizaine"]], [[JUNOT, 1, 20]]
    )
    reseau.envoyer("junot.xlsx", "2026-06-20", [[JUNOT, 28]], [[JUNOT, 12, 40]])
    anomalies = reseau.lire(
        "SELECT repondant_id, remplacee FROM collecte.anomalie WHERE gravite = 'bloquant' ORDER BY ALL"
    )
    assert anomalies == [(COLOMBIERE, False), (JUNOT, True)]
