"""`make serve`: a change shows in the browser; a mistake is printed, and the last good pages stay."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_build import SIMPLE

PAGE = "actions/help-a-parkrun-start.html"


@pytest.fixture
def live(project: Path) -> Iterator[tuple[str, Path]]:
    """The address of a live preview of a copy of the project, and the file with what it prints."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    printed = project / "printed.txt"
    with printed.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", address],
            cwd=project,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        yield f"http://{address}", printed
        server.terminate()
        server.wait(10)


def within(seconds: float, true: Callable[[], bool]) -> bool:
    """Whether something becomes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def shows(address: str, words: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return words in answer.read().decode()
    except OSError:
        return False


def test_changes_and_mistakes_while_serving(project: Path, live: tuple[str, Path]) -> None:
    root, printed = live
    page, simple = f"{root}/{PAGE}", project / SIMPLE
    good = simple.read_text(encoding="utf-8")
    assert within(60, lambda: shows(page, "Help a parkrun start"))

    simple.write_text(good.replace("title: Help a parkrun start", "titel: Help a parkrun start"), encoding="utf-8")
    assert within(60, lambda: 'Did you mean "title"?' in printed.read_text())
    assert within(60, lambda: shows(page, "Help a parkrun start"))

    simple.write_text(good.replace("title: Help a parkrun start", "title: Let a parkrun begin"), encoding="utf-8")
    assert within(60, lambda: shows(page, "Let a parkrun begin"))
    assert "Traceback" not in printed.read_text()
