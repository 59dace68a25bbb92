"""The record of designations: each is entered, an approval beside it, and meddling with the database is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text

from zonemap.errors import Invalid, NotFound
from zonemap.model.facility import Designation, Facility
from zonemap.model.person import Actor, Role
from zonemap.model.plan import Floor
from zonemap.model.record import Head
from zonemap.storage.store import Store
from zonemap.work.record import approvals, approve, by_code, head_from, prove


@pytest.fixture
def manager(actor: Callable[..., Actor]) -> Actor:
    return actor(Role.MANAGER)


@pytest.fixture
def revisions(store: Store, stored_floor: Floor, facility: Facility, now: datetime) -> list[Designation]:
    made = []
    for number in (1, 2, 3):
        floor = replace(stored_floor, name=f"Ground {number}")
        with store.begin() as books:
            made.append(
                books.designations.add(Designation(f"{number}" * 32, facility, floor, number, number, now, "Ana Ruiz"))
            )
    return made


def _meddle(store: Store, *statements: str) -> None:
    """What somebody with the database file in hand can do: the triggers go first."""
    with store.engine.begin() as connection:
        for table in ("record", "designation"):
            for verb in ("UPDATE", "DELETE"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_each_designation_is_entered_and_bears_a_code(store: Store, revisions: list[Designation]) -> None:
    proof = prove(store, revisions[0].facility.id)

    assert (proof.entries, proof.faults) == (3, ())
    assert len({each.code for each in revisions}) == 3
    with store.read() as books:
        assert books.designations.get(revisions[0].id).code == revisions[0].code


def test_a_code_tells_whether_its_designation_is_in_force(
    store: Store, manager: Actor, revisions: list[Designation]
) -> None:
    old, new = (by_code(store, manager, each.code.lower()) for each in (revisions[0], revisions[2]))

    assert old.designation.number == 1
    assert old.newer
    assert old.newer.number == 3
    assert new.newer is None


@pytest.mark.parametrize("code", ["", "zzzz-zzzz", "12", "%%%%%%%%"])
def test_what_is_no_code_is_said_to_be_none(store: Store, manager: Actor, code: str) -> None:
    with pytest.raises(Invalid, match="foot line"):
        by_code(store, manager, code)


def test_a_code_that_nobody_has_is_not_found(store: Store, manager: Actor, revisions: list[Designation]) -> None:
    with pytest.raises(NotFound):
        by_code(store, manager, "0000-0000")


def test_an_approval_is_entered_beside_its_designation(
    store: Store, manager: Actor, revisions: list[Designation], now: datetime
) -> None:
    given = {"name": "Dr. Lee", "role": "Privacy officer", "approved_on": "2026-11-20", "remark": "Door 4 re-checked."}
    approve(store, manager, revisions[1].id, **given, now=now)

    (found,) = approvals(store, manager, revisions[1].id)
    assert (found.name, found.role, found.remark) == ("Dr. Lee", "Privacy officer", "Door 4 re-checked.")
    assert approvals(store, manager, revisions[0].id) == ()
    assert prove(store, revisions[0].facility.id).faults == ()


def test_an_approval_without_a_name_is_refused(
    store: Store, manager: Actor, revisions: list[Designation], now: datetime
) -> None:
    with pytest.raises(Invalid) as error:
        approve(store, manager, revisions[0].id, name=" ", role="Counsel", approved_on="2026-11-20", now=now)

    assert set(error.value.fields) == {"name"}
    assert prove(store, revisions[0].facility.id).entries == 3


@pytest.mark.parametrize(
    ("statement", "position", "word"),
    [
        ("UPDATE designation SET document = '{}' WHERE number = 2", 2, "is not what entry 2 recorded"),
        ('UPDATE record SET body = \'{"designation":"x","number":2,"document":""}\' WHERE position = 2', 2, "not what"),
        ("UPDATE record SET recorded_by = 'Eve' WHERE position = 1", 1, "not what it was"),
        ("DELETE FROM record WHERE position = 2", 2, "missing"),
        ("DELETE FROM record WHERE position = 3", 3, "not in the record"),
    ],
)
def test_meddling_with_the_database_is_named(
    store: Store, revisions: list[Designation], statement: str, position: int, word: str
) -> None:
    _meddle(store, statement)
    found = prove(store, revisions[0].facility.id).faults

    assert any(fault.position in (position, 3, 4) and word in fault.message for fault in found), found


def test_two_entries_that_changed_places_are_named(store: Store, revisions: list[Designation]) -> None:
    _meddle(store, "UPDATE record SET position = CASE position WHEN 1 THEN 12 ELSE 11 END WHERE position < 3")
    _meddle(store, "UPDATE record SET position = position - 10 WHERE position > 10")

    assert {fault.position for fault in prove(store, revisions[0].facility.id).faults} >= {1, 2}


def test_a_cut_end_shows_against_the_printed_head(store: Store, revisions: list[Designation]) -> None:
    proof = prove(store, revisions[0].facility.id)
    assert proof.head
    _meddle(
        store,
        "DELETE FROM record WHERE position = 3",
        "DELETE FROM designation WHERE number = 3",
    )
    printed = head_from(f"{proof.head.position}:{proof.head.hash[:16].upper()}")

    assert prove(store, revisions[0].facility.id).faults == ()
    assert "gone" in prove(store, revisions[0].facility.id, printed).faults[0].message


def test_a_head_is_read_as_the_memo_prints_it() -> None:
    assert head_from(" 12:9F2C04B1 ") == Head(12, "9f2c04b1")
    with pytest.raises(Invalid):
        head_from("9F2C")
