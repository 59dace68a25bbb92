"""The one JSON form of a floor gives back exactly what went in, and refuses what it does not know."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonemap.errors import Invalid
from zonemap.model.floor_document import floor_document, floor_from
from zonemap.model.plan import Door, DoorKind, Floor, Picture, Room, Scale
from zonemap.model.zone import ZoneClass

metres = st.floats(min_value=-1e4, max_value=1e4).map(lambda value: round(value, 3))
points = st.tuples(metres, metres)
names = st.text(max_size=20)
rooms = st.builds(
    Room,
    id=st.uuids().map(str),
    ring=st.lists(points, min_size=3, max_size=8).map(tuple),
    number=names,
    name=names,
    zone_class=st.sampled_from(ZoneClass),
)
doors = st.builds(
    Door,
    id=st.uuids().map(str),
    jambs=st.tuples(points, points),
    rooms=st.tuples(names, st.none() | names),
    number=names,
    kind=st.sampled_from(DoorKind),
)
floors = st.builds(
    Floor,
    id=names,
    facility_id=names,
    name=names,
    level=st.integers(-5, 90),
    picture=st.none() | st.builds(Picture, names, st.integers(1, 9999), st.integers(1, 9999)),
    scale=st.none() | st.builds(Scale, st.floats(0.001, 1), st.none() | st.floats(0, 1)),
    rooms=st.lists(rooms, max_size=4).map(tuple),
    doors=st.lists(doors, max_size=3).map(tuple),
)


@given(floors)
def test_a_floor_comes_back_unchanged_through_json(floor: Floor) -> None:
    text = json.dumps(floor_document(floor))

    assert floor_from(json.loads(text)) == floor


@pytest.mark.parametrize(
    "change",
    [
        {"rooms": [{"id": "r"}]},
        {"rooms": [{"id": "r", "ring": [[0, 0], [1, 0], [1, 1]], "class": "secret"}]},
        {"rooms": [{"id": "r", "ring": [["a", 0], [1, 0], [1, 1]]}]},
        {"doors": [{"id": "d", "jambs": [[0, 0]], "rooms": ["r", None]}]},
        {"doors": [{"id": "d", "jambs": [[0, 0], [1, 0]], "rooms": ["r"]}]},
        {"scale": {"metres_per_pixel": "wide"}},
        {"level": "ground"},
    ],
)
def test_a_document_with_a_broken_part_is_refused_with_a_sentence(change: dict[str, object]) -> None:
    document = floor_document(Floor("f", "c", "First floor")) | change

    with pytest.raises(Invalid) as refused:
        floor_from(document)

    assert refused.value.message.endswith(".")
