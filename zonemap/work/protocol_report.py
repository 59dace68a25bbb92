"""The response protocol on paper: all of it, or the steps of one role with what holds for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from zonemap.model.protocol import Phase, Protocol, StaffRole, Step, Topic, section_of
from zonemap.model.record import code
from zonemap.model.report import Blanks, Facts, Heading, NewPage, Part, Points, Report, Words
from zonemap.printing.report_sheet import report_pdf
from zonemap.printing.sheets import day
from zonemap.rules.handout_texts import OPERATIVE, handout_language
from zonemap.rules.protocol_texts import protocol_texts
from zonemap.work.protocol import ProtocolView

POINTS = 10.5


def protocol_pdf(
    view: ProtocolView, roles: Sequence[StaffRole] = tuple(StaffRole), paper: str = "letter", points: float = POINTS
) -> bytes:
    """The protocol as tagged PDF, for all roles or some. Raises Invalid for a paper that there is none of."""
    return report_pdf([protocol_report(view, roles, points)], paper)


def protocol_report(
    view: ProtocolView, roles: Sequence[StaffRole] = tuple(StaffRole), points: float = POINTS
) -> Report:
    """The protocol as a report: also a part of the binder."""
    facility = view.facility
    whole = len(roles) == len(StaffRole)
    names = protocol_texts()["roles"]
    heading = "Response protocol" if whole else f"Response protocol: {', '.join(names[role] for role in roles)}"
    return Report(
        title=f"{heading}, {facility.name}",
        heading=heading,
        facility=facility.name,
        place=facility.place,
        parts=tuple(_parts(view, roles)),
        left=f"Response protocol, {facility.name}",
        right=version_words(view.protocol, ZoneInfo(facility.clock)),
        points=points,
    )


def version_words(protocol: Protocol, clock: ZoneInfo) -> str:
    """Which version it is: its number, day, and the code of its entry."""
    if protocol.saved_at is None:
        return "As it comes with zonemap"
    version = f"The organization’s version {protocol.follows}" if protocol.follows else f"Version {protocol.number}"
    return f"{version} of {day(protocol.saved_at.astimezone(clock))}, {code(protocol.hash)}"


def _parts(view: ProtocolView, roles: Sequence[StaffRole]) -> Iterator[Part]:
    texts = protocol_texts()
    yield Words(texts["information"], small=True)
    yield Heading("What nobody does")
    yield Points((*(f"{each.text} ({each.source})" for each in view.protecting), *view.own_must_not))
    yield Words(texts["responders_only"], strong=True)
    for role in roles:
        yield from _role(view.protocol, role)
    for topic in Topic:
        yield from _topic(view, topic)
    yield from _speaking(view)
    yield Blanks(("Administrator", "Counsel", "Date"))


def _role(protocol: Protocol, role: StaffRole) -> Iterator[Part]:
    texts = protocol_texts()
    steps = {phase: protocol.of(section_of(role, phase)) for phase in Phase}
    if not any(steps.values()):
        return
    yield Heading(texts["roles"][role])
    for phase, some in steps.items():
        if some:
            yield Heading(texts["phases"][phase], 3)
            yield Points(tuple(map(_line, some)), numbered=True)


def _topic(view: ProtocolView, topic: Topic) -> Iterator[Part]:
    steps = view.protocol.of(topic.value)
    if not steps and topic is not Topic.WAITING:
        return
    yield Heading(protocol_texts()["topics"][topic])
    if topic is Topic.WAITING:
        places = view.waiting or ("No waiting place is on a designated plan yet. Any public area will do.",)
        yield Points(places, boxes=False)
    if steps:
        yield Points(tuple(map(_line, steps)))


def _speaking(view: ProtocolView) -> Iterator[Part]:
    speaking = protocol_texts()["speaking"]
    yield NewPage()
    yield Heading(speaking["title"])
    yield Points(tuple(speaking["rules"]))
    yield Words(speaking["contested"], small=True)
    if not view.approved or view.approval is None:
        yield Words(speaking["locked"], strong=True)
        return
    scope = ", for all sites that use the organization’s protocol" if view.approval.for_all else ""
    approved = f"{view.approval.counsel}, {day(view.approval.on)}{scope}"
    yield Facts((("Approved by", approved), ("Wording", view.seal[:16])))
    for speech in view.said:
        language = handout_language(speech.language)
        unchecked = speech.language != OPERATIVE and not speech.checked_by
        yield Heading(f"{language.name}{': a draft, checked by no qualified translator' if unchecked else ''}", 3)
        if language.direction == "rtl":
            yield from map(Words, speech.lines)  # a list would put its dash on the wrong side
        else:
            yield Points(speech.lines)


def _line(step: Step) -> str:
    return f"{step.text} ({step.source})" if step.source else step.text
