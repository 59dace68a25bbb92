"""The organization's own protocol for its sites of one state and kind: taken from a site, used wherever a site has
saved none of its own, with words to patients that counsel approves once for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from zonemap.errors import Conflict, Invalid, NotFound
from zonemap.model.facility import Facility, SiteKind
from zonemap.model.page import ON_A_PAGE
from zonemap.model.person import Actor
from zonemap.model.protocol import (
    Protocol,
    SpeechApproval,
    approval_of,
    protocol_document,
    scope_of,
    shared_scope,
    versions_of,
)
from zonemap.model.record import Entry, RecordKind
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, Place, require
from zonemap.work.protocol import checked_counsel, facility_protocol, protocol_seal

_LISTED_MOST = 100  # sites on the page of a scope
_Kind = tuple[str, SiteKind, int]  # a state, a kind, and how many sites are of them


@dataclass(frozen=True, slots=True)
class SiteProtocol:
    """What holds at one site: the organization's protocol (``follows``) or its own version; 0 for none saved."""

    facility: Facility
    follows: bool
    number: int


@dataclass(frozen=True, slots=True)
class SharedProtocol:
    """The organization's protocol for one scope. ``seal`` is that of its words to patients."""

    scope: str
    sites: tuple[SiteProtocol, ...]  # by name
    versions: tuple[Protocol, ...]  # oldest first; empty where the organization has none
    seal: str
    approval: SpeechApproval | None
    whole: int = 0  # sites of the scope; of many not all are listed, and those first that have saved their own

    @property
    def protocol(self) -> Protocol | None:
        """The newest version."""
        return self.versions[-1] if self.versions else None

    @property
    def number(self) -> int:
        """How many versions there are."""
        return len(self.versions)

    @property
    def approved(self) -> bool:
        """Whether counsel has approved just the words that stand there now."""
        return self.approval is not None and self.approval.seal == self.seal


def shared_protocols(store: Store, actor: Actor) -> tuple[SharedProtocol, ...]:
    """One for each state and kind of site that there is."""
    require(actor, Permission.EDIT_PROTOCOL, at=Place.ORGANIZATION)
    with store.read() as books:
        few, entries = books.facilities.count(None) <= ON_A_PAGE, books.shared_protocols.all()
        return tuple(
            _shared(books, scope, entries.get(scope, []), (state, kind, whole), most=ON_A_PAGE if few else 0)
            for scope, (state, kind, whole) in sorted(_scopes(books).items())
        )


def shared_protocol(store: Store, actor: Actor, scope: str) -> SharedProtocol:
    """The one of a scope. Raises NotFound where there is no such site."""
    require(actor, Permission.EDIT_PROTOCOL, at=Place.ORGANIZATION)
    with store.read() as books:
        return _of(books, scope)


def take_protocol(
    store: Store, actor: Actor, scope: str, facility_id: str, *, seen: int, now: datetime
) -> SharedProtocol:
    """Make what holds at a site the organization's next version. Raises NotFound, Conflict, Invalid."""
    require(actor, Permission.EDIT_PROTOCOL, at=Place.ORGANIZATION)
    with store.begin() as books:
        books.shared_protocols.hold()
        found = _of(books, scope)
        if found.number != seen:
            raise Conflict("Somebody else has changed the organization’s protocol meanwhile. Look at it again.")
        site = books.facilities.find(facility_id)
        if site is None or shared_scope(site) != scope:
            raise NotFound("There is no such site of this state and kind.")
        view = facility_protocol(books, facility_id)
        if view.protocol.follows:
            sentence = "This site uses the organization’s protocol. Choose one with a version of its own."
            raise Invalid(sentence, fields={"site": sentence})
        taken = replace(view.protocol, change=_change(view.facility, view.protocol))
        books.shared_protocols.append(
            scope, RecordKind.PROTOCOL_SAVED, protocol_document(taken), recorded_at=now, recorded_by=actor.name
        )
        return _of(books, scope)


def approve_shared(
    store: Store, actor: Actor, scope: str, *, seal: str, counsel: str, on: date, now: datetime
) -> SharedProtocol:
    """Record that a named lawyer has approved the words to patients for all sites that use the organization's protocol.

    Raises NotFound, Invalid; Conflict where the words changed.
    """
    require(actor, Permission.APPROVE_PROTOCOL, at=Place.ORGANIZATION)
    counsel = checked_counsel(counsel, on, now)
    with store.begin() as books:
        books.shared_protocols.hold()
        found = _of(books, scope)
        if found.protocol is None:
            raise NotFound("The organization has no protocol of its own for these sites.")
        if found.seal != seal:
            raise Conflict("The words have changed since this page was opened. Let counsel read them again.")
        body = {"seal": seal, "counsel": counsel, "on": on.isoformat(), "version": found.number}
        books.shared_protocols.append(
            scope, RecordKind.PROTOCOL_APPROVED, body, recorded_at=now, recorded_by=actor.name
        )
        return _of(books, scope)


def withdraw_shared(store: Store, actor: Actor, scope: str, *, now: datetime) -> None:
    """Lock the words to patients again wherever only this approval counted. Raises NotFound."""
    require(actor, Permission.APPROVE_PROTOCOL, at=Place.ORGANIZATION)
    with store.begin() as books:
        books.shared_protocols.hold()
        if _of(books, scope).approval is not None:
            books.shared_protocols.append(
                scope, RecordKind.PROTOCOL_WITHDRAWN, {}, recorded_at=now, recorded_by=actor.name
            )


def _change(facility: Facility, protocol: Protocol) -> str:
    return (
        f"Taken from {facility.name}, {f'version {protocol.number}' if protocol.number else 'as it comes with zonemap'}"
    )


def _scopes(books: Books) -> dict[str, _Kind]:
    return {scope_of(state, kind): (state, kind, sites) for state, kind, sites in books.facilities.kinds()}


def _of(books: Books, scope: str) -> SharedProtocol:
    found = _scopes(books).get(scope)
    if found is None:
        raise NotFound("There is no site of this state and kind.")
    return _shared(books, scope, books.shared_protocols.entries(scope), found, most=_LISTED_MOST)


def _shared(books: Books, scope: str, entries: list[Entry], of: _Kind, *, most: int) -> SharedProtocol:
    state, kind, whole = of
    versions = versions_of(entries)
    sites = books.facilities.of_kind(state, kind, most=most) if most else ()
    return SharedProtocol(
        scope=scope,
        sites=tuple(_site(books, each, bool(versions)) for each in sites),
        versions=versions,
        seal=protocol_seal(versions[-1]) if versions else "",
        approval=approval_of(entries),
        whole=whole,
    )


def _site(books: Books, facility: Facility, shares: bool) -> SiteProtocol:
    own = versions_of(books.protocols.entries(facility.id))
    follows = shares and (not own or bool(own[-1].follows))
    return SiteProtocol(facility, follows, len(own))
