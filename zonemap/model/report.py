"""A report: words, lists and tables of any length, to be set on pages. What a feature says, it says in these parts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3."""

    words: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph. ``strong`` for what must not be overlooked, ``small`` for small print."""

    words: str
    strong: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what stands to them, in two columns."""

    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table with names above its columns. ``widths`` are parts of the width, one each."""

    names: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """A list: with figures where ``numbered``, with boxes to tick where ``boxes``."""

    lines: tuple[str, ...]
    numbered: bool = False
    boxes: bool = False


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to write or sign on, each with its name below."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """Empty lines to write on, so many, and what is asked above them."""

    lines: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by the ``name`` under which it is handed to the page, its size in any unit, and what it shows."""

    name: str
    words: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own."""


Part = Heading | Words | Facts | Rows | Points | Blanks | Notes | Picture | NewPage


@dataclass(frozen=True, slots=True)
class Report:
    """One report. ``title`` names it in bookmarks, ``left`` and ``right`` stand at the foot of every page.

    ``points`` is the size of its letters: 11 for reading at a desk, 18 for large print. ``language`` is a code such as
    es, ``direction`` ltr or rtl.
    """

    title: str
    heading: str
    facility: str
    place: str
    parts: tuple[Part, ...]
    left: str = ""
    right: str = ""
    points: float = 10.5
    language: str = "en"
    direction: str = "ltr"
