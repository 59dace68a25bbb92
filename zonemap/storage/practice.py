"""What people answered in practice, per account; nothing of it is of a real visit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from zonemap.errors import NotFound
from zonemap.model.practice import Attempt, Given, Verdict
from zonemap.storage import tables

_table = tables.practice_results
_KEPT = tuple(each.name for each in _table.columns if each.name not in ("steps_right", "steps_asked", "seconds"))


class Practice:
    """Attempts: begun, gone through, finished."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, attempt: Attempt) -> Attempt:
        """Keep one that begins."""
        self._connection.execute(insert(_table).values(_row(attempt)))
        return attempt

    def get(self, attempt_id: str, account_id: str, *, for_change: bool = False) -> Attempt:
        """One of an account's own. Raises NotFound for anybody else's."""
        query = select(_table).where((_table.c.id == attempt_id) & (_table.c.account_id == account_id))
        row = self._connection.execute(query.with_for_update() if for_change else query).mappings().one_or_none()
        if row is None:
            raise NotFound("There is no such practice any more.")
        return _from(row)

    def save(self, attempt: Attempt) -> Attempt:
        """Keep how far it is now."""
        self._connection.execute(update(_table).where(_table.c.id == attempt.id).values(_row(attempt)))
        return attempt

    def of_round(self, round_id: str, account_id: str) -> tuple[Attempt, ...]:
        """The attempts of one set, in order."""
        mine = (_table.c.round_id == round_id) & (_table.c.account_id == account_id)
        query = select(_table).where(mine).order_by(_table.c.position)
        return tuple(_from(row) for row in self._connection.execute(query).mappings())

    def finished(self, facility_id: str, account_id: str) -> tuple[Attempt, ...]:
        """An account's finished ones at a facility, the newest first."""
        mine = (_table.c.facility_id == facility_id) & (_table.c.account_id == account_id)
        query = select(_table).where(mine & _table.c.finished_at.is_not(None))
        query = query.order_by(_table.c.finished_at.desc(), _table.c.id)
        return tuple(_from(row) for row in self._connection.execute(query).mappings())


def _row(attempt: Attempt) -> dict[str, Any]:
    return {
        **{name: getattr(attempt, name) for name in _KEPT},
        "round": list(attempt.round),
        "given": [[each.step, list(each.said), each.verdict.value] for each in attempt.given],
        "steps_right": attempt.right,
        "steps_asked": attempt.asked,
        "seconds": attempt.seconds,
    }


def _from(row: RowMapping) -> Attempt:
    values = {name: row[name] for name in _KEPT}
    given = tuple(Given(step, tuple(said), Verdict(verdict)) for step, said, verdict in row["given"])
    return Attempt(**{**values, "round": tuple(row["round"]), "given": given})
