"""What all forms share. Errors stand beside the field; the token is checked by ``guard`` before any view runs."""

from __future__ import annotations

import unicodedata
from typing import Any, Self

from flask import request
from markupsafe import Markup
from wtforms import Form as PlainForm
from wtforms import SelectMultipleField, StringField, TimeField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs
from wtforms.fields.core import Field
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from zonemap.errors import Invalid
from zonemap.web.guard import form_token

RELOAD = "Load the page again."  # a hidden field that nobody can have typed is wrong
_SEARCH_MOST, _FIGURES_MOST = 100, 8
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def cleaned(text: str | None) -> str:
    """Text from a field: composed, without control and direction characters, single spaces inside, none around."""
    composed = unicodedata.normalize("NFC", text or "")
    visible = "".join(" " if char.isspace() else char for char in composed if char.isspace() or _is_text(char))
    return " ".join(visible.split())


def _is_text(char: str) -> bool:
    # Cc controls, Cf directions and joiners, Cs lone surrogates, Cn and Co nothing that a font has
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn", "Co") or char in "\u200c\u200d"


class TextField(StringField):
    """One line of text, cleaned, of at most ``most`` characters."""

    def __init__(self, label: str, validators: Any = (), *, most: int = 120, **more: Any) -> None:
        limit = Length(max=most, message=f"Use at most {most} characters.")
        super().__init__(label, [*validators, limit], filters=[cleaned], **more)


def days_field() -> SelectMultipleField:
    """Days of the week to tick, 0 is Monday; at least one."""
    return SelectMultipleField(
        "Days",
        coerce=int,
        choices=[SelectChoice(value=str(day), label=name) for day, name in enumerate(DAY_NAMES)],
        validators=[InputRequired("Tick at least one day.")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="The days on which these hours begin.",
    )


class ClockField(TimeField):
    """A time of day; what is none gets a sentence with an example."""

    def __init__(self, label: str, example: str, **more: Any) -> None:
        self._wrong = f"Give a time such as {example}."
        super().__init__(label, [InputRequired(self._wrong)], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """What was sent. Raises ValueError with the sentence."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(self._wrong) from error


class Form(PlainForm):
    """A form that changes something. Its HTML carries the token: ``{{ csrf() }}`` of ``_macros/form.html``.

    A form that only asks (method GET) needs no token and may derive from this, too.
    """

    @classmethod
    def sent(cls, **more: Any) -> Self:
        """The form as it was sent; empty, with what ``more`` gives, on GET."""
        return cls(request.form if request.method == "POST" else None, **more)

    def accepts(self) -> bool:
        """Whether it was sent, and is in order."""
        return request.method == "POST" and self.validate()

    def text(self, name: str) -> str:
        """What stands in a field, as text; empty where nothing does."""
        return str(self[name].data or "")

    def refuse(self, error: Invalid) -> None:
        """Show an error of ``work`` beside the fields it names, or above the form."""
        shown = False
        for name, sentence in error.fields.items():
            if name in self:
                _add(self[name], sentence)
                shown = True
        if not shown:
            self.form_errors.append(error.message)


def refused(form: Form) -> Form:
    """A form of hidden fields that was refused: its sentences stand above the page, since no field is to be seen."""
    sentences = [sentence for field in form for sentence in field.errors]
    form.form_errors.extend(dict.fromkeys(sentences))
    for field in form:
        field.errors = []
    return form


def asked_search() -> str:
    """What is looked for in a list, from the address (``q``)."""
    return cleaned(request.args.get("q", ""))[:_SEARCH_MOST]


def asked_page() -> int:
    """Which page of a list, from the address (``page``); the first where that is no number."""
    text = request.args.get("page", "")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < _FIGURES_MOST else 1


def _add(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


def csrf_input() -> Markup:
    """The hidden input that carries the token."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(form_token())
