"""What the desk's templates show, as values: the question with its drawing, the outcome with its map, the calls.

Texts of the rules are English here; templates tell them in the language of the screen (``desk_language.Speech``), and
what is put together from several is told here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import render_template
from markupsafe import Markup

from zonemap.drawing.floor import Look, floor_drawing
from zonemap.geometry.shapes import room_at
from zonemap.model.assessment import Access, AccessZone, Assessment, Outcome, Reason
from zonemap.model.facility import Designation
from zonemap.model.plan import Floor
from zonemap.model.zone import ZoneClass
from zonemap.rules.desk_words import must_nots, words
from zonemap.rules.questions import questions
from zonemap.web.desk_drawings import look_here
from zonemap.web.desk_language import Speech, speech
from zonemap.web.desk_options import Choice, choices
from zonemap.work.desk import CallList, DeskView, ZoneAnswer, call_list, zone_answers
from zonemap.work.desk_turns import Answers, Asked, Given, Walk, answer, walk
from zonemap.work.kept import once_for_each

ZONE_NAMES = {kind: speech().of("zones", kind) for kind in ZoneClass if kind is not ZoneClass.UNDECIDED}
_VIEWS_MOST = 100  # of which the frame of a page is known
_SIGNS = {  # round waits for somebody, square is shut, a diamond waits for a decision
    Outcome.NOT_BY_THIS_PAPER: "not",
    Outcome.NO_PAPER: "not",
    Outcome.RESPONDER_NOW: "go",
    Outcome.REGULATOR: "go",
    Outcome.ESCORT: "go",
    Outcome.HOLD: "hold",
    Outcome.EMERGENCY: "hold",
}


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around every page of the desk."""

    in_force: str
    mark: str  # which table of rules this is: the same stands on the papers made from it
    wait: str  # for how long without an answer, in words
    rules: str
    past: str  # where the rules are past their review date: a sentence
    everybody: CallList
    first_words: str
    pressed: str
    hold_words: tuple[str, ...]
    must_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One answer given so far."""

    field: str
    question: Markup
    answer: Markup


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question."""

    field: str
    title: str
    text: Markup
    where: str
    several: bool
    options: tuple[Choice, ...]
    unsure: Choice
    step: Markup
    said: tuple[Said, ...]
    drawing: Markup | None
    compares: bool  # whether the drawing unfolds papers side by side
    wrong: str  # the key of a text, empty where nothing is
    stay: str  # what keeps this page where another language is pressed


@dataclass(frozen=True, slots=True)
class Group:
    """The rooms of one class on one floor, by name, and what the answer shows for them."""

    kind: ZoneClass
    words: str
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FloorPage:
    """One floor in force: its map, and its rooms by what the answer shows for them."""

    name: str
    number: int
    map: Markup
    groups: tuple[Group, ...]
    open_rooms: tuple[str, ...]
    waiting: str  # where officers are asked to wait, while it is open to the public


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """What to do."""

    sign: str
    answer: Assessment
    banners: tuple[str, ...]  # what has to be seen first
    duties: tuple[str, ...]  # what the law asks of the staff, and how long such a paper runs
    reasons: tuple[Reason, ...]
    papers: tuple[str, ...]  # what each paper is, by itself
    calls: CallList
    floors: tuple[FloorPage, ...]
    access: tuple[tuple[ZoneClass, str], ...]
    said: tuple[Said, ...]
    say: tuple[str, ...]  # after the words that always come first
    next: tuple[str, ...]  # what happens after this
    paper_shown: bool
    reads_on: bool  # an emergency: the paper can still be read
    review_by: str
    standing: Markup


@dataclass(frozen=True, slots=True)
class CallsPage:
    """The call list alone, and the way back."""

    calls: CallList
    decided: bool
    stay: str = "calls"


def outcome_sign(outcome: Outcome) -> str:
    """Which sign stands at the head of an answer."""
    return _SIGNS[outcome]


def shell(view: DeskView, *, today: date, mark: str, t: Speech) -> Shell:
    """The strip, and what the page falls back on when the server does not answer. ``mark`` is the rules' table's."""
    return _shell(view, today, mark, t)


@once_for_each(_VIEWS_MOST)
def _shell(view: DeskView, today: date, mark: str, t: Speech) -> Shell:
    texts = words()
    return Shell(
        in_force=_in_force(view.designations, t),
        mark=t.attr("table", mark=mark) if mark else "",
        wait=t.wait(view.answer_wait_s),
        rules=_rules(view, today, t),
        past=_past(view, today),
        everybody=call_list((), view.contacts, view.off_duty),
        first_words=texts["first"],
        pressed=texts["pressed"],
        hold_words=tuple(texts["scripts"]["S2"]),
        must_not=tuple(each.text for each in must_nots()),
    )


@once_for_each(_VIEWS_MOST)
def unreachable(around: Shell, t: Speech) -> Markup:
    """What every page holds for the moment when the server does not answer: the same for all pages of a view."""
    html = render_template("desk/_unreachable.html", shell=around, t=t)
    return Markup(html)  # noqa: S704 - a template, which escapes


def question_page(
    walked: Walk, answers: Answers, *, before: tuple[str, Given] | None, more: bool, wrong: str, t: Speech
) -> QuestionPage:
    """The open question of a walk. ``before`` is the answer that is being changed; ``more`` shows the rarer titles."""
    question, asked = walked.question, walked.asked
    assert question is not None  # noqa: S101 - the view asks for this page only while a question is open
    assert asked is not None  # noqa: S101 - the two come together
    heading = _heading(answers, asked.paper)
    title = str(answers.given.get(Asked("title", asked.paper), ""))
    options, unsure = choices(question, asked.paper, heading, before=before, more=more)
    text, number, many = t.plain(question.text), len(walked.steps) + 1, asked.paper > 1
    return QuestionPage(
        field=asked.field,
        title=t.attr("of_paper", paper=asked.paper, text=text) if many else text,
        text=_of_paper(t, asked.paper, t.tell(question.text)),
        where=question.look,
        several=question.several,
        options=options,
        unsure=unsure,
        step=t("question_of_paper", paper=asked.paper, number=number) if many else t("question", number=number),
        said=_said(walked.steps, answers, t),
        drawing=look_here(question.key, heading, title, t.language),
        compares=question.key == "top_heading",
        wrong=wrong,
        stay=f"more:{asked.field}" if more else "",
    )


def _of_paper(t: Speech, paper: int, text: Markup) -> Markup:
    return t("of_paper", paper=paper, text=text) if paper > 1 else text


def _heading(answers: Answers, paper: int) -> str:
    """The heading that was told, empty where none was. Whose court it is says that it is a state's court."""
    of_court = "state_court" if Asked("court", paper) in answers.given else ""
    return str(answers.given.get(Asked("top_heading", paper), of_court))


def answer_page(view: DeskView, answers: Answers, *, today: date, t: Speech) -> AnswerPage:
    """The answer for the visit, on this building's floors."""
    whole, each = answer(view.pack, answers, today=today)
    steps, texts = walk(view.pack, answers).steps, words()
    return AnswerPage(
        sign=outcome_sign(whole.outcome),
        answer=whole,
        banners=whole.notes,
        duties=whole.duties,
        reasons=tuple(reason for reason in whole.decided_by if _was_seen(reason, steps)),
        papers=tuple(texts["classes"][paper.paper_class] for paper in each) if len(each) > 1 else (),
        calls=call_list([step.role for step in whole.call], view.contacts, view.off_duty),
        floors=tuple(_floor(whole, designation, at, t) for at, designation in enumerate(view.designations, 1)),
        access=tuple((kind, access_words(whole, kind)) for kind in ZONE_NAMES),
        said=_said(steps, answers, t),
        say=whole.say[1:],
        next=tuple(texts["next"][whole.outcome]),
        paper_shown=answers.given.get(Asked("paper")) in ("paper", "on_phone", "unsure"),
        reads_on=whole.outcome is Outcome.EMERGENCY,
        review_by=t.day(whole.pack.review_by),
        standing=_standing(whole, t),
    )


def calls_page(view: DeskView, answers: Answers) -> CallsPage:
    """Whom to call, from any page."""
    return CallsPage(call_list((), view.contacts, view.off_duty), walk(view.pack, answers).question is None)


def access_words(whole: Assessment, kind: ZoneClass) -> str:
    """What the answer shows for a class of zone, in words."""
    return str(words()["access"][whole.access[AccessZone(kind.value)]])


def _floor(whole: Assessment, designation: Designation, at: int, t: Speech) -> FloorPage:
    floor = designation.floor
    title = t.attr("map_title", floor=floor.name)
    drawn = _drawn(floor, title, at) if floor.rooms else ""
    groups = tuple(_group(each) for each in zone_answers(whole, designation))
    return FloorPage(
        name=floor.name,
        number=designation.number,
        map=Markup(drawn),  # noqa: S704 - our own drawing; names in it are escaped by the drawing
        groups=groups,
        open_rooms=next((group.rooms for group in groups if group.kind is ZoneClass.PUBLIC), ()),
        waiting=_waiting(floor),
    )


@once_for_each(64)  # the same floor at the same hour is drawn once
def _drawn(floor: Floor, title: str, at: int) -> str:
    return floor_drawing(floor, look=Look.SCREEN, title=title, waiting=floor.waiting_spot, prefix=f"floor{at}").svg


def _waiting(floor: Floor) -> str:
    """The room in which officers are asked to wait, where one is named and open to the public at this hour."""
    room = room_at(floor, floor.waiting_spot) if floor.waiting_spot else None
    return room.label if room and room.zone_class is ZoneClass.PUBLIC else ""


def _was_seen(reason: Reason, steps: Iterable[Asked]) -> bool:
    """Whether somebody saw or said it. What nobody was asked decides nothing, and is not told as *I can't tell*."""
    return reason.value != "unsure" or any(asked.key == reason.key for asked in steps)


def _group(each: ZoneAnswer) -> Group:
    return Group(each.zone_class, str(words()["access"][each.access]), tuple(room.label for room in each.rooms))


def _standing(whole: Assessment, t: Speech) -> Markup:
    """How the public rooms are open: as to anyone, unless a statute or the scene says otherwise."""
    if whole.access[AccessZone.PUBLIC] is Access.OPEN:
        return t("standing")
    return t("standing_else", access=t.tell(words()["access"][whole.access[AccessZone.PUBLIC]]))


def _said(steps: Iterable[Asked], answers: Answers, t: Speech) -> tuple[Said, ...]:
    return tuple(
        Said(
            asked.field,
            _of_paper(t, asked.paper, t.tell(questions()[asked.key].short)),
            _answer_words(asked, answers.given[asked], t),
        )
        for asked in steps
    )


def _answer_words(asked: Asked, given: Given, t: Speech) -> Markup:
    said = (given,) if isinstance(given, str) else given
    return Markup(", ").join(t.tell(questions()[asked.key].label(word)) for word in said)


def _in_force(designations: tuple[Designation, ...], t: Speech) -> str:
    if not designations:
        return t.attr("no_designation")
    if len(designations) == 1:
        return t.attr("designation", number=designations[0].number)
    return t.attr("designations", list=", ".join(f"{each.floor.name} {each.number}" for each in designations))


def _past(view: DeskView, today: date) -> str:
    note = view.pack.note(today)
    when = note.reviewed_on
    told = f"{when:%B} {when.day}, {when.year}"
    return str(words()["notes"]["stale"]).format(date=told) if note.stale else ""


def _rules(view: DeskView, today: date, t: Speech) -> str:
    note = view.pack.note(today)
    who = t.attr("reviewed_by", name=note.reviewed_by) if note.reviewed_by else t.attr("not_reviewed")
    past = t.attr("past_review") if note.stale else ""
    day = t.day(note.reviewed_on)
    return t.attr("rules", pack=t.plain(note.name), version=note.version, day=day, who=who, past=past)
