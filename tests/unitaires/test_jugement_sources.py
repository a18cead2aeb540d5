"""Which source counts, measure by measure: every combination, and never half of each."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.saisies import ajouter
from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

SOURCES = ("formulaire", "classeur:tableau", "extrait:isaje")
NOMBRE, RAPPORT = "JE-1.1.2-a", "EN-1.0.p4"


def campagne(*structures):
    return CampagneMinuscule(
        [indicateur(NOMBRE, par_quartier=True), indicateur(RAPPORT, "rapport")],
        list(structures) or [structure("foyer", "gresilles")],
    )


def choisir(convention, dossier, source, repondant_id="foyer"):
    return ajouter(
        "sources",
        {
            "fonction": "coordination",
            "raison": "Comptage fait foi",
            "repondant_id": repondant_id,
            "annee": 2025,
            "indicateur_id": NOMBRE,
            "source": source,
        },
        convention,
        dossier,
    )


# every source absent, blank or answering, and every choice: one structure for each, one build for all
COMBINAISONS = {
    f"s{rang}": ({s: e for s, e in zip(SOURCES, etats, strict=True) if e}, choisie)
    for rang, (*etats, choisie) in enumerate(
        itertools.product(*[(None, "vide", "repond")] * len(SOURCES), (None, *SOURCES))
    )
}


@pytest.fixture(scope="module")
def toutes(tmp_path_factory):
    dossier = tmp_path_factory.mktemp("saisies")
    essai = campagne(*(structure(qui, "gresilles") for qui in COMBINAISONS))
    for qui, (presentes, choisie) in COMBINAISONS.items():
        for source, etat in presentes.items():
            valeur = 100 + SOURCES.index(source) if etat == "repond" else None
            essai.repondre(qui, 2025, f"i:{NOMBRE}", source=source, valeur=valeur)
        if choisie:
            choisir(essai.referentiel, dossier, choisie, qui)
    return essai.construire(dossier)


def test_la_source_qui_compte_dans_chaque_cas(toutes):
    valeurs = {
        f["repondant_id"]: f["valeur"]
        for f in toutes.lignes("SELECT * FROM interne.fait WHERE valeur IS NOT NULL")
    }
    anomalies = toutes.lignes("SELECT repondant_id, regle FROM collecte.anomalie")
    montrees = toutes.lignes("SELECT repondant_id, source, retenu FROM collecte.source_retenue")
    for qui, (presentes, choisie) in COMBINAISONS.items():
        repondent = [s for s in SOURCES if presentes.get(s) == "repond"]
        retenue = choisie if choisie in repondent else next(iter(repondent), None)
        assert valeurs.get(qui) == (100 + SOURCES.index(retenue) if retenue else None), (presentes, choisie)
        regles = {a["regle"] for a in anomalies if a["repondant_id"] == qui}
        voulues = set()
        if choisie not in repondent:
            voulues |= {"source_absente"} if choisie else set()
            voulues |= {"sources_differentes"} if len(repondent) > 1 else set()
        assert regles == voulues, (presentes, choisie)
        siennes = [m for m in montrees if m["repondant_id"] == qui]
        assert {m["source"] for m in siennes} == (set(repondent) if len(repondent) > 1 else set())
        assert [m["source"] for m in siennes if m["retenu"]] == ([retenue] if len(repondent) > 1 else [])


def test_toute_la_reponse_d_une_source_jamais_la_moitie():
    essai = campagne()
    essai.repondre("foyer", 2025, f"i:{RAPPORT}", numerateur=8, denominateur=None)
    essai.repondre("foyer", 2025, f"i:{RAPPORT}", source="extrait:caf", numerateur=9, denominateur=12)
    base = essai.construire()
    assert base.mesure(RAPPORT)["etat"] == "manquant"
    assert {m["affichage"] for m in base.lignes("SELECT affichage FROM collecte.source_retenue")} == {
        "8 sur ?",
        "9 sur 12",
    }


def test_par_quartier_chaque_quartier_a_sa_source():
    essai = campagne(structure("foyer", "ville", multisite=True))
    essai.repondre("foyer", 2025, f"i:{NOMBRE}@gresilles", valeur=30)
    essai.repondre("foyer", 2025, f"i:{NOMBRE}@maladiere", valeur=None)
    for quartier, valeur in (("gresilles", 31), ("maladiere", 12)):
        essai.repondre("foyer", 2025, f"i:{NOMBRE}@{quartier}", source="extrait:caf", valeur=valeur)
    faits = essai.construire().lignes("SELECT quartier_id, valeur FROM interne.fait WHERE valeur IS NOT NULL")
    assert {f["quartier_id"]: f["valeur"] for f in faits} == {"gresilles": 30, "maladiere": 12}


def test_un_total_de_ville_ne_s_ajoute_pas_aux_quartiers_d_une_autre_source():
    essai = campagne(structure("foyer", "ville", multisite=True))
    essai.repondre("foyer", 2025, f"i:{NOMBRE}@gresilles", valeur=30)
    essai.repondre("foyer", 2025, f"i:{NOMBRE}@maladiere", valeur=20)
    essai.repondre("foyer", 2025, f"i:{NOMBRE}@ville", source="extrait:caf", valeur=55)
    assert essai.construire().mesure(NOMBRE)["valeur"] == 50


@pytest.mark.parametrize(("total", "differe"), [(55, True), (50, False)])
def test_des_quartiers_et_un_total_de_ville_se_comparent_par_leur_somme(total, differe):
    essai = campagne(structure("foyer", "ville", multisite=True))
    essai.repondre("foyer", 2025, f"i:{NOMBRE}@gresilles", valeur=30)
    essai.repondre("foyer", 2025, f"i:{NOMBRE}@maladiere", valeur=20)
    essai.repondre("foyer", 2025, f"i:{NOMBRE}@ville", source="extrait:caf", valeur=total)
    base = essai.construire()
    retenues = base.lignes("SELECT * FROM collecte.source_retenue WHERE retenu")
    assert [r["raison"].startswith("confirmée") for r in retenues] == [not differe] * 2
    messages = [a["message"] for a in base.lignes("SELECT message FROM collecte.anomalie")]
    assert len(messages) == differe
    if differe:
        quartiers = "formulaire 30 projets (Grésilles) ; formulaire 20 projets (Maladière)"
        dites = messages[0].replace("\xa0", " ").replace("\u202f", " ")
        assert f"{quartiers} ; extrait CAF 55 projets." in dites


def test_deux_extraits_qui_different_la_ou_le_formulaire_retenu_ne_dit_rien_ne_demandent_rien():
    essai = campagne(structure("foyer", "ville", multisite=True))
    essai.repondre("foyer", 2025, f"i:{NOMBRE}@gresilles", valeur=30)
    essai.repondre("foyer", 2025, f"i:{NOMBRE}@ville", valeur=4)
    for source, valeur in (("extrait:caf", 12), ("extrait:isaje", 15)):
        essai.repondre("foyer", 2025, f"i:{NOMBRE}@maladiere", source=source, valeur=valeur)
    base = essai.construire()
    assert base.mesure(NOMBRE)["valeur"] == 34
    anomalies = base.lignes("SELECT fichier, regle FROM collecte.anomalie")
    assert anomalies == [{"fichier": "foyer_2025.xlsx", "regle": "sources_differentes"}]


def test_une_case_que_l_autre_source_ne_dit_pas_n_est_pas_confirmee():
    essai = CampagneMinuscule(
        [indicateur(NOMBRE, granularite="trimestre", agregation_periodes="somme")],
        [structure("foyer", "gresilles")],
    )
    essai.repondre("foyer", 2025, f"i:{NOMBRE}", T1=10, T2=None)
    for source, deuxieme in (("extrait:caf", 7), ("extrait:isaje", 8)):
        essai.repondre("foyer", 2025, f"i:{NOMBRE}", source=source, T2=deuxieme)
    base = essai.construire()
    retenue = base.une("collecte.source_retenue", retenu=True)
    assert retenue["raison"] == "le formulaire de la structure passe avant les autres sources"
    assert not base.lignes("SELECT * FROM collecte.anomalie WHERE regle = 'sources_differentes'")


def test_deux_sources_qui_disent_la_meme_chose_valent_confirmation():
    essai = campagne()
    essai.repondre("foyer", 2025, f"i:{NOMBRE}", valeur=45)
    essai.repondre("foyer", 2025, f"i:{NOMBRE}", source="extrait:isaje", valeur=45)
    base = essai.construire()
    retenue = base.une("collecte.source_retenue", retenu=True)
    assert retenue["source"] == "formulaire" and retenue["raison"].startswith("confirmée par la structure")
    assert not base.lignes("SELECT * FROM collecte.anomalie")


def test_un_petit_effectif_n_est_pas_montre_cote_a_cote():
    essai = CampagneMinuscule(
        [indicateur(NOMBRE, unite_statistique="personne")], [structure("foyer", "gresilles")]
    )
    essai.repondre("foyer", 2025, f"i:{NOMBRE}", valeur=3)
    essai.repondre("foyer", 2025, f"i:{NOMBRE}", source="extrait:isaje", valeur=45)
    base = essai.construire()
    affichages = {r["source"]: r["affichage"] for r in base.lignes("SELECT * FROM collecte.source_retenue")}
    assert affichages["formulaire"] == "secret statistique"
    assert not base.lignes("SELECT * FROM collecte.anomalie WHERE message LIKE '%formulaire 3%'")


def test_un_extrait_ne_vaut_pas_reception_mais_un_classeur_oui():
    essai = campagne(structure("foyer", "gresilles"), structure("relais", "maladiere"))
    essai.repondre("foyer", 2025, f"i:{NOMBRE}", source="extrait:isaje", valeur=45)
    essai.repondre("relais", 2025, f"i:{NOMBRE}", source="classeur:tableau", valeur=20)
    base = essai.construire()
    statuts = base.lignes(
        "SELECT repondant_id, statut FROM collecte.attendu WHERE formulaire = 'structure' AND annee = 2025"
    )
    assert {s["repondant_id"]: s["statut"] for s in statuts} == {"foyer": "attendu", "relais": "recu"}


def test_une_faute_dans_un_envoi_n_est_pas_cachee_par_un_autre_sans_faute():
    essai = campagne()
    essai.repondre("foyer", 2025, f"i:{NOMBRE}", valeur=45)
    essai.repondre("foyer", 2025, f"i:{RAPPORT}", source="classeur:tableau", numerateur=31, denominateur=30)
    attendu = essai.construire().une("collecte.attendu", repondant_id="foyer", annee=2025)
    assert attendu["statut"] == "a_corriger" and "31 sur 30" in attendu["raison"]


def test_la_mesure_dit_qu_elle_vient_d_un_extrait():
    essai = campagne(structure("foyer", "gresilles"), structure("relais", "gresilles"))
    essai.repondre("foyer", 2025, f"i:{NOMBRE}", source="extrait:isaje", valeur=45)
    essai.repondre("relais", 2025, f"i:{NOMBRE}", valeur=20)
    base = essai.construire()
    structure_seule = base.mesure(NOMBRE, "structure", "foyer")
    assert structure_seule["mention"] == "d’après un extrait ISAJE, non confirmé par la structure"
    assert base.mesure(NOMBRE, "structure", "relais")["mention"] is None
    assert "dont 1 répondant d’après un extrait ISAJE, non confirmé" in base.mesure(NOMBRE)["mention"]
    assert structure_seule["nb_extraites"] == base.mesure(NOMBRE)["nb_extraites"] == 1
    assert base.mesure(NOMBRE, "structure", "relais")["nb_extraites"] == 0


envois = st.lists(
    st.tuples(
        st.sampled_from(("foyer", "relais")),
        st.sampled_from(SOURCES),
        st.sampled_from(("", "@gresilles", "@maladiere", "@ville")),
        st.one_of(st.none(), st.integers(0, 60)),
    ),
    max_size=10,
    unique_by=lambda e: e[:3],
)


@settings(max_examples=4, deadline=None)
@given(envois, st.randoms(use_true_random=False))
def test_les_faits_ne_dependent_pas_de_l_ordre_d_arrivee(recus, hasard):
    def faits(ordre):
        essai = campagne(structure("foyer", "ville", multisite=True), structure("relais", "gresilles"))
        for qui, source, lieu, valeur in ordre:
            if qui == "foyer" or lieu in ("", "@gresilles"):
                essai.repondre(qui, 2025, f"i:{NOMBRE}{lieu}", source=source, valeur=valeur)
        return essai.construire().lignes("SELECT * FROM interne.fait ORDER BY ALL")

    melanges = list(recus)
    hasard.shuffle(melanges)
    assert faits(recus) == faits(melanges)


def test_ce_qui_est_tire_d_un_extrait_le_dit_au_nombre_pres():
    """What is calculated from an extract says it; what the extract does not hold does not."""
    calcul = indicateur("SOLDE", "calcul", calcul="difference:ENTREES:SORTIES", unite="projets")
    entrees = indicateur("ENTREES", unite_statistique="projet", ventilations=("sexe",))
    sorties = indicateur("SORTIES", unite_statistique="projet")
    essai = CampagneMinuscule([entrees, sorties, calcul], [structure(x, "gresilles") for x in "ab"])
    essai.repondre("a", 2025, "i:ENTREES", source="extrait:caf", valeur=30)
    essai.repondre("b", 2025, "i:ENTREES", valeur=20)
    essai.repondre("b", 2025, "i:ENTREES#sexe=femmes", valeur=12)
    for qui in "ab":
        essai.repondre(qui, 2025, "i:SORTIES", valeur=10)
    base = essai.construire()
    dite = "dont 1 répondant d’après un extrait CAF, non confirmé"
    assert [base.mesure(mesure)["mention"] for mesure in ("ENTREES", "SOLDE", "SORTIES")] == [
        dite,
        dite,
        None,
    ]
    assert base.mesure("ENTREES", ventilation="sexe", modalite="femmes")["mention"] is None
