"""How many answers there were, counted over all processes that answer together, in memory that they share.

Nothing goes to a disk: a check at the desk leaves no trace, not even a count. Each process writes into a part of its
own, so none waits for another and a killed one can hold nobody up; who asks adds the parts up.
"""

from __future__ import annotations

import mmap
import struct
import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
PARTS = 66  # twice the most workers, for those that come while the old ones go; and one

_Key = tuple[str, str, int]  # method, route, status
_ENTRY = struct.Struct("<118sHQ")  # the key as text, its length, the count
_HEAD = struct.Struct(f"<QQ{len(BOUNDS_S) + 1}Q")  # how many entries, microseconds, answers by bound
_ENTRIES_MOST = 1500  # a route answers in few ways; what is beyond is counted as one
_PART_BYTES = _HEAD.size + (_ENTRIES_MOST + 1) * _ENTRY.size
_BEYOND = ("", "more", 0)


class Shared:
    """The memory, made before the processes are. It costs nothing where nothing was written."""

    def __init__(self, parts: int = PARTS) -> None:
        self._memory = mmap.mmap(-1, parts * _PART_BYTES)
        self._parts = parts
        self._taken: dict[object, int] = {}

    def take(self, who: object) -> int:
        """A part for a process that begins; one whose process has ended is gone on with, so that no count goes back."""
        free = set(range(self._parts)) - set(self._taken.values())
        self._taken[who] = min(free, default=self._parts - 1)
        return self._taken[who]

    def let_go(self, who: object) -> None:
        """A process has ended. What it counted stays."""
        self._taken.pop(who, None)

    def counts(self, part: int = 0) -> Counts:
        """What a process counts with."""
        return Counts(self, part)

    def part(self, number: int) -> memoryview:
        """The memory of one part."""
        return memoryview(self._memory)[number * _PART_BYTES : (number + 1) * _PART_BYTES]

    def lines(self) -> Iterator[str]:
        """The counts of all, as Prometheus reads them (text format 0.0.4)."""
        answers: Counter[_Key] = Counter()
        slower, micros = [0] * (len(BOUNDS_S) + 1), 0
        for number in range(self._parts):
            head, entries = _read(self.part(number))
            micros += head[1]
            slower = [a + b for a, b in zip(slower, head[2:], strict=True)]
            answers.update(entries)
        yield "# TYPE zonemap_answers_total counter"
        for (method, route, status), count in sorted(answers.items()):
            yield f'zonemap_answers_total{{method="{method}",route="{route}",status="{status}"}} {count}'
        yield "# TYPE zonemap_answer_seconds histogram"
        so_far = 0
        for bound, count in zip((*map(str, BOUNDS_S), "+Inf"), slower, strict=True):
            so_far += count
            yield f'zonemap_answer_seconds_bucket{{le="{bound}"}} {so_far}'
        yield f"zonemap_answer_seconds_sum {micros / 1e6:.6f}"
        yield f"zonemap_answer_seconds_count {so_far}"


class Counts:
    """What one process counts."""

    def __init__(self, shared: Shared, part: int) -> None:
        self.shared = shared
        self._part = shared.part(part)
        self._lock = threading.Lock()
        self._at = {key: at for at, key in enumerate(_read(self._part)[1])}

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer."""
        with self._lock:
            number, micros, *slower = _HEAD.unpack_from(self._part)
            at = self._entry((method, route, status), number)
            text, length, count = _ENTRY.unpack_from(self._part, _place(at))
            _ENTRY.pack_into(self._part, _place(at), text, length, count + 1)
            slower[bisect_left(BOUNDS_S, seconds)] += 1
            # The number of entries last of all: who reads meanwhile sees none that is not whole.
            _HEAD.pack_into(self._part, 0, len(self._at), micros + round(seconds * 1e6), *slower)

    def _entry(self, key: _Key, number: int) -> int:
        """Where a key is counted; a new one gets the next place."""
        text = " ".join(map(str, key)).encode()
        if key not in self._at and (number >= _ENTRIES_MOST or len(text) > 118):
            key = _BEYOND
            text = " ".join(map(str, key)).encode()
        if key not in self._at:
            self._at[key] = number
            _ENTRY.pack_into(self._part, _place(number), text, len(text), 0)
        return self._at[key]


def _place(entry: int) -> int:
    return _HEAD.size + entry * _ENTRY.size


def _read(part: memoryview) -> tuple[tuple[int, ...], dict[_Key, int]]:
    head = _HEAD.unpack_from(part)
    found: dict[_Key, int] = {}
    for at in range(head[0]):
        text, length, count = _ENTRY.unpack_from(part, _place(at))
        method, route, status = text[:length].decode().split(" ")
        found[(method, route, int(status))] = count
    return head, found
