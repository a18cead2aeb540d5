"""How the numbers were made, what the words and symbols mean, where everything comes from."""

from __future__ import annotations

import pandas as pd

from ctg import etats, vie
from ctg.exports.cellules import Contenu
from ctg.exports.classeur import Colonne, Feuille, Tableau
from ctg.exports.recapitulatif.contexte import FICTIF, Contexte
from ctg.exports.recapitulatif.valeurs import ou

COLONNES = (Colonne("Rubrique", 20), Colonne("Élément", 44), Colonne("Explication", 90))
REGLES = {
    "Couverture": (
        "Un répondant par formulaire attendu de chaque mesure ; « sans objet » sort des attendus. Un total "
        "est montré dès qu’un répondant a répondu, avec sa couverture."
    ),
    "Évolution": (
        "Calculée sur les seuls répondants des deux années (périmètre constant), jamais saisie. Pour une "
        "mesure en %, l’écart est en points ; sinon c’est une variation relative."
    ),
    "Taux": "Rapport des sommes : numérateurs additionnés, divisés par les dénominateurs additionnés.",
    "Satisfaction": (
        "Part des réponses satisfaites parmi les répondants au questionnaire, leur nombre est en mention."
    ),
    "Personnes": (
        "Additionnées d’une structure à l’autre avec la mention « fréquentations cumulées, doubles comptes "
        "possibles » ; jamais additionnées d’une période à l’autre."
    ),
    "Ville et quartiers": "Une réponse donnée pour la ville n’est jamais répartie entre les quartiers.",
    "Années": (
        "Une année scolaire porte le millésime de l’année où elle finit ; années civiles et scolaires ne "
        "sont jamais soustraites."
    ),
    "Nombres": (
        "Les cellules contiennent les nombres de l’entrepôt, sans arrondi ; seul l’affichage est arrondi. "
        "Une mesure en % vaut 84,6 pour 84,6 % ; une variation vaut 0,09 pour + 9 %."
    ),
    "Proposé": (
        "Ce que la convention n’imprime pas est marqué « proposé » et attend la validation des partenaires."
    ),
}
SENS = {
    "atteint": "la cible de l’année est atteinte",
    "en_progres": "l’évolution va dans le sens souhaité",
    "a_surveiller": "l’évolution va contre le sens souhaité, ou une échéance est passée",
    "sans_cible": "ni cible, ni évolution qui se lise dans un sens souhaité",
    "decale": "jalon reporté, avec son motif : ce n’est pas un échec",
    "donnees_insuffisantes": "trop peu de réponses pour conclure",
    "secret": (
        "un nombre trop petit, qui pourrait désigner des personnes, ou qui en rendrait un par soustraction :"
        " il n’est écrit nulle part"
    ),
    "manquant": "attendu, mais aucune réponse reçue",
    "sans_objet": "la question ne se pose pas ici",
}


def feuille(contexte: Contexte, parametres: pd.DataFrame, sources: pd.DataFrame) -> Feuille:
    """Rules, thresholds in force, legend, sources and their licences, in one table."""
    lignes: list[list[Contenu]] = [["Règle", nom, texte] for nom, texte in REGLES.items()]
    lignes += [
        ["Seuil ou paramètre", ou(ligne.libelle, ligne.cle), _valeur(ligne.valeur)]
        for ligne in parametres.itertuples(index=False)
    ]
    lignes += [["Symbole", etats.libelle(code), texte] for code, texte in SENS.items()]
    lignes += [
        [
            "Mot",
            "définition à arrêter",
            "personne n’est interrogé tant que le référent n’a pas écrit la définition",
        ],
        ["Mot", vie.PROVISOIRE, "la Caf donne son aval avant diffusion (document 001, lignes 1700-1701)"],
        ["Mot", FICTIF, "au moins un nombre vient d’une campagne inventée pour la démonstration"],
        [
            "Source",
            "Document 001",
            "annexes 1 à 6 de la convention : les lignes imprimées y sont citées par leur numéro de ligne",
        ],
        [
            "Source",
            "Rapports annuels des structures et fiches des référents thématiques",
            "formulaires de la campagne ; données de la convention, non publiques avant l’aval",
        ],
    ]
    for ligne in sources.itertuples(index=False):
        titre = f"{ou(ligne.producteur, 'producteur non précisé')} : {ou(ligne.source, 'sans titre')}"
        licence = ou(ligne.licence, "non précisée")
        lignes.append(["Source", titre, f"dans l’entrepôt, hors de ce classeur ; licence : {licence}"])
    return Feuille(
        "Méthode et sources",
        "Comment ces nombres sont faits, et d’où ils viennent",
        "Un tableau : règles de calcul, seuils appliqués, sens des symboles et des mots, sources, licences.",
        contexte.ligne,
        Tableau("Methode", COLONNES, lignes),
    )


def _valeur(valeur: str | None) -> str:
    """A setting as it is written, its decimal comma put back."""
    texte = ou(valeur, "non fixé")
    return texte.replace(".", ",") if texte.replace(".", "", 1).isdigit() else texte
