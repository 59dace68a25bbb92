"""The answers to a question as buttons: at most nine with a number key, and key 0 for *I can't tell*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zonemap.rules.desk_translation import screen_words
from zonemap.rules.questions import Option, Question
from zonemap.work.desk_turns import Asked, Given

_KEYS = 9

# Where a question has more answers than keys, the first page holds those seen most under the heading.
# The rest is one press away, so that no answer is out of reach.
_COURT = (
    "search_and_seizure_warrant",
    "search_warrant",
    "arrest_warrant",
    "order",
    "subpoena",
    "grand_jury_subpoena",
    "entry_or_inspection_warrant",
    "application_or_affidavit",
)
_DHS = (
    "warrant_for_arrest_of_alien",
    "warrant_of_removal",
    "subpoena",
    "immigration_detainer",
    "notice_to_appear",
    "notice_of_inspection",
    "letter_or_request",
    "order",
)
_OTHERS = (
    "order",
    "subpoena",
    "notice_to_appear",
    "notice_of_inspection",
    "letter_or_request",
    "entry_or_inspection_warrant",
    "search_warrant",
    "application_or_affidavit",
)
_FIRST: Mapping[str, tuple[str, ...]] = {"federal_court": _COURT, "state_court": _COURT, "dhs": _DHS}


def first_titles() -> dict[str, tuple[str, ...]]:
    """The titles of the first page by heading; under "" those of every other heading."""
    return {**_FIRST, "": _OTHERS}


@dataclass(frozen=True, slots=True)
class Choice:
    """One button. ``now`` marks the answer that is being changed; ``more`` opens the rest, ``back`` closes it."""

    field: str
    value: str
    label: str
    number: int
    hint: str = ""
    now: bool = False
    more: bool = False
    back: bool = False


def choices(
    question: Question, paper: int, heading: str, *, before: tuple[str, Given] | None, more: bool
) -> tuple[tuple[Choice, ...], Choice]:
    """The buttons of a question, and *I can't tell*, always there. ``before`` is the key and the answer to mark."""
    unsure = next(option for option in question.options if option.value == "unsure")
    options = [option for option in question.options if option is not unsure]
    shown = _page(options, heading, more=more) if len(options) > _KEYS else options
    buttons = [_choice(option, paper, number, before) for number, option in enumerate(shown, 1)]
    if len(options) > _KEYS:
        buttons.append(_the_rest(len(buttons) + 1, more=more))
    return tuple(buttons), _choice(unsure, paper, 0, before)


def _choice(option: Option, paper: int, number: int, before: tuple[str, Given] | None) -> Choice:
    key, said = before or ("", ())
    now = option.key == key and option.value in ((said,) if isinstance(said, str) else said)
    asked = Asked(option.key, paper if Asked.of_paper(option.key) else 1)
    return Choice(asked.field, option.value, option.label, number, option.hint, now)


def _page(options: list[Option], heading: str, *, more: bool) -> list[Option]:
    first = _FIRST.get(heading, _OTHERS)
    if more:
        return [option for option in options if option.value not in first]
    return sorted((option for option in options if option.value in first), key=lambda each: first.index(each.value))


def _the_rest(number: int, *, more: bool) -> Choice:
    label = screen_words()["screen"]["first_titles" if more else "more_titles"]
    return Choice("", "", label, number, more=True, back=more)
