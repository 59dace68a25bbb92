"""What the templates of practice show, as values."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from zonemap.drawing.practice_paper import practice_paper
from zonemap.model.practice import FINAL_STEPS, Block, DrawnPaper, Given, Verdict
from zonemap.rules.practice import paper_lines
from zonemap.rules.question_texts import Question
from zonemap.web.desk_options import Choice, choices
from zonemap.web.desk_pages import ZONE_NAMES, access_words, outcome_sign
from zonemap.web.practice_language import PracticeSpeech
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


@dataclass(frozen=True, slots=True)
class Button:
    """One answer: what it sends, its words, its number key. ``turn`` shows other titles instead."""

    said: str
    label: Markup
    hint: Markup
    number: int
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """How one step went, in words."""

    number: int
    asked: Markup
    said: Markup
    right: Markup
    verdict: Verdict
    verdict_words: Markup
    why: Markup
    look: Markup


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to look at, and the same as text."""

    picture: Markup
    lines: tuple[Markup, ...]
    number: int


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question, and how the last one went."""

    text: Markup
    look: Markup
    several: bool
    buttons: tuple[Button, ...]
    unsure: Button
    step: Markup
    last: Told | None
    paper: Paper | None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """How it went, and what the desk says about such a visit."""

    told: tuple[Told, ...]
    papers: tuple[Paper, ...]
    sign: str
    access: tuple[tuple[str, Markup], ...]


def question_page(drill: Drill, *, more: bool, t: PracticeSpeech) -> QuestionPage:
    """The open question of an attempt."""
    step = drill.now
    assert step is not None  # noqa: S101 - the view asks for this page only while a question is open
    buttons, unsure = _buttons(drill, step, more=more, t=t)
    told = _told(drill, t)
    return QuestionPage(
        text=_of_paper(drill, step, t.tell(step.question.text), t),
        look=t.tell(step.question.look),
        several=step.question.several,
        buttons=buttons,
        unsure=unsure,
        step=t("step", number=len(drill.done) + 1, steps=drill.steps),
        last=told[-1] if told else None,
        paper=_paper(drill.scenario.drawn[step.paper - 1], step.paper, (), t) if drill.scenario.drawn else None,
    )


def result_page(drill: Drill, t: PracticeSpeech) -> ResultPage:
    """How a finished attempt went."""
    told = _told(drill, t)
    missed = [(step, each) for step, each in zip(drill.done, told, strict=False) if each.verdict is not Verdict.RIGHT]
    papers = tuple(
        _paper(drawn, number, [(step, each.number) for step, each in missed if step.paper == number], t)
        for number, drawn in enumerate(drill.scenario.drawn, 1)
    )
    access = tuple((t.of("zones", kind), t.tell(access_words(drill.whole, kind))) for kind in ZONE_NAMES)
    return ResultPage(told, papers, outcome_sign(drill.whole.outcome), access)


def _buttons(drill: Drill, step: Step, *, more: bool, t: PracticeSpeech) -> tuple[tuple[Button, ...], Button]:
    heading = str(drill.answers.given.get(Asked("top_heading", step.paper), ""))
    heading = heading or ("state_court" if Asked("court", step.paper) in drill.answers.given else "")
    found, unsure = choices(step.question, step.paper, heading, before=None, more=more)
    return tuple(_button(each, t) for each in found), _button(unsure, t)


def _button(each: Choice, t: PracticeSpeech) -> Button:
    said = f"{each.field.rpartition('-')[2]}:{each.value}"
    if each.more:
        turn, label = ("first", "first_titles") if each.back else ("more", "more_titles")
        return Button(said, t(label), Markup(), each.number, turn)
    return Button(said, t.tell(each.label), t.tell(each.hint) if each.hint else Markup(), each.number)


def _told(drill: Drill, t: PracticeSpeech) -> tuple[Told, ...]:
    return tuple(
        _told_of(drill, step, given, number, t)
        for number, (step, given) in enumerate(zip(drill.done, drill.attempt.given, strict=False), 1)
    )


def _told_of(drill: Drill, step: Step, given: Given, number: int, t: PracticeSpeech) -> Told:
    final = step.question.key in FINAL_STEPS
    short = t.word("short", step.question.key) if final else t.tell(step.question.short)
    return Told(
        number=number,
        asked=_of_paper(drill, step, short, t),
        said=_labels(step.question, given.said, t),
        right=_labels(step.question, step.right, t),
        verdict=given.verdict,
        verdict_words=t.word("verdict", given.verdict),
        why=t.said(step.why),
        look=Markup() if final else t.tell(step.question.look),
    )


def _of_paper(drill: Drill, step: Step, text: Markup, t: PracticeSpeech) -> Markup:
    """A text about one paper of several says about which."""
    many = len(drill.scenario.papers) > 1 and Asked.of_paper(step.question.key)
    return t("of_paper", paper=step.paper, text=text) if many else text


def _labels(question: Question, values: tuple[str, ...], t: PracticeSpeech) -> Markup:
    return Markup(", ").join(t.tell(question.label(value)) for value in values)


def _paper(drawn: DrawnPaper, number: int, missed: list[tuple[Step, int]] | tuple[()], t: PracticeSpeech) -> Paper:
    marks: dict[Block, str] = {}
    for step, at in missed:
        block = _BLOCKS.get(step.question.key)
        if block is not None:
            marks[block] = f"{marks[block]} {at}" if block in marks else str(at)
    picture = practice_paper(drawn, title=t.attr("drawing"), marks=marks)
    lines = tuple(t.said(each) for each in paper_lines(drawn, t.language))
    return Paper(Markup(picture), lines, number)  # noqa: S704 - our own drawing, from words of our own
