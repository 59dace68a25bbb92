"""Sheets put together: one alone, or a facility's whole pack. The work layer's door to paper."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from zonemap.drawing.marks import open_door, shut_door
from zonemap.errors import Invalid, NotFound
from zonemap.model.memo import Memo
from zonemap.model.sign import DoorSign, FacilitySigns, FloorSigns, Language, PlaceSign, SignOptions
from zonemap.printing import typst_page
from zonemap.printing.floor_map import lies_flat, map_sheets, parts_of
from zonemap.printing.imposition import laid, setting_of
from zonemap.printing.map_request import MapPart, MapRequest, request_from
from zonemap.printing.memo_sheet import memo_sheet
from zonemap.printing.paper import Paper, list_paper, paper_named
from zonemap.printing.sheets import OPEN_DOOR, SHUT_DOOR, Sheet, notice_sheets, schedule_sheet, sign_sheets

MAP, SCHEDULE = "map", "schedule"
_MARKS = {SHUT_DOOR: shut_door, OPEN_DOOR: open_door}
_USUAL = SignOptions()
Pictures = dict[str, str]

__all__ = [
    "MAP",
    "SCHEDULE",
    "edition",
    "floor_parts",
    "map_lies_flat",
    "map_size",
    "memo_pdf",
    "pack_pdf",
    "page_size",
    "paper_named",
    "require_seen",
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
        *(place.sheet for place in signs.places),
        *(sign.sheet for sign in signs.signs),
    )


def sheet_pdf(signs: FloorSigns, sheet: str, options: SignOptions) -> bytes:
    """One sheet as tagged PDF, as many pages as its languages take.

    Raises NotFound where the floor has no such sheet, Invalid where nobody has acknowledged an unchecked language.
    """
    if sheet != SCHEDULE and request_from(sheet) is None:
        require_seen(signs.unseen)
    return typst_page.pdf(*_book_of_one(signs, sheet, options))


def sheet_svg(signs: FloorSigns, sheet: str, options: SignOptions) -> tuple[bytes, ...]:
    """One sheet as SVG, a picture a page. Raises NotFound where the floor has no such sheet."""
    return typst_page.svg(*_book_of_one(signs, sheet, options))


def sheet_png(
    signs: FloorSigns, sheet: str, options: SignOptions, *, ppi: float = 96, page: int | None = None
) -> tuple[bytes, ...]:
    """One sheet as PNG, a picture a page, or the picture of one ``page`` alone; none where there is no such page.

    Raises NotFound where the floor has no such sheet.
    """
    book, pictures = _book_of_one(signs, sheet, options)
    if page is None:
        return typst_page.png(book, pictures, ppi=ppi)
    wanted = slice(max(page, 1) - 1, page)
    if len(book["sheets"]) == 1:
        return typst_page.png(book, pictures, ppi=ppi)[wanted]
    some = book["sheets"][wanted]  # each is one page: of a poster, one tile is painted
    return typst_page.png(book | {"sheets": some}, pictures, ppi=ppi) if some else ()


def pack_pdf(signs: FacilitySigns, options: SignOptions) -> bytes:
    """Every sheet of every floor in one tagged PDF, each with a bookmark."""
    for floor in signs.floors:
        require_seen(floor.unseen)
    pictures = Pictures()
    sheets = [
        sheet
        for floor in signs.floors
        for name in sheet_names(floor)
        for sheet in sheets_named(floor, name, options, pictures)
    ]
    return typst_page.pdf(_book(f"Signs and notices, {signs.facility.name}", signs.facility.name, sheets), pictures)


def memo_pdf(memo: Memo, floors: Sequence[FloorSigns], options: SignOptions) -> bytes:
    """The designation memo, and the map of each floor that it speaks of, in one tagged PDF."""
    pictures = Pictures()
    maps = [sheet for floor in floors if floor.floor.rooms for sheet in sheets_named(floor, MAP, options, pictures)]
    sheet = memo_sheet(memo, list_paper(options.paper))
    return typst_page.pdf(_book(sheet["title"], memo.facility.name, [sheet, *maps]), pictures)


def page_size(options: SignOptions) -> tuple[float, float]:
    """Width and height, in millimetres, of a page with signs. Raises Invalid for what cannot be printed so."""
    return setting_of(options).page


def map_size(signs: FloorSigns, paper: str) -> tuple[float, float]:
    """Width and height, in millimetres, of the sheet with the floor's map. Raises Invalid for a floor without rooms."""
    sheet = list_paper(paper)
    upright = (sheet.width_mm, sheet.height_mm)
    return upright[::-1] if map_lies_flat(signs, paper) else upright


def map_lies_flat(signs: FloorSigns, paper: str, name: str = MAP) -> bool:
    """Whether a map's sheet is turned on its side. Raises Invalid for a floor without rooms."""
    return lies_flat(signs.floor, list_paper(paper), request_from(name))


def floor_parts(signs: FloorSigns, paper: str, request: MapRequest) -> tuple[MapPart, ...]:
    """The wings and tiles of which the floor has maps of their own for that audience."""
    return parts_of(signs.floor, list_paper(paper), request.audience)


@lru_cache(maxsize=16)
def schedule_pages(signs: FloorSigns, paper: str) -> int:
    """How many pages the schedule takes."""
    return len(sheet_svg(signs, SCHEDULE, SignOptions(paper=paper)))


def sheet_pages(signs: FloorSigns, sheet: str, options: SignOptions = _USUAL) -> int:
    """How many pages a sheet for a wall takes: one, and more where it bears many languages or is a poster."""
    return len(sheets_named(signs, sheet, options, {}))


def edition(floors: Sequence[FloorSigns], options: SignOptions) -> str:
    """A mark that changes with anything that these sheets are made of: designation, words, options, templates."""
    parts = [(floor.designation.id, floor.policy_number, floor.notices, floor.signs, floor.places) for floor in floors]
    return hashlib.sha256(repr((typst_page.templates_mark(), options, parts)).encode()).hexdigest()[:32]


def _book(title: str, author: str, sheets: Sequence[Sheet]) -> dict[str, Any]:
    return {"title": title, "author": author, "sheets": list(sheets)}


def _book_of_one(signs: FloorSigns, name: str, options: SignOptions) -> tuple[dict[str, Any], Pictures]:
    pictures = Pictures()
    sheets = sheets_named(signs, name, options, pictures)
    return _book(sheets[0]["title"], signs.designation.facility.name, sheets), pictures


def sheets_named(signs: FloorSigns, name: str, options: SignOptions, pictures: Pictures) -> list[Sheet]:
    """The sheets of that name, most often one; the pictures that they show are added to ``pictures``."""
    paper = list_paper(options.paper)
    if name == SCHEDULE:
        return [schedule_sheet(signs, paper)]
    if request := request_from(name):
        sheets, drawn = map_sheets(signs, paper, request, f"map-{len(pictures)}")
        pictures.update(drawn)
        return sheets
    setting = setting_of(options)
    return laid(_wall_sheets(signs, name, setting.paper, pictures), setting)


@cache
def _mark(name: str) -> str:
    return _MARKS[name]()


def _wall_sheets(signs: FloorSigns, name: str, paper: Paper, pictures: Pictures) -> list[Sheet]:
    for notice in signs.notices:
        if notice.door.id == name:
            return notice_sheets(signs, notice, paper)
    on_walls: tuple[DoorSign | PlaceSign, ...] = (*signs.places, *signs.signs)
    for sign in on_walls:
        if sign.sheet == name:
            sheets = sign_sheets(signs, sign, paper)
            if picture := sheets[0]["picture"]:
                pictures[picture] = _mark(picture)
            return sheets
    raise NotFound("There is no sheet for this door: it needs none, or the plan was designated without it.")


def require_seen(unseen: Sequence[Language]) -> None:
    """Refuse to print a language that nobody has checked before somebody has said that they know it."""
    if unseen:
        names = ", ".join(each.name for each in unseen)
        raise Invalid(
            f"Nobody has checked these texts: {names}. Open Signs, say that you know it, and print then. "
            "A qualified translator can check them first.",
            unseen=[each.code for each in unseen],
        )
