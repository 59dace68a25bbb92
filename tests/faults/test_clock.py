"""The clock jumps: an hour back, a year ahead and back again, over a change to summer time.

Nobody is shut out for good, nothing lives longer than it should, and the record stays whole and in its order.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pyotp
import pytest

from tests.conftest import NOW, add_account
from tests.faults.paths import ANA, VISIT, prepare
from tests.work.clinic import CLINIC
from zonemap.errors import Busy, Invalid, NotFound
from zonemap.model.access import LinkPurpose
from zonemap.model.backup import BackupMade
from zonemap.model.device import DeskDevice
from zonemap.model.pack import PackChoice
from zonemap.model.person import Account, Role
from zonemap.model.sign import SignOptions
from zonemap.model.visit import Happening
from zonemap.settings import Settings
from zonemap.storage.store import Store
from zonemap.work import accounts, alerts, devices, second_factor, sessions, visits
from zonemap.work.alert_channels import Channels
from zonemap.work.backup import backup_if_due, file_name, keep_newest, make_key
from zonemap.work.packs import choose_pack
from zonemap.work.print_jobs import ask_for_pack, made_pack, make_pack
from zonemap.work.record import approve, doctor_lines
from zonemap.work.throttle import Limit, spend

YEAR, HOUR = timedelta(days=365), timedelta(hours=1)
AHEAD = NOW + YEAR


@pytest.fixture
def clinic(store: Store) -> Store:
    prepare(store)
    return store


def told(store: Store, token: str, now: datetime) -> bool:
    return sessions.actor_of(store, token, now) is not None


def test_a_session_ends_when_the_clock_goes_back_and_lives_no_longer_for_a_clock_that_was_ahead(clinic: Store) -> None:
    with clinic.begin() as books:
        sessions.begin_session(books, ANA.account_id, "today", NOW)
        sessions.begin_session(books, ANA.account_id, "ahead", AHEAD)

    assert told(clinic, "ahead", AHEAD)
    assert not told(clinic, "today", AHEAD)
    assert not told(clinic, "ahead", NOW + timedelta(minutes=5))
    with clinic.begin() as books:
        sessions.begin_session(books, ANA.account_id, "again", NOW)
    assert told(clinic, "again", NOW)
    assert not told(clinic, "again", NOW - HOUR)


def test_a_link_and_a_desk_code_that_were_made_while_the_clock_was_ahead_open_nothing_afterwards(clinic: Store) -> None:
    guest = Account("d" * 32, "Dee", "dee@clinic.example", frozenset({Role.DESK}))
    accounts.invite(clinic, ANA, guest, new_token="link", now=AHEAD)  # noqa: S106
    device = DeskDevice("e" * 32, CLINIC.id, "Desk", "Ana", AHEAD)
    devices.await_device(clinic, ANA, device, "ABCD2345", AHEAD)

    assert accounts.open_link(clinic, "link", LinkPurpose.INVITATION, AHEAD) is not None
    with pytest.raises(NotFound):
        accounts.open_link(clinic, "link", LinkPurpose.INVITATION, NOW)
    with pytest.raises(Invalid, match="older than 15 minutes"):
        devices.pair(clinic, "ABCD2345", address="::1", token="t", old_token="", now=NOW)  # noqa: S106


def test_codes_of_an_app_work_again_after_the_clock_was_ahead_and_none_works_twice(store: Store) -> None:
    ana = add_account(store, "manager")
    actor = replace(ANA, account_id=ana.id)
    secret = pyotp.random_base32(32)
    second_factor.begin_factor(store, actor, secret=secret)
    app = pyotp.TOTP(secret)
    second_factor.confirm_factor(store, actor, app.at(AHEAD), session_token="", now=AHEAD)

    def comes_in(token: str, now: datetime) -> None:
        with store.begin() as books:
            second_factor.begin_half(books, ana.id, token, now)
        second_factor.finish_sign_in(store, token, app.at(now), token=f"in {token}", now=now)

    comes_in("one", NOW)
    assert told(store, "in one", NOW)
    with pytest.raises(Invalid, match="not the code"):
        comes_in("two", NOW)
    with pytest.raises(Invalid, match="not the code"):
        comes_in("three", NOW - HOUR)  # back an hour: a code that somebody may have seen is not taken again


def test_tries_that_were_counted_while_the_clock_was_ahead_shut_nobody_out_for_a_year(store: Store) -> None:
    limit = Limit("test", 3)

    def tries(now: datetime) -> int:
        with store.begin() as books:
            return spend(books, limit, "ana", now).wait_s

    assert [tries(AHEAD) == 0 for _ in range(4)] == [True, True, True, False]
    assert tries(NOW) > 0
    assert tries(NOW + HOUR) == 0


def test_an_alert_that_was_raised_while_the_clock_was_ahead_does_not_swallow_the_next_one(clinic: Store) -> None:
    ids = count(1)
    channels = Channels(smtp="smtp://127.0.0.1:9", sender="desk@clinic.example")

    def pressed(now: datetime) -> str:
        given = {"new_id": lambda: f"{next(ids):032x}", "new_token": lambda: f"t{next(ids)}", "now": now}
        return alerts.raise_alert(clinic, ANA, CLINIC.id, alerts.FRONT_DESK, channels, **given).id  # type: ignore[arg-type]

    wrong = pressed(AHEAD)
    right = pressed(NOW)
    assert wrong != right
    assert pressed(NOW + timedelta(minutes=1)) == right
    with clinic.begin() as books:
        due = books.alerts.due(NOW, until=NOW + HOUR, latest=NOW + timedelta(minutes=10))
    assert {each.alert_id for each in due} == {wrong, right}, "none waits for a year"


def test_a_pack_that_was_begun_while_the_clock_was_ahead_is_made(clinic: Store) -> None:
    options, choice = SignOptions(languages=("en",)), PackChoice(maps=False)
    pack = choose_pack(clinic, ANA, CLINIC.id, options, choice)
    job = ask_for_pack(clinic, ANA, pack, options, choice, "csv", job_id="a" * 32, now=NOW)
    with clinic.begin() as books:
        assert books.print_jobs.take(job.id, maker="lost", now=AHEAD, until=AHEAD + timedelta(seconds=20))

    make_pack(clinic, job, maker="next", clock=lambda: NOW)

    assert made_pack(clinic, ANA, CLINIC.id, job.id)[1]


@pytest.fixture
def nights(tmp_path: Path, settings: Settings) -> Settings:
    (tmp_path / "backups").mkdir()
    public = make_key(tmp_path / "key.txt")
    return replace(settings, backup_folder=tmp_path / "backups", backup_to=public, backup_keep=3)


def test_backups_go_on_after_the_clock_was_ahead_and_none_is_removed_for_a_later_name(
    clinic: Store, nights: Settings
) -> None:
    ids = count(1)
    assert nights.backup_folder is not None

    def night(now: datetime) -> BackupMade | None:
        return backup_if_due(clinic, nights, clock=lambda: now, new_id=lambda: f"{next(ids):032x}")

    made = [night(AHEAD), night(AHEAD + timedelta(hours=25)), night(NOW), night(NOW + timedelta(hours=25))]

    assert all(made)
    assert night(NOW + timedelta(hours=26)) is None
    assert {path.name for path in nights.backup_folder.iterdir()} == {each.name for each in made[1:] if each}
    assert not made[0].is_fresh(NOW), "how old it is nobody knows"  # type: ignore[union-attr]


def test_a_jump_ahead_removes_no_backup(tmp_path: Path) -> None:
    for day in range(3):
        (tmp_path / file_name(NOW - timedelta(days=day))).touch()

    assert keep_newest(tmp_path, 3, AHEAD) == []


SUMMER = datetime(2027, 3, 14, 8, 0, tzinfo=UTC)  # in Illinois the clock goes from 2 to 3 at this moment


LEAP_DAY = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)
SIGNED_32 = datetime(2038, 1, 19, 4, 0, tzinfo=UTC)  # after the last second that 32 bits can hold


def jumps() -> Iterator[datetime]:
    yield from (SUMMER - timedelta(minutes=1), SUMMER + timedelta(minutes=1), SUMMER - HOUR)
    yield from (SUMMER + YEAR, SUMMER, LEAP_DAY, SIGNED_32)


def test_the_record_and_a_visit_stay_whole_and_in_the_order_of_writing_however_the_clock_jumps(clinic: Store) -> None:
    with clinic.read() as books:
        made = books.designations.list(CLINIC.id)[0]
    for number, now in enumerate(jumps()):
        approve(clinic, ANA, made.id, name=f"Lee {number}", role="Counsel", approved_on="2026-11-24", now=now)
        happened = (Happening.OTHER, now, f"Note {number}")
        visits.add_moment(clinic, ANA, CLINIC.id, VISIT, f"{number:032x}", *happened, now=now)

    with clinic.read() as books:
        record, visit = books.records.list(CLINIC.id), books.visits.entries(VISIT)
    assert [entry.values["name"] for entry in record[1:]] == [f"Lee {number}" for number in range(7)]
    assert [entry.values["note"] for entry in visit[1:]] == [f"Note {number}" for number in range(7)]
    assert doctor_lines(clinic, None, None)[1]


def test_too_many_tries_is_still_too_many_when_the_clock_goes_back(store: Store) -> None:
    with closing(store):
        for _ in range(40):
            try:
                accounts.sign_in(store, "a@b.example", "x", address="::1", token="t", now=NOW - HOUR)  # noqa: S106
            except (Busy, Invalid) as error:
                last = error
        assert isinstance(last, Busy)
