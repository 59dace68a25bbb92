"""The proof carried to the answers: for each pack and each result, the whole answer on a visit that leads there."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from operator import eq
from typing import Any

from zonemap.model.assessment import AccessZone, Assessment, PaperClass
from zonemap.model.paper import KINDS, PAPER_KEYS, Observations, Shown
from zonemap.rules.access import access_for
from zonemap.rules.assess import assess
from zonemap.rules.classify import deciding_test, read
from zonemap.rules.desk_words import must_nots, words
from zonemap.rules.pack import Pack
from zonemap.rules.proof import Decided, Rules
from zonemap.rules.proof_diagram import Node
from zonemap.rules.proof_space import CONFIDENCE, SPACE, STALE, observations_at
from zonemap.rules.proof_words import claims, urges
from zonemap.rules.state_law import LAWS, AccessTable

TRIED = 3000  # points by chance at which the function and the rules must agree


@dataclass(frozen=True, slots=True)
class PackProof:
    """What was found of one pack: how many results it can give, in date and past it, and what breaks a claim."""

    pack: Pack
    results: int
    breaks: tuple[str, ...]


def of_pack(rules: Rules, pack: Pack) -> PackProof:
    """Every result that the pack can give, looked at as a whole answer."""
    results: list[Decided] = []
    breaks: list[str] = []
    for stale in SPACE[STALE]:
        node = _under(rules, pack, stale=stale)
        for decided in sorted(rules.diagrams.results(node), key=str):
            results.append(decided)
            breaks += [f"{pack.id}: {each}" for each in _of_result(rules, pack, node, decided, stale=stale)]
    return PackProof(pack, len(results), tuple(breaks))


def _under(rules: Rules, pack: Pack, *, stale: bool) -> Node:
    node = rules.diagrams.where(rules.decided, STALE, stale)
    for law in LAWS:
        node = rules.diagrams.where(node, law, getattr(pack, law))
    return node


def _of_result(rules: Rules, pack: Pack, node: Node, decided: Decided, *, stale: bool) -> Iterator[str]:
    confidence = pack.confidence.get(decided.paper_class, "")
    node = rules.diagrams.where(node, CONFIDENCE, confidence)
    point = rules.diagrams.point(node, partial(eq, decided))
    if point is None:
        return  # only with another confidence than this pack's
    today = pack.trusted_until + timedelta(days=stale)  # the last day of trust, or the day after
    answer = assess(pack, observations_at(point), today=today)
    if _decided(decided.place, answer.paper_class, answer.access) != decided:
        yield f"the answer differs from the proof at {point}"
    yield from lacking(answer, tuple(each.text for each in must_nots()), stale=stale)
    yield from (f"a text urges: {text}" for text in _texts(answer) if urges(text))
    yield from (f"a text says what a paper is worth: {text}" for text in _texts(answer) if claims(text))


def _decided(place: str, paper_class: PaperClass, access: AccessTable) -> Decided:
    return Decided(place, paper_class, tuple(access[zone] for zone in AccessZone))


def lacking(answer: Assessment, lines: tuple[str, ...], *, stale: bool) -> Iterator[str]:
    """What an answer lacks: somebody to call, words to say, a citation, every must-not, and that the rules are old.

    ``lines`` are the must-nots of every class, with which those of the answer begin.
    """
    if not all((answer.call, *(step.reason for step in answer.call))):
        yield f"{answer.paper_class} has nobody to call"
    if answer.script not in words()["scripts"] or not answer.say[1:]:
        yield f"{answer.paper_class} has no words to say"
    if answer.must_not[: len(lines)] != lines or len(lines) < _MUST_NOTS:
        yield f"{answer.paper_class} lacks a must-not"
    if not answer.citations:
        yield f"{answer.paper_class} cites nothing"
    if stale and not any("past their review date" in note for note in answer.notes):
        yield "rules past their date are not told"


_MUST_NOTS = 9  # lines of the fact base; they can be added to, never removed


def _texts(answer: Assessment) -> Iterator[str]:
    yield from (answer.headline, *answer.summary, *answer.say, *answer.must_not, *answer.may, *answer.notes)
    yield from (*answer.duties, answer.arrest_in_public, *answer.would_change, *(step.reason for step in answer.call))


# --- the function and the rules are one ----------------------------------------------------------------------------


def differs_from_rules(rules: Rules, some_packs: tuple[Pack, ...], *, tried: int = TRIED) -> Iterator[str]:
    """Points by chance at which the rules themselves, called as the desk calls them, give something else."""
    chance = random.Random(tried)  # noqa: S311 - a spread of points, no secret
    for _ in range(tried):
        pack = chance.choice(some_packs)
        point: dict[str, Any] = {name: chance.choice(values) for name, values in SPACE.items()}
        seen = observations_at(point)
        test = deciding_test(seen)
        access = access_for(test.paper_class, read(seen), pack, stale=point[STALE])
        law = {name: getattr(pack, name) for name in LAWS}
        at = {**point, **law, CONFIDENCE: pack.confidence.get(test.paper_class, "")}
        if rules.at(at) != _decided(test.place, test.paper_class, access):
            yield f"the function differs from the rules at {at}"


def misread(reading: Callable[[Observations], Observations] = read) -> Iterator[str]:
    """``read`` turns *none shown* into *unsure* where a paper is in sight, key by key, and leaves all else alone."""
    for shown in Shown:
        for key in (each for each in PAPER_KEYS if each in KINDS):
            for value in KINDS[key]:
                seen = Observations(paper=shown, **{key: value})  # type: ignore[arg-type]
                blank = seen.paper_shown and value == "none_shown"
                if getattr(reading(seen), key) != ("unsure" if blank else value):
                    yield f"{key} {value} is misread with {shown}"
