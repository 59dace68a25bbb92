"""Timing. A figure is the median of several runs; two that are compared take turns, so that a busy moment hits both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison: in each of ``rounds`` rounds both are called ``repeats`` times, after one call to warm them.

    A call that does a thing several times says so in ``parts``: the figures are for one of these. A peer that is given
    fewer of them, because it takes long, says so in ``peer_parts``.
    """

    what: str
    act: Act
    against: str
    peer: Act
    rounds: int = 7
    repeats: int = 1
    parts: int = 1
    peer_parts: int = 0


@dataclass(frozen=True, slots=True)
class Skipped:
    """A comparison that cannot be made here, and what is missing."""

    what: str
    missing: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians, in seconds a call."""

    ours_s: float
    peer_s: float

    @property
    def ratio(self) -> str:
        """How many times as long as the peer, to two or three figures."""
        times = self.ours_s / self.peer_s
        return f"{times:,.0f}" if times >= 100 else f"{times:.2g}"


def measured(row: Row) -> Figures:
    """Run a row."""
    row.act(), row.peer()
    peer_parts = row.peer_parts or row.parts
    pairs = [(_seconds(row.act, row, row.parts), _seconds(row.peer, row, peer_parts)) for _ in range(row.rounds)]
    ours, peers = zip(*pairs, strict=True)
    return Figures(statistics.median(ours), statistics.median(peers))


def _seconds(act: Act, row: Row, parts: int) -> float:
    begin = time.perf_counter()
    for _ in range(row.repeats):
        act()
    return (time.perf_counter() - begin) / (row.repeats * parts)


def in_words(seconds: float) -> str:
    """A time with the unit that suits it, three figures."""
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"
