"""The desk's papers as sheets: wall chart, desk card, badge cards. Every word comes with the paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from zonemap.errors import NotFound
from zonemap.model.desk_chart import ChartBand, ChartBox, ChartCase, ChartLine, ChartRow, Condition, DeskPaper
from zonemap.printing import typst_page
from zonemap.printing.paper import PAPERS, capitals_for
from zonemap.printing.sheets import Sheet

CHART, CARD, BADGE = "chart", "card", "badge"
CHART_FEET = 3 / 0.3048  # the wall chart is found from three metres
_YES_MOST = 3  # letters of yes and no, in any language so far
_MEANING = re.compile(r" \([^()]*\)")  # in a translation: what English words mean
_LETTERS = "ABCDEFGHIJKLMNOP"
_ONCE = ("name", "call", "must_not")
_FIRST_CALLED = ("responder", "administrator_on_call", "counsel")


def desk_pdf(paper: DeskPaper, kind: str) -> bytes:
    """One of the papers as tagged PDF. Raises NotFound for a kind that there is not."""
    return typst_page.pdf(_book(paper, kind))


def desk_png(paper: DeskPaper, kind: str, page: int, *, ppi: float = 60) -> bytes:
    """A page of it as a picture. Raises NotFound where there is no such page."""
    pages = typst_page.png(_book(paper, kind), ppi=ppi)
    if not 1 <= page <= len(pages):
        raise NotFound("There is no such page.")
    return pages[page - 1]


def desk_sheets(paper: DeskPaper, kind: str) -> list[Sheet]:
    """One of the papers as sheets, for a larger book. Raises NotFound for a kind that there is not."""
    if kind not in _SHEETS:
        raise NotFound("There is no such paper of the desk.")
    return _SHEETS[kind](paper)


def _book(paper: DeskPaper, kind: str) -> dict[str, Any]:
    sheets = desk_sheets(paper, kind)
    return {"title": sheets[0]["title"], "author": paper.facility, "sheets": sheets}


def _shared(paper: DeskPaper, kind: str, size: str) -> Sheet:
    sheet, words = PAPERS[size], paper.words
    return {
        "kind": f"desk-{kind}",
        "title": f"{words[f'name_{kind}']}, {paper.facility}",
        "width": sheet.width_mm,
        "height": sheet.height_mm,
        "margin": sheet.margin_mm,
        "language": paper.language,
        "direction": "ltr",
        "words": words,
        "facility": paper.facility,
        "address": paper.address,
        "then_call": words["then_call"].format(roles=", ".join(paper.roles[role] for role in _FIRST_CALLED)),
        "first": _spoken(paper, (paper.first,)),
        "pressed": paper.pressed,
        "stale": paper.stale,
        "unchecked": paper.unchecked,
        "foot": [[paper.facility, paper.table], [paper.rules, words["information"]]],
    }


def _chart(paper: DeskPaper) -> list[Sheet]:
    return [_shared(paper, CHART, "tabloid") | _table(paper) | {"headline_mm": capitals_for(CHART_FEET)}]


def _card(paper: DeskPaper) -> list[Sheet]:
    shared = _shared(paper, CARD, "letter")
    contacts = [[each.name, each.role, each.phone, each.hours] for each in paper.contacts]
    look = [list(each) for each in paper.look]
    return [shared | _table(paper, short=True) | {"contacts": contacts, "look": look, "stand": list(paper.stand)}]


def _badge(paper: DeskPaper) -> list[Sheet]:
    roles = ", ".join(paper.roles[role] for role in _FIRST_CALLED)
    emergency = _spoken(paper, paper.chart.emergency.cases[0].say)
    return [_shared(paper, BADGE, "letter") | {"roles": roles, "emergency": emergency}]


_SHEETS: Mapping[str, Callable[[DeskPaper], list[Sheet]]] = MappingProxyType(
    {CHART: _chart, CARD: _card, BADGE: _badge}
)
KINDS = tuple(_SHEETS)


# --- the table -----------------------------------------------------------------------------------------------------


def _table(paper: DeskPaper, *, short: bool = False) -> dict[str, Any]:
    chart, words = paper.chart, paper.words
    lines = _Lines(paper, short=short)
    bands = [lines.band(band) for band in chart.bands if band.rows]
    if short and paper.language != "en":
        _explained_once(bands)
    return {
        "short": short,
        "emergency": lines.alone(chart.emergency, 1),
        "nothing": lines.alone(chart.no_paper, 2),
        "custody": lines.alone(chart.custody, 3),
        "bands": bands,
        "hold": lines.alone(chart.hold, lines.hold_number),
        "says": [[_LETTERS[at], _spoken(paper, say)] for at, say in enumerate(chart.says)],
        "must_not": list(chart.must_not),
        "may": list(chart.may),
        "public": words["public_areas"].format(words=_ended(chart.public)),
    }


class _Lines:
    """The lines while they are numbered: each is told once, and by its number where it comes again."""

    def __init__(self, paper: DeskPaper, *, short: bool) -> None:
        self.paper, self.words, self.short = paper, paper.words, short
        self.hold_number = len(paper.chart.lines) + 4
        self._told: set[int] = set()

    def alone(self, line: ChartLine, number: int) -> dict[str, Any]:
        return {"number": str(number), "boxes": [], "cases": self._cases(line)}

    def band(self, band: ChartBand) -> dict[str, Any]:
        rows = [self._row(row) for row in band.rows]
        narrow = (
            sum(1 for row in rows if row["number"]) <= 1
        )  # most of it was told before: bands stand beside each other
        return {"top": self.words["band"].format(words="; ".join(band.tops)), "rows": rows, "narrow": narrow}

    def _row(self, row: ChartRow) -> dict[str, Any]:
        line, again = self.paper.chart.lines[row.line], row.line in self._told
        self._told.add(row.line)
        number = str(row.line + 4)
        boxes = [_box(self.paper, box) for box in row.boxes]
        if again:
            named = self.words["as_before"].format(headline=line.cases[0].headline, number=number)
            return {"number": "", "boxes": boxes, "cases": [self._told_before(named)]}
        return {"number": number, "boxes": boxes, "cases": self._cases(line)}

    def _cases(self, line: ChartLine) -> list[dict[str, Any]]:
        """The cases; what is as in the case before is not told again."""
        found = [self._case(line, case) for case in line.cases]
        for before, case in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
            if not self.short and all(before[part] == case[part] for part in _ONCE):
                case |= {"name": "", "call": "", "must_not": []}
        return found

    def _told_before(self, words: str, when: str = "") -> dict[str, Any]:
        more = {"name": "", "small": [], "say": "", "spoken": [], "must_not": [], "call": ""}
        return {"when": when, "headline": words, "held": True} | more

    def _case(self, line: ChartLine, case: ChartCase) -> dict[str, Any]:
        paper, words = self.paper, self.words
        met = words["when"].format(conditions=_met(case.conditions)) if case.conditions else words["otherwise"]
        when = met if len(line.cases) > 1 else ""
        if line is not paper.chart.hold and _is_hold(paper, case):
            hold = words["as_before"].format(headline=case.headline, number=self.hold_number)
            return self._told_before(hold, when)
        roles = ", ".join(paper.roles[role] for role in case.call)
        return {
            "when": when,
            "headline": case.headline,
            "held": False,
            "name": "" if self.short else f"{case.name}.",
            "small": list(_small(paper, case, short=self.short)),
            "say": words["say"].format(letter=_LETTERS[paper.chart.says.index(case.say)]),
            "spoken": _spoken(paper, case.say),
            "must_not": [] if self.short else list(case.must_not),
            "call": "" if self.short or case.call == _FIRST_CALLED else words["call_line"].format(roles=roles),
        }


def _explained_once(bands: Sequence[dict[str, Any]]) -> None:
    """Words of a paper keep their meaning in brackets where they come first; after that they stand as on the paper."""
    known: set[str] = set()
    for band in sorted(bands, key=lambda band: bool(band["narrow"])):  # as they stand on the sheet
        for row in band["rows"]:
            row["boxes"] = [[_once(words, known) for words in box] for box in row["boxes"]]


def _once(words: str, known: set[str]) -> str:
    def told(found: re.Match[str]) -> str:
        again = found[0] in known
        known.add(found[0])
        return "" if again else found[0]

    return _MEANING.sub(told, words)


def _box(paper: DeskPaper, box: ChartBox) -> list[str]:
    words = paper.words
    title = _chosen(box.title, "title" in box.but, words["any"], words["any_but"])
    signer = _chosen(box.signer, "signer" in box.but, words["anyone"], words["anyone_but"])
    return [title, signer]


def _chosen(some: Sequence[str], but: bool, every: str, all_but: str) -> str:
    if not but:
        return "; ".join(some)
    return all_but.format(words="; ".join(some)) if some else every


def _is_hold(paper: DeskPaper, case: ChartCase) -> bool:
    """Whether a case is that of the last line: it is told there, and here by its number."""
    hold = paper.chart.hold.cases[0]
    return (case.name, case.headline, case.say) == (hold.name, hold.headline, hold.say)


def _small(paper: DeskPaper, case: ChartCase, *, short: bool) -> Iterator[str]:
    words = paper.words
    if _letters(case.private) != _letters(case.headline):
        yield words["private"].format(words=_ended(case.private))
    if case.residential:
        yield words["residential"].format(words=_ended(case.residential))
    if short:
        yield words["records_are"].format(words=words["records_or"].join(map(_ended, case.records)))


def _met(conditions: Sequence[Condition]) -> str:
    return "; ".join(f"{short}: {' / '.join(map(_plain, answers))}" for short, answers in conditions)


def _plain(answer: str) -> str:
    """An answer without what it repeats of its question: yes, for yes, signed and all pages."""
    first, comma, _ = answer.partition(",")
    return first if comma and len(first) <= _YES_MOST else answer


def _letters(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())


def _ended(text: str) -> str:
    """Without its full stop, to be put into a sentence."""
    return text.removesuffix(".")


def _spoken(paper: DeskPaper, say: Sequence[str]) -> list[list[str]]:
    """What is said to officers in English, and what it means in the staff's language."""
    return [[line, paper.say.get(line, "")] for line in say]
