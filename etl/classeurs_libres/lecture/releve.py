"""What is gathered while a workbook is gone through: values taken, cells accounted for, what to say."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from ctg.formats import compter
from ctg.referentiel import Referentiel
from etl.anomalie import Anomalie
from etl.canevas.reponse.nombres import Nature
from etl.canevas.reponse.valeurs import lire_valeur
from etl.classeurs import Calcul, Feuille
from etl.classeurs_libres.declaration.modele import Declaration
from etl.classeurs_libres.lecture.annees import est_scolaire
from etl.classeurs_libres.libelles import QUOI, en_proposition, identifier, proposer
from etl.classeurs_libres.mots import ecrit
from etl.classeurs_libres.regles import dire, enumerer
from etl.classeurs_libres.word.lieux import lieu, lieux, rangees

Place = tuple[int, int]

# « 120 familles » is an answer; « 12 ans », « 2 trimestres », « 2025 prévu » are words
_AVEC_UNITE = re.compile(
    r"(?!20[0-9]{2}\b)[0-9][0-9\s.,]*\s(?!ans?\b|mois\b|trimestre|semestre|er\b|[eè]me)[^\W\d_]{2,}",
    re.IGNORECASE,
)


class Prise(NamedTuple):
    """One cell taken for a value, tied to what it is about. `lu` is the cell as read, or its `Calcul`.

    `facettes` holds ids (structure or fiche, annee, mesure, code, modalite, quartier); `facteur` turns what
    is written into the unit of the measure (1000 for k€). `refusee`: told, with others.
    """

    feuille: str
    place: Place
    lu: object
    facettes: dict[str, str]
    remarque: str | None = None
    facteur: float = 1.0
    additionner: bool = False
    refusee: bool = False


@dataclass(slots=True)
class Releve:
    """`lues` holds every cell somebody accounts for, as (sheet, row, column); `voisines` those, merged with
    others, that would answer something if they held it; `etiquettes` the merged labels; `scolaires` the
    school years read, by (sheet, year).
    """

    declaration: Declaration
    referentiel: Referentiel
    fichier: str
    feuilles: dict[str, Feuille] = field(default_factory=dict)
    prises: list[Prise] = field(default_factory=list)
    anomalies: list[Anomalie] = field(default_factory=list)
    lues: set[tuple[str, int, int]] = field(default_factory=set)
    voisines: set[tuple[str, int, int]] = field(default_factory=set)
    etiquettes: set[tuple[str, int, int]] = field(default_factory=set)
    scolaires: dict[tuple[str, str], tuple[str, Place]] = field(default_factory=dict)
    additionnees: list[list[Prise]] = field(
        default_factory=list
    )  # the cells of each sum, blank ones included
    muettes: list[Prise] = field(default_factory=list)  # without an answer, among those that are added up
    _inconnus: dict[tuple, list[Place]] = field(default_factory=dict)
    _repares: dict[tuple, list[Place]] = field(default_factory=dict)
    _equivoques: dict[tuple[str, str], list[Place]] = field(default_factory=dict)
    _perdus: dict[str, list[tuple[Place, str]]] = field(default_factory=dict)

    def compter(self, feuille: Feuille, rang: int, colonnes: range | list[int] | None = None) -> None:
        """Hold the cells of a row as accounted for: these columns, or the whole row."""
        rangee = feuille.rangees[rang]
        for colonne in range(len(rangee)) if colonnes is None else colonnes:
            self.lues.add((feuille.nom, rang, colonne))

    def compter_tout(self, feuille: Feuille) -> None:
        """Hold every cell of a sheet as accounted for."""
        for rang in range(len(feuille.rangees)):
            self.compter(feuille, rang)

    def identifier(
        self,
        feuille: Feuille,
        place: Place,
        facette: str,
        lu: object,
        noms: dict[str, str] | None,
        libelle: str | None = None,
    ) -> str | None:
        """The id a wording names; None, and something to say, when it names none. `libelle`: the wording that
        should stand beside it."""
        trouve = identifier(facette, lu, noms, self.referentiel)
        if trouve and facette == "annee" and est_scolaire(ecrit(lu)):
            self.scolaires[feuille.nom, trouve] = (ecrit(lu), place)
        if trouve is None:
            self._inconnus.setdefault((feuille.nom, facette, ecrit(lu), libelle), []).append(place)
        return trouve

    def essayer(self, facette: str, lu: object, noms: dict[str, str] | None) -> str | None:
        """The id a wording names, or None with nothing to say: the caller accounts for it."""
        return identifier(facette, lu, noms, self.referentiel)

    def noter_repare(self, feuille: Feuille, place: Place, ecrit_: str, lu_comme: str) -> None:
        """A code that a spreadsheet damaged was read through: to be told."""
        self._repares.setdefault((feuille.nom, ecrit_, lu_comme), []).append(place)

    def noter_perdu(self, feuille: Feuille, place: Place, ecrit_: str) -> None:
        """A code of which a spreadsheet kept the first digits only: to be told."""
        self._perdus.setdefault(feuille.nom, []).append((place, ecrit_))

    def noter_equivoque(self, feuille: Feuille, place: Place, texte: str) -> None:
        """A text holds several years, of which a pattern would keep one: to be told, and nobody's year."""
        self._equivoques.setdefault((feuille.nom, texte), []).append(place)

    def noter(self, regle: str, feuille: str | None = None, place: Place | None = None, **details) -> None:
        """Add an anomaly of `regles`."""
        self.anomalies.append(dire(regle, feuille, place, **{"modele": self.declaration.titre, **details}))

    def lignes(self, feuille: str, rangs: list[int]) -> str:
        """Rows of a sheet, counted from 0, as a person finds them."""
        return rangees(self.feuilles.get(feuille), rangs)

    def ou(self, prises: list[Prise]) -> str:
        """The cells of these values, with their sheets when they stand in several."""
        noms = {prise.feuille for prise in prises}
        if len(noms) == 1:
            return lieux(self.feuilles[prises[0].feuille], [prise.place for prise in prises])
        return enumerer([f"{lieu(self.feuilles[p.feuille], p.place)} de « {p.feuille} »" for p in prises])

    def clore(self) -> None:
        """Say once, with their rows, each wording that names nothing and each code read through."""
        for (feuille, facette, texte, libelle), places in self._inconnus.items():
            quoi = f"{QUOI[facette]} (« {libelle} »)" if libelle else QUOI[facette]
            details = {"quoi": quoi, "lignes": self.lignes(feuille, [rang for rang, _ in places])}
            if not texte.strip():
                self.noter("libelle_absent", feuille, places[0], **details)
                continue
            proposition = en_proposition(proposer(facette, texte, self.referentiel))
            self.noter("libelle_inconnu", feuille, places[0], lu=texte, proposition=proposition, **details)
        for (feuille, texte), places in self._equivoques.items():
            # said once for a whole sheet, it has no row of its own
            ou = "" if places == [(0, 0)] else f" ({self.lignes(feuille, [rang for rang, _ in places])})"
            self.noter("annee_equivoque", feuille, places[0], lu=texte, ou=ou)
        for (feuille, lu, valeur), places in self._repares.items():
            rangs = self.lignes(feuille, [rang for rang, _ in places])
            self.noter("code_repare", feuille, places[0], lu=lu, valeur=valeur, lignes=rangs)
        for feuille, perdus in self._perdus.items():
            (place, lu), combien = perdus[0], compter(len(perdus), "codes")
            rangs = self.lignes(feuille, [rang for (rang, _), _ in perdus])
            self.noter("code_perdu", feuille, place, lu=lu, combien=combien, lignes=rangs)


def contenu(feuille: Feuille, place: Place) -> object:
    """What stands in a cell: its `Calcul` when it is an error or a formula never computed."""
    rang, colonne = place
    trompeuse = feuille.trompeuses.get(place)
    if trompeuse is not None:
        return trompeuse
    rangee = feuille.rangees[rang] if rang < len(feuille.rangees) else ()
    return rangee[colonne] if colonne < len(rangee) else ""


def est_vide(lu: object) -> bool:
    """True for a blank, or for spaces only."""
    return isinstance(lu, str) and not lu.strip()


def texte_lu(lu: object) -> str:
    """What a label cell says; the text of its error when it shows one."""
    if isinstance(lu, Calcul):
        return lu.erreur or lu.formule or ""
    return ecrit(lu)


def ecrit_un_nombre(lu: object) -> bool:
    """True for a number, or a text that is mostly one: « 28 (dont 11 filles) », « 6,5 ETP »."""
    if isinstance(lu, str):
        if avec_unite(lu):
            return True
        return lu.strip()[:1].isdigit() and sum(c.isalpha() for c in lu) <= len(lu) // 2
    return isinstance(lu, (int, float))


def avec_unite(lu: str) -> bool:
    """True for a number and its unit, and nothing else: « 120 familles »."""
    return _AVEC_UNITE.fullmatch(lu.strip()) is not None


def sans_reponse(lu: object) -> bool:
    """True for what people write where they have no number: « n.c. », « néant », « - »."""
    if not isinstance(lu, str) or est_vide(lu):
        return False
    return lire_valeur(lu, Nature.ENTIER).etat in ("manquant", "sans_objet")


def repond(lu: object) -> bool:
    """True for a number, or for what is written in its place."""
    return ecrit_un_nombre(lu) or sans_reponse(lu)
