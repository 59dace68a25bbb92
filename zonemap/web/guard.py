"""Who may pass. Everything is refused that is not declared: a view without a permission stops the start.

Order of the checks: plain http only on this computer; where the request comes from; who is signed in; whether a role
of theirs carries the view's permission; then, because it reads the body, the token of the form; and last, whether they
may do this at the facility that the address names, which takes a look into the store.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, g, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from zonemap.errors import Forbidden, TooLarge
from zonemap.model.access import DeviceKind
from zonemap.model.person import Actor
from zonemap.storage.store import Store
from zonemap.work.devices import device_actor
from zonemap.work.permissions import Permission, Place, Where, may, require
from zonemap.work.places import facility_of
from zonemap.work.sessions import Limits, actor_of

View = TypeVar("View", bound=Callable[..., Any])
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_DECLARED = "zonemap_permission"
_AT = "zonemap_at"
_OPEN = "open to all"
_DESK = "/facilities/<facility_id>/desk/"  # below this, and nowhere else, a paired computer is somebody
_IDS = frozenset({"facility_id", "floor_id", "picture_id", "import_id"})  # each says of which facility a page is
_FOR_SETTING_UP = frozenset({"second_factor", "passkeys", "proof"})  # blueprints
_DEVICE = "desk"  # the cookie of a paired desk computer
_DEVICE_AGE_S = 400 * 24 * 3600  # the longest that browsers keep one; each opening of the desk begins it anew
_BODY_MOST_BYTES = 4_000_000  # but for uploads, which are multipart; the largest floor is about half of this


def needs(permission: Permission, *, at: Place = Place.ANYWHERE) -> Callable[[View], View]:
    """Declare the permission that a view needs: where its address says, else ``at``."""

    def declare(view: View) -> View:
        setattr(view, _DECLARED, permission)
        setattr(view, _AT, at)
        return view

    return declare


def open_to_all(view: View) -> View:
    """Declare that a view is for anybody, signed in or not."""
    setattr(view, _DECLARED, _OPEN)
    return view


def current_store() -> Store:
    """The store of this app."""
    return cast(Store, current_app.extensions["zonemap_store"])


def json_body() -> Any:
    """What a script sent as JSON; None where it is no JSON, or brackets in brackets without end."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def current_actor() -> Actor:
    """Who is signed in. Raises Forbidden on a page that is open to all, when nobody is."""
    actor = find_actor()
    if actor is None:
        raise Forbidden("Sign in first.")
    return actor


def find_actor() -> Actor | None:
    """Who is signed in, or None."""
    return cast("Actor | None", g.get("actor"))


def utc_now() -> datetime:
    """The clock: read here, and handed down."""
    return datetime.now(UTC)


def session_limits() -> Limits:
    """How long somebody stays signed in, as it was set."""
    settings = current_app.extensions["zonemap_settings"]
    return Limits(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))


def device_kind() -> DeviceKind:
    """Whether this is a phone or a computer, as far as the browser tells. Nothing else of what it tells is read."""
    told = request.headers.get("User-Agent", "")
    if not told:
        return DeviceKind.UNKNOWN
    return DeviceKind.PHONE if re.search(r"Mobi|Android|iPhone|iPad", told) else DeviceKind.COMPUTER


def new_id() -> str:
    """128 random bits, as 32 hex digits."""
    return secrets.token_hex(16)


def new_token() -> str:
    """256 random bits for a link or a session, safe in an address."""
    return secrets.token_urlsafe(32)


def guard(app: Flask) -> None:
    """Stand before every view of the app, once all of them are registered."""
    app.before_request(_check)
    app.after_request(_keep_form_cookie)
    app.after_request(_keep_device_cookie)
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    app.extensions["zonemap_permissions"] = {endpoint: declared(app, endpoint) for endpoint in endpoints}


def declared(app: Flask, endpoint: str) -> Permission | None:
    """The permission of an endpoint, None for one that is open to all. Raises RuntimeError for one that is neither."""
    if endpoint == "static":
        return None
    found = getattr(app.view_functions[endpoint], _DECLARED, None)
    if found is None:
        raise RuntimeError(f"The view {endpoint} declares neither @needs(...) nor @open_to_all.")
    return None if found == _OPEN else cast(Permission, found)


# --- the checks --------------------------------------------------------------------------------------------------


def _check() -> AnyResponse | None:
    _only_here_without_https()
    _limit_body()
    if request.method not in _SAFE:
        _refuse_other_sites()
    if request.endpoint == "static":
        return None
    g.actor = _signed_in()
    if request.endpoint is None:
        return None  # Flask answers 404 or 405
    permission = current_app.extensions["zonemap_permissions"][request.endpoint]
    if permission is not None:
        g.actor = g.actor or _desk_computer(permission)
        if g.actor is None:
            return _ask_to_sign_in()
        if g.actor.sets_up and not _is_open_before(g.actor, permission):
            desk = _desk_computer(permission)  # a paired computer's desk answers whoever is signed in there
            if desk is None:
                return _ask_to_set_up()
            g.actor = desk
        require(g.actor, permission, at=Place.ANYWHERE)
    if request.method not in _SAFE:
        _refuse_without_token()
    if permission is not None:
        _require_here(current_actor(), permission)
    return None


def _is_open_before(actor: Actor, permission: Permission) -> bool:
    """Whether a page is open to somebody who has to set up a second factor first: those for that, and the desk's."""
    if permission is Permission.OWN_ACCOUNT:
        return request.blueprint in _FOR_SETTING_UP
    return may(actor, permission, at=Place.ANYWHERE)


def _ask_to_set_up() -> AnyResponse:
    if wants_json():
        answer = jsonify(error="Set up a second factor first: load any page in another tab, it leads you there.")
        answer.status_code = 403
        return answer
    return redirect(url_for("second_factor.own"), 303)


def _require_here(actor: Actor, permission: Permission) -> None:
    """Ask for the permission where the page is: at the facility that its address names, or whose floor it names.

    The functions of ``work`` ask again. Raises NotFound in the same words for what is not there and for what is not
    theirs.
    """
    view = current_app.view_functions[str(request.endpoint)]
    require(actor, permission, at=getattr(view, _AT, Place.ANYWHERE))
    ids = request.view_args or {}
    for name in sorted(_IDS & ids.keys()):
        g.place = facility_of(current_store(), actor, name, ids[name])
        require(actor, permission, at=g.place)


def place() -> Where:
    """Where this page is: a facility's id, or anywhere for a page of no facility."""
    return cast(Where, g.get("place", Place.ANYWHERE))


def may_here(permission: Permission) -> bool:
    """Whether who is signed in may do this where the page is."""
    actor = find_actor()
    return actor is not None and may(actor, permission, at=place())


def _only_here_without_https() -> None:
    if not request.is_secure and not is_loopback(request.remote_addr or ""):
        raise Forbidden("Passwords would travel in the open here. Use the address that begins with https.")


def is_loopback(address: str) -> bool:
    """Whether an address is this computer."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _limit_body() -> None:
    if request.mimetype != "multipart/form-data" and (request.content_length or 0) > _BODY_MOST_BYTES:
        raise TooLarge("That is more than one page can send. Send less at once.")


def _refuse_other_sites() -> None:
    """Browsers say where a request comes from; those too old to do so are held by the token alone.

    An ``Origin`` of "null" tells nothing: with our own Referrer-Policy it comes with honest forms, too.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin", "null")
    foreign = site not in ("same-origin", "none") if site else origin not in ("null", request.host_url.rstrip("/"))
    if foreign:
        raise Forbidden("This came from another web site, so nothing was done. Open the page here and try again.")


def _refuse_without_token() -> None:
    given = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    secret = _cookie_secret()
    if not secret or not hmac.compare_digest(given.encode(), _token_of(secret).encode()):
        raise Forbidden("This page was open for too long, so nothing was done. Go back, load it again, and try again.")


# --- cookies -----------------------------------------------------------------------------------------------------


def cookie_name(what: str = "") -> str:
    """The name of the session's cookie, or of another. With https no other site of the domain can set it."""
    name = f"zonemap-{what}" if what else "zonemap"
    return f"__Host-{name}" if request.is_secure else name


def set_cookie(response: AnyResponse, name: str, value: str, age: int | None = None) -> None:
    """Set a cookie that scripts cannot read and other sites cannot send along."""
    age = age or int(session_limits().absolute.total_seconds())
    response.set_cookie(name, value, max_age=age, path="/", secure=request.is_secure, httponly=True, samesite="Lax")


def remove_cookie(response: AnyResponse, name: str) -> None:
    """Make the browser forget a cookie."""
    response.delete_cookie(name, path="/", secure=request.is_secure, httponly=True, samesite="Lax")


def session_token() -> str | None:
    """The token of the session's cookie; whether it is any good is another question."""
    return request.cookies.get(cookie_name())


def device_token() -> str:
    """The token of a paired desk computer, empty on any other; whether it is any good is another question."""
    return request.cookies.get(cookie_name(_DEVICE), "")


def set_device_cookie(response: AnyResponse, token: str) -> None:
    """Make this browser a desk computer."""
    set_cookie(response, cookie_name(_DEVICE), token, _DEVICE_AGE_S)


def form_token() -> str:
    """The token that every form carries. It follows from a secret in the browser's cookie; nothing is stored."""
    secret = _cookie_secret()
    if not secret:
        secret = g.new_form_cookie = new_token()
    return _token_of(secret)


def _cookie_secret() -> str | None:
    actor = find_actor()
    if actor is not None:
        return session_token() if actor.desk_of is None else device_token()
    return cast("str | None", g.get("new_form_cookie")) or request.cookies.get(cookie_name("form"))


def _token_of(secret: str) -> str:
    return hmac.new(secret.encode(), b"zonemap form", "sha256").hexdigest()


def _keep_form_cookie(response: Response) -> Response:
    if "new_form_cookie" in g:
        set_cookie(response, cookie_name("form"), g.new_form_cookie)
    return response


def _keep_device_cookie(response: Response) -> Response:
    actor = find_actor()
    if actor is not None and actor.desk_of is not None and request.endpoint == "desk.first":
        set_device_cookie(response, device_token())
    return response


# --- who is signed in --------------------------------------------------------------------------------------------


def _signed_in() -> Actor | None:
    token = session_token()
    return actor_of(current_store(), token, utc_now(), session_limits()) if token else None


def _desk_computer(permission: Permission) -> Actor | None:
    """The paired computer where nobody is signed in, on pages of its own desk. Everywhere else it is nobody."""
    device = find_desk_computer()
    if device is None or request.url_rule is None or not request.url_rule.rule.startswith(_DESK):
        return None
    facility_id = (request.view_args or {}).get("facility_id")
    return device if facility_id and may(device, permission, at=facility_id) else None


def find_desk_computer() -> Actor | None:
    """The desk computer that this browser is paired as, or None."""
    token = device_token()
    return device_actor(current_store(), token, utc_now()) if token else None


def _ask_to_sign_in() -> AnyResponse:
    if wants_json():
        answer = jsonify(error="You are signed out. Sign in in another tab, then try again. Nothing is lost.")
        answer.status_code = 401
        return answer
    desk_computer = find_desk_computer() if request.path == "/" else None
    if desk_computer is not None:
        return redirect(url_for("desk.first", facility_id=desk_computer.desk_of), 303)
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("access.signin", next=None if back == "/" else back), 303)


def wants_json() -> bool:
    """Whether a script asked, and not a person."""
    if request.is_json or "X-CSRF-Token" in request.headers:
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    return best == "application/json"
