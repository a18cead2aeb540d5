"""A form with an answer in every cell, each different from its neighbours, and what its reading must give."""

import datetime as dt
import itertools
from collections.abc import Iterable
from pathlib import Path

from ctg.referentiel import Referentiel
from etl.canevas.modeles import Formulaire
from etl.canevas.plan import Section, lignes, plan_fiche, plan_structure
from etl.canevas.redaction.ecriture import ecrire
from etl.canevas.reponse.nombres import Nature


def _valeur(nature: Nature, rang: int) -> object:
    return {
        Nature.ENTIER: 100 + rang,
        Nature.DECIMAL: 100 + rang + 0.5,
        Nature.MONTANT: 1000.0 + rang,
        Nature.POURCENTAGE: float(20 + rang % 60),
        Nature.NIVEAU: 1 + rang % 4,
        Nature.DATE: dt.date(2026, 1, 1) + dt.timedelta(rang),
        Nature.ETAT: "En cours",
        Nature.TEXTE: f"Réponse écrite numéro {rang + 100}.",
    }[nature]


def reponses_pleines(sections: Iterable[Section]) -> dict[tuple[str, str], object]:
    """{(row key, code): value} for every input cell of a plan."""
    rangs = itertools.count()
    return {
        (cle, code): _valeur(nature, next(rangs))
        for cle, ligne in lignes(sections).items()
        for code, nature in zip(ligne.codes, ligne.natures, strict=True)
    }


def ecrire_plein(referentiel: Referentiel, repondant_id: str, dossier: Path, annee: int = 2025) -> Path:
    """The workbook of one structure or fiche, full."""
    structure = referentiel.structures.get(repondant_id)
    plan = (
        plan_structure(referentiel, structure, annee) if structure else plan_fiche(referentiel, repondant_id)
    )
    reponses = {repondant_id: reponses_pleines(plan)}
    choix = {"structure": repondant_id} if structure else {"fiche": repondant_id}
    rempli = dt.date(2026, 3, 15)
    (chemin,) = ecrire(referentiel, annee, dossier, **choix, reponses=reponses, rempli_le=rempli)
    return chemin


def contenu(formulaire: Formulaire) -> dict[tuple, tuple]:
    """What a form answers, wherever its cells stand."""
    return {cellule[:6]: (cellule.valeur, cellule.texte, cellule.etat) for cellule in formulaire.cellules}
