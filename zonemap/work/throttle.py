"""How often somebody may try: a bucket of tries that fills up again with time, kept in the store for all workers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from zonemap.model.access import Bucket
from zonemap.storage.store import Books


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries at once, and so many again in each hour."""

    kind: str
    tries: int
    hour: timedelta = timedelta(hours=1)

    def key(self, what: str) -> str:
        """The bucket of an account or an address. A full bucket is forgotten, so hashes of addresses live an hour."""
        return sha256(f"{self.kind}:{what}".encode()).hexdigest()


OF_ACCOUNT = Limit("account", 10)
OF_ADDRESS = Limit("address", 60)  # a clinic shares one


@dataclass(frozen=True, slots=True)
class Tries:
    """What is left after one more try; ``wait_s`` is 0 when the try may be made."""

    left: int
    wait_s: int


def spend(books: Books, limit: Limit, what: str, now: datetime) -> Tries:
    """Count one try."""
    books.throttle.forget(counted_before=now - limit.hour)
    key = limit.key(what)
    bucket = books.throttle.hold(Bucket(key, float(limit.tries), now))
    tokens = _filled(bucket, limit, now)
    if tokens < 1:
        if bucket.counted_at > now:  # counted while the clock was ahead: it fills from now on
            books.throttle.save(Bucket(key, tokens, now))
        return Tries(0, ceil((1 - tokens) / limit.tries * limit.hour.total_seconds()))
    books.throttle.save(Bucket(key, tokens - 1, now))
    return Tries(int(tokens - 1), 0)


def refill(books: Books, limit: Limit, what: str, now: datetime) -> None:
    """Forget the tries: the last one was right."""
    books.throttle.save(Bucket(limit.key(what), float(limit.tries), now))


def _filled(bucket: Bucket, limit: Limit, now: datetime) -> float:
    passed = max(timedelta(), now - bucket.counted_at)
    return min(float(limit.tries), bucket.tokens + limit.tries * (passed / limit.hour))
