"""The door for a photo of a paper at the desk: a child process reads it and is gone. No file, no row, no network."""

from __future__ import annotations

import importlib.util

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.frames import Header, answer_from
from zonemap.intake.process import MEGABYTE, Limits, Sentences, ask
from zonemap.model.reading import CROP_HEIGHT, CROP_WIDTH_MOST, LINES_MOST, TEXT_MOST, Crop, ReadLine

PHOTO_MOST_MB = 12
_LIMITS = Limits(
    upload_bytes=PHOTO_MOST_MB * MEGABYTE,
    cpu_seconds=30,
    seconds=60.0,
    memory_bytes=4 << 30,
    answer_bytes=8 * MEGABYTE,
    patience_seconds=3.0,
)
_SENTENCES = Sentences(
    too_slow="This photo takes too long to read. Go on without it: read the paper yourself.",
    too_long="This photo holds too much to read. Go on without it: read the paper yourself.",
    broken="This photo could not be read. Take it anew as JPEG or PNG, or go on without it.",
    busy="Other pictures are being read just now. Go on without the photo: read the paper yourself.",
)


def is_installed() -> bool:
    """Whether the extra ``zonemap[ocr]`` is there."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def lines_of(photo: bytes) -> tuple[ReadLine, ...]:
    """The lines on a photo. Raises Invalid or TooLarge with a sentence, Busy when too many pictures are being read."""
    if len(photo) > _LIMITS.upload_bytes:
        raise TooLarge(f"This photo is over {PHOTO_MOST_MB} MB. Take it anew with fewer pixels, or go on without it.")
    try:
        return ask("paper", {}, photo, _lines_from, _LIMITS, _SENTENCES)
    except Invalid as error:  # the child speaks of plans
        raise Invalid(_SENTENCES.broken) from error
    except TooLarge as error:
        raise TooLarge(_SENTENCES.too_slow) from error


def _lines_from(data: bytes) -> tuple[ReadLine, ...]:
    return answer_from(data, _checked)


def _checked(header: Header, blobs: list[bytes]) -> tuple[ReadLine, ...]:
    lines = header["lines"]
    if len(lines) != len(blobs) or len(lines) > LINES_MOST:
        raise ValueError("lines and crops do not fit")
    return tuple(_line(line, blob) for line, blob in zip(lines, blobs, strict=True))


def _line(line: Header, blob: bytes) -> ReadLine:
    width, height = line["crop"]
    text = line["text"]
    fits = isinstance(text, str) and len(text) <= TEXT_MOST and height == CROP_HEIGHT
    if not fits or not 0 < width <= CROP_WIDTH_MOST or len(blob) != width * height:
        raise ValueError("a line that is none")
    places = {name: float(line[name]) for name in ("left", "top", "width", "height", "certainty")}
    return ReadLine(text=text, crop=Crop(width, height, blob), **places)
