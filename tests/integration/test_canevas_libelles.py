"""Words that are not those of the hidden key: nothing is loaded under another question, and it is said."""

import shutil

import pytest
from openpyxl import load_workbook

from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.lecture.classeur import lire
from tests.exemples.formulaire_plein import contenu, ecrire_plein
from tests.exemples.formulaire_rempli import COLONNES, formulaire_de, rang_de

CRECHE, CENTRE, FICHE = "multi-accueil-tempo", "maison-maladiere", "PE-2"
LIBELLE, V1, V2 = COLONNES["libelle"], COLONNES["v1"], COLONNES["v2"]
PUBLIC = "i:PE-2.0.2-d#public="


@pytest.fixture(scope="module")
def referentiel():
    return charger(dossier_par_defaut())


@pytest.fixture(scope="module")
def pleins(referentiel, tmp_path_factory):
    dossier = tmp_path_factory.mktemp("pleins")
    return {qui: ecrire_plein(referentiel, qui, dossier) for qui in (CRECHE, CENTRE, FICHE)}


@pytest.fixture
def lu(pleins, referentiel, tmp_path):
    """Read a full form once `geste` has changed its sheet; returns it beside the untouched one."""

    def _lu(geste, qui=CRECHE, libelles=None):
        recu = shutil.copy(pleins[qui], tmp_path / "recu.xlsx")
        classeur = load_workbook(recu)
        feuille = formulaire_de(classeur)
        for fusion in list(feuille.merged_cells.ranges):
            feuille.unmerge_cells(str(fusion))
        geste(feuille)
        classeur.save(recu)
        (formulaire,) = lire(recu, referentiel, libelles).formulaires
        (intact,) = lire(pleins[qui], referentiel).formulaires
        return formulaire, intact

    return _lu


def echanger(feuille, haut, bas, depuis=LIBELLE):
    """Exchange the visible cells of two rows; the hidden keys stay."""
    for colonne in range(depuis, COLONNES["remarque"] + 1):
        un, autre = feuille.cell(haut, colonne), feuille.cell(bas, colonne)
        un.value, autre.value = autre.value, un.value


def ecrire(cle, texte):
    return lambda feuille: setattr(feuille.cell(rang_de(feuille, cle), LIBELLE), "value", texte)


def dites(formulaire):
    return [(a.regle, a.gravite, a.cellule) for a in formulaire.anomalies]


def faux(formulaire, intact):
    """The values that are not what was answered, and the keys of what is missing."""
    lues, attendues = contenu(formulaire), contenu(intact)
    valeurs = {cle for cle, (valeur, texte, etat) in lues.items() if etat == "valeur"}
    inventees = {cle for cle in valeurs if lues[cle] != attendues[cle]}
    return inventees, set(attendues.keys() - (valeurs - inventees))


def test_deux_lignes_visibles_echangees_ne_se_chargent_pas_l_une_pour_l_autre(lu):
    rangs = []

    def geste(feuille):
        rangs.extend(rang_de(feuille, f"{PUBLIC}{m}") for m in ("monoparental", "minima-sociaux"))
        echanger(feuille, *rangs)

    formulaire, intact = lu(geste)
    inventees, manquent = faux(formulaire, intact)
    assert inventees == set()
    assert {cle[4] for cle in manquent} == {"monoparental", "minima-sociaux"}
    assert dites(formulaire) == [("libelle_d_une_autre", "bloquant", f"C{rang}") for rang in rangs]
    message = formulaire.anomalies[0].message
    assert "« Minima sociaux » est le libellé d’une autre ligne" in message
    assert "celui de « Famille monoparentale »" in message
    assert formulaire.statut == "accepte_partiel"


def test_les_lignes_visibles_triees_ne_donnent_aucun_nombre_faux(lu):
    def trier(feuille):
        rangees = [[c.value for c in r] for r in feuille.iter_rows(min_row=15, min_col=LIBELLE)]
        rangees.sort(key=lambda rangee: str(rangee[0]))
        for rang, rangee in enumerate(rangees):
            for colonne, valeur in enumerate(rangee):
                feuille.cell(15 + rang, LIBELLE + colonne).value = valeur

    for qui in (CRECHE, CENTRE, FICHE):
        inventees, manquent = faux(*lu(trier, qui))
        assert inventees == set()
        assert manquent


@pytest.mark.parametrize(
    ("colonnes", "regle"), [("C16:J{}", "libelle_d_une_autre"), ("F16:I{}", "reponses_decalees")]
)
@pytest.mark.parametrize("pas", [1, 2])
def test_des_cases_inserees_ne_donnent_aucun_nombre_faux(lu, colonnes, regle, pas):
    formulaire, intact = lu(lambda f: f.move_range(colonnes.format(f.max_row), rows=pas))
    assert faux(formulaire, intact)[0] == set()
    assert regle in {a.regle for a in formulaire.anomalies}


@pytest.mark.parametrize(
    ("texte", "regle"),
    [
        ("Places agréées au 31 août 2024", "libelle_change"),
        ("Places agréées au 31 décembre 2024", "libelle_change"),
        ("Combien de places avez-vous créées ?", "libelle_change"),
        ("Salariés permanents en équivalent temps plein", "libelle_d_une_autre"),
        ("salaries permanents en equivalent temps plein *", "libelle_d_une_autre"),
        ("Salarié permanents en équivalent temps plein", "libelle_d_une_autre"),
        ("Adhérents", "libelle_d_une_autre"),  # asked of the centres sociaux, not here
        ("Bilan qualitatif", "libelle_ecrase"),
        ("NC", "libelle_ecrase"),
        (60, "libelle_ecrase"),
    ],
)
def test_un_libelle_recrit_ne_se_devine_pas(lu, texte, regle):
    formulaire, intact = lu(ecrire("v:places", texte))
    inventees, manquent = faux(formulaire, intact)
    assert (inventees, {cle[1] for cle in manquent}) == (set(), {"places"})
    ((lue, gravite, cellule),) = dites(formulaire)
    assert (lue, cellule) == (regle, "C15")
    assert gravite == ("a_confirmer" if regle == "libelle_change" else "bloquant")
    assert "« Places agréées au 31 décembre »" in formulaire.anomalies[0].message


@pytest.mark.parametrize(
    "texte",
    [
        "places agreees au 31 decembre",
        "Places agréées au 31",
        "Places agréées au 31 décembre*",
        "Places agrées au 31 décembre",
    ],
)
def test_un_libelle_abime_par_megarde_reste_le_sien(lu, texte):
    formulaire, intact = lu(ecrire("v:places", texte))
    assert contenu(formulaire) == contenu(intact)
    assert formulaire.anomalies == ()


def test_un_libelle_change_se_confirme_une_fois_pour_toutes(lu):
    texte = "Places PMI de la structure"
    formulaire, intact = lu(ecrire("v:places", texte))
    (proposition,) = formulaire.rapprochements
    assert (proposition.libelle, proposition.cle) == (texte, "v:places")
    assert proposition.propose == "Places agréées au 31 décembre"
    confirme, _ = lu(ecrire("v:places", texte), libelles={texte: "v:places"})
    assert contenu(confirme) == contenu(intact)
    assert (confirme.anomalies, confirme.rapprochements) == ((), ())
    # the same wording, known by then, beside another key
    ailleurs, _ = lu(ecrire("v:etp-permanents", texte), libelles={texte: "v:places"})
    assert dites(ailleurs) == [("libelle_d_une_autre", "bloquant", "C16")]


def test_une_question_recrite_retient_aussi_ses_details(lu):
    formulaire, intact = lu(ecrire("i:PE-2.0.2-d", "Combien d’enfants du quartier ?"))
    inventees, manquent = faux(formulaire, intact)
    assert inventees == set()
    assert {cle[1] for cle in manquent} == {"PE-2.0.2-d"}
    assert len(manquent) == 7  # two numbers and five « dont »


def test_un_libelle_efface_se_dit_et_se_lit(lu):
    formulaire, intact = lu(ecrire("v:places", None))
    assert contenu(formulaire) == contenu(intact)
    assert dites(formulaire) == [("libelle_efface", "a_confirmer", "C15")]


def test_les_quartiers_suivent_la_question_imprimee_au_dessus(lu):
    """Two questions asked by quartier bear the same rows: their titles alone tell them apart."""
    bandes = []

    def geste(feuille):
        cles = [str(c.value) for c in feuille["A"]]
        titres = [
            rang
            for rang, (un, autre) in enumerate(zip(cles, cles[1:], strict=False), 1)
            if un == "s" and "@" in autre
        ]
        bandes.extend(titres[:2])
        echanger(feuille, *bandes)

    formulaire, intact = lu(geste, FICHE)
    inventees, manquent = faux(formulaire, intact)
    assert inventees == set()
    assert dites(formulaire) == [("libelle_d_une_autre", "bloquant", f"C{rang}") for rang in bandes]
    assert len({cle[1] for cle in manquent}) == 2


def test_les_intitules_combien_et_sur_echanges(lu):
    def geste(feuille):
        un, autre = (feuille.cell(19, colonne) for colonne in (V1, V2))
        assert (un.value, autre.value) == ("combien", "sur")
        un.value, autre.value = autre.value, un.value

    formulaire, intact = lu(geste)
    inventees, manquent = faux(formulaire, intact)
    assert (inventees, {cle[1] for cle in manquent}) == (set(), {"PE-2.0.2-d"})
    assert dites(formulaire) == [("intitules_echanges", "bloquant", f"{c}19") for c in "FG"]


def test_un_intitule_recrit_se_confirme(lu):
    formulaire, intact = lu(lambda f: setattr(f.cell(19, V2), "value", "au total"))
    assert contenu(formulaire) == contenu(intact)
    assert dites(formulaire) == [("intitule_change", "a_confirmer", "G19")]


def test_l_annee_d_un_exercice_recrite_ne_charge_pas_ses_comptes(lu):
    def geste(feuille):
        rang = next(c.row for c in feuille["F"] if c.value == "2024\ndéfinitif")
        feuille.cell(rang, V1).value = "2025\ndéfinitif"

    formulaire, intact = lu(geste, CENTRE)
    assert {cle[0] for cle in faux(formulaire, intact)[1]} == {"c"}
    assert [regle for regle, _, _ in dites(formulaire)] == ["intitules_echanges"]


@pytest.mark.parametrize(
    ("cle", "recrire"),
    [
        # its own words first, although « Salariés non permanents » is the beginning of both questions
        ("v:etp-non-permanents", lambda texte: f"{texte} annuel"),
        # a precision taken out of it leaves it nearer to a shorter question
        ("i:JE-2.4.2-c", lambda texte: texte.replace(" (plusieurs étapes suivies)", "")),
    ],
)
def test_un_libelle_complete_ou_abrege_n_est_pas_celui_d_une_autre_ligne(lu, cle, recrire):
    def geste(feuille):
        case = feuille.cell(rang_de(feuille, cle), LIBELLE)
        assert recrire(case.value) != case.value
        case.value = recrire(case.value)

    formulaire, _ = lu(geste, CENTRE)
    assert [regle for regle, _, _ in dites(formulaire)] == ["libelle_change"]


def test_les_lignes_qui_dependent_d_un_titre_sont_nommees(lu):
    """« dont » and quartiers go with their question: nobody looks for what became of them."""

    def geste(feuille):
        feuille.cell(rang_de(feuille, "i:EN-1.0.p1"), LIBELLE).value = "Salariés permanents"

    formulaire, intact = lu(geste, CENTRE)
    (dite,) = [a for a in formulaire.anomalies if a.regle == "libelle_d_une_autre"]
    rangs = [int(c.adresse[1:]) for c in intact.cellules if c.objet_id == "EN-1.0.p1"]
    assert len(rangs) > 3
    assert f"Les lignes {min(rangs)} à {max(rangs)} en dépendent." in dite.message
