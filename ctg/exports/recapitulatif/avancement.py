"""How many indicators of each fiche stand in each state."""

from __future__ import annotations

import textwrap

from ctg import etats, phrases
from ctg.exports.classeur import Colonne, Feuille, Tableau
from ctg.exports.diagrammes import GRIS_CLAIR, Diagramme, Serie
from ctg.exports.recapitulatif import valeurs
from ctg.exports.recapitulatif.contexte import Contexte
from ctg.exports.recapitulatif.lectures import Lectures

FICHE = "Fiche"
TITRE_COURT = 70  # a longer name squeezes the chart in LibreOffice; the whole title stands in the Synthèse
# in the order of the stack, from what is done to what cannot be said, with the column of the query
PARTS = {
    "atteint": "nb_atteint",
    "en_progres": "nb_en_progres",
    "a_surveiller": "nb_a_surveiller",
    "decale": "nb_decale",
    "sans_cible": "nb_sans_cible",
    "donnees_insuffisantes": "nb_insuffisantes",
}
BARRES_CLAIRES = {"decale", "donnees_insuffisantes"}


def feuille(contexte: Contexte, lectures: Lectures) -> Feuille:
    """One row per fiche, with the stacked chart; always the city, where states are judged."""
    lignes = []
    for fiche in lectures.fiches.itertuples(index=False):
        nombres = [int(getattr(fiche, champ)) for champ in PARTS.values()]
        titre = textwrap.shorten(valeurs.nom_fiche(fiche), TITRE_COURT, placeholder=" …")
        lignes.append([titre, *nombres, sum(nombres)])
    totaux = [sum(ligne[rang] for ligne in lignes) for rang in range(1, len(PARTS) + 1)]
    mots = {code: etats.ETATS[code].mot for code in PARTS}
    favorables = sum(total for code, total in zip(PARTS, totaux, strict=True) if code in phrases.FAVORABLES)
    details = ", ".join(f"{mot.lower()} {total}" for mot, total in zip(mots.values(), totaux, strict=True))
    series = tuple(
        Serie(mot, _couleur(code), chiffres_clairs=code not in BARRES_CLAIRES) for code, mot in mots.items()
    )
    colonnes = (Colonne(FICHE, 70), *(Colonne(mot, 14) for mot in mots.values()), Colonne("Total", 10))
    return Feuille(
        "Indicateurs par état",
        f"Dans quel état sont les indicateurs en {contexte.selection.annee} ?",
        "Un graphique et un tableau : le nombre d’indicateurs de chaque fiche dans chaque état, pour la "
        "ville entière.",
        contexte.ligne,
        Tableau("Etats", colonnes, lignes),
        (
            Diagramme(
                f"{favorables} indicateurs sur {sum(totaux)} sont atteints ou en progrès",
                f"indicateurs par fiche et par état, qui sert deux fiches compte deux fois : {details}.",
                FICHE,
                series,
                "Nombre d’indicateurs",
                empile=True,
            ),
        ),
    )


def _couleur(code: str) -> str:
    """The colour of the state; two greys side by side would not be told apart."""
    return GRIS_CLAIR if code == "donnees_insuffisantes" else etats.ETATS[code].couleur.lstrip("#")
