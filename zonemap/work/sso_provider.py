"""Asking an organization's provider who somebody is: OpenID Connect, code flow, with PKCE, state and nonce.

Sources: OpenID Connect Core 1.0, 3.1; RFC 9700 (best practice: PKCE, one provider); RFC 9207 (``iss`` in the answer).
Authlib speaks with the provider and checks what it says; joserfc checks the seal. The only module that imports them.
Nothing is kept between two requests but one secret in the browser's own cookie, from which all three follow.
"""

from __future__ import annotations

import hmac
import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from zonemap.errors import Busy, Forbidden, Invalid
from zonemap.model.sso import SingleSignOn, Vouched
from zonemap.settings import Settings
from zonemap.work.alert_channels import is_here

TIMEOUT_S = 5.0
_MOST_BYTES = 500_000
_LEEWAY_S = 60
# Seals that only the holder of a private key can make: never "none", never one made with what both sides know.
_SEALS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
_SCOPE = "openid email"
_BASIC, _POST = "client_secret_basic", "client_secret_post"  # how zonemap proves to the provider that it is itself
BACK = "/signin/organization/back"


class NotProved(Forbidden):
    """What came back does not prove who it is."""


def sso_of(settings: Settings) -> SingleSignOn | None:
    """What is set up; None where nothing is. Raises Invalid, naming the variable."""
    if not settings.sso_issuer:
        return None
    _require_library()
    parts = urlsplit(settings.sso_issuer)
    if not _safe(settings.sso_issuer) or parts.query or parts.fragment:
        raise Invalid("ZONEMAP_SSO_ISSUER must be the https:// address of the provider, as it names itself.")
    if not settings.sso_client:
        raise Invalid("ZONEMAP_SSO_CLIENT must be the id under which the provider knows zonemap.")
    domains = frozenset(each.lower().lstrip("@") for each in settings.sso_domains.split())
    if not domains or any("." not in each or "@" in each for each in domains):
        raise Invalid("ZONEMAP_SSO_DOMAINS must name for whose e-mail addresses it may vouch, such as clinic.example.")
    if not _safe(settings.public_address):
        raise Invalid("ZONEMAP_PUBLIC_ADDRESS must be set, with https: the provider sends people back there.")
    return SingleSignOn(
        settings.sso_issuer,
        settings.sso_client,
        _secret(settings),
        domains,
        settings.sso_name or "your organization’s account",
        frozenset(settings.sso_factor.split()),
        settings.sso_only,
        settings.public_address.rstrip("/") + BACK,
    )


def _require_library() -> None:
    try:
        import authlib
        import requests
    except ImportError as error:
        raise Invalid("Single sign-on needs one more part: make sso (or pip install 'zonemap[sso]').") from error
    del authlib, requests


def _secret(settings: Settings) -> str:
    file = settings.sso_secret_file
    try:
        secret = file.read_text(encoding="utf-8").strip() if file is not None else ""
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"ZONEMAP_SSO_SECRET_FILE: {file} cannot be read.") from error
    if not secret:
        raise Invalid("ZONEMAP_SSO_SECRET_FILE must name the file that holds the secret which the provider has given.")
    return secret


def _safe(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_here(parts.hostname or ""))
    )


# --- one sign-in ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Transaction:
    """What ties the way there and the way back together, all of it from one secret of this browser."""

    state: str
    nonce: str
    verifier: str


def _transaction(secret: str) -> _Transaction:
    def part(name: str) -> str:
        digest = hmac.new(secret.encode(), f"zonemap sso {name}".encode(), "sha256").digest()
        return urlsafe_b64encode(digest).decode().rstrip("=")

    return _Transaction(part("state"), part("nonce"), part("verifier"))


def way_there(sso: SingleSignOn, secret: str) -> str:
    """The provider's address to send the browser to. Raises Busy where the provider does not answer."""
    own = _transaction(secret)
    with _session(sso) as session:
        metadata = _metadata(session, sso)
        address, _ = session.create_authorization_url(
            metadata["authorization_endpoint"], state=own.state, nonce=own.nonce, code_verifier=own.verifier
        )
    return str(address)


def way_out(sso: SingleSignOn) -> str | None:
    """Where somebody signs out at the provider, too; None where it has no such page or does not answer."""
    try:
        with _session(sso) as session:
            address = _metadata(session, sso).get("end_session_endpoint")
    except (Busy, Forbidden):
        return None
    return address if isinstance(address, str) and _safe(address) else None


def vouched(sso: SingleSignOn, secret: str, answer: Mapping[str, str], *, now: datetime) -> Vouched:
    """Whom the provider vouches for, from what the browser brought back.

    Raises NotProved where anything about it is not as it must be, Busy where the provider does not answer.
    """
    own = _transaction(secret)
    if not secret or not hmac.compare_digest(answer.get("state", "").encode(), own.state.encode()):
        raise NotProved("This sign-in did not begin in this browser, or it took too long. Begin again.")
    if "error" in answer or "code" not in answer:
        raise NotProved("It was refused or stopped where your organization signs people in. Begin again.")
    with _session(sso) as session:
        metadata = _metadata(session, sso)
        _check_issuer(sso, metadata, answer)
        token = _token(session, metadata, answer["code"], own)
        claims = _claims(sso, _keys(session, metadata), token, own, now)
        about = dict(claims) if "email" in claims else _about(session, metadata, claims)
    methods = claims.get("amr") or []
    said = {str(each) for each in methods} | ({str(claims["acr"])} if claims.get("acr") else set())
    return Vouched(
        str(claims["sub"]), str(about.get("email", "")), about.get("email_verified") is True, frozenset(said)
    )


def _session(sso: SingleSignOn) -> Any:
    from authlib.integrations.requests_client import OAuth2Session

    session = OAuth2Session(
        sso.client,
        sso.secret,
        scope=_SCOPE,
        redirect_uri=sso.back,
        code_challenge_method="S256",
        default_timeout=TIMEOUT_S,
    )
    session.register_client_auth_method((_BASIC, _basic))
    return session


def _basic(client: Any, _method: str, uri: str, headers: dict[str, str], body: str) -> tuple[str, dict[str, str], str]:
    """Id and secret as RFC 6749, 2.3.1 has them: percent-encoded first, which Authlib leaves out."""
    pair = ":".join(quote(each, safe="") for each in (client.client_id, client.client_secret))
    return uri, {**headers, "Authorization": f"Basic {b64encode(pair.encode()).decode()}"}, body


def _check_issuer(sso: SingleSignOn, metadata: Mapping[str, Any], answer: Mapping[str, str]) -> None:
    must = metadata.get("authorization_response_iss_parameter_supported") is True
    if answer.get("iss", None if must else sso.issuer) != sso.issuer:
        raise NotProved("The answer came from another provider than it was asked of. Begin again.")


def _metadata(session: Any, sso: SingleSignOn) -> dict[str, Any]:
    found = _json(session, sso.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if found.get("issuer") != sso.issuer:
        raise NotProved("The provider calls itself by another name than ZONEMAP_SSO_ISSUER. Tell an administrator.")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not _safe(str(found.get(name, ""))):
            raise NotProved("The provider names an address that is not safe. Tell an administrator.")
    return found


def _json(session: Any, address: str, **more: Any) -> dict[str, Any]:
    import requests

    try:
        more.setdefault("withhold_token", True)
        with session.get(address, allow_redirects=False, stream=True, **more) as response:
            body = response.raw.read(_MOST_BYTES + 1, decode_content=True)
            if response.status_code != 200 or len(body) > _MOST_BYTES:
                raise _away()
            found = json.loads(body)
    except (requests.RequestException, ValueError, OSError) as error:
        raise _away() from error
    if not isinstance(found, dict):
        raise _away()
    return found


def _away() -> Busy:
    return Busy("Your organization’s sign-in does not answer at the moment. Wait a minute, then try again.")


def _token(session: Any, metadata: Mapping[str, Any], code: str, own: _Transaction) -> Mapping[str, Any]:
    import requests
    from authlib.integrations.base_client import OAuthError

    ways = metadata.get("token_endpoint_auth_methods_supported", [_BASIC])
    session.token_endpoint_auth_method = _POST if _POST in ways and _BASIC not in ways else _BASIC
    more = {"grant_type": "authorization_code", "allow_redirects": False}
    try:
        token = session.fetch_token(metadata["token_endpoint"], code=code, code_verifier=own.verifier, **more)
    except OAuthError as error:
        raise NotProved("Your organization’s sign-in did not stand by its answer. Begin again.") from error
    except (requests.RequestException, ValueError, OSError) as error:
        raise _away() from error
    if not isinstance(token.get("id_token"), str) or not isinstance(token.get("access_token"), str):
        raise NotProved("Your organization’s sign-in did not say who you are. Tell an administrator.")
    return dict(token)


def _keys(session: Any, metadata: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The provider's keys that seals are checked with."""
    found = _json(session, metadata["jwks_uri"]).get("keys")
    keys = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    return [each for each in keys if each.get("kty") in ("RSA", "EC", "OKP") and each.get("use", "sig") == "sig"]


def _claims(
    sso: SingleSignOn, keys: list[dict[str, Any]], token: Mapping[str, Any], own: _Transaction, now: datetime
) -> Mapping[str, Any]:
    """What the sealed word says, once all of it is as it must be."""
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    try:
        opened = jwt.decode(token["id_token"], KeySet.import_key_set({"keys": keys}), algorithms=_SEALS)
        claims = CodeIDToken(
            opened.claims,
            opened.header,
            {"iss": {"essential": True, "value": sso.issuer}, "aud": {"essential": True, "value": sso.client}},
            {"nonce": own.nonce, "client_id": sso.client, "access_token": token["access_token"]},
        )
        claims.validate(now=int(now.timestamp()), leeway=_LEEWAY_S)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise NotProved("What your organization’s sign-in said could not be believed. Begin again.") from error
    return dict(claims)


def _about(session: Any, metadata: Mapping[str, Any], claims: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the provider says of somebody on being asked, where the sealed word holds no e-mail address."""
    address = str(metadata.get("userinfo_endpoint", ""))
    if not _safe(address):
        return {}
    about = _json(session, address, withhold_token=False)
    if about.get("sub") != claims["sub"]:
        raise NotProved("What your organization’s sign-in said could not be believed. Begin again.")
    return about
