"""Training: people, tasks, what was done, sessions with who was there."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from zonemap.errors import NotFound
from zonemap.model.training import PersonKind, Session, Task, TaskKind, TaskMark, Trainee, TrainingRule
from zonemap.storage.training_tables import (
    training_attendance,
    training_mark,
    training_person,
    training_rule,
    training_session,
    training_task,
)


class Training:
    """The training of facilities."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rule(self, facility_id: str) -> TrainingRule:
        """How long a training counts there."""
        query = select(training_rule).where(training_rule.c.facility_id == facility_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return TrainingRule(facility_id) if row is None else TrainingRule(**row)

    def set_rule(self, rule: TrainingRule) -> None:
        """Keep a rule in the place of the one before."""
        values = asdict(rule)
        change = update(training_rule).where(training_rule.c.facility_id == rule.facility_id).values(values)
        if self._connection.execute(change).rowcount == 0:
            self._connection.execute(insert(training_rule).values(values))

    def add_person(self, person: Trainee) -> Trainee:
        """Keep somebody new."""
        self._connection.execute(insert(training_person).values(_person_row(person)))
        return person

    def save_person(self, person: Trainee) -> Trainee:
        """Change somebody. Raises NotFound."""
        change = update(training_person).where(
            training_person.c.id == person.id, training_person.c.facility_id == person.facility_id
        )
        if self._connection.execute(change.values(_person_row(person))).rowcount == 0:
            raise NotFound("This person is not on the list of training any more.")
        return person

    def person(self, facility_id: str, trainee_id: str) -> Trainee:
        """Somebody of this facility. Raises NotFound."""
        found = next((each for each in self.people(facility_id) if each.id == trainee_id), None)
        if found is None:
            raise NotFound("This person is not on the list of training any more.")
        return found

    def people(self, facility_id: str) -> tuple[Trainee, ...]:
        """Everybody of a facility, by name; those as well who have left."""
        query = select(training_person).where(training_person.c.facility_id == facility_id)
        rows = self._connection.execute(query.order_by(training_person.c.name, training_person.c.id)).mappings()
        return tuple(map(_person, rows))

    def of_account(self, account_id: str) -> tuple[Trainee, ...]:
        """Where an account is trained, at one facility or several."""
        query = select(training_person).where(training_person.c.account_id == account_id)
        return tuple(map(_person, self._connection.execute(query.order_by(training_person.c.id)).mappings()))

    def add_task(self, task: Task) -> Task:
        """Keep a task."""
        self._connection.execute(insert(training_task).values({**asdict(task), "kind": task.kind.value}))
        return task

    def save_task(self, task: Task) -> Task:
        """Change a task's day and how often it is to be done."""
        change = update(training_task).where(training_task.c.id == task.id)
        self._connection.execute(change.values(due_on=task.due_on, count=task.count))
        return task

    def tasks(self, facility_id: str, trainee_id: str | None = None) -> tuple[Task, ...]:
        """The tasks of a facility, or of one of its people, by the day they are due."""
        query = select(training_task).where(training_task.c.facility_id == facility_id)
        if trainee_id is not None:
            query = query.where(training_task.c.trainee_id == trainee_id)
        rows = self._connection.execute(query.order_by(training_task.c.due_on, training_task.c.id)).mappings()
        return tuple(Task(**{**row, "kind": TaskKind(row["kind"])}) for row in rows)

    def remove_task(self, facility_id: str, task_id: str) -> None:
        """Take a task away, with its marks. Raises NotFound."""
        gone = delete(training_task).where(training_task.c.id == task_id, training_task.c.facility_id == facility_id)
        if self._connection.execute(gone).rowcount == 0:
            raise NotFound("This task is not there any more.")

    def add_mark(self, mark: TaskMark) -> TaskMark:
        """Keep that a task was done."""
        self._connection.execute(insert(training_mark).values(asdict(mark)))
        return mark

    def marks(self, facility_id: str) -> tuple[TaskMark, ...]:
        """All marks of a facility's tasks, the oldest first."""
        query = (
            select(training_mark)
            .join(training_task)
            .where(training_task.c.facility_id == facility_id)
            .order_by(training_mark.c.done_on, training_mark.c.recorded_at, training_mark.c.id)
        )
        return tuple(TaskMark(**row) for row in self._connection.execute(query).mappings())

    def add_session(self, session: Session) -> Session:
        """Keep a session with who was there."""
        values = {name: each for name, each in asdict(session).items() if name != "trainee_ids"}
        self._connection.execute(insert(training_session).values(values))
        there = [{"session_id": session.id, "trainee_id": each} for each in dict.fromkeys(session.trainee_ids)]
        if there:
            self._connection.execute(insert(training_attendance), there)
        return session

    def remove_session(self, facility_id: str, session_id: str) -> None:
        """Take a session away. Raises NotFound."""
        mine = (training_session.c.id == session_id) & (training_session.c.facility_id == facility_id)
        if self._connection.execute(delete(training_session).where(mine)).rowcount == 0:
            raise NotFound("This session is not there any more.")

    def sessions(self, facility_id: str) -> tuple[Session, ...]:
        """The sessions of a facility, the newest first."""
        there: dict[str, list[str]] = {}
        joined = select(training_attendance).join(training_session)
        query = joined.where(training_session.c.facility_id == facility_id).order_by(training_attendance.c.trainee_id)
        for row in self._connection.execute(query).mappings():
            there.setdefault(row["session_id"], []).append(row["trainee_id"])
        held = select(training_session).where(training_session.c.facility_id == facility_id)
        rows = self._connection.execute(held.order_by(training_session.c.held_on.desc(), training_session.c.id))
        return tuple(Session(**row, trainee_ids=tuple(there.get(row["id"], ()))) for row in rows.mappings())


def _person_row(person: Trainee) -> dict[str, Any]:
    return {**asdict(person), "kind": person.kind.value, "account_id": person.account_id or None}


def _person(row: RowMapping) -> Trainee:
    return Trainee(**{**row, "kind": PersonKind(row["kind"]), "account_id": row["account_id"] or ""})
