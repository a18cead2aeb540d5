"""A tiny convention for files of another city: its measures, and the structures a test names.

Made by program over the convention of Dijon; the declarations of these files stand in `correspondances/`.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

from ctg.referentiel import Referentiel, charger, dossier_par_defaut
from ctg.referentiel.modeles import Lien, Modalite, Ventilation
from etl.classeurs_libres.declaration.chargement import declaration
from etl.classeurs_libres.declaration.modele import Declaration

DOSSIER = Path(__file__).parent / "correspondances"
_CRITERES = (
    "accueil-telephonique-rapidite",
    "accueil-telephonique-amabilite",
    "accueil-telephonique-ecoute",
    "accueil-telephonique-comprehension",
    "accueil-telephonique-orientation",
    "message-telephonique-clarte",
    "message-telephonique-mention-des-horaires",
    "message-telephonique-possibilite-de-laisser-un-message",
    "site-internet-clarte-de-l-information",
    "site-internet-navigation",
    "site-internet-demarche-en-ligne",
    "locaux-signaletique",
    "locaux-accessibilite",
    "locaux-espaces-d-attente",
    "accueil-physique-orientation",
    "accueil-physique-proprete",
    "accueil-physique-horaires",
    "accueil-physique-delai-d-attente",
    "prestation-amabilite",
    "prestation-comprehension",
    "prestation-ecoute",
    "prestation-confidentialite",
    "prestation-disponibilite",
    "prestation-qualite",
    "prestation-rapidite",
    "prestation-conseils-d-un-agent",
    "prestation-respect-horaire-rdv",
)
_TYPE = "centre-social"
_DEPENSES = {
    "PE-9.0.1-a": "Dépenses des crèches",
    "EN-9.0.2-a": "Dépenses des centres de loisirs",
    "JE-9.0.1-a": "Dépenses d’activités pour les jeunes",
}


@cache
def _dijon() -> Referentiel:
    return charger(dossier_par_defaut())


def referentiel(structures: dict[str, str]) -> Referentiel:
    """A convention of 2009-2015 whose structures are `structures` (id → name), each asked every measure."""
    dijon = _dijon()
    parametres = replace(
        dijon.parametres,
        annee_reference=2009,
        convention=replace(dijon.parametres.convention, debut=2010, fin=2030),
    )
    une = dijon.structures["maison-phare"]
    modele = dijon.indicateurs["PE-1.0.1-a"]
    indicateurs = [
        _mesure(modele, "AVS-9.0.1-a", "Subventions attribuées", "€", "euro"),
        *(
            replace(_mesure(modele, mesure, libelle, "€", "euro"), repondant="R-AVS", types_repondants=())
            for mesure, libelle in _DEPENSES.items()
        ),
        _mesure(modele, "AVS-9.0.3-a", "Insatisfaits", "%", "personne", ("critere",)),
        _mesure(modele, "AVS-9.0.3-b", "Avis donnés", "avis", "personne", ("critere",)),
        _mesure(modele, "EN-9.0.1-a", "Enfants accueillis au plus", "enfants", "personne"),
        _mesure(modele, "EN-9.0.1-b", "Classes", "classes", "espace"),
    ]
    modalites = tuple(Modalite("critere", m, m, n, "propose") for n, m in enumerate(_CRITERES, 1))
    fiches = {"PE-9.0.1-a": "PE-2", "EN-9.0.2-a": "EN-1", "JE-9.0.1-a": "JE-1"}
    return replace(
        dijon,
        parametres=parametres,
        structures={
            i: replace(une, structure_id=i, nom=nom, type_id=_TYPE, multisite=False)
            for i, nom in structures.items()
        },
        indicateurs={i.indicateur_id: i for i in indicateurs},
        liens=tuple(Lien(i.indicateur_id, None, fiches.get(i.indicateur_id, "AVS-1")) for i in indicateurs),
        ventilations={"critere": Ventilation("critere", "Critère", False, "propose", modalites)},
        dossier=None,
    )


def correspondance(nom: str, convention: Referentiel) -> Declaration:
    """One of the declarations of `correspondances/`, validated."""
    return declaration((DOSSIER / f"{nom}.yml").read_text(encoding="utf-8"), nom, convention)


def _mesure(modele, indicateur_id, libelle, unite, unite_statistique, ventilations=()):
    return replace(
        modele,
        indicateur_id=indicateur_id,
        libelle=libelle,
        question=libelle,
        nature="denombrement",
        unite=unite,
        unite_statistique=unite_statistique,
        repondant="structures",
        types_repondants=(_TYPE,),
        saisie="nombre",
        granularite="annee",
        ventilations=ventilations,
        par_quartier=False,
        source_existante=None,
    )
