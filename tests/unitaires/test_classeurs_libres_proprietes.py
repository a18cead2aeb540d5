"""Whatever stands in a declared table: no value that is not in it, and nothing of it without a line."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from ctg.referentiel import charger, dossier_par_defaut
from etl.adresse import adresse
from etl.classeurs import Calcul, Classeur, Feuille
from etl.classeurs_libres.declaration.chargement import declaration
from etl.classeurs_libres.lecture.classeur import lire_selon
from tests.exemples.classeur_libre import anomalies

CONVENTION = charger(dossier_par_defaut())
MODELE = declaration(
    """
titre: Suivi
nature: rapport
reconnaissance: {cellules: [Structure]}
annee: {valeur: 2025}
tableaux:
  - entete: [Structure, Adhérents]
    fin: Fin du tableau
    lignes_a_passer: [{colonne: Structure, valeurs: "Total*", raison: total}]
    colonnes:
      - {entete: Structure, donne: structure, noms: {Phare: maison-phare}}
      - {entete: Adhérents, donne: valeur, mesure: "v:adherents"}
      - {entete: Notes, donne: rien, raison: interne, facultative: oui}
""",
    "suivi",
    CONVENTION,
)
CONNUS = {"Phare": "maison-phare", "L’Archipel": "archipel", "CS Le Tempo": "cs-le-tempo"}
LIBELLES = st.sampled_from([*CONNUS, "", "Structure", "Total", "Inconnue", "  ", "Fin du tableau"])
VALEURS = st.one_of(
    st.integers(0, 5000).map(float),
    st.sampled_from(
        ["", "n.c.", "néant", "12 (dont 5 filles)", "environ 120", "1 234", "Adhérents", "?", -4.0]
    ),
    st.text(max_size=6),
)
RANGEES = st.lists(
    st.tuples(LIBELLES, VALEURS, st.sampled_from(["", "note"]), st.sampled_from(["", "x"])), max_size=8
)


@settings(max_examples=200, deadline=None)
@given(RANGEES, st.integers(0, 3), st.booleans())
def test_rien_n_est_invente_et_rien_ne_se_perd(rangees, titres, erreur):
    entete = ["Structure", "Adhérents", "Notes", "Autre"]
    debut = [["Suivi du réseau", "", "", ""]] * titres + [entete]
    feuille = Feuille("S", [*debut, *map(list, rangees)])
    if erreur and rangees:
        feuille.trompeuses[len(debut), 1] = Calcul("=1/0", "#DIV/0!")
    lecture = lire_selon(MODELE, Classeur("xlsx", (feuille,)), "suivi.xlsx", CONVENTION)
    dites = anomalies(lecture)
    nommees = {a.cellule for a in dites if a.cellule}
    lignes_dites = {n for a in dites for n in _lignes_de(a.message)}
    cellules = {c.adresse: c for f in lecture.formulaires for c in f.cellules}

    for ou, cellule in cellules.items():
        rang = int(ou[1:]) - 1
        assert rangees[rang - len(debut)][0] in CONNUS
        lu = feuille.rangees[rang][1]
        if cellule.valeur is not None and isinstance(lu, float):
            assert cellule.valeur == lu

    for n, (libelle, lu, _, autre) in enumerate(rangees):
        rang, ou = len(debut) + n, adresse(len(debut) + n, 1)
        if libelle == "Fin du tableau":
            break  # what stands below is named with the notes
        dit = ou in cellules or ou in nommees or rang + 1 in lignes_dites or str(ou) in _toutes(dites)
        if str(lu).strip() and (libelle.strip() or not erreur):
            assert dit, (libelle, lu, [a.message for a in dites])
        if autre:
            assert any(a.regle in ("colonne_non_decrite", "lignes_passees", "entete_repete") for a in dites)


def _lignes_de(message: str) -> set[int]:
    """The rows that « lignes 3, 5 à 8 » names."""
    lues = set()
    for suite in re.findall(r"lignes? ([0-9, àet]+)", message):
        for debut, fin in re.findall(r"([0-9]+)(?: à ([0-9]+))?", suite):
            lues |= set(range(int(debut), int(fin or debut) + 1))
    return lues


def _toutes(dites) -> str:
    return " ".join(a.message for a in dites)
