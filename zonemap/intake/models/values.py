"""JSON from strangers, and what is picked out of it: nothing is believed, everything is capped."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from zonemap.errors import Invalid, TooLarge

Position = tuple[float, float]
POSITIONS_MOST = 500_000  # corners in one file
ROOMS_MOST = 20_000  # rooms in one file; a floor has a limit of its own
_FARTHEST = 1e9
_WORDS_MOST = 400

_NO_JSON = "This file is not sound {}: {}. Save it again from the program that made it, and upload that."


def parsed(data: bytes, what: str) -> Any:
    """The JSON in ``data``. Raises Invalid, naming ``what`` the file was to be."""
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise Invalid(_NO_JSON.format(what, "it is no UTF-8 text")) from error
    except RecursionError as error:
        raise Invalid(_NO_JSON.format(what, "its brackets are nested too deep")) from error
    except ValueError as error:
        raise Invalid(_NO_JSON.format(what, "its text breaks off or is garbled")) from error


def _no_number(_: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")


def features(value: Any, what: str) -> list[Mapping[str, Any]]:
    """The features of a FeatureCollection; those that are none are left out. Raises Invalid, TooLarge."""
    listed = value.get("features") if isinstance(value, Mapping) else None
    if not isinstance(listed, list):
        raise Invalid(f"This file holds no list of features, so it is no {what}. Export it again, and upload that.")
    if len(listed) > POSITIONS_MOST:
        raise TooLarge(f"This file holds {len(listed):,} features. Export one building, and upload that.")
    return [one for one in listed if isinstance(one, Mapping)]


def properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    """A feature's properties, or none."""
    found = feature.get("properties")
    return found if isinstance(found, Mapping) else {}


def words(value: Any) -> str:
    """A text or number as one line of text; anything else is nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = f"{value:g}" if isinstance(value, float) and math.isfinite(value) else str(value)[: 2 * _WORDS_MOST]
    plain = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(plain.split())[:_WORDS_MOST]


def names(value: Any) -> tuple[str, ...]:
    """A label in one or several languages, as the file orders them: the first is the place's own."""
    listed = value.values() if isinstance(value, Mapping) else [value]
    return tuple(dict.fromkeys(text for text in map(words, listed) if text))


def position(value: Any) -> Position:
    """Two finite numbers. Raises ValueError."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) < 2:
        raise ValueError("no position")
    x, y = value[0], value[1]
    for part in (x, y):
        if isinstance(part, bool) or not isinstance(part, int | float) or not -_FARTHEST <= part <= _FARTHEST:
            raise ValueError("no number")
    return float(x), float(y)


class Polygons:
    """Reads polygons and lines out of GeoJSON geometries, counting their corners."""

    def __init__(self) -> None:
        self.positions = 0

    def polygons(self, geometry: Any) -> Iterator[list[list[Position]]]:
        """The polygons of a geometry, each a shell and holes; broken ones are left out. Raises TooLarge."""
        kind, coordinates = _kind(geometry)
        listed = coordinates if kind == "MultiPolygon" else [coordinates] if kind == "Polygon" else []
        for polygon in listed if isinstance(listed, list) else []:
            try:
                rings = [self._line(ring) for ring in polygon]
            except (ValueError, TypeError):
                continue
            if rings and len(rings[0]) > 3:
                yield rings

    def line(self, geometry: Any) -> list[Position]:
        """The corners of a line, or of the first of several; the one place of a point; else nothing."""
        kind, coordinates = _kind(geometry)
        try:
            if kind == "Point":
                return [position(coordinates)]
            return self._line(coordinates[0] if kind == "MultiLineString" else coordinates if _is_line(kind) else [])
        except (ValueError, TypeError, IndexError, KeyError):
            return []

    def _line(self, ring: Any) -> list[Position]:
        if not isinstance(ring, list):
            raise ValueError("no list of positions")
        self.positions += len(ring)
        if self.positions > POSITIONS_MOST:
            raise TooLarge(
                f"This file holds more than {POSITIONS_MOST:,} corners. Export one building alone, and upload that."
            )
        return [position(one) for one in ring]


def _kind(geometry: Any) -> tuple[str, Any]:
    if not isinstance(geometry, Mapping):
        return "", None
    kind = geometry.get("type")
    return (kind if isinstance(kind, str) else ""), geometry.get("coordinates")


def _is_line(kind: str) -> bool:
    return kind == "LineString"
