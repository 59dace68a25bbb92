"""Training as it stands: what each person has to do, how far they are, and by which steps practice shows it.

What was practiced at the desk's own questions counts by itself, once a task asks for it; practice before that, or of
another kind, stays with whoever practiced. Nothing of a real visit is read here, and nothing of this goes there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from zonemap.errors import Forbidden, NotFound
from zonemap.model.facility import Facility
from zonemap.model.person import Actor
from zonemap.model.practice import Attempt, Verdict
from zonemap.model.training import (
    OWN_TEXT,
    Progress,
    Session,
    Standing,
    Task,
    TaskKind,
    TaskMark,
    TaskState,
    Trainee,
    TrainingRule,
    months_later,
    standing_of,
    state_of,
)
from zonemap.rules.training import is_of, step_name
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, may, require

Versions = Mapping[str, str]  # of the texts that can be read, by their keys
Scores = Mapping[str, tuple[int, int]]  # right and asked, by the name of the step


@dataclass(frozen=True, slots=True)
class PersonTraining:
    """One person on a day. ``scores`` are of the drills that were assigned."""

    person: Trainee
    progress: tuple[Progress, ...]
    sessions: tuple[Session, ...]
    standing: Standing
    scores: Scores = field(default_factory=dict)

    @property
    def todo(self) -> tuple[Progress, ...]:
        """What is to be done, the most urgent first."""
        return tuple(each for each in self.progress if not each.state.counts)


@dataclass(frozen=True, slots=True)
class TrainingBoard:
    """A facility's training on a day: who is there, who has left, the sessions."""

    facility: Facility
    rule: TrainingRule
    today: date
    people: tuple[PersonTraining, ...]
    left: tuple[Trainee, ...]
    sessions: tuple[Session, ...]

    def count(self, *standings: Standing) -> int:
        """How many people stand so."""
        return sum(each.standing in standings for each in self.people)

    @property
    def trained(self) -> int:
        """How many people are trained today."""
        return self.count(Standing.TRAINED, Standing.ENDING)

    @property
    def scores(self) -> Scores:
        """The scores of all together."""
        return summed(each.scores for each in self.people)


def board(store: Store, actor: Actor, facility_id: str, versions: Versions, *, now: datetime) -> TrainingBoard:
    """The training of a facility. ``versions`` are those of today's texts. Raises NotFound."""
    require(actor, Permission.MANAGE_TRAINING, at=facility_id)
    with store.read() as books:
        return board_of(books, books.facilities.get(facility_id), versions, now=now)


def board_of(books: Books, facility: Facility, versions: Versions, *, now: datetime) -> TrainingBoard:
    """The same, for whoever has the books open."""
    clock = ZoneInfo(facility.clock)
    today, rule = now.astimezone(clock).date(), books.training.rule(facility.id)
    people, sessions = books.training.people(facility.id), books.training.sessions(facility.id)
    tasks: dict[str, list[Task]] = {}
    for each in books.training.tasks(facility.id):
        tasks.setdefault(each.trainee_id, []).append(each)
    marks: dict[str, list[TaskMark]] = {}
    for mark in books.training.marks(facility.id):
        marks.setdefault(mark.task_id, []).append(mark)
    judge = _Judge(books, rule, today, clock, versions, marks)
    here = [each for each in people if each.left_on is None]
    trained = tuple(judge.person(each, tasks.get(each.id, ()), sessions) for each in here)
    return TrainingBoard(facility, rule, today, trained, tuple(p for p in people if p.left_on is not None), sessions)


def person_training(found: TrainingBoard, trainee_id: str) -> PersonTraining:
    """One person of a board. Raises NotFound."""
    for each in found.people:
        if each.person.id == trainee_id:
            return each
    raise NotFound("This person is not on the list of training, or has left.")


def mine(
    store: Store, actor: Actor, facility_id: str, versions: Versions, *, now: datetime
) -> tuple[Facility, TrainingRule, PersonTraining | None]:
    """A person's own training at a facility; None where nobody has put them on the list. Raises NotFound."""
    require(actor, Permission.OWN_TRAINING, at=facility_id)
    if not actor.account_id:
        raise Forbidden("Training is kept with a person. Sign in with your own account.")
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        found = board_of(books, facility, versions, now=now)
    own = next((each for each in found.people if each.person.account_id == actor.account_id), None)
    return facility, found.rule, own


@dataclass(frozen=True, slots=True)
class Reminder:
    """What of training is due. ``todo`` and ``late`` are one's own tasks, ``behind`` of ``people`` everybody's."""

    todo: int = 0
    late: int = 0
    behind: int = 0
    people: int = 0


def reminder(store: Store, actor: Actor, facility_id: str, versions: Versions, *, now: datetime) -> Reminder:
    """What stands on the first page of a facility: nothing for who may not see training there."""
    if not actor.account_id or not may(actor, Permission.OWN_TRAINING, at=facility_id):
        return Reminder()
    with store.read() as books:
        found = board_of(books, books.facilities.get(facility_id), versions, now=now)
    own = next((each for each in found.people if each.person.account_id == actor.account_id), None)
    todo = [each.state for each in own.todo] if own else []
    late = sum(state is not TaskState.OPEN for state in todo)
    if not may(actor, Permission.MANAGE_TRAINING, at=facility_id):
        return Reminder(len(todo), late)
    return Reminder(len(todo), late, found.count(Standing.OVERDUE, Standing.ENDING), len(found.people))


def summed(all_scores: Iterable[Scores]) -> Scores:
    """Scores put together, by step."""
    total: dict[str, tuple[int, int]] = {}
    for scores in all_scores:
        for step, (right, asked) in scores.items():
            before = total.get(step, (0, 0))
            total[step] = (before[0] + right, before[1] + asked)
    return total


@dataclass(frozen=True, slots=True)
class _Judge:
    """What is needed to say how far a task is."""

    books: Books
    rule: TrainingRule
    today: date
    clock: ZoneInfo
    versions: Versions
    marks: Mapping[str, Sequence[TaskMark]]

    def person(self, person: Trainee, tasks: Sequence[Task], sessions: Sequence[Session]) -> PersonTraining:
        there = tuple(each for each in sessions if person.id in each.trainee_ids)
        drills = any(each.kind is TaskKind.DRILL for each in tasks)
        attempts: tuple[Attempt, ...] = ()
        if drills and person.account_id:
            attempts = self.books.practice.finished(person.facility_id, person.account_id)
        progress = tuple(self.progress(each, attempts, there) for each in tasks)
        ordered = tuple(sorted(progress, key=lambda each: (each.state.counts, each.task.due_on)))
        standing = standing_of(ordered, there, self.rule, self.today)
        asked = [a for a in attempts if any(_asks_for(each, a) for each in tasks)]
        return PersonTraining(person, ordered, there, standing, _scores(asked))

    def progress(self, task: Task, attempts: Sequence[Attempt], sessions: Sequence[Session]) -> Progress:
        if task.kind is TaskKind.DRILL:
            return self._drill(task, [each for each in attempts if _asks_for(task, each)])
        if task.kind is TaskKind.READING:
            return self._reading(task)
        days = [each.held_on for each in sessions if each.topic.casefold() == task.subject.casefold()]
        return self._done(task, max([*days, *self._marked(task)], default=None))

    def _drill(self, task: Task, attempts: Sequence[Attempt]) -> Progress:
        enough = [each for each in attempts if each.asked and 100 * each.right >= self.rule.least_right * each.asked]
        counted = enough[: task.count]  # the newest
        days = [self._day(counted[-1])] if len(counted) == task.count else []
        right, asked = sum(each.right for each in counted), sum(each.asked for each in counted)
        note = f"{len(counted)} of {task.count} done"
        if few := len(attempts) - len(enough):
            note += f"; {few} with fewer than {self.rule.least_right} of 100 right"
        marked = self._marked(task)
        if not attempts:
            note = "Seen by whoever led it" if marked else ""
        return self._done(task, max([*days, *marked], default=None), note, right, asked)

    def _reading(self, task: Task) -> Progress:
        marks = self.marks.get(task.id, ())
        now = task.version if task.subject == OWN_TEXT else self.versions.get(task.subject, "")
        current = [each.done_on for each in marks if each.version == now or not now]
        done = max(current or [each.done_on for each in marks], default=None)
        return self._done(task, done, changed=bool(marks) and not current)

    def _done(
        self, task: Task, day: date | None, note: str = "", right: int = 0, asked: int = 0, *, changed: bool = False
    ) -> Progress:
        until = months_later(day, self.rule.months) if day else None
        return Progress(task, state_of(task, until, self.today, changed=changed), day, until, note, right, asked)

    def _marked(self, task: Task) -> list[date]:
        return [each.done_on for each in self.marks.get(task.id, ())]

    def _day(self, attempt: Attempt) -> date:
        return (attempt.finished_at or attempt.begun_at).astimezone(self.clock).date()


def _asks_for(task: Task, attempt: Attempt) -> bool:
    """Whether an attempt is what a task asks for. What was practiced before it was assigned is nobody else's."""
    since = attempt.finished_at is not None and attempt.begun_at >= task.assigned_at
    return task.kind is TaskKind.DRILL and since and is_of(task.subject, attempt.scenario)


def _scores(attempts: Sequence[Attempt]) -> Scores:
    """Right and asked by step; *I can't tell* where it could be told counts neither way."""
    total: dict[str, tuple[int, int]] = {}
    for given in (each for attempt in attempts for each in attempt.given):
        if given.verdict is not Verdict.SAFE:
            right, asked = total.get(step_name(given.step), (0, 0))
            total[step_name(given.step)] = (right + (given.verdict is Verdict.RIGHT), asked + 1)
    return total
