"""What the desk stands on, and how the answers of a visit turn, without a web page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.visits import AO_93, I_200
from zonemap.errors import NotFound
from zonemap.model.assessment import Access, AccessZone, Outcome, PaperClass
from zonemap.model.facility import Contact, ContactRole, Designation, Facility, SiteKind
from zonemap.model.hours import Spell
from zonemap.model.person import Actor
from zonemap.model.plan import Floor, Room
from zonemap.model.zone import ZoneClass
from zonemap.rules.pack import pack_for
from zonemap.storage.store import Store
from zonemap.work.desk import OFF_DUTY, call_list, desk_view, facility_desk, zone_answers
from zonemap.work.desk_turns import Answers, Asked, Deed, answer, in_emergency, turned, walk

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PACK = pack_for("IL", SiteKind.CLINIC)


def visit(values: dict[str, str], answers: Answers | None = None) -> Answers:
    """Answer what is asked until nothing is; what ``values`` does not hold is *I can't tell*."""
    answers = answers or Answers()
    while (walked := walk(PACK, answers)).asked and walked.question:
        key = next((key for key in walked.question.keys if key in values), walked.asked.key)
        said = values.get(key, "unsure")
        answers = answers.with_(replace(walked.asked, key=key), (said,) if key == "wants" else said)
    return answers


def designation(facility: Facility, floor: Floor, number: int = 1) -> Designation:
    return Designation(f"{number:032x}", facility, floor, number, 1, NOON, "Ana Ruiz")


# --- the view ----------------------------------------------------------------------------------------------------


def test_the_desk_stands_on_the_latest_designation_of_each_floor_and_never_on_a_draft(
    store: Store, stored_floor: Floor, facility: Facility, actor: Callable[..., Actor]
) -> None:
    later = replace(stored_floor, name="Ground floor")
    with store.begin() as books:
        books.designations.add(designation(facility, stored_floor, 1))
        books.designations.add(designation(facility, later, 2))
        books.floors.save(replace(stored_floor, rooms=()), 1, saved_at=NOON, saved_by="Ana Ruiz")

    view = desk_view(store, actor("desk"), facility.id, NOW)

    assert [each.number for each in view.designations] == [2]
    assert view.designations[0].floor.name == "Ground floor"
    assert len(view.designations[0].floor.rooms) == 3
    assert view.open_floors == ()


def test_a_floor_that_nobody_designated_is_named(
    store: Store, stored_floor: Floor, facility: Facility, actor: Callable[..., Actor]
) -> None:
    view = desk_view(store, actor("desk"), facility.id, NOW)

    assert view.designations == ()
    assert view.open_floors == ("First floor",)


@pytest.mark.parametrize("role", ["administrator", "manager", "responder", "desk"])
def test_every_role_may_use_the_desk(
    store: Store, stored_facility: Facility, actor: Callable[..., Actor], role: str
) -> None:
    assert desk_view(store, actor(role), stored_facility.id, NOW).facility == stored_facility


def test_nobody_without_a_role_may_use_the_desk(
    store: Store, stored_facility: Facility, actor: Callable[..., Actor]
) -> None:
    with pytest.raises(NotFound):
        desk_view(store, actor(), stored_facility.id, NOW)


def test_an_unknown_facility_is_not_found(store: Store, actor: Callable[..., Actor]) -> None:
    with pytest.raises(NotFound):
        desk_view(store, actor("desk"), "0" * 32, NOW)


def test_the_rules_are_those_of_the_state_where_they_cover_the_site(
    store: Store, stored_facility: Facility, actor: Callable[..., Actor]
) -> None:
    with store.begin() as books:
        books.facilities.save(replace(stored_facility, state="CA"))

    assert desk_view(store, actor("desk"), stored_facility.id, NOW).pack.id == "US-CA"


# --- whom to call ------------------------------------------------------------------------------------------------


def person(role: ContactRole, name: str, position: int = 0) -> Contact:
    return Contact(name, "f", role, name, "555-0100", position=position)


def test_the_roles_that_matter_now_come_first_and_in_their_order() -> None:
    people = [
        person(ContactRole.RESPONDER, "B", 2),
        person(ContactRole.RESPONDER, "A", 1),
        person(ContactRole.SECURITY, "S"),
        person(ContactRole.COUNSEL, "C"),
    ]

    found = call_list([ContactRole.COUNSEL, ContactRole.RESPONDER], people)

    assert [each.name for each in found.contacts] == ["C", "A", "B"]
    assert [each.name for each in found.others] == ["S"]
    assert found.missing == ()


def test_a_role_with_nobody_is_passed_over_and_named() -> None:
    found = call_list(
        [ContactRole.RESPONDER, ContactRole.PRIVACY_OFFICER, ContactRole.COUNSEL], [person(ContactRole.COUNSEL, "C")]
    )

    assert [each.name for each in found.contacts] == ["C"]
    assert found.missing == (ContactRole.RESPONDER, ContactRole.PRIVACY_OFFICER)


def test_where_nobody_of_those_roles_is_there_the_others_move_up() -> None:
    found = call_list([ContactRole.RESPONDER], [person(ContactRole.SECURITY, "S")])

    assert [each.name for each in found.contacts] == ["S"]
    assert found.others == ()


def test_with_nobody_at_all_the_list_is_empty() -> None:
    assert call_list([ContactRole.RESPONDER], []).contacts == ()


# --- the answer, room by room ------------------------------------------------------------------------------------


def test_each_room_gets_the_answer_of_its_class(facility: Facility, floor: Floor) -> None:
    whole, _ = answer(PACK, visit(I_200), today=TODAY)

    found = {group.zone_class: group for group in zone_answers(whole, designation(facility, floor))}

    assert found[ZoneClass.PUBLIC].access is Access.OPEN
    assert found[ZoneClass.PRIVATE].access is Access.NOT_BY_THIS_PAPER
    assert found[ZoneClass.RECORDS].access is Access.NONE
    assert [room.name for room in found[ZoneClass.PUBLIC].rooms] == ["Waiting"]


def test_a_room_that_nobody_decided_about_counts_as_private(facility: Facility, floor: Floor) -> None:
    whole, _ = answer(PACK, visit(I_200), today=TODAY)
    undecided = replace(floor.rooms[0], id="u", zone_class=ZoneClass.UNDECIDED)

    groups = zone_answers(whole, designation(facility, replace(floor, rooms=(undecided,))))

    assert [(group.zone_class, group.access) for group in groups] == [(ZoneClass.PRIVATE, Access.NOT_BY_THIS_PAPER)]


def test_rooms_stand_in_the_order_of_their_numbers(facility: Facility, floor: Floor) -> None:
    ring = floor.rooms[0].ring
    numbers = ["10", "9", "", "1B", "1A2", "1A10"]
    rooms = tuple(Room(str(at), ring, number, "R", ZoneClass.PUBLIC) for at, number in enumerate(numbers))
    whole, _ = answer(PACK, visit(I_200), today=TODAY)

    (group,) = zone_answers(whole, designation(facility, replace(floor, rooms=rooms)))

    assert [room.number for room in group.rooms] == ["1A2", "1A10", "1B", "9", "10", ""]


# --- turning -----------------------------------------------------------------------------------------------------


def test_an_i_200_is_an_officers_warrant_and_opens_nothing() -> None:
    whole, _ = answer(PACK, visit(I_200), today=TODAY)

    assert whole.paper_class is PaperClass.DHS_ARREST_WARRANT
    assert whole.outcome is Outcome.NOT_BY_THIS_PAPER


def test_an_ao_93_waits_for_the_responder() -> None:
    whole, _ = answer(PACK, visit(AO_93), today=TODAY)

    assert whole.paper_class is PaperClass.JUDICIAL_SEARCH
    assert whole.access[AccessZone.PRIVATE] is Access.RESPONDER_SCOPE_CHECK


def test_a_visit_of_cannot_tell_ends_in_a_hold() -> None:
    whole, _ = answer(PACK, visit({}), today=TODAY)

    assert whole.outcome is Outcome.HOLD


@pytest.mark.parametrize("values", [I_200, AO_93, {"danger_now": "no", "paper": "none"}])
def test_back_again_and_again_comes_to_the_first_question_and_asks_nothing_twice(values: dict[str, str]) -> None:
    answers, seen = visit(values), []
    while walk(PACK, answers).steps:
        answers = turned(PACK, answers, Deed.BACK)
        seen.append(walk(PACK, answers).asked)

    assert len(seen) == len(set(seen))
    assert seen[-1] == walk(PACK, Answers()).asked


def test_back_at_the_first_question_changes_nothing() -> None:
    assert turned(PACK, Answers(), Deed.BACK) == Answers()


def test_an_answer_can_be_changed_and_the_later_ones_are_kept() -> None:
    done = visit(AO_93)

    asked = turned(PACK, done, Deed.CHANGE, Asked("title"))
    again = asked.with_(Asked("title"), "search_and_seizure_warrant")

    assert walk(PACK, asked).asked == Asked("title")
    assert walk(PACK, again).question is None
    assert dict(again.given) == dict(done.given)


def test_an_answer_that_is_no_longer_asked_for_is_passed_over_and_does_not_count() -> None:
    changed = visit(AO_93).with_(Asked("top_heading"), "dhs").with_(Asked("title"), "warrant_of_removal")
    changed = visit(I_200, changed.with_(Asked("signer_label"), "immigration_officer"))

    whole, _ = answer(PACK, changed, today=TODAY)

    assert whole.paper_class is PaperClass.DHS_REMOVAL_WARRANT
    assert Asked("execute_by") not in walk(PACK, changed).steps


def test_going_in_answers_at_once_whatever_else_is_open() -> None:
    midway = Answers({Asked("danger_now"): "no", Asked("paper"): "paper"})

    now = turned(PACK, midway, Deed.GOING_IN)
    whole, _ = answer(PACK, now, today=TODAY)

    assert walk(PACK, now).question is None
    assert whole.outcome is Outcome.EMERGENCY
    assert whole.access[AccessZone.PRIVATE] is Access.DO_NOT_BLOCK


def test_back_from_going_in_is_where_one_was_before() -> None:
    midway = Answers({Asked("danger_now"): "no", Asked("paper"): "paper"})

    back = turned(PACK, turned(PACK, midway, Deed.GOING_IN), Deed.BACK)

    assert walk(PACK, back) == walk(PACK, midway)


def test_in_an_emergency_the_paper_can_still_be_read_and_becomes_an_overlay() -> None:
    now = turned(PACK, turned(PACK, Answers(), Deed.GOING_IN), Deed.GO_ON)

    assert walk(PACK, now).asked == Asked("paper")
    whole, _ = answer(PACK, visit(I_200, now), today=TODAY)

    assert whole.outcome is Outcome.EMERGENCY
    assert PaperClass.DHS_ARREST_WARRANT in whole.overlays


def test_a_second_paper_is_asked_for_by_itself_and_the_stricter_duty_leads() -> None:
    both = turned(PACK, visit(I_200), Deed.ANOTHER_PAPER)
    first = walk(PACK, both)
    both = visit(AO_93, both)

    whole, each = answer(PACK, both, today=TODAY)

    assert first.asked == Asked("top_heading", 2)
    assert [paper.paper_class for paper in each] == [PaperClass.DHS_ARREST_WARRANT, PaperClass.JUDICIAL_SEARCH]
    assert whole.outcome is Outcome.RESPONDER_NOW
    assert {whole.paper_class, *whole.overlays} >= {PaperClass.DHS_ARREST_WARRANT, PaperClass.JUDICIAL_SEARCH}
    assert whole.call[0].role is ContactRole.RESPONDER


def test_back_from_an_unread_second_paper_is_the_answer_for_the_first() -> None:
    done = visit(I_200)

    back = turned(PACK, turned(PACK, done, Deed.ANOTHER_PAPER), Deed.BACK)

    assert back.further == 0
    assert walk(PACK, back) == walk(PACK, done)


def test_a_paper_shown_after_none_was_asks_what_they_show() -> None:
    later = turned(PACK, visit({"danger_now": "no", "paper": "none"}), Deed.ANOTHER_PAPER)

    assert walk(PACK, later).asked == Asked("paper")
    assert later.further == 0


def test_start_again_forgets_everything() -> None:
    assert turned(PACK, visit(AO_93), Deed.AGAIN) == Answers()


def test_rules_past_their_review_date_say_so() -> None:
    whole, _ = answer(PACK, visit(I_200), today=PACK.review_by + timedelta(days=1))

    assert whole.pack.stale


def test_the_name_of_a_field_names_the_question_and_nothing_else_does() -> None:
    for asked in (Asked("title"), Asked("title", 3)):
        assert Asked.named(asked.field) == asked
    for wrong in ("", "titles", "paper1-title", "paper2-", "answered", "paper2_title"):
        with pytest.raises(ValueError):
            Asked.named(wrong)


KEYED = st.sampled_from(["danger_now", "paper", "top_heading", "title", "signer_label", "custody_escort"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(Deed)), KEYED), max_size=6), st.sampled_from([I_200, AO_93]))
def test_whatever_is_pressed_there_is_a_question_or_an_answer(
    presses: list[tuple[Deed, str]], values: dict[str, str]
) -> None:
    answers = Answers()
    for deed, key in presses:
        answers = turned(PACK, visit(values, answers), deed, Asked(key))
        walked = walk(PACK, answers)
        whole, _ = answer(PACK, answers, today=TODAY)

        assert (walked.question is None) or walked.asked not in walked.steps
        assert whole.call
        assert (whole.outcome is Outcome.EMERGENCY) == in_emergency(answers)


# --- by the clock ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ("2026-11-23T23:59", ZoneClass.PUBLIC),  # 17:59 in Chicago, a Monday
        ("2026-11-24T00:00", ZoneClass.PRIVATE),  # 18:00
        ("2026-07-06T22:59", ZoneClass.PUBLIC),  # 17:59 with daylight saving
        ("2026-07-06T23:00", ZoneClass.PRIVATE),
    ],
)
def test_the_desk_follows_the_clock_on_the_wall_of_the_facility(store, actor, stored_floor, facility, utc, expected):
    evening = Spell((0, 1, 2, 3, 4), 18 * 60, 7 * 60, ZoneClass.PRIVATE)
    lobby = replace(stored_floor.rooms[0], zone_class=ZoneClass.PUBLIC, hours=(evening,))
    floor = replace(stored_floor, rooms=(lobby, *stored_floor.rooms[1:]))
    with store.begin() as books:
        books.facilities.save(replace(facility, time_zone="America/Chicago"))
        books.designations.add(Designation("1" * 32, facility, floor, 1, 1, NOW, "Ana"))
    view = desk_view(store, actor("desk"), facility.id, datetime.fromisoformat(utc).replace(tzinfo=UTC))

    assert view.designations[0].floor.rooms[0].zone_class is expected
    assert expected.value in view.hours[0]


def test_who_is_off_duty_is_called_last_and_said_to_be_so(store: Store, stored_facility: Facility) -> None:
    friday_night = datetime(2026, 11, 28, 4, 0, tzinfo=UTC)  # ten at night in Chicago
    day = (Spell((0, 1, 2, 3, 4), 7 * 60, 18 * 60, None),)
    dana = replace(person(ContactRole.RESPONDER, "Dana"), facility_id=stored_facility.id, duty=day)
    luis = replace(person(ContactRole.ADMINISTRATOR_ON_CALL, "Luis"), facility_id=stored_facility.id)
    with store.begin() as books:
        books.contacts.replace(stored_facility.id, (dana, luis))

    view = facility_desk(store, stored_facility.id, friday_night)
    calls = call_list([ContactRole.RESPONDER], view.contacts, view.off_duty)

    assert [each.name for each in calls.contacts] == ["Luis"]
    assert [(each.name, each.hours) for each in calls.others] == [("Dana", OFF_DUTY)]
    assert calls.missing == (ContactRole.RESPONDER,)


def test_where_nobody_is_on_duty_everybody_is_called(store: Store, stored_facility: Facility) -> None:
    day = (Spell((0,), 7 * 60, 18 * 60, None),)
    dana = replace(person(ContactRole.RESPONDER, "Dana"), facility_id=stored_facility.id, duty=day)
    with store.begin() as books:
        books.contacts.replace(stored_facility.id, (dana,))

    view = facility_desk(store, stored_facility.id, datetime(2026, 11, 28, 4, 0, tzinfo=UTC))

    assert view.contacts == (dana,)
    assert view.off_duty == ()
