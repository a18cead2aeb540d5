"""A figure is never a chart alone: it carries its finding, its data as a table, its coverage, its source."""

import functools
import hashlib
import pickle
from dataclasses import dataclass

import pandas as pd

ALT_MAX = 150


@dataclass(frozen=True)
class Notice:
    """The words around a chart, given by the page.

    `cle` is unique in the page (ASCII, also the name of the download); `constat` ≤ 15 words; `mesure` says
    what is measured, unit, perimeter, year; `couverture` and `source` are plain text; `provenance` is the
    indicator whose cells Collecte can show; `ouverte`: open data, that waits for no aval; `hors_fiche`:
    numbers of no fiche, that no aval covers.
    """

    cle: str
    constat: str
    mesure: str
    couverture: str
    source: str
    fictif: bool = False
    provenance: str | None = None
    ouverte: bool = False
    hors_fiche: bool = False


@dataclass(frozen=True)
class Figure:
    """What a page shows: `trace` is a plotly dict or None, `tableau` holds French text.

    `diffusion` says whether it may leave the room (ctg/vie.py); open data (`ouverte`) always may.
    """

    cle: str
    constat: str
    mesure: str
    trace: dict | None
    tableau: pd.DataFrame
    couverture: str
    source: str
    alt: str
    fictif: bool = False
    provenance: str | None = None
    ouverte: bool = False
    hors_fiche: bool = False
    diffusion: str = ""

    @functools.cached_property
    def empreinte(self) -> bytes:
        """Digest of what is drawn: two figures that show the same have the same."""
        return empreinte((self.trace, self.tableau.to_dict("list"), self.alt))


def empreinte(contenu: object) -> bytes:
    """Digest of a content, the same for the same content."""
    return hashlib.blake2b(pickle.dumps(contenu), digest_size=16).digest()


def assembler(notice: Notice, genre: str, trace: dict | None, tableau: pd.DataFrame) -> Figure:
    """Bind a chart to its words; the text alternative names the kind of chart, then the finding."""
    alt = f"{genre} : {notice.constat}. {notice.mesure}"
    if len(alt) > ALT_MAX:
        alt = f"{alt[: ALT_MAX - 1].rstrip()}…"
    return Figure(
        cle=notice.cle,
        constat=notice.constat,
        mesure=notice.mesure,
        trace=trace,
        tableau=tableau,
        couverture=notice.couverture,
        source=notice.source,
        alt=alt,
        fictif=notice.fictif,
        provenance=notice.provenance,
        ouverte=notice.ouverte,
        hors_fiche=notice.hors_fiche,
    )
