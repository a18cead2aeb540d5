"""One sheet per axis: every indicator of its fiches, under the line of the convention it answers."""

from __future__ import annotations

from typing import Any

from ctg import formats
from ctg.exports.cellules import Contenu
from ctg.exports.classeur import Colonne, Feuille, Tableau
from ctg.exports.recapitulatif import valeurs
from ctg.exports.recapitulatif.contexte import Contexte
from ctg.exports.recapitulatif.lectures import Lectures

A_ARRETER = "définition à arrêter"
AVANT_LES_ANNEES = (
    Colonne("Fiche", 7),
    Colonne("Ligne imprimée dans la convention", 26),
    Colonne("Code", 11),
    Colonne("Indicateur", 26),
    Colonne("Unité", 15),
)


def feuilles(contexte: Contexte, lectures: Lectures) -> list[Feuille]:
    """The sheets of the axes asked for, in order."""
    axes = dict(zip(lectures.fiches["axe_id"], lectures.fiches["axe"], strict=True))
    lignes = {axe_id: [] for axe_id in axes}
    for indicateur in lectures.indicateurs.itertuples(index=False):
        lignes[indicateur.axe_id].append(_ligne(contexte, indicateur, lectures))
    return [_feuille(contexte, axe_id, titre, lignes[axe_id]) for axe_id, titre in axes.items()]


def _feuille(contexte: Contexte, axe_id: str, titre: str, lignes: list[list[Contenu]]) -> Feuille:
    lieu = "Chiffres de la ville entière."
    if contexte.quartier:
        lieu = f"Chiffres du quartier {contexte.quartier} seul ; l’état reste celui de la ville."
    comparaison = " Évolutions sur les seuls répondants communs." if contexte.bases else ""
    return Feuille(
        f"Axe {axe_id}",
        f"Axe {titre} : tous les indicateurs",
        f"Un tableau : {formats.compter(len(lignes), 'lignes', feminin=True)}, une par indicateur, sous la "
        f"ligne de la convention à laquelle il répond ou marqué « proposé ». {lieu}{comparaison}",
        contexte.ligne,
        Tableau(f"Axe_{axe_id}", _colonnes(contexte), lignes),
    )


def _colonnes(contexte: Contexte) -> tuple[Colonne, ...]:
    annee = contexte.selection.annee
    comparaisons = [
        (Colonne(f"Évolution {base}-{annee}", 11), Colonne(f"Répondants communs {base}-{annee}", 11))
        for base in contexte.bases
    ]
    return (
        *AVANT_LES_ANNEES,
        *(Colonne(titre, 11) for titre in contexte.colonnes_annees),
        *(colonne for paire in comparaisons for colonne in paire),
        Colonne("Cible", 9),
        Colonne(contexte.entete_etat, 13),
        Colonne("Ont répondu", 9),
        Colonne("Attendus", 9),
        Colonne("Couverture", 12),
        Colonne("Qui répond", 14),
        Colonne("Mention", 23),
        Colonne("Source de la ligne", 11),
    )


def _ligne(contexte: Contexte, indicateur: Any, lectures: Lectures) -> list[Contenu]:
    ligne = [indicateur.fiche_id, valeurs.ou(indicateur.ligne, "proposé")]
    source = valeurs.source(indicateur.source)
    if indicateur.indicateur_id is None:
        return [*ligne, *_sans_indicateur(contexte), source]
    mesure = lectures.mesures.get((indicateur.indicateur_id, contexte.selection.annee))
    repondu, attendus = (int(mesure.nb_repondantes), int(mesure.nb_attendues)) if mesure else (0, 0)
    return [
        *ligne,
        indicateur.indicateur_id,
        indicateur.libelle,
        valeurs.ou(indicateur.unite, "texte"),
        *_chiffres(contexte, indicateur, lectures),
        *_comparaisons(contexte, indicateur, lectures),
        valeurs.cible(mesure, indicateur.unite),
        valeurs.etat(indicateur.etat),
        repondu,
        attendus,
        formats.couverture(repondu, attendus),
        valeurs.ou(indicateur.repondant_libelle, "à désigner"),
        _mention(contexte, indicateur.indicateur_id, lectures),
        source,
    ]


def _sans_indicateur(contexte: Contexte) -> list[Contenu]:
    """A printed line never disappears, even while nothing measures it."""
    return [
        "aucun",
        "aucun indicateur ne répond encore à cette ligne",
        "sans objet",
        *[valeurs.ABSENT] * len(contexte.annees),
        *["sans objet"] * (2 * len(contexte.bases)),
        "sans cible",
        valeurs.etat(None),
        0,
        0,
        formats.couverture(0, 0),
        "à désigner",
        "aucune",
    ]


def _chiffres(contexte: Contexte, indicateur: Any, lectures: Lectures) -> list[Contenu]:
    if indicateur.definition == "a_arreter":
        return [A_ARRETER] * len(contexte.annees)  # the mention says by whom
    return [
        valeurs.mesure(lectures.mesures.get((indicateur.indicateur_id, annee)), indicateur.unite)
        for annee in contexte.annees
    ]


def _comparaisons(contexte: Contexte, indicateur: Any, lectures: Lectures) -> list[Contenu]:
    lues = [lectures.evolutions.get((indicateur.indicateur_id, base)) for base in contexte.bases]
    return [
        cellule
        for lue in lues
        for cellule in (valeurs.evolution(lue, indicateur.unite), valeurs.communs(lue))
    ]


def _mention(contexte: Contexte, indicateur_id: str, lectures: Lectures) -> str:
    mesure = lectures.mesures.get((indicateur_id, contexte.selection.annee))
    if mesure is None and contexte.quartier:
        return "ne se décline pas par quartier : lire la ville"
    avant = {annee: lectures.mesures.get((indicateur_id, annee)) for annee in contexte.annees_precedentes}
    evolutions = {base: lectures.evolutions.get((indicateur_id, base)) for base in contexte.bases}
    return valeurs.mention(mesure, valeurs.changees(avant), valeurs.evolutions_changees(evolutions))
