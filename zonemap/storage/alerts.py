"""Alerts to responders, and their messages on a queue: each is taken by one sender, for a while."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, insert, or_, select, update

from zonemap.errors import NotFound
from zonemap.model.alert import Alert, AlertMessage, MessageState
from zonemap.storage.alert_tables import alert as _alert
from zonemap.storage.alert_tables import alert_message as _message
from zonemap.storage.tables import facility

_GONE = "There is no such alert here."


class Alerts:
    """Alerts and messages."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def wait(self, facility_id: str) -> None:
        """Wait until nobody else raises an alert of this facility: two desks may press at once."""
        query = select(facility.c.id).where(facility.c.id == facility_id)
        self._connection.execute(query.with_for_update())

    def add(self, alert: Alert, messages: tuple[AlertMessage, ...]) -> Alert:
        """Keep an alert with its messages, queued."""
        self._connection.execute(insert(_alert).values(asdict(alert)))
        rows = [{**asdict(each), "state": each.state.value} for each in messages]
        if rows:
            self._connection.execute(insert(_message), rows)
        return alert

    def newest(self, facility_id: str, *, raised_before: datetime | None = None) -> Alert | None:
        """The newest alert of a facility; of those raised before a moment, where one is given."""
        query = select(_alert).where(_alert.c.facility_id == facility_id)
        if raised_before is not None:
            query = query.where(_alert.c.raised_at < raised_before)
        query = query.order_by(_alert.c.raised_at.desc(), _alert.c.id).limit(1)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else Alert(**row)

    def get(self, facility_id: str, alert_id: str) -> Alert:
        """One of a facility. Raises NotFound."""
        query = select(_alert).where(_alert.c.id == alert_id, _alert.c.facility_id == facility_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound(_GONE)
        return Alert(**row)

    def messages(self, alert_id: str) -> tuple[AlertMessage, ...]:
        """The messages of an alert, by name."""
        query = select(_message).where(_message.c.alert_id == alert_id).order_by(_message.c.name, _message.c.id)
        return tuple(_from(row) for row in self._connection.execute(query).mappings())

    def by_token(self, token_hash: str) -> tuple[Alert, AlertMessage]:
        """The alert and the message of a link. Raises NotFound."""
        query = select(_message).where(_message.c.token_hash == token_hash)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound("This link leads to no alert. Sign in and open the desk.")
        found = self._connection.execute(select(_alert).where(_alert.c.id == row["alert_id"])).mappings().one()
        return Alert(**found), _from(row)

    def due(
        self, now: datetime, *, until: datetime, latest: datetime | None = None, most: int = 20
    ) -> tuple[AlertMessage, ...]:
        """Messages to send now, each held until that moment by whoever gets it here.

        One whose turn comes after ``latest`` was put off while the clock was ahead: it is sent now.
        """
        turn = _message.c.next_at <= now
        if latest is not None:
            turn = or_(turn, _message.c.next_at > latest)
        ready = and_(_message.c.state.in_((MessageState.QUEUED.value, MessageState.LATER.value)), turn)
        query = select(_message).where(ready).order_by(_message.c.next_at, _message.c.id).limit(most)
        found = []
        for row in self._connection.execute(query.with_for_update(skip_locked=True)).mappings().all():
            hold = update(_message).where(_message.c.id == row["id"], ready).values(next_at=until)
            if self._connection.execute(hold).rowcount == 1:
                found.append(_from(row))
        return tuple(found)

    def save(self, message: AlertMessage) -> None:
        """Keep how a message stands now."""
        values = {**asdict(message), "state": message.state.value}
        self._connection.execute(update(_message).where(_message.c.id == values.pop("id")).values(values))

    def acknowledge(self, alert_id: str, *, at: datetime, by: str) -> bool:
        """Say who comes; who is off duty and was not told yet is spared. The first counts; False for a later one."""
        first = and_(_alert.c.id == alert_id, _alert.c.acknowledged_at.is_(None))
        done = self._connection.execute(update(_alert).where(first).values(acknowledged_at=at, acknowledged_by=by))
        for each in self.messages(alert_id):
            untold = and_(_message.c.id == each.id, _message.c.state == MessageState.LATER.value)
            spared = {"state": MessageState.SPARED.value, "text": each.text.partition("\n")[0]}  # without its link
            self._connection.execute(update(_message).where(untold).values(spared))
        return done.rowcount == 1


def _from(row: RowMapping) -> AlertMessage:
    return AlertMessage(**{**row, "state": MessageState(row["state"])})
