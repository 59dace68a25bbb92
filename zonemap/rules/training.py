"""The words of training, from ``wording/training.toml``, and the names of what can be assigned."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from zonemap.model.assessment import PaperClass
from zonemap.model.training import ANY_DRILL, OWN_TEXT, Task, TaskKind
from zonemap.rules.desk_words import words
from zonemap.rules.practice import by_class, scenarios
from zonemap.rules.question_texts import questions


@cache
def training_words() -> Mapping[str, Any]:
    """Every text of training."""
    text = (files("zonemap.rules") / "wording" / "training.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def drill_subjects() -> Mapping[str, str]:
    """What a drill can be about, with its name: any visit, a kind of paper, or one visit alone."""
    kinds = {kind.value: f"A visit of this kind: {words()['classes'][kind]}" for kind, ids in by_class().items() if ids}
    single = {each.id: each.name for each in scenarios().values()}
    return MappingProxyType({ANY_DRILL: "Visits at random", **kinds, **single})


def is_of(subject: str, scenario_id: str) -> bool:
    """Whether a visit of practice is one that a drill with this subject asks for."""
    if subject in (ANY_DRILL, scenario_id):
        return True
    return subject in tuple(PaperClass) and scenario_id in by_class()[PaperClass(subject)]


def task_name(task: Task) -> str:
    """What a task is called."""
    if task.kind is TaskKind.DRILL:
        name = drill_subjects().get(task.subject, task.subject)
        return f"Practice: {name}, {task.count} times" if task.count > 1 else f"Practice: {name}"
    if task.kind is TaskKind.SESSION:
        return f"Come to a session: {task.subject}"
    if task.subject == OWN_TEXT:
        return f"Read: {task.title}, {task.version}" if task.version else f"Read: {task.title}"
    return f"Read: {training_words()['texts'].get(task.subject, task.subject)}"


def step_name(step: str) -> str:
    """A step of practice in a few words: the question of the desk, or one of the last three."""
    finals: Mapping[str, str] = training_words()["finals"]
    key = step.rpartition("-")[2]
    known = questions().get(key)
    return finals.get(key) or (known.short if known else key)
