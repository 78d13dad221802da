"""Keep what takes long to make beside the installed packages, until something that it is made from changes."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path

version = cache(metadata.version)
"""Return the version of an installed package. Looking it up takes long."""
FOLDER = Path(sys.prefix) / "share" / "guidance"


def keep(ending: str, recipe: bytes, make: Callable[[], bytes]) -> bytes:
    """Return the content of a file: the one that is kept or, if there is none yet, what `make` returns.

    `recipe` is everything that the content depends on. `ending` is that of the file's name.
    """
    kept = FOLDER / f"{sha256(recipe).hexdigest()}{ending}"
    if kept.is_file():
        return kept.read_bytes()
    content = make()
    with suppress(OSError):  # the folder may not be ours to write
        kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_name(f"{kept.name}.{os.getpid()}")
        unfinished.write_bytes(content)
        unfinished.replace(kept)
    return content
