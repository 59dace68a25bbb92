"""Visits near the strange ones: each with a few of its observations otherwise, by chance, in places with all laws."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from tests.rules.space import values
from tests.rules.test_strange_visits import LATE, SCENE, TODAY, VISITS
from zonemap.model.paper import KINDS, observations_from
from zonemap.rules.pack import Pack, pack_by_id

PLACES = ("US-federal", "US-CA", "US-CO", "US-IL", "US-MD", "US-MA", "US-VT", "US-NV", "US-OH")
Near = tuple[Pack, dict[str, Any], date]


def near_visits(seed: str, times: int) -> Iterator[Near]:
    """Each strange visit ``times`` times, with up to three observations of another value or never asked."""
    chance = random.Random(seed)  # noqa: S311 - a spread of visits, no secret
    for _ in range(times):
        for visit in VISITS:
            said: dict[str, Any] = SCENE | chance.choice(visit[2])
            for key in chance.sample(sorted({*KINDS, "wants"}), chance.randint(0, 3)):
                value = chance.choice(values(key))
                said[key] = sorted(value) if key == "wants" else value
            if chance.random() < 0.2:
                said.pop(chance.choice(sorted(said)))
            pack = replace(pack_by_id(chance.choice(PLACES)), part2=chance.random() < 0.3)
            observations_from(said)
            yield pack, said, chance.choice((TODAY, TODAY, LATE))
