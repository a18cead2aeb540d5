"""Where a table starts, and which of its columns is which: by the words of its header, on one or two rows."""

from dataclasses import dataclass

from etl.adresse import numero
from etl.classeurs import Feuille
from etl.classeurs_libres.declaration.modele import ColonneDeclaree, TableauDeclare, TableauEcarte
from etl.classeurs_libres.lecture.annees import sans_annee
from etl.classeurs_libres.lecture.releve import est_vide, texte_lu
from etl.classeurs_libres.mots import correspond, un_correspond

SANS_TITRE = "sans titre"
SEPARATEUR = " › "  # joins the two rows of a header: « Accueil téléphonique › Rapidité »


@dataclass(frozen=True, slots=True)
class Entete:
    """The header found at row `rang` (from 0), over `hauteur` rows; `noms`: column → its wording."""

    rang: int
    hauteur: int
    noms: dict[int, str]
    largeur: int

    def colonnes(self, declaree: ColonneDeclaree) -> list[int]:
        """The columns that a declared one designates, in order."""
        if declaree.lettre:
            colonne = numero(declaree.lettre)
            sienne = not declaree.entete or un_correspond(declaree.entete, self.nom(colonne))
            return [colonne] if sienne else []
        return [c for c in range(self.largeur) if un_correspond(declaree.entete, self.nom(c))]

    def nom(self, colonne: int) -> str:
        """The wording of a column, or « sans titre »: a declaration may name those too."""
        return self.noms.get(colonne) or SANS_TITRE


def noms_a(feuille: Feuille, rang: int, hauteur: int) -> dict[int, str]:
    """The wordings of a header of one or two rows (or none) that would start at row `rang`, by column."""
    if not hauteur or rang + hauteur > len(feuille.rangees):
        return {}
    bas = _rangee(feuille, rang + hauteur - 1)
    if hauteur == 1:
        return {c: texte for c, texte in enumerate(bas) if texte}
    noms, courant = {}, ""
    for colonne, (haut, dessous) in enumerate(zip(_rangee(feuille, rang), bas, strict=True)):
        # a title over several columns is written once, merged or not
        courant = haut or (courant if dessous else "")
        if courant or dessous:
            noms[colonne] = SEPARATEUR.join(filter(None, (courant, dessous)))
    return noms


def nom_en_titre(entete: str) -> str:
    """What the title of a column says beside its year: of two rows, the lower one that is no year. A
    gestionnaire stands above its structures."""
    parties = [sans_annee(partie) for partie in entete.split(SEPARATEUR)]
    return next(filter(None, reversed(parties)), entete)


def trouver(feuille: Feuille, tableau: TableauDeclare) -> Entete | None:
    """The first header of the table; None when the sheet bears none."""
    if tableau.ligne is not None:
        return _a_la_ligne(feuille, tableau)
    for rang in range(len(feuille.rangees)):
        if entete := a_ce_rang(feuille, tableau, rang):
            return entete
    return None


def a_ce_rang(feuille: Feuille, tableau: TableauDeclare | TableauEcarte, rang: int) -> Entete | None:
    """The header that starts at this very row, or None; a word declared twice is that of two columns."""
    noms = noms_a(feuille, rang, tableau.lignes_entete) if tableau.entete else {}
    if not noms or any(
        sum(correspond(mot, nom) for nom in noms.values()) < tableau.entete.count(mot)
        for mot in dict.fromkeys(tableau.entete)
    ):
        return None
    return Entete(rang, tableau.lignes_entete, noms, len(feuille.rangees[rang]))


def _a_la_ligne(feuille: Feuille, tableau: TableauDeclare) -> Entete | None:
    rang = tableau.ligne - 1
    if rang < 0 or rang >= len(feuille.rangees):
        return None
    hauteur = tableau.lignes_entete
    return Entete(rang, hauteur, noms_a(feuille, rang, hauteur), len(feuille.rangees[rang]))


def _rangee(feuille: Feuille, rang: int) -> list[str]:
    return ["" if est_vide(lu) else " ".join(texte_lu(lu).split()) for lu in feuille.rangees[rang]]
