"""Training on paper: a tabletop sheet for a team, a certificate for a person, a report for a facility, and as rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from zonemap.errors import NotFound
from zonemap.model.facility import Facility
from zonemap.model.person import Actor
from zonemap.model.practice import FINAL_STEPS, Scenario
from zonemap.model.report import Blanks, Facts, Heading, NewPage, Notes, Part, Points, Report, Rows, Words
from zonemap.model.training import PersonKind, Progress, Standing, TaskKind
from zonemap.printing.report_sheet import report_pdf
from zonemap.printing.sheets import day
from zonemap.rules.desk_words import words
from zonemap.rules.practice import clinic, paper_lines, scenario, scenarios
from zonemap.rules.training import task_name, training_words
from zonemap.storage.store import Store
from zonemap.work.binder_texts import ROLE_NAMES, Site, a_report, site_of
from zonemap.work.permissions import Permission, require
from zonemap.work.practice import steps_of
from zonemap.work.training import PersonTraining, Scores, TrainingBoard, board, mine, person_training
from zonemap.work.training_texts import Versions

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


# --- a tabletop ----------------------------------------------------------------------------------------------------


def tabletop_scenes(facility: Facility) -> tuple[tuple[str, str], ...]:
    """The id and name of each visit that a team can go through."""
    return tuple((each.id, each.name) for each in scenarios(facility.state).values())


def tabletop_pdf(store: Store, actor: Actor, facility_id: str, scene: str, *, now: datetime) -> bytes:
    """The sheet for a team, with a page for its leader, as tagged PDF. Raises NotFound for a scene that is gone."""
    require(actor, Permission.MANAGE_TRAINING, at=facility_id)
    site = _site(store, facility_id, now)
    return report_pdf([tabletop_report(site, scenario(scene, site.facility.state))])


def tabletop_report(site: Site, scene: Scenario) -> Report:
    """A visit told, its papers, questions with room for notes, and what the desk says of it on the last page."""
    told = training_words()["tabletop"]
    parts: list[Part] = [
        Words(f"{told['how']} {told['minutes']}"),
        Heading("The story"),
        Words(scene.story),
        Words(f"{clinic().name}, {clinic().address}. It is {clinic().today}, {scene.clock}.", small=True),
    ]
    for number, drawn in enumerate(scene.drawn, 1):
        parts += [Heading(f"Paper {number}" if len(scene.drawn) > 1 else "The paper"), Points(paper_lines(drawn))]
    parts += [Heading("Questions"), *_questions(told["question"])]
    parts += [Heading("Afterwards"), *_questions([{"text": text, "lines": 2} for text in told["afterwards"]])]
    parts += [Blanks(("Led by", "Date", "Who was there")), NewPage(), *_leader(site, scene)]
    return a_report(site, f"Tabletop: {scene.name}", parts, "For practice. Nobody lived through this visit")


def _questions(questions: list[dict[str, object]]) -> Iterator[Part]:
    for number, each in enumerate(questions, 1):
        yield Notes(int(str(each["lines"])), f"{number}. {each['text']}")


def _leader(site: Site, scene: Scenario) -> Iterator[Part]:
    steps, _, whole = steps_of(site.pack, scene, today=site.today)
    yield Heading(training_words()["tabletop"]["leader"])
    yield Words(f"What the rules of this desk say of this visit ({site.rules}).")
    calls = ", then ".join(ROLE_NAMES[step.role] for step in whole.call)
    yield Facts(
        (
            ("It is", str(words()["classes"][whole.paper_class])),
            ("The desk shows", whole.headline),
            ("That means", " ".join(whole.summary)),
            ("Say", " ".join(f"“{line}”" for line in whole.say)),
            ("Call", calls),
            ("Rests on", "; ".join(whole.citations)),
        )
    )
    yield Heading("Where it was to be seen", 3)
    yield Points(tuple(dict.fromkeys(step.why for step in steps if step.why and step.name not in FINAL_STEPS)))
    yield Heading("What nobody does", 3)
    yield Points(whole.must_not)


# --- a certificate -------------------------------------------------------------------------------------------------


def certificate_pdf(store: Store, actor: Actor, facility_id: str, trainee_id: str, *, now: datetime) -> bytes:
    """One person's certificate as tagged PDF; one's own where ``trainee_id`` is empty. Raises NotFound."""
    versions = Versions(store, facility_id, now)
    if trainee_id:
        found = person_training(board(store, actor, facility_id, versions, now=now), trainee_id)
    else:
        _, _, own = mine(store, actor, facility_id, versions, now=now)
        if own is None:
            raise NotFound("You are not on the list of training here, so there is nothing to certify yet.")
        found = own
    site = _site(store, facility_id, now)
    return report_pdf([certificate_report(site, found, site.today)])


def certificate_report(site: Site, found: PersonTraining, today: date) -> Report:
    """What one person has done, and until when it counts."""
    told, person = training_words()["certificate"], found.person
    duty = f", {person.duty}" if person.duty else ""
    trained = found.standing in (Standing.TRAINED, Standing.ENDING)
    parts: list[Part] = [
        Words(f"{person.name}{duty} ({person.kind.value})", strong=True),
        Words(told["says"] if trained else told["open"]),
        Rows(
            ("What", "Done", "Counts until", "Result"),
            tuple(_done_rows(found)) or (("Nothing yet", "", "", ""),),
            (3, 1.2, 1.2, 1.4),
        ),
    ]
    if found.sessions:
        parts += [Heading("Sessions"), Rows(("Day", "About", "Led by"), tuple(_session_rows(found)), (1, 2.4, 1.6))]
    parts += [Words(told["is_no"], small=True), Blanks(("For the facility", "Name and role", "Date"))]
    heading = told["heading"] if trained else told["heading_open"]
    title = f"{heading}, {person.name}"
    return Report(title, heading, site.facility.name, site.place, tuple(parts), title, f"As of {day(today)}")


def _done_rows(found: PersonTraining) -> Iterator[tuple[str, str, str, str]]:
    for each in found.progress:
        if each.state.counts and each.done_on and each.valid_until:
            yield task_name(each.task), day(each.done_on), day(each.valid_until), _result(each)


def _session_rows(found: PersonTraining) -> Iterator[tuple[str, str, str]]:
    for each in found.sessions:
        yield day(each.held_on), each.topic, each.leader


def _result(progress: Progress) -> str:
    if progress.asked:
        return f"{progress.right} of {progress.asked} right"
    return "Read" if progress.task.kind is TaskKind.READING else progress.note


# --- the facility's report -----------------------------------------------------------------------------------------


def training_pdf(store: Store, actor: Actor, facility_id: str, *, now: datetime) -> bytes:
    """The report as tagged PDF. Raises NotFound."""
    found = board(store, actor, facility_id, Versions(store, facility_id, now), now=now)
    return report_pdf([training_report(_site(store, facility_id, now), found)])


def training_report(site: Site, found: TrainingBoard, *, dated: bool = True) -> Report:
    """Who is trained, who is not yet, sessions, and scores by step; the day that it is of, unless a binder names it."""
    told = training_words()
    parts: list[Part] = [
        Words(f"{told['law']} {told['no_drill_is_a_visit']}"),
        Facts(
            (
                *((("As of", day(found.today)),) if dated else ()),
                ("Trained", f"{found.trained} of {len(found.people)} people"),
                ("A training counts", f"{found.rule.months} months"),
                ("A drill counts", f"with {found.rule.least_right} of 100 answers right"),
            )
        ),
        Heading("People"),
    ]
    if found.people:
        parts.append(Rows(("Name", "Role here", "Stands", "What is left"), tuple(_people_rows(found)), (2, 2, 1.1, 3)))
        parts += [Heading("What was done"), *_all_done(found)]
    else:
        parts.append(Words("Nobody is on the list of training yet. Add people under Training of the facility."))
    parts += [Heading("Sessions"), *_sessions(found), Heading("Answers right, by step"), *_scores(found.scores)]
    return a_report(site, "Training report", parts, f"As of {day(found.today)}" if dated else "")


def training_csv(store: Store, actor: Actor, facility_id: str, *, now: datetime) -> str:
    """The same as rows. Raises NotFound."""
    return training_rows(board(store, actor, facility_id, Versions(store, facility_id, now), now=now))


def training_rows(found: TrainingBoard) -> str:
    """A board as CSV: a line for each task of each person, and for each session that somebody came to."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(
        ("name", "role", "kind", "stands", "task", "state", "due", "done", "counts until", "right", "asked")
    )
    for each in found.people:
        person = each.person
        first = (person.name, person.duty, person.kind.value, training_words()["standing"][each.standing])
        for task in each.progress:
            state = training_words()["state"][task.state]
            days = (task.task.due_on, task.done_on or "", task.valid_until or "")
            writer.writerow(map(_plain, (*first, task_name(task.task), state, *days, task.right, task.asked)))
        for session in each.sessions:
            about = f"Came to a session: {session.topic}"
            writer.writerow(map(_plain, (*first, about, "Done", "", session.held_on, "", 0, 0)))
        if not each.progress and not each.sessions:
            writer.writerow(map(_plain, (*first, "", "", "", "", "", 0, 0)))
    return out.getvalue()


def _people_rows(found: TrainingBoard) -> Iterator[tuple[str, str, str, str]]:
    told = training_words()
    for each in found.people:
        told_already = each.person.kind.value in each.person.duty.lower() or each.person.kind is PersonKind.STAFF
        kind = "" if told_already else f" ({each.person.kind.value})"
        left = "; ".join(f"{task_name(task.task)}: {_when(task)}" for task in each.todo)
        yield each.person.name, f"{each.person.duty}{kind}".strip(), told["standing"][each.standing], left


def _when(progress: Progress) -> str:
    told = training_words()["state"]
    if progress.valid_until is None:
        return f"{told[progress.state].lower()}, due {day(progress.task.due_on)}"
    return str(told[progress.state]).lower()


def _all_done(found: TrainingBoard) -> Iterator[Part]:
    lines = [(each.person.name, *row) for each in found.people for row in _done_rows(each)]
    if lines:
        yield Rows(("Name", "What", "Done", "Counts until", "Result"), tuple(lines), (2, 3, 1.3, 1.3, 1.6))
    else:
        yield Words("Nothing yet.")


def _sessions(found: TrainingBoard) -> Iterator[Part]:
    names = {each.person.id: each.person.name for each in found.people} | {each.id: each.name for each in found.left}
    lines = tuple(
        (day(each.held_on), each.topic, each.leader, ", ".join(names.get(one, "") for one in each.trainee_ids))
        for each in found.sessions
    )
    yield Rows(("Day", "About", "Led by", "Who was there"), lines, (1.2, 2, 1.4, 3)) if lines else Words("None yet.")


def _scores(scores: Scores) -> Iterator[Part]:
    if not scores:
        yield Words("No drill that was assigned has been done at the desk's questions yet.")
        return
    told = _worst(scores)
    lines = tuple((step, f"{right} of {asked}", f"{100 * right // asked} of 100") for step, (right, asked) in told)
    yield Rows(("Step", "Right", "That is"), lines, (3, 1, 1))


def _worst(scores: Scores) -> list[tuple[str, tuple[int, int]]]:
    return sorted(scores.items(), key=lambda each: (each[1][0] / each[1][1], each[0]))


def _site(store: Store, facility_id: str, now: datetime) -> Site:
    with store.read() as books:
        facility = books.facilities.get(facility_id)
        return site_of(books, facility, today=now.astimezone(ZoneInfo(facility.clock)).date())


def _plain(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
