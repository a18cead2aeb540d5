"""What can be worked out from what is shown: judged by a plain elimination, written apart."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.secret.deductions import Deductions

ATOMES = range(1, 8)


def rang(formes):
    """The rank of a list of combinations, by the school method."""
    lignes = [[Fraction(forme.get(atome, 0)) for atome in ATOMES] for forme in formes]
    trouve = 0
    for colonne in range(len(ATOMES)):
        pivot = next((x for x in lignes[trouve:] if x[colonne]), None)
        if pivot is None:
            continue
        lignes.remove(pivot)
        lignes.insert(trouve, pivot)
        lignes = [
            ligne
            if i == trouve
            else [x - ligne[colonne] / pivot[colonne] * y for x, y in zip(ligne, pivot, strict=True)]
            for i, ligne in enumerate(lignes)
        ]
        trouve += 1
    return trouve


def se_deduit(forme, connues):
    return rang([*connues, forme]) == rang(connues)


def seul(*secrets):
    """Judges that only these atoms, each alone, must not be told."""
    return lambda forme: len(forme) == 1 and next(iter(forme)) in secrets


def test_un_total_et_ses_autres_parts_rendent_la_derniere():
    deductions = Deductions(seul(1))
    assert deductions.montrer([{1: 1, 2: 1, 3: 1}])
    assert deductions.montrer([{3: 1}])
    assert not deductions.montrer([{2: 1}])
    assert deductions.montrer([{4: 1}])  # the refusal changed nothing


def test_ce_que_tout_lecteur_sait_compte():
    deductions = Deductions(seul(1))
    deductions.supposer({3: 1, 1: -1, 2: -1})
    assert deductions.montrer([{3: 1}])
    assert not deductions.montrer([{2: 1}])


def test_les_deux_nombres_d_une_ligne_se_montrent_ensemble_ou_pas():
    deductions = Deductions(seul(1))
    assert deductions.montrer([{1: 1, 2: 1}])
    assert not deductions.montrer([{3: 1}, {2: 1}])
    assert deductions.montrer([{3: 1, 1: 1}])  # atom 3 is not known: it would have told atom 1


def test_une_somme_a_taire_ne_se_retrouve_pas():
    deductions = Deductions(seul())
    deductions.taire({1: 1, 2: 1})
    assert deductions.montrer([{1: 1, 2: 1, 3: 1}])
    assert deductions.montrer([{1: 1}])
    assert not deductions.montrer([{3: 1}])
    assert not deductions.montrer([{2: 1}])


@pytest.mark.parametrize("doubles", [{1: 2}, {1: 2, 2: 4}])
def test_des_coefficients_quelconques(doubles):
    deductions = Deductions(seul(1))
    deductions.supposer({2: 3})
    assert not deductions.montrer([doubles])


forme = st.dictionaries(st.sampled_from(ATOMES), st.sampled_from((1, 1, 1, -1, 2)), min_size=1, max_size=5)


@settings(max_examples=300, deadline=None)
@given(
    tues=st.lists(forme, max_size=3),
    secrets=st.sets(st.sampled_from(ATOMES), max_size=2),
    lignes=st.lists(st.lists(forme, min_size=1, max_size=2), max_size=12),
)
def test_rien_de_tu_ne_se_deduit_et_rien_ne_se_tait_pour_rien(tues, secrets, lignes):
    deductions = Deductions(seul(*secrets))
    a_taire = [*tues, *({atome: 1} for atome in secrets)]
    for tue in tues:
        deductions.taire(tue)
    montrees = []
    for ligne in lignes:
        trahit = any(se_deduit(tue, [*montrees, *ligne]) for tue in a_taire)
        assert deductions.montrer(ligne) is not trahit
        if not trahit:
            montrees.extend(ligne)
