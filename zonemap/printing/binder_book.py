"""The binder as one tagged PDF: a first page with contents, parts one after the other, one foot on every page."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from zonemap.model.binder import BinderFront, CallSheet
from zonemap.model.report import Report, Words
from zonemap.printing import typst_page
from zonemap.printing.book import Pictures
from zonemap.printing.paper import Paper, list_paper
from zonemap.printing.report_sheet import report_sheet
from zonemap.printing.sheets import Sheet, day

PAPER = "letter"
_ROWS_MM, _ROW_MOST_MM, _ROW_LEAST_MM, _HOLE_MM = 190.0, 24.0, 9.0, 6.0
_NOTES = (
    "Print all of it anew when a part changes, and throw the old one away: every page names its revision and code.",
    "Information, not legal advice. Nobody has reviewed the rules, the texts and the default policy, but where a part "
    "names a person who has.",
)


@dataclass(frozen=True, slots=True)
class BinderPart:
    """One part: its title, what it is, and its sheets; ``missing`` where there is nothing yet."""

    title: str
    what: str
    sheets: tuple[Sheet, ...] = ()
    pictures: Pictures = field(default_factory=dict)
    missing: str = ""


def binder_mark(parts: Sequence[BinderPart]) -> str:
    """The SHA-256 of all that the binder says and of the templates that set it."""
    told = [[part.title, part.what, part.missing, part.sheets, part.pictures] for part in parts]
    text = json.dumps([typst_page.templates_mark(), told], sort_keys=True, ensure_ascii=False, default=list)
    return hashlib.sha256(text.encode()).hexdigest()


def binder_pdf(parts: Sequence[BinderPart], front: BinderFront) -> bytes:
    """The whole binder: the same bytes for the same parts and front."""
    paper = list_paper(PAPER)
    sheets, contents, pictures = [], [], Pictures()
    for number, part in enumerate(parts, 1):
        made = _sheets(number, part, front, paper)
        shown = f"{number}. {part.title}"
        contents.append({"title": made[0]["title"], "shown": shown, "inner": False, "missing": bool(part.missing)})
        for sheet, named in zip(made, part.sheets, strict=False):
            if len(made) > 1:  # the first of several once more, by its own name
                shown = named["title"].removesuffix(f", {front.facility}")
                contents.append({"title": sheet["title"], "shown": shown, "inner": True, "missing": False})
        sheets += made
        pictures |= part.pictures
    first = _front(front, contents, paper)
    foot = f"{front.facility}, binder revision {front.number} of {day(front.day)}, code {front.code}"
    book = {"title": first["title"], "author": front.facility, "running": foot, "sheets": [first, *sheets]}
    return typst_page.pdf(book, pictures)


def _sheets(number: int, part: BinderPart, front: BinderFront, paper: Paper) -> list[Sheet]:
    """The sheets of a part, its name on the first; a page that says so where there is none."""
    name = f"{number}. {part.title}"
    if part.missing or not part.sheets:
        parts = (Words(part.what), Words(part.missing, strong=True))
        return [report_sheet(Report(name, name, front.facility, front.place, parts, part.title), paper)]
    first, *others = part.sheets
    return [first | {"title": name}, *(sheet | {"offset": 1} for sheet in others)]


def _front(front: BinderFront, contents: list[dict[str, Any]], paper: Paper) -> Sheet:
    return {
        "kind": "binder-front",
        "title": f"Binder, {front.facility}",
        "width": paper.width_mm,
        "height": paper.height_mm,
        "facility": front.facility,
        "place": front.place,
        "heading": "Binder: when officers come",
        "facts": [
            ["Revision", f"{front.number} of {day(front.day)}, code {front.code}"],
            ["Rules of the desk", front.rules],
        ],
        "notes": list(_NOTES),
        "contents": contents,
    }


def call_sheets(sheet: CallSheet, right: str = "") -> tuple[Sheet, ...]:
    """The call sheet: one page, and more only where so many people are listed that nobody could read it."""
    paper = list_paper(PAPER)
    room = _ROWS_MM - _HOLE_MM * len(sheet.holes)
    most = int(room / _ROW_LEAST_MM)
    pages = [sheet.steps[start : start + most] for start in range(0, len(sheet.steps), most)] or [()]
    return tuple(
        {
            "kind": "call-sheet",
            "title": "Call sheet" if number == 1 else f"Call sheet, page {number}",
            "heading": "Call sheet",
            "width": paper.width_mm,
            "height": paper.height_mm,
            "margin": paper.margin_mm + 6,
            "facility": sheet.facility,
            "address": sheet.address,
            "how": f"Call from the top. No answer in {sheet.wait}: call the next one. "
            "A step with nobody in it, or nobody on duty, is passed over at once.",
            "steps": [asdict(step) for step in steps],
            "row_mm": max(_ROW_LEAST_MM, min(_ROW_MOST_MM, room / max(1, len(steps)))),
            "holes": list(sheet.holes) if number == len(pages) else [],
            "foot": [
                [f"Call sheet, {sheet.facility}", right],
                ["Information, not legal advice", "Keep it at the desk"],
            ],
        }
        for number, steps in enumerate(pages, 1)
    )


def call_sheet_pdf(sheet: CallSheet, right: str = "") -> bytes:
    """The call sheet alone as tagged PDF."""
    sheets = list(call_sheets(sheet, right))
    return typst_page.pdf({"title": f"Call sheet, {sheet.facility}", "author": sheet.facility, "sheets": sheets})
