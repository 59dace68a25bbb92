"""A pack as one PDF: its list, the maps of its floors, and its sheets in the order of the walk, set in parts.

The parts are of a size that keeps memory small, and that lets somebody see how far it is.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

from zonemap.model.pack import Pack, PackLine
from zonemap.model.sign import SignOptions
from zonemap.printing import typst_page
from zonemap.printing.book import MAP, Pictures, require_seen, sheets_named
from zonemap.printing.joining import join
from zonemap.printing.paper import Paper, list_paper
from zonemap.printing.sheets import Sheet, count, designation_words, facility_words

PART_SHEETS = 100

Part = tuple[dict[str, Any], Pictures]


def pack_parts(pack: Pack, options: SignOptions) -> Iterator[tuple[bytes, int]]:
    """The parts as tagged PDFs, each with how many of the pack's sheets it holds; the first has the list and the maps.

    Raises Invalid where nobody has acknowledged an unchecked language.
    """
    for floor in pack.floors:
        require_seen(floor.unseen)
    yield _front(pack, options), 0
    for start in range(0, len(pack.lines), PART_SHEETS):
        some = pack.lines[start : start + PART_SHEETS]
        yield typst_page.pdf(*_part(pack, some, options)), len(some)


def joined(parts: Sequence[bytes]) -> bytes:
    """The parts as one PDF, with their tags and bookmarks; the same parts give the same bytes."""
    return parts[0] if len(parts) == 1 else join(parts)


def _front(pack: Pack, options: SignOptions) -> bytes:
    """The list and the maps: set twice, because the list tells on which page each sheet stands."""
    made = typst_page.pdf(*_front_book(pack, options, before=0))
    with pikepdf.open(io.BytesIO(made)) as document:
        return typst_page.pdf(*_front_book(pack, options, before=len(document.pages)))


def _front_book(pack: Pack, options: SignOptions, *, before: int) -> Part:
    pictures = Pictures()
    sheets = [list_sheet(pack, list_paper(options.paper), before)]
    for floor in pack.floors:
        if pack.maps and floor.floor.rooms:
            sheets += sheets_named(floor, MAP, options, pictures)
    return _book(pack, sheets), pictures


def _part(pack: Pack, lines: Sequence[PackLine], options: SignOptions) -> Part:
    pictures = Pictures()
    sheets = [sheet for line in lines for sheet in sheets_named(line.floor, line.sheet, options, pictures)]
    return _book(pack, sheets), pictures


def _book(pack: Pack, sheets: Sequence[Sheet]) -> dict[str, Any]:
    title = f"Signs and notices, {pack.facility.name}"
    return {"title": title, "author": pack.facility.name, "sheets": list(sheets)}


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
