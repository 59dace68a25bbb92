"""Pairing a desk computer: a code that works once, a token that opens one desk, until it is revoked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.conftest import NOW, add_account
from zonemap.errors import Busy, Forbidden, Invalid, NotFound
from zonemap.model.device import DeskDevice
from zonemap.model.facility import Facility
from zonemap.model.person import Actor, Role
from zonemap.storage.store import Store
from zonemap.work.desk import desk_view
from zonemap.work.devices import (
    ANSWER_WAIT_S,
    CODE_LIVES,
    DEVICES_MOST,
    OF_ADDRESS,
    await_device,
    device_actor,
    devices,
    pair,
    pair_here,
    revoke,
    set_answer_wait,
)
from zonemap.work.permissions import Permission, may
from zonemap.work.sessions import actor_of, begin_session

BO = Actor("a" * 32, "Bo", frozenset({Role.MANAGER}))
CODE = "ABCD-2345"


@pytest.fixture
def kept(any_store: Store, facility: Facility) -> Facility:
    with any_store.begin() as books:
        return books.facilities.add(facility)


def named(facility: Facility, number: int = 1, name: str = "Front desk, left") -> DeskDevice:
    return DeskDevice(f"{number:032x}", facility.id, name, "Bo", NOW)


def typed(store: Store, code: str, token: str, *, address: str = "one", now: datetime = NOW) -> DeskDevice:
    return pair(store, code, address=address, token=token, old_token="", now=now)


def sat_down(store: Store, actor: Actor, device: DeskDevice, token: str, old: str, session: str) -> DeskDevice:
    return pair_here(store, actor, device, token=token, old_token=old, session_token=session, now=NOW)


def paired(store: Store, facility: Facility, token: str = "token") -> Actor:  # noqa: S107
    await_device(store, BO, named(facility), CODE, NOW)
    typed(store, CODE, token)
    found = device_actor(store, token, NOW)
    assert found is not None
    return found


def test_a_code_pairs_a_computer_once_however_it_is_typed(any_store: Store, kept: Facility) -> None:
    await_device(any_store, BO, named(kept), CODE, NOW)

    device = typed(any_store, " abcd 2345", "token")

    assert (device.name, device.facility_id, device.paired) == ("Front desk, left", kept.id, True)
    with pytest.raises(Invalid, match="was used"):
        typed(any_store, CODE, "other")
    assert device_actor(any_store, "other", NOW) is None


def test_a_code_is_over_after_a_quarter_of_an_hour_and_its_row_goes(any_store: Store, kept: Facility) -> None:
    await_device(any_store, BO, named(kept), CODE, NOW)

    with pytest.raises(Invalid, match="older than 15 minutes"):
        typed(any_store, CODE, "token", now=NOW + CODE_LIVES)

    assert devices(any_store, BO, kept.id, NOW + CODE_LIVES).devices == ()
    await_device(any_store, BO, named(kept, 2), "WXYZ-2345", NOW + CODE_LIVES)
    with any_store.read() as books:
        assert [each.id for each in books.devices.list(kept.id)] == [f"{2:032x}"]


def test_codes_can_be_tried_ten_times_an_hour_from_one_address(any_store: Store, kept: Facility) -> None:
    await_device(any_store, BO, named(kept), CODE, NOW)
    for _ in range(OF_ADDRESS.tries):
        with pytest.raises(Invalid):
            typed(any_store, "2222-2222", "token")

    with pytest.raises(Busy) as found:
        typed(any_store, CODE, "token")

    assert found.value.data["retry_after_s"] > 0
    assert typed(any_store, CODE, "token", address="two").paired


def test_a_paired_computer_may_use_its_own_desk_and_nothing_else(
    any_store: Store, kept: Facility, facility: Facility
) -> None:
    other = replace(facility, id="b" * 32, name="Elsewhere")
    with any_store.begin() as books:
        books.facilities.add(other)
    desk = paired(any_store, kept)

    assert [each for each in Permission if may(desk, each, at=kept.id)] == [Permission.USE_DESK]
    assert [each for each in Permission if may(desk, each, at=other.id)] == []
    assert desk_view(any_store, desk, kept.id, NOW).facility.id == kept.id
    with pytest.raises(NotFound):
        desk_view(any_store, desk, other.id, NOW)
    with pytest.raises(Forbidden):
        devices(any_store, desk, kept.id, NOW)


def test_it_does_not_end_by_itself_and_ends_at_once_when_it_is_revoked(any_store: Store, kept: Facility) -> None:
    paired(any_store, kept)

    assert device_actor(any_store, "token", NOW + timedelta(days=3000)) is not None
    with pytest.raises(NotFound):
        revoke(any_store, BO, "b" * 32, f"{1:032x}")  # not by way of another facility
    revoke(any_store, BO, kept.id, f"{1:032x}")

    assert device_actor(any_store, "token", NOW) is None
    with pytest.raises(NotFound, match="no such desk computer"):
        revoke(any_store, BO, kept.id, f"{1:032x}")


def test_the_day_of_its_last_use_is_kept_by_the_clock_on_the_wall_and_no_moment(
    any_store: Store, kept: Facility
) -> None:
    paired(any_store, kept)
    late = NOW.replace(hour=3) + timedelta(days=1)  # 9 in the evening before, in Illinois

    device_actor(any_store, "token", late)

    assert [each.used_on for each in devices(any_store, BO, kept.id, late).devices] == [date(2026, 11, 24)]


def test_pairing_the_computer_one_sits_at_signs_out_there_and_replaces_what_it_was(
    any_store: Store, kept: Facility
) -> None:
    account = add_account(any_store, "manager")
    with any_store.begin() as books:
        begin_session(books, account.id, "session", NOW)
    paired(any_store, kept, "old")

    sat_down(any_store, BO, named(kept, 2, "Desk"), "new", "old", "session")

    assert actor_of(any_store, "session", NOW) is None
    assert device_actor(any_store, "old", NOW) is None
    assert device_actor(any_store, "new", NOW).name == "Desk"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["", "x" * 61])
def test_a_computer_needs_a_name(store: Store, facility: Facility, name: str) -> None:
    with store.begin() as books:
        books.facilities.add(facility)

    with pytest.raises(Invalid) as found:
        await_device(store, BO, named(facility, name=name), CODE, NOW)

    assert set(found.value.fields) == {"name"}


def test_there_is_an_end_to_how_many_a_facility_has(store: Store, facility: Facility) -> None:
    with store.begin() as books:
        books.facilities.add(facility)
    for number in range(DEVICES_MOST):
        await_device(store, BO, named(facility, number), f"CODE{number}", NOW)

    with pytest.raises(Invalid, match="at most 50"):
        await_device(store, BO, named(facility, DEVICES_MOST), "MORE", NOW)


def test_how_long_the_desk_waits_for_an_answer_can_be_set_within_reason(any_store: Store, kept: Facility) -> None:
    assert devices(any_store, BO, kept.id, NOW).answer_wait_s == ANSWER_WAIT_S == 120

    set_answer_wait(any_store, BO, kept.id, 30)
    set_answer_wait(any_store, BO, kept.id, 45)

    assert devices(any_store, BO, kept.id, NOW).answer_wait_s == 45
    assert desk_view(any_store, BO, kept.id, NOW).answer_wait_s == 45
    for seconds in (0, 14, 301):
        with pytest.raises(Invalid, match="15 to 300"):
            set_answer_wait(any_store, BO, kept.id, seconds)


@pytest.mark.parametrize("role", [Role.RESPONDER, Role.DESK])
def test_only_who_manages_pairs_and_revokes(store: Store, facility: Facility, role: Role) -> None:
    somebody = Actor("a" * 32, "Cy", frozenset({role}))
    deeds = (
        lambda: devices(store, somebody, facility.id, NOW),
        lambda: await_device(store, somebody, named(facility), CODE, NOW),
        lambda: sat_down(store, somebody, named(facility), "t", "", ""),
        lambda: revoke(store, somebody, facility.id, "1"),
        lambda: set_answer_wait(store, somebody, facility.id, 60),
    )
    for deed in deeds:
        with pytest.raises(Forbidden):
            deed()
