"""The IRIS of the commune: no figure, but the check that the referential follows Insee's zoning."""

from etl.anomalie import Anomalie
from etl.sources.codes import lire_code
from etl.sources.correspondance import associer
from etl.sources.modele import Contexte, LectureSource, Territoire, ecarter


def lire(contexte: Contexte) -> LectureSource:
    """Read the names of the IRIS of the commune and compare their codes with the referential's."""
    famille, commune = contexte.famille, contexte.commune
    colonnes = associer(famille, contexte.tableau.entetes)
    territoires = tuple(
        Territoire("iris", code, cellules[colonnes.nom].strip(), commune)
        for _, cellules in contexte.tableau.lire(colonnes.utiles)
        if not contexte.tableau.decalee(cellules)
        and (code := lire_code("iris", cellules[colonnes.cle])) is not None
        and lire_code("commune", cellules[colonnes.commune]) == commune
    )
    if not territoires:
        message = f"{famille.titre} : aucun IRIS de la commune {commune}."
        return ecarter(famille.source_id, "ignore", "hors_commune", message)
    lus, connus = {t.territoire_id for t in territoires}, set(contexte.referentiel.iris)
    anomalies = tuple(
        Anomalie(None, None, "a_confirmer", "decoupage_different", f"{phrase} : {', '.join(sorted(codes))}.")
        for codes, phrase in (
            (lus - connus, "IRIS de ce fichier inconnus du référentiel"),
            (connus - lus, "IRIS du référentiel absents de ce fichier"),
        )
        if codes
    )
    return LectureSource(
        famille=famille.source_id,
        statut="accepte",
        message=f"{famille.titre} : {len(territoires)} IRIS lus.",
        territoires=territoires,
        anomalies=anomalies,
        priorite=famille.priorite,
    )
