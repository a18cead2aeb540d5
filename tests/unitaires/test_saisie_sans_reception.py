"""A figure entered where nothing was received: it counts, says who entered it, and is no report."""

import datetime as dt
from pathlib import Path

import pytest

import ctg
from ctg import decisions, rapport_structure
from etl.saisies import SaisieRefusee, ajouter
from etl.saisies.corrections import RECUE
from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

JEUNES, PROJETS, TAUX = "JE-1.1.1-a", "JE-1.1.2-a", "EN-1.0.p4"


class Saisie:
    """Two centres sociaux, what they sent, and what a person entered for them."""

    def __init__(self, dossier):
        self.dossier = dossier
        self.campagne = CampagneMinuscule(
            [
                indicateur(JEUNES, unite_statistique="personne"),
                indicateur(PROJETS, unite_statistique="projet"),
                indicateur(TAUX, "rapport", unite_statistique="projet", unite="%"),
            ],
            [structure("foyer", "gresilles"), structure("relais", "maladiere")],
        )

    def recevoir(self, qui, cle, annee=2025, **codes):
        self.campagne.repondre(qui, annee, cle, **codes)

    def saisir(self, cle, nouvelle, ancienne="", qui="foyer", code="valeur", annee=2025):
        return ajouter(
            "valeurs",
            {
                "fonction": "coordination",
                "raison": "Dit au téléphone",
                "repondant_id": qui,
                "annee": annee,
                "cle": cle,
                "code": code,
                "ancienne": ancienne,
                "nouvelle": nouvelle,
            },
            self.campagne.referentiel,
            self.dossier,
        )

    def construire(self):
        return self.campagne.construire(self.dossier)


@pytest.fixture
def essai(tmp_path):
    return Saisie(tmp_path)


def regles(base):
    return sorted((a["regle"], a["gravite"]) for a in base.lignes("SELECT * FROM collecte.anomalie"))


def sorts(base):
    return [c["sort"] for c in base.lignes("SELECT sort FROM collecte.correction ORDER BY ligne")]


def test_un_chiffre_saisi_compte_et_ne_fait_pas_un_rapport(essai):
    essai.recevoir("relais", f"i:{PROJETS}", valeur=30)
    essai.saisir(f"i:{PROJETS}", "12")
    base = essai.construire()
    assert base.mesure(PROJETS)["valeur"] == 42
    assert base.mesure(PROJETS, "structure", "foyer")["valeur"] == 12
    statuts = base.lignes("SELECT repondant_id, statut FROM collecte.attendu WHERE annee = 2025")
    assert {x["repondant_id"]: x["statut"] for x in statuts if x["repondant_id"] in ("foyer", "relais")} == {
        "foyer": "attendu",
        "relais": "recu",
    }
    assert base.une("publication.campagne", annee=2025)["nb_recus"] == 1
    assert [f["fichier"] for f in base.lignes("SELECT fichier FROM collecte.fichier")] == ["relais_2025.xlsx"]
    assert sorts(base) == ["appliquee"] and regles(base) == []


def test_un_chiffre_saisi_dit_d_ou_il_vient(essai):
    essai.saisir(f"i:{PROJETS}", "12")
    base = essai.construire()
    provenance = base.une("collecte.provenance", repondant_id="foyer")
    assert (provenance["fichier"], provenance["feuille"], provenance["cellule"]) == (
        "saisies/valeurs.csv",
        None,
        "ligne 2",
    )
    assert (provenance["source"], provenance["saisie"]) == ("saisie à la main", 2)
    couverture = base.une("collecte.couverture", repondant_id="foyer", indicateur_id=PROJETS, annee=2025)
    assert (couverture["etat"], couverture["raison"]) == (
        "disponible",
        "Saisie à la main : rien n’a été reçu.",
    )


def test_une_campagne_sans_aucun_rapport_montre_ce_qui_y_est_saisi(essai):
    essai.recevoir("relais", f"i:{PROJETS}", valeur=30)
    essai.saisir(f"i:{PROJETS}", "20", annee=2023)
    base = essai.construire()
    assert base.mesure(PROJETS, periode_id="2023")["valeur"] == 20
    assert base.une("publication.campagne", annee=2023)["nb_recus"] == 0


def test_une_fiche_n_est_pas_recue_par_une_saisie(essai):
    essai.recevoir("foyer", f"i:{PROJETS}", valeur=None)
    essai.saisir(f"i:{PROJETS}", "12")  # a blank cell of its form
    essai.saisir(f"i:{JEUNES}", "40")  # a row that its form does not have
    base = essai.construire()
    assert base.mesure(PROJETS)["valeur"] == 12 and base.mesure(JEUNES)["valeur"] == 40
    assert base.lignes("FROM publication.etape") == []
    essai.recevoir("relais", f"i:{PROJETS}", valeur=30)
    assert [e["etape"] for e in essai.construire().lignes("FROM publication.etape")] == [
        "recue",
        "controlee",
    ]


@pytest.mark.parametrize("recu", [True, False])
def test_les_controles_jugent_ce_qui_est_saisi(recu, essai):
    if recu:
        essai.recevoir("foyer", f"i:{TAUX}", numerateur=30)
    else:
        essai.saisir(f"i:{TAUX}", "30", code="numerateur")
    essai.saisir(f"i:{TAUX}", "20", code="denominateur")
    base = essai.construire()
    assert ("numerateur_superieur", "bloquant") in regles(base)
    assert base.mesure(TAUX)["etat"] == "manquant"
    statut = base.une("collecte.attendu", repondant_id="foyer", annee=2025)["statut"]
    assert statut == ("a_corriger" if recu else "attendu")


@pytest.mark.parametrize(("ancienne", "corrigee"), [(10, "30"), (30, None)])
def test_on_ne_demande_pas_a_la_structure_de_corriger_notre_correction(ancienne, corrigee, essai):
    essai.recevoir("foyer", f"i:{TAUX}", numerateur=ancienne, denominateur=20)
    if corrigee:
        essai.saisir(f"i:{TAUX}", corrigee, str(ancienne), code="numerateur")
    base = essai.construire()
    assert regles(base) == [("numerateur_superieur", "bloquant")]
    requete = (Path(ctg.__file__).parent / "requetes/collecte_points.sql").read_text(encoding="utf-8")
    demandes = base.connexion.execute(requete, {"annee": 2025}).fetchall()
    assert len(demandes) == (0 if corrigee else 1)


def test_trois_fois_l_an_dernier_se_dit_a_la_ligne_du_registre(essai):
    essai.recevoir("foyer", f"i:{PROJETS}", annee=2024, valeur=30)
    essai.saisir(f"i:{PROJETS}", "100")
    anomalie = essai.construire().une("collecte.anomalie")
    assert (anomalie["regle"], anomalie["fichier"], anomalie["feuille"], anomalie["cellule"]) == (
        "sauts",
        "saisies/valeurs.csv",
        None,
        "ligne 2",
    )


@pytest.mark.parametrize(
    ("arrivee", "sort", "valeur", "signalees"),
    [
        (None, "appliquee", 12, []),
        (12, "recue_depuis", 12, []),
        (15, "perimee", 15, [("correction_perimee", "a_confirmer")]),
    ],
)
def test_ce_qui_arrive_ensuite_n_est_jamais_ecrase(arrivee, sort, valeur, signalees, essai):
    essai.saisir(f"i:{PROJETS}", "12")
    essai.recevoir("foyer", f"i:{PROJETS}", valeur=arrivee)
    base = essai.construire()
    assert base.mesure(PROJETS)["valeur"] == valeur
    assert sorts(base) == [sort] and regles(base) == signalees
    assert base.une("collecte.attendu", repondant_id="foyer", annee=2025)["statut"] == "recu"


@pytest.mark.parametrize(
    ("recu_le", "redite"), [(dt.datetime(2026, 6, 2), False), (dt.datetime(2127, 1, 1), True)]
)
def test_un_rapport_plus_recent_qui_redit_l_ancienne_valeur_le_fait_savoir(recu_le, redite, essai):
    essai.recevoir("foyer", f"i:{PROJETS}", valeur=45)
    essai.campagne.dater("foyer", 2025, recu_le.date(), recu_le)
    essai.saisir(f"i:{PROJETS}", "47", "45")
    base = essai.construire()
    assert base.mesure(PROJETS)["valeur"] == 47
    assert sorts(base) == ["maintenue" if redite else "appliquee"]
    assert regles(base) == ([("correction_maintenue", "information")] if redite else [])
    essai.saisir(f"i:{PROJETS}", RECUE, "47")
    assert regles(essai.construire()) == []


def test_la_valeur_recue_se_reprend_et_clot_la_question(essai):
    essai.recevoir("foyer", f"i:{PROJETS}", valeur=45)
    essai.saisir(f"i:{PROJETS}", "47", "45")
    essai.saisir(f"i:{PROJETS}", RECUE, "47")
    base = essai.construire()
    assert base.mesure(PROJETS)["valeur"] == 45
    assert sorts(base) == ["corrigee_depuis", "appliquee"] and regles(base) == []
    derniere = base.une("collecte.correction", ligne=3)
    assert (derniere["ancienne"], derniere["nouvelle"]) == ("47", "valeur reçue")
    assert base.une("collecte.provenance", indicateur_id=PROJETS)["saisie"] is None


def test_une_correction_perimee_se_tait_quand_quelqu_un_a_decide_depuis(essai):
    essai.recevoir("foyer", f"i:{PROJETS}", valeur=50)
    essai.saisir(f"i:{PROJETS}", "47", "45")  # it held 45 when that was decided
    assert regles(essai.construire()) == [("correction_perimee", "a_confirmer")]
    essai.saisir(f"i:{PROJETS}", RECUE, "50")  # what arrived is right
    base = essai.construire()
    assert base.mesure(PROJETS)["valeur"] == 50 and regles(base) == []


def test_la_page_dit_d_abord_les_corrections_a_revoir(essai):
    requete = (Path(ctg.__file__).parent / "requetes/decision_corrections.sql").read_text(encoding="utf-8")
    essai.recevoir("foyer", f"i:{PROJETS}", valeur=50)
    essai.saisir(f"i:{PROJETS}", "47", "45")
    constats = []
    for _ in range(2):
        lignes = essai.construire().connexion.execute(requete, {"annee": 2025}).df()
        constats.append(decisions.corrections(lignes, 2025, False).constat)
        essai.saisir(f"i:{PROJETS}", RECUE, "50")
    assert constats == ["À revoir : 1 correction d’une valeur qui a changé depuis", "2 corrections à la main"]


def test_reprendre_rien_retire_ce_qui_fut_saisi(essai):
    essai.recevoir("relais", f"i:{PROJETS}", valeur=30)
    essai.saisir(f"i:{PROJETS}", "12")
    essai.saisir(f"i:{PROJETS}", RECUE, "12")
    base = essai.construire()
    assert base.mesure(PROJETS)["valeur"] == 30 and regles(base) == []
    assert base.mesure(PROJETS, "structure", "foyer")["etat"] == "manquant"


def test_un_retour_rend_son_refus_a_une_case_illisible(essai):
    essai.recevoir("foyer", f"i:{TAUX}", numerateur=30, denominateur=20)
    essai.saisir(f"i:{TAUX}", "15", "30", code="numerateur")
    essai.saisir(f"i:{TAUX}", RECUE, "15", code="numerateur")
    assert regles(essai.construire()) == [("numerateur_superieur", "bloquant")]


@pytest.mark.parametrize(
    ("cle", "code", "saisie", "attendu"),
    [
        ("c:total-produits", "n", "120 000", "120 000 €"),
        ("c:total-produits", "n-1", "12 k€", "12 000 €"),
        ("v:adherents", "valeur", "300", "300 adhérents"),
        ("v:adherents", "valeur", "3", "secret statistique"),
        ("v:adherents", "valeur", "sans objet", "sans objet"),
        ("v:adherents", "valeur", "n.c.", None),
    ],
)
def test_les_chiffres_clefs_et_la_vie_de_la_structure_se_saisissent(cle, code, saisie, attendu, essai):
    essai.saisir(cle, saisie, code=code)
    base = essai.construire()
    lus = base.lignes("SELECT affichage FROM publication.chiffre_clef")
    lus += base.lignes("SELECT affichage FROM publication.vie_structure")
    assert [x["affichage"].replace("\u202f", " ").replace("\u00a0", " ") for x in lus] == (
        [attendu] if attendu else []
    )


@pytest.mark.parametrize(
    ("saisie", "valeur", "remarque"),
    [
        ("12 (dont 5 filles)", 12, "dont 5 filles"),
        ("12 (dont 3 filles)", 12, None),  # it tells a small count: it stays in the register
        ("environ 12", 12, "environ"),
        ("n.c.", None, None),
    ],
)
def test_les_mots_autour_d_un_nombre_suivent_la_table_des_nombres(saisie, valeur, remarque, essai):
    essai.campagne.repondre("foyer", 2025, f"i:{JEUNES}", remarque="dont 8 filles", valeur=20)
    essai.saisir(f"i:{JEUNES}", saisie, "20")
    (cellule,) = essai.construire().lignes("SELECT valeur, remarque, estime FROM interne.cellule")
    assert cellule["valeur"] == valeur
    if valeur is not None:
        assert cellule["remarque"] == remarque
    assert cellule["estime"] == saisie.startswith("environ")


def test_la_page_d_une_structure_dit_ce_qui_y_est_saisi(essai):
    essai.recevoir("foyer", "v:adherents", annee=2024, valeur=280)
    essai.saisir("v:adherents", "300")
    requete = (Path(ctg.__file__).parent / "requetes/structure_vie.sql").read_text(encoding="utf-8")
    lignes = essai.construire().connexion.execute(requete, {"structure": "foyer", "annee": 2025}).df()
    figure = rapport_structure.vie(lignes, False)
    assert figure.couverture == "1 rapport"
    assert figure.source == "rapports annuels de la structure, dont 1 chiffre saisi ou corrigé à la main"


def test_ce_qui_n_est_pas_demande_est_refuse(essai):
    with pytest.raises(SaisieRefusee, match="n’est pas demandée à foyer en 2025"):
        essai.saisir("i:PE-2.0.2-b", "12")


def test_une_structure_fermee_ne_se_saisit_pas(tmp_path):
    essai = Saisie(tmp_path)
    fermee = structure("foyer", "gresilles", fermee_le=dt.date(2024, 6, 30))
    essai.campagne = CampagneMinuscule([indicateur(PROJETS)], [fermee])
    for cle in (f"i:{PROJETS}", "v:adherents"):
        with pytest.raises(SaisieRefusee, match="n’est pas demandée à foyer en 2025"):
            essai.saisir(cle, "12")


def test_une_campagne_qui_n_est_pas_ouverte_est_dite(essai):
    essai.recevoir("foyer", f"i:{PROJETS}", valeur=45)
    essai.saisir(f"i:{PROJETS}", "12", annee=2027)
    anomalie = essai.construire().une("collecte.anomalie")
    assert anomalie["regle"] == "correction_perimee" and "vérifier l’année" in anomalie["message"]


def test_un_extrait_ne_change_pas_ce_qui_compte_avec_une_saisie(essai):
    essai.campagne.repondre("foyer", 2025, f"i:{PROJETS}", source="extrait:isaje", valeur=45)
    essai.saisir(f"i:{PROJETS}", "47", "45")
    base = essai.construire()
    assert base.mesure(PROJETS)["valeur"] == 47 and sorts(base) == ["appliquee"]
    assert base.lignes("FROM publication.etape") == []  # an extract makes no reception, nor does a correction
