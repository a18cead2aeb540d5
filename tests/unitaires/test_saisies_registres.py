"""The registers of data/saisies: what may be written, what is read back, what a kill or a hand may leave."""

import datetime as dt
import os
import re
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from etl import saisies
from etl.construction import empreinte
from etl.inventaire import dossier_saisies
from etl.saisies import SaisieRefusee, ajouter, lire
from etl.saisies.corrections import verifier_valeur
from etl.saisies.registres import REGISTRES

RACINE = Path(__file__).parents[2]
CONVENTION = charger(dossier_par_defaut())
VALEUR = {
    "fonction": "coordination",
    "raison": "Appel à la structure le jour même",
    "repondant_id": "archipel",
    "annee": 2025,
    "cle": "i:JE-1.1.2-a",
    "code": "valeur",
    "ancienne": "12",
    "nouvelle": "15",
}
ETAPE = {
    "fonction": "coordination",
    "annee": 2025,
    "fiche_id": "JE-1",
    "etape": "confirmee",
    "acte": "atteinte",
}
SOURCE = {
    "fonction": "coordination",
    "raison": "Le comptage d’ISAJE fait foi",
    "repondant_id": "archipel",
    "annee": 2025,
    "indicateur_id": "JE-1.1.2-a",
    "source": "extrait:isaje",
}


@pytest.fixture
def ecrire(tmp_path):
    return lambda nom, valeurs: ajouter(nom, valeurs, CONVENTION, tmp_path)


@pytest.fixture
def relire(tmp_path):
    return lambda nom: lire(nom, CONVENTION, tmp_path)


@pytest.mark.parametrize(
    ("nom", "valeurs"),
    [
        ("valeurs", VALEUR),
        ("etapes", ETAPE),
        ("sources", SOURCE),
        ("libelles", {"fonction": "coordination", "libelle": "Nb ; de « jeunes »", "cle": "i:JE-1.1.2-a"}),
    ],
)
def test_ce_qui_est_ajoute_se_relit(nom, valeurs, ecrire, relire):
    ecrite = ecrire(nom, valeurs)
    lecture = relire(nom)
    assert lecture.erreurs == ()
    assert lecture.lignes[0].numero == 2
    assert lecture.lignes[0].champs == ecrite
    assert {c: str(v) for c, v in valeurs.items()}.items() <= ecrite.items()
    assert dt.datetime.fromisoformat(ecrite["le"])


def test_un_registre_jamais_ecrit_est_vide(relire):
    assert relire("valeurs") == saisies.Lecture()


@pytest.mark.parametrize(
    ("nom", "valeurs", "phrase"),
    [
        ("valeurs", VALEUR | {"fonction": "Mme Durand"}, "colonne fonction : « Mme Durand » n’est pas l’une"),
        ("valeurs", VALEUR | {"raison": ""}, "une raison est nécessaire"),
        ("valeurs", VALEUR | {"raison": "vu avec Mme Durand"}, "contient le nom d’une personne"),
        ("valeurs", VALEUR | {"raison": "=1+1"}, "ferait une formule"),
        ("valeurs", VALEUR | {"annee": 1999}, "« 1999 » n’est pas une année de la convention (2023 à 2027)"),
        ("valeurs", VALEUR | {"repondant_id": "inconnue"}, "ni une structure ni une fiche"),
        ("valeurs", VALEUR | {"cle": "JE-1"}, "ne désigne aucune ligne"),
        ("valeurs", VALEUR | {"cle": "i:PE-2.0.2-b"}, "n’est pas demandée à archipel en 2025"),
        ("valeurs", VALEUR | {"code": "T1"}, "n’a pas de case « T1 »"),
        (
            "valeurs",
            VALEUR | {"nouvelle": "beaucoup"},
            "la nouvelle valeur « beaucoup » n’est pas un nombre entier",
        ),
        ("valeurs", VALEUR | {"nouvelle": "-3"}, "la nouvelle valeur « -3 »"),
        ("valeurs", VALEUR | {"ancienne": "beaucoup"}, "l’ancienne valeur « beaucoup »"),
        ("valeurs", VALEUR | {"le": "hier"}, "« hier » n’est pas une date"),
        ("etapes", ETAPE | {"fonction": "caf"}, "ne se déclare pas par Caf de la Côte-d’Or"),
        (
            "etapes",
            ETAPE | {"etape": "aval", "acte": "changement", "raison": "Vu"},
            "un changement après l’aval ne s’admet pas par Chargé·e de coopération CTG, mais par : Caf",
        ),
        ("etapes", ETAPE | {"repondant_id": "archipel"}, "un seul des deux"),
        ("etapes", ETAPE | {"acte": "retiree"}, "une raison est nécessaire"),
        (
            "etapes",
            ETAPE | {"acte": "retiree", "raison": "Erreur"},
            "n’est pas « confirmée par la structure »",
        ),
        (
            "etapes",
            ETAPE | {"etape": "validee", "fonction": "referent-enfance"},
            "que les fiches de l’axe EN",
        ),
        ("etapes", ETAPE | {"etape": "validee", "fonction": "referent-jeunesse"}, "avant d’être « confirmée"),
        ("sources", SOURCE | {"source": "ISAJE"}, "n’est pas une source"),
        ("sources", SOURCE | {"indicateur_id": "JE-9"}, "n’est pas une mesure"),
    ],
)
def test_ce_qui_est_refuse_dit_pourquoi_et_n_ecrit_rien(nom, valeurs, phrase, ecrire, tmp_path):
    with pytest.raises(SaisieRefusee, match=re.escape(phrase)):
        ecrire(nom, valeurs)
    assert not (tmp_path / f"{nom}.csv").exists()


@pytest.mark.parametrize(
    ("nouvelle", "lue"),
    [
        ("1 234", 1234.0),
        ("1\u202f234", 1234.0),
        ("0", 0.0),
    ],
)
def test_la_nouvelle_valeur_suit_la_table_des_nombres(nouvelle, lue):
    champs = {c: str(v) for c, v in (VALEUR | {"nouvelle": nouvelle}).items()}
    assert verifier_valeur(champs, CONVENTION).nouvelle.valeur == lue


def test_une_case_vide_retire_le_chiffre_et_sans_objet_reste_une_reponse(ecrire, relire):
    ecrire("valeurs", VALEUR | {"nouvelle": ""})
    ecrire("valeurs", VALEUR | {"ancienne": "", "nouvelle": "sans objet"})
    lues = [verifier_valeur(ligne.champs, CONVENTION) for ligne in relire("valeurs").lignes]
    assert [(lue.ancienne.etat, lue.nouvelle.etat) for lue in lues] == [
        ("valeur", "manquant"),
        ("manquant", "sans_objet"),
    ]


def test_une_ligne_coupee_est_dite_et_ne_gate_pas_les_autres(ecrire, relire, tmp_path):
    ecrire("valeurs", VALEUR)
    fichier = tmp_path / "valeurs.csv"
    fichier.write_bytes(fichier.read_bytes() + b"2026-11-21T10:00:00;coordination;Erreur;archipel;20")
    lecture = relire("valeurs")
    assert [ligne.numero for ligne in lecture.lignes] == [2]
    assert [(e.numero, "peut-être coupée" in e.message) for e in lecture.erreurs] == [(3, True)]
    ecrire("valeurs", VALEUR | {"nouvelle": "16"})
    lecture = relire("valeurs")
    assert [(x.numero, x.champs["nouvelle"]) for x in lecture.lignes] == [(2, "15"), (4, "16")]
    assert lecture.erreurs == ()
    assert "# ligne inachevée : 2026-11-21T10:00:00;coordination" in fichier.read_text(encoding="utf-8")


def test_une_ligne_entiere_sans_retour_n_est_pas_devinee(ecrire, relire, tmp_path):
    ecrire("valeurs", VALEUR)
    fichier = tmp_path / "valeurs.csv"
    fichier.write_bytes(fichier.read_bytes().rstrip(b"\n"))
    assert relire("valeurs").lignes == ()


def test_toutes_les_fautes_d_une_ligne_ecrite_a_la_main_sont_dites(relire, tmp_path):
    entete = ";".join(REGISTRES["valeurs"].entete)
    lignes = [
        entete,
        "hier;moi;;archipel;2025;i:JE-1.1.2-a;valeur;12;15;non",
        "# une remarque",
        "",
        "2026-11-21T10:00:00;coordination;Appel;archipel;2025;i:JE-1.1.2-a;valeur;12;15",
        "2026-11-21;coordination;Appel;archipel;2025;i:JE-1.1.2-a;valeur;12;15;non",
        '2026-11-21;coordination;"Appel;archipel;2025;i:JE-1.1.2-a;valeur;12;15;non',
    ]
    (tmp_path / "valeurs.csv").write_text("\n".join(lignes) + "\n", encoding="utf-8-sig", newline="\r\n")
    lecture = relire("valeurs")
    assert [x.numero for x in lecture.lignes] == [6]
    assert [e.numero for e in lecture.erreurs] == [2, 5, 7]
    assert "colonne le" in lecture.erreurs[0].message and "colonne fonction" in lecture.erreurs[0].message
    assert lecture.erreurs[1].message.startswith("9 colonnes lues, 10 attendues")


@pytest.mark.parametrize("octets", [b"le;raison\n", "le;fonction;éé\n".encode("cp1252")])
def test_un_registre_illisible_est_dit_et_n_est_pas_complete(octets, ecrire, relire, tmp_path):
    (tmp_path / "valeurs.csv").write_bytes(octets)
    assert relire("valeurs").erreurs[0].numero is None
    with pytest.raises(SaisieRefusee, match="aucune de ses lignes"):
        ecrire("valeurs", VALEUR)
    assert (tmp_path / "valeurs.csv").read_bytes() == octets


def test_une_colonne_inconnue_est_une_faute_du_programme(ecrire):
    with pytest.raises(KeyError, match="valeur"):
        ecrire("valeurs", VALEUR | {"valeur": "3"})


def test_ctg_saisies_choisit_le_dossier(monkeypatch, tmp_path):
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path))
    assert dossier_saisies() == tmp_path
    monkeypatch.delenv("CTG_SAISIES")
    assert dossier_saisies() == RACINE / "data" / "saisies"


@pytest.mark.parametrize("nom", ["valeurs.csv", "corrections.yml", "avals/2025_PE-1_20261121T100000.csv"])
def test_une_decision_de_plus_demande_une_construction(nom, monkeypatch, tmp_path):
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path))
    avant = empreinte.calculer("1", ())
    (tmp_path / nom).parent.mkdir(exist_ok=True)
    (tmp_path / nom).write_text("une ligne\n", encoding="utf-8")
    assert empreinte.calculer("1", ()) != avant


@pytest.mark.skipif(os.name == "nt", reason="pas de SIGKILL")
def test_tue_pendant_qu_il_ecrit_tout_ce_qui_fut_dit_est_la(tmp_path):
    programme = textwrap.dedent(
        f"""
        import sys
        from pathlib import Path
        from etl.saisies import ajouter
        from ctg.referentiel import charger, dossier_par_defaut
        convention, n = charger(dossier_par_defaut()), 0
        while True:
            n += 1
            ajouter("valeurs", {VALEUR!r} | {{"nouvelle": str(n)}}, convention, Path({str(tmp_path)!r}))
            sys.stdout.write(f"{{n}}\\n")
            sys.stdout.flush()
        """
    )
    with subprocess.Popen(
        [sys.executable, "-c", programme], cwd=RACINE, stdout=subprocess.PIPE, text=True
    ) as p:
        dits = [p.stdout.readline() for _ in range(20)]
        p.send_signal(signal.SIGKILL)
        dits += p.stdout.read().splitlines()
    ecrites = [int(x.champs["nouvelle"]) for x in lire("valeurs", CONVENTION, tmp_path).lignes]
    assert ecrites[: len(dits)] == list(range(1, len(dits) + 1))
    ajouter("valeurs", VALEUR, CONVENTION, tmp_path)
    assert lire("valeurs", CONVENTION, tmp_path).lignes[-1].champs["nouvelle"] == "15"
