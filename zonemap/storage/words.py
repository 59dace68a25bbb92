"""Searching lists by the beginnings of words: from an index, so that ten thousand rows take no longer than ten.

Neither database is asked to look into a text: PostgreSQL would need an extension for it that a server may not have, and
SQLite reads every row. So the words stand in a table beside, in small letters and without accents.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, delete, exists, false, func, insert, select

from zonemap.model.page import FOUND_MOST
from zonemap.storage.word_tables import LONGEST

_FEW = 200  # rows that are named one by one
_WORDS_MOST = 8  # of a search
_LAST = "\U0010ffff"  # sorts after all that is written


def words_of(*texts: str) -> list[str]:
    """The words of some texts, each once: letters and figures, small, without accents."""
    plain = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return sorted({word[:LONGEST] for word in re.findall(r"[^\W_]+", bare)})


class Words:
    """The words of one table. ``kept`` is its table of words, whose first column points to it."""

    def __init__(self, connection: Connection, kept: Table) -> None:
        self._connection = connection
        self._kept = kept
        self._of: Column[str] = next(iter(kept.columns))

    def keep(self, row_id: str, *texts: str) -> None:
        """Let a row be found by the words of these texts, and by no others."""
        self._connection.execute(delete(self._kept).where(self._of == row_id))
        words = words_of(*texts)
        if words:
            self._connection.execute(insert(self._kept), [{self._of.name: row_id, "word": word} for word in words])

    def found(self, query: Select[Any], row_id: ColumnElement[str], search: str) -> Select[Any]:
        """Only what has, for each word of the search, a word that begins so; all where nothing is searched."""
        if not search.strip():
            return query
        words = sorted(words_of(search), key=len, reverse=True)[:_WORDS_MOST]
        if not words:
            return query.where(false())
        named: list[str] | None = None
        for word in words:
            if named is None and (named := self._few(word)) is not None:
                query = query.where(row_id.in_(named))
            else:
                query = query.where(exists().where(self._of == row_id, *self._begins(word)))
        return query

    def count(self, query: Select[Any], search: str) -> int:
        """How many rows a query finds; of a search ``FOUND_MOST`` at most."""
        if search.strip():
            query = query.limit(FOUND_MOST)
        return int(self._connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())

    def _few(self, word: str) -> list[str] | None:
        """The rows that have such a word; None where they are many."""
        query = select(self._of).where(*self._begins(word)).limit(_FEW + 1)
        rows = list(self._connection.execute(query).scalars())
        return rows if len(rows) <= _FEW else None

    def _begins(self, word: str) -> tuple[ColumnElement[bool], ...]:
        column = self._kept.c.word
        return column >= word, column < word + _LAST
