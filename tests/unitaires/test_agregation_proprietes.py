"""Whatever is answered: a city is the ratio of the sums, quartiers make the city, coverage never lies."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exemples.campagne_minuscule import CampagneMinuscule, indicateur, structure

QUARTIERS = {"a": "gresilles", "b": "gresilles", "c": "universite", "d": "ville", "e": "hors-dijon"}
CENTRES = [structure(nom, quartier) for nom, quartier in QUARTIERS.items()]
MESURES = [
    indicateur("N", unite="projets"),
    indicateur("T", "rapport", unite="%", unite_statistique="site"),
]

nombre = st.one_of(st.none(), st.just("sans objet"), st.integers(0, 1000))
reponses = st.dictionaries(st.sampled_from(sorted(QUARTIERS)), st.tuples(nombre, nombre, nombre), min_size=1)


def est_nombre(lu):
    return isinstance(lu, int)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reponses=reponses)
def test_sommes_rapports_et_couverture(reponses):
    campagne = CampagneMinuscule(MESURES, CENTRES)
    for nom, (compte, numerateur, denominateur) in reponses.items():
        campagne.repondre(nom, 2025, "i:N", valeur=compte)
        campagne.repondre(nom, 2025, "i:T", numerateur=numerateur, denominateur=denominateur)
    base = campagne.construire()

    comptes = [compte for compte, _, _ in reponses.values()]
    ville = base.mesure("N")
    donnes = [compte for compte in comptes if est_nombre(compte)]
    assert ville["valeur"] == (sum(donnes) if donnes else None)
    assert ville["nb_repondantes"] == len(donnes)
    assert ville["nb_attendues"] == len(CENTRES) - comptes.count("sans objet")
    parts = base.lignes(
        "SELECT coalesce(sum(valeur), 0) AS somme, sum(nb_repondantes) AS n, sum(nb_attendues) AS sur"
        " FROM publication.mesure"
        " WHERE indicateur_id = 'N' AND niveau = 'quartier' AND type_structure = 'tous'"
    )[0]
    assert (parts["somme"], parts["n"], parts["sur"]) == (
        sum(donnes),
        ville["nb_repondantes"],
        ville["nb_attendues"],
    )

    # a part larger than its whole is refused, and counts neither above nor below
    paires = [(n, d) for _, n, d in reponses.values() if est_nombre(n) and est_nombre(d) and n <= d]
    taux = base.mesure("T")
    assert taux["nb_repondantes"] == len(paires)
    if sum(d for _, d in paires):
        attendu = 100 * sum(n for n, _ in paires) / sum(d for _, d in paires)
        assert taux["valeur"] == pytest.approx(attendu)
    else:
        assert taux["valeur"] is None
