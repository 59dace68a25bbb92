"""Suggested classes: what a name, a code, a department and the doors of a room say about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from zonemap.model.facility import SiteKind
from zonemap.model.plan import Door, Room
from zonemap.model.suggestion import Certainty, Suggestion
from zonemap.model.zone import ZoneClass
from zonemap.rules.pack import pack_for
from zonemap.rules.room_words import kinds
from zonemap.rules.suggest import read_rooms, suggestions

CLINIC = Path(__file__).resolve().parents[3] / "shared" / "plans" / "truth" / "clinic" / "00-first-floor.geojson"
CALIFORNIA = pack_for("CA", SiteKind.CLINIC)
LAW = "Cal. Health & Safety Code 24251(a)"


def room(name: str, room_id: str = "r", **more: Any) -> Room:
    return Room(room_id, ((0.0, 0.0), (4.0, 0.0), (4.0, 3.0)), name=name, **more)


def door(here: str, there: str | None) -> Door:
    return Door(f"{here}-{there}", ((0.0, 0.0), (0.9, 0.0)), (here, there), "1")


def only(name: str, **more: Any) -> Suggestion:
    (found,) = suggestions([room(name, **more)], pack=CALIFORNIA)
    return found


def said(name: str, **more: Any) -> tuple[str, str] | None:
    """Class and certainty of the one room, or None where it gets no suggestion."""
    found = suggestions([room(name, **more)])
    return (str(found[0].zone_class), str(found[0].certainty)) if found else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Exam 3", ("private", "sure")),
        ("EXAM/OFF.", ("private", "sure")),
        ("Consultorio 2", ("private", "sure")),
        ("Untersuchungszimmer", ("private", "sure")),
        ("Процедурная", ("private", "sure")),
        ("Medical Records", ("records", "sure")),
        ("Archivo de expedientes", ("records", "sure")),
        ("Bedroom 1", ("residential", "sure")),
        ("Schlafzimmer", ("residential", "sure")),
        ("Patient Room 12", ("residential", "likely")),
        ("Waiting", ("public", "sure")),
        ("SALA DE ESPERA", ("public", "sure")),
        ("Wartezimmer", ("public", "sure")),
        ("Зал ожидания", ("public", "sure")),
        ("Main entrance", ("public", "likely")),
        ("Reception", ("public", "likely")),
        ("Public restroom", ("public", "sure")),
        ("Baños públicos", ("public", "sure")),
        ("Staff toilet", ("private", "sure")),
        ("Patient toilet", ("private", "sure")),
        ("Staff yard", ("outdoor_private", "likely")),
        ("Pharmacy waiting", ("public", "likely")),
        ("Sala de espera de farmacia", ("public", "likely")),
        ("Staff entrance", ("private", "likely")),
        ("Waiting / exam", ("private", "likely")),
        ("Toilet", None),
        ("Corridor", None),
        ("Stair 2", None),
        ("Parking", None),
        ("Room B", None),
        ("", None),
    ],
)
def test_the_name_of_a_room_suggests_its_class(name: str, expected: tuple[str, str] | None) -> None:
    assert said(name) == expected


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("13-51 31 11: Waiting Room", "waiting_room"),
        ("13-15 11 34 11", "office"),
        ("13-41 41 99: Other Healing Spaces", "treatment_room"),
        ("waitingroom", "waiting_room"),
        ("restroom.female", "toilet"),
        ("nonpublic", "staff_room"),
        ("room=bedroom", "bedroom"),
    ],
)
def test_a_code_speaks_where_the_name_says_nothing(category: str, kind: str) -> None:
    reading = read_rooms([room("A 12", category=category)])
    assert [each.kind for each in (*reading.suggestions, *reading.unclear)] == [kind]


def test_one_line_for_each_kind_with_its_reason_and_the_law_of_the_place() -> None:
    (found,) = suggestions([room(f"Exam {n}", f"e{n}") for n in range(31)], pack=CALIFORNIA)
    assert (len(found.room_ids), found.name, found.zone_class) == (31, "exam rooms", ZoneClass.PRIVATE)
    assert (found.reason, found.source) == ("Patients receive care here.", LAW)


@pytest.mark.parametrize(
    ("state", "site", "named"),
    [("CA", SiteKind.CLINIC, True), ("CA", SiteKind.OTHER, False), ("IL", SiteKind.CLINIC, False)],
)
def test_a_law_is_named_only_where_its_pack_covers_the_site(state: str, site: SiteKind, named: bool) -> None:
    (found,) = suggestions([room("Exam")], pack=pack_for(state, site))
    assert (found.source == LAW) is named
    assert named or found.source.startswith("Custom")


def test_no_law_is_named_for_what_is_custom_only() -> None:
    assert only("Janitor").source.startswith("Custom")
    assert only("Waiting").source.startswith("Custom")


def test_what_is_decided_already_is_left_alone_unless_asked() -> None:
    decided = room("Exam", zone_class=ZoneClass.PUBLIC)
    assert suggestions([decided]) == ()
    assert read_rooms([decided], again=True).suggestions[0].zone_class is ZoneClass.PRIVATE


def test_a_waiting_room_among_operating_rooms_is_listed_apart_as_private() -> None:
    found = only("Waiting", department="Surgery")
    assert (found.zone_class, found.certainty) == (ZoneClass.PRIVATE, Certainty.LIKELY)
    assert "Surgery" in found.conflict


def test_a_public_name_against_a_closed_code_is_closed_and_apart() -> None:
    found = only("Waiting", category="13-15 11 34 11: Office")
    assert (found.zone_class, found.certainty) == (ZoneClass.PRIVATE, Certainty.LIKELY)
    assert "Office" in found.conflict


def test_reception_in_a_department_of_care_is_where_health_is_spoken_of() -> None:
    found = only("Reception", department="Radiology")
    assert (found.zone_class, found.certainty, found.source) == (ZoneClass.PRIVATE, Certainty.LIKELY, LAW)


def test_a_corridor_is_told_by_its_doors_and_stays_open_between_public_and_private() -> None:
    rooms = [room(name, name) for name in ("Exam", "Waiting", "Lab")]
    rooms += [room("Corridor", name) for name in ("inner", "middle", "outer", "far")]
    doors = [door("Exam", "inner"), door("Lab", "inner"), door("inner", "middle"), door("middle", "Waiting")]
    doors += [door("outer", "Waiting"), door("outer", None), door("far", "inner")]
    reading = read_rooms(rooms, doors)
    found = {room_id: str(each.zone_class) for each in reading.suggestions for room_id in each.room_ids}
    assert {name: found.get(name) for name in ("inner", "far", "outer", "middle")} == {
        "inner": "private",
        "far": "private",
        "outer": "public",
        "middle": None,
    }
    assert [each.room_ids for each in reading.unclear] == [("middle",)]
    assert all(each.certainty is Certainty.LIKELY for each in reading.suggestions if each.kind == "corridor")


def test_a_decided_room_tells_the_corridor_beside_it() -> None:
    rooms = [room("Suite", "s", zone_class=ZoneClass.PRIVATE), room("Corridor", "c")]
    assert suggestions(rooms, [door("s", "c")])[0].room_ids == ("c",)


def test_what_says_nothing_is_told_apart() -> None:
    assert read_rooms([room("Xyzzy", "x"), room("Exam", "e")]).unrecognised == ("x",)


def test_every_kind_says_why_and_no_public_kind_rests_on_a_law() -> None:
    for kind in kinds().values():
        assert kind.why.endswith(".") or kind.zone_class is None, kind.id
        assert not (kind.is_public and kind.law), kind.id


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
