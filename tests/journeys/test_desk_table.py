"""The desk's table, walked by the browser's script: the same questions and the same answer as the rules in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.desk_random import Paths, Press, visits
from zonemap.rules.pack import Pack, packs
from zonemap.work.desk_table import desk_table, table_hash
from zonemap.work.desk_tables import kept_table

pytestmark = pytest.mark.journey

ROOT = Path(__file__).resolve().parents[2]
ORIGIN = "http://desk.test"
TODAY = date(2026, 11, 24)
PACK = packs()["US-CA"]
# What the script makes of each visit, compared press by press; gives the first few that differ.
TAKE = """async ([visits]) => {
  const { deskTable, nothingSaid } = await import("/desk-table.js");
  const desk = deskTable(window.table);
  const differing = [];
  const same = (left, right) => JSON.stringify(left) === JSON.stringify(right);
  for (const visit of visits) {
    let answers = nothingSaid();
    for (const [at, press] of visit.entries()) {
      answers = press.deed
        ? desk.turned(answers, press.deed, press.about)
        : desk.saying(answers, press.field, press.said);
      const asked = desk.walk(answers).open?.field ?? "";
      const made = press.answer && asked === "" ? desk.answer(answers) : {};
      const wrong = Object.entries(press.answer ?? {}).filter(([key, value]) => !same(made[key], value));
      if (asked === press.asked && !wrong.length) continue;
      differing.push({ visit: visit.slice(0, at + 1).map(({ answer, ...pressed }) => pressed), asked, wrong,
        made: wrong.map(([key]) => made[key]) });
      break;
    }
  }
  return differing.slice(0, 3);
}"""


@pytest.fixture(scope="module")
def table() -> dict[str, Any]:
    return kept_table(ROOT / ".cache", PACK, today=TODAY)


@pytest.fixture
def differing(browser: Any) -> Iterator[Callable[..., list[Any]]]:
    """Gives the visits that the script takes otherwise than Python."""
    page = browser.new_page()
    page.route(f"{ORIGIN}/**", _answer)
    page.goto(f"{ORIGIN}/")

    def take(table: dict[str, Any], some: list[list[Press]]) -> list[Any]:
        page.evaluate("table => { window.table = table }", table)
        return list(page.evaluate(TAKE, [some]))

    yield take
    page.close()


def _answer(route: Any) -> None:
    name = route.request.url.removeprefix(ORIGIN).lstrip("/")
    if name == "desk-table.js":
        route.fulfill(body=(ROOT / "static" / "src" / "desk" / "table.js").read_bytes(), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>desk</title>", content_type="text/html")


def test_two_thousand_ways_through_the_questions_end_as_in_python(
    table: dict[str, Any], differing: Callable[..., list[Any]]
) -> None:
    assert differing(table, list(Paths(PACK, TODAY).take(seed=1, count=2000))) == []


def test_back_changes_emergencies_and_further_papers_end_as_in_python(
    table: dict[str, Any], differing: Callable[..., list[Any]]
) -> None:
    assert differing(table, list(visits(PACK, TODAY, seed=2, count=60))) == []


def test_a_table_that_says_one_thing_otherwise_is_found_out(
    table: dict[str, Any], differing: Callable[..., list[Any]]
) -> None:
    other = table | {"lines": [line.replace("I do not consent", "I consent") for line in table["lines"]]}

    assert differing(other, list(Paths(PACK, TODAY).take(seed=1, count=40))) != []


def test_the_table_is_small_and_is_known_by_its_hash(table: dict[str, Any]) -> None:
    assert len(table["nodes"]) < 2000
    assert len(table["outcomes"]) < 1500
    rest = {key: value for key, value in table.items() if key != "hash"}
    assert table["hash"] == table_hash(rest)
    assert table_hash(rest | {"unsure_most": 4}) != table["hash"]


@pytest.mark.long
@pytest.mark.parametrize("pack", [packs()["US-IL"], packs()["US-CA"], packs()["US-CO"]], ids=lambda pack: pack.id)
def test_a_hundred_thousand_ways_end_as_in_python(pack: Pack, differing: Callable[..., list[Any]]) -> None:
    made, paths = desk_table(pack, today=TODAY), Paths(pack, TODAY)
    for seed in range(20):
        assert differing(made, list(paths.take(seed=seed, count=2000))) == []
    assert differing(made, list(visits(pack, TODAY, seed=3, count=2000))) == []


@pytest.mark.long
@pytest.mark.parametrize("pack", packs().values(), ids=lambda pack: pack.id)
def test_every_pack_ends_as_in_python(pack: Pack, differing: Callable[..., list[Any]]) -> None:
    made = desk_table(pack, today=TODAY)
    assert differing(made, list(Paths(pack, TODAY).take(seed=4, count=2000))) == []
    assert differing(made, list(visits(pack, TODAY, seed=5, count=100))) == []
