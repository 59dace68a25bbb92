"""How often somebody tried, and from where they sign in as a rule. No address is here: only hashes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from zonemap.model.access import Bucket
from zonemap.storage.tables import known_address, throttle


class Throttle:
    """Token buckets, by the hash of what is counted; and the marks of known addresses."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, full: Bucket) -> Bucket:
        """The bucket as it is, or this full one where there is none; nobody else gets it until the transaction ends.

        It is put there first, so that of two first tries at the same moment one waits for the other.
        """
        values = {"key_hash": full.key_hash, "tokens": full.tokens, "counted_at": full.counted_at}
        self._connection.execute(self._insert(throttle, values).on_conflict_do_nothing())
        query = select(throttle).where(throttle.c.key_hash == full.key_hash).with_for_update()
        return Bucket(**self._connection.execute(query).mappings().one())

    def save(self, bucket: Bucket) -> None:
        """Keep how full it is."""
        values = {"tokens": bucket.tokens, "counted_at": bucket.counted_at}
        new = self._insert(throttle, {"key_hash": bucket.key_hash, **values})
        self._connection.execute(new.on_conflict_do_update(index_elements=["key_hash"], set_=values))

    def forget(self, *, counted_before: datetime) -> None:
        """Remove the buckets that have filled up again since, but those that somebody holds."""
        old = select(throttle.c.key_hash).where(throttle.c.counted_at < counted_before)
        self._connection.execute(delete(throttle).where(throttle.c.key_hash.in_(old.with_for_update(skip_locked=True))))

    def knows(self, account_id: str, mark: str, *, since: date) -> bool:
        """Whether somebody has signed in from there since that day."""
        query = select(known_address.c.mark).where(
            known_address.c.account_id == account_id, known_address.c.mark == mark, known_address.c.used_on >= since
        )
        return self._connection.execute(query).first() is not None

    def note(self, account_id: str, mark: str, used_on: date, *, forget_before: date) -> None:
        """Somebody has signed in from there. What is older than that day is forgotten, of everybody."""
        self._connection.execute(delete(known_address).where(known_address.c.used_on < forget_before))
        same = (known_address.c.account_id == account_id, known_address.c.mark == mark)
        changed = update(known_address).where(*same).values(used_on=used_on)
        if self._connection.execute(changed).rowcount == 0:
            values = {"account_id": account_id, "mark": mark, "used_on": used_on}
            self._connection.execute(self._insert(known_address, values).on_conflict_do_nothing())

    def _insert(self, table: Table, values: dict[str, Any]) -> Any:
        name = self._connection.dialect.name
        return (sqlite.insert(table) if name == "sqlite" else postgresql.insert(table)).values(values)
