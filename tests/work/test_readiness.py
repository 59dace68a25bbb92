"""Readiness is told from the data: a whole site made ready, gaps made in it one by one, and many sites at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from zonemap.errors import Forbidden, NotFound
from zonemap.model.backup import BackupMade
from zonemap.model.change import Put
from zonemap.model.device import DeskDevice
from zonemap.model.facility import Contact, ContactRole, Facility
from zonemap.model.law import CounselReview
from zonemap.model.plan import Floor
from zonemap.model.protocol import Step, Topic
from zonemap.model.readiness import Item, Said, Standing
from zonemap.model.record import RecordKind
from zonemap.model.training import Session, Trainee
from zonemap.model.wall import WallEvent
from zonemap.model.zone import ZoneClass
from zonemap.rules.pack import pack_for
from zonemap.rules.seal import seal
from zonemap.work import protocol, referrals, training_deeds, wall
from zonemap.work import readiness as work
from zonemap.work.designations import designate
from zonemap.work.roll_up import roll_up
from zonemap.work.wall import Tick
from zonemap.work.zones import mark


@pytest.fixture
def boss(actor):
    return actor("administrator", "manager", "responder")


def not_done(store, boss, facility_id, now) -> set[Item]:
    return {line.item for line in work.readiness(store, boss, facility_id, now=now).lines if not line.done}


@pytest.fixture
def ready(store, stored_facility, stored_floor, boss, now) -> Facility:
    """A site with everything that readiness asks for."""
    site, spot = stored_facility.id, replace(stored_floor, waiting_spot=(2.0, 2.0))
    with store.begin() as books:
        books.contacts.replace(
            site, tuple(Contact(f"{at:032x}", site, role, "Dana", "555-0142") for at, role in enumerate(ContactRole))
        )
        saved = books.floors.save(spot, 1, saved_at=now, saved_by="Ana")
        pack = pack_for(stored_facility.state, stored_facility.site_kind)
        books.law.add_review(CounselReview("1" * 32, site, pack.id, seal(pack), "Reyes", "Ana", now))
        books.devices.add(DeskDevice("2" * 32, site, "Desk", "Ana", now, token_hash="t" * 64, used_on=now.date()))
        books.backups.begin(BackupMade("3" * 32, now, "one", now))
    made = designate(store, boss, stored_floor.id, saved.version, now=now, new_id="4" * 32)
    with store.begin() as books:
        body = {"designation": made.id, "name": "Reyes", "role": "Counsel", "approved_on": "2026-11-24", "remark": ""}
        books.records.append(
            site, RecordKind.APPROVAL, body, recorded_at=now, recorded_by="Ana", designation_id=made.id
        )
    hang(store, boss, site, now)
    step = Step("5" * 32, Topic.AFTERWARDS.value, "Call the office.")
    protocol.add_step(store, boss, site, step, seen=0, now=now)
    words = protocol.protocol_of(store, boss, site).seal
    protocol.approve_speech(store, boss, site, seal=words, counsel="Reyes", on=now.date(), now=now)
    for number in referrals.referrals(store, boss, site).numbers:
        referrals.verify_referral(store, boss, site, number.id, on=now.date(), by="Ana", now=now)
    training_deeds.add_person(store, boss, Trainee("6" * 32, site, "Dana", "Desk"))
    day = Session("7" * 32, site, now.date(), "All of it", "Ana", "", now, "Ana", ("6" * 32,))
    training_deeds.hold_session(store, boss, day, now=now)
    for at, what in enumerate(Said):
        work.say(store, boss, site, what, now=now, new_id=f"8{at:031x}")
    return stored_facility


def hang(store, boss, site, now) -> None:
    sheets = wall.wall(store, boss, site).sheets
    ticks = [
        Tick(f"{at:032x}", each.floor.id, each.sheet, WallEvent.POSTED, each.number, now)
        for at, each in enumerate(sheets)
    ]
    wall.tick(store, boss, site, ticks, now=now)


def test_a_site_with_everything_is_all_done(store, boss, ready, now):
    found = work.readiness(store, boss, ready.id, now=now)

    assert [(line.item.value, line.fact) for line in found.lines if not line.done] == []
    assert found.percent == 100


def test_a_new_site_has_hardly_anything_and_says_what_comes_first(store, boss, stored_facility, now):
    found = work.readiness(store, boss, stored_facility.id, now=now)

    assert {line.item for line in found.lines if line.done} == {Item.CHECKED, Item.RULES_FRESH}
    assert found.next is not None
    assert found.next.item is Item.DRAWN
    states = {line.item: line.standing for line in found.lines}
    assert {item for item, state in states.items() if state is Standing.UNKNOWN} == {
        Item.RIGHTS,
        Item.TELEHEALTH,
        Item.OFFLINE,
    }


def no_role(role: ContactRole) -> Callable[..., None]:
    def gap(store, boss, site, now) -> None:
        with store.begin() as books:
            left = tuple(each for each in books.contacts.list(site) if each.role is not role)
            books.contacts.replace(site, left)

    return gap


def drawn_on(store, boss, site, now) -> None:
    with store.begin() as books:
        saved = books.floors.list(site)[0]
        books.floors.save(replace(saved.floor, name="Ground"), saved.version, saved_at=now, saved_by="Bo")


def another_floor(store, boss, site, now) -> None:
    with store.begin() as books:
        books.floors.add(Floor("9" * 32, site, "Roof", 9), saved_at=now, saved_by="Bo")


def designated_anew(store, boss, site, now) -> None:
    drawn_on(store, boss, site, now)
    with store.read() as books:
        saved = books.floors.list(site)[0]
    designate(store, boss, saved.floor.id, saved.version, now=now, new_id="a" * 32)


def a_sign_fell(store, boss, site, now) -> None:
    sheet = wall.wall(store, boss, site).sheets[0]
    wall.tick(
        store, boss, site, [Tick("f" * 32, sheet.floor.id, sheet.sheet, WallEvent.MISSING, sheet.number, now)], now=now
    )


def somebody_new(store, boss, site, now) -> None:
    training_deeds.add_person(store, boss, Trainee("b" * 32, site, "Eli", "Desk"))


def other_words(store, boss, site, now) -> None:
    protocol.withdraw_approval(store, boss, site, now=now)


def no_computer(store, boss, site, now) -> None:
    with store.begin() as books:
        books.devices.remove(site, "2" * 32)


def an_undecided_room(store, boss, site, now) -> None:
    with store.read() as books:
        saved = books.floors.list(site)[0]
    room = replace(saved.floor.rooms[2], zone_class=ZoneClass.UNDECIDED)
    mark(store, boss, saved.floor.id, saved.version, [Put(room)], now=now)


@pytest.mark.parametrize(
    ("gap", "items"),
    [
        # Signs name whom officers ask for: with nobody on call they say something else, and have to be hung anew.
        (no_role(ContactRole.ADMINISTRATOR_ON_CALL), {Item.BACKUP_PERSON, Item.POSTED}),
        (no_role(ContactRole.COUNSEL), {Item.LAWYER}),
        (no_role(ContactRole.PRIVACY_OFFICER), {Item.CONFIDENTIALITY}),
        (no_role(ContactRole.CHARGE_NURSE), {Item.EMERGENCY}),
        (no_role(ContactRole.SECURITY), set()),
        (drawn_on, {Item.DESIGNATED}),
        (another_floor, {Item.DRAWN, Item.DESIGNATED}),
        (designated_anew, {Item.APPROVED}),
        (an_undecided_room, {Item.DRAWN, Item.DESIGNATED}),
        (a_sign_fell, {Item.POSTED}),
        (somebody_new, {Item.TRAINED}),
        (other_words, {Item.WORDS}),
        (no_computer, {Item.PAIRED, Item.OFFLINE}),
    ],
)
def test_a_gap_in_the_data_moves_its_own_lines(store, boss, ready, now, gap, items):
    gap(store, boss, ready.id, now)

    assert not_done(store, boss, ready.id, now) == items


@pytest.mark.parametrize(
    ("days", "items"),
    [
        (1, set()),
        (8, {Item.BACKUP}),
        (15, {Item.BACKUP, Item.OFFLINE}),
        (92, {Item.BACKUP, Item.OFFLINE, Item.RIGHTS, Item.REFERRALS}),
    ],
)
def test_time_alone_moves_what_grows_old(store, boss, ready, now, days, items):
    """The rules have a date of their own, which is another test's."""
    assert not_done(store, boss, ready.id, now + timedelta(days=days)) - {Item.RULES_FRESH} == items


def test_nothing_of_another_site_moves_a_line(store, boss, ready, facility, now):
    with store.begin() as books:
        books.facilities.add(replace(facility, id="c" * 32))
        books.contacts.replace("c" * 32, ())

    assert not_done(store, boss, ready.id, now) == set()
    assert [each.facility_id for each in roll_up(store, boss, now=now).page] == ["c" * 32, ready.id], "worst first"


def test_what_only_people_know_is_said_at_ones_own_site_with_a_name(store, actor, boss, ready, now):
    with pytest.raises(NotFound):
        work.say(store, actor("manager", at="d" * 32), ready.id, Said.RIGHTS, now=now, new_id="e" * 32)
    with pytest.raises(Forbidden):
        work.say(store, actor("desk"), ready.id, Said.RIGHTS, now=now, new_id="e" * 32)
    line = next(each for each in work.readiness(store, boss, ready.id, now=now).lines if each.item is Item.RIGHTS)
    assert line.fact.startswith("Ana Ruiz said so on November 24, 2026")
