"""Targets for what is no upload: what editor, desk and child send, backups, settings, words, lines of JSON."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from hostile import seeds
from hostile.targets import JSON, NUMBERS, PLAIN, Target
from zonemap.errors import Invalid
from zonemap.model.floor_document import floor_document, floor_from


def targets() -> Iterator[Target]:
    """One for each reader of values."""
    yield Target("changes", "what the editor sends to save", _changes, _change_seeds, JSON)
    yield Target("floor", "a floor's document", _floor, _floor_seeds, JSON)
    yield Target("signs", "a sign plan's document, as kept", _signs, _sign_seeds, JSON, allowed=_KEPT)
    yield Target("asked", "what the editor asks of tracing", _asked, _asked_seeds, JSON)
    yield Target("answer", "what the child hands back", _answer, _answer_seeds, JSON, allowed=(ValueError,))
    yield Target("backup", "backups: the file", _backup, _backup_seeds, PLAIN)
    yield Target("backup-inside", "backups: the tar that is sealed in them", _backup_inside, _inside_seeds, PLAIN)
    yield Target("manifest", "backups: what they say of themselves", _manifest, _manifest_seeds, JSON)
    yield Target("desk", "the desk's form", _desk, _desk_seeds, NUMBERS)
    yield Target("assess", "lines of zonemap assess", _assess, _assess_seeds, JSON)
    yield Target("settings", "settings", _settings, _setting_seeds, NUMBERS)
    yield Target("words", "own words of signs and protocols", _words, _word_seeds, PLAIN, length_most=2_000)


# What the store wrote itself it does not check again: a document that is none is a broken database, and an error page.
_KEPT = (KeyError, TypeError, ValueError, AttributeError)


def given(data: bytes) -> Any:
    """JSON as the pages read it: NaN and Infinity too. Raises Invalid where it is none, as they do."""
    from flask import Flask

    from zonemap.web.guard import json_body

    app = Flask(__name__)
    with app.test_request_context(data=data, content_type="application/json", method="POST"):
        found = json_body()
    if found is None:
        raise Invalid("no JSON")
    return found


# --- the editor --------------------------------------------------------------------------------------------------


def _change_seeds() -> list[bytes]:
    floor = seeds.small_floor()
    puts = [{"put": "room", "value": room} for room in floor["rooms"][:2]]
    puts += [{"put": "door", "value": door} for door in floor["doors"][:1]]
    hours = {"days": [0, 1], "start": 480, "end": 1020, "what": "public"}
    room = {"id": "n", "ring": [[50, 50], [52, 50], [52, 52]], "class": "private", "hours": [hours], "holes": []}
    more = [{"put": "room", "value": room}, {"put": "spot", "value": {"at": [1, 2]}}, {"drop": "door", "id": "x"}]
    return [seeds.as_json({"version": 1, "changes": each}) for each in (puts, more)]


def _changes(data: bytes) -> None:
    from zonemap.model.change import change_from
    from zonemap.work.designations import obstacles
    from zonemap.work.zones import _Marking

    values = given(data)
    if not isinstance(values, dict) or not isinstance(values.get("changes"), list):
        raise Invalid("nothing asked")
    changes = [change_from(value) for value in values["changes"]]
    floor = _Marking(floor_from(seeds.small_floor()), None).floor_with(changes)
    again = json.loads(json.dumps(floor_document(floor), allow_nan=False))
    assert floor_from(again) == floor, "what is kept is not what was judged"
    obstacles(floor)


def _floor_seeds() -> list[bytes]:
    return [seeds.as_json(seeds.small_floor())]


def _floor(data: bytes) -> None:
    from zonemap.work.zones import fit_floor

    values = given(data)
    if not isinstance(values, dict):
        raise Invalid("no floor")
    fit_floor(floor_from(values))


def _sign_seeds() -> list[bytes]:
    own = {
        "kind": "notice",
        "language": "en",
        "headline": "Staff only",
        "sentence": "x",
        "second": "",
        "checked_by": "A",
    }
    plan = {"choices": {"d1": "none"}, "own_words": [{**own, "checked_on": "2026-01-02"}], "distances": {"d1": "10"}}
    return [seeds.as_json({**plan, "seen": [{"language": "es", "by": "A", "on": "2026-01-02"}]})]


def _signs(data: bytes) -> None:
    from zonemap.model.sign_plan_document import plan_document, plan_from

    plan = plan_from(given(data), 1)
    assert plan_from(json.loads(json.dumps(plan_document(plan))), 1) == plan


def _asked_seeds() -> list[bytes]:
    rooms = seeds.small_floor()["rooms"][:2]
    wish = {"crop": [0, 0, 10, 10], "darkness": 0.5, "deskew": True, "layers": ["A"], "from_picture": False}
    return [seeds.as_json({**wish, "point": [1, 2], "rooms": rooms})]


def _asked(data: bytes) -> None:
    from zonemap.web import tracing

    values = given(data)
    if not isinstance(values, dict):
        raise Invalid("nothing asked")
    tracing._wish(values)
    tracing._point(values.get("point"))
    tracing._rooms(values.get("rooms"))


# --- the child -----------------------------------------------------------------------------------------------------


def _answer_seeds() -> list[bytes]:
    """Headers of answers; their pieces are put behind them as their sizes say."""
    from zonemap.intake.jobs import JOBS, sheet_or_pages
    from zonemap.intake.model_sheet import exact_floors
    from zonemap.intake.sheet_frames import packed_result

    found = [packed_result(sheet_or_pages(data, None)) for data in (seeds.pngs()[0], seeds.pdfs()[1])]
    found += [packed_result(sheet_or_pages(data, None)) for data in (seeds.geojsons()[0], seeds.geojsons()[2])]
    found.append(JOBS["list"]({}, seeds.csvs()[0]))
    found.append(JOBS["lines"]({"page": None, "size": [200, 200]}, seeds.dxfs()[0]))
    assert exact_floors
    return [_header(each) for each in found]


def _header(answer: bytes) -> bytes:
    at = 12 + int.from_bytes(answer[8:12], "big")
    return answer[12:at]


def _answer(data: bytes) -> None:
    from zonemap.intake import sheet_frames, traced_frames
    from zonemap.intake.frames import answer_from
    from zonemap.model.listed_document import listed_from

    blobs = b""
    try:
        sizes = json.loads(data)["sizes"]
        png = seeds.picture(size=(512, 512))
        for size in sizes[:50]:
            blobs += png[:size].ljust(size, b"\0") if isinstance(size, int) and 0 < size < 100_000 else b""
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    framed = b"ZMSHEET2" + len(data).to_bytes(4, "big") + data + blobs
    readers = (
        sheet_frames.result_from,
        sheet_frames.lines_from,
        traced_frames.traced_from,
        traced_frames.drafts_from,
        lambda answer: answer_from(answer, lambda header, _: listed_from(header["rows"])),
    )
    for read in readers:
        try:
            read(framed)
        except (ValueError, Invalid):
            continue


# --- backups ---------------------------------------------------------------------------------------------------------


@cache
def _key() -> Any:
    from pyrage.x25519 import Identity

    return Identity.generate()


_SMALL = b""  # SQLite takes an empty file for an empty database


def _manifest_seeds() -> list[bytes]:
    digest = hashlib.sha256(_SMALL).hexdigest()
    said = {"made_at": "2026-01-01T00:00:00+00:00", "version": "1", "revision": "r0001", "rows": 1, "size": len(_SMALL)}
    return [seeds.as_json({**said, "digest": digest, "format": 1})]


def _tar(manifest: bytes = b"", database: bytes = _SMALL) -> bytes:
    """What a backup holds before it is sealed."""
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w") as box:
        for name, data in (
            ("manifest.json", manifest or _manifest_seeds()[0]),
            ("zonemap.db", database),
        ):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            box.addfile(info, BytesIO(data))
    return out.getvalue()[:3072]


def _manifest(data: bytes) -> None:
    _backup_inside(_tar(data))


def _inside_seeds() -> list[bytes]:
    return [_tar()]


def _backup_seeds() -> list[bytes]:
    import pyrage

    return [pyrage.encrypt(_tar(), [_key().to_public()])]


def _backup_inside(data: bytes) -> None:
    import pyrage

    _backup(pyrage.encrypt(data, [_key().to_public()]))


def _backup(data: bytes) -> None:
    from zonemap.storage.backup_rows import sound
    from zonemap.storage.sealed import unseal
    from zonemap.work.restore import _check

    shared = Path("/dev/shm")  # noqa: S108 - memory, where there is such a folder: a disk would slow this down
    with TemporaryDirectory(dir=shared if shared.is_dir() else gettempdir()) as name:
        folder = Path(name)
        (folder / "a.age").write_bytes(data)
        (folder / "out").mkdir()
        manifest = unseal(folder / "a.age", [_key()], folder / "out")
        _check(manifest, folder / "out", folder / "a.age")
        sound(folder / "out")
        f"{manifest.made_at[:16].replace('T', ' ')} {manifest.rows}"


# --- the desk --------------------------------------------------------------------------------------------------------


def _desk_seeds() -> list[bytes]:
    from zonemap.model.paper import KINDS

    first = "&".join(f"{key}={next(iter(kind)).value}" for key, kind in list(KINDS.items())[:12])
    second = "&".join(f"paper2-{key}={list(kind)[-1].value}" for key, kind in list(KINDS.items())[:12])
    return [
        first.encode(),
        f"further=1&{first}&{second}&do=back".encode(),
        b"do=change:paper2-issuer&further=5&wants=enter&wants=records&go_on=1&language=es&stay=calls",
    ]


def _desk(data: bytes) -> None:
    from datetime import date
    from urllib.parse import parse_qsl

    from werkzeug.datastructures import MultiDict

    from zonemap.rules.pack import packs
    from zonemap.web.desk_form import carried, sent
    from zonemap.work.desk_turns import answer, turned, walk

    try:
        pairs = parse_qsl(data.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=1000)
    except ValueError as error:  # werkzeug answers 413
        raise Invalid("too many fields") from error
    found = sent(MultiDict(pairs))
    pack = next(iter(packs().values()))
    answers = turned(pack, found.answers, found.deed, found.about)
    walk(pack, answers)
    answer(pack, answers, today=date(2026, 11, 24))
    again = sent(MultiDict(list(carried(answers))))
    assert again.answers.given == answers.given, "what a page carries is not what it was told"


def _assess_seeds() -> list[bytes]:
    case = {"id": 1, "jurisdiction": "US-CA", "site_kind": "clinic", "part2": False, "date": "2026-11-24"}
    seen = {"wants": ["enter"], "issuer": "court"}
    return [seeds.as_json({**case, "observations": seen, "more_observations": [seen]})]


def _assess(data: bytes) -> None:
    from datetime import date

    from zonemap.work.assess import assess_lines

    for found in assess_lines(data.decode("utf-8", "replace").splitlines(), today=date(2026, 11, 24)):
        json.dumps(found)


def _setting_seeds() -> list[bytes]:
    from dataclasses import fields

    from zonemap.settings import Settings

    every = "\n".join(f"ZONEMAP_{field.name.upper()}=1" for field in fields(Settings))
    return [every.encode(), b"ZONEMAP_PORT=80\nZONEMAP_BEHIND_PROXY=yes\nZONEMAP_DATA=~/x"]


def _settings(data: bytes) -> None:
    from zonemap.settings import settings_from

    pairs = (line.partition("=") for line in data.decode("utf-8", "surrogateescape").splitlines())
    settings_from({name: value for name, _, value in pairs})


def _word_seeds() -> list[bytes]:
    return [b"Staff and patients only beyond this door", "Employés seulement — ÀÉ ﬁ １２".encode(), b"STOP. No entry"]


def _words(data: bytes) -> None:
    from zonemap.model.sign import SignKind
    from zonemap.rules.protocol_guard import guard_step, step_objections
    from zonemap.rules.sign_guard import objections, tells_too_much

    text = data.decode("utf-8", "replace")
    for kind in list(SignKind)[:3]:
        objections(kind, {"headline": text, "sentence": text})
    tells_too_much(text)
    for speech in (True, False):
        step_objections(text, speech=speech)
    guard_step(text, "field")
