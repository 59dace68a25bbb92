"""A few of the hostile files each day, all of them with ``-m long``: each is read, or refused with a sentence."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from hostile import seeds
from hostile.bomb_words import TRICKS
from hostile.files import daily, every
from hostile.run import given, run

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")  # archives with a name twice, which are meant


def test_the_files_of_today_are_read_or_refused_with_a_sentence() -> None:
    broke = [came for came in map(given, daily()) if not came.is_well]
    assert broke == []


@pytest.mark.long
def test_two_thousand_hostile_files_are_read_or_refused_and_leave_and_ask_nothing() -> None:
    lines = list(run())
    assert lines[-1] == "0 findings."
    assert int(lines[0].split()[0]) >= 2_000


@pytest.mark.long
def test_the_hostile_files_are_the_same_each_time() -> None:
    first, second = ({file.name: file.data for file in every()} for _ in range(2))
    differ = {name for name in first if first[name] != second[name]}
    assert differ == {"pdf that is locked"}  # which is locked by chance


def test_a_file_is_stored_under_no_name_that_it_came_with(sign_in, stored_facility, settings) -> None:
    manager = sign_in("manager")
    known = set(Path(settings.data).rglob("*"))
    for number, trick in enumerate(TRICKS[:6]):
        name = trick.encode("utf-8", "ignore").decode() + ".png"
        form = {"name": f"F{number}", "level": "1", "plan": (BytesIO(seeds.picture()), name)}
        manager.post(f"/facilities/{stored_facility.id}/plans/", form)
    new = {path.name for path in set(Path(settings.data).rglob("*")) - known}
    assert {name for name in new if not name.startswith("zonemap.db")} == set()
