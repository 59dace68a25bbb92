"""The text of the default policy: a draft that says so, and that tells nobody to do what nobody may do."""

from __future__ import annotations

import re

from zonemap.rules.desk_translation import texts
from zonemap.rules.policies import policy_words
from zonemap.rules.proof_words import claims, urges


def test_the_policy_says_that_it_is_a_draft_that_nobody_has_read() -> None:
    assert policy_words()["draft"].startswith("Draft, reviewed by nobody.")


def test_no_line_of_the_policy_urges_anybody_or_says_what_a_paper_is_worth() -> None:
    lines = [text for _, text in texts(dict(policy_words()))]

    assert len(lines) > 30
    assert [each for each in lines if urges(each) or claims(each)] == []


def test_every_section_says_something_and_a_blank_without_a_value_says_where_to_set_it() -> None:
    sections = policy_words()["section"]

    assert all(each["heading"] and (each["text"] or each.get("from")) for each in sections)
    blanks = set(re.findall(r"\{(\w+)\}", " ".join(line for each in sections for line in each["text"])))
    assert set(policy_words()["where"]) <= blanks
