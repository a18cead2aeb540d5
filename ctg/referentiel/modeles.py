"""What the convention holds: one frozen class per file, one field per column, in the order of the columns.

The type of a field says how its cell is read: `str`, `int`, `float`, `bool` (oui/non), `date` (AAAA-MM-JJ),
`tuple` (ids separated by a space); `None` is an empty cell.
Who answers stands in `acteurs`, what the forms ask beside the measures in `questions`.
Meaning of every column: docs/referentiel.md. Source of the content: annexes 2 to 5 of the CTG (001).
"""

from dataclasses import dataclass

from ctg.referentiel import vocabulaire as v
from ctg.referentiel.vocabulaire import colonne, complement


@dataclass(frozen=True, slots=True)
class Axe:
    axe_id: str = colonne(motif=v.AXE)
    rang: int
    titre: str
    referent: str
    source: str = colonne(motif=v.SOURCE)


@dataclass(frozen=True, slots=True)
class Texte:
    """A sentence of the convention, OCR corrected; `source` is `document:ligne` (001:1169)."""

    texte: str
    source: str
    rang: int


@dataclass(frozen=True, slots=True)
class Fiche:
    fiche_id: str = colonne(motif=v.FICHE)
    axe_id: str
    rang: int
    titre: str
    referent_id: str
    mesure_phare: str
    source: str = colonne(motif=v.SOURCE)
    objectifs: tuple[Texte, ...] = complement()
    objectifs_operationnels: tuple[Texte, ...] = complement()
    resultats: tuple[Texte, ...] = complement()
    remarque: str | None = complement(None)


@dataclass(frozen=True, slots=True)
class LigneImprimee:
    """One of the indicator lines printed in annexe 3 (001:1166-1618), in its own words."""

    ligne_id: str = colonne(motif=v.LIGNE)
    fiche_id: str
    resultat_rang: int
    rang: int
    libelle: str
    source: str = colonne(motif=v.SOURCE)
    remarque: str | None = colonne(vide=True)


@dataclass(frozen=True, slots=True)
class Indicateur:
    indicateur_id: str = colonne(motif=v.INDICATEUR)
    libelle: str
    question: str
    nature: str = colonne(choix=v.NATURES)
    unite: str
    unite_statistique: str | None = colonne(choix=v.UNITES_STATISTIQUES, vide=True)
    sens: str = colonne(choix=("hausse", "baisse", "neutre"))
    numerateur: str | None = colonne(vide=True)
    denominateur: str | None = colonne(vide=True)
    repondant: str
    types_repondants: tuple[str, ...] = colonne(vide=True)
    saisie: str = colonne(choix=v.SAISIES)
    calcul: str | None = colonne(vide=True)
    agregation_structures: str = colonne(choix=v.AGREGATIONS_STRUCTURES)
    agregation_periodes: str = colonne(choix=v.AGREGATIONS_PERIODES)
    annee_type: str = colonne(choix=("civile", "scolaire"))
    granularite: str = colonne(choix=("annee", "trimestre"))
    ventilations: tuple[str, ...] = colonne(vide=True)
    par_quartier: bool
    territoire_de: str = colonne(choix=("activite", "habitation"))
    definition: str = colonne(choix=("arretee", "a_arreter"))
    source_existante: str | None = colonne(vide=True)
    origine: str = colonne(choix=("convention", "propose"))
    ordre: int
    secret_avec: str | None = colonne(vide=True)
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)
    depuis: int | None = colonne(vide=True)

    def demande_en(self, annee: int | None) -> bool:
        """True when the forms of a year ask for it (None: of any year): older ones are not blamed for it."""
        return self.demande and (annee is None or self.depuis is None or annee >= self.depuis)

    @property
    def confidentiel(self) -> bool:
        """True when the measure counts people or families: its small counts are masked."""
        return self.unite_statistique in v.UNITES_CONFIDENTIELLES

    @property
    def demande(self) -> bool:
        """True when a form asks for it: neither computed, nor waiting for its definition."""
        return self.definition == "arretee" and self.saisie != "calcul"

    @property
    def facteur(self) -> int:
        """What numerateur / denominateur is multiplied by: 100 for « % » and « … pour 100 … », else 1."""
        return 100 if self.unite == "%" or " pour 100 " in self.unite else 1

    @property
    def operandes(self) -> tuple[str, ...]:
        """Indicators a computed measure is made of (`rapport:A:B` → A, B); empty when it is entered."""
        return tuple(self.calcul.split(":")[1:]) if self.calcul else ()


@dataclass(frozen=True, slots=True)
class Lien:
    """Which fiche, and which printed line (None: ours), a measure stands under; it may have several."""

    indicateur_id: str
    ligne_id: str | None = colonne(vide=True)
    fiche_id: str


@dataclass(frozen=True, slots=True)
class Modalite:
    ventilation_id: str
    modalite_id: str = colonne(motif=v.SLUG)
    libelle: str
    rang: int
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)


@dataclass(frozen=True, slots=True)
class Ventilation:
    """A breakdown. `exclusive`: its modalities sum to the total; otherwise a person may fall in several,
    and the shares are all taken on the denominator of the total."""

    ventilation_id: str = colonne(motif=v.SLUG)
    libelle: str
    exclusive: bool
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)
    modalites: tuple[Modalite, ...] = complement()


@dataclass(frozen=True, slots=True)
class Cible:
    indicateur_id: str
    annee: int
    territoire_id: str
    valeur: float
    origine: str = colonne(choix=("convention", "propose"))
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)


@dataclass(frozen=True, slots=True)
class Croisement:
    """How a fiche reads against another programme; `propose` unless the documents state the tie.

    The list `veille` ties a fiche to a variable of the open data it should watch (`code` = `variable_id`).
    """

    fiche_id: str
    liste: str = colonne(
        choix=("generation_dijon", "transversal", "cite_educative", "cite_educative_volet", "veille")
    )
    code: str = colonne(motif=v.SLUG_OU_VARIABLE)
    libelle: str
    origine: str = colonne(choix=("convention", "propose"))
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)


@dataclass(frozen=True, slots=True)
class Calendrier:
    """A cell of the grid quartier × semestre of annexe 4 (001:1850-1870), printed without its ticks."""

    quartier_id: str
    periode_id: str = colonne(motif=v.SEMESTRE)
    statut: str = colonne(choix=("a_confirmer", "prevu", "tenu"))
    libelle: str
    source: str = colonne(motif=v.SOURCE_OU_PROPOSE)
