"""What has to hold everywhere in the observation space: each claim gives what breaks it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from zonemap.model.assessment import Access, AccessZone, PaperClass
from zonemap.model.paper import Heading, Signer, Title, Want
from zonemap.rules.proof import Decided, Rules
from zonemap.rules.proof_diagram import Node
from zonemap.rules.proof_space import OBSERVED, SPACE, STALE
from zonemap.rules.state_law import CLOSED, JUDGES_PAPERS, LAWS, OPENING

_NO_ANSWER = ("unsure", "none_shown", "not_asked")
_COURTS = (Heading.FEDERAL_COURT, Heading.STATE_COURT)
_OPENING_TITLES = (
    Title.SEARCH_WARRANT,
    Title.SEARCH_AND_SEIZURE_WARRANT,
    Title.ENTRY_OR_INSPECTION_WARRANT,
    Title.ORDER,
)
_REFUSING = (
    Access.NOT_BY_THIS_PAPER,
    Access.NOT_BY_THIS_PAPER_CONTESTED,
    Access.NOT_WITHOUT_PAPER,
    Access.NONE,
    Access.NO_PATIENT_DATA,
)
_OF_AN_ESCORT = (Access.WITH_PRISONER_ONLY, Access.TREATING_TEAM_ONLY)
# What permits more than a hold does: the most, that and what opens, and whatever lets somebody in at all.
_PERMITTING = (
    frozenset({Access.OPEN}),
    frozenset({Access.OPEN, *OPENING}),
    frozenset({Access.OPEN, *OPENING, *_OF_AN_ESCORT, Access.PER_STATUTE}),
)
# What makes a paper one that opens something; in doubt about one of these, nothing opens.
_OF_A_PAPER = ("paper", "top_heading", "title", "signer_label", "signed", "readable")
_OF_A_SEARCH = (*_OF_A_PAPER, "names_this_place", "covers_area_wanted", "execute_by", "hours_ok", "all_pages")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, and what looks for a break in it."""

    words: str
    breaks: Callable[[Rules], Iterator[str]]


def _fixed(rules: Rules, key: str, value: Any) -> Node:
    return rules.diagrams.where(rules.decided, key, value)


def _broken(rules: Rules, nodes: Iterable[Node], wrong: Callable[..., bool], words: str) -> Iterator[str]:
    """A break, with a point that shows it, where ``wrong`` is true of the results of the nodes somewhere."""
    found = rules.diagrams.joined(tuple(nodes), lambda results: wrong(*results))
    point = rules.diagrams.point(found, bool)
    if point is not None:
        yield f"{words}: {', '.join(f'{key} {value}' for key, value in point.items())}"


def _opens(said: Decided) -> bool:
    return bool(OPENING & set(said.access))


def _opens_a_door(said: Decided) -> bool:
    return any(said.of(zone) is Access.RESPONDER_SCOPE_CHECK for zone in CLOSED)


# --- whole --------------------------------------------------------------------------------------------------------


def _total(rules: Rules) -> Iterator[str]:
    if None in rules.diagrams.results(rules.decided):
        yield "some observations get no class"
    if sum(rules.by_class().values()) != rules.diagrams.size:
        yield "the classes do not add up to the space"


def _reachable(rules: Rules) -> Iterator[str]:
    yield from (f"nothing reaches {each}" for each in PaperClass if not rules.by_class().get(each))
    places = {test.place for test in _tests()}
    yield from (f"nothing reaches place {each}" for each in sorted(places - set(rules.by_place())))


def _tests() -> Any:
    from zonemap.rules.classify import TESTS

    return TESTS


def _no_conflict(rules: Rules) -> Iterator[str]:
    yield from rules.overlapping_tests()


def _fallback_holds(rules: Rules) -> Iterator[str]:
    wrong = lambda said: said.place == "18" and any(said.of(zone) is not Access.HOLD_COUNSEL for zone in CLOSED)  # noqa: E731
    yield from _broken(rules, (rules.decided,), wrong, "what no test knows is not held")


def _public_stays_open(rules: Rules) -> Iterator[str]:
    wrong = lambda said: said.of(AccessZone.PUBLIC) not in (Access.OPEN, Access.PER_STATUTE)  # noqa: E731
    yield from _broken(rules, (rules.decided,), wrong, "a public area is not open")
    shut = lambda said: any(said.of(zone) is Access.OPEN for zone in AccessZone if zone is not AccessZone.PUBLIC)  # noqa: E731
    yield from _broken(rules, (rules.decided,), shut, "an area that is not public is open")


# --- safe ---------------------------------------------------------------------------------------------------------


def _only_a_judge(rules: Rules) -> Iterator[str]:
    needed: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("top_heading", _COURTS),
        ("signer_label", (Signer.JUDGE,)),
        ("title", _OPENING_TITLES),
        ("readable", ("yes",)),
        ("paper", ("paper", "on_phone")),
        ("signed", ("yes",)),
        ("danger_now", ("no", "unsure")),
        ("entering_now", ("no", "unsure")),
    )
    for key, values in needed:
        for value in (each for each in SPACE[key] if each not in values):
            yield from _broken(
                rules, (_fixed(rules, key, value),), _opens, f"something opens although {key} is {value}"
            )
    judges = lambda said: _opens(said) and said.paper_class not in JUDGES_PAPERS  # noqa: E731
    yield from _broken(rules, (rules.decided,), judges, "something opens by another class than a judge's")
    doors = (PaperClass.JUDICIAL_SEARCH, PaperClass.COURT_ORDER)
    door = lambda said: _opens_a_door(said) and said.paper_class not in doors  # noqa: E731
    yield from _broken(rules, (rules.decided,), door, "a private area opens by neither a search warrant nor an order")


def _escort_and_statute(rules: Rules) -> Iterator[str]:
    escorted = lambda said: bool(set(said.access) & set(_OF_AN_ESCORT))  # noqa: E731
    for value in ("no", "unsure"):
        words = f"somebody is let in with a prisoner although custody is {value}"
        yield from _broken(rules, (_fixed(rules, "custody_escort", value),), escorted, words)
    statute = lambda said: Access.PER_STATUTE in said.access  # noqa: E731
    for value in (each for each in SPACE["agency"] if each != "regulator"):
        words = f"a statute decides although the agency is {value}"
        yield from _broken(rules, (_fixed(rules, "agency", value),), statute, words)
    for want in (Want.ARREST_PERSON, Want.TALK_TO_PERSON, Want.UNSURE):
        words = f"a statute decides although they may want {want}"
        yield from _broken(rules, (_fixed(rules, f"asks for {want.value}", True),), statute, words)


def _emergency(rules: Rules) -> Iterator[str]:
    wrong = lambda said: any(said.of(zone) is not Access.DO_NOT_BLOCK for zone in CLOSED)  # noqa: E731
    for key in ("danger_now", "entering_now"):
        yield from _broken(rules, (_fixed(rules, key, "yes"),), wrong, f"{key} does not lead to: do not block")


def _dhs_never_judicial(rules: Rules) -> Iterator[str]:
    judicial = lambda said: said.paper_class in JUDGES_PAPERS or _opens(said)  # noqa: E731
    for heading in (each for each in Heading if each not in _COURTS):
        node = _fixed(rules, "top_heading", heading)
        yield from _broken(rules, (node,), judicial, f"{heading} at the top becomes a judge's paper")


def _unsure_permits_no_more(rules: Rules) -> Iterator[str]:
    for key in (name for name in OBSERVED if "unsure" in SPACE[name]):
        doubtful = _fixed(rules, key, "unsure")
        certain = tuple(_fixed(rules, key, value) for value in SPACE[key] if value not in _NO_ANSWER)
        yield from _broken(rules, (doubtful, *certain), _exceeds, f"doubt about {key} permits more than an answer")
    with_doubt, without = (_fixed(rules, "asks for unsure", value) for value in (True, False))
    others = tuple(rules.diagrams.where(without, f"asks for {want.value}", True) for want in Want)  # unsure: once more
    yield from _broken(
        rules, (with_doubt, without, *others), _exceeds, "doubt about what they ask for permits more than an answer"
    )


def _exceeds(doubtful: Decided, *certain: Decided) -> bool:
    """Whether the first permits more than a hold and more than the best of the others, in some zone."""
    return any(
        doubtful.of(zone) in permitting and not any(each.of(zone) in permitting for each in certain)
        for zone in AccessZone
        for permitting in _PERMITTING
    )


def _unsure_holds_between(rules: Rules) -> Iterator[str]:
    for key in (name for name in OBSERVED if "unsure" in SPACE[name]):
        doubtful = _fixed(rules, key, "unsure")
        certain = tuple(_fixed(rules, key, value) for value in SPACE[key] if value not in _NO_ANSWER)
        words = f"doubt about {key} does not hold between a judge's paper and a refusal"
        yield from _broken(rules, (doubtful, *certain), _parts_without_hold, words)


def _parts_without_hold(*said: Decided) -> bool:
    doubtful, *certain = (each.of(AccessZone.PRIVATE) for each in said)
    parts = Access.RESPONDER_SCOPE_CHECK in certain and any(each in _REFUSING for each in certain)
    return parts and doubtful not in (Access.HOLD_COUNSEL, Access.DO_NOT_BLOCK)


def _one_doubt_takes_the_permission(rules: Rules) -> Iterator[str]:
    for paper_class, keys in ((PaperClass.JUDICIAL_SEARCH, _OF_A_SEARCH), (PaperClass.COURT_ORDER, _OF_A_PAPER)):
        for key in keys:
            nodes = (rules.decided, _fixed(rules, key, "unsure"))
            wrong = _still_opens(paper_class)
            yield from _broken(rules, nodes, wrong, f"{paper_class} stays open in doubt about {key}")


def _still_opens(paper_class: PaperClass) -> Callable[[Decided, Decided], bool]:
    return lambda sure, doubted: sure.paper_class is paper_class and _opens_a_door(sure) and _opens_a_door(doubted)


def _doubt_is_no_refusal(rules: Rules) -> Iterator[str]:
    calm = rules.diagrams.where(rules.diagrams.where(rules.decided, "danger_now", "no"), "entering_now", "no")
    refuses = lambda said: any(said.of(zone) in _REFUSING for zone in CLOSED)  # noqa: E731
    for key in ("top_heading", "title", "signer_label", "readable"):
        for paper in ("paper", "on_phone"):
            node = rules.diagrams.where(rules.diagrams.where(calm, key, "unsure"), "paper", paper)
            yield from _broken(rules, (node,), refuses, f"doubt about {key} is a refusal")


_WARRANTS = (Title.SEARCH_WARRANT, Title.SEARCH_AND_SEIZURE_WARRANT, Title.ENTRY_OR_INSPECTION_WARRANT)
_OF_IMMIGRATION = (Title.WARRANT_FOR_ARREST_OF_ALIEN, Title.WARRANT_OF_REMOVAL)
# Decision-facts 2.1, written down here once more: what does not fit together.
_CLASHES: tuple[dict[str, tuple[Any, ...]], ...] = (
    {
        "top_heading": (Heading.LAW_FIRM_OR_NONE,),
        "title": (*_WARRANTS, *_OF_IMMIGRATION, Title.ARREST_WARRANT, Title.ORDER),
    },
    {"top_heading": (Heading.DHS,), "signer_label": (Signer.JUDGE,)},
    {"top_heading": _COURTS, "signer_label": (Signer.IMMIGRATION_OFFICER, Signer.IMMIGRATION_JUDGE)},
    {"top_heading": _COURTS, "title": _OF_IMMIGRATION},
    {"title": _WARRANTS, "signer_label": (Signer.CLERK, Signer.ATTORNEY, Signer.ISSUING_OFFICER, Signer.NONE)},
    {"title": (Title.ARREST_WARRANT,), "signed": ("no", "unsure")},
    {"top_heading": _COURTS, "title": (Title.NOTICE_OF_INSPECTION,)},
    {"title": (Title.ORDER,), "signer_label": (Signer.ATTORNEY, Signer.NONE)},
)


def _clashes_hold(rules: Rules) -> Iterator[str]:
    calm = {"danger_now": ("no",), "entering_now": ("no",), "paper": ("paper", "on_phone"), "agency": ("ice", "other")}
    held = lambda said: any(said.of(zone) is not Access.HOLD_COUNSEL for zone in CLOSED)  # noqa: E731
    for clash in _CLASHES:
        for values in product(*{**calm, **clash}.values()):
            node = rules.decided
            for key, value in zip({**calm, **clash}, values, strict=True):
                node = rules.diagrams.where(node, key, value)
            yield from _broken(rules, (node,), held, f"parts that do not fit together are no hold: {values}")


# --- the law of the place -----------------------------------------------------------------------------------------


def _law_only_stricter(rules: Rules) -> Iterator[str]:
    for law in (*LAWS, STALE):
        nodes = (_fixed(rules, law, True), _fixed(rules, law, False))
        yield from _broken(rules, nodes, _exceeds, f"{law} permits more than without it")
        yield from _broken(rules, nodes, _another_class, f"{law} changes a class")
    yield from (f"{law} changes nothing" for law in LAWS if _fixed(rules, law, True) is _fixed(rules, law, False))


def _another_class(one: Decided, other: Decided) -> bool:
    return one.paper_class is not other.paper_class


def _laws_do_what_they_say(rules: Rules) -> Iterator[str]:
    scope = rules.diagrams.where(rules.decided, "order_scope_required", True)
    for key, named in (("covers_area_wanted", ("yes",)), ("names_this_place", ("yes", "no_place_stated"))):
        for value in (each for each in SPACE[key] if each not in named):
            node = rules.diagrams.where(scope, key, value)
            yield from _broken(rules, (node,), _opens_a_door, f"a door opens although {key} is {value}")
    state = _fixed(rules, "top_heading", Heading.STATE_COURT)
    for agency in ("ice", "cbp", "hsi", "unsure"):
        node = rules.diagrams.where(rules.diagrams.where(state, "federal_only_judge", True), "agency", agency)
        yield from _broken(rules, (node,), _opens, f"a state judge's paper opens for {agency}")
    for court in ("another_state", "unsure"):
        node = rules.diagrams.where(rules.diagrams.where(state, "own_courts_only", True), "court", court)
        yield from _broken(rules, (node,), _opens, f"a court of {court} opens something")
    records = lambda said: said.of(AccessZone.RECORDS) in OPENING  # noqa: E731
    yield from _broken(rules, (_fixed(rules, "part2", True),), records, "sealed records go out")


def _contested_holds_when_old(rules: Rules) -> Iterator[str]:
    old = _fixed(rules, STALE, True)
    fought = lambda said: Access.NOT_BY_THIS_PAPER_CONTESTED in said.access  # noqa: E731
    yield from _broken(rules, (old,), fought, "rules past their date refuse what is contested")
    contested = rules.diagrams.where(old, "confidence of the pack", "contested")
    yield from _broken(rules, (contested,), _opens, "rules past their date open what is contested")


CLAIMS: tuple[Claim, ...] = (
    Claim("Total: every observation gets exactly one class, and the classes add up to the space.", _total),
    Claim("No class and no place of the ordered tests is out of reach.", _reachable),
    Claim(
        "No conflict: tests of one place, and refinements of one zone, never ask for two things at once.", _no_conflict
    ),
    Claim("Whatever no test knows is a hold.", _fallback_holds),
    Claim("A public area is open as to anyone, or as a statute says; no other area is ever open.", _public_stays_open),
    Claim(
        "Nothing opens without a court at the top, a judge, a signature, and a paper that can be read.", _only_a_judge
    ),
    Claim(
        "With the prisoner only where there is one; by statute only for inspectors who ask for nobody.",
        _escort_and_statute,
    ),
    Claim("Danger, or officers going in: do not block, do not say yes, whatever else is said.", _emergency),
    Claim("A heading of Homeland Security, or any but a court's, never becomes a judge's paper.", _dhs_never_judicial),
    Claim(
        "Unsure permits no more than a hold, or no more than the better of the certain answers.",
        _unsure_permits_no_more,
    ),
    Claim("Where certain answers would part a judge's paper from a refusal, unsure holds.", _unsure_holds_between),
    Claim(
        "One doubt about what makes it a search warrant or an order takes the permission away.",
        _one_doubt_takes_the_permission,
    ),
    Claim("Parts that do not fit together are a hold.", _clashes_hold),
    Claim("Doubt about heading, title, signer or legibility is never a refusal.", _doubt_is_no_refusal),
    Claim("The law of a place, sealed records and age make results stricter, and change no class.", _law_only_stricter),
    Claim("Each thing that a pack can ask for does what it says.", _laws_do_what_they_say),
    Claim("Past the review date, what is contested is a hold.", _contested_holds_when_old),
)
