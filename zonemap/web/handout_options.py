"""What can be chosen for handouts, as a form that only asks: it changes nothing, so it travels in the address."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from zonemap.model.handout import CARDS, HandoutOptions
from zonemap.rules.handout_texts import OPERATIVE, handout_languages
from zonemap.web.forms import Form
from zonemap.work.handouts import LANGUAGES_MOST, PAPERS

_PAPER_NAMES = {"letter": "Letter", "a4": "A4", "tabloid": "Tabloid, for posters"}


class HandoutForm(Form):
    """Languages, paper, letters, cards on a sheet."""

    chosen = HiddenField(default="1")  # tells "no other language" from a first visit
    languages = SelectMultipleField(
        "Languages",
        default=[OPERATIVE],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="Each language on a sheet of its own.",
    )
    paper = RadioField("Paper", default="letter", choices={name: _PAPER_NAMES[name] for name in PAPERS})
    large = BooleanField("Large print, 18 points and more")
    cards = RadioField(
        "Wallet cards on a sheet", default="10", choices={str(each): f"{each}, with cut marks" for each in CARDS}
    )

    def __init__(self, given: MultiDict[str, str]) -> None:
        super().__init__(given if given.get("chosen") else None)
        self.languages.choices = [(each.code, each.name) for each in handout_languages()]

    def validate_languages(self, field: SelectMultipleField) -> None:
        """Some of those that we have texts in."""
        if not field.data or len(field.data) > LANGUAGES_MOST:
            raise ValidationError(f"Choose 1 to {LANGUAGES_MOST} languages.")
        if not set(field.data) <= {each.code for each in handout_languages()}:
            raise ValidationError("We have no texts in one of these languages. Choose from these.")


def options_from(form: HandoutForm) -> HandoutOptions:
    """The options that a valid form asks for."""
    return HandoutOptions(
        tuple(form.languages.data or ()), form.paper.data, bool(form.large.data), int(form.cards.data)
    )


def query_of(options: HandoutOptions) -> dict[str, Any]:
    """Options as the query of an address, in a fixed order."""
    query: dict[str, Any] = {"chosen": "1", "languages": list(options.languages), "paper": options.paper}
    if options.large:
        query["large"] = "y"
    return query | {"cards": str(options.cards)}
