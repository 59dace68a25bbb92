"""All sites by readiness: counted once, again after each change whoever made it, and by nobody twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from zonemap.errors import Forbidden
from zonemap.model.device import DeskDevice
from zonemap.model.facility import Contact, ContactRole, Designation
from zonemap.model.readiness import Item, Said, Statement
from zonemap.work import readiness
from zonemap.work.roll_up import count_due, made_with, roll_up


@pytest.fixture
def boss(actor):
    return actor("administrator", "manager", "responder")


def add_sites(store, facility, floor, first: int, last: int, now) -> None:
    with store.begin() as books:
        for number in range(first, last):
            there = replace(facility, id=f"{number:032x}", name=f"Site {number:03d}")
            drawn = replace(floor, id=f"f{number:031x}", facility_id=there.id)
            books.facilities.add(there)
            books.floors.add(drawn, saved_at=now, saved_by="Ana")
            books.designations.add(Designation(f"d{number:031x}", there, drawn, 1, 1, now, "Ana"))


def count_all(store, now) -> int:
    whole = 0
    while counted := count_due(store, now, most=50):
        whole += counted
    return whole


def as_told_one_by_one(store, boss, now) -> list[tuple[str, int, str]]:
    with store.read() as books:
        sites = books.facilities.list()
    found = [readiness.readiness(store, boss, each.id, now=now) for each in sites]
    told = [(each.facility.name, each.done, each.next.fact if each.next else "") for each in found]
    return sorted(told, key=lambda each: (each[1], each[0]))


def as_listed(store, boss, now) -> list[tuple[str, int, str]]:
    return [(each.name, each.done, each.next.fact if each.next else "") for each in roll_up(store, boss, now=now).page]


def a_contact(books, site, now):
    books.contacts.replace(site, (Contact("c" * 32, site, ContactRole.COUNSEL, "Reyes", "555-0190"),))


def a_name(books, site, now):
    books.facilities.save(replace(books.facilities.get(site), name="Zinnia House"))


def a_floor(books, site, now):
    saved = books.floors.list(site)[0]
    books.floors.save(replace(saved.floor, rooms=()), saved.version, saved_at=now, saved_by="Bo")


def a_computer(books, site, now):
    books.devices.add(DeskDevice("2" * 32, site, "Desk", "Ana", now, token_hash="t" * 64, used_on=now.date()))


def a_word(books, site, now):
    books.readiness.say(Statement("3" * 32, site, Said.RIGHTS, "Ana", now))


def a_shared_contact(books, site, now):
    books.organization.replace_contacts((Contact("4" * 32, "", ContactRole.COUNSEL, "Reyes", "555-0190"),))


@pytest.mark.parametrize("change", [a_contact, a_name, a_floor, a_computer, a_word, a_shared_contact])
def test_each_change_shows_at_once_in_the_list_of_all_sites(any_store, boss, facility, floor, now, change):
    add_sites(any_store, facility, floor, 0, 3, now)
    assert as_listed(any_store, boss, now) == as_told_one_by_one(any_store, boss, now)
    before = as_listed(any_store, boss, now)

    with any_store.begin() as books:
        change(books, f"{1:032x}", now)

    assert as_listed(any_store, boss, now) != before or change is a_computer
    assert as_listed(any_store, boss, now) == as_told_one_by_one(any_store, boss, now)
    assert count_due(any_store, now) == 0


def test_what_nobody_changed_is_not_counted_again(store, boss, facility, floor, now):
    add_sites(store, facility, floor, 0, 3, now)
    assert count_all(store, now) == 3
    a_day_later = now + timedelta(1)

    with store.begin() as books:
        a_contact(books, f"{2:032x}", now)

    assert count_all(store, a_day_later) == 1


def test_time_alone_has_a_site_counted_again_on_the_day_on_which_something_of_it_grows_old(
    store, boss, facility, floor, now
):
    add_sites(store, facility, floor, 0, 2, now)
    with store.begin() as books:
        a_computer(books, f"{0:032x}", now)
    count_all(store, now)

    assert count_all(store, now + timedelta(14)) == 0
    assert count_all(store, now + timedelta(15)) == 1
    assert as_listed(store, boss, now + timedelta(15)) == as_told_one_by_one(store, boss, now + timedelta(15))


def test_what_was_counted_before_a_change_is_not_heard_after_it(store, facility, floor, now):
    add_sites(store, facility, floor, 0, 1, now)
    count_all(store, now)
    site = f"{0:032x}"
    with store.read() as books:
        (old,), turn = books.site_readiness.worst(None, first=0, most=1), books.site_readiness.turns([site])[site]
    with store.begin() as books:
        a_name(books, site, now)
    count_all(store, now)  # another server was faster

    with store.begin() as books:
        assert not books.site_readiness.keep(old, seen=turn, notes=())
        assert not books.site_readiness.keep(old, seen=None, notes=())
        assert books.site_readiness.worst(None, first=0, most=1)[0].name == "Zinnia House"


def test_other_rules_have_all_sites_counted_again(store, facility, floor, now):
    add_sites(store, facility, floor, 0, 2, now)
    count_all(store, now)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE site_readiness SET made_with = 'older'"))

    assert count_all(store, now) == 2
    with store.read() as books:
        assert {each.made_with for each in books.site_readiness.worst(None, first=0, most=9)} == {made_with()}


def test_of_many_changed_sites_a_page_counts_some_and_says_how_many_are_left(store, boss, facility, floor, now):
    add_sites(store, facility, floor, 0, 12, now)

    first = roll_up(store, boss, now=now)

    assert len(first.page) + first.waiting == 12
    assert first.waiting == 4
    assert roll_up(store, boss, now=now).waiting == 0


def test_the_line_of_the_backup_is_that_of_today(store, boss, facility, floor, now):
    add_sites(store, facility, floor, 0, 1, now)
    (site,) = roll_up(store, boss, now=now).page

    whole = readiness.readiness(store, boss, site.facility_id, now=now)
    assert (site.done, site.whole, site.percent) == (whole.done, len(Item), whole.percent)


def test_only_who_may_sees_it_and_only_their_own(store, actor, facility, floor, now):
    add_sites(store, facility, floor, 0, 3, now)

    with pytest.raises(Forbidden):
        roll_up(store, actor("desk"), now=now)
    assert [each.name for each in roll_up(store, actor("manager", at=f"{1:032x}"), now=now).page] == ["Site 001"]
