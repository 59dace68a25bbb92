"""A visit at the desk as a value: the answers so far, and what each button does to them. Nothing is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from zonemap.model.assessment import Assessment
from zonemap.model.paper import KEYS, PAPER_KEYS, Observations, Shown
from zonemap.rules.assess import assess, together
from zonemap.rules.pack import Pack
from zonemap.rules.questions import SCENE_KEYS, Question, next_question, observed
from zonemap.rules.state_law import LAWS

FURTHER_PAPERS_MOST = 5  # after the first
_WAYS_KNOWN = 10_000  # answers so far of which the next question is known

Given = str | tuple[str, ...]


class Deed(StrEnum):
    """What can be pressed, besides an answer."""

    SAY = "say"
    BACK = "back"
    AGAIN = "again"
    CHANGE = "change"
    CALLS = "calls"
    GOING_IN = "going_in"
    ANOTHER_PAPER = "another"
    GO_ON = "go_on"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its key, and of which paper (1 is the first; the scene belongs to it)."""

    key: str
    paper: int = 1

    @property
    def field(self) -> str:
        """The name of its field in the form."""
        return self.key if self.paper == 1 else f"paper{self.paper}-{self.key}"

    @staticmethod
    def of_paper(key: str) -> bool:
        """Whether a key belongs to a paper, and not to the scene."""
        return key in PAPER_KEYS

    @classmethod
    def named(cls, name: str) -> Asked:
        """The question of a field. Raises ValueError."""
        found = re.fullmatch(r"(?:paper([2-9])-)?([a-z_]+)", name)
        if not found or found[2] not in KEYS:
            raise ValueError(name)
        return cls(found[2], int(found[1] or 1))


_SCENE = frozenset(Asked(key) for key in SCENE_KEYS)
_DANGER, _GOING_IN = Asked("danger_now"), Asked("entering_now")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the clerk said so far. ``further`` counts papers after the first; ``go_on`` reads on after an outcome."""

    given: Mapping[Asked, Given] = field(default_factory=dict)
    further: int = 0
    go_on: bool = False

    def without(self, asked: Asked) -> Answers:
        """The same, with one question open again. The scene is one question, whose answers fill several keys."""
        gone = _SCENE if asked in _SCENE else {asked}
        return replace(self, given={each: said for each, said in self.given.items() if each not in gone})

    def with_(self, asked: Asked, said: Given) -> Answers:
        """The same, with one answer more."""
        return replace(self, given={**self.given, asked: said})


@dataclass(frozen=True, slots=True)
class Walk:
    """The questions that the answers lead through, in the order in which they were asked, and the one that is next.

    ``question`` is None where an outcome stands; ``asked`` is then None as well.
    """

    steps: tuple[Asked, ...]
    asked: Asked | None
    question: Question | None


def walk(pack: Pack, answers: Answers) -> Walk:
    """Go through the questions again, from the first. Answers that nobody would ask for now are passed over."""
    papers = _read(pack, answers)
    steps = tuple(dict.fromkeys(asked for each in papers for asked in each.steps))
    stands = in_emergency(answers) and not answers.go_on
    return Walk(steps, None, None) if stands else Walk(steps, papers[-1].asked, papers[-1].question)


def _read(pack: Pack, answers: Answers) -> list[Walk]:
    """Each paper's questions, up to the paper of which one is open."""
    papers: list[Walk] = []
    for paper in range(1, answers.further + 2):
        papers.append(_read_paper(pack, answers, paper))
        if papers[-1].question:
            break
    return papers


def turned(pack: Pack, answers: Answers, deed: Deed, about: Asked | None = None) -> Answers:
    """The answers after something was pressed."""
    if deed is Deed.AGAIN:
        return Answers()
    if deed is Deed.BACK:
        return _back(pack, answers)
    if deed is Deed.CHANGE and about is not None:
        return answers.without(about)
    if deed is Deed.GOING_IN:
        return replace(answers.with_(_GOING_IN, "yes"), go_on=False)
    if deed is Deed.GO_ON:
        return replace(answers, go_on=True)
    return _another(pack, answers) if deed is Deed.ANOTHER_PAPER else answers


def in_emergency(answers: Answers) -> bool:
    """Whether there is danger, or officers are going in: the answer then stands at once, whatever else is open."""
    return "yes" in (answers.given.get(_DANGER), answers.given.get(_GOING_IN))


def papers_seen(pack: Pack, answers: Answers) -> tuple[Observations, ...]:
    """What was observed, once for each paper; danger and entry are the same in all. Without a paper there is one.

    Each paper stands by itself: who they are and what they ask for counts for a paper where its questions ask for it.
    """
    pressed = ("danger_now", "entering_now")  # also by the button that is on every page, asked or not
    urgent = {key: "yes" for key in pressed if answers.given.get(Asked(key)) == "yes"}
    papers = _read(pack, answers)
    unread = tuple(asked for asked in papers[0].steps if asked.key in (*SCENE_KEYS, "paper"))
    steps = [each.steps for each in papers] + [unread] * (answers.further + 1 - len(papers))
    return tuple(observed({asked.key: answers.given[asked] for asked in each} | urgent) for each in steps)


def answer(pack: Pack, answers: Answers, *, today: date) -> tuple[Assessment, tuple[Assessment, ...]]:
    """The answer for the visit, and the answer for each paper by itself."""
    each = tuple(assess(pack, paper, today=today) for paper in papers_seen(pack, answers))
    return together(each), each


def _read_paper(pack: Pack, answers: Answers, paper: int) -> Walk:
    """The questions of one paper by itself, the scene among them; what was said of another paper counts where asked."""
    steps: list[Asked] = []
    while True:
        question = _next(pack, _as_if_calm({asked.key: answers.given[asked] for asked in steps}))
        if question is None:
            return Walk(tuple(steps), None, None)
        asked = [Asked(key, paper if Asked.of_paper(key) else 1) for key in question.keys]
        answered = [each for each in asked if _counts(each, answers)]
        if not answered:
            return Walk(tuple(steps), asked[0], question)
        steps += answered


@dataclass(frozen=True, slots=True)
class _Law:
    """A pack as the questions see it: what of it changes the access, and nothing else."""

    changes: tuple[bool, ...]
    pack: Pack = field(compare=False)


def _next(pack: Pack, said: Mapping[str, Given]) -> Question | None:
    """The next question. Few visits are new, and each page of a visit asks from the first question again."""
    return _known_next(_Law(tuple(getattr(pack, name) for name in LAWS), pack), frozenset(said.items()))


@lru_cache(_WAYS_KNOWN)
def _known_next(law: _Law, said: frozenset[tuple[str, Given]]) -> Question | None:
    return next_question(law.pack, {key: list(each) if isinstance(each, tuple) else each for key, each in said})


def _counts(asked: Asked, answers: Answers) -> bool:
    """Whether it was answered. In an emergency what was said of the scene before it is over, and counts no more."""
    said = answers.given.get(asked)
    return said is not None and (asked not in _SCENE or said == "yes" or not in_emergency(answers))


def _as_if_calm(said: Mapping[str, Given]) -> dict[str, Given]:
    """An emergency ends the questions; the paper is still read afterwards, so go on as if it had passed."""
    calm = dict.fromkeys(("danger_now", "entering_now"), "no") if "yes" in _scene_of(said) else {}
    return {**said, **calm}


def _scene_of(said: Mapping[str, Given]) -> tuple[Given | None, Given | None]:
    return said.get("danger_now"), said.get("entering_now")


def _back(pack: Pack, answers: Answers) -> Answers:
    """One question back; from *They are going in*, back to before it was pressed."""
    steps = walk(pack, answers).steps
    if answers.given.get(_GOING_IN) == "yes" and len(answers.given) > 1 and not answers.go_on:
        return replace(answers, given={asked: said for asked, said in answers.given.items() if asked != _GOING_IN})
    if in_emergency(answers) and not answers.go_on:
        return answers.without(_DANGER)
    if answers.further and all(asked.paper <= answers.further for asked in steps):
        # Nothing that is asked was said of the last paper yet; a form may carry something all the same.
        given = {asked: said for asked, said in answers.given.items() if asked.paper <= answers.further}
        return replace(answers, given=given, further=answers.further - 1)
    return answers.without(steps[-1]) if steps else answers


def _another(pack: Pack, answers: Answers) -> Answers:
    """The next paper; where none was shown before, the question what they show."""
    reading = replace(answers, go_on=in_emergency(answers))
    if answers.given.get(Asked("paper")) in (None, Shown.NONE, Shown.VERBAL_ONLY):
        calm = reading if _SCENE & set(reading.given) else reading.with_(_DANGER, "no")
        return calm.without(Asked("paper"))  # what they show is asked by itself: the scene is known
    if walk(pack, reading).asked or answers.further >= FURTHER_PAPERS_MOST:
        return reading
    return replace(reading, further=answers.further + 1)
