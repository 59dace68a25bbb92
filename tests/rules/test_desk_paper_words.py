"""The words on the desk's papers: the same texts in each language, and no other language in the place of one."""

from __future__ import annotations

import pytest

from zonemap.rules.desk_paper_words import paper_words
from zonemap.rules.desk_translation import texts


def test_english_is_the_language_where_nobody_names_one() -> None:
    assert paper_words() == paper_words("en")
    assert paper_words.__wrapped__("".join(("e", "n"))) == paper_words("en")
    assert paper_words("es") != paper_words("en")


def test_both_languages_have_the_same_parts() -> None:
    assert set(paper_words("es")) == set(paper_words("en"))
    assert all(text for _, text in texts(dict(paper_words("es"))))


@pytest.mark.parametrize("language", ["de", "vi"])
def test_a_language_without_a_file_is_never_told_in_english(language: str) -> None:
    with pytest.raises(FileNotFoundError):
        paper_words(language)
