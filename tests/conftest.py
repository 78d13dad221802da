"""Fixtures for all tests: the guidance, the built site, a web server for it, and a real browser."""

import fcntl
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from synthetic import choose_languages, leave_out

from generator import read_guidance
from generator.editions.record import read_edition
from generator.guidance import Guidance
from generator.problem import Problem

ROOT = Path(__file__).parent.parent

# The same few examples each time for `make test`, new ones for `make fuzz`.
settings.register_profile(
    "test", max_examples=12, derandomize=True, deadline=None, phases=[Phase.generate], database=None
)
settings.register_profile("fuzz", settings(), max_examples=int(os.environ.get("EXAMPLES", "1000")), deadline=None)
settings.load_profile("test")

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""Debian's Chromium. The one without a window is twice as fast. None means the one that Playwright brought."""
# Chromium's sandbox needs rights that containers don't give. The other options stop requests to its maker.
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WINDOW = ViewportSize(width=1280, height=720)


@pytest.fixture(scope="session")
def guidance() -> Guidance:
    """The real guidance."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return read_guidance(Path("journeys"))


@pytest.fixture(scope="session")
def published() -> Guidance:
    """The published edition of the real guidance. The check compares editors' changes with it."""
    problems: list[Problem] = []
    edition = read_edition(ROOT / "journeys", problems)
    assert edition, problems
    return edition


@pytest.fixture
def small_guidance(tmp_path: Path) -> Path:
    """The folder of a copy of the small guidance."""
    return Path(shutil.copytree(ROOT / "tests" / "guidance", tmp_path / "journeys"))


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a git repository with the real guidance, which is committed. It is the current folder."""
    shutil.copytree(ROOT / "journeys", tmp_path / "journeys")
    monkeypatch.chdir(tmp_path)
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "The guidance"]):
        subprocess.run(["git", *command], check=True)
    return tmp_path


def build_site(project: Path, site: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Build the project in `project` into `site`, as `make build` does. `settings` are environment variables."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=project,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000", "DOWNLOADS": ""} | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the contents of every file in a folder, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


BuildOnce = Callable[..., Path]


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> BuildOnce:
    """A function that builds a site once for all tests and returns its folder. `settings` are environment variables.

    Several processes run the tests. The first that needs the site of a name builds it, and the others wait for it. No
    test may change it.
    """
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # each process has a folder of its own in it

    def build(name: str, project: Path = ROOT, **settings: str) -> Path:
        folder = base / name
        with folder.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                done = build_site(project, folder.with_suffix(".new"), **settings)
                assert done.returncode == 0, done.stderr
                folder.with_suffix(".new").rename(folder)
        return folder

    return build


@pytest.fixture(scope="session")
def site(build_once: BuildOnce) -> Path:
    """The folder of the real site, built as it is published: without a repository or a site address."""
    return build_once("site", SITE_URL="", EDIT_URI="")


@pytest.fixture(scope="session")
def addressed_site(build_once: BuildOnce) -> Path:
    """The folder of the real site, built with a site address and a repository."""
    edit_uri = "https://code.example/our/guidance/edit/main/"
    return build_once("addressed", SITE_URL="https://site.example/guidance/", EDIT_URI=edit_uri)


@pytest.fixture(scope="session")
def site_built_elsewhere(build_once: BuildOnce, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real site, built in another folder, time zone and language."""
    name = "OneDrive - Cyngor (ŷ) #1"
    ignored = shutil.ignore_patterns(".venv", ".site-*", ".*_cache", "dist", "tests", "__pycache__")
    project = Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("elsewhere") / name, ignore=ignored))
    settings = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANGUAGE": "tr", "PYTHONHASHSEED": "1"}
    return build_once(name, project, SITE_URL="", EDIT_URI="", **settings)


def copy_project(folder: Path, languages: str = "") -> Path:
    """Copy the project to `folder` without its tests and return the folder.

    Its site is in English and in `languages`, by their codes. Most tests need only English, which builds faster.
    """
    shutil.copytree(ROOT, folder, ignore=leave_out)
    choose_languages(folder, languages)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The folder of a copy of the project that a test may change. Its site is in English only."""
    return copy_project(tmp_path / "project")


@pytest.fixture
def bilingual_project(tmp_path: Path) -> Path:
    """The folder of a copy of the project with its site in English and Welsh."""
    return copy_project(tmp_path / "bilingual", "cy")


class SiteRequestHandler(SimpleHTTPRequestHandler):
    """Serves a folder as a public host does: an unknown address gets the site's 404 page."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Print nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's 404 page for an unknown address, and the standard answer for any other error."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.read_bytes())


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """A function that serves a folder and returns the address of its root, without a slash at the end."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SiteRequestHandler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def online(site: Path, serve: Callable[[Path], str]) -> str:
    """The address of the site's root on a server. For tests where it makes no difference how the site is opened."""
    return serve(site)


@pytest.fixture(params=["http", "file"])
def root(request: pytest.FixtureRequest, site: Path, online: str) -> str:
    """The address of the site's root: once on a server, once as a folder on disk."""
    return online if request.param == "http" else site.as_uri()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser: Debian's Chromium, or the one that Playwright brought. `make test` installs one."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield running
        running.close()


def note_problems(context: BrowserContext) -> list[str]:
    """Return a list that will name what goes wrong in a browser context.

    This is every script that fails, every request to another host, and everything that the security policy forbids.
    """
    problems: list[str] = []

    def note_violation(text: str) -> None:
        if "Content Security Policy" in text:
            problems.append(text)

    def note_other_host(url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:", "about:")):
            problems.append(f"Request to another host: {url}")

    context.on("request", lambda request: note_other_host(request.url))
    context.on("console", lambda message: note_violation(message.text))
    context.on("weberror", lambda error: problems.append(f"Script failed: {error.error}"))
    return problems


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A new browser context. The test fails if a script in it fails or a request goes to another host."""
    new = browser.new_context()
    problems = note_problems(new)
    yield new
    new.close()
    assert problems == []


@pytest.fixture(scope="session")
def open_page(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page that all tests use, because opening one takes long, and the list of what goes wrong in its context."""
    context = browser.new_context(reduced_motion="reduce")
    problems = note_problems(context)
    yield context.new_page(), problems
    context.close()


EMPTY_STORAGE = """() => {
  window.name = ""
  for (const storage of ["localStorage", "sessionStorage"]) {
    try { window[storage].clear() } catch { /* not a page of the site */ }
  }
}"""


@pytest.fixture
def page(open_page: tuple[Page, list[str]]) -> Iterator[Page]:
    """An empty page of a browser that stores nothing of the site yet.

    The test fails if a script fails or a request goes to another host. When it ends, the browser forgets what the test
    stored and set, but not its listeners and its scripts for every page: tests that add these use a `context`.
    """
    page, problems = open_page
    yield page
    for other in page.context.pages[1:]:
        other.close()
    page.evaluate(EMPTY_STORAGE)
    page.goto("about:blank")
    page.context.clear_cookies()
    page.context.clear_permissions()
    page.emulate_media(media="null", color_scheme="light")
    page.set_viewport_size(WINDOW)
    found = problems.copy()
    problems.clear()
    assert found == []
