"""The statements of a `.sql` file, parsed once in the life of a process.

Reading some two hundred of them took a tenth of a build in which one figure changed: the previews of the
dashboard, which each try a whole build, need not pay it again.
"""

import functools
from pathlib import Path

import duckdb


@functools.cache
def requetes(chemin: Path) -> tuple[duckdb.Statement, ...]:
    """The statements of a file, in order; any connection may run them, as often as it likes.

    Raises duckdb.ParserException when one cannot be read.
    """
    return tuple(duckdb.extract_statements(chemin.read_text(encoding="utf-8")))
