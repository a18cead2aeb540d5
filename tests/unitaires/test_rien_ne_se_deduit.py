"""Nothing hidden follows from what is published, whatever was answered (docs/decisions/04-petits-nombres.md).

The adversary is tests/exemples/attaque/voisin.py, judged in test_attaque.py: it knows nothing of how the
masking is done.
"""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.exemples.attaque.voisin import attaquer, attaquer_fichier
from tests.exemples.campagne_a_secrets import construire, structures, tirer
from tests.exemples.entrepots_fictifs import CAMPAGNES

INTERDITS = {"effectif", "taux", "montant", "part"}
# not done (the decision says it): an anomaly may quote the other question of the two it compares, and whole
# numbers sometimes leave less choice than the additions do
CONNUES = {"bornes", "collecte.anomalie"}


@pytest.mark.parametrize("scenario", CAMPAGNES)
def test_rien_ne_se_deduit_de_la_campagne_fictive(entrepots, scenario):
    assert not [f for f in attaquer_fichier(entrepots(scenario)) if f.genre in INTERDITS]


# a leak is told with its whole campaign: making it smaller would build hundreds of warehouses
@settings(max_examples=8, phases=(Phase.explicit, Phase.generate))
@given(hasard=st.randoms(use_true_random=False), nombre=st.integers(3, 6), itinerante=st.booleans())
def test_rien_ne_se_deduit_d_une_petite_campagne(hasard, nombre, itinerante):
    toutes = structures(nombre, itinerante)
    reponses = tirer(hasard, toutes)
    fuites = attaquer(construire(toutes, reponses).connexion)
    trouvees = [f for f in fuites if f.genre in INTERDITS and f.famille not in CONNUES]
    assert not trouvees, (trouvees, reponses)
