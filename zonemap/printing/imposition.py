"""How signs come to lie on the paper: one a sheet, two or four with cut marks, badges, a folded tent, or a poster.

A sign is always set at about the size of a Letter sheet and then drawn larger or smaller as a whole, so that every
face has the same proportions: headline, air and small print.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zonemap.errors import Invalid
from zonemap.model.sign import SignOptions
from zonemap.printing.paper import BADGE, HEADLINE_MM, TENT, Paper, paper_named, share_of_letter

PORTRAIT, LANDSCAPE = "portrait", "landscape"
PER_SHEET = (1, 2, 4)
POSTERS = (1, 2, 3, 4)  # so many sheets wide, and as many high
OVERLAP_MM = 10.0
RULER_MM = 50.0
_LETTER = (215.9, 279.4)
_PRINTABLE_MM = 5.0  # nearer to the edge many printers print nothing
_MARK_MM = 4.0

Sheet = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a face lies on the page: its upper left corner, and whether it stands on its head."""

    x: float
    y: float
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A page with its faces, in millimetres; ``marks`` are lines to cut or fold along."""

    page: tuple[float, float]
    face: tuple[float, float]
    spots: tuple[Spot, ...] = (Spot(0, 0),)
    marks: tuple[tuple[float, float, float, float], ...] = ()
    note: str = ""  # in the free strip at the foot of the page, with a ruler of 50 mm
    tiles: int = 1  # a poster of so many pages across, and down

    @property
    def scale(self) -> float:
        """How much larger than on Letter the sign is drawn."""
        return share_of_letter(*self.face)

    @property
    def paper(self) -> Paper:
        """The sheet that the sign is set on before it is drawn larger or smaller."""
        width, height = (side / self.scale for side in self.face)
        least = 4.0 if self.scale < 0.4 else 10.0  # badges are cut out of their sheet
        margin = max(10.0, least / self.scale) if self.tiles == 1 else 10.0
        return Paper("face", "", round(width, 4), round(height, 4), HEADLINE_MM, round(margin, 4))


def setting_of(options: SignOptions) -> Setting:
    """How signs lie on the paper that was chosen. Raises Invalid for what cannot be."""
    _check(options)
    if options.paper == BADGE:
        return _badges()
    if options.paper == TENT:
        return _tent()
    paper = paper_named(options.paper)
    if options.poster > 1:
        return _poster(paper, options)
    return _cut(paper, options)


def _check(options: SignOptions) -> None:
    if options.orientation not in (PORTRAIT, LANDSCAPE):
        raise Invalid(f"A sheet stands or lies: choose {PORTRAIT} or {LANDSCAPE}.", fields={"orientation": PORTRAIT})
    if options.per_sheet not in PER_SHEET:
        raise Invalid("Choose 1, 2 or 4 signs on a sheet.", fields={"per_sheet": "1, 2 or 4"})
    if options.poster not in POSTERS:
        raise Invalid("A poster is 2, 3 or 4 sheets wide; 1 is a sign on one sheet.", fields={"poster": "1, 2, 3 or 4"})
    if options.poster > 1 and (options.per_sheet > 1 or options.paper in (BADGE, TENT)):
        raise Invalid(
            "A poster takes whole sheets: choose one sign on a sheet, and a paper other than badges and tents.",
            fields={"poster": "1"},
        )


def _turned(width: float, height: float, options: SignOptions) -> tuple[float, float]:
    return (height, width) if options.orientation == LANDSCAPE else (width, height)


def _cut(paper: Paper, options: SignOptions) -> Setting:
    """One, two or four faces that fill the page. Of two, each keeps the orientation, and the page is turned."""
    if options.per_sheet == 2:
        face = _turned(paper.height_mm / 2, paper.width_mm, options)
        beside = options.orientation == PORTRAIT
        page = (face[0] * 2, face[1]) if beside else (face[0], face[1] * 2)
        spots = (Spot(0, 0), Spot(face[0], 0) if beside else Spot(0, face[1]))
        return Setting(page, face, spots, _cuts(page, face))
    page = _turned(paper.width_mm, paper.height_mm, options)
    if options.per_sheet == 1:
        return Setting(page, page)
    face = (page[0] / 2, page[1] / 2)
    return Setting(page, face, tuple(Spot(x, y) for y in (0, face[1]) for x in (0, face[0])), _cuts(page, face))


def _cuts(page: tuple[float, float], face: tuple[float, float]) -> tuple[tuple[float, float, float, float], ...]:
    """Short marks at the edges of the page, on the lines between faces."""
    near, far = _PRINTABLE_MM, _PRINTABLE_MM + _MARK_MM
    marks = []
    if face[0] < page[0]:
        marks += [(face[0], near, face[0], far), (face[0], page[1] - far, face[0], page[1] - near)]
    if face[1] < page[1]:
        marks += [(near, face[1], far, face[1]), (page[0] - far, face[1], page[0] - near, face[1])]
    if len(marks) == 4:
        marks += [(face[0] - 2, face[1], face[0] + 2, face[1]), (face[0], face[1] - 2, face[0], face[1] + 2)]
    return tuple(marks)


def _badges() -> Setting:
    page, face = _LETTER, (101.6, 76.2)
    left, top = (page[0] - 2 * face[0]) / 2, 12.0
    xs, ys = [left + face[0] * n for n in range(3)], [top + face[1] * n for n in range(4)]
    marks = [(x, y, x, y + 3) for x in xs for y in (top - 4, ys[-1] + 1)]
    marks += [(x, y, x + 1.5, y) for y in ys for x in (left - 2, xs[-1] + 0.5)]
    marks += [line for x in xs[1:-1] for y in ys[1:-1] for line in ((x - 1.5, y, x + 1.5, y), (x, y - 1.5, x, y + 1.5))]
    spots = tuple(Spot(x, y) for y in ys[:-1] for x in xs[:-1])
    return Setting(page, face, spots, tuple(marks), "Cut along the marks. Badges are 4 x 3 in.")


def _tent() -> Setting:
    page, face = _LETTER, (215.9, 139.7)
    near, far = _PRINTABLE_MM, _PRINTABLE_MM + _MARK_MM
    marks = ((near, face[1], far, face[1]), (page[0] - far, face[1], page[0] - near, face[1]))
    return Setting(page, face, (Spot(0, 0, turned=True), Spot(0, face[1])), marks)


def _poster(paper: Paper, options: SignOptions) -> Setting:
    page = _turned(paper.width_mm, paper.height_mm, options)
    many, margin = options.poster, paper.margin_mm
    width, height = (many * (side - 2 * margin) - (many - 1) * OVERLAP_MM for side in page)
    return Setting(page, (width, height), tiles=many)


def laid(sheets: Sequence[Sheet], setting: Setting) -> list[Sheet]:
    """The sheets of a sign as the pages that bear them: as they are where one fills its page at its own size."""
    if setting.tiles > 1:
        return [page for sheet in sheets for page in _tiled(sheet, setting)]
    if len(setting.spots) == 1 and abs(setting.scale - 1) < 1e-9:
        return list(sheets)
    return [_laid(sheet, setting) for sheet in sheets]


def _laid(sheet: Sheet, setting: Setting) -> Sheet:
    ruler = {"x": 12.0, "y": setting.page[1] - 12.0} if setting.note else None
    return _page(sheet, setting) | {
        "spots": [_spot(spot, copy=number > 0) for number, spot in enumerate(setting.spots)],
        "marks": setting.marks,
        "note": setting.note,
        "ruler": ruler,
    }


def _page(sheet: Sheet, setting: Setting) -> Sheet:
    return {
        "kind": "laid",
        "title": sheet["title"],
        "width": setting.page[0],
        "height": setting.page[1],
        "scale": round(setting.scale, 6),
        "sheet": sheet | {"shown": round(setting.scale, 3)},
        "clip": None,
    }


def _spot(spot: Spot, *, copy: bool) -> Mapping[str, Any]:
    return {"x": spot.x, "y": spot.y, "turned": spot.turned, "copy": copy}


def _tiled(sheet: Sheet, setting: Setting) -> list[Sheet]:
    """A poster's pages, row by row. Each shows its window of the poster; neighbours show the overlap both."""
    margin, many = 10.0, setting.tiles
    width, height = setting.page[0] - 2 * margin, setting.page[1] - 2 * margin
    pages: list[Sheet] = []
    for row in range(many):
        for column in range(many):
            left, top = column * (width - OVERLAP_MM), row * (height - OVERLAP_MM)
            spot = Spot(margin - left, margin - top)
            pages.append(
                _page(sheet, setting)
                | {
                    "spots": [_spot(spot, copy=bool(pages))],
                    "clip": {"x": margin, "y": margin, "width": width, "height": height},
                    "marks": _joins(setting.page, margin, row, column, many),
                    "note": f"Row {row + 1} of {many}, column {column + 1} of {many}. Cut at the marks on the left and "
                    "at the top, and lay the sheet over its neighbour up to the marks there.",
                    "ruler": {"x": margin + OVERLAP_MM + 6, "y": setting.page[1] - 7.5},
                }
            )
    return pages


def _joins(
    page: tuple[float, float], margin: float, row: int, column: int, many: int
) -> list[tuple[float, float, float, float]]:
    """Marks in the margin where a sheet is cut (left, top) and up to where its neighbour lies on it (right, below)."""
    low, high = _PRINTABLE_MM, margin - 0.8
    width, height = page
    across = [margin] * (column > 0) + [width - margin - OVERLAP_MM] * (column < many - 1)
    down = [margin] * (row > 0) + [height - margin - OVERLAP_MM] * (row < many - 1)
    marks = [line for x in across for line in ((x, low, x, high), (x, height - high, x, height - low))]
    return marks + [line for y in down for line in ((low, y, high, y), (width - high, y, width - low, y))]
