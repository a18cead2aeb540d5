"""The whole convention, as loaded: what the forms, the warehouse and the pages read."""

from dataclasses import dataclass
from pathlib import Path

from ctg.referentiel import acteurs, questions
from ctg.referentiel import modeles as m
from ctg.referentiel.parametres import Parametres


@dataclass(frozen=True, slots=True)
class Referentiel:
    """Every table of a referential; dicts are keyed by id, in the order of the file."""

    parametres: Parametres
    axes: dict[str, m.Axe]
    fiches: dict[str, m.Fiche]
    lignes: dict[str, m.LigneImprimee]
    indicateurs: dict[str, m.Indicateur]
    liens: tuple[m.Lien, ...]
    ventilations: dict[str, m.Ventilation]
    types_structure: dict[str, acteurs.TypeStructure]
    structures: dict[str, acteurs.Structure]
    expediteurs: dict[str, acteurs.Expediteur]
    repondants: dict[str, acteurs.Repondant]
    fonctions: dict[str, acteurs.Fonction]
    quartiers: dict[str, acteurs.Quartier]
    iris: dict[str, acteurs.Iris]
    cibles: tuple[m.Cible, ...]
    rubriques: dict[str, questions.Rubrique]
    chiffres_clefs: dict[str, questions.PosteChiffreClef]
    vie_structure: dict[str, questions.ChampVieStructure]
    croisements: tuple[m.Croisement, ...]
    calendrier: tuple[m.Calendrier, ...]
    formulations: tuple[questions.Formulation, ...]
    relations: tuple[questions.Relation, ...]
    dossier: Path | None = None  # where it was read: the declarations of free workbooks stand beside it

    def fiche_de(self, indicateur_id: str) -> str:
        """The fiche an indicator is entered in: the first one it is linked to (JE-2 for the shared KAPS)."""
        return next(lien.fiche_id for lien in self.liens if lien.indicateur_id == indicateur_id)

    def indicateurs_de_structure(self, structure: acteurs.Structure, annee: int) -> tuple[m.Indicateur, ...]:
        """What the form of `structure` asks for the civil year `annee`; nothing when it is closed."""
        if not structure.ouverte_en(annee):
            return ()
        return tuple(
            indicateur
            for indicateur in self._par_ordre()
            if structure.type_id in indicateur.types_repondants and indicateur.demande_en(annee)
        )

    def indicateurs_de_fiche_formulaire(
        self, fiche_id: str, annee: int | None = None
    ) -> tuple[m.Indicateur, ...]:
        """What the référent enters in the form of the fiche, of a year or of any: what no structure gives."""
        return tuple(
            indicateur
            for indicateur in self._par_ordre()
            if indicateur.demande_en(annee)
            and indicateur.repondant != "structures"
            and self.fiche_de(indicateur.indicateur_id) == fiche_id
        )

    def formulations_de(self, annee: int) -> dict[str, str]:
        """{former wording: key of the row} of the forms of a year."""
        return {f.libelle: f.cle for f in self.formulations if annee <= f.jusqu_en}

    def _par_ordre(self) -> list[m.Indicateur]:
        return sorted(self.indicateurs.values(), key=lambda indicateur: indicateur.ordre)
