"""``python -m bench``: one table. Read the ratios; the times belong to this computer, at this moment."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from itertools import chain

from bench import access, core, editor, maps, paper, print_run, server, tracing
from bench.measure import Row, Skipped, in_words, measured

WIDTHS = (34, 12, 32, 12, 10)


def lines() -> Iterator[str]:
    """The table, line by line as it is measured."""
    yield f"Python {platform.python_version()}, {platform.machine()}. Median of several runs; both take turns."
    yield _line("what", "takes", "against", "takes", "times")
    for each in chain(
        core.rows(), access.rows(), paper.rows(), maps.rows(), server.rows(), editor.rows(), tracing.rows()
    ):
        yield _skipped(each) if isinstance(each, Skipped) else _figures(each)
    yield from editor.scores()
    yield from print_run.scores()
    yield from tracing.scores()


def _figures(row: Row) -> str:
    found = measured(row)
    return _line(row.what, in_words(found.ours_s), row.against, in_words(found.peer_s), found.ratio)


def _skipped(row: Skipped) -> str:
    return f"{row.what.ljust(WIDTHS[0])} skipped, without {row.missing}"


def _line(*cells: str) -> str:
    return " ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


for line in lines():
    print(line, flush=True)
