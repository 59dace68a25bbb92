"""What lines on a photo seem to say to the desk's questions. Suggestions to look at; nothing here is an answer.

It names words and where they stand, never a class. Whatever does not match as a whole, or matches twice, is left out:
no suggestion is safer than a wrong one. The words of the body never count: a form of Homeland Security speaks of
warrants, of probable cause and of a Magistrate Court Judge, too (decision-facts section 6).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from zonemap.model.reading import ReadLine, Suggestion

_ALIKE = 0.88  # how far letters may be misread
_HEADING_PART = 0.24  # of the text's height: lower words are no heading
_TITLE_PART = 0.55
_LIKE_SIZE = 0.75
_HEADINGS = (
    ("immigration_court", ("immigrationcourt", "executiveofficeforimmigrationreview")),
    ("dhs", ("homelandsecurity", "immigrationandcustomsenforcement", "customsandborderprotection")),
    ("federal_court", ("unitedstatesdistrictcourt",)),
    ("state_court", tuple(f"{kind}court" for kind in ("superior", "circuit", "district", "county", "municipal"))),
)
_TITLES = {
    "searchandseizurewarrant": "search_and_seizure_warrant",
    "searchwarrant": "search_warrant",
    "arrestwarrant": "arrest_warrant",
    "warrantforarrestofalien": "warrant_for_arrest_of_alien",
    "warrantofremoval": "warrant_of_removal",
    "warrantofremovaldeportation": "warrant_of_removal",
    "administrativeinspectionwarrant": "entry_or_inspection_warrant",
    "inspectionwarrant": "entry_or_inspection_warrant",
    "warranttoenterandinspect": "entry_or_inspection_warrant",
    "order": "order",
    "subpoena": "subpoena",
    "subpoenatoagrandjury": "grand_jury_subpoena",
    "subpoenatotestifybeforeagrandjury": "grand_jury_subpoena",
    "immigrationdetainer": "immigration_detainer",
    "noticetoappear": "notice_to_appear",
    "noticeofinspection": "notice_of_inspection",
    "applicationforasearchwarrant": "application_or_affidavit",
}
_OF_JUDGES = frozenset({"search_and_seizure_warrant", "search_warrant", "arrest_warrant"})
_JUDGE = re.compile(
    r"(?:the|united|states|us|district|magistrate|circuit|superior|county|municipal|chief|senior|presiding|of|court"
    r"|signature|s(?=signature)|judge|justice)+"
)
_OFFICER = re.compile(r"(?:authorized|supervisory|detentionand|immigration|deportation)+officer.*|fieldofficedirector")
_CLERK = re.compile(r"(?:deputy)?clerk(?:of(?:the)?court)?(?:s?signature)?")
_LAWYER = re.compile(r"attorney(?:s?signature|for.*)?")
_ISSUING = re.compile(r"issuingofficer(?:s?signature)?(immigration)?")
_DATE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s*\d{1,2},?\s*\d{4}"
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b",
    re.IGNORECASE,
)
_BEFORE = ("onorbefore", "serveby", "executeby")


def suggestions(lines: Sequence[ReadLine]) -> tuple[Suggestion, ...]:
    """At most one for each of heading, title, signer, last day and date of issue, in this order."""
    if not lines:
        return ()
    ordered = sorted(lines, key=lambda line: line.top)
    heading = _heading(ordered)
    top = heading.value if heading else ""
    found = (heading, _title(ordered, top), _signer(ordered, top), _last_day(ordered), _issued(ordered))
    return tuple(each for each in found if each is not None)


def squeezed(text: str) -> str:
    """Letters only, small: readers lose spaces and strokes."""
    return re.sub(r"[^a-z]", "", text.lower())


def _extent(lines: Sequence[ReadLine], part: float) -> float:
    """How far down that part of the text reaches."""
    return lines[0].top + part * (max(line.bottom for line in lines) - lines[0].top)


def _heading(lines: Sequence[ReadLine]) -> Suggestion | None:
    """The court or the agency at the top; none where the top names two of them."""
    foot = _extent(lines, _HEADING_PART)
    top = [line for line in lines if line.top <= foot]
    found = {kind: [line for line in top if _names(line.text, kind, phrases)] for kind, phrases in _HEADINGS}
    kinds = [kind for kind, named in found.items() if named]
    if len(kinds) != 1:
        return None
    named = found[kinds[0]]
    return _suggestion("top_heading", kinds[0], named[:2])


def _names(text: str, kind: str, phrases: Sequence[str]) -> bool:
    letters = squeezed(text)
    if kind == "state_court" and ("unitedstates" in letters or _alike(letters, "unitedstatesdistrictcourt")):
        return False
    return any(phrase in letters or _alike(letters, phrase) for phrase in phrases)


def _title(lines: Sequence[ReadLine], heading: str) -> Suggestion | None:
    """A line, or lines that stand together, that are a title as a whole. A part of a longer title is none."""
    foot = _extent(lines, _TITLE_PART)
    upper = [line for line in lines if line.top <= foot]
    found: dict[str, list[ReadLine]] = {}
    for group in _together(upper):
        value = _title_of("".join(squeezed(line.text) for line in group))
        # Under Homeland Security such words are of the body, or a title that lost its end: a person reads it.
        if value and not (heading == "dhs" and value in _OF_JUDGES):
            found.setdefault(value, group)
    if len(found) != 1:
        return None
    ((value, group),) = found.items()
    return _suggestion("title", value, group)


def _title_of(letters: str) -> str:
    if letters in _TITLES:
        return _TITLES[letters]
    close = {value for phrase, value in _TITLES.items() if len(phrase) > 10 and _alike(letters, phrase)}
    return close.pop() if len(close) == 1 else ""


def _together(lines: Sequence[ReadLine]) -> list[list[ReadLine]]:
    """Lines of much the same size that stand close under one another, about the same middle."""
    groups: list[list[ReadLine]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        if last and _goes_on(last, line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(last: ReadLine, line: ReadLine) -> bool:
    sizes = sorted((last.height, line.height))
    middles = abs((last.left + last.width / 2) - (line.left + line.width / 2))
    close = line.top - last.bottom < 0.45 * sizes[1]
    is_heading = any(_names(last.text, kind, phrases) for kind, phrases in _HEADINGS)
    return (
        close and not is_heading and sizes[0] > _LIKE_SIZE * sizes[1] and middles < 0.25 * max(last.width, line.width)
    )


def _signer(lines: Sequence[ReadLine], heading: str) -> Suggestion | None:
    """The words under the line beside the date; never those of a box, of the body, or of the return."""
    found = _beside_a_date(lines)
    values = {value for value, _ in found if value}
    if len(values) != 1 or len(found) != 1:
        return None
    value, line = found[0]
    if value == "issuing_officer" and heading != "federal_court" and heading != "state_court":
        value = "immigration_officer" if heading == "dhs" else ""
    return _suggestion("signer_label", value, [line]) if value else None


def _beside_a_date(lines: Sequence[ReadLine]) -> list[tuple[str, ReadLine]]:
    ends = [line.top for line in lines if squeezed(line.text) == "return"]
    dates = [line for line in lines if _DATE.search(line.text) or squeezed(line.text) in ("date", "dateissued")]
    left = min(line.left for line in lines)
    width = max(line.left + line.width for line in lines) - left
    found = []
    for line in lines:
        value = _signer_of(squeezed(line.text))
        beside = any(-3.0 * line.height < line.top - date.top < 4.0 * line.height for date in dates)
        if value and beside and line.left > left + 0.25 * width and not any(line.top > end for end in ends):
            found.append((value, line))
    return found


def _signer_of(letters: str) -> str:
    if _alike(letters, "immigrationjudge"):
        return "immigration_judge"
    issuing = _ISSUING.fullmatch(letters)
    if issuing:
        return "immigration_officer" if issuing[1] else "issuing_officer"
    for value, pattern in (("immigration_officer", _OFFICER), ("clerk", _CLERK), ("attorney", _LAWYER)):
        if pattern.fullmatch(letters):
            return value
    return "judge" if _JUDGE.fullmatch(letters) and re.search("judge|justice", letters) else ""


def _last_day(lines: Sequence[ReadLine]) -> Suggestion | None:
    """The date after "on or before": its words alone, for whether it is in time also depends on the boxes."""
    for at, line in enumerate(lines):
        if any(phrase in squeezed(line.text) for phrase in _BEFORE):
            near = next((each for each in lines[at : at + 2] if _DATE.search(each.text)), None)
            if near:
                return _suggestion("execute_by", "", [line] if near is line else [line, near])
    return None


def _issued(lines: Sequence[ReadLine]) -> Suggestion | None:
    """The date on the left of the signature: its words alone."""
    signed = _beside_a_date(lines)
    if len(signed) != 1:
        return None
    label = signed[0][1]
    dates = [line for line in lines if _DATE.search(line.text) and line.left < label.left]
    near = [date for date in dates if -3.0 * label.height < label.top - date.top < 4.0 * label.height]
    return _suggestion("issue_date", "", near) if len(near) == 1 else None


def _suggestion(key: str, value: str, lines: Sequence[ReadLine]) -> Suggestion:
    return Suggestion(key, value, " ".join(line.text for line in lines), tuple(line.crop for line in lines))


def _alike(letters: str, phrase: str) -> bool:
    return abs(len(letters) - len(phrase)) < 5 and SequenceMatcher(None, letters, phrase).ratio() >= _ALIKE
