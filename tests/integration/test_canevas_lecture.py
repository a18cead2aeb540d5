"""Forms filled by another program, then read back: values, addresses, refusals and their sentences."""

import datetime as dt
import hashlib
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.lecture.classeur import lire
from etl.canevas.lecture.reconnaissance import reconnaitre
from etl.canevas.redaction.ecriture import ecrire
from etl.canevas.retour.copie import annoter
from tests.exemples.formulaire_rempli import (
    COLONNES,
    adresse_de,
    formulaire_de,
    rang_de,
    rang_marque,
    remplir,
)

CRECHE, CENTRE = "verriere-enchantee", "maison-maladiere"
ADMIS, HANDICAP = "i:PE-2.0.2-b", "i:PE-2.0.2-d#public=handicap"


@pytest.fixture(scope="module")
def referentiel():
    return charger(dossier_par_defaut())


@pytest.fixture(scope="module")
def vierges(referentiel, tmp_path_factory):
    return {c.name: c for c in ecrire(referentiel, 2025, tmp_path_factory.mktemp("vierges"))}


@pytest.fixture
def creche(vierges, tmp_path):
    return shutil.copy(vierges["rapport_2025_croix-rouge.xlsx"], tmp_path / "creche.xlsx")


@pytest.fixture
def association(vierges, tmp_path):
    """A sender that holds two structures: two forms in one workbook."""
    return shutil.copy(vierges["rapport_2025_maison-phare.xlsx"], tmp_path / "association.xlsx")


def modifier(chemin, geste, rang=0):
    classeur = load_workbook(chemin)
    geste(formulaire_de(classeur, rang))
    classeur.save(chemin)


def seul(lecture):
    (formulaire,) = lecture.formulaires
    return formulaire


def regles(porteur, gravite=None):
    return [a.regle for a in porteur.anomalies if gravite in (None, a.gravite)]


def cellule(formulaire, cle, code="valeur"):
    return next(
        c
        for c in formulaire.cellules
        if c.code == code
        and cle
        == f"{c.rubrique}:{c.objet_id}"
        + (f"@{c.quartier_id}" if c.quartier_id else "")
        + (f"#{c.ventilation}={c.modalite}" if c.ventilation else "")
    )


def test_un_canevas_vierge_se_lit_sans_rien_reprocher(vierges, referentiel):
    for chemin in vierges.values():
        assert reconnaitre(chemin)
        lecture = lire(chemin, referentiel)
        assert not lecture.anomalies
        for formulaire in lecture.formulaires:
            assert (formulaire.statut, formulaire.anomalies) == ("accepte", ())
            assert {c.etat for c in formulaire.cellules} == {"manquant"}
            assert (formulaire.annee, formulaire.fictif) == (2025, False)


def test_chaque_structure_et_chaque_fiche_a_son_formulaire(vierges, referentiel):
    lus = [f for chemin in vierges.values() for f in lire(chemin, referentiel).formulaires]
    ouvertes = {s.structure_id for s in referentiel.structures.values() if s.ouverte_en(2025)}
    assert {f.repondant_id for f in lus if f.genre == "structure"} == ouvertes
    assert {f.repondant_id for f in lus if f.genre == "fiche"} == set(referentiel.fiches)
    assert len(lus) == len(ouvertes) + len(referentiel.fiches)


def test_chaque_valeur_revient_avec_sa_cellule(creche, referentiel):
    saisies = {
        (ADMIS, "valeur"): 48,
        (HANDICAP, "numerateur"): 0,
        ("i:PE-2.0.2-d", "numerateur"): 21,
        ("i:PE-2.0.2-d", "denominateur"): 48,
        ("i:PE-3.0.1-b#theme-qualite=enfant", "niveau"): 3,
        ("v:etp-permanents", "valeur"): 12.5,
        ("v:places", "valeur"): "sans objet",
        ("t:points_forts", "texte"): "Une équipe stable.",
        (ADMIS, "remarque"): "rentrée comprise",
    }
    adresses = remplir(creche, saisies)
    formulaire = seul(lire(creche, referentiel))
    assert formulaire.statut == "accepte"
    assert formulaire.repondant_id == CRECHE
    for (cle, code), valeur in saisies.items():
        if code == "remarque":
            continue
        lue = cellule(formulaire, cle, code)
        assert lue.adresse == adresses[cle, code]
        if valeur == "sans objet":
            assert (lue.etat, lue.valeur) == ("sans_objet", None)
        else:
            assert lue.etat == "valeur"
            assert (lue.texte if code == "texte" else lue.valeur) == valeur
    assert cellule(formulaire, ADMIS).remarque == "rentrée comprise"


def test_un_texte_dans_une_case_de_nombre_refuse_cette_case_et_charge_le_reste(creche, referentiel):
    adresses = remplir(creche, {(ADMIS, "valeur"): "30 ou 35", ("v:places", "valeur"): 60})
    formulaire = seul(lire(creche, referentiel))
    assert formulaire.statut == "accepte_partiel"
    assert cellule(formulaire, ADMIS).etat == "refuse"
    assert cellule(formulaire, "v:places").valeur == 60
    (anomalie,) = formulaire.anomalies
    assert (anomalie.gravite, anomalie.cellule) == ("bloquant", adresses[ADMIS, "valeur"])
    assert anomalie.valeur_lue == "30 ou 35"
    for attendu in ("30 ou 35", "Enfants admis", "un nombre entier", "Les autres réponses"):
        assert attendu in anomalie.message


@pytest.mark.parametrize(
    ("valeur", "etat", "regle"),
    [
        ("1 234", "valeur", "nombre_en_texte"),
        (-2, "refuse", "nombre_negatif"),
        (2.5, "refuse", "nombre_non_entier"),
        (True, "refuse", "nombre_illisible"),
        ("=12+5", "refuse", "formule_non_calculee"),
        ("#DIV/0!", "refuse", "cellule_en_erreur"),
        ("   ", "manquant", None),
        ("Sans  OBJET", "sans_objet", None),
    ],
)
def test_une_case_de_nombre(creche, referentiel, valeur, etat, regle):
    adresses = remplir(creche, {(ADMIS, "valeur"): valeur})
    formulaire = seul(lire(creche, referentiel))
    assert cellule(formulaire, ADMIS).etat == etat
    assert [(a.regle, a.cellule) for a in formulaire.anomalies] == (
        [(regle, adresses[ADMIS, "valeur"])] if regle else []
    )


@pytest.mark.parametrize(
    "lu", ["3 enfants", "trois", "2 ou 3", "−3", "-3", "3", -3, 2.5, True, "=1+2", dt.datetime(1900, 1, 3)]
)
def test_un_petit_effectif_ne_se_recopie_pas(creche, referentiel, lu):
    adresses = remplir(creche, {(ADMIS, "valeur"): lu})
    (anomalie,) = seul(lire(creche, referentiel)).anomalies
    assert anomalie.valeur_lue == "(non montré : petit effectif possible)"
    assert anomalie.cellule == adresses[ADMIS, "valeur"]
    sans_exemple = anomalie.message.replace("par exemple 30", "").replace("« 12/5 »", "")
    assert not re.search(r"[0-9]|trois|deux|VRAI", sans_exemple)


def test_un_petit_effectif_ne_se_recopie_pas_d_un_formulaire_refuse(creche, referentiel):
    remplir(creche, {(ADMIS, "valeur"): "3 enfants"})
    modifier(creche, _changer_cle("v:places", "i:PE-9.9.9-z"))
    formulaire = seul(lire(creche, referentiel))
    assert formulaire.statut == "refuse"
    assert not any("3 enfants" in f"{a.message}{a.valeur_lue}" for a in formulaire.anomalies)


@pytest.mark.parametrize(("cle", "montre"), [(ADMIS, False), ("v:places", True)])
def test_a_cote_d_une_case_seul_ce_qui_compte_des_personnes_se_tait(creche, referentiel, cle, montre):
    modifier(creche, lambda feuille: feuille.__setitem__(f"L{rang_de(feuille, cle)}", 3))
    (anomalie,) = seul(lire(creche, referentiel)).anomalies
    assert (anomalie.regle, anomalie.valeur_lue == "3") == ("hors_saisie", montre)


def test_une_formule_hors_des_cases_ne_refuse_rien(creche, referentiel):
    modifier(creche, lambda feuille: feuille.__setitem__("L5", "=1/0"))
    formulaire = seul(lire(creche, referentiel))
    assert formulaire.statut == "accepte"
    assert [(a.regle, a.cellule) for a in formulaire.anomalies] == [("hors_saisie", "L5")]


def test_un_texte_ecrit_a_cote_est_signale(creche, referentiel):
    modifier(creche, lambda feuille: feuille.__setitem__(f"L{rang_de(feuille, ADMIS)}", 52))
    (anomalie,) = seul(lire(creche, referentiel)).anomalies
    assert (anomalie.gravite, anomalie.regle, anomalie.valeur_lue) == ("information", "hors_saisie", "52")


def test_une_reponse_dans_la_mauvaise_case_est_signalee(creche, referentiel):
    modifier(creche, lambda f: setattr(f.cell(rang_de(f, ADMIS), COLONNES["v3"]), "value", 52))
    formulaire = seul(lire(creche, referentiel))
    (anomalie,) = formulaire.anomalies
    assert (anomalie.regle, anomalie.gravite) == ("reponse_a_cote", "bloquant")
    assert anomalie.valeur_lue == "52"
    assert cellule(formulaire, ADMIS).etat == "refuse"  # something was answered: this is no blank


def test_une_ligne_ajoutee_est_signalee(creche, referentiel):
    def ajouter(feuille):
        feuille.insert_rows(rang_de(feuille, ADMIS))
        feuille.cell(rang_de(feuille, ADMIS) - 1, COLONNES["libelle"]).value = "Enfants refusés"

    modifier(creche, ajouter)
    remplir(creche, {(ADMIS, "valeur"): 7})
    formulaire = seul(lire(creche, referentiel))
    assert regles(formulaire) == ["hors_saisie"]
    assert cellule(formulaire, ADMIS).valeur == 7


def test_une_feuille_renommee_est_chargee(creche, referentiel):
    remplir(creche, {(ADMIS, "valeur"): 12})
    modifier(creche, lambda feuille: setattr(feuille, "title", "Rapport de Zoé"))
    formulaire = seul(lire(creche, referentiel))
    assert (formulaire.statut, formulaire.feuille) == ("accepte", "Rapport de Zoé")
    assert cellule(formulaire, ADMIS).valeur == 12


def test_des_colonnes_deplacees_sont_chargees(creche, referentiel):
    remplir(creche, {(ADMIS, "valeur"): 12})

    def echanger(feuille):
        for rangee in feuille.iter_rows(min_col=3, max_col=12):
            for c in rangee:
                if c.coordinate in feuille.merged_cells:
                    feuille.merged_cells.ranges = {
                        r for r in feuille.merged_cells.ranges if c.coordinate not in r
                    }
        feuille.move_range(f"F1:F{feuille.max_row}", cols=8)

    modifier(creche, echanger)
    lue = cellule(seul(lire(creche, referentiel)), ADMIS)
    assert (lue.valeur, lue.adresse[0]) == (12, "N")


@pytest.mark.parametrize("colonne", ["v1", "v4"])
def test_une_colonne_de_reponses_supprimee_fait_refuser(creche, referentiel, colonne):
    remplir(creche, {(ADMIS, "valeur"): 12})
    modifier(creche, lambda feuille: feuille.delete_cols(COLONNES[colonne]))
    formulaire = seul(lire(creche, referentiel))
    assert (formulaire.statut, formulaire.cellules) == ("refuse", ())
    assert formulaire.repondant_id == CRECHE
    assert f"« {colonne} »" in formulaire.anomalies[0].message


def test_une_feuille_sans_aucun_repere_fait_refuser(creche, referentiel):
    modifier(creche, lambda feuille: (feuille.delete_cols(1), feuille.delete_rows(1, 6)))
    formulaire = seul(lire(creche, referentiel))
    assert (formulaire.statut, formulaire.repondant_id) == ("refuse", CRECHE)
    assert regles(formulaire) == ["reperes_supprimes"]
    assert "La Verrière enchantée" in formulaire.anomalies[0].message


@pytest.mark.parametrize(
    ("cle", "valeur", "regle"),
    [
        ("m:structure_id", "creche-inconnue", "identifiant_inconnu"),
        ("m:structure_id", CENTRE, "identite_contredite"),
        ("m:nom", "Multi-accueil Balzac", "identite_contredite"),
        ("m:nom", None, "identite_absente"),
        ("m:annee", 2024, "annee_contredite"),
        ("m:annee", "2025 bis", "annee_hors_convention"),
        ("m:annee", 1999, "annee_hors_convention"),
    ],
)
def test_une_identite_alteree_fait_refuser(creche, referentiel, cle, valeur, regle):
    modifier(creche, lambda f: setattr(f.cell(rang_de(f, cle), COLONNES["v1"]), "value", valeur))
    formulaire = seul(lire(creche, referentiel))
    assert (formulaire.statut, formulaire.cellules) == ("refuse", ())
    assert regles(formulaire) == [regle]


@pytest.mark.parametrize(
    ("nom", "statut", "regle"),
    [
        # a name nobody bears, typed over that of the form: the hidden id says who answers, to be confirmed
        ("Multi-accueil Les Hirondelles", "accepte", "nom_change"),
        ("La Verrière enchantée de Dijon", "accepte", "nom_change"),
        # the name of somebody else, or nearly so: nobody knows which of the two is right
        ("Multi-accueil Balzac", "refuse", "identite_contredite"),
        ("Multi accueil Balzac", "refuse", "identite_contredite"),
    ],
)
def test_un_nom_qui_n_est_celui_de_personne_d_autre_ne_fait_pas_refuser(
    creche, referentiel, nom, statut, regle
):
    remplir(creche, {(ADMIS, "valeur"): 12})
    modifier(creche, lambda f: setattr(f.cell(rang_de(f, "m:nom"), COLONNES["v1"]), "value", nom))
    formulaire = seul(lire(creche, referentiel))
    assert (formulaire.statut, formulaire.repondant_id, regles(formulaire)) == (statut, CRECHE, [regle])
    if statut == "accepte":
        dite = formulaire.anomalies[0]
        assert (dite.gravite, cellule(formulaire, ADMIS).valeur) == ("a_confirmer", 12)
        assert f"« {nom} »" in dite.message
        assert "La Verrière enchantée" in dite.message


def test_une_structure_renommee_dans_la_convention_garde_ses_anciens_formulaires(creche, referentiel):
    remplir(creche, {(ADMIS, "valeur"): 12})
    renommee = replace(referentiel.structures[CRECHE], nom="Multi-accueil Les Hirondelles")
    depuis = replace(referentiel, structures={**referentiel.structures, CRECHE: renommee})
    formulaire = seul(lire(creche, depuis))
    assert (formulaire.statut, formulaire.repondant_id, regles(formulaire)) == (
        "accepte",
        CRECHE,
        ["nom_ancien"],
    )
    dite = formulaire.anomalies[0]
    assert (dite.gravite, cellule(formulaire, ADMIS).valeur) == ("information", 12)
    assert "« Multi-accueil La Verrière enchantée »" in dite.message
    assert "celui de « Multi-accueil Les Hirondelles »" in dite.message


def test_un_nom_change_sous_une_feuille_renommee_se_confirme(creche, referentiel):
    def changer(feuille):
        feuille.title = "Les Hirondelles"
        feuille.cell(rang_de(feuille, "m:nom"), COLONNES["v1"]).value = "Multi-accueil Les Hirondelles"

    modifier(creche, changer)
    formulaire = seul(lire(creche, referentiel))
    assert (formulaire.statut, regles(formulaire)) == ("accepte", ["nom_change"])
    assert formulaire.anomalies[0].gravite == "a_confirmer"


def test_le_nom_se_compare_sans_casse_ni_espaces(creche, referentiel):
    nom = " multi-accueil   LA VERRIÈRE enchantée "
    modifier(creche, lambda f: setattr(f.cell(rang_de(f, "m:nom"), COLONNES["v1"]), "value", nom))
    assert seul(lire(creche, referentiel)).statut == "accepte"


def _changer_cle(cle, nouvelle):
    return lambda feuille: setattr(feuille.cell(rang_de(feuille, cle), 1), "value", nouvelle)


@pytest.mark.parametrize(
    "nouvelle", ["i:PE-9.9.9-z", "i: tout autre", f"{ADMIS}@atlantide", f"{ADMIS}#age=9"]
)
def test_un_identifiant_de_ligne_inconnu_fait_refuser(creche, referentiel, nouvelle):
    modifier(creche, _changer_cle(ADMIS, nouvelle))
    formulaire = seul(lire(creche, referentiel))
    assert (formulaire.statut, formulaire.cellules) == ("refuse", ())
    assert "ligne_inconnue" in regles(formulaire)
    assert nouvelle in next(a.message for a in formulaire.anomalies if a.regle == "ligne_inconnue")


def test_la_ligne_d_un_autre_type_est_refusee_seule(creche, referentiel):
    adresses = remplir(creche, {(ADMIS, "valeur"): 12, ("v:places", "valeur"): 60})
    modifier(creche, _changer_cle(ADMIS, "i:JE-1.1.2-a"))
    formulaire = seul(lire(creche, referentiel))
    assert formulaire.statut == "accepte_partiel"
    assert regles(formulaire) == ["ligne_non_demandee", "lignes_absentes"]
    refusee = cellule(formulaire, "i:JE-1.1.2-a")
    assert (refusee.etat, refusee.adresse) == ("refuse", adresses[ADMIS, "valeur"])
    assert cellule(formulaire, "v:places").valeur == 60


def test_des_codes_modifies_font_refuser_la_ligne(creche, referentiel):
    remplir(creche, {(ADMIS, "valeur"): 12})
    modifier(creche, lambda feuille: setattr(feuille.cell(rang_de(feuille, ADMIS), 2), "value", "T1"))
    formulaire = seul(lire(creche, referentiel))
    assert regles(formulaire) == ["codes_modifies"]
    assert cellule(formulaire, ADMIS).etat == "refuse"


def test_une_ligne_en_double_n_est_jamais_devinee(creche, referentiel):
    remplir(creche, {(ADMIS, "valeur"): 12})

    def doubler(feuille):
        rang = rang_de(feuille, ADMIS)
        for colonne in range(1, 11):
            feuille.cell(feuille.max_row + (colonne == 1), colonne).value = feuille.cell(rang, colonne).value

    modifier(creche, doubler)
    formulaire = seul(lire(creche, referentiel))
    assert regles(formulaire) == ["ligne_repetee"]
    assert {c.etat for c in formulaire.cellules if c.objet_id == "PE-2.0.2-b"} == {"refuse"}


def test_les_lignes_absentes_sont_nommees(creche, referentiel):
    modifier(creche, lambda feuille: feuille.delete_rows(rang_de(feuille, ADMIS)))
    formulaire = seul(lire(creche, referentiel))
    assert formulaire.statut == "accepte"
    (anomalie,) = formulaire.anomalies
    assert anomalie.gravite == "a_confirmer"
    assert "« Enfants admis »" in anomalie.message


def test_une_version_inconnue_fait_refuser(creche, referentiel):
    modifier(creche, lambda f: setattr(f.cell(rang_marque(f), 1), "value", "ctg:structure:7"))
    formulaire = seul(lire(creche, referentiel))
    assert (formulaire.statut, regles(formulaire)) == ("refuse", ["version_inconnue"])


def test_sans_manifeste_un_formulaire_complet_est_charge(creche, referentiel):
    remplir(creche, {(ADMIS, "valeur"): 12})
    classeur = load_workbook(creche)
    del classeur["_ctg"]
    classeur.save(creche)
    assert reconnaitre(creche)
    lecture = lire(creche, referentiel)
    assert regles(lecture) == ["manifeste_absent"]
    assert cellule(seul(lecture), ADMIS).valeur == 12


def test_une_mauvaise_feuille_n_entraine_pas_sa_voisine(association, referentiel):
    remplir(association, {("i:JE-1.1.2-a", "valeur"): 4}, rang=1)
    modifier(association, lambda feuille: feuille.delete_cols(COLONNES["v1"]), rang=0)
    lecture = lire(association, referentiel)
    statuts = {f.repondant_id: f.statut for f in lecture.formulaires}
    assert statuts == {"ado-maison-phare": "refuse", "maison-phare": "accepte"}
    bonne = next(f for f in lecture.formulaires if f.statut == "accepte")
    assert cellule(bonne, "i:JE-1.1.2-a").valeur == 4


def test_une_feuille_retiree_est_a_confirmer(association, referentiel):
    classeur = load_workbook(association)
    classeur.remove(formulaire_de(classeur, 0))
    classeur.save(association)
    lecture = lire(association, referentiel)
    assert [f.repondant_id for f in lecture.formulaires] == ["maison-phare"]
    assert regles(lecture) == ["feuille_retiree"]


def test_une_feuille_ajoutee_est_signalee(creche, referentiel):
    classeur = load_workbook(creche)
    classeur.create_sheet("Brouillon")["A1"] = "12 enfants"
    classeur.save(creche)
    lecture = lire(creche, referentiel)
    assert [(a.regle, a.feuille) for a in lecture.anomalies] == [("feuille_ajoutee", "Brouillon")]
    assert seul(lecture).statut == "accepte"


def test_une_copie_annotee_se_corrige_et_se_renvoie(creche, referentiel, tmp_path):
    adresses = remplir(creche, {(ADMIS, "valeur"): "beaucoup"})
    recu = hashlib.sha256(Path(creche).read_bytes()).hexdigest()
    copie = annoter(creche, seul(lire(creche, referentiel)).anomalies, tmp_path / "retour")
    classeur = load_workbook(copie)
    marquee = formulaire_de(classeur)[adresses[ADMIS, "valeur"]]
    assert "beaucoup" in marquee.comment.text
    remplir(copie, {(ADMIS, "valeur"): 30})
    lecture = lire(copie, referentiel)
    assert (lecture.anomalies, lecture.corrige) == ((), recu)
    assert (seul(lecture).statut, cellule(seul(lecture), ADMIS).valeur) == ("accepte", 30)


def test_une_copie_annotee_mene_a_la_cellule_quel_que_soit_le_nom_de_l_onglet(creche, referentiel, tmp_path):
    adresses = remplir(creche, {(ADMIS, "valeur"): "beaucoup"})
    classeur = load_workbook(creche)
    formulaire_de(classeur).title = "L'accueil"
    classeur.save(creche)
    copie = annoter(creche, seul(lire(creche, referentiel)).anomalies, tmp_path / "retour")
    lien = load_workbook(copie)["À corriger"]["C2"].hyperlink
    assert lien.location == f"'L''accueil'!{adresses[ADMIS, 'valeur']}"


def test_deux_feuilles_pour_une_structure_ne_sont_pas_devinees(creche, referentiel):
    classeur = load_workbook(creche)
    classeur.copy_worksheet(formulaire_de(classeur)).title = "Copie"
    classeur.save(creche)
    formulaires = lire(creche, referentiel).formulaires
    assert [f.statut for f in formulaires] == ["refuse", "refuse"]
    assert all("formulaire_en_double" in regles(f) for f in formulaires)


def test_un_classeur_etranger_n_est_pas_reconnu(tmp_path):
    from openpyxl import Workbook

    chemin = tmp_path / "autre.xlsx"
    classeur = Workbook()
    classeur.active["A1"] = "Enfants admis"
    classeur.save(chemin)
    assert not reconnaitre(chemin)
    assert not reconnaitre(tmp_path / "absent.xlsx")


def test_un_texte_qui_nomme_quelqu_un_attend_d_etre_relu(creche, referentiel):
    adresses = remplir(
        creche,
        {
            ("t:points_forts", "texte"): "Merci à Mme Durand pour les ateliers.",
            (ADMIS, "remarque"): "appeler le 03 80 12 34 56",
            (ADMIS, "valeur"): 12,
        },
    )
    formulaire = seul(lire(creche, referentiel))
    texte = cellule(formulaire, "t:points_forts", "texte")
    assert (texte.etat, texte.texte) == ("a_relire", "Merci à Mme Durand pour les ateliers.")
    admis = cellule(formulaire, ADMIS)
    assert (admis.etat, admis.valeur, admis.remarque_a_relire) == ("valeur", 12, True)
    assert {a.cellule for a in formulaire.anomalies} == {
        adresses["t:points_forts", "texte"],
        adresses[ADMIS, "remarque"],
    }
    assert set(regles(formulaire, "a_confirmer")) == {"texte_a_relire"}
    assert not any("Durand" in a.message or a.valeur_lue for a in formulaire.anomalies)


def test_une_anomalie_ne_recopie_pas_le_nom_de_quelqu_un(creche, referentiel):
    remplir(creche, {(ADMIS, "valeur"): "voir avec Mme Durand"})
    (anomalie,) = seul(lire(creche, referentiel)).anomalies
    assert anomalie.regle == "nombre_illisible"
    assert "Durand" not in anomalie.message + anomalie.valeur_lue


def test_une_fiche_rend_ses_jalons_et_ses_quartiers(vierges, referentiel, tmp_path):
    chemin = shutil.copy(vierges["fiche_2025_PE-1.xlsx"], tmp_path / "fiche.xlsx")
    remplir(
        chemin,
        {
            ("t:etat_avancement", "etat"): "en cours",
            ("i:PE-1.j1", "etat"): "Décalé",
            ("i:PE-1.j1", "prevu_le"): "15/03/2026",
            ("i:PE-1.j1", "avancement"): 0.4,
            ("i:PE-1.j1", "remarque"): "futur mandat",
            ("i:PE-1.0.1-c@gresilles", "numerateur"): 12,
            ("i:PE-1.0.1-c@gresilles", "denominateur"): 20,
            ("i:PE-1.0.1-c@ville", "numerateur"): 3,
        },
    )
    formulaire = seul(lire(chemin, referentiel))
    assert (formulaire.genre, formulaire.repondant_id) == ("fiche", "PE-1")
    assert cellule(formulaire, "t:etat_avancement", "etat").texte == "En cours"
    assert cellule(formulaire, "i:PE-1.j1", "etat").texte == "Décalé"
    assert cellule(formulaire, "i:PE-1.j1", "prevu_le").texte == "2026-03-15"
    assert cellule(formulaire, "i:PE-1.j1", "avancement").valeur == 40
    assert cellule(formulaire, "i:PE-1.j1", "etat").remarque == "futur mandat"
    assert cellule(formulaire, "i:PE-1.0.1-c@gresilles", "denominateur").valeur == 20
    assert cellule(formulaire, "i:PE-1.0.1-c@ville", "numerateur").quartier_id == "ville"
    assert regles(formulaire) == ["date_en_texte"]


def test_un_etat_hors_liste_est_refuse(vierges, referentiel, tmp_path):
    chemin = shutil.copy(vierges["fiche_2025_PE-5.xlsx"], tmp_path / "fiche.xlsx")
    remplir(chemin, {("i:PE-5.j4", "etat"): "bientôt", ("i:PE-5.j4", "prevu_le"): "mars 2026"})
    formulaire = seul(lire(chemin, referentiel))
    assert formulaire.statut == "accepte_partiel"
    assert regles(formulaire) == ["etat_inconnu", "date_illisible"]


def test_un_fichier_refuse_se_dit_en_une_phrase(tmp_path, referentiel):
    chemin = tmp_path / "liste.xlsx"
    chemin.write_text("structure;enfants")
    lecture = lire(chemin, referentiel)
    assert (lecture.genre, lecture.formulaires) == (None, ())
    assert regles(lecture, "bloquant") == ["type_trompeur"]


def test_l_adresse_suit_la_feuille(creche):
    classeur = load_workbook(creche)
    assert adresse_de(formulaire_de(classeur), ADMIS, "valeur").startswith("F")


def test_le_rapport_d_une_annee_ou_la_structure_etait_fermee_se_dit_d_un_mot(creche, referentiel):
    """One sentence for who keeps the convention, not one for each line that it no longer asks."""
    remplir(creche, {(ADMIS, "valeur"): 12, ("v:places", "valeur"): 60})
    structure_id = seul(lire(creche, referentiel)).repondant_id
    fermee = replace(referentiel.structures[structure_id], fermee_le=dt.date(2024, 8, 31))
    convention = replace(referentiel, structures=referentiel.structures | {structure_id: fermee})
    formulaire = seul(lire(creche, convention))
    assert (formulaire.statut, formulaire.cellules) == ("refuse", ())
    assert regles(formulaire) == ["structure_fermee"]
    assert "rien de ce formulaire n’est chargé" in formulaire.anomalies[0].message
    restee = replace(fermee, fermee_le=dt.date(2025, 1, 31))  # open a month is open
    convention = replace(referentiel, structures=referentiel.structures | {structure_id: restee})
    assert seul(lire(creche, convention)).statut == "accepte"
