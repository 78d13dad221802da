"""The built site in a real browser: its pages open, its search finds actions, and it needs no JavaScript."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import build_site
from playwright.sync_api import Browser, BrowserContext, Page
from site_pages import PAGE_OF_EACH_KIND, search_site

ABORTED = "net::ERR_ABORTED"


def test_every_kind_of_page_opens(context: BrowserContext, root: str) -> None:
    """Nothing is missing. The fixtures check that no script fails and no request goes to another host."""
    page = context.new_page()
    missing: list[str] = []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    # Leaving a page aborts its unfinished requests, which is no failure.
    page.on("requestfailed", lambda request: missing.append(request.url) if request.failure != ABORTED else None)
    for address in PAGE_OF_EACH_KIND:
        page.goto(f"{root}/{address}")
        assert page.locator("h1").count() == 1, address
        assert missing == [], address


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
    page.locator("#results > li > a").first.click()
    page.wait_for_url(f"**/{expected}*")


def test_readable_without_javascript(browser: Browser, root: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}/index.html")
    page.get_by_role("main").get_by_role("link", name="A Wales of cohesive communities").click()
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
    assert "Guidance" in page.evaluate("getComputedStyle(document.body).fontFamily")
    page.get_by_role("link", name="All actions in one list").click()
    assert page.url == f"{root}/some/base/actions/index.html"
