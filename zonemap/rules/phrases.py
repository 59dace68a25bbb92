"""Finding phrases in what people write, whatever case, marks and letters of look-alike scripts they use."""

from __future__ import annotations

import re
import unicodedata

# Letters of other scripts that look like a Latin one, after case is folded.
_LOOKALIKES = str.maketrans("аеіјорсухѕԁһкмтвгαειοκρτυνχβ" + "ı1|", "aeijopcyxsdhkmtbraeiokptuvxb" + "iii")


def pattern(phrases: list[str]) -> re.Pattern[str]:
    """Any of the phrases, its letters next to each other or set apart the same way throughout, as in "I.C.E."."""
    return re.compile("|".join(rf"(?<!\w)(?:{_together(each)}|{_apart(each)})(?!\w)" for each in phrases))


def stems(phrases: list[str]) -> re.Pattern[str]:
    """Any of the phrases as words; a star at the end of a word stands for any ending."""
    return re.compile("|".join(rf"(?<!\w)(?:{_together(each)})(?!\w)" for each in phrases))


def _together(phrase: str) -> str:
    return r"[\W_]+".join(re.escape(plain(word)).replace(r"\*", r"\w*") for word in phrase.split())


def _apart(phrase: str) -> str:
    return r"[\W_]{1,3}".join(re.escape(letter) for letter in plain(phrase) if letter.isalnum())


def plain(text: str) -> str:
    """The text as it is compared."""
    return folded(text)[0]


def folded(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its letters where in the text it stands."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for each in unicodedata.normalize("NFKD", char).casefold().translate(_LOOKALIKES):
            if unicodedata.category(each) not in ("Mn", "Cf"):
                letters.append(each)
                places.append(place)
    return "".join(letters), places
