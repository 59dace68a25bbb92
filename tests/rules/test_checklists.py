"""What a state asks of a facility: its own points where they were written from the law, else those of its pack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zonemap.model.facility import SiteKind
from zonemap.rules.checklists import CheckPoint, checklist_for, checklist_words
from zonemap.rules.pack import Duty, pack_for


@pytest.mark.parametrize(
    ("state", "kind", "in_full", "binds"),
    [
        ("CA", SiteKind.CLINIC, True, True),
        ("CA", SiteKind.HOSPITAL, True, True),
        ("CA", SiteKind.SHELTER, True, True),
        ("CA", SiteKind.OTHER, True, False),
        ("IL", SiteKind.HOSPITAL, True, True),
        ("IL", SiteKind.CLINIC, True, False),
        ("TX", SiteKind.CLINIC, False, True),
        ("AL", SiteKind.CLINIC, False, True),
    ],
)
def test_a_checklist_says_whether_it_was_written_from_the_law_and_whether_it_binds(
    state: str, kind: SiteKind, in_full: bool, binds: bool
) -> None:
    found = checklist_for(state, kind, pack_for(state, kind))

    assert (found.in_full, found.binds) == (in_full, binds)
    assert found.name
    assert found.who
    assert bool(found.due) is in_full


def test_a_state_s_own_points_each_cite_the_law_and_name_what_shows_them() -> None:
    for each in checklist_words()["state"]:
        found = checklist_for(each["state"], SiteKind.HOSPITAL, pack_for(each["state"], SiteKind.HOSPITAL))
        assert (found.name, found.who, found.due) == (each["name"], each["who"], each["due"])
        assert [(one.text, one.citation, one.here) for one in found.points] == [
            (item["text"], item["citation"], item["here"]) for item in each["item"]
        ]
        assert all(one.text and one.citation and one.here for one in found.points)


def test_a_pack_gives_the_points_that_it_knows_a_law_for_and_no_other() -> None:
    bare = replace(pack_for("TX", SiteKind.CLINIC), care_areas="", notice="", waiting_space="", duties=())
    duty = Duty("Ask for a badge.", "Law 4")

    def points(**more: object) -> tuple[CheckPoint, ...]:
        return checklist_for("TX", SiteKind.CLINIC, replace(bare, **more)).points

    assert points() == ()
    assert points(care_areas="Law 1") == (
        CheckPoint("Areas of care are designated as not public", "Law 1", "designated"),
    )
    assert [(each.citation, each.here) for each in points(notice="Law 2")] == [("Law 2", "notices")]
    assert [(each.citation, each.here) for each in points(waiting_space="Law 3")] == [("Law 3", "waiting")]
    assert points(duties=(duty,)) == (CheckPoint("Ask for a badge.", "Law 4", "scripts"),)


def test_a_pack_s_checklist_is_called_as_the_pack_is() -> None:
    pack = pack_for("TX", SiteKind.OTHER)
    found = checklist_for("TX", SiteKind.OTHER, replace(pack, covers=frozenset({SiteKind.CLINIC})))

    assert (found.name, found.who, found.binds) == (pack.name, pack.who, False)
