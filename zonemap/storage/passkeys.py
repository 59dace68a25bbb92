"""Passkeys, and what they are asked to sign."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from zonemap.model.passkey import Challenge, Passkey
from zonemap.storage.passkey_tables import passkey, passkey_challenge


class Passkeys:
    """What is known of each account's passkeys."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, account_id: str) -> tuple[Passkey, ...]:
        """Those of an account, the oldest first."""
        query = select(passkey).where(passkey.c.account_id == account_id).order_by(passkey.c.added_at, passkey.c.id)
        return tuple(Passkey(**row) for row in self._connection.execute(query).mappings())

    def has_credential(self, credential_id: str) -> bool:
        """Whether anybody has this one."""
        query = select(passkey.c.id).where(passkey.c.credential_id == credential_id)
        return self._connection.execute(query).first() is not None

    def add(self, new: Passkey) -> None:
        """Keep a new one."""
        self._connection.execute(insert(passkey).values({name: getattr(new, name) for name in Passkey.__slots__}))

    def rename(self, account_id: str, passkey_id: str, name: str) -> bool:
        """Call it otherwise; False where the account has no such passkey."""
        theirs = and_(passkey.c.account_id == account_id, passkey.c.id == passkey_id)
        return self._connection.execute(update(passkey).where(theirs).values(name=name)).rowcount == 1

    def use(self, passkey_id: str, counter: int, used_on: date) -> bool:
        """Note its counter; False, and nothing is noted, where that has not gone on. One update: of two, one gets in.

        Zero twice is no step back: most passkeys count nothing.
        """
        onward = passkey.c.counter < counter if counter else passkey.c.counter == 0
        noted = update(passkey).where(passkey.c.id == passkey_id, onward).values(counter=counter, used_on=used_on)
        return self._connection.execute(noted).rowcount == 1

    def remove(self, account_id: str, passkey_id: str | None = None) -> bool:
        """Forget one of an account's, or all of them; False where there was none."""
        gone = delete(passkey).where(passkey.c.account_id == account_id)
        if passkey_id is not None:
            gone = gone.where(passkey.c.id == passkey_id)
        return self._connection.execute(gone).rowcount > 0

    def accounts(self, ids: Collection[str] | None = None) -> set[str]:
        """The accounts that have one: of all, or of some."""
        query = select(passkey.c.account_id).distinct()
        return set(
            self._connection.execute(query if ids is None else query.where(passkey.c.account_id.in_(ids))).scalars()
        )

    def ask(self, challenge: Challenge, *, forget_before: datetime) -> None:
        """Keep what is to be signed; an earlier one of the same token counts no longer, nor those that are too old."""
        old = or_(passkey_challenge.c.token_hash == challenge.token_hash, passkey_challenge.c.made_at < forget_before)
        self._connection.execute(delete(passkey_challenge).where(old))
        values = {name: getattr(challenge, name) for name in Challenge.__slots__}
        self._connection.execute(insert(passkey_challenge).values(values))

    def take(self, token_hash: str) -> Challenge | None:
        """What was to be signed, used up by this: of two who take it at once, one gets it."""
        gone = delete(passkey_challenge).where(passkey_challenge.c.token_hash == token_hash)
        row = self._connection.execute(gone.returning(*passkey_challenge.c)).mappings().one_or_none()
        return None if row is None else Challenge(**row)
