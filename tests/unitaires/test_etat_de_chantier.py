"""The state of a build is a file: torn, or of another version, it says nothing, and stops no page."""

import pytest

from etl.construction import chantier


@pytest.mark.parametrize(
    "ecrit", ["", "[]", "null", "{}", '{"debut": ', '{"debut": "x", "etape": "d’avant"}', "\xff"]
)
def test_un_etat_qui_ne_se_lit_pas_vaut_aucun_etat(tmp_path, ecrit):
    entrepot = tmp_path / "entrepot.duckdb"
    with chantier.ouvrir(entrepot):
        pass
    (tmp_path / ".entrepot.duckdb.chantier" / "etat.json").write_bytes(ecrit.encode("latin-1", "replace"))
    assert chantier.etat(entrepot) is None
