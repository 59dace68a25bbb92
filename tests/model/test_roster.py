"""The week of the roster: every hole named, none invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zonemap.model.facility import Contact, ContactRole
from zonemap.model.hours import Spell
from zonemap.model.roster import WEEK, covered_minutes, holes, hour_grid, spoken_hole, stretches

MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 - the clock on the wall
WEEKDAYS = (0, 1, 2, 3, 4)


def person(name, *duty, role=ContactRole.RESPONDER):
    return Contact(name, "f", role, name, "555-0100", duty=duty)


def spell(days, start, end):
    return Spell(tuple(days), start * 60, end * 60, None)


def test_somebody_without_hours_takes_calls_always():
    assert holes([person("Dana")], ContactRole.RESPONDER) == ()
    assert covered_minutes([person("Dana")], ContactRole.RESPONDER) == WEEK


def test_without_a_responder_the_whole_week_is_one_hole_that_says_who_is_called():
    luis = person("Luis", role=ContactRole.ADMINISTRATOR_ON_CALL)

    (hole,) = holes([luis], ContactRole.RESPONDER)

    assert (hole.hours, hole.instead) == (168, luis)
    assert spoken_hole(hole) == "every hour of the week"


def test_nights_and_the_weekend_are_named_and_the_weekend_is_one_hole():
    dana = person("Dana", spell(WEEKDAYS, 7, 18))

    found = [spoken_hole(hole) for hole in holes([dana], ContactRole.RESPONDER)]

    assert found == [
        "Mon 6 pm to Tue 7 am",
        "Tue 6 pm to Wed 7 am",
        "Wed 6 pm to Thu 7 am",
        "Thu 6 pm to Fri 7 am",
        "Fri 6 pm to Mon 7 am",
    ]


def test_a_hole_on_one_day_is_told_with_that_day_alone():
    dana = person("Dana", spell(range(7), 18, 12), spell((0, 1, 2, 3, 4, 6), 12, 18))

    (hole,) = holes([dana], ContactRole.RESPONDER)

    assert spoken_hole(hole) == "Sat noon to 6 pm"


def test_a_hole_is_parted_where_somebody_else_is_called_instead():
    dana = person("Dana", spell(range(7), 0, 12))
    luis = person("Luis", spell(range(7), 12, 18), role=ContactRole.ADMINISTRATOR_ON_CALL)

    found = holes([dana, luis], ContactRole.RESPONDER)[:2]

    assert [(spoken_hole(hole), hole.instead) for hole in found] == [
        ("Mon noon to 6 pm", luis),
        ("Mon 6 pm to Tue midnight", None),
    ]


def test_an_hour_counts_in_the_grid_only_when_all_of_it_is_covered():
    dana = person("Dana", Spell((0,), 8 * 60, 9 * 60 + 30, None))

    monday = hour_grid([dana], ContactRole.RESPONDER)[0]

    assert [hour for hour, covered in enumerate(monday) if covered] == [8]


SPELLS = st.builds(
    Spell,
    st.lists(st.integers(0, 6), min_size=1, unique=True).map(tuple),
    st.integers(0, 1439),
    st.integers(0, 1439),
    st.none(),
)
PEOPLE = st.lists(
    st.builds(
        lambda number, role, duty: Contact(f"{number}", "f", role, f"{number}", "555-0100", duty=tuple(duty)),
        st.integers(0, 999),
        st.sampled_from((ContactRole.RESPONDER, ContactRole.COUNSEL)),
        st.lists(SPELLS, max_size=3),
    ),
    max_size=4,
)


@given(PEOPLE, st.integers(0, WEEK - 1))
def test_a_minute_lies_in_a_hole_exactly_when_no_responder_is_on_duty_then(people, minute):
    local = MONDAY + timedelta(minutes=minute)

    in_a_hole = any(
        hole.start <= each < hole.end
        for hole in holes(people, ContactRole.RESPONDER)
        for each in (minute, minute + WEEK)
    )

    responders = [each for each in people if each.role is ContactRole.RESPONDER]
    assert in_a_hole is not any(each.on_duty(local) for each in responders)


@given(PEOPLE)
def test_the_stretches_fill_the_week_without_a_seam(people):
    found = stretches(people)

    assert (found[0].start, found[-1].end) == (0, WEEK)
    assert all(one.end == next_.start and one.on_duty != next_.on_duty for one, next_ in pairwise(found))
