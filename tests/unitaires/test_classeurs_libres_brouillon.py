"""The draft of any workbook, accepted as proposed: read without a crash, or refused with its reasons."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from ctg.referentiel import ReferentielInvalide, charger, dossier_par_defaut
from etl.classeurs import Classeur, Feuille
from etl.classeurs_libres.declaration.chargement import declaration
from etl.classeurs_libres.description.redaction import rediger
from etl.classeurs_libres.lecture.classeur import lire_selon
from tests.exemples.brouillon_accepte import choix_propose

CONVENTION = charger(dossier_par_defaut())
MOTS = ["Structure", "Adhérents", "Familles", "Total", "L’Archipel", "La Maison-Phare", "Maison Phare"]
MOTS += ["Enfants admis", "Total des charges (k€)", "Archipel :", "*", "Année : 2025", "Indicateur", "n.c."]
MOTS += ["2025", " "]
CELLULE = st.one_of(
    st.just(""),
    st.sampled_from(MOTS),
    st.text(max_size=6),
    st.integers(0, 3000).map(float),
    st.floats(-10, 1e9, allow_nan=False),
    st.booleans(),
    st.just(dt.datetime(2025, 3, 1)),
)
NOMBRE = st.one_of(
    st.integers(0, 3000).map(float), st.sampled_from(["1 412", "12 (dont 5 filles)", "n.c.", ""])
)
LIGNE = st.tuples(st.sampled_from(MOTS), st.lists(st.one_of(NOMBRE, NOMBRE, CELLULE), min_size=5, max_size=5))
BLOC = st.tuples(
    st.lists(st.sampled_from(MOTS), min_size=6, max_size=6, unique=True),
    st.lists(LIGNE.map(lambda ligne: [ligne[0], *ligne[1]]), min_size=1, max_size=5),
)


def couper(blocs: list[tuple[list[object], list[list[object]]]], largeur: int) -> list[list[object]]:
    """Tables one under the other, of the first `largeur` columns, a blank row between them."""
    vide: list[object] = [""] * largeur
    return [r[:largeur] for entete, lignes in blocs for r in [entete, *lignes, vide]]


FEUILLE = st.one_of(
    st.tuples(st.lists(BLOC, min_size=1, max_size=3), st.integers(2, 6)).map(lambda x: couper(*x)),
    st.lists(st.lists(CELLULE, min_size=4, max_size=4), min_size=1, max_size=10),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(FEUILLE, min_size=1, max_size=3))
def test_le_brouillon_de_n_importe_quel_classeur_se_lit_ou_dit_ce_qui_lui_manque(rangees):
    noms = ["L’Archipel", "Suivi 2025", "Adhérents"]
    feuilles = [Feuille(nom, r) for nom, r in zip(noms, rangees, strict=False)]
    texte = rediger(choix_propose(feuilles, "suivi_2025.xlsx", CONVENTION))
    try:
        modele = declaration(texte, "suivi", CONVENTION)
    except ReferentielInvalide as erreur:
        assert erreur.erreurs
        return
    lecture = lire_selon(modele, Classeur("xlsx", tuple(feuilles)), "suivi_2025.xlsx", CONVENTION)
    assert lecture.formulaires or lecture.anomalies
