"""Paired desk computers, by the hash of what they hold; and how long a desk waits for an answer."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select, update

from zonemap.errors import NotFound
from zonemap.model.device import DeskDevice
from zonemap.storage import tables

_device, _wait = tables.desk_device, tables.answer_wait


class Devices:
    """The computers of front desks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, device: DeskDevice) -> DeskDevice:
        """Keep a new one."""
        self._connection.execute(insert(_device).values(asdict(device)))
        return device

    def list(self, facility_id: str) -> tuple[DeskDevice, ...]:
        """Those of a facility, by name."""
        query = select(_device).where(_device.c.facility_id == facility_id).order_by(_device.c.name, _device.c.id)
        return tuple(DeskDevice(**row) for row in self._connection.execute(query).mappings())

    def find(self, token_hash: str) -> DeskDevice | None:
        """The one that holds a token, or None."""
        row = self._connection.execute(select(_device).where(_device.c.token_hash == token_hash)).mappings()
        found = row.one_or_none()
        return None if found is None else DeskDevice(**found)

    def take_code(self, code_hash: str, token_hash: str, now: datetime, latest: datetime) -> DeskDevice | None:
        """Pair the computer that a code is for; the code is used up by this, and of two who use it one gets it.

        One that lasts longer than ``latest`` was made while the clock was ahead.
        """
        until = _device.c.code_until
        waiting = (_device.c.code_hash == code_hash) & (until > now) & (until <= latest)
        change = update(_device).where(waiting).values(code_hash=None, code_until=None, token_hash=token_hash)
        row = self._connection.execute(change.returning(*_device.c)).mappings().one_or_none()
        return None if row is None else DeskDevice(**row)

    def used(self, device_id: str, day: date) -> None:
        """Note the day of its last use."""
        self._connection.execute(update(_device).where(_device.c.id == device_id).values(used_on=day))

    def remove(self, facility_id: str, device_id: str) -> None:
        """Part with one: from then on it opens nothing. Raises NotFound."""
        gone = (_device.c.id == device_id) & (_device.c.facility_id == facility_id)
        if self._connection.execute(delete(_device).where(gone)).rowcount == 0:
            raise NotFound("There is no such desk computer any more.")

    def forget(self, *, token_hash: str) -> None:
        """Remove what a computer was before it was paired anew."""
        self._connection.execute(delete(_device).where(_device.c.token_hash == token_hash))

    def forget_codes(self, now: datetime) -> None:
        """Remove those whose code was never used in time."""
        self._connection.execute(delete(_device).where(_device.c.code_until <= now))

    def answer_wait(self, facility_id: str) -> int | None:
        """After how many seconds without an answer the next is called, where somebody has set it."""
        query = select(_wait.c.seconds).where(_wait.c.facility_id == facility_id)
        return self._connection.execute(query).scalar_one_or_none()

    def set_answer_wait(self, facility_id: str, seconds: int) -> None:
        """Set it."""
        self._connection.execute(delete(_wait).where(_wait.c.facility_id == facility_id))
        self._connection.execute(insert(_wait).values(facility_id=facility_id, seconds=seconds))
