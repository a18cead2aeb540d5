"""A file received: its date said again, the file withdrawn and taken back; tried first, nothing lost."""

import datetime as dt
import shutil

import duckdb
import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl import inventaire
from etl.canevas.redaction.ecriture import ecrire
from etl.construction.entrepot import construire
from etl.hachages import empreinte_de
from etl.inventaire import inventorier
from etl.reception import acceptation, arrivees, ecartes, essai, lots, retraits
from etl.saisies import SaisieRefusee, signer
from tests.exemples.formulaire_rempli import remplir

CONVENTION = charger(dossier_par_defaut())
FAMILLES = ("v:familles", "valeur")
MAI, JUIN, JUILLET = (dt.datetime(2026, mois, 20, 9, 5) for mois in (5, 6, 7))
RAISON = "Le courriel est du mois de juillet"


@pytest.fixture(scope="module")
def rapports(tmp_path_factory):
    dossier = tmp_path_factory.mktemp("rapports")
    (vierge,) = ecrire(CONVENTION, 2025, dossier, structure="archipel")
    for nom, familles in (("brouillon", 180), ("definitif", 200)):
        remplir(shutil.copy(vierge, dossier / f"{nom}.xlsx"), {FAMILLES: familles})
    return dossier


class Ville:
    """The final report, then a draft whose date is wrong: it counts, and should not."""

    def __init__(self, dossier, rapports):
        self.raw, self.depots, self.entrepot = dossier / "raw", dossier / "depots", dossier / "w.duckdb"
        self.raw.mkdir()
        for nom, recu_le in (("definitif", JUIN), ("brouillon", JUILLET)):
            lots.deposer([(f"{nom}.xlsx", (rapports / f"{nom}.xlsx").read_bytes())], self.depots)
            self.accepter({f"{nom}.xlsx": recu_le})
        self.construire()

    def accepter(self, dates):
        acceptation.accepter(lots.en_attente(self.depots)[0], dates, self.raw, self.depots)

    def construire(self):
        return construire((self.raw,), dossier_par_defaut(), self.entrepot)

    def recu(self, nom):
        return next(r for r in inventorier(self.raw) if r.chemin.name == nom)

    def essayer(self, geste, nom, *date):
        return geste(self.recu(nom).nom, *date, (self.raw,), dossier_par_defaut(), self.entrepot)

    def suivi(self):
        with duckdb.connect(str(self.entrepot), read_only=True) as connexion:
            return connexion.execute(
                "SELECT statut, jours_de_retard, fichier FROM collecte.attendu"
                " WHERE repondant_id = 'archipel' AND annee = 2025"
            ).fetchone()

    def dater(self, nom, recu_le):
        recu = self.recu(nom)
        signature = signer("coordination", RAISON, CONVENTION)
        arrivees.dater(recu.nom, recu.sha256, recu_le, self.raw, self.depots, signature)

    def retirer(self, nom):
        recu = self.recu(nom)
        signature = signer("coordination", "Envoyé par erreur", CONVENTION)
        return retraits.retirer(recu.nom, recu.sha256, recu.recu_le, signature, self.raw, self.depots), recu


@pytest.fixture
def ville(tmp_path, monkeypatch, rapports):
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    return Ville(tmp_path, rapports)


def test_une_autre_date_change_l_ordre_et_le_retard_comme_l_essai_l_a_dit(ville):
    avant = ville.suivi()
    assert avant[:2] == ("en_retard", 5)
    effet = ville.essayer(essai.redater, "brouillon.xlsx", MAI)
    (dit,) = effet.suivis
    assert (dit.nom, dit.statut, dit.retard, dit.statut_apres, dit.retard_apres) == (
        "L’Archipel",
        "en_retard",
        5,
        "recu",
        0,
    )
    assert dit.fichier == avant[2] and dit.fichier_apres.endswith("definitif.xlsx")
    assert [(c.avant, c.apres) for c in effet.apercu.changes] == [("180 familles", "200 familles")]
    assert ville.suivi() == avant  # nothing was written
    ville.dater("brouillon.xlsx", MAI)
    ville.construire()
    assert ville.suivi() == ("recu", 0, dit.fichier_apres)


def test_une_date_corrigee_dit_qui_et_pourquoi_et_se_reprend(ville):
    ville.dater("brouillon.xlsx", MAI)
    ville.dater("brouillon.xlsx", None)
    assert ville.recu("brouillon.xlsx").recu_le is None
    ville.dater("brouillon.xlsx", JUILLET)
    assert ville.recu("brouillon.xlsx").recu_le == JUILLET
    recu = ville.recu("brouillon.xlsx")
    dites = arrivees.histoire(recu.nom, recu.sha256, ville.raw)
    assert [(d.recu_le, d.fonction, d.raison) for d in dites] == [
        (JUILLET, "", ""),
        (MAI, "coordination", RAISON),
        (None, "coordination", RAISON),
        (JUILLET, "coordination", RAISON),
    ]


def test_un_journal_d_avant_les_signatures_se_complete_sans_perdre_une_ligne(ville):
    recu = ville.recu("brouillon.xlsx")
    journal = ville.raw / "recus" / inventaire.RECEPTIONS
    journal.write_text(
        f"sha256;fichier;recu_le\r\n{recu.sha256};{recu.nom};2026-05-20\r\n", encoding="utf-8-sig"
    )
    ville.dater("brouillon.xlsx", JUIN)
    assert [d.recu_le for d in arrivees.histoire(recu.nom, recu.sha256, ville.raw)] == [
        JUILLET,
        dt.datetime(2026, 5, 20),
        JUIN,
    ]


@pytest.mark.parametrize(
    ("fonction", "raison"),
    [("coordination", " "), ("coordination", "Dit par Mme Martin"), ("stagiaire", RAISON), ("caf", "=1+1")],
)
def test_sans_fonction_ni_raison_qui_se_montrent_rien_ne_se_signe(fonction, raison):
    with pytest.raises(SaisieRefusee):
        signer(fonction, raison, CONVENTION)


def test_un_fichier_retire_ne_compte_plus_et_se_reprend_avec_sa_date(ville):
    effet = ville.essayer(essai.retirer, "brouillon.xlsx")
    (dit,) = effet.suivis
    assert dit.statut_apres == "recu" and dit.fichier_apres.endswith("definitif.xlsx")
    cote, recu = ville.retirer("brouillon.xlsx")
    assert not recu.chemin.exists() and empreinte_de(cote / "brouillon.xlsx") == recu.sha256
    bilan = ville.construire()
    assert ville.suivi()[0] == "recu"
    assert (bilan.rejets, bilan.a_confirmer, bilan.nb_informations) == ((), (), 0)  # its date is no mistake
    dernier = arrivees.histoire(recu.nom, recu.sha256, ville.raw)[-1]
    assert (dernier.retire, dernier.fonction, dernier.raison) == (True, "coordination", "Envoyé par erreur")

    (ecarte,) = ecartes.ecartes(ville.depots)
    assert "Envoyé par erreur" in ecarte.raison
    ecartes.reprendre(ecarte, ville.depots)
    (piece,) = lots.en_attente(ville.depots)[0].pieces
    assert piece.recu_le == JUILLET
    ville.accepter({"brouillon.xlsx": piece.recu_le})
    ville.construire()
    assert ville.suivi()[:2] == ("en_retard", 5)


def test_retirer_le_seul_rapport_reel_dit_que_la_campagne_fictive_reviendrait(ville, rapports, tmp_path):
    (tmp_path / "demo").mkdir()
    remplir(shutil.copy(rapports / "brouillon.xlsx", tmp_path / "demo"), {("m:fictif", "valeur"): "oui"})
    lieux = ((ville.raw, tmp_path / "demo"), dossier_par_defaut(), ville.entrepot)
    assert not essai.retirer(ville.recu("brouillon.xlsx").nom, *lieux).fictive
    ville.retirer("brouillon.xlsx")
    ville.construire()
    assert essai.retirer(ville.recu("definitif.xlsx").nom, *lieux).fictive


def test_un_fichier_change_ou_deja_parti_ne_se_retire_pas(ville):
    recu = ville.recu("brouillon.xlsx")
    signature = signer("coordination", RAISON, CONVENTION)
    with pytest.raises(OSError, match="a changé depuis"):
        retraits.retirer(recu.nom, "0" * 64, None, signature, ville.raw, ville.depots)
    assert recu.chemin.exists() and not ecartes.ecartes(ville.depots)
    ville.retirer("brouillon.xlsx")
    with pytest.raises(FileNotFoundError):
        retraits.retirer(recu.nom, recu.sha256, None, signature, ville.raw, ville.depots)
    assert len(ecartes.ecartes(ville.depots)) == 1
