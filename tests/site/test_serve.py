"""`make serve`: a change shows in the browser; a mistake is printed and noted there, and the last good pages stay."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from test_access import faults
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


def test_changes_and_mistakes_while_serving(project: Path, live: tuple[str, Path], page: Page) -> None:
    """An open page shows both without being asked."""
    root, printed = live
    simple = project / SIMPLE
    good = simple.read_text(encoding="utf-8")
    assert within(60, lambda: shows(f"{root}/{PAGE}", "Help a parkrun start"))
    page.goto(f"{root}/{PAGE}")
    page.wait_for_load_state()
    note, title = page.get_by_role("alert"), page.get_by_role("heading", level=1)
    assert not note.is_visible()

    simple.write_text(good.replace("title: Help a parkrun start", "titel: <b>Help</b>"), encoding="utf-8")
    expect(note).to_contain_text("This page shows the last good guidance.", timeout=60_000)
    line = good[: good.index("title: Help a parkrun start")].count("\n") + 1
    for words in (f"{SIMPLE}:{line}:3", 'An action has no field "titel". Did you mean "title"?', "titel: <b>Help</b>"):
        expect(note).to_contain_text(words)
    expect(title).to_have_text("Help a parkrun start")
    assert 'Did you mean "title"?' in printed.read_text()
    assert faults(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert shows(f"{root}/about/editing.html", "This page shows the last good guidance.")

    simple.write_text(good.replace("title: Help a parkrun start", "title: Let a parkrun begin"), encoding="utf-8")
    expect(title).to_have_text("Let a parkrun begin", timeout=60_000)
    expect(note).to_have_count(0)
    assert "Traceback" not in printed.read_text()


def test_a_mistake_at_the_start_ends_it(project: Path) -> None:
    """There are no good pages yet that could be shown."""
    (project / SIMPLE).write_text("titel: Wrong\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", "127.0.0.1:0"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert f"{SIMPLE}:1:1: " in done.stderr
    assert done.stdout.strip() == "There are no good pages to show yet: mend this, then start again."
    assert "Traceback" not in done.stderr
