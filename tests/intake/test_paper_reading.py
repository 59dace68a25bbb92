"""Photos of practice papers read by the child: the traps of the fact base, straight, turned and blurred."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.photos import picture
from zonemap.errors import Invalid, TooLarge
from zonemap.intake.paper_photo import PHOTO_MOST_MB, lines_of
from zonemap.rules.practice import scenarios
from zonemap.rules.reading import suggestions

pytestmark = pytest.mark.skipif(importlib.util.find_spec("rapidocr") is None, reason="zonemap[ocr] is not installed")
OF_JUDGES = {"search_warrant", "search_and_seizure_warrant", "arrest_warrant"}
QUESTIONS = ("top_heading", "title", "signer_label")


def read(scenario: str, **bent: float) -> tuple[dict[str, str], dict[str, str]]:
    """What is suggested, and what is on the paper."""
    each = scenarios("IL")[scenario]
    found = suggestions(lines_of(picture(each.drawn[0], **bent)))
    return {one.key: one.value for one in found if one.key in QUESTIONS}, {
        key: each.papers[0][key] for key in QUESTIONS
    }


def test_a_court_s_arrest_warrant_turned_and_a_little_blurred() -> None:  # row 17
    found, there = read("marshals-and-a-name", turned=3.0, blur=1.0)
    assert found == there


def test_a_removal_warrant_with_a_judge_in_a_box() -> None:  # rows 1, 3
    found, there = read("boxes-on-a-form", turned=-2.0)
    assert found == there


@pytest.mark.long
@pytest.mark.parametrize("bent", [{}, {"turned": 4.0}, {"turned": -4.0, "blur": 1.5}, {"blur": 2.5}], ids=str)
@pytest.mark.parametrize(
    "scenario",
    [
        "warrant-with-a-seal",  # rows 1, 2
        "boxes-on-a-form",  # row 3
        "order-with-a-judge-on-it",  # row 4
        "ice-with-a-court-subpoena",  # row 5
        "grey-laptop",
        "cartons-in-the-stock-room",  # row 6
        "marshals-and-a-name",  # row 17
        "a-hearing-in-january",
    ],
)
def test_a_photo_suggests_what_is_on_the_paper_or_nothing(scenario: str, bent: dict[str, float]) -> None:
    found, there = read(scenario, **bent)
    assert found == {key: there[key] for key in found}
    if there["top_heading"] == "dhs":
        assert found.get("title") not in OF_JUDGES
        assert found.get("signer_label") != "judge"
    if bent.get("blur", 0) < 2:
        assert set(found) >= {"top_heading", "title"}


def test_nothing_of_a_photo_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(Invalid, match="Take it anew"):
        lines_of(b"\xff\xd8\xff no picture")
    assert list(tmp_path.iterdir()) == []


def test_a_photo_that_is_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(TooLarge, match="12 MB"):
        lines_of(b"\xff" * (PHOTO_MOST_MB * 1_000_000 + 1))
