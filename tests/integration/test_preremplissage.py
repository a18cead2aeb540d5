"""A form prefilled from an extract: what it shows, and what it is worth when it comes back."""

import datetime as dt

import duckdb
import pytest
from openpyxl import load_workbook

from etl.canevas.redaction.ecriture import ecrire
from etl.canevas.redaction.precedents import lire_preremplis
from etl.canevas.redaction.preremplissage import Prerempli
from etl.canevas.redaction.styles import style_saisie
from etl.construction.assemblage import assembler
from etl.lecture.fichier import lire_fichier
from tests.exemples.campagne_minuscule import CONVENTION, CampagneMinuscule, indicateur, structure
from tests.exemples.formulaire_rempli import adresse_de, formulaire_de, remplir

CRECHE = "creche-princes-de-conde"
ADMIS, PRIORITAIRES = "i:PE-2.0.2-b", "i:PE-2.0.2-d"
REMPLI_LE = ("m:rempli_le", "valeur")


@pytest.fixture
def formulaire(tmp_path):
    preremplis = {
        (CRECHE, ADMIS): Prerempli("ISAJE", {"valeur": 45.0}),
        (CRECHE, PRIORITAIRES): Prerempli("ISAJE", {"denominateur": 45.0, "numerateur": 12.0}),
    }
    (chemin,) = ecrire(CONVENTION, 2025, tmp_path, structure=CRECHE, preremplis=preremplis)
    return chemin


def lu(chemin):
    lecture = lire_fichier(chemin, CONVENTION)
    (un,) = lecture.formulaires
    return un


def valeur(formulaire, cle, code="valeur"):
    objet_id = cle.removeprefix("i:")
    return next(
        c.valeur for c in formulaire.cellules if (c.objet_id, c.code, c.ventilation) == (objet_id, code, None)
    )


def test_la_case_porte_la_valeur_sa_source_et_un_autre_aspect(formulaire):
    feuille = formulaire_de(load_workbook(formulaire))
    case = feuille[adresse_de(feuille, ADMIS, "valeur")]
    assert case.value == 45
    assert case.style.startswith("ctg preremplie") and case.style != style_saisie("entier")
    assert case.protection.locked is False
    remarque = feuille[adresse_de(feuille, ADMIS, "remarque")].value
    assert remarque == "prérempli d’après ISAJE (45) : confirmez ou corrigez"
    assert feuille[adresse_de(feuille, PRIORITAIRES, "remarque")].value.startswith(
        "prérempli d’après ISAJE (12 ; 45)"
    )


def test_renvoye_sans_l_ouvrir_il_ne_vaut_pas_reponse(formulaire):
    un = lu(formulaire)
    assert (un.statut, un.cellules) == ("refuse", ())
    assert [a.regle for a in un.anomalies] == ["preremplissage_non_confirme"]


@pytest.mark.parametrize(
    ("gestes", "attendue"),
    [
        ({REMPLI_LE: dt.date(2026, 3, 2)}, 45),  # dated: read, and confirmed as it stands
        ({("i:EN-2.0.3-a", "numerateur"): None, (ADMIS, "valeur"): 46}, 46),
        ({(ADMIS, "valeur"): 46, (ADMIS, "remarque"): None}, 46),
        ({(ADMIS, "remarque"): "vu avec ISAJE"}, 45),
        ({(ADMIS, "valeur"): "sans objet"}, None),
        ({(PRIORITAIRES, "numerateur"): 13}, 45),
    ],
)
def test_un_geste_suffit_pour_en_faire_une_reponse(gestes, attendue, formulaire):
    feuille = formulaire_de(load_workbook(formulaire))
    cles = {case.value for case in feuille["A"]}
    remplir(formulaire, {adresse: v for adresse, v in gestes.items() if adresse[0] in cles})
    un = lu(formulaire)
    assert un.statut == "accepte"
    assert valeur(un, ADMIS) == attendue


def test_un_formulaire_sans_rien_reste_vide(tmp_path):
    (chemin,) = ecrire(CONVENTION, 2025, tmp_path, structure=CRECHE)
    assert [a.regle for a in lu(chemin).anomalies] == ["formulaire_vide"]


def test_l_entrepot_donne_de_quoi_preremplir_sauf_ce_qui_est_deja_repondu(tmp_path):
    essai = CampagneMinuscule(
        [indicateur("JE-1.1.2-a"), indicateur("EN-1.0.p4", "rapport")],
        [structure("foyer", "gresilles"), structure("relais", "maladiere")],
    )
    essai.repondre("foyer", 2025, "i:JE-1.1.2-a", source="extrait:isaje", valeur=45)
    essai.repondre("foyer", 2025, "i:EN-1.0.p4", source="extrait:isaje", numerateur=8, denominateur=12)
    essai.repondre("relais", 2025, "i:JE-1.1.2-a", source="extrait:isaje", valeur=30)
    essai.repondre("relais", 2025, "i:JE-1.1.2-a", valeur=31)
    chemin = tmp_path / "w.duckdb"
    with duckdb.connect(str(chemin)) as connexion:
        assembler(connexion, essai.referentiel, essai.collecte(), "essai", dt.datetime(2026, 11, 21))
    assert lire_preremplis(chemin, 2025) == {
        ("foyer", "i:JE-1.1.2-a"): ("ISAJE", {"valeur": 45.0}),
        ("foyer", "i:EN-1.0.p4"): ("ISAJE", {"numerateur": 8.0, "denominateur": 12.0}),
    }
    assert lire_preremplis(chemin, 2024) == {}
    assert lire_preremplis(tmp_path / "absent.duckdb", 2025) == {}
