"""What a line of text on a plan says: a room's number, its name, both, or something that is no label of a room."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from zonemap.model.linework import Text

_NAME_LETTERS_MOST = 45  # a longer line is a note
_NAME_WORDS_MOST = 6
_MARKS_TWICE = 0.3  # of a kind of numbers: where so many stand more than once, they are marks of doors or windows

_AREA = re.compile(
    r"\d[\d.,\s]*(m2|m²|m\^2|qm|sqm|sq\.?\s?m|s\.?f\.?|sq\.?\s?ft|ft2|ft²|nsf|asf|gsf|м2|м²|кв\.?\s?м)(?!\w)", re.I
)
_DIMENSION = re.compile(
    r"\d\s*['\"′″’”]|\d\s*[x×]\s*\d|^[^\w]*\d+([.,]\d+)?\s*(mm|cm|dm|m|ft|in|°|%)\.?$|^[+±-]\s?\d|^[øØ⌀]", re.I
)
_SCALE = re.compile(r"\b(scale|ma(ß|ss)stab|масштаб|échelle|escala|scala)\b|\b1\s*:\s*\d+|^n\.?t\.?s\.?$", re.I)
_ELSEWHERE = re.compile(r"www\.|https?:|@|©|\d{1,2}[./-]\d{1,2}[./-]\d{4}|^\W*$|^(\w)\s*[-–]\s*\1$")
# Words that stand in rooms and name none: stairs' directions, appliances, drawing marks.
_NOT_A_NAME = frozenset(
    re.findall(
        r"\S+",
        "up dn down ref ref. dw d.w. w/d wd typ typ. eq cl c.l. fe f.e. fd f.d. wh w.h. temp temp. tv "
        "rauf ab auf hb oben unten",
    )
)

_PART = r"[A-Z0-9]{1,5}"
_NUMBER = re.compile(
    rf"(?=[^\s]*\d)#?([A-Z]{{0,4}}[-.]?\d{{1,5}}[A-Z]{{0,3}}\d{{0,3}}[A-Z]?)([-./]{_PART}){{0,3}}$", re.I
)
_TITLE = re.compile(r"(?:room|rm\.?|raum|zimmer|salle|sala|пом\.|каб\.|no\.?|nr\.?|№)\s*:?\s*(?=\S*\d)", re.I)
_WEAK = re.compile(r"\d{1,2}([.]\d{1,2})?$|[A-Z]\d?$", re.I)


class Says(IntEnum):
    """What a line is; a line that is two things at once is taken apart first."""

    NUMBER = 1
    NAME = 2
    OTHER = 3  # areas, dimensions, scales, notes


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and what it says. ``weak`` is a number that may be something else."""

    text: Text
    words: str
    says: Says
    weak: bool = False


def lines_of(texts: Iterable[Text]) -> tuple[Line, ...]:
    """All lines, told apart. Numbers of a kind that often stand twice are the marks of doors and windows."""
    parts = [_line(text) for text in texts]
    marks = _marks(line for lines in parts for line in lines)
    told: list[Line] = []
    for lines in parts:
        if any(line.says is Says.NUMBER and (line.words in marks or _kind(line) in marks) for line in lines):
            told.extend(Line(line.text, line.words, Says.OTHER) for line in lines)  # "5050 XO" is a window
        else:
            told.extend(lines)
    return tuple(told)


def _line(text: Text) -> Sequence[Line]:
    words = text.text.strip().strip(",;")
    if _AREA.search(words) or _DIMENSION.search(words) or _SCALE.search(words) or _ELSEWHERE.search(words):
        return [Line(text, words, Says.OTHER)]
    titled = _TITLE.match(words)
    plain = words[titled.end() :] if titled else words
    if is_number(plain):
        return [Line(text, plain.lstrip("#"), Says.NUMBER, bool(_WEAK.fullmatch(plain)) and not titled)]
    return _both(text, plain) or [Line(text, words, Says.NAME if is_name(words) else Says.OTHER)]


def _both(text: Text, words: str) -> Sequence[Line]:
    """A number and a name on one line, where the number can be nothing else: three signs at least."""
    first, _, rest = words.partition(" ")
    rest = rest.lstrip(" -–:")
    if _is_long_number(first) and is_name(rest):
        return [Line(text, first, Says.NUMBER), Line(text, rest, Says.NAME)]
    front, _, last = words.rpartition(" ")
    front = front.rstrip(" -–:#")
    if _is_long_number(last) and is_name(front):
        return [Line(text, last, Says.NUMBER), Line(text, front, Says.NAME)]
    return []


def is_number(words: str) -> bool:
    """Whether the words can be a room's number: 101, 1AC1, 1200A, B-104, 101.2, E1."""
    return len(words) <= 10 and _NUMBER.match(words) is not None and sum(map(str.isdigit, words)) <= 6


def _is_long_number(words: str) -> bool:
    return len(words) >= 3 and is_number(words) and sum(map(str.isdigit, words)) >= 2


def is_name(words: str) -> bool:
    """Whether the words can name a room, in any script."""
    letters = sum(map(str.isalpha, words))
    if letters < 2 or len(words) > _NAME_LETTERS_MOST or len(words.split()) > _NAME_WORDS_MOST:
        return False
    digits = sum(map(str.isdigit, words))
    return words.lower() not in _NOT_A_NAME and digits < letters and not words.endswith(":")


def _kind(line: Line) -> tuple[str, str, int]:
    """Numbers made alike: layer, pattern, and height in steps of a tenth."""
    pattern = "".join("9" if sign.isdigit() else "A" if sign.isalpha() else sign for sign in line.words)
    return line.text.layer, pattern, round(line.text.height * 10) if line.text.height else 0


def _marks(lines: Iterable[Line]) -> set[object]:
    """Numbers that stand on the plan more than once, and kinds of which many do: a room's number stands once."""
    numbers = [line for line in lines if line.says is Says.NUMBER]
    count: dict[str, int] = {}
    for line in numbers:
        count[line.words] = count.get(line.words, 0) + 1
    kinds: dict[object, list[int]] = {}
    for line in numbers:
        kinds.setdefault(_kind(line), []).append(count[line.words])
    marks: set[object] = {words for words, times in count.items() if times > 2}
    for kind, times in kinds.items():
        if len(times) > 2 and sum(many > 1 for many in times) > _MARKS_TWICE * len(times):
            marks.add(kind)
    return marks
