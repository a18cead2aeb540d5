"""What a download says when the file does not come: for good, or until another try."""


class Echec(Exception):  # noqa: N818  (French nouns of the house)
    """The file did not come; the text says why in French, and what to do.

    `reprenable`: what came may be continued later. `muet`: no server answered at all.
    """

    def __init__(self, message: str, *, reprenable: bool = False, muet: bool = False) -> None:
        super().__init__(message)
        self.reprenable = reprenable
        self.muet = muet


class Passager(Exception):  # noqa: N818
    """A failure that another try may mend; `attente`: seconds that the server asks to wait."""

    def __init__(self, message: str, attente: float | None = None) -> None:
        super().__init__(message)
        self.attente = attente


class Muet(Passager):
    """Nobody answered: the server is down, or this machine has no way to it."""
