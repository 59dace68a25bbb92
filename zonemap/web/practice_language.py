"""The language of practice: that of the desk's screens, as the device keeps it, with the texts of practice."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from zonemap.rules.desk_translation import ENGLISH
from zonemap.rules.practice_translation import practice_known, practice_words
from zonemap.web.desk_language import Speech, chosen, marked


class PracticeSpeech(Speech):
    """The texts of the desk and of practice in one language. Where both have a key, practice has its own text."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self._known = practice_known(language)
        self._words = practice_words(language)
        self._take(practice_words()["screen"], self._words["screen"])

    def said(self, text: str) -> Markup:
        """A text that is in the language already: the story, a reason, a line of a paper."""
        return marked(text)

    def word(self, part: str, key: str) -> Markup:
        """A text of practice of a part that has its own keys, such as verdicts."""
        return marked(self._words[part][key])

    @property
    def papers_note(self) -> str:
        """That the drawn papers are not in this language; empty in English."""
        return "" if self.language == ENGLISH else str(self._words["papers_note"])


@cache
def practice_speech(language: str = ENGLISH) -> PracticeSpeech:
    """The texts in a language."""
    return PracticeSpeech(language)


def chosen_for_practice() -> PracticeSpeech:
    """The language of this request."""
    return practice_speech(chosen().language)
