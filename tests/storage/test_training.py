"""Training comes out of the books as it went in, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.conftest import NOW, add_account
from zonemap.errors import NotFound
from zonemap.model.facility import Facility
from zonemap.model.training import PersonKind, Session, Task, TaskKind, TaskMark, Trainee, TrainingRule
from zonemap.storage.store import Store

DAY = date(2026, 11, 24)


def test_training_comes_out_as_it_went_in(any_store: Store, facility: Facility) -> None:
    account = add_account(any_store, "desk")
    other = replace(facility, id="0fac" * 8)
    dana = Trainee("1" * 32, facility.id, "Dana Whitfield", "Front desk", account_id=account.id)
    vera = Trainee("2" * 32, facility.id, "Vera Lindqvist", "Volunteer at the door", PersonKind.VOLUNTEER)
    elsewhere = Trainee("3" * 32, other.id, "Bo", "")
    drill = Task("4" * 32, facility.id, dana.id, TaskKind.DRILL, "any", DAY, NOW, "Ana", count=5)
    text = Task("5" * 32, facility.id, vera.id, TaskKind.READING, "own", DAY, NOW, "Ana", "Visitor policy", "3")
    mark = TaskMark("6" * 32, text.id, DAY, "3", "Ana", NOW, "Ana")
    session = Session("7" * 32, facility.id, DAY, "Walk", "Ana", "", NOW, "Ana", (dana.id, vera.id))
    with any_store.begin() as books:
        for site in (facility, other):
            books.facilities.add(site)
        for person in (vera, dana, elsewhere):
            books.training.add_person(person)
        for task in (drill, text):
            books.training.add_task(task)
        books.training.add_mark(mark)
        books.training.add_session(session)
        books.training.set_rule(TrainingRule(facility.id, 6, 90))
        books.training.set_rule(TrainingRule(facility.id, 24, 70))
        books.training.save_task(replace(drill, due_on=date(2027, 1, 1), count=3))

    with any_store.read() as books:
        assert books.training.people(facility.id) == (dana, vera)
        assert books.training.of_account(account.id) == (dana,)
        assert books.training.tasks(facility.id) == (text, replace(drill, due_on=date(2027, 1, 1), count=3))
        assert books.training.tasks(facility.id, vera.id) == (text,)
        assert books.training.marks(facility.id) == (mark,)
        assert books.training.sessions(facility.id) == (session,)
        assert books.training.rule(facility.id) == TrainingRule(facility.id, 24, 70)
        assert books.training.rule(other.id) == TrainingRule(other.id)
        assert (
            books.training.tasks(other.id) == books.training.marks(other.id) == books.training.sessions(other.id) == ()
        )


def test_what_is_of_another_facility_is_not_found(any_store: Store, facility: Facility) -> None:
    other = replace(facility, id="0fac" * 8)
    person = Trainee("1" * 32, facility.id, "Dana", "")
    task = Task("4" * 32, facility.id, person.id, TaskKind.DRILL, "any", DAY, NOW, "Ana")
    session = Session("7" * 32, facility.id, DAY, "Walk", "Ana", "", NOW, "Ana", (person.id,))
    with any_store.begin() as books:
        books.facilities.add(facility)
        books.facilities.add(other)
        books.training.add_person(person)
        books.training.add_task(task)
        books.training.add_session(session)
    deeds = (
        lambda books: books.training.person(other.id, person.id),
        lambda books: books.training.save_person(replace(person, facility_id=other.id)),
        lambda books: books.training.remove_task(other.id, task.id),
        lambda books: books.training.remove_session(other.id, session.id),
    )
    for deed in deeds:
        with pytest.raises(NotFound), any_store.begin() as books:
            deed(books)

    with any_store.begin() as books:
        books.training.remove_task(facility.id, task.id)
        books.training.remove_session(facility.id, session.id)
        assert books.training.tasks(facility.id) == books.training.sessions(facility.id) == ()
