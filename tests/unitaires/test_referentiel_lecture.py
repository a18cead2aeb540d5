"""What a loaded referential answers: who is asked what, when, and how a ratio reads."""

from dataclasses import FrozenInstanceError, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg.referentiel import charger, dossier_par_defaut
from ctg.referentiel.acteurs import Quartier
from ctg.referentiel.erreurs import Journal
from ctg.referentiel.tables import lire_table

PETITE_VILLE = Path(__file__).parents[1] / "exemples" / "referentiels" / "petite_ville"


@pytest.fixture(scope="module")
def ville():
    return charger(PETITE_VILLE)


def identifiants(indicateurs):
    return [indicateur.indicateur_id for indicateur in indicateurs]


def test_une_structure_repond_a_ce_que_son_type_saisit(ville):
    # JE-1.1.1-d is computed: never asked
    attendus = ["JE-1.1.1-a", "JE-1.1.1-b", "JE-1.1.1-c", "JE-1.1.2-a", "JE-1.0.p1"]
    assert identifiants(ville.indicateurs_de_structure(ville.structures["mjc-centre"], 2025)) == attendus


def test_une_structure_fermee_ne_repond_a_rien(ville):
    gare = ville.structures["mjc-gare"]
    assert [annee for annee in range(2023, 2029) if ville.indicateurs_de_structure(gare, annee)] == [
        2025,
        2026,
    ]


def test_un_referent_saisit_une_mesure_partagee_sur_sa_premiere_fiche_seulement(ville):
    # JE-2.1.1-a also stands on JE-1; JE-2.1.1-c waits for its definition
    assert identifiants(ville.indicateurs_de_fiche_formulaire("JE-2")) == [
        "JE-2.1.1-a",
        "JE-2.1.1-b",
        "JE-2.j1",
    ]
    assert ville.indicateurs_de_fiche_formulaire("JE-1") == ()


@pytest.mark.parametrize(
    ("ouverte", "fermee", "annees"),
    [
        (None, None, [2024, 2025, 2026]),
        (date(2025, 12, 31), None, [2025, 2026]),
        (None, date(2025, 1, 1), [2024, 2025]),
        (date(2025, 2, 1), date(2025, 3, 1), [2025]),
    ],
)
def test_ouverte_au_moins_un_jour_de_l_annee(ville, ouverte, fermee, annees):
    structure = replace(ville.structures["mjc-centre"], ouverte_le=ouverte, fermee_le=fermee)
    assert [annee for annee in (2024, 2025, 2026) if structure.ouverte_en(annee)] == annees


@pytest.mark.parametrize(
    ("unite", "facteur"), [("%", 100), ("places pour 100 enfants", 100), ("kWh/m²/an", 1), ("jours", 1)]
)
def test_facteur_d_un_rapport(ville, unite, facteur):
    assert replace(ville.indicateurs["JE-1.1.1-d"], unite=unite).facteur == facteur


def test_operandes_d_un_calcul(ville):
    assert ville.indicateurs["JE-1.1.1-d"].operandes == ("JE-1.1.1-c", "JE-1.1.1-b")
    assert ville.indicateurs["JE-1.1.1-a"].operandes == ()


def test_personnes_et_familles_seules_sont_confidentielles(ville):
    confidentiels = identifiants(i for i in ville.indicateurs.values() if i.confidentiel)
    assert confidentiels == ["JE-1.1.1-a", "JE-1.1.2-a", "JE-1.0.p1", "JE-2.1.1-a", "JE-2.1.1-c"]


def test_les_cellules_prennent_leur_type(ville):
    gare = ville.structures["mjc-gare"]
    assert (gare.ouverte_le, gare.multisite, gare.adresse) == (date(2025, 3, 1), True, None)
    assert ville.indicateurs["JE-1.1.1-a"].ventilations == ("sexe",)
    assert ville.cibles[0].valeur == 80.5
    assert ville.parametres.campagnes[0].echeance == date(2026, 7, 15)
    assert [m.modalite_id for m in ville.ventilations["sexe"].modalites] == ["femmes", "hommes"]
    assert [(t.texte, t.source) for t in ville.fiches["JE-2"].resultats] == [
        ("Des jeunes logés", "003:31-32")
    ]


def test_rien_ne_se_modifie_apres_chargement(ville):
    with pytest.raises(FrozenInstanceError):
        ville.axes["JE"].titre = "Autre"


def test_le_referentiel_par_defaut_se_choisit_par_l_environnement(monkeypatch):
    monkeypatch.setenv("CTG_REFERENTIEL", str(PETITE_VILLE))
    assert dossier_par_defaut() == PETITE_VILLE
    monkeypatch.delenv("CTG_REFERENTIEL")
    assert dossier_par_defaut().name == "dijon_2024_2027"


@given(cellules=st.lists(st.text(alphabet='ab;"\n \ufeff,|’1', max_size=8), max_size=8))
def test_aucune_ligne_de_csv_ne_fait_tomber_la_lecture(tmp_path_factory, cellules):
    """Whatever a hand or a spreadsheet wrote: a row is read, or it is noted; never both, never neither."""
    chemin = tmp_path_factory.mktemp("table") / "quartiers.csv"
    entete = "quartier_id;nom;rang;qpv;cite_educative;source\n"
    chemin.write_text(entete + ";".join(cellules), encoding="utf-8", newline="")
    journal = Journal()
    lues = lire_table(chemin, Quartier, journal)
    assert not lues
    assert journal.erreurs or not any(cellule.strip(";\n") for cellule in cellules)
