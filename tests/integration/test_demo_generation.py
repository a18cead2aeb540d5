"""The fictional campaign as files: whole or nothing, and read back by the same door as real forms."""

import csv
import datetime as dt
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from ctg.referentiel import dossier_par_defaut
from etl.canevas.lecture.classeur import lire
from etl.construction.entrepot import construire
from etl.demo import DemoImpossible, generation, generer
from tests.exemples.campagne_fictive import convention

PREMIERE = "premiere-campagne"
RACINE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def etablie(tmp_path_factory):
    """The three years as (bilan, folder, {file: what is read in it})."""
    dossier = tmp_path_factory.mktemp("demo") / "etablie"
    bilan = generer(convention(), dossier)
    return bilan, dossier, {c: lire(c, convention()) for c in sorted(dossier.rglob("*.xlsx"))}


def receptions(dossier):
    with (dossier / "receptions.csv").open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier, delimiter=";"))


def octets(dossier):
    return {c.relative_to(dossier).as_posix(): c.read_bytes() for c in dossier.rglob("*") if c.is_file()}


def test_la_campagne_se_relit_sans_autre_anomalie_que_celle_qui_est_annoncee(etablie):
    bilan, _, lectures = etablie
    formulaires = [f for lecture in lectures.values() for f in lecture.formulaires]
    assert all(lecture.anomalies == () for lecture in lectures.values())
    assert all(f.fictif and f.rempli_le for f in formulaires)
    anomalies = [(f.repondant_id, f.annee, a.regle, a.valeur_lue) for f in formulaires for a in f.anomalies]
    assert anomalies == [("maison-phare", 2025, "nombre_illisible", "plus de trois cents")]
    assert {f.statut for f in formulaires} == {"accepte", "accepte_partiel"}
    # five, five and four structures that do not answer; one form is sent twice
    attendus = 3 * len(convention().structures) - 14
    assert (bilan.formulaires_structure, bilan.formulaires_fiche) == (attendus, 45)
    assert len(formulaires) == attendus + 45 + 1
    assert bilan.fichiers == len(lectures)


def test_ce_qui_a_ete_repondu_est_ce_qui_est_relu(etablie):
    _, _, lectures = etablie
    (formulaire,) = next(lu for c, lu in lectures.items() if c.name == "rapport_2025_tempo.xlsx").formulaires
    lues = {(c.rubrique, c.objet_id, c.ventilation, c.code): c for c in formulaire.cellules}
    assert (
        sum(
            lues["v", f"adherents-{p}", None, "valeur"].valeur
            for p in ("territoire", "autres-quartiers", "hors-ville")
        )
        == 100
    )
    assert lues["t", "bilan", None, "texte"].texte.endswith("Données fictives.")
    produits = [lues["c", "total-produits", None, code].valeur for code in ("n-1", "n", "n+1")]
    assert all(300_000 <= montant <= 1_500_000 for montant in produits)


def test_les_receptions_nomment_chaque_fichier_son_empreinte_et_sa_date(etablie):
    _, dossier, lectures = etablie
    lues = {r["fichier"]: r for r in receptions(dossier)}
    assert set(lues) == {c.relative_to(dossier).as_posix() for c in lectures}
    echeances = {c.annee: c.echeance for c in convention().parametres.campagnes}
    en_retard = set()
    for nom, reception in lues.items():
        assert reception["sha256"] == hashlib.sha256((dossier / nom).read_bytes()).hexdigest()
        if dt.date.fromisoformat(reception["recu_le"]) > echeances[int(nom[:4])]:
            en_retard.add((nom[:4], Path(nom).stem.split("_")[-1]))
    assert en_retard == {
        *(("2023", qui) for qui in ("lpcr", "maladiere", "EN-3")),
        *(("2024", qui) for qui in ("lpcr", "mediatheques")),
        *(("2025", qui) for qui in ("vyv", "tempo", "EN-3")),
    }


def test_le_second_envoi_est_le_dernier_recu(etablie):
    _, dossier, lectures = etablie
    envois = sorted(
        (r["recu_le"], r["fichier"])
        for r in receptions(dossier)
        if r["fichier"].endswith("2025_archipel.xlsx")
    )
    usagers = []
    for _, nom in envois:
        (formulaire,) = lectures[dossier / nom].formulaires
        usagers += [
            c.valeur
            for c in formulaire.cellules
            if (c.objet_id, c.code, c.ventilation) == ("AVS-1.0.1-b", "valeur", None)
        ]
    assert usagers[0] == 10 * usagers[1]


def test_le_classeur_d_un_expediteur_ne_contient_que_les_structures_qui_repondent(etablie):
    _, _, lectures = etablie
    vyv = {
        c.name: {f.repondant_id for f in lecture.formulaires}
        for c, lecture in lectures.items()
        if "vyv" in c.name
    }
    creches = {"pouponniere-petite-creche", "pouponniere-grande-creche"}
    assert vyv["rapport_2024_vyv.xlsx"] == {*creches, "ludotheque-vyv"}
    assert vyv["rapport_2025_vyv.xlsx"] == creches


def test_l_entrepot_ne_signale_que_les_accidents_annonces(etablie, tmp_path):
    _, dossier, _ = etablie
    bilan = construire((dossier,), dossier_par_defaut(), tmp_path / "entrepot.duckdb")
    assert len(bilan.rejets) == 1
    with duckdb.connect(tmp_path / "entrepot.duckdb", read_only=True) as connexion:
        anomalies = connexion.sql(
            "SELECT repondant_id, annee, regle FROM collecte.anomalie ORDER BY 1"
        ).fetchall()
        gresilles = connexion.sql(
            "SELECT annee, valeur FROM publication.mesure WHERE indicateur_id = 'JE-1.1.1-a'"
            " AND niveau = 'quartier' AND territoire_id = 'gresilles' AND type_structure = 'tous'"
            " AND perimetre = 'tous' AND ventilation = 'total'"
        ).fetchall()
        remplaces = connexion.sql("SELECT fichier FROM collecte.fichier WHERE statut = 'remplace'").fetchall()
    assert anomalies == [
        ("cercle-laique", 2025, "repartition_differente"),
        ("maison-phare", 2025, "nombre_illisible"),
    ]
    assert dict(gresilles)[2025] == 2 * dict(gresilles)[2023]
    assert remplaces == [("2025/premiers_envois/rapport_2025_archipel.xlsx",)]


def test_deux_generations_ont_les_memes_octets_quelle_que_soit_la_graine_de_hachage(tmp_path):
    generer(convention(), tmp_path / "ici", scenario=PREMIERE)
    subprocess.run(
        [sys.executable, "-m", "etl", "demo", "--scenario", PREMIERE, "--vers", str(tmp_path / "ailleurs")],
        cwd=RACINE,
        env={**os.environ, "PYTHONHASHSEED": "1"},
        check=True,
        capture_output=True,
    )
    assert octets(tmp_path / "ici") == octets(tmp_path / "ailleurs")


def test_une_premiere_campagne_est_maigre(tmp_path):
    bilan = generer(convention(), tmp_path / "demo", scenario=PREMIERE)
    assert bilan.annees == (2024,)
    repondantes = bilan.formulaires_structure / len(convention().structures)
    assert 0.55 <= repondantes <= 0.65
    assert bilan.formulaires_fiche == 15
    assert not list((tmp_path / "demo").rglob("*2023*"))


def test_une_generation_interrompue_laisse_la_precedente_entiere(tmp_path, monkeypatch):
    dossier = tmp_path / "demo"
    generer(convention(), dossier, scenario=PREMIERE)
    avant = octets(dossier)
    ecrits = []

    def disque_plein(*arguments, **options):
        ecrits.append(1)
        if len(ecrits) > 5:
            raise OSError("disque plein")
        return veritable(*arguments, **options)

    veritable = generation.ecrire
    monkeypatch.setattr(generation, "ecrire", disque_plein)
    with pytest.raises(OSError, match="disque plein"):
        generer(convention(), dossier)
    assert octets(dossier) == avant
    assert [c.name for c in tmp_path.iterdir()] == ["demo"]


def test_un_dossier_qui_contient_autre_chose_n_est_pas_remplace(tmp_path):
    precieux = tmp_path / "rapports" / "rapport.xlsx"
    precieux.parent.mkdir()
    precieux.write_bytes(b"un rapport reel")
    with pytest.raises(DemoImpossible, match="autre chose"):
        generer(convention(), precieux.parent)
    assert precieux.read_bytes() == b"un rapport reel"


@pytest.mark.parametrize(
    ("demande", "mot"), [({"scenario": "fantaisie"}, "Scénario"), ({"echelle": "monde"}, "Échelle")]
)
def test_ce_qui_n_existe_pas_est_refuse_en_francais(tmp_path, demande, mot):
    with pytest.raises(DemoImpossible, match=mot):
        generer(convention(), tmp_path / "demo", **demande)
    assert list(tmp_path.iterdir()) == []
