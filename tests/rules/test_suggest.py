"""Suggested classes: what a name, a code, a department and the doors of a room say about it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.room_names import MEANT, SAID_BY_NAME
from zonemap.errors import Invalid
from zonemap.model.facility import SiteKind
from zonemap.model.plan import Door, Room
from zonemap.model.suggestion import Certainty, Suggestion
from zonemap.model.zone import ZoneClass
from zonemap.rules.pack import pack_for
from zonemap.rules.room_words import Kind, Match, _kind, _Pattern, kinds, meaning, of_category
from zonemap.rules.suggest import read_rooms, suggestions

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
    SAID_BY_NAME,
)
def test_the_name_of_a_room_suggests_its_class(name: str, expected: tuple[str, str] | None) -> None:
    assert said(name) == expected


BESIDE = {"exam": "Exam", "waiting": "Waiting", "bedroom": "Bedroom", "records": "Archive", "unknown": "Xyzzy"}


def told(*near: str, **more: Any) -> tuple[str | None, str]:
    """The class of a corridor whose doors lead to those rooms (None where it stays open), and why."""
    rooms = [room("Corridor", "c", **more), *(room(BESIDE[each], each) for each in near)]
    reading = read_rooms(rooms, [door("c", each) for each in near])
    for each in reading.suggestions:
        if each.kind == "corridor":
            return str(each.zone_class), each.reason
    (left,) = reading.unclear
    return None, left.reason


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ((), None),
        (("unknown",), None),
        (("waiting",), "public"),
        (("waiting", "unknown"), None),
        (("bedroom",), "residential"),
        (("bedroom", "unknown"), "residential"),
        (("bedroom", "exam"), "private"),
        (("bedroom", "records"), "private"),
        (("records",), "private"),
        (("exam",), "private"),
        (("exam", "unknown"), "private"),
        (("exam", "waiting"), None),
        (("bedroom", "waiting"), None),
        (("records", "waiting"), None),
        (("exam", "waiting", "unknown"), None),
    ],
)
def test_a_corridor_lies_on_the_side_of_the_rooms_that_its_doors_lead_to(
    near: tuple[str, ...], expected: str | None
) -> None:
    zone_class, reason = told(*near)

    assert zone_class == expected
    rooms = {"public": "All rooms that its doors lead to are public.", "private": "No room that its doors lead to is"}
    rooms["residential"] = "All rooms that its doors lead to are residential."
    assert expected is None or reason.startswith(rooms[expected])
    assert reason.startswith("Public rooms and others open on to it.") is ({"waiting"} < set(near) - {"unknown"})


@pytest.mark.parametrize(
    ("department", "alone", "by_exam", "by_waiting", "by_bedroom"),
    [
        ("", None, "private", "public", "residential"),
        ("Xyzzy", None, "private", "public", "residential"),
        ("Surgery", "private", "private", None, "residential"),
        ("Radiology", "private", "private", None, "residential"),
        ("Housekeeping", "private", "private", None, "residential"),
        ("Lobby", "public", None, "public", None),
    ],
)
def test_a_department_tells_a_corridor_without_doors_and_leaves_it_open_where_they_say_otherwise(
    department: str, alone: str | None, by_exam: str | None, by_waiting: str | None, by_bedroom: str | None
) -> None:
    found = [told(*near, department=department) for near in ((), ("exam",), ("waiting",), ("bedroom",))]

    assert [zone_class for zone_class, _ in found] == [alone, by_exam, by_waiting, by_bedroom]
    for zone_class, reason in found[1:]:
        assert (reason == "Its doors and its department say different things.") is (zone_class is None)
    reasons = {
        "Surgery": "It belongs to a department where patients receive care.",
        "Radiology": "It belongs to a department where patients receive care.",
        "Housekeeping": "It belongs to a department where only staff work.",
        "Lobby": "Visitors may use it.",
    }
    assert department not in reasons or found[0][1] == reasons[department]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Visitor corridor", ("public", "sure")),
        ("Staff corridor", ("private", "sure")),
        ("Patient corridor", ("private", "sure")),
        ("Patient and staff corridor", ("private", "sure")),
        ("Visitor and staff corridor", None),
        ("Patient and visitor corridor", None),
    ],
)
def test_a_name_that_says_who_uses_it_decides_unless_visitors_share_it(
    name: str, expected: tuple[str, str] | None
) -> None:
    assert said(name) == expected


@pytest.mark.parametrize(
    ("department", "kind", "name", "law"),
    [
        ("Surgery", "care_department", "room of a care department", True),
        ("Radiology", "care_department", "room of a care department", True),
        ("Housekeeping", "staff_department", "room of a staff department", False),
        ("Lobby", None, "", False),
        ("Xyzzy", None, "", False),
        ("", None, "", False),
    ],
)
def test_a_room_that_only_its_department_speaks_of_is_likely_private_in_care_and_among_staff(
    department: str, kind: str | None, name: str, law: bool
) -> None:
    reading = read_rooms([room("Xyzzy", department=department)], pack=CALIFORNIA)

    if kind is None:
        assert reading.unrecognised == ("r",)
        return
    (found,) = reading.suggestions
    assert (found.kind, found.name, found.zone_class, found.certainty) == (kind, name, "private", "likely")
    assert (found.source == LAW) is law


@pytest.mark.parametrize(
    ("department", "zone_class", "certainty", "reason"),
    [
        ("", "public", "sure", "Anybody may come in and wait here."),
        ("Public", "public", "sure", "Anybody may come in and wait here."),
        ("Housekeeping", "public", "sure", "Anybody may come in and wait here."),
        ("Radiology", "public", "likely", "People wait here before they are let in."),
        ("Surgery", "private", "likely", "It belongs to a department where patients receive care."),
    ],
)
def test_a_waiting_room_is_public_but_for_one_behind_the_door_of_a_ward(
    department: str, zone_class: str, certainty: str, reason: str
) -> None:
    found = only("Waiting", department=department)

    assert (found.zone_class, found.certainty) == (zone_class, certainty)
    assert found.reason.startswith(reason)


@pytest.mark.parametrize("department", ["", "Lobby", "Housekeeping", "Catholic Charities"])
def test_a_reception_outside_of_care_is_public(department: str) -> None:
    assert only("Reception", department=department).zone_class is ZoneClass.PUBLIC


def test_the_law_of_places_of_care_is_named_for_what_patients_use_and_for_what_lies_past_a_ward_s_door() -> None:
    assert only("Patient corridor").source == LAW
    assert only("Waiting", department="Surgery").source == LAW
    assert only("Staff corridor").source.startswith("Custom")


@pytest.mark.parametrize(
    ("name", "zone_class"),
    [
        ("Pharmacy waiting", "public"),
        ("Office waiting", "public"),
        ("Admin waiting", "public"),
        ("Surgery waiting", "private"),
        ("Endoscopy waiting", "public"),
    ],
)
def test_a_place_to_wait_is_one_whatever_describes_it_but_for_a_ward(name: str, zone_class: str) -> None:
    assert said(name) is not None
    assert said(name) == (zone_class, "likely")


@pytest.mark.parametrize(
    ("near", "expected"),
    [((), "private"), (("exam",), "private"), (("waiting",), "public"), (("waiting", "exam"), "private")],
)
def test_a_kitchen_is_staff_s_unless_its_doors_lead_to_public_rooms_alone(near: tuple[str, ...], expected: str) -> None:
    rooms = [room("Kitchen", "k"), *(room(BESIDE[each], each) for each in near)]
    found = read_rooms(rooms, [door("k", each) for each in near]).suggestions

    assert [str(each.zone_class) for each in found if each.kind == "kitchen"] == [expected]


def test_one_room_and_several_are_named_as_one_and_as_several() -> None:
    for names, unclear in (((), "corridor"), (("d",), "corridors"), (("d", "e"), "corridors")):
        assert [each.name for each in read_rooms([room("Corridor", n) for n in ("c", *names)]).unclear] == [unclear]
    for names, suggested in (((), "exam room"), (("d",), "exam rooms"), (("d", "e"), "exam rooms")):
        assert [each.name for each in suggestions([room("Exam", n) for n in ("c", *names)])] == [suggested]


def test_what_is_sure_stands_first_what_is_in_conflict_last_and_else_as_the_table_has_it() -> None:
    rooms = [
        room("Waiting", "apart", department="Surgery"),
        room("Security", "likely"),
        room("Lobby", "likely too"),
        room("Xyzzy", "by department", department="Housekeeping"),
        room("Waiting", "sure"),
        room("Exam", "sure too"),
    ]
    found = [each.room_ids[0] for each in suggestions(rooms)]

    assert found == ["sure too", "sure", "likely", "likely too", "by department", "apart"]


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


# --- what the words of a room mean ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "fitting", "others"),
    [
        ("exam", "exam", "exams preexam preexams"),
        ("exam*", "exam exams", "preexam preexams"),
        ("*exam", "exam preexam", "exams preexams"),
        ("*exam*", "exam exams preexam preexams", "exa"),
    ],
)
def test_letters_may_stand_only_where_a_star_says_so(pattern: str, fitting: str, others: str) -> None:
    for words, fits in ((fitting, True), (others, False)):
        assert {_Pattern.of(pattern).fits((word,), 0) for word in words.split()} == {fits}
    assert [each.id for each in (meaning("Hausflur").kind, meaning("Flur").kind) if each] == ["corridor"] * 2


def test_words_that_belong_together_are_found_wherever_they_stand_and_only_whole() -> None:
    for before in range(6):
        (found,) = meaning("Xyzzy " * before + "mothers room").matches
        assert (found.kind.id, found.start, found.end) == ("lactation_room", before, before + 2)
        assert meaning("Xyzzy " * before + "mothers").matches == ()


def test_what_stands_among_more_words_is_held_by_them() -> None:
    spans = [(start, end) for start in range(4) for end in range(start + 1, 5)]
    for one in spans:
        for other in spans:
            more = set(range(*one)) > set(range(*other))
            assert Match(kinds()["lobby"], *one).holds(Match(kinds()["office"], *other)) is more


@pytest.mark.parametrize(
    ("name", "found", "head"),
    MEANT,
)
def test_the_longest_words_lead_then_an_open_kind_at_the_end_then_the_order_of_the_table(
    name: str, found: str, head: str
) -> None:
    assert " ".join(match.kind.id for match in meaning(name).matches) == found
    assert str(getattr(meaning(name).head, "id", "")) == head


def test_a_code_is_covered_by_its_shorter_one_and_says_more_than_a_word_that_is_none() -> None:
    codes = {"13-75": "storage", "13-81 99": "technical_room", "13-81 21 31 11": "elevator", "13-15 11 34": "office"}
    codes |= {"nonpublic.xyzzy": "staff_room", " Nonpublic": "staff_room", "Exam_Room": "exam_room"}
    assert {code: getattr(of_category(code)[0], "id", None) for code in codes} == codes
    assert of_category("13-99 11")[0] is None


def test_a_kind_is_sure_and_rests_on_no_law_and_its_keys_are_those_that_are_known() -> None:
    assert (Kind("a", "a", "as", None).sure, Kind("a", "a", "as", None).law) == (True, False)
    whole = {"one": "a", "many": "as", "class": "", "words": [], "codes": []}
    for wrong, key in (
        ({**whole, "x": 1, "a": 1}, "a"),
        ({"a": 1, **dict(list(whole.items())[1:])}, "a"),
        ({}, "class"),
    ):
        with pytest.raises(Invalid, match=f"unknown or missing: '{key}'"):
            _kind("room", wrong)
