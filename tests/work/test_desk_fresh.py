"""The desk remembers, and is never behind: what is new shows at once, and nothing of another facility ever does."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import NOW
from zonemap.model.facility import Contact, ContactRole, Designation, Facility
from zonemap.model.hours import Spell
from zonemap.model.law import CounselReview, OwnMustNot
from zonemap.model.plan import Floor
from zonemap.model.zone import ZoneClass
from zonemap.rules.pack import Pack, packs
from zonemap.rules.questions import next_question
from zonemap.rules.seal import seal
from zonemap.rules.state_law import LAWS
from zonemap.storage.store import Store
from zonemap.work.desk import facility_desk, rooms_by_class
from zonemap.work.desk_turns import Answers, Asked, walk
from zonemap.work.kept import once_for_each

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def designation(facility: Facility, floor: Floor, number: int) -> Designation:
    return Designation(f"{number:032x}", facility, floor, number, 1, NOON, "Ana Ruiz")


def contact(facility: Facility, number: int, name: str, **more: object) -> Contact:
    return Contact(f"{number:032x}", facility.id, ContactRole.RESPONDER, name, "555-0100", **more)  # type: ignore[arg-type]


def test_each_change_shows_at_once_and_the_same_view_serves_until_then(
    any_store: Store, facility: Facility, floor: Floor
) -> None:
    with any_store.begin() as books:
        books.facilities.add(facility)
        books.floors.add(floor, saved_at=NOON, saved_by="Ana Ruiz")

    def shown() -> tuple[object, ...]:
        view = facility_desk(any_store, facility.id, NOW)
        assert facility_desk(any_store, facility.id, NOW + timedelta(seconds=20)) is view
        return (
            [(each.number, each.floor.name) for each in view.designations],
            [each.name for each in view.contacts],
            (view.facility.street, view.pack.reviewed_by, view.pack.part2, view.pack.own_must_not, view.answer_wait_s),
        )

    def change(what: str, **more: object) -> tuple[object, ...]:
        with any_store.begin() as books:
            repository, _, name = what.partition(".")
            getattr(getattr(books, repository), name)(*more.pop("args", ()), **more)  # type: ignore[misc]
        return shown()

    before = shown()
    assert before[:2] == ([], [])
    assert change("designations.add", args=(designation(facility, floor, 1),))[0] == [(1, floor.name)]
    later = designation(facility, replace(floor, name="Renamed"), 2)
    assert change("designations.add", args=(later,))[0] == [(2, "Renamed")]
    assert change("contacts.replace", args=(facility.id, (contact(facility, 1, "Ana"),)))[1] == ["Ana"]
    assert change("contacts.replace", args=(facility.id, (contact(facility, 1, "Bea"),)))[1] == ["Bea"]
    moved = replace(facility, street="9 New Street")
    assert change("facilities.save", args=(moved,))[2][0] == "9 New Street"  # type: ignore[index]
    assert change("law.seal", args=(facility.id,), sealed=True)[2][2] is True  # type: ignore[index]
    line = OwnMustNot("1" * 32, facility.id, "Do not leave the desk.", "Ana Ruiz", NOON)
    assert change("law.add_must_not", args=(line,))[2][3] == ("Do not leave the desk.",)  # type: ignore[index]
    assert change("devices.set_answer_wait", args=(facility.id, 45))[2][4] == 45  # type: ignore[index]
    pack = replace(facility_desk(any_store, facility.id, NOW).pack, own_must_not=(), part2=False)
    review = CounselReview("2" * 32, facility.id, pack.id, seal(pack), "Counsel", "Ana Ruiz", NOON)
    assert change("law.add_review", args=(review,))[2][1] == "Counsel"  # type: ignore[index]


def test_a_facility_never_gets_what_is_another_ones(store: Store, facility: Facility, floor: Floor) -> None:
    second = replace(facility, id="b" * 32, name="Second", state="CO")
    with store.begin() as books:
        for each, name in ((facility, "Ana"), (second, "Bea")):
            books.facilities.add(each)
            books.contacts.replace(each.id, (contact(each, int(each.id[0], 16), name),))

    for each, name in ((facility, "Ana"), (second, "Bea"), (facility, "Ana")):
        view = facility_desk(store, each.id, NOW)
        assert (view.facility, [one.name for one in view.contacts]) == (each, [name])
        assert view.pack.state in ("", each.state)


def test_hours_turn_with_the_minute_and_the_same_state_is_the_same_floor(
    store: Store, facility: Facility, floor: Floor
) -> None:
    turning = replace(floor.rooms[0], zone_class=ZoneClass.PUBLIC, hours=(Spell((1,), 720, 780, ZoneClass.PRIVATE),))
    with store.begin() as books:
        books.facilities.add(replace(facility, time_zone="UTC"))
        books.floors.add(floor, saved_at=NOON, saved_by="Ana Ruiz")
        books.designations.add(designation(facility, replace(floor, rooms=(turning,)), 1))

    def at(hour: int, minute: int, second: int = 0) -> Floor:
        when = datetime(2026, 11, 24, hour, minute, second, tzinfo=UTC)
        return facility_desk(store, facility.id, when).designations[0].floor

    states = [at(*when).rooms[0].zone_class for when in ((11, 59, 59), (12, 0), (12, 59, 59), (13, 0))]
    assert states == [ZoneClass.PUBLIC, ZoneClass.PRIVATE, ZoneClass.PRIVATE, ZoneClass.PUBLIC]
    assert at(12, 1) is at(12, 30)  # so it is drawn once
    assert at(12, 1) is not at(13, 1)
    assert [kind for kind, _ in rooms_by_class(at(12, 1))] == [ZoneClass.PRIVATE]
    assert [kind for kind, _ in rooms_by_class(at(13, 1))] == [ZoneClass.PUBLIC]


def test_the_questions_depend_on_nothing_of_a_pack_but_what_changes_the_access() -> None:
    chance = random.Random(6)  # noqa: S311 - a spread of visits, no secret
    plain = packs()["US-federal"]
    for pack in packs().values():
        alike = replace(plain, **{name: getattr(pack, name) for name in LAWS})
        for _ in range(8):
            answers: dict[str, object] = {}
            while (question := next_question(pack, answers)) is not None:
                assert next_question(alike, answers) == question
                option = chance.choice(question.options)
                answers |= {option.key: [option.value] if question.several else option.value}
            assert next_question(alike, answers) is None


@pytest.mark.parametrize("law", LAWS)
def test_a_pack_that_changes_the_access_is_asked_its_own_questions(law: str) -> None:
    plain, given = packs()["US-federal"], {"paper": "paper", "top_heading": "federal_court", "title": "order"}
    said = Answers({Asked(key): value for key, value in {**given, "signer_label": "judge"}.items()})
    other = replace(plain, **{law: True})

    def asked(pack: Pack) -> object:
        return walk(pack, said).asked

    assert asked(plain) == asked(replace(plain, name="Another name"))
    assert (asked(plain), asked(other), asked(plain)) == (asked(plain), walk(other, said).asked, asked(plain))


def test_what_was_made_of_a_value_is_that_values_own_and_no_more_stays_than_fits() -> None:
    made: list[tuple[int, str]] = []

    @once_for_each(2)
    def make(value: tuple[int, ...], name: str) -> object:
        made.append((value[0], name))
        return object()

    one, other = (1, 2), tuple(int(each) for each in "12")
    assert make(one, "a") is make(one, "a")
    assert make(one, "a") is not make(other, "a")
    assert make(one, "b") is not make(one, "a")  # the first of three has gone
    assert made == [(1, "a"), (1, "a"), (1, "b"), (1, "a")]
    assert len(fields(Pack)) > len(LAWS)
