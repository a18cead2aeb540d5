"""From the stages declared to what is published: provisional or not, and what an aval forbids to change."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import ctg
from ctg import collecte, decisions
from ctg.referentiel.modeles import Lien
from etl.anomalie import Anomalie
from etl.saisies import SaisieRefusee, ajouter
from etl.saisies.cases import cases
from etl.saisies.corrections import REFUSEE
from etl.saisies.decisions import declarer_etape
from etl.saisies.demande import montrer_saisie
from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

A, B = "JE-1.1.2-a", "JE-1.1.1-a"
CHEMIN = (("confirmee", "structure"), ("validee", "referent-jeunesse"), ("aval", "caf"))


class Lu:
    """The warehouse in memory, asked as the pages ask theirs."""

    def __init__(self, base):
        self.base = base

    def executer(self, sql, **params):
        return self.base.connexion.execute(sql, params).df()


class Essai:
    """A campaign of one centre social, its decisions, and as many builds as wanted."""

    def __init__(self, dossier, valeur=45, fiches=("JE-1",)):
        self.dossier, self.valeurs = dossier, {A: valeur, B: 12}
        self.fiches = fiches
        self.publie = (
            None,
            None,
        )  # what the figures were drawn from, and the build: no decision changes them

    def campagne(self):
        campagne = CampagneMinuscule(
            [indicateur(A, unite_statistique="projet"), indicateur(B, unite_statistique="personne")],
            [structure("foyer", "gresilles")],
        )
        liens = tuple(Lien(i, None, fiche) for fiche in self.fiches for i in (A, B))
        campagne.referentiel = replace(campagne.referentiel, liens=liens)
        for indicateur_id, valeur in self.valeurs.items():
            campagne.repondre("foyer", 2025, f"i:{indicateur_id}", valeur=valeur)
        return campagne

    @property
    def referentiel(self):
        return self.campagne().referentiel

    def construire(self):
        self.publie = (dict(self.valeurs), self.campagne().construire(self.dossier))
        return self.publie[1]

    def declarer(self, etape, fonction, fiche="JE-1", acte="atteinte", raison="Dit en réunion"):
        champs = {"annee": 2025, "fiche_id": fiche, "etape": etape, "acte": acte}
        valeurs, base = self.publie
        if valeurs != self.valeurs:
            base = self.construire()
        return declarer_etape(
            Lu(base), self.referentiel, champs | {"fonction": fonction, "raison": raison}, self.dossier
        )

    def donner_l_aval(self, fiche="JE-1"):
        for etape, fonction in CHEMIN:
            self.declarer(etape, fonction, fiche)

    def corriger(self, indicateur_id, ancienne, nouvelle):
        return ajouter(
            "valeurs",
            {
                "fonction": "coordination",
                "raison": "Erreur de frappe signalée",
                "repondant_id": "foyer",
                "annee": 2025,
                "cle": f"i:{indicateur_id}",
                "code": "valeur",
                "ancienne": ancienne,
                "nouvelle": nouvelle,
            },
            self.referentiel,
            self.dossier,
        )


@pytest.fixture
def essai(tmp_path):
    return Essai(tmp_path)


def etapes(base, fiche="JE-1"):
    return [
        e["etape"]
        for e in base.lignes("SELECT etape FROM publication.etape WHERE fiche_id = ? AND annee = 2025", fiche)
    ]


def regles(base):
    return sorted(a["regle"] for a in base.lignes("SELECT regle FROM collecte.anomalie"))


def test_recue_et_controlee_viennent_seules(essai):
    base = essai.construire()
    assert etapes(base) == ["recue", "controlee"]
    assert base.mesure(A)["provisoire"] is True
    assert base.mesure(A)["aval_le"] is None


def test_une_fiche_muette_n_est_pas_recue(tmp_path):
    essai = Essai(tmp_path, valeur=None)
    essai.valeurs[B] = None
    assert etapes(essai.construire()) == []
    with pytest.raises(SaisieRefusee, match="aucune réponse n’a été reçue"):
        essai.declarer("confirmee", "coordination")


def test_l_aval_leve_le_provisoire_et_lui_seul(essai):
    for etape, fonction in CHEMIN[:-1]:
        essai.declarer(etape, fonction)
    assert essai.construire().mesure(A)["provisoire"] is True
    essai.declarer(*CHEMIN[-1])
    base = essai.construire()
    assert etapes(base) == ["recue", "controlee", "confirmee", "validee", "aval"]
    assert base.mesure(A)["provisoire"] is False
    assert isinstance(base.mesure(A)["aval_le"], dt.datetime)
    assert base.une("publication.etape", etape="aval")["fonction"] == "Caf de la Côte-d’Or"
    assert regles(base) == []


def test_une_mesure_de_deux_fiches_attend_les_deux_avals(tmp_path):
    essai = Essai(tmp_path, fiches=("JE-1", "JE-2"))
    essai.donner_l_aval("JE-1")
    assert essai.construire().mesure(A)["provisoire"] is True
    essai.donner_l_aval("JE-2")
    assert essai.construire().mesure(A)["provisoire"] is False


def test_la_copie_de_l_aval_ne_garde_que_ce_qui_est_publie(essai, tmp_path):
    essai.valeurs[B] = 3
    essai.donner_l_aval()
    (copie,) = (tmp_path / "avals").iterdir()
    assert copie.name.startswith("2025_JE-1_")
    texte = copie.read_text(encoding="utf-8")
    assert f"{B};ville;dijon;tous;tous;2025;total;total;secret statistique" in texte
    assert f"{A};ville;dijon;tous;tous;2025;total;total;45 " in texte
    assert ";3 " not in texte


def test_un_nouveau_rapport_apres_l_aval_rend_la_fiche_provisoire(essai):
    essai.donner_l_aval()
    essai.valeurs[A] = 50
    base = essai.construire()
    assert etapes(base) == ["recue", "controlee"]  # what was confirmed and validated were other figures
    assert base.mesure(A)["provisoire"] is True and base.mesure(B)["provisoire"] is True
    assert regles(base) == ["changement_apres_aval"]
    (anomalie,) = base.lignes("SELECT gravite, message FROM collecte.anomalie")
    assert anomalie["gravite"] == "bloquant" and "admettre le changement" in anomalie["message"]
    assert "45" in anomalie["message"] and "50" in anomalie["message"]
    ville = base.une("collecte.changement_apres_aval", niveau="ville", indicateur_id=A, type_structure="tous")
    assert (ville["avant"][:2], ville["apres"][:2], ville["raison"]) == ("45", "50", None)
    essai.valeurs[A] = 45  # what was published again: the aval stands again
    assert etapes(essai.construire())[-1] == "aval"


def test_un_changement_admis_avec_sa_raison_se_montre_et_ne_bloque_plus(essai, tmp_path):
    essai.donner_l_aval()
    essai.valeurs[A] = 50
    essai.declarer("aval", "caf", acte="changement", raison="Rapport complété par la structure")
    base = essai.construire()
    assert etapes(base)[-1] == "aval" and regles(base) == []
    ville = base.une("collecte.changement_apres_aval", niveau="ville", indicateur_id=A, type_structure="tous")
    assert (ville["avant"][:2], ville["apres"][:2]) == ("45", "50")
    assert ville["raison"] == "Rapport complété par la structure"
    # what came after the admission was not admitted
    essai.valeurs[A] = 51
    assert regles(essai.construire()) == ["changement_apres_aval"]


def test_une_correction_porte_sa_raison_et_garde_l_aval(essai):
    essai.donner_l_aval()
    essai.corriger(A, "45", "47")
    base = essai.construire()
    assert base.mesure(A)["valeur"] == 47
    assert etapes(base)[-1] == "aval" and regles(base) == []
    raisons = {c["raison"] for c in base.lignes("SELECT raison FROM collecte.changement_apres_aval")}
    assert raisons == {"Erreur de frappe signalée"}
    essai.valeurs[B] = 30  # another figure: that reason says nothing of it
    base = essai.construire()
    assert etapes(base)[-1] == "controlee" and regles(base) == ["changement_apres_aval"]


def test_retirer_l_aval_rend_provisoire_sans_anomalie(essai):
    essai.donner_l_aval()
    essai.declarer("aval", "coordination", acte="retiree", raison="La Caf demande une relecture")
    base = essai.construire()
    assert etapes(base)[-1] == "validee" and regles(base) == [] and base.mesure(A)["provisoire"] is True


def test_une_copie_perdue_est_dite(essai, tmp_path):
    essai.donner_l_aval()
    (copie,) = (tmp_path / "avals").iterdir()
    copie.write_text("indicateur_id\n", encoding="utf-8")
    essai.valeurs[A] = 50
    base = essai.construire()
    assert regles(base) == ["copie_d_aval_absente"]


def test_une_etape_ecrite_a_la_main_qui_en_saute_une_est_dite(essai, tmp_path):
    ligne = "2026-11-21;caf;;2025;JE-1;;aval;atteinte;non\n"
    (tmp_path / "etapes.csv").write_text(
        "le;fonction;raison;annee;fiche_id;repondant_id;etape;acte;fictif\n" + ligne, encoding="utf-8"
    )
    base = essai.construire()
    (anomalie,) = base.lignes("SELECT fichier, cellule, regle, message FROM collecte.anomalie")
    assert (anomalie["fichier"], anomalie["cellule"]) == ("saisies/etapes.csv", "ligne 2")
    assert "avant d’être « validée par le référent »" in anomalie["message"]
    assert etapes(base) == ["recue", "controlee"]


def test_ce_qui_fut_decide_sur_la_campagne_fictive_ne_vaut_pas_pour_la_vraie(essai, tmp_path):
    essai.donner_l_aval()
    registre = tmp_path / "etapes.csv"
    registre.write_text(registre.read_text(encoding="utf-8").replace(";non;", ";oui;"), encoding="utf-8")
    assert etapes(essai.construire()) == ["recue", "controlee"]


def test_corriger_une_case_garde_l_ancienne_et_son_adresse(essai):
    essai.corriger(B, "12", "30")
    base = essai.construire()
    assert base.mesure(B)["valeur"] == 30
    correction = base.une("collecte.correction")
    assert (correction["ancienne"], correction["sort"], correction["ligne"]) == ("12", "appliquee", 2)
    assert correction["nouvelle"] == "30"
    assert correction["fichier"] == "foyer_2025.xlsx" and correction["cellule"]
    provenance = base.une("collecte.provenance", indicateur_id=B)
    assert (provenance["fichier"], provenance["saisie"]) == ("foyer_2025.xlsx", 2)


def test_une_case_corrigee_en_petit_effectif_se_tait_des_deux_cotes(essai):
    essai.corriger(B, "12", "3")
    base = essai.construire()
    assert base.mesure(B)["etat"] == "secret"
    correction = base.une("collecte.correction")
    assert correction["ancienne"] == correction["nouvelle"] == "(non montré : petit effectif possible)"


def test_les_corrections_d_une_case_se_suivent(essai):
    essai.corriger(A, "45", "47")
    essai.corriger(A, "47", "")
    essai.corriger(A, "", "48")
    base = essai.construire()
    assert base.mesure(A)["valeur"] == 48
    assert [c["sort"] for c in base.lignes("SELECT sort FROM collecte.correction ORDER BY ligne")] == [
        "corrigee_depuis",
        "corrigee_depuis",
        "appliquee",
    ]


@pytest.mark.parametrize(("recue", "sort", "attendue"), [(50, "perimee", 50), (47, "recue_depuis", 47)])
def test_une_correction_n_ecrase_pas_ce_qui_est_arrive_depuis(recue, sort, attendue, essai):
    essai.corriger(A, "45", "47")
    essai.valeurs[A] = recue
    base = essai.construire()
    assert base.mesure(A)["valeur"] == attendue
    assert base.une("collecte.correction")["sort"] == sort
    assert regles(base) == (["correction_perimee"] if sort == "perimee" else [])


def test_les_cases_a_corriger_se_relisent_telles_quelles(essai):
    essai.valeurs[B] = 3
    base = essai.construire()
    par_cle = {c.cle: c for c in cases(Lu(base), essai.referentiel, "foyer", 2025)}
    case = par_cle[f"i:{A}"]
    assert (case.contenu, case.affichage, case.cle) == ("45", "45", f"i:{A}")
    secrete = par_cle[f"i:{B}"]
    assert (secrete.contenu, secrete.affichage) == ("3", "(non montré : petit effectif possible)")
    dits = {
        saisie: montrer_saisie(secrete, saisie, essai.referentiel)
        for saisie in ("1 234", "2", "", "12 (dont 3)")
    }
    assert dits == {
        "1 234": "1\u202f234",
        "2": "(non montré : petit effectif possible)",
        "": "—",
        "12 (dont 3)": "12",
    }


def test_une_correction_peut_etre_une_estimation(essai):
    essai.corriger(A, "45", "environ 50")
    base = essai.construire()
    assert (base.mesure(A)["valeur"], base.mesure(A)["estime"]) == (50, True)
    assert base.une("collecte.correction")["nouvelle"] == "environ 50"


def test_corriger_une_case_refusee_leve_le_refus(essai):
    campagne = essai.campagne()
    collecte = campagne.collecte()
    (depot,) = collecte.depots
    refusee = depot.formulaire.cellules[0]._replace(etat="refuse", valeur=None)
    reproche = Anomalie(
        "foyer", refusee.adresse, "bloquant", "nombre_illisible", "« beaucoup » n’est pas un nombre."
    )
    formulaire = replace(
        depot.formulaire,
        statut="accepte_partiel",
        cellules=(refusee, *depot.formulaire.cellules[1:]),
        anomalies=(reproche,),
    )
    campagne.collecte = lambda: replace(
        collecte, depots=[replace(depot, statut="accepte_partiel", formulaire=formulaire)]
    )
    avant = campagne.construire(essai.dossier)
    assert etapes(avant) == ["recue"]
    essai.corriger(A, REFUSEE, "47")
    base = campagne.construire(essai.dossier)
    assert base.mesure(A)["valeur"] == 47 and etapes(base) == ["recue", "controlee"]
    anomalie = base.une("collecte.anomalie")
    assert anomalie["gravite"] == "information" and "Corrigée à la main le " in anomalie["message"]
    assert base.une("collecte.fichier")["statut"] == "accepte"


def test_une_structure_confirme_pour_la_campagne(essai):
    essai.construire()
    champs = {"annee": 2025, "repondant_id": "foyer", "etape": "confirmee", "acte": "atteinte"}
    declarer_etape(Lu(essai.publie[1]), essai.referentiel, champs | {"fonction": "structure"}, essai.dossier)
    confirmation = essai.construire().une("collecte.confirmation")
    assert (confirmation["repondant_id"], confirmation["fonction"]) == ("foyer", "Structure ou gestionnaire")


def test_la_provenance_dit_qui_a_corrige_et_pourquoi(essai):
    essai.corriger(A, "45", "47")
    requete = (Path(ctg.__file__).parent / "requetes/collecte_provenance.sql").read_text(encoding="utf-8")
    lignes = Lu(essai.construire()).executer(
        requete, indicateur=A, annee=2025, niveau="ville", territoire="dijon", ventilations=False
    )
    dite = {
        "raison": None,
        "a_l_aval": None,
        "affichage": "47 projets",
        "libelle": A,
        "periode_id": "2025",
    }
    mesure = pd.Series({**dite, "nb_repondantes": 1, "nb_attendues": 1}, dtype=object)
    figure = collecte.cellules(lignes, mesure, "Dijon", A, 2025, False)
    (source,) = figure.tableau["Source"]
    assert "corrigé à la main le " in source and "valeurs.csv, ligne 2" in source
    raison = essai.construire().une("collecte.correction")["raison"]
    assert raison and raison in source


def test_un_aval_suspendu_n_est_pas_un_aval_jamais_donne(essai):
    essai.donner_l_aval()
    essai.valeurs[A] = 50
    requete = (Path(ctg.__file__).parent / "requetes/decision_etapes.sql").read_text(encoding="utf-8")
    lignes = Lu(essai.construire()).executer(requete, annee=2025)
    figure = decisions.etapes(lignes, 2025, False)
    (aval,) = figure.tableau.loc[figure.tableau["Fiche"].str.startswith("JE-1 "), "Aval de la Caf"]
    assert aval.startswith("suspendu : ") and aval.endswith(" à admettre")
    assert "JE-1" in figure.constat and "depuis l’aval" in figure.constat
