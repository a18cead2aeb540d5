"""The whole document: what is read, the order of the sheets, the name of the file."""

from __future__ import annotations

from dataclasses import dataclass

from ctg.entrepot import Entrepot
from ctg.exports.classeur import Document
from ctg.exports.recapitulatif import (
    avancement,
    axes,
    contexte,
    garde,
    jalons,
    lectures,
    methode,
    quartiers,
    synthese,
    ventilations,
)
from ctg.exports.recapitulatif.contexte import Contexte, Selection

AUTEUR = "Tableau de bord de la CTG"


@dataclass(frozen=True, slots=True)
class Recapitulatif:
    """A workbook ready to be saved or sent: its file name, its bytes."""

    nom: str
    octets: bytes


def produire(entrepot: Entrepot, selection: Selection) -> Recapitulatif:
    """The yearly table of the fiches projet (001:1935-1938), restricted to the selection.

    The same warehouse and the same selection give the same bytes. Every number is one of `publication.*`,
    already masked there: nothing is computed here but counts of rows. Raises SelectionInconnue.
    """
    lu = contexte.lire(entrepot, selection)
    return Recapitulatif(lu.nom_de_fichier, _document(entrepot, lu).octets())


def contenu(entrepot: Entrepot, selection: Selection) -> list[tuple[str, str]]:
    """The sheets `produire` would write, without writing them: (name, title). Raises SelectionInconnue."""
    feuilles = _document(entrepot, contexte.lire(entrepot, selection)).feuilles
    return [(feuille.nom, feuille.titre) for feuille in feuilles]


def commande(selection: Selection) -> str:
    """The command line that writes the same workbook."""
    filtres = {
        "annee": selection.annee,
        "vers": f"recapitulatif_{selection.annee}.xlsx",
        "axe": selection.axe,
        "quartier": selection.quartier,
    }
    options = (f"--{nom} {choisi}" for nom, choisi in filtres.items() if choisi)
    return " ".join(("python -m ctg exporter recapitulatif", *options))


def _document(entrepot: Entrepot, lu: Contexte) -> Document:
    choix = lu.selection
    lieu = {"annee": choix.annee, "quartier": choix.quartier}
    lues = lectures.lire(entrepot, lu)
    corps = (
        synthese.feuille(lu, lues),
        avancement.feuille(lu, lues),
        *axes.feuilles(lu, lues),
        ventilations.feuille(lu, lues, entrepot.requete("export_ventilations", **lieu)),
        quartiers.feuille(
            lu,
            lues,
            entrepot.requete("export_quartiers", annee=choix.annee),
            entrepot.requete("export_territoires"),
        ),
        jalons.feuille(lu, entrepot.requete("export_jalons", annee=choix.annee, axe=choix.axe)),
        methode.feuille(lu, entrepot.requete("export_parametres"), entrepot.requete("export_sources")),
    )
    return Document(
        titre=f"{garde.TITRE}, {choix.annee}",
        auteur=AUTEUR,
        sujet=lu.filtres,
        date=lu.construit_le,
        pied=lu.pied,
        feuilles=(garde.garde(lu), garde.sommaire(lu, corps), *corps),
    )
