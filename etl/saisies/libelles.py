"""The wordings a person confirmed for rows whose hidden id was lost (data/saisies/libelles.csv)."""

from ctg.referentiel import Referentiel
from etl.saisies.lecture import lire


def confirmes(referentiel: Referentiel) -> dict[str, str]:
    """{wording: key of the row it means}; what was decided last counts."""
    lecture = lire("libelles", referentiel)
    return {ligne.champs["libelle"]: ligne.champs["cle"] for ligne in lecture.lignes}
