"""Two files of grants in the French layout of essential data (SCDL): a clean one, and one as they come back.

The second one bears the scars of real ones: SIRET turned into floats by a spreadsheet, a lost zero, amounts
that are no numbers, columns of a validator's errors appended.
"""

import csv
from pathlib import Path

ENTETES = [
    *("nomAttribuant", "idAttribuant", "dateConvention", "referenceDecision", "nomBeneficiaire"),
    *("idBeneficiaire", "rnaBeneficiaire", "objet", "montant", "nature", "conditionsVersement"),
    *("datesPeriodeVersement", "idRAE", "notificationUE", "pourcentageSubvention"),
]


def _ligne(date: str, nom: str, siret: str, montant: str, objet: str = "Projet") -> list[str]:
    return [
        *("Ville", "21210231900018", date, "2025-12", nom, siret, "", objet, montant),
        *("numéraire", "unique", date, "", "non", "1"),
    ]


def _ecrire(chemin: Path, rangees: list[list[str]], separateur: str) -> Path:
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        csv.writer(flux, delimiter=separateur).writerows(rangees)
    return chemin


def ecrire_propre(dossier: Path) -> Path:
    """Five grants, two of them to one association, one to somebody outside the convention."""
    lignes = [
        _ligne("2025-03-14", "La Maison-Phare", "38054493200290", "12500"),
        _ligne("2025-06-20", "La Maison-Phare", "38054493200290", "3000.50", "Festival"),
        _ligne("2025-03-14", "L’Archipel", "03805449320029", "8000"),
        _ligne("2024-03-15", "Le Tempo", "77821100000017", "7000"),
        _ligne("2025-03-14", "Club de tennis", "50000000000012", "900"),
    ]
    return _ecrire(dossier / "scdl_propre.csv", [ENTETES, *lignes], ",")


def ecrire_abime(dossier: Path) -> Path:
    """The same, damaged: what can be read is, the rest is told at its cell."""
    entetes = [*ENTETES, "erreurs", "détail"]
    lignes = [
        [*_ligne("14/03/2025", "La Maison-Phare", "38054493200290.0", "12 500,00 €"), "", ""],
        [*_ligne("2025-03-14", "L’Archipel", "3805449320029.0", "8000"), "siret-valide", "13 chiffres"],
        [*_ligne("2025-03-14", "Le Tempo", "77821100000017", "sept mille"), "montant", "n’est pas un nombre"],
        [*_ligne("mars 2025", "Le Tempo", "77821100000017", "7000"), "date", "format"],
        [*_ligne("2025-03-14", "Club de tennis", "3,80545E+13", "900"), "siret-valide", ""],
    ]
    return _ecrire(dossier / "scdl_abime.csv", [entetes, *lignes], ";")
