"""The classes a room can have (decision-facts 2.2), with the letter that marks each on plans and signs.

Letters are symbols, the same in every language. "Open" gives public its O, because two classes begin with P.
"""

from __future__ import annotations

from enum import StrEnum


class ZoneClass(StrEnum):
    """What a room is to somebody who walks in from the street."""

    PUBLIC = "public"
    PRIVATE = "private"
    RESIDENTIAL = "residential"
    RECORDS = "records"
    OUTDOOR_PRIVATE = "outdoor_private"
    UNDECIDED = "undecided"

    @property
    def letter(self) -> str:
        """The mark on plates and plans."""
        return _LETTERS[self]

    @property
    def word(self) -> str:
        """The class within a sentence, such as "outdoor private"."""
        return self.value.replace("_", " ")

    @property
    def is_closed(self) -> bool:
        """True where the public may not simply walk in (everything decided but public)."""
        return self not in (ZoneClass.PUBLIC, ZoneClass.UNDECIDED)


_LETTERS = {
    ZoneClass.PUBLIC: "O",
    ZoneClass.PRIVATE: "P",
    ZoneClass.RESIDENTIAL: "H",
    ZoneClass.RECORDS: "R",
    ZoneClass.OUTDOOR_PRIVATE: "Y",
    ZoneClass.UNDECIDED: "?",
}
