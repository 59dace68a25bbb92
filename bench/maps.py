"""Maps of large floors with their labels: warm, each floor never drawn before; and how that grows."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle

from bench.measure import Row, Skipped
from tests.geometry.floors import grid_floor
from zonemap.model.facility import Designation, Facility, SiteKind
from zonemap.model.sign import FloorSigns, SignOptions
from zonemap.printing.book import sheet_pdf
from zonemap.printing.floor_map import map_sheet
from zonemap.printing.paper import paper_named
from zonemap.work.floor_signs import floor_signs

FACILITY = Facility("f", "Larkspur Clinic", "1420 Larkspur Avenue", "", "Chicago", "IL", "60601", SiteKind.CLINIC)
OPTIONS = SignOptions(paper="tabloid", languages=("en",))
ROOMS = (500, 1000, 2000, 4000, 8000)


def rows() -> Iterator[Row | Skipped]:
    """Each against the converter that Linux brings, on the same picture without a word."""
    for rooms in ROOMS:
        what = f"a map of {rooms} rooms with labels"
        if not shutil.which("rsvg-convert"):
            yield Skipped(what, "rsvg-convert (apt-get install librsvg2-bin)")
            continue
        yield _row(what, rooms)


def _row(what: str, rooms: int) -> Row:
    fresh = cycle([_signs(rooms, number) for number in range(12)])  # Typst keeps what it has set for ten runs
    _, pictures = map_sheet(next(fresh), paper_named("tabloid"), "map")
    convert, drawn = ["rsvg-convert", "--format=pdf"], pictures["map"].encode()

    def ours() -> bytes:
        return sheet_pdf(next(fresh), "map", OPTIONS)

    return Row(
        what,
        ours,
        "rsvg-convert of its picture",
        lambda: subprocess.run(convert, input=drawn, stdout=-3, check=True),
    )


def _signs(rooms: int, number: int) -> FloorSigns:
    """A floor whose rooms are called as no other's: neither we nor Typst have seen their labels."""
    floor = grid_floor(rooms)
    named = replace(floor, rooms=tuple(replace(room, name=f"Exam room {number}") for room in floor.rooms))
    made = Designation("d", FACILITY, named, number + 1, 1, datetime(2026, 11, 24, tzinfo=UTC), "Ana Ruiz")
    return floor_signs(made, (), OPTIONS)
