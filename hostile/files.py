"""Thousands of hostile files, the same each time: made by hand, and out of the small good ones of ``seeds``.

Each has a name that says what was done to it, so that ``python -m hostile run`` can say which one did what.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from zlib import crc32

from hostile import bombs, bombs_drawings, bombs_models, mutators, seeds
from hostile.mutators import Mutator

FLIPPED, CHANGED = 18, 18  # of each seed
_DRAWN = ("svg", "dxf")  # whose pictures take a second each
_SENSE: dict[str, Mutator] = {"png": mutators.png, "imdf": mutators.archive, "geojson": mutators.as_json}
_SENSE |= {"xlsx": mutators.archive}


@dataclass(frozen=True)
class File:
    """A hostile file; ``is_list`` is for what is given where a list of rooms is asked for."""

    name: str
    data: bytes
    is_list: bool = False


def every() -> Iterator[File]:
    """All of them: over two thousand."""
    yield from made_by_hand()
    for kind, made in seeds.KINDS.items():
        is_list = kind in ("csv", "xlsx")
        for number, seed in enumerate(made()):
            for what, data in _spoiled(f"{kind} {number}", seed, _SENSE.get(kind, mutators.numbers)):
                yield File(f"{kind} {number}, {what}", data, is_list)
    yield from _crossed()


def made_by_hand() -> Iterator[File]:
    """Bombs, and whatever else somebody sat down to make."""
    made = (bombs.pngs, bombs.jpegs, bombs.pdfs, bombs_drawings.svgs, bombs_drawings.dxfs, bombs_models.geojsons)
    more = (
        bombs_models.imdfs,
        bombs_models.osms,
        bombs_models.ifcs,
        bombs_models.csvs,
        bombs_models.xlsxs,
        bombs.others,
    )
    for name, data in chain.from_iterable(each() for each in (*made, *more)):
        yield File(name, data, is_list=name.startswith(("csv", "xlsx")))


def daily() -> Iterator[File]:
    """A few of each kind that cost little: another spoiling for each seed, and no bombs (``test_guard`` has some)."""
    turn = 0
    for kind, made in seeds.KINDS.items():
        for number, seed in enumerate(made()[:1] if kind in _DRAWN else made()):
            spoiled = list(_spoiled(f"{kind} {number}", seed, _SENSE.get(kind, mutators.numbers)))
            what, data = spoiled[turn * 7 % len(spoiled)]
            yield File(f"{kind} {number}, {what}", data, kind in ("csv", "xlsx"))
            turn += 1


def _spoiled(name: str, seed: bytes, mutator: Mutator) -> Iterator[tuple[str, bytes]]:
    """One seed cut, flipped, changed with sense, and with something before and behind it."""
    chance = random.Random(crc32(name.encode()))
    for tenth in range(1, 10):
        yield f"cut at {tenth} tenths", seed[: len(seed) * tenth // 10]
    for turn in range(FLIPPED):
        data = bytearray(seed)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        yield f"flipped {turn}", bytes(data)
    for turn in range(CHANGED):
        data = seed
        for _ in range(chance.randint(1, 5)):
            data = mutator(data, 200_000, chance)
        yield f"changed {turn}", bytes(data)
    for what, before, behind in _AROUND:
        yield what, before + seed + behind


_PAGE = b"<!DOCTYPE html><html><body onload=alert(1)><script>alert(1)</script></body></html>"
_AROUND = (
    ("a web page behind it", b"", _PAGE),
    ("a web page before it", _PAGE, b""),
    ("spaces before it", b" \r\n\t" * 300, b""),
    ("a mark of UTF-8 before it", b"\xef\xbb\xbf", b""),
    ("a mark of UTF-16 before it", b"\xff\xfe", b""),
    ("zeros behind it", b"", bytes(100_000)),
    ("zeros before it", bytes(5_000), b""),
    ("twice", b"", b"\n"),
)


def _crossed() -> Iterator[File]:
    """The beginning of one kind on the body of another, and one kind behind another."""
    first = {kind: made()[0] for kind, made in seeds.KINDS.items()}
    for one, head in first.items():
        for other, body in first.items():
            if one != other:
                yield File(f"{one} that goes on as {other}", head[:64] + body[64:], is_list=False)
                yield File(f"{one} with {other} behind it", head + body, is_list=one in ("csv", "xlsx"))
