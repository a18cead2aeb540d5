"""What a controller sees and no limit shows: lines exchanged, a part left out, a state denied by its row."""

import pytest

from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

AGES = indicateur("A", unite="jeunes", unite_statistique="personne", ventilations=("age-jeunes",))
SORTS = indicateur("M", unite="actions", ventilations=("mouvement",))
PART = indicateur("T", "rapport", unite="kWh", numerateur="kWh", denominateur="m²")
PROJETS = indicateur("N", unite="projets")
JALON = indicateur("K", "jalon", repondant="R-JE", types_repondants=())


def signales(*reponses, structures=1) -> list[tuple]:
    """(control, cell, message) of what is told of (respondent, year, key, {code: value})."""
    montee = CampagneMinuscule(
        [AGES, SORTS, PART, PROJETS, JALON], [structure(f"s{n}", "gresilles") for n in range(structures)]
    )
    for qui, annee, cle, codes in reponses:
        montee.repondre(qui, annee, cle, **codes)
    lignes = montee.construire().lignes("SELECT * FROM collecte.anomalie ORDER BY annee, cellule")
    assert not any("None" in ligne["message"] or "{" in ligne["message"] for ligne in lignes)
    return [(ligne["regle"], ligne["cellule"], ligne["message"]) for ligne in lignes]


def dit(cle: str, nombre: object, annee: int = 2025) -> tuple:
    return ("s0", annee, cle, {"valeur": nombre})


# --- a breakdown


@pytest.mark.parametrize(
    ("total", "creees", "arretees", "attendu"),
    [
        (30, 20, 10, None),  # « adaptées » left blank is zero
        (30, 20, None, "30 au total, mais 20 en additionnant ceux de ses « dont » qui sont remplis"),
        (30, None, None, None),  # nothing was detailed
    ],
)
def test_un_dont_laisse_vide_compte_pour_zero(total, creees, arretees, attendu):
    dont = {"creees": creees, "arretees": arretees, "adaptees": None}
    trouves = signales(dit("i:M", total), *(dit(f"i:M#mouvement={m}", n) for m, n in dont.items()))
    assert [regle for regle, _, _ in trouves] == ["repartition_differente"] * (attendu is not None)
    assert all(attendu in message for _, _, message in trouves)
    # a workbook of their own, where one of the three is not a column
    assert signales(dit("i:M", 30), dit("i:M#mouvement=creees", 20), dit("i:M#mouvement=arretees", 5)) == []


def test_ce_qui_manque_a_un_dont_ne_se_devine_pas():
    """30 young people, 28 of them told: two would be those that are not written."""
    dont = [dit("i:A#age-jeunes=12-17", 28), dit("i:A#age-jeunes=18-25", None)]
    ((regle, _, message),) = signales(dit("i:A", 30), *dont)
    assert (regle, ": 30 au total, mais (non montré) en additionnant" in message) == (
        "repartition_differente",
        True,
    )


# --- from a year to the next


def ages(annee: int, jeunes: int, grands: int, total: int | None = None) -> list[tuple]:
    return [
        dit("i:A", total or jeunes + grands, annee),
        dit("i:A#age-jeunes=12-17", jeunes, annee),
        dit("i:A#age-jeunes=18-25", grands, annee),
    ]


def test_deux_lignes_echangees_se_voient_d_une_annee_a_l_autre():
    trouves = signales(*ages(2024, 60, 15), *ages(2025, 15, 60))
    assert [regle for regle, _, _ in trouves] == ["sauts", "sauts"]
    assert "», dont « 12 à 17 ans » : (non montré), contre (non montré)" in trouves[0][2]


def test_quand_le_total_saute_ses_dont_se_taisent():
    assert [regle for regle, _, _ in signales(*ages(2024, 60, 15), *ages(2025, 600, 150))] == ["sauts"]


@pytest.mark.parametrize(
    ("kwh", "surface", "attendu"),
    [
        (150, 1_000, "150, contre 148\u202f000"),
        (150_000, 10, "10, contre 1\u202f000"),
        (150, 10, "10, contre 1\u202f000"),
    ],
)
def test_la_partie_d_un_rapport_qui_saute_se_dit_quand_son_tout_n_a_pas_saute(kwh, surface, attendu):
    """Megawatt-hours for kilowatt-hours: no limit tells, last year does."""
    rapports = [
        ("s0", annee, "i:T", {"numerateur": n, "denominateur": d})
        for annee, n, d in ((2024, 148_000, 1_000), (2025, kwh, surface))
    ]
    assert [(r, attendu in message) for r, _, message in signales(*rapports)] == [("sauts", True)]


def test_deux_parts_d_adherents_echangees():
    parts = {"territoire": (70, 6), "autres-quartiers": (24, 24), "hors-ville": (6, 70)}
    reponses = [
        dit(f"v:adherents-{part}", nombre, 2024 + rang)
        for part, deux in parts.items()
        for rang, nombre in enumerate(deux)
    ]
    trouves = signales(*reponses, dit("v:adherents", 500, 2024), dit("v:adherents", 500))
    assert [regle for regle, _, _ in trouves] == ["sauts", "sauts"]


# --- the accounts


def comptes(annee: int, **montants: float) -> list[tuple]:
    return [
        ("s0", annee, f"c:{poste.replace('_', '-')}", {"n": montant}) for poste, montant in montants.items()
    ]


CINQ = {
    "subventions": 5e4,
    "recettes_propres": 4e4,
    "autres_recettes": 3e4,
    "reprises": 2e4,
    "dotations": 1e4,
}


@pytest.mark.parametrize(("ecart", "signale"), [(0, 1), (1, 0)])
def test_les_montants_du_rapport_d_avant_rendus_tels_quels(ecart, signale):
    trouves = signales(*comptes(2024, **CINQ), *comptes(2025, **CINQ | {"reprises": 2e4 + ecart}))
    assert [regle for regle, _, _ in trouves] == ["exercices_identiques"] * signale
    assert all("un à un, ceux du rapport de l’année précédente" in message for _, _, message in trouves)


def test_des_charges_ecrites_en_negatif_se_disent_au_resultat():
    reponses = comptes(2025, total_produits=100_000, total_charges=-90_000, resultat_exploitation=10_000)
    ((regle, _, message),) = signales(*reponses)
    assert regle == "comptes_incoherents"
    assert "ses lignes (Total des produits, moins Total des charges) font 190\u202f000\u202f€." in message
    assert message.endswith("Des charges s’écrivent sans signe moins.")


def test_un_resultat_qui_bouge_n_est_pas_une_erreur():
    """The difference of two large numbers: 1 300 000 - 1 250 000, then 1 300 000 - 1 290 000."""
    annees = ((2024, 1_250_000, 50_000), (2025, 1_290_000, 10_000))
    reponses = [
        ligne
        for annee, charges, resultat in annees
        for ligne in comptes(
            annee, total_produits=1_300_000, total_charges=charges, resultat_exploitation=resultat
        )
    ]
    assert signales(*reponses) == []


@pytest.mark.parametrize(("resultat", "signale"), [(-100_000, 0), (1_000, 1), (None, 1)])
def test_des_fonds_ne_bougent_que_de_leur_resultat(resultat, signale):
    reponses = [*comptes(2024, fonds_associatifs=120_000), *comptes(2025, fonds_associatifs=20_000)]
    trouves = signales(*reponses, *comptes(2025, resultat_net=resultat))
    assert [regle for regle, _, _ in trouves] == ["sauts_des_comptes"] * signale


# --- among its like


def voisines(annee: int, derniere: int) -> list[tuple]:
    return [
        (f"s{n}", annee, "v:adherents", {"valeur": adherents})
        for n, adherents in enumerate((300, 320, 350, 380, 400, 420, derniere))
    ]


def test_une_structure_seule_de_sa_taille_ne_se_dit_qu_une_fois():
    trouves = signales(*voisines(2024, 4_000), *voisines(2025, 4_100), structures=7)
    assert [(regle, "4\u202f000, loin des 6" in message) for regle, _, message in trouves] == [
        ("loin_des_semblables", True)
    ]


# --- a milestone


@pytest.mark.parametrize(
    ("codes", "attendu"),
    [
        ({"etat": "Réalisé", "realise_le": "2025-03-01", "avancement": 100}, None),
        ({"etat": "Réalisé", "avancement": 30}, "« Réalisé », mais un avancement de 30\u202f%"),
        ({"etat": "En cours", "realise_le": "2025-03-01"}, "« En cours », mais une date de réalisation"),
        ({"etat": "Non engagé", "avancement": 80}, "« Non engagé », mais un avancement de 80\u202f%"),
        ({"etat": "En cours", "avancement": 100}, None),  # written, to be signed
        ({"etat": "Décalé", "avancement": 0}, None),
        ({"realise_le": "2025-03-01"}, None),
    ],
)
def test_l_etat_d_un_jalon_et_ce_qui_est_ecrit_a_cote(codes, attendu):
    trouves = signales(("JE-1", 2025, "i:K", codes))
    assert [regle for regle, _, _ in trouves] == ["date_impossible"] * (attendu is not None)
    assert all(f": {attendu}. Relisez la ligne." in message for _, _, message in trouves)
