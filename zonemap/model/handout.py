"""Handouts for patients and visitors: which there are, how they are asked for, and what of them is no report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class HandoutKind(StrEnum):
    """Each handout, in the order of the page."""

    RIGHTS = "rights"
    WALLET = "wallet"
    POSTER_RIGHTS = "poster-rights"
    POSTER_EMERGENCY = "poster-emergency"
    POSTER_PRIVACY = "poster-privacy"
    REFERRALS = "referrals"
    NOTICE = "notice"
    STAFF_REFERRALS = "staff-referrals"  # all three lists, in English, for the staff alone

    @property
    def is_poster(self) -> bool:
        """Whether it hangs on a wall."""
        return self.value.startswith("poster-")


CARDS = (10, 4)  # wallet cards on a sheet: 3.5 x 2 in, or large ones
LARGE_POINTS = 18.0
POINTS = 13.0


@dataclass(frozen=True, slots=True)
class HandoutOptions:
    """What is asked for: languages by code, each on sheets of its own; ``large`` is 18 points and more."""

    languages: tuple[str, ...] = ("en",)
    paper: str = "letter"
    large: bool = False
    cards: int = 10


@dataclass(frozen=True, slots=True)
class Poster:
    """A poster: a title, a few lines, and who hangs it."""

    title: str
    lines: tuple[str, ...]
    facility: str
    information: str
    language: str = "en"
    direction: str = "ltr"


@dataclass(frozen=True, slots=True)
class WalletCard:
    """A card with two sides. What is shown to an officer stands in English, and below it in the bearer's language."""

    title: str
    lines: tuple[str, ...]
    hand: str  # that it may be shown
    show: str  # in English
    show_own: str  # the same in the bearer's language, empty in English
    facility: str
    information: str
    language: str = "en"
    direction: str = "ltr"
