"""Rows of made-up values for every table that there is, in an order that the foreign keys allow."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Date, Float, Integer, LargeBinary, Table, insert
from sqlalchemy.exc import IntegrityError

from zonemap.storage.columns import Moment

_LETTERS = "abc é ß Ж 汉 ع 'quoted' \"twice\" \\ %s {x} \n"


def fill(connection: Connection, tables: list[Table], seed: int, most: int = 4) -> dict[str, int]:
    """Add up to ``most`` rows to each of the tables; give how many each has."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    rows: dict[str, list[dict[str, Any]]] = {}
    for table in tables:
        rows[table.name] = []
        for _ in range(dice.randint(1, most)):
            row = {column.name: _value(dice, column, rows) for column in table.columns}
            try:
                with connection.begin_nested():
                    connection.execute(insert(table), [row])
            except IntegrityError:
                continue  # the same row of another table was pointed to twice where that may be once
            rows[table.name].append(row)
    return {name: len(found) for name, found in rows.items()}


def _value(dice: random.Random, column: Column[Any], rows: dict[str, list[dict[str, Any]]]) -> Any:
    if column.nullable and dice.random() < 0.3:
        return None
    for key in column.foreign_keys:
        others = rows[key.column.table.name]
        return dice.choice(others)[key.column.name] if others else None
    kind = column.type
    if isinstance(kind, Moment):
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(
            seconds=dice.randint(0, 10**8), microseconds=dice.randint(0, 999_999)
        )
    for of, make in _MAKERS:
        if isinstance(kind, of):
            return make(dice)
    most = getattr(kind, "length", None) or 60
    unique = f"{dice.getrandbits(60):015x}"
    return (unique + "".join(dice.choices(_LETTERS, k=40)))[:most]


_MAKERS: tuple[tuple[type, Any], ...] = (
    (Boolean, lambda dice: dice.random() < 0.5),
    (Integer, lambda dice: dice.randint(0, 10**6)),
    (Float, lambda dice: dice.uniform(-1e6, 1e6)),
    (Date, lambda dice: date(2026, 1, 1) + timedelta(days=dice.randint(0, 3000))),
    (LargeBinary, lambda dice: dice.randbytes(dice.choice((0, 1, 5000, 300_000)))),
    (JSON, lambda dice: {"a": [1, 2.5, None, True], "b": {"ü": "x" * dice.randint(0, 50)}, "n": dice.random()}),
)
