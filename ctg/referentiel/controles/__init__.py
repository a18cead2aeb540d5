"""What a referential must respect once read: references, coherence, arithmetic of the measures."""

from ctg.referentiel.controles.coherence import controler_coherence
from ctg.referentiel.controles.mesures import controler_mesures
from ctg.referentiel.controles.references import controler_references
from ctg.referentiel.controles.relations import controler_relations
from ctg.referentiel.erreurs import Journal
from ctg.referentiel.modeles import Modalite
from ctg.referentiel.referentiel import Referentiel


def controler(referentiel: Referentiel, modalites: tuple[Modalite, ...], journal: Journal) -> None:
    """Note every error of the whole; `referentiel.parametres` is None when its file was refused."""
    controler_references(referentiel, modalites, journal)
    controler_coherence(referentiel, modalites, journal)
    controler_mesures(referentiel, journal)
    controler_relations(referentiel, journal)


__all__ = ["controler"]
