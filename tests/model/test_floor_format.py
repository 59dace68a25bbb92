"""The example in docs/floor-format.md is a floor as zonemap reads and writes it."""

from __future__ import annotations

import json
import re
from pathlib import Path

from zonemap.geometry.rings import valid_floor
from zonemap.model.exchange import EXTENSION, FORMAT
from zonemap.model.floor_document import floor_document, floor_from
from zonemap.model.plan import DoorControl, DoorKind
from zonemap.model.zone import ZoneClass
from zonemap.work.zones import fit_floor

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "floor-format.md").read_text(encoding="utf-8")
EXAMPLE = json.loads(re.findall(r"^```json\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)[0])


def test_the_documented_floor_loads_and_could_have_been_drawn() -> None:
    floor = floor_from(EXAMPLE)

    assert fit_floor(floor) == valid_floor(floor) == floor
    assert floor_from(floor_document(floor)) == floor


def test_every_member_of_a_floor_a_room_and_a_door_is_in_the_example() -> None:
    written = floor_document(floor_from(EXAMPLE))
    rooms, doors = ({key for each in EXAMPLE[name] for key in each} for name in ("rooms", "doors"))

    assert set(EXAMPLE) == set(written)
    assert rooms == {key for room in written["rooms"] for key in room} | {"shaft"}
    assert doors == {key for door in written["doors"] for key in door}


def test_every_class_kind_and_control_is_named_and_so_are_the_formats() -> None:
    for words in (ZoneClass, DoorKind, DoorControl):
        assert all(f"`{word.value}`" in TEXT for word in words)
    assert FORMAT in TEXT
    assert EXTENSION in TEXT
