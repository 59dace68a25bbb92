"""The headers of every answer, in one place."""

from __future__ import annotations

from types import MappingProxyType

from flask import Flask, Response, request

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A drawing opened by itself may have colours and the picture that lies inside it, and nothing else; a PDF is shown by
# the browser's own viewer.
_DRAWING_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
_PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
_POLICIES = {"image/svg+xml": _DRAWING_POLICY, "application/pdf": _PDF_POLICY}

HEADERS = MappingProxyType(
    {
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
)


def headers(app: Flask) -> None:
    """Put the headers on every answer of the app, errors included."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    response.headers.update(HEADERS)
    response.headers["Content-Security-Policy"] = _POLICIES.get(response.mimetype or "", _POLICY)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint == "static" and response.status_code < 400:
        _cache_static(response)
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"  # Back shows nothing after signing out
    return response


def _cache_static(response: Response) -> None:
    named = "v" in request.args  # the address changes with the content
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if named else "no-cache"
