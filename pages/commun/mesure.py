"""The figures of one measure, as Fiche and Indicateur show them: reading the warehouse, then drawing."""

from ctg import formats, phrases
from ctg.graphiques import mesure as figures
from ctg.graphiques.figure import Figure
from pages.commun import donnees, figure
from pages.commun.filtres import Filtres
from pages.commun.textes import vide


def decrire(identite, choix: Filtres) -> figures.Mesure:
    """What the figures need to know, from a row of `indicateur.sql` and the filters of the page."""
    types = donnees.lire("filtres").query("filtre == 'type'").set_index("code")["libelle"]
    return figures.Mesure(
        indicateur_id=identite.indicateur_id,
        libelle=identite.libelle,
        unite=identite.unite,
        nature=identite.nature,
        agregation=identite.agregation_structures,
        repondant=identite.repondant_libelle,
        source_existante=identite.source_existante if formats.est_connu(identite.source_existante) else None,
        territoire_de=identite.territoire_de,
        annee=choix.annee,
        seuil=float(donnees.parametre("couverture.seuil_etat")),
        type_libelle=types.get(choix.type),
    )


def evolution(mesure: figures.Mesure, choix: Filtres) -> Figure | None:
    """Over the campaigns, for the whole city; None when it was never asked."""
    quoi = {"indicateur": mesure.indicateur_id, "type": choix.type or "tous"}
    annees = donnees.lire("mesure_annees", **quoi)
    if annees.empty:
        return None
    mouvements = donnees.lire("mesure_mouvement", annee=mesure.annee, **quoi)
    mouvement = next(
        (
            phrases.Mouvement(
                m.affichage,
                m.annee_base,
                m.annee,
                m.etat,
                m.nb_communes,
                m.nb_attendues,
                m.valeur_base,
                m.valeur,
            )
            for m in mouvements.itertuples()
        ),
        None,
    )
    cibles = donnees.lire("mesure_cibles", indicateur=mesure.indicateur_id)
    return figures.annees(mesure, annees, mouvement, cibles, int(donnees.parametre("annee_reference")))


def quartiers(mesure: figures.Mesure, choix: Filtres) -> Figure | None:
    """By quartier, sorted; None when no quartier is asked."""
    vue = {"indicateur": mesure.indicateur_id, "type": choix.type or "tous"}
    lignes = donnees.lire("mesure_quartiers", annee=mesure.annee, periode=choix.periode or "annee", **vue)
    if not lignes["nb_attendues"].any():
        return None
    annees = donnees.lire("mesure_annees", **vue)
    ville = next(
        (
            (v.valeur, f"ville : {v.affichage}")
            for v in annees[annees["annee"] == mesure.annee].itertuples()
            if v.etat == "publie" and not choix.periode
        ),
        None,
    )
    return figures.quartiers(
        mesure, lignes, ville, accent=choix.quartier, periode=choix.periode or str(mesure.annee)
    )


def quartiers_par_annee(mesure: figures.Mesure, choix: Filtres) -> Figure | None:
    """One panel by quartier over the campaigns; None when no quartier answers this year."""
    lignes = donnees.lire("mesure_quartiers_annees", indicateur=mesure.indicateur_id)
    if not (lignes["annee"] == mesure.annee).any() or not (lignes["etat"] == "publie").any():
        return None
    return figures.quartiers_par_annee(mesure, lignes, accent=choix.quartier)


def structures(mesure: figures.Mesure, choix: Filtres) -> Figure | None:
    """By structure, alphabetical; None when structures do not answer it."""
    lignes = donnees.lire(
        "mesure_structures",
        indicateur=mesure.indicateur_id,
        annee=mesure.annee,
        type=choix.type or "tous",
        quartier=choix.quartier or "tous",
        periode=choix.periode or "annee",
    )
    if lignes.empty:
        return None
    return figures.structures(mesure, lignes, periode=choix.periode or str(mesure.annee))


def detailler(mesure: figures.Mesure, choix: Filtres) -> None:
    """Draw what can be drawn of a measure; say why when nothing can."""
    dessinees = [
        f for f in (evolution(mesure, choix), quartiers(mesure, choix), structures(mesure, choix)) if f
    ]
    for dessinee in dessinees:
        figure.afficher(dessinee)
    if not dessinees:
        vide(
            f"Aucune réponse attendue en {mesure.annee} pour cette vue.",
            "Choisissez une autre campagne ou un autre type de structure.",
        )


def se_dessine(nature: str, definition: str) -> bool:
    """Whether a measure has numbers to draw: neither a jalon, nor a text, nor a definition still to come."""
    return nature not in {"jalon", "qualitatif"} and definition == "arretee"
