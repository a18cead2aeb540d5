"""The convention as data: load it, know what it asks, of whom."""

from ctg.referentiel.acteurs import Iris, Quartier, Structure
from ctg.referentiel.chargement import charger, dossier_par_defaut
from ctg.referentiel.erreurs import Erreur, ReferentielInvalide
from ctg.referentiel.modeles import Axe, Fiche, Indicateur, LigneImprimee, Texte, Ventilation
from ctg.referentiel.parametres import Parametres
from ctg.referentiel.referentiel import Referentiel

__all__ = [
    "Axe",
    "Erreur",
    "Fiche",
    "Indicateur",
    "Iris",
    "LigneImprimee",
    "Parametres",
    "Quartier",
    "Referentiel",
    "ReferentielInvalide",
    "Structure",
    "Texte",
    "Ventilation",
    "charger",
    "dossier_par_defaut",
]
