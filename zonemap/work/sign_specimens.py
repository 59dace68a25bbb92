"""Specimens: each kind of sign in each language on each paper, of a clinic that does not exist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from zonemap.errors import Invalid
from zonemap.model.facility import Designation, Facility, SiteKind
from zonemap.model.plan import Door, Floor, Room
from zonemap.model.sign import DoorSign, EntranceNotice, FloorSigns, PlaceSign, SignKind, SignOptions, Whom
from zonemap.model.zone import ZoneClass
from zonemap.printing import book
from zonemap.printing.paper import paper_named
from zonemap.rules.signs import OPERATIVE, chosen_languages, door_citation, notice_citation, notice_words, sign_words

_SHEET = "specimen"
_WHOM = Whom("administrator_on_call", "555-0117", always=True)
_FACILITY = Facility("specimen", "Specimen Clinic", "1 Elm St", "", "Salem", "", "62881", SiteKind.CLINIC)
_FLOOR = Floor("specimen", _FACILITY.id, "First floor")
_DOOR = Door(_SHEET, ((0.0, 0.0), (1.0, 0.0)), ("inside", None), "12")
_CLASSES = {
    SignKind.PRIVATE: ZoneClass.PRIVATE,
    SignKind.PRIVATE_OFFICERS: ZoneClass.PRIVATE,
    SignKind.RECORDS: ZoneClass.RECORDS,
    SignKind.RESIDENTIAL: ZoneClass.RESIDENTIAL,
    SignKind.OUTDOOR_PRIVATE: ZoneClass.OUTDOOR_PRIVATE,
}


def specimen(kind: SignKind, languages: Sequence[str]) -> FloorSigns:
    """A floor with the one sheet of that kind. Raises Invalid for a language that we have no texts for."""
    return _specimen(kind, tuple(languages))


@lru_cache(maxsize=64)
def _specimen(kind: SignKind, languages: tuple[str, ...]) -> FloorSigns:
    chosen = chosen_languages(languages)
    designation = Designation(
        "specimen", _FACILITY, _FLOOR, 1, 1, datetime(2026, 11, 24, tzinfo=UTC), "Specimen", "5bec" + "0" * 60
    )
    room = Room("inside", (), "114", "Specimen", _CLASSES.get(kind, ZoneClass.PUBLIC))
    if kind is SignKind.NOTICE:
        words = tuple(notice_words(_FACILITY.site_kind, each, _WHOM) for each in chosen)
        notice = EntranceNotice(_DOOR, room, room.label, words, notice_citation(_FACILITY, _WHOM))
        return FloorSigns(designation, notices=(notice,))
    with_line = kind is SignKind.PRIVATE_OFFICERS
    lines = tuple(sign_words(kind, _FACILITY.site_kind, each, officers=_WHOM if with_line else None) for each in chosen)
    if kind in _CLASSES:
        citation = door_citation(_FACILITY) if with_line else ""
        sign = DoorSign(_DOOR, None, room, room.label, lines, citation, kind=kind)
        return FloorSigns(designation, signs=(sign,))
    return FloorSigns(designation, places=(PlaceSign(kind, _SHEET, room, room.label, lines),))


def specimen_svg(kind: SignKind, languages: Sequence[str], paper: str) -> tuple[bytes, ...]:
    """The specimen as SVG, a picture a page. Raises Invalid for a language or a paper that we do not have."""
    paper_named(paper)
    return book.sheet_svg(specimen(kind, languages), _SHEET, SignOptions(paper=paper))


def specimen_pdf(kind: SignKind, languages: Sequence[str], paper: str) -> bytes:
    """The specimen as tagged PDF, for tests: nothing checks that an unchecked language was acknowledged."""
    paper_named(paper)
    return book.sheet_pdf(specimen(kind, languages), _SHEET, SignOptions(paper=paper))


def specimen_mark(kind: SignKind, code: str, paper: str) -> str:
    """Changes with anything that a specimen is made of. Raises Invalid for a language or paper that we do not have."""
    paper_named(paper)
    return book.edition((specimen(kind, (OPERATIVE, code)),), SignOptions(paper=paper))


def kind_named(name: str) -> SignKind:
    """The kind of that name. Raises Invalid, with those there are."""
    try:
        return SignKind(name)
    except ValueError:
        known = ", ".join(SignKind)
        raise Invalid(f"There is no kind of sign called {name!r}. Choose from: {known}.") from None
