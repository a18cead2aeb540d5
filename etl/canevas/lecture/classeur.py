"""Reads a returned workbook: recognised by its content, checked, then each sheet on its own.

A bad sheet never refuses its neighbours; a bad file is refused with the reason, and nothing of it is opened.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ctg.referentiel import Referentiel
from etl.anomalie import Anomalie
from etl.canevas import reperes
from etl.canevas.grammaire import CORRIGE, FEUILLE_AIDE, FEUILLE_MANIFESTE
from etl.canevas.lecture.feuille import lire_feuille
from etl.canevas.modeles import Formulaire, Lecture
from etl.canevas.phrases.messages import anomalie
from etl.canevas.reperes import Manifeste
from etl.classeurs import ClasseurRefuse, ouvrir
from etl.classeurs.modele import Rangees


def lire(chemin: Path, referentiel: Referentiel, libelles: Mapping[str, str] | None = None) -> Lecture:
    """Read every form of a workbook, each with its cells, their addresses and its anomalies.

    `libelles` maps to the key of a row the wordings a person confirmed for it (data/saisies/libelles.csv).
    Raises OSError only (the file is not there); whatever a sender may have done is told by anomalies.
    """
    try:
        classeur = ouvrir(chemin)
    except ClasseurRefuse as refus:
        return Lecture(None, (), (refus.anomalie,))
    feuilles = {feuille.nom: feuille for feuille in classeur.feuilles}
    annonce = feuilles.pop(FEUILLE_MANIFESTE, None)
    manifeste = reperes.lire_manifeste(annonce.rangees) if annonce else None
    trouves = {nom: reperes.trouver(feuille.rangees) for nom, feuille in feuilles.items()}
    muettes = [nom for nom, repere in trouves.items() if repere is None and feuilles[nom].rangees]
    # renamed by the program that saved it (« _ctg - Tableau 1 »), or come with the sheets of another workbook
    autres = {nom: lu for nom in muettes if (lu := reperes.lire_manifeste(feuilles[nom].rangees))}
    if manifeste is None and len(autres) == 1:
        (manifeste,) = autres.values()
    if manifeste is None and {repere.genre for repere in trouves.values() if repere} == {"aide"}:
        return Lecture("aide", (), (anomalie("document_d_aide"),))
    formulaires = [
        lire_feuille(feuilles[nom], repere, manifeste, referentiel, libelles or {}, classeur.format == "csv")
        for nom, repere in trouves.items()
        if repere and repere.genre != "aide"
    ]
    # our help, its mark lost with the hidden columns, holds no answer
    sans_repere = [nom for nom in muettes if nom not in autres and nom != FEUILLE_AIDE]
    masquees = {nom for nom, feuille in feuilles.items() if feuille.cachee}
    lecture = _rassembler(formulaires, sans_repere, manifeste, referentiel, classeur.format, masquees)
    aides = [feuilles[nom].rangees for nom, repere in trouves.items() if repere and repere.genre == "aide"]
    return replace(lecture, corrige=fichier_corrige(aides))


def fichier_corrige(aides: list[Rangees]) -> str | None:
    """The sha256 of the file this workbook is a marked copy of, else None."""
    cases = (case for rangees in aides for rangee in rangees for case in rangee if isinstance(case, str))
    return next((case.removeprefix(CORRIGE) for case in cases if case.startswith(CORRIGE)), None)


def _rassembler(
    formulaires: list[Formulaire],
    sans_repere: list[str],
    manifeste: Manifeste | None,
    referentiel: Referentiel,
    format_lu: str,
    masquees: set[str],
) -> Lecture:
    anomalies: list[Anomalie] = []
    formulaires = _ecarter_doubles(formulaires, referentiel, masquees)
    remplis = (f for f in formulaires if any(c.etat != "manquant" for c in f.cellules))
    anomalies += [anomalie("feuille_masquee", f.feuille) for f in remplis if f.feuille in masquees]
    if manifeste is None:
        if not formulaires:
            return Lecture(None, (), (anomalie("aucun_formulaire"),))
        anomalies.append(anomalie("csv_une_feuille" if format_lu == "csv" else "manifeste_absent"))
    else:
        absents = _sans_feuille(manifeste.feuilles, formulaires)
        for repondant_id, nom in absents.items():
            detail = {"nom": _nom(repondant_id, referentiel)}
            # Its sheet, whatever it is called now, or any sheet nobody accounts for.
            feuille = (
                nom
                if nom in sans_repere
                else next((f for f in sans_repere if f not in absents.values()), None)
            )
            if feuille is None:
                anomalies.append(anomalie("feuille_retiree", **detail))
                continue
            sans_repere.remove(feuille)
            formulaires.append(_illisible(manifeste, repondant_id, feuille, detail))
    anomalies += [anomalie("feuille_ajoutee", nom) for nom in sans_repere]
    genre = manifeste.genre if manifeste else formulaires[0].genre
    return Lecture(genre, tuple(formulaires), tuple(anomalies))


def _sans_feuille(annonces: dict[str, str], formulaires: list[Formulaire]) -> dict[str, str]:
    """The announced forms (respondent → name of its sheet) that are nowhere.

    One that lost its identity is there, and says so itself: it is the one of its sheet's name, else any of
    those nobody found.
    """
    lus = {f.repondant_id for f in formulaires}
    absents = {r: nom for r, nom in annonces.items() if r not in lus}
    anonymes = [f.feuille for f in formulaires if f.statut == "refuse" and f.repondant_id not in annonces]
    restes = {r: nom for r, nom in absents.items() if nom not in anonymes}
    en_trop = len(anonymes) - (len(absents) - len(restes))
    return dict(list(restes.items())[en_trop:]) if en_trop > 0 else restes


def _illisible(manifeste: Manifeste, repondant_id: str, feuille: str, detail: dict[str, str]) -> Formulaire:
    """The form the manifest announces, in a sheet whose markers are gone."""
    perdue = anomalie("reperes_supprimes", feuille, **detail)
    return Formulaire(
        manifeste.genre,
        repondant_id,
        manifeste.annee,
        manifeste.fictif,
        None,
        feuille,
        "refuse",
        (),
        (perdue,),
    )


def _ecarter_doubles(
    formulaires: list[Formulaire], referentiel: Referentiel, masquees: set[str]
) -> list[Formulaire]:
    """Refuse the forms that answer twice for one respondent and year: nothing tells which one is meant."""
    par_repondant = defaultdict(list)
    for formulaire in formulaires:
        if formulaire.statut != "refuse":
            par_repondant[formulaire.repondant_id, formulaire.annee].append(formulaire.feuille)
    retenus = []
    for formulaire in formulaires:
        feuilles = par_repondant[formulaire.repondant_id, formulaire.annee]
        if formulaire.statut != "refuse" and len(feuilles) > 1:
            double = anomalie(
                "formulaire_en_double",
                formulaire.feuille,
                nom=_nom(formulaire.repondant_id, referentiel),
                feuilles=", ".join(f"« {f} »{' (masquée)' * (f in masquees)}" for f in feuilles),
            )
            formulaire = replace(
                formulaire, statut="refuse", cellules=(), anomalies=(*formulaire.anomalies, double)
            )
        retenus.append(formulaire)
    return retenus


def _nom(repondant_id: str, referentiel: Referentiel) -> str:
    if repondant_id in referentiel.structures:
        return referentiel.structures[repondant_id].nom
    return repondant_id
