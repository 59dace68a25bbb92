"""Texts of a facility that the binder prints and training lets people read: what to say, and the policy, filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from zonemap.geometry.shapes import room_at
from zonemap.model.assessment import Assessment, PaperClass
from zonemap.model.facility import Contact, ContactRole, Designation, Facility
from zonemap.model.report import Blanks, Facts, Heading, Part, Points, Report, Words
from zonemap.printing.sheets import day
from zonemap.rules.desk_paper_words import paper_words
from zonemap.rules.desk_words import must_nots, words
from zonemap.rules.pack import Pack
from zonemap.rules.policies import policy_words
from zonemap.rules.practice import by_class, scenario
from zonemap.storage.store import Books
from zonemap.work.law import facility_pack
from zonemap.work.practice import steps_of

ROLE_NAMES = {role: str(paper_words()["roles"][role]) for role in ContactRole}  # as the desk's papers call them


@dataclass(frozen=True, slots=True)
class Site:
    """What these texts are filled from."""

    facility: Facility
    pack: Pack
    contacts: tuple[Contact, ...]  # in the order of calling
    designations: tuple[Designation, ...]  # in force, from the lowest floor up
    months: int  # how long a training counts
    today: date

    @property
    def place(self) -> str:
        """The address in one line."""
        return self.facility.place

    @property
    def rules(self) -> str:
        """Which rules, which version, and who has read them."""
        note = self.pack.note(self.today)
        read = f"read by {note.reviewed_by}" if note.reviewed_by else "no lawyer has read them"
        return f"{note.name}, version {note.version}, {read}, to be read again by {day(note.review_by)}"


def site_of(books: Books, facility: Facility, *, today: date) -> Site:
    """What a facility's texts are filled from, as it is now."""
    found = (books.designations.latest(floor_id) for floor_id, _ in books.floors.names(facility.id))
    return Site(
        facility,
        facility_pack(books, facility),
        tuple(books.contacts.list(facility.id)),
        tuple(each for each in found if each),
        books.training.rule(facility.id).months,
        today,
    )


def a_report(site: Site, title: str, parts: Sequence[Part], right: str = "") -> Report:
    """A report of a facility under that title."""
    facility = site.facility
    return Report(title, title, facility.name, site.place, tuple(parts), f"{title}, {facility.name}", right)


# --- what to say ---------------------------------------------------------------------------------------------------


def scripts_report(site: Site) -> Report:
    """What the desk says for each kind of paper, from the same rules as its screen."""
    return a_report(site, "What to say, by what the desk finds", tuple(_scripts(site)), site.rules)


def _scripts(site: Site) -> Iterator[Part]:
    told = words()
    yield Words("The first words are always the same. Then the words for what the desk finds, once.")
    yield Facts(
        (("First", f"“{told['first']}”"), ("If they press", _capital(told["pressed"].removeprefix("If they press: "))))
    )
    yield Heading("Then, by what the desk finds")
    for kind in PaperClass:
        for number, found in enumerate(answers_for(site.pack, kind, site.today)):
            if not number:
                yield Heading(str(told["classes"][kind]), 3)
            calls = ", then ".join(ROLE_NAMES[step.role] for step in found.call)
            said = " ".join(f"“{line}”" for line in found.say if line != told["first"])
            own = tuple((("Besides", " ".join(told["must_not_more"][kind])),) if told["must_not_more"][kind] else ())
            yield Facts((("The desk shows", found.headline), ("Say", said), ("Call", calls), *own))
    yield Heading("What nobody does, whatever the paper")
    yield Points(tuple(f"{each.text} ({each.citation})" for each in must_nots()) + site.pack.own_must_not)


def answers_for(pack: Pack, kind: PaperClass, today: date) -> tuple[Assessment, ...]:
    """The answers that the rules give for a kind of paper, one for each headline: the one with the least to say."""
    found: dict[str, Assessment] = {}
    for scenario_id in by_class()[kind]:
        _, _, whole = steps_of(pack, scenario(scenario_id, pack.state), today=today)
        if whole.paper_class is not kind or whole.ask_responder_at_once or whole.overlays:
            continue  # what else comes into a visit adds words that are not of the paper
        known = found.get(whole.headline)
        if known is None or len(" ".join(whole.say)) < len(" ".join(known.say)):
            found[whole.headline] = whole
    return tuple(found.values())


# --- the policy ----------------------------------------------------------------------------------------------------


def policy_report(site: Site) -> Report:
    """The default policy with its blanks filled; what is not known stands as a blank that says where to set it."""
    told = policy_words()
    parts: list[Part] = [Words(told["draft"], strong=True)]
    values = policy_values(site)
    for section in told["section"]:
        needs = section.get("needs", "")
        if needs and not values[needs]:
            continue
        parts.append(Heading(section["heading"]))
        parts += [Words(text.format(**values)) for text in section["text"]]
        if section.get("from") == "must_not":
            lines = tuple(f"{each.text} ({each.citation})" for each in must_nots())
            parts.append(Points(lines + site.pack.must_not + site.pack.own_must_not))
    parts.append(Blanks(tuple(told["adopted"])))
    return a_report(site, "Policy: when officers come", parts, "Draft, reviewed by nobody")


def policy_values(site: Site) -> dict[str, str]:
    """What is put into the blanks, by their names."""
    told = policy_words()

    def blank(name: str) -> str:
        return str(told["blank"]).format(where=told["where"][name])

    def people(role: ContactRole) -> str:
        named = "; ".join(f"{each.name}, {each.phone}" for each in site.contacts if each.role is role)
        return named or blank(role.value if role.value in told["where"] else "responder")

    designated = "; ".join(
        f"{each.floor.name}, revision {each.number} of {day(each.designated_at)}, code {each.code}"
        for each in site.designations
    )
    return {
        "name": site.facility.name,
        "address": site.place,
        "designations": designated or blank("designations"),
        "waiting": "; ".join(waiting_places(site)) or blank("waiting"),
        "months": str(site.months),
        "pack": site.rules,
        "care_areas": site.pack.care_areas,
        "notice": site.pack.notice,
        "waiting_space": site.pack.waiting_space,
        **{role.value: people(role) for role in ContactRole},
    }


def waiting_places(site: Site) -> Iterator[str]:
    """The room in which officers wait, floor by floor."""
    for each in site.designations:
        spot = each.floor.waiting_spot
        room = room_at(each.floor, spot) if spot else None
        if room:
            yield f"{room.label} ({each.floor.name})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
