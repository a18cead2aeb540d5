"""The social watch: only the IRIS published both years are compared, and nothing else ever says it moved."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg import exploration, veille
from ctg.entrepot import Entrepot
from ctg.referentiel import charger, dossier_par_defaut
from etl.construction.entrepot import construire
from tests.exemples.entrepots_fictifs import CONVENTION_SEULE, RACINE, SCENARIOS

CONVENTION = charger(dossier_par_defaut())
PAGE = "territoire/veille"
SEUILS = {"seuil_stable": 0.02, "seuil_couverture": 0.5}
ENTETE = "CODGEO;NOTE;A;PERCOU;AM;AI;ENF_3_5"


def caf(dossier, annee, lignes):
    """A file of the Caf as published: one line per IRIS, blank when masked (note 5)."""
    contenu = [ENTETE, *(f"{code};0;{n};{n};{n};{n};{n}" if n else f"{code};5;;;;;" for code, n in lignes)]
    (dossier / f"data_CAF_{annee}_IRIS.csv").write_text("\n".join(contenu), encoding="utf-8")


@pytest.fixture(scope="module")
def fausse_chute(tmp_path_factory):
    """Grésilles : 1 723 allocataires and Lochères (830), then 1 736 and Lochères masked."""
    dossier = tmp_path_factory.mktemp("caf")
    iris = {i.nom: i.code_iris for i in CONVENTION.iris.values() if i.quartier_id == "gresilles"}
    lochere = iris.pop("Lochères")
    autres = list(iris.values())
    caf(dossier, 2018, [(autres[0], 800), (autres[1], 700), (autres[2], 223), (lochere, 830)])
    caf(dossier, 2019, [(autres[0], 805), (autres[1], 706), (autres[2], 225), (lochere, None)])
    entrepot = dossier / "caf.duckdb"
    construire((dossier,), dossier_par_defaut(), entrepot)
    return entrepot


def test_un_iris_masque_une_annee_ne_fait_pas_une_chute(ouvrir, fausse_chute):
    # a plain sum would say 2 553 then 1 736: a fall of 32 % that never was (docs/decisions/03-comparer.md)
    evolutions = Entrepot(fausse_chute).requete("veille_evolutions")
    gresilles = evolutions[
        (evolutions["territoire_id"] == "gresilles") & (evolutions["niveau"] == "quartier")
    ]
    assert set(gresilles["valeur_base"]) == {1723}
    assert set(gresilles["valeur"]) == {1736}
    assert set(gresilles["masques"]) == {"Lochères"}
    assert veille.reperer(evolutions, **SEUILS) == []
    page = ouvrir(fausse_chute, PAGE)
    assert "32 %" not in page.mots + page.cellules()
    assert "Aucun signal." in page.mots


def test_la_comparaison_et_le_portrait_ne_montrent_que_les_memes_iris(ouvrir, fausse_chute):
    veille_page = ouvrir(fausse_chute, PAGE)
    ligne = veille_page.tableau("IRIS comparés")[0]
    assert (ligne["2018"], ligne["2019"], ligne["Évolution"], ligne["IRIS comparés"]) == (
        "1 723",
        "1 736",
        "+ 1 %",
        "3 sur 4",
    )
    assert "Grésilles sur 3 IRIS des 4" in veille_page.mots
    quartier = ouvrir(fausse_chute, "territoire/quartier", quartier="gresilles")
    assert "32 %" not in quartier.mots + quartier.cellules()
    allocataires = quartier.tableau("Ce qui est compté")[0]
    assert allocataires["Ici"] == "1 736 (3 IRIS sur 4)"
    assert allocataires["Évolution"].startswith("+ 1 %")


def test_les_vraies_donnees_de_dijon_ne_disent_aucune_chute_d_un_tiers(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE)
    assert not [mot for mot in page.mots.splitlines() if "− 3" in mot and "allocataires" in mot]
    assert any(
        mot.startswith(
            "**Fontaine d’Ouche : personnes couvertes par la Caf, + 6 % de 2019 à 2020 (ville : + 1 %)"
        )
        for mot in page.mots.splitlines()
    )
    assert (
        "sur les 6 IRIS publiés les deux années, 8 en tout ; masqués : La Montagne, Édouard Belin"
        in page.mots
    )


def test_un_signal_dit_sa_serie_sa_certitude_et_les_fiches_concernees():
    ligne = {
        "source_id": "caf_iris",
        "variable_id": "caf_monoparents",
        "libelle": "Foyers allocataires monoparentaux",
        "unite": "foyers allocataires",
        "additif": True,
        "source_libelle": "Allocataires des Caf par IRIS",
        "niveau": "quartier",
        "territoire_id": "fontaine-douche",
        "nom": "Fontaine d’Ouche",
        "quartier_id": "fontaine-douche",
        "quartier": "Fontaine d’Ouche",
        "annee": 2020,
        "annee_base": 2019,
        "valeur": 498.0,
        "valeur_base": 428.0,
        "ecart": 70.0,
        "ecart_relatif": 70 / 428,
        "affichage": "+ 16 %",
        "nb_communs": 6,
        "nb_assignes": 8,
        "force": 2.07,
        "evolution_ville": "+ 2 %",
        "habitude": None,
        "masques": "La Montagne, Édouard Belin",
        "certitude": "moyenne",
        "fiches": "AVS-1 PE-2",
    }
    (signal,) = veille.reperer(pd.DataFrame([ligne]), **SEUILS)
    assert signal.degre == "net"
    assert signal.phrase == (
        "Fontaine d’Ouche : foyers allocataires monoparentaux, + 16 % de 2019 à 2020 (ville : + 2 %)"
    )
    assert signal.serie == "2019 : 428 ; 2020 : 498"
    assert signal.fiches == ("AVS-1", "PE-2")
    # half of the IRIS at least, and more than « stable »
    assert veille.reperer(pd.DataFrame([ligne | {"nb_communs": 3}]), **SEUILS) == []
    assert veille.reperer(pd.DataFrame([ligne | {"ecart_relatif": 0.019}]), **SEUILS) == []


@given(st.one_of(st.none(), st.floats(min_value=0, max_value=50)))
def test_sous_un_ecart_type_rien_n_est_un_signal(force):
    assert (veille.degre(force) is None) == (force is None or force < 1)


def test_les_signaux_vont_du_plus_fort_au_plus_faible(entrepots):
    signaux = veille.reperer(Entrepot(entrepots("regime-etabli")).requete("veille_evolutions"), **SEUILS)
    rangs = [[mot for _, mot in veille.DEGRES].index(signal.degre) for signal in signaux]
    assert rangs == sorted(rangs)
    assert all(signal.fiches for signal in signaux)


def test_revenu_disponible_et_revenu_declare_ne_font_jamais_une_serie(entrepots):
    variables = Entrepot(entrepots("regime-etabli")).requete("veille_variables")
    disponible = variables[variables["source_id"] == "filosofi_iris_disp"]
    declare = variables[variables["source_id"] == "filosofi_iris_dec"]
    assert len(disponible) > 0
    assert len(declare) > 0
    assert set(disponible["annees"].explode()) == {2018, 2019}
    assert set(declare["annees"].explode()) == {2021}
    # each row is one variable of one source: no pair of years crosses from one to the other
    assert set(disponible["paires"].explode()) == {"2018-2019"}
    assert list(declare["paires"].explode().dropna()) == []


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("quartier", [None, "gresilles", "montchapet"])
def test_la_page_se_lit_dans_chaque_etat(ouvrir, entrepots, scenario, quartier):
    page = ouvrir(entrepots(scenario), PAGE, **({"quartier": quartier} if quartier else {}))
    assert page.titre == "Veille sociale"
    if scenario == CONVENTION_SEULE:
        assert "Aucune donnée ouverte chargée." in page.mots
    else:
        assert "Signal " in page.mots


def test_l_exploration_montre_une_annee_ou_deux_a_chaque_echelle(ouvrir, entrepots):
    page = ouvrir(entrepots("regime-etabli"), PAGE)
    assert "De 0 % (Montchapet) à + 8 % (Fontaine d’Ouche)" in page.constats
    page.essai.selectbox(key="veille_niveau_caf_allocataires").set_value("iris").run()
    assert not page.essai.exception
    lignes = page.tableau("IRIS publiés")
    assert len(lignes) == 66
    assert {"IRIS": "Lochères (Grésilles)", "Valeur": "secret"}.items() <= next(
        ligne for ligne in lignes if ligne["IRIS"].startswith("Lochères")
    ).items()


@pytest.mark.parametrize("quartier", [None, "fontaine-douche"])
def test_aucune_variable_aucune_echelle_aucune_annee_ne_casse(entrepots, quartier):
    entrepot = Entrepot(entrepots("regime-etabli"))
    for choix in entrepot.requete("veille_variables").itertuples():
        demande = {"source": choix.source_id, "variable": choix.variable_id, "niveau": choix.niveau}
        annees = [int(annee) for annee in choix.annees]
        lignes = entrepot.requete("veille_annee", **demande, annee=annees[0], quartier=quartier)
        for periode in exploration.periodes(annees, list(choix.paires), choix.niveau, len(lignes)):
            vue = exploration.Vue(
                choix.source_libelle,
                choix.libelle,
                choix.unite,
                bool(choix.additif),
                choix.niveau,
                periode,
                quartier,
            )
            if len(periode) == 2:
                lignes = entrepot.requete(
                    "veille_paire", **demande, annee_base=periode[0], annee=periode[1], quartier=quartier
                )
                figure = exploration.deux_annees(lignes, vue) if len(lignes) else None
            else:
                lignes = entrepot.requete("veille_annee", **demande, annee=periode[0], quartier=quartier)
                figure = exploration.une_annee(lignes, vue) if len(lignes) else None
            if figure is not None:
                assert "nan" not in figure.constat + figure.couverture + figure.tableau.to_string()


def test_la_liste_de_la_veille_ne_nomme_que_des_variables_lues():
    lues = {
        ligne.split(";")[2]
        for chemin in (RACINE / "etl" / "sources").glob("*/colonnes.csv")
        for ligne in chemin.read_text(encoding="utf-8").splitlines()[1:]
    }
    suivies = {croisement.code for croisement in CONVENTION.croisements if croisement.liste == "veille"}
    assert suivies
    assert suivies <= lues
