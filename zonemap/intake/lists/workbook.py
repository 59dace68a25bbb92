"""A list of rooms as an Excel workbook: any sheet with a header, or a COBie handover workbook. Only for the child.

COBie (NBIMS-US V3) has a sheet for each kind of thing: Space (its Name is the room's number, its Description the
name), Zone (which spaces belong to a department), Component (doors, with the spaces they join) and Coordinate (boxes).
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from statistics import median
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetMetadata, SheetTypeEnum

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.lists.columns import COLUMNS_MOST, ROWS_MOST, Rows, cell, number_in
from zonemap.model.listed import ListedRoom

_ENTRIES_MOST = 2_000
_BYTES_MOST = 150_000_000
_SHEETS_MOST = 60
_CELLS_MOST = ROWS_MOST * COLUMNS_MOST  # of the smallest table that holds all of a sheet: that is what takes memory
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,9})([0-9]+)["']""", re.IGNORECASE)  # of a cell, or of a row
_UNITS = (1.0, 0.001, 0.3048, 0.0254)  # metres, millimetres, feet, inches
_AS_LARGE_AS_BOX = (0.75, 3.0)  # a box is this much larger than the room in it, for most rooms

_DAMAGED = "This workbook could not be read. Open it in Excel, save it again as .xlsx or CSV, and upload that."
_BOMB = "This workbook unpacks to more than {} MB. Save only the sheet with the rooms, and upload that."
_FAR = (
    "Something in this workbook stands far away from the list, at {} or before it. "
    "Delete what is beside and below the list, and upload it again."
)

Sheet = Sequence[Mapping[str, str]]  # rows by their column's name


def read_workbook(data: bytes) -> tuple[ListedRoom, ...]:
    """The rooms in a workbook. Raises Invalid or TooLarge."""
    try:
        book = CalamineWorkbook.from_filelike(_unpacked(data))
        sheets = {each.name.strip().lower(): book.get_sheet_by_name(each.name) for each in _tables(book)}
        return _cobie(sheets) if "space" in sheets and "floor" in sheets else _plain(sheets.values())
    except (CalamineError, BadZipFile, OSError, ValueError, KeyError, RuntimeError) as error:
        raise Invalid(_DAMAGED) from error
    except (EOFError, zlib.error, NotImplementedError) as error:
        raise Invalid(_DAMAGED) from error


def _unpacked(data: bytes) -> BytesIO:
    """The archive without its compression, so that nothing can become larger than what was counted here.

    Raises TooLarge for one that unpacks to too much, or whose cells span more than a list can need.
    """
    out = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(out, "w") as plain:
        entries = archive.infolist()
        if len(entries) > _ENTRIES_MOST or sum(entry.file_size for entry in entries) > _BYTES_MOST:
            raise TooLarge(_BOMB.format(_BYTES_MOST // 1_000_000))
        for entry in entries:
            content = archive.read(entry)  # never more than the size that was added up
            if b"<!DOCTYPE" in content:
                raise Invalid(_DAMAGED)  # no program writes one, and entities are made in one
            _check_span(content)  # of every part: which of them are sheets is for the archive to say
            plain.writestr(entry.filename, content)
    out.seek(0)
    return out


def _check_span(sheet: bytes) -> None:
    """Raise TooLarge where one stray cell makes a table of millions, of which the child would only die."""
    places = set(_PLACE.findall(sheet))
    across = {_column(letters.upper()) for letters, _ in places if letters} or {1}
    down = {int(row) for _, row in places} or {1}
    if (max(across) - min(across) + 1) * (max(down) - min(down) + 1) > _CELLS_MOST:
        farthest = max(places, key=lambda place: (_column(place[0].upper()), int(place[1])))
        raise TooLarge(_FAR.format(f"{farthest[0].decode()}{max(down)}"))


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _tables(book: CalamineWorkbook) -> Sequence[SheetMetadata]:
    return [each for each in book.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet][:_SHEETS_MOST]


def _plain(sheets: Iterable[CalamineSheet]) -> tuple[ListedRoom, ...]:
    """The rooms of the first sheet that has a header."""
    missing: Invalid | None = None
    for sheet in sheets:
        try:
            rooms = Rows().rooms(_values(sheet))
        except Invalid as error:
            missing = error
            continue
        if rooms:
            return tuple(rooms)
    raise missing or Invalid(_DAMAGED)


def _values(sheet: CalamineSheet) -> Iterator[Sequence[object]]:
    """The rows; a number without a fraction as people write it."""
    for row in sheet.to_python(nrows=ROWS_MOST + 2):
        yield [int(value) if isinstance(value, float) and value.is_integer() else value for value in row[:COLUMNS_MOST]]


# --- COBie -----------------------------------------------------------------------------------------------------------


def _cobie(sheets: Mapping[str, CalamineSheet]) -> tuple[ListedRoom, ...]:
    departments = _departments(_table(sheets.get("zone")))
    doors = _doors(_table(sheets.get("component")))
    sides = _sides(_table(sheets.get("coordinate")))
    rooms = [
        ListedRoom(
            number=row.get("name", ""),
            name=row.get("description", ""),
            department=departments.get(row.get("name", ""), ""),
            category=row.get("category", ""),
            floor=row.get("floorname", ""),
            area=number_in(row.get("netarea", "")) or number_in(row.get("grossarea", "")),
            size=sides.get(row.get("name", "")),
            doors=doors.get(row.get("name", ""), ()),
        )
        for row in _table(sheets["space"])
        if row.get("name") and row.get("name") != row.get("floorname")  # COBie gives the site a space of its own
    ]
    return _in_metres(rooms)


def _table(sheet: CalamineSheet | None) -> Sheet:
    """The rows of a COBie sheet, by the small names of its columns."""
    if sheet is None:
        return ()
    rows = _values(sheet)
    header = [cell(value).lower().replace(" ", "") for value in next(rows, ())]
    return [dict(zip(header, map(cell, row), strict=False)) for row in rows]


def _departments(zones: Sheet) -> Mapping[str, str]:
    """The zone of each space; zones of occupancy or departments before those of fire alarms or air."""
    found: dict[str, str] = {}
    ranked = sorted(
        zones, key=lambda row: not any(word in row.get("category", "").lower() for word in ("occup", "depart"))
    )
    for row in ranked:
        for space in _listed(row.get("spacenames", "")):
            found.setdefault(space, row.get("name", ""))
    return found


def _doors(components: Sheet) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in components:
        if "door" in f"{row.get('extobject', '')} {row.get('typename', '')} {row.get('name', '')}".lower():
            for space in _listed(row.get("space", "")):
                found[space].append(row.get("name", ""))
    return {space: tuple(marks) for space, marks in found.items()}


def _sides(coordinates: Sheet) -> Mapping[str, tuple[float, float]]:
    """The sides of each space's box, in whatever unit the workbook has."""
    corners: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    for row in coordinates:
        if row.get("sheetname", "").lower() == "space":
            try:
                place = float(row.get("coordinatexaxis", "")), float(row.get("coordinateyaxis", ""))
            except ValueError:
                continue
            corners[row.get("rowname", "")][row.get("category", "").lower()] = place
    sides = {}
    for space, both in corners.items():
        low, high = both.get("box-lowerleft"), both.get("box-upperright")
        if low is not None and high is not None:
            size = abs(high[0] - low[0]), abs(high[1] - low[1])
            if min(size) > 0 and max(size) < 1e7:
                sides[space] = size
    return sides


def _in_metres(rooms: Sequence[ListedRoom]) -> tuple[ListedRoom, ...]:
    """The boxes in metres. Workbooks state their unit, and it is wrong too often: the rooms' areas tell it."""
    ratios = [room.size[0] * room.size[1] / room.area for room in rooms if room.size is not None and room.area]
    low, high = _AS_LARGE_AS_BOX
    middle = median(ratios) if ratios else 0.0
    unit = next((unit for unit in _UNITS if low <= middle * unit * unit <= high), None)

    def sides(room: ListedRoom) -> tuple[float, float] | None:
        if unit is None or room.size is None:
            return None
        return room.size[0] * unit, room.size[1] * unit

    return tuple(replace(room, size=sides(room)) for room in rooms)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
