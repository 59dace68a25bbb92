"""What lines seem to say: whole titles, the words under the line, never the body, and nothing in doubt."""

from __future__ import annotations

import pytest

from zonemap.model.reading import Crop, ReadLine
from zonemap.rules.reading import suggestions

CROP = Crop(1, 1, b"\x00")


def paper(*lines: tuple[str, float, float, float]) -> dict[str, str]:
    """Suggested values by key, of lines as words, left, top and height in hundredths."""
    read = [ReadLine(t, x / 100, y / 100, len(t) * h / 200, h / 100, 0.99, CROP) for t, x, y, h in lines]
    return {each.key: each.value for each in suggestions(read)}


def dhs(title: str, *body: str, signer: str = "Authorized Immigration Officer") -> dict[str, str]:
    inner = [(text, 5.0, 38.0 + 4 * at, 2.4) for at, text in enumerate(body)]
    top = [("DEPARTMENT OF", 30.0, 8.0, 3.0), ("HOMELAND SECURITY", 28.0, 12.0, 3.0), (title, 15.0, 25.0, 3.4)]
    return paper(
        *top, *inner, ("November 5, 2026", 5.0, 75.0, 2.4), (signer, 45.0, 78.0, 2.4), ("Page 1", 5.0, 92.0, 2)
    )


def court(title: str, signer: str, *more: tuple[str, float, float, float], head: str = "UNITED STATES DISTRICT COURT"):
    top = [(head, 15.0, 6.0, 3.0), ("for a district", 25.0, 10.0, 2.0), (title, 15.0, 22.0, 3.4)]
    return paper(*top, *more, ("November 5, 2026", 5.0, 60.0, 2.4), (signer, 45.0, 63.0, 2.4), ("Page 1", 5.0, 95.0, 2))


@pytest.mark.parametrize(
    "body",
    [
        "WARRANT",  # row 1
        "YOU ARE COMMANDED to arrest, upon probable cause",  # row 2
        "a District or Magistrate Court Judge",  # row 3
        "SEARCH WARRANT",
        "ordered by a judge of the United States District Court",  # row 5
        "a designated official, the Board of Immigration Appeals",
    ],
)
def test_words_in_the_body_of_a_homeland_security_form_change_nothing(body: str) -> None:
    assert dhs("WARRANT FOR ARREST OF ALIEN", "To any immigration officer", body) == {
        "top_heading": "dhs",
        "title": "warrant_for_arrest_of_alien",
        "signer_label": "immigration_officer",
        "issue_date": "",
    }


def test_no_line_makes_a_judge_s_paper_of_a_homeland_security_form() -> None:
    for title in ("ARREST WARRANT", "SEARCH WARRANT", "WARRANT FOR ARREST", "WARRANT"):
        assert "title" not in dhs(title)


def test_an_immigration_judge_is_not_a_judge_even_where_letters_are_misread() -> None:  # row 4
    head = "EXECUTIVE OFFICE FOR IMMIGRATION REVIEW"
    assert court("ORDER", "Immigration Judge", head=head)["signer_label"] == "immigration_judge"
    assert court("ORDER", "lmmigration Judge", head=head)["signer_label"] == "immigration_judge"
    for misread in ("Immigr Judge", "Irrrnigratn Judge", "gration Judge"):
        assert court("ORDER", misread, head=head).get("signer_label") != "judge"


def test_a_court_s_name_below_the_top_is_no_heading_and_two_at_the_top_are_none() -> None:  # row 5
    letter = paper(
        ("QUILL & HARBOR, ATTORNEYS", 15, 5, 3),
        ("SUBPOENA", 30, 20, 3.4),
        ("United States District Court", 5, 45, 2.4),
        ("November 5, 2026", 5, 70, 2.4),
        ("Attorney's signature", 45, 73, 2.4),
        ("Page 1", 5, 95, 2),
    )
    assert "top_heading" not in letter
    assert letter["signer_label"] == "attorney"
    both = court("SUBPOENA", "Clerk", ("HOMELAND SECURITY", 20, 14, 3))
    assert "top_heading" not in both


def test_only_five_things_are_ever_suggested_none_of_them_a_class_or_an_access() -> None:  # row 6
    found = court("SEARCH AND SEIZURE WARRANT", "Judge's signature", ("on or before November 30, 2026", 5, 40, 2.4))
    assert set(found) == {"top_heading", "title", "signer_label", "execute_by", "issue_date"}
    assert (found["execute_by"], found["issue_date"]) == ("", "")


def test_issuing_officer_means_the_court_s_on_a_court_s_form_only() -> None:  # row 17
    assert court("ARREST WARRANT", "Issuing officer's signature")["signer_label"] == "issuing_officer"
    assert dhs("NOTICE TO APPEAR", signer="Issuing officer")["signer_label"] == "immigration_officer"
    assert "signer_label" not in court("ARREST WARRANT", "Issuing officer", head="QUILL & HARBOR")


def test_the_return_s_signature_never_counts() -> None:
    found = court(
        "ARREST WARRANT", "Clerk", ("Return", 40, 70, 2.4), ("November 9, 2026", 5, 76, 2.4), ("Judge", 45, 78, 2.4)
    )
    assert found["signer_label"] == "clerk"


def test_a_part_of_a_longer_title_is_no_title() -> None:
    found = court("APPLICATION FOR A", "Judge", ("SEARCH WARRANT", 17, 25.8, 3.4))
    assert found.get("title") in (None, "application_or_affidavit")


def test_nothing_read_is_nothing_suggested() -> None:
    assert suggestions([]) == ()
