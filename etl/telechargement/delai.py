"""Giving up on what does not end by itself."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


class TropLong(Exception):  # noqa: N818 (errors are named in French, by what happened)
    """The work had not ended in time."""


def borner(travail: Callable[[], T], secondes: float) -> T:
    """Run `travail`: returns what it does, raises what it does, or TropLong after `secondes`.

    What is given up goes on in a thread that does not keep the program alive.
    """
    fini: Future[T] = Future()

    def faire() -> None:
        try:
            fini.set_result(travail())
        except BaseException as erreur:  # raised again by whoever waits
            fini.set_exception(erreur)

    fil = threading.Thread(target=faire, daemon=True)
    fil.start()
    fil.join(secondes)
    if not fini.done():
        raise TropLong
    return fini.result()
