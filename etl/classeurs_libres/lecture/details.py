"""What a row breaks down: « dont filles » details the measure of the row above it, or a column says so.

A label of a column « mesure » may be worth a measure (`i:JE-1.1.1-a`), a modality of the measure above it
(`sexe=femmes`), or both. Of several modalities, the one the measure is asked by counts.
"""

from ctg.referentiel import Referentiel
from etl.classeurs_libres.declaration.modele import TOTAL
from etl.classeurs_libres.mots import un_correspond

_ANNONCES = ("par *", "selon *", "dont*", "repartition*")


class Details:
    """The measure that the last row of a table said; none after a row that is not read."""

    def __init__(self, referentiel: Referentiel) -> None:
        self.referentiel = referentiel
        self.mesure: str | None = None

    def oublier(self) -> None:
        """What follows details nothing."""
        self.mesure = None

    def passer(self, libelle: str, chiffres: bool) -> None:
        """A row is passed over; « par sexe » only announces details of the measure above it."""
        if chiffres or not un_correspond(_ANNONCES, libelle):
            self.oublier()

    def lire(self, valeur: str) -> dict[str, str] | None:
        """The facets that a label of a row is worth; None when it details a row that is not read."""
        mesures = [mot for mot in valeur.split() if "=" not in mot]
        modalites = [mot for mot in valeur.split() if "=" in mot]
        self.mesure = mesures[0] if mesures else self.mesure
        if self.mesure is None:
            return None
        return {"mesure": self.mesure} | ({"modalite": " ".join(modalites)} if modalites else {})

    def resoudre(self, facettes: dict[str, str]) -> dict[str, str]:
        """The same facets with one modality: that of a total is none."""
        modalites = facettes.get("modalite", "").split()
        sans = {nom: valeur for nom, valeur in facettes.items() if nom != "modalite"}
        if not modalites or modalites == [TOTAL]:
            return sans
        indicateur = self.referentiel.indicateurs.get(facettes.get("mesure", "").partition(":")[2])
        demandees = indicateur.ventilations if indicateur else ()
        siennes = [m for m in modalites if m.partition("=")[0] in demandees]
        return sans | {"modalite": (siennes or modalites)[0]}
