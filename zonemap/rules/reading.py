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
_HEADINGS = {
    "immigration_court": ("immigrationcourt", "executiveofficeforimmigrationreview"),
    "dhs": ("homelandsecurity", "immigrationandcustomsenforcement", "customsandborderprotection"),
    "federal_court": ("unitedstatesdistrictcourt",),
    "state_court": tuple(f"{kind}court" for kind in ("superior", "circuit", "district", "county", "municipal")),
}
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
_SHORT_TITLES = ("order", "subpoena")  # too few letters for one of them to be misread
_NO_TITLES: dict[str, set[str]] = {
    # Under Homeland Security such words are of the body, or a title that lost its end: a person reads it.
    "dhs": {"search_and_seizure_warrant", "search_warrant", "arrest_warrant"},
}
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
_WHO_BY_HEADING = {  # the same words stand on a court's form and on a notice to appear
    "issuing_officer": {
        "federal_court": "issuing_officer",
        "state_court": "issuing_officer",
        "dhs": "immigration_officer",
    }
}


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
    found = {kind for line in top for kind in _named(line.text)}
    if len(found) != 1:
        return None
    (kind,) = found
    return _suggestion("top_heading", kind, [line for line in top if _named(line.text)][:2])


def _named(text: str) -> set[str]:
    """The courts and agencies that a line names; a court of the United States is none of a state."""
    letters = squeezed(text)
    found = {
        kind for kind, phrases in _HEADINGS.items() for each in phrases if each in letters or _alike(letters, each)
    }
    if "unitedstates" in letters or _alike(letters, "unitedstatesdistrictcourt"):
        found.discard("state_court")
    return found


def _title(lines: Sequence[ReadLine], heading: str) -> Suggestion | None:
    """A line, or lines that stand together, that are a title as a whole. A part of a longer title is none."""
    foot = _extent(lines, _TITLE_PART)
    upper = [line for line in lines if line.top <= foot]
    found: dict[str, list[ReadLine]] = {}
    for group in _together(upper):
        for value in _titles_of("".join(squeezed(line.text) for line in group)):
            if value not in _NO_TITLES.get(heading, ()):
                found.setdefault(value, group)
    if len(found) != 1:
        return None
    ((value, group),) = found.items()
    return _suggestion("title", value, group)


def _titles_of(letters: str) -> set[str]:
    """The title that the letters are, or those that they are like."""
    if letters in _TITLES:
        return {_TITLES[letters]}
    return {value for phrase, value in _TITLES.items() if phrase not in _SHORT_TITLES and _alike(letters, phrase)}


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
    small, large = sorted((last.height, line.height))
    middles = abs((last.left + last.width / 2) - (line.left + line.width / 2))
    close = line.top - last.bottom < 0.45 * large
    in_line = middles < 0.25 * max(last.width, line.width)
    return close and in_line and small > _LIKE_SIZE * large and not _named(last.text)


def _signer(lines: Sequence[ReadLine], heading: str) -> Suggestion | None:
    """The words under the line beside the date; never those of a box, of the body, or of the return."""
    found = _beside_a_date(lines)
    if len(found) != 1:
        return None
    ((value, line),) = found
    if value in _WHO_BY_HEADING:
        value = _WHO_BY_HEADING[value].get(heading, "")
    return _suggestion("signer_label", value, [line]) if value else None


def _beside_a_date(lines: Sequence[ReadLine]) -> list[tuple[str, ReadLine]]:
    ends = [line.top for line in lines if squeezed(line.text) == "return"]
    dates = [line for line in lines if _DATE.search(line.text) or squeezed(line.text) in ("date", "dateissued")]
    left = min(line.left for line in lines)
    width = max(line.left + line.width for line in lines) - left
    found = []
    for line in lines:
        value = _signer_of(squeezed(line.text))
        beside = any(_is_beside(line, date) for date in dates)
        if value and beside and line.left > left + 0.25 * width and not any(line.top > end for end in ends):
            found.append((value, line))
    return found


def _is_beside(label: ReadLine, date: ReadLine) -> bool:
    return -3.0 * label.height < label.top - date.top < 4.0 * label.height


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
    ((_, label),) = signed
    dates = [line for line in lines if _DATE.search(line.text) and line.left < label.left and _is_beside(label, line)]
    return _suggestion("issue_date", "", dates) if len(dates) == 1 else None


def _suggestion(key: str, value: str, lines: Sequence[ReadLine]) -> Suggestion:
    return Suggestion(key, value, " ".join(line.text for line in lines), tuple(line.crop for line in lines))


def _alike(letters: str, phrase: str) -> bool:
    return abs(len(letters) - len(phrase)) < 5 and SequenceMatcher(None, letters, phrase).ratio() >= _ALIKE
