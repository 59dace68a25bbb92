"""What can be chosen for all sheets, as a form that only asks: it changes nothing, so it travels in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from zonemap.model.sign import Language, SignOptions, WordingStatus
from zonemap.web.forms import Form, TextField
from zonemap.work import sign_plans
from zonemap.work.signs import OPERATIVE, languages, never_printed, papers

_USUAL = SignOptions()
PORTRAIT, LANDSCAPE = "portrait", "landscape"
PER_SHEET, POSTERS = ("1", "2", "4"), ("1", "2", "3", "4")
READING_FEET = tuple(map(str, sign_plans.READING_FEET))
UNCHECKED = "not yet checked by a qualified translator"


class SignOptionsForm(Form):
    """Paper, languages beside English, the line to officers, and the policy's number."""

    chosen = HiddenField(default="1")  # tells "no other language" from a first visit
    paper = RadioField("Paper", default="letter", validate_choice=False)
    languages = SelectMultipleField(
        "Languages beside English",
        default=["es"],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="English stands first and is the text that counts.",
    )
    officers_line = BooleanField("Add the line about a judge's paper")
    policy_number = TextField("Policy number on the sheets", most=40, description="Leave it empty where there is none.")

    orientation = RadioField("Which way up", default=PORTRAIT, validate_choice=False)
    per_sheet = SelectField(
        "Signs on a sheet",
        default="1",
        description="More than one: the same sign, for both sides of a door. Badges are always six.",
        validate_choice=False,
    )
    poster = SelectField(
        "Poster",
        default="1",
        description="Sheets to cut and glue: they overlap by 10 mm.",
        validate_choice=False,
    )
    read_from_feet = SelectField(
        "Doors are read from",
        default="10",
        description="How far away people stand. We check the letters against it (ADA Standards, 703.5.5).",
        validate_choice=False,
    )

    def __init__(self, given: MultiDict[str, str]) -> None:
        super().__init__(given if given.get("chosen") else None)
        self.paper.choices = [(paper.name, paper.label) for paper in papers()]
        self.paper_notes = {paper.name: paper.use for paper in papers()}
        self.orientation.choices = [(PORTRAIT, "Tall (portrait)"), (LANDSCAPE, "Wide (landscape)")]
        self.per_sheet.choices = [(each, "1" if each == "1" else f"{each}, with cut marks") for each in PER_SHEET]
        self.poster.choices = [
            (each, "no, one sheet" if each == "1" else f"{each} by {each} sheets") for each in POSTERS
        ]
        self.read_from_feet.choices = [(feet, f"{feet} ft") for feet in READING_FEET]
        self.languages.choices = [(each.code, each.name) for each in languages() if each.code != OPERATIVE]

    def validate_paper(self, field: RadioField) -> None:
        """Only a paper that we have."""
        if field.data not in {paper.name for paper in papers()}:
            raise ValidationError("We do not print on this paper. Choose one of these.")

    def validate_orientation(self, field: RadioField) -> None:
        """The ways of lying on paper go together."""
        if field.data not in (PORTRAIT, LANDSCAPE):
            raise ValidationError("A sign stands or lies. Choose one of these.")

    def validate_per_sheet(self, field: SelectField) -> None:
        """One, two or four."""
        if field.data not in PER_SHEET:
            raise ValidationError("Choose 1, 2 or 4 signs on a sheet.")

    def validate_poster(self, field: SelectField) -> None:
        """A poster takes whole sheets of an upright paper."""
        if field.data not in POSTERS:
            raise ValidationError("A poster is 2, 3 or 4 sheets wide.")
        if field.data != "1" and (self.per_sheet.data != "1" or self.paper.data in ("badge", "tent")):
            raise ValidationError("A poster takes whole sheets. Choose one sign on a sheet, and no badge or tent.")

    def validate_read_from_feet(self, field: SelectField) -> None:
        """One of the distances."""
        if field.data not in READING_FEET:
            raise ValidationError("Choose one of these distances.")

    def validate_languages(self, field: SelectMultipleField) -> None:
        """Only languages that we have texts for."""
        if not set(field.data or ()) <= {each.code for each in languages()} - {OPERATIVE}:
            raise ValidationError("We have no texts in one of these languages. Choose from these.")

    def validate_policy_number(self, field: TextField) -> None:
        """It is printed on every sheet, so it must not say what a sign must never say."""
        phrase = never_printed(field.data or "")
        if phrase:
            raise ValidationError(f"Take out “{phrase}”: it would stand on every sheet. Give the number alone.")


def options_from(form: SignOptionsForm) -> SignOptions:
    """The options that a valid form asks for."""
    return SignOptions(
        paper=form.paper.data,
        languages=(OPERATIVE, *(form.languages.data or ())),
        officers_line=form.officers_line.data,
        policy_number=form.policy_number.data or "",
        orientation=form.orientation.data,
        per_sheet=int(form.per_sheet.data),
        poster=int(form.poster.data),
        read_from_feet=int(form.read_from_feet.data),
    )


def query_of(options: SignOptions) -> dict[str, Any]:
    """Options as the query of an address, in a fixed order."""
    query: dict[str, Any] = {
        "chosen": "1",
        "paper": options.paper,
        "languages": [code for code in options.languages if code != OPERATIVE],
    }
    if options.officers_line:
        query["officers_line"] = "y"
    if options.policy_number:
        query["policy_number"] = options.policy_number
    for name in ("orientation", "per_sheet", "poster", "read_from_feet"):
        if getattr(options, name) != getattr(_USUAL, name):
            query[name] = str(getattr(options, name))
    return query


def unchecked(shown: list[Language]) -> Mapping[str, str]:
    """What to say beside each language that no qualified translator has read, by its code."""
    return {each.code: UNCHECKED for each in shown if each.status is WordingStatus.DRAFTED and each.code != OPERATIVE}
