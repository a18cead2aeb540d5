"""The workbook of the next year, laid out a little otherwise: read for whom and for when it says, or told."""

import pytest
from openpyxl import load_workbook

from ctg.referentiel import charger, dossier_par_defaut
from etl.anomalie import Anomalie
from etl.classeurs import ouvrir
from etl.classeurs_libres.declaration.chargement import declaration
from etl.classeurs_libres.lecture import formulaires, inconnus
from etl.classeurs_libres.lecture.classeur import lire as lire_par
from tests.exemples.autres_formats import enregistrer
from tests.exemples.brouillon_accepte import valeurs_lues
from tests.exemples.classeur_libre import anomalies, ecrire, lire

CONVENTION = charger(dossier_par_defaut())
ADMIS, PLACES = "i:PE-2.0.2-b", "v:places"
JUNOT, ROOSEVELT, HEUDELET = "multi-accueil-junot", "multi-accueil-roosevelt", "lpcr-heudelet"
NOMS = {"Junot": JUNOT, "Roosevelt": ROOSEVELT, "Heudelet": HEUDELET}
_NOMS = "{" + ", ".join(f"{nom}: {identifiant}" for nom, identifiant in NOMS.items()) + "}"
_MESURES = '{Enfants admis: "i:PE-2.0.2-b", Places agréées: "v:places"}'
TITRES = f"""
titre: Suivi
nature: rapport
reconnaissance: {{cellules: [Indicateur, Enfants admis]}}
tableaux:
  - entete: [Indicateur, AAAA]
    structure: {{au_dessus: oui, noms: {_NOMS}}}
    colonnes:
      - {{entete: Indicateur, donne: mesure, noms: {_MESURES}}}
      - {{entete: AAAA, donne: valeur, annee: AAAA}}
"""
LIGNES = f"""
titre: Suivi
nature: rapport
reconnaissance: {{cellules: [Crèche]}}
annee: {{valeur: 2025}}
tableaux:
  - entete: [Crèche, Enfants admis]
    fin: vide
    colonnes:
      - {{entete: Crèche, donne: structure, noms: {_NOMS}}}
      - {{entete: Enfants admis, donne: valeur, mesure: "{ADMIS}"}}
"""
MOIS = LIGNES.replace("    fin: vide\n", "    repetition: additionner\n").replace(
    "    colonnes:\n", "    colonnes:\n      - {entete: Mois, donne: rien, raison: un mois}\n"
)
FORMULAIRE = f"""
titre: Suivi
nature: rapport
reconnaissance: {{cellules: [Enfants admis]}}
structure: {{nom_de_feuille: oui, noms: {_NOMS}}}
annee: {{valeur: 2025}}
cases:
  - {{libelle: Enfants admis, mesure: "{ADMIS}"}}
  - {{libelle: Places agréées, mesure: "{PLACES}"}}
"""
SANS_ENTETE = f"""
titre: Suivi
nature: rapport
reconnaissance: {{cellules: [Enfants admis]}}
annee: {{valeur: 2025}}
tableaux:
  - ligne: 1
    lignes_entete: 0
    structure: {{au_dessus: oui, noms: {_NOMS}}}
    colonnes:
      - {{lettre: A, donne: mesure, noms: {_MESURES}}}
      - {{lettre: B, donne: valeur}}
"""


@pytest.fixture(autouse=True)
def le_jour_ne_compte_pas(monkeypatch):
    monkeypatch.setattr(formulaires, "annee_en_cours", lambda: 2027)


def lu(dossier, yaml, feuilles, nom="suivi.xlsx"):
    """What is read of a workbook, and what is said of it beside information; `TITRES` has three titles."""
    feuilles = feuilles if isinstance(feuilles, dict) else {"Suivi": feuilles}
    lecture = lire(ecrire(dossier / nom, feuilles), yaml)
    return valeurs_lues(lecture), [a for a in anomalies(lecture) if a.gravite != "information"]


def blocs(*noms, entete=("Indicateur", 2025), ecrit=None):
    """Under each name, its small table: 31, 32, 33… children, 18, 19, 20… places."""
    rangees = []
    for rang, nom in enumerate(noms):
        rangees += [[(ecrit or {}).get(nom, nom)], list(entete)]
        rangees += [["Enfants admis", 31 + rang], ["Places agréées", 18 + rang], []]
    return rangees


def test_les_annees_des_titres_sont_celles_des_valeurs_quelles_qu_elles_soient(tmp_path):
    rangees = [["Junot"], ["Indicateur", "2026", "Évolution", 2027], ["Enfants admis", 33, "+ 2", 35]]
    valeurs, dites = lu(tmp_path, TITRES, rangees)
    assert valeurs == {(JUNOT, 2026, ADMIS, None): 33, (JUNOT, 2027, ADMIS, None): 35}
    assert [a.regle for a in dites] == ["colonne_non_decrite", "titre_absent"]


def test_une_annee_scolaire_en_titre_compte_pour_celle_ou_elle_finit_et_se_dit(tmp_path):
    rangees = [["Junot"], ["Indicateur", "2024-2025"], ["Enfants admis", 33], ["Places agréées", 18]]
    valeurs, dites = lu(tmp_path, TITRES, rangees)
    assert valeurs == {(JUNOT, 2025, ADMIS, None): 33, (JUNOT, 2025, PLACES, None): 18}
    assert [a.regle for a in dites] == [
        "titre_absent",
        "annee_scolaire",
    ]  # of places


@pytest.mark.parametrize("titre", ["2024-2026", "2025 et 2026"])
def test_un_titre_qui_ne_dit_pas_une_annee_n_est_celui_d_aucune(tmp_path, titre):
    valeurs, dites = lu(tmp_path, TITRES, [["Junot"], ["Indicateur", titre, 2025], ["Enfants admis", 33, 34]])
    assert valeurs == {(JUNOT, 2025, ADMIS, None): 34}
    assert "colonne_non_decrite" in {a.regle for a in dites}


def test_deux_colonnes_de_la_meme_annee_ne_se_departagent_pas(tmp_path):
    rangees = [["Junot"], ["Indicateur", "2025", 2025], ["Enfants admis", 33, 35]]
    valeurs, dites = lu(tmp_path, TITRES, rangees)
    assert (valeurs, dites[0].regle) == ({}, "colonne_en_double")


def test_un_nombre_qui_a_l_air_d_une_annee_n_est_pas_un_en_tete(tmp_path):
    yaml = TITRES.replace("entete: [Indicateur, AAAA]", "entete: [AAAA]")
    rangees = [["Junot"], ["Indicateur", 2025], ["Enfants admis", 2031], ["Places agréées", 18]]
    valeurs, _ = lu(tmp_path, yaml, rangees)
    assert valeurs == {(JUNOT, 2025, ADMIS, None): 2031, (JUNOT, 2025, PLACES, None): 18}


def test_un_titre_disparu_se_dit(tmp_path):
    """The one limit of a title: its rows are read under the former, when nothing else tells them apart."""
    rangees = [["Indicateur", 2025], ["Junot"], ["Enfants admis", 31], [""], ["Places agréées", 19]]
    rangees += [["Heudelet"], ["Enfants admis", 33]]
    _, dites = lu(tmp_path, TITRES, rangees)
    assert [(a.regle, a.gravite) for a in dites] == [("titre_absent", "a_confirmer")]
    assert "« Roosevelt »" in dites[0].message
    assert lu(tmp_path, TITRES, blocs(*NOMS))[1] == []


@pytest.mark.parametrize(
    ("ecrit", "entete"), [({"Junot": "Junot bis"}, None), ({"Junot": ""}, None), ({}, "Indicateurs")]
)
def test_des_lignes_que_plus_rien_ne_dit_ne_se_perdent_pas_en_silence(tmp_path, ecrit, entete):
    rangees = blocs(*NOMS, ecrit=ecrit)
    rangees[1][0] = entete or rangees[1][0]
    valeurs, dites = lu(tmp_path, TITRES, rangees)
    assert not [cle for cle in valeurs if cle[0] == JUNOT]
    assert len(valeurs) == 4
    assert {a.regle for a in dites} & {"lignes_connues_non_lues", "libelle_inconnu", "libelle_absent"}


def test_une_ligne_vide_au_milieu_d_un_tableau_qui_s_arrete_a_elle_se_dit(tmp_path):
    valeurs, dites = lu(
        tmp_path, LIGNES, [["Crèche", "Enfants admis"], ["Junot", 31], [], ["Heudelet", 33], [], ["Visa"]]
    )
    assert valeurs == {(JUNOT, 2025, ADMIS, None): 31}
    assert [(a.regle, a.cellule) for a in dites] == [("lignes_connues_non_lues", "A4")]
    assert "« Heudelet »" in dites[0].message


@pytest.mark.parametrize(
    ("feuille", "fichier", "dit"),
    [("Suivi", "suivi_2026.xlsx", True), ("Bilan 2026", "x.xlsx", True), ("Suivi 2025", "x.xlsx", False)],
)
def test_une_annee_toujours_la_meme_que_le_classeur_contredit_se_dit(tmp_path, feuille, fichier, dit):
    rangees = [["Édité le 14/01/2026"], ["Crèche", "Enfants admis"], ["Junot", 31]]
    valeurs, dites = lu(tmp_path, LIGNES, {feuille: rangees}, fichier)
    assert valeurs == {(JUNOT, 2025, ADMIS, None): 31}
    assert [a.regle for a in dites] == (["annee_contredite"] if dit else [])


@pytest.mark.parametrize("mot", ["Total", "Sous-total 1er semestre", "CUMUL"])
def test_un_total_ne_s_ajoute_pas_aux_mois_qu_il_additionne(tmp_path, mot):
    rangees = [["Mois", "Crèche", "Enfants admis"], ["Septembre", "Junot", 10], ["Octobre", "Junot", 12]]
    valeurs, _ = lu(tmp_path, MOIS, [*rangees, [mot, "Junot", 22]])
    assert valeurs == {(JUNOT, 2025, ADMIS, None): 22}


def test_une_feuille_de_cumul_ne_s_ajoute_pas_a_ses_mois_et_se_dit(tmp_path):
    mois = [["Mois", "Crèche", "Enfants admis"], ["", "Junot", 10]]
    valeurs, dites = lu(tmp_path, MOIS, {"Janvier": mois, "Février": mois, "Cumul": mois})
    assert valeurs == {(JUNOT, 2025, ADMIS, None): 20}
    assert [(a.regle, a.feuille) for a in dites] == [("feuille_semblable", "Cumul")]


def test_une_feuille_renommee_qui_porte_un_en_tete_attendu_se_dit(tmp_path):
    yaml = LIGNES.replace("  - entete", "  - feuilles: [Suivi]\n    entete")
    rangees = [["Crèche", "Enfants admis"], ["Junot", 31]]
    valeurs, dites = lu(tmp_path, yaml, {"Suivi": rangees, "Annexe": [["Crèche", "Enfants admis"]]})
    assert valeurs == {(JUNOT, 2025, ADMIS, None): 31}
    assert [(a.regle, a.gravite, a.feuille) for a in dites] == [
        ("feuille_semblable", "a_confirmer", "Annexe")
    ]


def test_un_libelle_change_sur_une_seule_feuille_se_dit_a_cette_feuille(tmp_path):
    feuilles = {nom: [["Enfants admis", 31], ["Places agréées", 18]] for nom in NOMS}
    feuilles["Roosevelt"] = [["Enfants accueillis", 31], ["Places agréées", 18]]
    valeurs, dites = lu(tmp_path, FORMULAIRE, feuilles)
    assert (ROOSEVELT, 2025, ADMIS, None) not in valeurs
    assert [(a.regle, a.feuille) for a in dites] == [("case_absente", "Roosevelt")]


@pytest.mark.parametrize(
    ("suite", "lue", "regle"),
    [([31, 28], None, "case_double"), ([31, "", 28], None, "case_double"), ([31, "en hausse", 28], 31, None)]
    + [([31, 2025], 31, None), ([31], 31, None)],
)
def test_un_libelle_suivi_de_deux_nombres_ne_choisit_pas(tmp_path, suite, lue, regle):
    valeurs, dites = lu(tmp_path, FORMULAIRE, {"Junot": [["Enfants admis", *suite], ["Places agréées", 18]]})
    assert valeurs.get((JUNOT, 2025, ADMIS, None)) == lue
    assert [a.regle for a in dites] == ([regle] if regle else [])


@pytest.mark.parametrize(("ancien", "lue"), [(28, None), (31, 31), ("", 31)])
def test_un_libelle_ecrit_deux_fois_avec_deux_nombres_ne_choisit_pas(tmp_path, ancien, lue):
    """The form of last year, kept under that of this year."""
    rangees = [["Enfants admis", 31], ["Places agréées", 18], [], ["Rappel"], ["Enfants admis", ancien]]
    valeurs, dites = lu(tmp_path, FORMULAIRE, {"Junot": rangees})
    assert valeurs.get((JUNOT, 2025, ADMIS, None)) == lue
    assert [a.regle for a in dites] == ([] if lue else ["case_double"])


def test_sans_en_tete_une_colonne_de_nombres_en_plus_empeche_de_lire(tmp_path):
    rangees = [["Junot"], ["Enfants admis", 28, 31], ["Places agréées", 18, 18]]
    valeurs, dites = lu(tmp_path, SANS_ENTETE, rangees)
    assert valeurs == {}
    assert "colonnes_decalees" in {a.regle for a in dites}
    rangees = [["Junot"], ["Enfants admis", 31, "en hausse"], ["Places agréées", 18]]
    valeurs, dites = lu(tmp_path, SANS_ENTETE, rangees)
    assert valeurs == {(JUNOT, 2025, ADMIS, None): 31, (JUNOT, 2025, PLACES, None): 18}


@pytest.mark.parametrize(
    ("entete", "lue", "regle"),
    [
        (["Indicateur", 2025, "", "Indicateur", 2025], 33, None),
        (["Indicateur", 2026, "", "Indicateur", 2026], 33, None),
        (["Indicateur", "Objectif 2025", 2025, "Indicateur", 2025], None, "colonne_absente"),
    ],
)
def test_une_colonne_connue_par_sa_lettre_porte_son_titre(tmp_path, entete, lue, regle):
    """Blocks side by side: a column inserted in one moved the letters of all."""
    yaml = f"""
titre: Suivi
nature: rapport
reconnaissance: {{cellules: [Enfants admis]}}
tableaux:
  - ligne: 2
    structure: {{cellule: A1, noms: {_NOMS}}}
    colonnes:
      - {{lettre: A, entete: Indicateur, donne: mesure, noms: {_MESURES}}}
      - {{lettre: B, entete: AAAA, donne: valeur, annee: AAAA}}
      - {{lettre: D, donne: rien, raison: à côté, facultative: oui}}
      - {{lettre: E, donne: rien, raison: à côté, facultative: oui}}
"""
    valeurs, dites = lu(tmp_path, yaml, [["Junot"], entete, ["Enfants admis", 33, "", "Enfants admis", 40]])
    annee = 2026 if 2026 in entete else 2025
    assert valeurs == ({(JUNOT, annee, ADMIS, None): lue} if lue else {})
    assert regle is None or regle in {a.regle for a in dites}


def test_de_deux_correspondances_celle_dont_l_en_tete_est_la_decrit_le_classeur(tmp_path):
    """The next version of a model, described again: each file is read by its own, none by both."""
    ancienne = LIGNES.replace("annee: {valeur: 2025}", "annee: {valeur: 2024}")
    nouvelle = LIGNES.replace("[Crèche, Enfants admis]", "[Crèche, Admissions]").replace(
        "entete: Enfants admis", "entete: Admissions"
    )
    modeles = tuple(
        declaration(texte, nom, CONVENTION) for nom, texte in (("suivi", ancienne), ("suivi2", nouvelle))
    )

    def lues(mot):
        chemin = ecrire(tmp_path / f"{mot}.xlsx", {"Suivi": [["Crèche", mot], ["Junot", 31]]})
        lecture = lire_par(ouvrir(chemin), chemin.name, modeles, CONVENTION)
        return valeurs_lues(lecture) or [a.regle for a in lecture.anomalies]

    assert lues("Enfants admis") == {(JUNOT, 2024, ADMIS, None): 31}
    assert lues("Admissions") == {(JUNOT, 2025, ADMIS, None): 31}
    assert lues("Autre chose") == ["classeur_ambigu"]


@pytest.mark.parametrize(
    ("rangees", "dit"),
    [
        (
            [["Crèche", "Nb admis", "Places"], ["Junot", 31, 18]],
            "« Enfants admis » ne s’y trouve plus sous ce nom",
        ),
        ([["Crèche", "Enfants admis", "Places"], ["Junot", 31, 18]], "mais non ses feuilles (« Bilan »)"),
        ([["Crèche", "Repas", "Heures"], ["Junot", 31, 18]], None),
    ],
)
def test_un_modele_renomme_dit_de_quel_modele_il_est_presque(tmp_path, monkeypatch, rangees, dit):
    yaml = LIGNES.replace(
        "{cellules: [Crèche]}", "{feuilles: [Bilan], cellules: [Crèche, Enfants admis, Places]}"
    )
    modeles = (declaration(yaml, "suivi", CONVENTION),)
    monkeypatch.setattr(inconnus, "declarations", lambda referentiel: modeles)
    chemin = ecrire(tmp_path / "suivi.xlsx", {"Suivi": rangees})
    phrase = inconnus.decrire_inconnu(
        chemin, Anomalie(None, None, "bloquant", "x", "x", None), CONVENTION
    ).message
    assert ("« Suivi »" in phrase.partition("rien n’est lu.")[2]) is (dit is not None)
    assert dit is None or dit in phrase


@pytest.mark.parametrize("format_", ["xlsx", "ods", "xls"])
@pytest.mark.parametrize(
    ("cacher", "adresses"),
    [
        (lambda f: f.row_dimensions.__getitem__(3), "B3"),
        (lambda f: f.column_dimensions.__getitem__("B"), "B2 et B3"),
        (lambda f: f.row_dimensions.__getitem__(5), None),
    ],
)
def test_une_valeur_lue_dans_une_ligne_ou_une_colonne_masquee_se_dit(tmp_path, cacher, adresses, format_):
    """A filter left on, an older year folded away: what nobody sees was read without a word."""
    chemin = ecrire(
        tmp_path / "s.xlsx", {"Suivi": [["Crèche", "Enfants admis"], ["Junot", 31], ["Heudelet", 33]]}
    )
    classeur = load_workbook(chemin)
    cacher(classeur["Suivi"]).hidden = True
    classeur.save(chemin)
    lecture = lire(enregistrer(chemin, tmp_path / f"t.{format_}") if format_ != "xlsx" else chemin, LIGNES)
    assert len(valeurs_lues(lecture)) == 2
    dites = [a for a in anomalies(lecture) if a.regle == "cases_masquees"]
    assert bool(dites) is (adresses is not None)
    assert not dites or (dites[0].gravite == "a_confirmer" and f": {adresses}." in dites[0].message)


@pytest.mark.parametrize(("titre", "dit"), [(2026, True), ("2025-2026", False), (2025, False)])
def test_une_colonne_d_une_annee_a_venir_se_dit(tmp_path, monkeypatch, titre, dit):
    """« 2026 » beside « 2025 » may be what is planned; a school year has begun."""
    monkeypatch.setattr(formulaires, "annee_en_cours", lambda: 2025)
    valeurs, dites = lu(tmp_path, TITRES, blocs(*NOMS, entete=("Indicateur", titre)))
    assert len(valeurs) == 6
    assert ("annee_a_venir" in {a.regle for a in dites}) is dit
