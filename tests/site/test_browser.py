"""The built site in a real browser: pages open, the search finds actions, and HTML in the guidance never runs."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import build_site
from playwright.sync_api import Browser, BrowserContext, Page
from site_pages import PAGE_OF_EACH_KIND, search_site

from generator.fields import fields_of
from generator.model import FILES, Entry

ABORTED = "net::ERR_ABORTED"


@pytest.fixture(scope="module")
def missing(shared_page: Page) -> list[str]:
    """A list of the addresses that the shared page requests in vain. Leaving a page aborts its requests: that is no failure."""
    found: list[str] = []
    shared_page.on("response", lambda answer: found.append(answer.url) if answer.status >= 400 else None)
    shared_page.on("requestfailed", lambda request: found.append(request.url) if request.failure != ABORTED else None)
    return found


@pytest.mark.parametrize("address", PAGE_OF_EACH_KIND)
def test_every_kind_of_page_opens(shared_page: Page, missing: list[str], root: str, address: str) -> None:
    """No script fails, nothing is missing, and no request goes to another host; the fixtures check most of this."""
    shared_page.goto(f"{root}/{address}")
    assert shared_page.locator("h1").count() == 1
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
    """Add HTML that would run a script to every text of the guidance."""
    shutil.rmtree(project / "journeys" / "editions")  # the published texts differ
    (project / "journeys" / "retired.yml").unlink()  # its addresses are no texts; retired pages have their own tests
    for file in (project / "journeys").rglob("*.yml"):
        kind = next(kind for pattern, kind in FILES.items() if file.match(pattern))
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        whole = [add_script(entry, kind) for entry in data] if isinstance(data, list) else add_script(data, kind)
        file.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), encoding="utf-8")
    site = tmp_path / "site"
    done = build_site(project, site)
    assert done.returncode == 0, done.stderr
    assert "looks like code of a web page" in done.stderr

    page = context.new_page()
    for address in PAGE_OF_EACH_KIND:
        page.goto((site / address).as_uri())
        assert page.locator("img[src=missing]").count() == 0, address
        assert page.locator("article script").count() == 0, address
        assert page.evaluate("window.harmed") is None, address
    page.goto((site / "actions/help-a-parkrun-start.html").as_uri())
    assert page.get_by_text(SCRIPT).count() > 3
    for query in ("parkrun", "missing", "jogging", "united welsh"):
        assert search_site(page, query)
        assert page.locator(".md-search-result img").count() == 0
        page.reload()
    assert page.evaluate("window.harmed") is None


SCRIPT = "<img src=missing onerror=window.harmed=1>"


def add_script(data: Any, kind: type[Entry]) -> Any:
    """Return the data of an entry with the script at the end of every text."""
    for name, value in data.items():
        field = fields_of(kind)[name]
        if field.entry:
            data[name] = [add_script(entry, field.entry) for entry in value]
        elif field.is_text:
            data[name] = [f"{text} {SCRIPT}" for text in value] if isinstance(value, list) else f"{value} {SCRIPT}"
    return data
