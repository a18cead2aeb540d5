"""A drop examined before it is accepted, then what goes back to its sender: forms of the real convention."""

import datetime as dt
import io
import shutil
import zipfile

import duckdb
import pytest
from openpyxl import load_workbook

from ctg.entrepot import Entrepot
from ctg.referentiel import charger, dossier_par_defaut
from etl.anomalie import Anomalie
from etl.canevas.redaction.ecriture import ecrire
from etl.construction.entrepot import construire
from etl.reception import acceptation, constat, examen, lots
from etl.renvois import courrier, lecture, retours
from etl.renvois.points import a_renvoyer
from tests.exemples.formulaire_rempli import formulaire_de, rang_de, remplir

CONVENTION = charger(dossier_par_defaut())
ENFANTS = ("i:EN-1.0.p1", "valeur")
ENFANTS_3_5 = ("i:EN-1.0.p1#age-enfants=3-5", "valeur")
BESOINS = ("i:EN-4.0.p6", "texte")
FAMILLES = ("v:familles", "valeur")
AVRIL = dt.datetime(2026, 4, 1)


@pytest.fixture(scope="module")
def vierge(tmp_path_factory):
    (chemin,) = ecrire(CONVENTION, 2025, tmp_path_factory.mktemp("vierge"), structure="archipel")
    return chemin


@pytest.fixture(scope="module")
def premiere_ville(tmp_path_factory, vierge):
    """One report received in March: 105 children of whom 20 are 3 to 5, 191 families, a need in words."""
    racine = tmp_path_factory.mktemp("ville")
    raw = racine / "raw"
    raw.mkdir()
    premier = raw / "premier.xlsx"
    shutil.copy(vierge, premier)
    remplir(premier, {ENFANTS: 105, ENFANTS_3_5: 20, FAMILLES: 191, BESOINS: "Des mini-camps en août."})
    (raw / "receptions.csv").write_text("fichier;recu_le\npremier.xlsx;2026-03-01\n", encoding="utf-8")
    construire((raw,), dossier_par_defaut(), racine / "w.duckdb")
    return racine


@pytest.fixture
def ville(tmp_path, premiere_ville):
    """Its folder, its report, its drops, its warehouse; one's own."""
    shutil.copytree(premiere_ville, tmp_path, dirs_exist_ok=True)
    raw = tmp_path / "raw"
    return raw, raw / "premier.xlsx", tmp_path / "depots", tmp_path / "w.duckdb"


def examiner(ville, fichiers, recu_le=AVRIL):
    raw, _, depots, entrepot = ville
    lots.deposer([(chemin.name, chemin.read_bytes()) for chemin in fichiers], depots)
    lot = lots.en_attente(depots)[0]
    dates = {piece.nom: recu_le for piece in lot.pieces}
    return lot, examen.examiner(lot, dates, dossier_par_defaut(), (raw,), entrepot).fichiers


def envoi_de(premier, tmp_path, reponses):
    envoi = tmp_path / "second.xlsx"
    shutil.copy(premier, envoi)
    remplir(envoi, reponses)
    return envoi


def test_un_nouvel_envoi_dit_ce_qu_il_change_sans_montrer_les_petits_nombres(ville, tmp_path):
    envoi = envoi_de(
        ville[1], tmp_path, {ENFANTS: 132, ENFANTS_3_5: 3, FAMILLES: "sans objet", BESOINS: "Autre chose."}
    )
    lot, lus = examiner(ville, [envoi])
    lu = lus["second.xlsx"]
    assert (lu.etat, lu.reponses) == (constat.CHARGE, 4)
    assert lu.rapports[0].nom == "L’Archipel" and [v.fichier for v in lu.rapports[0].voisins] == [
        "premier.xlsx"
    ]
    assert {
        (d.question.rsplit(" — ")[-1], d.avant, d.apres) for d in lu.differences if "enfants" in d.question
    } >= {("3 à 5 ans", "20 enfants", "(non montré : petit effectif possible)")}
    vus = {(d.avant, d.apres) for d in lu.differences}
    assert vus == {
        ("105 enfants", "132 enfants"),
        ("20 enfants", "(non montré : petit effectif possible)"),
        ("191 familles", "sans objet"),
        ("texte de 23 caractères", "texte de 12 caractères"),
    }
    assert not {"second.xlsx"} & {chemin.name for chemin in ville[0].rglob("*")}

    # what was said is what happens
    raw, _, depots, entrepot = ville
    acceptation.accepter(lot, {"second.xlsx": AVRIL}, raw, depots)
    construire((raw,), dossier_par_defaut(), entrepot)
    with duckdb.connect(str(entrepot), read_only=True) as connexion:
        gardees = connexion.execute("SELECT avant, apres FROM collecte.difference").fetchall()
    assert set(gardees) == vus
    assert lots.en_attente(depots) == []


def test_un_envoi_plus_ancien_ne_remplace_rien_et_sa_date_le_decide(ville, tmp_path):
    envoi = envoi_de(ville[1], tmp_path, {ENFANTS: 132})
    _, lus = examiner(ville, [envoi], recu_le=dt.datetime(2026, 2, 1))
    assert lus["second.xlsx"].etat == constat.ANCIEN and not lus["second.xlsx"].differences
    assert "premier.xlsx" in lus["second.xlsx"].message


def test_les_memes_reponses_enregistrees_de_nouveau_ne_sont_pas_dites_plus_anciennes(ville, tmp_path):
    le_meme_jour = dt.datetime(2026, 3, 1)
    _, lus = examiner(ville, [envoi_de(ville[1], tmp_path, {})], recu_le=le_meme_jour)
    lu = lus["second.xlsx"]
    assert (lu.etat, lu.message) == (constat.IDENTIQUE, "Même contenu que « premier.xlsx ».")


def test_ce_qui_est_deja_la_est_dit_et_n_est_pas_garde_deux_fois(ville, tmp_path):
    raw, premier, depots, _ = ville
    copie = tmp_path / "le même sous un autre nom.xlsx"
    shutil.copy(premier, copie)
    lot, lus = examiner(ville, [copie])
    assert lus[copie.name].etat == constat.DEJA and "premier.xlsx" in lus[copie.name].message
    fait = acceptation.accepter(lot, {copie.name: AVRIL}, raw, depots)
    assert (fait.dossier, fait.entres, fait.deja) == (None, (), (copie.name,))
    assert not (raw / "recus").exists() and lots.en_attente(depots) == []


def test_des_donnees_ouvertes_disent_leurs_valeurs_nouvelles_et_changees(ville, tmp_path):
    source = dossier_par_defaut().parents[1] / "raw" / "diagnostics" / "diagnostics_dijon.csv"
    _, lus = examiner(ville, [source])
    lu = lus[source.name]
    assert (lu.etat, lu.changees) == (constat.CHARGE, 0) and lu.nouvelles > 8000


def test_une_republication_dit_les_valeurs_qu_elle_fait_disparaitre(ville, tmp_path):
    raw, _, _, entrepot = ville
    entetes = "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5\n"
    (raw / "data_CAF_2015_IRIS.csv").write_text(f"{entetes}212310101;0;1581{';2147' * 9}\n")
    construire((raw,), dossier_par_defaut(), entrepot)
    revue = tmp_path / "caf_iris_2015_revue.csv"
    revue.write_text(f"{entetes}212310101;0;1590{';2147' * 9}\n")
    _, lus = examiner(ville, [revue])
    lu = lus[revue.name]
    assert (lu.source, lu.nouvelles, lu.changees) == ("Allocataires des Caf par IRIS", 0, 1)
    assert any("aucune n’est retenue" in a.message for a in lu.anomalies)


def test_un_fichier_inconnu_est_refuse_avec_sa_raison(ville, tmp_path):
    inconnu = tmp_path / "notes.csv"
    inconnu.write_text("a;b\n1;2\n", encoding="utf-8")
    _, lus = examiner(ville, [inconnu])
    assert lus["notes.csv"].etat == constat.REFUSE and "non reconnu" in lus["notes.csv"].message
    assert lus["notes.csv"].renvoi is None  # nobody can correct it


def test_un_formulaire_a_corriger_revient_marque_puis_remplace_son_premier_envoi(ville, tmp_path):
    raw, premier, depots, entrepot = ville
    envoi = envoi_de(premier, tmp_path, {FAMILLES: "beaucoup"})
    lot, lus = examiner(ville, [envoi])
    renvoi = lus["second.xlsx"].renvoi
    assert renvoi.expediteur == "L’Archipel" and not renvoi.rien_charge
    acceptation.accepter(lot, {"second.xlsx": AVRIL}, raw, depots)
    construire((raw,), dossier_par_defaut(), entrepot)

    (renvoi,) = lecture.lire(entrepot, 2025)
    retour = retours.ecrire(renvoi, retours.chemin_de(renvoi.fichier, (raw,)), tmp_path / "r", AVRIL.date())
    texte = retour.texte.read_text(encoding="utf-8")
    assert "FICTIVES" not in texte and "receptions.csv" not in texte
    assert "« second.xlsx », le 1er avril 2026" in texte
    assert "avant le 15 juillet 2026" in texte
    classeur = load_workbook(retour.copie)
    feuille = formulaire_de(classeur)
    cellule = feuille.cell(rang_de(feuille, "v:familles"), 6)
    assert cellule.comment and cellule.coordinate in texte and retour.copie.name in texte

    cellule.value = 200
    classeur.save(retour.copie)
    _, lus = examiner(ville, [retour.copie], recu_le=AVRIL)  # the same day: it is its marked copy
    (lu,) = lus.values()
    assert lu.etat == constat.CHARGE
    assert [(d.avant, d.apres) for d in lu.differences] == [("refusé", "200 familles")]


def renvoi(*anomalies, **autres):
    defauts = {
        "fichier": "recus/2026/a.xlsx",
        "expediteur": "L’Archipel",
        "repondants": ("L’Archipel",),
        "annee": 2025,
        "recu_le": AVRIL,
        "echeance": None,
        "fictif": False,
        "rien_charge": False,
    }
    return courrier.Renvoi(**{**defauts, **autres}, anomalies=anomalies)


BLOQUANTE = Anomalie("Feuille", "F12", "bloquant", "pas_un_nombre", "Écrivez un nombre.")
INTERNE = Anomalie("Feuille", None, "bloquant", "ordre_des_depots", "Inscrire la date dans receptions.csv.")


def test_le_message_dit_a_qui_quoi_et_pour_quand_chaque_point_une_fois():
    texte = courrier.message(renvoi(BLOQUANTE, BLOQUANTE, INTERNE), "a_a_corriger.xlsx", dt.date(2026, 5, 1))
    assert texte.startswith("Objet : rapport annuel 2025, 1 point à corriger\n")
    assert texte.count("Écrivez un nombre.") == 1 and "Feuille « Feuille » :\n- cellule F12 :" in texte
    assert "receptions.csv" not in texte
    assert "avant le 16 mai 2026" in texte  # no deadline to come: a fortnight
    assert "« a.xlsx », le 1er avril 2026" in texte  # not our folders


def test_l_objet_compte_les_points_et_rien_ne_parle_d_une_autre_structure():
    a_confirmer = BLOQUANTE._replace(gravite="a_confirmer", cellule="F13")
    voisine = a_confirmer._replace(regle="meme_rapport", message="Les mêmes nombres que celui du Tempo.")
    texte = courrier.message(renvoi(BLOQUANTE, a_confirmer, voisine), None, AVRIL.date())
    assert texte.startswith("Objet : rapport annuel 2025, 1 point à corriger et 1 à confirmer\n")
    assert "Tempo" not in texte


def test_le_message_d_une_campagne_fictive_ne_part_pas():
    assert courrier.message(renvoi(BLOQUANTE, fictif=True), None, AVRIL.date()).startswith("DONNÉES FICTIVES")


def test_trop_de_points_renvoient_a_la_liste_de_la_copie():
    beaucoup = [BLOQUANTE._replace(cellule=f"F{n}") for n in range(40)]
    texte = courrier.message(renvoi(*beaucoup), "c.xlsx", AVRIL.date())
    assert texte.count("Écrivez un nombre.") == 15 and "25 autres points" in texte


@pytest.mark.parametrize(
    "message",
    [
        "Déclarez-la dans Collecte › Décrire un classeur.",
        "complétez la correspondance « adherents ».",
        "La première compte. Dans « Décider », la garder ou choisir l’autre.",
        "Les sources lues sont dans docs/sources.md.",
    ],
)
def test_ce_qui_nomme_nos_ecrans_ou_nos_fichiers_n_est_pas_renvoye(message):
    assert not a_renvoyer([BLOQUANTE._replace(message=message)])


def test_rien_de_ce_que_la_coordination_seule_peut_faire_n_est_renvoye():
    assert not a_renvoyer([INTERNE, BLOQUANTE._replace(gravite="information")])
    assert a_renvoyer([BLOQUANTE])


def test_une_archive_qui_ne_s_ouvre_pas_a_son_message_et_n_entre_pas(ville):
    raw, premier, *_ = ville
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w") as archive:
        archive.writestr("../premier.xlsx", premier.read_bytes())
    chemin = raw.parent / "envoi archipel.zip"
    chemin.write_bytes(octets.getvalue())
    _, lus = examiner(ville, [chemin])
    lu = lus[chemin.name]
    assert lu.etat == constat.REFUSE and "mène hors de son dossier" in lu.message
    texte = courrier.message(lu.renvoi, lu.copie, dt.date(2026, 4, 2))
    assert "L’Archipel [d’après le fichier : à vérifier]" in texte
    assert "Objet : votre fichier « envoi archipel.zip » n’a pas pu être lu" in texte
    assert "Renvoyez ses fichiers un par un." in texte


def test_le_dernier_envoi_recu_se_compare_en_premier(tmp_path):
    """Le Tempo sent again in April, L’Archipel in May: what was just accepted is what is looked for."""
    raw, receptions = tmp_path / "raw", ["fichier;recu_le"]
    for structure, mois in (("archipel", "05"), ("cs-le-tempo", "04")):
        (premier,) = ecrire(CONVENTION, 2025, raw / structure, structure=structure)
        second = shutil.copy(premier, premier.with_name("second.xlsx"))
        for chemin, familles in ((premier, 150), (second, 160)):
            remplir(chemin, {FAMILLES: familles})
        receptions += [f"{structure}/{premier.name};2026-03-01", f"{structure}/second.xlsx;2026-{mois}-01"]
    (raw / "receptions.csv").write_text("\n".join(receptions), encoding="utf-8")
    construire((raw,), dossier_par_defaut(), tmp_path / "w.duckdb")
    lignes = Entrepot(tmp_path / "w.duckdb").requete("collecte_differences", annee=2025)
    assert list(lignes["repondant_id"]) == ["archipel", "cs-le-tempo"]
