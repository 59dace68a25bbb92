"""The desk's papers against the rules: every heading, title and signer leads on paper to what the rules say of it."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from tests.journeys.server import ROOT
from zonemap.model.assessment import AccessZone, Assessment
from zonemap.model.desk_chart import ChartBox, ChartCase, DeskChart, DeskPaper
from zonemap.model.facility import Contact, ContactRole, Facility, SiteKind
from zonemap.printing import typst_page
from zonemap.printing.desk_papers import _book, desk_pdf
from zonemap.printing.paper import capitals_for
from zonemap.rules.assess import assess
from zonemap.rules.desk_paper_words import paper_words
from zonemap.rules.desk_words import words
from zonemap.rules.pack import packs
from zonemap.rules.questions import next_question, observed, questions
from zonemap.web.shell import contact_role
from zonemap.work.desk import DeskView
from zonemap.work.desk_papers import LANGUAGES, PAGES, desk_paper
from zonemap.work.desk_tables import kept_table, spaced

TODAY = date(2026, 11, 24)
CACHE = ROOT / ".cache"
EVERYDAY = ("US-federal", "US-CA", "US-IL")
FACILITY = Facility(
    "f", "Larkspur Clinic", "1420 Larkspur Avenue", "Suite 100", "Chicago", "IL", "60601", SiteKind.CLINIC
)
CALLED = (
    Contact("1", "f", ContactRole.RESPONDER, "Dana Whitfield", "555-0142", "Until 6 pm"),
    Contact("2", "f", ContactRole.COUNSEL, "Reyes and Holm", "312 555 0190"),
)
SHORTS = {question.short: key for key, question in questions().items() if key not in ("danger_now", "entering_now")}
MM = 72 / 25.4
SMALLEST = 6.5  # points, of what stands beside the headlines


@cache
def paper_of(pack_id: str, language: str = "en") -> DeskPaper:
    view = DeskView(FACILITY, (), (), CALLED, packs()[pack_id])
    return desk_paper(view, CACHE, today=TODAY, language=language)


@cache
def text_of(pack_id: str, kind: str, language: str = "en") -> str:
    """The text of the PDF, in the order in which it is set."""
    document = PdfDocument(io.BytesIO(desk_pdf(paper_of(pack_id, language), kind)))
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def every_pack(but: tuple[str, ...] = ()) -> list[Any]:
    """Each of them; those that are not tried every day, and those in ``but``, in the long tests."""
    daily = set(EVERYDAY).difference(but)
    return [pytest.param(name, marks=() if name in daily else pytest.mark.long) for name in packs()]


# --- reading the chart as a clerk does ---------------------------------------------------------------------------


def wanted(name: str, said: list[str]) -> bool:
    """Whether the words of the paper fit what they ask for."""
    person = {"arrest_person", "talk_to_person"} & set(said)
    records = {"records", "video_or_visitor_log"} & set(said)
    other = set(said) - {"arrest_person", "talk_to_person", "records", "video_or_visitor_log", "unsure"}
    doubt = "unsure" in said
    fits = {
        "records_alone": bool(records) and not (person or other or doubt),
        "in_doubt": doubt and not (person or other),
        "not_records_alone": bool(person or other),
        "records": bool(records),
        "no_records": not records and not doubt,
        "perhaps_records": not records and doubt,
        "no_person": not person and not doubt,
        "no_person_in_doubt": not person and doubt,
        "person": bool(person),
    }
    return fits[next(key for key, text in paper_words()["wants"].items() if text == name)]


def label(key: str, said: dict[str, Any]) -> str:
    """An answer in the words of the screen; whose court it is stands in the place of the heading."""
    if key == "top_heading" and "court" in said:
        return {"this_state": "A court of this state", "another_state": "A court of another state"}.get(
            said["court"], "I can't tell"
        )
    return questions()[key].label(said.get(key, "unsure"))


def met(conditions: Any, said: dict[str, Any]) -> bool:
    def one(short: str, answers: tuple[str, ...]) -> bool:
        key = SHORTS[short]
        if key == "wants":
            return any(wanted(answer, said.get("wants", ["unsure"])) for answer in answers)
        return label(key, said) in answers

    return all(one(*condition) for condition in conditions)


def holds(box: ChartBox, said: dict[str, Any]) -> bool:
    def one(part: str, names: tuple[str, ...], key: str) -> bool:
        return (label(key, said) in names) is not (part in box.but)

    return one("title", box.title, "title") and one("signer", box.signer, "signer_label")


def looked_up(chart: DeskChart, said: dict[str, Any]) -> ChartCase:
    """From the top of the paper to its band, to the first row that fits, to the first case that is met."""
    top = label("top_heading", said)
    for band in chart.bands:
        if top not in band.tops:
            continue
        for row in band.rows:
            case = next((each for each in chart.lines[row.line].cases if met(each.conditions, said)), None)
            asks_first = [short for short, _ in chart.lines[row.line].cases[0].conditions[:1]] == ["They say they are"]
            if any(holds(box, said) for box in row.boxes) and case and not (asks_first and not inspects(said)):
                return case
    return chart.hold.cases[0]


def inspects(said: dict[str, Any]) -> bool:
    return said.get("agency") == "regulator" and not {"arrest_person", "talk_to_person"} & set(said.get("wants", ["x"]))


def visits(pack_id: str, each: int) -> Iterator[dict[str, Any]]:
    """Visits as the desk asks them: every heading, title and signer, the rest drawn by lot."""
    pack, lot = packs()[pack_id], random.Random(pack_id)  # noqa: S311 - no secret
    keys = ("top_heading", "title", "signer_label")
    values = [[option.value for option in questions()[key].options] for key in keys]
    for chosen in product(*values):
        for _ in range(each):
            fixed = dict(zip(keys, chosen, strict=True))
            said: dict[str, Any] = {"paper": "paper"}
            while question := next_question(pack, said):
                option = lot.choice(question.options)
                if question.several:
                    some = lot.sample(question.options, lot.randint(1, 3))
                    said[question.key] = [one.value for one in some]
                elif (
                    question.key == "top_heading" and "court" in question.keys and fixed[question.key] == "state_court"
                ):
                    said["court"] = lot.choice(("this_state", "another_state"))
                else:
                    said[question.key] = fixed.get(question.key, option.value)
            yield said


def agrees(case: ChartCase, answer: Assessment, chart: DeskChart) -> bool:
    access = words()["access"]
    say = [line for line in answer.say[1:] if not line.startswith("This is not clear to me")]
    called = [step.role.value for step in answer.call]
    return (
        case.name == words()["classes"][answer.paper_class]
        and case.headline == answer.headline
        and case.private == access[answer.access[AccessZone.PRIVATE]]
        and (case.residential or case.private) == access[answer.access[AccessZone.RESIDENTIAL]]
        and access[answer.access[AccessZone.RECORDS]] in case.records
        and list(case.say) == say
        and {*chart.must_not, *case.must_not} == set(answer.must_not)
        and [role for role in called if role in case.call] == list(case.call)
        and set(called) - set(case.call) <= {"privacy_officer", "compliance_officer", "charge_nurse"}
    )


@pytest.mark.parametrize("pack_id", every_pack())
def test_every_heading_title_and_signer_leads_on_the_chart_to_what_the_rules_say(pack_id: str) -> None:
    chart, pack = paper_of(pack_id).chart, packs()[pack_id]
    each = 1 if pack_id in EVERYDAY else 3
    wrong = [
        said
        for said in visits(pack_id, each)
        if not agrees(looked_up(chart, said), assess(pack, observed(said), today=TODAY), chart)
    ]

    assert wrong == []


@pytest.mark.parametrize("name", ["danger_now", "custody", "nothing"])
def test_what_is_shown_without_a_paper_is_what_the_rules_say(name: str) -> None:
    chart = paper_of("US-federal").chart
    said, line = {
        "danger_now": ({"danger_now": "yes"}, chart.emergency),
        "custody": ({"custody_escort": "yes", "paper": "none"}, chart.custody),
        "nothing": ({"paper": "none"}, chart.no_paper),
    }[name]

    assert agrees(line.cases[0], assess(packs()["US-federal"], observed(said), today=TODAY), chart)


# --- reading the paper back ----------------------------------------------------------------------------------------


def bare(text: str) -> str:
    return re.sub(r"[\s\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}￾]", "", text)


class Page:
    """The letters of a page, read from the first on."""

    def __init__(self, text: str) -> None:
        self.rest, self.between = bare(text), ""

    def read(self, text: str) -> None:
        """What comes next, whatever stands between."""
        before, found, after = self.rest.partition(bare(text))
        assert found, f"{text!r} does not come next, but {self.rest[:120]!r}"
        self.between += before
        self.rest = after


def read_line(page: Page, paper: DeskPaper, case: ChartCase, *, short: bool) -> None:
    page.read(case.headline)
    page.read(f"Say {'ABCDEFGHIJKLMNOP'[paper.chart.says.index(case.say)]}")
    if short:
        for records in case.records:
            page.read(records)


@pytest.mark.parametrize("pack_id", every_pack())
@pytest.mark.parametrize("kind", ["chart", "card"])
def test_the_paper_read_back_is_the_chart(pack_id: str, kind: str) -> None:
    paper, page = paper_of(pack_id), Page(text_of(pack_id, kind))
    chart, short = paper.chart, kind == "card"
    page.read(paper.first)
    if short:
        read_says(page, chart)
    for line in (chart.emergency, chart.no_paper, chart.custody):
        read_line(page, paper, line.cases[0], short=short)
    if not short:
        read_says(page, chart)
        for text in chart.must_not:
            page.read(text)
    for band in sorted((each for each in chart.bands if each.rows), key=lambda each: new_lines(chart, each) <= 1):
        read_band(page, paper, band, short=short)
    read_line(page, paper, chart.hold.cases[0], short=short)


def read_says(page: Page, chart: DeskChart) -> None:
    for at, say in enumerate(chart.says):
        page.read("ABCDEFGHIJKLMNOP"[at])
        for line in say:
            page.read(line)


def read_band(page: Page, paper: DeskPaper, band: Any, *, short: bool) -> None:
    chart, told = paper.chart, set()
    page.read("; ".join(band.tops))
    for row in band.rows:
        read_boxes(page, row.boxes)
        if row.line in told or row.line not in first_rows(chart, band):
            page.read(f"as in {row.line + 4}")
            continue
        told.add(row.line)
        for case in chart.lines[row.line].cases:
            if (case.name, case.say) == (chart.hold.cases[0].name, chart.hold.cases[0].say):
                page.read(f"as in {len(chart.lines) + 4}")
            else:
                read_line(page, paper, case, short=short)


def read_boxes(page: Page, boxes: tuple[ChartBox, ...]) -> None:
    for box in boxes:
        for name in (*box.title, *box.signer):
            page.read(name)


def first_rows(chart: DeskChart, band: Any) -> set[int]:
    """The lines that are told in a band, because no band before it leads to them."""
    before = {row.line for each in chart.bands[: chart.bands.index(band)] for row in each.rows}
    return {row.line for row in band.rows} - before


def new_lines(chart: DeskChart, band: Any) -> int:
    return len(first_rows(chart, band))


@pytest.mark.parametrize("pack_id", every_pack())
@pytest.mark.parametrize("kind", PAGES)
def test_every_paper_fits_its_sides_and_bears_the_table_and_the_review(pack_id: str, kind: str) -> None:
    paper = paper_of(pack_id)
    text = bare(text_of(pack_id, kind))
    sizes = typst_page.asked(_book(paper, kind), {}, "<desk-type>")
    table = kept_table(CACHE, packs()[pack_id], today=TODAY)

    assert all(fits for _, fits in sizes)
    assert all(size >= SMALLEST for size, _ in sizes)
    document = PdfDocument(io.BytesIO(desk_pdf(paper, kind)))
    assert len(document) == PAGES[kind]
    for said in (spaced(table["hash"]), "not reviewed by counsel", "review by Feb 22, 2027", FACILITY.name):
        assert bare(said) in text


def test_the_card_holds_the_call_list_and_the_address() -> None:
    text = bare(text_of("US-federal", "card"))

    for said in ("Dana Whitfield", "555-0142", "Until 6 pm", "Reyes and Holm", "312 555 0190", FACILITY.address):
        assert bare(said) in text


def test_the_badge_bears_no_name_and_no_number_of_anybody() -> None:
    text = text_of("US-federal", "badge")

    assert "Dana" not in text
    assert "555" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_of_the_chart_is_read_from_three_metres(language: str) -> None:
    document = PdfDocument(io.BytesIO(desk_pdf(paper_of("US-federal", language), "chart")))
    text = document[0].get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).isupper()]

    assert max(top - low for _, low, _, top in boxes) / MM >= capitals_for(3 / 0.3048) - 0.3


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_of_the_badge_are_at_least_six_and_a_half_points(language: str) -> None:
    sizes = typst_page.asked(_book(paper_of("US-federal", language), "badge"), {}, "<desk-type>")

    assert all(size >= 6.5 for size, _ in sizes)


def test_roles_have_the_names_that_the_screen_gives_them() -> None:
    assert paper_words()["roles"] == {role.value: contact_role(role) for role in ContactRole}


# --- in Spanish ----------------------------------------------------------------------------------------------------


def texts_of(value: Any, path: str = "") -> dict[str, str]:
    if isinstance(value, dict):
        return {key: text for name, each in value.items() for key, text in texts_of(each, f"{path}.{name}").items()}
    return {path: str(value)}


def test_every_text_of_the_papers_is_there_in_spanish_with_the_same_blanks() -> None:
    english, spanish = texts_of(dict(paper_words())), texts_of(dict(paper_words("es")))

    assert english.keys() == spanish.keys()
    for key, text in english.items():
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", spanish[key])), key


@pytest.mark.parametrize("pack_id", every_pack())
def test_no_word_of_the_rules_on_a_spanish_paper_stays_in_english(pack_id: str) -> None:
    english, spanish = paper_of(pack_id).chart, paper_of(pack_id, "es").chart
    own = set(packs()[pack_id].must_not)
    names = ("Customs and Border Protection (CBP)", "Homeland Security Investigations (HSI)")
    same = {"No", "Immigration and Customs Enforcement (ICE)", "US Marshals", *names}

    for before, after in zip(shown(english), shown(spanish), strict=True):
        assert before != after or before in own | same, before


def shown(chart: DeskChart) -> Iterator[str]:
    """What stands on the chart in words, but what is said to officers."""
    yield from (*chart.must_not, *chart.may, chart.public)
    for band in chart.bands:
        yield from band.tops
        for box in (box for row in band.rows for box in row.boxes):
            yield from (*box.title, *box.signer)
    for line in (chart.emergency, chart.custody, chart.no_paper, *chart.lines, chart.hold):
        for case in line.cases:
            yield from (case.name, case.headline, case.private, *case.must_not, *case.records)
            for short, answers in case.conditions:
                yield from (short, *answers)


@pytest.mark.parametrize("kind", PAGES)
def test_a_spanish_paper_is_marked_as_unchecked_and_speaks_english_to_officers(kind: str) -> None:
    text = bare(text_of("US-federal", kind, "es"))

    for said in ("Traducción sin revisar", paper_of("US-federal").first, "Soy la persona de la recepción."):
        assert bare(said) in text
