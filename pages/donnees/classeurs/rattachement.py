"""The tables the officer corrects of the wordings found: which structure each means, which measure."""

from collections.abc import Mapping, Sequence

import pandas as pd

from ctg.referentiel import Referentiel
from etl.classeurs_libres.description.lignes_de_mesures import libelles_de_mesures
from etl.classeurs_libres.description.rattachement import structure_nommee
from etl.classeurs_libres.description.retenues import a_retenir
from etl.classeurs_libres.mesures import MesureConnue
from etl.classeurs_libres.mots import est_un_total

ECRIT, STRUCTURE_PROCHE, STRUCTURE = "Écrit dans le classeur", "Structure proche", "Structure retenue"
MESURE, PROCHE = "Mesure", "Ressemblance"
AUCUNE, PASSER = "—", "ligne à passer (total, note)"


def etiquettes(referentiel: Referentiel) -> dict[str, str]:
    """Name → id of each structure; two of the same name are told apart by their type."""
    structures = referentiel.structures.values()
    noms = [s.nom for s in structures]
    return {
        s.nom
        if noms.count(s.nom) == 1
        else f"{s.nom}, {referentiel.types_structure[s.type_id].libelle}": s.structure_id
        for s in structures
    }


def structures_a_confirmer(
    libelles: Sequence[str], etiquettes: Mapping[str, str], referentiel: Referentiel, retenir: bool
) -> pd.DataFrame:
    """One row per wording that names no structure exactly; what is close is retained only when asked.

    What may mean two structures waits for the officer. A total is no structure: its rows are proposed
    to be passed over.
    """
    surs = a_retenir(libelles, referentiel) if retenir else {}
    noms = {identifiant: etiquette for etiquette, identifiant in etiquettes.items()}
    lignes = []
    for libelle in libelles:
        connue, proches = structure_nommee(libelle, referentiel)
        if connue:
            continue
        meilleures = [p for p in proches if p.score == proches[0].score]
        total = est_un_total(libelle)
        lignes.append(
            {
                ECRIT: libelle,
                STRUCTURE_PROCHE: " ou ".join(f"{noms[p.valeur]} ({p.score} %)" for p in meilleures)
                or "aucune",
                STRUCTURE: PASSER if total else noms[surs[libelle]] if libelle in surs else AUCUNE,
            }
        )
    return pd.DataFrame(lignes, columns=[ECRIT, STRUCTURE_PROCHE, STRUCTURE])


def mesures_a_confirmer(libelles: Sequence[str], mesures: Sequence[MesureConnue]) -> pd.DataFrame:
    """One row per wording of a row, of a form or of a sheet, with the measure it is close to."""
    proches = libelles_de_mesures(libelles, mesures).values()
    return pd.DataFrame(
        {
            ECRIT: list(libelles),
            MESURE: [mesure.libelle if mesure else AUCUNE for mesure, _ in proches],
            PROCHE: [f"{score} %" if mesure else "" for mesure, score in proches],
        }
    )
