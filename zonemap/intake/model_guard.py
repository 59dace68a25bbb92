"""The door for models and lists that are wanted without a picture: read in the same child, within the same limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.frames import Header, answer_from, packed
from zonemap.intake.kinds import kind_of
from zonemap.intake.process import MEGABYTE, Limits, Sentences, ask
from zonemap.model.draft import DraftFloor
from zonemap.model.draft_document import floor_draft_document, floor_draft_from
from zonemap.model.listed import ListedRoom
from zonemap.model.listed_document import listed_document, listed_from

Answer = TypeVar("Answer")
MODEL_LIMITS = Limits(upload_bytes=100 * MEGABYTE, cpu_seconds=60, seconds=90.0, memory_bytes=3 << 30)
LIST_LIMITS = Limits(answer_bytes=50 * MEGABYTE)
_FLOORS_MOST = 200

_MODEL = Sentences(
    too_slow="This model takes too long to read: it holds too much. Export one building with its rooms, walls and "
    "doors alone, and upload that.",
    too_long="This model holds too many rooms. Export one building, and upload that.",
    broken="This model could not be read: it is damaged, or too intricate. Export it again, and upload that.",
    busy="Other plans are being read just now. Nothing was stored: try again in a minute.",
)
_LIST = Sentences(
    too_slow="This list takes too long to read. Save only the sheet with the rooms, and upload that.",
    too_long="This list is too long. Save only the rooms of one building, and upload that.",
    broken="This list could not be read. Save it again as .xlsx or CSV, and upload that.",
    busy="Other files are being read just now. Nothing was stored: try again in a minute.",
)


def read_model(data: bytes, *, limits: Limits = MODEL_LIMITS) -> tuple[DraftFloor, ...]:
    """The floors in a model, the lowest first; metres, y up, in the file's own place; without walls.

    Raises Invalid or TooLarge, saying what to do, and Busy when too much is being read.
    """
    if not kind_of(data).is_model:
        raise Invalid(
            "This is no model with rooms in it (IFC, IMDF, GeoJSON, OpenStreetMap). Use zonemap trace for drawings."
        )
    return _asked("model", data, _floors, limits, _MODEL)


def read_list(data: bytes, *, limits: Limits = LIST_LIMITS) -> tuple[ListedRoom, ...]:
    """The rows of a list of rooms. Raises as ``read_model`` does."""
    if not kind_of(data).is_list:
        raise Invalid("This is no list of rooms. Save it as .xlsx or CSV with a column for the room's number.")
    return _asked("list", data, lambda header, _: listed_from(header["rows"]), limits, _LIST)


def packed_floors(floors: tuple[DraftFloor, ...]) -> bytes:
    """Floors for the parent."""
    return packed({"floors": [floor_draft_document(floor) for floor in floors]})


def packed_list(rows: tuple[ListedRoom, ...]) -> bytes:
    """The rows of a list for the parent."""
    return packed({"rows": listed_document(rows)})


def _asked(
    job: str, data: bytes, read: Callable[[Header, list[bytes]], Answer], limits: Limits, sentences: Sentences
) -> Answer:
    if len(data) > limits.upload_bytes:
        most, has = limits.upload_bytes / MEGABYTE, len(data) / MEGABYTE
        raise TooLarge(f"This file has {has:.1f} MB; the most is {most:.0f} MB. Export one building, and use that.")
    return ask(job, {}, data, lambda answer: answer_from(answer, read), limits, sentences)


def _floors(header: Header, _: list[bytes]) -> tuple[DraftFloor, ...]:
    floors = header["floors"]
    if not isinstance(floors, list) or not 0 < len(floors) <= _FLOORS_MOST:
        raise ValueError("no floors, or too many")
    return tuple(floor_draft_from(floor) for floor in floors)
