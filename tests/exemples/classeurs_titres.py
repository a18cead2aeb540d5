"""One table under the name of each structure, in one sheet, as gestionnaires lay it out: made-up figures.

Each shape is (name of the file, its sheets, what a person reads there).
"""

from collections.abc import Callable

from tests.exemples.brouillon_accepte import Valeurs
from tests.exemples.classeurs_de_gestionnaire import Feuilles

Forme = tuple[str, Feuilles, Valeurs]
ADMIS, PLACES, ETP = "i:PE-2.0.2-b", "v:places", "v:etp-permanents"
# written → id: six nurseries of three networks, some by the name their team gives them
CRECHES = {
    "Multi-accueil Junot": "multi-accueil-junot",
    "Multi-accueil Roosevelt": "multi-accueil-roosevelt",
    "LPCR Heudelet": "lpcr-heudelet",
    "La Maison des Fées": "maison-des-fees",
    "Micro-crèche Colombière": "micro-creche-colombiere",
    "Crèche Jean Jaurès": "multi-accueil-jean-jaures",
}
# (admitted, places, posts) of the year and of the one before
CHIFFRES = [(31 + 3 * n, 18 + n, 6.5 + n) for n in range(6)]
AVANT = [(a - 4, p, e - 0.5) for a, p, e in CHIFFRES]


def _attendues(annees: bool = True, etp: bool = True) -> Valeurs:
    valeurs: Valeurs = {}
    for identifiant, lus, avant in zip(CRECHES.values(), CHIFFRES, AVANT, strict=True):
        for annee, (admis, places, postes) in ((2025, lus), (2024, avant)):
            if annee == 2025 or annees:
                valeurs[identifiant, annee, ADMIS, None] = admis
                valeurs[identifiant, annee, PLACES, None] = places
                if etp:
                    valeurs[identifiant, annee, ETP, None] = postes
    return valeurs


def _lignes(rang: int) -> list[list[object]]:
    (admis, places, postes), (admis_1, places_1, postes_1) = CHIFFRES[rang], AVANT[rang]
    return [
        ["Enfants admis", admis_1, admis],
        ["Places agréées", places_1, places],
        ["ETP permanents", postes_1, postes],
    ]


def un_tableau_sous_chaque_titre() -> Forme:
    """The header comes back under each title; rows that are no measure; a total and a note at the end."""
    rangees: list[list[object]] = [["Suivi des établissements"], ["Direction petite enfance"], []]
    for rang, nom in enumerate(CRECHES):
        rangees += [[nom], ["Indicateur", 2024, 2025], *_lignes(rang)]
        rangees += [["Taux d’occupation", "78 %", "81 %"], ["Commentaire", "", "stable"], []]
    rangees += [["TOTAL RÉSEAU"], ["Indicateur", 2024, 2025], ["Enfants admis", 199, 231], []]
    rangees += [["* chiffres provisoires au 15 janvier"]]
    return "reseau.xlsx", {"Suivi": rangees}, _attendues()


def un_bandeau_entre_les_lignes() -> Forme:
    """One header for the sheet, the name of each structure on a row of its own, no blank row."""
    rangees: list[list[object]] = [["Bilan des crèches"], [], ["", 2024, 2025]]
    for rang, nom in enumerate(CRECHES):
        rangees += [[nom.upper()], *_lignes(rang)]
    rangees += [["Total"], ["Enfants admis", 199, 231], ["Source : logiciel de pointage"]]
    return (
        "bilan.xlsx",
        {"Crèches": rangees, "Notice": [["Mode d’emploi"], ["Ne rien supprimer"]]},
        _attendues(),
    )


def le_nom_dans_l_en_tete() -> Forme:
    """The corner of each header is the name of its structure."""
    rangees: list[list[object]] = [["Tableau de bord"], []]
    for rang, nom in enumerate(CRECHES):
        rangees += [[nom, 2024, 2025, "Évolution"], *([*r, "+ 5 %"] for r in _lignes(rang)), []]
    return "tableau_de_bord.xlsx", {"Synthèse": rangees}, _attendues()


def des_rubriques_sous_chaque_titre() -> Forme:
    """Under each title, rows of their own name a part of the table: they are no structure."""
    rangees: list[list[object]] = []
    for rang, nom in enumerate(CRECHES):
        admis, places, postes = _lignes(rang)
        rangees += [[f"{rang + 1}. {nom}"], ["Indicateur", "2024", "2025"]]
        rangees += [["Accueil"], places, admis, ["Personnel"], postes, [], []]
    return "rapport_lpcr.xlsx", {"2024-2025": rangees}, _attendues()


def sans_en_tete() -> Forme:
    """A wording and its number, under each title; the file says the year."""
    rangees: list[list[object]] = [["Remontée annuelle"], []]
    for rang, nom in enumerate(CRECHES):
        rangees += [[nom], *([mot, lu] for mot, _, lu in _lignes(rang)), ["Observations", ""], []]
    return "remontee_2025.xlsx", {"Remontée": rangees}, _attendues(annees=False)


def un_titre_a_cote_de_son_mot() -> Forme:
    """« Établissement » and its name on the same row; one of them is of another city."""
    rangees: list[list[object]] = []
    for rang, nom in enumerate(CRECHES):
        rangees += [["Établissement :", nom], ["Indicateur", 2024, 2025], *_lignes(rang), []]
    rangees += [["Établissement :", "Les Petits Loups de Beaune"], ["Indicateur", 2024, 2025]]
    rangees += [["Enfants admis", 50, 60], ["Places agréées", 40, 40]]
    return "reseau.xlsx", {"Suivi": rangees}, _attendues()


def une_valeur_par_colonne() -> Forme:
    """What is counted in the titles of the columns, the years on the rows, « n.c. » where nobody knows."""
    rangees: list[list[object]] = [["Réseau petite enfance"]]
    attendues = _attendues()
    for rang, (nom, identifiant) in enumerate(CRECHES.items()):
        rangees += [[], [nom], ["Année", "Enfants admis", "Places agréées", "ETP permanents", "Remarques"]]
        rangees += [
            [2024, *AVANT[rang], ""],
            [2025, *CHIFFRES[rang][:2], "n.c." if rang == 2 else CHIFFRES[rang][2]],
        ]
        if rang == 2:
            del attendues[identifiant, 2025, ETP, None]
    return "petite_enfance.xlsx", {"Bilan": rangees}, attendues


def deux_tableaux_sous_chaque_titre() -> Forme:
    """An activity table, then one of the staff whose columns mean something else; one name is unknown."""
    rangees: list[list[object]] = []
    noms = [*CRECHES][:3] + ["Crèche des Tilleuls (Chenôve)"] + [*CRECHES][3:]
    for nom in noms:
        lignes = _lignes([*CRECHES].index(nom)) if nom in CRECHES else [["Enfants admis", 70, 77]]
        rangees += [[nom], ["Activité", 2024, 2025], *lignes[:2], []]
        rangees += [["Personnel", "Femmes", "Hommes"], ["ETP permanents", 5, 2], ["Apprentis", 1, 0], []]
    return "reseau.xlsx", {"Suivi": rangees}, _attendues(etp=False)


FORMES: tuple[Callable[[], Forme], ...] = (
    un_tableau_sous_chaque_titre,
    un_bandeau_entre_les_lignes,
    le_nom_dans_l_en_tete,
    des_rubriques_sous_chaque_titre,
    sans_en_tete,
    un_titre_a_cote_de_son_mot,
    une_valeur_par_colonne,
    deux_tableaux_sous_chaque_titre,
)
