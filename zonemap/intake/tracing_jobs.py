"""Rooms, doors and labels on a sheet that is kept here: a PNG of ours, or packed line work. Only for the child."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from zonemap.intake.linework_pack import unpacked
from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.linework import Linework, Text
from zonemap.model.plan import Point
from zonemap.model.traced import Traced
from zonemap.tracing import cover, doors, labels, lines, photograph, raster

_GZIP = b"\x1f\x8b"


def trace(source: bytes, options: TraceOptions, *, texts: bool) -> Traced:
    """All rooms, doors and labels."""
    if source.startswith(_GZIP):
        linework = unpacked(source)
        traced = _faces_in(linework, options)
        found = doors.find_in_linework(linework, traced.faces, options)
    else:
        grey = _grey(source)
        traced = _faces_on(grey, options, texts=texts)
        found = doors.find_on_picture(grey, traced.faces, options)
    return replace(traced, rooms=cover.shared_walls(traced.faces, options.metres_per_unit), doors=found)


def faces(source: bytes, options: TraceOptions, *, texts: bool) -> Traced:
    """All rooms along their faces, and labels: for whoever needs neither doors nor a coverage."""
    if source.startswith(_GZIP):
        return _faces_in(unpacked(source), options)
    return _faces_on(_grey(source), options, texts=texts)


def candidates(source: bytes, point: Point, options: TraceOptions) -> tuple[DraftRoom, ...]:
    """What the room around a point may be, the best first, with what is written in it where the file has texts."""
    if source.startswith(_GZIP):
        linework = unpacked(source)
        rooms = lines.room_candidates(linework, point, options)
        return tuple(
            named
            for room in rooms
            for named in labels.attach((room,), linework.texts, options.metres_per_unit, y_down=linework.y_down)
        )
    return raster.room_candidates(_grey(source), point, options)


def picture_scale(source: bytes, paper: float | None) -> float | None:
    """Metres on the ground for each pixel, guessed; ``paper`` is the length of a pixel on paper, None if unknown."""
    grey = _grey(source)
    guess = raster.guess_metres_per_pixel(grey)
    if guess is None or paper is None:
        return None if guess is None else float(guess)
    return lines.nearest_usual(guess, paper, grey.shape)


def label(source: bytes, rooms: tuple[DraftRoom, ...], options: TraceOptions) -> Traced:
    """The rooms with what is written in them. Raises Invalid where pictures can't be read here."""
    if source.startswith(_GZIP):
        linework = unpacked(source)
        texts, y_down = linework.texts, linework.y_down
    else:
        from zonemap.intake import ocr

        texts, y_down = ocr.read_texts(_grey(source)), True
    named = labels.attach(rooms, texts, options.metres_per_unit, y_down=y_down)
    return Traced(rooms=named, texts=texts)


def _faces_in(linework: Linework, options: TraceOptions) -> Traced:
    rooms = lines.trace_linework(linework, options)
    return _named(rooms, linework.texts, options, y_down=linework.y_down)


def _faces_on(grey: npt.NDArray[np.uint8], options: TraceOptions, *, texts: bool) -> Traced:
    rooms = raster.trace_picture(grey, options)
    warnings = (photograph.WARNING,) if photograph.is_photograph(grey) else ()
    return replace(_named(rooms, _legible(grey) if texts else (), options, y_down=True), warnings=warnings)


def _named(rooms: tuple[DraftRoom, ...], texts: tuple[Text, ...], options: TraceOptions, *, y_down: bool) -> Traced:
    named = labels.attach(rooms, texts, options.metres_per_unit, y_down=y_down) if texts else rooms
    return Traced(faces=named, texts=texts)


def _legible(grey: npt.NDArray[np.uint8]) -> tuple[Text, ...]:
    """What stands on a picture; nothing where the extra that reads letters is not installed."""
    from zonemap.intake import ocr

    return ocr.read_texts(grey) if ocr.is_installed() else ()


def _grey(png: bytes) -> npt.NDArray[np.uint8]:
    """The picture as an array of grey values, 0 is black. A picture of ours: its size was checked when it came in."""
    cv2.setNumThreads(1)  # the child may start no further thread
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(BytesIO(png), formats=["PNG"]) as image:
        return np.asarray(image.convert("L"))
