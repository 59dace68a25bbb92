"""Training: what counts and until when, for people with and without an account; drills never are visits."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest

from tests.conftest import NOW, add_account
from tests.work.test_practice import through
from zonemap.errors import Conflict, Forbidden, Invalid, NotFound
from zonemap.model.facility import Facility
from zonemap.model.person import Actor, Role
from zonemap.model.practice import Attempt
from zonemap.model.training import (
    PersonKind,
    Session,
    Standing,
    TaskKind,
    TaskState,
    Trainee,
    TrainingRule,
    months_later,
)
from zonemap.storage.store import Store
from zonemap.work import practice
from zonemap.work import training as work
from zonemap.work import training_deeds as deeds
from zonemap.work.training_deeds import Wanted
from zonemap.work.training_papers import training_csv
from zonemap.work.training_texts import Versions, training_text

TODAY = NOW.date()
NEXT_MONTH = TODAY + timedelta(days=30)
_numbers = count(1)


def new_id() -> str:
    return f"{next(_numbers):032x}"


@pytest.fixture
def leads(store: Store) -> Actor:
    account = add_account(store, "manager")
    return Actor(account.id, account.name, frozenset({Role.MANAGER}))


@pytest.fixture
def clerk(store: Store) -> Actor:
    account = add_account(store, "desk")
    return Actor(account.id, account.name, frozenset({Role.DESK}))


@pytest.fixture
def people(store: Store, leads: Actor, clerk: Actor, stored_facility: Facility) -> tuple[Trainee, Trainee]:
    """The clerk, who signs in, and a volunteer, who does not."""
    by_account = Trainee(new_id(), stored_facility.id, "", "Front desk", account_id=clerk.account_id)
    vera = Trainee(new_id(), stored_facility.id, "Vera Lindqvist", "At the door", PersonKind.VOLUNTEER)
    return deeds.add_person(store, leads, by_account), deeds.add_person(store, leads, vera)


def give(store: Store, leads: Actor, person: Trainee, kind: TaskKind, subject: str, **more: object):
    wanted = Wanted(kind, subject, NEXT_MONTH, **more)  # type: ignore[arg-type]
    (task,) = deeds.assign(store, leads, person.facility_id, [person.id], wanted, new_id=new_id, now=NOW)
    return task


def board(store: Store, leads: Actor, facility_id: str, now=NOW) -> work.TrainingBoard:
    return work.board(store, leads, facility_id, Versions(store, facility_id, now), now=now)


def of(found: work.TrainingBoard, person: Trainee) -> work.PersonTraining:
    return work.person_training(found, person.id)


def drill(
    store: Store, clerk: Actor, facility_id: str, scene: str, now, wrong: dict[str, str] | None = None
) -> Attempt:
    first = Attempt(new_id(), facility_id, "", "", new_id(), (scene,), 0, now)
    return through(store, clerk, practice.begin(store, clerk, first), wrong)


def test_a_drill_counts_by_itself_once_it_was_assigned_and_shows_its_score_by_step(
    store: Store, leads: Actor, clerk: Actor, people: tuple[Trainee, Trainee]
) -> None:
    site, me = people[0].facility_id, people[0]
    drill(store, clerk, site, "grey-laptop", NOW - timedelta(days=1), {"title": "order"})
    give(store, leads, me, TaskKind.DRILL, "any", count=2)

    assert of(board(store, leads, site), me).standing is Standing.OPEN
    assert of(board(store, leads, site), me).scores == {}  # what was practiced before stays the clerk's own

    drill(store, clerk, site, "grey-laptop", NOW + timedelta(hours=1))
    half = of(board(store, leads, site, NOW + timedelta(hours=2)), me)
    assert (half.progress[0].state, half.progress[0].note) == (TaskState.OPEN, "1 of 2 done")

    drill(store, clerk, site, "warrant-with-a-seal", NOW + timedelta(hours=3), {"signer_label": "judge"})
    done = of(board(store, leads, site, NOW + timedelta(hours=4)), me)
    assert (done.standing, done.progress[0].valid_until) == (Standing.TRAINED, date(2027, 11, 24))
    right, asked = done.scores["Signer"]
    assert right < asked


def test_a_drill_with_too_much_wrong_does_not_count_and_neither_does_another_kind(
    store: Store, leads: Actor, clerk: Actor, people: tuple[Trainee, Trainee]
) -> None:
    site, me = people[0].facility_id, people[0]
    deeds.set_rule(store, leads, TrainingRule(site, 12, 100))
    give(store, leads, me, TaskKind.DRILL, "dhs_arrest_warrant")
    drill(store, clerk, site, "grey-laptop", NOW + timedelta(hours=1))
    drill(store, clerk, site, "warrant-with-a-seal", NOW + timedelta(hours=2), {"signer_label": "judge"})

    (progress,) = of(board(store, leads, site, NOW + timedelta(hours=3)), me).progress
    assert (progress.state, progress.note) == (TaskState.OPEN, "0 of 1 done; 1 with fewer than 100 of 100 right")


def test_no_drill_reading_or_session_stands_among_visits_or_in_the_record(
    store: Store, leads: Actor, clerk: Actor, people: tuple[Trainee, Trainee]
) -> None:
    site = people[0].facility_id
    give(store, leads, people[0], TaskKind.DRILL, "words-at-the-counter")
    drill(store, clerk, site, "words-at-the-counter", NOW + timedelta(hours=1))
    session = Session(new_id(), site, TODAY, "Walk", "Ana", "", NOW, "", tuple(each.id for each in people))
    deeds.hold_session(store, leads, session, now=NOW)

    with store.read() as books:
        assert books.visits.of_facility(site) == []
        assert books.records.head(site) is None


def test_training_ends_after_its_months_is_announced_before_and_can_be_done_again(
    store: Store, leads: Actor, people: tuple[Trainee, Trainee]
) -> None:
    site, vera = people[1].facility_id, people[1]
    task = give(store, leads, vera, TaskKind.SESSION, "Walk")
    deeds.mark_done(store, leads, site, task.id, TODAY, mark_id=new_id(), now=NOW)

    def state(day: date) -> tuple[TaskState, Standing]:
        found = of(board(store, leads, site, NOW + (day - TODAY)), vera)
        return found.progress[0].state, found.standing

    assert state(TODAY) == (TaskState.DONE, Standing.TRAINED)
    assert state(date(2027, 10, 25)) == (TaskState.ENDING, Standing.ENDING)
    assert state(date(2027, 11, 24)) == (TaskState.ENDING, Standing.ENDING)
    assert state(date(2027, 11, 25)) == (TaskState.ENDED, Standing.OVERDUE)

    later = NOW + (date(2027, 11, 25) - TODAY)
    again = Session(new_id(), site, date(2027, 11, 25), "walk", "Ana", "", later, "", (vera.id,))
    deeds.hold_session(store, leads, again, now=later)
    assert state(date(2027, 11, 26)) == (TaskState.DONE, Standing.TRAINED)


def test_a_session_alone_trains_who_has_no_task_and_a_late_task_is_late(
    store: Store, leads: Actor, people: tuple[Trainee, Trainee]
) -> None:
    site, vera = people[1].facility_id, people[1]
    assert of(board(store, leads, site), vera).standing is Standing.NOTHING
    deeds.hold_session(store, leads, Session(new_id(), site, TODAY, "Walk", "Ana", "", NOW, "", (vera.id,)), now=NOW)
    assert of(board(store, leads, site), vera).standing is Standing.TRAINED

    give(store, leads, vera, TaskKind.READING, "own", title="Visitor policy", version="3")
    assert of(board(store, leads, site), vera).standing is Standing.OPEN
    late = NOW + timedelta(days=31)
    assert of(board(store, leads, site, late), vera).standing is Standing.OVERDUE
    actor = Actor(leads.account_id, leads.name, leads.roles)
    found = work.reminder(store, actor, site, Versions(store, site, late), now=late)
    assert (found.behind, found.people, found.todo) == (1, 2, 0)


def test_a_text_is_read_in_its_version_and_again_when_it_changes(
    store: Store, leads: Actor, clerk: Actor, people: tuple[Trainee, Trainee], stored_facility: Facility
) -> None:
    site, me = people[0].facility_id, people[0]
    task = give(store, leads, me, TaskKind.READING, "policies")
    text = training_text(store, site, "policies", now=NOW)

    def read(seen: str, task_id: str = task.id) -> None:
        now_is = Versions(store, site, NOW)["policies"]
        deeds.confirm_read(store, clerk, site, task_id, seen, now_is, mark_id=new_id(), now=NOW)

    with pytest.raises(Conflict, match="has changed"):
        read("0000-0000")
    read(text.version)
    assert of(board(store, leads, site), me).progress[0].state is TaskState.DONE

    with store.begin() as books:
        books.facilities.save(replace(stored_facility, street="7 Other Street"))
    assert training_text(store, site, "policies", now=NOW).version != text.version
    assert of(board(store, leads, site), me).progress[0].state is TaskState.CHANGED
    read(training_text(store, site, "policies", now=NOW).version)
    assert of(board(store, leads, site), me).progress[0].state is TaskState.DONE

    others = give(store, leads, people[1], TaskKind.READING, "policies")
    with pytest.raises(NotFound):
        read(text.version, others.id)


def test_each_sees_their_own_and_only_who_may_sees_all(
    store: Store, leads: Actor, clerk: Actor, people: tuple[Trainee, Trainee], stored_facility: Facility
) -> None:
    give(store, leads, people[0], TaskKind.DRILL, "any")
    site = stored_facility.id
    _, _, own = work.mine(store, clerk, site, {}, now=NOW)
    assert own is not None
    assert own.person == people[0]
    assert work.mine(store, leads, site, {}, now=NOW)[2] is None
    with pytest.raises(Forbidden):
        work.board(store, clerk, site, {}, now=NOW)
    with pytest.raises(Forbidden):
        deeds.add_person(store, clerk, replace(people[1], id=new_id()))
    computer = Actor("", "Front desk, left", frozenset({Role.DESK}), desk_of=site)
    with pytest.raises(Forbidden):
        work.mine(store, computer, site, {}, now=NOW)


def test_who_has_left_keeps_what_was_done_and_comes_back_by_the_same_account(
    store: Store, leads: Actor, clerk: Actor, people: tuple[Trainee, Trainee]
) -> None:
    site, me = people[0].facility_id, people[0]
    give(store, leads, me, TaskKind.DRILL, "any")
    deeds.change_person(store, leads, replace(me, left_on=TODAY))
    found = board(store, leads, site)
    assert [each.person.name for each in found.people] == ["Vera Lindqvist"]
    assert [each.id for each in found.left] == [me.id]

    back = deeds.add_person(store, leads, replace(me, id=new_id(), duty=""))
    assert (back.id, back.duty, back.left_on) == (me.id, "Front desk", None)
    with pytest.raises(Conflict):
        deeds.add_person(store, leads, replace(me, id=new_id()))


def test_what_cannot_be_assigned_or_noted_is_said_beside_its_field(
    store: Store, leads: Actor, people: tuple[Trainee, Trainee], stored_facility: Facility
) -> None:
    site, vera = stored_facility.id, people[1]
    wrong = (
        (Wanted(TaskKind.DRILL, "no-such-visit", NEXT_MONTH), [vera.id], "what"),
        (Wanted(TaskKind.READING, "no-such-text", NEXT_MONTH), [vera.id], "what"),
        (Wanted(TaskKind.READING, "own", NEXT_MONTH), [vera.id], "title"),
        (Wanted(TaskKind.DRILL, "any", TODAY - timedelta(days=1)), [vera.id], "due_on"),
        (Wanted(TaskKind.DRILL, "any", NEXT_MONTH, 0), [vera.id], "count"),
        (Wanted(TaskKind.DRILL, "any", NEXT_MONTH), [], "who"),
    )
    for wanted, who, named in wrong:
        with pytest.raises(Invalid) as raised:
            deeds.assign(store, leads, site, who, wanted, new_id=new_id, now=NOW)
        assert named in raised.value.fields
    tomorrow = Session(new_id(), site, TODAY + timedelta(days=1), "", "", "", NOW, "")
    with pytest.raises(Invalid) as raised:
        deeds.hold_session(store, leads, tomorrow, now=NOW)
    assert set(raised.value.fields) == {"held_on", "topic", "leader", "there"}
    with pytest.raises(Invalid):
        deeds.set_rule(store, leads, TrainingRule(site, 0, 101))


def test_the_same_task_twice_is_one_task_with_the_newer_day(
    store: Store, leads: Actor, people: tuple[Trainee, Trainee]
) -> None:
    site, vera = people[1].facility_id, people[1]
    first = give(store, leads, vera, TaskKind.DRILL, "any")
    wanted = Wanted(TaskKind.DRILL, "any", NEXT_MONTH + timedelta(days=5), 3)
    (again,) = deeds.assign(store, leads, site, [vera.id], wanted, new_id=new_id, now=NOW)
    assert again == replace(first, due_on=wanted.due_on, count=3)
    deeds.withdraw(store, leads, site, first.id)
    assert of(board(store, leads, site), vera).progress == ()


def test_the_table_has_a_row_for_each_task_and_no_cell_that_is_a_formula(
    store: Store, leads: Actor, people: tuple[Trainee, Trainee]
) -> None:
    site, vera = people[1].facility_id, people[1]
    deeds.change_person(store, leads, replace(vera, duty="=1+1"))
    give(store, leads, vera, TaskKind.READING, "own", title="Visitor policy", version="3")
    rows = list(csv.DictReader(io.StringIO(training_csv(store, leads, site, now=NOW))))
    row = next(each for each in rows if each["name"] == "Vera Lindqvist")
    assert (row["role"], row["kind"], row["task"]) == ("'=1+1", "volunteer", "Read: Visitor policy, 3")
    assert (row["state"], row["due"]) == ("To do", str(NEXT_MONTH))
    assert len(rows) == 2


def test_months_end_with_the_month() -> None:
    assert months_later(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 31), 12) == date(2027, 12, 31)
