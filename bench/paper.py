"""Sheets: warm, as the server makes them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count

import typst

from bench.measure import Row, Skipped
from tests.geometry.floors import lobby_floor
from zonemap.model.facility import Designation, Facility, SiteKind
from zonemap.model.sign import FloorSigns, SeenLanguage, SignOptions, SignPlan
from zonemap.printing.book import sheet_pdf, sheet_svg
from zonemap.work.floor_signs import floor_signs

FACILITY = Facility("f", "Larkspur Clinic", "1420 Larkspur Avenue", "", "Chicago", "IL", "60601", SiteKind.CLINIC)
OPTIONS = SignOptions(paper="letter", languages=("en", "es"))
PLAN = SignPlan(seen=(SeenLanguage("es", "Ana Ruiz", date(2026, 11, 24)),))


def rows() -> Iterator[Row | Skipped]:
    """A sign against an empty page of the same program, and against the converter that Linux brings."""
    numbers = count(1)

    def sign() -> bytes:
        """A sign that was never set before: Typst remembers what it has set."""
        signs = _signs(next(numbers))
        return sheet_pdf(signs, signs.signs[0].door.id, OPTIONS)

    warm = typst.Compiler()
    yield Row("one sign, PDF", sign, "an empty Typst page", lambda: warm.compile(input=b"", format="pdf"), repeats=5)
    if not shutil.which("rsvg-convert"):
        yield Skipped("one sign, PDF", "rsvg-convert (apt-get install librsvg2-bin)")
        return
    signs = _signs(0)
    (drawn,) = sheet_svg(signs, signs.signs[0].door.id, OPTIONS)
    convert = ["rsvg-convert", "--format=pdf"]
    peer = "rsvg-convert of its SVG"
    yield Row("one sign, PDF", sign, peer, lambda: subprocess.run(convert, input=drawn, stdout=-3, check=True))


def _signs(number: int) -> FloorSigns:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    return floor_signs(Designation("d", FACILITY, lobby_floor(), number, 1, moment, "Ana Ruiz"), (), OPTIONS, PLAN)
