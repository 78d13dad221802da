"""`make serve`: a change shows in the browser; a mistake is printed and shown there, and the last good pages stay."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from axe import find_violations
from conftest import build_site, copy_project
from playwright.sync_api import Page, expect
from site_pages import SIMPLE_ACTIONS

PAGE = "actions/help-a-parkrun-start.html"
POLICY = r"\s*<meta http-equiv=.*?>"
"""The element that only the published pages have, because it stops the script that reloads a page."""

SETTINGS = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000", "SITE_URL": "", "EDIT_URI": ""}


class Preview:
    """A live preview of a copy of the project."""

    def __init__(self, project: Path, root: str) -> None:
        self.project = project
        self.root = root
        self.output = project / "output.txt"
        self.originals: dict[str, str] = {}

    def replace(self, file: str, before: str, after: str) -> None:
        """Replace the first `before` in a file of the project by `after`, counted from the file's original text."""
        path = self.project / file
        original = self.originals.setdefault(file, path.read_text(encoding="utf-8"))
        assert before in original
        path.write_text(original.replace(before, after, 1), encoding="utf-8")

    def restore(self) -> None:
        """Bring back the original text of all files."""
        for file, text in self.originals.items():
            (self.project / file).write_text(text, encoding="utf-8")

    def read_page(self, address: str) -> str:
        """Return a page without the script that reloads it, or an empty text if there is none."""
        try:
            with urllib.request.urlopen(f"{self.root}/{address}", timeout=10) as answer:
                return re.sub(r"<script>\s*var livereload.*?</script>", "", answer.read().decode(), flags=re.DOTALL)
        except OSError:
            return ""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The preview that all tests of this module use."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    preview = Preview(copy_project(tmp_path_factory.mktemp("serve") / "project"), f"http://{address}")
    with preview.output.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", address],
            cwd=preview.project,
            env=os.environ | SETTINGS,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        yield preview
        process.terminate()
        process.wait(10)


@pytest.fixture
def preview(server: Preview) -> Iterator[Preview]:
    """The preview, showing the original guidance. Changes of the test are undone at its end."""
    assert becomes_true(lambda: "Help a parkrun start</h1>" in server.read_page(PAGE))
    yield server
    server.restore()


def becomes_true(condition: Callable[[], bool]) -> bool:
    """Return whether a condition becomes true within a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_changes_and_mistakes_while_serving(preview: Preview, page: Page) -> None:
    """An open page shows both by itself."""
    page.goto(f"{preview.root}/{PAGE}")
    page.wait_for_load_state()
    note, title = page.get_by_role("alert"), page.get_by_role("heading", level=1)
    assert not note.is_visible()

    text = (preview.project / SIMPLE_ACTIONS).read_text(encoding="utf-8")
    line = text[: text.index("title: Help a parkrun start")].count("\n") + 1
    preview.replace(SIMPLE_ACTIONS, "title: Help a parkrun start", "titel: <b>Help</b>")
    expect(note).to_contain_text("There are mistakes in the files, so this page is out of date.", timeout=60_000)
    for words in (
        f"{SIMPLE_ACTIONS}:{line}:3",
        'An action has no field "titel". Did you mean "title"?',
        "titel: <b>Help</b>",
    ):
        expect(note).to_contain_text(words)
    expect(title).to_have_text("Help a parkrun start")
    assert 'Did you mean "title"?' in preview.output.read_text()
    assert find_violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert "There are mistakes in the files, so this page is out of date." in preview.read_page("about/editing.html")

    preview.replace(SIMPLE_ACTIONS, "title: Help a parkrun start", "title: Let a parkrun begin")
    expect(title).to_have_text("Let a parkrun begin", timeout=60_000)
    expect(note).to_have_count(0)
    assert "Traceback" not in preview.output.read_text()


STORY = "journeys/case-studies/sara-in-southwick.yml"
CHANGES = [
    [(SIMPLE_ACTIONS, "title: Help a parkrun start", "title: Let a parkrun begin")],
    [(STORY, "place: Southwick", "place: In Southwick")],
    [("journeys/themes.yml", "name: Arts and culture", "name: The arts")],
    [("overrides/partials/footer.html", "Dark colours", "Colours: dark")],
    [
        ("CONTRIBUTING.md", "## Seven rules", "## Rules"),
        ("content/about/editing.md", "# How", "# About: how"),
        ("content/assets/stylesheets/site/4-pages/home.css", "{", "{ color: red;"),
        ("content/assets/javascripts/finder/finder.js", "/*", "/* Changed. */ /*"),
        ("generator/pages/templates/action.html", '" official--large"', '" official--large first"'),
    ],
    [("mkdocs.yml", "  toc: {}", "  toc: {permalink: true}")],
]
"""A change of each kind of file. Those that affect no page of the guidance, or all of them, come together."""


def test_after_a_change_every_file_is_like_in_a_new_build(preview: Preview, tmp_path: Path) -> None:
    """Nothing is out of date: text, links, menu, search, open data."""
    for number, changes in enumerate(CHANGES):
        for change in changes:
            preview.replace(*change)
        site = tmp_path / str(number)
        done = build_site(preview.project, site, **SETTINGS | {"SITE_URL": f"{preview.root}/"})
        assert done.returncode == 0, done.stderr
        files = [path for path in site.rglob("*") if path.suffix in (".html", ".json", ".js", ".css", ".xml")]
        built = {path.relative_to(site).as_posix(): re.sub(POLICY, "", path.read_text()) for path in files}
        assert becomes_true(partial(serves_all, preview, built)), changes


def serves_all(preview: Preview, pages: dict[str, str]) -> bool:
    return all(preview.read_page(address) == text for address, text in pages.items())


def test_a_folder_that_is_moved_away_and_back_is_still_watched(preview: Preview) -> None:
    folder, elsewhere = preview.project / "journeys", preview.project / "moved"
    for title in ("First", "Second"):
        folder.rename(elsewhere)
        time.sleep(1)
        elsewhere.rename(folder)
        time.sleep(0.5)
        assert "Help a parkrun start</h1>" in preview.read_page(PAGE)
        preview.replace(SIMPLE_ACTIONS, "title: Help a parkrun start", f"title: {title} change")
        assert becomes_true(lambda title=title: f"{title} change</h1>" in preview.read_page(PAGE))  # type: ignore[misc]
        preview.restore()
        assert becomes_true(lambda: "Help a parkrun start</h1>" in preview.read_page(PAGE))


def test_a_request_during_a_build_gets_the_new_page(preview: Preview) -> None:
    """However a request meets the build, it gets a whole page, and after the first new one no old one any more."""
    seen: list[str] = []

    def ask() -> None:
        while not stop.is_set():
            seen.append(preview.read_page(PAGE))

    stop = threading.Event()
    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(5):
        preview.replace(SIMPLE_ACTIONS, "title: Help a parkrun start", f"title: Change {number}")
        assert becomes_true(lambda number=number: f"Change {number}</h1>" in preview.read_page(PAGE))  # type: ignore[misc]
    stop.set()
    for reader in readers:
        reader.join()
    assert len(seen) > 10
    assert all(page.rstrip().endswith("</html>") for page in seen)


def test_what_is_not_there(preview: Preview) -> None:
    """An unknown address gets the 404 page, and no address leads out of the site."""
    for address in ("actions/no-such-action.html", "search", "..%2f..%2fmkdocs.yml", "%2e%2e/mkdocs.yml", "a/../../b"):
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(f"{preview.root}/{address}", timeout=10)
        assert error.value.code == 404
        assert "Page not found" in error.value.read().decode()


def test_a_mistake_at_the_start_ends_the_preview(project: Path) -> None:
    """There are no good pages to show yet."""
    (project / SIMPLE_ACTIONS).write_text("titel: Wrong\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", "127.0.0.1:0"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert f"{SIMPLE_ACTIONS}:1:1: " in done.stderr
    assert done.stdout.strip() == "There are no good pages to show yet. Fix this, then start again."
    assert "Traceback" not in done.stderr
