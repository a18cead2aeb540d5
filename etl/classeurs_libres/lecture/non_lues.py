"""The rows and cells of a declared table that are no data: gathered while it is gone through, then told."""

from collections import defaultdict
from dataclasses import dataclass, field

from ctg.formats import compter
from etl.classeurs_libres.lecture.releve import Place, Releve


@dataclass(slots=True)
class NonLues:
    """Rows (from 0) by the reason they are passed over, headers that come back, cells nobody described."""

    repetes: list[int] = field(default_factory=list)
    passees: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    autres: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    non_decrites: dict[tuple[int, str], list[Place]] = field(default_factory=lambda: defaultdict(list))

    def dire(self, releve: Releve, nom: str) -> None:
        """Say once each of them, for the sheet `nom`."""
        if self.repetes:
            releve.noter("entete_repete", nom, (self.repetes[0], 0), lignes=releve.lignes(nom, self.repetes))
        for regle, groupes in (("lignes_passees", self.passees), ("autres_passes", self.autres)):
            for raison, rangs in groupes.items():
                combien = compter(len(rangs), "lignes non lues", feminin=True)
                ou = releve.lignes(nom, rangs)
                releve.noter(regle, nom, (rangs[0], 0), raison=raison, combien=combien, lignes=ou)
        for (_, entete), places in self.non_decrites.items():
            releve.noter(
                "colonne_non_decrite",
                nom,
                places[0],
                colonne=entete,
                combien=compter(len(places), "cellules non lues", feminin=True),
            )
