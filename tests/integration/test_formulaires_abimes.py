"""Whatever is done to a form: no traceback, no number its cell does not hold, nothing dropped in silence.

CTG_MUTATIONS=10000 runs the long campaign that docs/decisions/11-abimer-pour-verifier.md reports.
"""

import os

import pytest

from tests.exemples.campagne_abimee import mener
from tests.exemples.campagne_propre import ecrire_campagne

MUTATIONS = int(os.environ.get("CTG_MUTATIONS", "180"))


@pytest.mark.timeout(0 if MUTATIONS > 1_000 else 300)
def test_mutations_de_formulaires_remplis(tmp_path):
    modeles = sorted(ecrire_campagne(tmp_path / "modeles")[2025])
    dossier = tmp_path / "lots"
    dossier.mkdir()
    constat = mener(modeles, dossier, MUTATIONS)
    assert constat.fichiers == MUTATIONS
    assert constat.muets == []
    assert constat.inventees == []
    assert constat.perdues == []
    assert constat.tues == []
    # the campaign proves something only if most files are still read, and some are not
    assert constat.valeurs > 20 * MUTATIONS
    assert 0 < constat.refuses < MUTATIONS
