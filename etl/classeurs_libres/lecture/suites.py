"""The text that answers a heading by following it: paragraphs under « Points forts », up to the next wording
of the form."""

from etl.classeurs import Feuille
from etl.classeurs_libres.declaration.modele import Declaration
from etl.classeurs_libres.lecture.releve import Place, contenu, est_vide
from etl.classeurs_libres.mots import un_correspond


def texte_qui_suit(feuille: Feuille, rang: int, declaration: Declaration) -> dict[Place, str]:
    """The texts below row `rang`, by place, in order; none when the form goes on at once.

    Blank rows are passed over. A row of several cells is a table, a number answers something else, and a
    wording of the form starts what comes next: each ends the text.
    """
    textes: dict[Place, str] = {}
    for suivant in range(rang + 1, len(feuille.rangees)):
        remplies = [
            (suivant, colonne)
            for colonne in range(len(feuille.rangees[suivant]))
            if not est_vide(contenu(feuille, (suivant, colonne)))
        ]
        if not remplies:
            continue
        lu = contenu(feuille, remplies[0])
        if len(remplies) > 1 or not isinstance(lu, str) or est_du_formulaire(lu, declaration):
            break
        textes[remplies[0]] = lu
    return textes


def est_du_formulaire(texte: str, declaration: Declaration) -> bool:
    """Say whether a cell starts with a wording that the declaration knows: a label, a title."""
    mots = [
        *(mot for case in declaration.cases for mot in (case.libelle, *case.apres) if mot),
        *(mot for ignores in declaration.libelles_ignores for mot in ignores.libelles),
        *(f.libelle for f in (declaration.structure, declaration.annee) if f is not None and f.libelle),
        *declaration.titres,
    ]
    return un_correspond(mots, texte) or un_correspond(mots, texte.split(":", 1)[0])
