"""Alerts to responders, with a real mail server and a real web server on this computer."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import NOW, add_account
from zonemap.errors import Forbidden, Invalid, NotFound
from zonemap.model.alert import OFF_DUTY_AFTER, TRIES_MOST, MessageState, wait_after
from zonemap.model.facility import Contact, ContactRole, Facility
from zonemap.model.hours import Spell
from zonemap.model.person import Actor, Role
from zonemap.settings import settings_from
from zonemap.storage.store import Store
from zonemap.work import alerts as work
from zonemap.work.alert_channels import Channels, channels_of

_numbers = count(1)


def new_id() -> str:
    return f"{next(_numbers):032x}"


class Mail(socketserver.StreamRequestHandler):
    """A mail server that takes messages; one address it does not know."""

    taken: list[str]

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper().split(":")[0]
            if word == "DATA":
                self.say("354 go on")
                lines = iter(lambda: self.rfile.readline().decode(), ".\r\n")
                type(self).taken.append("".join(lines))
                self.say("250 taken")
            elif word == "RCPT" and "unknown" in line:
                self.say("550 nobody here")
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def running(server: socketserver.BaseServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_address[1]  # type: ignore[index]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def mail() -> Iterator[tuple[str, list[str]]]:
    taken: list[str] = []
    handler = type("Handler", (Mail,), {"taken": taken})
    with running(socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)) as port:
        yield f"smtp://127.0.0.1:{port}", taken


@pytest.fixture
def hook() -> Iterator[tuple[str, list[Any], list[int]]]:
    """A web server: what it was sent, and with what it answers next."""
    taken: list[Any] = []
    answers: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(answers.pop(0) if answers else 204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with running(HTTPServer(("127.0.0.1", 0), Handler)) as port:
        yield f"http://127.0.0.1:{port}/alert", taken, answers


@pytest.fixture
def clerk(store: Store) -> Actor:
    account = add_account(store, "desk")
    return Actor(account.id, account.name, frozenset({Role.DESK}))


def pressed(store: Store, clerk: Actor, facility: Facility, channels: Channels, now=NOW, place: str = ""):
    tokens = (f"token-{next(_numbers)}" for _ in range(99))
    return work.raise_alert(
        store, clerk, facility.id, place, channels, new_id=new_id, new_token=lambda: next(tokens), now=now
    )


def states(store: Store, clerk: Actor, facility: Facility, alert_id: str) -> dict[str, MessageState]:
    return {each.name: each.state for each in work.alert_view(store, clerk, facility.id, alert_id).messages}


def test_an_alert_goes_to_responders_alone_says_only_where_and_is_answered_by_its_link(
    store: Store, clerk: Actor, stored_facility: Facility, mail: tuple[str, list[str]]
) -> None:
    responder = add_account(store, "responder")
    add_account(store, "manager")
    channels = Channels(mail[0], "zonemap@clinic.example", "", "https://zonemap.clinic.example")
    alert = pressed(store, clerk, stored_facility, channels)
    assert states(store, clerk, stored_facility, alert.id) == {responder.name: MessageState.QUEUED}

    assert work.send_due(store, channels, lambda: NOW) == 1
    assert states(store, clerk, stored_facility, alert.id) == {responder.name: MessageState.SENT}
    (message,) = work.alert_view(store, clerk, stored_facility.id, alert.id).messages
    assert "token" not in message.text  # what was sent keeps no link that works
    (letter,) = mail[1]
    assert f"To: {responder.email}" in letter
    body = letter.split("\r\n\r\n", 1)[1].split("\r\n")
    assert body[0] == "An officer is at Larkspur Clinic, the front desk. Call the desk."
    assert body[1].startswith("I am coming: https://zonemap.clinic.example/alerts/token-")
    assert body[2:] == [""]

    token = body[1].rpartition("/")[2]
    assert work.linked(store, token)[1].acknowledged_by == ""
    work.acknowledge_link(store, token, now=NOW + timedelta(minutes=1))
    found = work.alert_view(store, clerk, stored_facility.id, alert.id).alert
    assert (found.acknowledged_by, found.acknowledged_at) == (responder.name, NOW + timedelta(minutes=1))
    with pytest.raises(NotFound):
        work.linked(store, "another")
    assert work.send_due(store, channels, lambda: NOW) == 0


def test_what_is_not_taken_is_queued_and_tried_again_later_each_time_until_it_is_given_up(
    store: Store, clerk: Actor, stored_facility: Facility, hook: tuple[str, list[Any], list[int]]
) -> None:
    address, taken, answers = hook
    channels = Channels(webhook=address)
    answers += [503, 500]
    alert = pressed(store, clerk, stored_facility, channels)
    at = [NOW]

    def clock() -> datetime:
        return at[0]

    for tries in (1, 2):
        assert work.send_due(store, channels, clock) == 0
        (message,) = work.alert_view(store, clerk, stored_facility.id, alert.id).messages
        assert (message.state, message.tries) == (MessageState.QUEUED, tries)
        assert message.next_at == clock() + wait_after(tries)
        assert message.trouble.startswith("The webhook answered 50")
        assert work.send_due(store, channels, clock) == 0  # not before its time
        at[0] = message.next_at
    assert len(taken) == 2
    assert work.send_due(store, channels, clock) == 1
    assert taken[-1] == {"text": "An officer is at Larkspur Clinic, the front desk. Call the desk."}

    gone = Channels(webhook="http://127.0.0.1:9/nobody")
    at[0] = NOW + timedelta(hours=1)
    later = pressed(store, clerk, stored_facility, gone, clock())
    for _ in range(TRIES_MOST):
        work.send_due(store, gone, clock)
        at[0] += timedelta(minutes=6)
    (message,) = work.alert_view(store, clerk, stored_facility.id, later.id).messages
    assert (message.state, message.tries) == (MessageState.FAILED, TRIES_MOST)
    assert message.trouble == "There was no connection."


def test_a_mail_server_that_does_not_know_somebody_keeps_nobody_else_waiting(
    store: Store, clerk: Actor, stored_facility: Facility, mail: tuple[str, list[str]]
) -> None:
    one, other = add_account(store, "responder"), add_account(store, "responder")
    with store.begin() as books:
        books.accounts.save(type(one)(one.id, one.name, "unknown@clinic.example", one.roles))
    channels = Channels(mail[0], "zonemap@clinic.example")
    alert = pressed(store, clerk, stored_facility, channels)
    work.send_due(store, channels, lambda: NOW)
    assert states(store, clerk, stored_facility, alert.id) == {
        one.name: MessageState.QUEUED,
        other.name: MessageState.SENT,
    }


def on_call(store: Store, facility: Facility, *people: tuple[str, tuple[Spell[None], ...]]) -> None:
    rows = [
        Contact(f"c{number}", facility.id, ContactRole.RESPONDER, name, "555-0142", position=number, duty=duty)
        for number, (name, duty) in enumerate(people)
    ]
    with store.begin() as books:
        books.contacts.replace(facility.id, rows)


@pytest.fixture
def duty(stored_facility: Facility) -> tuple[tuple[Spell[None], ...], tuple[Spell[None], ...]]:
    """Hours that cover NOW on the facility's wall, and hours that do not."""
    local = NOW.astimezone(ZoneInfo(stored_facility.clock))
    begins, week = local.hour * 60, tuple(range(7))
    ends = (begins + 60) % 1440
    return (Spell(week, begins, ends, None),), (Spell(week, ends, (ends + 60) % 1440, None),)


def test_who_is_on_duty_is_told_first_and_the_others_only_if_nobody_answers(
    store: Store, clerk: Actor, stored_facility: Facility, mail: tuple[str, list[str]], duty: Any
) -> None:
    on, off = add_account(store, "responder"), add_account(store, "responder")
    on_call(store, stored_facility, (on.name.upper(), duty[0]), (off.name, duty[1]))
    channels = Channels(mail[0], "zonemap@clinic.example", "", "https://zonemap.clinic.example")
    alert = pressed(store, clerk, stored_facility, channels)

    assert work.send_due(store, channels, lambda: NOW) == 1
    assert states(store, clerk, stored_facility, alert.id) == {on.name: MessageState.SENT, off.name: MessageState.LATER}
    assert work.send_due(store, channels, lambda: NOW + OFF_DUTY_AFTER - timedelta(seconds=1)) == 0
    assert work.send_due(store, channels, lambda: NOW + OFF_DUTY_AFTER) == 1
    assert states(store, clerk, stored_facility, alert.id) == {on.name: MessageState.SENT, off.name: MessageState.SENT}
    assert [letter.partition("To: ")[2].partition("\r\n")[0] for letter in mail[1]] == [on.email, off.email]


def test_who_is_off_duty_is_spared_once_somebody_has_answered(
    store: Store, clerk: Actor, stored_facility: Facility, mail: tuple[str, list[str]], duty: Any
) -> None:
    on, off = add_account(store, "responder"), add_account(store, "responder")
    on_call(store, stored_facility, (off.name, duty[1]))  # the other stands in no call list, and so is always on duty
    channels = Channels(mail[0], "zonemap@clinic.example", "", "https://zonemap.clinic.example")
    alert = pressed(store, clerk, stored_facility, channels)
    work.send_due(store, channels, lambda: NOW)
    work.acknowledge_link(store, mail[1][0].rpartition("/alerts/")[2].strip(), now=NOW + timedelta(minutes=1))

    assert states(store, clerk, stored_facility, alert.id) == {
        on.name: MessageState.SENT,
        off.name: MessageState.SPARED,
    }
    assert work.send_due(store, channels, lambda: NOW + timedelta(hours=1)) == 0
    assert all(
        "token" not in each.text for each in work.alert_view(store, clerk, stored_facility.id, alert.id).messages
    )


def test_where_nobody_is_on_duty_all_are_told_at_once(
    store: Store, clerk: Actor, stored_facility: Facility, mail: tuple[str, list[str]], duty: Any
) -> None:
    one, other = add_account(store, "responder"), add_account(store, "responder")
    on_call(store, stored_facility, (one.name, duty[1]), (other.name, duty[1]))
    channels = Channels(mail[0], "zonemap@clinic.example")
    pressed(store, clerk, stored_facility, channels)

    assert work.send_due(store, channels, lambda: NOW) == 2


def test_pressed_again_it_is_the_same_alert_and_two_senders_send_a_message_once(
    store: Store, clerk: Actor, stored_facility: Facility, hook: tuple[str, list[Any], list[int]]
) -> None:
    channels = Channels(webhook=hook[0])
    first = pressed(store, clerk, stored_facility, channels)
    assert pressed(store, clerk, stored_facility, channels, NOW + timedelta(minutes=9)) == first
    senders = [threading.Thread(target=work.send_due, args=(store, channels, lambda: NOW)) for _ in range(4)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()
    assert len(hook[1]) == 1
    assert pressed(store, clerk, stored_facility, channels, NOW + timedelta(minutes=11)).id != first.id


def test_who_may_raise_answer_and_see_an_alert(store: Store, clerk: Actor, stored_facility: Facility) -> None:
    channels = Channels(webhook="https://hooks.example/1")
    with pytest.raises(Invalid, match="not set up"):
        pressed(store, clerk, stored_facility, Channels())
    with pytest.raises(Invalid, match="No responder has an account"):
        pressed(store, clerk, stored_facility, Channels("smtp://127.0.0.1", "a@b.example"))
    alert = pressed(store, clerk, stored_facility, channels, place="<b>somewhere</b>")
    assert alert.place == "the front desk"
    with pytest.raises(Forbidden):
        work.acknowledge(store, clerk, stored_facility.id, alert.id, now=NOW)
    dana = Actor("d" * 32, "Dana", frozenset({Role.RESPONDER}))
    work.acknowledge(store, dana, stored_facility.id, alert.id, now=NOW)
    other = Actor("e" * 32, "Eve", frozenset({Role.RESPONDER}))
    work.acknowledge(store, other, stored_facility.id, alert.id, now=NOW + timedelta(minutes=1))
    found = work.alert_view(store, clerk, stored_facility.id, alert.id).alert
    assert (found.acknowledged_by, found.acknowledged_at) == ("Dana", NOW)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"ALERT_SMTP": "mail.example"}, "ZONEMAP_ALERT_SMTP"),
        ({"ALERT_SMTP": "smtp://mail.example"}, "ZONEMAP_ALERT_FROM"),
        ({"ALERT_WEBHOOK": "http://hooks.example/1"}, "ZONEMAP_ALERT_WEBHOOK"),
        ({"ALERT_WEBHOOK": "https://hooks.example:x/1"}, "ZONEMAP_ALERT_WEBHOOK"),
        ({"PUBLIC_ADDRESS": "zonemap.clinic.example"}, "ZONEMAP_PUBLIC_ADDRESS"),
    ],
)
def test_a_channel_that_cannot_be_used_is_named(values: dict[str, str], named: str) -> None:
    settings = settings_from({f"ZONEMAP_{name}": value for name, value in values.items()})
    with pytest.raises(Invalid, match=named):
        channels_of(settings)
    assert not channels_of(settings_from({})).on
