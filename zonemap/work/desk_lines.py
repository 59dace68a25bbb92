"""The desk's table (``desk_table``) as lines for paper: the same table, walked and put together, nothing written anew.

A line is what follows; a row of a band holds the titles and signers that lead to it under the band's headings. What is
asked beyond these three stands as conditions, but only where an answer changes what the line says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from types import MappingProxyType
from typing import Any

from zonemap.model.assessment import AccessZone, PaperClass
from zonemap.model.desk_chart import ChartBand, ChartBox, ChartCase, ChartLine, ChartRow, Condition, DeskChart
from zonemap.rules.desk_paper_words import paper_words
from zonemap.rules.desk_words import words

Table = Mapping[str, Any]
Answers = tuple[str, ...]  # names of answers, as the table leads on by them
_TOP, _TITLE, _SIGNER = "top_heading", "title", "signer_label"
_HOLD = PaperClass.UNCLEAR_HOLD.value
_PLAIN = "|||paper"  # the scene in which papers are read: nothing else is known
_ZONES = tuple(AccessZone)
_PRIVATE, _RESIDENTIAL, _RECORDS, _PUBLIC = (
    _ZONES.index(zone) for zone in (AccessZone.PRIVATE, AccessZone.RESIDENTIAL, AccessZone.RECORDS, AccessZone.PUBLIC)
)
_ORDER = tuple(PaperClass)


@dataclass(frozen=True, slots=True)
class _Branch:
    """A question on which something depends: its name in the table, and what follows from which answers."""

    ask: str
    ways: tuple[tuple[Answers, Any], ...]


def desk_chart(table: Table) -> DeskChart:
    """The chart of a table."""
    return _Charting(table).chart()


class _Charting:
    """A chart while it is made."""

    def __init__(self, table: Table) -> None:
        self.table = table
        scene = table["scenes"][_PLAIN]
        self.root, self.column = scene["root"], scene["column"]
        outcomes = [self._line(each["must_not"]) for each in table["outcomes"]]
        self.common = tuple(line for line in outcomes[0] if all(line in each for each in outcomes))
        self.plainest: dict[Any, int] = {}  # what is said and called where nothing else about the visit adds to it
        for at in sorted(range(len(table["outcomes"])), key=self._length):
            self.plainest.setdefault(_shared(table["outcomes"][at]), at)
        self.records: dict[Any, set[str]] = {}  # all that follows for records, by verdict, from the leaves met

    def _length(self, at: int) -> tuple[int, int, int]:
        outcome = self._out_of(at)
        return len(outcome["say"]), len(outcome["call"]), len(outcome["notes"])

    def _line(self, at: Any) -> Any:
        lines = self.table["lines"]
        return [lines[each] for each in at] if isinstance(at, list) else lines[at]

    def chart(self) -> DeskChart:
        bands, lines = self._bands()
        hold = self._alone(self._out_of(self._leaf_of_hold()))
        scenes = ("yes|||", "||yes|none", "|||none")
        emergency, custody, no_paper = (self._alone(self._out_of(self._scene_at(name))) for name in scenes)
        every = [emergency, no_paper, custody, *lines, hold]
        says = dict.fromkeys(case.say for line in every for case in line.cases)
        public = words()["access"][self.table["outcomes"][self._scene_at("|||none")]["access"][_PUBLIC]]
        may = tuple(self._line(self.table["outcomes"][0]["may"]))
        return DeskChart(emergency, custody, no_paper, bands, lines, hold, tuple(says), self.common, may, public)

    # --- one outcome -------------------------------------------------------------------------------------------------

    def _scene_at(self, name: str) -> int:
        return int(self.table["scenes"][name]["out"])

    def _out_of(self, at: int) -> Mapping[str, Any]:
        outcome: Mapping[str, Any] = self.table["outcomes"][at]
        return outcome

    def _leaf_of_hold(self) -> int:
        """What follows where nobody can say what is at the top."""
        node = self.table["nodes"][self.root]
        return int(self.table["nodes"][node[1]["top_heading=unsure"]][2][self.column])

    def _alone(self, outcome: Mapping[str, Any]) -> ChartLine:
        """A line without a paper: one case, whatever else is asked."""
        return ChartLine((self._case((), outcome, {outcome["access"][_RECORDS]}),))

    def _case(
        self, conditions: tuple[Condition, ...], outcome: Mapping[str, Any], records: Collection[str]
    ) -> ChartCase:
        access, own = words()["access"], words()["notes"]
        private, residential = (outcome["access"][zone] for zone in (_PRIVATE, _RESIDENTIAL))
        said = tuple(line for line in self._line(outcome["say"]) if not _names_parts(line))
        return ChartCase(
            conditions=conditions,
            name=self._line(outcome["class"]),
            headline=self._line(outcome["headline"]),
            private=access[private],
            residential="" if residential == private else access[residential],
            arrest=self._line(outcome["arrest"]),
            say=said,
            must_not=tuple(line for line in self._line(outcome["must_not"]) if line not in self.common),
            call=tuple(outcome["call"]),
            records=tuple(access[word] for word in self.table["strictest"] if word in records),
            contested=own["contested"] if own["contested"] in self._line(outcome["notes"]) else "",
        )

    # --- lines -------------------------------------------------------------------------------------------------------

    def _bands(self) -> tuple[tuple[ChartBand, ...], tuple[ChartLine, ...]]:
        """The bands, and what they lead to. Headings from which the same follows are one band."""
        tops = self._options(self.table["nodes"][self.root][0])
        found = {top: self._rows(top) for top in tops}
        shapes: dict[Any, list[str]] = {}
        for top, rows in found.items():
            shapes.setdefault(tuple(rows), []).append(top)
        numbers = {verdict: at for at, verdict in enumerate(dict.fromkeys(v for rows in shapes for _, v in rows))}
        bands = tuple(
            ChartBand(self._words(some), tuple(ChartRow(boxes, numbers[verdict]) for boxes, verdict in rows))
            for rows, some in shapes.items()
        )
        return bands, tuple(map(self._made, numbers))

    def _rows(self, top: str) -> Iterator[tuple[tuple[ChartBox, ...], Any]]:
        """What a heading leads to: titles and signers, and the verdict, in the order of the classes."""
        titles, signers = self._options(_TITLE), self._options(_SIGNER)
        found: dict[Any, dict[str, list[str]]] = {}
        for title, signer in product(titles, signers):
            verdict = self._reduce(self.root, (top, title, signer))
            if not self._holds(verdict):
                found.setdefault(verdict, {}).setdefault(title, []).append(signer)
        yield from self._inspectors(top)
        for verdict in sorted(found, key=lambda each: _ORDER.index(PaperClass(_first(each)[1]))):
            yield tuple(self._boxes(found[verdict], titles, signers)), verdict

    def _holds(self, verdict: Any) -> bool:
        return not isinstance(verdict, _Branch) and self._out_of(verdict[0])["paper"] == _HOLD

    def _options(self, ask: str) -> tuple[str, ...]:
        """The answers that the table tells apart, in the order of the screen."""
        names: dict[str, None] = {}
        for key, value, *_ in self.table["questions"][ask]["options"]:
            names[f"{key}={self.table['alike'].get(key, {}).get(value, value)}"] = None
        return tuple(names)

    def _made(self, verdict: Any) -> ChartLine:
        return ChartLine(
            tuple(
                self._case(conditions, self._out_of(leaf[0]), self.records[leaf[1:]])
                for conditions, leaf in self._cases(verdict)
            )
        )

    def _inspectors(self, top: str) -> Iterator[tuple[tuple[ChartBox, ...], Any]]:
        """Where it is asked first who inspects, that is a row of its own, before the titles."""
        ask, to, _ = self.table["nodes"][self.table["nodes"][self.root][1][top]]
        if ask == "agency" and self._before_title(to):
            wants = self.table["nodes"][to["agency=regulator"]]
            ways: dict[Any, list[str]] = {}
            for name, child in wants[1].items():
                if self.table["nodes"][child][0] is None:
                    verdict = self._verdict(self.table["nodes"][child][2][self.column])
                    ways.setdefault(verdict, []).append(name)
            asked = _Branch(wants[0], tuple((tuple(names), verdict) for verdict, names in ways.items()))
            box = ChartBox((), (), frozenset({"title", "signer"}))
            yield (box,), _Branch(ask, ((("agency=regulator",), asked),))

    # --- boxes -------------------------------------------------------------------------------------------------------

    def _boxes(self, found: Mapping[str, list[str]], titles: Answers, signers: Answers) -> Iterator[ChartBox]:
        """Titles with the same signers are one box."""
        grouped: dict[Answers, list[str]] = {}
        for title, some in found.items():
            grouped.setdefault(tuple(some), []).append(title)
        for signed, chosen in grouped.items():
            but: set[str] = set()
            parts: dict[str, tuple[str, ...]] = {}
            for part, taken, every in (("title", chosen, titles), ("signer", list(signed), signers)):
                others = tuple(each for each in every if each not in taken)
                if len(others) < len(taken):
                    but.add(part)
                parts[part] = self._words(others if part in but else taken)
            yield ChartBox(parts["title"], parts["signer"], frozenset(but))

    def _words(self, names: Iterable[str]) -> tuple[str, ...]:
        """Answers in words: each name stands for all that the rules do not tell apart."""
        return tuple(label for name in names for label in self._labels(name))

    def _labels(self, name: str) -> Iterator[str]:
        key, _, value = name.partition("=")
        for asked in self.table["questions"].values():
            found = [
                option[2]
                for option in asked["options"]
                if option[0] == key and self.table["alike"].get(key, {}).get(option[1], option[1]) == value
            ]
            if found:
                yield from found
                return

    # --- what depends on what ----------------------------------------------------------------------------------------

    def _verdict(self, outcome_at: int) -> Any:
        """What a case says, apart from records: the same for all outcomes that share it."""
        outcome = self._out_of(outcome_at)
        shared = _shared(outcome)
        self.records.setdefault(shared, set()).add(outcome["access"][_RECORDS])
        return (self.plainest[shared], *shared)

    def _reduce(self, at: int, cell: tuple[str, str, str]) -> Any:
        """What follows in a cell: one verdict, or the question on which it depends."""
        ask, to, outcomes = self.table["nodes"][at]
        if ask is None:
            return self._verdict(outcomes[self.column])
        fixed = next((each for each in cell if each in to), None)
        if fixed:
            return self._reduce(to[fixed], cell)
        if ask == "agency" and "agency=regulator" in to and self._before_title(to):
            return self._reduce(to["agency=other"], cell)
        ways: dict[Any, list[str]] = {}
        for name, child in to.items():
            ways.setdefault(self._reduce(child, cell), []).append(name)
        if len(ways) == 1:
            return next(iter(ways))
        return _Branch(ask, tuple((tuple(names), found) for found, names in ways.items()))

    def _before_title(self, to: Mapping[str, int]) -> bool:
        return bool(self.table["nodes"][to["agency=other"]][0] == _TITLE)

    # --- conditions --------------------------------------------------------------------------------------------------

    def _cases(self, found: Any) -> Iterator[tuple[tuple[Condition, ...], Any]]:
        """Each way on as conditions and what follows; the last fits whatever is left."""
        if not isinstance(found, _Branch):
            yield (), found
            return
        paths: dict[Any, list[tuple[Condition, ...]]] = {}
        for conditions, leaf in self._paths(found, ()):
            paths.setdefault(leaf, []).append(conditions)
        rest = max(paths, key=lambda leaf: (len(paths[leaf]), _is_hold(leaf)))
        for leaf, all_of_it in paths.items():
            if leaf != rest:
                yield from ((conditions, leaf) for conditions in all_of_it)
        yield (), rest

    def _paths(self, found: Any, before: tuple[Condition, ...]) -> Iterator[tuple[tuple[Condition, ...], Any]]:
        if not isinstance(found, _Branch):
            yield before, found
            return
        among = tuple(name for names, _ in found.ways for name in names)
        for names, leads_to in found.ways:
            yield from self._paths(leads_to, (*before, self._condition(found.ask, names, among)))

    def _condition(self, ask: str, names: Answers, among: Answers = ()) -> Condition:
        key = self.table["questions"][ask]["key"]
        short = self.table["words"][key]["short"]
        return short, _wants(names, among) if key == "wants" else self._words(names)


def _shared(outcome: Mapping[str, Any]) -> tuple[Any, ...]:
    access = outcome["access"]
    return outcome["paper"], outcome["headline"], access[_PRIVATE], access[_RESIDENTIAL]


def _first(found: Any) -> Any:
    """The first thing that follows which is no hold for want of reading, for the order of the lines."""
    if not isinstance(found, _Branch):
        return found
    firsts = [_first(leads_to) for _, leads_to in found.ways]
    return next((each for each in firsts if each[1] != _HOLD), firsts[0])


def _is_hold(leaf: Any) -> bool:
    return bool(leaf[1] == _HOLD)


def _names_parts(line: str) -> bool:
    """Whether a line names the parts of this one paper that are open: on paper nobody knows them."""
    return line.startswith(words()["say_more"]["mismatch"].partition("{")[0])


# --- what they ask for: several answers at once, named by what they have in common ------------------------------------

_PERSON, _REC, _OTHER, _DOUBT = "arrest_person", "records", "other", "unsure"
_NAMED: Mapping[str, Callable[[frozenset[str]], bool]] = MappingProxyType(
    {
        "records_alone": lambda kinds: kinds == {_REC},
        "in_doubt": lambda kinds: _DOUBT in kinds and kinds <= {_DOUBT, _REC},
        "not_records_alone": lambda kinds: bool(kinds & {_PERSON, _OTHER}),
        "records": lambda kinds: _REC in kinds,
        "no_records": lambda kinds: not kinds & {_REC, _DOUBT},
        "perhaps_records": lambda kinds: _REC not in kinds and _DOUBT in kinds,
        "no_person": lambda kinds: not kinds & {_PERSON, _DOUBT},
        "no_person_in_doubt": lambda kinds: _PERSON not in kinds and _DOUBT in kinds,
        "person": lambda kinds: _PERSON in kinds,
    }
)


def _wants(names: Answers, among: Answers) -> tuple[str, ...]:
    """Sets of what they ask for, by as few names as fit exactly these ``among`` those that there are."""
    wanted, domain = set(map(_kinds, names)), set(map(_kinds, among))
    every = {name: {kinds for kinds in domain if fits(kinds)} for name, fits in _NAMED.items()}
    for many in (1, 2, 3):
        for chosen in combinations((name for name, sets in every.items() if sets), many):
            sets = [every[name] for name in chosen]
            if sum(map(len, sets)) == len(wanted) and set().union(*sets) == wanted:
                return tuple(paper_words()["wants"][name] for name in chosen)
    raise ValueError(f"No name for {sorted(map(sorted, wanted))} among {sorted(map(sorted, domain))}")


def _kinds(name: str) -> frozenset[str]:
    return frozenset(name.partition("=")[2].split("+"))
