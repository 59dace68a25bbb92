"""Which account of the organization belongs to which of ours: kept at the first sign-in, by a hash."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from zonemap.storage.sso_tables import sso_binding


class SsoBindings:
    """One for each account that has signed in so."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def subject_of(self, account_id: str) -> str | None:
        """The hash that an account is bound to, or None."""
        query = select(sso_binding.c.subject_hash).where(sso_binding.c.account_id == account_id)
        return self._connection.execute(query).scalar_one_or_none()

    def account_of(self, subject_hash: str) -> str | None:
        """The account that is bound to this hash, or None."""
        query = select(sso_binding.c.account_id).where(sso_binding.c.subject_hash == subject_hash)
        return self._connection.execute(query).scalar_one_or_none()

    def bind(self, account_id: str, subject_hash: str, at: datetime) -> None:
        """Bind them, for as long as nobody forgets it."""
        values = {"account_id": account_id, "subject_hash": subject_hash, "bound_at": at, "proved": ""}
        self._connection.execute(insert(sso_binding).values(values))

    def note(self, account_id: str, proved: str) -> None:
        """Keep how the organization said that it had made sure who it is, the last time."""
        query = update(sso_binding).where(sso_binding.c.account_id == account_id)
        self._connection.execute(query.values(proved=proved))

    def proved(self, account_id: str) -> str:
        """How the organization had made sure, the last time; empty where it did not say."""
        query = select(sso_binding.c.proved).where(sso_binding.c.account_id == account_id)
        return self._connection.execute(query).scalar_one_or_none() or ""

    def forget(self, account_id: str) -> None:
        """Let the account be bound anew."""
        self._connection.execute(delete(sso_binding).where(sso_binding.c.account_id == account_id))
