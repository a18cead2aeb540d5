"""What the yearly « fiche de travail et d'analyse » holds, in order, whatever it is written with.

Words of the form annexed to the convention-cadre (003:681-893); the axes of its bilan are those of the
convention in force (`rubriques.csv`), each with the measures that its referential breaks down by axis.
"""

from dataclasses import dataclass

from ctg.referentiel import Referentiel, Structure

TITRE = "FICHE DE TRAVAIL ET D’ANALYSE"
AXES = "axe-mep"  # the breakdown whose modalities are the axes of the bilan
# their names, addresses and accounts stay in the form: none is ever loaded (docs/decisions/04)
COORDONNEES = ("Adresse postale", "Adresse électronique", "Téléphone")
JURIDIQUE = (
    "Statut",
    "Date de création",
    "Date de mise à jour des statuts",
    "Numéro SIRET",
    "Code APE",
    "Période d’agrément Centre social",
)
GOUVERNANCE = (
    "Président(e)",
    "Vice-président(e)",
    "Trésorier(e)",
    "Secrétaire",
    "Directeur(rice)",
    "Élus représentant la Ville dans les instances",
)
# (words of the form, field of vie_structure.csv)
VIE = (
    ("Nombre de salariés permanents", "salaries-permanents"),
    ("Équivalent temps plein (ETP)", "etp-permanents"),
    ("Nombre de salariés non-permanents", "salaries-non-permanents"),
    ("Équivalent temps plein (ETP)", "etp-non-permanents"),
    ("Nombre d’adhérents", "adherents"),
    ("Nombre de familles", "familles"),
)
TERRITOIRES = (
    ("Territoire du centre social", "adherents-territoire"),
    ("Autres quartiers de la ville", "adherents-autres-quartiers"),
    ("Agglomération et au-delà", "adherents-hors-ville"),
)
QUOTIENTS = (
    ("QF ≤ 800 €", "adherents-qf-800"),
    ("> 800 € et ≤ 3 000 €", "adherents-qf-3000"),
    ("QF > 3 000 €", "adherents-qf-plus"),
)
EXERCICES = ("Budget prévisionnel N+1", "Perspectives d’atterrissage N", "Résultat définitif N-1")


@dataclass(frozen=True, slots=True)
class Titre:
    texte: str
    niveau: int = 2  # 1 the document, 2 a part, 3 a sub-part


@dataclass(frozen=True, slots=True)
class Champ:
    """A label and the cell that answers it; `long`: a text of several lines."""

    libelle: str
    reponse: str | int = ""
    long: bool = False


@dataclass(frozen=True, slots=True)
class Grille:
    """A table to fill: `entetes` holds one or two rows of wordings, `lignes` the first cell of each row."""

    entetes: tuple[tuple[str, ...], ...]
    lignes: tuple[str, ...]


def contenu(referentiel: Referentiel, structure: Structure, annee: int) -> list[Titre | Champ | Grille]:
    """The blank form of a structure for the year N `annee`."""
    adherents = ("Adhérents",)
    axes = tuple(libelle for libelle, _ in axes_du_bilan(referentiel))
    montants = tuple(mot for exercice in EXERCICES for mot in (exercice, exercice))
    return [
        Titre(TITRE, 1),
        Champ("Année N", annee),
        Champ("Commission de suivi annuelle du"),
        Titre("IDENTIFICATION"),
        Champ("Dénomination", structure.nom),
        *map(Champ, (*COORDONNEES, *JURIDIQUE, *GOUVERNANCE)),
        Titre("VIE DE LA STRUCTURE"),
        Titre("Année écoulée", 3),
        *(Champ(libelle) for libelle, _ in VIE),
        Titre("Répartition des adhérents par secteurs géographiques, en %", 3),
        Grille((("", *(libelle for libelle, _ in TERRITOIRES)),), adherents),
        Titre("Répartition des adhérents par quotient familial, en %", 3),
        Grille((("", *(libelle for libelle, _ in QUOTIENTS)),), adherents),
        *(
            Champ(mots, long=True)
            for mots in ("Événements majeurs intervenus", "Points forts", "Points faibles")
        ),
        Titre("Année à venir", 3),
        *(Champ(mots, long=True) for mots in ("Enjeux", "Événements majeurs programmés")),
        Titre("BILAN ET PERSPECTIVES D’ACTIVITÉ"),
        Grille((("Axe de travail", "Actions réalisées", "Usagers mobilisés"),), axes),
        Titre("Bilan et perspectives de chaque axe", 3),
        *(Champ(axe, long=True) for axe in axes),
        Titre("CHIFFRES CLEFS"),
        Grille(
            (("", *montants), ("", *("Montant (€)", "%") * len(EXERCICES))),
            tuple(poste.libelle for poste in referentiel.chiffres_clefs.values()),
        ),
        Champ("Commentaires", long=True),
    ]


def axes_du_bilan(referentiel: Referentiel) -> list[tuple[str, str]]:
    """(heading of the axis, rubric of its bilan), in the order of the referential."""
    rubriques = [r for r in referentiel.rubriques if r.startswith("bilan_")]
    modalites = {m.modalite_id: m.libelle for m in referentiel.ventilations[AXES].modalites}
    return [
        (f"Axe n° {rang} : {modalites[rubrique.removeprefix('bilan_')]}", rubrique)
        for rang, rubrique in enumerate(rubriques, 1)
    ]
