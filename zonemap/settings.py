"""Everything that can be set, as one frozen value read from ``ZONEMAP_*`` variables. The only reader of os.environ."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from zonemap.errors import Invalid
from zonemap.model.places import check_clocks

_PREFIX = "ZONEMAP_"


def _share() -> Path:
    """Where templates, static files and sample floor plans lie: inside an installed package, else beside it."""
    package = Path(__file__).resolve().parent
    installed = package / "_share"
    return installed if installed.is_dir() else package.parent


def _default_data() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "zonemap"


MODELS_MOST_MB = 60
_WITHIN = {"session_idle_minutes": (5, 720), "session_hours": (1, 24)}


@dataclass(frozen=True, slots=True)
class Settings:
    """What an administrator can choose. Each field is the variable ``ZONEMAP_<FIELD>``."""

    data: Path  # folder for the SQLite database, made with mode 0700
    database_url: str = ""  # empty: SQLite in ``data``; or postgresql://user:password@host/name
    key_file: Path | None = None  # the key of an encrypted SQLite database; not in ``data``
    key_command: str = ""  # or a command that prints it
    host: str = "127.0.0.1"
    port: int = 8000
    read_only: bool = False  # everything can be read and printed, and nothing changed: during an upgrade or a move
    behind_proxy: bool = False  # trust X-Forwarded-Proto and -For of one proxy in front
    proxies: str = "127.0.0.0/8 ::1"  # the addresses of that proxy: nobody else is believed
    workers: int = 1  # processes that answer; one a core for many desks at once
    upload_most_mb: int = 25
    session_idle_minutes: int = 30  # after which somebody who does nothing is signed out; not the desk
    session_hours: int = 12  # after which everybody is signed out
    desk_idle_minutes: int = 5  # after which the desk goes back to its first question; at least 2
    log_answers: bool = False  # a line of JSON on standard error for each answer
    backup_folder: Path | None = None  # where a backup is made each night; none: no backup by itself
    backup_to: str = ""  # the public key that backups are sealed for, age1...; several with spaces between
    backup_keep: int = 30  # how many backups stay in that folder
    alert_smtp: str = ""  # e-mail to responders: smtp://name:password@host:587, or smtps://
    alert_from: str = ""  # the address that alerts come from
    alert_webhook: str = ""  # an https address that gets each alert as JSON
    public_address: str = ""  # how responders reach these pages, such as https://zonemap.clinic.example
    sso_issuer: str = ""  # single sign-on: the provider's address, as it names itself; empty: none
    sso_client: str = ""  # the id under which the provider knows zonemap
    sso_secret_file: Path | None = None  # the file with the secret that the provider has given for that id
    sso_domains: str = ""  # whose e-mail addresses it may vouch for, such as clinic.example
    sso_name: str = ""  # what the button says
    sso_factor: str = ""  # what the provider must say (amr, acr) for its second step to count; empty: it never does
    sso_only: bool = False  # passwords are for administrators alone
    share: Path = Path()  # templates/, static/, floorplans/; found by itself

    @property
    def models_most_mb(self) -> int:
        """The largest building model (IFC): they hold far more than their plans."""
        return max(self.upload_most_mb, MODELS_MOST_MB)

    @property
    def templates(self) -> Path:
        """Jinja and Typst templates."""
        return self.share / "templates"

    @property
    def static(self) -> Path:
        """Files served under /static."""
        return self.share / "static"

    @property
    def floorplans(self) -> Path:
        """Sample facilities drawn by the project."""
        return self.share / "floorplans"


def _convert(name: str, kind: object, text: str) -> object:
    if kind == "int":
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise Invalid(f"{_PREFIX}{name.upper()} must be a whole number, but is {text!r}.")
        return int(text)
    if kind == "bool":
        if text.lower() not in ("1", "0", "true", "false", "yes", "no"):
            raise Invalid(f"{_PREFIX}{name.upper()} must be yes or no, but is {text!r}.")
        return text.lower() in ("1", "true", "yes")
    return _path(name, text) if "Path" in str(kind) else text


def _path(name: str, text: str) -> Path:
    try:
        return Path(text).expanduser()
    except (RuntimeError, ValueError) as error:  # the home of nobody, or a letter that no path has
        raise Invalid(f"{_PREFIX}{name.upper()} must be a folder, but is {text!r}.") from error


def settings_from(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings. Raises Invalid, naming the variable, for an unknown or unusable one, or missing clocks."""
    check_clocks()
    given = os.environ if environ is None else environ
    known = {field.name: field.type for field in fields(Settings)}
    values: dict[str, object] = {"data": _default_data(), "share": _share()}
    for key, text in given.items():
        if not key.startswith(_PREFIX):
            continue
        name = key[len(_PREFIX) :].lower()
        if name not in known:
            allowed = ", ".join(_PREFIX + field.upper() for field in known)
            raise Invalid(f"{key} is not a setting of zonemap. The settings are {allowed}.")
        values[name] = _convert(name, known[name], text)
    for name, (least, most) in _WITHIN.items():
        if name in values and not least <= int(str(values[name])) <= most:
            raise Invalid(f"{_PREFIX}{name.upper()} must be from {least} to {most}, but is {values[name]}.")
    return Settings(**values)  # type: ignore[arg-type]


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment of another process of ours, which has the same settings."""
    found = dict(os.environ)
    for field in fields(Settings):
        value = getattr(settings, field.name)
        if value is not None and value != field.default:
            text = ("yes" if value else "no") if isinstance(value, bool) else str(value)
            found[_PREFIX + field.name.upper()] = str(value.absolute()) if isinstance(value, Path) else text
    return found
