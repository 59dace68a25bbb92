"""Handouts as sheets: reports for what is read, posters for walls, wallet cards with cut marks, both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from zonemap.model.handout import Poster, WalletCard
from zonemap.model.report import Report
from zonemap.printing.paper import INCH_MM, Paper, share_of_letter
from zonemap.printing.report_sheet import report_sheet
from zonemap.printing.sheets import Sheet

_WALLET = (3.5 * INCH_MM, 2 * INCH_MM)  # the size of a business card
_COLUMNS, _ROWS = 2, {10: 5, 4: 2}
_LARGE_ROOM = 12.0  # millimetres around large cards, for the marks


def handout_book(
    pages: Sequence[Report | Poster | WalletCard], paper: Paper, *, large: bool, cards: int
) -> dict[str, Any]:
    """The pages as one book for ``typst_page``."""
    sheets = [sheet for page in pages for sheet in _sheets(page, paper, large=large, cards=cards)]
    return {"title": sheets[0]["title"], "author": pages[0].facility, "sheets": sheets}


def _sheets(page: Report | Poster | WalletCard, paper: Paper, *, large: bool, cards: int) -> Iterator[Sheet]:
    if isinstance(page, Report):
        yield report_sheet(page, paper)
    elif isinstance(page, Poster):
        yield _shared(page, paper, "handout-poster") | {
            "heading": page.title,
            "scale": share_of_letter(paper.width_mm, paper.height_mm),
        }
    else:
        yield _cards(page, paper, cards, large=large)


def _shared(page: Poster | WalletCard, paper: Paper, kind: str) -> Sheet:
    return {
        "kind": kind,
        "title": page.title,
        "width": paper.width_mm,
        "height": paper.height_mm,
        "margin": paper.margin_mm + 4,
        "language": page.language,
        "direction": page.direction,
        "lines": list(page.lines),
        "facility": page.facility,
        "information": page.information,
    }


def _cards(card: WalletCard, paper: Paper, count: int, *, large: bool) -> Sheet:
    rows = _ROWS[4 if large else count]
    size = _WALLET if rows == _ROWS[10] else _large_size(paper)
    left, top = (paper.width_mm - _COLUMNS * size[0]) / 2, (paper.height_mm - rows * size[1]) / 2
    return _shared(card, paper, "handout-cards") | {
        "card": list(size),
        "columns": _COLUMNS,
        "rows": rows,
        "left": left,
        "top": top,
        "marks": [list(mark) for mark in _marks(size, rows, left, top)],
        "hand": card.hand,
        "show": card.show,
        "show_own": card.show_own,
    }


def _large_size(paper: Paper) -> tuple[float, float]:
    return (paper.width_mm - 2 * _LARGE_ROOM) / _COLUMNS, (paper.height_mm - 2 * _LARGE_ROOM) / _ROWS[4]


def _marks(
    size: tuple[float, float], rows: int, left: float, top: float
) -> Iterator[tuple[float, float, float, float]]:
    """Short lines outside the cards, at each line along which one cuts."""
    xs = [left + size[0] * n for n in range(_COLUMNS + 1)]
    ys = [top + size[1] * n for n in range(rows + 1)]
    for x in xs:
        yield (x, top - 5, x, top - 1)
        yield (x, ys[-1] + 1, x, ys[-1] + 5)
    for y in ys:
        yield (left - 5, y, left - 1, y)
        yield (xs[-1] + 1, y, xs[-1] + 5, y)
