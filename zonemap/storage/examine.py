"""Looking through the database for what is not as it was written. Reads everything, changes nothing.

Each finding is a kind and what it is about; what to do stands in ``work/doctor``.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Table, select
from sqlalchemy.exc import SQLAlchemyError

from zonemap.model.floor_document import floor_from
from zonemap.model.record import canonical, digest
from zonemap.storage.columns import metadata
from zonemap.storage.migrations import newest, revision_of
from zonemap.storage.tables import floor_version, line_source, picture, tile, wall_photo

Found = tuple[str, str]  # the kind, and what it is about
_PNG = b"\x89PNG\r\n\x1a\n"
_AT_ONCE = 50


def examine(engine: Engine) -> Iterator[Found]:
    """All findings. A part that cannot be read at all is a finding of its own."""
    readable = True
    for check in (_schema, _pages, _dangling, *_OF_ROWS):
        try:
            with engine.execution_options(zonemap_read=True).connect() as connection:
                yield from check(connection)
        except (SQLAlchemyError, ValueError, KeyError, TypeError) as error:
            if readable:  # once: a damaged file cannot be read in many ways
                yield "pages", f"Reading stopped: {_short(error)}"
            readable = False


def _short(error: Exception) -> str:
    return str(getattr(error, "orig", error)).splitlines()[0][:120]


def _schema(connection: Connection) -> Iterator[Found]:
    found = revision_of(connection)
    if found != newest():
        yield "schema", f"The database is of revision {found}, and this zonemap of {newest()}."


def _pages(connection: Connection) -> Iterator[Found]:
    if connection.dialect.name == "sqlite":
        for said in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars():
            if said != "ok":
                yield "pages", str(said).splitlines()[-1]
        sealed = connection.exec_driver_sql("PRAGMA cipher_integrity_check")
        if sealed.returns_rows:  # not where the database is not encrypted
            for said in sealed.scalars():
                yield "pages", str(said)


def _dangling(connection: Connection) -> Iterator[Found]:
    if connection.dialect.name == "sqlite":
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all()[:20]:
            yield "dangling", f"A row of {row[0]} belongs to one of {row[2]} that is not there."


def _rows(connection: Connection, table: Table) -> Iterator[Any]:
    query = select(table).execution_options(yield_per=_AT_ONCE)
    yield from connection.execute(query).mappings()


def _floors(connection: Connection) -> Iterator[Found]:
    for row in _rows(connection, floor_version):
        name = f"Version {row['version']} of floor {row['floor_id'][:8]}"
        if row["sha256"] and row["sha256"] != sum_of(row["document"]):
            yield "floor", f"{name} is not what was saved."
        else:
            try:
                floor_from(row["document"])
            except Exception as error:
                yield "floor", f"{name} cannot be read: {_short(error)}"


def _pictures(connection: Connection) -> Iterator[Found]:
    for row in _rows(connection, picture):
        if not is_whole_png(row["png"]):
            yield "picture", f"The picture {row['id'][:8]} of a plan is not what was kept."
    for row in _rows(connection, tile):
        if not is_whole_png(row["png"]):
            yield "picture", f"A tile of the picture {row['picture_id'][:8]} is not what was kept."


def _lines(connection: Connection) -> Iterator[Found]:
    for row in _rows(connection, line_source):
        try:
            zlib.decompress(row["packed"], wbits=31)
        except zlib.error:
            yield "lines", f"The lines of the picture {row['picture_id'][:8]} are not what was kept."


def _wall_photos(connection: Connection) -> Iterator[Found]:
    for row in _rows(connection, wall_photo):
        if row["sha256"] and hashlib.sha256(row["jpeg"]).hexdigest() != row["sha256"]:
            yield "wall_photo", f"The photo of the tick {row['mark_id'][:8]} is not what was kept."


def _rest(connection: Connection) -> Iterator[Found]:
    """Every other row, read once: what is no value of its column shows."""
    seen = {floor_version, picture, tile, line_source, wall_photo}
    for table in metadata.sorted_tables:
        if table not in seen:
            deque(_rows(connection, table), maxlen=0)
    yield from ()


_OF_ROWS: tuple[Callable[[Connection], Iterator[Found]], ...] = (_floors, _pictures, _lines, _wall_photos, _rest)


def sum_of(document: Any) -> str:
    """The SHA-256 of a document, whichever way the database writes JSON."""
    return digest(canonical(document))


def is_whole_png(data: bytes) -> bool:
    """Whether each part of a PNG has the checksum that it bears, up to its end."""
    if not data.startswith(_PNG):
        return False
    at = len(_PNG)
    while at + 12 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 8 + size
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            return False
        at = end + 4
        if kind == b"IEND":
            return at == len(data)
    return False
