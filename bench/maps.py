"""Maps of large floors with their labels: warm, each floor never drawn before; and how that grows."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle

from bench.measure import Row
from tests.geometry.floors import grid_floor
from zonemap.model.facility import Designation, Facility, SiteKind
from zonemap.model.floor_document import floor_document
from zonemap.model.sign import FloorSigns, SignOptions
from zonemap.printing.book import sheet_pdf
from zonemap.printing.floor_map import map_sheet
from zonemap.printing.paper import paper_named
from zonemap.work.floor_signs import floor_signs

FACILITY = Facility("f", "Larkspur Clinic", "1420 Larkspur Avenue", "", "Chicago", "IL", "60601", SiteKind.CLINIC)
OPTIONS = SignOptions(paper="tabloid", languages=("en",))
ROOMS = (500, 1000, 2000, 4000, 8000)


def rows() -> Iterator[Row]:
    """Each against the converter that Linux brings, on the same picture without a word; else against JSON."""
    for rooms in ROOMS:
        yield _row(f"a map of {rooms:,} rooms with labels", rooms)


def _row(what: str, rooms: int) -> Row:
    fresh = cycle([_signs(rooms, number) for number in range(12)])  # Typst keeps what it has set for ten runs

    def ours() -> bytes:
        return sheet_pdf(next(fresh), "map", OPTIONS)

    return Row(what, ours, *_peer(next(fresh)), rounds=5)


def _peer(signs: FloorSigns) -> tuple[str, Callable[[], object]]:
    if program := shutil.which("rsvg-convert"):
        _, pictures = map_sheet(signs, paper_named("tabloid"), "map")
        command, drawn = [program, "--format=pdf"], pictures["map"].encode()
        return "rsvg-convert of its picture", lambda: subprocess.run(command, input=drawn, stdout=-3, check=True)
    document = floor_document(signs.floor)
    return "json.dumps of the same floor", lambda: json.dumps(document)


def _signs(rooms: int, number: int) -> FloorSigns:
    """A floor whose rooms are called as no other's: neither we nor Typst have seen their labels."""
    floor = grid_floor(rooms)
    named = replace(floor, rooms=tuple(replace(room, name=f"Exam room {number}") for room in floor.rooms))
    made = Designation("d", FACILITY, named, number + 1, 1, datetime(2026, 11, 24, tzinfo=UTC), "Ana Ruiz")
    return floor_signs(made, (), OPTIONS)
