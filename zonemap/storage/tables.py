"""The tables. ``migrations`` makes them; a test holds the two together."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
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

_ID, _HASH = String(32), String(64)


def _id(name: str = "id", **more: Any) -> Column[str]:
    return Column(name, _ID, nullable=False, **more)


def _text(name: str) -> Column[str]:
    return Column(name, String, nullable=False, server_default="")


def _points_to(name: str, target: str, **more: Any) -> Column[str]:
    ondelete = more.pop("ondelete", "CASCADE")
    return Column(name, _ID, ForeignKey(target, ondelete=ondelete), nullable=more.pop("nullable", False), **more)


account = Table(
    "account",
    metadata,
    _id(primary_key=True),
    _text("name"),
    Column("email", String, nullable=False, unique=True),  # lower case
    Column("password_hash", String),  # none until the person has chosen a password
    Column("active", Boolean, nullable=False),
)

account_role = Table(
    "account_role",
    metadata,
    _points_to("account_id", "account.id", primary_key=True),
    Column("role", String(20), primary_key=True),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", _HASH, primary_key=True),  # the cookie holds the token, the table only its SHA-256
    _points_to("account_id", "account.id", index=True),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

link = Table(
    "link",
    metadata,
    Column("token_hash", _HASH, primary_key=True),
    Column("purpose", String(20), nullable=False),
    _points_to("account_id", "account.id", nullable=True, index=True),
    Column("expires_at", Moment, nullable=False),
)

throttle = Table(
    "throttle",
    metadata,
    Column("key_hash", _HASH, primary_key=True),
    Column("tokens", Float, nullable=False),
    Column("counted_at", Moment, nullable=False, index=True),
)

facility = Table(
    "facility",
    metadata,
    _id(primary_key=True),
    Column("name", String, nullable=False, index=True),
    _text("street"),
    _text("suite"),
    _text("city"),
    Column("state", String(2), nullable=False),
    _text("postcode"),
    Column("site_kind", String(20), nullable=False),
    _text("time_zone"),
)

contact = Table(
    "contact",
    metadata,
    _id(primary_key=True),
    _points_to("facility_id", "facility.id", index=True),
    Column("role", String(30), nullable=False),
    _text("name"),
    _text("phone"),
    _text("hours"),
    Column("position", Integer, nullable=False),
    Column("languages", JSON, nullable=False, server_default="[]"),
    Column("duty", JSON, nullable=False, server_default="[]"),  # when they take calls; none means always
)

floor = Table(
    "floor",
    metadata,
    _id(primary_key=True),
    _points_to("facility_id", "facility.id", ondelete="RESTRICT", index=True),
    _text("name"),
    Column("level", Integer, nullable=False),
    Column("version", Integer, nullable=False),  # the newest
)

floor_version = Table(
    "floor_version",
    metadata,
    _points_to("floor_id", "floor.id", primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),  # the optimistic lock
    Column("saved_at", Moment, nullable=False),
    _text("saved_by"),
    Column("document", JSON, nullable=False),
)

picture = Table("picture", metadata, _id(primary_key=True), Column("png", LargeBinary, nullable=False))

tile = Table(
    "tile",
    metadata,
    _points_to("picture_id", "picture.id", primary_key=True),
    Column("z", Integer, primary_key=True, autoincrement=False),
    Column("x", Integer, primary_key=True, autoincrement=False),
    Column("y", Integer, primary_key=True, autoincrement=False),
    Column("png", LargeBinary, nullable=False),
)

upload = Table(
    "upload",
    metadata,
    _points_to("floor_id", "floor.id", primary_key=True),
    _points_to("account_id", "account.id", index=True),
    Column("uploaded_at", Moment, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

upload_page = Table(
    "upload_page",
    metadata,
    _points_to("floor_id", "upload.floor_id", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("width_mm", Float, nullable=False),
    Column("height_mm", Float, nullable=False),
    Column("png", LargeBinary),
)

line_source = Table(
    "line_source",
    metadata,
    _points_to("picture_id", "picture.id", primary_key=True),
    Column("facts", JSON, nullable=False),  # what is known of the lines without unpacking them
    Column("packed", LargeBinary, nullable=False),
)

model_import = Table(
    "model_import",
    metadata,
    _id(primary_key=True),
    _points_to("facility_id", "facility.id", index=True),
    _points_to("account_id", "account.id", index=True),
    Column("uploaded_at", Moment, nullable=False),
)

model_import_floor = Table(
    "model_import_floor",
    metadata,
    _points_to("import_id", "model_import.id", primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _points_to("picture_id", "picture.id", index=True),
    Column("document", JSON, nullable=False),  # the floor, as it would be added
)

designation = Table(
    "designation",
    metadata,
    _id(primary_key=True),
    _points_to("floor_id", "floor.id", ondelete="RESTRICT"),
    _points_to("facility_id", "facility.id", ondelete="RESTRICT"),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),  # of the floor, at that moment; the floor itself is in ``document``
    Column("designated_at", Moment, nullable=False),
    _text("designated_by"),
    Column("document", JSON, nullable=False),  # facility and floor, frozen
    UniqueConstraint("floor_id", "number"),
)
Index("ix_designation_facility_id_designated_at", designation.c.facility_id, designation.c.designated_at)

record = Table(
    "record",
    metadata,
    _points_to("facility_id", "facility.id", primary_key=True, ondelete="RESTRICT"),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    _text("recorded_by"),
    Column("body", Text, nullable=False),  # canonical JSON, as it was hashed
    Column("previous", _HASH, nullable=False),
    Column("hash", _HASH, nullable=False, unique=True),
    _points_to("designation_id", "designation.id", ondelete="RESTRICT", nullable=True, index=True),
)

sign_plan = Table(
    "sign_plan",
    metadata,
    _points_to("facility_id", "facility.id", primary_key=True),
    Column("version", Integer, nullable=False),  # the optimistic lock
    Column("saved_at", Moment, nullable=False),
    _text("saved_by"),
    Column("document", JSON, nullable=False),  # choices, own wordings, languages that were seen
)

wall_mark = Table(
    "wall_mark",
    metadata,
    _id(primary_key=True),  # made where it was ticked
    _points_to("facility_id", "facility.id", index=True),
    _points_to("floor_id", "floor.id", ondelete="RESTRICT"),
    Column("sheet", String(64), nullable=False),
    Column("event", String(20), nullable=False),
    Column("facts", String(16), nullable=False),  # a digest of what the sheet says
    Column("number", Integer, nullable=False),  # of the designation
    Column("marked_at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    _text("recorded_by"),
)

wall_photo = Table(
    "wall_photo",
    metadata,
    _points_to("mark_id", "wall_mark.id", primary_key=True),
    Column("jpeg", LargeBinary, nullable=False),
)

review = Table(
    "review",
    metadata,
    _id(primary_key=True),
    _points_to("floor_id", "floor.id", index=True),
    Column("version", Integer, nullable=False),  # of the draft that was sent
    Column("content", _HASH, nullable=False),  # the fingerprint of facility and floor as they were sent
    Column("asked_at", Moment, nullable=False),
    _text("asked_by"),
    _points_to("reviewer_id", "account.id", ondelete="RESTRICT"),
    _text("reviewer"),
    _text("note"),
    Column("state", String(20), nullable=False),
    Column("answered_at", Moment),
    _text("role"),
    _text("remark"),
)

# A row for each facility that asks for an approved review before a floor is designated.
review_rule = Table("review_rule", metadata, _points_to("facility_id", "facility.id", primary_key=True))

counsel_review = Table(
    "counsel_review",
    metadata,
    _id(primary_key=True),
    _points_to("facility_id", "facility.id", index=True),
    Column("pack_id", String(20), nullable=False),
    Column("seal", _HASH, nullable=False),  # of the rules that were read
    _text("counsel"),
    _text("recorded_by"),
    Column("recorded_at", Moment, nullable=False),
)

own_must_not = Table(
    "own_must_not",
    metadata,
    _id(primary_key=True),
    _points_to("facility_id", "facility.id", index=True),
    _text("text"),
    _text("added_by"),
    Column("added_at", Moment, nullable=False),
)

desk_device = Table(
    "desk_device",
    metadata,
    _id(primary_key=True),
    _points_to("facility_id", "facility.id", index=True),
    _text("name"),
    _text("added_by"),
    Column("added_at", Moment, nullable=False),
    Column("code_hash", _HASH, unique=True),  # none once it is paired
    Column("code_until", Moment),
    Column("token_hash", _HASH, unique=True),  # the computer's cookie holds the token
    Column("used_on", Date),
)

# A row for each facility that has set for how long its desk waits for an answer.
answer_wait = Table(
    "answer_wait",
    metadata,
    _points_to("facility_id", "facility.id", primary_key=True),
    Column("seconds", Integer, nullable=False),
)

# A row for each facility with a substance-use program under 42 CFR Part 2.
sealed_site = Table("sealed_site", metadata, _points_to("facility_id", "facility.id", primary_key=True))

practice_results = Table(
    "practice_results",
    metadata,
    _id(primary_key=True),
    _points_to("facility_id", "facility.id", index=True),
    _points_to("account_id", "account.id", index=True),
    Column("scenario", String(64), nullable=False),
    Column("round_id", _ID, nullable=False),
    Column("round", JSON, nullable=False),  # the scenarios of the set, in order
    Column("position", Integer, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("given", JSON, nullable=False),  # step, said, verdict
    Column("finished_at", Moment),
    Column("steps_right", Integer, nullable=False),  # these three follow from the rest, and are there to be summed up
    Column("steps_asked", Integer, nullable=False),
    Column("seconds", Integer),
    UniqueConstraint("round_id", "position"),
)

# Packs that were asked for, on a queue: whoever makes one holds it until a moment, and holds it anew while at it.
print_job = Table(
    "print_job",
    metadata,
    _id(primary_key=True),
    _points_to("facility_id", "facility.id", index=True),
    Column("mark", _HASH, nullable=False),
    *(_text(name) for name in ("name", "maker", "trouble", "asked_by")),
    Column("document", JSON, nullable=False),  # what was asked for: options and choice
    Column("asked_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("total", "done", "attempts")),
    *(Column(name, Moment) for name in ("begun_at", "held_until")),
)
print_job_file = Table(
    "print_job_file",
    metadata,
    _points_to("job_id", "print_job.id", primary_key=True),
    Column("made", LargeBinary, nullable=False),
)

visit = Table(
    "visit",
    metadata,
    _id(primary_key=True),
    _points_to("facility_id", "facility.id", ondelete="RESTRICT", index=True),
    Column("opened_by", _ID, nullable=False),  # the account; a name would not tell two people apart
    Column("opened_at", Moment, nullable=False),
)

visit_entry = Table(
    "visit_entry",
    metadata,
    _points_to("visit_id", "visit.id", primary_key=True, ondelete="RESTRICT"),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", _ID, nullable=False, unique=True),  # made where the entry was written: sent twice, it counts once
    Column("kind", String(20), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    _text("recorded_by"),
    Column("body", Text, nullable=False),  # canonical JSON, as it was hashed
    Column("previous", _HASH, nullable=False),
    Column("hash", _HASH, nullable=False, unique=True),
)

visit_read = Table(
    "visit_read",
    metadata,
    _id(primary_key=True),
    Column("visit_id", _ID, nullable=False, index=True),
    _text("read_by"),
    Column("read_at", Moment, nullable=False),
    _text("what"),
)

visit_rule = Table(
    "visit_rule",
    metadata,
    _points_to("facility_id", "facility.id", primary_key=True),
    Column("keep_months", Integer, nullable=False),
    _text("hold_reason"),
    _text("set_by"),
)

# What is left of a visit that was purged. The database lets its entries go once this is written.
visit_purged = Table(
    "visit_purged",
    metadata,
    Column("visit_id", _ID, primary_key=True),
    _points_to("facility_id", "facility.id", ondelete="RESTRICT", index=True),
    Column("purged_at", Moment, nullable=False),
    _text("purged_by"),
    Column("entries", Integer, nullable=False),
    Column("head", _HASH, nullable=False),
)
