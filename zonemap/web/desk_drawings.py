"""Which drawing of a paper stands beside a question, and what is framed on it."""

from __future__ import annotations

from functools import cache

from flask import get_template_attribute
from markupsafe import Markup

from zonemap.drawing.specimens import Face, Spot, marked, specimen
from zonemap.rules.paper_pairs import papers

_OF_A_STATE = "state_search"  # the drawing of a court's search warrant, with another court at its top

_SPOTS = {
    "top_heading": Spot.HEADING,
    "form_number": Spot.FORM_NUMBER,
    "title": Spot.TITLE,
    "signer_label": Spot.SIGNER,
    "signed": Spot.SIGNATURE,
    "names_this_place": Spot.PLACE,
    "covers_area_wanted": Spot.PLACE,
    "names_person": Spot.PERSON,
    "lists_records": Spot.THINGS,
    "issue_date": Spot.ISSUED,
    "execute_by": Spot.EXECUTE_BY,
    "hours_ok": Spot.HOURS,
    "all_pages": Spot.PAGES,
    "readable": Spot.WHOLE,
}
_COURT_FACES = {
    "arrest_warrant": Face.ARREST,
    "entry_or_inspection_warrant": Face.ENTRY,
    "order": Face.ORDER,
    "subpoena": Face.SUBPOENA,
    "grand_jury_subpoena": Face.GRAND_JURY,
}
_DHS_FACES = {
    "warrant_for_arrest_of_alien": Face.DHS_ARREST,
    "warrant_of_removal": Face.DHS_REMOVAL,
    "subpoena": Face.DHS_SUBPOENA,
    "immigration_detainer": Face.DHS_DETAINER,
    "notice_to_appear": Face.DHS_NOTICE_TO_APPEAR,
}


@cache
def look_here(key: str, heading: str, title: str) -> Markup | None:
    """The drawing for a question about a paper, or None for a question about the scene.

    Beside the first words of a paper it unfolds those that are confused most, side by side.
    """
    if key not in _SPOTS:
        return None
    drawn = Markup(framed(key, heading, title)[2])  # noqa: S704 - our own drawing, from words of our own
    return drawn + _compared() if key == "top_heading" else drawn


def framed(key: str, heading: str, title: str) -> tuple[Face, Spot, str]:
    """The paper that is drawn for a question, the place that is framed on it, and the drawing."""
    face, spot = _face(heading, title), _SPOTS[key]
    return face, spot, specimen(face, spot, state_court=heading == "state_court")


def whole_paper(name: str) -> Markup:
    """The drawing of a paper with all its marks, by the name that the words about papers give it."""
    state = name == _OF_A_STATE
    drawn = marked(Face.SEARCH if state else Face(name), state_court=state)
    return Markup(drawn)  # noqa: S704 - our own drawing, from words of our own


def _compared() -> Markup:
    fold = get_template_attribute("desk/_compare.html", "fold")
    return Markup(fold(papers(), whole_paper))  # noqa: S704 - a template, which escapes


def _face(heading: str, title: str) -> Face:
    if heading in ("federal_court", "state_court"):
        return _COURT_FACES.get(title, Face.SEARCH)
    if heading == "dhs":
        return _DHS_FACES.get(title, Face.DHS_OTHER)
    return Face.IMMIGRATION_COURT if heading == "immigration_court" else Face.UNKNOWN
