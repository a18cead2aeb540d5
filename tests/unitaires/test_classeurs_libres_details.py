"""A measure and its breakdown said by the rows: read for the very measure above, or not at all."""

import pytest
import yaml

from ctg.referentiel import ReferentielInvalide, charger, dossier_par_defaut
from etl.classeurs import Classeur, Feuille, ouvrir
from etl.classeurs_libres.declaration.chargement import declaration
from etl.classeurs_libres.description.proposition import mesures_de_ligne
from etl.classeurs_libres.description.ventilations import detail_dit, details_connus, separer
from etl.classeurs_libres.lecture.classeur import lire_selon
from etl.classeurs_libres.mesures import mesures_connues
from pages.donnees.classeurs.rattachement import ECRIT, MESURE, mesures_a_confirmer
from tests.exemples.brouillon_accepte import accepter
from tests.exemples.classeur_libre import anomalies, ecrire
from tests.exemples.classeurs_ventiles import FORMES, MOTS

CONVENTION = charger(dossier_par_defaut())
MESURES = mesures_connues(CONVENTION, 2025, ["maison-phare"])
JEUNES, ENFANTS, PROJETS = "i:JE-1.1.1-a", "i:EN-1.0.p1", "i:JE-1.1.2-a"
MODELE = f"""
titre: Suivi
nature: rapport
reconnaissance: {{cellules: [Indicateur]}}
annee: {{valeur: 2025}}
structure: {{valeur: maison-phare}}
tableaux:
  - entete: [Indicateur, Nombre]
    colonnes:
      - entete: Indicateur
        donne: mesure
        noms:
          Jeunes: "{JEUNES}"
          Enfants: "{ENFANTS}"
          Projets: "{PROJETS}"
          Jeunes – filles: "{JEUNES} sexe=femmes"
          dont filles: sexe=femmes
          dont 12-17 ans: age-enfants=12-17 age-jeunes=12-17
      - {{entete: Nombre, donne: valeur}}
      - {{entete: QPV, donne: valeur, modalite: qpv=qpv, facultative: oui}}
    lignes_a_passer: [{{colonne: Indicateur, valeurs: ["Par *", Sorties], raison: hors convention}}]
"""
ENTETE = ["Indicateur", "Nombre"]


def lues(rangees: list[list[object]], texte: str = MODELE):
    """{(measure, modality): value}, and the rules that were told."""
    largeur = max(map(len, rangees))
    lignes = [
        [*(float(x) if isinstance(x, int) else x for x in r), *[""] * (largeur - len(r))] for r in rangees
    ]
    modele = declaration(texte, "suivi", CONVENTION)
    lecture = lire_selon(modele, Classeur("xlsx", (Feuille("S", lignes),)), "suivi.xlsx", CONVENTION)
    valeurs = {
        (f"{c.rubrique}:{c.objet_id}", f"{c.ventilation}={c.modalite}" if c.ventilation else None): c.valeur
        for f in lecture.formulaires
        for c in f.cellules
        if c.valeur is not None
    }
    return valeurs, [(a.regle, a.cellule) for a in anomalies(lecture)]


@pytest.mark.parametrize(
    ("rangees", "attendu", "dites"),
    [
        ([["Jeunes", 60], ["dont filles", 28]], {(JEUNES, None): 60, (JEUNES, "sexe=femmes"): 28}, []),
        ([["Jeunes – filles", 28]], {(JEUNES, "sexe=femmes"): 28}, []),
        # an age means the one that the measure above is asked by
        (
            [["Jeunes", 60], ["dont 12-17 ans", 40], ["Enfants", 90], ["dont 12-17 ans", 30]],
            {
                (JEUNES, None): 60,
                (JEUNES, "age-jeunes=12-17"): 40,
                (ENFANTS, None): 90,
                (ENFANTS, "age-enfants=12-17"): 30,
            },
            [],
        ),
        # the total is not known: its part still is
        ([["Jeunes", "n.c."], ["dont filles", 28]], {(JEUNES, "sexe=femmes"): 28}, [("sans_reponse", "B2")]),
        # under a row that is not read, or that nobody knows, a detail is nobody's
        (
            [["Jeunes", 60], ["Sorties", 40], ["dont filles", 12]],
            {(JEUNES, None): 60},
            [("lignes_passees", "A3"), ("lignes_passees", "A4")],
        ),
        (
            [["Jeunes", 60], ["Sorties", ""], ["dont filles", 12]],
            {(JEUNES, None): 60},
            [("lignes_passees", "A3"), ("lignes_passees", "A4")],
        ),
        (
            [["Jeunes", 60], ["Chantiers", 40], ["dont filles", 12]],
            {(JEUNES, None): 60},
            [("lignes_passees", "A4"), ("libelle_inconnu", "A3")],
        ),
        ([["dont filles", 12]], {}, [("lignes_passees", "A2"), ("rien_de_lu", None)]),
        # what only announces the details does not part them from their measure
        (
            [["Jeunes", 60], ["Par sexe :", ""], ["dont filles", 28]],
            {(JEUNES, None): 60, (JEUNES, "sexe=femmes"): 28},
            [("lignes_passees", "A3")],
        ),
        # not broken down so by the convention: refused, with its address
        (
            [["Projets", 7], ["dont filles", 3]],
            {(PROJETS, None): 7},
            [("mesure_non_demandee", "B3")],
        ),
    ],
)
def test_un_detail_est_celui_de_la_mesure_au_dessus_ou_n_est_pas_lu(rangees, attendu, dites):
    assert lues([ENTETE, *rangees]) == (attendu, dites)


def test_une_ligne_et_une_colonne_ne_detaillent_pas_a_la_fois():
    valeurs, dites = lues([[*ENTETE, "QPV"], ["Jeunes", 60, 20], ["dont filles", 28, 9]])
    assert valeurs == {(JEUNES, None): 60, (JEUNES, "qpv=qpv"): 20, (JEUNES, "sexe=femmes"): 28}
    assert dites == [("lignes_passees", "A3")]


def test_le_detail_a_sa_colonne_et_la_mesure_n_est_ecrite_qu_une_fois():
    contenu = yaml.safe_load(MODELE)
    tableau = contenu["tableaux"][0]
    tableau["colonnes"][0] |= {"recopier": True}
    tableau["colonnes"][2] = {
        "entete": "Détail",
        "donne": "modalite",
        "noms": {"Filles": "sexe=femmes", "Ensemble": "total", "": "total"},
    }
    rangees = [
        [*ENTETE, "Détail"],
        ["Jeunes", 60, "Ensemble"],
        ["", 28, "Filles"],
        ["Sorties", 40, "Ensemble"],
        ["", 12, "Filles"],
        ["Projets", 7],
        ["", 5, "Mineurs"],
    ]
    valeurs, dites = lues(rangees, yaml.dump(contenu))
    assert valeurs == {(JEUNES, None): 60, (JEUNES, "sexe=femmes"): 28, (PROJETS, None): 7}
    assert dites == [("lignes_passees", "A4"), ("libelle_inconnu", "C7")]


@pytest.mark.parametrize(
    ("valeur", "attendu"),
    [
        ("sexe=filles", "« sexe=filles » n’est pas une modalité connue"),
        (f"{JEUNES} {PROJETS}", "une seule mesure, puis ce qui la détaille"),
        (f"{JEUNES} v:rien=1", "« v:rien=1 » n’est pas une modalité connue"),
        ("total", "on attend par exemple i:PE-1.0.1-a"),
    ],
)
def test_un_libelle_qui_vaut_autre_chose_est_refuse_avec_sa_cle(valeur, attendu):
    contenu = yaml.safe_load(MODELE)
    contenu["tableaux"][0]["colonnes"][0]["noms"]["Jeunes"] = valeur
    with pytest.raises(ReferentielInvalide) as refus:
        declaration(yaml.dump(contenu, allow_unicode=True), "suivi", CONVENTION)
    assert any(
        "tableaux[1] › colonnes[1] › noms › Jeunes" in e.message and attendu in e.message
        for e in refus.value.erreurs
    ), [e.message for e in refus.value.erreurs]


@pytest.mark.parametrize(
    ("libelle", "modalites"),
    [
        ("dont filles", "sexe=femmes"),
        ("- Garçons :", "sexe=hommes"),
        ("Femmes", "sexe=femmes"),
        ("dont 12/17 ans", "age-enfants=12-17 age-jeunes=12-17"),
        ("18 - 25 ans", "age-jeunes=18-25"),
        ("QF de 801 à 1 500 €", None),
        ("de 801 à 1500 €", "qf=800-1500"),
        ("dont QPV", "qpv=qpv"),
        ("Parentalité", "axe-mep=parentalite"),
        # another age, a word more, half a range: not the one that is asked
        ("dont 12-14 ans", None),
        ("dont 6 à 8 ans", None),
        ("12", None),
        ("filles mineures", None),
        ("autres", None),
        ("dont", None),
    ],
)
def test_un_detail_ne_se_reconnait_qu_a_ses_mots(libelle, modalites):
    trouve = detail_dit(libelle, details_connus(MESURES))
    assert (trouve and trouve.cle) == modalites


@pytest.mark.parametrize(
    ("libelle", "parts"),
    [
        ("Jeunes impliqués – dont filles", ("Jeunes impliqués", "filles")),
        ("Jeunes impliqués (dont filles)", ("Jeunes impliqués", "filles")),
        ("Jeunes impliqués, dont 12-17 ans", ("Jeunes impliqués", "12-17 ans")),
        ("Jeunes impliqués", None),
        ("dont filles", None),
    ],
)
def test_ce_qui_est_compte_et_son_detail_se_separent(libelle, parts):
    assert separer(libelle) == parts


@pytest.mark.parametrize(
    ("libelle", "propose"),
    [
        (f"{MOTS} – dont filles", f"{MOTS} › Filles et femmes"),
        ("dont filles", "détail › Filles et femmes"),
        # a part that the convention does not ask is not the whole
        (f"{MOTS} – dont mineurs isolés", "—"),
        ("Enfants différents accueillis de 6 à 10 ans", "—"),
        ("Adhérents", "Adhérents"),
    ],
)
def test_ce_que_vaut_une_ligne_est_propose(libelle, propose):
    lignes = mesures_a_confirmer([libelle], mesures_de_ligne(MESURES))
    assert list(lignes[ECRIT]) == [libelle]
    assert list(lignes[MESURE]) == [propose]


@pytest.mark.parametrize("forme", FORMES, ids=lambda forme: forme.__name__)
def test_le_brouillon_accepte_lit_tout_et_rien_d_autre(tmp_path, forme):
    nom, feuilles, attendues = forme()
    lu = accepter(ouvrir(ecrire(tmp_path / nom, feuilles)), nom, attendues, CONVENTION)
    assert (lu.justes, lu.fausses) == (len(attendues), {})
