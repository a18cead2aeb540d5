"""Numbers typed in a form: the published table of cases, and what must hold for any number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctg import formats
from etl.canevas.nombres import CAS, Nature, Nombre, lire_nombre


@pytest.mark.parametrize(("lu", "nature", "valeur", "regle"), CAS, ids=lambda cas: repr(cas))
def test_chaque_cas_publie(lu, nature, valeur, regle):
    assert lire_nombre(lu, nature) == Nombre(valeur, regle)


@given(st.integers(0, 10**6))
def test_un_nombre_ecrit_a_la_francaise_se_relit(entier):
    assert lire_nombre(formats.nombre(entier), Nature.ENTIER) == Nombre(float(entier), "nombre_en_texte")


@given(st.text(min_size=1))
def test_un_texte_quelconque_ne_fait_jamais_echouer_et_ne_devient_jamais_negatif(texte):
    lu = lire_nombre(texte, Nature.ENTIER)
    assert (lu.valeur is None) == (lu.regle != "nombre_en_texte")
    assert lu.valeur is None or lu.valeur >= 0


@given(st.floats())
def test_un_nombre_lu_est_toujours_fini(valeur):
    for nature in (Nature.ENTIER, Nature.DECIMAL, Nature.MONTANT, Nature.POURCENTAGE, Nature.NIVEAU):
        lu = lire_nombre(valeur, nature)
        assert lu.valeur is None or abs(lu.valeur) < float("inf")
        assert (lu.valeur is None) == (lu.regle is not None)
