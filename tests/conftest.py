"""What the tests share: the real guidance, the real built site, a server for it, a real browser."""

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
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from generator import read_edition, read_guidance
from generator.guidance import Guidance
from generator.problem import Problem

ROOT = Path(__file__).parent.parent
# A sandbox needs rights that containers withhold; the rest keeps the browser from asking its maker for anything.
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def guidance() -> Guidance:
    """The real guidance."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return read_guidance(Path("journeys"))


@pytest.fixture(scope="session")
def published() -> Guidance:
    """The published edition of the real guidance, against which the check holds what editors change."""
    problems: list[Problem] = []
    edition = read_edition(ROOT / "journeys", problems)
    assert edition, problems
    return edition


@pytest.fixture
def small_guidance(tmp_path: Path) -> Path:
    """The folder of a copy of the small guidance."""
    return Path(shutil.copytree(ROOT / "tests" / "guidance", tmp_path / "journeys"))


def mkdocs_build(project: Path, site: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Build the project in `project` into `site`, as `make build` does."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=project,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000"} | settings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real site, built as it is published: no repository, no site address."""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = mkdocs_build(ROOT, folder, SITE_URL="", EDIT_URI="")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may change."""
    copy = tmp_path / "project"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".*", "site", "dist", "tests", "__pycache__"))
    return copy


class Handler(SimpleHTTPRequestHandler):
    """Files of the site as a public host serves them: unknown addresses get its 404 page."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep quiet."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page for what is not there."""
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
    """Serves a folder; gives the address of its root, without a slash at the end."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session", params=["http", "file"])
def root(request: pytest.FixtureRequest, site: Path, serve: Callable[[Path], str]) -> str:
    """The address of the site's root, once from a server and once from disk."""
    return serve(site) if request.param == "http" else site.as_uri()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser: Debian's Chromium, or the one that Playwright brought. `make test` installs one."""
    path = shutil.which("chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser context; the test fails if a page in it asks another host for anything."""
    fresh = browser.new_context()
    abroad: list[str] = []

    def note(url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:", "about:")):
            abroad.append(url)

    fresh.on("request", lambda request: note(request.url))
    yield fresh
    fresh.close()
    assert abroad == []


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose scripts must not fail."""
    fresh = context.new_page()
    failures: list[str] = []
    fresh.on("pageerror", lambda error: failures.append(str(error)))
    yield fresh
    assert failures == []
