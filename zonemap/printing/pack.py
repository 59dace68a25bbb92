"""A pack as one PDF: its list, the maps of its floors, and its sheets in the order of the walk.

A small pack is set at once; a large one as a print run: in parts, by several processes, with how far it is.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import accumulate
from typing import Any

import pikepdf

from zonemap.model.pack import Pack
from zonemap.model.sign import FloorSigns, SignOptions
from zonemap.printing import typst_page
from zonemap.printing.book import Pictures, require_seen, sheets_named
from zonemap.printing.floor_map import map_sheets
from zonemap.printing.map_request import MapRequest
from zonemap.printing.paper import Paper, list_paper
from zonemap.printing.print_run import PrintSheet, print_run
from zonemap.printing.sheets import Sheet, count, designation_words, facility_words

_ELSEWHERE_MOST = 6  # sheets in rooms that a map names; the list has them all
AT_ONCE_MOST = 40  # sheets that are set in this process, in less time than others take to start

Book = tuple[dict[str, Any], Pictures]


def pack_file(pack: Pack, options: SignOptions, progress: Callable[[int], None]) -> bytes:
    """The pack as one tagged PDF. ``progress`` is told how many of its sheets are done; what it raises stops the work.

    Raises Invalid where nobody has acknowledged an unchecked language.
    """
    _require_seen(pack)
    before = _pages_before(pack, options)
    progress(0)
    book, pictures = _front_book(pack, options, before=before)
    sheets = ((sheet, shown) for line in pack.lines for sheet, shown in _line_sheets(pack, line.step, options))
    if len(pack.lines) <= AT_ONCE_MOST:
        for sheet, shown in sheets:
            book["sheets"].append(sheet)
            pictures |= shown
        made = typst_page.pdf(book, pictures)
        progress(len(pack.lines))
        return made
    front: list[PrintSheet] = [(sheet, pictures) for sheet in book["sheets"]]
    ends = list(accumulate((len(_line_sheets(pack, line.step, options)) for line in pack.lines), initial=len(front)))
    run = print_run(
        book["title"],
        book["author"],
        _after(front, sheets),
        on_progress=lambda done: progress(max(0, bisect_right(ends, done) - 1)),
    )
    return b"".join(run)


def pack_front(pack: Pack, options: SignOptions) -> bytes:
    """The list and the maps alone."""
    _require_seen(pack)
    return typst_page.pdf(*_front_book(pack, options, before=_pages_before(pack, options)))


def _require_seen(pack: Pack) -> None:
    for floor in pack.floors:
        require_seen(floor.unseen)


def _after(first: Iterable[PrintSheet], then: Iterator[PrintSheet]) -> Iterator[PrintSheet]:
    yield from first
    yield from then


def _pages_before(pack: Pack, options: SignOptions) -> int:
    """How many pages stand before the first sheet: the list tells on which page each one stands."""
    made = typst_page.pdf(*_front_book(pack, options, before=0))
    with pikepdf.open(io.BytesIO(made)) as document:
        return len(document.pages)


def _line_sheets(pack: Pack, step: int, options: SignOptions) -> list[PrintSheet]:
    line, shown = pack.lines[step - 1], Pictures()
    return [(sheet, shown) for sheet in sheets_named(line.floor, line.sheet, options, shown)]


def _front_book(pack: Pack, options: SignOptions, *, before: int) -> Book:
    pictures = Pictures()
    sheets = [list_sheet(pack, list_paper(options.paper), before)]
    for floor in pack.floors:
        if pack.maps and floor.floor.rooms:
            sheets += _location_map(pack, floor, options, pictures)
    return _book(pack, sheets), pictures


def _location_map(pack: Pack, floor: FloorSigns, options: SignOptions, pictures: Pictures) -> list[Sheet]:
    """The map of a floor, its doors numbered as in the list; the other doors have no number on it."""
    numbers, elsewhere = _hung(pack, floor)
    doors = tuple(replace(door, number=", ".join(numbers.get(door.id, ()))) for door in floor.floor.doors)
    shown = replace(floor, designation=replace(floor.designation, floor=replace(floor.floor, doors=doors)))
    name = f"map-{len(pictures)}"
    sheets, drawn = map_sheets(shown, list_paper(options.paper), MapRequest(to_hang=True), name)
    pictures.update(drawn)
    if elsewhere:
        more = f"; {len(elsewhere) - _ELSEWHERE_MOST} more in the list" if len(elsewhere) > _ELSEWHERE_MOST else ""
        words = f"In rooms: {'; '.join(elsewhere[:_ELSEWHERE_MOST])}{more}."
        sheets[0] = sheets[0] | {"small_print": f"{words} {sheets[0]['small_print']}"}
    return sheets


def _hung(pack: Pack, floor: FloorSigns) -> tuple[dict[str, list[str]], list[str]]:
    """The numbers of the sheets at each door, by its id; and the sheets that hang in a room, with its name."""
    at = {sign.sheet: sign.door.id for sign in floor.signs} | {each.door.id: each.door.id for each in floor.notices}
    at |= {place.sheet: place.door.id for place in floor.places if place.door}
    numbers: dict[str, list[str]] = {}
    elsewhere = []
    for line in pack.lines:
        if line.floor is not floor:
            continue
        if line.sheet in at:
            numbers.setdefault(at[line.sheet], []).append(str(line.step))
        else:
            elsewhere.append(f"{line.step} {line.place}")
    return numbers, elsewhere


def _book(pack: Pack, sheets: list[Sheet]) -> dict[str, Any]:
    title = f"Signs and notices, {pack.facility.name}"
    return {"title": title, "author": pack.facility.name, "sheets": sheets}


def list_sheet(pack: Pack, paper: Paper, before: int) -> Sheet:
    """The index, which is also the list of whoever hangs the sheets; ``before`` pages stand before the first sheet."""
    page, rows = before + 1, []
    for line in pack.lines:
        rows.append(
            {
                "step": str(line.step),
                "door": line.door,
                "place": line.place,
                "floor": line.floor.floor.name,
                "kind": line.kind.label,
                "page": str(page),
            }
        )
        page += line.pages
    designations = "; ".join(f"{floor.floor.name}: {designation_words(floor)}" for floor in pack.floors)
    first = f"List of {count(len(rows), 'sheet')}, {pack.mark[:8].upper()}"
    name = facility_words(pack.floors[0]) if pack.floors else pack.facility.name
    return {
        "kind": "pack-list",
        "title": f"List, {pack.facility.name}",
        "width": paper.width_mm,
        "height": paper.height_mm,
        "margin": paper.margin_mm,
        "heading": "What to hang, in the order of the walk",
        "place": ", ".join(part for part in (pack.facility.name, pack.facility.address) if part),
        "note": f"{designations}.",
        "rows": rows,
        "foot": [[first, ""], [name, ""]],
    }
