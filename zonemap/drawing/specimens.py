"""Drawings of papers with one framed spot: where to look. They copy no form; their words are the few that matter.

A sheet is 240 by 320 units. Colours come from the page's style sheet through the classes ``sheet``, ``bar``,
``w`` (words), ``script``, ``look`` (the frame). What a real face holds, and where: shared notes on AO 93, AO 442,
I-200 and their kin (law/documents.md, sections 2 and 3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from svgwrite.container import SVG, Group
from svgwrite.shapes import Circle, Line, Rect
from svgwrite.text import Text

from zonemap.drawing.specimen_sheet import HEIGHT, WIDTH, WINDOW, Box, Sheet, Spot

__all__ = ["MARKS", "NAMED_NOT", "Face", "Spot", "marked", "marks", "numbered", "specimen", "spots"]

MARKS: Mapping[Spot, int] = MappingProxyType(  # the same number on every paper
    {
        Spot.HEADING: 1,
        Spot.TITLE: 2,
        Spot.PLACE: 3,
        Spot.EXECUTE_BY: 4,
        Spot.ISSUED: 5,
        Spot.SIGNATURE: 6,
        Spot.SIGNER: 7,
    }
)


class Face(StrEnum):
    """Which paper is drawn. UNKNOWN shows grey bars for words, so that it suggests no answer."""

    UNKNOWN = "unknown"
    SEARCH = "search"
    SEARCH_BY_PHONE = "search_by_phone"
    ARREST = "arrest"
    ENTRY = "entry"
    ORDER = "order"
    SUBPOENA = "subpoena"
    GRAND_JURY = "grand_jury"
    IMMIGRATION_COURT = "immigration_court"
    DHS_ARREST = "dhs_arrest"
    DHS_REMOVAL = "dhs_removal"
    DHS_SUBPOENA = "dhs_subpoena"
    DHS_DETAINER = "dhs_detainer"
    DHS_NOTICE_TO_APPEAR = "dhs_notice_to_appear"
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


def _search_by_phone(sheet: Sheet) -> None:
    _court_search(sheet, "SEARCH AND SEIZURE WARRANT", "AO 93C")
    sheet.words(50, 115, "by telephone or other electronic means")


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
    sheet.boxes |= {
        Spot.PERSON: (12, 58, 108, 28),
        Spot.PLACE: (12, 114, 216, 40),
        Spot.THINGS: (12, 114, 216, 40),
        Spot.ISSUED: (12, 239, 84, 26),
    }


def _dhs(
    sheet: Sheet,
    title: str,
    form: str,
    signer: str,
    *,
    to: str = "To any immigration officer",
    about: str = "Name of the person",
) -> None:
    """Seal at the left, department at the top, the form's number at the foot. No place is described."""
    for radius in (15, 10):
        sheet.marks.append(Circle((36, 36), radius, class_="seal"))
    _heading(sheet, "DEPARTMENT OF", "HOMELAND SECURITY", middle=142)
    _title(sheet, title, y=82)
    sheet.words(18, 110, to)
    sheet.bars(18, 118, 200, 176)
    sheet.words(18, 150, about)
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
    Face.SEARCH_BY_PHONE: _search_by_phone,
    Face.ENTRY: lambda s: _court_search(s, "INSPECTION WARRANT"),
    Face.ARREST: _arrest,
    Face.ORDER: lambda s: _court_paper(s, "ORDER", "Judge"),
    Face.SUBPOENA: lambda s: _court_paper(s, "SUBPOENA", "Clerk or attorney", "AO 88", "Bring these"),
    Face.GRAND_JURY: lambda s: _court_paper(s, "SUBPOENA TO A GRAND JURY", "Clerk", "AO 110", "Come, and bring these"),
    Face.IMMIGRATION_COURT: _immigration_court,
    Face.DHS_ARREST: lambda s: _dhs(s, "WARRANT FOR ARREST OF ALIEN", "Form I-200", "Authorized Immigration Officer"),
    Face.DHS_REMOVAL: lambda s: _dhs(s, "WARRANT OF REMOVAL", "Form I-205", "Immigration officer"),
    Face.DHS_SUBPOENA: lambda s: _dhs(
        s, "SUBPOENA", "Form I-138", "Immigration officer, title", to="To", about="Records to bring, and when"
    ),
    Face.DHS_DETAINER: lambda s: _dhs(
        s, "IMMIGRATION DETAINER", "Form I-247A", "Immigration officer", to="To: name of the institution"
    ),
    Face.DHS_NOTICE_TO_APPEAR: lambda s: _dhs(
        s, "NOTICE TO APPEAR", "Form I-862", "Issuing officer", to="In removal proceedings"
    ),
    Face.DHS_OTHER: lambda s: _dhs(s, "NOTICE", "Form number", "Officer’s title"),
}

# Papers that describe a place. Those of an immigration officer or the immigration court, arrests and subpoenas do not.
_WITH_PLACE = (Face.UNKNOWN, Face.SEARCH, Face.SEARCH_BY_PHONE, Face.ENTRY, Face.ORDER)

_WIDE = (Spot.HEADING, Spot.TITLE)  # their words may reach further than their frame

NAMED_NOT = (Spot.HEADING, Spot.TITLE, Spot.SIGNER, Spot.SIGNATURE)  # naming the paper here would say the answer


def spots(face: Face) -> dict[Spot, Box]:
    """The spots that this paper has, and where they lie on the sheet (left, top, width, height)."""
    return _drawn(face, None).boxes


def marks(face: Face) -> dict[Spot, tuple[float, float]]:
    """Where the numbered marks of this paper stand. A paper that describes no place has none for it."""
    return _marks(face, spots(face))


def specimen(face: Face, spot: Spot, *, label: str = "", state_court: bool = False) -> str:
    """An inline SVG of the paper with the spot framed, and its mark filled. A paper without that spot has no frame.

    ``label`` says the drawing in one sentence to people who do not see it.
    """
    sheet = _drawn(face, spot, state_court=state_court)
    box = sheet.boxes.get(spot)
    drawing = _blank("specimen", label)
    drawing.attribs["preserveAspectRatio"] = f"{_window(box or sheet.boxes[Spot.HEADING])} slice"
    if box:
        drawing.add(Rect(box[:2], box[2:], class_="look-bg"))
    _fill(drawing, sheet)
    if box:
        drawing.add(Rect(box[:2], box[2:], class_="look"))
    for each, at in _marks(face, sheet.boxes).items():
        _mark(drawing, MARKS[each], at, asked=each is spot)
    return str(drawing.tostring())


def numbered(face: Face, *, state_court: bool = False) -> tuple[tuple[int, Spot], ...]:
    """The marks that this paper has, in their order: number and place."""
    return tuple((MARKS[each], each) for each in _marks(face, _drawn(face, None, state_court=state_court).boxes))


def marked(face: Face, *, label: str = "", state_court: bool = False) -> str:
    """An inline SVG of the whole paper, every word of it there and every mark numbered, for a page that explains it.

    ``label`` says the drawing to people who do not see it.
    """
    sheet = _drawn(face, None, state_court=state_court)
    drawing = _blank("specimen specimen-whole", label)
    stamp = Text("SPECIMEN", insert=(WIDTH / 2, 190), class_="stamp")
    stamp.rotate(-38, center=(WIDTH / 2, 184))
    drawing.add(stamp)
    _fill(drawing, sheet)
    for each, at in _marks(face, sheet.boxes).items():
        _mark(drawing, MARKS[each], at, asked=True)
    return str(drawing.tostring())


def _blank(kind: str, words: str) -> SVG:
    drawing = SVG(size=None, class_=kind, role="img", debug=False)
    drawing.viewbox(0, 0, WIDTH, HEIGHT)
    drawing.attribs["aria-label"] = words
    drawing.add(Rect((1, 1), (WIDTH - 2, HEIGHT - 2), class_="sheet"))
    return drawing


def _fill(drawing: SVG, sheet: Sheet) -> None:
    content = drawing.add(Group())
    for mark in sheet.marks:
        content.add(mark)


def _marks(face: Face, boxes: Mapping[Spot, Box]) -> dict[Spot, tuple[float, float]]:
    """At the right of each spot, off its words; the signature's beside it, that of the words under it below them."""
    found = {}
    for spot in (each for each in MARKS if each in boxes and (each is not Spot.PLACE or face in _WITH_PLACE)):
        left, top, width, height = boxes[spot]
        down = {Spot.SIGNATURE: 10.0, Spot.SIGNER: height + 2}.get(spot, height / 2)
        margin = WIDTH - 9.0
        found[spot] = (margin if spot in _WIDE else min(left + width, margin), top + down)
    return found


def _mark(drawing: SVG, number: int, at: tuple[float, float], *, asked: bool) -> None:
    drawing.add(Circle(at, 7.5 if asked else 6, class_="mark mark-asked" if asked else "mark"))
    drawing.add(Text(str(number), insert=(at[0], at[1] + 3.2), class_="mark-nr mark-nr-asked" if asked else "mark-nr"))


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
