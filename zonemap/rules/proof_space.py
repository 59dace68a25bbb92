"""The whole observation space, and visits whose observations are read one by one, by the rules themselves.

Every key that a clerk can answer is a variable with all of its values; what they ask for is one variable a thing, so
that every set of things is tried. What a pack changes is a variable too: a proof holds for packs not written yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, cast

from zonemap.model.assessment import Confidence, PaperClass
from zonemap.model.paper import KINDS, PAPER_KEYS, Observations, Want
from zonemap.rules.pack import Pack
from zonemap.rules.state_law import LAWS

_SCENE_FIRST = ("danger_now", "entering_now", "paper", "top_heading", "title", "signer_label", "signed", "readable")
_LAST = ("names_this_place", "covers_area_wanted", "execute_by", "hours_ok", "all_pages", "lists_records", "court")
_MIDDLE = tuple(key for key in KINDS if key not in (*_SCENE_FIRST, *_LAST))
STALE, CONFIDENCE = "past its date", "confidence of the pack"


def _values(key: str) -> tuple[Any, ...]:
    """All words of a key; of the scene nothing can be *none shown*."""
    return tuple(word for word in KINDS[key] if key in PAPER_KEYS or word != "none_shown")


def _asks(want: Want) -> str:
    return f"asks for {want.value}"


SPACE: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        **{key: _values(key) for key in (*_SCENE_FIRST, *_MIDDLE)},
        **{_asks(want): (False, True) for want in Want},
        **{key: _values(key) for key in _LAST},
        **dict.fromkeys(LAWS, (False, True)),
        STALE: (False, True),
        CONFIDENCE: ("", *Confidence),
    }
)
OBSERVED = tuple(name for name in SPACE if name not in (*LAWS, STALE, CONFIDENCE))


class _Wants:
    """What they ask for, one thing at a time."""

    def __init__(self, point: Mapping[str, Any], among: frozenset[Want]) -> None:
        self._point = point
        self._among = among

    def __contains__(self, want: Want) -> bool:
        return want in self._among and bool(self._point[_asks(want)])

    def __and__(self, others: Iterable[Want]) -> _Wants:
        return _Wants(self._point, self._among & frozenset(others))

    def __sub__(self, others: Iterable[Want]) -> _Wants:
        return _Wants(self._point, self._among - frozenset(others))

    def __bool__(self) -> bool:
        return any(want in self for want in Want)


class _Visit:
    """Observations as the rules see them after ``read``, taken from a point of the space key by key."""

    def __init__(self, point: Mapping[str, Any]) -> None:
        self._point = point

    def __getattr__(self, name: str) -> Any:
        if name == "wants":
            return _Wants(self._point, frozenset(Want))
        if name in KINDS:
            return self._read(name)
        return cast(Any, vars(Observations)[name]).fget(self)  # its own properties, on these values

    def _read(self, key: str) -> Any:
        value = self._point[key]
        return KINDS[key]("unsure") if value == "none_shown" and self.paper_shown else value


class _Confidence:
    def __init__(self, point: Mapping[str, Any]) -> None:
        self._point = point

    def get(self, _: PaperClass, default: Confidence | None = None) -> Confidence | None:
        return self._point[CONFIDENCE] or default


class _Pack:
    """What a pack changes, taken from a point of the space. Anything else of a pack the access must not read."""

    def __init__(self, point: Mapping[str, Any]) -> None:
        self._point = point

    def __getattr__(self, name: str) -> Any:
        if name == "confidence":
            return _Confidence(self._point)
        if name not in LAWS:
            raise AttributeError(f"The access reads {name} of a pack, which the proof does not try. Add it to LAWS.")
        return self._point[name]


class _Stale:
    def __init__(self, point: Mapping[str, Any]) -> None:
        self._point = point

    def __bool__(self) -> bool:
        return bool(self._point[STALE])


def visit_at(point: Mapping[str, Any]) -> Observations:
    """The observations of a point, read only when a rule reads them."""
    return cast(Observations, _Visit(point))


def pack_at(point: Mapping[str, Any]) -> Pack:
    """The pack of a point, likewise."""
    return cast(Pack, _Pack(point))


def stale_at(point: Mapping[str, Any]) -> bool:
    """Whether the rules are past their date at a point."""
    return cast(bool, _Stale(point))


def observations_at(point: Mapping[str, Any]) -> Observations:
    """A point as plain observations; what it leaves open is as the space has it first, and asks for nothing."""
    wants = frozenset(want for want in Want if point.get(_asks(want)))
    told = {key: point.get(key, SPACE[key][0]) for key in KINDS}
    return Observations(wants=wants, **told, answered=frozenset(key for key in KINDS if key in point))
