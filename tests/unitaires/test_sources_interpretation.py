"""A blank is never zero, whatever the source and the note beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.sources import familles
from etl.sources.interpretation import interpreter

CAF = next(f for f in familles() if f.source_id == "caf_iris")
DEC = next(f for f in familles() if f.source_id == "filosofi_iris_dec")
POPULATION = next(f for f in familles() if f.source_id == "population_iris")


@pytest.mark.parametrize(
    ("famille", "texte", "note", "valeur", "etat"),
    [
        (CAF, "1581", "0", 1581.0, "publie"),
        (CAF, "0", "0", 0.0, "publie"),  # a printed zero is a value
        (CAF, "", "0", None, "secret"),
        (CAF, "", "3", None, "secret"),
        (CAF, "", "5", None, "secret"),
        (CAF, "", "8", None, "manquant"),  # no declaration explains it
        (CAF, "12", "5", None, "secret"),
        (DEC, "ns", "so", None, "manquant"),
        (DEC, "ND", "", None, "manquant"),
        (DEC, "s", "", None, "secret"),
        (DEC, "so", "0", None, "sans_objet"),
        (POPULATION, "", "", None, "manquant"),
        (POPULATION, "2625.0", "", 2625.0, "publie"),
    ],
)
def test_cas(famille, texte, note, valeur, etat):
    assert interpreter(famille, texte, note)[:2] == (valeur, etat)


@given(st.sampled_from(familles()), st.sampled_from(["", "0", "1", "3", "5", "9", "x"]))
def test_un_blanc_n_a_jamais_de_valeur(famille, note):
    lue = interpreter(famille, "", note)
    assert lue.valeur is None
    assert lue.etat != "publie"
    assert lue.note


@given(st.sampled_from(familles()), st.text(max_size=12), st.sampled_from(["", "0", "1", "3", "5", "9"]))
def test_publie_si_et_seulement_si_une_valeur(famille, texte, note):
    lue = interpreter(famille, texte.strip(), note)
    assert (lue.etat == "publie") == (lue.valeur is not None)
