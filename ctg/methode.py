"""What the page of method shows as tables: sources, settings, symbols, crosswalk, pending definitions."""

import re

import pandas as pd

from ctg import etats, formats
from ctg.graphiques.figure import Figure, Notice, assembler

SENS = {
    "atteint": "La cible de l’année est atteinte.",
    "en_progres": "L’évolution va dans le sens souhaité, chez les mêmes répondants.",
    "a_surveiller": "L’évolution va à contresens, ou l’échéance d’un jalon est passée.",
    "sans_cible": "Rien à juger : stable, sans sens souhaité, sans cible ou sans année comparable.",
    "decale": "Reporté, avec son motif, par celui qui en a la charge.",
    "donnees_insuffisantes": "Trop peu de réponses pour conclure.",
    "secret": "Trop peu de personnes, ici ou dans un nombre qu’une soustraction rendrait : il est tu.",
    "manquant": "Personne n’a donné ce nombre, ou son producteur ne le publie pas.",
    "sans_objet": "La question ne se pose pas ici.",
}
CERTITUDES = {"elevee": "sûr", "moyenne": "à confirmer", "faible": "incertain, à confirmer"}
# settings that are ids or repeat another text: not for readers
_TUS = re.compile(r"(^convention\.(id|ville_id|commune_insee)$|^unites_)")
_PARTS = {"couverture.seuil_etat", "evolution.seuil_stable"}
_MOTS = {"propose": "proposé, à valider par les partenaires"}


def sections(texte: str) -> list[tuple[str, str]]:
    """Cut a prose file on its `## ` headings: (title, text) in order."""
    morceaux = re.split(r"^## (.+)$", texte, flags=re.MULTILINE)[1:]
    return list(zip(morceaux[::2], (corps.strip() for corps in morceaux[1::2]), strict=True))


def sources(lignes: pd.DataFrame) -> Figure:
    """Open data: producer, years, licence, warning."""
    tableau = pd.DataFrame(
        {
            "Source": ligne.source_libelle,
            "Producteur": ligne.producteur,
            "Années": ligne.annees,
            "Variables": formats.nombre(ligne.nb_variables),
            "Licence": ligne.licence,
            "À savoir": ligne.remarque if formats.est_connu(ligne.remarque) and ligne.remarque else "—",
        }
        for ligne in lignes.itertuples()
    )
    return _tableau(
        "sources",
        formats.compter(len(lignes), "sources ouvertes", feminin=True),
        "Données de diagnostic, producteur, années et licence",
        "toutes les sources chargées",
        tableau,
    )


def reglages(lignes: pd.DataFrame) -> Figure:
    """The settings in force, in words."""
    lues = lignes[[not _TUS.search(cle) for cle in lignes["cle"]]]
    tableau = pd.DataFrame(
        {"Réglage": ligne.libelle, "Valeur": _valeur(ligne.cle, ligne.valeur)} for ligne in lues.itertuples()
    )
    return _tableau(
        "reglages",
        f"{formats.compter(len(lues), 'réglages')} en vigueur",
        "Seuils de secret et de couverture, années, règle de l’année scolaire",
        "tous les réglages de la convention",
        tableau,
    )


def _valeur(cle: str, valeur: str) -> str:
    if cle in _PARTS:
        return formats.pourcentage(100 * float(valeur))
    return _MOTS.get(valeur, valeur)


def symboles() -> Figure:
    """Every state: symbol, word, meaning."""
    tableau = pd.DataFrame(
        {"Symbole": etat.symbole, "Mot": etat.mot, "Ce que cela veut dire": SENS[code]}
        for code, etat in etats.ETATS.items()
    )
    return _tableau(
        "symboles",
        f"{len(tableau)} symboles, un mot chacun",
        "États des fiches et des indicateurs, valeurs absentes",
        formats.compter(len(tableau), "symboles"),
        tableau,
    )


def a_arreter(lignes: pd.DataFrame) -> Figure:
    """What waits for a definition, and who should give it."""
    tableau = pd.DataFrame(
        {"Indicateur": ligne.libelle, "Fiches": ligne.fiches, "À définir par": ligne.repondant_libelle}
        for ligne in lignes.itertuples()
    )
    return _tableau(
        "a-arreter",
        f"{formats.compter(len(lignes), 'définitions', feminin=True)} à arrêter",
        "Indicateurs nommés par la convention sans dire ce qu’il faut compter",
        formats.compter(len(lignes), "indicateurs"),
        tableau,
    )


def iris(lignes: pd.DataFrame) -> Figure:
    """The crosswalk IRIS → quartier, with its certainty."""
    tableau = pd.DataFrame(
        {
            "Quartier": ligne.quartier if formats.est_connu(ligne.quartier) else "aucun (non résidentiel)",
            "IRIS": ligne.nom,
            "Code": ligne.territoire_id,
            "Rattachement": CERTITUDES.get(ligne.certitude, "—"),
        }
        for ligne in lignes.itertuples()
    )
    a_confirmer = int(lignes["certitude"].isin(["moyenne", "faible"]).sum())
    return _tableau(
        "iris",
        f"{a_confirmer} IRIS sur {len(lignes)} à confirmer",
        "Rattachement des IRIS aux quartiers, proposé",
        formats.compter(len(lignes), "IRIS"),
        tableau,
    )


def remarques(lignes: pd.DataFrame) -> Figure:
    """Fiches that the documents received do not let read whole."""
    tableau = pd.DataFrame(
        {"Fiche": f"{ligne.fiche_id} · {ligne.titre}", "Remarque": ligne.remarque}
        for ligne in lignes.itertuples()
    )
    return _tableau(
        "remarques",
        f"{formats.compter(len(lignes), 'fiches', feminin=True)} avec une remarque",
        "Ce que les documents reçus ne permettent pas de lire, fiche par fiche",
        formats.compter(len(lignes), "fiches", feminin=True),
        tableau,
    )


def _tableau(cle: str, constat: str, mesure: str, couverture: str, tableau: pd.DataFrame) -> Figure:
    source = "référentiel de la convention et fichiers chargés"
    return assembler(Notice(cle, constat, mesure, couverture, source), "Tableau", None, tableau)
