"""The language of the desk's screens: chosen at the desk, kept by the device in a cookie that holds nothing else.

``Speech`` gives every text to the templates. What has no translation comes out in English and is marked as English.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from flask import Response, request
from markupsafe import Markup, escape

from zonemap.rules.desk_translation import ENGLISH, LANGUAGES, known_in, plain, screen_words, translation
from zonemap.web.guard import set_cookie

COOKIE = "zonemap-desk-language"  # the desk without a server keeps its own: static/js/desk-language.js
_YEAR_S = 365 * 24 * 60 * 60
_AS_ENGLISH = Markup('<span lang="en">{}</span>')
_STAYS_ENGLISH = re.compile("‹([^›]*)›")


class Speech:
    """The texts of the desk in one language. Everything that it gives to a template is escaped."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._screen: Mapping[str, Any] = screen_words(language)
        self._known = known_in(language)
        self._texts: dict[str, Markup] = {}
        self._attrs: dict[str, str] = {}
        self._take(screen_words()["screen"], self._screen["screen"])
        self.tell = lru_cache(maxsize=2048)(self._tell)

    def _take(self, english: Mapping[str, str], own: Mapping[str, str]) -> None:
        """Texts of screens by their keys, in place of those that had the same keys."""
        self._texts |= {key: self._markup(text) for key, text in english.items()}
        self._texts |= {key: marked(text) for key, text in own.items()}
        self._attrs |= {key: plain(str(text)) for key, text in {**english, **own}.items()}

    def __call__(self, key: str, **values: object) -> Markup:
        """A text of the screens by its key, with what is filled in."""
        return self._texts[key].format(**values) if values else self._texts[key]

    def attr(self, key: str, **values: object) -> str:
        """The same for an attribute, which can hold no mark."""
        return self._attrs[key].format(**values) if values else self._attrs[key]

    def _tell(self, text: str) -> Markup:
        """A text of the rules."""
        known = self._known(text)
        return self._markup(text) if known is None else marked(known)

    def plain(self, text: str) -> str:
        """The same for an attribute, or a title."""
        return plain(self._known(text) or text)

    def means(self, text: str) -> Markup | str:
        """What a sentence means that is said in English; empty where the screen is English, or nobody has told."""
        known = None if self.language == ENGLISH else self._known(text)
        return marked(known) if known else ""

    def of(self, part: str, key: str) -> str:
        """A word of a part that has its own keys, such as zones and faces."""
        return plain(str(self._screen[part][key]))

    @property
    def unchecked(self) -> str:
        """That nobody has checked this translation; empty in English."""
        return "" if self.language == ENGLISH else str(translation(self.language)["unchecked"])

    @property
    def others(self) -> tuple[tuple[str, str, str], ...]:
        """The languages to change to: code, name, and what has to be known before it is chosen."""
        return tuple((code, name, _warning(code)) for code, name in LANGUAGES.items() if code != self.language)

    def day(self, day: date, *, long: bool = False) -> str:
        """A day as it is written: Nov 24, 2026."""
        month = self._screen["months"]["long" if long else "short"][day.month - 1]
        return self.attr("long_day" if long else "day", month=month, day=day.day, year=day.year)

    def wait(self, seconds: int) -> str:
        """A time to wait as it is said: 45 seconds, 2 minutes, 1 minute 30 seconds."""
        minutes, rest = divmod(seconds, 60)
        parts = ((minutes, "minute"), (rest, "second"))
        return " ".join(
            self.attr(word if number == 1 else f"{word}s", number=number) for number, word in parts if number
        )

    def _markup(self, text: str) -> Markup:
        """An English text: as it is, or marked as English where the screen is not."""
        return escape(text) if self.language == ENGLISH else _AS_ENGLISH.format(text)


def marked(text: str) -> Markup:
    """A translation; what stays English in it is marked as English."""
    if "‹" not in text:
        return escape(text)
    parts = _STAYS_ENGLISH.split(text)
    return Markup("").join(
        Markup('<span lang="en">{}</span>').format(x) if at % 2 else escape(x) for at, x in enumerate(parts)
    )


def _warning(code: str) -> str:
    return "" if code == ENGLISH else str(translation(code)["choose_note"])


@cache
def speech(language: str = ENGLISH) -> Speech:
    """The texts in a language."""
    return Speech(language)


def chosen() -> Speech:
    """The language of this request: just pressed, else as the device keeps it, else English."""
    asked = pressed() or request.cookies.get(COOKIE, "")
    return speech(asked if asked in LANGUAGES else ENGLISH)


def pressed() -> str:
    """The language that was pressed on this page; empty where none was."""
    asked = request.form.get("language", "")
    return asked if asked in LANGUAGES else ""


def keep_pressed(response: Response) -> Response:
    """Let the device keep the language that was pressed."""
    if language := pressed():
        set_cookie(response, COOKIE, language, _YEAR_S)
    return response
