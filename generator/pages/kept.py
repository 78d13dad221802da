"""Keep what takes long to make beside the installed packages, until something that it is made from changes."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from time import time

version = cache(metadata.version)
"""Return the version of an installed package. Looking it up takes long."""
FOLDER = Path(sys.prefix) / "share" / "guidance"
UNUSED = 30 * 24 * 60 * 60
"""For how many seconds a file stays that no build has needed."""


def keep(ending: str, recipe: bytes, make: Callable[[], bytes]) -> bytes:
    """Return the content of a file: the one that is kept or, if there is none yet, what `make` returns.

    `recipe` is everything that the content depends on. `ending` is that of the file's name.
    """
    kept = FOLDER / f"{sha256(recipe).hexdigest()}{ending}"
    if kept.is_file():
        content = kept.read_bytes()
        with suppress(OSError):  # the folder may not be ours to write
            kept.touch()
        return content
    content = make()
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_name(f"{kept.name}.{os.getpid()}")
        unfinished.write_bytes(content)
        unfinished.replace(kept)
        delete_unused()
    return content


def delete_unused() -> None:
    """Delete files that no build has needed for long. What they were made from has changed since."""
    for file in FOLDER.iterdir():
        if file.stat().st_mtime < time() - UNUSED:
            file.unlink(missing_ok=True)
