"""An approval covers the figures it was given on: case by case, what keeps it and what makes it void."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

import ctg
from ctg import decisions, formats, vie
from ctg.referentiel.modeles import Lien
from etl.saisies import SaisieRefusee, lire
from etl.saisies.decisions import declarer_etape
from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure
from tests.unitaires.test_vie_aval import A, B, Essai, Lu, etapes

RAISON = "Les autres n’ont pas répondu au rappel"


class Ville(Essai):
    """Two structures that answer JE-1, and a third one that does not."""

    def campagne(self):
        campagne = CampagneMinuscule(
            [indicateur(A, unite_statistique="projet"), indicateur(B, unite_statistique="personne")],
            [structure(nom, "gresilles") for nom in ("foyer", "mjc", "muette")],
        )
        liens = tuple(Lien(i, None, "JE-1") for i in (A, B))
        campagne.referentiel = replace(campagne.referentiel, liens=liens)
        for indicateur_id, valeur in self.valeurs.items():
            campagne.repondre("foyer", 2025, f"i:{indicateur_id}", valeur=valeur)
            campagne.repondre("mjc", 2025, f"i:{indicateur_id}", valeur=30)
        return campagne

    def confirmer(self, qui, acte="atteinte", **champs):
        champs = {"annee": 2025, "repondant_id": qui, "etape": "confirmee", "acte": acte} | champs
        base = self.construire()
        dite = champs | {"fonction": "structure", "raison": "Dit au téléphone"}
        return declarer_etape(Lu(base), self.referentiel, dite, self.dossier)

    def confirmes(self):
        base = self.construire()
        sql = "SELECT repondant_id FROM collecte.{} ORDER BY repondant_id".format
        noms = [
            tuple(x["repondant_id"] for x in base.lignes(sql(table)))
            for table in ("confirmation", "confirmation_perimee")
        ]
        return dict(zip(("debout", "perimees"), noms, strict=True))

    def declarer(self, *args, **champs):
        decide_le = champs.pop("decide_le", None)
        if decide_le is None:
            return super().declarer(*args, **champs)
        etape, fonction = args
        ligne = {"annee": 2025, "fiche_id": "JE-1", "etape": etape, "acte": "atteinte", "fonction": fonction}
        base = self.construire()
        return declarer_etape(
            Lu(base), self.referentiel, ligne | {"raison": RAISON, "decide_le": decide_le}, self.dossier
        )


@pytest.fixture
def ville(tmp_path):
    return Ville(tmp_path)


def matrice(base):
    requete = (Path(ctg.__file__).parent / "requetes/decision_etapes.sql").read_text(encoding="utf-8")
    lignes = Lu(base).executer(requete, annee=2025)
    return decisions.etapes(lignes, 2025, False), next(x for x in lignes.itertuples() if x.fiche_id == "JE-1")


def de_la_fiche(figure, colonne):
    (dite,) = figure.tableau.loc[figure.tableau["Fiche"].str.startswith("JE-1 "), colonne]
    return dite


# ---- what a change does to what was approved


def rien(ville):
    pass


def renvoyer_le_meme(ville):
    ville.valeurs = dict(ville.valeurs)


def renvoyer_autre_chose(ville):
    ville.valeurs[A] = 50


def corriger(ville):
    ville.corriger(A, "45", "47")


def corriger_puis_revenir(ville):
    ville.corriger(A, "45", "47")
    ville.corriger(A, "47", "45")


def changer_ce_qui_est_masque(ville):
    ville.valeurs[B] = 3


@pytest.mark.parametrize(
    ("geste", "debout"),
    [
        (rien, True),
        (renvoyer_le_meme, True),
        (renvoyer_autre_chose, False),
        (corriger, False),
        (corriger_puis_revenir, True),
        (changer_ce_qui_est_masque, False),
    ],
)
def test_une_approbation_vaut_pour_les_chiffres_qu_elle_a_vus(geste, debout, ville):
    ville.confirmer("foyer")
    ville.confirmer("mjc")
    ville.declarer("confirmee", "coordination")
    ville.declarer("validee", "referent-jeunesse")
    geste(ville)
    base = ville.construire()
    assert etapes(base)[2:] == (["confirmee", "validee"] if debout else [])
    perimees = base.lignes("SELECT etape FROM collecte.etape_perimee ORDER BY etape")
    assert [x["etape"] for x in perimees] == ([] if debout else ["confirmee", "validee"])
    # the other structure said nothing else: its word stands
    assert ville.confirmes()["debout"] == (("foyer", "mjc") if debout else ("mjc",))
    assert ville.confirmes()["perimees"] == (() if debout else ("foyer",))


def test_ce_qui_ne_vaut_plus_se_dit_et_se_declare_de_nouveau_dans_l_ordre(ville):
    ville.declarer("confirmee", "coordination")
    ville.declarer("validee", "referent-jeunesse")
    ville.valeurs[A] = 50
    figure, ligne = matrice(ville.construire())
    dite = de_la_fiche(figure, "Confirmée par la structure")
    assert dite.endswith("; les chiffres ont changé depuis : à confirmer de nouveau")
    assert (
        sorted(ligne.perimees) == ["confirmee", "validee"] and vie.prochaine(ligne.atteintes) == "confirmee"
    )
    with pytest.raises(SaisieRefusee, match="ont changé depuis qu’elle est « confirmée par la structure »"):
        ville.declarer("validee", "referent-jeunesse")
    with pytest.raises(SaisieRefusee, match="ont changé depuis qu’elle est « validée par le référent »"):
        ville.declarer("aval", "caf")
    ville.donner_l_aval()
    assert etapes(ville.construire())[2:] == ["confirmee", "validee", "aval"]
    assert len(lire("etapes", ville.referentiel, ville.dossier).lignes) == 5  # nothing was erased
    with pytest.raises(SaisieRefusee, match="est déjà « confirmée par la structure »"):
        ville.declarer("confirmee", "coordination")


def test_sous_un_aval_qui_tient_la_validation_se_redemande_sans_le_retirer(ville):
    ville.donner_l_aval()
    ville.corriger(A, "45", "47")
    _, ligne = matrice(ville.construire())
    assert set(ligne.atteintes) == {"recue", "controlee", "aval"}
    assert vie.prochaine(ligne.atteintes) == "diffusee"
    ville.declarer("diffusee", "coordination")
    assert "diffusee" in etapes(ville.construire())


def test_une_ligne_d_avant_les_marques_vaut_jusqu_a_ce_qu_un_chiffre_change(ville):
    ancien = "le;fonction;raison;annee;fiche_id;repondant_id;etape;acte;fictif\n"
    ligne = "{:%Y-%m-%d};coordination;;2025;JE-1;;confirmee;atteinte;non\n".format
    registre = ville.dossier / "etapes.csv"
    hier = dt.date.today() - dt.timedelta(days=1)
    registre.write_text(ancien + ligne(hier), encoding="utf-8")
    assert "confirmee" in etapes(ville.construire())
    ville.corriger(A, "45", "47")
    assert "confirmee" not in etapes(ville.construire())
    ville.declarer("confirmee", "coordination")
    premiere, deuxieme, _ = registre.read_text(encoding="utf-8").split("\n", 2)
    assert premiere.endswith(";fictif;decide_le;vu") and deuxieme + "\n" == ligne(hier)
    assert "confirmee" in etapes(ville.construire())


# ---- « confirmée par la structure », when they did not all confirm


@pytest.mark.parametrize(
    ("ont_confirme", "raison", "refus"),
    [
        ((), "", "2 structures sur 2 n’ont pas confirmé"),
        (("foyer",), "", "1 structure sur 2 n’a pas confirmé"),
        ((), RAISON, None),
        (("foyer", "mjc"), "", None),
    ],
)
def test_une_fiche_se_declare_confirmee_quand_elles_l_ont_fait_ou_avec_une_raison(
    ont_confirme, raison, refus, ville
):
    for qui in ont_confirme:
        ville.confirmer(qui)
    ville.construire()
    if refus:
        with pytest.raises(SaisieRefusee, match=refus):
            ville.declarer("confirmee", "coordination", raison=raison)
        return
    ville.declarer("confirmee", "coordination", raison=raison)
    figure, _ = matrice(ville.construire())
    dite = de_la_fiche(figure, "Confirmée par la structure")
    assert "Chargé·e de coopération CTG" in dite
    assert dite.endswith(f"; 0 structure sur 2 a confirmé : {RAISON}") == bool(raison)


# ---- the day it was decided


def test_une_etape_garde_le_jour_ou_elle_fut_decidee_et_celui_ou_elle_fut_ecrite(ville):
    aujourd_hui = dt.date.today()
    la_veille = aujourd_hui - dt.timedelta(days=1)
    for etape, fonction in (("confirmee", "structure"), ("validee", "referent-jeunesse"), ("aval", "caf")):
        ville.declarer(etape, fonction, decide_le=la_veille.isoformat())
    base = ville.construire()
    aval = base.une("publication.etape", etape="aval")
    assert (aval["atteinte_le"].date(), aval["enregistree_le"].date()) == (la_veille, aujourd_hui)
    assert base.mesure(A)["aval_le"].date() == la_veille
    figure, _ = matrice(base)
    dite = de_la_fiche(figure, "Aval de la Caf")
    assert dite == f"{la_veille:%d/%m/%Y}, Caf de la Côte-d’Or (écrit le {aujourd_hui:%d/%m/%Y})"
    # its copy is that of the day it was written: what changed since is still told
    ville.corriger(A, "45", "47")
    assert ville.construire().lignes("SELECT * FROM collecte.changement_apres_aval")


@pytest.mark.parametrize(
    ("jours", "phrase"),
    [(1, "est à venir"), (-400, "le dernier chiffre a été reçu ou corrigé le")],
)
def test_un_jour_impossible_est_refuse(jours, phrase, ville):
    ville.corriger(A, "45", "47")
    le = (dt.date.today() + dt.timedelta(days=jours)).isoformat()
    with pytest.raises(SaisieRefusee, match=phrase):
        ville.declarer("confirmee", "coordination", decide_le=le)


def test_un_aval_ne_peut_preceder_la_validation(ville):
    ville.declarer("confirmee", "coordination")
    ville.declarer("validee", "referent-jeunesse")
    veille = (dt.date.today() - dt.timedelta(days=1)).isoformat()
    with pytest.raises(SaisieRefusee, match="est « validée par le référent » depuis le"):
        ville.declarer("aval", "caf", decide_le=veille)


# ---- after the aval, what differs from what the Caf saw says so where it is read


def test_un_nombre_corrige_apres_l_aval_dit_ce_que_la_caf_a_vu(ville):
    ville.donner_l_aval()
    ville.corriger(A, "45", "47")
    base = ville.construire()
    le = f"{dt.date.today():%d/%m/%Y}"
    dite = f" à l’aval du {le}, changé le {le} : Erreur de frappe signalée"
    # 45 + 30, then 47 + 30
    assert (base.mesure(A)["valeur"], base.mesure(A)["a_l_aval"]) == (77, "75 projets")
    assert base.mesure(A)["depuis_l_aval"] == f"75 projets{dite}"
    assert base.mesure(A, "structure", "foyer")["depuis_l_aval"] == f"45 projets{dite}"
    for autre in (base.mesure(B), base.mesure(A, "structure", "mjc")):
        assert autre["depuis_l_aval"] is None
    requete = (Path(ctg.__file__).parent / "requetes/avals.sql").read_text(encoding="utf-8")
    fiches = list(Lu(base).executer(requete).itertuples())
    jour = formats.date_longue(dt.date.today())
    assert vie.diffusion(fiches, 2025) == (
        f"diffusion autorisée le {jour} ; modifiée depuis : 1 chiffre (le {jour}, raison : Erreur de frappe "
        "signalée)"
    )
    figure, _ = matrice(base)
    assert "dont 1 modifiée depuis (JE-1)" in figure.constat
    assert de_la_fiche(figure, "Aval de la Caf").endswith(" ; modifiée depuis : 1 chiffre")


def test_ce_qui_revient_a_ce_que_la_caf_a_vu_ne_se_dit_plus(ville):
    ville.donner_l_aval()
    ville.corriger(A, "45", "47")
    ville.corriger(A, "47", "45")
    base = ville.construire()
    assert not base.lignes("SELECT * FROM publication.mesure WHERE a_l_aval IS NOT NULL")


def test_sans_aval_qui_tienne_le_provisoire_suffit(ville):
    ville.donner_l_aval()
    ville.corriger(A, "45", "47")
    ville.declarer("aval", "coordination", acte="retiree", raison="La Caf demande à relire")
    base = ville.construire()
    assert base.mesure(A)["provisoire"] is True and base.mesure(A)["depuis_l_aval"] is None
