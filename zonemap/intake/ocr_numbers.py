"""Letters and digits that a reader of scans takes for one another, put right by how the other numbers look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from zonemap.model.linework import Text

_DIGITS = {
    "O": "0",
    "Q": "0",
    "D": "0",
    "I": "1",
    "L": "1",
    "|": "1",
    "!": "1",
    "T": "1",
    "J": "1",
    "Z": "2",
    "S": "5",
    "B": "8",
    "G": "6",
}
_LETTERS = {"0": "O", "1": "I", "2": "Z", "5": "S", "8": "B", "6": "G"}
_ALIKE = {"O": "D", "Q": "D", "G": "C"}  # letters for letters, where the other one is the usual one
_PATTERN_LEAST = 5  # so many numbers make a pattern
_LONGEST = 8
_NUMBER = re.compile(r"[A-Za-z0-9|!]+([-.][A-Za-z0-9|!]+)?")


def corrected(texts: Sequence[Text]) -> list[Text]:
    """The texts, those that would be a number of the usual pattern but for one look-alike sign made one."""
    plain = [text.text for text in texts]
    patterns = Counter(_pattern(words) for words in plain if _is_number(words))
    usual = [pattern for pattern, times in patterns.most_common() if times >= _PATTERN_LEAST]
    there = set(plain)
    better = [_put_right(words, usual, patterns, there) for words in plain]
    letters = Counter((at, sign) for words in better if _is_number(words) for at, sign in enumerate(words))
    return [replace(text, text=_usual_letters(words, letters)) for text, words in zip(texts, better, strict=True)]


def _is_number(words: str) -> bool:
    return len(words) <= _LONGEST and any(map(str.isdigit, words)) and _NUMBER.fullmatch(words) is not None


def _pattern(words: str) -> str:
    return "".join("9" if sign.isdigit() else "A" if sign.isalpha() else sign for sign in words)


def _put_right(words: str, usual: Sequence[str], patterns: Counter[str], there: set[str]) -> str:
    """The words as one of the usual patterns, where one sign stands in the way and the number is still free."""
    if not _is_number(words) or patterns[_pattern(words)] >= _PATTERN_LEAST:
        return words
    for pattern in usual:
        if len(pattern) != len(words):
            continue
        signs = [_as(sign, wanted) for sign, wanted in zip(words, pattern, strict=True)]
        changed = sum(sign != own for sign, own in zip(signs, words, strict=True))
        made = "".join(signs)
        if changed == 1 and _pattern(made) == pattern and made not in there:
            return made
    return words


def _usual_letters(words: str, letters: Counter[tuple[int, str]]) -> str:
    """A number with a letter that hardly any other has in its place: the one that looks like it, where that is usual.

    1O39 between 1D37 and 1D40 is 1D39.
    """
    if not _is_number(words):
        return words
    signs = list(words)
    for at, sign in enumerate(signs):
        alike = _ALIKE.get(sign)
        if alike is not None and letters[at, sign] * _PATTERN_LEAST <= letters[at, alike]:
            signs[at] = alike
    return "".join(signs)


def _as(sign: str, wanted: str) -> str:
    if wanted == "9" and not sign.isdigit():
        return _DIGITS.get(sign.upper(), sign)
    if wanted == "A" and not sign.isalpha():
        return _LETTERS.get(sign, sign)
    return sign
