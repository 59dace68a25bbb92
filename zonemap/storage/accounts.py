"""Who can sign in, who is signed in, one-time links. Tokens are kept as hashes only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    and_,
    delete,
    exists,
    insert,
    select,
    text,
    union,
    update,
)

from zonemap.errors import Conflict, NotFound
from zonemap.model.access import DeviceKind, Link, LinkPurpose, Session
from zonemap.model.person import Account, Role, SiteRole
from zonemap.storage import tables
from zonemap.storage.words import Words

_account, _role, _site_role = tables.account, tables.account_role, tables.account_site_role
_session, _link = tables.session, tables.link
_FIRST_LINK = 0x6C696E6B  # "link": any number, the same on every server


class Accounts:
    """People."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._words = Words(connection, tables.account_word)

    def add(self, account: Account, password_hash: str | None) -> Account:
        """Keep a new account. Raises Conflict when its email is taken."""
        if self.by_email(account.email) is not None:
            raise Conflict("Somebody with this email is there already.", email=account.email)
        self._connection.execute(
            insert(_account).values(
                id=account.id,
                name=account.name,
                email=account.email,
                password_hash=password_hash,
                active=account.active,
            )
        )
        self._set_roles(account)
        self._words.keep(account.id, account.name, account.email)
        return account

    def find(self, account_id: str) -> Account | None:
        """The account, or None."""
        row = self._connection.execute(select(_account).where(_account.c.id == account_id)).mappings().one_or_none()
        return None if row is None else self._from(row)

    def get(self, account_id: str) -> Account:
        """The account. Raises NotFound."""
        account = self.find(account_id)
        if account is None:
            raise NotFound("There is no such person.")
        return account

    def by_email(self, email: str) -> tuple[Account, str | None] | None:
        """The account of an email (in lower case) and its password hash, or None."""
        row = self._connection.execute(select(_account).where(_account.c.email == email)).mappings().one_or_none()
        return None if row is None else (self._from(row), row["password_hash"])

    def password_hash(self, account_id: str) -> str | None:
        """The stored hash; None while no password has been chosen."""
        return self._connection.execute(
            select(_account.c.password_hash).where(_account.c.id == account_id)
        ).scalar_one_or_none()

    def page(self, own: Collection[str] | None, search: str, *, first: int, most: int) -> list[Account]:
        """A part of the list by name: of everybody, or of those who are something everywhere or at those sites."""
        query = self._found(select(_account), own, search).order_by(_account.c.name, _account.c.id)
        return self._many(query.offset(first).limit(most))

    def count(self, own: Collection[str] | None, search: str = "") -> int:
        """How many there are in that list; of a search ``FOUND_MOST`` at most."""
        return self._words.count(self._found(select(_account.c.id), own, search), search)

    def at(self, facility_id: str) -> list[Account]:
        """Those who are something at a facility, by name."""
        return self._many(self._found(select(_account), (facility_id,)).order_by(_account.c.name, _account.c.id))

    def with_password(self, ids: Collection[str] | None = None) -> set[str]:
        """The ids of those who have chosen a password: of all, or of some."""
        query = select(_account.c.id).where(_account.c.password_hash.is_not(None))
        return set(self._connection.execute(query if ids is None else query.where(_account.c.id.in_(ids))).scalars())

    def everybody(self) -> list[Account]:
        """All of them, by name: for what counts them, and shows no list."""
        return self._many(select(_account).order_by(_account.c.name, _account.c.id))

    def any(self) -> bool:
        """Whether there is an account at all."""
        return bool(self._connection.execute(select(exists().select_from(_account))).scalar_one())

    def save(self, account: Account) -> Account:
        """Change name, email, roles and whether it is active. Raises NotFound."""
        change = (
            update(_account)
            .where(_account.c.id == account.id)
            .values(name=account.name, email=account.email, active=account.active)
        )
        if self._connection.execute(change).rowcount == 0:
            raise NotFound("There is no such person.")
        for table in (_role, _site_role):
            self._connection.execute(delete(table).where(table.c.account_id == account.id))
        self._set_roles(account)
        self._words.keep(account.id, account.name, account.email)
        return account

    def set_password(self, account_id: str, password_hash: str) -> None:
        """Change the password's hash."""
        self._connection.execute(
            update(_account).where(_account.c.id == account_id).values(password_hash=password_hash)
        )

    def active_administrators(self) -> int:
        """How many people who can sign in may manage people; locks them on PostgreSQL, so that two cannot both go."""
        query = (
            select(_account.c.id)
            .join(_role)
            .where(_role.c.role == Role.ADMINISTRATOR.value, _account.c.active)
            .order_by(_account.c.id)
            .with_for_update(of=_account)
        )
        return len(self._connection.execute(query).all())

    def _set_roles(self, account: Account) -> None:
        rows = [{"account_id": account.id, "role": role.value} for role in sorted(account.roles)]
        if rows:
            self._connection.execute(insert(_role), rows)
        at_sites = [
            {"account_id": account.id, "facility_id": site, "role": role.value}
            for site, role in sorted(account.site_roles)
        ]
        if at_sites:
            self._connection.execute(insert(_site_role), at_sites)

    def _from(self, row: RowMapping) -> Account:
        return _account_from(row, self._roles((row["id"],))[row["id"]], self._site_roles((row["id"],))[row["id"]])

    def _many(self, query: Select[Any]) -> list[Account]:
        rows = self._connection.execute(query).mappings().all()
        ids = [row["id"] for row in rows]
        everywhere, at_sites = self._roles(ids), self._site_roles(ids)
        return [_account_from(row, everywhere[row["id"]], at_sites[row["id"]]) for row in rows]

    def _roles(self, ids: Collection[str]) -> Mapping[str, set[Role]]:
        """The roles for the whole organization of each account."""
        found: dict[str, set[Role]] = defaultdict(set)
        for row in self._connection.execute(select(_role).where(_role.c.account_id.in_(ids))):
            found[row.account_id].add(Role(row.role))
        return found

    def _site_roles(self, ids: Collection[str]) -> Mapping[str, set[SiteRole]]:
        """The roles at facilities of each account."""
        found: dict[str, set[SiteRole]] = defaultdict(set)
        for row in self._connection.execute(select(_site_role).where(_site_role.c.account_id.in_(ids))):
            found[row.account_id].add((row.facility_id, Role(row.role)))
        return found

    def _found(self, query: Select[Any], own: Collection[str] | None, search: str = "") -> Select[Any]:
        if own is not None:
            there = select(_site_role.c.account_id).where(_site_role.c.facility_id.in_(own))
            query = query.where(_account.c.id.in_(union(select(_role.c.account_id), there)))
        return self._words.found(query, _account.c.id, search)


def _account_from(row: RowMapping, roles: Iterable[Role], at_sites: Iterable[SiteRole]) -> Account:
    return Account(row["id"], row["name"], row["email"], frozenset(roles), row["active"], frozenset(at_sites))


class Sessions:
    """Who is signed in, by the hash of the cookie's token."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, session: Session) -> None:
        """Begin one."""
        self._connection.execute(
            insert(_session).values(
                token_hash=session.token_hash,
                account_id=session.account_id,
                started_at=session.started_at,
                seen_at=session.seen_at,
                device=session.device.value,
                proved_at=session.proved_at,
            )
        )

    def find(self, token_hash: str) -> Session | None:
        """The session, or None."""
        row = self._connection.execute(select(_session).where(_session.c.token_hash == token_hash)).mappings()
        found = row.one_or_none()
        return None if found is None else _session_from(found)

    def of(self, account_id: str) -> tuple[Session, ...]:
        """Those of an account, the one last seen first."""
        query = select(_session).where(_session.c.account_id == account_id).order_by(_session.c.seen_at.desc())
        return tuple(_session_from(row) for row in self._connection.execute(query).mappings())

    def prove(self, token_hash: str, proved_at: datetime) -> None:
        """Note that the password was typed again."""
        proved = update(_session).where(_session.c.token_hash == token_hash).values(proved_at=proved_at)
        self._connection.execute(proved)

    def touch(self, token_hash: str, seen_at: datetime) -> None:
        """Note that somebody is still there."""
        self._connection.execute(update(_session).where(_session.c.token_hash == token_hash).values(seen_at=seen_at))

    def end(self, token_hash: str) -> None:
        """Sign out."""
        self._connection.execute(delete(_session).where(_session.c.token_hash == token_hash))

    def end_all(self, account_id: str, *, but: Iterable[str] = ()) -> None:
        """Sign a person out everywhere, except where ``but`` says."""
        theirs = and_(_session.c.account_id == account_id, _session.c.token_hash.not_in(list(but)))
        self._connection.execute(delete(_session).where(theirs))

    def forget(self, *, started_before: datetime, seen_before: datetime) -> None:
        """Remove those whose time is over."""
        over = (_session.c.started_at < started_before) | (_session.c.seen_at < seen_before)
        self._connection.execute(delete(_session).where(over))


def _session_from(row: RowMapping) -> Session:
    return Session(**{**row, "device": DeviceKind(row["device"])})


class Links:
    """One-time links, by the hash of their token."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def wait_for_first(self) -> None:
        """Wait until nobody else makes the first link: servers may start at the same moment."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _FIRST_LINK})

    def add(self, link: Link) -> None:
        """Keep one; an older link of the same purpose and person stops working."""
        same = and_(_link.c.purpose == link.purpose.value, _link.c.account_id.is_not_distinct_from(link.account_id))
        self._connection.execute(delete(_link).where(same))
        self._connection.execute(
            insert(_link).values(
                token_hash=link.token_hash,
                purpose=link.purpose.value,
                account_id=link.account_id,
                expires_at=link.expires_at,
            )
        )

    def find(self, token_hash: str) -> Link | None:
        """The link, or None."""
        found = self._connection.execute(select(_link).where(_link.c.token_hash == token_hash)).mappings()
        return self._from(found.one_or_none())

    def take(self, token_hash: str) -> Link | None:
        """The link, used up by this; of two who take it at once only one gets it."""
        taken = self._connection.execute(delete(_link).where(_link.c.token_hash == token_hash).returning(*_link.c))
        return self._from(taken.mappings().one_or_none())

    def open_for(self, purpose: LinkPurpose, now: datetime, ids: Collection[str]) -> set[str]:
        """Those of the ids who have an unused link of this purpose."""
        query = select(_link.c.account_id).where(_link.c.account_id.in_(ids), _link.c.purpose == purpose.value)
        return set(self._connection.execute(query.where(_link.c.expires_at > now)).scalars())

    def forget(self, *, expired_before: datetime) -> None:
        """Remove those that no longer work."""
        self._connection.execute(delete(_link).where(_link.c.expires_at < expired_before))

    def _from(self, row: RowMapping | None) -> Link | None:
        return None if row is None else Link(**{**row, "purpose": LinkPurpose(row["purpose"])})
