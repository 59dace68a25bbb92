"""How well floors that were read fit the truth: rooms by id, their outlines by intersection over union."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import shapely

from zonemap.model.draft import DraftFloor


@dataclass
class Score:
    """One value a room or a door of the truth."""

    overlaps: list[float] = field(default_factory=list)
    numbers: list[bool] = field(default_factory=list)
    names: list[bool] = field(default_factory=list)
    pairs: list[bool] = field(default_factory=list)

    @property
    def doors_right(self) -> float:
        return sum(self.pairs) / len(self.pairs)


def score(floors: Sequence[DraftFloor], folder: Path) -> Score:
    """The floors against the GeoJSON files of a folder; each file goes with the floor that has most of its rooms."""
    found = Score()
    for file in sorted(folder.glob("*.geojson")):
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        rooms = [one for one in features if one["properties"]["kind"] == "room"]
        ids = {room["properties"]["id"] for room in rooms}
        floor = max(floors, key=lambda floor: len(ids & {room.id for room in floor.rooms}))
        read = {room.id: room for room in floor.rooms}
        for room in rooms:
            said, ours = room["properties"], read[room["properties"]["id"]]
            truth = shapely.geometry.shape(room["geometry"])
            outline = shapely.Polygon(ours.ring, ours.holes)
            found.overlaps.append(truth.intersection(outline).area / truth.union(outline).area)
            found.numbers.append(ours.number == said.get("number", "").strip())
            found.names.append(ours.name == said.get("name", "").strip())
        doors = {door.id: set(door.rooms) - {None} for door in floor.doors}
        for door in features:
            if door["properties"]["kind"] == "door":
                found.pairs.append(doors.get(door["properties"]["id"]) == set(door["properties"]["rooms"]))
    return found
