"""The yearly table holds the numbers of the views, to the digit, and words wherever there is none."""

import duckdb
import pytest

from ctg.entrepot import Entrepot
from ctg.exports.recapitulatif.contexte import Selection, SelectionInconnue
from ctg.exports.recapitulatif.document import produire
from tests.exemples.campagne_recapitulatif import HOSTILE, construire
from tests.exemples.classeur_relu import ClasseurRelu

MOTS = {"secret": "secret statistique", "manquant": "non disponible", "sans_objet": "sans objet"}
TOTAUX = """
    SELECT m.* FROM publication.mesure AS m JOIN publication.periode AS p USING (periode_id)
    WHERE m.type_structure = 'tous' AND m.perimetre = 'tous' AND p.genre IN ('civile', 'scolaire')
"""


@pytest.fixture(scope="module")
def chemin(tmp_path_factory):
    return construire(tmp_path_factory.mktemp("entrepot") / "petit.duckdb")


@pytest.fixture(scope="module")
def relu(chemin):
    return ClasseurRelu.de(produire(Entrepot(chemin), Selection(2025)).octets)


def lire(chemin, sql):
    with duckdb.connect(str(chemin), read_only=True) as connexion:
        return connexion.execute(sql).fetchdf().to_dict("records")


def attendu(mesure):
    return mesure["valeur"] if mesure["etat"] == "publie" else MOTS[mesure["etat"]]


def test_les_nombres_des_axes_sont_ceux_des_vues(chemin, relu):
    lignes = {ligne["Code"]: ligne for ligne in relu.lignes("Axe JE")}
    titres = {2023: "2023 (référence)", 2024: "2024", 2025: "2025"}
    mesures = [
        m
        for m in lire(chemin, f"{TOTAUX} AND niveau = 'ville' AND ventilation = 'total'")
        if m["indicateur_id"] != "D"
    ]
    assert len(mesures) == 12
    for mesure in mesures:
        assert lignes[mesure["indicateur_id"]][titres[mesure["annee"]]] == attendu(mesure)


def test_les_nombres_des_quartiers_sont_ceux_des_vues(chemin, relu):
    colonnes = {"gresilles": "Grésilles", "universite": "Université"}
    mesures = lire(chemin, f"{TOTAUX} AND niveau = 'quartier' AND ventilation = 'total' AND m.annee = 2025")
    assert len(mesures) == 8
    for mesure in mesures:
        ligne = relu.ligne("Par quartier", Code=mesure["indicateur_id"])
        assert ligne[colonnes[mesure["territoire_id"]]] == attendu(mesure)
        assert ligne["Maladière"] == "sans objet"


def test_les_ventilations_sont_celles_des_vues(chemin, relu):
    mesures = lire(chemin, f"{TOTAUX} AND niveau = 'ville' AND ventilation = 'sexe' AND m.annee = 2025")
    lues = {ligne["Modalité"]: ligne["2025"] for ligne in relu.lignes("Ventilations")}
    libelles = {
        m["modalite"]: m["libelle"]
        for m in lire(chemin, "FROM publication.ventilation")
        if m["ventilation"] == "sexe"
    }
    assert lues == {libelles[mesure["modalite"]]: attendu(mesure) for mesure in mesures}
    assert 32 in lues.values()


def test_une_ligne_calculee_a_la_main(relu):
    # 40 + 10 + 8, then 50 + 12 + 9, then 60 + 3 ; without c, who did not answer : 62 → 63, and 50 → 63
    ligne = relu.ligne("Axe JE", Code="P")
    assert (ligne["2023 (référence)"], ligne["2024"], ligne["2025"]) == (58, 71, 63)
    assert ligne["Évolution 2024-2025"] == 1 / 62
    assert ligne["Évolution 2023-2025"] == 13 / 50
    assert ligne["Répondants communs 2024-2025"] == ligne["Répondants communs 2023-2025"] == "2 sur 3"
    assert (ligne["Ont répondu"], ligne["Attendus"], ligne["Couverture"]) == (2, 3, "2 répondants sur 3")
    assert ligne["Mention"] == "fréquentations cumulées, doubles comptes possibles"
    assert relu.ligne("Axe JE", Code="T")["2025"] == 100 / 3


def test_un_indicateur_ne_disparait_jamais(relu):
    codes = [ligne["Code"] for ligne in relu.lignes("Axe JE")]
    assert {"P", "T", "X", "M", "D"} <= set(codes)
    assert relu.ligne("Axe JE", Code="X")["2025"] == "secret statistique"
    assert relu.ligne("Axe JE", Code="M")["2025"] == "non disponible"
    a_definir = relu.ligne("Axe JE", Code="D")
    assert a_definir["2025"] == "définition à arrêter"
    assert a_definir["Mention"] == "Définition à arrêter par : Référent jeunesse"


def test_une_ligne_imprimee_sans_indicateur_garde_sa_place(relu):
    lignes = [ligne for axe in ("PE", "EN", "JE", "AVS") for ligne in relu.lignes(f"Axe {axe}")]
    imprimees = [ligne for ligne in lignes if ligne["Ligne imprimée dans la convention"] != "proposé"]
    assert len(imprimees) == 55
    assert {ligne["Code"] for ligne in imprimees} == {"aucun"}
    assert all(ligne["Source de la ligne"].startswith("document 001, ligne") for ligne in imprimees)


def test_la_synthese_tient_les_quinze_fiches(relu):
    lignes = relu.lignes("Synthèse")
    assert len(lignes) == 15
    assert lignes[0]["Fiche"].startswith("PE-1 · ")
    assert relu.ligne("Indicateurs par état", Fiche=lignes[10]["Fiche"][:61] + " …")["Total"] == 5


def test_les_libelles_hostiles_restent_des_textes(relu):
    cellules = [cellule for page in relu.pages for rangee in page for cellule in rangee]
    assert not [cellule for cellule in cellules if cellule.data_type in ("f", "e")]
    hostiles = [
        cellule
        for cellule in cellules
        if cellule.value in (HOSTILE, "+ de jeunes revenus", "@Part trop petite")
    ]
    assert len(hostiles) >= 6
    assert all(cellule.data_type == "s" and cellule.quotePrefix for cellule in hostiles)


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (Selection(2031), "Aucune campagne 2031"),
        (Selection(2025, axe="ZZ"), "Axe inconnu : « ZZ ». Choix possibles : PE, EN, JE, AVS."),
        (Selection(2025, quartier="dijon"), "Quartier inconnu : « dijon ».*gresilles"),
    ],
)
def test_une_selection_inconnue_est_refusee_avec_les_choix(chemin, selection, message):
    with pytest.raises(SelectionInconnue, match=message):
        produire(Entrepot(chemin), selection)
