"""Build the site in a new folder, then swap it for the old site, so that readers never see half a site."""

import ctypes
import errno
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

OLDEST = 3600
"""Seconds after which a folder of another build is left over from one that was killed."""
HERE = -100
"""In Linux's renameat2(2): relative paths start from the working directory (AT_FDCWD)."""
EXCHANGE = 2
"""In Linux's renameat2(2): exchange two paths in one step (RENAME_EXCHANGE)."""
ZIP_YEARS = range(1980, 2108)
"""The years that a zip file can store."""
NO_EXCHANGE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)
"""The errors of a file system that cannot exchange two paths."""


def read_moment() -> datetime:
    """Return the time that files give as the time of their making: SOURCE_DATE_EPOCH, or now if it is not set.

    Raises LookupError if it is not a number of seconds since 1970, or outside the years that a zip file can store.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH") or str(int(time.time()))
    with suppress(ValueError, OverflowError, OSError):
        moment = datetime.fromtimestamp(int(seconds), UTC)
        if moment.year in ZIP_YEARS:
            return moment
    raise LookupError(
        f'The environment variable SOURCE_DATE_EPOCH is "{seconds}", which is not a date from {ZIP_YEARS[0]} to '
        f"{ZIP_YEARS[-1]} in seconds since 1970. Correct it, for example: "
        "SOURCE_DATE_EPOCH=$(git log -1 --format=%ct). Or delete it."
    )


def build_site(site: Path, **settings: str) -> int:
    """Build the site with MkDocs and put it in place of the one in the folder `site`, if there is one.

    `settings` are environment variables.

    If the build fails or is killed, the old site stays. Builds at the same time don't disturb each other: the last to
    finish stays. Return the exit status of MkDocs. Raise OSError if a folder cannot be written.
    """
    site = site.resolve()
    prefix = f".{site.name}-"
    for folder in site.parent.glob(f"{prefix}*"):
        if time.time() - folder.stat().st_mtime > OLDEST:
            shutil.rmtree(folder, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=site.parent))
    try:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder / "site")]
        status = subprocess.run(command, check=False, env=os.environ | settings).returncode
        if status == 0:
            swap_folders(folder / "site", site)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        print(f"The site before this one could not be deleted. It is in {folder.name}.", file=sys.stderr)
    return status


def swap_folders(new: Path, old: Path) -> None:
    """Put the folder `new` in place of the folder `old`, which becomes the new one's neighbour or takes its place.

    Linux exchanges them in one step, so there is always a site. Other systems and some network drives need two steps.
    Raise OSError if `old` cannot be moved.
    """
    with suppress(OSError):  # there is a site already
        new.rename(old)
        return
    exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if exchange and exchange(HERE, os.fsencode(new), HERE, os.fsencode(old), EXCHANGE) == 0:
        return
    if exchange and ctypes.get_errno() not in NO_EXCHANGE:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(old))
    old.rename(new.with_name("old"))
    new.rename(old)
