"""Which column of a list is what, told by the words at its top in the spellings that people use."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from zonemap.errors import Invalid, TooLarge
from zonemap.model.listed import ListedRoom

ROWS_MOST = 50_000
COLUMNS_MOST = 200
_HEADER_WITHIN = 30  # rows: lists begin with a title, a date, a logo
_CELL_MOST = 400
_SQUARE_FOOT = 0.09290304  # square metres

_NOTHING = frozenset({"n/a", "na", "none", "-", "–", "null", "nan", "#n/a"})

_NO_HEADER = (
    "The columns of this list could not be told apart. Give it a first row with the words "
    "number, name, department and function above their columns, and upload it again."
)


class Rows:
    """Reads rows one after the other: first finds the header, then makes rooms."""

    def __init__(self) -> None:
        self.columns: dict[str, int] = {}

    def rooms(self, rows: Iterable[Sequence[object]]) -> list[ListedRoom]:
        """The rooms in a table. Raises Invalid where no header is found, TooLarge over the cap."""
        found: list[ListedRoom] = []
        for index, row in enumerate(rows):
            if index > ROWS_MOST:
                raise TooLarge(f"This list has more than {ROWS_MOST:,} rows. Keep one building, and upload it again.")
            cells = [cell(value) for value in row[:COLUMNS_MOST]]
            if not self.columns and index < _HEADER_WITHIN:
                self.columns = columns_of(cells)
            elif self.columns:
                found += self._room(cells)
        if not self.columns:
            raise Invalid(_NO_HEADER)
        return found

    def _room(self, cells: Sequence[str]) -> list[ListedRoom]:
        def of(column: str) -> str:
            index = self.columns.get(column, len(cells))
            return cells[index] if index < len(cells) else ""

        if not of("number") and not of("name"):
            return []
        feet = number_in(of("area_feet"))
        area = number_in(of("area"))
        return [
            ListedRoom(
                number=of("number"),
                name=of("name"),
                department=of("department"),
                category=of("category"),
                floor=of("floor"),
                area=area if area is not None else None if feet is None else round(feet * _SQUARE_FOOT, 3),
                doors=tuple(mark.strip() for mark in re.split(r"[,;/]", of("doors")) if mark.strip()),
            )
        ]


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """Which column is what, where this row is a header; else nothing. A header names at least a number and one more."""
    found: dict[str, int] = {}
    for index, text in enumerate(cells):
        word = _word(text)
        column = _columns().get(word)
        if column is not None and column not in found:
            found[column] = index
    return found if "number" in found and len(found) > 1 else {}


@cache
def _columns() -> dict[str, str]:
    """The column that each heading stands for."""
    headings = tomllib.loads((files("zonemap.intake.lists") / "headings.toml").read_text(encoding="utf-8"))
    return {word: column for column, spellings in headings.items() for word in spellings}


def cell(value: object) -> str:
    """A cell as one line of text; what stands for nothing is nothing."""
    if value is None or isinstance(value, bool):
        return ""
    text = f"{value:.10g}" if isinstance(value, float) else str(value)[: 2 * _CELL_MOST]
    plain = " ".join("".join(char if char.isprintable() else " " for char in text).split())[:_CELL_MOST]
    return "" if plain.lower() in _NOTHING else plain


def number_in(text: str) -> float | None:
    """A positive number, with a comma or a point, with or without its unit; else None."""
    match = re.search(r"\d[\d ',.]*", text)
    if match is None:
        return None
    digits = re.sub(r"[ ']", "", match[0]).rstrip(".,")
    if "," in digits and "." in digits:
        thousands = "," if digits.rfind(",") < digits.rfind(".") else "."
        digits = digits.replace(thousands, "")
    elif re.fullmatch(r"\d{1,3}(,\d{3})+", digits):
        digits = digits.replace(",", "")
    try:
        value = float(digits.replace(",", "."))
    except ValueError:
        return None
    return value if 0 < value < 1e7 else None


def _word(text: str) -> str:
    """A heading as one small word: "Room No." and "room_no" are the same."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("#", "number"))  # letters and their accents
    return re.sub(r"[\W_]", "", "".join(char for char in apart if not unicodedata.combining(char)))
