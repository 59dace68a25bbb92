"""The tables of words: by which words facilities and people are found, each with an index of its own."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from zonemap.storage.columns import metadata, points_to

LONGEST = 40  # letters of a word that count
# In the order of code points on both databases, or a range of words would be another one in each language.
WORD = String(LONGEST).with_variant(String(LONGEST, collation="C"), "postgresql")

facility_word = Table(
    "facility_word",
    metadata,
    points_to("facility_id", "facility.id", primary_key=True),
    Column("word", WORD, primary_key=True),
    Index("ix_facility_word_word", "word", "facility_id"),
)

account_word = Table(
    "account_word",
    metadata,
    points_to("account_id", "account.id", primary_key=True),
    Column("word", WORD, primary_key=True),
    Index("ix_account_word_word", "word", "account_id"),
)
"""Kept by ``storage/words`` in the transaction that writes the name, and copied by a backup like any table."""
