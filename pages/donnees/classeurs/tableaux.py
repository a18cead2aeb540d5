"""The table the officer corrects of each table found: what its columns give."""

from collections.abc import Mapping, Sequence

import pandas as pd

from etl.canevas.phrases.messages import citer
from etl.classeurs_libres.description.choix import ColonneChoisie
from etl.classeurs_libres.description.ebauche import TITRE_STRUCTURE, ColonneProposee
from etl.classeurs_libres.mesures import MesureConnue

ROLES = {
    "structure": "la structure",
    "annee": "l’année",
    "quartier": "le quartier",
    "mesure": "ce qui est compté",
    "modalite": "le détail (filles, 12 à 17 ans…)",
    "valeur": "une mesure",
    TITRE_STRUCTURE: "les valeurs d’une structure, qui est son titre",
    "remarque": "une précision",
    "rien": "rien (non lue)",
}
_ROLES_LUS = {mots: role for role, mots in ROLES.items()}
COLONNE, EXEMPLE, PROCHE = "Colonne", "Exemple", "Ressemblance"
DONNE, MESURE, RAISON = "Ce qu’elle donne", "Mesure", "Pourquoi elle n’est pas lue"
AUCUNE = "—"


def colonnes(proposees: Sequence[ColonneProposee]) -> pd.DataFrame:
    """The guessed columns, one row each; `choisies` reads it back once corrected."""
    return pd.DataFrame(
        {
            COLONNE: [f"{p.lettre} · {p.entete}" for p in proposees],
            EXEMPLE: ["" if p.en_nombres else ", ".join(map(citer, p.libelles[:2]))[:60] for p in proposees],
            DONNE: [ROLES[p.donne] for p in proposees],
            MESURE: [p.mesure.libelle if p.mesure else AUCUNE for p in proposees],
            PROCHE: [f"{p.score} %" if p.mesure else "" for p in proposees],
            RAISON: ["" for _ in proposees],
        }
    )


def choisies(
    corrigees: pd.DataFrame,
    proposees: Sequence[ColonneProposee],
    mesures: Mapping[str, MesureConnue],
    defaut: MesureConnue | None = None,
) -> tuple[ColonneChoisie, ...]:
    """The columns as the officer left them, their names not tied yet; `defaut` is the measure of those that
    name none."""
    resultat = []
    dit_l_annee = (corrigees[DONNE] == ROLES["annee"]).any()
    for proposee, (_, ligne) in zip(proposees, corrigees.iterrows(), strict=True):
        role = _ROLES_LUS[ligne[DONNE]]
        porte = role in ("valeur", TITRE_STRUCTURE)
        mesure = (mesures.get(ligne[MESURE]) or defaut) if porte else None
        resultat.append(
            ColonneChoisie(
                proposee.lettre,
                proposee.entete,
                role,
                mesure=mesure and mesure.cle,
                code=mesure and mesure.code,
                modalite=mesure and mesure.modalite,
                annee=None if dit_l_annee or not porte else proposee.annee,
                raison=_ecrit(ligne[RAISON]) if role == "rien" else None,
            )
        )
    return tuple(resultat)


def _ecrit(lu: object) -> str | None:
    """What was typed in a cell of the table; an emptied one reads as a missing number."""
    return lu if isinstance(lu, str) and lu.strip() else None
