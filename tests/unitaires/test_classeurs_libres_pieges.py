"""The traps of real workbooks, each in a small one: what is read, where, and what is told of the rest."""

import openpyxl
import pytest

from etl.anomalie import Anomalie
from tests.exemples.classeur_libre import anomalies, ecrire, lire, regles, valeurs

LARGE = """
titre: Suivi des centres sociaux
nature: rapport
reconnaissance: {cellules: [Structure, Adhérents]}
annee: {valeur: 2025}
tableaux:
  - entete: [Structure, Adhérents]
    colonnes:
      - {entete: Structure, donne: structure, noms: {Phare: maison-phare}}
      - {entete: Adhérents, donne: valeur, mesure: "v:adherents"}
      - {entete: Familles, donne: valeur, mesure: "v:familles", facultative: oui}
      - {entete: Observations, donne: remarque, facultative: oui}
"""


def lire_large(tmp_path, rangees, yaml=LARGE, fusions=None):
    return lire(ecrire(tmp_path / "suivi.xlsx", {"Suivi": rangees}, {"Suivi": fusions or ""}), yaml)


def celle(lecture, regle: str) -> Anomalie:
    return next(a for a in anomalies(lecture) if a.regle == regle)


def test_plusieurs_structures_dans_un_classeur_font_autant_de_formulaires(tmp_path):
    lecture = lire_large(
        tmp_path,
        [
            ["Structure", "Adhérents", "Familles"],
            ["La Maison-Phare", 412, 180],
            ["l'archipel ", 300, "sans objet"],
        ],
    )
    assert valeurs(lecture) == {
        ("maison-phare", "B2"): 412,
        ("maison-phare", "C2"): 180,
        ("archipel", "B3"): 300,
    }
    assert [c.etat for c in lecture.formulaires[1].cellules] == ["valeur", "sans_objet"]
    assert {(f.genre, f.annee, f.source, f.statut) for f in lecture.formulaires} == {
        ("structure", 2025, "classeur:modele", "accepte")
    }
    assert not anomalies(lecture)


def test_titres_au_dessus_notes_dessous_sont_nommes_et_non_lus(tmp_path):
    lecture = lire_large(
        tmp_path,
        [
            ["Suivi 2025 du réseau"],
            [],
            ["Structure", "Adhérents"],
            ["Phare", 412],
            [],
            ["* chiffres arrêtés au 31 décembre"],
        ],
        LARGE.replace("    colonnes:", "    fin: vide\n    colonnes:"),
    )
    assert valeurs(lecture) == {("maison-phare", "B4"): 412}
    assert regles(lecture) == [("hors_tableau", "A1")]
    assert "2 cellules non lues (A1 et A6)" in celle(lecture, "hors_tableau").message


def test_un_nom_proche_est_propose_et_jamais_pris(tmp_path):
    lecture = lire_large(tmp_path, [["Structure", "Adhérents"], ["Maison Phare", 412], ["Inconnue", 7]])
    assert valeurs(lecture) == {}
    premiere, seconde, rien = lecture.anomalies
    assert (premiere.cellule, premiere.gravite) == ("A2", "bloquant")
    assert "« La Maison-Phare » [maison-phare]" in premiere.message
    assert "Non chargé : ligne 2." in premiere.message
    assert seconde.cellule == "A3"
    assert "proche" not in seconde.message
    assert rien.regle == "rien_de_lu"


def test_une_valeur_sans_nom_est_dite(tmp_path):
    lecture = lire_large(tmp_path, [["Structure", "Adhérents"], ["", 412]])
    assert regles(lecture) == [("libelle_absent", "A2"), ("rien_de_lu", None)]


def test_l_en_tete_repete_peut_deplacer_les_colonnes(tmp_path):
    lecture = lire_large(
        tmp_path,
        [
            ["Structure", "Adhérents", "Familles"],
            ["Phare", 412, 180],
            ["STRUCTURE ", "familles", "adhérents"],
            ["L’Archipel", 90, 300],
        ],
    )
    mesures = {(f.repondant_id, c.objet_id): c.valeur for f in lecture.formulaires for c in f.cellules}
    assert mesures == {
        ("maison-phare", "adherents"): 412,
        ("maison-phare", "familles"): 180,
        ("archipel", "adherents"): 300,
        ("archipel", "familles"): 90,
    }
    assert regles(lecture) == [("entete_repete", "A3")]


@pytest.mark.parametrize(
    ("lu", "valeur", "regle"),
    [
        ("1 234", 1234, "nombre_en_texte"),
        ("1\u00a0234", 1234, "nombre_en_texte"),
        ("412 (dont 50 filles)", 412, "nombre_annote"),
        ("1 proposée", 1, "nombre_avec_mots"),
        ("#DIV/0!", None, "cellule_en_erreur"),
        ("=1+1", None, "formule_non_calculee"),
        (-3, None, "nombre_negatif"),
        (12.5, None, "nombre_non_entier"),
    ],
)
def test_un_nombre_se_lit_comme_dans_le_canevas(tmp_path, lu, valeur, regle):
    lecture = lire_large(tmp_path, [["Structure", "Adhérents"], ["Phare", lu], ["L’Archipel", 300]])
    [cellule] = [c for f in lecture.formulaires for c in f.cellules if f.repondant_id == "maison-phare"]
    assert (cellule.adresse, cellule.valeur) == ("B2", valeur)
    assert regles(lecture) == [(regle, "B2")]


def test_une_colonne_non_decrite_une_manquante_une_en_double(tmp_path):
    lecture = lire_large(
        tmp_path, [["Structure", "Adhérents", "Bénévoles"], ["Phare", 412, 12], ["L’Archipel", 300, 9]]
    )
    assert regles(lecture) == [("colonne_non_decrite", "C2")]
    assert "« Bénévoles »" in celle(lecture, "colonne_non_decrite").message
    assert ": 2 cellules non lues" in celle(lecture, "colonne_non_decrite").message

    sans = LARGE.replace("facultative: oui}", "facultative: non}")
    lecture = lire_large(tmp_path, [["Structure", "Adhérents"], ["Phare", 412]], sans)
    assert [r for r, _ in regles(lecture)] == ["colonne_absente", "colonne_absente"]
    assert valeurs(lecture) == {("maison-phare", "B2"): 412}

    lecture = lire_large(tmp_path, [["Structure", "Adhérents", "adhérents"], ["Phare", 412, 413]])
    assert "(B1 et C1)" in celle(lecture, "colonne_en_double").message
    assert valeurs(lecture) == {}


def test_sans_la_colonne_qui_nomme_les_structures_rien_n_est_lu(tmp_path):
    yaml = LARGE.replace("entete: [Structure, Adhérents]", "entete: [Adhérents]")
    lecture = lire_large(tmp_path, [["Centre", "Adhérents"], ["Phare", 412]], yaml)
    assert valeurs(lecture) == {}
    assert "rien n’est lu de ce tableau" in celle(lecture, "colonne_absente").message
    assert celle(lecture, "colonne_non_decrite").cellule == "A2"


def test_un_tableau_absent_est_dit(tmp_path):
    lecture = lire_large(tmp_path, [["Centre", "Effectif"], ["Phare", 412]])
    assert regles(lecture) == [
        ("tableau_absent", None),
        ("feuille_non_decrite", None),
        ("rien_de_lu", None),
    ]
    assert "« Structure », « Adhérents »" in celle(lecture, "tableau_absent").message


def test_une_mesure_donnee_deux_fois(tmp_path):
    pareil = lire_large(tmp_path, [["Structure", "Adhérents"], ["Phare", 412], ["Phare", 412]])
    assert valeurs(pareil) == {("maison-phare", "B2"): 412}
    assert regles(pareil) == [("valeur_redite", "B2")]
    autre = lire_large(tmp_path, [["Structure", "Adhérents"], ["Phare", 412], ["Phare", 500]])
    assert valeurs(autre) == {}
    assert "(B2 et B3)" in celle(autre, "valeur_repetee").message
    somme = LARGE.replace("    colonnes:", "    repetition: additionner\n    colonnes:")
    ensemble = lire_large(tmp_path, [["Structure", "Adhérents"], ["Phare", 412], ["Phare", 500]], somme)
    assert valeurs(ensemble) == {("maison-phare", "B2"): 912}
    assert ensemble.formulaires[0].cellules[0].remarque == "somme de 2 cellules : B2 et B3"


def test_la_remarque_de_la_ligne_suit_la_valeur_et_ce_qui_nomme_reste_au_fichier(tmp_path):
    lecture = lire_large(
        tmp_path,
        [
            ["Structure", "Adhérents", "Observations"],
            ["Phare", 412, "déménagement en mai"],
            ["L’Archipel", 300, "voir Mme Martin"],
        ],
    )
    phare, archipel = (f.cellules[0] for f in lecture.formulaires)
    assert (phare.remarque, phare.remarque_a_relire) == ("déménagement en mai", False)
    assert archipel.remarque_a_relire


def test_un_nom_fusionne_sur_trois_lignes_et_une_ligne_par_modalite(tmp_path):
    yaml = """
titre: Âges
nature: rapport
reconnaissance: {cellules: [Structure, Tranche]}
tableaux:
  - entete: [Structure, Tranche, "2024", "2025"]
    mesure: {valeur: "i:EN-1.0.p1"}
    colonnes:
      - {entete: Structure, donne: structure}
      - entete: Tranche
        donne: modalite
        noms: {3-5 ans: age-enfants=3-5, 6-11 ans: age-enfants=6-11, 12-17 ans: age-enfants=12-17}
      - {entete: "2024", donne: valeur, annee: 2024}
      - {entete: "2025", donne: valeur, annee: 2025}
"""
    lecture = lire_large(
        tmp_path,
        [
            ["Structure", "Tranche", 2024, 2025],
            ["L’Archipel", "\u00a0\u00a0\u00a03-5 ans", 20, 25],
            ["", "6-11 ans", 40, 45],
            ["", "12-17 ans", 12, 15],
        ],
        yaml,
        "A2:A4",
    )
    assert {(f.repondant_id, f.annee) for f in lecture.formulaires} == {
        ("archipel", 2024),
        ("archipel", 2025),
    }
    assert [(c.modalite, c.valeur) for c in lecture.formulaires[1].cellules] == [
        ("3-5", 25),
        ("6-11", 45),
        ("12-17", 15),
    ]
    assert not anomalies(lecture)


def test_une_feuille_par_trimestre_fait_un_seul_formulaire(tmp_path):
    yaml = """
titre: Accompagnements par trimestre
nature: rapport
reconnaissance: {feuilles: [T1]}
annee: {nom_de_fichier: oui, motif: "_(20[0-9]{2})"}
feuilles_ignorees: [{feuille: Notes, raison: mode d’emploi du gestionnaire}]
tableaux:
  - feuilles: ["T*"]
    entete: [Lieu, Accompagnements]
    mesure: {valeur: "i:JE-1.2.3-a"}
    code: {nom_de_feuille: oui, noms: {T1: T1, T2: T2, T3: T3, T4: T4}}
    colonnes:
      - {entete: Lieu, donne: structure, noms: {Phare: maison-phare}}
      - {entete: Accompagnements, donne: valeur}
"""
    feuilles = {f"T{n}": [["Lieu", "Accompagnements"], ["Phare", 10 * n]] for n in (1, 2, 3, 4)}
    chemin = ecrire(tmp_path / "suivi_2025.xlsx", {**feuilles, "Notes": [["bonjour"]]})
    lecture = lire(chemin, yaml)
    [formulaire] = lecture.formulaires
    assert (formulaire.repondant_id, formulaire.annee, formulaire.feuille) == ("maison-phare", 2025, "T1")
    assert [(c.code, c.valeur, c.feuille) for c in formulaire.cellules] == [
        ("T1", 10, None),
        ("T2", 20, "T2"),
        ("T3", 30, "T3"),
        ("T4", 40, "T4"),
    ]
    assert regles(lecture) == [("feuille_ignoree", None)]


def test_des_montants_en_milliers_d_euros(tmp_path):
    yaml = """
titre: Comptes
nature: rapport
reconnaissance: {cellules: [Poste]}
structure: {valeur: maison-phare}
annee: {cellule: B1}
tableaux:
  - entete: [Poste, Prévu, Réalisé]
    colonnes:
      - entete: Poste
        donne: mesure
        noms: {Subventions: "c:subventions", "Salaires*": "c:masse-salariale"}
        autres: passer
        raison: postes de détail
      - {entete: Prévu, donne: valeur, code: n, unite: k€}
      - {entete: Réalisé, donne: valeur, code: n-1, unite: k€}
"""
    lecture = lire_large(
        tmp_path,
        [
            ["Exercice", 2025],
            ["Poste", "Prévu", "Réalisé"],
            ["Subventions", 12.5, "11,25"],
            ["Salaires et charges", 300, None],
            ["Achats", 12, 13],
        ],
        yaml,
    )
    assert valeurs(lecture) == {
        ("maison-phare", "B3"): 12_500,
        ("maison-phare", "C3"): 11_250,
        ("maison-phare", "B4"): 300_000,
    }
    assert [(r, c) for r, c in regles(lecture)] == [
        ("autres_passes", "A5"),
        ("hors_tableau", "A1"),
        ("nombre_en_texte", "C3"),
    ]


def test_une_mesure_qui_n_est_pas_demandee_est_refusee_a_son_adresse(tmp_path):
    lecture = lire_large(tmp_path, [["Structure", "Adhérents"], ["Multi-accueil Balzac", 40], ["Phare", 412]])
    assert valeurs(lecture) == {("maison-phare", "B3"): 412}
    refus = celle(lecture, "mesure_non_demandee")
    assert refus.cellule == "B2"
    assert "« Multi-accueil Balzac »" in refus.message
    assert "40" not in refus.message


def test_une_annee_hors_de_la_convention_est_refusee(tmp_path):
    lecture = lire_large(
        tmp_path, [["Structure", "Adhérents"], ["Phare", 412]], LARGE.replace("2025", "2012")
    )
    assert valeurs(lecture) == {}
    assert "L’année « 2012 » n’est pas une année de la convention" in lecture.anomalies[0].message


def test_un_petit_effectif_n_est_jamais_cite(tmp_path):
    lecture = lire_large(tmp_path, [["Structure", "Adhérents"], ["Phare", "3 ou 4 peut-être"]])
    [refus] = [a for a in anomalies(lecture) if a.cellule == "B2"]
    assert "3 ou 4" not in refus.message + (refus.valeur_lue or "")


def test_une_feuille_masquee_est_lue_et_dite(tmp_path):
    chemin = ecrire(
        tmp_path / "suivi.xlsx", {"Vue": [["rien"]], "Suivi": [["Structure", "Adhérents"], ["Phare", 412]]}
    )
    classeur = openpyxl.load_workbook(chemin)
    classeur["Suivi"].sheet_state = "hidden"
    classeur.save(chemin)
    lecture = lire(chemin, LARGE)
    assert valeurs(lecture) == {("maison-phare", "B2"): 412}
    assert celle(lecture, "feuille_cachee").feuille == "Suivi"


def test_une_somme_sans_une_cellule_refusee_serait_fausse(tmp_path):
    somme = LARGE.replace("    colonnes:", "    repetition: additionner\n    colonnes:")
    lecture = lire_large(tmp_path, [["Structure", "Adhérents"], ["Phare", 412], ["Phare", "beaucoup"]], somme)
    assert valeurs(lecture) == {}
    assert "(B2 et B3)" in celle(lecture, "somme_incomplete").message


FORMULAIRE = """
titre: Fiche par centre
nature: rapport
reconnaissance: {cellules: [Nom du centre, Adhérents]}
structure: {libelle: Nom du centre}
annee: {cellule: C1, motif: "20[0-9]{2}"}
manquants: [à compléter]
libelles_ignores: [{libelles: Direction, raison: nom d’une personne}]
cases:
  - {libelle: Adhérents, mesure: "v:adherents"}
  - {libelle: ETP, apres: Permanents, mesure: "v:etp-permanents"}
  - {libelle: ETP, apres: Non permanents, mesure: "v:etp-non-permanents"}
  - {cellule: B9, mesure: "v:familles"}
  - {libelle: Points forts, sens: dessous, mesure: "t:points_forts"}
"""


def centre(nom: str, adherents: object, etp: object) -> list[list[object]]:
    return [
        [f"Nom du centre : {nom}", "", "Exercice 2025"],
        ["Direction", "Mme Nommée"],
        ["Adhérents :", adherents],
        ["Permanents"],
        ["ETP", etp],
        ["Non permanents"],
        ["ETP", "à compléter"],
        ["Familles inscrites"],
        ["au 31 décembre", 90],
        ["Points forts"],
        ["Une équipe stable"],
    ]


def test_un_formulaire_par_feuille_chaque_case_a_cote_de_ses_mots(tmp_path):
    feuilles = {"A": centre("L’Archipel", 300, 4.5), "B": centre("La Maison-Phare", "", 12)}
    lecture = lire(ecrire(tmp_path / "centres.xlsx", feuilles), FORMULAIRE)
    assert valeurs(lecture) == {
        ("archipel", "B3"): 300,
        ("archipel", "B5"): 4.5,
        ("archipel", "B9"): 90,
        ("archipel", "A11"): "Une équipe stable",
        ("maison-phare", "B5"): 12,
        ("maison-phare", "B9"): 90,
        ("maison-phare", "A11"): "Une équipe stable",
    }
    assert {(f.annee, f.feuille) for f in lecture.formulaires} == {(2025, "A"), (2025, "B")}
    manquantes = {
        (f.repondant_id, c.adresse) for f in lecture.formulaires for c in f.cellules if c.etat == "manquant"
    }
    assert manquantes == {("archipel", "B7"), ("maison-phare", "B3"), ("maison-phare", "B7")}
    assert "Nommée" not in repr(lecture)
    assert {r for r, _ in regles(lecture)} == {"cases_ignorees", "hors_tableau"}


def test_une_case_que_rien_n_annonce_est_dite(tmp_path):
    rangees = [r for r in centre("L’Archipel", 300, 4.5) if r[0] != "Adhérents :"]
    yaml = FORMULAIRE.replace("[Nom du centre, Adhérents]", "[Points forts]")
    lecture = lire(ecrire(tmp_path / "c.xlsx", {"A": rangees}), yaml)
    assert "« Adhérents » ne se trouve pas" in celle(lecture, "case_absente").message


def test_une_mesure_de_la_ville_va_a_sa_fiche(tmp_path):
    yaml = """
titre: Ressources humaines
nature: extrait
source: rh
reconnaissance: {cellules: [Fonction, Agents]}
fiche: {valeur: EN-2}
annee: {valeur: 2025}
tableaux:
  - entete: [Fonction, Agents]
    colonnes:
      - {entete: Fonction, donne: rien, raison: une seule ligne}
      - {entete: Agents, donne: valeur, mesure: "i:EN-2.0.5-a"}
"""
    lecture = lire_large(tmp_path, [["Fonction", "Agents"], ["Animation", 312]], yaml)
    [formulaire] = lecture.formulaires
    assert (formulaire.genre, formulaire.repondant_id, formulaire.source) == ("fiche", "EN-2", "extrait:rh")
