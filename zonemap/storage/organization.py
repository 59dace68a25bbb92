"""What all sites share: people to call, lines that nobody may cross, and who of counsel has read the rules."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select

from zonemap.model.facility import Contact, ContactRole
from zonemap.model.law import CounselReview, OwnMustNot
from zonemap.model.organization import SHARED
from zonemap.storage.organization_tables import shared_contact, shared_must_not, shared_review

_KEPT = tuple(column.name for column in shared_contact.c)


class Organization:
    """The one organization of a database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def contacts(self) -> tuple[Contact, ...]:
        """The shared ones, by role as ``ContactRole`` lists them, then by position."""
        rows = self._connection.execute(select(shared_contact)).mappings()
        found = (
            Contact(
                **{**row, "role": ContactRole(row["role"]), "languages": tuple(row["languages"]), "facility_id": SHARED}
            )
            for row in rows
        )
        order = list(ContactRole)
        return tuple(sorted(found, key=lambda each: (order.index(each.role), each.position, each.id)))

    def replace_contacts(self, contacts: tuple[Contact, ...]) -> None:
        """Put these in the place of all before."""
        self._connection.execute(delete(shared_contact))
        rows = [{name: asdict(each)[name] for name in _KEPT} | {"role": each.role.value} for each in contacts]
        if rows:
            self._connection.execute(insert(shared_contact), rows)

    def must_nots(self) -> tuple[OwnMustNot, ...]:
        """The shared lines, the oldest first."""
        query = select(shared_must_not).order_by(shared_must_not.c.added_at, shared_must_not.c.id)
        return tuple(OwnMustNot(**row, facility_id=SHARED) for row in self._connection.execute(query).mappings())

    def add_must_not(self, line: OwnMustNot) -> OwnMustNot:
        """Keep a line for all sites."""
        values = {name: value for name, value in asdict(line).items() if name != "facility_id"}
        self._connection.execute(insert(shared_must_not).values(values))
        return line

    def reviews(self) -> dict[str, CounselReview]:
        """The newest review of each pack that holds for all sites, by the pack's id."""
        query = select(shared_review).order_by(shared_review.c.recorded_at, shared_review.c.id)
        rows = self._connection.execute(query).mappings()
        return {row["pack_id"]: CounselReview(**row, facility_id=SHARED) for row in rows}

    def add_review(self, review: CounselReview) -> CounselReview:
        """Keep that counsel has read a pack for all sites."""
        values = {name: value for name, value in asdict(review).items() if name != "facility_id"}
        self._connection.execute(insert(shared_review).values(values))
        return review
