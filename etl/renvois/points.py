"""What a sender is asked to look at again: its own points, each once, in the order of its file."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ctg.destinataire import dire, montrer
from ctg.gravites import GRAVITES
from etl.adresse import numero
from etl.anomalie import Anomalie

_ADRESSE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RANGS = {gravite: rang for rang, gravite in enumerate(GRAVITES)}
# nothing of the sheet can be corrected where it stands: it is to be filled again in a blank form
A_RECOPIER = frozenset(
    {
        "aucun_formulaire",
        "document_inconnu",
        "reperes_supprimes",
        "reponses_deplacees",
        "reponses_decalees",
        "colonne_supprimee",
        "version_inconnue",
        "identite_absente",
        "identifiant_inconnu",
        "identite_contredite",
        "annee_contredite",
        "ligne_inconnue",
        "bombe",
        "textes_demesures",
        "trop_de_formats",
        "entites",
        "trop_de_parties",
        "chemin_interdit",
    }
)
# said on each of the sheets it names: once is enough
_NOMMENT_LEURS_FEUILLES = frozenset({"formulaire_en_double"})


class Partage(NamedTuple):
    """The points of a file by what was done of them: not counted, to be told, counted all the same."""

    a_corriger: tuple[Anomalie, ...]
    a_preciser: tuple[Anomalie, ...]
    comptes: tuple[Anomalie, ...]


def a_envoyer(anomalies: Iterable[Anomalie], feuilles: Sequence[str] = ()) -> tuple[Anomalie, ...]:
    """Those the sender can act on, in its words, each once: the worst first, then by sheet, row and column.

    `feuilles` are the sheets of the file, in their order.
    """
    dites = {}
    for a in en_ordre(anomalies, feuilles):
        message = dire(a.regle, a.message, a.valeur_lue)
        if message is not None:
            sienne = a._replace(message=message, valeur_lue=montrer(a.valeur_lue))
            ou = () if a.regle in _NOMMENT_LEURS_FEUILLES else (a.feuille, a.cellule)
            dites.setdefault((a.gravite, message, *ou), sienne)
    return tuple(dites.values())


def a_renvoyer(anomalies: Iterable[Anomalie]) -> bool:
    """Say whether a sender has something to correct or to confirm."""
    return any(a.gravite in ("bloquant", "a_confirmer") for a in a_envoyer(anomalies))


def en_ordre(anomalies: Iterable[Anomalie], feuilles: Sequence[str] = ()) -> list[Anomalie]:
    """The worst first, then those of the whole file, then sheet by sheet from its top."""
    rangs = {feuille: rang for rang, feuille in enumerate(feuilles)}

    def place(a: Anomalie) -> tuple:
        feuille = (0, 0, "") if a.feuille is None else (1, rangs.get(a.feuille, len(rangs)), a.feuille)
        lue = _ADRESSE.fullmatch(a.cellule or "")
        ou = (int(lue[2]), numero(lue[1]), "") if lue else (0, 0, a.cellule or "")
        return (_RANGS[a.gravite], feuille, ou)

    return sorted(anomalies, key=place)


def partager(anomalies: Iterable[Anomalie], comptees: frozenset[tuple[str, str]]) -> Partage:
    """`comptees`: the cells (sheet, address) whose answer counts today."""
    anomalies = tuple(anomalies)
    a_confirmer = [a for a in anomalies if a.gravite == "a_confirmer"]
    return Partage(
        tuple(a for a in anomalies if a.gravite == "bloquant"),
        tuple(a for a in a_confirmer if (a.feuille, a.cellule) not in comptees),
        tuple(a for a in a_confirmer if (a.feuille, a.cellule) in comptees),
    )
