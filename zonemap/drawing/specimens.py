"""Drawings of papers with one framed spot: where to look. They copy no form; their words are the few that matter.

A sheet is 240 by 320 units. Colours come from the page's style sheet through the classes ``sheet``, ``bar``,
``w`` (words), ``script``, ``look`` (the frame). What a real face holds, and where: shared notes on AO 93, AO 442,
I-200 and their kin (law/documents.md, sections 2 and 3).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from svgwrite.container import SVG, Group
from svgwrite.shapes import Circle, Line, Rect

from zonemap.drawing.specimen_sheet import HEIGHT, WIDTH, WINDOW, Box, Sheet, Spot

__all__ = ["Face", "Spot", "described", "specimen", "spots"]


class Face(StrEnum):
    """Which paper is drawn. UNKNOWN shows grey bars for words, so that it suggests no answer."""

    UNKNOWN = "unknown"
    SEARCH = "search"
    ARREST = "arrest"
    ENTRY = "entry"
    ORDER = "order"
    SUBPOENA = "subpoena"
    IMMIGRATION_COURT = "immigration_court"
    DHS_ARREST = "dhs_arrest"
    DHS_REMOVAL = "dhs_removal"
    DHS_OTHER = "dhs_other"


def _heading(sheet: Sheet, *lines: str, form: str = "", middle: float = WIDTH / 2) -> None:
    if sheet.asked is Spot.HEADING:
        sheet.heavy(27, *(150 - 30 * row for row in range(len(lines))), middle=middle)
    else:
        for row, line in enumerate(lines):
            sheet.words(middle, 34 + 13 * row, line, "w")
    sheet.boxes[Spot.HEADING] = (middle - 92, 21, 184, 13 * len(lines) + 7)
    if form and not sheet.state_court:
        sheet.words(18, 15, form)
    sheet.boxes[Spot.FORM_NUMBER] = (12, 4, 74, 16)


def _title(sheet: Sheet, text: str, y: float = 104) -> None:
    if sheet.asked is Spot.TITLE:
        sheet.heavy(y - 7, 170)
    else:
        sheet.words(WIDTH / 2, y, text, "w")
    sheet.boxes[Spot.TITLE] = (18, y - 14, WIDTH - 36, 22)


def _court(sheet: Sheet, form: str = "") -> None:
    """The heading of a court, with the district or county below; only federal forms are known by a number."""
    _heading(sheet, "A COURT OF THE STATE" if sheet.state_court else "UNITED STATES DISTRICT COURT", form=form)
    sheet.bars(72, 44, 96)


def _caption(sheet: Sheet, first: str) -> None:
    """The case on the left, its number on the right."""
    sheet.words(18, 65, first)
    sheet.bars(18, 71, 92, 70)
    sheet.marks.append(Line((124, 58), (124, 84), class_="ln"))
    sheet.words(132, 70, "Case No.")
    sheet.bars(168, 65, 48)


def _search_block(sheet: Sheet) -> None:
    """Place, things, last day, hours, issue date: the body of a search warrant."""
    sheet.bars(18, 118, 204)
    sheet.words(18, 139, "Place: street, suite, floor")
    sheet.bars(18, 145, 196, 110)
    sheet.words(18, 173, "Things to be taken")
    sheet.bars(18, 179, 188)
    sheet.words(18, 203, "on or before")
    sheet.marks.append(Line((84, 203), (142, 203), class_="ln"))
    sheet.tick(18, 222, "daytime")
    sheet.tick(78, 222, "any time, day or night")
    sheet.words(18, 250, "Date issued")
    sheet.bars(18, 256, 62)
    sheet.boxes |= {
        Spot.PLACE: (12, 128, 216, 34),
        Spot.THINGS: (12, 163, 216, 26),
        Spot.EXECUTE_BY: (12, 191, 138, 18),
        Spot.HOURS: (12, 211, 180, 17),
        Spot.ISSUED: (12, 239, 84, 26),
    }


def _court_search(sheet: Sheet, title: str, form: str = "") -> None:
    _court(sheet, form)
    _caption(sheet, "Search of")
    _title(sheet, title)
    _search_block(sheet)
    sheet.signature(108, 264, "Judge’s signature")
    sheet.bars(108, 284, 96)
    sheet.foot("Page 1 of 2. Attachments A, B")


def _arrest(sheet: Sheet) -> None:
    """The return at the foot is signed by the officer, after the arrest: it is drawn so that nobody looks there."""
    _court(sheet, "AO 442")
    _caption(sheet, "Against")
    _title(sheet, "ARREST WARRANT")
    sheet.words(18, 128, "You are commanded to arrest")
    sheet.bars(18, 134, 120, kind="strong")
    sheet.bars(18, 148, 204, 190, 120)
    sheet.words(18, 202, "Date")
    sheet.bars(18, 207, 56)
    sheet.signature(108, 222, "Issuing officer’s signature")
    sheet.marks.append(Rect((14, 250), (212, 44), class_="box"))
    sheet.words(120, 263, "Return", "w")
    sheet.bars(22, 269, 60)
    sheet.words(94, 286, "Arresting officer’s signature")
    sheet.foot("Page 1 of 2")
    sheet.boxes |= {Spot.PERSON: (12, 117, 216, 26), Spot.ISSUED: (12, 191, 70, 24), Spot.THINGS: (12, 144, 216, 34)}


def _court_paper(sheet: Sheet, title: str, signer: str, form: str = "", lead: str = "") -> None:
    """An order, a subpoena: heading, case, title, text, one signature."""
    _court(sheet, form)
    _caption(sheet, "Plaintiff v. defendant")
    _title(sheet, title)
    sheet.words(18, 128, lead or "It is ordered")
    sheet.bars(18, 134, 204, 188, 196)
    sheet.bars(18, 172, 204, 120)
    sheet.words(18, 250, "Date")
    sheet.bars(18, 256, 62)
    sheet.signature(108, 264, signer)
    sheet.foot("Page 1 of 2")
    sheet.boxes |= {
        Spot.PLACE: (12, 118, 216, 48),
        Spot.PERSON: (12, 118, 216, 26),
        Spot.THINGS: (12, 118, 216, 68),
        Spot.ISSUED: (12, 239, 84, 26),
    }


def _immigration_court(sheet: Sheet) -> None:
    _heading(sheet, "U.S. DEPARTMENT OF JUSTICE", "IMMIGRATION COURT")
    _caption(sheet, "In the matter of")
    _title(sheet, "ORDER")
    sheet.bars(18, 120, 204, 190, 200, 120)
    sheet.bars(18, 168, 204, 80)
    sheet.words(18, 250, "Date")
    sheet.bars(18, 256, 62)
    sheet.signature(108, 264, "Immigration Judge")
    sheet.foot("Page 1 of 1")
    sheet.boxes |= {Spot.PERSON: (12, 58, 108, 28), Spot.PLACE: (12, 114, 216, 40), Spot.THINGS: (12, 114, 216, 40)}


def _dhs(sheet: Sheet, title: str, form: str, signer: str) -> None:
    """Seal at the left, department at the top, the form's number at the foot."""
    for radius in (15, 10):
        sheet.marks.append(Circle((36, 36), radius, class_="seal"))
    _heading(sheet, "DEPARTMENT OF", "HOMELAND SECURITY", middle=142)
    _title(sheet, title, y=82)
    sheet.words(18, 110, "To any immigration officer")
    sheet.bars(18, 118, 200, 176)
    sheet.words(18, 150, "Name of the person")
    sheet.bars(18, 156, 150, kind="strong")
    sheet.bars(18, 172, 204, 188, 90)
    sheet.words(18, 228, "Date")
    sheet.bars(18, 234, 50)
    sheet.signature(100, 250, signer, width=126)
    sheet.bars(18, 284, 204, height=3)
    sheet.foot(form)
    sheet.boxes |= {
        Spot.FORM_NUMBER: (12, 300, 74, 16),
        Spot.PERSON: (12, 139, 216, 26),
        Spot.PLACE: (12, 112, 216, 30),
        Spot.THINGS: (12, 168, 216, 30),
        Spot.ISSUED: (12, 218, 70, 24),
    }


def _unknown(sheet: Sheet) -> None:
    sheet.heavy(26, 150, 110)
    sheet.boxes |= {Spot.HEADING: (30, 18, 180, 36), Spot.FORM_NUMBER: (12, 4, 74, 14)}
    sheet.bars(18, 8, 44)
    sheet.bars(18, 66, 92, 70)
    sheet.bars(150, 66, 66)
    sheet.heavy(96, 170)
    sheet.boxes[Spot.TITLE] = (24, 88, 192, 23)
    _search_block(sheet)
    sheet.signature(108, 264, "")
    sheet.foot("Page 1 of 2")
    sheet.boxes[Spot.PERSON] = sheet.boxes[Spot.PLACE]


_FACES: dict[Face, Callable[[Sheet], None]] = {
    Face.UNKNOWN: _unknown,
    Face.SEARCH: lambda s: _court_search(
        s, "SEARCH WARRANT" if s.state_court else "SEARCH AND SEIZURE WARRANT", "AO 93"
    ),
    Face.ENTRY: lambda s: _court_search(s, "INSPECTION WARRANT"),
    Face.ARREST: _arrest,
    Face.ORDER: lambda s: _court_paper(s, "ORDER", "Judge"),
    Face.SUBPOENA: lambda s: _court_paper(s, "SUBPOENA", "Clerk or attorney", "AO 88", "Bring these"),
    Face.IMMIGRATION_COURT: _immigration_court,
    Face.DHS_ARREST: lambda s: _dhs(s, "WARRANT FOR ARREST OF ALIEN", "Form I-200", "Authorized Immigration Officer"),
    Face.DHS_REMOVAL: lambda s: _dhs(s, "WARRANT OF REMOVAL", "Form I-205", "Immigration officer"),
    Face.DHS_OTHER: lambda s: _dhs(s, "NOTICE", "Form number", "Officer’s title"),
}

_FACE_WORDS = {
    Face.UNKNOWN: "a paper, its words left out",
    Face.SEARCH: "a court’s search warrant",
    Face.ENTRY: "a court’s warrant to enter and inspect",
    Face.ARREST: "a court’s arrest warrant",
    Face.ORDER: "a court’s order",
    Face.SUBPOENA: "a court’s subpoena",
    Face.IMMIGRATION_COURT: "an order of an immigration court",
    Face.DHS_ARREST: "a warrant for arrest of the Department of Homeland Security",
    Face.DHS_REMOVAL: "a warrant of removal of the Department of Homeland Security",
    Face.DHS_OTHER: "a notice of the Department of Homeland Security",
}

_SPOT_WORDS = {
    Spot.HEADING: "the words at the top",
    Spot.FORM_NUMBER: "the small print with the form’s number",
    Spot.TITLE: "the largest words, under the heading",
    Spot.PLACE: "the lines that describe the place",
    Spot.PERSON: "the lines where a person is named",
    Spot.THINGS: "the lines that list things or records",
    Spot.EXECUTE_BY: "the words “on or before” and the date after them",
    Spot.HOURS: "the tick boxes for day or night",
    Spot.ISSUED: "the date of issue",
    Spot.SIGNATURE: "the signature line beside the date of issue",
    Spot.SIGNER: "the signature line and the words printed under it",
    Spot.PAGES: "the page count at the foot",
    Spot.WHOLE: "the whole paper",
}


def described(face: Face, spot: Spot) -> str:
    """The drawing in one sentence, for people who do not see it. Like the drawing, it does not say the answer."""
    told = spot in (Spot.HEADING, Spot.TITLE, Spot.SIGNER, Spot.SIGNATURE)
    return f"Drawing of {'a paper' if told else _FACE_WORDS[face]}. A frame marks {_SPOT_WORDS[spot]}."


def spots(face: Face) -> dict[Spot, Box]:
    """The spots that this paper has, and where they lie on the sheet (left, top, width, height)."""
    return _drawn(face, None).boxes


def specimen(face: Face, spot: Spot, *, state_court: bool = False) -> str:
    """An inline SVG of the paper with the spot framed. A paper without that spot is drawn with no frame at all."""
    sheet = _drawn(face, spot, state_court=state_court)
    box = sheet.boxes.get(spot)
    drawing = SVG(size=None, class_="specimen", role="img", debug=False)
    drawing.viewbox(0, 0, WIDTH, HEIGHT)
    drawing.attribs["preserveAspectRatio"] = f"{_window(box or sheet.boxes[Spot.HEADING])} slice"
    drawing.attribs["aria-label"] = described(face, spot)
    drawing.add(Rect((1, 1), (WIDTH - 2, HEIGHT - 2), class_="sheet"))
    if box:
        drawing.add(Rect(box[:2], box[2:], class_="look-bg"))
    content = drawing.add(Group())
    for mark in sheet.marks:
        content.add(mark)
    if box:
        drawing.add(Rect(box[:2], box[2:], class_="look"))
    return str(drawing.tostring())


def _drawn(face: Face, asked: Spot | None, *, state_court: bool = False) -> Sheet:
    sheet = Sheet(asked=asked, state_court=state_court)
    _FACES[face](sheet)
    return sheet


def _window(box: Box) -> str:
    """Which part of the sheet a narrow screen shows, so that the frame is inside it."""
    _, top, _, height = box
    places = (("xMidYMin", 0.0), ("xMidYMid", (HEIGHT - WINDOW) / 2), ("xMidYMax", float(HEIGHT - WINDOW)))
    inside = [name for name, start in places if start <= top and top + height <= start + WINDOW]
    return inside[0] if inside else "xMidYMin"
