"""Reads a returned workbook: recognised by its content, checked, then each sheet on its own.

A bad sheet never refuses its neighbours; a bad file is refused with the reason, and nothing of it is opened.
"""

import zipfile
import zlib
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from ctg.referentiel import Referentiel
from etl.anomalie import Anomalie
from etl.canevas import reperes
from etl.canevas.grammaire import CORRIGE, FEUILLE_MANIFESTE, MARQUE
from etl.canevas.lecture_feuille import lire_feuille
from etl.canevas.messages import anomalie
from etl.canevas.modeles import Formulaire, Lecture
from etl.canevas.paquet import (
    PARTIES_MAXIMUM,
    SIGNATURE_OLE,
    SIGNATURE_ZIP,
    ClasseurRefuse,
    Paquet,
    ouvrir,
)
from etl.canevas.reperes import Manifeste

_CLASSEURS = frozenset({".xlsx", ".xls", ".ods"})
_OPENDOCUMENT = "META-INF/manifest.xml"
_OCTETS_RECONNUS = 4 * 2**20  # enough to meet the marker of a form, little enough for any archive


def reconnaitre(chemin: Path) -> bool:
    """True when the file looks like a form of ours, by its content: the manifest, or a marker cell.

    Reads a bounded number of bytes of each part; never raises. A form that `lire` then refuses is recognised.
    """
    try:
        with zipfile.ZipFile(chemin) as archive:
            for nom in archive.namelist()[:PARTIES_MAXIMUM]:
                if nom == "xl/workbook.xml" and f'"{FEUILLE_MANIFESTE}"'.encode() in _debut(archive, nom):
                    return True
                porteuse = nom == "xl/sharedStrings.xml" or nom.startswith("xl/worksheets/sheet")
                if porteuse and MARQUE.search(_debut(archive, nom).decode("utf-8", "ignore")):
                    return True
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError):
        return False
    return False


def _debut(archive: zipfile.ZipFile, nom: str) -> bytes:
    with archive.open(nom) as partie:
        return partie.read(_OCTETS_RECONNUS)


def lire(chemin: Path, referentiel: Referentiel) -> Lecture:
    """Read every form of a workbook, each with its cells, their addresses and its anomalies.

    Raises OSError only (the file is not there); whatever a sender may have done is told by anomalies.
    """
    try:
        paquet = ouvrir(chemin)
        feuilles = _rangees(paquet)
    except ClasseurRefuse as refus:
        return Lecture(None, (), (anomalie(refus.regle, **refus.details),))
    manifeste = reperes.lire_manifeste(feuilles.pop(FEUILLE_MANIFESTE, []))
    trouves = {nom: reperes.trouver(rangees) for nom, rangees in feuilles.items()}
    if manifeste is None and {repere.genre for repere in trouves.values() if repere} == {"aide"}:
        return Lecture("aide", (), (anomalie("document_d_aide"),))
    formulaires = [
        lire_feuille(nom, feuilles[nom], paquet.xml(nom), repere, manifeste, referentiel)
        for nom, repere in trouves.items()
        if repere and repere.genre != "aide"
    ]
    sans_repere = [nom for nom, repere in trouves.items() if repere is None and feuilles[nom]]
    lecture = _rassembler(formulaires, sans_repere, manifeste, referentiel)
    aides = [feuilles[nom] for nom, repere in trouves.items() if repere and repere.genre == "aide"]
    return replace(lecture, corrige=_fichier_corrige(aides))


def _fichier_corrige(aides: list[reperes.Rangees]) -> str | None:
    """The sha256 of the file this workbook is a marked copy of, else None."""
    cases = (case for rangees in aides for rangee in rangees for case in rangee if isinstance(case, str))
    return next((case.removeprefix(CORRIGE) for case in cases if case.startswith(CORRIGE)), None)


def deconseiller(chemin: Path) -> Anomalie | None:
    """What to do with a workbook that is no .xlsx (old, protected, OpenDocument) or is damaged, else None.

    Raises OSError.
    """
    with chemin.open("rb") as flux:
        debut = flux.read(len(SIGNATURE_OLE))
    if debut == SIGNATURE_OLE:
        return anomalie("ancien_ou_protege")
    if debut != SIGNATURE_ZIP:
        return anomalie("pas_un_classeur") if chemin.suffix.casefold() in _CLASSEURS else None
    try:
        with zipfile.ZipFile(chemin) as archive:
            if _OPENDOCUMENT in archive.namelist():
                return anomalie("pas_un_classeur")
    except (zipfile.BadZipFile, NotImplementedError):
        return anomalie("classeur_abime")
    return None


def _rangees(paquet: Paquet) -> dict[str, reperes.Rangees]:
    try:
        with CalamineWorkbook.from_filelike(paquet.archive()) as classeur:
            # Without skip_empty_area=False every address would be shifted by the blank rows and columns.
            return {
                nom: classeur.get_sheet_by_name(nom).to_python(skip_empty_area=False)
                for nom in paquet.feuilles
            }
    except (CalamineError, ValueError) as e:
        raise ClasseurRefuse("classeur_abime") from e


def _rassembler(
    formulaires: list[Formulaire],
    sans_repere: list[str],
    manifeste: Manifeste | None,
    referentiel: Referentiel,
) -> Lecture:
    anomalies: list[Anomalie] = []
    formulaires = _ecarter_doubles(formulaires, referentiel)
    if manifeste is None:
        if not formulaires:
            return Lecture(None, (), (anomalie("aucun_formulaire"),))
        anomalies.append(anomalie("manifeste_absent"))
    else:
        lus = {f.repondant_id for f in formulaires}
        absents = {r: nom for r, nom in manifeste.feuilles.items() if r not in lus}
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


def _ecarter_doubles(formulaires: list[Formulaire], referentiel: Referentiel) -> list[Formulaire]:
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
                feuilles=", ".join(f"« {feuille} »" for feuille in feuilles),
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
