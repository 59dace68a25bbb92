"""The desk's one form: every answer given so far, and what was pressed. Nothing is kept between two pages but this."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field, Form
from wtforms.widgets import HiddenInput

from zonemap.model.paper import KINDS, Want
from zonemap.work.desk_turns import FURTHER_PAPERS_MOST, Answers, Asked, Deed, Given, in_emergency

NOT_AN_ANSWER, TICK_ONE = "not_an_answer", "tick_one"  # keys of the texts of the screens
# One stands for a paper that does not exist, the other for a question that nobody asked: no clerk can say them.
_NEVER_SAID = ("none_shown", "not_asked")
_ASKED: dict[str, type[StrEnum]] = {**KINDS, "wants": Want}


class AnswerField(Field):
    """One answer as it travels: a word of its kind, or none yet. ``many`` allows several words."""

    widget = HiddenInput()

    def __init__(self, label: str = "", *, kind: type[StrEnum], many: bool = False, **more: Any) -> None:
        super().__init__(label, **more)
        self.words = frozenset(word.value for word in kind if word.value not in _NEVER_SAID)
        self.many = many

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the words. Raises ValueError, which WTForms shows, for any other word and for two where one is due."""
        said = list(dict.fromkeys(valuelist))
        if not said:
            return
        if not self.words.issuperset(said) or (len(said) > 1 and not self.many):
            self.data = None
            raise ValueError(NOT_AN_ANSWER)
        self.data = tuple(said) if self.many else said[0]


def _form(keys: Mapping[str, type[StrEnum]]) -> type[Form]:
    fields = {key: AnswerField(kind=kind, many=key == "wants") for key, kind in keys.items()}
    return type("AnswersForm", (Form,), fields)


_first_form = _form(_ASKED)
_further_form = _form({key: kind for key, kind in KINDS.items() if Asked.of_paper(key)})


@dataclass(frozen=True, slots=True)
class Sent:
    """What came in: the answers that can be used, what is wrong with the others (a key of the screen's texts), and what
    was pressed."""

    answers: Answers
    wrong: Mapping[Asked, str]
    deed: Deed
    about: Asked | None  # what the deed is about: the answer to change


def sent(values: MultiDict[str, str]) -> Sent:
    """Read the form. What cannot be used is named in ``wrong`` and left out; the rest is kept."""
    further = _count(values.get("further", ""))
    given: dict[Asked, Given] = {}
    wrong: dict[Asked, str] = {}
    for asked, field in _fields(values, further):
        if field.errors or field.process_errors:
            wrong[asked] = NOT_AN_ANSWER
        elif field.data is not None:
            given[asked] = field.data
    # Another language was pressed: the page stays the one it was.
    deed, about = _deed(values.get("stay" if values.get("language") else "do", ""))
    if about and about.key == "wants" and deed is Deed.SAY and about not in {*given, *wrong}:
        wrong[about] = TICK_ONE
    return Sent(Answers(given, further, go_on=values.get("go_on") == "1"), wrong, deed, about)


def carried(answers: Answers) -> tuple[tuple[str, str], ...]:
    """The answers as hidden fields: name and value."""
    fields = [
        (asked.field, word)
        for asked, given in answers.given.items()
        for word in ((given,) if isinstance(given, str) else given)
    ]
    further = [("further", str(answers.further))] if answers.further else []
    go_on = [("go_on", "1")] if answers.go_on and in_emergency(answers) else []
    return (*fields, *further, *go_on)


def _fields(values: MultiDict[str, str], further: int) -> Iterator[tuple[Asked, Field]]:
    for field in _first_form(values):
        yield Asked(field.name), field
    for number in range(2, further + 2):
        for field in _further_form(values, prefix=f"paper{number}-"):
            yield Asked(field.short_name, number), field


def _count(text: str) -> int:
    return min(int(text), FURTHER_PAPERS_MOST) if re.fullmatch(r"[0-9]", text) else 0


def _deed(text: str) -> tuple[Deed, Asked | None]:
    """What was pressed: a deed, or a deed and the field it is about. Anything else counts as an answer."""
    name, _, field = text.partition(":")
    try:
        return Deed(name), Asked.named(field) if field else None
    except ValueError:
        return Deed.SAY, None
