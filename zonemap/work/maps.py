"""The maps of a facility: which there are of each floor, and each in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zonemap.drawing.audience import Audience, seen_by
from zonemap.model.plan import Door
from zonemap.model.sign import FloorSigns
from zonemap.printing.book import floor_parts
from zonemap.printing.map_request import MapPart, MapRequest
from zonemap.printing.map_words import room_rows, summary

__all__ = ["Audience", "MapRequest", "MapSeries", "map_series", "map_sheet_names"]


@dataclass(frozen=True, slots=True)
class MapSeries:
    """The maps of one floor for one audience: the whole, its parts, and those at a door; and the floor in words."""

    signs: FloorSigns
    audience: Audience
    parts: tuple[MapPart, ...]
    doors: tuple[Door, ...]  # before which a reader may stand
    summary: str
    rooms: Sequence[dict[str, str]]


def map_series(signs: FloorSigns, audience: Audience, paper: str) -> MapSeries | None:
    """The maps of a floor on that paper; None where that audience sees no room of it."""
    seen = seen_by(signs.floor, audience)
    if not seen.rooms:
        return None
    return MapSeries(
        signs=signs,
        audience=audience,
        parts=floor_parts(signs, paper, MapRequest(audience)),
        doors=seen.doors,
        summary=summary(signs, audience),
        rooms=room_rows(signs, audience),
    )


def map_sheet_names(signs: FloorSigns, paper: str) -> Iterator[tuple[str, str]]:
    """Every map of a floor, as what a file of it is called and its name among the floor's sheets."""
    floor, number = signs.floor.name, signs.designation.number
    for audience in Audience:
        series = map_series(signs, audience, paper)
        if series is None:
            continue
        yield f"{floor} {audience} map designation {number}", MapRequest(audience).name
        yield f"{floor} {audience} map in words designation {number}", MapRequest(audience, words=True).name
        for place, part in enumerate(series.parts, 1):
            yield f"{floor} {audience} map part {part.name} designation {number}", MapRequest(audience, part=place).name
