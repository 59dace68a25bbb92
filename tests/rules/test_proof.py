"""The proof: it holds, its page is that of these rules, and it breaks on every rule that is wrong on purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations, product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.rules.mutants import MUTANTS, seeded
from zonemap.model.assessment import Access, AccessZone, Confidence, PaperClass
from zonemap.model.paper import KINDS, Want, YesNo
from zonemap.rules.access import Refinement
from zonemap.rules.classify import OrderedTest
from zonemap.rules.pack import packs
from zonemap.rules.proof import Rules
from zonemap.rules.proof_answers import differs_from_rules, misread, of_pack
from zonemap.rules.proof_claims import CLAIMS
from zonemap.rules.proof_diagram import Diagrams, Node
from zonemap.rules.proof_space import CONFIDENCE, SPACE, observations_at, pack_at, visit_at
from zonemap.rules.state_law import LAWS
from zonemap.rules.verify import known_fingerprint, verify
from zonemap.work.rules_proof import proof_page

PAGE = Path(__file__).parents[2] / "docs" / "rules-proof.md"
A_FEW = ("I-200 opens a private area", "doubt about the signature is one", "no conflict: dhs_and_judge")


# --- diagrams: small tables, tried point by point -----------------------------------------------------------------

SMALL: dict[str, tuple[Any, ...]] = {"a": (1, 2), "b": ("x",), "c": (False, True, None), "d": (0, 1), "e": (3, 4, 5)}
POINTS = [dict(zip(SMALL, values, strict=True)) for values in product(*SMALL.values())]


class Table:
    """A function of some variables, by chance, that reads them in an order by chance."""

    def __init__(self, names: tuple[str, ...], seed: int) -> None:
        chance = Random(seed)  # noqa: S311 - not for secrecy
        self.names = chance.sample(names, len(names))
        self.said = {point: chance.choice("pqr") for point in product(*(SMALL[name] for name in self.names))}

    def __call__(self, point: Mapping[str, Any]) -> str:
        return self.said[tuple(point[name] for name in self.names)]

    def asks_for(self, name: str) -> bool:
        """Whether some point would get another result for another value of the variable alone."""
        return any(self(point) != self({**point, name: value}) for point in POINTS for value in SMALL[name])

    def rests(self) -> set[tuple[str, ...]]:
        """What may be left of the function when the first variables are known: each is one node, and no other is."""
        first = ({name: point[name] for name in list(SMALL)[:known]} for point in POINTS for known in range(6))
        return {tuple(self({**point, **each}) for point in POINTS) for each in first}


TABLES = [Table(names, seed) for seed, many in enumerate(range(6)) for names in combinations(SMALL, many)]


def at(diagrams: Diagrams, node: Node, point: Mapping[str, Any]) -> Any:
    """What a diagram gives at a point."""
    while node.children:
        name = diagrams.names[node.at]
        node = node.children[SMALL[name].index(point[name])]
    return node.result


@pytest.fixture(scope="module")
def drawn() -> tuple[Diagrams, list[tuple[Table, Node]]]:
    diagrams = Diagrams(SMALL)
    return diagrams, [(table, diagrams.of(table)) for table in TABLES]


Drawn = tuple[Diagrams, list[tuple[Table, Node]]]


def test_a_diagram_gives_at_each_point_what_the_program_gives(drawn: Drawn) -> None:
    diagrams, functions = drawn

    assert diagrams.size == len(POINTS) == 36
    for table, node in functions:
        assert [at(diagrams, node, point) for point in POINTS] == [table(point) for point in POINTS]


def test_a_diagram_has_a_node_for_each_function_that_may_be_left_and_asks_for_what_matters(drawn: Drawn) -> None:
    diagrams, functions = drawn

    for table, node in functions:
        assert diagrams.nodes(node) == len(table.rests())
        assert {diagrams.names[each] for each in diagrams.asked(node)} == set(filter(table.asks_for, SMALL))
        assert diagrams.of(lambda point, table=table: (sorted(point[name] for name in "da"), table(point))[1]) is node  # type: ignore[misc]


def test_the_points_of_each_result_are_counted(drawn: Drawn) -> None:
    diagrams, functions = drawn

    for table, node in functions:
        assert diagrams.counts(node) == Counter(map(table, POINTS))
        assert diagrams.results(node) == set(map(table, POINTS))


def test_a_point_of_a_result_leads_to_it_whatever_else_is_so(drawn: Drawn) -> None:
    diagrams, functions = drawn

    for table, node in functions:
        for wanted in "pqr":
            point = diagrams.point(node, wanted.__eq__)
            assert (point is None) == (wanted not in map(table, POINTS))
            assert point is None or {table({**each, **point}) for each in POINTS} == {wanted}


def test_a_function_with_one_variable_fixed_is_that_of_the_points_that_have_its_value(drawn: Drawn) -> None:
    diagrams, functions = drawn

    for (table, node), name in product(functions, SMALL):
        for value in SMALL[name]:
            fixed = diagrams.of(lambda point: table({**_but(name, point), name: value}))  # noqa: B023
            assert diagrams.where(node, name, value) is fixed


def _but(name: str, point: Mapping[str, Any]) -> dict[str, Any]:
    return {each: point[each] for each in SMALL if each != name}


def test_functions_are_put_together_point_by_point(drawn: Drawn) -> None:
    diagrams, functions = drawn

    for (one, left), (other, right) in zip(functions, functions[7:], strict=False):
        joined = diagrams.joined((left, right), "".join)
        assert [at(diagrams, joined, point) for point in POINTS] == [one(point) + other(point) for point in POINTS]
        test = diagrams.joined((joined,), lambda said: said[0] in ("pq", "qr", "rp"))
        chosen = [one(point) if at(diagrams, test, point) else other(point) for point in POINTS]
        assert [at(diagrams, diagrams.either(test, left, right), point) for point in POINTS] == chosen


def test_two_functions_are_the_same_diagram_exactly_where_they_are_equal() -> None:
    diagrams = Diagrams({"a": (1, 2), "b": (1, 2, 3)})
    one = diagrams.of(lambda point: point["a"] + point["b"] > 3)
    other = diagrams.of(lambda point: point["b"] > 3 - point["a"])

    assert one is other
    assert one is not diagrams.of(lambda point: point["b"] > 2)
    assert diagrams.point(one, bool) == {"a": 1, "b": 3}
    assert list(diagrams.written(one)) == ["=False", "=True", "b:0,0,1", "b:0,1,1", "a:2,3"]
    assert Diagrams(SMALL).leaf("p") != Diagrams(SMALL).leaf("p")  # of another space; compared as what they are


# --- the proof ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rules() -> Rules:
    return Rules()


def test_every_claim_holds_over_the_whole_space(rules: Rules) -> None:
    assert [found for claim in CLAIMS for found in claim.breaks(rules)] == []


def test_the_fingerprint_is_the_one_that_was_written_down_and_stands_on_the_page(rules: Rules) -> None:
    assert rules.fingerprint == known_fingerprint()
    assert f"`{rules.fingerprint}`" in PAGE.read_text("utf-8")
    assert f"{rules.diagrams.size:,} points" in PAGE.read_text("utf-8")


def test_the_answers_of_california_are_whole_and_the_function_is_that_of_the_rules(rules: Rules) -> None:
    assert of_pack(rules, packs()["US-CA"]).breaks == ()
    assert list(misread()) == []
    assert list(differs_from_rules(rules, tuple(packs().values()), tried=300)) == []


@pytest.mark.parametrize("name", A_FEW)
def test_a_rule_that_is_wrong_on_purpose_breaks_a_claim(name: str) -> None:
    with seeded(name):
        wrong = Rules()
        found = [found for claim in CLAIMS for found in claim.breaks(wrong)]

    assert found
    assert wrong.fingerprint != known_fingerprint()


@pytest.mark.long
def test_every_pack_is_proven_and_the_page_is_that_of_the_proof() -> None:
    proof = verify()

    assert proof.breaks == ()
    assert {each.pack.id for each in proof.packs} == set(packs())
    assert proof_page(proof) == PAGE.read_text("utf-8")


@pytest.mark.long
@pytest.mark.parametrize("name", MUTANTS)
def test_each_of_the_seeded_mutants_is_found(name: str) -> None:
    with seeded(name):
        assert verify().breaks


def test_there_are_forty_mutants_and_more() -> None:
    assert len(MUTANTS) >= 40


def test_a_point_becomes_observations_with_what_they_ask_for() -> None:
    seen = observations_at({"paper": "paper", "asks for records": True})

    assert seen.wants == {"records"}
    assert seen.answered == {"paper"}


def test_what_a_point_leaves_open_is_as_the_space_has_it_first() -> None:
    seen = observations_at({})

    assert {key: getattr(seen, key) for key in KINDS} == {key: SPACE[key][0] for key in KINDS}
    assert (seen.wants, seen.answered) == (frozenset(), frozenset())


def test_a_thing_less_than_what_they_ask_for_is_never_a_thing_more() -> None:
    asked = visit_at({f"asks for {want.value}": True for want in Want}).wants
    one, other = list(Want)[:2]

    assert bool((asked & {one}) - {other})
    assert not (asked & {one}) - {one, other}
    assert other not in (asked & {one}) - {other}


def test_a_pack_tells_of_a_point_its_laws_and_its_confidence_and_nothing_else() -> None:
    pack = pack_at({**dict.fromkeys(LAWS, "told"), CONFIDENCE: ""})

    assert {getattr(pack, law) for law in LAWS} == {"told"}
    assert pack.confidence.get(PaperClass.NO_PAPER, Confidence.SETTLED) is Confidence.SETTLED
    for name in ("citations", "state"):
        with pytest.raises(AttributeError, match=f"reads {name} of a pack"):
            getattr(pack, name)


# --- tests that meet, and refinements that ask for two things -----------------------------------------------------

YES, NO = (lambda seen: seen.signed is YesNo.YES), (lambda seen: seen.signed is YesNo.NO)
DANGER = lambda seen: seen.danger_now is YesNo.YES  # noqa: E731 - one of three
ANY_DOOR, HELD = {AccessZone.PRIVATE: Access.NOT_BY_THIS_PAPER}, {AccessZone.PRIVATE: Access.HOLD_COUNSEL}
LISTED = {AccessZone.RECORDS: Access.HOLD_COUNSEL}
A, B, C = list(PaperClass)[:3]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ([("1", YES), ("1", NO), ("2", YES)], []),
        ([("1", YES), ("1", DANGER)], ["1"]),
        ([("2", YES), ("1", YES), ("1", NO), ("2", DANGER)], ["2"]),
        ([("1", YES), ("1", YES), ("1", DANGER), ("2", NO)], ["1", "1", "1"]),
    ],
)
def test_two_tests_of_one_place_that_some_paper_would_match_are_told(
    table: list[tuple[str, Any]], told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tests = tuple(OrderedTest("".join(("place ", number)), A, matches) for number, matches in table)
    monkeypatch.setattr("zonemap.rules.proof.TESTS", tests)
    monkeypatch.setattr("zonemap.rules.proof.REFINEMENTS", ())

    said = [f"two tests at place place {number} can both match" for number in told]
    assert list(Rules().overlapping_tests()) == said


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ([({A}, YES, ANY_DOOR), ({A}, NO, HELD)], []),
        ([({A}, YES, ANY_DOOR), ({A}, DANGER, ANY_DOOR)], []),
        ([({A}, YES, ANY_DOOR), ({B}, YES, HELD)], []),
        ([({A}, YES, LISTED), ({A}, YES, HELD)], []),
        ([({A}, YES, ANY_DOOR), ({A}, DANGER, HELD)], [A]),
        ([({A}, YES, HELD), ({A}, DANGER, ANY_DOOR)], [A]),
        ([({A, B, C}, YES, {**LISTED, **HELD}), ({C}, DANGER, ANY_DOOR)], [min(A, B, C)]),
        ([({B}, YES, HELD), ({A}, YES, HELD), ({C}, YES, HELD), ({B}, DANGER, ANY_DOOR)], [B]),
    ],
)
def test_two_refinements_of_one_class_that_ask_for_two_things_of_one_zone_are_told(
    table: list[tuple[set[PaperClass], Any, Any]], told: list[PaperClass], monkeypatch: pytest.MonkeyPatch
) -> None:
    every = tuple(Refinement(frozenset(classes), when, change) for classes, when, change in table)
    monkeypatch.setattr("zonemap.rules.proof.TESTS", ())
    monkeypatch.setattr("zonemap.rules.proof.REFINEMENTS", every)

    said = [f"two refinements of {each} can ask for two things at once" for each in told]
    assert list(Rules().overlapping_tests()) == said


def test_another_fingerprint_than_the_one_written_down_is_told_and_the_written_one_is_not(
    rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "packs": dict,
        "Rules": lambda: rules,
        "CLAIMS": (),
        "differs_from_rules": lambda *_: (),
    }.items():
        monkeypatch.setattr(f"zonemap.rules.verify.{name}", value)  # what is proven is tried above

    assert verify().breaks == ()
    assert verify(known=rules.fingerprint).breaks == ()
    for other in ("0" * 64, "g" * 64):
        (told,) = verify(known=other).breaks
        assert told.startswith("The rules are not those that were last proven and written down.")
