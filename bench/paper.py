"""Sheets: warm, as the server makes them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from bench.measure import Row, Skipped
from bench.print_html import as_html
from bench.print_run import PICTURES, sheets
from tests.geometry.floors import lobby_floor
from zonemap.model.facility import Designation, Facility, SiteKind
from zonemap.model.sign import FloorSigns, SeenLanguage, SignOptions, SignPlan
from zonemap.printing import typst_page
from zonemap.printing.book import sheet_pdf, sheet_svg
from zonemap.work.floor_signs import floor_signs

FACILITY = Facility("f", "Larkspur Clinic", "1420 Larkspur Avenue", "", "Chicago", "IL", "60601", SiteKind.CLINIC)
SIGNS = 200
SIGNS_OF_WEASYPRINT = 10  # it takes seconds for these: the figures of both are for one page
OPTIONS = SignOptions(paper="letter", languages=("en", "es"))
PLAN = SignPlan(seen=(SeenLanguage("es", "Ana Ruiz", date(2026, 11, 24)),))


def rows() -> Iterator[Row | Skipped]:
    """A sign against an empty page of the same program, and many against other programs."""
    numbers = count(1)

    def sign() -> bytes:
        """A sign that was never set before: Typst remembers what it has set."""
        signs = _signs(next(numbers))
        return sheet_pdf(signs, signs.signs[0].door.id, OPTIONS)

    def shown() -> object:
        """The picture of a sign that was never set before."""
        signs = _signs(next(numbers))
        return sheet_svg(signs, signs.signs[0].door.id, OPTIONS)

    warm = typst.Compiler()
    yield Row("one sign, PDF", sign, "an empty Typst page", lambda: warm.compile(input=b"", format="pdf"), repeats=5)
    yield Row("one sign to look at, SVG", shown, "an empty Typst page", lambda: warm.compile(input=b"", format="svg"))
    yield from _many()


def _many() -> Iterator[Row | Skipped]:
    """200 signs in four languages as one tagged PDF, against programs that make PDF of the same sheets."""
    what, turns = f"{SIGNS} signs in 4 languages, a page", count(1)

    def ours() -> bytes:
        """Feet that were never set before."""
        turn = next(turns)
        feet = [sheet | {"foot": [[f"{turn}: {sheet['title']}", ""], ["", ""]]} for sheet in sheets(SIGNS)]
        return typst_page.pdf({"title": "Signs", "author": "Clinic", "sheets": feet}, PICTURES)

    pages = len(list(sheets(SIGNS)))
    with TemporaryDirectory() as folder:
        if shutil.which("rsvg-convert"):
            convert = ["rsvg-convert", "--format=pdf", f"--output={folder}/all.pdf", *_drawn(Path(folder))]
            peer = "rsvg-convert of their SVG"
            yield Row(what, ours, peer, lambda: subprocess.run(convert, check=True), rounds=3, parts=pages)
        else:
            yield Skipped(what, "rsvg-convert (apt-get install librsvg2-bin)")
        if weasyprint := shutil.which("weasyprint"):
            html = Path(folder) / "some.html"
            html.write_text(as_html(sheets(SIGNS_OF_WEASYPRINT)), encoding="utf-8")
            convert = [weasyprint, "--pdf-variant", "pdf/ua-1", "--quiet", str(html), f"{folder}/some.pdf"]
            yield Row(
                what,
                ours,
                f"WeasyPrint of {SIGNS_OF_WEASYPRINT} of them",
                lambda: subprocess.run(convert, check=True, stderr=-3),
                rounds=1,
                parts=pages,
                peer_parts=len(list(sheets(SIGNS_OF_WEASYPRINT))),
            )
        else:
            yield Skipped(what, "weasyprint on the PATH (pip install weasyprint, in an environment of its own)")


def _drawn(folder: Path) -> list[str]:
    """The sheets as SVG files."""
    book = {"title": "Signs", "author": "Clinic", "sheets": list(sheets(SIGNS))}
    paths = []
    for number, page in enumerate(typst_page.svg(book, PICTURES)):
        paths.append(folder / f"{number:04}.svg")
        paths[-1].write_bytes(page)
    return [str(path) for path in paths]


def _signs(number: int) -> FloorSigns:
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    return floor_signs(Designation("d", FACILITY, lobby_floor(), number, 1, moment, "Ana Ruiz"), (), OPTIONS, PLAN)
