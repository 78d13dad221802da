"""The built site in a real browser: pages open, the search finds actions, and HTML in the guidance never runs."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import build_site
from playwright.sync_api import Browser, BrowserContext, Page
from site_pages import PAGE_OF_EACH_KIND, search_site

from generator.fields import fields_of
from generator.model import FILES, Entry


@pytest.fixture(scope="module")
def watched_page(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """One page for all addresses, and a list of what goes wrong in it: failed scripts and requests, and other hosts."""
    page = browser.new_page()
    problems: list[str] = []

    def note_other_host(url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:", "about:")):
            problems.append(f"other host: {url}")

    page.on("request", lambda request: note_other_host(request.url))
    page.on("requestfailed", lambda request: problems.append(f"failed: {request.url}"))
    page.on("response", lambda answer: problems.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else 0)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page, problems
    page.close()


@pytest.mark.parametrize("address", PAGE_OF_EACH_KIND)
def test_every_kind_of_page_opens(page: Page, root: str, address: str) -> None:
    """No script fails, nothing is missing, and nothing is asked of another host: the fixtures look."""
    missing: list[str] = []
    page.on("requestfailed", lambda request: missing.append(request.url))
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    page.goto(f"{root}/{address}")
    assert page.locator("h1").count() == 1
    assert missing == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("park run", "actions/help-a-parkrun-start.html"),
        ("empty homes", "actions/empty-homes.html"),
        ("time credits schemes", "actions/check-for-time-credits.html"),
    ],
)
def test_search_finds_an_action_first(page: Page, root: str, query: str, expected: str) -> None:
    page.goto(f"{root}/topics/connected-communities.html")
    found = search_site(page, query)
    assert found[0].endswith(expected)
    assert sum(address.endswith(expected) for address in found) == 1
    page.locator(".md-search-result__item > a").first.click()
    page.wait_for_url(f"**/{expected}*")


def test_readable_without_javascript(browser: Browser, root: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}/index.html")
    page.get_by_role("main").get_by_role("link", name="People active in their communities").click()
    page.get_by_role("table").get_by_role("link", name="Help a parkrun start").click()
    wording = page.locator(".official").first
    assert "Make it easy for residents to start up Park Runs in their communities." in wording.inner_text()
    context.close()


def test_not_found_page_works_under_any_base_path(
    page: Page, tmp_path: Path, serve: Callable[[Path], str], project: Path
) -> None:
    folder = tmp_path / "host"
    root = serve(folder)
    done = build_site(project, folder / "some" / "base", SITE_URL=f"{root}/some/base/")
    assert done.returncode == 0, done.stderr
    home = (folder / "some" / "base" / "index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{root}/some/base/' in home
    assert f'<meta property="og:url" content="{root}/some/base/' in home
    assert f"{root}/some/base/actions/empty-homes.html" in (folder / "some" / "base" / "sitemap.xml").read_text()
    shutil.copy(folder / "some" / "base" / "404.html", folder / "404.html")
    page.goto(f"{root}/some/base/no/such/page.html")
    assert page.get_by_role("heading", name="Page not found").is_visible()
    assert "ubuntu" in page.evaluate("getComputedStyle(document.body).fontFamily")
    page.get_by_role("link", name="All actions in one list").click()
    assert page.url == f"{root}/some/base/actions/index.html"


def test_html_in_any_field_is_shown_and_never_run(project: Path, tmp_path: Path, context: BrowserContext) -> None:
    """Every text of the guidance gets a piece of HTML that would change the page's title; none of it runs."""
    shutil.rmtree(project / "journeys" / "editions")  # its words are not these
    (project / "journeys" / "retired.yml").unlink()  # an address is no text, and has a test of its own
    for file in (project / "journeys").rglob("*.yml"):
        kind = next(kind for pattern, kind in FILES.items() if file.match(pattern))
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        whole = [mined(entry, kind) for entry in data] if isinstance(data, list) else mined(data, kind)
        file.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), encoding="utf-8")
    site = tmp_path / "site"
    done = build_site(project, site)
    assert done.returncode == 0, done.stderr
    assert "looks like code of a web page" in done.stderr

    page = context.new_page()
    for address in PAGE_OF_EACH_KIND:
        page.goto((site / address).as_uri())
        assert page.locator("img[src=mine]").count() == 0, address
        assert page.locator("article script").count() == 0, address
        assert page.evaluate("window.harmed") is None, address
    page.goto((site / "actions/help-a-parkrun-start.html").as_uri())
    assert page.get_by_text(MINE).count() > 3
    for query in ("parkrun", "mine", "jogging", "united welsh"):
        assert search_site(page, query)
        assert page.locator(".md-search-result img").count() == 0
        page.reload()
    assert page.evaluate("window.harmed") is None


MINE = "<img src=mine onerror=window.harmed=1>"


def mined(data: Any, kind: type[Entry]) -> Any:
    """The data of an entry with a mine at the end of every text in it."""
    for name, value in data.items():
        field = fields_of(kind)[name]
        if field.entry:
            data[name] = [mined(entry, field.entry) for entry in value]
        elif field.is_text:
            data[name] = [f"{text} {MINE}" for text in value] if isinstance(value, list) else f"{value} {MINE}"
    return data
