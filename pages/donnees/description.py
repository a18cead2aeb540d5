"""What the page that describes a workbook shows and gathers: its rows, its columns, what would be loaded."""

from collections.abc import Sequence

import pandas as pd

from ctg import formats
from ctg.referentiel import Referentiel
from etl.canevas.journal import adresse
from etl.canevas.messages import citer
from etl.canevas.modeles import Cellule, Lecture
from etl.canevas.petits_nombres import petit_possible
from etl.classeurs import Feuille
from etl.classeurs_libres.ebauche import ColonneProposee, MesureConnue
from etl.classeurs_libres.libelles import Proposition
from etl.classeurs_libres.redaction import ColonneChoisie
from etl.classeurs_libres.releve import contenu, est_vide, texte_lu

RANGEES_MONTREES, COLONNES_MONTREES = 12, 20
VALEURS_MONTREES = 50
NON_MONTRE = "•"
ROLES = {
    "structure": "la structure",
    "annee": "l’année",
    "quartier": "le quartier",
    "valeur": "une mesure",
    "remarque": "une précision",
    "rien": "rien (non lue)",
}
_ROLES_LUS = {mots: role for role, mots in ROLES.items()}
# the columns of the table to correct
COLONNE, EXEMPLE, DONNE, MESURE, PROCHE, RAISON = (
    *("Colonne", "Exemple", "Ce qu’elle donne", "Mesure", "Ressemblance"),
    "Pourquoi elle n’est pas lue",
)
AUCUNE = "—"
LIBELLE, PROPOSITION, RETENUE = "Écrit dans le classeur", "Structure proche", "Structure retenue"
_ETATS = {"valeur": "lue", "sans_objet": "sans objet", "manquant": "vide", "refuse": "refusée"}


def extrait(feuille: Feuille, rang: int, seuil: int) -> pd.DataFrame:
    """The rows from `rang` (from 0) on, as their sheet numbers them; what may be a small count is a dot."""
    rangs = range(rang, min(rang + RANGEES_MONTREES, len(feuille.rangees)))
    largeur = min(max((len(feuille.rangees[r]) for r in rangs), default=0), COLONNES_MONTREES)
    lignes = [[_montre(contenu(feuille, (r, c)), seuil) for c in range(largeur)] for r in rangs]
    noms = [adresse(0, c).rstrip("1") for c in range(largeur)]
    return pd.DataFrame(lignes, columns=noms, index=[str(r + 1) for r in rangs])


def _montre(lu: object, seuil: int) -> str:
    nombre = isinstance(lu, (int, float)) or (isinstance(lu, str) and lu.strip()[:1].isdigit())
    if nombre and petit_possible(lu, seuil):
        return NON_MONTRE
    return "" if est_vide(lu) else citer(texte_lu(lu))  # a name of a person is not shown either


def options_de_mesure(mesures: Sequence[MesureConnue]) -> dict[str, tuple[str, str | None, str]]:
    """Words of a list → (key of the measure, modality, code of its cell), in the order of the forms."""
    options = {}
    for mesure in mesures:
        for code in mesure.codes:
            suite = "" if len(mesure.codes) == 1 else f", {code}"
            options[f"{mesure.libelle}{suite} [{mesure.cle}]"] = (mesure.cle, mesure.modalite, code)
    return options


def a_corriger(
    proposees: Sequence[ColonneProposee], options: dict[str, tuple[str, str | None, str]]
) -> pd.DataFrame:
    """The guessed columns, one row each; `rediger` reads it back once corrected."""
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
    options: dict[str, tuple[str, str | None, str]],
    noms: dict[str, str],
) -> tuple[ColonneChoisie, ...]:
    """The columns as the officer left them; `noms`: wording of a structure → its id."""
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


def valeurs_lues(lecture: Lecture, referentiel: Referentiel) -> list[dict[str, str]]:
    """What would be loaded, cell by cell, the first ones; small counts of people are not shown."""
    seuil = referentiel.parametres.confidentialite.seuil_personnes
    lignes = []
    for formulaire in lecture.formulaires:
        nom = referentiel.structures.get(formulaire.repondant_id)
        for cellule in formulaire.cellules:
            valeur = cellule.texte or ""
            if cellule.valeur is not None:
                petit = cellule.rubrique in ("i", "v") and petit_possible(cellule.valeur, seuil)
                valeur = NON_MONTRE if petit else formats.nombre(cellule.valeur)
            lignes.append(
                {
                    "Répondant": nom.nom if nom else formulaire.repondant_id,
                    "Année": str(formulaire.annee),
                    "Mesure": _mesure(cellule, referentiel),
                    "Valeur": valeur if cellule.etat == "valeur" else _ETATS.get(cellule.etat, "à relire"),
                    "Où": f"{cellule.feuille or formulaire.feuille}, {cellule.adresse}",
                }
            )
    return lignes[:VALEURS_MONTREES]


def _mesure(cellule: Cellule, referentiel: Referentiel) -> str:
    objets = {
        "i": referentiel.indicateurs,
        "v": referentiel.vie_structure,
        "c": referentiel.chiffres_clefs,
        "t": referentiel.rubriques,
    }[cellule.rubrique]
    detail = [
        cellule.modalite,
        cellule.quartier_id,
        None if cellule.code in ("valeur", "texte") else cellule.code,
    ]
    return " · ".join([objets[cellule.objet_id].libelle, *filter(None, detail)])
