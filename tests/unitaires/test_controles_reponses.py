"""Answers of one form that cannot stand together: « dont » of a ratio, parts and wholes, a number copied."""

from dataclasses import replace

import pytest

from ctg.referentiel.questions import Relation
from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

PUBLICS = indicateur(
    "P", "rapport", unite_statistique="personne", ventilations=("public",), numerateur="admis du public"
)
FONCTIONS = indicateur(
    "F", "rapport", unite="pour 100 agents", unite_statistique="personne", ventilations=("fonction",),
    numerateur="mouvements", denominateur="agents",
)  # fmt: skip
PORTES, MENES = (
    indicateur("A", unite="projets", par_quartier=True),
    indicateur("B", unite="projets", par_quartier=True),
)
PART = indicateur("C", "calcul", calcul="rapport:B:A", unite="%")
ADMIS = indicateur("N", unite="enfants", unite_statistique="personne")
ACTIONS = indicateur("Q", unite="actions", granularite="trimestre", par_quartier=True)
AXES = indicateur("X", unite="actions", ventilations=("axe-mep",))
MESURES = [PUBLICS, FONCTIONS, PORTES, MENES, PART, ADMIS, ACTIONS, AXES]
RELATIONS = (
    Relation("P", "denominateur", "N", "egal", "propose"),
    Relation("N", "valeur", "Q", "partie", "propose"),
    Relation("X", "valeur", "Q", "suppose", "propose"),
)


def anomalies(*reponses, **autres) -> list[dict]:
    """What is told of a form of 2025, from (key, {code: number})."""
    campagne = CampagneMinuscule(MESURES, [structure("a", "gresilles", **autres)])
    campagne.referentiel = replace(campagne.referentiel, relations=RELATIONS)
    for cle, codes in reponses:
        campagne.repondre("a", 2025, cle, **codes)
    lignes = campagne.construire().lignes("SELECT * FROM collecte.anomalie ORDER BY cellule")
    assert not any("None" in ligne["message"] or "{" in ligne["message"] for ligne in lignes)
    return lignes


def dites(*reponses, **autres) -> list[tuple]:
    return [(a["regle"], a["cellule"]) for a in anomalies(*reponses, **autres)]


def rapport(cle: str, numerateur: float, denominateur: float) -> tuple:
    return (cle, {"numerateur": numerateur, "denominateur": denominateur})


# --- the « dont » of a ratio


def test_un_dont_plus_grand_que_son_numerateur_se_dit_et_se_nomme():
    dont = [("i:P#public=avip", {"numerateur": 8}), ("i:P#public=handicap", {"numerateur": 40})]
    (trouvee,) = anomalies(rapport("i:P", 10, 60), *dont)
    assert (trouvee["regle"], trouvee["gravite"], trouvee["cellule"]) == (
        "repartition_differente",
        "a_confirmer",
        "F10",
    )
    assert (
        "», dont « Handicap » : 10 admis du public au total, mais 40 pour ce seul « dont » (Public prio"
        in trouvee["message"]
    )


@pytest.mark.parametrize(
    ("total", "dont", "signale"),
    [(None, 12, ["F10"]), (30, 12, []), (None, None, []), ("sans objet", 12, [])],
)
def test_des_dont_demandent_leur_total(total, dont, signale):
    trouvees = anomalies(("i:X", {"valeur": total}), ("i:X#axe-mep=jeunes", {"valeur": dont}))
    assert [(a["regle"], a["cellule"]) for a in trouvees] == [("reponse_incomplete", c) for c in signale]
    assert all("cette case est vide alors que ses « dont » sont remplis" in a["message"] for a in trouvees)


@pytest.mark.parametrize(
    ("total", "direction", "animation", "dit"),
    [
        ((12, 40), (4, 10), (8, 30), None),
        ((12, 40), (4, 10), (7, 30), "12 mouvements au total, mais (non montré) en additionnant"),
        ((12, 40), (5, 10), (6, 30), "12 mouvements au total, mais 11 en additionnant"),
        ((12, 40), (5, 10), (7, 31), "40 agents au total, mais 41 en additionnant"),
        ((12.5, 40), (4.2, 10), (8.1, 30), None),  # rounded to one decimal
        ((12.5, 40), (5.2, 10), (8.4, 30), "12,5 mouvements au total, mais 13,6 en additionnant"),
    ],
)
def test_des_modalites_qui_s_excluent_font_chaque_terme_du_rapport(total, direction, animation, dit):
    trouvees = anomalies(
        rapport("i:F", *total),
        rapport("i:F#fonction=direction", *direction),
        rapport("i:F#fonction=animation", *animation),
    )
    assert [a["regle"] for a in trouvees] == ["repartition_differente"] * (dit is not None)
    assert all(dit in a["message"] for a in trouvees)


def test_les_publics_peuvent_se_recouper():
    publics = ("monoparental", "minima-sociaux", "handicap", "avip", "horaires-atypiques")
    assert dites(
        rapport("i:P", 10, 60), *((f"i:P#public={p}", {"numerateur": n}) for n, p in enumerate(publics, 6))
    ) == []  # fmt: skip


def test_plusieurs_lignes_de_la_meme_question_se_nomment():
    dont = [("i:P#public=handicap", {"numerateur": 40}), ("i:P#public=avip", {"numerateur": 50})]
    trouvees = anomalies(rapport("i:P", 20, 30), *dont)
    bloquantes = [a["message"] for a in trouvees if a["regle"] == "numerateur_superieur"]
    assert ["», dont « Handicap » : 40 sur 30" in m for m in bloquantes] == [True, False]
    assert "», dont « Retour à une formation (AVIP) » : 50 sur 30" in bloquantes[1]


# --- two questions


@pytest.mark.parametrize(("menes", "signale"), [(10, False), (11, True)])
def test_une_part_calculee_ne_depasse_pas_son_tout(menes, signale):
    trouvees = anomalies(("i:A", {"valeur": 10}), ("i:B", {"valeur": menes}))
    assert [(a["regle"], a["cellule"]) for a in trouvees] == [("reponses_contradictoires", "F11")] * signale
    assert all(": 11, alors que c’est une partie de « " in a["message"] for a in trouvees)
    assert all(" » : 10. Relisez" in a["message"] for a in trouvees)


@pytest.mark.parametrize(
    ("portes", "menes", "fautives"),
    [
        ({"gresilles": 10, "maladiere": 10}, {"gresilles": 12, "maladiere": 3}, ["F12"]),
        ({"gresilles": 10, "maladiere": 10}, {"gresilles": 10, "maladiere": 3}, []),
        # what is not split between the quartiers is compared with the whole
        ({"gresilles": 10, "ville": 2}, {"ville": 12}, []),
        ({"gresilles": 10, "ville": 2}, {"ville": 13}, ["F12"]),
        # a quartier that did not answer: the whole is not known
        ({"gresilles": 10, "ville": None}, {"ville": 13}, []),
    ],
)
def test_une_part_se_compare_quartier_par_quartier(portes, menes, fautives):
    reponses = [
        (f"i:{mesure}@{lieu}", {"valeur": valeur})
        for mesure, lieux in (("A", portes), ("B", menes))
        for lieu, valeur in lieux.items()
    ]
    assert dites(*reponses, multisite=True) == [("reponses_contradictoires", cellule) for cellule in fautives]


@pytest.mark.parametrize(("denominateur", "signale"), [(30, False), (60, True), (29, True)])
def test_le_meme_nombre_demande_deux_fois(denominateur, signale):
    trouvees = anomalies(("i:N", {"valeur": 30}), rapport("i:P", 12, denominateur))
    assert [(a["regle"], a["cellule"]) for a in trouvees] == [("reponses_contradictoires", "F12")] * signale


@pytest.mark.parametrize(
    ("trimestres", "personnes", "signale"),
    [
        ((5, 5, 5, 6), 21, False),
        ((5, 5, 5, 6), 22, True),
        ((5, 5, 5, None), 22, False),
        ((5, 5, 5, "sans objet"), 16, True),
    ],
)
def test_un_tout_par_trimestre_se_compare_en_entier(trimestres, personnes, signale):
    codes = dict(zip(("T1", "T2", "T3", "T4"), trimestres, strict=True))
    regles = [regle for regle, _ in dites(("i:Q", codes), ("i:N", {"valeur": personnes}))]
    assert regles.count("reponses_contradictoires") == signale


@pytest.mark.parametrize(
    ("actions", "personnes", "signale"), [(0, 15, True), (0, 0, False), (1, 15, False), (None, 15, False)]
)
def test_des_personnes_supposent_une_action(actions, personnes, signale):
    trouvees = anomalies(("i:Q", {"T1": actions, "T2": 0, "T3": 0, "T4": 0}), ("i:X", {"valeur": personnes}))
    dit = [a for a in trouvees if a["regle"] == "reponses_contradictoires"]
    assert len(dit) == signale
    assert all(" : 15, alors que pour « " in a["message"] and " » : 0. Relisez" in a["message"] for a in dit)


def test_un_petit_effectif_ne_se_cite_pas():
    (trouvee,) = anomalies(("i:N", {"valeur": 3}), rapport("i:P", 0, 8))
    assert ": (non montré) sites ouverts, alors que c’est le même nombre que « " in trouvee["message"]
    assert " » : (non montré). Relisez" in trouvee["message"]


# --- a number copied


@pytest.mark.parametrize(
    ("reponses", "dit"),
    [
        ([("i:Q", {"T1": 30, "T2": 30, "T3": 30, "T4": 30})], ": 30 dans chacune des 4 cases remplies."),
        ([("i:Q", {"T1": 30, "T2": 30, "T3": 30, "T4": 31})], None),
        ([("i:Q", {"T1": 9, "T2": 9, "T3": 9, "T4": 9})], None),  # by chance
        ([("i:Q", {"T1": 30, "T2": 30, "T3": 30, "T4": None})], None),
        (
            [
                ("i:Q@gresilles", {"T1": 30, "T2": 30, "T3": 30, "T4": 30}),
                ("i:Q@maladiere", {"T1": 5, "T2": 30, "T3": 40, "T4": 30}),
            ],
            ", Grésilles : 30 dans chacune des 4 cases remplies.",
        ),
        (
            [
                (f"i:{m}@{q}", {"valeur": n})
                for m, n in (("A", 40), ("B", 20))
                for q in ("gresilles", "maladiere", "ville", "hors-dijon")
            ],
            ": 40 dans chacune des 4 cases remplies.",
        ),
    ],
)
def test_le_meme_nombre_partout_dans_une_reponse(reponses, dit):
    messages = [a["message"] for a in anomalies(*reponses, multisite=True) if a["regle"] == "nombre_recopie"]
    assert bool(messages) == (dit is not None)
    assert all(dit in m for m in messages[:1])


def test_le_meme_nombre_dans_tout_le_formulaire():
    axes = ("jeunes", "numerique", "parentalite", "participation")
    cles = ("i:A", "i:B", "i:N", "i:X", *(f"i:X#axe-mep={axe}" for axe in axes))
    partout = [(cle, {"valeur": 7}) for cle in cles]
    (trouvee,) = anomalies(*partout)
    assert (trouvee["regle"], trouvee["cellule"]) == ("nombre_recopie", "F10")
    assert trouvee["message"].startswith("Tout le formulaire : 7 dans chacune des 8 cases remplies.")
    assert anomalies(*partout[:7]) == []
    assert anomalies(*partout[:7], ("i:X#axe-mep=participation", {"valeur": 6})) == []


def test_deux_petits_effectifs_se_disent_avec_les_memes_mots():
    """Three admissions or four, whatever contradicts them: the sentence does not tell which."""

    def dit(effectif: int) -> list[str]:
        reponses = [
            ("i:N", {"valeur": effectif}),
            rapport("i:P", effectif, 40),
            ("i:P#public=handicap", {"numerateur": 12}),
            ("i:Q", {"T1": 0, "T2": 0, "T3": 0, "T4": 0}),
        ]
        return sorted(a["message"] for a in anomalies(*reponses))

    assert len(dit(3)) == 3
    assert dit(3) == dit(4)
