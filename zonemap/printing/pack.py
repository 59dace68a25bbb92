"""A pack as one PDF: its list, the maps of its floors, and its sheets in the order of the walk.

A small pack is set at once; a large one as a print run: in parts, by several processes, with how far it is.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Any

import pikepdf

from zonemap.model.pack import Pack
from zonemap.model.sign import SignOptions
from zonemap.printing import typst_page
from zonemap.printing.book import MAP, Pictures, require_seen, sheets_named
from zonemap.printing.paper import Paper, list_paper
from zonemap.printing.print_run import PrintSheet, print_run
from zonemap.printing.sheets import Sheet, count, designation_words, facility_words

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
            sheets += sheets_named(floor, MAP, options, pictures)
    return _book(pack, sheets), pictures


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
