"""What the templates of practice show, as values."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from zonemap.drawing.practice_paper import practice_paper
from zonemap.model.practice import Block, DrawnPaper, Given, Verdict
from zonemap.rules.practice import paper_lines, practice_words
from zonemap.rules.question_texts import Question
from zonemap.web.desk_options import choices
from zonemap.web.desk_pages import ZONE_NAMES, access_words, outcome_sign
from zonemap.work.desk_turns import Asked
from zonemap.work.practice import Drill, Step

_BLOCKS = {
    "top_heading": Block.HEADING,
    "court": Block.HEADING,
    "title": Block.TITLE,
    "signer_label": Block.SIGNER,
    "signed": Block.SIGNER,
    "all_pages": Block.PAGES,
    "covers_area_wanted": Block.PLACE,
    "execute_by": Block.TIME,
    "lists_records": Block.THINGS,
}
_SHORT = {"paper_class": "What it is", "outcome": "What to do", "call": "First call"}


@dataclass(frozen=True, slots=True)
class Button:
    """One answer: what it sends, its words, its number key. ``turn`` shows other titles instead."""

    said: str
    label: str
    hint: str
    number: int
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """How one step went, in words."""

    number: int
    asked: str
    said: str
    right: str
    verdict: Verdict
    verdict_words: str
    why: str
    look: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to look at, and the same as text."""

    picture: Markup
    lines: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question, and how the last one went."""

    text: str
    look: str
    several: bool
    buttons: tuple[Button, ...]
    unsure: Button
    step: str
    last: Told | None
    paper: Paper | None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """How it went, and what the desk says about such a visit."""

    told: tuple[Told, ...]
    papers: tuple[Paper, ...]
    sign: str
    access: tuple[tuple[str, str], ...]


def question_page(drill: Drill, *, more: bool) -> QuestionPage:
    """The open question of an attempt."""
    step = drill.now
    assert step is not None  # noqa: S101 - the view asks for this page only while a question is open
    buttons, unsure = _buttons(drill, step, more=more)
    told = _told(drill)
    many = len(drill.scenario.papers) > 1 and Asked.of_paper(step.question.key)
    return QuestionPage(
        text=f"Paper {step.paper}: {step.question.text}" if many else step.question.text,
        look=step.question.look,
        several=step.question.several,
        buttons=buttons,
        unsure=unsure,
        step=f"Step {len(drill.done) + 1} of {drill.steps}",
        last=told[-1] if told else None,
        paper=_paper(drill.scenario.drawn[step.paper - 1], step.paper, ()) if drill.scenario.drawn else None,
    )


def result_page(drill: Drill) -> ResultPage:
    """How a finished attempt went."""
    told = _told(drill)
    missed = [(step, each) for step, each in zip(drill.done, told, strict=False) if each.verdict is not Verdict.RIGHT]
    papers = tuple(
        _paper(drawn, number, [(step, each.number) for step, each in missed if step.paper == number])
        for number, drawn in enumerate(drill.scenario.drawn, 1)
    )
    access = tuple((name, access_words(drill.whole, kind)) for kind, name in ZONE_NAMES.items())
    return ResultPage(told, papers, outcome_sign(drill.whole.outcome), access)


def _buttons(drill: Drill, step: Step, *, more: bool) -> tuple[tuple[Button, ...], Button]:
    heading = str(drill.answers.given.get(Asked("top_heading", step.paper), ""))
    heading = heading or ("state_court" if Asked("court", step.paper) in drill.answers.given else "")
    found, unsure = choices(step.question, step.paper, heading, before=None, more=more)
    buttons = []
    for each in found:
        key = each.field.rpartition("-")[2]
        turn = ("first" if each.back else "more") if each.more else ""
        buttons.append(Button(f"{key}:{each.value}", each.label, each.hint, each.number, turn))
    key = unsure.field.rpartition("-")[2]
    return tuple(buttons), Button(f"{key}:{unsure.value}", unsure.label, unsure.hint, 0)


def _told(drill: Drill) -> tuple[Told, ...]:
    many = len(drill.scenario.papers) > 1
    return tuple(
        _told_of(step, given, number, many=many)
        for number, (step, given) in enumerate(zip(drill.done, drill.attempt.given, strict=False), 1)
    )


def _told_of(step: Step, given: Given, number: int, *, many: bool) -> Told:
    short = _SHORT.get(step.question.key) or step.question.short
    return Told(
        number=number,
        asked=f"Paper {step.paper}: {short}" if many and Asked.of_paper(step.question.key) else short,
        said=_labels(step.question, given.said),
        right=_labels(step.question, step.right),
        verdict=given.verdict,
        verdict_words=practice_words()["verdict"][given.verdict],
        why=step.why,
        look="" if step.question.key in _SHORT else step.question.look,
    )


def _labels(question: Question, values: tuple[str, ...]) -> str:
    return ", ".join(question.label(value) for value in values)


def _paper(drawn: DrawnPaper, number: int, missed: list[tuple[Step, int]] | tuple[()]) -> Paper:
    marks: dict[Block, str] = {}
    for step, at in missed:
        block = _BLOCKS.get(step.question.key)
        if block is not None:
            marks[block] = f"{marks[block]} {at}" if block in marks else str(at)
    picture = practice_paper(drawn, title="Drawing of the paper. The same words follow as text.", marks=marks)
    return Paper(Markup(picture), paper_lines(drawn), number)  # noqa: S704 - our own drawing, from words of our own
