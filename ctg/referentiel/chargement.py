"""Loads a folder of the referential: every table, the YAML files, then the controls; all errors at once."""

import os
from dataclasses import replace
from pathlib import Path

from ctg.referentiel import acteurs, questions
from ctg.referentiel import modeles as m
from ctg.referentiel.controles import controler
from ctg.referentiel.erreurs import Erreur, Journal, ReferentielInvalide
from ctg.referentiel.prose import lire_parametres, lire_prose
from ctg.referentiel.referentiel import Referentiel
from ctg.referentiel.tables import indexer, lire_table

TABLES = {
    "axes": (m.Axe, "axe_id"),
    "fiches": (m.Fiche, "fiche_id"),
    "lignes": (m.LigneImprimee, "ligne_id"),
    "indicateurs": (m.Indicateur, "indicateur_id"),
    "ventilations": (m.Ventilation, "ventilation_id"),
    "types_structure": (acteurs.TypeStructure, "type_id"),
    "structures": (acteurs.Structure, "structure_id"),
    "expediteurs": (acteurs.Expediteur, "expediteur_id"),
    "repondants": (acteurs.Repondant, "repondant_id"),
    "fonctions": (acteurs.Fonction, "fonction_id"),
    "quartiers": (acteurs.Quartier, "quartier_id"),
    "iris": (acteurs.Iris, "code_iris"),
    "rubriques": (questions.Rubrique, "rubrique_id"),
    "chiffres_clefs": (questions.PosteChiffreClef, "poste_id"),
    "vie_structure": (questions.ChampVieStructure, "champ_id"),
}
LISTES = {
    "cibles": m.Cible,
    "croisements": m.Croisement,
    "calendrier": m.Calendrier,
    "formulations": questions.Formulation,
    "relations": questions.Relation,
}


def dossier_par_defaut() -> Path:
    """Folder of the convention in force: `CTG_REFERENTIEL`, else the one of Dijon 2024-2027."""
    racine = Path(__file__).parents[2]
    return Path(os.environ.get("CTG_REFERENTIEL") or racine / "data" / "referentiel" / "dijon_2024_2027")


def charger(dossier: Path) -> Referentiel:
    """The convention held by `dossier`. Raises ReferentielInvalide with every error found, file and line."""
    dossier, journal = Path(dossier), Journal()
    if not dossier.is_dir():
        raise ReferentielInvalide([Erreur(str(dossier), 0, "ce dossier n’existe pas")])
    tables = {
        nom: indexer(lire_table(dossier / f"{nom}.csv", classe, journal), cle, journal)
        for nom, (classe, cle) in TABLES.items()
    }
    listes = {
        nom: tuple(lire_table(dossier / f"{nom}.csv", classe, journal)) for nom, classe in LISTES.items()
    }
    liens = tuple(lire_table(dossier / "indicateur_lignes.csv", m.Lien, journal))
    modalites = tuple(lire_table(dossier / "modalites.csv", m.Modalite, journal))
    tables["ventilations"] = _avec_modalites(tables["ventilations"], modalites, journal)
    tables["fiches"] = _avec_prose(tables["fiches"], dossier / "fiches", journal)
    parametres = lire_parametres(dossier / "parametres.yml", journal)
    referentiel = Referentiel(parametres=parametres, liens=liens, dossier=dossier, **tables, **listes)
    controler(referentiel, modalites, journal)
    if journal.erreurs:
        raise ReferentielInvalide(journal.erreurs)
    return referentiel


def _avec_modalites(ventilations, modalites, journal):
    return {
        cle: journal.suivre(v, replace(v, modalites=tuple(m for m in modalites if m.ventilation_id == cle)))
        for cle, v in ventilations.items()
    }


def _avec_prose(fiches, dossier, journal):
    """Fiches with the prose of `<fiche_id>.yml`; a YAML file of no fiche is noted."""
    for chemin in sorted(dossier.glob("*.yml")):
        if chemin.stem not in fiches and not journal.excuse("fiches.csv", chemin.stem):
            journal.noter(f"fiches/{chemin.name}", 0, f"fiche « {chemin.stem} » inconnue de fiches.csv")
    return {
        cle: journal.suivre(fiche, replace(fiche, **lire_prose(dossier / f"{cle}.yml", journal)))
        for cle, fiche in fiches.items()
    }
