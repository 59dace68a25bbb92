"""What tables are made of: moments, ids, texts; and the one collection that holds them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python; without a zone on SQLite, which has none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into what the database keeps. Raises ValueError for one without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back, aware and in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID, HASH = String(32), String(64)


def identity(name: str = "id", **more: Any) -> Column[str]:
    """A column that holds 128 random bits, as 32 hex digits."""
    return Column(name, ID, nullable=False, **more)


def wording(name: str) -> Column[str]:
    """A column of words; empty where nothing is said."""
    return Column(name, String, nullable=False, server_default="")


def chained() -> tuple[Column[Any], ...]:
    """The columns of an entry that is bound to the one before it by its hash (``model/record``)."""
    return (
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("kind", String(20), nullable=False),
        Column("recorded_at", Moment, nullable=False),
        wording("recorded_by"),
        Column("body", Text, nullable=False),  # canonical JSON, as it was hashed
        Column("previous", HASH, nullable=False),
        Column("hash", HASH, nullable=False, unique=True),
    )


def points_to(name: str, target: str, **more: Any) -> Column[str]:
    """A column that holds the id of a row of another table."""
    ondelete = more.pop("ondelete", "CASCADE")
    return Column(name, ID, ForeignKey(target, ondelete=ondelete), nullable=more.pop("nullable", False), **more)
