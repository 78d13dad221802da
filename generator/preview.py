"""Show a live preview: make each file when a browser asks for it, and notice every change in the watched folders."""

import errno
import os
import posixpath
import shutil
import threading
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from watchdog.observers.polling import PollingObserverVFS

from generator.site import Part, write_file

INTERVAL = 0.05
"""Seconds after which it looks for changed files again."""
UNFINISHED = ".unfinished"
"""The end of a file's name until it is complete, because another request may be reading it."""


class Preview:
    """Makes the files of a live preview, in a folder of its own, for the server that MkDocs starts."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """`parts` are those of the whole site."""
        self.parts, self.lock = parts, threading.Lock()
        self.made_from: Sequence[Part] = ()
        self.made: set[Part] = set()
        """The parts in the folder. They belong to the site `made_from`."""
        self.temporary = TemporaryDirectory(prefix="preview-")
        self.folder = Path(self.temporary.name)

    def answer(
        self, serve: Callable[..., Iterable[bytes]], root: str, environ: dict[str, Any], start: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer a request, as a WSGI application: make the file that it asks for, and let `serve` send it.

        `serve` is the application that serves the files of the folder, at the path `root`. While the site is built, it
        waits. If there is a new site afterwards, it sends the new file.
        """
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        address = posixpath.normpath(f"/{path.removeprefix(root)}").lstrip("/")
        while True:
            parts, begun = self.parts, list[tuple[Any, ...]]()
            self.make(posixpath.join(address, "index.html") if path.endswith("/") else address)
            body = serve(environ, lambda *arguments, begun=begun: begun.append(arguments))
            if parts is self.parts:
                start(*begun[0])
                return body

    def make(self, address: str) -> None:
        """Make the file with an address, and those that are made with it, once for each new site."""
        with self.lock:
            parts = self.parts
            if self.made_from is not parts:
                self.made_from, self.made = parts, set()
                for path in self.folder.iterdir():
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            exact = (part for part in parts if part.folder + part.address == address)
            folders = (part for part in parts if part.address.endswith("/"))
            within = (part for part in folders if address.startswith(part.folder + part.address))
            part = next(chain(exact, within), None)
            if part and part not in self.made:
                for name, content in part.make_files():
                    write_file(self.folder / f"{name}{UNFINISHED}", content).replace(self.folder / name)
                self.made.add(part)

    def find_error_page(self, code: int) -> bytes | None:
        """Return the page for a status code of HTTP, if the site has one."""
        with self.lock:
            parts = (part for part in self.parts if part.address == f"{code}.html")
            return next((str(content).encode() for part in parts for _, content in part.make_files()), None)


def make_observer() -> PollingObserverVFS:
    """Return what notices changes in the watched folders, also in one that is moved away and comes back."""
    return PollingObserverVFS(stat_again, os.scandir, polling_interval=INTERVAL)


def stat_again(path: str) -> os.stat_result:
    """Return the status of a file. For a missing one, raise the kind of error after which an observer tries again."""
    try:
        return os.stat(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise OSError(errno.ESTALE, error.strerror, path) from None
