"""The same figures of five structures, in the shapes a gestionnaire gives its workbook: made up."""

NOMS = ("Jean Jaurès", "Colombière", "Multi-accueil Junot", "Heudelet", "Maison des Fées")
ADMIS, PLACES = (31, 32, 33, 34, 35), (18, 19, 20, 21, 22)

Feuilles = dict[str, list[list[object]]]


def une_feuille_par_structure() -> Feuilles:
    """What is counted on the rows, the years in columns, beside a sheet that explains."""
    feuilles: Feuilles = {"Lisez-moi": [["Mode d’emploi"], ["Remplir chaque feuille"]]}
    for nom, admis, places in zip(NOMS, ADMIS, PLACES, strict=True):
        feuilles[nom] = [
            ["Suivi du réseau"],
            [],
            ["Indicateur", "2024", "2025"],
            ["Enfants admis", admis - 5, admis],
            ["Places agréées", places, places],
            ["Commentaire", "", ""],
        ]
    return feuilles


def une_feuille_par_activite() -> Feuilles:
    """The name of the sheet says what is counted."""
    return {
        activite: [["Crèche", "2024", "2025"], *([nom, x - 5, x] for nom, x in zip(NOMS, lus, strict=True))]
        for activite, lus in (("Enfants admis", ADMIS), ("Places agréées", PLACES))
    }


def deux_tableaux_l_un_sous_l_autre() -> Feuilles:
    admis = [[nom, x] for nom, x in zip(NOMS, ADMIS, strict=True)]
    places = [[nom, x] for nom, x in zip(NOMS, PLACES, strict=True)]
    return {
        "Bilan 2025": [
            ["Réseau petite enfance"],
            [],
            ["Établissement", "Enfants admis"],
            *admis,
            ["Total", sum(ADMIS)],
            [],
            ["Agréments"],
            ["Établissement", "Places agréées"],
            *places,
        ]
    }


def deux_tableaux_cote_a_cote() -> Feuilles:
    return {
        "2025": [
            ["Établissement", "Enfants admis", "", "Établissement", "Places agréées"],
            *([nom, a, "", nom, p] for nom, a, p in zip(NOMS, ADMIS, PLACES, strict=True)),
        ]
    }


def structures_en_colonnes() -> Feuilles:
    return {
        "2025": [
            ["Indicateur", *NOMS],
            ["Enfants admis", *ADMIS],
            ["Places agréées au 31 décembre", *PLACES],
        ]
    }


def un_formulaire_par_structure() -> Feuilles:
    """No header at all: a wording, its answer."""
    return {
        nom: [
            ["Structure", nom],
            ["Année", 2025],
            [],
            ["Enfants admis", admis],
            ["Places agréées", places],
        ]
        for nom, admis, places in zip(NOMS, ADMIS, PLACES, strict=True)
    }


FORMES = (
    une_feuille_par_structure,
    une_feuille_par_activite,
    deux_tableaux_l_un_sous_l_autre,
    deux_tableaux_cote_a_cote,
    structures_en_colonnes,
    un_formulaire_par_structure,
)
