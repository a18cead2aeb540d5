"""The draft of a declaration: what is guessed from a workbook, what is written, what it then reads."""

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctg.referentiel import ReferentielInvalide, charger, dossier_par_defaut
from etl.classeurs import Feuille, ouvrir
from etl.classeurs_libres import ebauche, redaction
from etl.classeurs_libres.chargement import declaration, declarations
from etl.classeurs_libres.lecture import lire_selon
from etl.classeurs_libres.redaction import Choix, ColonneChoisie
from tests.exemples.classeur_libre import ecrire, valeurs

CONVENTION = charger(dossier_par_defaut())
MESURES = ebauche.mesures_connues(CONVENTION, 2025)


def feuille(*rangees: list[object]) -> Feuille:
    largeur = max(map(len, rangees))
    return Feuille("Suivi", [[*r, *[""] * (largeur - len(r))] for r in rangees])


@pytest.mark.parametrize(
    ("rangees", "attendu"),
    [
        ([["Structure", "Adhérents"], ["Phare", 412.0]], (0, 1)),
        ([["Suivi 2025"], [], ["Structure", "Adhérents"], ["Phare", 412.0]], (2, 1)),
        (
            [
                ["", "Accueil", "", "Locaux"],
                ["Service", "Rapidité", "Clarté", "Accès"],
                ["DUOP", 1.0, 2.0, 3.0],
            ],
            (0, 2),
        ),
        ([["Titre seul"], ["une note"]], (0, 1)),
        ([["Structure", "Adhérents"], ["Phare", "1 412"], ["Total", "2 000"]], (0, 1)),
    ],
)
def test_la_ligne_d_en_tete_est_devinee(rangees, attendu):
    assert ebauche.deviner_entete(feuille(*rangees)) == attendu


def test_chaque_colonne_est_proposee_avec_son_score():
    proposees = ebauche.deviner_colonnes(
        feuille(
            ["Centre", "Année", "Nb d’adhérents", "Familles", "Contact", "Zwgk"],
            ["La Maison-Phare", 2025.0, 412.0, 180.0, "Mme X", 12.0],
            ["Archipel (L')", 2025.0, 300.0, "n.c.", "M. Y", 15.0],
        ),
        0,
        1,
        MESURES,
        CONVENTION,
    )
    assert [(p.lettre, p.donne, p.mesure) for p in proposees] == [
        ("A", "structure", None),
        ("B", "annee", None),
        ("C", "valeur", "v:adherents"),
        ("D", "valeur", "v:familles"),
        ("E", "rien", None),
        ("F", "rien", None),
    ]
    assert proposees[2].score >= 80


def test_une_structure_n_est_reconnue_que_par_son_nom_exact_les_autres_sont_proposees():
    propositions = ebauche.proposer_structures(["La Maison-Phare", "Maison Phare", "Tennis club"], CONVENTION)
    assert set(propositions) == {"Maison Phare", "Tennis club"}
    assert propositions["Maison Phare"][0].valeur == "maison-phare"
    assert propositions["Tennis club"] == []


def choix(**autres) -> Choix:
    colonnes = (
        ColonneChoisie("A", "Centre", "structure", noms={"Phare": "maison-phare"}),
        ColonneChoisie("B", "Adhérents", "valeur", mesure="v:adherents", code="valeur"),
        ColonneChoisie("C", "Contact", "rien", raison="nom d’une personne"),
        ColonneChoisie("D", "sans titre", "rien"),
    )
    base = {
        "titre": "Suivi de l’année",
        "nature": "rapport",
        "feuilles": (),
        "lignes_entete": 1,
        "colonnes": colonnes,
        "annee": {"valeur": 2025},
    }
    return Choix(**(base | autres))


def test_la_declaration_redigee_est_valide_et_lit_le_classeur(tmp_path):
    chemin = ecrire(
        tmp_path / "suivi.xlsx", {"S": [["Centre", "Adhérents", "Contact"], ["Phare", 412, "x", "note"]]}
    )
    texte = redaction.rediger(choix())
    modele = declaration(texte, redaction.identifiant("Suivi de l’année"), CONVENTION)
    assert modele.id == "suivi_de_l_annee"
    lecture = lire_selon(modele, ouvrir(chemin), chemin.name, CONVENTION)
    assert valeurs(lecture) == {("maison-phare", "B2"): 412}
    assert lecture.anomalies == ()


def test_un_total_se_passe_et_des_milliers_d_euros_se_lisent_en_euros(tmp_path):
    lignes = [["Centre", "Total des charges (k€)"], ["Phare", 512.3], ["Total", 512.3]]
    chemin = ecrire(tmp_path / "suivi.xlsx", {"S": lignes})
    colonnes = (
        ColonneChoisie("A", "Centre", "structure", noms={"Phare": "maison-phare"}, a_passer=("Total",)),
        ColonneChoisie("B", "Total des charges (k€)", "valeur", mesure="c:total-charges", code="n"),
    )
    modele = declaration(redaction.rediger(choix(colonnes=colonnes)), "suivi", CONVENTION)
    lecture = lire_selon(modele, ouvrir(chemin), chemin.name, CONVENTION)
    assert valeurs(lecture) == {("maison-phare", "B2"): 512300}
    assert {a.gravite for a in lecture.anomalies} <= {"information"}


def test_deux_colonnes_de_meme_titre_vont_par_leur_lettre():
    colonnes = (
        ColonneChoisie("A", "Centre", "structure"),
        ColonneChoisie("B", "Nombre", "valeur", mesure="v:adherents"),
        ColonneChoisie("C", "Nombre", "valeur", mesure="v:familles"),
    )
    modele = declaration(redaction.rediger(choix(colonnes=colonnes)), "m", CONVENTION)
    assert [c.lettre for c in modele.tableaux[0].colonnes] == [None, "B", "C"]
    assert modele.tableaux[0].entete == ("Centre",)


def test_on_n_enregistre_que_ce_qui_est_valide_et_on_n_ecrase_rien(tmp_path):
    dossier = tmp_path / "dijon"
    shutil.copytree(dossier_par_defaut(), dossier)
    convention = charger(dossier)
    texte = redaction.rediger(choix())
    chemin = redaction.enregistrer(texte, "suivi", convention)
    assert chemin == dossier / "classeurs_libres" / "suivi.yml"
    assert {d.id for d in declarations(convention)} == {d.id for d in declarations(CONVENTION)} | {"suivi"}
    assert redaction.enregistrer(texte, "suivi", convention) == chemin
    autre = redaction.rediger(choix(annee={"valeur": 2024}))
    with pytest.raises(redaction.DejaDecrit):
        redaction.enregistrer(autre, "suivi", convention)
    assert redaction.enregistrer(autre, "suivi", convention, remplacer=True) == chemin
    with pytest.raises(ReferentielInvalide):
        redaction.enregistrer(texte.replace("v:adherents", "v:inconnu"), "suivi", convention)
    assert chemin.read_text(encoding="utf-8") == autre
    assert all(p.suffix == ".yml" for p in chemin.parent.iterdir())


CELLULES = st.one_of(
    st.just(""), st.text(max_size=12), st.floats(allow_nan=False, allow_infinity=False), st.booleans()
)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(CELLULES, min_size=n, max_size=n), min_size=1, max_size=8)
    )
)
def test_n_importe_quelle_feuille_donne_une_ebauche(rangees):
    lue = Feuille("F", rangees)
    rang, hauteur = ebauche.deviner_entete(lue)
    assert 0 <= rang < len(rangees)
    proposees = ebauche.deviner_colonnes(lue, rang, hauteur, MESURES[:20], CONVENTION)
    assert len(proposees) <= len(rangees[0])
