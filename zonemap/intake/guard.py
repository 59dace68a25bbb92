"""The door for what came in: each job is done in a child process, so that a hostile or broken file hurts only that.

An upload becomes a sheet, pages or floors; a sheet that is kept here becomes proposed rooms, doors and labels. What
comes back is checked (``sheet_frames.py``, ``traced_frames.py``) and never believed. ``process.py`` has the limits.
"""

from __future__ import annotations

from dataclasses import replace

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.kinds import Kind, is_ifc, kind_of
from zonemap.intake.process import MEGABYTE, Limits, Sentences, ask
from zonemap.intake.sheet import Read, Sheet
from zonemap.intake.sheet_frames import lines_from, result_from
from zonemap.intake.traced_frames import drafts_from, question, traced_from
from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.plan import Point
from zonemap.model.traced import Traced

__all__ = ["LIMITS", "MEGABYTE", "Limits", "candidates", "faces", "label", "read", "trace"]

LIMITS = Limits()
_DRAWINGS = Limits(cpu_seconds=20, seconds=45.0)
_MODELS = Limits(cpu_seconds=60, seconds=90.0, memory_bytes=3 << 30)
_TRACING = Limits(cpu_seconds=30, seconds=60.0, memory_bytes=2 << 30, answer_bytes=50 * MEGABYTE)
_READING = Limits(cpu_seconds=120, seconds=150.0, memory_bytes=4 << 30, answer_bytes=50 * MEGABYTE)
_SMALLER_MODEL = (
    "Export one building with its rooms, walls and doors alone, without furniture and pipes, or its floor plans as PDF."
)
_PICTURES = (Kind.PNG, Kind.JPEG, Kind.PDF, Kind.SVG)
# Their pictures come first: what is wrong with the lines must not cost the picture.
_WITH_LINES = (Kind.PDF, Kind.SVG, Kind.DXF)

_UPLOAD = Sentences(
    too_slow="This plan takes too long to read: it holds too much. "
    "Save it again as PDF with one page, or export a PNG of 4000 to 8000 pixels, and upload that.",
    too_long="This plan takes too much room as a picture. "
    "Scan or export it in grey with 4000 to 8000 pixels on the long side, and upload that.",
    broken="This file could not be read: it is damaged, or too intricate. "
    "Open it in the program that made it, save it again as PDF or PNG, and upload that.",
    busy="Other plans are being read just now. Nothing was stored: upload yours again in a minute.",
)
_SEARCH = Sentences(
    too_slow="Finding the rooms takes too long on this plan. Draw a box around the part that matters, and try again.",
    too_long="There is too much on this plan. Draw a box around the part that matters, and try again.",
    broken="The rooms of this plan could not be found. Try with a box around a part of it, or draw the rooms by hand.",
    busy="Other plans are being worked on just now. Nothing was changed: try again in a minute.",
)
_LETTERS = replace(
    _SEARCH,
    too_slow="Reading the numbers takes too long on this plan. The rooms stand without them: "
    "type the numbers, or take them from a list of rooms.",
    broken="The numbers could not be read on this plan. Type them, or take them from a list of rooms.",
)


def read(data: bytes, *, page: int | None = None, limits: Limits = LIMITS) -> Read:
    """The sheet in ``data``; the pages to choose from where a PDF has several and ``page`` (from 1) is None; or floors.

    Raises Invalid or TooLarge, saying what to do, and Busy when too many plans are being read.
    """
    kind = _within(data, limits)
    result = ask("read", {"page": page}, data, result_from, _limits_of(kind, limits), _UPLOAD)
    return _with_lines(data, page, result) if kind in _WITH_LINES and isinstance(result, Sheet) else result


def trace(source: bytes, options: TraceOptions, *, texts: bool = True) -> Traced:
    """All rooms, doors and labels on a sheet: a PNG of ours, or packed line work. In its units.

    Without ``texts`` a picture's letters are left unread, which is the slow part. Raises Invalid, TooLarge, Busy.
    """
    limits = _READING if texts else _TRACING
    return ask("trace", question(options, texts=texts), source, traced_from, limits, _SEARCH)


def faces(source: bytes, options: TraceOptions, *, texts: bool = True) -> Traced:
    """As ``trace``, but the rooms' faces and labels alone: no doors are looked for, and no walls shared."""
    limits = _READING if texts else _TRACING
    return ask("faces", question(options, texts=texts), source, traced_from, limits, _SEARCH)


def candidates(source: bytes, point: Point, options: TraceOptions) -> tuple[DraftRoom, ...]:
    """What the room around a point may be, the best first, in the units of the sheet. Raises as ``trace`` does."""
    return ask("candidates", question(options, point=point), source, drafts_from, _TRACING, _SEARCH)


def label(source: bytes, rooms: tuple[DraftRoom, ...], options: TraceOptions) -> Traced:
    """These rooms with the numbers and names that stand in them, and all texts. Raises as ``trace`` does."""
    return ask("label", question(options, rooms=rooms), source, traced_from, _READING, _LETTERS)


def _within(data: bytes, limits: Limits) -> Kind:
    """The kind of a file that is not too large. Refuses what is not read, without a child. Raises Invalid, TooLarge."""
    if len(data) <= limits.upload_bytes:
        return kind_of(data)
    is_model = is_ifc(data)
    most = max(limits.model_bytes, limits.upload_bytes) if is_model else limits.upload_bytes
    if len(data) > most:
        less = "Save only the page with the floor plan, or scan it in grey at 200 dots per inch."
        raise TooLarge(
            f"This file has {len(data) / MEGABYTE:.1f} MB; the most is {most / MEGABYTE:.0f} MB. "
            + (_SMALLER_MODEL if is_model else less),
            limit_bytes=most,
        )
    return kind_of(data)


def _limits_of(kind: Kind, limits: Limits) -> Limits:
    """Drawings and models need more than pictures; where somebody set the time, that holds."""
    if kind in _PICTURES or limits.cpu_seconds != LIMITS.cpu_seconds:
        return limits
    return replace(_MODELS, upload_bytes=limits.upload_bytes)


def _with_lines(data: bytes, page: int | None, sheet: Sheet) -> Sheet:
    """The sheet with its line work, where that can be read; the picture serves in any case."""
    values = {"page": page, "size": [sheet.width_px, sheet.height_px]}
    try:
        return replace(sheet, lines=ask("lines", values, data, lines_from, _DRAWINGS, _UPLOAD))
    except (Invalid, TooLarge):
        return sheet
