"""Months or sites that a declaration adds up: a sum that lacks one, or counts one twice, is told with it."""

import pytest

from ctg.referentiel import charger, dossier_par_defaut
from tests.exemples.classeur_libre import anomalies, ecrire, lire

CONVENTION = charger(dossier_par_defaut())
MOIS = """
titre: Suivi
nature: rapport
reconnaissance: {cellules: [Mois]}
annee: {valeur: 2025}
tableaux:
  - entete: [Mois]
    repetition: additionner
    colonnes:
      - entete: Crèche
        donne: structure
        noms: {Junot: multi-accueil-junot, Heudelet: lpcr-heudelet, Roosevelt: multi-accueil-roosevelt}
      - {entete: Mois, donne: rien, raison: le mois}
      - {entete: Section, donne: rien, raison: la section, facultative: oui}
      - {entete: Admis, donne: valeur, mesure: "i:PE-2.0.2-b"}
"""
NOMS = ("Junot", "Heudelet", "Roosevelt")
LIGNES = [[nom, mois, 10 + n] for nom in NOMS for n, mois in enumerate(("janvier", "février", "mars"))]


def lu(tmp_path, lignes, titres=("Crèche", "Mois", "Admis")):
    """The sum of Junot, and what a person must confirm or correct: [(rule, address)]."""
    lecture = lire(ecrire(tmp_path / "s.xlsx", {"Suivi": [[*titres], *lignes]}), MOIS, CONVENTION)
    siennes = (f for f in lecture.formulaires if f.repondant_id == "multi-accueil-junot")
    somme = next((c.valeur for f in siennes for c in f.cellules), None)
    return somme, [(a.regle, a.cellule) for a in anomalies(lecture) if a.gravite != "information"], lecture


def change(lu_, ligne=1):
    return [[*rangee[:-1], lu_] if rang == ligne else rangee for rang, rangee in enumerate(LIGNES)]


@pytest.mark.parametrize(
    ("lignes", "somme", "dites"),
    [
        (LIGNES, 33, []),
        (change(""), 22, [("somme_partielle", "C3")]),
        (change("n.c."), 22, [("somme_partielle", "C3")]),
        (change("sans objet"), 22, []),  # closed that month
        (change(0), 22, []),
        ([*LIGNES, ["Junot", "Mars", 13]], 46, [("somme_redite", "C4")]),
        ([LIGNES[0], *LIGNES[2:]], 22, [("somme_courte", "C2")]),
        ([["Junot", "janvier", 10], ["Junot", "février", ""]], 10, [("somme_partielle", "C3")]),
        ([["Junot", "janvier", ""], ["Junot", "février", ""], *LIGNES[3:]], None, []),  # no answer at all
        # one month alone, or another word for it: nothing is missing
        ([*LIGNES, ["Junot", "avril", 13]], 46, []),
        ([LIGNES[0], ["Junot", "fév.", 11], *LIGNES[2:]], 33, []),
        # nothing names the rows: sites, perhaps
        ([[nom, "", n] for nom, _, n in LIGNES], 33, []),
        # each has its own sites
        ([[nom, f"{nom} {mois}", n] for nom, mois, n in LIGNES if (nom, n) != ("Junot", 12)], 21, []),
    ],
)
def test_une_somme_dit_ce_qui_lui_manque_ou_ce_qu_elle_compte_deux_fois(tmp_path, lignes, somme, dites):
    assert lu(tmp_path, lignes)[:2] == (somme, dites)


def test_ce_qui_manque_se_nomme(tmp_path):
    _, _, lecture = lu(tmp_path, [LIGNES[0], *LIGNES[2:]])
    (dite,) = [a for a in anomalies(lecture) if a.regle == "somme_courte"]
    assert dite.message.startswith("La somme qui commence ligne 2 n’a pas « février »")


def test_deux_sections_d_un_meme_mois_ne_sont_pas_une_redite(tmp_path):
    """A month may be a number: it names its row as a word does."""
    titres = ("Crèche", "Mois", "Section", "Admis")
    lignes = [["Junot", mois, section, 5] for mois in (1, 2) for section in ("Grands", "Petits")]
    assert lu(tmp_path, lignes, titres)[:2] == (20, [])
    assert lu(tmp_path, [*lignes, lignes[0]], titres)[:2] == (25, [("somme_redite", "D2")])
