"""Grid, dimensions, names, north, scale and title block: what makes a drawing a sheet. Millimetres of the sheet."""

from __future__ import annotations

from itertools import pairwise

import juniper as clinic
from drafting import FOOT, OUTER, SHEET, Board, sheet

_TITLE_LEFT = 362.0
_RIGHT, _TOP, _LOW, _LEFT = SHEET[0] - 8.0, 8.0, SHEET[1] - 8.0, 16.0


def annotate(board: Board) -> None:
    """All words and marks of the sheet."""
    _tags(board)
    _grid(board)
    _dimensions(board)
    _notes(board)
    _drawing_title(board)
    _title_block(board)


def straight(board: Board, layer: str, *points: tuple[float, float], pen: str = "fine", dash: str = "") -> None:
    """A line through places on the sheet."""
    board.path(layer, "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points), pen, dash=dash)


def _tags(board: Board) -> None:
    """Each room's name over its number in a frame."""
    for number, name, _, _, place in clinic.ROOMS:
        x, y = sheet(*place)
        lines = name.upper().split(" ") if len(name) > 11 else [name.upper()]
        top = y - 2.2 * len(lines) + 0.6
        widest = max(len(word) for word in lines) * 1.42 + 1.2
        low = y + 3.4
        board.solid(
            "A-ANNO-TAGS",
            f"M{x - widest / 2:.2f} {top - 1.9:.2f}h{widest:.2f}V{low:.2f}h{-widest:.2f}Z",
            "#fff",
        )
        for row, word in enumerate(lines):
            board.words("A-ANNO-TAGS", x, top + row * 2.25, word, 2.05, weight=600)
        box_top = top + (len(lines) - 1) * 2.25 + 0.65
        board.path("A-ANNO-TAGS", f"M{x - 3.3:.2f} {box_top:.2f}h6.6v2.7h-6.6Z", "fine", fill="#fff")
        board.words("A-ANNO-TAGS", x, box_top + 2.05, number, 1.95, weight=500)


def _bubble(board: Board, x: float, y: float, name: str) -> None:
    board.path("A-GRID", f"M{x - 3.4:.2f} {y:.2f}a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0Z", "mid", fill="#fff")
    board.words("A-GRID", x, y + 1.15, name, 3.2, weight=600)


def _grid(board: Board) -> None:
    """Lines of long and short dashes through the building, each with its bubble."""
    dash = "7 1.2 1.6 1.2"
    for name, x in clinic.COLUMNS:
        top, low = sheet(x, 66), sheet(x, 0)
        straight(board, "A-GRID", (top[0], 19.6), (top[0], low[1] + 4.5), pen="hair", dash=dash)
        _bubble(board, top[0], 16.2, name)
    for name, y in clinic.ROWS:
        left, right = sheet(0, y), sheet(87, y)
        straight(board, "A-GRID", (29.2, left[1]), (right[0] + 4.5, left[1]), pen="hair", dash=dash)
        _bubble(board, 25.8, left[1], name)


def feet(length: float) -> str:
    """A length as architects write it."""
    whole, inches = divmod(round(length * 12), 12)
    return f"{whole}'-{inches}\""


def _dimensions(board: Board) -> None:
    """From grid line to grid line, and over all, above and at the left."""
    columns = [x for _, x in clinic.COLUMNS]
    rows = sorted(y for _, y in clinic.ROWS)
    _across(board, columns, 30.6)
    _across(board, [-OUTER / 2, 87 + OUTER / 2], 24.8)
    _upright(board, rows, 41.0)
    _upright(board, [-OUTER / 2, 66 + OUTER / 2], 34.8)
    low = sheet(0, 0)[1] + 9.5
    _across(board, [0, 17], low)
    _across(board, [45, 60, 66, 87], low)
    right = sheet(87, 0)[0] + 20.0
    _upright(board, [0, 11, 21, 32, 39, 50, 66], right)


def _tick(board: Board, x: float, y: float) -> None:
    straight(board, "A-ANNO-DIMS", (x - 0.8, y + 0.8), (x + 0.8, y - 0.8), pen="wall")


def _across(board: Board, places: list[float], y: float) -> None:
    xs = [sheet(place, 0)[0] for place in places]
    straight(board, "A-ANNO-DIMS", (xs[0] - 1.4, y), (xs[-1] + 1.4, y), pen="hair")
    for x in xs:
        straight(board, "A-ANNO-DIMS", (x, y - 1.6), (x, y + 1.6), pen="hair")
        _tick(board, x, y)
    for (a, left), (b, right) in pairwise(zip(places, xs, strict=True)):
        board.words("A-ANNO-DIMS", (left + right) / 2, y - 0.8, feet(b - a), 2.0)


def _upright(board: Board, places: list[float], x: float) -> None:
    ys = [sheet(0, place)[1] for place in places]
    straight(board, "A-ANNO-DIMS", (x, ys[0] + 1.4), (x, ys[-1] - 1.4), pen="hair")
    for y in ys:
        straight(board, "A-ANNO-DIMS", (x - 1.6, y), (x + 1.6, y), pen="hair")
        _tick(board, x, y)
    for place in range(len(places) - 1):
        middle = (ys[place] + ys[place + 1]) / 2
        board.words("A-ANNO-DIMS", x - 0.8, middle, feet(places[place + 1] - places[place]), 2.0, turn=-90)


def _notes(board: Board) -> None:
    """The two ways in, and what hangs over the first."""
    board.words("A-ANNO-NOTE", *sheet(31.5, -6.6), "MAIN ENTRANCE", 2.3, weight=700)
    board.words("A-ANNO-NOTE", *sheet(31.5, -4.0), "CANOPY OVER", 1.5)
    x, y = sheet(31.5, -5.6)
    board.solid("A-ANNO-NOTE", f"M{x:.2f} {y - 3.2:.2f}l1.7 3h-3.4Z")
    x, y = sheet(87, 60.4)
    board.words("A-ANNO-NOTE", x + 2.2, y, "STAFF GATE", 2.0, weight=600, anchor="start")


def _drawing_title(board: Board) -> None:
    """The drawing's number and name with its scale, a graphic scale, and north."""
    x, y = 32.0, 265.0
    board.path("A-ANNO-TTLB", f"M{x - 4:.2f} {y:.2f}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z", "mid", fill="#fff")
    board.words("A-ANNO-TTLB", x, y + 1.5, "1", 4.2, weight=700)
    board.words("A-ANNO-TTLB", x + 7, y - 0.9, "FIRST FLOOR PLAN", 4.2, weight=700, anchor="start")
    straight(board, "A-ANNO-TTLB", (x + 4, y), (x + 78, y), pen="mid")
    board.words("A-ANNO-TTLB", x + 7, y + 3.6, 'SCALE: 1/8" = 1\'-0"', 2.4, anchor="start")
    _scale_bar(board, 222.0, 266.0)
    _north(board, 346.0, 259.5)


def _scale_bar(board: Board, left: float, y: float) -> None:
    """Feet: four of a foot's fourths, then eights; black and white in turn."""
    stops = [0, 4, 8, 16, 24, 32]
    for place, (a, b) in enumerate(pairwise(stops)):
        x, wide = left + a * FOOT, (b - a) * FOOT
        upper, lower = ("#000", "#fff") if place % 2 == 0 else ("#fff", "#000")
        for top, fill in ((y, upper), (y + 1.0, lower)):
            board.path("A-ANNO-TTLB", f"M{x:.2f} {top:.2f}h{wide:.2f}v1h{-wide:.2f}Z", "fine", fill=fill)
    for stop in stops:
        board.words("A-ANNO-TTLB", left + stop * FOOT, y - 0.9, f"{stop}'", 2.1)


def _north(board: Board, x: float, y: float) -> None:
    board.path("A-ANNO-TTLB", f"M{x - 5:.2f} {y:.2f}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z", "mid", fill="#fff")
    board.solid("A-ANNO-TTLB", f"M{x} {y - 7.4}L{x + 2.6} {y + 4.2}L{x} {y + 2.2}Z")
    board.path("A-ANNO-TTLB", f"M{x} {y - 7.4}L{x - 2.6} {y + 4.2}L{x} {y + 2.2}Z", "fine", fill="#fff")
    board.words("A-ANNO-TTLB", x + 5.4, y - 4.6, "N", 3.4, weight=700)


def _title_block(board: Board) -> None:
    """The border, and down the right side whose building, what sheet, when, by whom."""
    layer = "A-ANNO-TTLB"
    board.path(layer, f"M{_LEFT} {_TOP}H{_RIGHT}V{_LOW}H{_LEFT}Z", "border")
    straight(board, layer, (_TITLE_LEFT, _TOP), (_TITLE_LEFT, _LOW), pen="heavy")
    middle = (_TITLE_LEFT + _RIGHT) / 2
    _mark(board, middle, 27)
    board.words(layer, middle, 43.5, "HOLLIS & WREN", 4.4, weight=700)
    board.words(layer, middle, 48.0, "ARCHITECTS", 2.6)
    board.words(layer, middle, 53.6, "41 Foundry Lane, Alder Bay, California", 1.9)
    for y in (60, 104, 132, 176, 206, 222, 238):
        straight(board, layer, (_TITLE_LEFT, y), (_RIGHT, y), pen="mid")
    _small(board, 64.4, "PROJECT")
    for row, text in enumerate(("JUNIPER STREET", "COMMUNITY", "HEALTH CENTER")):
        board.words(layer, middle, 73.5 + row * 6.0, text, 4.5, weight=700)
    for row, text in enumerate(("2180 Juniper Street, Suite 100", "Alder Bay, California 90000")):
        board.words(layer, middle, 92.8 + row * 3.6, text, 2.3)
    _small(board, 108.4, "GENERAL NOTES")
    notes = (
        "1. Dimensions are to centre lines of walls.",
        "2. Partitions 5 in. unless noted.",
        "3. Verify all dimensions on site.",
        "4. Furniture shown for reference only.",
    )
    for row, text in enumerate(notes):
        board.words(layer, _TITLE_LEFT + 3, 113.4 + row * 4.2, text, 2.1, anchor="start")
    _revisions(board, 132)
    _small(board, 180.4, "SHEET TITLE")
    board.words(layer, middle, 189.5, "FIRST FLOOR PLAN", 4.0, weight=700)
    board.words(layer, middle, 196.5, "Record drawing", 2.6)
    _pairs(board, 206, ("PROJECT NO.", "2180"), ("DATE", "03/14/2025"))
    _pairs(board, 222, ("DRAWN", "E. WREN"), ("CHECKED", "P. HOLLIS"))
    _small(board, 242.4, "SHEET")
    board.words(layer, middle, 262.5, "A1.1", 16.5, weight=700)


def _small(board: Board, y: float, text: str) -> None:
    board.words("A-ANNO-TTLB", _TITLE_LEFT + 2.4, y, text, 1.75, anchor="start")


def _pairs(board: Board, y: float, *pairs: tuple[str, str]) -> None:
    half = (_RIGHT - _TITLE_LEFT) / 2
    straight(board, "A-ANNO-TTLB", (_TITLE_LEFT + half, y), (_TITLE_LEFT + half, y + 16))
    for place, (head, value) in enumerate(pairs):
        left = _TITLE_LEFT + place * half
        board.words("A-ANNO-TTLB", left + 2.4, y + 4.4, head, 1.75, anchor="start")
        board.words("A-ANNO-TTLB", left + half / 2, y + 11.4, value, 3.0, weight=600)


def _revisions(board: Board, top: float) -> None:
    _small(board, top + 4.4, "REVISIONS")
    rows = (("1", "Permit set", "06/02/2023"), ("2", "Addendum 1", "09/18/2023"), ("3", "Record drawing", "03/14/2025"))
    for row in range(6):
        y = top + 7.5 + row * 6.0
        straight(board, "A-ANNO-TTLB", (_TITLE_LEFT, y), (_RIGHT, y))
        if row < len(rows):
            number, text, day = rows[row]
            board.words("A-ANNO-TTLB", _TITLE_LEFT + 5, y + 4.2, number, 2.3)
            board.words("A-ANNO-TTLB", _TITLE_LEFT + 11, y + 4.2, text, 2.3, anchor="start")
            board.words("A-ANNO-TTLB", _RIGHT - 3, y + 4.2, day, 2.3, anchor="end")


def _mark(board: Board, x: float, y: float) -> None:
    """The invented architects' mark: two roofs."""
    for shift in (-5.0, 5.0):
        points = ((x + shift - 8, y + 6), (x + shift, y - 6), (x + shift + 8, y + 6))
        straight(board, "A-ANNO-TTLB", *points, pen="border")
    straight(board, "A-ANNO-TTLB", (x - 13, y + 6), (x + 13, y + 6), pen="border")
