"""What a store asks its database, and whether the database would read a table row by row for it: from its own plans."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from zonemap.storage.tables import metadata


@contextmanager
def listening(store):
    sent: list[tuple[str, Any]] = []

    def note(_connection, _cursor, statement, parameters, *_more) -> None:
        sent.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


def scanned(store, statement: str, parameters: Any) -> set[str]:
    """The tables that the database would read row by row."""
    if "txid_current" in statement or "count(*)" in statement:  # a list says how long it is: read from the index alone
        return set()
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plan = [str(row[3]) for row in rows]
            found = {line.split()[1] for line in plan if re.match(r"SCAN \w+$", line)}
            return found & set(metadata.tables)  # not what a query has put together itself
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # a small table is read whole, else
        plan = [str(row[0]) for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
        return {named[1] for line in plan if (named := re.search(r"Seq Scan on (\w+)", line))}
