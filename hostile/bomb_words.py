"""Words and numbers that somebody may write where a name or a length is wanted."""

from __future__ import annotations

from collections.abc import Iterator

Made = Iterator[tuple[str, bytes]]
ELSEWHERE = "http://127.0.0.1:48151/zonemap"  # ``run`` listens there: nobody may ask
TRICKS = (
    "../../../etc/passwd", "..\\..\\windows\\system.ini", "/etc/hostname", "C:\\boot.ini", "a\0b", "\u202egnp.exe",
    "\u2066\u2067x", "\ufeffx", "<script>alert(1)</script>", "=cmd|'/C calc'!A0", "+1+1", "-1", "@SUM(1)", "\t=1",
    "{{7*7}}", "{0.__class__}", "%s%n", "${jndi:ldap://x}", "'; DROP TABLE room;--", "\x1b[31m", "A" * 5000,
    "e\u0301" * 300, "\U000e0041\U000e0042", "𝕊𝕥𝕒𝕗𝕗", "ﷺ" * 50, "\ud800",
)  # fmt: skip
NUMBERS = ("NaN", "Infinity", "-Infinity", "1e400", "1e308", "-1e308", "1e-320", "9" * 400, "0x10", "1_000", "٣")
