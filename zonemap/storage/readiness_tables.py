"""The tables of readiness: what only people can say of a site, what was counted, and what has changed since."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from zonemap.storage.columns import HASH, ID, Moment, identity, metadata, points_to, wording

readiness_statement = Table(
    "readiness_statement",
    metadata,
    identity(primary_key=True),
    points_to("facility_id", "facility.id", index=True),
    Column("what", String(20), nullable=False),
    wording("said_by"),
    Column("said_at", Moment, nullable=False),
)

# How ready each site was when it was last counted: a page over all sites reads this, and nothing of the plans.
# It follows from the rest, so it is in no backup.
site_readiness = Table(
    "site_readiness",
    metadata,
    Column("facility_id", ID, primary_key=True),
    wording("name"),
    Column("done", Integer, nullable=False),  # lines, without that of the backup, which is the same for all sites
    wording("next_item"),  # the first line that is not done
    wording("next_fact"),
    Column("turns_at", Moment, nullable=False, index=True),  # when time alone may change it
    Column("made_with", HASH, nullable=False, index=True),  # the rules and the program that counted
    Column("turn", Integer, nullable=False),  # of two who count at once, one is heard
    Index("ix_site_readiness_done_name", "done", "name", "facility_id"),
)

# A row for each change of something that readiness is told from. The database's own triggers write it, whoever changes
# what; whoever has counted the site takes away those that were there before. Without an id it is of every site.
site_change = Table(
    "site_change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("facility_id", ID, nullable=False, index=True),
)
