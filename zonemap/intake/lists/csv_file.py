"""A list of rooms as CSV, in whatever encoding and with whatever mark between the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from zonemap.errors import Invalid
from zonemap.intake.lists.columns import Rows
from zonemap.model.listed import ListedRoom

_MARKS = ",;\t|"
_LOOKED_AT = 20  # lines
_DAMAGED = "This list could not be read as CSV. Save it again as CSV (UTF-8) or .xlsx, and upload that."


def read_csv(data: bytes) -> tuple[ListedRoom, ...]:
    """The rooms in a CSV file. Raises Invalid or TooLarge."""
    text = _text(data)
    try:
        return tuple(Rows().rooms(_rows(text)))
    except csv.Error as error:
        raise Invalid(_DAMAGED) from error


def _rows(text: str) -> Iterator[list[str]]:
    yield from csv.reader(StringIO(text, newline=""), delimiter=_mark(text))


def _text(data: bytes) -> str:
    """The text: UTF-16 and UTF-8 where they are, else what Windows in the West writes."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _mark(text: str) -> str:
    """The mark that cuts the first lines into the most columns, as many in each line."""
    lines = [line for line in text[:100_000].splitlines()[: 4 * _LOOKED_AT] if line.strip()][:_LOOKED_AT]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) > 4:
        return lines[0][4]

    def columns(mark: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=mark)]
        most = max(set(counts), key=lambda count: (counts.count(count), count)) if counts else 1
        return (counts.count(most) if most > 1 else 0), most

    return max(_MARKS, key=columns)
