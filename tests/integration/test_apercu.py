"""What a correction would change is what it then changes, figure by figure."""

import pytest

from ctg.entrepot import Entrepot
from ctg.referentiel import charger, dossier_par_defaut
from etl import saisies
from etl.canevas.ecriture import ecrire
from etl.construction.apercu import apercevoir
from etl.construction.entrepot import construire
from etl.saisies import SaisieRefusee
from etl.saisies.cases import cases

CRECHE = "creche-princes-de-conde"
ADMIS = "PE-2.0.2-b"
PUBLIES = """
    SELECT indicateur_id, niveau, territoire_id, type_structure, perimetre, periode_id, ventilation, modalite,
           affichage
    FROM publication.mesure
"""


@pytest.fixture
def ville(tmp_path, monkeypatch):
    monkeypatch.setenv("CTG_SAISIES", str(tmp_path / "saisies"))
    convention = charger(dossier_par_defaut())
    reponses = {CRECHE: {(f"i:{ADMIS}", "valeur"): 45}}
    ecrire(convention, 2025, tmp_path / "recus", reponses=reponses)
    lieux = ((tmp_path / "recus",), dossier_par_defaut(), tmp_path / "w.duckdb")
    construire(*lieux)
    return convention, lieux


def publies(entrepot):
    lus = Entrepot(entrepot).executer(PUBLIES)
    return {ligne[:-1]: ligne[-1] for ligne in lus.itertuples(index=False, name=None)}


def test_l_apercu_dit_ce_que_la_correction_changera(ville, tmp_path):
    convention, (dossiers, referentiel, entrepot) = ville
    case = next(c for c in cases(Entrepot(entrepot), convention, CRECHE, 2025) if c.cle == f"i:{ADMIS}")
    assert case.contenu == "45" and ".xlsx, feuille " in case.origine
    ligne = {
        "fonction": "coordination",
        "raison": "Erreur de frappe",
        "repondant_id": CRECHE,
        "annee": 2025,
        "cle": case.cle,
        "code": case.code,
        "ancienne": case.contenu,
        "nouvelle": "47",
    }
    avant = publies(entrepot)
    changes = apercevoir("valeurs", ligne, dossiers, referentiel, entrepot).changes
    assert not (tmp_path / "saisies").exists() and publies(entrepot) == avant
    saisies.ajouter("valeurs", ligne)
    construire(dossiers, referentiel, entrepot)
    apres = publies(entrepot)
    bouges = [
        (cle, avant[cle], apres[cle])
        for cle in apres
        if apres[cle] != avant[cle] and cle[4] == "tous" and (cle[3] == "tous" or cle[1] == "structure")
    ]
    assert len(bouges) >= 3  # the structure, its quartier, the city
    assert sorted((c.avant, c.apres) for c in changes) == sorted((a, b) for _, a, b in bouges)
    with pytest.raises(SaisieRefusee, match="n’est pas un nombre"):
        apercevoir("valeurs", ligne | {"nouvelle": "plein"}, dossiers, referentiel, entrepot)
