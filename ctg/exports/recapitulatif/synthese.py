"""The fiches at a glance: their state, their leading measure, who answered, what comes next."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ctg import etats, formats, phrases
from ctg.exports.cellules import Contenu
from ctg.exports.classeur import Colonne, Feuille, Tableau
from ctg.exports.diagrammes import GRIS_CLAIR, Diagramme, Serie
from ctg.exports.recapitulatif import valeurs
from ctg.exports.recapitulatif.contexte import Contexte
from ctg.exports.recapitulatif.lectures import Lectures, index

FICHE, ATTENDUS, REPONDANTS = "Fiche", "Attendus", "Ont répondu"


def feuille(contexte: Contexte, lectures: Lectures) -> Feuille:
    """One row per fiche, with a chart of who answered."""
    phares = index(lectures.connus, "indicateur_id")
    lignes = [
        [
            fiche.axe,
            valeurs.nom_fiche(fiche),
            valeurs.etat(fiche.etat),
            valeurs.ou(fiche.raison, "aucune donnée reçue"),
            *_mesure_phare(contexte, phares.get(fiche.mesure_phare), lectures),
            int(fiche.nb_repondantes),
            int(fiche.nb_attendues),
            valeurs.ou(fiche.prochain_jalon, "aucun jalon à venir"),
            _parole(fiche),
        ]
        for fiche in lectures.fiches.itertuples(index=False)
    ]
    etats_comptes = lectures.fiches["etat"].fillna("donnees_insuffisantes").value_counts().to_dict()
    return Feuille(
        "Synthèse",
        f"Où en est la convention en {contexte.selection.annee} ?",
        f"{phrases.convention(etats_comptes)}. Un graphique, puis un tableau : une fiche projet par ligne. "
        f"Chiffres : {contexte.lieu}.",
        contexte.ligne,
        Tableau("Synthese", _colonnes(contexte), lignes),
        (_couverture(lectures.fiches),),
    )


def _annees(contexte: Contexte) -> tuple[int, ...]:
    """The year of reference, the previous one, the year of the document."""
    dernieres = contexte.annees[-2:]
    reference = contexte.annee_reference
    return dernieres if reference is None or reference in dernieres else (reference, *dernieres)


def _colonnes(contexte: Contexte) -> tuple[Colonne, ...]:
    titres = dict(zip(contexte.annees, contexte.colonnes_annees, strict=True))
    comparaisons = [
        (
            Colonne(f"Évolution {base}-{contexte.selection.annee}, à périmètre constant", 12),
            Colonne("Répondants communs", 11),
        )
        for base in contexte.bases[-1:]
    ]
    return (
        Colonne("Axe", 11),
        Colonne(FICHE, 30),
        Colonne(contexte.entete_etat, 13),
        Colonne("Pourquoi cet état", 24),
        Colonne("Mesure phare", 25),
        *(Colonne(titres[annee], 11) for annee in _annees(contexte)),
        *(colonne for paire in comparaisons for colonne in paire),
        Colonne("Cible", 9),
        Colonne(REPONDANTS, 9),
        Colonne(ATTENDUS, 9),
        Colonne("Prochain jalon", 18),
        Colonne("Ce qu’en dit le référent", 28),
    )


def _mesure_phare(contexte: Contexte, phare: Any, lectures: Lectures) -> list[Contenu]:
    """The measure the référent chose: its name, its years, how it moved since the reference, its target."""
    bases = contexte.bases[-1:]
    if phare is None:
        absents = len(_annees(contexte)) + 2 * len(bases)
        return ["sans mesure phare", *["sans objet"] * absents, "sans cible"]
    unite = valeurs.ou(phare.unite, "texte")
    titre = phare.libelle if unite.lower() in phare.libelle.lower() else f"{phare.libelle} ({unite})"
    lues = {annee: lectures.mesures.get((phare.indicateur_id, annee)) for annee in _annees(contexte)}
    evolutions = {base: lectures.evolutions.get((phare.indicateur_id, base)) for base in bases}
    changees = (valeurs.changees(lues), valeurs.evolutions_changees(evolutions))
    titre = " ; ".join(filter(None, (titre, *changees)))
    return [
        titre,
        *(valeurs.mesure(lue, unite) for lue in lues.values()),
        *(
            cellule
            for lue in evolutions.values()
            for cellule in (valeurs.evolution(lue, unite), valeurs.communs(lue))
        ),
        valeurs.cible(lectures.mesures.get((phare.indicateur_id, contexte.selection.annee)), unite),
    ]


def _parole(fiche: Any) -> str:
    declare = f"État déclaré : {fiche.etat_declare}." if formats.est_connu(fiche.etat_declare) else ""
    return " ".join(filter(None, (declare, valeurs.ou(fiche.phrase_declaree, "")))) or "rien n’a été écrit"


def _couverture(fiches: pd.DataFrame) -> Diagramme:
    interrogees = fiches[fiches["nb_attendues"] > 0]
    completes = int((interrogees["nb_repondantes"] == interrogees["nb_attendues"]).sum())
    details = " ; ".join(
        f"{fiche.fiche_id} {formats.nombre(fiche.nb_repondantes)} sur {formats.nombre(fiche.nb_attendues)}"
        for fiche in fiches.itertuples()
    )
    return Diagramme(
        "Toutes les réponses attendues sont là pour "
        f"{formats.compter(completes, 'fiches', feminin=True)} sur {len(interrogees)}",
        f"répondants par fiche, reçus sur attendus : {details}.",
        FICHE,
        (Serie(ATTENDUS, GRIS_CLAIR, chiffres_clairs=False), Serie(REPONDANTS, etats.BLEU.lstrip("#"))),
        "Nombre de répondants (structures ou référents)",
    )
