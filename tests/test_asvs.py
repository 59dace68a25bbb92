"""docs/asvs.toml answers every requirement of ASVS 5.0 up to level 2, and names tests that exist."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROWS = tomllib.loads((ROOT / "docs" / "asvs.toml").read_text(encoding="utf-8"))
KINDS = {"test", "how", "outside", "operator", "open"}
# How many requirements of levels 1 and 2 each chapter of ASVS 5.0.0 has.
CHAPTERS = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
    16: 16,
    17: 7,
}


def test_every_requirement_has_one_answer() -> None:
    found = Counter(int(number.partition(".")[0]) for number in ROWS)

    assert len(ROWS) == 253
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", number) for number in ROWS)
    assert {chapter: found[chapter] for chapter in CHAPTERS} == CHAPTERS
    assert [number for number, answer in ROWS.items() if len(answer) != 1 or not answer.keys() <= KINDS] == []
    assert [number for number, answer in ROWS.items() if not next(iter(answer.values())).strip()] == []


def test_every_test_that_an_answer_names_exists() -> None:
    missing = []
    for number, answer in ROWS.items():
        path, _, name = answer.get("test", "tests/test_asvs.py").partition("::")
        file = ROOT / path
        if not file.is_file() or (name and f"def {name}(" not in file.read_text(encoding="utf-8")):
            missing.append((number, answer["test"]))

    assert missing == []
