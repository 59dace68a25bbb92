"""Which drawing of a paper stands beside a question, and what is framed on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from flask import get_template_attribute
from markupsafe import Markup, escape

from zonemap.drawing.specimens import NAMED_NOT, Face, Spot, marked, numbered, specimen
from zonemap.rules.desk_translation import ENGLISH
from zonemap.rules.paper_pairs import papers
from zonemap.web.desk_language import speech

LABEL = "{label}"  # in a drawing, in the place of the sentence for people who do not see it
_ANY = "any"
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


@dataclass(frozen=True, slots=True)
class Framed:
    """A drawing of a paper with one place framed. LABEL in it stands for a sentence of ``name`` and ``spot``."""

    face: Face
    spot: Spot
    svg: str

    @property
    def name(self) -> str:
        """The paper's name among the words. Where the place says what the paper is, it names none."""
        return _ANY if self.spot in NAMED_NOT else self.face.value


@cache
def look_here(key: str, heading: str, title: str, language: str = ENGLISH) -> Markup | None:
    """The drawing for a question about a paper, or None for a question about the scene.

    Beside the first words of a paper it unfolds those that are confused most, side by side.
    """
    if key not in _SPOTS:
        return None
    drawn, t = framed(key, heading, title), speech(language)
    label = t.attr("drawing_of", face=t.of("faces", drawn.name), spot=t.of("spots", drawn.spot))
    shown = Markup(drawn.svg.replace(LABEL, escape(label)))  # noqa: S704 - our own drawing, from words of our own
    return shown + compared(language) if key == "top_heading" else shown


def is_drawn(key: str) -> bool:
    """Whether a question is about a place on a paper."""
    return key in _SPOTS


def framed(key: str, heading: str, title: str) -> Framed:
    """The paper that is drawn for a question, with the place framed on it."""
    face, spot = _face(heading, title), _SPOTS[key]
    return Framed(face, spot, specimen(face, spot, state_court=heading == "state_court", label=LABEL))


@cache
def whole_paper(name: str, language: str = ENGLISH) -> Markup:
    """The drawing of a paper with all its marks, by the name that the words about papers give it."""
    state, t = name == _OF_A_STATE, speech(language)
    face = Face.SEARCH if state else Face(name)
    told = ", ".join(f"{number} {t.of('spots', spot)}" for number, spot in numbered(face, state_court=state))
    label = t.attr("drawing_marked", face=t.of("faces", face), marks=told)
    drawn = marked(face, state_court=state, label=label)
    return Markup(drawn)  # noqa: S704 - our own drawing, from words of our own


@cache
def compared(language: str) -> Markup:
    """The papers that are confused most, side by side, to be unfolded."""
    fold = get_template_attribute("desk/_compare.html", "fold")
    drawn = fold(papers(), lambda name: whole_paper(name, language), speech(language))
    return Markup(drawn)  # noqa: S704 - a template, which escapes


def _face(heading: str, title: str) -> Face:
    if heading in ("federal_court", "state_court"):
        return _COURT_FACES.get(title, Face.SEARCH)
    if heading == "dhs":
        return _DHS_FACES.get(title, Face.DHS_OTHER)
    return Face.IMMIGRATION_COURT if heading == "immigration_court" else Face.UNKNOWN
