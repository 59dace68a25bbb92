"""The desk's rules as one table of plain JSON: questions that lead to outcomes, made from the rules and never by hand.

A browser walks it where there is no server. One paper is a path through ``nodes``: each asks a question of ``ask`` or
none, leads on by ``to``, and holds an outcome for each ``column``: the scene in which the paper is read. States from
which everything else is the same are one node. What no rule tells apart is one value (``alike``); that they are the
same, and that every path gives what Python gives, is tested with many thousand visits.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cmp_to_key
from hashlib import sha256
from itertools import combinations
from types import MappingProxyType
from typing import Any

from zonemap.model.assessment import Access, AccessZone, Assessment, Outcome, Reason
from zonemap.model.paper import PAPER_KEYS, Heading
from zonemap.rules.assess import assess
from zonemap.rules.classify import paper_class, without_scene
from zonemap.rules.desk_words import words
from zonemap.rules.pack import Pack
from zonemap.rules.question_texts import meaning
from zonemap.rules.questions import (
    SCENE_KEYS,
    UNSURE,
    UNSURE_MOST,
    Question,
    next_question,
    observed,
    questions,
    unsure_count,
)
from zonemap.rules.strictest import strictest
from zonemap.work.desk_turns import FURTHER_PAPERS_MOST

Said = Mapping[str, Any]

SCENE = (*SCENE_KEYS, "paper")
_ALIKE: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "agency": (
            ("ice", "cbp", "hsi"),
            ("other", "us_marshal", "fbi_dea_other_federal", "local_or_state_police", "private_guard"),
        ),
        "wants": (
            ("records", "video_or_visitor_log"),
            ("arrest_person", "talk_to_person"),
            ("other", "public_only", "enter_private", "search_place", "inspect_business"),
        ),
        "title": (
            ("search_warrant", "search_and_seizure_warrant"),
            ("letter_or_request", "immigration_detainer", "notice_to_appear"),
            ("other", "application_or_affidavit"),
        ),
        "signer_label": (("clerk", "issuing_officer"), ("attorney", "none")),
    }
)
ALIKE: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {key: {each: words[0] for words in every for each in words} for key, every in _ALIKE.items()}
)
_CALM: tuple[Said, ...] = ({}, {"danger_now": "no"}, {"danger_now": UNSURE}, {"custody_escort": "yes"})
_PASSED: tuple[Said, ...] = (  # an emergency, read on as if it had passed
    {"danger_now": "no", "entering_now": "no"},
    {"danger_now": "no", "entering_now": "no", "custody_escort": "yes"},
)
_URGENT: tuple[Said, ...] = (
    {"danger_now": "yes"},
    {"entering_now": "yes"},
    {"danger_now": "yes", "entering_now": "yes"},
    {"custody_escort": "yes", "entering_now": "yes"},
)
_SHOWN = ("paper", "on_phone", UNSURE)
_NOT_SHOWN = ("", "none", "verbal_only")


def desk_table(pack: Pack, *, today: date) -> dict[str, Any]:
    """The table of a pack as it stands that day. It takes some seconds of work and depends on nothing else."""
    made = _Making(pack, today)
    scenes = {scene_name(scene): made.scene(scene) for scene in _scenes()}
    table = {
        "scenes": scenes,
        "nodes": [[node.ask, node.to, made.columns(node)] for node in made.nodes],
        "outcomes": made.outcomes.listed,
        "lines": made.lines.listed,
        "questions": made.questions,
        "words": _words(),
        "scene_keys": list(SCENE),
        "paper_keys": list(PAPER_KEYS),
        "several_papers": words()["notes"]["more_papers"],
        "further_most": FURTHER_PAPERS_MOST,
        "alike": {key: dict(words) for key, words in ALIKE.items()},
        "unsure_most": UNSURE_MOST,
        "strictest": _strictest_first(assess(pack, observed({"paper": "none"}), today=today)),
        "leading": _leading_first(assess(pack, observed({"paper": "none"}), today=today)),
    }
    return table | {"hash": table_hash(table)}


def table_hash(table: Mapping[str, Any]) -> str:
    """A short name for what a table holds: the same rules give the same."""
    return sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()[:12]


def scene_name(said: Said) -> str:
    """The scene as one word: danger, going in, in custody, shown."""
    return "|".join(str(said.get(key, "")) for key in SCENE)


def _scenes() -> Iterator[dict[str, Any]]:
    for base in (*_CALM, *_PASSED, *_URGENT):
        for shown in (*_SHOWN, *_NOT_SHOWN):
            yield {**base, **({"paper": shown} if shown else {})}


def _as_if_calm(said: Said) -> dict[str, Any]:
    urgent = "yes" in (said.get("danger_now"), said.get("entering_now"))
    return {**said, **dict.fromkeys(("danger_now", "entering_now"), "no")} if urgent else dict(said)


@dataclass(slots=True)
class _Numbered:
    """Things that are listed once, each known by its place."""

    listed: list[Any] = field(default_factory=list)
    _at: dict[str, int] = field(default_factory=dict)

    def place(self, thing: Any) -> int:
        name = thing if isinstance(thing, str) else json.dumps(thing, sort_keys=True)
        if name not in self._at:
            self._at[name] = len(self.listed)
            self.listed.append(thing)
        return self._at[name]


@dataclass(slots=True)
class _Node:
    """One state of reading a paper; ``said`` is one way to it, which stands for all."""

    ask: str | None
    to: dict[str, int]
    said: dict[str, Any]  # of the paper, without the scene
    tree: str
    outcomes: list[int | None] = field(default_factory=list)


class _Making:
    """A table while it is made."""

    def __init__(self, pack: Pack, today: date) -> None:
        self.pack, self.today = pack, today
        self.nodes: list[_Node] = []
        self.outcomes, self.lines = _Numbered(), _Numbered()
        self.questions: dict[str, Any] = {}
        self._known: dict[Any, int] = {}
        self._roots: dict[str, int] = {}
        self._columns: dict[str, list[dict[str, Any]]] = {}

    def scene(self, scene: dict[str, Any]) -> dict[str, Any]:
        """What follows from a scene: a question, or a paper to read, or an outcome."""
        calm = _as_if_calm(scene)
        question = next_question(self.pack, calm)
        ask = self._asked("scene" if not calm else question.key, question) if question else None
        if scene.get("paper") not in _SHOWN:
            return {"ask": ask, "out": self._outcome(scene) if scene else None}
        tree = f"{calm.get('custody_escort', '')}{calm['paper'] if calm['paper'] == UNSURE else ''}"
        if tree not in self._roots:
            base = {key: calm[key] for key in SCENE if (key in calm and calm[key] != UNSURE) or key == "paper"}
            self._roots[tree] = self._explore(base, {}, tree, self._roots.get(""))
        columns = self._columns.setdefault(tree, [])
        columns.append(scene)
        return {"ask": None, "root": self._roots[tree], "column": len(columns) - 1}

    def columns(self, node: _Node) -> list[int | None]:
        """The outcome of a node in each scene of its tree; None where its question still has to be answered."""
        return [self._outcome_at(node, scene) for scene in self._columns[node.tree]]

    def _outcome_at(self, node: _Node, scene: dict[str, Any]) -> int | None:
        said = {**scene, **node.said}
        stops = node.ask is None or unsure_count(said) >= UNSURE_MOST or _as_if_calm(scene) != scene
        return self._outcome(said) if stops else None

    def _explore(self, scene: Said, said: dict[str, Any], tree: str, plain: int | None) -> int:
        """The node of what was said, after all that can follow from it; one that is known already where it is alike.

        ``plain`` is the node of the same words without custody or doubt: what leads there to one node is tried once.
        """
        question = next_question(self.pack, {**scene, **said})
        ask = self._asked(question.key, question) if question else None
        twin = self.nodes[plain] if plain is not None and self.nodes[plain].ask == ask else None
        to = dict(self._led_to(scene, said, tree, question, twin)) if question else {}
        alike = (tree, ask, tuple(to.items()), *self._seen(scene, said, leaf=question is None))
        if alike not in self._known:
            self._known[alike] = len(self.nodes)
            self.nodes.append(_Node(ask, to, said, tree))
        return self._known[alike]

    def _led_to(
        self, scene: Said, said: dict[str, Any], tree: str, question: Question, twin: _Node | None
    ) -> Iterator[tuple[str, int]]:
        met: dict[int | str, int] = {}
        for name, key, value in _answers(question):
            plain = twin.to.get(name) if twin else None
            same: int | str = name if plain is None else plain
            if same not in met:
                met[same] = self._explore(scene, {**said, key: value}, tree, plain)
            yield name, met[same]

    def _seen(self, scene: Said, said: Said, *, leaf: bool) -> tuple[Any, ...]:
        """What two ways must have in common to be one node: its class, the doubts, the outcome."""
        all_of_it = {**scene, **said}
        seen = observed(all_of_it)
        found = paper_class(without_scene(seen))
        outcome = self._outcome(all_of_it) if leaf else None
        inspects = seen.agency if seen.top_heading is Heading.OTHER_AGENCY else None
        return found, unsure_count(said), seen.asks_for_records, inspects, outcome

    def _asked(self, name: str, question: Question) -> str:
        """The name of a question as the table knows it; two with the same key and other answers have two names."""
        if question.key == "top_heading" and "court" in question.keys:
            name = "top_heading+court"
        self.questions.setdefault(name, _question(question))
        return name

    def _outcome(self, said: Said) -> int:
        answer = assess(self.pack, observed(said), today=self.today)
        return self.outcomes.place(self._outcome_document(answer, said))

    def _outcome_document(self, answer: Assessment, said: Said) -> dict[str, Any]:
        put = self.lines.place
        return {
            "class": put(words()["classes"][answer.paper_class]),
            "paper": answer.paper_class.value,
            "outcome": answer.outcome.value,
            "access": [answer.access[zone].value for zone in AccessZone],
            "headline": put(answer.headline),
            "summary": [put(line) for line in answer.summary],
            "say": [put(line) for line in answer.say[1:]],
            "must_not": [put(line) for line in answer.must_not],
            "may": [put(line) for line in answer.may],
            "call": [step.role.value for step in answer.call],
            "arrest": put(answer.arrest_in_public),
            "notes": [put(line) for line in answer.notes],
            "duties": [put(line) for line in answer.duties],
            "citations": [put(line) for line in answer.citations],
            "change": [put(line) for line in answer.would_change],
            "reasons": [_reason(reason, said, put) for reason in answer.decided_by],
        }


def _reason(reason: Reason, said: Said, put: Any) -> Any:
    """What decided: the key alone where its answer was given, for whoever shows it has the words of the answer."""
    if reason.key in said:
        return reason.key
    return [reason.key, reason.value == UNSURE, put(reason.words), put(reason.so)]


def _words() -> dict[str, Any]:
    """Each answer in words, and what follows from it, by key and value: for the answers so far and for the reasons."""
    return {
        key: {
            "short": question.short,
            "answers": {each.value: [each.label, meaning(key, each.value)] for each in question.options},
        }
        for key, question in questions().items()
    }


def _answers(question: Question) -> Iterator[tuple[str, str, Any]]:
    """Each answer that the rules tell apart: its name among the ways on, the key it fills, its value."""
    if question.several:
        kinds = sorted({ALIKE[question.key].get(each.value, each.value) for each in question.options})
        for many in range(1, len(kinds) + 1):
            for chosen in combinations(kinds, many):
                yield f"{question.key}={'+'.join(chosen)}", question.key, list(chosen)
        return
    met: set[str] = set()
    for option in question.options:
        value = ALIKE.get(option.key, {}).get(option.value, option.value)
        name = f"{option.key}={value}"
        if name not in met:
            met.add(name)
            yield name, option.key, value


def _question(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "text": question.text,
        "look": question.look,
        "several": question.several,
        "options": [[each.key, each.value, each.label, each.hint] for each in question.options],
    }


# --- several papers: the orders are read off the rule that joins them ------------------------------------------------


def _strictest_first(one: Assessment) -> list[str]:
    """The words of access, the strictest first, as ``strictest`` prefers them."""

    def of(access: Access) -> Assessment:
        return replace(one, access=MappingProxyType(dict.fromkeys(AccessZone, access)))

    def before(left: Access, right: Access) -> int:
        return -1 if strictest([of(left), of(right)]).access[AccessZone.PRIVATE] is left else 1

    return [access.value for access in sorted(Access, key=cmp_to_key(before))]


def _leading_first(one: Assessment) -> list[str]:
    """The words at the head of an answer, the leading one first, as ``assess_all`` prefers them."""

    def before(left: Outcome, right: Outcome) -> int:
        return -1 if strictest([replace(one, outcome=left), replace(one, outcome=right)]).outcome is left else 1

    return [outcome.value for outcome in sorted(Outcome, key=cmp_to_key(before))]
