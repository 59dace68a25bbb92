"""What the desk's templates show, as values: the question with its drawing, the outcome with its map, the calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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
from zonemap.web.desk_options import Choice, choices
from zonemap.work.desk import CallList, DeskView, ZoneAnswer, call_list, zone_answers
from zonemap.work.desk_turns import Answers, Asked, Given, Walk, answer, walk
from zonemap.work.kept import once_for_each

ZONE_NAMES = {
    ZoneClass.PUBLIC: "Public",
    ZoneClass.PRIVATE: "Private",
    ZoneClass.RESIDENTIAL: "Residential",
    ZoneClass.RECORDS: "Records",
    ZoneClass.OUTDOOR_PRIVATE: "Outdoor private",
}
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
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question."""

    field: str
    title: str
    text: str
    where: str
    several: bool
    options: tuple[Choice, ...]
    unsure: Choice
    step: str
    said: tuple[Said, ...]
    drawing: Markup | None
    compares: bool  # whether the drawing unfolds papers side by side
    wrong: str


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
    duties: tuple[str, ...]  # what the state asks of the staff
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
    standing: str


@dataclass(frozen=True, slots=True)
class CallsPage:
    """The call list alone, and the way back."""

    calls: CallList
    decided: bool


def outcome_sign(outcome: Outcome) -> str:
    """Which sign stands at the head of an answer."""
    return _SIGNS[outcome]


def shell(view: DeskView, *, today: date, mark: str) -> Shell:
    """The strip, and what the page falls back on when the server does not answer. ``mark`` is the rules' table's."""
    texts = words()
    return Shell(
        in_force=_in_force(view.designations),
        mark=f"Table {mark}" if mark else "",
        wait=wait_words(view.answer_wait_s),
        rules=_rules(view, today),
        past=_past(view, today),
        everybody=call_list((), view.contacts, view.off_duty),
        first_words=texts["first"],
        pressed=texts["pressed"],
        hold_words=tuple(texts["scripts"]["S2"]),
        must_not=tuple(each.text for each in must_nots()),
    )


def question_page(
    walked: Walk, answers: Answers, *, before: tuple[str, Given] | None, more: bool, wrong: str
) -> QuestionPage:
    """The open question of a walk. ``before`` is the answer that is being changed; ``more`` shows the rarer titles."""
    question, asked = walked.question, walked.asked
    assert question is not None  # noqa: S101 - the view asks for this page only while a question is open
    assert asked is not None  # noqa: S101 - the two come together
    heading = _heading(answers, asked.paper)
    title = str(answers.given.get(Asked("title", asked.paper), ""))
    options, unsure = choices(question, asked.paper, heading, before=before, more=more)
    number = f"Paper {asked.paper}, question" if asked.paper > 1 else "Question"
    text = f"Paper {asked.paper}: {question.text}" if asked.paper > 1 else question.text
    return QuestionPage(
        field=asked.field,
        title=text,
        text=text,
        where=question.look,
        several=question.several,
        options=options,
        unsure=unsure,
        step=f"{number} {len(walked.steps) + 1}",
        said=_said(walked.steps, answers),
        drawing=look_here(question.key, heading, title),
        compares=question.key == "top_heading",
        wrong=wrong,
    )


def _heading(answers: Answers, paper: int) -> str:
    """The heading that was told, empty where none was. Whose court it is says that it is a state's court."""
    of_court = "state_court" if Asked("court", paper) in answers.given else ""
    return str(answers.given.get(Asked("top_heading", paper), of_court))


def answer_page(view: DeskView, answers: Answers, *, today: date) -> AnswerPage:
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
        floors=tuple(_floor(whole, designation, at) for at, designation in enumerate(view.designations, 1)),
        access=tuple((kind, access_words(whole, kind)) for kind in ZONE_NAMES),
        said=_said(steps, answers),
        say=whole.say[1:],
        next=tuple(texts["next"][whole.outcome]),
        paper_shown=answers.given.get(Asked("paper")) in ("paper", "on_phone", "unsure"),
        reads_on=whole.outcome is Outcome.EMERGENCY,
        review_by=date_words(whole.pack.review_by),
        standing=_standing(whole),
    )


def calls_page(view: DeskView, answers: Answers) -> CallsPage:
    """Whom to call, from any page."""
    return CallsPage(call_list((), view.contacts, view.off_duty), walk(view.pack, answers).question is None)


def access_words(whole: Assessment, kind: ZoneClass) -> str:
    """What the answer shows for a class of zone, in words."""
    return str(words()["access"][whole.access[AccessZone(kind.value)]])


def date_words(day: date) -> str:
    """A day as it is written in small print: Nov 24, 2026."""
    return f"{day:%b} {day.day}, {day.year}"


def wait_words(seconds: int) -> str:
    """A time to wait as it is said: 45 seconds, 2 minutes, 1 minute 30 seconds."""
    minutes, rest = divmod(seconds, 60)
    parts = ((minutes, "minute"), (rest, "second"))
    return " ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in parts if number)


def _floor(whole: Assessment, designation: Designation, at: int) -> FloorPage:
    floor = designation.floor
    title = f"Map of {floor.name}: the thick line parts what is open to the public from the rest. See the table."
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


def _standing(whole: Assessment) -> str:
    """How the public rooms are open: as to anyone, unless a statute or the scene says otherwise."""
    if whole.access[AccessZone.PUBLIC] is Access.OPEN:
        return "Inside the thick line, like any visitor:"
    return f"{words()['access'][whole.access[AccessZone.PUBLIC]]}. Open to any visitor:"


def _said(steps: Iterable[Asked], answers: Answers) -> tuple[Said, ...]:
    return tuple(Said(asked.field, _asked_words(asked), _answer_words(asked, answers.given[asked])) for asked in steps)


def _asked_words(asked: Asked) -> str:
    short = questions()[asked.key].short
    return f"Paper {asked.paper}: {short}" if asked.paper > 1 else short


def _answer_words(asked: Asked, given: Given) -> str:
    return ", ".join(questions()[asked.key].label(word) for word in ((given,) if isinstance(given, str) else given))


def _in_force(designations: tuple[Designation, ...]) -> str:
    if not designations:
        return "No floor is designated yet"
    if len(designations) == 1:
        return f"Designation {designations[0].number}"
    return "Designations: " + ", ".join(f"{each.floor.name} {each.number}" for each in designations)


def _past(view: DeskView, today: date) -> str:
    note = view.pack.note(today)
    when = note.reviewed_on
    told = f"{when:%B} {when.day}, {when.year}"
    return str(words()["notes"]["stale"]).format(date=told) if note.stale else ""


def _rules(view: DeskView, today: date) -> str:
    note = view.pack.note(today)
    who = f"reviewed by {note.reviewed_by}" if note.reviewed_by else "not reviewed by counsel"
    past = ", past their review date" if note.stale else ""
    return f"Rules: {note.name}, version {note.version} of {date_words(note.reviewed_on)}: {who}{past}"
