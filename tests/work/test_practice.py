"""Going through practice: what is right follows from the rules, what was answered is kept, and only with a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import NOW, add_account
from zonemap.errors import Forbidden, Invalid, NotFound
from zonemap.model.facility import Facility
from zonemap.model.person import Actor, Role
from zonemap.model.practice import FINAL_STEPS, Attempt, Verdict
from zonemap.rules.pack import FEDERAL, packs
from zonemap.rules.practice import by_class, classes_of, scenarios
from zonemap.storage.store import Store
from zonemap.work import practice as work

TODAY = NOW.date()
# Packs that ask differently: their own courts, a federal judge, an order that names the area, none of these.
ASKING = (FEDERAL, "US-CA", "US-CO", "US-IL", "US-TX", "US-MD")


@pytest.fixture
def clerk(store: Store) -> Actor:
    account = add_account(store, "desk")
    return Actor(account.id, account.name, frozenset({Role.DESK}))


@pytest.fixture
def begin(store: Store, clerk: Actor, stored_facility: Facility):
    def begun(*ids: str) -> Attempt:
        first = Attempt("1" * 32, stored_facility.id, "", "", "2" * 32, ids, 0, NOW)
        return work.begin(store, clerk, first)

    return begun


def through(store: Store, clerk: Actor, attempt: Attempt, wrong: dict[str, str] | None = None) -> Attempt:
    """Answer all that is asked: rightly, but for the steps named in ``wrong``."""
    moment = attempt.begun_at
    while (now := work.drill(store, clerk, attempt.id, today=TODAY).now) is not None:
        moment += timedelta(seconds=10)
        options = {option.value: option for option in now.question.options}
        values = [wrong[now.name]] if wrong and now.name in wrong else now.right
        said = [f"{options[value].key}:{value}" for value in values]
        attempt = work.give(store, clerk, attempt.id, step=now.name, said=said, now=moment)
    return attempt


@pytest.mark.parametrize("pack", [packs()[name] for name in ASKING if name in packs()], ids=lambda pack: pack.id)
def test_every_question_on_the_way_has_an_answer_and_a_reason_and_the_end_is_what_the_rules_say(pack) -> None:
    for each in scenarios(pack.state).values():
        steps, before, whole = work.steps_of(pack, each, today=TODAY)
        assert len(steps) == len(before)
        assert whole.paper_class in classes_of(each)
        assert [step.name for step in steps[-3:]] == list(FINAL_STEPS)
        for step in steps:
            values = {option.value for option in step.question.options}
            assert set(step.right) <= values, (each.id, step.name)
            assert "unsure" in values
            assert step.why, (each.id, step.name)
            assert "{" not in step.why


def test_all_right_is_all_right_and_timed(store: Store, clerk: Actor, begin) -> None:
    done = through(store, clerk, begin("grey-laptop"))

    assert (done.right, done.asked) == (len(done.given), len(done.given))
    assert done.seconds == 10 * len(done.given)


def test_a_miss_counts_and_goes_on_with_what_was_to_be_seen(store: Store, clerk: Actor, begin) -> None:
    done = through(store, clerk, begin("warrant-with-a-seal"), {"signer_label": "judge"})

    assert [each.step for each in done.given if each.verdict is Verdict.MISSED] == ["signer_label"]
    assert done.asked - done.right == 1
    assert work.drill(store, clerk, done.id, today=TODAY).whole.paper_class == "dhs_arrest_warrant"


def test_cannot_tell_never_counts_against_anybody_and_is_right_where_nobody_could(store, clerk, begin) -> None:
    safe = through(store, clerk, begin("warrant-with-a-seal"), {"title": "unsure"})
    assert (safe.count(Verdict.SAFE), safe.asked - safe.right) == (1, 0)

    smeared = work.begin(store, clerk, replace(safe, id="3" * 32, round_id="4" * 32, round=("water-on-the-signature",)))
    told = through(store, clerk, smeared)
    assert told.count(Verdict.SAFE) == 0
    assert ("signer_label", ("unsure",)) in [(each.step, each.said) for each in told.given]


def test_an_answer_to_a_step_that_is_over_changes_nothing_and_none_is_refused(store, clerk, begin) -> None:
    attempt = begin("grey-laptop")
    first = work.give(store, clerk, attempt.id, step="danger_now", said=["paper:paper"], now=NOW)
    assert work.give(store, clerk, attempt.id, step="danger_now", said=["paper:none"], now=NOW) == first
    for said in ([], ["top_heading:nowhere"], ["top_heading:dhs", "top_heading:federal_court"]):
        with pytest.raises(Invalid):
            work.give(store, clerk, attempt.id, step="top_heading", said=said, now=NOW)


def test_a_set_goes_on_to_its_end_and_pressing_twice_begins_one(store: Store, clerk: Actor, begin) -> None:
    first = through(store, clerk, begin("grey-laptop", "chairs-by-the-window"))
    second = work.go_on(store, clerk, first.id, new_id="5" * 32, now=NOW)
    assert second is not None
    assert (second.scenario, second.given) == ("chairs-by-the-window", ())
    assert work.go_on(store, clerk, first.id, new_id="6" * 32, now=NOW) == second
    assert work.go_on(store, clerk, second.id, new_id="7" * 32, now=NOW) is None
    assert work.round_so_far(store, clerk, first) == (first, second)


def test_what_was_wrong_the_last_time_can_be_had_again(store, clerk, begin, stored_facility) -> None:
    through(store, clerk, begin("grey-laptop"), {"title": "order"})
    assert work.choices(store, clerk, stored_facility.id, "wrong") == ("grey-laptop",)

    again = Attempt("8" * 32, stored_facility.id, "", "", "9" * 32, ("grey-laptop",), 0, NOW + timedelta(hours=1))
    through(store, clerk, work.begin(store, clerk, again))
    with pytest.raises(Invalid):
        work.choices(store, clerk, stored_facility.id, "wrong")


def test_a_class_and_one_scenario_can_be_chosen_and_nothing_else(store, clerk, stored_facility) -> None:
    assert work.choices(store, clerk, stored_facility.id, "no_paper") == by_class()["no_paper"]
    assert work.choices(store, clerk, stored_facility.id, "grey-laptop") == ("grey-laptop",)
    assert len(work.choices(store, clerk, stored_facility.id, "any")) >= 60
    with pytest.raises(Invalid):
        work.choices(store, clerk, stored_facility.id, "something")


def test_practice_is_its_owner_s_alone_and_no_desk_computer_s(store: Store, clerk: Actor, begin) -> None:
    attempt = begin("grey-laptop")
    other = add_account(store, "manager")
    with pytest.raises(NotFound):
        work.drill(store, Actor(other.id, other.name, frozenset({Role.MANAGER})), attempt.id, today=TODAY)
    with pytest.raises(Forbidden, match="own account"):
        work.drill(store, Actor("", "Front desk, left", frozenset({Role.DESK})), attempt.id, today=TODAY)


def test_nothing_is_written_into_the_record_of_visits(store: Store, clerk: Actor, begin, stored_facility) -> None:
    through(store, clerk, begin("words-at-the-counter"))
    with store.read() as books:
        assert books.records.head(stored_facility.id) is None
