"""The two tables the officer corrects: what each column gives, which structure each name is."""

from collections.abc import Sequence

import pandas as pd

from etl.canevas.messages import citer
from etl.classeurs_libres.ebauche import ColonneProposee, MesureConnue
from etl.classeurs_libres.libelles import Proposition
from etl.classeurs_libres.redaction import ColonneChoisie

ROLES = {
    "structure": "la structure",
    "annee": "l’année",
    "quartier": "le quartier",
    "valeur": "une mesure",
    "remarque": "une précision",
    "rien": "rien (non lue)",
}
_ROLES_LUS = {mots: role for role, mots in ROLES.items()}
COLONNE, EXEMPLE, PROCHE = "Colonne", "Exemple", "Ressemblance"
DONNE, MESURE, RAISON = "Ce qu’elle donne", "Mesure", "Pourquoi elle n’est pas lue"
AUCUNE, PASSER = "—", "ligne à passer (total, note)"
LIBELLE, PROPOSITION, RETENUE = "Écrit dans le classeur", "Structure proche", "Structure retenue"
Options = dict[str, tuple[str, str | None, str]]


def options_de_mesure(mesures: Sequence[MesureConnue]) -> Options:
    """Words of a list → (key of the measure, modality, code of its cell), in the order of the forms."""
    options = {}
    for mesure in mesures:
        for code in mesure.codes:
            suite = "" if len(mesure.codes) == 1 else f", {code}"
            options[f"{mesure.libelle}{suite} [{mesure.cle}]"] = (mesure.cle, mesure.modalite, code)
    return options


def a_corriger(proposees: Sequence[ColonneProposee], options: Options) -> pd.DataFrame:
    """The guessed columns, one row each; `choisies` reads it back once corrected."""
    mots = {cible: libelle for libelle, cible in options.items()}
    return pd.DataFrame(
        {
            COLONNE: [f"{p.lettre} · {p.entete}" for p in proposees],
            EXEMPLE: [
                "" if p.donne == "valeur" else ", ".join(map(citer, p.libelles[:2]))[:60] for p in proposees
            ],
            DONNE: [ROLES.get(p.donne, ROLES["rien"]) for p in proposees],
            MESURE: [mots.get((p.mesure, None, p.code), AUCUNE) for p in proposees],
            PROCHE: [f"{p.score} %" if p.mesure else "" for p in proposees],
            RAISON: ["" for _ in proposees],
        }
    )


def choisies(
    corrigees: pd.DataFrame,
    proposees: Sequence[ColonneProposee],
    options: Options,
    noms: dict[str, str],
    a_passer: tuple[str, ...] = (),
) -> tuple[ColonneChoisie, ...]:
    """The columns as the officer left them; `noms`: wording → id; `a_passer`: of no structure."""
    resultat = []
    for proposee, (_, ligne) in zip(proposees, corrigees.iterrows(), strict=True):
        role = _ROLES_LUS[ligne[DONNE]]
        cle, modalite, code = options.get(ligne[MESURE], (None, None, None))
        if role == "valeur" and cle is None:
            role = "rien"
        resultat.append(
            ColonneChoisie(
                proposee.lettre,
                proposee.entete,
                role,
                *((cle, code, modalite) if role == "valeur" else (None, None, None)),
                noms=noms if role == "structure" else None,
                raison=_ecrit(ligne[RAISON]) if role == "rien" else None,
                a_passer=a_passer if role == "structure" else (),
            )
        )
    return tuple(resultat)


def _ecrit(lu: object) -> str | None:
    """What was typed in a cell of the table; an emptied one reads as a missing number."""
    return lu if isinstance(lu, str) and lu.strip() else None


def noms_a_confirmer(propositions: dict[str, list[Proposition]], retenir: bool) -> pd.DataFrame:
    """One row per wording that names no structure exactly; what is close is retained only when asked."""
    meilleures = [propositions[libelle][:1] for libelle in propositions]
    return pd.DataFrame(
        {
            LIBELLE: list(propositions),
            PROPOSITION: [f"{m[0].valeur} ({m[0].score} %)" if m else "aucune" for m in meilleures],
            RETENUE: [m[0].valeur if m and retenir else AUCUNE for m in meilleures],
        }
    )
