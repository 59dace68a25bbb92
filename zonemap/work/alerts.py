"""The alert to responders: raised at the desk, queued in the books, sent and tried again, acknowledged with a time.

It says that an officer is at the facility, where, and to call the desk; nothing else, and to nobody but responders. Who
is on duty by the call list is told first. The others are told where nobody is on duty, or nobody answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Event
from zoneinfo import ZoneInfo

from zonemap.errors import Busy, Invalid
from zonemap.model.alert import (
    OFF_DUTY_AFTER,
    SAME_FOR,
    TRIES_MOST,
    WAIT_MOST,
    Alert,
    AlertMessage,
    MessageState,
    alert_text,
    wait_after,
)
from zonemap.model.facility import Facility
from zonemap.model.person import Actor, Role
from zonemap.model.zone import ZoneClass
from zonemap.storage.store import Books, Store
from zonemap.work.alert_channels import Channels, NotSent, send
from zonemap.work.permissions import Permission, require

FRONT_DESK = "the front desk"
HELD = timedelta(seconds=45)  # how long a sender may take over one message
_LOOK_EVERY_S = 2.0
_OFF = "Alerts by e-mail or webhook are not set up here. Call the responder: the numbers stand on this page."


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert as the desk shows it: each message with what is known of it, and who comes."""

    facility: Facility
    alert: Alert
    messages: tuple[AlertMessage, ...]


def places(store: Store, actor: Actor, facility_id: str) -> tuple[Facility, tuple[str, ...]]:
    """Where an officer may be said to be: the front desk, and the public rooms of the designated floors.

    Raises NotFound.
    """
    require(actor, Permission.USE_DESK, at=facility_id)
    with store.read() as books:
        return books.facilities.get(facility_id), tuple(_places(books, facility_id))


def raise_alert(
    store: Store,
    actor: Actor,
    facility_id: str,
    place: str,
    channels: Channels,
    *,
    new_id: Callable[[], str],
    new_token: Callable[[], str],
    now: datetime,
) -> Alert:
    """Queue an alert to the facility's responders; pressed again within ten minutes, it is the same one.

    Raises NotFound; Invalid where nothing is set up, or nobody would get it.
    """
    require(actor, Permission.USE_DESK, at=facility_id)
    if not channels.on:
        raise Invalid(_OFF)
    with store.begin() as books:
        facility = books.facilities.get(facility_id)
        books.alerts.wait(facility_id)
        last = books.alerts.newest(facility_id, raised_before=now + SAME_FOR)
        if last is not None and abs(now - last.raised_at) < SAME_FOR:
            return last
        known = place if place in tuple(_places(books, facility_id)) else FRONT_DESK
        alert = Alert(new_id(), facility_id, known, now, actor.name)
        text = alert_text(facility.name, known)
        people = list(_responders(books, facility, channels, now))
        to = [*people, *((("The webhook", "", True),) if channels.webhook else ())]
        if not to:
            raise Invalid("No responder has an account here, so an e-mail would reach nobody. Call the responder.")
        nobody = not any(told_first for *_, told_first in people)
        messages = tuple(
            _message(alert, name, target, text, channels, new_id(), new_token(), later=not told_first and not nobody)
            for name, target, told_first in to
        )
        return books.alerts.add(alert, messages)


def alert_view(store: Store, actor: Actor, facility_id: str, alert_id: str) -> AlertView:
    """How an alert stands. Raises NotFound."""
    require(actor, Permission.USE_DESK, at=facility_id)
    with store.read() as books:
        facility, alert = books.facilities.get(facility_id), books.alerts.get(facility_id, alert_id)
        return AlertView(facility, alert, books.alerts.messages(alert.id))


def acknowledge(store: Store, actor: Actor, facility_id: str, alert_id: str, *, now: datetime) -> None:
    """Say that one comes. The first who says so counts. Raises NotFound."""
    require(actor, Permission.ANSWER_ALERT, at=facility_id)
    with store.begin() as books:
        books.alerts.acknowledge(books.alerts.get(facility_id, alert_id).id, at=now, by=actor.name)


def linked(store: Store, token: str) -> tuple[Facility, Alert, AlertMessage]:
    """What a link of a message leads to. Raises NotFound."""
    with store.read() as books:
        alert, message = books.alerts.by_token(_hash(token))
        return books.facilities.get(alert.facility_id), alert, message


def acknowledge_link(store: Store, token: str, *, now: datetime) -> None:
    """Say by the link of a message that its responder comes. Raises NotFound."""
    with store.begin() as books:
        alert, message = books.alerts.by_token(_hash(token))
        books.alerts.acknowledge(alert.id, at=now, by=message.name)


# --- sending -------------------------------------------------------------------------------------------------------


def send_due(store: Store, channels: Channels, clock: Callable[[], datetime]) -> int:
    """Send what is due, each message once; gives how many were taken. What is not taken is tried again later."""
    now = clock()
    with store.begin() as books:
        due = books.alerts.due(now, until=now + HELD, latest=now + WAIT_MOST)
    taken = 0
    for message in due:
        tries = message.tries + 1
        try:
            send(channels, message)
            done = replace(message, state=MessageState.SENT, tries=tries, sent_at=clock(), trouble="")
            taken += 1
        except NotSent as error:
            over = tries >= TRIES_MOST
            state = MessageState.FAILED if over else MessageState.QUEUED  # tried once, it is like any other
            done = replace(message, state=state, tries=tries, next_at=clock() + wait_after(tries), trouble=str(error))
        if done.state is not MessageState.QUEUED:
            done = replace(done, text=message.text.partition("\n")[0])  # the link is with its responder alone
        with store.begin() as books:
            books.alerts.save(done)
    return taken


def keep_sending(store: Store, channels: Channels, *, clock: Callable[[], datetime], stop: Event) -> None:
    """Send what is due until told to stop. A database that is busy is looked at again a little later."""
    while not stop.wait(_LOOK_EVERY_S):
        try:
            send_due(store, channels, clock)
        except Busy:
            continue


def _message(
    alert: Alert, name: str, target: str, text: str, channels: Channels, message_id: str, token: str, *, later: bool
) -> AlertMessage:
    link = f"\nI am coming: {channels.address}/alerts/{token}" if channels.address and target else ""
    values = (message_id, alert.id, name, target, text + link, _hash(token))
    if later:
        return AlertMessage(*values, MessageState.LATER, 0, alert.raised_at + OFF_DUTY_AFTER)
    return AlertMessage(*values, MessageState.QUEUED, 0, alert.raised_at)


def _responders(books: Books, facility: Facility, channels: Channels, now: datetime) -> Iterator[tuple[str, str, bool]]:
    """Name, address, and whether they are on duty: by the hours that the call list has for the same name, if any."""
    if not channels.smtp:
        return
    local = now.astimezone(ZoneInfo(facility.clock))
    listed = defaultdict(list)
    for contact in books.contacts.list(facility.id):
        listed[contact.name.casefold()].append(contact.on_duty(local))
    for account in books.accounts.at(facility.id):
        if account.active and Role.RESPONDER in account.roles_at(facility.id):
            yield account.name, account.email, any(listed.get(account.name.casefold(), (True,)))


def _places(books: Books, facility_id: str) -> Iterator[str]:
    yield FRONT_DESK
    for floor_id, name in books.floors.names(facility_id):
        designation = books.designations.latest(floor_id)
        for room in designation.floor.rooms if designation else ():
            if room.zone_class is ZoneClass.PUBLIC:
                yield f"{name}: {room.label}"


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
