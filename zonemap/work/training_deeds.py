"""What people do about training: put somebody on the list, assign, note what was done, hold a session, set the rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from zonemap.errors import Conflict, Forbidden, Invalid, NotFound
from zonemap.model.facility import Facility
from zonemap.model.person import Account, Actor
from zonemap.model.training import OWN_TEXT, Session, Task, TaskKind, TaskMark, Trainee, TrainingRule
from zonemap.rules.training import drill_subjects, training_words
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, require

PEOPLE_MOST, TASKS_MOST, SESSIONS_MOST = 1_000, 40, 2_000  # of a facility; of a person; of a facility
COUNT_MOST, NAME_MOST, TEXT_MOST = 20, 80, 400
_DUE_MOST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be assigned: see ``Task``."""

    kind: TaskKind
    subject: str
    due_on: date
    count: int = 1
    title: str = ""
    version: str = ""


def add_person(store: Store, actor: Actor, person: Trainee) -> Trainee:
    """Put somebody on the list of training. Raises NotFound, Invalid; Conflict where their account is on it."""
    require(actor, Permission.MANAGE_TRAINING, at=person.facility_id)
    with store.begin() as books:
        books.facilities.get(person.facility_id)
        there = books.training.people(person.facility_id)
        if person.account_id:
            account = books.accounts.get(person.account_id)
            if not account.roles_at(person.facility_id):
                raise NotFound("There is no such person.")
            person = replace(person, name=account.name)
            if known := next((each for each in there if each.account_id == person.account_id), None):
                if known.left_on is None:
                    raise Conflict(f"{known.name} is on the list already.")
                return books.training.save_person(replace(known, left_on=None, duty=person.duty or known.duty))
        _check_person(person)
        if len(there) >= PEOPLE_MOST:
            raise Invalid(f"The list of training holds at most {PEOPLE_MOST} people.")
        return books.training.add_person(person)


def change_person(store: Store, actor: Actor, person: Trainee) -> Trainee:
    """Change name, role and kind; ``left_on`` takes somebody off the list and keeps what they did. Raises NotFound."""
    require(actor, Permission.MANAGE_TRAINING, at=person.facility_id)
    _check_person(person)
    with store.begin() as books:
        before = books.training.person(person.facility_id, person.id)
        return books.training.save_person(replace(person, account_id=before.account_id))


def accounts_to_add(store: Store, actor: Actor, facility_id: str) -> tuple[Account, ...]:
    """The people who can sign in and are not on the list of training yet."""
    require(actor, Permission.MANAGE_TRAINING, at=facility_id)
    with store.read() as books:
        known = {each.account_id for each in books.training.people(facility_id) if each.left_on is None}
        found = (each for each in books.accounts.at(facility_id) if each.active and each.id not in known)
        return tuple(each for each in found if each.roles_at(facility_id))


def assign(
    store: Store,
    actor: Actor,
    facility_id: str,
    trainee_ids: Sequence[str],
    wanted: Wanted,
    *,
    new_id: Callable[[], str],
    now: datetime,
) -> tuple[Task, ...]:
    """Give a task to people; who has it already keeps it, with the new day. Raises NotFound, Invalid."""
    require(actor, Permission.MANAGE_TRAINING, at=facility_id)
    with store.begin() as books:
        facility = books.facilities.get(facility_id)
        _check_wanted(wanted, trainee_ids, _today(facility, now))
        made = []
        for trainee_id in dict.fromkeys(trainee_ids):
            person = books.training.person(facility_id, trainee_id)
            if person.left_on is not None:
                raise Invalid(f"{person.name} has left. Put them on the list again first.")
            made.append(_give(books, person, wanted, actor.name, new_id(), now))
    return tuple(made)


def _give(books: Books, person: Trainee, wanted: Wanted, by: str, task_id: str, now: datetime) -> Task:
    has = books.training.tasks(person.facility_id, person.id)
    for each in has:
        same = (each.kind, each.subject, each.title, each.version)
        if same == (wanted.kind, wanted.subject, wanted.title, wanted.version):
            return books.training.save_task(replace(each, due_on=wanted.due_on, count=wanted.count))
    if len(has) >= TASKS_MOST:
        raise Invalid(f"{person.name} has {TASKS_MOST} tasks. Take one away first.")
    values = (wanted.kind, wanted.subject, wanted.due_on, now, by, wanted.title, wanted.version, wanted.count)
    return books.training.add_task(Task(task_id, person.facility_id, person.id, *values))


def withdraw(store: Store, actor: Actor, facility_id: str, task_id: str) -> None:
    """Take a task away, with what was noted of it. Raises NotFound."""
    require(actor, Permission.MANAGE_TRAINING, at=facility_id)
    with store.begin() as books:
        books.training.remove_task(facility_id, task_id)


def mark_done(
    store: Store,
    actor: Actor,
    facility_id: str,
    task_id: str,
    done_on: date,
    version: str = "",
    *,
    mark_id: str,
    now: datetime,
) -> TaskMark:
    """Note that somebody did a task, for people without an account above all. Raises NotFound, Invalid."""
    require(actor, Permission.MANAGE_TRAINING, at=facility_id)
    with store.begin() as books:
        facility = books.facilities.get(facility_id)
        task = _task(books, facility_id, task_id)
        if not date(2000, 1, 1) <= done_on <= _today(facility, now):
            raise Invalid(_PAST, fields={"done_on": _PAST})
        kept = task.version if task.subject == OWN_TEXT else version
        return books.training.add_mark(TaskMark(mark_id, task.id, done_on, kept, actor.name, now, actor.name))


def confirm_read(
    store: Store, actor: Actor, facility_id: str, task_id: str, seen: str, version: str, *, mark_id: str, now: datetime
) -> TaskMark:
    """Say that one has read a text. ``seen`` is the version that the page showed, ``version`` today's.

    Raises NotFound for anybody else's task, Invalid for one that is no reading, Conflict where the text has changed.
    """
    require(actor, Permission.OWN_TRAINING, at=facility_id)
    if not actor.account_id:
        raise Forbidden("Training is kept with a person. Sign in with your own account.")
    with store.begin() as books:
        facility = books.facilities.get(facility_id)
        task = _task(books, facility_id, task_id)
        if books.training.person(facility_id, task.trainee_id).account_id != actor.account_id:
            raise NotFound("This task is not there any more.")
        if task.kind is not TaskKind.READING:
            raise Invalid("This is nothing to read. Practice it, or come to the session.")
        now_is = task.version if task.subject == OWN_TEXT else version
        if seen != now_is:
            raise Conflict("The text has changed since you opened it. Open it again and read it.")
        return books.training.add_mark(TaskMark(mark_id, task.id, _today(facility, now), now_is, "", now, actor.name))


def hold_session(store: Store, actor: Actor, session: Session, *, now: datetime) -> Session:
    """Note a session with who was there. Raises NotFound, Invalid."""
    require(actor, Permission.MANAGE_TRAINING, at=session.facility_id)
    with store.begin() as books:
        facility = books.facilities.get(session.facility_id)
        fields = {}
        if not date(2000, 1, 1) <= session.held_on <= _today(facility, now):
            fields["held_on"] = _PAST
        if not session.topic or len(session.topic) > 120:
            fields["topic"] = "Say in up to 120 letters what it was about."
        if not session.leader or len(session.leader) > NAME_MOST:
            fields["leader"] = "Type the name of whoever led it."
        if not session.trainee_ids:
            fields["there"] = "Tick who was there."
        if fields:
            raise Invalid("The session is not noted yet.", fields=fields)
        for each in session.trainee_ids:
            books.training.person(session.facility_id, each)
        if len(books.training.sessions(session.facility_id)) >= SESSIONS_MOST:
            raise Invalid(f"A facility keeps at most {SESSIONS_MOST} sessions.")
        return books.training.add_session(replace(session, recorded_by=actor.name, recorded_at=now))


def remove_session(store: Store, actor: Actor, facility_id: str, session_id: str) -> None:
    """Take back a session that was noted by mistake. Raises NotFound."""
    require(actor, Permission.MANAGE_TRAINING, at=facility_id)
    with store.begin() as books:
        books.training.remove_session(facility_id, session_id)


def set_rule(store: Store, actor: Actor, rule: TrainingRule) -> None:
    """How long a training counts, and how much of a drill has to be right. Raises NotFound, Invalid."""
    require(actor, Permission.MANAGE_TRAINING, at=rule.facility_id)
    fields = {}
    if not 1 <= rule.months <= 60:
        fields["months"] = "Type a number of months from 1 to 60."
    if not 0 <= rule.least_right <= 100:
        fields["least_right"] = "Type a number from 0 to 100."
    if fields:
        raise Invalid("The rule is not changed yet.", fields=fields)
    with store.begin() as books:
        books.facilities.get(rule.facility_id)
        books.training.set_rule(rule)


_PAST = "Give a day up to today."


def _today(facility: Facility, now: datetime) -> date:
    return now.astimezone(ZoneInfo(facility.clock)).date()


def _task(books: Books, facility_id: str, task_id: str) -> Task:
    for each in books.training.tasks(facility_id):
        if each.id == task_id:
            return each
    raise NotFound("This task is not there any more.")


def _check_person(person: Trainee) -> None:
    fields = {}
    if not person.name or len(person.name) > NAME_MOST:
        fields["name"] = "Type the name."
    if len(person.duty) > NAME_MOST:
        fields["duty"] = f"Use at most {NAME_MOST} letters."
    if fields:
        raise Invalid("The person is not on the list yet.", fields=fields)


def _check_wanted(wanted: Wanted, trainee_ids: Sequence[str], today: date) -> None:
    fields = {}
    if not trainee_ids:
        fields["who"] = "Tick at least one person."
    if not today <= wanted.due_on <= today + _DUE_MOST:
        fields["due_on"] = "Give a day from today on, at most three years ahead."
    if not 1 <= wanted.count <= COUNT_MOST:
        fields["count"] = f"Type a number from 1 to {COUNT_MOST}."
    if not _is_known(wanted):
        fields["what"] = "Choose what to practice, to read or to come to."
    if wanted.subject == OWN_TEXT and not 0 < len(wanted.title) <= 120:
        fields["title"] = "Type the title of the text."
    if fields:
        raise Invalid("Nothing is assigned yet.", fields=fields)


def _is_known(wanted: Wanted) -> bool:
    if wanted.kind is TaskKind.DRILL:
        return wanted.subject in drill_subjects()
    if wanted.kind is TaskKind.READING:
        return wanted.subject == OWN_TEXT or wanted.subject in training_words()["texts"]
    return 0 < len(wanted.subject) <= 120
