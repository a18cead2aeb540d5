"""Every chain of two corrections of one cell, on whatever may be received there, against a plain model."""

import itertools

import pytest

from etl.saisies.corrections import RECUE
from etl.saisies.registres import REGISTRES
from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

MESURE = "JE-1.1.2-a"
RECUS = (None, "", "45")  # no report; a report that leaves the cell blank; a report that says 45
LIGNES = tuple(itertools.product(("", "45", "47"), ("", "45", "47", RECUE)))  # what it held, what it becomes
CAS = {f"s{n}": cas for n, cas in enumerate(itertools.product(RECUS, LIGNES, LIGNES))}


def suivre(recu, chaine):
    """(final content, how each line fared, whether somebody still has to look)."""
    base = contenu = recu or ""
    sorts = []
    for ancienne, nouvelle in chaine:
        voulu = base if nouvelle == RECUE else nouvelle
        if ancienne == contenu:
            contenu = voulu
            sorts.append("appliquee")
        else:
            sorts.append("recue_depuis" if voulu == contenu else "perimee")
    appliquees = [rang for rang, sort in enumerate(sorts) if sort == "appliquee"]
    a_revoir = sorts[-1] == "perimee"
    return (
        contenu,
        ["corrigee_depuis" if rang in appliquees[:-1] else sort for rang, sort in enumerate(sorts)],
        a_revoir,
    )


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    dossier = tmp_path_factory.mktemp("saisies")
    campagne = CampagneMinuscule(
        [indicateur(MESURE, unite_statistique="projet")], [structure(qui, "gresilles") for qui in CAS]
    )
    registre = [";".join(REGISTRES["valeurs"].entete)]
    for qui, (recu, *chaine) in CAS.items():
        if recu is not None:
            campagne.repondre(qui, 2025, f"i:{MESURE}", valeur=int(recu) if recu else None)
        registre += [
            f"2026-11-21T10:0{n}:00;coordination;Appel;{qui};2025;i:{MESURE};valeur;{ancienne};{nouvelle};non"
            for n, (ancienne, nouvelle) in enumerate(chaine)
        ]
    (dossier / "valeurs.csv").write_text("\n".join(registre) + "\n", encoding="utf-8")
    return campagne.construire(dossier)


def par_structure(base, requete):
    groupes = {qui: [] for qui in CAS}
    for qui, lu in base.connexion.execute(requete).fetchall():
        groupes[qui].append(lu)
    return groupes


def test_ce_que_chaque_case_finit_par_dire(base):
    dits = par_structure(base, "SELECT repondant_id, valeur FROM interne.fait WHERE valeur IS NOT NULL")
    for qui, (recu, *chaine) in CAS.items():
        contenu, _, _ = suivre(recu, chaine)
        assert dits[qui] == ([float(contenu)] if contenu else []), (recu, chaine)


def test_ce_que_devient_chaque_ligne_et_ce_qui_reste_a_revoir(base):
    sorts = par_structure(base, "SELECT repondant_id, sort FROM collecte.correction ORDER BY ligne")
    perimees = par_structure(
        base, "SELECT repondant_id, regle FROM collecte.anomalie WHERE regle = 'correction_perimee'"
    )
    for qui, (recu, *chaine) in CAS.items():
        _, attendus, a_revoir = suivre(recu, chaine)
        assert sorts[qui] == attendus, (recu, chaine)
        assert bool(perimees[qui]) == a_revoir, (recu, chaine)


def test_seuls_ceux_qui_ont_envoye_un_rapport_sont_recus(base):
    recus = par_structure(
        base,
        "SELECT repondant_id, statut FROM collecte.attendu WHERE annee = 2025 AND formulaire = 'structure'",
    )
    for qui, (recu, *_) in CAS.items():
        assert recus[qui] == ["attendu" if recu is None else "recu"], recu
