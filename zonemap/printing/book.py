"""Sheets put together: one alone, or a facility's whole pack. The work layer's door to paper."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from zonemap.drawing.marks import shut_door
from zonemap.errors import NotFound
from zonemap.model.memo import Memo
from zonemap.model.sign import FacilitySigns, FloorSigns, SignOptions
from zonemap.printing import typst_page
from zonemap.printing.floor_map import lies_flat, map_sheet
from zonemap.printing.memo_sheet import memo_sheet
from zonemap.printing.paper import Paper, paper_named
from zonemap.printing.sheets import Sheet, notice_sheet, schedule_sheet, sign_sheet

MAP, SCHEDULE = "map", "schedule"
SHUT_DOOR = "shut-door"  # the picture on every door sign
Pictures = dict[str, str]

__all__ = [
    "MAP",
    "SCHEDULE",
    "edition",
    "map_lies_flat",
    "memo_pdf",
    "pack_pdf",
    "paper_named",
    "schedule_pages",
    "sheet_names",
    "sheet_pdf",
    "sheet_png",
    "sheet_svg",
]


def sheet_names(signs: FloorSigns) -> tuple[str, ...]:
    """Every sheet of a floor in the order of the pack: "schedule", "map", then the ids of the doors as one walks.

    A floor without rooms has no map.
    """
    return (
        SCHEDULE,
        *((MAP,) if signs.floor.rooms else ()),
        *(notice.door.id for notice in signs.notices),
        *(sign.sheet for sign in signs.signs),
    )


def sheet_pdf(signs: FloorSigns, sheet: str, options: SignOptions) -> bytes:
    """One sheet as tagged PDF. Raises NotFound where the floor has no such sheet."""
    return typst_page.pdf(*_book_of_one(signs, sheet, options))


def sheet_svg(signs: FloorSigns, sheet: str, options: SignOptions) -> tuple[bytes, ...]:
    """One sheet as SVG, a picture a page. Raises NotFound where the floor has no such sheet."""
    return typst_page.svg(*_book_of_one(signs, sheet, options))


def sheet_png(signs: FloorSigns, sheet: str, options: SignOptions, *, ppi: float = 96) -> tuple[bytes, ...]:
    """One sheet as PNG, a picture a page. Raises NotFound where the floor has no such sheet."""
    return typst_page.png(*_book_of_one(signs, sheet, options), ppi=ppi)


def pack_pdf(signs: FacilitySigns, options: SignOptions) -> bytes:
    """Every sheet of every floor in one tagged PDF, each with a bookmark."""
    paper, pictures = paper_named(options.paper), Pictures()
    sheets = [_sheet(floor, name, paper, pictures) for floor in signs.floors for name in sheet_names(floor)]
    return typst_page.pdf(_book(f"Signs and notices, {signs.facility.name}", signs.facility.name, sheets), pictures)


def memo_pdf(memo: Memo, floors: Sequence[FloorSigns], options: SignOptions) -> bytes:
    """The designation memo, and the map of each floor that it speaks of, in one tagged PDF."""
    paper, pictures = paper_named(options.paper), Pictures()
    maps = [_sheet(floor, MAP, paper, pictures) for floor in floors if floor.floor.rooms]
    sheet = memo_sheet(memo, paper)
    return typst_page.pdf(_book(sheet["title"], memo.facility.name, [sheet, *maps]), pictures)


def map_lies_flat(signs: FloorSigns, paper: str) -> bool:
    """Whether the map's sheet is turned on its side. Raises Invalid for a floor without rooms."""
    return lies_flat(signs.floor, paper_named(paper))


@lru_cache(maxsize=16)
def schedule_pages(signs: FloorSigns, paper: str) -> int:
    """How many pages the schedule takes."""
    return len(sheet_svg(signs, SCHEDULE, SignOptions(paper=paper)))


def edition(floors: Sequence[FloorSigns], options: SignOptions) -> str:
    """A mark that changes with anything that these sheets are made of: designation, words, options, templates."""
    parts = [(floor.designation.id, floor.policy_number, floor.notices, floor.signs) for floor in floors]
    return hashlib.sha256(repr((typst_page.templates_mark(), options, parts)).encode()).hexdigest()[:32]


def _book(title: str, author: str, sheets: Sequence[Sheet]) -> dict[str, Any]:
    return {"title": title, "author": author, "sheets": list(sheets)}


def _book_of_one(signs: FloorSigns, name: str, options: SignOptions) -> tuple[dict[str, Any], Pictures]:
    pictures = Pictures()
    sheet = _sheet(signs, name, paper_named(options.paper), pictures)
    return _book(sheet["title"], signs.designation.facility.name, [sheet]), pictures


def _sheet(signs: FloorSigns, name: str, paper: Paper, pictures: Pictures) -> Sheet:
    """The sheet of that name; the pictures that it shows are added to ``pictures``."""
    if name == SCHEDULE:
        return schedule_sheet(signs, paper)
    if name == MAP:
        sheet, drawn = map_sheet(signs, paper, f"map-{len(pictures)}")
        pictures.update(drawn)
        return sheet
    return _door_sheet(signs, name, paper, pictures)


@cache
def _shut_door() -> str:
    return shut_door()


def _door_sheet(signs: FloorSigns, door_id: str, paper: Paper, pictures: Pictures) -> Sheet:
    for notice in signs.notices:
        if notice.door.id == door_id:
            return notice_sheet(signs, notice, paper)
    for sign in signs.signs:
        if sign.sheet == door_id:
            pictures[SHUT_DOOR] = _shut_door()
            return sign_sheet(signs, sign, paper)
    raise NotFound("There is no sheet for this door: it needs none, or the plan was designated without it.")
