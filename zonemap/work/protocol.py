"""The response protocol of a facility: read by everybody, changed step by step, never lost, with words to patients that
stay locked until a named lawyer has approved them.

Each change is a version of its own. Who changes one says which version they saw: the second of two gets Conflict.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from zonemap.errors import Conflict, Invalid, NotFound
from zonemap.geometry.shapes import room_at
from zonemap.model.facility import Designation, Facility
from zonemap.model.person import Actor
from zonemap.model.protocol import (
    SECTIONS,
    Protocol,
    Speech,
    SpeechApproval,
    Step,
    approval_in_force,
    newest_of,
    protocol_document,
    protocol_in_force,
    shared_scope,
    speech_seal,
    versions_of,
)
from zonemap.model.record import RecordKind, faults
from zonemap.model.zone import ZoneClass
from zonemap.rules.handout_texts import OPERATIVE, handout_language, speech_lines
from zonemap.rules.protocol_guard import guard_step
from zonemap.rules.protocol_texts import ProtectingLine, default_steps, protecting_lines, protocol_texts, section_name
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, require

STEPS_MOST, SPEECH_MOST, SOURCE_MOST, NAME_MOST = 30, 12, 160, 80  # steps a section, lines, letters, letters
FIRST_LANGUAGES = (OPERATIVE, "es")


@dataclass(frozen=True, slots=True)
class ProtocolView:
    """What the page, the print and the binder show. ``waiting`` are places, such as "First floor: Lobby"."""

    facility: Facility
    protocol: Protocol
    versions: tuple[Protocol, ...]  # oldest first; empty where nobody here has saved one
    shared: Protocol | None  # the organization's, where it has one for sites like this
    protecting: tuple[ProtectingLine, ...]
    own_must_not: tuple[str, ...]
    waiting: tuple[str, ...]
    seal: str
    approval: SpeechApproval | None

    @property
    def approved(self) -> bool:
        """Whether counsel has approved just the words that stand there now."""
        return self.approval is not None and self.approval.seal == self.seal

    @property
    def lost(self) -> bool:
        """Whether an approval was lost by a change."""
        return self.approval is not None and self.approval.seal != self.seal

    @property
    def said(self) -> tuple[Speech, ...]:
        """What may be said to patients: nothing while it is locked."""
        return self.protocol.speeches if self.approved else ()


def protocol_of(store: Store, actor: Actor, facility_id: str) -> ProtocolView:
    """The protocol as it is now. Raises NotFound."""
    require(actor, Permission.SEE_HOME, at=facility_id)
    with store.read() as books:
        return facility_protocol(books, facility_id)


def facility_protocol(books: Books, facility_id: str) -> ProtocolView:
    """The same, for a look that is under way."""
    facility = books.facilities.get(facility_id)
    entries = books.protocols.entries(facility_id)
    shared = books.shared_protocols.entries(shared_scope(facility))
    versions, theirs = versions_of(entries), newest_of(shared)
    protocol = protocol_in_force(facility_id, versions, theirs, lambda: first_protocol(facility))
    seal = protocol_seal(protocol)
    return ProtocolView(
        facility=facility,
        protocol=protocol,
        versions=versions,
        shared=theirs,
        protecting=protecting_lines(),
        own_must_not=tuple(each.text for each in books.law.must_nots(facility_id)),
        waiting=tuple(_waiting(books, facility_id)),
        seal=seal,
        approval=approval_in_force(entries, shared, protocol, seal),
    )


def first_protocol(facility: Facility) -> Protocol:
    """What a facility has before it saves a version of its own."""
    speeches = tuple(Speech(code, speech_lines(code)) for code in FIRST_LANGUAGES)
    return Protocol(facility.id, default_steps(facility), speeches)


def protocol_version(store: Store, actor: Actor, facility_id: str, number: int) -> tuple[ProtocolView, Protocol]:
    """The protocol as it is now, and an earlier version of it. Raises NotFound."""
    view = protocol_of(store, actor, facility_id)
    return view, _version(view, number)


def add_step(store: Store, actor: Actor, facility_id: str, step: Step, *, seen: int, now: datetime) -> Protocol:
    """Put a step at the end of its section. Raises NotFound, Conflict, Invalid with what to write instead."""
    if step.section not in SECTIONS:
        raise Invalid("Choose one of the parts of the protocol.", fields={"section": "Choose one of the parts."})
    step = _checked(step)

    def added(protocol: Protocol) -> Protocol:
        if len(protocol.of(step.section)) >= STEPS_MOST:
            raise Invalid(f"A part has at most {STEPS_MOST} steps. Remove one first, or join two.")
        return replace(protocol, steps=(*protocol.steps, step))

    return _change(store, actor, facility_id, f"Added to {_named(step)}: {step.text}", added, seen=seen, now=now)


def edit_step(
    store: Store, actor: Actor, facility_id: str, step_id: str, text: str, source: str, *, seen: int, now: datetime
) -> Protocol:
    """Word a step another way. Raises NotFound, Conflict, Invalid with what to write instead."""

    def edited(protocol: Protocol) -> Protocol:
        step = _checked(replace(_step(protocol, step_id), text=text, source=source))
        return replace(protocol, steps=tuple(step if each.id == step_id else each for each in protocol.steps))

    return _change(store, actor, facility_id, f"Worded anew: {text.strip()}", edited, seen=seen, now=now)


def move_step(
    store: Store, actor: Actor, facility_id: str, step_id: str, *, up: bool, seen: int, now: datetime
) -> Protocol:
    """Put a step one place up or down within its section. Raises NotFound, Conflict."""

    def moved(protocol: Protocol) -> Protocol:
        step = _step(protocol, step_id)
        steps = list(protocol.steps)
        places = [place for place, each in enumerate(steps) if each.section == step.section]
        here = places.index(steps.index(step))
        there = here + (-1 if up else 1)
        if 0 <= there < len(places):
            steps[places[here]], steps[places[there]] = steps[places[there]], steps[places[here]]
        change = f"Moved {'up' if up else 'down'}: {step.text}"
        return replace(protocol, steps=tuple(steps), change=change)

    return _change(store, actor, facility_id, "", moved, seen=seen, now=now)


def remove_step(store: Store, actor: Actor, facility_id: str, step_id: str, *, seen: int, now: datetime) -> Protocol:
    """Take a step away; an earlier version keeps it. Raises NotFound, Conflict."""

    def removed(protocol: Protocol) -> Protocol:
        gone = _step(protocol, step_id)
        left = tuple(each for each in protocol.steps if each is not gone)
        return replace(protocol, steps=left, change=f"Removed: {gone.text}")

    return _change(store, actor, facility_id, "", removed, seen=seen, now=now)


def save_speech(store: Store, actor: Actor, facility_id: str, speech: Speech, *, seen: int, now: datetime) -> Protocol:
    """Keep what is said to patients in one language. Raises NotFound, Conflict, Invalid with what to write instead.

    An approval is of the words that counsel read: another wording is locked until it is approved.
    """
    language = handout_language(speech.language)
    speech = _checked_speech(speech, now.date())

    def saved(protocol: Protocol) -> Protocol:
        others = tuple(each for each in protocol.speeches if each.language != speech.language)
        place = next((n for n, each in enumerate(protocol.speeches) if each.language == speech.language), len(others))
        return replace(protocol, speeches=(*others[:place], speech, *others[place:]))

    change = f"Words to patients in {language.name}"
    return _change(store, actor, facility_id, change, saved, seen=seen, now=now)


def remove_speech(store: Store, actor: Actor, facility_id: str, code: str, *, seen: int, now: datetime) -> Protocol:
    """Take a language away from what is said to patients. Raises NotFound, Conflict, Invalid for English."""
    if code == OPERATIVE:
        raise Invalid("English is the text that counsel approves. It cannot be removed; change it.")

    def removed(protocol: Protocol) -> Protocol:
        if protocol.speech(code) is None:
            raise NotFound("This language is not there any more.")
        return replace(protocol, speeches=tuple(each for each in protocol.speeches if each.language != code))

    change = f"Words to patients in {handout_language(code).name} removed"
    return _change(store, actor, facility_id, change, removed, seen=seen, now=now)


def go_back(store: Store, actor: Actor, facility_id: str, number: int, *, seen: int, now: datetime) -> Protocol:
    """Save an earlier version anew as the newest; 0 is what comes with zonemap. Raises NotFound, Conflict."""

    def back(protocol: Protocol, view: ProtocolView) -> Protocol:
        earlier = _version(view, number)
        return replace(protocol, steps=earlier.steps, speeches=earlier.speeches, follows=earlier.follows)

    change = f"Back to version {number}" if number else "Back to the protocol that comes with zonemap"
    return _with_view(store, actor, facility_id, change, back, seen=seen, now=now)


def follow_shared(store: Store, actor: Actor, facility_id: str, *, seen: int, now: datetime) -> Protocol:
    """Use the organization's protocol again, as it is and as it will be. Raises NotFound, Conflict."""

    def followed(protocol: Protocol, view: ProtocolView) -> Protocol:
        if view.shared is None:
            raise NotFound("The organization has no protocol of its own for sites like this.")
        theirs = view.shared
        return replace(protocol, steps=theirs.steps, speeches=theirs.speeches, follows=theirs.number)

    return _with_view(store, actor, facility_id, "Back to the organization’s protocol", followed, seen=seen, now=now)


def approve_speech(
    store: Store, actor: Actor, facility_id: str, *, seal: str, counsel: str, on: date, now: datetime
) -> None:
    """Record that a named lawyer has approved the words to patients as they are. Raises Conflict where they changed."""
    require(actor, Permission.APPROVE_PROTOCOL, at=facility_id)
    counsel = checked_counsel(counsel, on, now)
    with store.begin() as books:
        books.protocols.hold(facility_id)
        view = facility_protocol(books, facility_id)
        if view.seal != seal:
            raise Conflict("The words have changed since this page was opened. Let counsel read them again.")
        body = {"seal": seal, "counsel": counsel, "on": on.isoformat(), "version": view.protocol.number}
        books.protocols.append(facility_id, RecordKind.PROTOCOL_APPROVED, body, recorded_at=now, recorded_by=actor.name)


def checked_counsel(counsel: str, on: date, now: datetime) -> str:
    """The name of the lawyer without spaces around it. Raises Invalid where it is none, or the day is to come."""
    counsel, wrong = counsel.strip(), {}
    if not counsel or len(counsel) > NAME_MOST:
        wrong["counsel"] = "Type the name of the lawyer."
    if on > now.date():
        wrong["on"] = "That day is still to come."
    if wrong:
        raise Invalid("Not recorded yet.", fields=wrong)
    return counsel


def withdraw_approval(store: Store, actor: Actor, facility_id: str, *, now: datetime) -> None:
    """Lock the words to patients again. Raises NotFound."""
    require(actor, Permission.APPROVE_PROTOCOL, at=facility_id)
    with store.begin() as books:
        books.facilities.get(facility_id)
        books.protocols.hold(facility_id)
        if facility_protocol(books, facility_id).approval is not None:
            books.protocols.append(
                facility_id, RecordKind.PROTOCOL_WITHDRAWN, {}, recorded_at=now, recorded_by=actor.name
            )


def protocol_faults(books: Books, facility_id: str) -> list[str]:
    """What is wrong with the chain of a facility's protocol, in sentences. For zonemap doctor."""
    shared = books.shared_protocols.entries(shared_scope(books.facilities.get(facility_id)))
    return [
        *(f"Protocol: {fault.message}" for fault in faults(books.protocols.entries(facility_id))),
        *(f"Protocol of the organization: {fault.message}" for fault in faults(shared)),
    ]


def _change(
    store: Store,
    actor: Actor,
    facility_id: str,
    change: str,
    made: Callable[[Protocol], Protocol],
    *,
    seen: int,
    now: datetime,
) -> Protocol:
    return _with_view(store, actor, facility_id, change, lambda protocol, _: made(protocol), seen=seen, now=now)


def _with_view(
    store: Store,
    actor: Actor,
    facility_id: str,
    change: str,
    made: Callable[[Protocol, ProtocolView], Protocol],
    *,
    seen: int,
    now: datetime,
) -> Protocol:
    require(actor, Permission.EDIT_PROTOCOL, at=facility_id)
    with store.begin() as books:
        books.protocols.hold(facility_id)
        view = facility_protocol(books, facility_id)
        before = view.protocol
        if before.number != seen:
            raise Conflict("Somebody else has changed the protocol meanwhile. Look at it again, then make your change.")
        after = made(replace(before, change=change, follows=0), view)
        goes_over = after.follows and not before.follows
        if (after.steps, after.speeches) == (before.steps, before.speeches) and not goes_over:
            return before
        if not view.versions:  # what everybody had so far is the first version, to go back to
            came = "The organization’s protocol" if before.follows else "As it comes with zonemap"
            first = protocol_document(replace(before, change=came))
            books.protocols.append(
                facility_id, RecordKind.PROTOCOL_SAVED, first, recorded_at=now, recorded_by=actor.name
            )
        books.protocols.append(
            facility_id, RecordKind.PROTOCOL_SAVED, protocol_document(after), recorded_at=now, recorded_by=actor.name
        )
        return facility_protocol(books, facility_id).protocol


def _version(view: ProtocolView, number: int) -> Protocol:
    if number == 0:
        return first_protocol(view.facility)
    if not 1 <= number <= len(view.versions):
        raise NotFound("There is no such version of the protocol.")
    return view.versions[number - 1]


def _step(protocol: Protocol, step_id: str) -> Step:
    for step in protocol.steps:
        if step.id == step_id:
            return step
    raise NotFound("This step is not there any more.")


def _named(step: Step) -> str:
    return section_name(step.section)


def _checked(step: Step) -> Step:
    step = replace(step, text=step.text.strip(), source=step.source.strip())
    if not step.text:
        sentence = "Write what is to be done, in one sentence."
        raise Invalid(sentence, fields={"line": sentence})
    guard_step(step.text, "line")
    if len(step.source) > SOURCE_MOST:
        sentence = f"Use at most {SOURCE_MOST} letters."
        raise Invalid(sentence, fields={"source": sentence})
    guard_step(step.source, "source")
    return step


def _checked_speech(speech: Speech, today: date) -> Speech:
    lines = tuple(line for each in speech.lines if (line := each.strip()))
    if not lines or len(lines) > SPEECH_MOST:
        sentence = f"Write 1 to {SPEECH_MOST} sentences, each on a line of its own."
        raise Invalid(sentence, fields={"lines": sentence})
    for number, line in enumerate(lines, 1):
        _guard_said(number, line)
    if bool(speech.checked_by.strip()) != bool(speech.checked_on):
        sentence = "Say who has checked the translation, and on which day."
        raise Invalid(sentence, fields={"checked_by": sentence})
    if speech.checked_on and speech.checked_on > today:
        raise Invalid("That day is still to come.", fields={"checked_on": "That day is still to come."})
    return replace(speech, lines=lines, checked_by=speech.checked_by.strip()[:NAME_MOST])


def _guard_said(number: int, line: str) -> None:
    """Let a line to patients pass, or raise Invalid that says which of them it is."""
    try:
        guard_step(line, "lines", speech=True)
    except Invalid as error:
        fields = {name: f"Line {number}: {sentence}" for name, sentence in error.fields.items()}
        raise Invalid(error.message, fields=fields) from error


def protocol_seal(protocol: Protocol) -> str:
    """The fingerprint of all that is said to patients, and of how it is used, as counsel approves it."""
    beside = (*(each.text for each in protecting_lines()), *protocol_texts()["speaking"]["rules"])
    return speech_seal(protocol.speeches, beside)


def _waiting(books: Books, facility_id: str) -> list[str]:
    """Where officers are asked to wait on each floor that is designated: its waiting spot, in a public room."""
    floors = [saved.floor for saved in books.floors.list(facility_id)]
    found = [books.designations.latest(floor.id) for floor in floors]
    return [f"{each.floor.name}: {room}" for each in found if each is not None and (room := _waiting_room(each))]


def _waiting_room(designation: Designation) -> str:
    floor = designation.floor
    room = room_at(floor, floor.waiting_spot) if floor.waiting_spot else None
    return room.label if room and room.zone_class is ZoneClass.PUBLIC and not room.hours else ""
