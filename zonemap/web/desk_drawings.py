"""Which drawing of a paper stands beside a question, and what is framed on it."""

from __future__ import annotations

from markupsafe import Markup

from zonemap.drawing.specimens import Face, Spot, specimen

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
    "grand_jury_subpoena": Face.SUBPOENA,
}
_DHS_FACES = {"warrant_for_arrest_of_alien": Face.DHS_ARREST, "warrant_of_removal": Face.DHS_REMOVAL}


def look_here(key: str, heading: str, title: str) -> Markup | None:
    """The drawing for a question about a paper, or None for a question about the scene."""
    if key not in _SPOTS:
        return None
    drawn = specimen(_face(heading, title), _SPOTS[key], state_court=heading == "state_court")
    return Markup(drawn)  # noqa: S704 - our own drawing, from words of our own


def _face(heading: str, title: str) -> Face:
    if heading in ("federal_court", "state_court"):
        return _COURT_FACES.get(title, Face.SEARCH)
    if heading == "dhs":
        return _DHS_FACES.get(title, Face.DHS_OTHER)
    return Face.IMMIGRATION_COURT if heading == "immigration_court" else Face.UNKNOWN
