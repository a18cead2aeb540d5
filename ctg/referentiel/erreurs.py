"""The errors of a referential: all gathered, then said at once, each with its file and its line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Erreur:
    fichier: str
    ligne: int
    message: str

    def __str__(self) -> str:
        return f"{self.fichier}, ligne {self.ligne} : {self.message}"


class ReferentielInvalide(Exception):
    """The referential cannot be used; `erreurs` holds every reason, sorted by file and line."""

    def __init__(self, erreurs):
        self.erreurs: tuple[Erreur, ...] = tuple(sorted(set(erreurs)))
        pluriel = "s" if len(self.erreurs) > 1 else ""
        super().__init__(
            f"Référentiel refusé ({len(self.erreurs)} erreur{pluriel})\n" + "\n".join(map(str, self.erreurs))
        )


class Journal:
    """Where the readers and the controls note the errors, and at which line each row was read."""

    def __init__(self):
        self.erreurs: list[Erreur] = []
        self._lignes: dict[int, tuple[str, int]] = {}
        self._objets: list[object] = []

    def noter(self, fichier: str, ligne: int, message: str) -> None:
        self.erreurs.append(Erreur(fichier, ligne, message))

    def situer(self, objet: object, fichier: str, ligne: int) -> None:
        """Remember where `objet` comes from (kept alive: its identity is the key)."""
        self._objets.append(objet)
        self._lignes[id(objet)] = (fichier, ligne)

    def noter_sur(self, objet: object, message: str) -> None:
        """Note an error on a row already read."""
        self.noter(*self._lignes[id(objet)], message)
