"""The second factor: six figures of an app (TOTP, RFC 6238), and recovery codes for when the phone is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """What an account's app was set up with. It counts once ``confirmed_at`` is there.

    ``secret`` is base32, 160 bits. ``last_step`` is the newest 30-second step whose code was used: none works twice.
    """

    account_id: str
    secret: str
    confirmed_at: datetime | None = None
    last_step: int = 0


@dataclass(frozen=True, slots=True)
class HalfSession:
    """Somebody whose password was right, and whose code is awaited."""

    token_hash: str
    account_id: str
    began_at: datetime
