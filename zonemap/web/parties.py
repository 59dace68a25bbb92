"""At which address passkeys work: they are bound to a name, and a browser uses one at that name alone."""

from __future__ import annotations

from flask import current_app, request

from zonemap.model.passkey import Party, party_of
from zonemap.web import guard


def party_here() -> Party | None:
    """The address of this page, where passkeys work at it.

    ZONEMAP_PUBLIC_ADDRESS, where it is set, is the only such address; else whatever name the browser came by. That
    name may be false only for who sends it: a passkey signs for the name that its browser sees.
    """
    party = party_of(_set_address() or request.host_url)
    return party if party is not None and party.origin == request.host_url.rstrip("/") else None


def where_instead() -> str:
    """Where passkeys work, on a page where they do not; empty where there is no such address."""
    address = _set_address()
    if party_of(address) is not None:
        return address
    alone = guard.is_loopback(request.remote_addr or "") and not request.is_secure
    port = request.host.rpartition(":")[2] if ":" in request.host else "80"
    return f"http://localhost:{port}" if alone and not address else ""


def _set_address() -> str:
    return str(current_app.extensions["zonemap_settings"].public_address)
