"""Rules that are wrong on purpose, one thing each: the proof has to break on every one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from zonemap.model.assessment import Access, AccessZone, PaperClass
from zonemap.model.paper import Agency, Heading, Shown, Signer, Stated, Title, YesNo
from zonemap.rules import access, classify, desk_words, state_law
from zonemap.rules.access import rows

Undo = Callable[[], None]
Mutant = Callable[[], Undo]


def _set(holder: Any, name: str, value: Any) -> Mutant:
    def change() -> Undo:
        before = getattr(holder, name)
        setattr(holder, name, value)
        return lambda: setattr(holder, name, before)

    return change


def _test(number: int, matches: Callable[[Any], bool]) -> Mutant:
    """Another condition at one place of the ordered tests."""

    def change() -> Undo:
        before = classify.TESTS
        tests = list(before)
        tests[number] = replace(tests[number], matches=matches)
        return _everywhere("TESTS", before, tuple(tests))

    return change


def _order(one: int, other: int) -> Mutant:
    def change() -> Undo:
        tests = list(classify.TESTS)
        tests[one], tests[other] = tests[other], tests[one]
        return _everywhere("TESTS", classify.TESTS, tuple(tests))

    return change


def _everywhere(name: str, before: Any, after: Any) -> Undo:
    from zonemap.rules import proof, proof_claims

    holders = [each for each in (classify, access, proof, proof_claims) if hasattr(each, name)]
    for holder in holders:
        setattr(holder, name, after)
    return lambda: [setattr(holder, name, before) for holder in holders] and None


def _row(paper_class: str, zone: str, value: str) -> Mutant:
    def change() -> Undo:
        whole = dict(rows())
        row = whole[PaperClass(paper_class)]
        table = {**row.access, AccessZone(zone): Access(value)}
        return _rows({**whole, PaperClass(paper_class): replace(row, access=MappingProxyType(table))})

    return change


def _row_with(paper_class: str, **more: Any) -> Mutant:
    def change() -> Undo:
        whole = dict(rows())
        return _rows({**whole, PaperClass(paper_class): replace(whole[PaperClass(paper_class)], **more)})

    return change


def _rows(after: Any) -> Undo:
    from zonemap.rules import assess, proof

    before = access.rows
    holders = (access, assess, proof)
    for holder in holders:
        holder.rows = lambda: after  # type: ignore[attr-defined]
    return lambda: [setattr(holder, "rows", before) for holder in holders] and None


def _fits(key: str, fits: Callable[[Any], bool]) -> Mutant:
    return _entry(classify._FITS, key, fits)


def _no_conflict(name: str) -> Mutant:
    return _entry(classify.CONFLICTS, name, lambda _: False)


def _entry(table: Any, key: str, value: Any) -> Mutant:
    def change() -> Undo:
        before = table[key]
        table[key] = value
        return lambda: table.__setitem__(key, before)

    return change


def _refinement(number: int) -> Mutant:
    def change() -> Undo:
        less = (*access.REFINEMENTS[:number], *access.REFINEMENTS[number + 1 :])
        return _everywhere("REFINEMENTS", access.REFINEMENTS, less)

    return change


def _step(number: int) -> Mutant:
    def change() -> Undo:
        return _everywhere("STEPS", access.STEPS, (*access.STEPS[:number], *access.STEPS[number + 1 :]))

    return change


def _word(part: str, key: str, value: Any) -> Mutant:
    return lambda: _entry(desk_words.words()[part], key, value)()


_ALL_BUT_ONE = desk_words.must_nots()[:-1]

MUTANTS: dict[str, Mutant] = {
    "danger is asked after the paper": _order(0, 4),
    "nobody asks whether they are going in": _test(0, lambda seen: seen.danger_now is YesNo.YES),
    "doubt about danger is an emergency": _test(0, lambda seen: seen.danger_now is not YesNo.NO),
    "every agency's paper is an inspector's": _test(1, lambda seen: seen.top_heading is Heading.OTHER_AGENCY),
    "an inspector may ask for a person": _test(1, classify._from_inspector),
    "an inspector in doubt goes on": _test(2, lambda _: False),
    "an escort hides a paper": _test(3, lambda seen: seen.custody_escort is YesNo.YES),
    "a picture on a phone is no paper": _test(4, lambda seen: seen.paper is not Shown.PAPER),
    "doubt about a paper is no paper": _test(4, lambda seen: seen.paper not in (Shown.PAPER, Shown.ON_PHONE)),
    "nothing is unclear": _test(5, lambda _: False),
    "an unreadable paper is read": _set(classify, "UNCLEAR_HEADINGS", ()),
    "a title nobody could tell is a title": _set(classify, "UNCLEAR_TITLES", (Title.OTHER,)),
    "an affidavit is a paper": _set(classify, "UNCLEAR_TITLES", (Title.UNSURE, Title.OTHER)),
    "Homeland Security is a court": _set(classify, "COURTS", (*classify.COURTS, Heading.DHS)),
    "the immigration court is a court": _set(classify, "COURTS", (*classify.COURTS, Heading.IMMIGRATION_COURT)),
    "a state has no courts": _set(classify, "COURTS", (Heading.FEDERAL_COURT,)),
    "a query opens": _test(6, classify._is_judges_search),
    "a clerk signs searches": _test(
        6, lambda seen: classify.from_court(seen) and seen.title in classify.SEARCH_TITLES and seen.signed is YesNo.YES
    ),
    "an arrest warrant searches": _set(classify, "SEARCH_TITLES", (*classify.SEARCH_TITLES, Title.ARREST_WARRANT)),
    "a search need not be signed": _fits("signed", lambda _: True),
    "doubt about the signature is one": _fits("signed", lambda seen: seen.signed is not YesNo.NO),
    "any address will do": _fits("names_this_place", lambda _: True),
    "no place stated is our place": _fits("names_this_place", lambda seen: seen.names_this_place != "no"),
    "any area will do": _fits("covers_area_wanted", lambda _: True),
    "doubt about the area covers it": _fits("covers_area_wanted", lambda seen: seen.covers_area_wanted is not YesNo.NO),
    "no last day": _fits("execute_by", lambda _: True),
    "doubt about the hours is in time": _fits("hours_ok", lambda seen: seen.hours_ok is not Stated.NO),
    "pages may be missing": _fits("all_pages", lambda _: True),
    "a paper may not be there": _fits("paper", lambda _: True),
    "a clerk may not sign an arrest": _set(classify, "ARREST_SIGNERS", (Signer.JUDGE,)),
    "an unsigned order is an order": _test(
        10, lambda seen: classify.from_court(seen) and seen.title is Title.ORDER and seen.signer_label is Signer.JUDGE
    ),
    "everybody's order is a judge's": _test(
        10, lambda seen: classify.from_court(seen) and seen.title is Title.ORDER and seen.signed is YesNo.YES
    ),
    "an arrest warrant of an officer is a removal warrant": _test(
        14, lambda seen: seen.top_heading is Heading.DHS and seen.title in classify.IMMIGRATION_WARRANTS
    ),
    "a subpoena of an agency is a letter": _test(16, lambda _: False),
    "what no test knows is a notice": _test(18, lambda _: True),
    **{f"no conflict: {name}": _no_conflict(name) for name in classify.CONFLICTS},
    "I-200 opens a private area": _row("dhs_arrest_warrant", "private", "responder_scope_check"),
    "I-205 opens a bedroom": _row("dhs_removal_warrant", "residential", "responder_scope_check"),
    "I-205 is not contested": _row("dhs_removal_warrant", "residential", "not_by_this_paper"),
    "a subpoena hands out records": _row("court_subpoena", "records", "as_ordered"),
    "without a paper they may wait inside": _row("no_paper", "private", "open"),
    "an arrest warrant is refused": _row("judicial_arrest", "private", "not_by_this_paper"),
    "a query is refused": _row("judicial_search_query", "private", "not_by_this_paper"),
    "what is unclear is refused": _row("unclear_hold", "private", "not_by_this_paper"),
    "an emergency is held": _row("emergency", "residential", "hold_counsel"),
    "the lobby is shut": _row("dhs_other", "public", "not_by_this_paper"),
    "a court yard is not private": _row("no_paper", "outdoor_private", "open"),
    "nobody is called": _row_with("dhs_arrest_warrant", call=()),
    "counsel is not called": _row_with("dhs_removal_warrant", call=rows()[PaperClass.DHS_REMOVAL_WARRANT].call[:1]),
    "another script": _row_with("no_paper", script="S1"),
    "I-205 stays refused when the rules are old": _row_with("dhs_removal_warrant", contested=frozenset()),
    **{f"refinement {number} is gone": _refinement(number) for number in range(len(access.REFINEMENTS))},
    **{f"step {number} of the access is gone": _step(number) for number in range(len(access.STEPS))},
    "CBP is no immigration agency": _set(state_law, "_IMMIGRATION_AGENCIES", (Agency.ICE, Agency.HSI)),
    "a bedroom stays open": _set(state_law, "CLOSED", (AccessZone.PRIVATE, AccessZone.OUTDOOR_PRIVATE)),
    "orders are no judge's papers": _set(state_law, "JUDGES_PAPERS", state_law.JUDGES_PAPERS - {"court_order"}),
    "ordered records are not let out": _set(state_law, "OPENING", frozenset({Access.RESPONDER_SCOPE_CHECK})),
    "a must-not is missing": _set(desk_words, "must_nots", lambda: _ALL_BUT_ONE),
    "the desk opens the door": _word("summary", "dhs_other", ["Open the door.", "They may come in."]),
    "the desk warns": _word("change", "no_paper", ["Warn the person they ask for."]),
    "the desk says what a paper is worth": _word("summary", "dhs_other", ["This paper is not valid.", "Say so."]),
    "the desk says nothing": _word("scripts", "S5", []),
}


@contextmanager
def seeded(name: str) -> Iterator[None]:
    """The rules with one thing wrong."""
    undo = MUTANTS[name]()
    try:
        yield
    finally:
        undo()
