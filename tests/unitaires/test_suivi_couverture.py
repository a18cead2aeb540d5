"""Who is late, what is known and why not: worked cases through the real SQL of the warehouse."""

import datetime as dt
from dataclasses import replace

import pytest

from ctg.referentiel.parametres import Campagne
from etl.canevas.modeles import Formulaire
from etl.jugement.depots import Depot, departager
from tests.exemples.campagne_minuscule import CONVENTION, CampagneMinuscule, indicateur, structure

LIEUX = {"a": "gresilles", "b": "maladiere", "c": "universite", "d": "centre-ville", "e": "bourroches"}
ECHEANCE = dt.date(2026, 7, 15)  # of the campaign 2025, as the convention declares it


def campagne(*indicateurs, campagnes=None, lieux=LIEUX):
    tous = indicateurs or (indicateur("N"),)
    faite = CampagneMinuscule(list(tous), [structure(s, q) for s, q in lieux.items()])
    if campagnes:
        parametres = replace(faite.referentiel.parametres, campagnes=campagnes)
        faite.referentiel = replace(faite.referentiel, parametres=parametres)
    return faite


def au(base, jour):
    """The same warehouse, had it been built on `jour`."""
    base.connexion.execute("UPDATE publication.convention SET construit_le = ?", [jour])
    return base


def attendu(base, repondant_id="a", annee=2025):
    return base.une("collecte.attendu", repondant_id=repondant_id, annee=annee)


@pytest.mark.parametrize(
    ("jour", "jours", "etat"),
    [
        (dt.datetime(2026, 7, 1), 0, "attendu"),
        (dt.datetime(2026, 7, 15, 23), 0, "attendu"),  # the last day is not late
        (dt.datetime(2026, 7, 16), 1, "en_retard"),
        (dt.datetime(2026, 11, 21, 8, 30), 129, "en_retard"),
    ],
)
def test_ce_qui_n_est_pas_arrive_n_est_en_retard_qu_apres_l_echeance(jour, jours, etat):
    faite = campagne()
    faite.repondre("b", 2025, "i:N", valeur=30)
    base = au(faite.construire(), jour)
    assert attendu(base)["statut"] == "attendu"
    assert attendu(base)["jours_de_retard"] == jours
    assert base.une("collecte.couverture", indicateur_id="N", repondant_id="a", annee=2025)["etat"] == etat


def recevoir(faite, repondant_id, le, statut="accepte"):
    formulaire = Formulaire("structure", repondant_id, 2025, False, None, repondant_id, statut, ())
    lue = faite.collecte()
    lue.depots = departager(
        [Depot(f"{repondant_id}_2025.xlsx", formulaire, le and dt.datetime.combine(le, dt.time()))]
    )
    lue.fichiers = [replace(_fichier(faite), fichier=f"{repondant_id}_2025.xlsx")]
    faite.collecte = lambda: lue
    return attendu(faite.construire(), repondant_id)


def _fichier(faite):
    faite.repondre("b", 2025)
    return faite.collecte().fichiers[0]


@pytest.mark.parametrize(
    ("recu_le", "statut", "jours"),
    [
        (dt.date(2026, 7, 15), "recu", 0),
        (dt.date(2026, 7, 18), "en_retard", 3),
        (None, "recu", None),  # without a known date, never late
    ],
)
def test_ce_qui_est_arrive_garde_son_retard_du_jour_ou_il_est_arrive(recu_le, statut, jours):
    ligne = recevoir(campagne(), "a", recu_le)
    assert (ligne["statut"], ligne["jours_de_retard"]) == (statut, jours)


def jour(texte: str | None) -> dt.date | None:
    return texte and dt.date.fromisoformat(f"2026-{texte}")


@pytest.mark.parametrize(
    ("envois", "statut", "jours", "repond"),
    [
        # (source, received, state): the form is due on 15 July; what completes it may come when it can
        ([("formulaire", "07-01", "accepte"), ("classeur:suivi", "09-30", "accepte")], "recu", 0, 0),
        ([("formulaire", "07-18", "accepte"), ("classeur:suivi", "07-01", "accepte")], "en_retard", 3, 0),
        ([("formulaire", None, "accepte"), ("classeur:suivi", "09-30", "accepte")], "recu", None, 0),
        # without a form, the first workbook answers, the next ones complete it
        ([("classeur:un", "07-01", "accepte"), ("classeur:deux", "09-30", "accepte")], "recu", 0, 0),
        ([("classeur:un", "07-18", "accepte"), ("classeur:deux", "09-30", "accepte")], "en_retard", 3, 0),
        # nobody knows that the undated one came late
        ([("classeur:un", None, "accepte"), ("classeur:deux", "09-30", "accepte")], "recu", None, 0),
        # a refused one answers nothing, a half refused one is still to correct
        ([("formulaire", "07-01", "refuse"), ("classeur:suivi", "07-18", "accepte")], "en_retard", 3, 1),
        (
            [("formulaire", "07-01", "accepte"), ("classeur:suivi", "09-30", "accepte_partiel")],
            "a_corriger",
            0,
            0,
        ),
        ([("formulaire", "07-01", "accepte"), ("classeur:suivi", "09-30", "refuse")], "a_corriger", 0, 0),
        ([("formulaire", "07-01", "accepte"), ("extrait:isaje", "09-30", "accepte")], "recu", 0, 0),
    ],
)
def test_le_retard_est_celui_de_l_envoi_qui_repond(envois, statut, jours, repond):
    faite = campagne()
    fichier, lue = _fichier(faite), faite.collecte()
    noms = [f"a_{rang}.xlsx" for rang in range(len(envois))]
    lue.depots = departager(
        [
            Depot(
                nom,
                Formulaire("structure", "a", 2025, False, None, "a", etat, (), source=source),
                le and dt.datetime.combine(jour(le), dt.time()),
            )
            for nom, (source, le, etat) in zip(noms, envois, strict=True)
        ]
    )
    lue.fichiers = [replace(fichier, fichier=nom) for nom in noms]
    faite.collecte = lambda: lue
    ligne = attendu(faite.construire(), "a")
    assert (ligne["statut"], ligne["jours_de_retard"], ligne["fichier"]) == (statut, jours, noms[repond])


def test_un_formulaire_refuse_reste_en_retard_jusqu_a_ce_qu_il_soit_renvoye():
    ligne = recevoir(campagne(), "a", dt.date(2026, 7, 1), statut="refuse")
    assert (ligne["statut"], ligne["jours_de_retard"]) == ("refuse", 129)


def test_les_referents_peuvent_avoir_leur_echeance():
    faite = campagne(campagnes=(Campagne(2025, ECHEANCE, dt.date(2026, 12, 1)),))
    faite.repondre("a", 2025, "i:N", valeur=30)
    base = faite.construire()
    assert attendu(base, "b")["jours_de_retard"] == 129
    fiche = base.une("collecte.attendu", repondant_id="JE-1", annee=2025)
    assert (fiche["echeance"], fiche["jours_de_retard"]) == (dt.date(2026, 12, 1), 0)


def test_une_campagne_declaree_est_suivie_avant_son_premier_formulaire():
    faite = campagne(
        campagnes=(Campagne(2025, ECHEANCE), Campagne(2026, dt.date(2027, 7, 15))),
    )
    faite.repondre("a", 2025, "i:N", valeur=30)
    base = faite.construire()
    assert base.une("publication.campagne", annee=2026)["nb_recus"] == 0
    etats = base.lignes(
        "SELECT DISTINCT etat FROM collecte.couverture WHERE annee = 2026 AND indicateur_id = 'N'"
    )
    assert {ligne["etat"] for ligne in etats} == {"attendu", "non_demande"}  # the fiches are not asked
    assert not base.lignes("SELECT * FROM publication.mesure WHERE annee = 2026")


def couverture(base, indicateur_id="N", annee=2025):
    lignes = base.lignes(
        "SELECT repondant_id, etat, fichier, raison FROM collecte.couverture"
        " WHERE indicateur_id = ? AND annee = ? AND formulaire = 'structure'",
        indicateur_id,
        annee,
    )
    return {ligne["repondant_id"]: ligne for ligne in lignes}


def test_chaque_reponse_dit_si_elle_est_connue_et_pourquoi_elle_ne_l_est_pas():
    faite = campagne(
        indicateur("R", "rapport", unite_statistique="personne"), lieux=LIEUX | {"f": "montchapet"}
    )
    faite.repondre("a", 2025, "i:R", numerateur=30, denominateur=40)
    faite.repondre("f", 2025, "i:R", numerateur=20, denominateur=40)  # masked too: the city would give b back
    faite.repondre("b", 2025, "i:R", numerateur=3, denominateur=40)  # 1 to 4 persons: masked
    faite.repondre("c", 2025)
    faite.repondre("d", 2025, "i:R", numerateur="sans objet", denominateur="sans objet")
    lues = couverture(faite.construire(), "R")
    assert {code: ligne["etat"] for code, ligne in lues.items()} == {
        "a": "disponible",
        "b": "masque",
        "c": "manquant",
        "d": "sans_objet",
        "e": "en_retard",
        "f": "masque",
    }
    assert lues["a"]["fichier"] == "a_2025.xlsx"
    assert lues["c"]["fichier"] == "c_2025.xlsx"  # where the blank is
    assert lues["e"]["fichier"] is None


def test_une_reponse_refusee_dit_pourquoi_et_jamais_ce_qui_y_etait_ecrit():
    faite = campagne(indicateur("S", "satisfaction"))
    faite.repondre("a", 2025, "i:S", proposes=30, repondants=20, satisfaits=21)
    ligne = couverture(faite.construire(), "S")["a"]
    assert ligne["etat"] == "refuse"
    assert "satisf" in ligne["raison"]


def test_un_formulaire_entier_refuse_refuse_chacune_de_ses_reponses():
    faite = campagne(indicateur("N"), indicateur("M"))
    recevoir(faite, "a", dt.date(2026, 7, 1), statut="refuse")
    base = faite.construire()
    assert {couverture(base, mesure)["a"]["etat"] for mesure in "NM"} == {"refuse"}


def test_une_mesure_calculee_vaut_son_terme_le_moins_connu():
    faite = campagne(
        indicateur("P"),
        indicateur("Q"),
        indicateur("C", "calcul", calcul="rapport:P:Q", repondant="structures"),
    )
    faite.repondre("a", 2025, "i:P", valeur=20)
    faite.repondre("a", 2025, "i:Q", valeur=40)
    faite.repondre("b", 2025, "i:P", valeur=20)
    lues = couverture(faite.construire(), "C")
    assert [lues[code]["etat"] for code in "abe"] == ["disponible", "manquant", "en_retard"]


@pytest.mark.parametrize(
    ("change", "raison"),
    [
        ({"definition": "a_arreter", "repondant": "R-JE"}, "Définition à arrêter par : Référent jeunesse."),
        ({"repondant": "R-JE", "types_repondants": ()}, "Demandé à : Référent jeunesse."),
        ({"types_repondants": ("ludotheque",)}, "N’est pas demandé à ce répondant."),
    ],
)
def test_ce_qui_n_est_pas_demande_dit_pourquoi(change, raison):
    faite = campagne(indicateur("N"), indicateur("Z", **change))
    faite.repondre("a", 2025, "i:N", valeur=30)
    ligne = couverture(faite.construire(), "Z")["a"]
    assert (ligne["etat"], ligne["raison"]) == ("non_demande", raison)


def test_la_couverture_n_a_aucune_colonne_de_valeur():
    colonnes = campagne().construire().lignes("DESCRIBE collecte.couverture")
    assert {c["column_name"] for c in colonnes} == {
        "indicateur_id",
        "formulaire",
        "repondant_id",
        "annee",
        "etat",
        "fichier",
        "raison",
    }


def test_deux_expediteurs_du_meme_nom_se_distinguent():
    faite = campagne()
    un, deux = list(CONVENTION.expediteurs.values())[:2]
    faite.referentiel = replace(
        faite.referentiel,
        expediteurs={un.expediteur_id: un, deux.expediteur_id: replace(deux, nom=un.nom)},
    )
    noms = faite.construire().lignes("SELECT expediteur_id, nom FROM collecte.expediteur ORDER BY nom")
    homonymes = [ligne["nom"] for ligne in noms if ligne["nom"].startswith(f"{un.nom} (")]
    assert sorted(homonymes) == sorted(f"{un.nom} ({x.expediteur_id})" for x in (un, deux))
