import json

import pytest

from zonemap.model.draft import Anchor, DraftDoor, DraftFloor, DraftRoom
from zonemap.model.draft_document import floor_draft_document, floor_draft_from
from zonemap.model.linework import Text
from zonemap.model.plan import DoorKind
from zonemap.model.zone import ZoneClass

SQUARE = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))
HOLE = ((1.0, 1.0), (2.0, 1.0), (2.0, 2.0))
FLOOR = DraftFloor(
    "First",
    1,
    rooms=(
        DraftRoom("a", SQUARE, (HOLE,), "101", "Exam", "Nursing", "13-51", ZoneClass.PRIVATE, 0.5, ("Untersuchung",)),
        DraftRoom("b", SQUARE),
    ),
    doors=(DraftDoor("d", ((4.0, 1.0), (4.0, 2.0)), ("a", None), DoorKind.OPENING, "D1", 0.9),),
    texts=(Text("101", (2.0, 2.0), 0.3, 0.9, 90.0, "A-TEXT"),),
    warnings=("Look here.",),
    anchor=Anchor(13.4, 52.5, (67_000.0, 111_000.0)),
)


def document() -> dict:
    return json.loads(json.dumps(floor_draft_document(FLOOR)))


def test_a_floor_comes_back_as_it_was_but_for_its_walls() -> None:
    assert floor_draft_from(document()) == FLOOR


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("level",), 1.5),
        (("level",), True),
        (("name",), 7),
        (("rooms",), {"a": 1}),
        (("rooms", 0, "id"), ""),
        (("rooms", 1, "id"), "a"),
        (("rooms", 0, "ring"), [[0, 0], [1, 1]]),
        (("rooms", 0, "ring", 0), [0, float("nan")]),
        (("rooms", 0, "ring", 0), [0, 1e9]),
        (("rooms", 0, "ring", 0), [0, "1"]),
        (("rooms", 0, "class"), "secret"),
        (("rooms", 0, "confidence"), 2),
        (("doors", 0, "rooms"), ["a", "nobody"]),
        (("doors", 0, "rooms"), ["a"]),
        (("doors", 0, "kind"), "window"),
        (("doors", 0, "jambs"), [[0, 0]]),
        (("texts", 0, "height"), None),
        (("warnings",), "no list"),
        (("anchor",), [1, 2]),
    ],
)
def test_what_does_not_fit_is_not_believed(path: tuple[str | int, ...], value: object) -> None:
    whole = document()
    *way, last = path
    place = whole
    for step in way:
        place = place[step]
    place[last] = value
    with pytest.raises(ValueError):
        floor_draft_from(whole)


def test_text_that_can_not_be_printed_is_made_plain() -> None:
    whole = document()
    whole["rooms"][0]["name"] = "Exam\u202e\n\x00 room" + "x" * 1000
    (room, _) = floor_draft_from(whole).rooms
    assert room.name.startswith("Exam room")
    assert len(room.name) <= 400
