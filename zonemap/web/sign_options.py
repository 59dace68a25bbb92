"""What can be chosen for all sheets, as a form that only asks: it changes nothing, so it travels in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from zonemap.model.sign import Language, SignOptions, WordingStatus
from zonemap.web.forms import Form, TextField
from zonemap.work.signs import OPERATIVE, languages, never_printed, papers

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

    def __init__(self, given: MultiDict[str, str]) -> None:
        super().__init__(given if given.get("chosen") else None)
        self.paper.choices = [
            (paper.name, f"{paper.label}, read from up to {paper.read_from_feet} ft") for paper in papers()
        ]
        self.languages.choices = [(each.code, each.name) for each in languages() if each.code != OPERATIVE]

    def validate_paper(self, field: RadioField) -> None:
        """Only a paper that we have."""
        if field.data not in {paper.name for paper in papers()}:
            raise ValidationError("We do not print on this paper. Choose one of these.")

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
    return query


def unchecked(shown: list[Language]) -> Mapping[str, str]:
    """What to say beside each language that no qualified translator has read, by its code."""
    return {each.code: UNCHECKED for each in shown if each.status is WordingStatus.DRAFTED and each.code != OPERATIVE}
