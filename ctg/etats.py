"""The states a reader meets: a symbol and a word, always together; colour only helps."""

from dataclasses import dataclass

from ctg import formats

BLEU, VERT, PRUNE, ORANGE = "#12436D", "#28A197", "#801650", "#F46A25"
GRIS = "#5C6670"


@dataclass(frozen=True)
class Etat:
    """One state: `symbole` and `mot` are read together, `couleur` is a help only."""

    symbole: str
    mot: str
    couleur: str


ETATS: dict[str, Etat] = {
    "atteint": Etat("▲", "Atteint", BLEU),
    "en_progres": Etat("●", "En progrès", VERT),
    "a_surveiller": Etat("▼", "À surveiller", PRUNE),
    "sans_cible": Etat("○", "Sans cible", GRIS),
    "decale": Etat("◌", "Décalé", ORANGE),
    "donnees_insuffisantes": Etat("?", "Données insuffisantes", GRIS),
    "secret": Etat("[c]", "secret statistique", GRIS),
    "manquant": Etat("[x]", "non disponible", GRIS),
    "sans_objet": Etat("[z]", "sans objet", GRIS),
}

# what stands inside a chart, where the whole words would not fit
MOTS_COURTS = {"secret": "secret", "manquant": "n. d.", "sans_objet": "s. o.", "non_demande": "non demandé"}

# where a form stands in the collection: words alone
STATUTS = {
    "recu": "reçu",
    "en_retard": "reçu en retard",
    "a_corriger": "reçu, à corriger",
    "refuse": "refusé, à renvoyer",
    "attendu": "attendu",
    "non_attendu": "non attendu cette année",
}
ARRIVES = ("recu", "en_retard", "a_corriger")
ABSENTS = ("attendu", "refuse")

# what is known of a measure for one respondent and one year (`collecte.couverture`): the best first
CONNAISSANCES: dict[str, Etat] = {
    "disponible": Etat("✓", "disponible", BLEU),
    "masque": Etat("[c]", "masquée", BLEU),
    "sans_objet": Etat("[z]", "sans objet", GRIS),
    "manquant": Etat("[x]", "case vide", GRIS),
    "refuse": Etat("✕", "refusée", PRUNE),
    "en_retard": Etat("!", "en retard", ORANGE),
    "attendu": Etat("…", "attendue", GRIS),
    "non_demande": Etat("–", "non demandée", GRIS),
}


def situation(statut: str, jours_de_retard: float | None) -> str:
    """Where a form stands, in words; a form that never came is late only once its deadline is over."""
    if statut == "attendu" and formats.est_connu(jours_de_retard) and jours_de_retard > 0:
        return "en retard, non reçu"
    return STATUTS[statut]


def libelle(code: str) -> str:
    """Symbol and word of a state: ``"atteint"`` → « ▲ Atteint ». An unknown code raises KeyError."""
    etat = ETATS[code]
    return f"{etat.symbole} {etat.mot}"


def mot_court(code: str) -> str:
    """The word drawn where a value is not: « n. d. », « secret », « s. o. »."""
    return MOTS_COURTS.get(code, MOTS_COURTS["manquant"])
