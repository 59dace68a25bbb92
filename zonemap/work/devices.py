"""Pairing the computer of a front desk: a code that works once, then a token for that one desk until it is revoked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from zonemap.errors import Busy, Invalid
from zonemap.model.device import DeskDevice
from zonemap.model.facility import Facility
from zonemap.model.person import Actor
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, require
from zonemap.work.sessions import hash_of
from zonemap.work.throttle import Limit, refill, spend

CODE_LIVES = timedelta(minutes=15)
CLOCK_SLACK = timedelta(minutes=5)
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another
CODE_LENGTH = 8  # 39 bits, for 15 minutes, ten tries an hour
OF_ADDRESS = Limit("pairing", 10)
DEVICES_MOST = 50
NAME_MOST = 60
ANSWER_WAIT_S = 120  # as the fact base has it, where nobody has set another
ANSWER_WAIT_LEAST_S, ANSWER_WAIT_MOST_S = 15, 300


@dataclass(frozen=True, slots=True)
class DevicesView:
    """What the page of a facility's desk computers shows."""

    facility: Facility
    devices: tuple[DeskDevice, ...]
    answer_wait_s: int


def devices(store: Store, actor: Actor, facility_id: str, now: datetime) -> DevicesView:
    """The desk computers of a facility, those that wait for their code among them. Raises NotFound."""
    require(actor, Permission.SET_UP_DESK, at=facility_id)
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        found = tuple(each for each in books.devices.list(facility_id) if not _missed(each, now))
        return DevicesView(facility, found, answer_wait(books, facility_id))


def await_device(store: Store, actor: Actor, device: DeskDevice, code: str, now: datetime) -> DeskDevice:
    """Let a computer be paired with a code, once, for 15 minutes. Raises NotFound, Invalid."""
    require(actor, Permission.SET_UP_DESK, at=device.facility_id)
    waiting = replace(device, code_hash=hash_of(plain_code(code)), code_until=now + CODE_LIVES)
    return _added(store, waiting, now)


def pair_here(
    store: Store, actor: Actor, device: DeskDevice, *, token: str, old_token: str, session_token: str, now: datetime
) -> DeskDevice:
    """Pair the computer that the actor sits at, and sign the actor out there. Raises NotFound, Invalid."""
    require(actor, Permission.SET_UP_DESK, at=device.facility_id)
    return _added(store, replace(device, token_hash=hash_of(token)), now, (old_token, session_token))


def _added(store: Store, device: DeskDevice, now: datetime, ends: tuple[str, str] = ("", "")) -> DeskDevice:
    device = replace(device, name=_name(device.name), added_at=now)
    with store.begin() as books:
        books.facilities.get(device.facility_id)
        books.devices.forget_codes(now)
        if len(books.devices.list(device.facility_id)) >= DEVICES_MOST:
            raise Invalid(f"A facility has at most {DEVICES_MOST} desk computers. Remove one that is gone.")
        books.devices.forget(token_hash=hash_of(ends[0]))
        books.sessions.end(hash_of(ends[1]))
        return books.devices.add(device)


def pair(store: Store, code: str, *, address: str, token: str, old_token: str, now: datetime) -> DeskDevice:
    """Pair the computer that somebody types a code at. Raises Invalid; Busy after too many tries of an address."""
    with store.begin() as books:
        tries = spend(books, OF_ADDRESS, address, now)
    if tries.wait_s:
        minutes = max(1, round(tries.wait_s / 60))
        raise Busy(f"Too many tries. Wait {minutes} min, then try again.", retry_after_s=tries.wait_s)
    with store.begin() as books:
        device = books.devices.take_code(hash_of(plain_code(code)), hash_of(token), now, now + CODE_LIVES + CLOCK_SLACK)
        if device is None:
            told = "This code is not right, was used, or is older than 15 minutes. Ask the manager for a new one."
            raise Invalid(told, fields={"code": told})
        books.devices.forget(token_hash=hash_of(old_token))
        refill(books, OF_ADDRESS, address, now)
        return device


def revoke(store: Store, actor: Actor, facility_id: str, device_id: str) -> None:
    """End what a computer may; from then on it opens nothing. Raises NotFound."""
    require(actor, Permission.SET_UP_DESK, at=facility_id)
    with store.begin() as books:
        books.devices.remove(facility_id, device_id)


def device_actor(store: Store, token: str, now: datetime) -> Actor | None:
    """What a paired computer may act as, or None when its token is unknown or revoked. It does not end by itself."""
    token_hash = hash_of(token)
    device, clock = store.recall(("device", token_hash), lambda books: _held(books, token_hash), when_gone=True)
    if device is None:
        return None
    _note(store, device, now.astimezone(ZoneInfo(clock)))
    return Actor("", device.name, frozenset(), desk_of=device.facility_id)


def _held(books: Books, token_hash: str) -> tuple[DeskDevice | None, str]:
    """The computer, and the clock of its facility."""
    device = books.devices.find(token_hash)
    return device, "" if device is None else books.facilities.get(device.facility_id).clock


def answer_wait(books: Books, facility_id: str) -> int:
    """After how many seconds without an answer the desk names the next to call."""
    return books.devices.answer_wait(facility_id) or ANSWER_WAIT_S


def set_answer_wait(store: Store, actor: Actor, facility_id: str, seconds: int) -> None:
    """Set that. Raises NotFound, Invalid."""
    require(actor, Permission.SET_UP_DESK, at=facility_id)
    if not ANSWER_WAIT_LEAST_S <= seconds <= ANSWER_WAIT_MOST_S:
        told = f"Choose {ANSWER_WAIT_LEAST_S} to {ANSWER_WAIT_MOST_S} seconds."
        raise Invalid(told, fields={"seconds": told})
    with store.begin() as books:
        books.facilities.get(facility_id)
        books.devices.set_answer_wait(facility_id, seconds)


def plain_code(typed: str) -> str:
    """A code as it was made, however it was typed: in small letters, with spaces or dashes."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def _name(name: str) -> str:
    if not name or len(name) > NAME_MOST:
        told = "Type a name, such as Front desk, left."
        raise Invalid(told, fields={"name": told})
    return name


def _missed(device: DeskDevice, now: datetime) -> bool:
    return not device.paired and device.code_until is not None and device.code_until <= now


def _note(store: Store, device: DeskDevice, local: datetime) -> None:
    """The day of its last use, once a day; reading goes on while the database cannot be written."""
    if device.used_on == local.date():
        return
    try:
        with store.begin() as books:
            books.devices.used(device.id, local.date())
    except Busy:
        return
