"""What the tests of the editor's modules share: scripts that set a plan up, and a floor as the page gets it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.geometry.floors import lobby_floor
from zonemap.model.floor_document import floor_document, room_from
from zonemap.model.plan import Floor

Run = Callable[..., Any]

# A generator with a seed, so that what fails once fails again.
CHANCE = """
    const chance = ((seed) => () => {
        seed = (seed + 0x6d2b79f5) | 0;
        let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    })(given.seed ?? 1);
    const pick = (list) => list[Math.floor(chance() * list.length)];
"""

EDITS = """
    const { Plan } = await import("/plan.js");
    const { History } = await import("/history.js");
    const { Edits } = await import("/edits.js");
    const { Selection } = await import("/selection.js");
    const { rectangle, contains } = await import("/rings.js");
    const { crossesItself } = await import("/judge.js");
    const { cornersOf } = await import("/outline.js");
    const { snapTo } = await import("/snap.js");
    const { doorAt } = await import("/doors.js");
    const plan = new Plan(given.floor);
    const history = new History(plan);
    const selection = new Selection(plan);
    const edits = new Edits(plan, history, selection, () => {});
    const state = () => JSON.stringify({ rooms: plan.rooms, doors: plan.doors });
"""

# What reshapes rooms, for random_edits.js
RESHAPE = """
    const { cutFrom, closeGap, giveTo, mergeRooms, splitRoom, squareRooms } = await import("/reshape.js");
    const { straightAcross } = await import("/split.js");
    const { findings } = await import("/cover.js");
    const { touching } = await import("/cut.js");
    const { shapeOf, withShape } = await import("/outline.js");
    const { joinWalls } = await import("/walls.js");
"""


def document(floor: Floor) -> dict[str, Any]:
    return json.loads(json.dumps(floor_document(floor)))


def floor_with(rooms: list[dict[str, Any]]) -> Floor:
    drawn = tuple(room_from(room) for room in rooms)
    return replace(lobby_floor(), rooms=drawn, doors=())
