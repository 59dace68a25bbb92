"""Floors for the tests of geometry and drawing: small ones by hand, large ones by rule, and the real clinic."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from zonemap.model.plan import Door, Floor, Ring, Room, Scale
from zonemap.model.zone import ZoneClass

CLINIC = Path(__file__).resolve().parents[3] / "shared" / "plans" / "truth" / "clinic" / "00-first-floor.geojson"
PUBLIC = frozenset({"1AC1", "1DC1", "1AC2", "1AC3", "1AC4", "1CC1", "1C01", "1A09", "1A12", "1AS1", "E1"})


def box(left: float, low: float, wide: float, high: float) -> Ring:
    """A rectangle as a ring."""
    return ((left, low), (left + wide, low), (left + wide, low + high), (left, low + high))


def room(name: str, ring: Ring, zone_class: ZoneClass = ZoneClass.PRIVATE) -> Room:
    return Room(id=name, ring=ring, number=name.upper(), name=f"Room {name}", zone_class=zone_class)


def door(name: str, jambs: tuple[tuple[float, float], tuple[float, float]], here: str, there: str | None) -> Door:
    return Door(id=name, jambs=jambs, rooms=(here, there), number=name.strip("d"))


def floor(rooms: list[Room], doors: list[Door] | None = None) -> Floor:
    return Floor("floor", "facility", "First floor", 0, None, Scale(0.01), tuple(rooms), tuple(doors or ()))


def decided_floor() -> Floor:
    """The lobby's floor with every room decided: it can be designated."""
    drawn = lobby_floor()
    rooms = tuple(
        replace(room, zone_class=ZoneClass.PRIVATE) if room.zone_class is ZoneClass.UNDECIDED else room
        for room in drawn.rooms
    )
    return replace(drawn, rooms=rooms)


def lobby_floor(gap: float = 0.0) -> Floor:
    """A lobby of 8 x 4 m; an exam room, a store and records above it in a row, behind a wall as thick as ``gap``."""
    top = 4.0 + gap
    return floor(
        [
            room("lobby", box(0, 0, 8, 4), ZoneClass.PUBLIC),
            room("exam", box(0, top, 3, 3)),
            room("store", box(3, top, 2, 3), ZoneClass.UNDECIDED),
            room("chart", box(5, top, 3, 3), ZoneClass.RECORDS),
        ],
        [
            door("d1", ((1, 4 + gap / 2), (1.9, 4 + gap / 2)), "lobby", "exam"),
            door("d2", ((3.5, 4 + gap / 2), (4.4, 4 + gap / 2)), "lobby", "store"),
            door("d3", ((6, 4 + gap / 2), (6.9, 4 + gap / 2)), "chart", "lobby"),
            door("d4", ((3, 0), (4.8, 0)), "lobby", None),
            door("d5", ((8, top + 1), (8, top + 1.9)), "chart", None),
        ],
    )


def block_floor() -> Floor:
    """A public corridor 2 m wide around a block of two rooms, each with a door to it; a door leads outdoors."""
    corridor = replace(room("corridor", box(0, 0, 14, 10), ZoneClass.PUBLIC), holes=(box(2, 2, 10, 6),))
    west, east = room("west", box(2, 2, 4, 6)), room("east", box(6, 2, 6, 6), ZoneClass.RECORDS)
    doors = [
        door("d1", ((3, 2), (3.9, 2)), "corridor", "west"),
        door("d2", ((12, 4), (12, 4.9)), "east", "corridor"),
        door("d3", ((6, 0), (7.8, 0)), "corridor", None),
    ]
    return floor([corridor, west, east], doors)


def grid_floor(count: int) -> Floor:
    """Square rooms of 4 m with a corner in the middle of each side, in rows; public corridors between; a door each."""
    across = max(1, round(count**0.5))
    rooms, doors = [], []
    closed = [ZoneClass.PRIVATE, ZoneClass.PRIVATE, ZoneClass.RECORDS, ZoneClass.RESIDENTIAL]
    for place in range(count):
        column, row = place % across, place // across
        x, y = column * 4.0, row * 4.0
        ring = ((x, y), (x + 2, y), (x + 4, y), (x + 4, y + 2), (x + 4, y + 4), (x + 2, y + 4), (x, y + 4), (x, y + 2))
        kind = ZoneClass.PUBLIC if row % 5 == 0 else closed[(column * 7 + row) % 4]
        rooms.append(Room(f"r{place}", ring, f"{row}{column:02}", "Exam room", kind))
        if row:
            doors.append(Door(f"d{place}", ((x + 1, y), (x + 1.9, y)), (f"r{place}", f"r{place - across}"), str(place)))
    return floor(rooms, doors)


def clinic_features() -> list[dict]:
    """The real clinic floor's rooms and doors, as the truth file states them."""
    return json.loads(CLINIC.read_text(encoding="utf-8"))["features"]


def clinic_floor() -> Floor:
    """The real clinic floor with a stated public set; doors that lead to no two rooms lead outside."""
    rooms, doors = [], []
    for feature in clinic_features():
        facts, shape = feature["properties"], feature["geometry"]["coordinates"]
        if facts["kind"] == "room":
            kind = ZoneClass.PUBLIC if facts["id"] in PUBLIC else ZoneClass.PRIVATE
            ring = tuple((x, y) for x, y in shape[0][:-1])
            rooms.append(Room(facts["id"], ring, facts["number"], facts["name"], kind))
        elif facts["kind"] == "door" and facts["rooms"]:
            here, there = [*facts["rooms"], None][:2]
            jambs = tuple((x, y) for x, y in shape)
            doors.append(Door(facts["id"], jambs, (here, there), str(len(doors) + 1)))
    return floor(rooms, doors)
