"""The desk's rules as a chart for paper: what stands on a paper, and what follows. All words are in it."""

from __future__ import annotations

from dataclasses import dataclass

Condition = tuple[str, tuple[str, ...]]  # a question in a few words, and the answers that count


@dataclass(frozen=True, slots=True)
class ChartBox:
    """A paper with one of these titles and one of these signers.

    ``but`` names the parts whose words are those that do not count: every other word does.
    """

    title: tuple[str, ...]
    signer: tuple[str, ...]
    but: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ChartCase:
    """What follows where the conditions are met; without any, in every other case.

    ``must_not`` are the lines of this class alone, ``call`` the roles in order, ``residential`` is empty where it is as
    private areas are.
    """

    conditions: tuple[Condition, ...]
    name: str
    headline: str
    private: str
    residential: str
    arrest: str
    say: tuple[str, ...]
    must_not: tuple[str, ...]
    call: tuple[str, ...]
    records: tuple[str, ...]  # all that can follow for records; which of them turns on what is asked for and listed
    contested: str = ""


@dataclass(frozen=True, slots=True)
class ChartLine:
    """What follows from some papers: its cases, of which the first that fits counts."""

    cases: tuple[ChartCase, ...]


@dataclass(frozen=True, slots=True)
class ChartRow:
    """Papers of one band, and the line of the chart that they lead to, by its place."""

    boxes: tuple[ChartBox, ...]
    line: int


@dataclass(frozen=True, slots=True)
class ChartBand:
    """What can follow from one of these headings. A paper that fits no row is a hold."""

    tops: tuple[str, ...]
    rows: tuple[ChartRow, ...]


@dataclass(frozen=True, slots=True)
class DeskChart:
    """The whole of it. A band's rows are read from the first on; what fits none of them is ``hold``."""

    emergency: ChartLine
    custody: ChartLine
    no_paper: ChartLine
    bands: tuple[ChartBand, ...]
    lines: tuple[ChartLine, ...]  # in the order in which the bands lead to them
    hold: ChartLine
    says: tuple[tuple[str, ...], ...]  # each thing to say once, in the order of the lines
    must_not: tuple[str, ...]  # those of every class
    may: tuple[str, ...]
    public: str


@dataclass(frozen=True, slots=True)
class PaperContact:
    """Somebody to call, as the card prints them."""

    name: str
    role: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class DeskPaper:
    """What the chart, the card and the badge are made of; every word in one language, but what is said to officers.

    ``words`` are the papers' own by key, ``roles`` the names of roles by code. ``say`` gives under each English
    sentence to officers the same in the staff's language; it is empty in English.
    """

    language: str
    facility: str
    address: str
    chart: DeskChart
    words: dict[str, str]
    roles: dict[str, str]
    first: str
    pressed: str
    look: tuple[tuple[str, str], ...]  # where to look on a paper: a few words, then more
    contacts: tuple[PaperContact, ...]
    stand: tuple[str, ...]
    rules: str
    stale: str
    table: str
    unchecked: str  # how a translation that nobody has checked is marked; empty in English
    say: dict[str, str]
