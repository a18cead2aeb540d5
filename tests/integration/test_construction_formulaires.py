"""From a returned workbook to the warehouse: the cell of each value, the last submission, the refusals."""

import datetime as dt
import shutil
import zipfile

import pytest
from openpyxl import load_workbook

from ctg.entrepot import Entrepot
from ctg.referentiel import charger, dossier_par_defaut
from etl.canevas.redaction.ecriture import ecrire
from etl.canevas.redaction.questionnaire import ecrire_questionnaire
from etl.construction.entrepot import collecter, construire
from tests.exemples.formulaire_rempli import formulaire_de, rang_de, remplir

REFERENTIEL = charger(dossier_par_defaut())
PROJETS = ("i:JE-1.1.2-a", "valeur")


@pytest.fixture
def raw(tmp_path):
    dossier = tmp_path / "raw"
    dossier.mkdir()
    return dossier


def envoyer(raw, nom, reponses, *, rempli_le=None, annee=2025, fictif=False, atelier="atelier"):
    """Drop in `raw` the form of L'Archipel, filled; returns the address of each answer."""
    (chemin,) = ecrire(
        REFERENTIEL,
        annee,
        raw.parent / atelier,
        structure="archipel",
        reponses={"archipel": {}},
        rempli_le=rempli_le,
        fictif=fictif,
    )
    adresses = remplir(chemin, reponses)
    shutil.move(chemin, raw / nom)
    return adresses


def bati(raw):
    entrepot = raw.parent / "entrepot.duckdb"
    return construire((raw,), dossier_par_defaut(), entrepot), Entrepot(entrepot)


def valeur(entrepot, annee=2025):
    lue = entrepot.executer(
        "SELECT valeur FROM publication.mesure WHERE indicateur_id = 'JE-1.1.2-a' AND niveau = 'structure'"
        " AND territoire_id = 'archipel' AND annee = $annee AND ventilation = 'total' AND perimetre = 'tous'",
        annee=annee,
    )
    return lue.iat[0, 0] if len(lue) else None


def test_chaque_valeur_garde_sa_cellule(raw):
    adresses = envoyer(raw, "Rapport final (2).xlsx", {PROJETS: 14})
    bilan, entrepot = bati(raw)
    assert valeur(entrepot) == 14
    provenance = entrepot.executer(
        "SELECT fichier, feuille, cellule FROM collecte.provenance"
        " WHERE indicateur_id = 'JE-1.1.2-a' AND structure_id = 'archipel' AND periode_id = '2025'"
    )
    assert provenance[["fichier", "cellule"]].values.tolist() == [
        ["Rapport final (2).xlsx", adresses[PROJETS]]
    ]
    assert (bilan.nb_formulaires, bilan.fictif, bilan.rejets) == (1, False, ())


def test_un_texte_dans_un_nombre_refuse_sa_cellule_et_charge_le_reste(raw):
    trop = ("i:JE-1.1.3-a", "valeur")
    adresses = envoyer(raw, "a.xlsx", {PROJETS: 14, trop: "une dizaine"})
    bilan, entrepot = bati(raw)
    assert valeur(entrepot) == 14
    assert [(r.fichier, r.cellule) for r in bilan.rejets] == [("a.xlsx", adresses[trop])]
    statuts = entrepot.executer(
        "SELECT statut FROM collecte.attendu WHERE repondant_id = 'archipel' AND annee = 2025"
    )
    assert statuts.iat[0, 0] == "a_corriger"


def test_le_dernier_depot_gagne_et_le_precedent_est_garde(raw):
    envoyer(raw, "b_premier.xlsx", {PROJETS: 14}, rempli_le=dt.date(2026, 5, 1))
    envoyer(raw, "a_second.xlsx", {PROJETS: 41}, rempli_le=dt.date(2026, 6, 1))
    bilan, entrepot = bati(raw)
    assert valeur(entrepot) == 41
    fichiers = entrepot.executer(
        "SELECT fichier, statut, remplace_par FROM collecte.fichier ORDER BY fichier"
    )
    assert fichiers.fillna("").values.tolist() == [
        ["a_second.xlsx", "accepte", ""],
        ["b_premier.xlsx", "remplace", "a_second.xlsx"],
    ]
    anciens = entrepot.executer(
        "SELECT valeur FROM interne.cellule WHERE NOT retenu AND objet_id = 'JE-1.1.2-a'"
    )
    assert anciens["valeur"].dropna().tolist() == [14]
    assert bilan.rejets == ()


def test_ce_qui_est_remplace_n_est_plus_a_corriger(raw):
    envoyer(raw, "premier.xlsx", {PROJETS: "quatorze"}, rempli_le=dt.date(2026, 5, 1))
    bilan, _ = bati(raw)
    assert [rejet.fichier for rejet in bilan.rejets] == ["premier.xlsx"]
    envoyer(raw, "second.xlsx", {PROJETS: 14}, rempli_le=dt.date(2026, 6, 1))
    bilan, entrepot = bati(raw)
    assert bilan.rejets == ()
    restantes = entrepot.executer("SELECT fichier, gravite, remplacee FROM collecte.anomalie")
    assert ("premier.xlsx", "bloquant", True) in restantes.itertuples(index=False, name=None)
    assert entrepot.requete("collecte_anomalies", annee=2025)["fichier"].isin(["premier.xlsx"]).sum() == 0


def test_la_date_de_reception_decide_et_fait_le_retard(raw):
    envoyer(raw, "premier.xlsx", {PROJETS: 14}, rempli_le=dt.date(2026, 6, 1))
    envoyer(raw, "second.xlsx", {PROJETS: 41}, rempli_le=dt.date(2026, 5, 1))
    (raw / "receptions.csv").write_text(
        "fichier;sha256;recu_le;expediteur\npremier.xlsx;;2026-07-01;archipel\nsecond.xlsx;;20/07/2026;archipel\n",
        encoding="utf-8",
    )
    _, entrepot = bati(raw)
    assert valeur(entrepot) == 41
    ligne = entrepot.executer(
        "SELECT statut, fichier FROM collecte.attendu WHERE repondant_id = 'archipel' AND annee = 2025"
    )
    assert ligne["statut"].tolist() == ["en_retard"]  # due on 15 July 2026
    assert ligne["fichier"].tolist() == ["second.xlsx"]


def test_sans_date_on_n_est_jamais_en_retard(raw):
    envoyer(raw, "a.xlsx", {PROJETS: 14})
    _, entrepot = bati(raw)
    statuts = entrepot.executer(
        "SELECT statut FROM collecte.attendu WHERE repondant_id = 'archipel' AND annee = 2025"
    )
    assert statuts.iat[0, 0] == "recu"


def test_deux_depots_sans_ordre_sont_une_anomalie_jamais_un_choix(raw):
    envoyer(raw, "a.xlsx", {PROJETS: 14})
    envoyer(raw, "b.xlsx", {PROJETS: 41})
    bilan, entrepot = bati(raw)
    assert valeur(entrepot) is None
    assert {r.fichier for r in bilan.rejets} == {"a.xlsx", "b.xlsx"}
    assert all("aucun n’est retenu" in r.message for r in bilan.rejets)


def test_le_meme_fichier_deux_fois_se_lit_une_fois(raw):
    envoyer(raw, "a.xlsx", {PROJETS: 14})
    (raw / "copies").mkdir()
    shutil.copy(raw / "a.xlsx", raw / "copies" / "a (copie).xlsx")
    bilan, entrepot = bati(raw)
    assert valeur(entrepot) == 14
    assert bilan.rejets == ()
    statuts = entrepot.executer("SELECT statut FROM collecte.fichier ORDER BY fichier")["statut"].tolist()
    assert sorted(statuts) == ["accepte", "remplace"]


def test_un_formulaire_reel_remplace_le_fictif(raw):
    envoyer(raw, "fictif.xlsx", {PROJETS: 99}, fictif=True, rempli_le=dt.date(2026, 6, 30))
    envoyer(raw, "reel.xlsx", {PROJETS: 14}, rempli_le=dt.date(2026, 1, 1))
    bilan, entrepot = bati(raw)
    assert (valeur(entrepot), bilan.fictif) == (14, False)


def test_la_campagne_fictive_ne_sert_que_sans_formulaire_reel(raw):
    demo = raw.parent / "demo"
    demo.mkdir()
    envoyer(demo, "fictif.xlsx", {PROJETS: 99}, fictif=True)
    (raw / "note.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    collecte, ajoutee = collecter((raw, demo), REFERENTIEL)
    assert (ajoutee, [d.fichier for d in collecte.depots]) == (True, ["demo/fictif.xlsx"])
    envoyer(raw, "reel.xlsx", {PROJETS: 14})
    collecte, ajoutee = collecter((raw, demo), REFERENTIEL)
    assert (ajoutee, [d.fichier for d in collecte.depots]) == (False, ["reel.xlsx"])


def test_plusieurs_annees_font_une_evolution(raw):
    for annee, projets in ((2024, 20), (2025, 30)):
        envoyer(raw, f"{annee}.xlsx", {PROJETS: projets}, annee=annee)
    _, entrepot = bati(raw)
    evolution = entrepot.executer(
        "SELECT ecart, nb_communes FROM publication.evolution WHERE indicateur_id = 'JE-1.1.2-a'"
        " AND niveau = 'ville' AND perimetre = 'constant' AND base = 'precedente' AND type_structure = 'tous'"
    )
    assert evolution.values.tolist() == [[10, 1]]


def test_un_texte_qui_nomme_quelqu_un_n_est_pas_publie(raw):
    envoyer(
        raw,
        "a.xlsx",
        {
            ("t:points_forts", "texte"): "Mme Durand, 06 12 34 56 78, a très bien accueilli les familles.",
            ("t:points_faibles", "texte"): "Les locaux sont trop petits.",
        },
    )
    _, entrepot = bati(raw)
    textes = entrepot.executer("SELECT rubrique FROM publication.qualitatif WHERE structure_id = 'archipel'")
    assert textes["rubrique"].tolist() == ["points_faibles"]
    assert "texte_a_relire" in entrepot.executer("SELECT regle FROM collecte.anomalie")["regle"].tolist()


def test_un_nombre_demesure_refuse_sa_cellule_et_charge_le_reste(raw):
    trop = ("i:JE-1.1.3-a", "valeur")
    adresses = envoyer(raw, "a.xlsx", {PROJETS: 14, trop: 1e308})
    bilan, entrepot = bati(raw)
    assert valeur(entrepot) == 14
    (rejet,) = bilan.rejets
    assert rejet.cellule == adresses[trop]
    assert "trop grand pour être vrai" in rejet.message


def test_une_ligne_collee_deux_fois_n_arrete_pas_la_construction(raw):
    """Places, staff and accounts have one value by structure and year: two rows of one key broke the key."""
    envoyer(raw, "a.xlsx", {PROJETS: 14, ("v:adherents", "valeur"): 509})
    classeur = load_workbook(raw / "a.xlsx")
    feuille = formulaire_de(classeur)
    feuille.append([cellule.value for cellule in feuille[rang_de(feuille, "v:adherents")]])
    classeur.save(raw / "a.xlsx")
    bilan, entrepot = bati(raw)
    assert valeur(entrepot) == 14
    lue = entrepot.executer(
        "SELECT DISTINCT etat FROM publication.vie_structure WHERE champ_id = 'adherents'"
    )
    assert lue["etat"].tolist() == ["manquant"]
    assert "figure plusieurs fois" in " ".join(rejet.message for rejet in bilan.rejets)


def test_un_texte_a_relire_n_entre_pas_dans_l_entrepot(raw):
    adresses = envoyer(
        raw,
        "a.xlsx",
        {
            ("t:points_forts", "texte"): "Merci à Mme Durand.",
            ("i:AVS-1.0.4-a", "texte"): "Merci à Mme Durand.",
            PROJETS: 14,
            ("i:JE-1.1.2-a", "remarque"): "voir avec Mme Durand",
        },
    )
    _, entrepot = bati(raw)
    cellules = entrepot.executer(
        "SELECT cellule, texte, remarque FROM interne.cellule WHERE etat = 'a_relire' OR remarque_a_relire"
    )
    attendues = {adresses["t:points_forts", "texte"], adresses["i:AVS-1.0.4-a", "texte"], adresses[PROJETS]}
    assert set(cellules["cellule"]) == attendues
    assert cellules[["texte", "remarque"]].isna().all(axis=None)
    lue = entrepot.executer(
        "SELECT raison FROM publication.mesure WHERE indicateur_id = 'AVS-1.0.4-a' AND niveau = 'structure'"
        " AND territoire_id = 'archipel'"
    )
    assert set(lue["raison"]) == {"Texte reçu, à relire avant diffusion."}
    assert valeur(entrepot) == 14


def attendu(entrepot):
    return entrepot.executer(
        "SELECT statut, fichier, raison FROM collecte.attendu"
        " WHERE repondant_id = 'archipel' AND annee = 2025"
    ).to_dict("records")[0]


def test_un_formulaire_vide_n_est_pas_un_rapport(raw):
    envoyer(raw, "vide.xlsx", {})
    envoyer(raw.parent, "fictif.xlsx", {PROJETS: 9}, fictif=True)
    demo = raw.parent / "demo"
    demo.mkdir()
    shutil.move(raw.parent / "fictif.xlsx", demo)
    bilan = construire((raw, demo), dossier_par_defaut(), raw.parent / "entrepot.duckdb")
    assert bilan.demo_ajoutee
    assert valeur(Entrepot(bilan.entrepot)) == 9
    (rejet,) = bilan.rejets
    assert (rejet.fichier, "aucune case n’est remplie" in rejet.message) == ("vide.xlsx", True)
    bilan, entrepot = bati(raw)
    assert (attendu(entrepot)["statut"], bilan.nb_formulaires) == ("refuse", 0)


def test_un_formulaire_vide_ne_dispute_pas_la_place_au_rempli(raw):
    envoyer(raw, "a_vide.xlsx", {})
    envoyer(raw, "b_rempli.xlsx", {PROJETS: 14})
    _, entrepot = bati(raw)
    assert valeur(entrepot) == 14
    assert attendu(entrepot)["statut"] == "recu"


def test_deux_formulaires_sans_ordre_ne_sont_plus_attendus_mais_a_departager(raw):
    envoyer(raw, "a.xlsx", {PROJETS: 14})
    envoyer(raw, "b.xlsx", {PROJETS: 15})
    _, entrepot = bati(raw)
    vu = attendu(entrepot)
    assert vu["statut"] == "refuse"
    assert "receptions.csv" in vu["raison"]
    campagne = entrepot.executer("SELECT nb_recus, nb_acceptes FROM publication.campagne WHERE annee = 2025")
    assert campagne.values.tolist() in ([[1, 0]], [])


def test_un_envoi_refuse_apres_un_accepte_est_a_corriger(raw):
    envoyer(raw, "a.xlsx", {PROJETS: 14}, rempli_le=dt.date(2026, 5, 1))
    envoyer(raw, "b.xlsx", {}, rempli_le=dt.date(2026, 6, 1))
    _, entrepot = bati(raw)
    assert valeur(entrepot) == 14
    vu = attendu(entrepot)
    assert (vu["statut"], vu["fichier"]) == ("a_corriger", "a.xlsx")
    assert "vide" in vu["raison"]


def test_un_envoi_refuse_avant_un_accepte_n_est_plus_a_corriger(raw):
    envoyer(raw, "a.xlsx", {}, rempli_le=dt.date(2026, 5, 1))
    envoyer(raw, "b.xlsx", {PROJETS: 14}, rempli_le=dt.date(2026, 6, 1))
    assert attendu(bati(raw)[1])["statut"] == "recu"


def ods(chemin):
    with zipfile.ZipFile(chemin, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")


@pytest.mark.parametrize(
    ("nom", "ecrire_fichier", "dit"),
    [
        ("rapport.ods", ods, "abîmé"),
        ("rapport.xls", lambda c: c.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99), "abîmé"),
        ("abime.xlsx", lambda c: c.write_bytes(b"PK\x03\x04" + b"\0" * 999), "abîmé"),
        ("faux.xlsx", lambda c: c.write_bytes(b"bonjour"), "son contenu est du texte"),
    ],
)
def test_un_classeur_illisible_recoit_le_bon_conseil(raw, nom, ecrire_fichier, dit):
    ecrire_fichier(raw / nom)
    bilan, _ = bati(raw)
    (rejet,) = bilan.rejets
    assert dit in rejet.message
    assert "CSV" not in rejet.message


def test_le_questionnaire_vierge_est_ignore_avec_sa_phrase(raw):
    ecrire_questionnaire(REFERENTIEL, 2025, raw)
    bilan, entrepot = bati(raw)
    (rejet,) = bilan.rejets
    assert "document d’aide" in rejet.message
    assert entrepot.executer("SELECT statut FROM collecte.fichier").iat[0, 0] == "ignore"
