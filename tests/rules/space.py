"""The observations that the rules are tried on: what matters of a paper in every combination, and visits by chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

from hypothesis import strategies as st

from zonemap.model.paper import KINDS, PAPER_KEYS, Heading, Observations, Shown, Signer, Title, Want, YesNo
from zonemap.rules.access import AccessTable, access_for
from zonemap.rules.classify import PaperClass, paper_class, read
from zonemap.rules.pack import Pack

CALM: dict[str, Any] = {"danger_now": YesNo.NO, "entering_now": YesNo.NO, "custody_escort": YesNo.NO}
WANTS = tuple(
    frozenset(wants)
    for wants in (
        {Want.RECORDS},
        {Want.ENTER_PRIVATE},
        {Want.RECORDS, Want.ENTER_PRIVATE},
        {Want.ARREST_PERSON},
        {Want.VIDEO_OR_VISITOR_LOG},
        {Want.PUBLIC_ONLY},
        {Want.UNSURE},
        {Want.RECORDS, Want.UNSURE},
    )
)


def values(key: str) -> tuple[Any, ...]:
    """What can be said of a key; *none shown* only of what is on a paper."""
    if key == "wants":
        return WANTS
    return tuple(word for word in KINDS[key] if key in PAPER_KEYS or word != "none_shown")


def definite(key: str) -> tuple[Any, ...]:
    """The same without *unsure* and *none shown*."""
    if key == "wants":
        return tuple(wants for wants in WANTS if Want.UNSURE not in wants)
    return tuple(word for word in KINDS[key] if word not in ("unsure", "none_shown"))


def unsure(key: str) -> Any:
    """*I can't tell* for a key."""
    return frozenset({Want.UNSURE}) if key == "wants" else KINDS[key]("unsure")


FITTING: dict[str, Any] = {
    "names_this_place": KINDS["names_this_place"].YES,
    "covers_area_wanted": YesNo.YES,
    "execute_by": KINDS["execute_by"].YES,
    "hours_ok": KINDS["hours_ok"].YES,
    "all_pages": YesNo.YES,
    "readable": YesNo.YES,
    "lists_records": YesNo.YES,
    "wants": frozenset({Want.SEARCH_PLACE}),
}


def papers(**more: Any) -> Iterator[Observations]:
    """Every heading, title, signer and signature of a paper that fits in all else (3,456 papers)."""
    kinds = product(Heading, Title, Signer, (YesNo.YES, YesNo.NO, YesNo.UNSURE))
    base = Observations(paper=Shown.PAPER, **{**CALM, **FITTING, **more})
    for heading, title, signer, signed in kinds:
        if "none_shown" not in (heading, title, signer):
            yield replace(base, top_heading=heading, title=title, signer_label=signer, signed=signed)


def shown(seen: Observations, pack: Pack) -> tuple[PaperClass, AccessTable]:
    """The class and the access of what was seen, with a pack in date."""
    whole = read(seen)
    found = paper_class(whole)
    return found, access_for(found, whole, pack, stale=False)


visits = st.builds(
    Observations,
    wants=st.frozensets(st.sampled_from(Want), min_size=1, max_size=3),
    **{key: st.sampled_from(values(key)) for key in KINDS},
)
