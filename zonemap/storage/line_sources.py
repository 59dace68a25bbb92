"""The lines read out of a plan, beside its picture: one at most a picture, and it goes with it."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, RowMapping, delete, insert, select

from zonemap.model.line_source import LineSource
from zonemap.storage.tables import line_source


class LineSources:
    """Line work by picture."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, picture_id: str, lines: LineSource) -> None:
        """Keep the lines of a picture."""
        facts = {name: value for name, value in asdict(lines).items() if name != "packed"}
        row = {"picture_id": picture_id, "facts": facts, "packed": lines.packed}
        self._connection.execute(insert(line_source).values(row))

    def find(self, picture_id: str) -> LineSource | None:
        """The lines of a picture, or None."""
        query = select(line_source).where(line_source.c.picture_id == picture_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _from(row)

    def remove(self, picture_id: str) -> None:
        """Forget the lines of a picture that is no longer under its floor."""
        self._connection.execute(delete(line_source).where(line_source.c.picture_id == picture_id))


def _from(row: RowMapping) -> LineSource:
    facts = dict(row["facts"])
    for name in ("to_picture", "layers", "wall_layers"):
        facts[name] = tuple(facts[name])
    return LineSource(bytes(row["packed"]), **facts)
