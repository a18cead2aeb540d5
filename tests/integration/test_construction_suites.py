"""From one build to the next, what people decide and send: every figure it touches moves, none other stays.

After each step the warehouse continued is compared, table by table, with the one built from everything again;
what a person expects to read is written beside.
"""

import datetime as dt
import shutil

import pytest

from ctg.referentiel import charger
from ctg.referentiel.vocabulaire import ETAPES_DECIDEES as ETAPES
from etl.canevas.redaction.ecriture import ecrire
from etl.construction import empreinte
from tests.exemples.bureau import CONVENTION, Bureau
from tests.exemples.entrepots_compares import contenu
from tests.exemples.formulaire_rempli import remplir

JEUNES, SUIVIS, BOURSES = ("i:JE-1.1.1-a", "valeur"), ("i:JE-1.1.1-c", "valeur"), ("i:JE-1.0.p1", "valeur")
REPONDANTS, SATISFAITS = ("i:JE-1.1.2-a", "repondants"), ("i:JE-1.1.2-a", "satisfaits")
ENTRETIENS = {("i:JE-1.1.1-b", f"T{rang}"): 10 for rang in range(1, 5)}
CENTRE = {JEUNES: 14, SUIVIS: 10, BOURSES: 7, REPONDANTS: 20, SATISFAITS: 15, **ENTRETIENS}
POINTS_FORTS = ("t:points_forts", "texte")
GARE = {("i:JE-1.1.1-b@gare", "T1"): 4, ("i:JE-1.1.1-b@gare", "T2"): 8}
JALON = {("i:JE-2.j1", "etat"): "En cours", ("i:JE-2.1.1-a", "valeur"): 33}
EXTRAIT = """
titre: Extraction d'un logiciel
nature: extrait
source: missions
reconnaissance: {cellules: [Code structure, Nb bourses]}
annee: {valeur: 2025}
tableaux:
  - entete: [Code structure, Nb bourses]
    colonnes:
      - {entete: Code structure, donne: structure}
      - {entete: Nb bourses, donne: valeur, mesure: "i:JE-1.0.p1"}
"""


@pytest.fixture(scope="module", autouse=True)
def programme():
    """The code as the fingerprints see it: it does not change under a test that somebody edits it beside."""
    with pytest.MonkeyPatch.context() as fige:
        fige.setattr(empreinte, "_code", lambda suffixes: [("code", "etl/un.py", "1")])
        yield


@pytest.fixture(scope="module")
def envoyer(tmp_path_factory):
    """A form of the small city, filled: `envoyer(answers, …)` gives its file."""

    def formulaire(
        reponses, *, annee=2025, rempli_le=dt.date(2026, 5, 1), structure="mjc-centre", fiche=None
    ):
        choix = {"fiche": fiche} if fiche else {"structure": structure, "reponses": {structure: {}}}
        lieu = tmp_path_factory.mktemp("envoi")
        (chemin,) = ecrire(charger(CONVENTION), annee, lieu, rempli_le=rempli_le, **choix)
        remplir(chemin, reponses)
        return chemin

    return formulaire


@pytest.fixture(scope="module")
def campagne(envoyer, tmp_path_factory) -> Bureau:
    """Two structures and a fiche answered for 2025; built."""
    bureau = Bureau(tmp_path_factory.mktemp("campagne"), [])
    (bureau.convention / "classeurs_libres").mkdir()
    (bureau.convention / "classeurs_libres" / "missions.yml").write_text(EXTRAIT, encoding="utf-8")
    bureau.recevoir(envoyer(CENTRE | {POINTS_FORTS: "Une belle année."}), "centre.xlsx")
    bureau.recevoir(envoyer(GARE, structure="mjc-gare"), "gare.xlsx")
    bureau.recevoir(envoyer(JALON, fiche="JE-2"), "fiche.xlsx")
    bureau.construire()
    assert bureau.differences() == {}
    return bureau


@pytest.fixture
def bureau(campagne, tmp_path) -> Bureau:
    shutil.copytree(campagne.raw.parent, tmp_path, dirs_exist_ok=True)
    return Bureau(tmp_path, [])


def suivre(bureau: Bureau) -> None:
    bureau.construire()
    assert bureau.differences() == {}


def lu(bureau: Bureau, indicateur: str, structure: str = "mjc-centre", annee: int = 2025) -> str | None:
    """What is published of a structure for a year, as it is shown; None when it is not asked."""
    lues = bureau.lire(
        "SELECT affichage FROM publication.mesure WHERE indicateur_id = ? AND territoire_id = ? AND annee = ?"
        " AND niveau = 'structure' AND perimetre = 'tous' AND ventilation = 'total'"
        " AND periode_id = annee::VARCHAR",
        indicateur,
        structure,
        annee,
    )
    return lues[0][0] if lues else None


def test_ce_qui_est_corrige_saisi_ou_choisi_puis_oublie(bureau, campagne):
    (bureau.raw / "missions.csv").write_text("Code structure;Nb bourses\nmjc-centre;20\n", encoding="utf-8")
    bureau.corriger(JEUNES, "14", "41")
    bureau.corriger(BOURSES, "", "12", qui="mjc-gare")  # nothing was received there
    suivre(bureau)
    assert lu(bureau, "JE-1.1.1-a") == "41 jeunes"
    assert lu(bureau, "JE-1.0.p1") == "7 bourses"  # the form counts before the extract
    assert lu(bureau, "JE-1.0.p1", "mjc-gare") == "12 bourses"
    bureau.corriger(JEUNES, "41", "[reçue]")
    bureau.retenir(BOURSES, "extrait:missions")
    suivre(bureau)
    assert (lu(bureau, "JE-1.1.1-a"), lu(bureau, "JE-1.0.p1")) == ("14 jeunes", "20 bourses")
    bureau.oublier("valeurs.csv")
    bureau.oublier("sources.csv")
    bureau.retirer("missions.csv")
    bureau.construire()
    assert contenu(bureau.entrepot) == contenu(campagne.temoin)


def test_une_reponse_impossible_acceptee_puis_corrigee_apres_l_aval(bureau, envoyer):
    def file():
        """Rules of the queue about it, each with whether it was accepted."""
        regles = "('satisfaits_superieurs', 'acceptation_sans_objet')"
        return bureau.lire(f"SELECT regle, acceptee FROM collecte.anomalie WHERE regle IN {regles}")

    def etapes():
        lues = bureau.lire("SELECT etape FROM publication.etape WHERE fiche_id = 'JE-1' AND annee = 2025")
        return {etape for (etape,) in lues} & set(ETAPES)

    remplir(bureau.raw / "centre.xlsx", {SATISFAITS: 25})  # of 20
    suivre(bureau)
    assert (lu(bureau, "JE-1.1.2-a"), file()) == ("non disponible", [("satisfaits_superieurs", False)])
    bureau.accepter("satisfaits_superieurs")
    suivre(bureau)
    assert file() == [("satisfaits_superieurs", True)]
    for etape in ("confirmee", "validee", "aval"):
        bureau.declarer(etape)
    suivre(bureau)
    assert etapes() == {"confirmee", "validee", "aval"}
    corrige = CENTRE | {JEUNES: 30, SATISFAITS: 18}
    bureau.recevoir(envoyer(corrige, rempli_le=dt.date(2026, 6, 1)), "retard/centre.xlsx")
    suivre(bureau)
    assert (lu(bureau, "JE-1.1.2-a"), file()) == ("90\u202f%", [("acceptation_sans_objet", False)])
    changes = bureau.lire("SELECT DISTINCT indicateur_id FROM collecte.changement_apres_aval ORDER BY ALL")
    assert changes == [("JE-1.1.1-a",), ("JE-1.1.2-a",)]
    assert etapes() == set()  # the aval no longer holds, nor what was confirmed and validated before it
    assert bureau.lire("SELECT etape FROM collecte.etape_perimee ORDER BY etape") == [
        ("confirmee",),
        ("validee",),
    ]


def test_un_texte_qui_nomme_quelqu_un_puis_tout_s_en_va_et_revient(bureau, campagne):
    def textes():
        return bureau.lire("SELECT texte FROM publication.qualitatif WHERE rubrique = 'points_forts'")

    assert textes() == [("Une belle année.",)]
    ailleurs = bureau.raw.with_name("ailleurs")
    shutil.copytree(bureau.raw, ailleurs)
    remplir(bureau.raw / "centre.xlsx", {POINTS_FORTS: "Madame Durand a porté le projet."})
    suivre(bureau)
    assert textes() == []
    shutil.rmtree(bureau.raw)
    bureau.raw.mkdir()
    suivre(bureau)
    assert bureau.lire("SELECT count(*) FROM interne.cellule") == [(0,)]
    bureau.raw.rmdir()
    ailleurs.rename(bureau.raw)
    bureau.construire()
    assert contenu(bureau.entrepot) == contenu(campagne.temoin)


def test_une_annee_sans_campagne_puis_ouverte_et_un_seuil_releve(bureau, envoyer):
    def echeances():
        return bureau.lire("SELECT annee, echeance FROM publication.campagne WHERE annee > 2025")

    bureau.recevoir(envoyer(CENTRE | {JEUNES: 22}, annee=2026), "2026/centre.xlsx")
    suivre(bureau)
    assert (lu(bureau, "JE-1.1.1-a", annee=2026), echeances()) == ("22 jeunes", [(2026, None)])
    campagne = "  - {annee: 2025, echeance: 2026-07-15}\n"
    bureau.remplacer("parametres.yml", campagne, campagne + "  - {annee: 2026, echeance: 2027-07-15}\n")
    bureau.remplacer("parametres.yml", "seuil_personnes: 5", "seuil_personnes: 11")
    suivre(bureau)
    assert (lu(bureau, "JE-1.1.1-a"), echeances()) == ("14 jeunes", [(2026, dt.date(2027, 7, 15))])
    assert lu(bureau, "JE-1.0.p1") == "secret statistique"  # seven grants
