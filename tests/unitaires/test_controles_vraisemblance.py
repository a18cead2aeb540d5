"""The controls a person would make: each one just under, at and over its limit, and what it quotes."""

import datetime as dt

import pytest

from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

JEUNES = indicateur("J", unite="jeunes", unite_statistique="personne")
PROJETS = indicateur("N", unite="projets")
TAUX = indicateur("T", "rapport", unite="%", unite_statistique="personne")
JALON = indicateur("K", "jalon", repondant="R-JE", types_repondants=())
MESURES = [JEUNES, PROJETS, TAUX, JALON]


def campagne(nombre=1):
    return CampagneMinuscule(MESURES, [structure(f"s{n}", "gresilles") for n in range(nombre)])


def anomalies(montee, regle=None):
    lignes = montee.construire().lignes("SELECT * FROM collecte.anomalie ORDER BY annee, repondant_id")
    assert not any("None" in ligne["message"] for ligne in lignes)
    return [ligne for ligne in lignes if regle in (None, ligne["regle"])]


def repondu(*reponses):
    """A form of 2025 from (key, {code: value})."""
    montee = campagne()
    for cle, codes in reponses:
        montee.repondre("s0", 2025, cle, **codes)
    return montee


@pytest.mark.parametrize(
    ("adherents", "familles", "signale"), [(119, 120, True), (120, 120, False), (300, 120, False)]
)
def test_il_y_a_au_moins_un_adherent_par_famille(adherents, familles, signale):
    montee = repondu(("v:adherents", {"valeur": adherents}), ("v:familles", {"valeur": familles}))
    trouvees = anomalies(montee)
    assert [a["regle"] for a in trouvees] == ["adherents_sous_les_familles"] * signale
    if signale:
        assert trouvees[0]["message"].startswith("Moins d’adhérents (119) que de familles (120)")


def test_un_petit_effectif_compare_ne_se_cite_pas():
    montee = repondu(("v:adherents", {"valeur": 3}), ("v:familles", {"valeur": 12}))
    (anomalie,) = anomalies(montee)
    assert anomalie["message"].startswith("Moins d’adhérents ((effectif non montré)) que de familles (12)")
    montee = repondu(("i:T", {"numerateur": 4, "denominateur": 3}))
    (anomalie,) = anomalies(montee)
    assert "(effectif non montré) sur (effectif non montré)" in anomalie["message"]


PARTS = ("v:adherents-territoire", "v:adherents-autres-quartiers", "v:adherents-hors-ville")


@pytest.mark.parametrize(
    ("parts", "signale"),
    [
        ((60, 30, 10), False),
        ((60, 30, 11), False),
        ((60, 30, 9), False),
        ((60, 30, 11.5), True),
        ((60, 30, 8.5), True),
        ((60, 30, None), False),
        ((60, 45, None), True),
    ],
)
def test_les_parts_font_cent_a_un_point_pres(parts, signale):
    montee = repondu(*((cle, {"valeur": part}) for cle, part in zip(PARTS, parts, strict=True)))
    trouvees = anomalies(montee)
    assert [a["regle"] for a in trouvees] == ["parts_sans_cent"] * signale
    if parts == (60, 30, 11.5):
        assert "par territoire fait 101,5\u202f%" in trouvees[0]["message"]


@pytest.mark.parametrize(("part", "signale"), [(5001, False), (5002, True), (4000, False)])
def test_un_dont_ne_depasse_pas_son_poste(part, signale):
    montee = repondu(("c:subventions", {"n": 5000}), ("c:subvention-ville", {"n": part}))
    assert [a["regle"] for a in anomalies(montee)] == ["dont_superieur"] * signale


@pytest.mark.parametrize(
    ("avant", "apres", "signale"),
    [(10, 29, 0), (10, 30, 1), (60, 21, 0), (60, 20, 1), (6, 18, 0), (7, 21, 1), (0, 40, 0), (40, 0, 1)],
)
def test_trois_fois_plus_ou_trois_fois_moins_que_l_annee_precedente(avant, apres, signale):
    montee = campagne()
    montee.repondre("s0", 2024, "i:N", valeur=avant)
    montee.repondre("s0", 2025, "i:N", valeur=apres)
    trouvees = anomalies(montee)
    assert [(a["regle"], a["gravite"]) for a in trouvees] == [("sauts", "a_confirmer")] * signale
    if (avant, apres) == (10, 30):
        assert ": 30, contre 10 l’année précédente, au moins trois fois plus." in trouvees[0]["message"]


def test_un_saut_se_voit_aussi_sur_les_adherents_et_sur_un_denominateur():
    montee = campagne()
    for annee, facteur in ((2024, 1), (2025, 10)):
        montee.repondre("s0", annee, "v:adherents", valeur=100 * facteur)
        montee.repondre("s0", annee, "i:T", numerateur=20, denominateur=40 * facteur)
    assert [a["cellule"] for a in anomalies(montee, "sauts")] == ["F10", "F12"]


@pytest.mark.parametrize(("valeur", "signale"), [(100, 0), (450, 0), (600, 1), (1000, 1), (21, 0), (17, 1)])
def test_loin_des_structures_de_son_type(valeur, signale):
    montee = campagne(7)
    for n, ordinaire in enumerate((80, 90, 100, 100, 110, 120)):
        montee.repondre(f"s{n}", 2025, "i:N", valeur=ordinaire)
    montee.repondre("s6", 2025, "i:N", valeur=valeur)
    trouvees = anomalies(montee)
    assert [(a["regle"], a["gravite"], a["repondant_id"]) for a in trouvees] == [
        ("loin_des_semblables", "information", "s6")
    ] * signale


def test_cinq_semblables_au_moins_pour_comparer():
    montee = campagne(5)
    for n, valeur in enumerate((90, 100, 100, 110, 9000)):
        montee.repondre(f"s{n}", 2025, "i:N", valeur=valeur)
    assert anomalies(montee) == []


def _remplir(montee, qui, annee, change=0, reponses=12):
    for n in range(reponses):
        montee.repondre(
            qui, annee, f"i:N@{QUARTIERS[n % 9]}" if n < 9 else CHAMPS[n - 9], valeur=20 + n + change * n
        )


QUARTIERS = (
    "toison-dor", "gresilles", "maladiere", "universite", "chevreul-parc", "centre-ville", "bourroches",
    "fontaine-douche", "montchapet",
)  # fmt: skip
CHAMPS = ("v:adherents", "v:salaries-permanents", "v:salaries-non-permanents")


def test_le_meme_rapport_pour_deux_structures():
    montee = campagne(2)
    _remplir(montee, "s0", 2025)
    _remplir(montee, "s1", 2025)
    trouvees = anomalies(montee)
    assert {a["regle"] for a in trouvees} == {"meme_rapport"}
    assert "les mêmes 12 nombres que celui de « s1 » pour 2025" in trouvees[0]["message"]
    autre = campagne(2)
    _remplir(autre, "s0", 2025)
    _remplir(autre, "s1", 2025, change=1)
    assert anomalies(autre) == []


def test_neuf_nombres_ne_suffisent_pas_a_parler_de_copie():
    montee = campagne(2)
    _remplir(montee, "s0", 2025, reponses=9)
    _remplir(montee, "s1", 2025, reponses=9)
    assert anomalies(montee) == []


@pytest.mark.parametrize(("changes", "signale"), [(0, 1), (1, 1), (2, 0)])
def test_le_rapport_de_l_an_dernier_renvoye(changes, signale):
    montee = campagne()
    _remplir(montee, "s0", 2024)
    for n in range(12):
        cle = f"i:N@{QUARTIERS[n]}" if n < 9 else CHAMPS[n - 9]
        montee.repondre("s0", 2025, cle, valeur=20 + n + (n < changes))
    assert [a["regle"] for a in anomalies(montee)] == ["meme_rapport"] * signale


@pytest.mark.parametrize(
    ("code", "jour", "signale"),
    [
        ("realise_le", "2026-06-01", 0),
        ("realise_le", "2026-06-02", 1),
        ("prevu_le", "2027-06-02", 0),
        ("prevu_le", "2023-01-01", 0),
        ("prevu_le", "2022-12-31", 1),
        ("prevu_le", "2044-01-01", 1),
    ],
)
def test_une_date_impossible(code, jour, signale):
    montee = campagne()
    montee.repondre("JE-1", 2025, "i:K", **{code: jour})
    assert [a["regle"] for a in anomalies(montee)] == ["date_impossible"] * signale


@pytest.mark.parametrize(
    ("rempli", "recu", "signale"),
    [
        (dt.date(2026, 6, 1), dt.datetime(2026, 6, 1, 9), 0),
        (dt.date(2026, 6, 2), dt.datetime(2026, 6, 1, 9), 1),
        (dt.date(2025, 1, 1), None, 0),
        (dt.date(2024, 12, 31), None, 1),
    ],
)
def test_un_formulaire_ne_se_remplit_ni_apres_sa_reception_ni_avant_son_annee(rempli, recu, signale):
    montee = campagne()
    montee.repondre("s0", 2025, "i:N", valeur=12)
    montee.dater("s0", 2025, rempli_le=rempli, recu_le=recu)
    assert [a["regle"] for a in anomalies(montee)] == ["date_de_saisie_impossible"] * signale


def test_une_structure_ne_compte_pas_plus_de_personnes_que_la_ville():
    assert [a["regle"] for a in anomalies(repondu(("i:J", {"valeur": 400_000})))] == ["taille_impossible"]
    assert anomalies(repondu(("i:J", {"valeur": 100_000}))) == []
    assert anomalies(repondu(("i:N", {"valeur": 400_000}))) == []  # projects are nobody


def test_un_taux_et_un_compte_venus_d_ailleurs_se_refusent_comme_dans_un_formulaire():
    base = repondu(("v:adherents-qf-800", {"valeur": 140}), ("i:N", {"valeur": -3})).construire()
    refus = base.lignes("SELECT regle FROM collecte.anomalie WHERE gravite = 'bloquant' ORDER BY 1")
    assert [r["regle"] for r in refus] == ["compte_negatif", "taux_hors_bornes"]
    assert base.mesure("N")["etat"] == "manquant"
