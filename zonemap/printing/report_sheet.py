"""A report as a sheet for ``templates/print/report.typ``, and as tagged PDF of its own."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from zonemap.model.report import NewPage, Part, Picture, Report, Rows
from zonemap.printing import typst_page
from zonemap.printing.paper import Paper, list_paper
from zonemap.printing.sheets import Sheet


def report_sheet(report: Report, paper: Paper) -> Sheet:
    """The report, as many pages as it takes."""
    return {
        "kind": "report",
        "title": report.title,
        "width": paper.width_mm,
        "height": paper.height_mm,
        "margin": paper.margin_mm + 6,
        "heading": report.heading,
        "facility": report.facility,
        "place": report.place,
        "points": report.points,
        "language": report.language,
        "direction": report.direction,
        "parts": [_part(part) for part in report.parts],
        "foot": [[report.left or report.title, report.right]],
    }


def report_pdf(reports: Sequence[Report], paper: str = "letter", photos: Mapping[str, bytes] | None = None) -> bytes:
    """Reports one after the other in one tagged PDF, each with a bookmark: the same bytes for the same reports.

    ``photos`` are the JPEGs of its pictures, by their names.

    Raises Invalid for a paper that there is none of.
    """
    sheet = list_paper(paper)
    first = reports[0]
    book = {"title": first.title, "author": first.facility, "sheets": [report_sheet(each, sheet) for each in reports]}
    pictures = {part.name: part for each in reports for part in each.parts if isinstance(part, Picture)}
    return typst_page.pdf(book, {name: _wrapped(part, (photos or {})[name]) for name, part in pictures.items()})


def _wrapped(part: Picture, jpeg: bytes) -> str:
    """A photo within a drawing, because a page is handed texts alone; its own bytes stand in the PDF."""
    inside = base64.b64encode(jpeg).decode()
    size = f'width="{part.width}" height="{part.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="data:image/jpeg;base64,{inside}"/></svg>'
    )


def _part(part: Part) -> dict[str, Any]:
    if isinstance(part, NewPage):
        return {"kind": "newpage"}
    values = asdict(part) | {"kind": type(part).__name__.lower()}
    if isinstance(part, Rows) and not part.widths:
        values["widths"] = [1.0] * len(part.names)
    return values
