"""A blank sheet and the marks that a paper is made of: words, grey bars, signatures, tick boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from svgwrite.base import BaseElement
from svgwrite.path import Path
from svgwrite.shapes import Line, Rect
from svgwrite.text import Text

WIDTH, HEIGHT = 240, 320
WINDOW = 124  # height of the strip that a phone shows: the top, the middle or the foot of the sheet

Box = tuple[float, float, float, float]  # left, top, width, height


class Spot(StrEnum):
    """The places on a paper that the desk asks about."""

    HEADING = "heading"
    FORM_NUMBER = "form_number"
    TITLE = "title"
    PLACE = "place"
    PERSON = "person"
    THINGS = "things"
    EXECUTE_BY = "execute_by"
    HOURS = "hours"
    ISSUED = "issued"
    SIGNATURE = "signature"
    SIGNER = "signer"
    PAGES = "pages"
    WHOLE = "whole"


@dataclass(slots=True)
class Sheet:
    """What is drawn on one paper, and the box of each spot on it.

    The words of the spot that is asked for are left out: dark bars stand for them, so that no drawing says the answer.
    """

    asked: Spot | None = None
    state_court: bool = False
    marks: list[BaseElement] = field(default_factory=list)
    boxes: dict[Spot, Box] = field(default_factory=lambda: {Spot.WHOLE: (6.0, 6.0, WIDTH - 12.0, HEIGHT - 12.0)})

    def words(self, x: float, y: float, text: str, kind: str = "w-s") -> None:
        """One line of words; ``kind`` is w (heading, centred on x) or w-s (small, from x)."""
        self.marks.append(Text(text, insert=(x, y), class_=kind))

    def bars(self, x: float, y: float, *widths: float, height: float = 4, kind: str = "bar") -> None:
        """Lines of text nobody has to read, as grey bars 10 units apart."""
        for row, width in enumerate(widths):
            self.marks.append(Rect((x, y + 10 * row), (width, height), class_=kind))

    def heavy(self, y: float, *widths: float, middle: float = WIDTH / 2) -> None:
        """Large words without saying which: dark bars about the middle."""
        for row, width in enumerate(widths):
            self.marks.append(Rect((middle - width / 2, y + 13 * row), (width, 7), class_="strong"))

    def signature(self, x: float, y: float, label: str, width: float = 118) -> None:
        """A signature on its line, and the words printed under the line; y is the line."""
        pen = "c4 -16 12 -16 9 -2 -2 8 7 -10 13 -4 4 4 -2 10 8 4 8 -6 8 4 16 -2 10 -8 8 8 24 -2"
        self.marks.append(Path(d=f"M{x + 10} {y - 5}{pen}", class_="script"))
        self.marks.append(Line((x, y), (x + width, y), class_="ln"))
        if label and self.asked is not Spot.SIGNER:
            self.words(x, y + 12, label)
        else:
            self.bars(x, y + 6, width * 0.7, kind="strong")
        self.boxes[Spot.SIGNATURE] = (x - 8, y - 24, width + 14, 30)
        self.boxes[Spot.SIGNER] = (x - 8, y - 24, width + 14, 44)

    def tick(self, x: float, y: float, text: str) -> None:
        """A tick box with its words."""
        self.marks.append(Rect((x, y - 7), (7, 7), class_="box"))
        self.words(x + 11, y, text)

    def foot(self, text: str) -> None:
        """The page count, and that this is a drawing."""
        self.words(18, 311, text)
        self.words(168, 311, "A drawing")
        self.boxes[Spot.PAGES] = (12, 300, 140, 16)
