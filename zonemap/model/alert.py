"""The alert to responders: that an officer is there, and where. It goes to responders only, never to patients."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SAME_FOR = timedelta(minutes=10)  # pressed again within this time, it is the same alert
_WAITS_S = (5, 15, 30, 60, 120, 300)  # before each further try; the last of them again and again
TRIES_MOST = 20
OFF_DUTY_AFTER = timedelta(minutes=2)  # without an answer, those who are off duty are told too
WAIT_MOST = timedelta(minutes=10)  # no message is put off for longer


class MessageState(StrEnum):
    """Where a message stands. Nothing says that somebody has read it but an acknowledgement."""

    QUEUED = "queued"
    LATER = "later"  # to somebody off duty: goes out at ``next_at``, unless somebody has answered by then
    SPARED = "spared"  # to somebody off duty, and never sent: somebody had answered
    SENT = "sent"  # the mail server, or the webhook, has taken it
    FAILED = "failed"  # given up


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. ``acknowledged_by`` is empty until a responder says that they come."""

    id: str
    facility_id: str
    place: str
    raised_at: datetime
    raised_by: str
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""


@dataclass(frozen=True, slots=True)
class AlertMessage:
    """One message of an alert: to the e-mail address of a responder, or to the webhook (``target`` is empty).

    ``token_hash`` is that of the link with which this responder acknowledges it.
    """

    id: str
    alert_id: str
    name: str
    target: str
    text: str
    token_hash: str
    state: MessageState
    tries: int
    next_at: datetime
    sent_at: datetime | None = None
    trouble: str = ""


def alert_text(facility: str, place: str) -> str:
    """All that an alert says: no name, no paper, no reason."""
    return f"An officer is at {facility}, {place}. Call the desk."


def wait_after(tries: int) -> timedelta:
    """How long to wait before the next try, after so many."""
    return timedelta(seconds=_WAITS_S[min(max(tries, 1), len(_WAITS_S)) - 1])
