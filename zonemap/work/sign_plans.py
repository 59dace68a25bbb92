"""What a facility's people choose for its sheets and keep: sheet by sheet, their own words, and what they have seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from zonemap.errors import Conflict, Invalid
from zonemap.model.facility import Facility
from zonemap.model.person import Actor
from zonemap.model.sign import Choice, OwnWords, SeenLanguage, SignKind, SignPlan
from zonemap.model.zone import ZoneClass
from zonemap.rules.sign_guard import guard
from zonemap.rules.sign_texts import language, texts
from zonemap.rules.signs import OWN_KINDS, usual_lines
from zonemap.storage.store import Store
from zonemap.work.permissions import Permission, require

READING_FEET = (6, 10, 15, 20, 25, 30, 40)
CHOICES_MOST = 5_000  # as many as a floor may have rooms
_OPEN = (SignKind.PUBLIC, SignKind.WAITING, SignKind.EMERGENCY)
_CLOSED_TEXTS = ("private_area", "private_rooms", "no_entry", "staff_line", "for_patients", "for_authorized")


def sign_plan(store: Store, actor: Actor, facility_id: str) -> SignPlan:
    """What was chosen so far. Raises NotFound."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    with store.read() as books:
        books.facilities.get(facility_id)
        return books.sign_plans.of(facility_id)


def choose_sheets(
    store: Store,
    actor: Actor,
    facility_id: str,
    choices: Mapping[str, Choice],
    *,
    version: int,
    now: datetime,
    distances: Mapping[str, int | None] = MappingProxyType({}),
) -> SignPlan:
    """Keep what was chosen for these sheets; those that are not named stay as they are.

    ``distances`` are feet from which they are read, None for the usual. Raises Conflict where somebody was faster than
    ``version``, Invalid for a distance that nobody reads a sign from.
    """
    if not all(feet is None or feet in READING_FEET for feet in distances.values()):
        raise Invalid("Choose one of the distances of the list.")

    def chosen(plan: SignPlan) -> SignPlan:
        kept = {sheet: choice for sheet, choice in {**dict(plan.choices), **choices}.items() if choice != Choice.USUAL}
        if len(kept) > CHOICES_MOST:
            raise Invalid(f"At most {CHOICES_MOST:,} sheets can be chosen one by one. Leave the others as usual.")
        far = {sheet: feet for sheet, feet in {**dict(plan.distances), **distances}.items() if feet is not None}
        return replace(plan, choices=tuple(sorted(kept.items())), distances=tuple(sorted(far.items())))

    return _changed(store, actor, facility_id, chosen, version=version, now=now)


def word_sign(store: Store, actor: Actor, facility_id: str, own: OwnWords, *, version: int, now: datetime) -> SignPlan:
    """Keep a facility's own words for one kind of sign in one language.

    Raises Invalid, with a sentence for each line that must not hang; Conflict where somebody was faster.
    """
    with store.read() as books:
        facility = books.facilities.get(facility_id)
    check_words(facility, own, today=now.date())

    def worded(plan: SignPlan) -> SignPlan:
        return replace(plan, own_words=(*_others(plan, own.kind, own.language), own))

    return _changed(store, actor, facility_id, worded, version=version, now=now)


def usual_words_again(
    store: Store, actor: Actor, facility_id: str, kind: SignKind, code: str, *, version: int, now: datetime
) -> SignPlan:
    """Give up a facility's own words: the usual ones stand on the sign again."""
    return _changed(
        store,
        actor,
        facility_id,
        lambda plan: replace(plan, own_words=_others(plan, kind, code)),
        version=version,
        now=now,
    )


def acknowledge(store: Store, actor: Actor, facility_id: str, codes: Sequence[str], *, now: datetime) -> SignPlan:
    """Keep that somebody knows that nobody has checked the texts of these languages. Raises Invalid for another one."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    known = [language(code).code for code in dict.fromkeys(codes)]
    with store.begin() as books:
        books.facilities.get(facility_id)
        plan = books.sign_plans.of(facility_id)
        others = tuple(each for each in plan.seen if each.language not in known)
        seen = tuple(SeenLanguage(code, actor.name, now.date()) for code in known)
        made = replace(plan, seen=(*others, *seen))
        books.sign_plans.save(facility_id, made, saved_at=now, saved_by=actor.name)
        return replace(made, version=plan.version + 1)


def check_words(facility: Facility, own: OwnWords, *, today: date) -> None:
    """Let a facility's own words pass, or raise Invalid with a sentence for each line that must not hang."""
    if own.kind not in OWN_KINDS:
        raise Invalid("The notice and the line to officers keep their words. Choose another kind of sign.")
    usual = usual_lines(own.kind, facility.site_kind, language(own.language).code)
    lines = {"headline": own.headline, "sentence": own.sentence, "second": own.second}
    empty = {
        name: f"Write this line. The usual one is “{usual[name]}”"
        for name in ("headline", "sentence")
        if not lines[name]
    }
    if empty:
        raise Invalid("A sign needs a headline and a sentence.", fields=empty)
    try:
        guard(own.kind, lines)
    except Invalid as error:
        fields = {name: f"{sentence} For example: “{usual[name]}”" for name, sentence in error.fields.items()}
        raise Invalid(error.message, fields=fields) from error
    _claims_in_its_language(own, lines)
    if bool(own.checked_by) != bool(own.checked_on):
        raise Invalid(
            "Say who has checked the words, and on which day.", fields={"checked_by": "Give the name and the day."}
        )
    if own.checked_on and own.checked_on > today:
        raise Invalid("That day is still to come.", fields={"checked_on": "Give the day on which they were checked."})


def _claims_in_its_language(own: OwnWords, lines: Mapping[str, str]) -> None:
    """On a sheet for an open place, refuse what our texts in its language say of a closed one."""
    if own.kind not in _OPEN:
        return
    closed = [texts(own.language)[key].text.casefold().rstrip(".。।۔։។") for key in _CLOSED_TEXTS]
    wrong = {name: line for name, line in lines.items() if any(each in line.casefold() for each in closed)}
    if wrong:
        sentence = "This says that the place is closed, and it is open to the public. Say what people should do here."
        raise Invalid(sentence, fields=dict.fromkeys(wrong, sentence))


def _others(plan: SignPlan, kind: SignKind, code: str) -> tuple[OwnWords, ...]:
    return tuple(each for each in plan.own_words if (each.kind, each.language) != (kind, code))


def _changed(
    store: Store,
    actor: Actor,
    facility_id: str,
    change: Callable[[SignPlan], SignPlan],
    *,
    version: int,
    now: datetime,
) -> SignPlan:
    require(actor, Permission.SET_FACILITY, at=facility_id)
    with store.begin() as books:
        books.facilities.get(facility_id)
        plan = books.sign_plans.of(facility_id)
        if plan.version != version:
            raise Conflict(
                "Somebody else changed the signs of this facility just now. Open the page again and choose again."
            )
        made = change(plan)
        books.sign_plans.save(facility_id, made, saved_at=now, saved_by=actor.name)
        return replace(made, version=version + 1)


def choices_for(zone_class: ZoneClass) -> tuple[Choice, ...]:
    """What can be chosen for the sign on a door into that class, the usual first: never what claims more."""
    if zone_class is ZoneClass.OUTDOOR_PRIVATE:
        return (Choice.USUAL, Choice.NONE)
    if zone_class is ZoneClass.PRIVATE:
        return (Choice.USUAL, Choice.OFFICERS, Choice.PLAIN, Choice.NONE)
    return (Choice.USUAL, Choice.OFFICERS, Choice.PLAIN, Choice.PRIVATE, Choice.NONE)
