"""The names of what can be assigned, of its steps, and which visits of practice a drill asks for."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from zonemap.model.assessment import PaperClass
from zonemap.model.training import ANY_DRILL, OWN_TEXT, Task, TaskKind
from zonemap.rules.practice import by_class, scenarios
from zonemap.rules.training import drill_subjects, is_of, step_name, task_name, training_words


def task(kind: TaskKind, subject: str, **more: object) -> Task:
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    return Task("t" * 32, "f" * 32, "p" * 32, kind, subject, date(2026, 12, 1), at, "Reyes", **more)  # type: ignore[arg-type]


def test_a_drill_can_be_about_any_visit_a_kind_of_paper_or_one_visit() -> None:
    subjects = drill_subjects()

    assert next(iter(subjects)) == ANY_DRILL
    assert set(subjects) == {ANY_DRILL, *scenarios(), *(each.value for each, ids in by_class().items() if ids)}
    assert all(subjects.values())
    assert subjects["no_paper"].startswith("A visit of this kind: ")


def test_a_drill_about_any_visit_asks_for_every_one() -> None:
    assert all(is_of(ANY_DRILL, each) for each in scenarios())


def test_a_drill_about_one_visit_asks_for_that_one_alone() -> None:
    one, other, *_ = scenarios()

    assert is_of(one, one)
    assert not is_of(one, other)


@pytest.mark.parametrize("kind", [each for each, ids in by_class().items() if ids])
def test_a_drill_about_a_kind_of_paper_asks_for_the_visits_of_that_kind(kind: PaperClass) -> None:
    assert {each for each in scenarios() if is_of(kind.value, each)} == set(by_class()[kind])


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (task(TaskKind.DRILL, ANY_DRILL), "Practice: Visits at random"),
        (task(TaskKind.DRILL, ANY_DRILL, count=2), "Practice: Visits at random, 2 times"),
        (task(TaskKind.DRILL, "gone-since"), "Practice: gone-since"),
        (task(TaskKind.SESSION, "Tabletop"), "Come to a session: Tabletop"),
        (task(TaskKind.READING, "policies"), "Read: Our policies"),
        (task(TaskKind.READING, "gone-since"), "Read: gone-since"),
        (task(TaskKind.READING, OWN_TEXT, title="Handbook", version="May"), "Read: Handbook, May"),
        (task(TaskKind.DRILL, ANY_DRILL, count=0), "Practice: Visits at random"),
        (task(TaskKind.READING, OWN_TEXT, title="Handbook"), "Read: Handbook"),
        (task(TaskKind.READING, "".join(list(OWN_TEXT)), title="As stored"), "Read: As stored"),
        (task(TaskKind.SESSION, OWN_TEXT, title="Handbook"), "Come to a session: own"),
    ],
)
def test_a_task_says_what_is_to_be_done(given: Task, name: str) -> None:
    assert task_name(given) == name


@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("call", "Whom to call first"),
        ("1-paper_class", "What the paper is"),
        ("title", "Largest words"),
        ("2-title", "Largest words"),
        ("paper-1-title", "Largest words"),
        ("gone-since", "since"),
    ],
)
def test_a_step_is_called_as_its_question_is(step: str, name: str) -> None:
    assert step_name(step) == name


def test_what_every_training_needs_to_say_is_there() -> None:
    words = training_words()

    assert set(words["finals"]) == {"paper_class", "outcome", "call"}
    assert words["topics"]
    assert "nobody outside this facility has checked it" in words["certificate"]["is_no"]
