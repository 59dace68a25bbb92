"""What follows from a frozen value, worked out once for that very value, however large it is to compare."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import Any, TypeVar, cast

Make = TypeVar("Make", bound=Callable[..., Any])


def once_for_each(most: int) -> Callable[[Make], Make]:
    """Decorate a function of a frozen value and some small ones: the first counts as itself, not as what it equals.

    At most ``most`` results stay; the oldest goes first. A value lives as long as what was made from it.
    """

    def decorate(make: Make) -> Make:
        kept: dict[Hashable, tuple[Any, Any]] = {}
        one = Lock()

        @wraps(make)
        def known(value: Any, *more: Any) -> Any:
            name = (id(value), more)
            found = kept.get(name)  # the value is kept beside it, so that its id is nobody else's
            if found is None:
                found = (value, make(value, *more))
                with one:
                    if len(kept) >= most:
                        kept.pop(next(iter(kept)))
                    kept[name] = found
            return found[1]

        return cast("Make", known)

    return decorate
