"""Forms whose hidden ids are gone: read again by their exact words, proposed when close, never guessed."""

import shutil

import pytest
from openpyxl import Workbook, load_workbook

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.grammaire import LIBELLE_ANNEE
from etl.canevas.lecture.classeur import lire
from etl.canevas.lecture.reconnaissance import reconnaitre
from tests.exemples.formulaire_plein import contenu, ecrire_plein
from tests.exemples.formulaire_rempli import COLONNES, formulaire_de, rang_de, rang_marque

CENTRE, FICHE = "maison-maladiere", "PE-1"
ADHERENTS = "Adhérents"


@pytest.fixture(scope="module")
def referentiel():
    return charger(dossier_par_defaut())


@pytest.fixture(scope="module")
def pleins(referentiel, tmp_path_factory):
    dossier = tmp_path_factory.mktemp("pleins")
    return {repondant: ecrire_plein(referentiel, repondant, dossier) for repondant in (CENTRE, FICHE)}


@pytest.fixture
def recu(pleins, tmp_path):
    return shutil.copy(pleins[CENTRE], tmp_path / "recu.xlsx")


def seul(lecture):
    (formulaire,) = lecture.formulaires
    return formulaire


def regles(porteur):
    return [anomalie.regle for anomalie in porteur.anomalies]


def colle(source, vers, *, depuis_colonne=3):
    """The visible cells of a form pasted as values into a new workbook, the hidden rows and columns left."""
    origine = formulaire_de(load_workbook(source))
    neuf = Workbook()
    for rangee in origine.iter_rows(min_col=depuis_colonne, values_only=True):
        neuf.active.append(rangee)
    for rang in sorted((r for r, d in origine.row_dimensions.items() if d.hidden), reverse=True):
        neuf.active.delete_rows(rang)
    neuf.save(vers)
    return vers


def ligne_de(feuille, libelle):
    return next(c.row for rangee in feuille for c in rangee if c.value == libelle)


def retoucher(chemin, geste):
    classeur = load_workbook(chemin)
    geste(classeur.worksheets[0])
    classeur.save(chemin)


def sans_fusion(feuille):
    for plage in list(feuille.merged_cells.ranges):
        feuille.unmerge_cells(str(plage))


@pytest.mark.parametrize("repondant", [CENTRE, FICHE])
def test_colle_en_valeurs_dans_un_classeur_neuf_tout_se_retrouve(pleins, repondant, referentiel, tmp_path):
    copie = colle(pleins[repondant], tmp_path / "colle.xlsx")
    assert reconnaitre(copie)
    formulaire = seul(lire(copie, referentiel))
    attendu = seul(lire(pleins[repondant], referentiel))
    assert contenu(formulaire) == contenu(attendu)
    assert all(etat in ("valeur",) for _, _, etat in contenu(formulaire).values())
    assert (formulaire.repondant_id, formulaire.annee, formulaire.fictif) == (repondant, 2025, False)
    assert (formulaire.genre, formulaire.rempli_le) == (attendu.genre, attendu.rempli_le)
    assert regles(formulaire) == ["reperes_perdus"]


@pytest.mark.parametrize("colonnes", [(1,), (1, 1)])
def test_les_colonnes_cachees_supprimees_ne_perdent_rien(recu, pleins, colonnes, referentiel):
    classeur = load_workbook(recu)
    feuille = formulaire_de(classeur)
    sans_fusion(feuille)
    for colonne in colonnes:
        feuille.delete_cols(colonne)
    classeur.save(recu)
    formulaire = seul(lire(recu, referentiel))
    assert contenu(formulaire) == contenu(seul(lire(pleins[CENTRE], referentiel)))
    assert regles(formulaire) == ["reperes_perdus"]


def test_la_ligne_des_reperes_supprimee_laisse_les_identifiants_des_lignes(recu, pleins, referentiel):
    classeur = load_workbook(recu)
    feuille = formulaire_de(classeur)
    sans_fusion(feuille)
    feuille.delete_rows(rang_marque(feuille))
    classeur.save(recu)
    formulaire = seul(lire(recu, referentiel))
    assert contenu(formulaire) == contenu(seul(lire(pleins[CENTRE], referentiel)))
    assert formulaire.anomalies == ()


def test_la_colonne_des_codes_supprimee_se_dit_sans_rien_demander(recu, pleins, referentiel):
    classeur = load_workbook(recu)
    feuille = formulaire_de(classeur)
    sans_fusion(feuille)
    feuille.delete_cols(2)
    classeur.save(recu)
    formulaire = seul(lire(recu, referentiel))
    assert contenu(formulaire) == contenu(seul(lire(pleins[CENTRE], referentiel)))
    assert regles(formulaire) == ["colonne_codes_supprimee"]


def test_un_identifiant_efface_se_retrouve_par_le_libelle_de_sa_ligne(recu, pleins, referentiel):
    classeur = load_workbook(recu)
    feuille = formulaire_de(classeur)
    rang = rang_de(feuille, "v:adherents")
    feuille.cell(rang, 1).value = None
    classeur.save(recu)
    formulaire = seul(lire(recu, referentiel))
    assert contenu(formulaire) == contenu(seul(lire(pleins[CENTRE], referentiel)))
    (anomalie,) = formulaire.anomalies
    assert (anomalie.regle, anomalie.gravite) == ("ligne_retrouvee", "a_confirmer")
    assert f"ligne {rang}" in anomalie.message


def test_un_libelle_proche_est_propose_puis_lu_une_fois_confirme(pleins, referentiel, tmp_path):
    copie = colle(pleins[CENTRE], tmp_path / "colle.xlsx")
    retoucher(copie, lambda f: setattr(f.cell(ligne_de(f, ADHERENTS), 1), "value", "nb d’adhérents"))
    formulaire = seul(lire(copie, referentiel))
    assert "v:adherents" not in {f"{c.rubrique}:{c.objet_id}" for c in formulaire.cellules}
    (proposition,) = formulaire.rapprochements
    assert (proposition.cle, proposition.propose) == ("v:adherents", ADHERENTS)
    assert proposition.libelle == "nb d’adhérents"
    assert 72 <= proposition.score <= 100
    dite = next(a for a in formulaire.anomalies if a.regle == "ligne_a_rapprocher")
    assert dite.cellule == proposition.cellule
    assert "« nb d’adhérents » : probablement « Adhérents »" in dite.message
    assert "lignes_absentes" not in regles(formulaire)

    confirme = seul(lire(copie, referentiel, {proposition.libelle: proposition.cle}))
    assert confirme.rapprochements == ()
    assert contenu(confirme) == contenu(seul(lire(pleins[CENTRE], referentiel)))


def test_un_quartier_mal_ecrit_est_propose_sous_sa_question_et_nulle_part_ailleurs(
    pleins, referentiel, tmp_path
):
    copie = colle(pleins[FICHE], tmp_path / "colle.xlsx")
    retoucher(copie, lambda f: setattr(f.cell(ligne_de(f, "Grésilles"), 1), "value", "Les Gresiles"))
    formulaire = seul(lire(copie, referentiel))
    (proposition,) = formulaire.rapprochements
    assert proposition.cle.endswith("@gresilles")
    assert proposition.libelle.endswith(" › Les Gresiles")
    dite = next(a for a in formulaire.anomalies if a.regle == "ligne_a_rapprocher")
    assert "« Les Gresiles » : probablement" in dite.message  # its own words, not the question they all share
    attendu = contenu(seul(lire(pleins[FICHE], referentiel)))
    lu = contenu(formulaire)
    assert lu.items() <= attendu.items()
    assert {cle[2] for cle in attendu.keys() - lu.keys()} == {"gresilles"}
    confirme = seul(lire(copie, referentiel, {proposition.libelle: proposition.cle}))
    assert contenu(confirme) == attendu


def test_sous_une_question_reecrite_les_quartiers_ne_sont_pas_devines(pleins, referentiel, tmp_path):
    copie = colle(pleins[FICHE], tmp_path / "colle.xlsx")

    def reecrire(feuille):
        premier = ligne_de(feuille, "Toison d’Or")
        feuille.cell(premier - 1, 1).value = "Une tout autre question, que personne n’a posée"

    retoucher(copie, reecrire)
    formulaire = seul(lire(copie, referentiel))
    ambigues = [a for a in formulaire.anomalies if a.regle == "ligne_ambigue"]
    assert len(ambigues) == 10  # the 9 quartiers and the row « sans quartier précis »
    assert contenu(formulaire).items() < contenu(seul(lire(pleins[FICHE], referentiel))).items()


def test_une_ligne_passee_sous_une_autre_question_se_voit_a_son_unite(pleins, referentiel, tmp_path):
    copie = colle(pleins[CENTRE], tmp_path / "colle.xlsx")

    def echanger(feuille):
        noms = [c.value for c in feuille["A"]]
        haut, bas = (rang for rang, nom in enumerate(noms, start=1) if nom == "Parentalité")
        assert feuille.cell(haut, 2).value != feuille.cell(bas, 2).value
        for colonne in range(2, 9):
            un, autre = feuille.cell(haut, colonne), feuille.cell(bas, colonne)
            un.value, autre.value = autre.value, un.value

    retoucher(copie, echanger)
    formulaire = seul(lire(copie, referentiel))
    assert [r for r in regles(formulaire) if r == "ligne_ambigue"] == ["ligne_ambigue"] * 2
    assert contenu(formulaire).items() < contenu(seul(lire(pleins[CENTRE], referentiel))).items()


def test_un_libelle_en_double_n_est_pas_devine(pleins, referentiel, tmp_path):
    copie = colle(pleins[CENTRE], tmp_path / "colle.xlsx")
    retoucher(copie, lambda f: f.append([ADHERENTS, None, None, 12]))
    formulaire = seul(lire(copie, referentiel))
    assert "ligne_repetee" in regles(formulaire)
    etats = {c.etat for c in formulaire.cellules if c.objet_id == "adherents"}
    assert etats == {"refuse"}


def test_un_libelle_inconnu_est_dit_avec_sa_ligne(pleins, referentiel, tmp_path):
    copie = colle(pleins[CENTRE], tmp_path / "colle.xlsx")
    retoucher(copie, lambda f: setattr(f.cell(ligne_de(f, ADHERENTS), 1), "value", "Effectif du club photo"))
    formulaire = seul(lire(copie, referentiel))
    dite = next(a for a in formulaire.anomalies if a.regle == "ligne_non_reconnue")
    assert "« Effectif du club photo »" in dite.message
    assert formulaire.statut == "accepte_partiel"


@pytest.mark.parametrize(
    ("libelle", "valeur", "regle"),
    [
        ("Structure", "Maison Maladière et compagnie", "nom_inconnu"),
        ("Structure", None, "identite_absente"),
        (LIBELLE_ANNEE, "2025 environ", "annee_hors_convention"),
        (LIBELLE_ANNEE, None, "annee_absente"),
    ],
)
def test_sans_identifiant_l_identite_est_exacte_ou_refusee(
    pleins, libelle, valeur, regle, referentiel, tmp_path
):
    copie = colle(pleins[CENTRE], tmp_path / "colle.xlsx")
    retoucher(copie, lambda f: setattr(f.cell(ligne_de(f, libelle), 4), "value", valeur))
    formulaire = seul(lire(copie, referentiel))
    assert (formulaire.statut, formulaire.cellules) == ("refuse", ())
    assert regle in regles(formulaire)


def test_une_entete_repetee_et_une_note_de_bas_de_page_ne_sont_pas_lues(pleins, referentiel, tmp_path):
    copie = colle(pleins[CENTRE], tmp_path / "colle.xlsx")

    def ajouter(feuille):
        entete = [c.value for c in feuille[ligne_de(feuille, "Question")]]
        feuille.append(entete)
        feuille.append(["* dont 12 saisonniers"])

    retoucher(copie, ajouter)
    formulaire = seul(lire(copie, referentiel))
    assert contenu(formulaire) == contenu(seul(lire(pleins[CENTRE], referentiel)))
    assert regles(formulaire) == ["reperes_perdus", "hors_saisie"]
    assert "saisonniers" in formulaire.anomalies[-1].message


def test_des_colonnes_de_reponses_decalees_sans_leurs_noms_font_refuser(pleins, referentiel, tmp_path):
    copie = colle(pleins[CENTRE], tmp_path / "colle.xlsx")

    def decaler(feuille):
        feuille.insert_cols(5)  # among the answers, which start in column D…
        feuille.delete_cols(8)  # …and the last of them removed: the width is the same

    retoucher(copie, decaler)
    formulaire = seul(lire(copie, referentiel))
    assert (formulaire.statut, formulaire.cellules) == ("refuse", ())
    assert "reponses_deplacees" in regles(formulaire)


class TestFusions:
    def test_un_total_fusionne_sur_quatre_trimestres_est_dit_et_n_est_pas_lu(self, recu, referentiel):
        classeur = load_workbook(recu)
        feuille = formulaire_de(classeur)
        rang = next(r for r in range(1, feuille.max_row) if feuille.cell(r, 2).value == "T1|T2|T3|T4")
        v1 = COLONNES["v1"]
        for colonne in range(v1 + 1, v1 + 4):
            feuille.cell(rang, colonne).value = None
        feuille.cell(rang, v1).value = 120
        feuille.merge_cells(start_row=rang, end_row=rang, start_column=v1, end_column=v1 + 3)
        cle = feuille.cell(rang, 1).value
        classeur.save(recu)
        formulaire = seul(lire(recu, referentiel))
        (anomalie,) = formulaire.anomalies
        assert (anomalie.regle, anomalie.cellule) == ("cases_fusionnees", f"F{rang}")
        assert f"F{rang}:I{rang}" in anomalie.message
        assert "120" in anomalie.message
        touchees = [c for c in formulaire.cellules if f"{c.rubrique}:{c.objet_id}" == cle]
        assert [(c.code, c.etat) for c in touchees] == [(f"T{n}", "refuse") for n in (1, 2, 3, 4)]

    def test_un_total_fusionne_sur_deux_questions_les_nomme(self, recu, referentiel):
        classeur = load_workbook(recu)
        feuille = formulaire_de(classeur)
        haut = rang_de(feuille, "v:adherents")
        feuille.merge_cells(f"F{haut}:F{haut + 1}")
        classeur.save(recu)
        formulaire = seul(lire(recu, referentiel))
        (anomalie,) = formulaire.anomalies
        assert "« Adhérents » ; « Familles »" in anomalie.message
        etats = {c.objet_id: c.etat for c in formulaire.cellules if c.objet_id in ("adherents", "familles")}
        assert etats == {"adherents": "refuse", "familles": "refuse"}

    def test_une_fusion_vide_reste_un_blanc(self, recu, referentiel):
        classeur = load_workbook(recu)
        feuille = formulaire_de(classeur)
        haut = rang_de(feuille, "v:adherents")
        feuille.cell(haut, COLONNES["v1"]).value = None
        feuille.merge_cells(f"F{haut}:F{haut + 1}")  # openpyxl empties what it covers
        classeur.save(recu)
        formulaire = seul(lire(recu, referentiel))
        assert formulaire.anomalies == ()
        etats = {c.objet_id: c.etat for c in formulaire.cellules if c.objet_id in ("adherents", "familles")}
        assert etats == {"adherents": "manquant", "familles": "manquant"}
