"""An anomaly accepted with a reason: kept, visible, and no longer counted; until what was read changes."""

import pytest
import yaml

from etl.construction.entrepot import _REJETS
from etl.controles.acceptation import entree_pour
from etl.saisies import SaisieRefusee, acceptations
from tests.exemples.campagne_minuscule import CONVENTION, CampagneMinuscule, indicateur, structure

SATISFACTION = indicateur("S", "satisfaction")
ENTREE = {
    "regle": "satisfaits_superieurs",
    "repondant_id": "a",
    "annee": 2025,
    "cle": "i:S",
    "code": "satisfaits",
    "action": "accepter",
    "raison": "Deux réponses par personne, confirmé par la structure",
    "fonction": "coordination",
    "le": "2026-11-21 10:00:00",
    "fictif": "non",
}


def campagne(satisfaits=21):
    montee = CampagneMinuscule([SATISFACTION], [structure("a", "gresilles")])
    montee.repondre("a", 2025, "i:S", proposes=30, repondants=20, satisfaits=satisfaits)
    return montee


def empreinte(montee):
    lignes = montee.construire().lignes("SELECT empreinte FROM interne.anomalie")
    return lignes[0]["empreinte"]


def ecrire(dossier, *entrees):
    textes = [yaml.safe_dump([e], allow_unicode=True).replace("'2026-11-21 10:00:00'", "2026-11-21 10:00:00")
              for e in entrees]  # fmt: skip
    (dossier / acceptations.FICHIER).write_text("".join(textes), encoding="utf-8")


def anomalies(base):
    return base.lignes("SELECT * FROM collecte.anomalie ORDER BY fichier")


def test_acceptee_la_valeur_compte_et_l_anomalie_reste_visible(tmp_path):
    ecrire(tmp_path, ENTREE | {"attendu": empreinte(campagne())})
    base = campagne().construire(tmp_path)
    (anomalie,) = anomalies(base)
    assert (anomalie["acceptee"], anomalie["gravite"]) == (True, "bloquant")
    assert anomalie["acceptation_raison"] == ENTREE["raison"]
    assert anomalie["acceptation_fonction"] == CONVENTION.fonctions["coordination"].libelle
    assert base.mesure("S")["valeur"] == 105  # kept as it was read
    assert base.une("collecte.attendu", repondant_id="a", annee=2025)["statut"] == "recu"
    assert base.lignes(_REJETS) == []


def test_sans_entree_la_reponse_est_refusee():
    base = campagne().construire()
    assert base.mesure("S")["etat"] == "manquant"
    assert len(base.lignes(_REJETS)) == 1


def test_ce_qui_a_ete_lu_ne_change_pas(tmp_path):
    ecrire(tmp_path, ENTREE | {"attendu": empreinte(campagne())})
    lu = "SELECT * FROM interne.lue ORDER BY ALL"
    assert campagne().construire(tmp_path).lignes(lu) == campagne().construire().lignes(lu)


@pytest.mark.parametrize(
    ("satisfaits", "regles"),
    [
        (22, ["satisfaits_superieurs", "acceptation_sans_objet"]),  # another value: the error is still there
        (20, ["acceptation_sans_objet"]),  # corrected
    ],
)
def test_une_entree_qui_ne_correspond_plus_a_rien_echoue(tmp_path, satisfaits, regles):
    ecrire(tmp_path, ENTREE | {"attendu": empreinte(campagne())})
    base = campagne(satisfaits).construire(tmp_path)
    trouvees = anomalies(base)
    assert [a["regle"] for a in trouvees] == regles
    assert not any(a["acceptee"] for a in trouvees)
    perimee = trouvees[-1]
    assert (perimee["fichier"], perimee["cellule"]) == ("saisies/corrections.yml", "entrée 1")
    assert perimee["gravite"] == "bloquant"
    assert "Retirez l’entrée de saisies/corrections.yml" in perimee["message"]
    assert any(r["fichier"] == "saisies/corrections.yml" for r in base.lignes(_REJETS))


def test_un_nouveau_fichier_qui_dit_la_meme_chose_reste_accepte(tmp_path):
    ecrire(tmp_path, ENTREE | {"attendu": empreinte(campagne())})
    montee = CampagneMinuscule([SATISFACTION], [structure("a", "gresilles")])
    montee.repondre("a", 2025, "v:familles", valeur=40)  # every address shifts by one
    montee.repondre("a", 2025, "i:S", proposes=30, repondants=20, satisfaits=21)
    (anomalie,) = anomalies(montee.construire(tmp_path))
    assert anomalie["acceptee"]


def test_une_entree_de_l_autre_campagne_ne_dit_rien(tmp_path):
    ecrire(tmp_path, ENTREE | {"attendu": "0" * 16, "fictif": "oui"})
    assert [a["regle"] for a in anomalies(campagne().construire(tmp_path))] == ["satisfaits_superieurs"]


@pytest.mark.parametrize(
    ("change", "mot"),
    [
        ({"raison": ""}, "il manque : raison"),
        ({"fonction": "le maire"}, "fonction « le maire » inconnue"),
        ({"action": "ignorer"}, "attendu accepter ou retirer"),
        ({"le": "hier"}, "attendu 2026-11-21T09:30:00"),
        ({"annee": "2025"}, "« annee » vaut « 2025 »"),
        ({"fictif": True}, "attendu oui ou non"),
        ({"couleur": "bleu"}, "champ inconnu : couleur"),
        ({"cellule": 12}, "« cellule » : attendu un texte"),
        ({"raison": "M. Durand l’a dit"}, "le nom d’une personne"),
        ({"repondant_id": None}, "on ne sait pas où"),
    ],
)
def test_chaque_faute_est_dite_avec_le_numero_de_son_entree(tmp_path, change, mot):
    faute = {k: v for k, v in (ENTREE | {"attendu": "0" * 16} | change).items() if v is not None}
    ecrire(tmp_path, ENTREE | {"attendu": "0" * 16}, faute)
    lignes, refusees = acceptations.lire(CONVENTION, False, tmp_path)
    assert [ligne["entree"] for ligne in lignes] == [1]
    ((fichier, anomalie),) = refusees
    assert (fichier, anomalie.cellule, anomalie.gravite) == (
        "saisies/corrections.yml",
        "entrée 2",
        "bloquant",
    )
    assert mot in anomalie.message
    assert anomalie.message.startswith("Entrée 2 non appliquée : ")


@pytest.mark.parametrize(
    ("texte", "mot"),
    [
        ("- regle: [a\n", "ne se lit pas à la ligne"),
        ("regle: x\n", "doit être une liste"),
        ("- regle: x", "peut-être coupée"),
    ],
)
def test_un_fichier_illisible_se_dit_sans_rien_casser(tmp_path, texte, mot):
    (tmp_path / acceptations.FICHIER).write_text(texte, encoding="utf-8")
    lignes, ((_, anomalie),) = acceptations.lire(CONVENTION, False, tmp_path)
    assert lignes == []
    assert mot in anomalie.message
    with pytest.raises(SaisieRefusee):
        acceptations.accepter({k: v for k, v in ENTREE.items() if k != "le"}, CONVENTION, tmp_path)
    assert (tmp_path / acceptations.FICHIER).read_text(encoding="utf-8") == texte


def test_depuis_la_file_on_accepte_et_l_entree_s_ajoute_a_la_suite(tmp_path):
    entrepot, saisies = tmp_path / "e.duckdb", tmp_path / "saisies"
    base = campagne().construire()
    base.connexion.execute(f"ATTACH '{entrepot}' AS copie; COPY FROM DATABASE memory TO copie; DETACH copie")
    (anomalie,) = anomalies(base)
    entree = entree_pour(entrepot, anomalie["id"], anomalie["message"])
    assert (entree["cle"], entree["code"]) == ("i:S", "satisfaits")
    choix = {"raison": "  confirmé par \n la structure ", "fonction": "coordination"}
    acceptations.accepter({**entree, **choix}, CONVENTION, saisies)
    (garde,) = anomalies(campagne().construire(saisies))
    assert (garde["acceptee"], garde["acceptation_raison"]) == (True, "confirmé par la structure")
    avant = (saisies / acceptations.FICHIER).read_bytes()
    acceptations.accepter({**entree, **choix}, CONVENTION, saisies)
    assert (saisies / acceptations.FICHIER).read_bytes().startswith(avant)
    with pytest.raises(SaisieRefusee, match="n’est plus dans la file"):
        entree_pour(entrepot, anomalie["id"], "une autre phrase")


def test_une_acceptation_perimee_se_retire_sans_rien_effacer(tmp_path):
    ecrire(tmp_path, ENTREE | {"attendu": empreinte(campagne())})
    avant = (tmp_path / acceptations.FICHIER).read_bytes()
    with pytest.raises(SaisieRefusee, match="fonction"):
        acceptations.retirer(1, "le maire", "corrigée", "non", CONVENTION, tmp_path)
    acceptations.retirer(1, "coordination", "corrigée par la structure", "non", CONVENTION, tmp_path)
    assert (tmp_path / acceptations.FICHIER).read_bytes().startswith(avant)
    assert anomalies(campagne(20).construire(tmp_path)) == []
    acceptations.retirer(1, "coordination", "encore", "non", CONVENTION, tmp_path)
    (refusee,) = anomalies(campagne(20).construire(tmp_path))
    assert "Entrée 3 non appliquée : elle retire l’entrée 1" in refusee["message"]


def test_l_empreinte_ne_sort_pas_de_l_entrepot_interne():
    base = campagne().construire()
    colonnes = base.lignes("DESCRIBE collecte.anomalie")
    assert {"empreinte", "compare"}.isdisjoint({c["column_name"] for c in colonnes})
