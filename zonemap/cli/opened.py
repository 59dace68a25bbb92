"""What the commands share: the store they work on, the lines they read, the status they end with."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from zonemap.errors import Invalid

if TYPE_CHECKING:
    from zonemap.storage.store import Store

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # the type has no public name
else:
    Commands = argparse._SubParsersAction

LEFT = 1  # the command did its work, and found something
COULD_NOT = 2
INTERRUPTED = 130


@contextmanager
def opened_store() -> Iterator[Store]:
    """The store that the settings name, closed afterwards."""
    from zonemap.settings import settings_from
    from zonemap.storage.store import Store

    store = Store.open(settings_from())
    try:
        yield store
    finally:
        store.close()


def lines_of(file: str | None) -> Iterator[str]:
    """The lines of a file or of standard input, UTF-8. Raises Invalid where they cannot be read."""
    try:
        with open(file or 0, encoding="utf-8", closefd=bool(file)) as lines:
            yield from lines
    except UnicodeDecodeError as error:
        raise Invalid(f"{file or 'The input'} is not UTF-8 text. Save it as UTF-8 and try again.") from error
    except OSError as error:
        raise Invalid(f"{file or 'The input'} cannot be read: {error.strerror}.") from error
