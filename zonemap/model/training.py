"""Training: who has to practice or read what by when, who came to a session, and how long that counts.

Nothing here is of a real visit. A task's end is not stored: it follows from practice, readings and notes of the leader.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

ANY_DRILL = "any"  # the subject of a task that any visit of practice fulfils
OWN_TEXT = "own"  # the subject of a reading that lies elsewhere: its title and version were typed
SOON = timedelta(days=30)  # how long before its end a training is said to end


class TaskKind(StrEnum):
    """What somebody has to do."""

    DRILL = "drill"  # a visit of practice, or several
    READING = "reading"
    SESSION = "session"  # come to a session


class PersonKind(StrEnum):
    """Cal. H&S 24251(d) speaks of staff and of relevant volunteers."""

    STAFF = "staff"
    VOLUNTEER = "volunteer"


class TaskState(StrEnum):
    """Where a task stands on a day."""

    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    ENDING = "ending"  # done, and ends within ``SOON``
    ENDED = "ended"  # was done, and counts no longer
    CHANGED = "changed"  # was read, and the text is another one since

    @property
    def counts(self) -> bool:
        """Whether it counts as done."""
        return self in (TaskState.DONE, TaskState.ENDING)


class Standing(StrEnum):
    """Where a person stands."""

    TRAINED = "trained"
    ENDING = "ending"
    OPEN = "open"  # something is to be done, and there is time
    OVERDUE = "overdue"  # past its day, ended, or changed since
    NOTHING = "nothing"  # no task, and no session that counts


@dataclass(frozen=True, slots=True)
class TrainingRule:
    """How many months a training counts, and how many of 100 answers have to be right for a drill to count."""

    facility_id: str
    months: int = 12
    least_right: int = 80


@dataclass(frozen=True, slots=True)
class Trainee:
    """Somebody who is trained. ``account_id`` is empty where they cannot sign in; ``left_on`` once they have left."""

    id: str
    facility_id: str
    name: str
    duty: str  # what they do here, such as Volunteer at the door
    kind: PersonKind = PersonKind.STAFF
    account_id: str = ""
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """What one person has to do by a day.

    ``subject`` is, of a drill, "any", a class of papers or a scenario; of a reading, the key of a text, or "own" with
    ``title`` and ``version``; of a session, its topic. ``count`` is how many visits of practice a drill takes.
    """

    id: str
    facility_id: str
    trainee_id: str
    kind: TaskKind
    subject: str
    due_on: date
    assigned_at: datetime
    assigned_by: str
    title: str = ""
    version: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Session:
    """A session that was held, and who was there."""

    id: str
    facility_id: str
    held_on: date
    topic: str
    leader: str
    remark: str
    recorded_at: datetime
    recorded_by: str
    trainee_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskMark:
    """That a task was done on a day: read by the person, or seen by somebody who leads. Never changed."""

    id: str
    task_id: str
    done_on: date
    version: str  # of the text, where it is a reading
    seen_by: str  # empty where the person said so with their own account
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A task on a day. ``done_on`` and ``valid_until`` are None where it was never done; ``note`` says how or how far.

    ``right`` of ``asked`` answers count for a drill that was done at the desk's own questions; both are 0 elsewhere.
    """

    task: Task
    state: TaskState
    done_on: date | None = None
    valid_until: date | None = None
    note: str = ""
    right: int = 0
    asked: int = 0


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of its month where that is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def state_of(task: Task, valid_until: date | None, today: date, *, changed: bool = False) -> TaskState:
    """Where a task stands. ``valid_until`` is the last day on which it counts, None where it was never done."""
    if valid_until is None:
        return TaskState.OVERDUE if today > task.due_on else TaskState.OPEN
    if changed:
        return TaskState.CHANGED
    if today > valid_until:
        return TaskState.ENDED
    return TaskState.ENDING if valid_until - today <= SOON else TaskState.DONE


def standing_of(progress: Iterable[Progress], sessions: Iterable[Session], rule: TrainingRule, today: date) -> Standing:
    """Where a person stands by their tasks; without any, by the newest session that they came to."""
    states = {each.state for each in progress}
    if states & {TaskState.OVERDUE, TaskState.ENDED, TaskState.CHANGED}:
        return Standing.OVERDUE
    if TaskState.OPEN in states:
        return Standing.OPEN
    ends = [months_later(each.held_on, rule.months) for each in sessions]
    if not states and (not ends or max(ends) < today):
        return Standing.OVERDUE if ends else Standing.NOTHING
    ending = TaskState.ENDING in states if states else max(ends) - today <= SOON
    return Standing.ENDING if ending else Standing.TRAINED


def rate(scores: Mapping[str, tuple[int, int]]) -> int:
    """How many of 100 answers were right; ``scores`` are right and asked by step. 0 where nothing was asked."""
    right, asked = (sum(each[place] for each in scores.values()) for place in (0, 1))
    return round(100 * right / asked) if asked else 0
