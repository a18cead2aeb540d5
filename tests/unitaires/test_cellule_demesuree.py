"""A cell of millions of characters is refused before any rule goes through it."""

import pytest

from etl.classeurs import ClasseurRefuse
from etl.classeurs.ouverture import lire_octets


@pytest.mark.parametrize(("longueur", "admise"), [(32_767, True), (32_768, False), (100_000, False)])
def test_une_cellule_demesuree_est_refusee(longueur, admise):
    octets = b"a;b\n" + b"x" * longueur + b";1\n"
    if admise:
        assert lire_octets(octets, ".csv").feuilles
        return
    with pytest.raises(ClasseurRefuse) as refus:
        lire_octets(octets, ".csv")
    assert "32 767" in refus.value.anomalie.message
