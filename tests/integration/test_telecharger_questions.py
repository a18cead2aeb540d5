"""What a download left unsure is in the queue until somebody answers, or the file is another one."""

import datetime as dt
import hashlib

import duckdb
import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl.construction.entrepot import construire
from etl.controles import acceptation
from etl.saisies import acceptations
from etl.sources import provenance
from etl.sources.catalogue import famille
from tests.exemples.fichiers_producteurs import TAUX

DOUTE = "Taille non annoncée par le serveur : rien ne prouve que le fichier est entier."


@pytest.fixture
def ville(tmp_path, monkeypatch):
    """A file of the Caf, downloaded with a reserve, then built: what the queue says of it."""
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    dossier = tmp_path / "raw" / "caf_taux_couverture"
    dossier.mkdir(parents=True)
    fichier = dossier / "txcouv_pe_com.csv"

    def telecharger(a_verifier=DOUTE, texte=TAUX):
        fichier.write_text(texte, encoding="utf-8")
        provenance.noter(
            dossier,
            famille("caf_taux_couverture"),
            provenance.Provenance(
                fichier.name,
                famille("caf_taux_couverture").telechargements[0].adresse,
                dt.date(2026, 11, 12),
                hashlib.sha256(fichier.read_bytes()).hexdigest(),
                len(texte),
                a_verifier=a_verifier,
            ),
        )
        return lire

    def lire():
        construire((tmp_path / "raw",), dossier_par_defaut(), tmp_path / "w.duckdb")
        with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as connexion:
            return connexion.execute(
                "SELECT id, gravite, message, acceptee FROM collecte.anomalie"
                " WHERE regle = 'telechargement_a_verifier'"
            ).fetchall()

    lire.fichier, lire.entrepot, telecharger.lire = fichier, tmp_path / "w.duckdb", lire
    return telecharger


def test_la_question_est_dite_avec_quoi_faire_et_le_fichier_est_charge(ville):
    ((_, gravite, message, acceptee),) = ville()()
    assert (gravite, acceptee) == ("a_confirmer", False)
    assert message.startswith(f"Téléchargé le 12/11/2026 et chargé, mais à vérifier : {DOUTE} Comparer avec")
    assert famille("caf_taux_couverture").telechargements[0].page in message
    with duckdb.connect(str(ville.lire.entrepot), read_only=True) as connexion:
        assert connexion.execute("SELECT count(*) FROM interne.observation").fetchone()[0]


def test_levee_par_le_telechargement_suivant_ou_un_autre_fichier_elle_disparait(ville):
    assert ville()() and not ville(a_verifier=None)()
    lire = ville()
    lire.fichier.write_text(TAUX.replace("66.2", "66.3"), encoding="utf-8")  # put there by hand since
    assert not lire()


def test_une_provenance_retouchee_a_la_main_n_arrete_rien(ville):
    lire = ville()
    provenances = lire.fichier.with_name(provenance.NOM)
    texte = provenances.read_text(encoding="utf-8")
    provenances.write_text(texte.replace("2026-11-12", "un lundi"), encoding="utf-8")
    ((_, _, message, _),) = lire()
    assert message.startswith("Téléchargé le un lundi et chargé")
    provenances.write_text("fichiers: [3, {nom: [a]}]", encoding="utf-8")
    assert not lire()


def test_une_personne_y_repond_avec_sa_raison(ville):
    lire = ville()
    ((numero, _, message, _),) = lire()
    entree = acceptation.entree_pour(lire.entrepot, numero, message)
    raison = {"raison": "Comparé à la page de la Caf", "fonction": "coordination"}
    acceptations.accepter({**entree, **raison}, charger(dossier_par_defaut()))
    ((_, _, _, acceptee),) = lire()
    assert acceptee
