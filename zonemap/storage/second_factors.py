"""Second factors, recovery codes, and those who are half signed in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from zonemap.model.person import Role
from zonemap.model.second_factor import HalfSession, SecondFactor
from zonemap.storage.second_factor_tables import factor_demand, half_session, recovery_code, second_factor


class SecondFactors:
    """What is known of each account's second factor."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, account_id: str) -> SecondFactor | None:
        """The factor of an account, locked on PostgreSQL until the transaction ends; or None."""
        query = select(second_factor).where(second_factor.c.account_id == account_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else SecondFactor(**row)

    def save(self, factor: SecondFactor) -> None:
        """Keep it in place of what was there."""
        self._connection.execute(delete(second_factor).where(second_factor.c.account_id == factor.account_id))
        values = {name: getattr(factor, name) for name in SecondFactor.__slots__}
        self._connection.execute(insert(second_factor).values(values))

    def use_step(self, account_id: str, step: int, ahead: int) -> bool:
        """Use the code of a step up. One update: of two who send it at once, one gets in.

        A last step later than ``ahead`` was used while the clock was ahead, and shuts nobody out.
        """
        last = second_factor.c.last_step
        fresh = update(second_factor).where(second_factor.c.account_id == account_id, or_(last < step, last > ahead))
        return self._connection.execute(fresh.values(last_step=step)).rowcount == 1

    def remove(self, account_id: str) -> None:
        """Let go of the app."""
        self._connection.execute(delete(second_factor).where(second_factor.c.account_id == account_id))

    def remove_codes(self, account_id: str) -> None:
        """Let go of the recovery codes, and of who waits for a code: there is nothing left to be asked for."""
        for table in (recovery_code, half_session):
            self._connection.execute(delete(table).where(table.c.account_id == account_id))

    def with_factor(self, ids: Collection[str] | None = None) -> set[str]:
        """The accounts that have one: of all, or of some."""
        query = select(second_factor.c.account_id).where(second_factor.c.confirmed_at.is_not(None))
        if ids is not None:
            query = query.where(second_factor.c.account_id.in_(ids))
        return set(self._connection.execute(query).scalars())

    def demanded(self) -> frozenset[Role]:
        """The roles of which one is asked."""
        return frozenset(Role(each) for each in self._connection.execute(select(factor_demand.c.role)).scalars())

    def demand(self, roles: Iterable[Role]) -> None:
        """Ask it of these roles, and of no other."""
        self._connection.execute(delete(factor_demand))
        rows = [{"role": role.value} for role in sorted(roles)]
        if rows:
            self._connection.execute(insert(factor_demand), rows)

    def set_codes(self, account_id: str, hashes: Iterable[str]) -> None:
        """New recovery codes; the old ones stop working."""
        self._connection.execute(delete(recovery_code).where(recovery_code.c.account_id == account_id))
        rows = [{"account_id": account_id, "code_hash": each} for each in hashes]
        self._connection.execute(insert(recovery_code), rows)

    def take_code(self, account_id: str, code_hash: str) -> bool:
        """Use a recovery code up; False where it is none."""
        used = delete(recovery_code).where(
            recovery_code.c.account_id == account_id, recovery_code.c.code_hash == code_hash
        )
        return self._connection.execute(used).rowcount == 1

    def codes_left(self, account_id: str) -> int:
        """How many recovery codes are unused."""
        query = select(func.count()).select_from(recovery_code).where(recovery_code.c.account_id == account_id)
        return int(self._connection.execute(query).scalar_one())

    def begin_half(self, half: HalfSession, *, forget_before: datetime) -> None:
        """Somebody's password was right. Those that wait for too long are forgotten."""
        self._connection.execute(delete(half_session).where(half_session.c.began_at < forget_before))
        values = {name: getattr(half, name) for name in HalfSession.__slots__}
        self._connection.execute(insert(half_session).values(values))

    def find_half(self, token_hash: str) -> HalfSession | None:
        """Who waits under this token."""
        query = select(half_session).where(half_session.c.token_hash == token_hash)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else HalfSession(**row)

    def end_halves(self, account_id: str) -> None:
        """Nobody waits for this account any more."""
        self._connection.execute(delete(half_session).where(half_session.c.account_id == account_id))

    def end_half(self, token_hash: str) -> bool:
        """It is used up; False where it was already."""
        gone = delete(half_session).where(half_session.c.token_hash == token_hash)
        return self._connection.execute(gone).rowcount == 1
