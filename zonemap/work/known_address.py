"""From where somebody signs in as a rule: there a stranger elsewhere, who guesses, cannot shut them out.

An address is kept as a slow hash, salted by the account, for 90 days: whoever reads the database would need years of a
processor to try all addresses for one account.
"""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta

from zonemap.storage.store import Books, Store
from zonemap.work.passwords import slow_hash
from zonemap.work.throttle import Limit, Tries, spend

KEPT = timedelta(days=90)
OF_KNOWN = Limit("known address", 10)


def network_of(address: str) -> str:
    """What counts as one address: of version six all of a network of 64 bits, which one household or office has."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(read) if read.version == 4 else str(ipaddress.ip_network((read, 64), strict=False))


def tries_from_known(store: Store, email: str, address: str, now: datetime) -> Tries | None:
    """One more try from where this person signs in as a rule; None where it is not. As slow for unknown names."""
    mark = mark_of(email, address)
    with store.begin() as books:
        found = books.accounts.by_email(email)
        if found is None or not books.throttle.knows(found[0].id, mark, since=(now - KEPT).date()):
            return None
        return spend(books, OF_KNOWN, mark, now)


def mark_of(email: str, address: str) -> str:
    """What is kept of an address. Slow: call it outside a transaction."""
    return slow_hash(network_of(address), f"known address of {email}")


def note_known(books: Books, account_id: str, mark: str, now: datetime) -> None:
    """They have signed in from there."""
    books.throttle.note(account_id, mark, now.date(), forget_before=(now - KEPT).date())
