"""Rooms, doors and labels on a sheet that is kept here: a PNG of ours, or packed line work. Only for the child."""

from __future__ import annotations

import importlib
from io import BytesIO
from typing import Any

from zonemap.errors import Invalid
from zonemap.intake.linework_pack import unpacked
from zonemap.model.draft import DraftDoor, DraftRoom, TraceOptions
from zonemap.model.linework import Linework, Text
from zonemap.model.plan import Point
from zonemap.model.traced import Traced

_GZIP = b"\x1f\x8b"


def module(name: str) -> Any:
    """A part of the program that is still being written. Raises Invalid where it is not there yet."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise Invalid(f"This version of zonemap can't do this yet: {name} is missing.") from error


def trace(source: bytes, options: TraceOptions, *, texts: bool) -> Traced:
    """All rooms, doors and labels."""
    if source.startswith(_GZIP):
        linework = unpacked(source)
        rooms = module("zonemap.tracing.lines").trace_linework(linework, options)
        doors = module("zonemap.tracing.doors").find_in_linework(linework, rooms, options)
        return _traced(rooms, doors, linework.texts, options)
    grey = _grey(source)
    rooms = module("zonemap.tracing.raster").trace_picture(grey, options)
    doors = module("zonemap.tracing.doors").find_on_picture(grey, rooms, options)
    return _traced(rooms, doors, _read_texts(grey) if texts else (), options)


def candidates(source: bytes, point: Point, options: TraceOptions) -> tuple[DraftRoom, ...]:
    """What the room around a point may be, the best first."""
    if source.startswith(_GZIP):
        return tuple(module("zonemap.tracing.lines").room_candidates(unpacked(source), point, options))
    return tuple(module("zonemap.tracing.raster").room_candidates(_grey(source), point, options))


def label(source: bytes, rooms: tuple[DraftRoom, ...], options: TraceOptions) -> Traced:
    """The rooms with what is written in them."""
    found = _texts_of(unpacked(source)) if source.startswith(_GZIP) else _read_texts(_grey(source))
    named = module("zonemap.tracing.labels").attach(rooms, found, options.metres_per_unit)
    return Traced(rooms=tuple(named), texts=found)


def _texts_of(linework: Linework) -> tuple[Text, ...]:
    return linework.texts


def _traced(
    rooms: tuple[DraftRoom, ...], doors: tuple[DraftDoor, ...], texts: tuple[Text, ...], options: TraceOptions
) -> Traced:
    named = module("zonemap.tracing.labels").attach(rooms, texts, options.metres_per_unit) if texts else rooms
    shared = module("zonemap.tracing.cover").shared_walls(named, options.metres_per_unit)
    return Traced(rooms=tuple(shared), faces=tuple(named), doors=tuple(doors), texts=texts)


def _read_texts(grey: Any) -> tuple[Text, ...]:
    return tuple(module("zonemap.intake.ocr").read_texts(grey))


def _grey(png: bytes) -> Any:
    """The picture as an array of grey values, 0 is black. A picture of ours: its size was checked when it came in."""
    import cv2
    import numpy as np
    from PIL import Image

    cv2.setNumThreads(1)
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(BytesIO(png), formats=["PNG"]) as image:
        return np.asarray(image.convert("L"))
