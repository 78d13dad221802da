"""`make serve`: a change shows in the browser; a mistake is printed and noted there, and the last good pages stay."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from conftest import mkdocs_build
from playwright.sync_api import Page, expect
from test_access import faults
from test_build import SIMPLE

PAGE = "actions/help-a-parkrun-start.html"
SETTINGS = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000", "SITE_URL": "", "EDIT_URI": ""}


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
            env=os.environ | SETTINGS,
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


def served(address: str) -> str:
    """What stands at an address, without the script by which a page comes again; nothing while there is none."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return re.sub(r"<script>\s*var livereload.*?</script>", "", answer.read().decode(), flags=re.DOTALL)
    except OSError:
        return ""


def shows(address: str, words: str) -> bool:
    return words in served(address)


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


def test_what_is_kept_of_earlier_builds_is_never_out_of_date(
    project: Path, live: tuple[str, Path], tmp_path: Path
) -> None:
    """After each change every page is what a fresh build makes of it: words, links, navigation, contents, search."""
    root, _ = live
    assert within(60, lambda: shows(f"{root}/{PAGE}", "Help a parkrun start"))
    guidance = [(SIMPLE, "title: Help a parkrun start", "title: Let a parkrun begin")]
    all_else = [
        ("CONTRIBUTING.md", "## Seven rules", "## Rules"),
        ("generator/pages/templates/action.html", '" wording"', '" wording first"'),
        ("mkdocs.yml", "  toc: {}", "  toc: {permalink: true}"),
    ]
    for changes in (guidance, all_else):
        for name, before, after in changes:
            text = (project / name).read_text(encoding="utf-8")
            assert before in text
            (project / name).write_text(text.replace(before, after, 1), encoding="utf-8")
        site = tmp_path / changes[0][0]
        done = mkdocs_build(project, site, **SETTINGS | {"SITE_URL": f"{root}/"})
        assert done.returncode == 0, done.stderr
        built = {path.relative_to(site): path.read_text() for path in [*site.rglob("*.html"), *site.rglob("*.json")]}
        assert within(60, partial(all_served, root, built)), changes


def all_served(root: str, built: dict[Path, str]) -> bool:
    return all(served(f"{root}/{path.as_posix()}") == text for path, text in built.items())


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
