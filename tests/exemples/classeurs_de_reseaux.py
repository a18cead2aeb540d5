"""Workbooks as networks of nurseries and of community centres lay them out: made-up figures.

Each shape is (name of the file, its sheets, what a person reads there); its docstring says what is hard.
"""

from collections.abc import Callable

from tests.exemples.brouillon_accepte import Valeurs
from tests.exemples.classeurs_titres import ADMIS, ETP, PLACES, Forme

ADHERENTS, FAMILLES, PERMANENTS = "v:adherents", "v:familles", "v:salaries-permanents"
JEUNES, CHANTIERS = "i:JE-1.1.1-a", "i:JE-1.1.3-a"
# as their head office writes them
CRECHES = {
    "MA Junot": "multi-accueil-junot",
    "MA Roosevelt": "multi-accueil-roosevelt",
    "Heudelet (LPCR)": "lpcr-heudelet",
    "Maison des Fées": "maison-des-fees",
}
CENTRES = {
    "L’Archipel": "archipel",
    "Maison Phare": "maison-phare",
    "CS Tempo": "cs-le-tempo",
    "Espace Baudelaire": "espace-baudelaire",
}
# one more each year, a few more in each nursery
ADMIS_2024, PLACES_2024 = (30, 40, 50, 60), (18, 19, 20, 21)


def _attendues() -> Valeurs:
    valeurs: Valeurs = {}
    for structure, admis, places in zip(CRECHES.values(), ADMIS_2024, PLACES_2024, strict=True):
        for annee in (2024, 2025):
            valeurs[structure, annee, ADMIS, None] = admis + annee - 2024
            valeurs[structure, annee, PLACES, None] = places + annee - 2024
    return valeurs


def _une_annee(annee: int) -> Valeurs:
    return {cle: valeur for cle, valeur in _attendues().items() if cle[1] == annee}


def _lignes() -> list[tuple[str, int, int]]:
    return list(zip(CRECHES, ADMIS_2024, PLACES_2024, strict=True))


def les_annees_sous_la_mesure() -> Forme:
    """Two rows of header, sub-totals between the rows, the day it was written, a signature."""
    rangees: list[list[object]] = [["Réseau LPCR"], ["Édité le 14/01/2026"], []]
    rangees += [["Établissement", "Enfants admis", "", "Places agréées", "", "Taux d’occupation"]]
    rangees += [["", 2024, 2025, 2024, 2025, 2025]]
    for rang, (nom, admis, places) in enumerate(_lignes()):
        rangees += [[nom, admis, admis + 1, places, places + 1, "81 %"]]
        rangees += [["Sous-total secteur Est", 70, 72, 37, 39, ""]] if rang == 1 else []
    rangees += [["Total général", 180, 184, 78, 82, "80 %"], [], ["* hors accueil d’urgence"]]
    return "reseau.xlsx", {"Activité": [*rangees, ["La directrice,", "", "", "Mme Exemple"]]}, _attendues()


def la_mesure_sous_les_annees() -> Forme:
    """The years over their columns."""
    rangees: list[list[object]] = [["", 2024, "", 2025, ""]]
    rangees += [["Crèche", "Enfants admis", "Places agréées", "Enfants admis", "Places agréées"]]
    rangees += [[nom, admis, places, admis + 1, places + 1] for nom, admis, places in _lignes()]
    return "annees.xlsx", {"Suivi": rangees}, _attendues()


def l_annee_dans_chaque_titre() -> Forme:
    """The file is of 2025, half of its columns are of 2024."""
    rangees: list[list[object]] = [["Crèche", "Enfants admis 2024", "Enfants admis 2025"]]
    rangees[0] += ["Places agréées au 31/12/2024", "Places agréées au 31/12/2025", "Objectif 2026"]
    rangees += [[nom, admis, admis + 1, places, places + 1, 99] for nom, admis, places in _lignes()]
    return "suivi_2025.xlsx", {"Suivi": rangees}, _attendues()


def prevu_et_realise() -> Forme:
    """Of the two columns of a year, one is the count; a sheet for each structure."""
    feuilles = {
        nom: [
            ["Bilan"],
            ["Indicateur", "Réalisé 2024", "Prévu 2025", "Réalisé 2025"],
            ["Enfants admis", admis, 99, admis + 1],
            ["Places agréées", places, 98, places + 1],
        ]
        for nom, admis, places in _lignes()
    }
    return "bilan.xlsx", feuilles, _attendues()


def un_nom_pour_deux_annees() -> Forme:
    """The name is written once, without any merged cell; the total has no name at all."""
    rangees: list[list[object]] = [["Structure", "Année", "Enfants admis", "Places agréées"]]
    for nom, admis, places in _lignes():
        rangees += [[nom, 2024, admis, places], ["", 2025, admis + 1, places + 1]]
    return "annees.xlsx", {"Suivi": [*rangees, ["", "", 364, 160]]}, _attendues()


def un_titre_dit_la_mesure() -> Forme:
    """The same header twice: only the title above says what is counted."""
    rangees: list[list[object]] = [["Réseau LPCR"], [], ["Enfants admis"], ["Structure", 2024, 2025]]
    rangees += [[nom, admis, admis + 1] for nom, admis, _ in _lignes()]
    rangees += [["Total", 180, 184], [], ["Repas servis"], ["Structure", 2024, 2025]]
    rangees += [[nom, 900, 910] for nom in CRECHES]
    rangees += [[], ["Places agréées"], ["Structure", 2024, 2025]]
    rangees += [[nom, places, places + 1] for nom, _, places in _lignes()]
    return "lpcr.xlsx", {"Bilan": rangees}, _attendues()


def des_blocs_cote_a_cote() -> Forme:
    """Two structures side by side with their total, then two more below."""
    rangees: list[list[object]] = [["Suivi"], []]
    for (gauche, a, b), (droite, c, d) in (_lignes()[:2], _lignes()[2:]):
        rangees += [
            [gauche, "", "", "", droite],
            ["Indicateur", 2024, 2025, "", "Indicateur", 2024, 2025],
            ["Enfants admis", a, a + 1, "", "Enfants admis", c, c + 1],
            ["Places agréées", b, b + 1, "", "Places agréées", d, d + 1],
            [],
        ]
    rangees[2] += ["", "", "", "Total réseau"]
    rangees[3] += ["", "Indicateur", 2024, 2025]
    rangees[4] += ["", "Enfants admis", 180, 184]
    rangees[5] += ["", "Places agréées", 78, 82]
    return "blocs.xlsx", {"Suivi": rangees}, _attendues()


def ou_sont_les_structures() -> Forme:
    """A quartier that only says where the structure stands; names, notes."""
    rangees: list[list[object]] = [["Suivi des crèches – année 2025"], []]
    rangees += [
        ["N°", "Nom de l’établissement", "Gestionnaire", "Quartier", "Nb enfants admis", "Places agréées"]
    ]
    quartiers = ("Maladière", "Chevreul-Parc", "Grésilles", "Grésilles")
    for rang, (nom, admis, places) in enumerate(_lignes()):
        rangees += [[rang + 1, nom, "LPCR", quartiers[rang], admis + 1, places + 1]]
    return "creches.xlsx", {"Suivi": [*rangees, ["", "TOTAL", "", "", 184, 82]]}, _une_annee(2025)


def le_gestionnaire_au_dessus_des_colonnes() -> Forme:
    """Structures in columns under the name of who runs them, with their total."""
    rangees: list[list[object]] = [["Indicateurs 2025", "LPCR", "", "", "", ""]]
    rangees += [["", *CRECHES, "Total LPCR"]]
    rangees += [["Enfants admis", *(a + 1 for a in ADMIS_2024), 184]]
    rangees += [["Places agréées", *(p + 1 for p in PLACES_2024), 82]]
    return "colonnes_2025.xlsx", {"Indicateurs": rangees}, _une_annee(2025)


def deux_tableaux_lus_sous_chaque_titre() -> Forme:
    """Two tables with the same years under each centre, notes and visas between them."""
    rangees: list[list[object]] = [["Rapport 2025"], []]
    attendues: Valeurs = {}
    for rang, (nom, structure) in enumerate(CENTRES.items()):
        rangees += [
            [nom.upper()],
            ["Adhésions", 2024, 2025],
            ["Adhérents", 300 + rang, 310 + rang],
            ["dont nouvelles", 9, 9],
            [],
            ["Jeunesse", 2024, 2025],
            ["Jeunes impliqués dans un projet d’insertion", 40 + rang, 44 + rang],
            ["dont filles", 20, 22],
            ["Chantiers éducatifs", 5, 6],
            ["Note : chantiers d’été compris"],
            ["Contact : Mme Exemple, 03 80 00 00 00"],
            [],
        ]
        for annee, lus in ((2024, (300, 40, 20, 5)), (2025, (310, 44, 22, 6))):
            attendues[structure, annee, ADHERENTS, None] = lus[0] + rang
            attendues[structure, annee, JEUNES, None] = lus[1] + rang
            attendues[structure, annee, JEUNES, "sexe=femmes"] = lus[2]
            attendues[structure, annee, CHANTIERS, None] = lus[3]
    return "rapport_2025.xlsx", {"Rapport": rangees}, attendues


def un_formulaire_aux_reponses_avec_leur_unite() -> Forme:
    """« 120 familles » is an answer: it was taken for the header of a table."""
    feuilles, attendues = {}, {}
    for rang, (nom, structure) in enumerate(CENTRES.items()):
        feuilles[nom] = [
            ["Rapport d’activité 2025"],
            ["", "Quartier", "", "Grésilles"],
            [],
            ["", "Nombre d’adhérents", "", 300 + rang, "en hausse"],
            ["", "Nombre de familles", "", f"{120 + rang} familles"],
            ["", "Salariés permanents", "", 7],
            ["", "Salariés permanents (ETP)", "", "6,5"],
            ["", "Fait le", "", "12/01/2026"],
        ]
        lus = ((ADHERENTS, 300 + rang), (FAMILLES, 120 + rang), (PERMANENTS, 7), (ETP, 6.5))
        attendues |= {(structure, 2025, mesure, None): lu for mesure, lu in lus}
    return "centres_2025.xlsx", feuilles, attendues


FORMES: tuple[Callable[[], Forme], ...] = (
    les_annees_sous_la_mesure,
    la_mesure_sous_les_annees,
    l_annee_dans_chaque_titre,
    prevu_et_realise,
    un_nom_pour_deux_annees,
    un_titre_dit_la_mesure,
    des_blocs_cote_a_cote,
    ou_sont_les_structures,
    le_gestionnaire_au_dessus_des_colonnes,
    deux_tableaux_lus_sous_chaque_titre,
    un_formulaire_aux_reponses_avec_leur_unite,
)
