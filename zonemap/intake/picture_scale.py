"""How long a pixel of a plan's picture may be, asked of the child. The parent's side."""

from __future__ import annotations

import math

from zonemap.intake.frames import Header, answer_from
from zonemap.intake.process import Limits, Sentences, ask

_LIMITS = Limits(cpu_seconds=60, seconds=120.0, memory_bytes=2 << 30, answer_bytes=10_000)
_SAY = "Say how long a unit is with --scale."
_SENTENCES = Sentences(
    too_slow=f"Finding out the scale of this plan takes too long. {_SAY}",
    too_long=f"The scale of this plan could not be found out. {_SAY}",
    broken=f"The scale of this plan could not be found out. {_SAY}",
    busy="Other plans are being worked on just now. Try again in a minute.",
)


def guess_picture_scale(png: bytes, paper_metres_per_pixel: float | None) -> float | None:
    """Metres on the ground for a pixel of a picture of ours, guessed from the doors; None where nothing tells.

    Where a pixel's length on paper is known, the guess is the nearest scale that plans are drawn at.
    Raises Invalid, TooLarge or Busy.
    """
    return ask("scale", {"paper": paper_metres_per_pixel}, png, _metres_from, _LIMITS, _SENTENCES)


def _metres_from(data: bytes) -> float | None:
    return answer_from(data, lambda header, _: _metres(header))


def _metres(header: Header) -> float | None:
    metres = header["metres"]
    if metres is None:
        return None
    if not isinstance(metres, float) or not math.isfinite(metres) or metres <= 0:
        raise ValueError("not a length")
    return metres
