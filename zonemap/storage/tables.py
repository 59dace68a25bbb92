"""The tables. ``migrations`` makes them; a test holds the two together. Those of visits stand in ``visit_tables``."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from zonemap.storage.alert_tables import alert_message
from zonemap.storage.backup_tables import backup_made
from zonemap.storage.binder_tables import binder_revision
from zonemap.storage.columns import HASH, ID, Moment, chained, identity, metadata, points_to, wording
from zonemap.storage.organization_tables import shared_contact, shared_must_not
from zonemap.storage.passkey_tables import passkey, passkey_challenge
from zonemap.storage.protocol_tables import handout_setting, protocol_entry, referral
from zonemap.storage.readiness_tables import readiness_statement, site_change, site_readiness
from zonemap.storage.second_factor_tables import factor_demand, half_session, recovery_code, second_factor
from zonemap.storage.site_tables import account_site_role, picture_site
from zonemap.storage.training_tables import training_rule
from zonemap.storage.visit_tables import visit, visit_entry, visit_photo, visit_purged, visit_read, visit_rule
from zonemap.storage.word_tables import account_word, facility_word

__all__ = [
    "Moment",
    "account_site_role",
    "account_word",
    "alert_message",
    "backup_made",
    "binder_revision",
    "facility_word",
    "factor_demand",
    "half_session",
    "handout_setting",
    "metadata",
    "passkey",
    "passkey_challenge",
    "picture_site",
    "protocol_entry",
    "readiness_statement",
    "recovery_code",
    "referral",
    "second_factor",
    "shared_contact",
    "shared_must_not",
    "site_change",
    "site_readiness",
    "training_rule",
    "visit",
    "visit_entry",
    "visit_photo",
    "visit_purged",
    "visit_read",
    "visit_rule",
]

account = Table(
    "account",
    metadata,
    identity(primary_key=True),
    wording("name"),
    Column("email", String, nullable=False, unique=True),  # lower case
    Column("password_hash", String),  # none until the person has chosen a password
    Column("active", Boolean, nullable=False),
    Index("ix_account_name", "name", "id"),
)

account_role = Table(
    "account_role",
    metadata,
    points_to("account_id", "account.id", primary_key=True),
    Column("role", String(20), primary_key=True),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", HASH, primary_key=True),  # the cookie holds the token, the table only its SHA-256
    points_to("account_id", "account.id", index=True),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("device", String(20), nullable=False, server_default=""),  # a phone or a computer, and no more of it
    Column("proved_at", Moment),  # when the password was typed again
)

link = Table(
    "link",
    metadata,
    Column("token_hash", HASH, primary_key=True),
    Column("purpose", String(20), nullable=False),
    points_to("account_id", "account.id", nullable=True, index=True),
    Column("expires_at", Moment, nullable=False),
)

throttle = Table(
    "throttle",
    metadata,
    Column("key_hash", HASH, primary_key=True),
    Column("tokens", Float, nullable=False),
    Column("counted_at", Moment, nullable=False, index=True),
)

known_address = Table(
    "known_address",
    metadata,
    points_to("account_id", "account.id", primary_key=True),
    Column("mark", HASH, primary_key=True),
    Column("used_on", Date, nullable=False),
)

facility = Table(
    "facility",
    metadata,
    identity(primary_key=True),
    Column("name", String, nullable=False),
    wording("street"),
    wording("suite"),
    wording("city"),
    Column("state", String(2), nullable=False),
    wording("postcode"),
    Column("site_kind", String(20), nullable=False),
    wording("time_zone"),
    Index("ix_facility_name", "name", "id"),  # lists stand in this order, page by page
)

contact = Table(
    "contact",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    Column("role", String(30), nullable=False),
    wording("name"),
    wording("phone"),
    wording("hours"),
    Column("position", Integer, nullable=False),
    Column("languages", JSON, nullable=False, server_default="[]"),
    Column("duty", JSON, nullable=False, server_default="[]"),  # when they take calls; none means always
)

floor = Table(
    "floor",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", ondelete="RESTRICT", index=True),
    wording("name"),
    Column("level", Integer, nullable=False),
    Column("version", Integer, nullable=False),  # the newest
)

floor_version = Table(
    "floor_version",
    metadata,
    points_to("floor_id", "floor.id", primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),  # the optimistic lock
    Column("saved_at", Moment, nullable=False),
    wording("saved_by"),
    Column("document", JSON, nullable=False),
    Column("sha256", HASH),  # of the document; none on rows older than revision 0031
)

picture = Table("picture", metadata, identity(primary_key=True), Column("png", LargeBinary, nullable=False))

tile = Table(
    "tile",
    metadata,
    points_to("picture_id", "picture.id", primary_key=True),
    Column("z", Integer, primary_key=True, autoincrement=False),
    Column("x", Integer, primary_key=True, autoincrement=False),
    Column("y", Integer, primary_key=True, autoincrement=False),
    Column("png", LargeBinary, nullable=False),
)

upload = Table(
    "upload",
    metadata,
    points_to("floor_id", "floor.id", primary_key=True),
    points_to("account_id", "account.id", index=True),
    Column("uploaded_at", Moment, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

upload_page = Table(
    "upload_page",
    metadata,
    points_to("floor_id", "upload.floor_id", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("width_mm", Float, nullable=False),
    Column("height_mm", Float, nullable=False),
    Column("png", LargeBinary),
)

line_source = Table(
    "line_source",
    metadata,
    points_to("picture_id", "picture.id", primary_key=True),
    Column("facts", JSON, nullable=False),  # what is known of the lines without unpacking them
    Column("packed", LargeBinary, nullable=False),
)

model_import = Table(
    "model_import",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    points_to("account_id", "account.id", index=True),
    Column("uploaded_at", Moment, nullable=False),
)

model_import_floor = Table(
    "model_import_floor",
    metadata,
    points_to("import_id", "model_import.id", primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    points_to("picture_id", "picture.id", index=True),
    Column("document", JSON, nullable=False),  # the floor, as it would be added
)

designation = Table(
    "designation",
    metadata,
    identity(primary_key=True),
    points_to("floor_id", "floor.id", ondelete="RESTRICT"),
    points_to("facility_id", "facility.id", ondelete="RESTRICT"),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),  # of the floor, at that moment; the floor itself is in ``document``
    Column("designated_at", Moment, nullable=False),
    wording("designated_by"),
    Column("document", JSON, nullable=False),  # facility and floor, frozen
    UniqueConstraint("floor_id", "number"),
)
Index("ix_designation_facility_id_designated_at", designation.c.facility_id, designation.c.designated_at)

record = Table(
    "record",
    metadata,
    points_to("facility_id", "facility.id", primary_key=True, ondelete="RESTRICT"),
    *chained(),
    points_to("designation_id", "designation.id", ondelete="RESTRICT", nullable=True, index=True),
)

sign_plan = Table(
    "sign_plan",
    metadata,
    points_to("facility_id", "facility.id", primary_key=True),
    Column("version", Integer, nullable=False),  # the optimistic lock
    Column("saved_at", Moment, nullable=False),
    wording("saved_by"),
    Column("document", JSON, nullable=False),  # choices, own wordings, languages that were seen
)

wall_mark = Table(
    "wall_mark",
    metadata,
    identity(primary_key=True),  # made where it was ticked
    points_to("facility_id", "facility.id", index=True),
    points_to("floor_id", "floor.id", ondelete="RESTRICT"),
    Column("sheet", String(64), nullable=False),
    Column("event", String(20), nullable=False),
    Column("facts", String(16), nullable=False),  # a digest of what the sheet says
    Column("number", Integer, nullable=False),  # of the designation
    Column("marked_at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    wording("recorded_by"),
)

wall_photo = Table(
    "wall_photo",
    metadata,
    points_to("mark_id", "wall_mark.id", primary_key=True),
    Column("jpeg", LargeBinary, nullable=False),
    Column("sha256", HASH),  # none on rows older than revision 0031
)

review = Table(
    "review",
    metadata,
    identity(primary_key=True),
    points_to("floor_id", "floor.id", index=True),
    Column("version", Integer, nullable=False),  # of the draft that was sent
    Column("content", HASH, nullable=False),  # the fingerprint of facility and floor as they were sent
    Column("asked_at", Moment, nullable=False),
    wording("asked_by"),
    points_to("reviewer_id", "account.id", ondelete="RESTRICT"),
    wording("reviewer"),
    wording("note"),
    Column("state", String(20), nullable=False),
    Column("answered_at", Moment),
    wording("role"),
    wording("remark"),
)

# A row for each facility that asks for an approved review before a floor is designated.
review_rule = Table("review_rule", metadata, points_to("facility_id", "facility.id", primary_key=True))

counsel_review = Table(
    "counsel_review",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    Column("pack_id", String(20), nullable=False),
    Column("seal", HASH, nullable=False),  # of the rules that were read
    wording("counsel"),
    wording("recorded_by"),
    Column("recorded_at", Moment, nullable=False),
)

own_must_not = Table(
    "own_must_not",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    wording("text"),
    wording("added_by"),
    Column("added_at", Moment, nullable=False),
)

desk_device = Table(
    "desk_device",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    wording("name"),
    wording("added_by"),
    Column("added_at", Moment, nullable=False),
    Column("code_hash", HASH, unique=True),  # none once it is paired
    Column("code_until", Moment),
    Column("token_hash", HASH, unique=True),  # the computer's cookie holds the token
    Column("used_on", Date),
)

# A row for each facility that has set for how long its desk waits for an answer.
answer_wait = Table(
    "answer_wait",
    metadata,
    points_to("facility_id", "facility.id", primary_key=True),
    Column("seconds", Integer, nullable=False),
)

# A row for each facility with a substance-use program under 42 CFR Part 2.
sealed_site = Table("sealed_site", metadata, points_to("facility_id", "facility.id", primary_key=True))

practice_results = Table(
    "practice_results",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    points_to("account_id", "account.id", index=True),
    Column("scenario", String(64), nullable=False),
    Column("round_id", ID, nullable=False),
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

# Packs and searches for rooms that were asked for, on a queue; the ending of the name tells which.
# Whoever makes one holds it until a moment, and holds it anew while at it.
print_job = Table(
    "print_job",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    Column("mark", HASH, nullable=False),
    *(wording(name) for name in ("name", "maker", "trouble", "asked_by")),
    Column("document", JSON, nullable=False),  # what was asked for
    Column("asked_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("total", "done", "attempts")),
    *(Column(name, Moment) for name in ("begun_at", "held_until")),
)
print_job_file = Table(
    "print_job_file",
    metadata,
    points_to("job_id", "print_job.id", primary_key=True),
    Column("made", LargeBinary, nullable=False),
)
