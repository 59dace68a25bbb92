"""Codes of an app: RFC 6238 with its defaults of 30 seconds, six figures and SHA-1, which every app knows."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32decode, b32encode
from urllib.parse import quote, urlencode

STEP_S = 30
_FIGURES = 6
_ISSUER = "zonemap"


def new_secret() -> str:
    """160 random bits in base32, as apps take them."""
    return b32encode(secrets.token_bytes(20)).decode()


def code_of(secret: str, step: int) -> str:
    """The code of a step, which is the time in seconds by 30."""
    digest = hmac.digest(b32decode(secret), step.to_bytes(8, "big"), "sha1")
    begin = digest[-1] & 15
    number = int.from_bytes(digest[begin : begin + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**_FIGURES:0{_FIGURES}d}"


def address_of(secret: str, email: str) -> str:
    """What the picture for the app says."""
    asked = urlencode({"secret": secret, "issuer": _ISSUER})
    return f"otpauth://totp/{_ISSUER}:{quote(email)}?{asked}"
