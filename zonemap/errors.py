"""One tree of errors. Each carries the data a caller needs, and a sentence that a person can act on.

``web/errors.py`` is the only place that turns them into HTTP; the command line prints ``str(error)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ZonemapError(Exception):
    """The root. ``message`` is a plain-language sentence that says what to do next."""

    def __init__(self, message: str, **data: Any) -> None:
        super().__init__(message)
        self.message = message
        self.data: dict[str, Any] = data


class Invalid(ZonemapError):
    """What was given cannot be used. ``fields`` maps a field name to its own sentence."""

    def __init__(self, message: str, *, fields: Mapping[str, str] | None = None, **data: Any) -> None:
        super().__init__(message, **data)
        self.fields: dict[str, str] = dict(fields or {})


class NotFound(ZonemapError):
    """There is no such thing, or it is not yours: the two look alike on purpose."""


class Forbidden(ZonemapError):
    """The person is known, but their role does not include this."""


class Conflict(ZonemapError):
    """Somebody else was faster. ``data`` holds both sides, so that nothing is lost."""


class TooLarge(ZonemapError):
    """More bytes, pixels, rooms or vertices than the stated limit."""


class Busy(ZonemapError):
    """A limit on how much may happen at once was reached; trying again later helps."""


class NoRoom(Busy):
    """The disk is full: what was asked for was not done, and can be once somebody has made room."""


class ReadOnly(Busy):
    """Nothing is changed at the moment, on purpose: zonemap is being upgraded or moved."""
