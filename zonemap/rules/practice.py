"""The scenarios of practice, from ``drills/``: what happens, which papers are drawn, what is to be seen on them.

What is right about a paper follows from these observations by the rules that the desk uses; no file says it. A paper
is a face (``faces.toml``), changed by twists and by values of its own. Drawing and observations change together, and
a test reads the drawing and compares.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from zonemap.errors import Invalid, NotFound
from zonemap.model.assessment import PaperClass
from zonemap.model.paper import Shown
from zonemap.model.places import STATES
from zonemap.model.practice import Block, DrawnPaper, Part, Scenario
from zonemap.rules.classify import paper_class
from zonemap.rules.desk_translation import ENGLISH
from zonemap.rules.practice_translation import practice_words, printed, scenario_in, visits
from zonemap.rules.questions import observed

_CALM = MappingProxyType({"danger_now": "no", "entering_now": "no", "custody_escort": "no"})
_IN_PARTS = (Block.PLACE, Block.THINGS, Block.TIME)  # what a twist says of these replaces a part's text
_OTHER_STATES = ("OH", "IA")  # for a court of another state
_PLAIN = ("title", "signer", "under", "form", "caption", "number", "date", "pages", "attachment", "language")


@dataclass(frozen=True, slots=True)
class Clinic:
    """The clinic of practice, which does not exist, on the day of practice."""

    name: str
    address: str
    today: str
    clock: str


_AS_WRITTEN = frozenset({ENGLISH})


@cache
def clinic(language: str = ENGLISH) -> Clinic:
    """Where and when all of practice happens, the day in a language."""
    own = {} if language in _AS_WRITTEN else visits(language)["clinic"]
    found = {**_faces()["clinic"], **own}
    return Clinic(found["name"], found["address"], found["today"], found["clock"])


@cache
def scenarios(state: str = "") -> Mapping[str, Scenario]:
    """All scenarios by id, for a clinic in a state (two letters). Raises Invalid for a file that makes no sense."""
    return MappingProxyType(scenarios_from(_document("scenarios"), state))


def scenarios_from(document: Mapping[str, Any], state: str = "") -> dict[str, Scenario]:
    """The scenarios of a document by id. Raises Invalid for an id that comes twice, and for a key that is unknown."""
    found: dict[str, Scenario] = {}
    for value in document["scenario"]:
        each = _scenario(value, _places(state))
        if each.id in found:
            raise Invalid(f"Two scenarios have the same id: {each.id}.")
        found[each.id] = each
    return found


def scenario(scenario_id: str, state: str = "", language: str = ENGLISH) -> Scenario:
    """One of them, its story in a language. Raises NotFound."""
    found = scenarios(state).get(scenario_id)
    if found is None:
        raise NotFound("There is no such scenario any more.")
    return scenario_in(found, language)


def classes_of(each: Scenario) -> tuple[PaperClass, ...]:
    """What each paper of a scenario is, by the rules; of a visit without one, what the visit is."""
    seen = each.papers or ({},)
    return tuple(dict.fromkeys(paper_class(observed({**each.scene, **paper})) for paper in seen))


@cache
def by_class() -> Mapping[PaperClass, tuple[str, ...]]:
    """The ids of the scenarios of each class."""
    found: dict[PaperClass, list[str]] = {each: [] for each in PaperClass}
    for one in scenarios().values():
        for each in classes_of(one):
            found[each].append(one.id)
    return MappingProxyType({each: tuple(ids) for each, ids in found.items()})


def why(each: Scenario, paper: int, key: str, value: str, language: str = ENGLISH) -> str:
    """Why an answer was to be seen or heard: what stands on the drawn paper, or in the story. ``paper`` counts from 1;
    ``language`` is that of the story.

    Empty for a question whose answer nobody needs to explain.
    """
    words = practice_words(language)
    texts = words["why"].get(key, {})
    drawn = each.drawn[paper - 1] if each.drawn else None
    if drawn is None or key in ("danger_now", "entering_now", "custody_escort", "paper", "agency", "wants"):
        heard = each.heard.get(key) or each.heard.get("scene", "")
        return str(texts.get(value, texts.get("any", ""))).format(heard=heard)
    if (key, value) == ("covers_area_wanted", "no") and not drawn.text_of(Block.PLACE):
        value = "none"
    told = str(texts.get(value, texts.get("any", ""))).format(**_told(each, drawn, language))
    aside = words["returned"]["text"] if drawn.returned and key in ("signer_label", "signed") else ""
    return f"{told} {aside}".strip()


def paper_lines(drawn: DrawnPaper, language: str = ENGLISH) -> tuple[str, ...]:
    """A drawn paper as text, in reading order: for whoever does not see the drawing."""
    words = practice_words(language)["lines"]

    def line(key: str, text: str, block: Block = Block.TEXT) -> str:
        return str(words[key]).format(text=told(block, text)) if text else ""

    def told(block: Block, text: str) -> str:
        return words["not_readable"] if block in drawn.blurred else printed(drawn, text, language)

    foot = (drawn.pages, drawn.form if drawn.form_at_foot else "")
    lines = [
        "" if drawn.form_at_foot else line("form", drawn.form),
        line("heading", " / ".join((*drawn.heading, *filter(None, (drawn.under,)))), Block.HEADING),
        line("title", drawn.title, Block.TITLE),
        *(
            f"{printed(drawn, part.label, language) or words['text']}: {told(part.block, part.text)}"
            for part in drawn.parts
        ),
        *(line("ticked" if ticked else "not_ticked", text) for text, ticked in drawn.ticks),
        line("date", drawn.date),
        words["signed" if drawn.signed else "empty"],
        line("signer", drawn.signer, Block.SIGNER) or words["no_signer"],
        words["returned"] if drawn.returned else "",
        line("foot", ", ".join(filter(None, foot))),
        line("second_sheet", drawn.attachment),
    ]
    return tuple(filter(None, lines))


def _told(each: Scenario, drawn: DrawnPaper, language: str) -> dict[str, str]:
    gap = practice_words(language)["gap"]
    ticked = [words for words, ticked in drawn.ticks if ticked]
    on_paper = {
        "heading": " ".join(drawn.heading),
        "under": drawn.under,
        "title": drawn.title,
        "signer": drawn.signer,
        "pages": drawn.pages,
        "place": drawn.text_of(Block.PLACE),
        "things": drawn.text_of(Block.THINGS),
        "time": drawn.text_of(Block.TIME),
        "ticked": ticked[0] if ticked else "",
    }
    said = {key: printed(drawn, text, language) for key, text in on_paper.items()}
    return {
        **said,
        "gap": gap["missing" if drawn.signed else "unsigned"].format(pages=said["pages"]),
        "ticked": gap["ticked"].format(ticked=said["ticked"]) if ticked else "",
        "address": clinic().address,
        "wants": each.heard.get("wants", ""),
        "today": clinic(language).today,
        "clock": each.clock,
    }


# --- reading the files ----------------------------------------------------------------------------------------------


def _document(name: str) -> Mapping[str, Any]:
    return tomllib.loads((files("zonemap.rules") / "drills" / f"{name}.toml").read_text("utf-8"))


def _places(state: str) -> dict[str, str]:
    given = _faces()["clinic"]
    other = next(code for code in _OTHER_STATES if code != state)
    own = STATES.get(state, "this state")
    return {
        "address": given["address"],
        "elsewhere": given["elsewhere"],
        "person": given["person"],
        "state": own,
        "other_state": STATES[other],
    }


def _scenario(value: Mapping[str, Any], places: Mapping[str, str]) -> Scenario:
    _known(value, "id", "name", "story", "clock", "heard", "scene", "papers", where=str(value.get("id", "?")))
    scene = {**_CALM, **value["scene"]}
    on_phone = scene["paper"] == Shown.ON_PHONE
    read = [_paper(each, places, on_phone=on_phone) for each in value.get("papers", ())]
    return Scenario(
        id=value["id"],
        name=value["name"],
        story=value["story"],
        clock=value.get("clock", clinic().clock),
        scene=MappingProxyType(scene),
        heard=MappingProxyType(value["heard"]),
        papers=tuple(MappingProxyType(sees) for _, sees in read),
        drawn=tuple(drawn for drawn, _ in read),
    )


def _paper(value: Mapping[str, Any], places: Mapping[str, str], *, on_phone: bool) -> tuple[DrawnPaper, dict[str, Any]]:
    """A paper as it is drawn, and what is seen on it: its face, its twists, then its own."""
    _known(value, "face", "twists", "paper", "sees", where=value["face"])
    document = _faces()
    face = document["faces"][value["face"]]
    layers = [document["twists"][name] for name in value.get("twists", ())]
    changes = [*(layer.get("paper", {}) for layer in layers), value.get("paper", {})]
    sees = {**face["sees"]}
    for layer in (*layers, value):
        sees |= layer.get("sees", {})
    plain = {key: each for key, each in face.items() if key not in ("sees", "parts")}
    parts = [dict(part) for part in face["parts"]]
    for change in changes:
        plain |= {key: each for key, each in change.items() if key not in _IN_PARTS}
        parts = _changed(parts, {key: each for key, each in change.items() if key in _IN_PARTS})
    return _drawn(plain, parts, places, on_phone=on_phone), sees


@cache
def _faces() -> Mapping[str, Any]:
    return _document("faces")


def _changed(parts: list[dict[str, str]], change: Mapping[str, str]) -> list[dict[str, str]]:
    """The parts with other words; without any, a part goes; one that was not there comes last."""
    there = {part["block"] for part in parts}
    kept = [{**part, "text": change.get(part["block"], part["text"])} for part in parts]
    more = [{"block": key, "label": key.capitalize(), "text": text} for key, text in change.items() if key not in there]
    return [part for part in (*kept, *more) if part["text"]]


def _drawn(
    value: Mapping[str, Any], parts: Iterable[Mapping[str, str]], places: Mapping[str, str], *, on_phone: bool
) -> DrawnPaper:
    flags = ("seal", "form_at_foot", "signed", "returned")
    _known(value, *_PLAIN, *flags, "heading", "ticks", "blurred", where=value["title"])
    blurred = frozenset(Block(each) for each in value.get("blurred", ()))
    return DrawnPaper(
        heading=tuple(value["heading"]),
        parts=tuple(
            Part(Block(part["block"]), part["label"].format(**places), part["text"].format(**places)) for part in parts
        ),
        ticks=tuple((words, ticked) for words, ticked in value.get("ticks", ())),
        blurred=blurred,
        on_phone=on_phone,
        **{key: value[key].format(**places) for key in _PLAIN if key in value},
        **{key: value[key] for key in flags if key in value},
    )


def _known(value: Mapping[str, Any], *keys: str, where: str) -> None:
    unknown = set(value).difference(keys)
    if unknown:
        raise Invalid(f"The practice paper or scenario {where} has a key that is unknown: {min(unknown)}.")
