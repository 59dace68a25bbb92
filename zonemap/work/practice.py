"""Practice at the desk: choose scenarios, go through the desk's own questions, see what was to be seen and why.

What is right follows from the scenario's observations by the rules of the facility, as at the desk. Nothing of a real
visit is read or written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from zonemap.errors import Forbidden, Invalid
from zonemap.model.assessment import Assessment, PaperClass
from zonemap.model.facility import Facility
from zonemap.model.person import Actor
from zonemap.model.practice import FINAL_STEPS, Attempt, Given, Scenario, Verdict
from zonemap.rules import practice as drills
from zonemap.rules.desk_translation import ENGLISH
from zonemap.rules.pack import Pack
from zonemap.rules.practice import by_class, scenario, scenarios
from zonemap.rules.practice_translation import practice_words, scenario_in
from zonemap.rules.questions import UNSURE, Option, Question
from zonemap.storage.store import Books, Store
from zonemap.work.desk_turns import Answers, Asked, answer, walk
from zonemap.work.law import facility_pack
from zonemap.work.permissions import Permission, require, require_own
from zonemap.work.practice_finals import chosen, final_question

ROUND = 5  # scenarios of a set
_NOBODY = "Practice is kept with a person. Sign in with your own account, then practice."


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is asked, and what is right. ``paper`` counts from 1; ``why`` says where it was to be seen."""

    name: str
    paper: int
    question: Question
    right: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Drill:
    """One attempt as a person sees it. ``now`` is None once everything was answered."""

    facility: Facility
    scenario: Scenario
    attempt: Attempt
    answers: Answers  # what was to be answered up to now: the next question follows from it
    done: tuple[Step, ...]
    now: Step | None
    steps: int  # in all
    whole: Assessment


@dataclass(frozen=True, slots=True)
class PracticeHome:
    """What one can practice, and how it went so far. ``wrong`` are scenarios of which the last time had a miss."""

    facility: Facility
    finished: tuple[Attempt, ...]
    wrong: tuple[str, ...]
    names: tuple[tuple[str, str], ...]  # id and name of each scenario
    classes: tuple[tuple[PaperClass, int], ...]


def practice_home(store: Store, actor: Actor, facility_id: str, language: str = ENGLISH) -> PracticeHome:
    """The first page, the visits' names in a language. Raises Forbidden, NotFound."""
    account = _person(actor, facility_id)
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        finished = books.practice.finished(facility_id, account)
    known = scenarios(facility.state)
    return PracticeHome(
        facility=facility,
        finished=tuple(each for each in finished if each.scenario in known),
        wrong=_wrong(finished),
        names=tuple((each.id, scenario_in(each, language).name) for each in known.values()),
        classes=tuple((kind, len(ids)) for kind, ids in by_class().items() if ids),
    )


def choices(store: Store, actor: Actor, facility_id: str, choice: str) -> tuple[str, ...]:
    """The scenarios that a choice is about: "any", "wrong", a class, or one scenario. Raises Invalid, NotFound."""
    home = practice_home(store, actor, facility_id)
    if choice == "any":
        return tuple(name for name, _ in home.names)
    if choice == "wrong":
        found = home.wrong
    elif choice in tuple(PaperClass):
        found = by_class()[PaperClass(choice)]
    else:
        found = tuple(name for name, _ in home.names if name == choice)
    if not found:
        raise Invalid(practice_words()["screen"]["choose_what"])
    return found


def begin(store: Store, actor: Actor, first: Attempt) -> Attempt:
    """Begin a set with its first scenario. Raises NotFound, Invalid."""
    account = _person(actor, first.facility_id)
    if not first.round:
        raise Invalid(practice_words()["screen"]["choose_what"])
    for each in first.round:
        scenario(each)
    with store.begin() as books:
        books.facilities.get(first.facility_id)
        fresh = replace(first, account_id=account, scenario=first.round[0], position=0, given=(), finished_at=None)
        return books.practice.add(fresh)


def go_on(store: Store, actor: Actor, attempt_id: str, *, new_id: str, now: datetime) -> Attempt | None:
    """The next of the set, begun now unless it was already; None after the last. Raises NotFound."""
    with store.begin() as books:
        last = _own(books, actor, attempt_id, for_change=True)
        at = last.position + 1
        if at >= len(last.round):
            return None
        of_set = books.practice.of_round(last.round_id, last.account_id)
        begun = next((each for each in of_set if each.position == at), None)
        following = replace(
            last, id=new_id, position=at, scenario=last.round[at], begun_at=now, given=(), finished_at=None
        )
        return begun or books.practice.add(following)


def drill(store: Store, actor: Actor, attempt_id: str, *, today: date, language: str = ENGLISH) -> Drill:
    """An attempt as it stands, its story and reasons in a language. Raises Forbidden, NotFound."""
    with store.read() as books:
        return _drill(books, _own(books, actor, attempt_id), today, language)


def round_so_far(store: Store, actor: Actor, attempt: Attempt) -> tuple[Attempt, ...]:
    """The attempts of the same set, in order."""
    account = _person(actor, attempt.facility_id)
    with store.read() as books:
        return books.practice.of_round(attempt.round_id, account)


def give(store: Store, actor: Actor, attempt_id: str, *, step: str, said: Sequence[str], now: datetime) -> Attempt:
    """Keep an answer. An answer to a step that is over changes nothing. Raises NotFound, and Invalid for no answer."""
    with store.begin() as books:
        attempt = _own(books, actor, attempt_id, for_change=True)
        found = _drill(books, attempt, now.date(), ENGLISH)
        if found.now is None or found.now.name != step:
            return attempt
        words = _words(found.now.question, said)
        given = (*attempt.given, Given(step, words, verdict(found.now, words)))
        last = len(given) == found.steps
        return books.practice.save(replace(attempt, given=given, finished_at=now if last else None))


def verdict(step: Step, said: Sequence[str]) -> Verdict:
    """How an answer went. *I can't tell* is safe wherever it could be told."""
    if set(said) == set(step.right):
        return Verdict.RIGHT
    return Verdict.SAFE if tuple(said) == (UNSURE,) else Verdict.MISSED


def steps_of(
    pack: Pack, each: Scenario, *, today: date, language: str = ENGLISH
) -> tuple[tuple[Step, ...], tuple[Answers, ...], Assessment]:
    """All steps of a scenario under a pack, what had been answered before each of them, and the answer at the end.
    Reasons are in the ``language`` of the scenario; questions are the desk's, in English.
    """
    answers = Answers(further=max(0, len(each.papers) - 1))
    steps: list[Step] = []
    before: list[Answers] = []
    while (walked := walk(pack, answers)).question is not None:
        assert walked.asked is not None  # noqa: S101 - the two come together
        options = _truth(each, walked.question, walked.asked.paper)
        key, values = options[0].key, tuple(option.value for option in options)
        steps.append(
            Step(
                name=walked.asked.field,
                paper=walked.asked.paper,
                question=walked.question,
                right=values,
                why=drills.why(each, walked.asked.paper, key, values[0], language),
            )
        )
        before.append(answers)
        paper = walked.asked.paper if Asked.of_paper(key) else 1
        answers = answers.with_(Asked(key, paper), values if key == "wants" else values[0])
    whole, _ = answer(pack, answers, today=today)
    asked = {step.question.key for step in steps}
    for name in FINAL_STEPS:
        question = final_question(name, each, whole)
        right, why = chosen(name, whole, asked, language)
        steps.append(Step(name, 1, question, (right,), why))
        before.append(answers)
    return tuple(steps), tuple(before), whole


def _truth(each: Scenario, question: Question, paper: int) -> list[Option]:
    """The answers that are true of the scenario: the first that is, or all of them where several can be chosen."""
    seen = {**each.scene, **(each.papers[paper - 1] if each.papers else {})}
    own_court = any(option.key == "court" for option in question.options)
    true = [
        option
        for option in question.options
        if (option.value in seen["wants"] if option.key == "wants" else seen.get(option.key) == option.value)
    ]
    if own_court and seen.get("top_heading") == "state_court":
        true = [option for option in true if option.key == "court"]
    elif own_court:
        true = [option for option in true if option.key == "top_heading"]
    if not true:
        raise Invalid(f"The scenario {each.id} does not say what is to be seen for {question.key}.")
    return true if question.several else true[:1]


def _words(question: Question, said: Sequence[str]) -> tuple[str, ...]:
    known = {f"{option.key}:{option.value}" for option in question.options}
    words = tuple(dict.fromkeys(each for each in said if each in known))
    if not words or (len(words) > 1 and not question.several):
        raise Invalid(practice_words()["screen"]["choose_answer"])
    return tuple(each.partition(":")[2] for each in words)


def _drill(books: Books, attempt: Attempt, today: date, language: str) -> Drill:
    facility = books.facilities.get(attempt.facility_id)
    found = scenario(attempt.scenario, facility.state, language)
    steps, before, whole = steps_of(facility_pack(books, facility), found, today=today, language=language)
    at = min(len(attempt.given), len(steps))
    if attempt.finished_at is not None:
        at = len(steps)
    return Drill(
        facility=facility,
        scenario=found,
        attempt=attempt,
        answers=before[min(at, len(steps) - 1)],
        done=steps[:at],
        now=steps[at] if at < len(steps) else None,
        steps=len(steps),
        whole=whole,
    )


def _wrong(finished: Sequence[Attempt]) -> tuple[str, ...]:
    """The scenarios whose newest attempt had a miss."""
    newest: dict[str, Attempt] = {}
    for each in finished:
        newest.setdefault(each.scenario, each)
    return tuple(name for name, each in newest.items() if each.count(Verdict.MISSED) and name in scenarios())


def _own(books: Books, actor: Actor, attempt_id: str, *, for_change: bool = False) -> Attempt:
    """An attempt of the actor's own, at a facility that is still one of theirs. Raises Forbidden, NotFound."""
    if not actor.account_id:
        raise Forbidden(_NOBODY)
    found = books.practice.get(attempt_id, actor.account_id, for_change=for_change)
    require_own(actor, found.facility_id, "There is no such practice any more.")
    require(actor, Permission.USE_DESK, at=found.facility_id)
    return found


def _person(actor: Actor, facility_id: str) -> str:
    """The account of whoever practices. A desk's computer has none. Raises Forbidden."""
    require(actor, Permission.USE_DESK, at=facility_id)
    if not actor.account_id:
        raise Forbidden(_NOBODY)
    return actor.account_id
