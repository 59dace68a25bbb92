"""Sessions, one-time links and counted tries. Tokens appear as SHA-256 hashes, never as themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LinkPurpose(StrEnum):
    """What a one-time link lets its holder do."""

    FIRST = "first"  # make the first administrator
    INVITATION = "invitation"  # choose a first password, or a new one


class DeviceKind(StrEnum):
    """What somebody signed in with. No more is kept of a browser: its owner knows it by the time."""

    PHONE = "phone"
    COMPUTER = "computer"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in on some browser. ``proved_at``: when they typed their password in it again, if they did."""

    token_hash: str
    account_id: str
    started_at: datetime
    seen_at: datetime
    device: DeviceKind = DeviceKind.UNKNOWN
    proved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link that works once, until it expires."""

    token_hash: str
    purpose: LinkPurpose
    account_id: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many tries are left, as counted at a moment; it fills up again with time."""

    key_hash: str
    tokens: float
    counted_at: datetime
