"""Who waits for a page when more ask than can be answered: the desk first, and whoever would wait too long is told so.

waitress takes every request into one line, and everybody's wait grows with it until nobody's page comes in time. Here
the desk has a line of its own before all others. Where a line is full, the next one gets at once what takes no work:
503, and when to come again.
"""

from __future__ import annotations

from collections import deque
from typing import Any, cast

from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import Error

from zonemap.web.headers import HEADERS

OTHERS_MOST, DESK_MOST = 100, 400  # that wait in one process: some seconds of work each
RETRY_AFTER_S = 5
_SENTENCE = "Too many people ask for pages just now. Nothing was done. Wait some seconds, then try again."


class _Full(Error):  # type: ignore[misc]
    """What whoever would wait too long is answered."""

    code, reason = 503, "Service Unavailable"

    def __init__(self) -> None:
        super().__init__(_SENTENCE)

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:  # noqa: ARG002
        """Status, headers and body."""
        more = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
        headers = {**HEADERS, **more, "Retry-After": str(RETRY_AFTER_S)}
        return f"{self.code} {self.reason}", list(headers.items()), f"{_SENTENCE}\n".encode()


class Lines:
    """Three lines that look like one queue: who is sent away, who stands at a desk, everybody else."""

    def __init__(self) -> None:
        self.away: deque[Any] = deque()
        self.desk: deque[Any] = deque()
        self.others: deque[Any] = deque()

    def append(self, channel: Any) -> None:
        """Put a request at the end of its line, or send it away where that is full."""
        request = channel.requests[0]
        line, most = (self.desk, DESK_MOST) if _is_desk(request.path) else (self.others, OTHERS_MOST)
        if len(line) >= most and not request.error:
            request.error = _Full()
            line = self.away
        line.append(channel)

    def popleft(self) -> Any:
        """Whoever is next."""
        return next(line for line in (self.away, self.desk, self.others) if line).popleft()

    def __len__(self) -> int:
        return len(self.away) + len(self.desk) + len(self.others)


def dispatcher(threads: int) -> ThreadedTaskDispatcher:
    """waitress's own threads, fed from these lines."""
    made = ThreadedTaskDispatcher()
    made.queue = cast("deque[Any]", Lines())
    made.set_thread_count(threads)
    return made


def _is_desk(path: str) -> bool:
    parts = path.split("/", 4)
    return len(parts) > 3 and parts[1] == "facilities" and parts[3] == "desk"
