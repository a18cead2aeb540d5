"""The convention of Dijon as shipped: what its annexes count, its words found where they are printed."""

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from ctg.referentiel import charger
from ctg.referentiel.vocabulaire import SOURCE

RACINE = Path(__file__).parents[2]
CONVENTION = RACINE / "../shared/sources/001_6464dfed2d3d1a29.txt"
DIJON = charger(RACINE / "data" / "referentiel" / "dijon_2024_2027")

sources_partagees = pytest.mark.skipif(
    not CONVENTION.exists(), reason="shared absent : sources de la convention"
)


def comptes(objets, attribut):
    return Counter(getattr(objet, attribut) for objet in objets)


def test_les_euros_des_bourses_se_taisent_avec_les_bourses():
    assert {i.indicateur_id: i.secret_avec for i in DIJON.indicateurs.values() if i.secret_avec} == {
        "JE-2.4.3-b": "JE-2.4.3-a"
    }


def test_la_convention_compte_4_axes_15_fiches_55_lignes():
    assert list(DIJON.axes) == ["PE", "EN", "JE", "AVS"]
    assert comptes(DIJON.fiches.values(), "axe_id") == {"PE": 5, "EN": 5, "JE": 3, "AVS": 2}
    assert len(DIJON.lignes) == 55
    par_axe = Counter(ligne.fiche_id.split("-")[0] for ligne in DIJON.lignes.values())
    assert par_axe == {"PE": 5, "EN": 12, "JE": 31, "AVS": 7}


def test_trois_fiches_n_ont_pas_de_ligne_imprimee():
    assert set(DIJON.fiches) - {ligne.fiche_id for ligne in DIJON.lignes.values()} == {"PE-5", "EN-1", "EN-4"}


def test_52_lignes_distinctes_et_3_reprises():
    """JE-3 résultat 2 repeats JE-2 résultat 1: the same measures, entered once, on JE-2."""
    mesures = {
        ligne_id: tuple(sorted(lien.indicateur_id for lien in DIJON.liens if lien.ligne_id == ligne_id))
        for ligne_id in DIJON.lignes
    }
    assert len(set(mesures.values())) == 52
    for rang in (1, 2, 3):
        assert mesures[f"JE-3.2.{rang}"] == mesures[f"JE-2.1.{rang}"]
        assert all(DIJON.fiche_de(indicateur) == "JE-2" for indicateur in mesures[f"JE-3.2.{rang}"])


def test_57_structures_23_expediteurs():
    assert comptes(DIJON.structures.values(), "type_id") == {
        "eaje": 30, "rpe": 5, "alsh": 7, "alsh-adolescents": 3,
        "centre-social": 9, "mediatheque": 1, "ludotheque": 1, "laep": 1,
    }  # fmt: skip
    assert comptes(DIJON.expediteurs.values(), "genre")["service"] == 3
    assert len(DIJON.expediteurs) == 23
    assert comptes(DIJON.structures.values(), "annexe") == {"2": 44, "2 bis": 13}


def test_un_centre_social_par_quartier_et_la_pouponniere_hors_de_dijon():
    centres = [s.quartier_id for s in DIJON.structures.values() if s.type_id == "centre-social"]
    assert sorted(centres) == sorted(DIJON.quartiers)
    dehors = [s.structure_id for s in DIJON.structures.values() if s.quartier_id == "hors-dijon"]
    assert dehors == ["pouponniere-petite-creche", "pouponniere-grande-creche"]
    assert all(s.quartier_id == "ville" for s in DIJON.structures.values() if s.multisite)


def test_9_quartiers_dans_l_ordre_de_l_annexe_4_et_66_iris():
    assert list(DIJON.quartiers) == [
        "toison-dor", "gresilles", "maladiere", "universite", "chevreul-parc",
        "centre-ville", "bourroches", "fontaine-douche", "montchapet",
    ]  # fmt: skip
    assert [q.quartier_id for q in DIJON.quartiers.values() if q.cite_educative] == [
        "gresilles",
        "fontaine-douche",
    ]
    assert len(DIJON.iris) == 66
    assert {i.quartier_id for i in DIJON.iris.values() if i.quartier_id} == set(DIJON.quartiers)
    assert DIJON.iris["212319801"].residentiel  # La Toison d'Or: an activity IRIS with 2 276 inhabitants
    assert sum(not i.residentiel for i in DIJON.iris.values()) == 4
    assert comptes(DIJON.iris.values(), "certitude")["faible"] == 10


def test_chaque_iris_non_residentiel_a_moins_de_200_habitants():
    for iris in DIJON.iris.values():
        assert iris.residentiel == (iris.typ_iris == "H" or iris.population >= 200), iris.nom


def test_un_taux_de_consultation_n_est_demande_a_personne():
    consultations = [i for i in DIJON.indicateurs.values() if "consultation" in i.libelle.lower()]
    assert len(consultations) == 5
    assert not [i.indicateur_id for i in consultations if i.demande]


def test_seules_deux_mesures_se_demandent_par_trimestre():
    trimestres = [i.indicateur_id for i in DIJON.indicateurs.values() if i.granularite == "trimestre"]
    assert trimestres == ["PE-1.0.1-a", "JE-1.2.3-a"]


def test_ce_qui_est_imprime_a_sa_ligne_et_ce_qui_est_a_nous_dit_propose():
    for indicateur in DIJON.indicateurs.values():
        if indicateur.origine == "convention":
            assert SOURCE.fullmatch(indicateur.source), indicateur.indicateur_id
        else:
            assert indicateur.source == "propose", indicateur.indicateur_id
        if re.search(r"\.p\d", indicateur.indicateur_id):
            assert indicateur.origine == "propose"


def test_chaque_satisfaction_est_la_part_des_notes_4_et_5():
    satisfactions = [i for i in DIJON.indicateurs.values() if i.nature == "satisfaction"]
    assert len(satisfactions) == 15
    assert {(i.numerateur, i.denominateur) for i in satisfactions} == {
        ("réponses 4 et 5 sur 5", "répondants au questionnaire")
    }


def test_une_creche_saisit_15_chiffres_au_plus():
    creche = next(s for s in DIJON.structures.values() if s.type_id == "eaje")
    saisies = sum("eaje" in champ.types for champ in DIJON.vie_structure.values())
    for indicateur in DIJON.indicateurs_de_structure(creche, 2025):
        modalites = sum(len(DIJON.ventilations[v].modalites) for v in indicateur.ventilations)
        cellules = {"nombre": 1 + modalites, "rapport": 2 + modalites, "niveau": modalites}
        saisies += cellules[indicateur.saisie]
    assert saisies <= 15


def test_tous_les_textes_ont_une_apostrophe_typographique():
    for chemin in (RACINE / "data" / "referentiel" / "dijon_2024_2027").rglob("*"):
        if chemin.is_file():
            droites = [ligne for ligne in chemin.read_text(encoding="utf-8").splitlines() if "'" in ligne]
            assert not droites, f"{chemin.name} : {droites[:1]}"


@pytest.fixture(scope="module")
def convention():
    """Lines of the document, first line at index 1."""
    return ["", *CONVENTION.read_text(encoding="utf-8").split("\n")]


def squelette(texte):
    """Letters and digits only, without accents: what an OCR of average quality keeps of a sentence."""
    plat = unicodedata.normalize("NFKD", texte.lower().replace("œ", "oe").replace("æ", "ae"))
    return re.sub(r"[^a-z0-9]", "", plat.encode("ascii", "ignore").decode())


def part_retrouvee(texte, source, convention):
    """Share (0 to 1) of the letters of `texte` found, in order, in the lines `001:debut-fin`."""
    debut, _, fin = source.removeprefix("001:").partition("-")
    imprime = squelette(" ".join(convention[int(debut) : int(fin or debut) + 1]))
    cherche = squelette(texte)
    blocs = SequenceMatcher(None, cherche, imprime, autojunk=False).get_matching_blocks()
    return sum(bloc.size for bloc in blocs if bloc.size > 2) / len(cherche)


@sources_partagees
@pytest.mark.parametrize("ligne", DIJON.lignes.values(), ids=DIJON.lignes)
def test_chaque_ligne_imprimee_se_retrouve_a_sa_source(ligne, convention):
    assert part_retrouvee(ligne.libelle, ligne.source, convention) >= 0.94


@sources_partagees
@pytest.mark.parametrize("fiche", DIJON.fiches.values(), ids=DIJON.fiches)
def test_titre_objectifs_et_resultats_se_retrouvent_a_leur_source(fiche, convention):
    textes = [*fiche.objectifs, *fiche.objectifs_operationnels, *fiche.resultats]
    for texte, source in [(fiche.titre, fiche.source), *((t.texte, t.source) for t in textes)]:
        assert part_retrouvee(texte, source, convention) >= 0.85, texte


@sources_partagees
@pytest.mark.parametrize("structure", DIJON.structures.values(), ids=DIJON.structures)
def test_chaque_structure_se_retrouve_a_sa_source(structure, convention):
    debut = int(structure.source.removeprefix("001:"))
    adresse = structure.adresse or structure.nom
    assert part_retrouvee(adresse, f"001:{debut}-{debut + 6}", convention) >= 0.75


@sources_partagees
def test_chaque_source_est_une_ligne_du_document(convention):
    for indicateur in DIJON.indicateurs.values():
        if indicateur.origine == "convention":
            ligne = int(re.search(r":(\d+)", indicateur.source).group(1))
            assert convention[ligne].strip(), indicateur.indicateur_id


def test_les_nombres_qui_en_bornent_d_autres():
    """By wording (indicateurs.md): the same admissions twice, volunteers among those who are active…"""
    relations = {(r.partie_id, r.relation, r.tout_id) for r in DIJON.relations}
    assert {
        ("PE-2.0.2-d", "egal", "PE-2.0.2-b"),
        ("EN-1.0.p3", "partie", "EN-1.0.p1"),
        ("AVS-2.0.p2-b", "partie", "AVS-1.0.1-a"),
        ("JE-3.1.2-a", "suppose", "JE-3.1.1-a"),
    } <= relations
    assert all(r.source.startswith("propose") for r in DIJON.relations)
