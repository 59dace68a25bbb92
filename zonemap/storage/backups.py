"""The backups that were made, on this and on other servers of the same database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select, text, update

from zonemap.model.backup import BackupMade
from zonemap.storage.backup_tables import backup_made

_KEPT_MOST = 4000  # eleven years of nights: they also show that the clock went on evenly
_LOCK = 0x6261636B  # "back": any number, the same on every server


class Backups:
    """What is known of each backup."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, made: BackupMade) -> None:
        """One is being made."""
        values = {name: getattr(made, name) for name in BackupMade.__slots__}
        self._connection.execute(insert(backup_made).values(values))

    def end(self, made: BackupMade) -> None:
        """It is whole, or there was trouble. The oldest rows go."""
        values = {name: getattr(made, name) for name in BackupMade.__slots__ if name != "id"}
        self._connection.execute(update(backup_made).where(backup_made.c.id == made.id).values(values))
        newest = select(backup_made.c.id).order_by(backup_made.c.begun_at.desc()).limit(_KEPT_MOST)
        kept = list(self._connection.execute(newest).scalars())
        self._connection.execute(delete(backup_made).where(backup_made.c.id.not_in(kept)))

    def list(self, most: int = 20) -> list[BackupMade]:
        """The newest, newest first."""
        query = select(backup_made).order_by(backup_made.c.begun_at.desc(), backup_made.c.id).limit(most)
        return [BackupMade(**row) for row in self._connection.execute(query).mappings()]

    def newest_whole(self, until: datetime | None = None) -> BackupMade | None:
        """The newest that was read back whole; of those begun until a moment, where one is given."""
        query = select(backup_made).where(backup_made.c.verified_at.is_not(None))
        if until is not None:
            query = query.where(backup_made.c.begun_at <= until)
        row = self._connection.execute(query.order_by(backup_made.c.begun_at.desc()).limit(1)).mappings().one_or_none()
        return None if row is None else BackupMade(**row)

    def wait(self) -> None:
        """Wait until no other server looks whether one is due. SQLite's writers wait for one another in any case."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})

    def begun_since(self, moment: datetime, *, until: datetime, unfinished_since: datetime) -> bool:
        """Whether one was begun between these moments, by whichever server, and did not fail.

        One that was begun before ``unfinished_since`` and never finished was cut off: it does not count.
        """
        query = select(func.count()).select_from(backup_made)
        finished = or_(backup_made.c.verified_at.is_not(None), backup_made.c.begun_at > unfinished_since)
        query = query.where(
            backup_made.c.begun_at > moment, backup_made.c.begun_at <= until, backup_made.c.trouble == "", finished
        )
        return bool(self._connection.execute(query).scalar_one())
