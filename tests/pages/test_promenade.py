"""Whatever stands in the address, a page is drawn: a walk at random, the same each time."""

import random
from urllib.parse import urlencode

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from pages.commun import navigation
from tests.exemples.entrepots_fictifs import SCENARIOS

ETAPES = 60
CONVENTION = charger(dossier_par_defaut())
# what somebody may type, or an old link still hold
BIZARRES = (
    "",
    "tous",
    "TOUS",
    "zz-inconnu",
    "1789",
    "-1",
    "2025.0",
    "<script>",
    "'; --",
    "é\u202f%",
    "x" * 500,
)
VALEURS = {
    "axe": (*CONVENTION.axes,),
    "fiche": (*CONVENTION.fiches,),
    "indicateur": (*CONVENTION.indicateurs,),
    "provenance": (*CONVENTION.indicateurs,),
    "quartier": (*CONVENTION.quartiers, "ville", "hors-dijon"),
    "structure": (*CONVENTION.structures,),
    "type": (*CONVENTION.types_structure,),
    "annee": ("2023", "2024", "2025", "2026"),
    "periode": ("2024", "2025-S1", "2025-T3", "2024-2025"),
}


def etapes() -> list:
    """Scenario, page, address of each step."""
    hasard = random.Random(20241121)
    promenade = []
    for rang in range(ETAPES):
        page = navigation.PAGES[rang % len(navigation.PAGES)]
        adresse = {
            cle: hasard.choice(BIZARRES if hasard.random() < 0.15 else valeurs)
            for cle, valeurs in VALEURS.items()
            if hasard.random() < 0.6
        }
        nom = f"{rang} {page.adresse}?{urlencode(adresse)[:60]}"
        promenade.append(pytest.param(hasard.choice(SCENARIOS), page.fichier, adresse, id=nom))
    return promenade


@pytest.mark.parametrize(("scenario", "page", "adresse"), etapes())
def test_aucune_combinaison_ne_fait_tomber_une_page(ouvrir, entrepots, scenario, page, adresse):
    lue = ouvrir(entrepots(scenario), page, **adresse)
    assert lue.titre
    assert "zz-inconnu" not in lue.mots
