"""Sessions, one-time links and counted tries. Tokens appear as SHA-256 hashes, never as themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LinkPurpose(StrEnum):
    """What a one-time link lets its holder do."""

    FIRST = "first"  # make the first administrator
    INVITATION = "invitation"  # choose a first password, or a new one


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in on some browser."""

    token_hash: str
    account_id: str
    started_at: datetime
    seen_at: datetime


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
