"""The draft of a declaration: what is guessed from a workbook, what is written, what it then reads."""

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctg.referentiel import ReferentielInvalide, charger, dossier_par_defaut
from etl.classeurs import Feuille, ouvrir
from etl.classeurs_libres.declaration.chargement import declaration, declarations
from etl.classeurs_libres.description import ebauche, redaction
from etl.classeurs_libres.description.choix import CaseChoisie, Choix, ColonneChoisie, TableauChoisi
from etl.classeurs_libres.description.lignes_de_mesures import mesure_proche
from etl.classeurs_libres.description.rattachement import structure_nommee
from etl.classeurs_libres.description.reperage import reperer, reperer_formulaires, tableaux_de
from etl.classeurs_libres.lecture.classeur import lire_selon
from etl.classeurs_libres.mesures import mesures_connues
from tests.exemples.classeur_libre import ecrire, valeurs

CONVENTION = charger(dossier_par_defaut())
MESURES = mesures_connues(CONVENTION, 2025)


def feuille(*rangees: list[object]) -> Feuille:
    largeur = max(map(len, rangees))
    return Feuille("Suivi", [[*r, *[""] * (largeur - len(r))] for r in rangees])


def proposees(lue: Feuille, mesures=MESURES) -> list[ebauche.ColonneProposee]:
    """The columns of the one table of a sheet."""
    [repere] = tableaux_de(lue)
    return ebauche.deviner_colonnes([lue], repere, mesures, CONVENTION)


def test_chaque_colonne_est_proposee_avec_son_score():
    lues = proposees(
        feuille(
            ["Centre", "Année", "Nb d’adhérents", "Familles", "Contact", "Zwgk"],
            ["La Maison-Phare", 2025.0, 412.0, 180.0, "Mme X", 12.0],
            ["Archipel (L')", 2025.0, 300.0, "n.c.", "M. Y", 15.0],
        )
    )
    assert [(p.lettre, p.donne, p.mesure and p.mesure.cle) for p in lues] == [
        ("A", "structure", None),
        ("B", "annee", None),
        ("C", "valeur", "v:adherents"),
        ("D", "valeur", "v:familles"),
        ("E", "rien", None),
        ("F", "rien", None),
    ]
    assert lues[2].score == 100


def test_ce_qui_est_compte_se_lit_en_ligne_et_l_annee_ou_la_structure_dans_le_titre():
    lues = proposees(
        feuille(
            ["Indicateur", 2024.0, 2025.0, "Commentaire"],
            ["Adhérents", 400.0, 412.0, ""],
            ["Familles", 170.0, 180.0, "stable"],
        )
    )
    assert [(p.donne, p.annee) for p in lues] == [
        ("mesure", None),
        ("valeur", "2024"),
        ("valeur", "2025"),
        ("rien", None),
    ]
    lues = proposees(
        feuille(
            ["Indicateur", "La Maison-Phare", "Archipel"], ["Adhérents", 400.0, 412.0], ["Familles", 1.0, 2.0]
        )
    )
    assert [p.donne for p in lues] == ["mesure", ebauche.TITRE_STRUCTURE, ebauche.TITRE_STRUCTURE]


@pytest.mark.parametrize(
    ("entete", "structure", "attendu"),
    [
        # the same words mean what that type of structure is asked
        ("Places agréées", "multi-accueil-junot", "v:places"),
        ("Places agréées", "maison-phare", None),
        ("ETP permanents", "multi-accueil-junot", "v:etp-permanents"),
        # a qualifier more is another measure: never the one without it
        ("Salariés permanents", "multi-accueil-junot", None),
        ("Salariés permanents", "maison-phare", "v:salaries-permanents"),
        ("Jeunes impliqués", "maison-phare", "i:JE-2.4.1-a"),
        ("Taux de satisfaction des jeunes concernés", "maison-phare", None),
        ("Total des charges (k€)", "maison-phare", "c:total-charges"),
        ("Effectif", "maison-phare", None),
    ],
)
def test_la_mesure_proposee_est_de_celles_que_l_on_demande_a_ce_type_de_structure(entete, structure, attendu):
    mesures = mesures_connues(CONVENTION, 2025, [structure])
    trouvee, _ = mesure_proche(entete, mesures)
    assert (trouvee and trouvee.cle) == attendu


def test_un_compte_se_propose_pour_l_exercice_de_l_annee():
    mesure, _ = mesure_proche("Total des charges", MESURES)
    assert (mesure.cle, mesure.code) == ("c:total-charges", "n")


def test_chaque_mesure_porte_un_nom_qui_n_est_qu_a_elle():
    libelles = [m.libelle for m in MESURES]
    assert len(set(libelles)) == len(libelles)


def test_une_structure_n_est_reconnue_que_par_son_nom_exact_les_autres_sont_proposees():
    assert structure_nommee("La Maison-Phare", CONVENTION) == ("maison-phare", [])
    connue, proches = structure_nommee("Maison Phare", CONVENTION)
    assert (connue, proches[0].valeur) == (None, "maison-phare")
    assert structure_nommee("Tennis club", CONVENTION) == (None, [])


def choix(**autres) -> Choix:
    colonnes = autres.pop("colonnes", None) or (
        ColonneChoisie("A", "Centre", "structure", noms={"Phare": "maison-phare"}),
        ColonneChoisie("B", "Adhérents", "valeur", mesure="v:adherents", code="valeur"),
        ColonneChoisie("C", "Contact", "rien", raison="nom d’une personne"),
        ColonneChoisie("D", "sans titre", "rien"),
    )
    tableau = TableauChoisi(feuilles=("S",), ligne=1, lignes_entete=1, colonnes=colonnes)
    base = {"titre": "Suivi de l’année", "nature": "rapport", "annee": {"valeur": 2025}}
    return Choix(**(base | {"tableaux": (tableau,)} | autres))


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


def test_la_feuille_d_une_autre_annee_est_la_meme_quand_son_nom_dit_l_annee():
    colonnes = (
        ColonneChoisie("A", "Centre", "structure"),
        ColonneChoisie("B", "Adhérents", "valeur", mesure="v:adherents"),
    )
    tableau = TableauChoisi(feuilles=("Suivi 2025",), ligne=1, lignes_entete=1, colonnes=colonnes)
    par_feuille = {"nom_de_feuille": True, "motif": "20[0-9]{2}"}
    modele = declaration(
        redaction.rediger(choix(tableaux=(tableau,), annee=par_feuille)), "suivi", CONVENTION
    )
    assert modele.tableaux[0].feuilles == ("Suivi *",)
    fixe = declaration(redaction.rediger(choix(tableaux=(tableau,))), "suivi", CONVENTION)
    assert fixe.tableaux[0].feuilles == ("Suivi 2025",)


def test_un_formulaire_se_redige_en_cases_et_peu_de_mots_appellent_le_nom_des_feuilles(tmp_path):
    cases = (CaseChoisie("Adhérents", "v:adherents", "valeur"), CaseChoisie("Familles", "v:familles"))
    texte = redaction.rediger(
        choix(tableaux=(), cases=cases, structure={"nom_de_feuille": True, "noms": {"P": "maison-phare"}})
    )
    chemin = ecrire(tmp_path / "s.xlsx", {"P": [["Adhérents", 412], ["Familles", 180]]})
    modele = declaration(texte, "suivi", CONVENTION)
    lecture = lire_selon(modele, ouvrir(chemin), chemin.name, CONVENTION)
    assert valeurs(lecture) == {("maison-phare", "B1"): 412, ("maison-phare", "B2"): 180}
    assert modele.reconnaissance.cellules == ("Adhérents", "Familles")


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
    reperes = reperer([lue])
    for repere in reperes:
        assert 0 <= repere.rang < len(rangees)
        colonnes = ebauche.deviner_colonnes([lue], repere, MESURES[:20], CONVENTION)
        assert len(colonnes) <= len(repere.colonnes)
    reperer_formulaires([lue], reperes)
