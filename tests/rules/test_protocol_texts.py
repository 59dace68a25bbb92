"""The protocol that comes with zonemap: its sections in words, and which lines and citations hold for a facility."""

from __future__ import annotations

import pytest

from zonemap.model.facility import Facility, SiteKind
from zonemap.model.protocol import SECTIONS, Step
from zonemap.rules import protocol_texts as texts


def site(state: str = "TX", kind: SiteKind = SiteKind.CLINIC) -> Facility:
    return Facility("a" * 32, "N", "S", "", "C", state, "1", kind)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_has_a_name_in_words(section: str) -> None:
    name = texts.section_name(section)

    assert name
    assert name[0].isupper()


def test_a_role_s_section_names_the_role_and_then_the_time() -> None:
    assert texts.section_name("front_desk.during") == "Front desk, during a visit"


def test_every_line_that_protects_staff_has_its_source() -> None:
    assert texts.protecting_lines()
    assert all(each.text and each.source for each in texts.protecting_lines())


def steps(lines: list[list[object]], facility: Facility, monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """The steps of one section that has just those lines."""
    one = {role: {phase: [] for phase in phases} for role, phases in texts.protocol_texts()["steps"].items()}
    one["front_desk"]["during"] = lines
    topics = dict.fromkeys(texts.protocol_texts()["topics_lines"], ())
    table = {**texts.protocol_texts(), "steps": one, "topics_lines": topics}
    monkeypatch.setattr(texts, "protocol_texts", lambda: table)
    return list(texts.default_steps(facility))


def test_lines_are_numbered_from_one_whichever_of_them_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[list[object]] = [["First", "X"], ["Of Illinois", "X", ["IL"]], ["Third", "Y"]]
    found = steps(lines, site(), monkeypatch)

    assert [(each.id, each.section, each.text, each.source) for each in found] == [
        ("front_desk.during.1", "front_desk.during", "First", "X"),
        ("front_desk.during.3", "front_desk.during", "Third", "Y"),
    ]


@pytest.mark.parametrize(
    ("only", "state", "kind", "holds"),
    [
        ((), "TX", SiteKind.CLINIC, True),
        ((["TX"],), "TX", SiteKind.CLINIC, True),
        ((["IL", "TX"],), "TX", SiteKind.CLINIC, True),
        ((["IL"],), "TX", SiteKind.CLINIC, False),
        (([], ["clinic"]), "TX", SiteKind.CLINIC, True),
        (([], ["hospital"]), "TX", SiteKind.CLINIC, False),
        ((["TX"], ["hospital"]), "TX", SiteKind.CLINIC, False),
        ((["IL"], ["clinic"]), "TX", SiteKind.CLINIC, False),
        ((["TX"], ["clinic", "hospital"]), "TX", SiteKind.CLINIC, True),
    ],
)
def test_a_line_holds_in_its_states_and_for_its_kinds_of_site(
    only: tuple[list[str], ...], state: str, kind: SiteKind, holds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bool(steps([["Text", "X", *only]], site(state, kind), monkeypatch)) is holds


@pytest.mark.parametrize(
    ("state", "kind", "cited"),
    [
        ("TX", SiteKind.HOSPITAL, "18 U.S.C. 111"),
        ("AL", SiteKind.HOSPITAL, "18 U.S.C. 111"),
        ("CA", SiteKind.CLINIC, "Cal. H&S 24250; 18 U.S.C. 111"),
        ("CA", SiteKind.HOSPITAL, "Cal. H&S 24250; 18 U.S.C. 111"),
        ("IL", SiteKind.CLINIC, "740 ILCS 110; 18 U.S.C. 111"),
        ("IL", SiteKind.SHELTER, "740 ILCS 110; 18 U.S.C. 111"),
        ("IL", SiteKind.HOSPITAL, "740 ILCS 110; 210 ILCS 85/6.14h; 18 U.S.C. 111"),
    ],
)
def test_of_a_line_s_citations_those_of_the_own_state_and_kind_stand(
    state: str, kind: SiteKind, cited: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = ["Text", "Cal. H&S 24250; 740 ILCS 110; 210 ILCS 85/6.14h; 18 U.S.C. 111"]

    assert [each.source for each in steps([line], site(state, kind), monkeypatch)] == [cited]
