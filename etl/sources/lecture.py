"""Recognise a file by its headers and hand each of its tables to its source."""

import dataclasses
import importlib
import re
from collections.abc import Callable
from pathlib import Path

from ctg.referentiel import Referentiel
from etl.anomalie import Anomalie
from etl.sources.catalogue import DOSSIER, familles, hors_perimetre
from etl.sources.correspondance import porte_signature
from etl.sources.dictionnaire import est_un_dictionnaire, lire_dictionnaire
from etl.sources.enregistrements import GEOMETRIE
from etl.sources.extraction import extraire
from etl.sources.jumeaux import Lue, sans_jumeaux
from etl.sources.modele import Contexte, Famille, LectureSource, ecarter
from etl.sources.noms import noms_de
from etl.sources.ouverture import ouvrir
from etl.sources.recueil import information
from etl.sources.reunion import reunir
from etl.sources.tables import FichierIllisible, Partie, Tableau, normaliser

_ACCENTS_ABIMES = re.compile("Ã[\u0080-\u00bf€-™]|\ufffd")  # « é » written in UTF-8, read in Windows'

_DEBORDE = (
    "des lignes ont plus de cellules remplies que le tableau n’a d’entêtes. Un entête effacé a peut-être "
    "décalé les autres : rien n’en est lu. Déposez le fichier du producteur tel quel, sans remarque à droite."
)


def lire(chemin: Path, referentiel: Referentiel) -> LectureSource:
    """Read a file of open data, whatever its name and folder; never raises on what the file holds.

    The outcome (`statut`, `message`) says whether it was loaded and, if not, why. `referentiel` is a
    `ctg.referentiel.Referentiel`: its commune and its IRIS decide which lines are ours. Only a year that
    the file says nowhere is looked for in its name, then in its folder's (`etl.sources.noms`).
    """
    try:
        parties = ouvrir(chemin)
        dictionnaire = lire_dictionnaire(parties) if len(parties) > 1 else {}
    except FichierIllisible as raison:
        return ecarter(None, "refuse", raison.regle, str(raison))
    except OSError:
        return ecarter(None, "refuse", "fichier_inaccessible", "Le fichier ne peut pas être ouvert.")
    lectures = []
    for partie in parties:
        commun = Contexte(
            None,
            None,
            referentiel,
            noms=noms_de(partie.nom, chemin, archive=partie.empreinte is not None, seule=len(parties) == 1),
            dictionnaire=dictionnaire,
        )
        lectures.append(Lue(partie.nom, partie.empreinte, _lire_partie(partie, commun)))
    return reunir(sans_jumeaux(lectures))


def _lire_partie(partie: Partie, commun: Contexte) -> LectureSource:
    source = None
    try:
        if partie.refus:
            raise partie.refus
        source, tableau = _reconnaitre(partie.candidats)
        if source is None and commun.dictionnaire and any(map(est_un_dictionnaire, partie.candidats[:1])):
            message = "Dictionnaire joint aux données : il a servi à vérifier leurs colonnes."
            return ecarter(None, "ignore", "dictionnaire", message)
        if source is None:
            return _ecarter_inconnu(partie.candidats)
        if tableau.deborde:
            return ecarter(source.source_id, "refuse", "entetes_decales", f"{source.titre} : {_DEBORDE}")
        au_dessus = tuple(t.entetes for t in partie.candidats[: partie.candidats.index(tableau)])
        contexte = dataclasses.replace(commun, famille=source, tableau=tableau, au_dessus=au_dessus)
        lecture = _lecteur(source)(contexte)
        return _avec_reserves(lecture, partie.reserves, GEOMETRIE in tableau.entetes)
    except FichierIllisible as raison:
        return ecarter(source and source.source_id, "refuse", raison.regle, str(raison))
    except OSError:
        return ecarter(None, "refuse", "fichier_inaccessible", "Le fichier ne peut pas être ouvert.")


def _reconnaitre(candidats: tuple[Tableau, ...]) -> tuple[Famille, Tableau] | tuple[None, None]:
    """Keep the source whose signature names the most headers, on the first line that bears one."""
    for tableau in candidats:
        forces = [(porte_signature(f, tableau.entetes), f) for f in familles()]
        force, trouvee = max(forces, key=lambda paire: paire[0])
        if force:
            return trouvee, tableau
    return None, None


def _lecteur(source: Famille) -> Callable[[Contexte], LectureSource]:
    """Find the reading of a source: its own `lire.py`, else the common one."""
    if not (DOSSIER / source.source_id / "lire.py").exists():
        return extraire
    return importlib.import_module(f"etl.sources.{source.source_id}.lire").lire


def _avec_reserves(lecture: LectureSource, reserves: tuple[str, ...], geometrie: bool) -> LectureSource:
    """Add what the file itself says it does not hold, and that its contours are not read."""
    if lecture.statut not in ("accepte", "accepte_partiel"):
        return lecture
    dites = [Anomalie(None, None, "a_confirmer", "export_incomplet", r) for r in reserves]
    statut = "accepte_partiel" if dites else lecture.statut
    if geometrie:
        dites.append(information("geometrie", "Les contours ne sont pas lus, les propriétés le sont."))
    return dataclasses.replace(lecture, statut=statut, anomalies=(*lecture.anomalies, *dites))


def _ecarter_inconnu(candidats: tuple[Tableau, ...]) -> LectureSource:
    for tableau in candidats:
        entetes = [normaliser(e) for e in tableau.entetes]
        for motifs, message in hors_perimetre():
            if all(any(m.fullmatch(e) for e in entetes) for m in motifs):
                return ecarter(None, "ignore", "hors_perimetre", message)
    abime = next((e for tableau in candidats for e in tableau.entetes if _ACCENTS_ABIMES.search(e)), None)
    if abime:
        return ecarter(
            None,
            "refuse",
            "source_inconnue",
            f"Fichier non reconnu : ses entêtes ont perdu leurs accents (« {abime[:60]} »), comme après un "
            "réenregistrement par un tableur. Déposez le fichier du producteur tel quel.",
        )
    lues = ", ".join(candidats[0].entetes[:6]) if candidats else "aucune"
    return ecarter(
        None,
        "refuse",
        "source_inconnue",
        f"Fichier non reconnu : ses colonnes ({lues[:120]}…) ne sont celles d’aucune source connue. "
        "Les sources lues sont dans docs/sources.md.",
    )
