"""What the readiness of many sites is told from, each with one query however many sites there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, and_, func, insert, select

from zonemap.model.facility import Contact, Designation
from zonemap.model.law import CounselReview
from zonemap.model.organization import own_else_shared
from zonemap.model.plan import FloorVersion
from zonemap.model.readiness import Said, Statement
from zonemap.model.record import Entry, RecordKind
from zonemap.model.referral import Referral
from zonemap.model.sign import SignPlan
from zonemap.model.sign_plan_document import plan_from
from zonemap.model.wall import WallEvent, WallMark
from zonemap.storage import tables
from zonemap.storage.designations import designation_from, designations_query
from zonemap.storage.facilities import contact_from, in_order_of_calling
from zonemap.storage.floors import floor_version_from, newest_versions
from zonemap.storage.organization import Organization
from zonemap.storage.protocol import entry_from
from zonemap.storage.protocol_tables import handout_setting, protocol_entry, referral
from zonemap.storage.readiness_tables import readiness_statement
from zonemap.storage.referrals import referral_from
from zonemap.storage.training_tables import training_person

Value = TypeVar("Value")
Sites = Sequence[str]  # ids of facilities
Kept = dict[tuple[object, ...], Any]  # what was read before and never changes


class ReadinessBook:
    """Looks that cover many sites; what comes back is by the facility's id."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def say(self, statement: Statement) -> Statement:
        """Keep what somebody said."""
        values = {name: getattr(statement, name) for name in Statement.__slots__} | {"what": statement.what.value}
        self._connection.execute(insert(readiness_statement).values(values))
        return statement

    def said(self, sites: Sites) -> Mapping[str, dict[Said, Statement]]:
        """The newest statement about each thing."""
        found: dict[str, dict[Said, Statement]] = defaultdict(dict)
        query = self._of(readiness_statement, sites).order_by(readiness_statement.c.said_at, readiness_statement.c.id)
        for row in self._connection.execute(query).mappings():
            statement = Statement(**{**row, "what": Said(row["what"])})
            found[statement.facility_id][statement.what] = statement
        return found

    def floors(self, sites: Sites, kept: Kept) -> Mapping[str, list[FloorVersion]]:
        """The newest version of each floor, from the lowest; only those that are not ``kept`` are read anew."""
        floor = tables.floor
        query = select(floor.c.id, floor.c.version, floor.c.facility_id).where(floor.c.facility_id.in_(sites))
        there = self._connection.execute(query.order_by(floor.c.level, floor.c.name, floor.c.id)).all()
        missing = [row.id for row in there if ("floor", row.id, row.version) not in kept]
        if missing:
            rows = self._connection.execute(newest_versions().where(floor.c.id.in_(missing))).mappings()
            kept.update({("floor", each.floor.id, each.version): each for each in map(floor_version_from, rows)})
        # A floor that was saved between the two looks is not there under its version: the next look has it.
        known = ((row.facility_id, kept.get(("floor", row.id, row.version))) for row in there)
        return _by((site, each) for site, each in known if each is not None)

    def designations(self, sites: Sites, kept: Kept) -> Mapping[str, list[Designation]]:
        """The designation in force on each floor; only those that are not ``kept`` are read anew."""
        table = tables.designation
        newest = select(table.c.floor_id, func.max(table.c.number).label("number"))
        newest_of = newest.where(table.c.facility_id.in_(sites)).group_by(table.c.floor_id).subquery()
        in_force = and_(table.c.floor_id == newest_of.c.floor_id, table.c.number == newest_of.c.number)
        query = select(table.c.id, table.c.facility_id).join(newest_of, in_force).order_by(table.c.floor_id)
        there = self._connection.execute(query).all()
        missing = [row.id for row in there if ("designation", row.id) not in kept]
        if missing:
            rows = self._connection.execute(designations_query().where(table.c.id.in_(missing))).mappings()
            kept.update({("designation", each.id): each for each in map(designation_from, rows)})
        return _by((row.facility_id, kept["designation", row.id]) for row in there)

    def approved(self, sites: Sites) -> set[str]:
        """The ids of designations that have an approval in the record."""
        record = tables.record
        query = select(record.c.designation_id).where(record.c.facility_id.in_(sites))
        return set(self._connection.execute(query.where(record.c.kind == RecordKind.APPROVAL.value)).scalars())

    def contacts(self, sites: Sites) -> Mapping[str, list[Contact]]:
        """The list of each, in the order of calling."""
        rows = self._connection.execute(self._of(tables.contact, sites)).mappings()
        found = _by((row["facility_id"], contact_from(dict(row))) for row in rows)
        shared = Organization(self._connection).contacts()
        return {site: in_order_of_calling(own_else_shared(site, found[site], shared)) for site in sites}

    def sign_plans(self, sites: Sites) -> Mapping[str, SignPlan]:
        """What was chosen for the signs; those that chose nothing are not there."""
        rows = self._connection.execute(self._of(tables.sign_plan, sites)).mappings()
        return {row["facility_id"]: plan_from(row["document"], row["version"]) for row in rows}

    def marks(self, sites: Sites) -> Mapping[str, list[WallMark]]:
        """What was printed, hung, missed and taken down."""
        names = [name for name in WallMark.__slots__ if name != "has_photo"]
        rows = self._connection.execute(self._of(tables.wall_mark, sites)).mappings()
        made = (WallMark(**{name: row[name] for name in names} | {"event": WallEvent(row["event"])}) for row in rows)
        return _by((each.facility_id, each) for each in made)

    def reviews(self, sites: Sites) -> Mapping[str, list[CounselReview]]:
        """The readings of rules by counsel, the oldest first."""
        table = tables.counsel_review
        rows = self._connection.execute(self._of(table, sites).order_by(table.c.recorded_at, table.c.id)).mappings()
        return _by((row["facility_id"], CounselReview(**row)) for row in rows)

    def protocols(self, sites: Sites) -> Mapping[str, list[Entry]]:
        """The chains of the protocols."""
        rows = self._connection.execute(self._of(protocol_entry, sites).order_by(protocol_entry.c.position)).mappings()
        return _by((row["facility_id"], entry_from(row)) for row in rows)

    def referrals(self, sites: Sites) -> Mapping[str, list[Referral]]:
        """The numbers to hand on."""
        rows = self._connection.execute(self._of(referral, sites)).mappings()
        return _by((row["facility_id"], referral_from(row)) for row in rows)

    def own_referrals(self, sites: Sites) -> set[str]:
        """The facilities that have lists of their own."""
        query = select(handout_setting.c.facility_id).where(handout_setting.c.facility_id.in_(sites))
        return set(self._connection.execute(query).scalars())

    def with_trainees(self, sites: Sites) -> set[str]:
        """The facilities that have somebody on the list of training."""
        query = select(training_person.c.facility_id).where(
            training_person.c.facility_id.in_(sites), training_person.c.left_on.is_(None)
        )
        return set(self._connection.execute(query.distinct()).scalars())

    def computers(self, sites: Sites) -> Mapping[str, list[Any]]:
        """The days on which paired computers opened the desk last; None for one that has not."""
        table = tables.desk_device
        query = select(table.c.facility_id, table.c.used_on).where(table.c.facility_id.in_(sites))
        rows = self._connection.execute(query.where(table.c.token_hash.is_not(None)))
        return _by((row.facility_id, row.used_on) for row in rows)

    def _of(self, table: Table, sites: Sites) -> Select[Any]:
        return select(table).where(table.c.facility_id.in_(sites))


def _by(pairs: Iterable[tuple[str, Value]]) -> defaultdict[str, list[Value]]:
    found: defaultdict[str, list[Value]] = defaultdict(list)
    for site, value in pairs:
        found[site].append(value)
    return found
