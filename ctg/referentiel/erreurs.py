"""The errors of a referential: all gathered, then said at once, each with its file and its line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Erreur:
    """`ligne` counts from 1, as a text editor does; 0 when the whole file is at fault."""

    fichier: str
    ligne: int
    message: str

    def __str__(self) -> str:
        lieu = f"{self.fichier}, ligne {self.ligne}" if self.ligne else self.fichier
        return f"{lieu} : {self.message}"


class ReferentielInvalide(Exception):  # noqa: N818 (errors are named in French, by what happened)
    """The referential cannot be used; `erreurs` holds every reason, sorted by file and line."""

    def __init__(self, erreurs):
        self.erreurs: tuple[Erreur, ...] = tuple(sorted(set(erreurs)))
        pluriel = "s" if len(self.erreurs) > 1 else ""
        super().__init__(
            f"Référentiel refusé ({len(self.erreurs)} erreur{pluriel})\n" + "\n".join(map(str, self.erreurs))
        )


class Journal:
    """Where the readers and the controls note the errors, and where each row was read.

    `cles_cassees`: per file, the keys of the rows left out (None: the whole file), so that a row refused
    once does not make every mention of it an unknown id.
    """

    def __init__(self):
        self.erreurs: list[Erreur] = []
        self.cles_cassees: dict[str, set[str] | None] = {}
        self._lieux: dict[int, tuple[object, str, int]] = {}

    def noter(self, fichier: str, ligne: int, message: str) -> None:
        self.erreurs.append(Erreur(fichier, ligne, message))

    def situer(self, objet: object, fichier: str, ligne: int) -> None:
        """Remember where `objet` was read (and keep it alive: its identity is the key)."""
        self._lieux[id(objet)] = (objet, fichier, ligne)

    def suivre(self, objet: object, complet: object) -> object:
        """`complet` replaces `objet`, and was read at the same place."""
        _, fichier, ligne = self._lieux[id(objet)]
        self.situer(complet, fichier, ligne)
        return complet

    def noter_sur(self, objet: object, message: str) -> None:
        """Note an error on a row already read."""
        _, fichier, ligne = self._lieux[id(objet)]
        self.noter(fichier, ligne, message)

    def casser(self, fichier: str, cle: str | None) -> None:
        """The row of key `cle` (None: every row) of `fichier` could not be used."""
        cassees = self.cles_cassees.setdefault(fichier, set())
        if cle is None or cassees is None:
            self.cles_cassees[fichier] = None
        else:
            cassees.add(cle)

    def excuse(self, fichier: str, cle: str) -> bool:
        """True when `cle` is absent only because its own row, already noted, was left out."""
        cassees = self.cles_cassees.get(fichier, set())
        return cassees is None or cle in cassees
