"""What the page that describes a workbook shows of it: its rows, then what would be loaded of them."""

import pandas as pd

from ctg import formats
from ctg.codes import CODES
from ctg.referentiel import Referentiel
from etl.adresse import lettres
from etl.canevas.modeles import Cellule, Lecture
from etl.canevas.phrases.messages import citer
from etl.canevas.reponse.petits_nombres import petit_possible
from etl.classeurs import Feuille
from etl.classeurs_libres.lecture.releve import contenu, est_vide, texte_lu
from etl.classeurs_libres.mesures import nom_de_mesure

RANGEES_MONTREES, COLONNES_MONTREES = 12, 20
VALEURS_MONTREES = 50
NON_MONTRE = "•"
_ETATS = {"valeur": "lue", "sans_objet": "sans objet", "manquant": "vide", "refuse": "refusée"}


def extrait(feuille: Feuille, rang: int, hauteur: int, seuil: int) -> pd.DataFrame:
    """The rows from `rang` (from 0) on, as their sheet numbers them; what may be a small count is a dot.

    The `hauteur` first ones are the header: « Enfants de 0 à 3 ans » is no count there.
    """
    rangs = range(rang, min(rang + RANGEES_MONTREES, len(feuille.rangees)))
    largeur = min(max((len(feuille.rangees[r]) for r in rangs), default=0), COLONNES_MONTREES)
    lignes = [
        [_montre(contenu(feuille, (r, c)), r < rang + hauteur, seuil) for c in range(largeur)] for r in rangs
    ]
    noms = [lettres(c) for c in range(largeur)]
    return pd.DataFrame(lignes, columns=noms, index=[str(r + 1) for r in rangs])


def _montre(lu: object, entete: bool, seuil: int) -> str:
    texte = isinstance(lu, str)
    nombre = isinstance(lu, (int, float)) or (texte and (not entete or lu.strip()[:1].isdigit()))
    if nombre and petit_possible(lu, seuil):
        return NON_MONTRE
    return "" if est_vide(lu) else citer(texte_lu(lu))  # a name of a person is not shown either


def valeurs_lues(lecture: Lecture, referentiel: Referentiel) -> list[dict[str, str]]:
    """What would be loaded, cell by cell, the first ones; small counts of people are not shown."""
    seuil = referentiel.parametres.confidentialite.seuil_personnes
    lignes = []
    for formulaire in lecture.formulaires:
        structure = referentiel.structures.get(formulaire.repondant_id)
        for cellule in formulaire.cellules:
            valeur = cellule.texte or ""
            if cellule.valeur is not None:
                petit = cellule.rubrique in ("i", "v") and petit_possible(cellule.valeur, seuil)
                valeur = NON_MONTRE if petit else formats.nombre(cellule.valeur)
            lignes.append(
                {
                    "Répondant": structure.nom if structure else formulaire.repondant_id,
                    "Année": str(formulaire.annee),
                    "Mesure": _mesure(cellule, referentiel),
                    "Valeur": valeur if cellule.etat == "valeur" else _ETATS.get(cellule.etat, "à relire"),
                    "Où": f"{cellule.feuille or formulaire.feuille}, {cellule.adresse}",
                }
            )
    return lignes[:VALEURS_MONTREES]


def _mesure(cellule: Cellule, referentiel: Referentiel) -> str:
    modalites = referentiel.ventilations[cellule.ventilation].modalites if cellule.ventilation else ()
    quartier = referentiel.quartiers.get(cellule.quartier_id or "")
    detail = [
        next((m.libelle for m in modalites if m.modalite_id == cellule.modalite), cellule.modalite),
        quartier.nom if quartier else cellule.quartier_id,
        None if cellule.code in ("valeur", "texte") else CODES.get(cellule.code, cellule.code),
    ]
    nom = nom_de_mesure(f"{cellule.rubrique}:{cellule.objet_id}", referentiel)
    return " · ".join([nom, *filter(None, detail)])
