"""A visit on paper for counsel, and as rows; and what of a desk answer goes into a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from zonemap.model.report import Blanks, Facts, Heading, Part, Picture, Points, Report, Rows, Words
from zonemap.model.visit import AskedZone, Details, Happening, ShownPaper, Visit
from zonemap.printing.report_sheet import report_pdf
from zonemap.rules.desk_words import words
from zonemap.rules.pack import Pack
from zonemap.work.desk_turns import Answers, answer
from zonemap.work.visits import VisitPage

_FOR_COUNSEL = (
    "Prepared for the facility's lawyer. It may be asked for in court: it is never changed after it is saved, and it "
    "holds no name, status or diagnosis of a patient."
)
_TEXTS = (
    ("entrance", "Entrance"),
    ("how_many", "How many came"),
    ("names_answer", "Answer, asked for names"),
    ("asked_words", "What they said"),
    ("refusal_said_by", "Said that the facility does not consent"),
    ("witness", "Witness of that"),
    ("witness_role", "The witness's role"),
    ("afterwards", "What they then did"),
    ("taken", "What was taken"),
    ("care", "Care that was interrupted"),
    ("follow_up", "What has to be done"),
    ("follow_up_owner", "Who looks after it"),
)


def desk_words(pack: Pack, answers: Answers, *, today: date) -> dict[str, Any]:
    """What the desk had said, in words, as it goes into the first entry of a visit."""
    whole, each = answer(pack, answers, today=today)
    classes = words()["classes"]
    return {
        "headline": whole.headline,
        "papers": [str(classes[paper.paper_class]) for paper in each] or [str(classes[whole.paper_class])],
        "unsure": sum("unsure" in ((said,) if isinstance(said, str) else said) for said in answers.given.values()),
        "rules": f"{whole.pack.name}, version {whole.pack.version}",
    }


def visit_pdf(
    page: VisitPage,
    happening_words: Mapping[Happening, str],
    paper: str = "letter",
    photos: Mapping[str, bytes] | None = None,
) -> bytes:
    """The record for counsel, as tagged PDF. Raises Invalid for a paper that there is none of."""
    return report_pdf([visit_report(page, happening_words, photos or {})], paper, photos)


def visit_report(page: VisitPage, happening_words: Mapping[Happening, str], photos: Mapping[str, bytes]) -> Report:
    """The record as a report, with those of the photos of its papers that are given, by their ids."""
    visit, facility = page.visit, page.facility
    clock = ZoneInfo(facility.clock)
    opened = _when(visit.opened_at, clock)
    return Report(
        title=f"Visit of {opened}",
        heading="Record of a visit by officers",
        facility=facility.name,
        place=facility.place,
        parts=tuple(_parts(page, happening_words, clock, photos)),
        left=f"Visit of {opened}, {facility.name}",
        right=f"Entry {visit.entries}, code {visit.code}",
    )


def visit_rows(page: VisitPage, happening_words: Mapping[Happening, str]) -> Iterator[tuple[str, str, str]]:
    """The record as rows: part, name, what is said. No row begins a formula."""
    clock = ZoneInfo(page.facility.clock)
    hashes = {photo.id: f"in the record, SHA-256 {photo.sha256}" for photo in page.visit.photos}
    yield ("part", "name", "value")
    for name, value in _facts(page.visit, clock):
        yield ("record", name, _plain(value))
    for each in page.visit.timeline:
        yield ("time", _when(each.at, clock), _plain(f"{happening_words[each.happening]}. {each.note}".strip()))
    for part in ("officers", "papers"):
        for number, row in enumerate(getattr(page.visit.details, part), 1):
            for name in type(row).__slots__:
                if value := getattr(row, name):
                    yield (f"{part} {number}", name, _plain(value if name != "photo" else hashes.get(value, value)))
    for zone in page.visit.details.zones:
        yield ("area", _plain(zone.label), _plain(", ".join(part for part in _zone(zone)[1:] if part)))
    for name, label in _TEXTS:
        if value := getattr(page.visit.details, name):
            yield ("details", label, _plain(value))


def _parts(
    page: VisitPage, happening_words: Mapping[Happening, str], clock: ZoneInfo, photos: Mapping[str, bytes]
) -> Iterator[Part]:
    visit, details = page.visit, page.visit.details
    yield Words(_FOR_COUNSEL, strong=True)
    yield Facts(tuple(_facts(visit, clock)))
    yield Heading("Times")
    lines = tuple((_when(each.at, clock), happening_words[each.happening], each.note) for each in visit.timeline)
    yield Rows(("When", "What", "Note"), lines or (("", "Nothing is entered.", ""),), (1.2, 1.4, 2))
    yield from _people(details)
    yield from _papers(visit, clock, photos)
    if details.zones:
        yield Heading("Areas that they asked to enter")
        yield Rows(
            ("Area", "Floor", "Class at that time", "As designated"),
            tuple(map(_zone, details.zones)),
            (2, 1.2, 1.2, 1.2),
        )
    yield Heading("What happened")
    told = tuple((label, text) for name, label in _TEXTS if (text := getattr(details, name)))
    yield Facts(told) if told else Words("Nothing is written down yet.")
    if details.receipt:
        yield Words("They left a receipt for what was taken.")
    if page.missing:
        yield Heading("Not in the record")
        yield Points(tuple(f"{each.sentence} {each.source}".strip() for each in page.missing))
    if visit.amendments:
        yield Heading("Amendments")
        yield Rows(
            ("When", "By", "Why", "Fields"),
            tuple((_when(each.at, clock), each.by, each.reason, ", ".join(each.names)) for each in visit.amendments),
        )
    yield Blanks(("Written down by", "Witness", "Date"))


def _people(details: Details) -> Iterator[Part]:
    yield Heading("Who came")
    if details.officers:
        rows = tuple((each.name, each.agency, each.badge, each.vehicle) for each in details.officers)
        yield Rows(("Name", "Agency", "Badge", "Car, plate"), rows)
    asked = "asked" if details.names_asked else "did not write down that it asked"
    yield Words(f"The staff {asked} for names, agency and badge numbers.")


def _papers(visit: Visit, clock: ZoneInfo, photos: Mapping[str, bytes]) -> Iterator[Part]:
    names = ("heading", "title", "number", "signer", "issued", "until", "address", "desk")
    labels = ("Heading", "Title", "Number", "Signed by", "Issued", "Good until", "Address on it", "The desk said")
    for number, paper in enumerate(visit.details.papers, 1):
        yield Heading(f"Paper {number}, as it reads", 3)
        told = zip(labels, (getattr(paper, name) for name in names), strict=True)
        yield Facts(tuple((label, value) for label, value in told if value) or (("Written down", "nothing"),))
        yield from _photo(visit, paper, number, clock, photos)


def _photo(
    visit: Visit, paper: ShownPaper, number: int, clock: ZoneInfo, photos: Mapping[str, bytes]
) -> Iterator[Part]:
    for photo in visit.photos:
        if photo.id != paper.photo:
            continue
        taken = f"{_when(photo.at, clock)}, by {photo.by}; SHA-256 {photo.sha256}"
        if photo.id in photos:
            yield Picture(photo.id, f"Photo of paper {number}", photo.width, photo.height)
            yield Words(f"Photo of paper {number}, put into the record on {taken}", small=True)
        else:
            yield Words(f"A photo of it is in the record, not in this copy: put there on {taken}", small=True)


def _zone(zone: AskedZone) -> tuple[str, str, str, str]:
    """An area, its floor, what it was to the public, and by which designation."""
    return zone.label, zone.floor, zone.zone_class.replace("_", " "), f"designation {zone.revision}"


def _facts(visit: Visit, clock: ZoneInfo) -> Iterator[tuple[str, str]]:
    yield ("Begun", f"{_when(visit.opened_at, clock)}, by {visit.opened_by}")
    if visit.closed_at:
        yield ("Closed", f"{_when(visit.closed_at, clock)}, by {visit.closed_by}")
    else:
        yield ("Closed", "Still open")
    if visit.desk:
        yield ("The desk said", f"{visit.desk['headline']} {' '.join(visit.desk['papers'])} ({visit.desk['rules']})")
    yield ("Fingerprint", f"{visit.head[:32]} (entry {visit.entries})")


def _when(moment: datetime, clock: ZoneInfo) -> str:
    local = moment.astimezone(clock)
    return f"{local:%b} {local.day}, {local.year}, {local:%H:%M}"


def _plain(value: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
