"""Suggested classes of a real clinic's rooms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.rules.test_suggest import CALIFORNIA, door, room
from zonemap.model.zone import ZoneClass
from zonemap.rules.suggest import read_rooms

CLINIC = Path(__file__).resolve().parents[3] / "shared" / "plans" / "truth" / "clinic" / "00-first-floor.geojson"


@pytest.mark.shared
@pytest.mark.skipif(not CLINIC.exists(), reason="the floor plans that lie beside a checkout are not here")
def test_nine_in_ten_rooms_of_a_real_clinic_get_a_suggestion_and_no_place_of_care_is_public() -> None:
    features = [each["properties"] for each in json.loads(CLINIC.read_text())["features"]]
    rooms = [
        room(each["name"], each["id"], number=each["number"], department=each["department"], category=each["category"])
        for each in features
        if each["kind"] == "room"
    ]
    doors = [door(*each["rooms"]) for each in features if each["kind"] == "door" and len(each["rooms"] or ()) == 2]
    reading = read_rooms(rooms, doors, CALIFORNIA)
    suggested = [room_id for each in reading.suggestions for room_id in each.room_ids]
    assert len(suggested) == len(set(suggested)) >= 0.9 * len(rooms)
    names = {each.id: each.name for each in rooms}
    public = {names[i] for each in reading.suggestions if each.zone_class is ZoneClass.PUBLIC for i in each.room_ids}
    assert public
    assert all("WAITING" in name for name in public)
