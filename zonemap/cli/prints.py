"""The commands that put things on paper: signs, maps and schedules; the binder."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from zonemap.cli.opened import Commands, opened_store
from zonemap.errors import Invalid

if TYPE_CHECKING:
    from zonemap.model.pack import PackChoice
    from zonemap.model.sign import SignOptions


def add(commands: Commands) -> None:
    """Say what can be typed."""
    _add_print(commands)
    binder = commands.add_parser("binder", help="write everything of a facility on paper as one PDF, one revision")
    binder.add_argument("facility", metavar="FACILITY", help="its id, or its name if no other is called the same")
    binder.add_argument("--out", required=True, type=Path, metavar="FILE", help="the PDF to write")
    binder.set_defaults(run=_binder)


def _add_print(commands: Commands) -> None:
    prints = commands.add_parser("print", help="write the signs, the maps and the schedules of a facility")
    prints.add_argument("facility", metavar="FACILITY", help="its id, or its name if no other is called the same")
    prints.add_argument("--out", required=True, type=Path, metavar="DIR", help="the folder to write to")
    prints.add_argument("--paper", default="letter", help="letter, legal, tabloid, a4, a3, half, badge, tent")
    prints.add_argument("--orientation", default="portrait", help="portrait or landscape (default: portrait)")
    prints.add_argument("--per-sheet", type=int, default=1, metavar="N", help="the same sign 1, 2 or 4 times")
    prints.add_argument("--floor", action="append", default=[], metavar="NAME", help="only it; may be repeated")
    prints.add_argument("--department", action="append", default=[], metavar="NAME", help="only its rooms")
    prints.add_argument("--kind", action="append", default=[], metavar="KIND", help="notice, private, records ...")
    prints.add_argument("--changed-since", type=int, metavar="N", help="only what says otherwise than in revision N")
    prints.add_argument("--maps", action="store_true", help="the maps for the public, staff and responders instead")
    prints.add_argument("--needed", action="store_true", help="only what is unprinted, missing or out of date")
    prints.add_argument("--poster", type=int, default=1, metavar="N", help="a poster of N by N sheets, up to 4")
    prints.add_argument("--read-from", type=int, default=10, metavar="FEET", help="how far away readers stand (10)")
    prints.add_argument("--format", default="pdf,svg", help="pdf, svg or png, by comma (default: pdf,svg)")
    prints.add_argument("--dpi", type=int, default=300, help="dots an inch of a PNG (default: 300)")
    prints.add_argument("--lang", default="en", help="the languages, by comma, as in en,es (default: en)")
    prints.add_argument("--unchecked-known", action="store_true", help="you know that nobody checked the texts")
    prints.set_defaults(run=_print)


def _print(arguments: argparse.Namespace) -> None:
    from zonemap.model.sign import SignOptions
    from zonemap.work.signs import print_facility, print_maps

    if arguments.maps:
        with opened_store() as store:
            written = print_maps(
                store,
                arguments.facility,
                arguments.out,
                arguments.paper,
                formats=_listed(arguments.format),
                dpi=arguments.dpi,
            )
        print(*written, sep="\n")
        return
    options = SignOptions(
        paper=arguments.paper,
        languages=_listed(arguments.lang),
        orientation=arguments.orientation,
        per_sheet=arguments.per_sheet,
        poster=arguments.poster,
        read_from_feet=arguments.read_from,
    )
    if chosen := _chosen(arguments):
        if "png" in _listed(arguments.format):
            raise Invalid("A choice of sheets is written as PDF. For PNG, print the facility without choosing.")
        _print_chosen(arguments, options, chosen)
        return
    with opened_store() as store:
        written = print_facility(
            store,
            arguments.facility,
            arguments.out,
            options=options,
            unchecked_known=arguments.unchecked_known,
            formats=_listed(arguments.format),
            dpi=arguments.dpi,
            remark=lambda sentence: print(sentence, file=sys.stderr),
        )
    print(*written, sep="\n")


def _binder(arguments: argparse.Namespace) -> None:
    from zonemap.settings import settings_from
    from zonemap.work.binder import print_binder

    with opened_store() as store:
        made = print_binder(store, arguments.facility, arguments.out, settings_from().data, now=datetime.now(UTC))
    print(made)


def _chosen(arguments: argparse.Namespace) -> PackChoice | None:
    """Which sheets were asked for; None for all. Raises Invalid for a kind that there is none of."""
    from zonemap.model.pack import PackChoice
    from zonemap.model.sign import SignKind

    unknown = [kind for kind in arguments.kind if kind not in set(SignKind)]
    if unknown:
        raise Invalid(f"There is no kind of sheet called {unknown[0]!r}. Choose from: {', '.join(SignKind)}.")
    floors, departments = tuple(arguments.floor), tuple(arguments.department)
    kinds = tuple(SignKind(kind) for kind in arguments.kind)
    chosen = PackChoice(floors, departments, kinds, arguments.changed_since, needed=arguments.needed)
    return None if chosen == PackChoice() else chosen


def _print_chosen(arguments: argparse.Namespace, options: SignOptions, chosen: PackChoice) -> None:
    from zonemap.work.packs import print_chosen

    with opened_store() as store:
        written = print_chosen(
            store, arguments.facility, arguments.out, options, chosen, unchecked_known=arguments.unchecked_known
        )
    print(*written, sep="\n")


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())
