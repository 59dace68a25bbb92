"""Passkeys (WebAuthn): a key in somebody's phone, computer or security key, of which zonemap has the public half."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Party:
    """The address that a passkey is for. ``host`` is what it is bound to; a browser uses it at ``origin`` alone."""

    host: str
    origin: str


def party_of(address: str) -> Party | None:
    """The party of an address; None where browsers allow no passkeys: a bare number, or a name without https."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if not host or _is_number(host):
        return None
    here = host == "localhost" or host.endswith(".localhost")
    if parts.scheme != "https" and not (parts.scheme == "http" and here):
        return None
    usual = 443 if parts.scheme == "https" else 80
    return Party(host, f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, usual) else ""))


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Passkey:
    """One of somebody's passkeys. ``host``: the name that it is for; at another one it does nothing.

    ``credential`` holds its id and its public key as WebAuthn packs them, ``credential_id`` that id as text.
    ``counter`` is the last one that was told: one that goes back may be a copy. Many tell 0 for ever.
    """

    id: str
    account_id: str
    host: str
    name: str
    credential_id: str
    credential: bytes
    transports: str  # how it is reached, with commas between: internal, hybrid, usb
    counter: int
    added_at: datetime
    used_on: date | None = None  # the day and no time: nobody needs more


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a passkey is asked to sign: once, and soon. It is for who holds this token, of a session or half of one."""

    token_hash: str
    account_id: str
    challenge: str
    made_at: datetime
