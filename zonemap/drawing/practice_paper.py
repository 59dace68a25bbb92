"""The papers of practice as pictures: every word to be read, marked as practice, and no copy of an official form.

Paper is white and ink is black on every screen, so the colours stand in the drawing, which also serves as a picture
without a page around it. What nobody can read is drawn as smears, and is not in the drawing as text at all.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from svgwrite.base import BaseElement
from svgwrite.container import SVG, Group
from svgwrite.path import Path
from svgwrite.shapes import Circle, Line, Rect
from svgwrite.text import Text

from zonemap.model.practice import Block, DrawnPaper

__all__ = ["practice_paper"]

_WIDTH, _MARGIN = 360.0, 24.0
_SERIF, _SANS = "Liberation Serif, Times New Roman, Times, serif", "Liberation Sans, Arial, Helvetica, sans-serif"
_INK, _PALE, _FAINT, _LOOK = "#1a1a1a", "#4a4a4a", "#8a8a8a", "#b3261e"
_LETTER = 0.54  # of the size: how wide most letters are
_WIDE = 0.7  # the same for capitals
_NO_MARKS: Mapping[Block, str] = MappingProxyType({})

Extent = tuple[float, float]
_HEADING_MOST = 32  # capitals in a line of the words at the top


def practice_paper(paper: DrawnPaper, *, title: str, marks: Mapping[Block, str] = _NO_MARKS) -> str:
    """An inline SVG of the paper. ``title`` names it for people who do not see it; ``marks`` frame blocks, numbered."""
    sheet = _Sheet()
    _first_sheet(sheet, paper)
    height = max(sheet.y + 14, 330.0)
    second = height + 12
    rim = 16.0 if paper.on_phone else 2.0
    last = second + 58 if paper.attachment else height
    drawing = SVG(size=None, class_="practice-paper", role="img", debug=False)
    drawing.viewbox(-rim, -rim, _WIDTH + 2 * rim, last + 2 * rim)
    drawing.attribs["aria-label"] = title
    if paper.on_phone:
        drawing.add(Rect((-rim, -rim), (_WIDTH + 2 * rim, last + 2 * rim), rx=22, fill="#2b2b2b"))
    drawing.add(Rect((0, 0), (_WIDTH, height), fill="#ffffff", stroke="#777777"))
    drawing.add(_watermark(height))
    content = drawing.add(Group())
    for mark in sheet.marks:
        content.add(mark)
    if paper.attachment:
        drawing.add(Rect((0, second), (_WIDTH, 58), fill="#ffffff", stroke="#777777"))
        for at, line in enumerate(_wrapped(paper.attachment, 11)):
            drawing.add(_text(_MARGIN, second + 22 + 14 * at, line, 11))
    for block, number in marks.items():
        _frame(drawing, sheet.blocks.get(block), number)
    return str(drawing.tostring())


@dataclass(slots=True)
class _Sheet:
    """What is drawn so far, how far down, and where each block lies."""

    y: float = 18.0
    marks: list[BaseElement] = field(default_factory=list)
    blocks: dict[Block, Extent] = field(default_factory=dict)

    def lines(self, block: Block, texts: Iterable[str], size: float, **more: object) -> None:
        """Lines of one block, one under the other; smears where it is blurred."""
        blurred, middle = more.pop("blurred", False), more.get("middle", False)
        top = self.y
        for text in texts:
            self.y += size * 1.28
            if blurred:
                self.marks += _smears(text, self.y, size, middle=bool(middle))
            else:
                self.marks.append(_text(_WIDTH / 2 if middle else _MARGIN, self.y, text, size, **more))
        before = self.blocks.get(block)
        self.blocks[block] = (before[0] if before else top, self.y + 5)


def _first_sheet(sheet: _Sheet, paper: DrawnPaper) -> None:
    if paper.form and not paper.form_at_foot:
        sheet.marks.append(_text(_MARGIN, 15, paper.form, 8.5))
        sheet.blocks[Block.FORM] = (4, 19)
    if paper.seal:
        for radius in (17, 12):
            sheet.marks.append(Circle((46, 44), radius, fill="none", stroke=_FAINT))
    sheet.y = 22
    heading = [line for each in paper.heading for line in textwrap.wrap(each, _HEADING_MOST)]
    sheet.lines(Block.HEADING, heading, 15, middle=True, bold=True, blurred=Block.HEADING in paper.blurred)
    if paper.under:
        sheet.lines(Block.HEADING, [paper.under], 11, middle=True, blurred=Block.HEADING in paper.blurred)
    _caption(sheet, paper)
    sheet.y += 12
    titles = textwrap.wrap(paper.title, 30)
    sheet.lines(Block.TITLE, titles, 17, middle=True, bold=True, blurred=Block.TITLE in paper.blurred)
    sheet.y += 8
    for part in paper.parts:
        if part.label:
            sheet.lines(part.block, [part.label], 9.5, pale=True, sans=True)
        sheet.lines(part.block, _wrapped(part.text, 12), 12, blurred=part.block in paper.blurred)
        sheet.y += 6
    for words, ticked in paper.ticks:
        _tick(sheet, words, ticked=ticked)
    _signature(sheet, paper)
    if paper.returned:
        _return(sheet)
    sheet.y += 16
    sheet.lines(Block.PAGES, [paper.pages], 9.5, sans=True)
    if paper.form_at_foot and paper.form:
        sheet.marks.append(_text(_WIDTH - _MARGIN - 52, sheet.y, paper.form, 8.5))
        sheet.blocks[Block.FORM] = (sheet.y - 12, sheet.y + 4)
    sheet.y += 14
    sheet.marks.append(_text(_WIDTH / 2, sheet.y, "Drawn for practice. Not a real paper.", 9.5, middle=True, pale=True))


def _caption(sheet: _Sheet, paper: DrawnPaper) -> None:
    if not paper.caption:
        return
    sheet.y += 22
    sheet.marks.append(_text(_MARGIN, sheet.y, paper.caption, 11))
    sheet.marks.append(Line((206, sheet.y - 13), (206, sheet.y + 6), stroke=_INK))
    sheet.marks.append(_text(216, sheet.y, paper.number, 11))
    sheet.y += 4


def _tick(sheet: _Sheet, words: str, *, ticked: bool) -> None:
    top = sheet.y
    sheet.y += 15
    sheet.marks.append(Rect((_MARGIN, sheet.y - 8.5), (9, 9), fill="none", stroke=_INK))
    if ticked:
        x, y = _MARGIN, sheet.y - 8.5
        sheet.marks.append(Path(d=f"M{x + 1} {y + 1}l7 7m0 -7l-7 7", fill="none", stroke=_INK, stroke_width=1.6))
    sheet.marks.append(_text(_MARGIN + 16, sheet.y, words, 11))
    before = sheet.blocks.get(Block.TIME)
    sheet.blocks[Block.TIME] = (before[0] if before else top, sheet.y + 5)


def _signature(sheet: _Sheet, paper: DrawnPaper) -> None:
    sheet.y += 44
    top, x, width = sheet.y - 34, 150.0, _WIDTH - _MARGIN - 150
    sheet.marks.append(_text(_MARGIN, sheet.y - 14, "Date", 9.5, pale=True, sans=True))
    sheet.marks.append(_text(_MARGIN, sheet.y, paper.date, 11))
    sheet.marks.append(Line((x, sheet.y), (_WIDTH - _MARGIN, sheet.y), stroke=_INK))
    if paper.signed:
        sheet.marks.append(_scrawl(x + 14, sheet.y - 6))
    sheet.y += 14
    if Block.SIGNER in paper.blurred:
        sheet.marks += _smears(paper.signer, sheet.y, 11, x=x)
    elif paper.signer:
        sheet.marks.append(_text(x + width / 2, sheet.y, paper.signer, 11, middle=True))
    sheet.blocks[Block.DATE] = (top, sheet.y - 8)
    sheet.blocks[Block.SIGNER] = (top, sheet.y + 6)


def _return(sheet: _Sheet) -> None:
    """The officer's part: filled in and signed after the deed. It is there so that nobody takes it for the judge's."""
    sheet.y += 16
    sheet.marks.append(Rect((_MARGIN - 6, sheet.y), (_WIDTH - 2 * _MARGIN + 12, 58), fill="none", stroke=_FAINT))
    sheet.marks.append(_text(_WIDTH / 2, sheet.y + 14, "Return", 11, middle=True, bold=True))
    sheet.marks.append(_text(_MARGIN, sheet.y + 34, "Done on", 9.5, pale=True, sans=True))
    sheet.marks.append(_scrawl(190, sheet.y + 38))
    sheet.marks.append(Line((176, sheet.y + 42), (_WIDTH - _MARGIN, sheet.y + 42), stroke=_INK))
    sheet.marks.append(_text(190, sheet.y + 53, "Officer’s signature", 9.5))
    sheet.y += 58


def _watermark(height: float) -> BaseElement:
    words = _text(0, 0, "PRACTICE", 62, middle=True, bold=True, sans=True)
    words.attribs["fill"], words.attribs["opacity"] = "#000000", "0.055"
    words.attribs["transform"] = f"translate({_WIDTH / 2} {height / 2}) rotate(-34)"
    return words


def _frame(drawing: SVG, extent: Extent | None, number: str) -> None:
    if extent is None:
        return
    top, bottom = extent
    drawing.add(Rect((8, top), (_WIDTH - 16, bottom - top), fill="none", stroke=_LOOK, stroke_width=2.5))
    drawing.add(Circle((_WIDTH - 14, top + 2), 11, fill=_LOOK))
    words = _text(_WIDTH - 14, top + 6.5, number, 13, middle=True, bold=True, sans=True)
    words.attribs["fill"] = "#ffffff"
    drawing.add(words)


def _text(x: float, y: float, words: str, size: float, **how: object) -> BaseElement:
    text = Text(
        words,
        insert=(round(x, 1), round(y, 1)),
        font_family=_SANS if how.get("sans") else _SERIF,
        font_size=size,
        font_weight="bold" if how.get("bold") else "normal",
        fill=_PALE if how.get("pale") else _INK,
    )
    if how.get("middle"):
        text.attribs["text-anchor"] = "middle"
    return text


def _wrapped(text: str, size: float) -> list[str]:
    return textwrap.wrap(text, int((_WIDTH - 2 * _MARGIN) / (size * _LETTER)))


def _smears(text: str, y: float, size: float, *, middle: bool = False, x: float = _MARGIN) -> list[BaseElement]:
    """Grey smears in the place of words: as long as these, and nothing that could be read or copied."""
    per_letter = size * (_WIDE if text.isupper() else _LETTER)
    at = (_WIDTH - len(text) * per_letter) / 2 if middle else x
    smears: list[BaseElement] = []
    for word in text.split():
        width = len(word) * per_letter
        for rise, shade in ((0.0, 0.16), (size * 0.12, 0.26)):
            corner = (round(at - rise / 2, 1), round(y - size * 0.8 + rise, 1))
            shape = (round(width - per_letter * 0.2 + rise, 1), round(size * 0.95 - rise, 1))
            smears.append(Rect(corner, shape, rx=round(size * 0.4, 1), fill="#000000", opacity=shade))
        at += width + per_letter
    return smears


def _scrawl(x: float, y: float) -> BaseElement:
    pen = "c6 -22 16 -22 12 -3 -3 11 10 -14 18 -6 5 6 -3 14 11 6 11 -8 11 6 22 -3 14 -11 11 11 34 -3"
    return Path(d=f"M{x} {y}{pen}", fill="none", stroke="#1d2f6f", stroke_width=1.8)
