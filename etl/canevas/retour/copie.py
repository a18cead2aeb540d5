"""The copy sent back to a sender: its own workbook, what is wrong marked in the cells and listed in front."""

import hashlib
import io
import re
from collections.abc import Sequence
from pathlib import Path

from etl.anomalie import Anomalie
from etl.canevas.grammaire import CORRIGE, marque
from etl.canevas.retour.recopie import recopier
from etl.classeurs import Classeur, ClasseurRefuse, ouvrir
from etl.classeurs.ouverture import lire_octets
from etl.marquage import FONDS, Entree, Liste, Marque, PaquetInattendu, marquer

FEUILLE = "À corriger"
_ENTETES = ("Quoi faire", "Feuille", "Cellule", "Lu", "Explication")
_LARGEURS = (18, 30, 10, 24, 100)
_GRAVITES = {"bloquant": "À corriger", "a_confirmer": "À confirmer", "information": "Pour information"}
_RECOPIE = (
    "Votre fichier (.{format}) a été recopié dans ce classeur Excel : mêmes valeurs, aux mêmes cellules. "
    "Corrigez ici, et renvoyez ce classeur."
)
_EXTENSION = ".xlsx"
_ADRESSE = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,5}")


def annoter(chemin: Path, anomalies: Sequence[Anomalie], vers: Path) -> Path | None:
    """Write into the folder `vers` a marked copy of a workbook that was read; returns it.

    A .xlsx keeps everything it holds, results of its formulas included; a workbook of another format is
    copied in a .xlsx. Read again as it is, the copy says what the original said.
    None when there is nothing to correct nor to confirm. `anomalies` stand in the order they are to be
    listed. Raises OSError; ClasseurRefuse when the file cannot be opened.
    """
    if not any(anomalie.gravite in FONDS for anomalie in anomalies):
        return None
    lu, octets = ouvrir(chemin), chemin.read_bytes()
    empreinte = hashlib.sha256(octets).hexdigest()
    copie = _la_leur(lu, octets, anomalies, empreinte) or _recopiee(lu, anomalies, empreinte)
    vers.mkdir(parents=True, exist_ok=True)
    vers = _libre(vers, f"{chemin.stem}_a_corriger")
    vers.write_bytes(copie)
    return vers


def _la_leur(lu: Classeur, octets: bytes, anomalies: Sequence[Anomalie], empreinte: str) -> bytes | None:
    """Their own workbook, marked; None when it can only be copied anew."""
    if lu.format != "xlsx":
        return None
    noms = {feuille.nom: feuille.nom for feuille in lu.feuilles}
    try:
        copie = marquer(octets, _marques(noms, anomalies), _liste(noms, anomalies, None, empreinte))
        return copie if _contenu(lu) == _contenu(lire_octets(copie, _EXTENSION)) else None
    except (PaquetInattendu, ClasseurRefuse):
        return None


def _contenu(classeur: Classeur) -> dict[str, tuple]:
    """What is read of each sheet, the list left out: what a copy must not change."""
    return {
        feuille.nom: (
            {
                (rang, colonne): valeur
                for rang, rangee in enumerate(feuille.rangees)
                for colonne, valeur in enumerate(rangee)
                if valeur != ""
            },
            feuille.trompeuses,
            feuille.fusions,
        )
        for feuille in classeur.feuilles
        if not any(str(case).startswith(CORRIGE) for rangee in feuille.rangees[:2] for case in rangee)
    }


def _recopiee(lu: Classeur, anomalies: Sequence[Anomalie], empreinte: str) -> bytes:
    neuf, noms = recopier(lu)
    octets = io.BytesIO()
    neuf.save(octets)
    consigne = _RECOPIE.format(format=lu.format)
    return marquer(octets.getvalue(), _marques(noms, anomalies), _liste(noms, anomalies, consigne, empreinte))


def _libre(vers: Path, nom: str) -> Path:
    """A name nobody has yet: two senders may give the same one to their workbooks."""
    copie, rang = vers / f"{nom}{_EXTENSION}", 2
    while copie.exists():
        copie, rang = vers / f"{nom}_{rang}{_EXTENSION}", rang + 1
    return copie


def _est_une_cellule(lieu: str | None) -> bool:
    return lieu is not None and _ADRESSE.fullmatch(lieu) is not None


def _marques(noms: dict[str, str], anomalies: Sequence[Anomalie]) -> list[Marque]:
    return [
        Marque(
            noms[a.feuille],
            a.cellule if _est_une_cellule(a.cellule) else None,
            a.gravite if a.gravite in FONDS else None,
            a.message,
        )
        for a in anomalies
        if a.feuille in noms
    ]


def _liste(
    noms: dict[str, str], anomalies: Sequence[Anomalie], consigne: str | None, empreinte: str
) -> Liste:
    entrees = [Entree(("À savoir", None, None, None, consigne))] if consigne else []
    for a in anomalies:
        nom = noms.get(a.feuille or "", a.feuille)
        cible = (nom, a.cellule) if a.feuille in noms and _est_une_cellule(a.cellule) else None
        textes = (_GRAVITES[a.gravite], nom, a.cellule, a.valeur_lue, a.message)
        entrees.append(Entree(textes, a.gravite if a.gravite in FONDS else None, cible))
    return Liste(
        FEUILLE,
        _ENTETES,
        _LARGEURS,
        _ENTETES.index("Cellule"),
        tuple(entrees),
        # Hidden: sent back corrected, the copy is read without this list being taken for an added sheet.
        (marque("aide"), f"{CORRIGE}{empreinte}"),
        CORRIGE,
    )
