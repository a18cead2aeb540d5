"""A table under the title of each structure: read for whom the title names, and for nobody else."""

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ctg.referentiel import ReferentielInvalide, charger, dossier_par_defaut
from etl.classeurs import Classeur, Feuille, ouvrir
from etl.classeurs_libres.declaration.chargement import declaration
from etl.classeurs_libres.lecture.classeur import lire_selon
from tests.exemples.brouillon_accepte import accepter
from tests.exemples.classeur_libre import anomalies, ecrire, valeurs
from tests.exemples.classeurs_titres import FORMES

CONVENTION = charger(dossier_par_defaut())
MODELE = """
titre: Suivi
nature: rapport
reconnaissance: {cellules: [Indicateur]}
annee: {valeur: 2025}
tableaux:
  - entete: [Indicateur, Nombre]
    structure: {au_dessus: oui, noms: {Phare: maison-phare, Total: rien}}
    colonnes:
      - {entete: Indicateur, donne: mesure, noms: {Adhérents: "v:adherents", Familles: "v:familles"}}
      - {entete: Nombre, donne: valeur}
      - {entete: Notes, donne: rien, raison: interne, facultative: oui}
    lignes_a_passer: [{colonne: Indicateur, valeurs: [Public, Sorties], raison: sous-titre}]
"""
ENTETE = ["Indicateur", "Nombre"]
_SUITES = re.compile(r"(?<![A-Z0-9])([0-9]+)(?: à ([0-9]+))?")  # « lignes 3, 5 à 8 »


def lire(*rangees: list[object], texte: str = MODELE):
    largeur = max(map(len, rangees))
    feuille = Feuille(
        "S",
        [[*(float(x) if isinstance(x, int) else x for x in r), *[""] * (largeur - len(r))] for r in rangees],
    )
    modele = declaration(texte, "suivi", CONVENTION)
    return lire_selon(modele, Classeur("xlsx", (feuille,)), "suivi.xlsx", CONVENTION)


PHARE = [["Phare"], ENTETE, ["Adhérents", 412], ["Familles", 180]]
LUES = {("maison-phare", "B3"): 412, ("maison-phare", "B4"): 180}


@pytest.mark.parametrize(
    ("suite", "attendu", "dites"),
    [
        # the header comes back, or not
        ([[], ["L’Archipel"], ENTETE, ["Adhérents", 300]], {("archipel", "B8"): 300}, {"entete_repete"}),
        ([["L’Archipel"], ["Adhérents", 300]], {("archipel", "B6"): 300}, set()),
        # a total, and all that follows it, is nobody's, as declared
        ([["Total"], ["Adhérents", 712]], {}, {"lignes_passees"}),
        # a title that names nobody is not that of the structure above it
        ([["Tennis club"], ["Adhérents", 90]], {}, {"libelle_inconnu"}),
        ([["Tennis club", "", "M. Nommé"], ["Adhérents", 90]], {}, {"libelle_inconnu", "hors_tableau"}),
        ([["Maison de l’Archipel", 34], ["Adhérents", 90]], {}, {"libelle_inconnu", "hors_tableau"}),
        ([["Poste", "Femmes"], ["Familles", 5]], {}, {"libelle_inconnu", "hors_tableau"}),
        # a part of the table is declared to be one
        ([["Public"], ["Familles", 180]], {("maison-phare", "B4"): 180}, {"lignes_passees", "valeur_redite"}),
        # a note under the last table, a title without a table: no value, nothing to repair
        ([["* au 31 décembre"]], {}, {"hors_tableau"}),
        ([["L’Archipel"], [], ["Total"]], {}, {"hors_tableau"}),
        # « n.c. » and a blank are answers of the structure, not titles
        ([["L’Archipel"], ["Adhérents", "n.c."], ["Familles", ""], ["Adhérents", 300]], None, None),
    ],
)
def test_une_valeur_va_a_son_titre_ou_a_personne(suite, attendu, dites):
    lecture = lire(*PHARE, *suite)
    if attendu is None:
        assert valeurs(lecture) == LUES | {("archipel", "B8"): 300}
        return
    assert valeurs(lecture) == LUES | attendu
    assert {a.regle for a in anomalies(lecture)} == dites


def test_le_premier_titre_est_celui_qui_touche_l_en_tete():
    assert valeurs(lire(["L’Archipel"], [], ["Phare"], [], ENTETE, ["Adhérents", 412])) == {
        ("maison-phare", "B6"): 412
    }
    perdu = lire(["Phare"], ["(en travaux)"], ENTETE, ["Adhérents", 412])
    assert valeurs(perdu) == {}
    assert "« (en travaux) » n’est pas reconnu" in perdu.anomalies[0].message
    sans = lire(ENTETE, ["Adhérents", 412], ["Phare"], ["Familles", 180])
    assert valeurs(sans) == {("maison-phare", "B4"): 180}
    assert sans.anomalies[0].regle == "libelle_absent"


def test_un_autre_tableau_sous_le_meme_titre_est_lu_par_sa_description():
    autre = yaml.safe_load(MODELE)
    autre["tableaux"].append(
        {
            "entete": ["Poste", "ETP"],
            "structure": {"au_dessus": True, "noms": {"Phare": "maison-phare"}},
            "colonnes": [
                {"entete": "Poste", "donne": "mesure", "noms": {"Permanents": "v:etp-permanents"}},
                {"entete": "ETP", "donne": "valeur"},
            ],
        }
    )
    postes = [["Poste", "ETP"], ["Permanents", 7]]
    lecture = lire(
        *PHARE, *postes, ["L’Archipel"], *postes, ENTETE, ["Adhérents", 300], texte=yaml.dump(autre)
    )
    assert valeurs(lecture) == LUES | {
        ("maison-phare", "B6"): 7,
        ("archipel", "B9"): 7,
        ("archipel", "B11"): 300,
    }


@pytest.mark.parametrize(
    ("chemin", "valeur", "attendu"),
    [
        ("structure", {"au_dessus": True, "cellule": "B1"}, "structure : une seule de ces clés"),
        (
            "structure",
            {"au_dessus": True, "noms": {"Total": "neant"}},
            "« neant » n’est l’identifiant d’aucune",
        ),
        ("structure", {"cellule": "B1", "noms": {"Total": "rien"}}, "« rien » n’est l’identifiant d’aucune"),
        ("fin", "vide", "fin : une ligne vide finit le tableau avant le titre suivant"),
    ],
)
def test_une_description_fausse_est_refusee_avec_sa_cle(chemin, valeur, attendu):
    contenu = yaml.safe_load(MODELE)
    contenu["tableaux"][0][chemin] = valeur
    with pytest.raises(ReferentielInvalide) as refus:
        declaration(yaml.dump(contenu, allow_unicode=True), "suivi", CONVENTION)
    assert any(attendu in e.message for e in refus.value.erreurs), [e.message for e in refus.value.erreurs]


def test_une_case_n_a_pas_de_titre():
    contenu = yaml.safe_load(MODELE)
    contenu["structure"] = contenu["tableaux"][0].pop("structure")
    assert declaration(yaml.dump(contenu), "suivi", CONVENTION)
    contenu["cases"] = [{"libelle": "Adhérents", "mesure": "v:adherents"}]
    with pytest.raises(ReferentielInvalide, match="les cases n’ont pas de titre"):
        declaration(yaml.dump(contenu), "suivi", CONVENTION)


@pytest.mark.parametrize("forme", FORMES, ids=lambda forme: forme.__name__)
def test_le_brouillon_accepte_lit_tout_et_rien_d_autre(tmp_path, forme):
    nom, feuilles, attendues = forme()
    lu = accepter(ouvrir(ecrire(tmp_path / nom, feuilles)), nom, attendues, CONVENTION)
    assert (lu.justes, lu.fausses) == (len(attendues), {})


TITRES = {"Phare": "maison-phare", "L’Archipel": "archipel", "Total": None, "Tennis club": None}
RANGEES = st.lists(
    st.one_of(
        st.sampled_from([[titre] for titre in TITRES]),
        st.sampled_from([ENTETE, [], ["Public"], ["Sorties", 12]]),
        st.tuples(st.sampled_from(["Adhérents", "Familles", "Chantiers"]), st.integers(20, 900)).map(list),
        st.tuples(st.sampled_from(["Adhérents", "Familles"]), st.sampled_from(["n.c.", "", "≈ 30"])).map(
            list
        ),
    ),
    max_size=14,
)


@settings(max_examples=150, deadline=None)
@given(RANGEES)
def test_quelles_que_soient_les_lignes_rien_ne_va_a_un_autre_et_rien_ne_se_perd(rangees):
    lecture = lire(["Phare"], ENTETE, *rangees)
    lues = {(qui, ou): lu for (qui, ou), lu in valeurs(lecture).items()}
    dites = " ".join(a.message for a in anomalies(lecture))
    courant: str | None = "maison-phare"
    for rang, rangee in enumerate(rangees, 3):
        if rangee and rangee[0] in TITRES:
            courant = TITRES[rangee[0]]
        if len(rangee) < 2 or not isinstance(rangee[1], int):
            continue
        siennes = [qui for qui, ou in lues if ou == f"B{rang}"]
        assert siennes in ([], [courant])
        if not siennes:
            nommees = {n for a, b in _SUITES.findall(dites) for n in range(int(a), int(b or a) + 1)}
            assert rang in nommees or f"B{rang}" in dites, (rang, dites)
