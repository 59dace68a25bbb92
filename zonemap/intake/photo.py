"""The door for a photo of a sheet on a wall: its pixels alone, written anew as a JPEG by a child process."""

from __future__ import annotations

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.frames import Header, answer_from
from zonemap.intake.process import MEGABYTE, Limits, Sentences, ask

SIDE_MOST = 1600  # pixels of the longer side
PHOTO_MOST_MB = 12
_LIMITS = Limits(upload_bytes=PHOTO_MOST_MB * MEGABYTE, cpu_seconds=8, seconds=20.0, answer_bytes=4 * MEGABYTE)
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive
_SENTENCES = Sentences(
    too_slow="This photo takes too long to read. Take it anew with fewer pixels.",
    too_long="This photo takes too much room. Take it anew with fewer pixels.",
    broken="This photo could not be read. Take it anew, as JPEG or PNG.",
    busy="Other pictures are being read just now. The photo is kept on this phone: it is sent again in a minute.",
)


def photo_of(data: bytes, *, side: int = SIDE_MOST) -> bytes:
    """The photo as a JPEG of ours, upright, at most ``side`` pixels a side, without what the camera wrote into it.

    Raises Invalid or TooLarge with a sentence, Busy when too many pictures are being read.
    """
    if len(data) > _LIMITS.upload_bytes:
        raise TooLarge(f"This photo is over {PHOTO_MOST_MB} MB. Take it anew with fewer pixels.")
    try:
        return ask("photo", {"side": side}, data, _photo_from, _LIMITS, _SENTENCES)
    except Invalid as error:  # the child speaks of plans
        raise Invalid(_SENTENCES.broken) from error
    except TooLarge as error:
        raise TooLarge(_SENTENCES.too_long) from error


def photo_size(jpeg: bytes) -> tuple[int, int]:
    """Width and height in pixels of a photo that ``photo_of`` made (ITU-T T.81, B.2.2). Raises ValueError."""
    at = 2
    while at + 9 <= len(jpeg):
        mark, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4])
        if mark in _FRAMES:
            return int.from_bytes(jpeg[at + 7 : at + 9]), int.from_bytes(jpeg[at + 5 : at + 7])
        at += 2 + length
    raise ValueError("a JPEG without a frame")


def _photo_from(data: bytes) -> bytes:
    return answer_from(data, _checked)


def _checked(_: Header, blobs: list[bytes]) -> bytes:
    (jpeg,) = blobs
    if not jpeg.startswith(_JPEG):
        raise ValueError("not a JPEG")
    return jpeg
