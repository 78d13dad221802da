"""Show a live preview: make each file when a browser asks for it, and notice every change in the watched folders."""

import errno
import os
import posixpath
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from watchdog.observers.polling import PollingObserverVFS

from generator.site import Part, write_file

INTERVAL = 0.05
"""Seconds after which it looks for changed files again."""
UNFINISHED = ".unfinished"
"""The end of the name of a file until it is complete: several requests may ask for the same one."""


class Preview:
    """Makes the files of a live preview, in a folder of its own, for the server that MkDocs starts."""

    def __init__(self, parts: Sequence[Part]) -> None:
        """`parts` are those of the whole site."""
        self.parts, self.lock = parts, threading.Lock()
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
            self.make(posixpath.join(address, "index.html") if path.endswith("/") else address, parts)
            body = serve(environ, lambda *arguments, begun=begun: begun.append(arguments))
            if parts is self.parts:
                start(*begun[0])
                return body

    def make(self, address: str, parts: Sequence[Part]) -> None:
        """Make the file with an address, and those that are made with it. Delete it if the site doesn't have it now."""
        exact = next((part for part in parts if part.folder + part.address == address), None)
        within = (part for part in parts if part.address.endswith("/"))
        part = exact or next((part for part in within if address.startswith(part.folder + part.address)), None)
        file, made = self.folder / address, set[str]()
        with self.lock:
            for name, content in part.make_files() if part else ():
                write_file(self.folder / f"{name}{UNFINISHED}", content).replace(self.folder / name)
                made.add(name)
            if address not in made and file.is_file():
                file.unlink()

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
