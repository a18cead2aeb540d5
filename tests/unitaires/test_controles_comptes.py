"""The accounts as an accountant reads them: partial sums, a « dont » without its row, years that jump."""

import pytest

from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

TOUS = ["total-produits", "subventions", "recettes-propres", "autres-recettes", "reprises"]


def anomalies(*comptes: dict[int, dict[str, dict[str, float]]]) -> list[dict]:
    """Each case is {year: {account: {code: amount}}}, answered by a structure of its own."""
    campagne = CampagneMinuscule(
        [indicateur("N")], [structure(f"s{n}", "gresilles") for n in range(len(comptes))]
    )
    for n, cas in enumerate(comptes):
        for annee, postes in cas.items():
            for poste, codes in postes.items():
                campagne.repondre(f"s{n}", annee, f"c:{poste}", **codes)
    lignes = campagne.construire().lignes(
        "SELECT * FROM collecte.anomalie ORDER BY repondant_id, annee, cellule"
    )
    assert not any("None" in ligne["message"] or "{" in ligne["message"] for ligne in lignes)
    return lignes


def un_exercice(**montants) -> dict:
    """The forecast (`n`) of the report of 2025; underscores stand for the dashes of the ids."""
    return {2025: {poste.replace("_", "-"): {"n": montant} for poste, montant in montants.items()}}


def signales(*comptes) -> list[tuple]:
    return [(a["repondant_id"], a["regle"], a["cellule"]) for a in anomalies(*comptes)]


@pytest.mark.parametrize(
    ("montants", "dit"),
    [
        (
            {"total_produits": 1000, "subventions": 1200},
            "ses lignes (Subventions) font déjà 1\u202f200\u202f€",
        ),
        (
            {"total_produits": 1000, "subventions": 800, "recettes_propres": 300},
            "ses lignes (Subventions, Recettes propres) font déjà 1\u202f100\u202f€",
        ),
        ({"total_produits": 1000, "subventions": 1001}, None),  # to the euro
        ({"total_produits": 1000, "subventions": 700}, None),  # the others may hold the rest
        # « sans objet » is nothing: the four lines are there
        (
            {
                "total_produits": 1000,
                "subventions": 700,
                "recettes_propres": 200,
                "autres_recettes": "sans objet",
                "reprises": "sans objet",
            },
            "ses lignes (Subventions, Recettes propres) font 900\u202f€",
        ),
        # the exceptional result that is missing may be a loss
        ({"resultat_net": 80, "resultat_exploitation": 100}, None),
    ],
)
def test_des_lignes_qui_manquent_n_empechent_pas_de_voir_un_total_trop_petit(montants, dit):
    trouvees = anomalies(un_exercice(**montants))
    assert [a["regle"] for a in trouvees] == ["comptes_incoherents"] * (dit is not None)
    assert all(a["cellule"] == "F10" and dit in a["message"] for a in trouvees)


def test_un_dont_dont_le_poste_est_vide_se_compare_au_total():
    cas = [
        un_exercice(total_produits=1000, subvention_ville=1200),
        un_exercice(total_produits=1000, subvention_ville=900),
        un_exercice(total_produits=1000, subventions=900, subvention_ville=950),
    ]
    trouvees = anomalies(*cas)
    assert [(a["repondant_id"], a["regle"]) for a in trouvees] == [
        ("s0", "dont_superieur"),
        ("s2", "dont_superieur"),
    ]
    assert "« Total des produits » (1\u202f000\u202f€)" in trouvees[0]["message"]
    assert "« Subventions » (900\u202f€)" in trouvees[1]["message"]


def deux_rapports(avant: float, apres: float, poste="subventions", **autres) -> dict:
    """The same account in the reports of 2024 and of 2025, beside others that do not move."""
    stables = {nom.replace("_", "-"): {"n": montant} for nom, montant in autres.items()}
    return {2024: {poste: {"n": avant}, **stables}, 2025: {poste: {"n": apres}, **stables}}


def test_une_ligne_trois_fois_plus_ou_moins_que_l_an_dernier():
    cas = [
        deux_rapports(100_000, 900_000),
        deux_rapports(100_000, 300_000),
        deux_rapports(100_000, 299_999),
        deux_rapports(90_000, 30_000),
        deux_rapports(90_000, 30_001),
        deux_rapports(300, 999),  # less than 1 000 €
        # a twentieth of the column is 20 000 €
        deux_rapports(2_000, 9_000, "dotations", total_charges=400_000),
        deux_rapports(6_000, 20_000, "dotations", total_charges=400_000),
    ]
    trouvees = anomalies(*cas)
    assert [(a["repondant_id"], a["regle"]) for a in trouvees] == [
        (f"s{n}", "sauts_des_comptes") for n in (0, 1, 3, 7)
    ]
    assert trouvees[0]["message"].startswith(
        "« Subventions » : 900\u202f000\u202f€, contre 100\u202f000\u202f€ l’année précédente,"
        " au moins trois fois plus."
    )


@pytest.mark.parametrize(
    ("annees", "cellule", "dit"),
    [
        # no report the year before: the column beside
        ({2025: {"n-1": 100_000, "n": 900_000}}, "F11", "l’exercice précédent, au moins trois fois plus"),
        ({2025: {"n": 100_000, "n+1": 30_000}}, "F11", "l’exercice précédent, au moins trois fois moins"),
        # the same year, announced then final
        (
            {2024: {"n": 100_000}, 2025: {"n-1": 250_000}},
            "F10",
            "annoncés pour le même exercice l’année précédente, au moins deux fois plus",
        ),
        ({2024: {"n": 100_000}, 2025: {"n-1": 199_000}}, None, None),
        ({2024: {"n+1": 100_000}, 2025: {"n+1": 900_000}}, None, None),  # two budgets are not compared
        ({2025: {"n": 0, "n+1": 50_000}}, None, None),  # a subsidy that begins
    ],
)
def test_a_quoi_un_montant_se_compare(annees, cellule, dit):
    trouvees = anomalies({annee: {"subventions": codes} for annee, codes in annees.items()})
    assert [(a["regle"], a["cellule"]) for a in trouvees] == [("sauts_des_comptes", cellule)] * (
        dit is not None
    )
    assert all(dit in a["message"] for a in trouvees)


def test_un_montant_qui_saute_de_deux_facons_ne_se_dit_qu_une_fois():
    cas = {2024: {"subventions": {"n": 100_000}}, 2025: {"subventions": {"n-1": 100_000, "n": 900_000}}}
    (trouvee,) = anomalies(cas)
    assert (trouvee["cellule"], "l’année précédente" in trouvee["message"]) == ("F11", True)


def test_des_milliers_d_euros_se_disent_aux_totaux_et_non_ligne_par_ligne():
    montants = dict(zip(TOUS, (400_000, 300_000, 60_000, 30_000, 10_000), strict=True))
    en_euros = {poste: {"n": montant} for poste, montant in montants.items()}
    en_milliers = {poste: {"n": montant / 1000} for poste, montant in montants.items()}
    assert signales({2024: en_euros, 2025: en_milliers}) == [("s0", "sauts_des_comptes", "F10")]
    sans_total = {poste: codes for poste, codes in en_euros.items() if poste != "total-produits"}
    plus_tard = {poste: codes for poste, codes in en_milliers.items() if poste != "total-produits"}
    assert signales({2024: sans_total, 2025: plus_tard}) == [("s0", "sauts_des_comptes", "F10")]


@pytest.mark.parametrize(
    ("masse", "permanents", "autres", "dit"),
    [
        (420, 10, 2, "Masse salariale de 420\u202f€ pour 12 ETP, soit 35\u202f€ par équivalent temps plein."),
        (420_000, 10, 2, None),
        (60_000, 10, 2, None),  # 5 000 € each
        (59_999, 10, 2, "soit 5\u202f000\u202f€ par équivalent temps plein"),
        (2_400_001, 10, 2, "soit 200\u202f000\u202f€ par équivalent temps plein"),
        (420, 10, None, None),  # not all the staff is known
        (420, 12, "sans objet", "pour 12 ETP"),
        (420_000, 0, 0, None),  # nobody: nothing to divide by
    ],
)
def test_ce_que_coute_un_equivalent_temps_plein(masse, permanents, autres, dit):
    campagne = CampagneMinuscule([indicateur("N")], [structure("a", "gresilles")])
    campagne.repondre("a", 2025, "c:masse-salariale", n=masse)
    campagne.repondre("a", 2025, "v:etp-permanents", valeur=permanents)
    campagne.repondre("a", 2025, "v:etp-non-permanents", valeur=autres)
    trouvees = campagne.construire().lignes("SELECT * FROM collecte.anomalie")
    assert [(a["regle"], a["cellule"]) for a in trouvees] == [("masse_salariale_par_etp", "F10")] * (
        dit is not None
    )
    assert all(dit in a["message"] for a in trouvees)


@pytest.mark.parametrize(("nombre", "ecart", "signale"), [(5, 0, True), (4, 0, False), (5, 1, False)])
def test_une_colonne_recopiee_de_sa_voisine(nombre, ecart, signale):
    montants = dict(zip((*TOUS[1:], "total-charges"), (50_000, 40_000, 30_000, 20_000, 10_000), strict=True))
    postes = {
        poste: {"n-1": montant, "n": montant + ecart * (poste == "reprises"), "n+1": montant + 1}
        for poste, montant in list(montants.items())[:nombre]
    }
    trouvees = anomalies({2025: postes})
    assert [(a["regle"], a["cellule"]) for a in trouvees] == [("exercices_identiques", "F11")] * signale
