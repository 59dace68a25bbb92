"""The hours of a floor over HTTP."""

from __future__ import annotations

import pytest

from zonemap.model.hours import Spell
from zonemap.model.plan import DoorControl
from zonemap.model.zone import ZoneClass

FLOOR = "f" * 32
URL = f"/floors/{FLOOR}/hours"
NIGHT = {
    "version": "1",
    "target": "lobby",
    "days": ["0", "1"],
    "start": "18:00",
    "end": "07:00",
    "what": "class:private",
}


@pytest.fixture
def manager(lobby, sign_in):
    return sign_in("manager")


def saved(store):
    with store.read() as books:
        return books.floors.get(FLOOR)


def test_a_lobby_is_private_at_night(manager, store):
    page = manager.get(manager.post(URL, NIGHT))

    assert saved(store).floor.rooms[0].hours == (Spell((0, 1), 1080, 420, ZoneClass.PRIVATE),)
    assert "Mon and Tue, 6 pm to 7 am" in page.text


def test_a_door_is_locked_at_night(manager, store):
    manager.post(URL, NIGHT | {"target": "d4", "what": "control:lock"})

    assert saved(store).floor.doors[3].hours[0].what is DoorControl.LOCK


def test_hours_are_taken_away(manager, store):
    manager.post(URL, NIGHT)
    manager.post(f"{URL}/remove", {"version": "2", "target": "lobby", "place": "0"})

    assert saved(store).floor.rooms[0].hours == ()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"days": []}, "Tick at least one day."),
        ({"start": ""}, "Give a time such as 18:00."),
        ({"target": "gone"}, "no longer on the plan"),
        ({"what": "class:public"}, "is public at all hours"),
        ({"what": "control:lock"}, "Choose what fits."),
        ({"what": "class:free"}, "Choose what it is then."),
        ({"what": ""}, "Choose what it is then."),
    ],
)
def test_hours_that_make_no_sense_are_refused_and_what_was_typed_stays(manager, store, changes, sentence):
    page = manager.post(URL, NIGHT | changes, 400)

    assert sentence in page.text
    assert saved(store).version == 1


def test_hours_that_overlap_others_are_refused(manager):
    manager.post(URL, NIGHT)
    page = manager.post(URL, NIGHT | {"version": "2", "days": ["1"], "start": "06:00", "end": "08:00"}, 400)

    assert "overlap" in page.text


def test_hours_on_an_older_version_are_refused(manager):
    manager.post(URL, NIGHT)
    manager.post(URL, NIGHT | {"days": ["5"]}, 409)
    manager.post(f"{URL}/remove", {"version": "1", "target": "lobby", "place": "0"}, 409)


def test_hours_that_are_not_there_cannot_be_taken_away(manager):
    manager.post(f"{URL}/remove", {"version": "1", "target": "lobby", "place": "4"}, 400)
    manager.post(f"{URL}/remove", {"version": "1"}, 400)
