"""Fetch one file of one source from a scripted server, into a folder of its own."""

import datetime as dt
from pathlib import Path

from ctg.referentiel import Referentiel
from etl import sources
from etl.sources.modele import Telechargement
from etl.telechargement import Demande, Reglages, Resultat, telecharger
from etl.telechargement.partiel import DOSSIER

JOUR = dt.date(2026, 11, 21)
ENTETES = "CODGEO;NOTE;A;PERCOU;AI;AM;ACSSENF;ACAVENF;AC3ENF;ENF;ENF_2;ENF_3_5\r\n"
CHIFFRES = "0;1581;2147;1295;85;92;109;29;370;59;44"
BON = (ENTETES + "".join(f"2123101{n:02};{CHIFFRES}\r\n" for n in range(1, 4))).encode()
# our IRIS first: cut anywhere after them, it gives us the same figures
ENTIER = BON + "".join(f"0100{n:04}1;{CHIFFRES}\r\n" for n in range(1000, 1200)).encode()
REVU = ENTIER.replace(b"1581", b"1590")


class Chercheur:
    """`place` is where the file goes, `provenance` what is noted of it, `partiels` where it is received."""

    def __init__(
        self,
        vers: Path,
        referentiel: Referentiel,
        source_id: str = "caf_iris",
        fichier: str = "data_CAF_2020_IRIS.csv",
        annee: int = 2020,
    ) -> None:
        self._famille = next(f for f in sources.familles() if f.source_id == source_id)
        self._vers, self._referentiel, self._annee = vers, referentiel, annee
        self.place = vers / source_id / fichier
        self.provenance = vers / source_id / "source.yml"
        self.partiels = vers / source_id / DOSSIER

    def demande(self, adresse: str, sha256: str | None = None) -> Demande:
        """The declaration of the file, at that address."""
        page = "https://data.caf.fr/"
        return Demande(self._famille, Telechargement(adresse, self.place.name, self._annee, page, sha256))

    def __call__(
        self, adresse: str, *, attentes: list[float] | None = None, sha256: str | None = None, **reglages
    ) -> Resultat:
        """Fetch it; `attentes` gathers the seconds waited between tries."""
        choix = {"lecture": 5, "attente": 1, "dormir": (attentes if attentes is not None else []).append}
        (resultat,) = telecharger(
            [self.demande(adresse, sha256)],
            self._vers,
            self._referentiel,
            le=JOUR,
            reglages=Reglages(**(choix | reglages)),
        )
        return resultat

    def deposer(self, corps: bytes) -> None:
        """Put a file there by hand."""
        self.place.parent.mkdir(parents=True, exist_ok=True)
        self.place.write_bytes(corps)

    def restes(self) -> list[str]:
        """What is left of the tries, by name."""
        return sorted(c.name for c in self.partiels.iterdir() if c.name != "verrou")
