"""The figures of one measure, as Fiche and Indicateur show them: reading the warehouse, then drawing."""

import dataclasses

from ctg import formats, phrases
from ctg.graphiques import mesure as figures
from ctg.graphiques.figure import Figure
from pages.commun import donnees, figure, navigation
from pages.commun.filtres import Filtres
from pages.commun.textes import vide


def decrire(identite, choix: Filtres) -> figures.Mesure:
    """What the figures need to know, from a row of `indicateur.sql` and the filters of the page."""
    types = (ligne for ligne in donnees.lignes("filtres") if ligne.filtre == "type")
    return figures.Mesure(
        indicateur_id=identite.indicateur_id,
        libelle=identite.libelle,
        unite=identite.unite,
        nature=identite.nature,
        agregation=identite.agregation_structures,
        repondant=identite.repondant_libelle,
        par_structures=identite.repondant == "structures",
        source_existante=identite.source_existante if formats.est_connu(identite.source_existante) else None,
        territoire_de=identite.territoire_de,
        annee=choix.annee,
        seuil=float(donnees.parametre("couverture.seuil_etat")),
        type_libelle=next((t.libelle for t in types if t.code == choix.type), None),
    )


def _vue(mesure: figures.Mesure, choix: Filtres) -> dict:
    return {"indicateur": mesure.indicateur_id, "type": choix.type or "tous"}


def ville(mesure: figures.Mesure, choix: Filtres):
    """The row of the city for the period shown; None when nobody is asked."""
    lignes = donnees.lignes(
        "mesure_ville", annee=mesure.annee, periode=choix.periode or "annee", **_vue(mesure, choix)
    )
    return next(iter(lignes), None)


@donnees.retenue
def evolution(mesure: figures.Mesure, choix: Filtres) -> Figure | None:
    """Over the campaigns, for the whole city; None when no campaign received a value."""
    annees = donnees.lire("mesure_annees", annee=mesure.annee, **_vue(mesure, choix))
    if not (annees["etat"] == "publie").any():
        return None
    mouvements = donnees.lire("mesure_mouvement", annee=mesure.annee, **_vue(mesure, choix))
    mouvement = None
    if not mouvements.empty:
        champs = (champ.name for champ in dataclasses.fields(phrases.Mouvement))
        mouvement = phrases.Mouvement(**mouvements.iloc[0][list(champs)])
    cibles = donnees.lire("mesure_cibles", indicateur=mesure.indicateur_id)
    return figures.annees(mesure, annees, mouvement, cibles, int(donnees.parametre("annee_reference")))


@donnees.retenue
def quartiers(mesure: figures.Mesure, choix: Filtres) -> Figure | None:
    """By quartier, sorted; None when no quartier answered."""
    lignes = donnees.lire(
        "mesure_quartiers", annee=mesure.annee, periode=choix.periode or "annee", **_vue(mesure, choix)
    )
    if not lignes["nb_repondantes"].any():
        return None
    return figures.quartiers(mesure, lignes, ville(mesure, choix), accent=choix.quartier)


@donnees.retenue
def quartiers_par_annee(mesure: figures.Mesure, choix: Filtres) -> Figure | None:
    """One panel by quartier over the campaigns; None before quartiers answered two, this one included."""
    lignes = donnees.lire("mesure_quartiers_annees", indicateur=mesure.indicateur_id, annee=mesure.annee)
    repondues = set(lignes.loc[lignes["etat"] == "publie", "annee"])
    if mesure.annee not in repondues or len(repondues) < 2:
        return None
    toutes = dataclasses.replace(choix, type=None, periode=None)
    return figures.quartiers_par_annee(mesure, lignes, ville(mesure, toutes), accent=choix.quartier)


@donnees.retenue
def structures(mesure: figures.Mesure, choix: Filtres) -> Figure | None:
    """By structure, alphabetical; None when no structure answered."""
    lignes = donnees.lire(
        "mesure_structures",
        annee=mesure.annee,
        quartier=choix.quartier or "tous",
        periode=choix.periode or "annee",
        **_vue(mesure, choix),
    )
    if not lignes["nb_repondantes"].any():
        return None
    noms = {ligne.quartier_id: ligne.nom for ligne in donnees.lignes("quartiers")}
    periode = ville(mesure, choix).periode
    return figures.structures(mesure, lignes, periode=periode, quartier=noms.get(choix.quartier))


def detailler(mesure: figures.Mesure, choix: Filtres) -> None:
    """Draw what can be drawn of a measure; say what this campaign lacks, and where to look."""
    figure.cote_a_cote([f for f in (evolution(mesure, choix), quartiers(mesure, choix)) if f])
    par_structure = structures(mesure, choix)
    if par_structure:
        figure.afficher(par_structure)
    manque = _manque(mesure, ville(mesure, choix))
    if manque:
        vide(
            manque, "Choisissez une autre campagne, une autre période ou un autre type, ou voyez la collecte."
        )
        navigation.lien("collecte", "Qui n’a pas encore répondu ?", icone="inbox", annee=mesure.annee)


def _manque(mesure: figures.Mesure, ville) -> str | None:
    """Why this campaign shows nothing for the city; None when it shows something."""
    if ville is None or (not ville.nb_attendues and ville.etat != "publie"):
        return f"Aucune réponse n’est attendue en {mesure.annee} pour cette vue."
    if not ville.nb_repondantes:
        attendus = formats.compter(int(ville.nb_attendues), "répondants attendus")
        return f"Aucune réponse reçue en {mesure.annee} : {attendus}."
    return None


def se_dessine(nature: str, definition: str) -> bool:
    """Whether a measure has numbers to draw: neither a jalon, nor a text, nor a definition still to come."""
    return nature not in {"jalon", "qualitatif"} and definition == "arretee"
