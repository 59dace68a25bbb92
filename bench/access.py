"""How people move: the access graph, the checks and the advisor, from 250 rooms to 4,000."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from bench.measure import Row
from tests.geometry.floors import grid_floor
from tests.work.random_floors import random_floor
from zonemap.geometry.access import AccessGraph, access_graph
from zonemap.geometry.advisor import Wishes, advise
from zonemap.geometry.thresholds import thresholds
from zonemap.model.facility import Facility, SiteKind
from zonemap.model.floor_document import floor_document
from zonemap.model.plan import Floor
from zonemap.work.checks import lacks

SIZES = (250, 500, 1_000, 2_000, 4_000)
ADVISED = 2_000
CLINIC = Facility("x", "Larkspur", "1 Larkspur Ave", "", "Los Angeles", "CA", "90001", SiteKind.CLINIC)


def rows() -> Iterator[Row]:
    """Against writing the same floor as JSON, which grows in step with it."""
    for size in SIZES:
        floor = grid_floor(size)
        yield Row(
            f"graph and checks, {size:,} rooms",
            lambda floor=floor: (lacks(CLINIC, [floor]), thresholds(floor)),
            *_written(floor),
            rounds=3,
        )
    messy = random_floor(11, rooms_most=160).floor
    yield Row(
        f"graph and checks, {len(messy.rooms)} rooms by chance, {len(messy.doors)} doors",
        lambda: (lacks(CLINIC, [messy]), thresholds(messy)),
        *_written(messy),
    )
    floor = grid_floor(ADVISED)
    graph = access_graph([floor])
    wishes = _wishes(graph)
    yield Row(f"advisor, {ADVISED:,} rooms", lambda: advise(graph, wishes), *_written(floor), rounds=3)


def _wishes(graph: AccessGraph) -> Wishes:
    """Four of a hundred rooms stay public, seven of ten are private, the rest is free."""
    chance = random.Random(2)  # noqa: S311 - the same floor each time
    rooms = sorted(graph.rooms)
    private = frozenset(chance.sample(rooms, len(rooms) * 7 // 10))
    return Wishes(frozenset(chance.sample(rooms, len(rooms) // 25)) - private, private)


def _written(floor: Floor) -> tuple[str, object]:
    document = floor_document(floor)
    return "json.dumps of the same floor", lambda: json.dumps(document)
