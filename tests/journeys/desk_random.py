"""Random visits at the desk, as the server takes them: what was pressed, and what each press led to."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

from zonemap.model.assessment import AccessZone, Assessment
from zonemap.rules.assess import assess
from zonemap.rules.desk_words import words
from zonemap.rules.pack import Pack
from zonemap.rules.questions import Question, next_question, observed
from zonemap.work.desk_turns import Answers, Asked, Deed, Walk, answer, in_emergency, turned, walk

Press = dict[str, Any]
_PRESSES_MOST = 40


def visits(pack: Pack, today: date, seed: int, count: int) -> Iterator[list[Press]]:
    """Visits of a clerk who mostly answers, and sometimes goes back, changes an answer or presses a button."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    for _ in range(count):
        yield _visit(pack, today, chance)


def _visit(pack: Pack, today: date, chance: random.Random) -> list[Press]:
    answers, presses = Answers(), []
    walked = walk(pack, answers)
    while len(presses) < _PRESSES_MOST:
        press, answers = _pressed(pack, answers, walked, chance)
        walked = walk(pack, answers)
        presses.append(press | {"asked": walked.asked.field if walked.asked else ""})
        if walked.asked is None and chance.random() < 0.6:
            break
    if walked.asked is None:
        presses[-1]["answer"] = answer_document(pack, answers, walked, today)
    return presses


def _pressed(pack: Pack, answers: Answers, walked: Walk, chance: random.Random) -> tuple[Press, Answers]:
    if walked.question and walked.asked and chance.random() < 0.93:
        return _answered(answers, walked, chance)
    about = chance.choice(walked.steps) if walked.steps else None
    deeds = [Deed.BACK, Deed.GOING_IN, Deed.ANOTHER_PAPER, *([Deed.CHANGE] if about else [])]
    deed = chance.choice([*deeds, Deed.GO_ON, Deed.ANOTHER_PAPER] if in_emergency(answers) else deeds)
    return {"deed": deed.value, "about": about.field if about else ""}, turned(pack, answers, deed, about)


def _answered(answers: Answers, walked: Walk, chance: random.Random) -> tuple[Press, Answers]:
    question, asked = walked.question, walked.asked
    assert question
    assert asked
    options = [option for option in question.options if option.value != "unsure" or chance.random() < 0.5]
    option = chance.choice(options)
    of = Asked(option.key, asked.paper if Asked.of_paper(option.key) else 1)
    if not question.several:
        return {"field": of.field, "said": option.value}, answers.with_(of, option.value)
    several = tuple(each.value for each in chance.sample(options, chance.randint(1, 4)))
    return {"field": of.field, "said": list(several)}, answers.with_(of, several)


def answer_document(pack: Pack, answers: Answers, walked: Walk, today: date) -> dict[str, Any]:
    """What the page of an answer shows, as the script has it."""
    whole, each = answer(pack, answers, today=today)
    return shown(whole, each, walked)


def shown(whole: Assessment, each: tuple[Assessment, ...], walked: Walk) -> dict[str, Any]:
    """The same, of an answer that is known."""
    keys = {asked.key for asked in walked.steps}
    return {
        "outcome": whole.outcome.value,
        "class": whole.paper_class.value,
        "headline": whole.headline,
        "summary": list(whole.summary),
        "say": list(whole.say[1:]),
        "mustNot": list(whole.must_not),
        "may": list(whole.may),
        "call": [step.role.value for step in whole.call],
        "arrest": whole.arrest_in_public,
        "notes": list(whole.notes),
        "duties": list(whole.duties),
        "citations": list(whole.citations),
        "change": list(whole.would_change),
        "access": [whole.access[zone].value for zone in AccessZone],
        "reasons": [
            {"words": reason.words, "so": reason.so}
            for reason in whole.decided_by
            if reason.value != "unsure" or reason.key in keys
        ],
        "papers": [str(words()["classes"][paper.paper_class]) for paper in each] if len(each) > 1 else [],
    }


class Paths:
    """Random ways through the questions of one paper. What the rules say of a state is asked of them once."""

    def __init__(self, pack: Pack, today: date) -> None:
        self.pack, self.today = pack, today
        self._next: dict[Any, Question | None] = {}
        self._answers: dict[Any, dict[str, Any]] = {}

    def take(self, seed: int, count: int) -> Iterator[list[Press]]:
        chance = random.Random(seed)  # noqa: S311 - no secret
        for _ in range(count):
            yield self._path(chance)

    def _path(self, chance: random.Random) -> list[Press]:
        said: dict[str, Any] = {}
        presses: list[Press] = []
        while question := self._question(said):
            option = chance.choice(
                [each for each in question.options if each.value != "unsure" or chance.random() < 0.5]
            )
            value: Any = option.value
            if question.several:
                value = tuple(each.value for each in chance.sample(question.options, chance.randint(1, 4)))
            said[option.key] = value
            presses.append({"field": option.key, "said": value})
            following = self._question(said)
            presses[-1]["asked"] = following.keys[0] if following else ""
        presses[-1]["answer"] = self._answer(said)
        return presses

    def _question(self, said: dict[str, Any]) -> Question | None:
        state = frozenset(said.items())
        if "yes" in (said.get("danger_now"), said.get("entering_now")):
            return None
        if state not in self._next:
            self._next[state] = next_question(self.pack, as_lists(said))
        return self._next[state]

    def _answer(self, said: dict[str, Any]) -> dict[str, Any]:
        state = frozenset(said.items())
        if state not in self._answers:
            answers = Answers({Asked(key): value for key, value in said.items()})
            walked = Walk(tuple(answers.given), None, None)
            whole = assess(self.pack, observed(as_lists(said)), today=self.today)
            self._answers[state] = shown(whole, (whole,), walked)
        return self._answers[state]


def as_lists(said: dict[str, Any]) -> dict[str, Any]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in said.items()}
