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


def fautifs(regle, cas):
    """Who is told off by `regle`, one structure per case: a case is {year: [(key, {code: value})]}."""
    montee = campagne(len(cas))
    for n, annees in enumerate(cas):
        for annee, reponses in annees.items():
            for cle, codes in reponses:
                montee.repondre(f"s{n}", annee, cle, **codes)
    trouvees = anomalies(montee)
    assert {a["regle"] for a in trouvees} <= {regle}
    return [int(a["repondant_id"][1:]) for a in trouvees], trouvees


def test_il_y_a_au_moins_un_adherent_par_famille():
    cas = [
        {2025: [("v:adherents", {"valeur": adherents}), ("v:familles", {"valeur": 120})]}
        for adherents in (119, 120, 300)
    ]
    qui, trouvees = fautifs("adherents_sous_les_familles", cas)
    assert qui == [0]
    assert trouvees[0]["message"].startswith("Moins d’adhérents (119) que de familles (120)")


def test_un_petit_effectif_compare_ne_se_cite_pas():
    montee = repondu(("v:adherents", {"valeur": 3}), ("v:familles", {"valeur": 12}))
    (anomalie,) = anomalies(montee)
    assert anomalie["message"].startswith("Moins d’adhérents ((effectif non montré)) que de familles (12)")
    montee = repondu(("i:T", {"numerateur": 4, "denominateur": 3}))
    (anomalie,) = anomalies(montee)
    assert "(effectif non montré) sur (effectif non montré)" in anomalie["message"]


PARTS = ("v:adherents-territoire", "v:adherents-autres-quartiers", "v:adherents-hors-ville")


def test_les_parts_font_cent_a_un_point_pres():
    parts = [
        (60, 30, 10),
        (60, 30, 11),
        (60, 30, 9),
        (60, 30, 11.5),
        (60, 30, 8.5),
        (60, 30, None),
        (60, 45, None),
    ]
    de_quoi = ("v:adherents", {"valeur": 1_000})  # of how many: else the parts themselves are not shown
    cas = [{2025: [de_quoi, *((cle, {"valeur": v}) for cle, v in zip(PARTS, p, strict=True))]} for p in parts]
    qui, trouvees = fautifs("parts_sans_cent", cas)
    assert qui == [3, 4, 6]
    assert "par territoire fait 101,5\u202f%" in trouvees[0]["message"]


def test_un_dont_ne_depasse_pas_son_poste():
    cas = [
        {2025: [("c:subventions", {"n": 5000}), ("c:subvention-ville", {"n": part})]}
        for part in (5001, 5002, 4000)
    ]
    assert fautifs("dont_superieur", cas)[0] == [1]


def test_trois_fois_plus_ou_trois_fois_moins_que_l_annee_precedente():
    couples = [(10, 29), (10, 30), (60, 21), (60, 20), (6, 18), (7, 21), (0, 40), (40, 0)]
    cas = [{2024: [("i:N", {"valeur": n})], 2025: [("i:N", {"valeur": m})]} for n, m in couples]
    qui, trouvees = fautifs("sauts", cas)
    assert qui == [1, 3, 5, 7]
    assert {a["gravite"] for a in trouvees} == {"a_confirmer"}
    assert ": 30, contre 10 l’année précédente, au moins trois fois plus." in trouvees[0]["message"]
    assert ": 20, contre 60 l’année précédente, au moins trois fois moins." in trouvees[1]["message"]


def test_un_saut_se_voit_aussi_sur_les_adherents_et_sur_un_denominateur():
    montee = campagne()
    for annee, facteur in ((2024, 1), (2025, 10)):
        montee.repondre("s0", annee, "v:adherents", valeur=100 * facteur)
        montee.repondre("s0", annee, "i:T", numerateur=20, denominateur=40 * facteur)
    assert [a["cellule"] for a in anomalies(montee, "sauts")] == ["F10", "F12"]


def test_loin_des_structures_de_son_type():
    """One measure per case: six ordinary structures, then the one that is judged."""
    juges = {"A": 100, "B": 450, "C": 600, "D": 1000, "E": 21, "F": 17}
    montee = CampagneMinuscule(
        [indicateur(i, unite="projets") for i in juges], [structure(f"s{n}", "gresilles") for n in range(7)]
    )
    for mesure, juge in juges.items():
        for n, valeur in enumerate((80, 90, 100, 100, 110, 120, juge)):
            montee.repondre(f"s{n}", 2025, f"i:{mesure}", valeur=valeur)
    trouvees = anomalies(montee)
    assert {(a["regle"], a["gravite"], a["repondant_id"]) for a in trouvees} == {
        ("loin_des_semblables", "information", "s6")
    }
    assert sorted(a["cellule"] for a in trouvees) == ["F12", "F13", "F15"]  # C, D and F


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


@pytest.mark.parametrize(("nombres", "change", "signale"), [(7, 0, 0), (8, 0, 2), (8, 1, 0)])
def test_un_formulaire_court_recopie_d_une_structure_a_l_autre(nombres, change, signale):
    """A crèche gives nine numbers: when all are those of another one, one of the two was copied."""
    montee = campagne(2)
    _remplir(montee, "s0", 2025, reponses=nombres)
    _remplir(montee, "s1", 2025, reponses=nombres, change=change)
    assert [a["regle"] for a in anomalies(montee)] == ["meme_rapport"] * signale


@pytest.mark.parametrize(("changes", "signale"), [(0, 1), (1, 1), (2, 0)])
def test_le_rapport_de_l_an_dernier_renvoye(changes, signale):
    montee = campagne()
    _remplir(montee, "s0", 2024)
    for n in range(12):
        cle = f"i:N@{QUARTIERS[n]}" if n < 9 else CHAMPS[n - 9]
        montee.repondre("s0", 2025, cle, valeur=20 + n + (n < changes))
    assert [a["regle"] for a in anomalies(montee)] == ["meme_rapport"] * signale


def test_le_rapport_de_l_an_dernier_aux_comptes_pres():
    """The accounts change by themselves: beside them, last year's answers pasted again are said."""
    montee = campagne()
    for annee in (2024, 2025):
        _remplir(montee, "s0", annee)
        comptes = {"n-1": 1e5 + annee, "n": 2e5 + annee, "n+1": 3e5 + annee}
        montee.repondre("s0", annee, "c:produits-total", **comptes)
    assert "meme_rapport" in [a["regle"] for a in anomalies(montee)]


def test_une_date_impossible():
    cas = {
        "JE-1": ("realise_le", "2026-06-01"),
        "JE-2": ("realise_le", "2026-06-02"),
        "JE-3": ("prevu_le", "2027-06-02"),
        "PE-1": ("prevu_le", "2023-01-01"),
        "PE-2": ("prevu_le", "2022-12-31"),
        "PE-3": ("prevu_le", "2044-01-01"),
    }
    montee = campagne()
    for fiche, (code, jour) in cas.items():
        montee.repondre(fiche, 2025, "i:K", **{code: jour})
    trouvees = anomalies(montee)
    assert [(a["regle"], a["repondant_id"]) for a in trouvees] == [
        ("date_impossible", fiche) for fiche in ("JE-2", "PE-2", "PE-3")
    ]
    assert "réalisé le 02/06/2026, après l’envoi du 01/06/2026" in trouvees[0]["message"]


def test_un_formulaire_ne_se_remplit_ni_apres_sa_reception_ni_avant_son_annee():
    cas = [
        (dt.date(2026, 6, 1), dt.datetime(2026, 6, 1, 9)),
        (dt.date(2026, 6, 2), dt.datetime(2026, 6, 1, 9)),
        (dt.date(2025, 1, 1), None),
        (dt.date(2024, 12, 31), None),
    ]
    montee = campagne(len(cas))
    for n, (rempli, recu) in enumerate(cas):
        montee.repondre(f"s{n}", 2025, "i:N", valeur=12)
        montee.dater(f"s{n}", 2025, rempli_le=rempli, recu_le=recu)
    assert [(a["regle"], a["repondant_id"]) for a in anomalies(montee)] == [
        ("date_de_saisie_impossible", "s1"),
        ("date_de_saisie_impossible", "s3"),
    ]


def test_une_structure_ne_compte_pas_plus_de_personnes_que_la_ville():
    assert [a["regle"] for a in anomalies(repondu(("i:J", {"valeur": 400_000})))] == ["taille_impossible"]
    assert anomalies(repondu(("i:J", {"valeur": 100_000}))) == []
    assert anomalies(repondu(("i:N", {"valeur": 400_000}))) == []  # projects are nobody


def test_un_taux_et_un_compte_venus_d_ailleurs_se_refusent_comme_dans_un_formulaire():
    base = repondu(("v:adherents-qf-800", {"valeur": 140}), ("i:N", {"valeur": -3})).construire()
    refus = base.lignes("SELECT regle FROM collecte.anomalie WHERE gravite = 'bloquant' ORDER BY 1")
    assert [r["regle"] for r in refus] == ["compte_negatif", "taux_hors_bornes"]
    assert base.mesure("N")["etat"] == "manquant"


@pytest.mark.parametrize("cle", ["v:adherents-qf-800", "i:P"])
@pytest.mark.parametrize(("part", "refuse"), [(-0.5, True), (0, False), (100, False), (100.5, True)])
def test_un_pourcentage_negatif_est_un_taux_hors_bornes_et_non_un_compte(cle, part, refuse):
    montee = CampagneMinuscule([indicateur("P", unite="%")], [structure("s0", "gresilles")])
    montee.repondre("s0", 2025, cle, valeur=part)
    assert [a["regle"] for a in anomalies(montee)] == ["taux_hors_bornes"] * refuse


@pytest.mark.parametrize(
    ("nombres", "change", "signale"),
    [
        ((40, 12, 45, 38, 3, 2), 0, 1),  # a short form, sent again
        ((40, 12, 45, 38, 3, 2), 1, 0),
        ((40, 12, 45, 8, 3, 2), 0, 0),  # three numbers of two digits: chance
        ((40, 12, 45, 38, 3), 0, 0),  # five numbers
        ((40, 12, 45, 38, 0, 2), 0, 0),  # a zero says nothing
    ],
)
def test_un_formulaire_court_renvoye_l_annee_suivante(nombres, change, signale):
    montee = campagne()
    for annee, de_plus in ((2024, 0), (2025, change)):
        for lieu, nombre in zip(QUARTIERS, nombres, strict=False):
            montee.repondre("s0", annee, f"i:N@{lieu}", valeur=nombre + de_plus * (nombre == 45))
    assert [a["regle"] for a in anomalies(montee)] == ["meme_rapport"] * signale
