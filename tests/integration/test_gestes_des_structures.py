"""What people do to a form without meaning any harm is read as before; what changes its numbers is said."""

import datetime as dt
import re
import shutil

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.lecture.classeur import lire
from etl.canevas.redaction.ecriture import ecrire
from etl.canevas.reponse.echelle import echelle_annoncee
from etl.classeurs import ouvrir
from tests.exemples.autres_formats import texte_csv
from tests.exemples.formulaire_rempli import COLONNES, formulaire_de, rang_de

STRUCTURE = "archipel"
FAMILLES = "v:familles"


@pytest.fixture(scope="module")
def referentiel():
    return charger(dossier_par_defaut())


@pytest.fixture(scope="module")
def envoye(referentiel, tmp_path_factory):
    """The form of a centre social, every number of it filled, with last year's in grey."""
    vierge = tmp_path_factory.mktemp("vierge")
    (chemin,) = ecrire(referentiel, 2025, vierge, structure=STRUCTURE)
    (formulaire,) = lire(chemin, referentiel).formulaires
    reponses = {}
    for rang, cellule in enumerate(formulaire.cellules):
        cle = _cle(cellule)
        if cellule.rubrique in "ivc" and cellule.code not in (
            "texte",
            "niveau",
            "etat",
            "prevu_le",
            "realise_le",
        ):
            reponses[cle, cellule.code] = 11 + rang % 60
    precedents = {(STRUCTURE, cle): 25 for cle, code in reponses if code == "valeur"}
    (rempli,) = ecrire(
        referentiel,
        2025,
        tmp_path_factory.mktemp("rempli"),
        structure=STRUCTURE,
        reponses={STRUCTURE: reponses},
        precedents=precedents,
        rempli_le=dt.date(2026, 3, 15),
    )
    return rempli


def _cle(cellule):
    lieu = f"@{cellule.quartier_id}" if cellule.quartier_id else ""
    detail = f"#{cellule.ventilation}={cellule.modalite}" if cellule.ventilation else ""
    return f"{cellule.rubrique}:{cellule.objet_id}{lieu}{detail}"


@pytest.fixture
def relu(envoye, referentiel, tmp_path):
    """Change the workbook by `geste(workbook, form)`, read it again; its one form."""

    def _relu(geste):
        recu = shutil.copy(envoye, tmp_path / "recu.xlsx")
        classeur = load_workbook(recu, rich_text=True)
        geste(classeur, formulaire_de(classeur))
        classeur.save(recu)
        (formulaire,) = lire(recu, referentiel).formulaires
        return formulaire

    return _relu


def _valeurs(formulaire):
    return {(_cle(c), c.code): c.valeur for c in formulaire.cellules if c.valeur is not None}


def _dites(formulaire):
    return {(a.regle, a.cellule) for a in formulaire.anomalies}


def _rang_du_type(feuille, codes):
    return next(c.row for c in feuille["B"] if c.value == codes)


def test_un_titre_dans_la_colonne_des_identifiants_se_dit_et_n_empeche_rien(relu, envoye, referentiel):
    """Numbers writes the name of the table there; so do those who title their sheet in A1."""
    (avant,) = lire(envoye, referentiel).formulaires

    def titrer(_, feuille):
        feuille["A1"] = "Tableau 1"

    formulaire = relu(titrer)
    assert _valeurs(formulaire) == _valeurs(avant) != {}
    assert (formulaire.statut, _dites(formulaire)) == ("accepte", {("hors_saisie", "A1")})


def test_un_mot_sur_un_identifiant_laisse_retrouver_la_ligne_et_reste_dit(relu):
    place = {}

    def ecraser(_, feuille):
        place["rang"] = rang_de(feuille, FAMILLES)
        feuille.cell(place["rang"], 1).value = 412

    formulaire = relu(ecraser)
    assert (FAMILLES, "valeur") in _valeurs(formulaire)
    assert _dites(formulaire) == {
        ("ligne_retrouvee", f"C{place['rang']}"),
        ("hors_saisie", f"A{place['rang']}"),
    }


def test_sans_ses_lignes_cachees_un_formulaire_est_lu_d_apres_son_nom(relu, envoye, referentiel):
    (avant,) = lire(envoye, referentiel).formulaires

    def supprimer(_, feuille):
        feuille.cell(rang_de(feuille, "m:structure_id"), COLONNES["v1"]).value = None

    formulaire = relu(supprimer)
    assert formulaire.repondant_id == avant.repondant_id
    assert _valeurs(formulaire) == _valeurs(avant)
    assert [(a.regle, a.gravite) for a in formulaire.anomalies] == [("identifiant_perdu", "a_confirmer")]


@pytest.mark.parametrize(
    ("recrire", "regles"),
    [
        (lambda nom: nom.replace("’", "?"), []),  # an encoding without the apostrophe
        (lambda nom: nom[:3] + nom[4] + nom[3] + nom[5:], []),  # a slip of the fingers
        (lambda nom: "Maison du Peuple", ["nom_change"]),
    ],
)
def test_une_faute_de_frappe_dans_le_nom_n_est_pas_un_autre_nom(relu, recrire, regles):
    def changer(_, feuille):
        case = feuille.cell(rang_de(feuille, "m:nom"), COLONNES["v1"])
        case.value = recrire(case.value)

    assert [a.regle for a in relu(changer).anomalies] == regles


def test_l_annee_recrite_sous_le_rappel_d_une_autre_ne_charge_rien(relu):
    def changer(classeur, feuille):
        del classeur["_ctg"]  # the manifest says the year, too
        feuille.cell(rang_de(feuille, "m:annee"), COLONNES["v1"]).value = 2024

    formulaire = relu(changer)
    assert (formulaire.statut, formulaire.cellules) == ("refuse", ())
    assert "annee_contredite" in {a.regle for a in formulaire.anomalies}


def test_deux_formulaires_cote_a_cote_ne_se_lisent_pas_l_un_pour_l_autre(relu):
    def coller(_, feuille):
        for rangee in list(feuille.iter_rows(max_col=10)):
            for case in rangee:
                if case.value is not None:
                    feuille.cell(case.row, case.column + 12).value = case.value

    formulaire = relu(coller)
    assert (formulaire.statut, formulaire.cellules) == ("refuse", ())
    assert "reperes_repetes" in {a.regle for a in formulaire.anomalies}


@pytest.mark.parametrize("codes", ["proposes|repondants|satisfaits", "T1|T2|T3|T4", "n-1|n|n+1"])
def test_des_reponses_ecrites_une_case_trop_a_droite_ne_sont_pas_chargees(relu, codes):
    place = {}

    def decaler(_, feuille):
        rang = place["rang"] = _rang_du_type(feuille, codes)
        premiere, nombre = COLONNES["v1"], codes.count("|") + 1
        for colonne in range(premiere + nombre, premiere, -1):
            feuille.cell(rang, colonne).value = feuille.cell(rang, colonne - 1).value
        feuille.cell(rang, premiere).value = None

    formulaire = relu(decaler)
    rang = place["rang"]
    siennes = [c for c in formulaire.cellules if re.fullmatch(rf"[A-J]{rang}", c.adresse)]
    assert {c.etat for c in siennes} == {"refuse"}
    (dite,) = [a for a in formulaire.anomalies if a.regle == "reponses_glissees"]
    assert f"la case F{rang} est vide" in dite.message
    assert "trop à droite" in dite.message


@pytest.mark.parametrize("codes", ["proposes|repondants|satisfaits", "T1|T2|T3|T4", "n-1|n|n+1"])
@pytest.mark.parametrize("colonne", ["unite", "precedent"])
def test_une_case_supprimee_a_gauche_des_reponses_n_en_fait_pas_d_autres(relu, codes, colonne):
    """« Supprimer, décaler vers la gauche »: the first answer comes among the recalls."""
    place = {}

    def supprimer(_, feuille):
        rang = place["rang"] = _rang_du_type(feuille, codes)
        for ici in range(COLONNES[colonne], COLONNES["remarque"]):
            feuille.cell(rang, ici).value = feuille.cell(rang, ici + 1).value

    formulaire = relu(supprimer)
    siennes = [c for c in formulaire.cellules if re.fullmatch(rf"[A-J]{place['rang']}", c.adresse)]
    assert {c.etat for c in siennes} == {"refuse"}
    assert ("reponses_glissees", f"E{place['rang']}") in _dites(formulaire)


@pytest.mark.parametrize("manifeste", [True, False])
@pytest.mark.parametrize("repondue", [True, False])
def test_le_rappel_pousse_dans_la_case_n_est_pas_une_reponse(relu, manifeste, repondue):
    """« Insérer des cellules, décaler vers la droite », in the column of the units or of the recalls."""
    place = {}

    def inserer(classeur, feuille):
        if not manifeste:
            del classeur["_ctg"]
        rang = place["rang"] = rang_de(feuille, FAMILLES)
        assert feuille.cell(rang, COLONNES["precedent"]).value == "25"
        if not repondue:
            feuille.cell(rang, COLONNES["v1"]).value = None
        for colonne in range(COLONNES["v4"], COLONNES["precedent"], -1):
            feuille.cell(rang, colonne).value = feuille.cell(rang, colonne - 1).value
        feuille.cell(rang, COLONNES["precedent"]).value = None

    formulaire = relu(inserer)
    loin = not manifeste and not repondue  # nothing tells it from an answer typed as a text
    assert ((FAMILLES, "valeur") in _valeurs(formulaire)) is loin
    assert (("rappel_pour_reponse", f"F{place['rang']}") in _dites(formulaire)) is not loin


def test_un_petit_rappel_sorti_de_sa_colonne_ne_se_cite_pas(referentiel, tmp_path):
    (chemin,) = ecrire(
        referentiel, 2025, tmp_path, structure=STRUCTURE, precedents={(STRUCTURE, FAMILLES): 3}
    )
    classeur = load_workbook(chemin)
    feuille = formulaire_de(classeur)
    rang = rang_de(feuille, FAMILLES)
    feuille.cell(rang, COLONNES["v1"]).value, feuille.cell(rang, COLONNES["precedent"]).value = "3", None
    classeur.save(chemin)
    (formulaire,) = lire(chemin, referentiel).formulaires
    (dite,) = [a for a in formulaire.anomalies if a.regle == "rappel_pour_reponse"]
    assert "« 3 »" not in dite.message


@pytest.mark.parametrize(
    ("texte", "annonce"),
    [
        ("Chiffres clefs sur trois exercices, en k€", True),
        ("Chiffres clefs sur trois exercices, en milliers d’euros", True),
        ("Chiffres clefs, en euros (K€)", True),
        ("k€", True),
        ("Attention : en M€", True),
        ("Chiffres clefs sur trois exercices, en euros", False),
        ("dont 12 k€ de la Caf", False),  # one amount, not a scale
        ("des milliers de visiteurs", False),
        ("Kermesse de juin", False),
        ("en maternelle", False),
    ],
)
def test_ce_qui_annonce_une_echelle(texte, annonce):
    assert (echelle_annoncee(texte) is not None) is annonce


def test_un_titre_ou_une_precision_en_milliers_se_confirment(relu):
    places = {}

    def annoncer(_, feuille):
        titre = next(c for c in feuille["C"] if str(c.value).startswith("Chiffres clefs"))
        titre.value = titre.value.replace("en euros", "en k€")
        rang = _rang_du_type(feuille, "n-1|n|n+1")
        feuille.cell(rang, COLONNES["remarque"]).value = "montants en k€"
        places.update(titre=titre.coordinate, precision=f"J{rang}")

    formulaire = relu(annoncer)
    assert _dites(formulaire) == {
        ("echelle_annoncee", places["titre"]),
        ("echelle_annoncee", places["precision"]),
    }
    assert {a.gravite for a in formulaire.anomalies} == {"a_confirmer"}
    assert all(a.message.startswith("« k€ » (") for a in formulaire.anomalies)


@pytest.mark.parametrize(
    ("ecrit", "regle"),
    [
        ("25 familles", "nombre_en_texte"),
        ("25 Famille", "nombre_en_texte"),
        ("25 enfants", "nombre_avec_mots"),
    ],
)
def test_l_unite_imprimee_ecrite_apres_le_nombre_n_est_pas_un_doute(relu, ecrit, regle):
    def ecrire_(_, feuille):
        feuille.cell(rang_de(feuille, FAMILLES), COLONNES["v1"]).value = ecrit

    formulaire = relu(ecrire_)
    assert _valeurs(formulaire)[FAMILLES, "valeur"] == 25
    assert [a.regle for a in formulaire.anomalies] == [regle]


@pytest.mark.parametrize(
    ("note", "gardee"),
    [
        (CellRichText(TextBlock(InlineFont(strike=True), "hors été"), " tout compris"), "tout compris"),
        (CellRichText(TextBlock(InlineFont(strike=True), "hors été")), None),
    ],
)
def test_ce_qui_est_barre_dans_une_precision_n_en_est_plus(relu, note, gardee):
    place = {}

    def barrer(_, feuille):
        place["case"] = feuille.cell(rang_de(feuille, FAMILLES), COLONNES["remarque"])
        place["case"].value = note

    formulaire = relu(barrer)
    (cellule,) = [c for c in formulaire.cellules if _cle(c) == FAMILLES]
    assert cellule.remarque == gardee
    assert _dites(formulaire) == {("texte_barre", place["case"].coordinate)}


def test_une_precision_barree_par_le_style_de_sa_case_se_dit_aussi(relu):
    def barrer(_, feuille):
        case = feuille.cell(rang_de(feuille, FAMILLES), COLONNES["remarque"])
        case.value, case.font = "hors été", Font(strike=True)

    formulaire = relu(barrer)
    assert [a.regle for a in formulaire.anomalies] == ["texte_barre"]


def test_des_commentaires_ne_se_perdent_pas_sans_un_mot(relu):
    def commenter(_, feuille):
        rang = rang_de(feuille, FAMILLES)
        feuille.cell(rang, COLONNES["v1"]).comment = Comment("En réalité 99", "La directrice")
        feuille.cell(rang + 1, COLONNES["v1"]).comment = Comment("« 7 » n’est pas un nombre", "Vérification")

    formulaire = relu(commenter)
    (dite,) = formulaire.anomalies
    assert (dite.regle, dite.gravite) == ("commentaires_non_lus", "information")
    assert dite.message.count("(F") == 1  # those of a marked copy are ours
    assert "99" not in dite.message
    assert "directrice" not in dite.message


def _recopier(de, vers):
    for rangee in de.iter_rows():
        for case in rangee:
            if case.value is not None:
                vers.cell(case.row, case.column).value = case.value


def test_le_rapport_de_l_an_dernier_garde_dans_le_classeur_n_est_pas_une_erreur_d_annee(
    envoye, referentiel, tmp_path
):
    """Kept in a sheet of its own, whole: the sentence does not ask to copy it again."""
    (ancien,) = ecrire(referentiel, 2024, tmp_path / "2024", structure=STRUCTURE)
    recu = shutil.copy(envoye, tmp_path / "recu.xlsx")
    classeur = load_workbook(recu)
    _recopier(formulaire_de(load_workbook(ancien)), classeur.create_sheet("Rapport 2024"))
    classeur.save(recu)
    lus = {f.feuille: f for f in lire(recu, referentiel).formulaires}
    assert [a.regle for a in lus["Rapport 2024"].anomalies] == ["feuille_d_une_autre_annee"]
    assert lus["Rapport 2024"].cellules == ()
    assert lus["L’Archipel"].statut == "accepte"


@pytest.mark.parametrize("supprimee", [True, False])
def test_la_feuille_cachee_renommee_dit_encore_ce_qui_etait_imprime(envoye, referentiel, tmp_path, supprimee):
    """Numbers renames every sheet: the recalls are still known, and our sheet is no sheet of theirs."""
    recu = shutil.copy(envoye, tmp_path / "recu.xlsx")
    classeur = load_workbook(recu)
    if supprimee:
        classeur["_ctg"].title = "_ctg - Tableau 1"
    else:  # sheets of another workbook joined this one, theirs with them
        _recopier(classeur["_ctg"], classeur.create_sheet("_ctg (2)"))
    classeur.save(recu)
    lecture = lire(recu, referentiel)
    assert [a.regle for a in (*lecture.anomalies, *lecture.formulaires[0].anomalies)] == []


def test_le_mode_d_emploi_n_est_pas_une_feuille_ajoutee(envoye, referentiel, tmp_path):
    """Hidden columns do not survive every program: the mark of our help goes with them."""
    recu = shutil.copy(envoye, tmp_path / "recu.xlsx")
    classeur = load_workbook(recu)
    classeur["Mode d’emploi"].delete_cols(1)
    classeur.save(recu)
    assert lire(recu, referentiel).anomalies == ()


def test_une_colonne_de_notes_se_dit_en_peu_de_lignes(relu):
    rangs = []

    def annoter(_, feuille):
        for case in feuille["A"]:
            if str(case.value)[:2] in ("i:", "v:"):
                rangs.append(case.row)
                feuille.cell(case.row, 12).value = "d’après le logiciel"

    formulaire = relu(annoter)
    assert len(rangs) > 40
    assert [a.regle for a in formulaire.anomalies] == ["hors_saisie"] * 5 + ["meme_remarque"]
    textes = " ".join(a.message for a in formulaire.anomalies)
    assert all(re.search(rf"\bL{rang}\b", textes) for rang in rangs)


def test_deux_feuilles_pour_une_structure_se_nomment_la_masquee_comprise(envoye, referentiel, tmp_path):
    recu = shutil.copy(envoye, tmp_path / "recu.xlsx")
    classeur = load_workbook(recu)
    copie = classeur.copy_worksheet(formulaire_de(classeur))
    copie.title, copie.sheet_state = "Sauvegarde", "hidden"
    classeur.save(recu)
    doubles = [a for f in lire(recu, referentiel).formulaires for a in f.anomalies]
    assert {a.regle for a in doubles} == {"formulaire_en_double"}
    assert all("« Sauvegarde » (masquée)" in a.message for a in doubles)


def test_un_raccourci_de_google_n_est_pas_le_document(referentiel, tmp_path):
    recu = tmp_path / "rapport.gsheet"
    recu.write_text('{"":"WARNING! DO NOT EDIT THIS FILE!","doc_id":"1","resource_key":""}', encoding="utf-8")
    (dite,) = lire(recu, referentiel).anomalies
    assert "un raccourci vers un document Google" in dite.message


@pytest.mark.parametrize("page", ["mac_roman", "cp1252", "cp850", "utf-8"])
def test_un_csv_garde_ses_accents_quel_que_soit_l_ordinateur(envoye, referentiel, tmp_path, page):
    feuille = next(f for f in ouvrir(envoye).feuilles if any("m:nom" in rangee for rangee in f.rangees))
    recu = tmp_path / "recu.csv"
    recu.write_bytes(texte_csv(feuille).encode(page, "replace"))
    (formulaire,) = lire(recu, referentiel).formulaires
    (avant,) = lire(envoye, referentiel).formulaires
    assert _valeurs(formulaire) == _valeurs(avant)
    assert "libelle_change" not in {a.regle for a in formulaire.anomalies}


def test_un_formulaire_en_texte_se_dit_en_peu_de_lignes(relu, envoye, referentiel):
    """Some programs write every number as a text: the same numbers, and one remark for them all."""
    (avant,) = lire(envoye, referentiel).formulaires
    cases = []

    def ecrire_en_texte(_, feuille):
        for rang in range(16, feuille.max_row + 1):
            case = feuille.cell(rang, COLONNES["v1"])
            if str(feuille.cell(rang, 1).value)[:2] in ("i:", "v:") and isinstance(case.value, int):
                case.value = str(case.value)
                cases.append(case.coordinate)

    formulaire = relu(ecrire_en_texte)
    assert _valeurs(formulaire) == _valeurs(avant)
    assert [a.regle for a in formulaire.anomalies] == ["nombre_en_texte"] * 5 + ["meme_remarque"]
    assert {a.cellule for a in formulaire.anomalies[:5]} == set(cases[:5])
    assert formulaire.anomalies[-1].message == (
        f"Même remarque qu’en {cases[0]} (nombre saisi comme du texte) pour : {', '.join(cases[5:])}."
    )
