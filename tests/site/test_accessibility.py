"""Accessibility in a real browser: axe, the keyboard, narrow screens, and valid HTML."""

from pathlib import Path

import pytest
from axe import find_violations, find_violations_in_both_colours
from playwright.sync_api import Page, expect
from site_html import check_html
from site_pages import PAGE_OF_EACH_KIND, search_site, wait_for_search

PHONE, DESKTOP = WIDTHS = 320, 1280
IN_ENGLISH = [*PAGE_OF_EACH_KIND, "about/accessibility.html"]
IN_WELSH = [f"cy/{address}" for address in IN_ENGLISH]


def set_width(page: Page, width: int) -> None:
    """Set the width of the window in pixels."""
    page.set_viewport_size({"width": width, "height": 800})


@pytest.mark.parametrize("address", [*IN_ENGLISH, "404.html"])
def test_axe_finds_nothing(page: Page, online: str, address: str) -> None:
    """The 404 page has its styles on a server only."""
    set_width(page, DESKTOP)  # where all filters of the finder are open
    page.goto(f"{online}/{address}")
    violations = {}
    for width in WIDTHS:
        set_width(page, width)
        violations[width] = find_violations_in_both_colours(page)
    assert violations == {width: [] for width in WIDTHS}


@pytest.mark.parametrize("address", IN_WELSH)
def test_axe_finds_nothing_in_welsh(page: Page, online: str, address: str) -> None:
    """The Welsh pages have the same styles as the English ones."""
    set_width(page, DESKTOP)
    page.goto(f"{online}/{address}")
    assert find_violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_in_the_search_and_the_menu(page: Page, online: str, width: int) -> None:
    set_width(page, width)
    page.goto(f"{online}/actions/empty-homes.html")
    page.get_by_placeholder("Search").click()
    assert search_site(page, "homes")
    assert find_violations_in_both_colours(page) == []
    page.keyboard.press("Escape")
    if width == PHONE:
        page.get_by_role("button", name="Menu").click()
        assert find_violations_in_both_colours(page) == []


@pytest.mark.parametrize("address", [*IN_ENGLISH, "404.html", *IN_WELSH])
def test_nothing_runs_off_a_narrow_screen(page: Page, online: str, address: str) -> None:
    """A 1280-pixel window at 400 % zoom is 320 pixels wide. Also test text of twice the size."""
    set_width(page, DESKTOP)  # where all filters of the finder are open
    page.goto(f"{online}/{address}")
    for width, font_size in ((320, ""), (320, "200%"), (640, "200%"), (1280, "200%")):
        set_width(page, width)
        page.evaluate(f"document.documentElement.style.fontSize = '{font_size}'")
        excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert excess <= 0, width


DESCRIBE_FOCUS = """async () => {
  const describe = () => {
    const e = document.activeElement
    if (!e || e === document.body) return null
    const box = e.getBoundingClientRect()
    const style = getComputedStyle(e)
    const lines = [...e.getClientRects()]
    const spot = lines.find(r => r.width && r.height) || box
    const at = document.elementFromPoint(spot.x + spot.width / 2, spot.y + spot.height / 2)
    return {
      html: e.outerHTML.slice(0, 120),
      name: (e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.innerText || e.alt || "").trim()
        || e.getAttribute("aria-labelledby") || "",
      visible: box.width > 0 && box.height > 0 && style.visibility === "visible",
      uncovered: !!at && (e.contains(at) || at.contains(e)),
      outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    }
  }
  let focus = describe()
  for (let frame = 0; focus && !focus.uncovered && frame < 60; frame++) {
    await new Promise(requestAnimationFrame)  // the browser may still be scrolling to it
    focus = describe()
  }
  return focus
}"""
"""Describes the element that has the focus, or returns null when the keyboard has left the page."""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "address",
    [
        "index.html",
        "topics/people-active-in-their-communities.html",
        "actions/map-public-land.html",
        "case-studies/sara-in-southwick.html",
        "about/gaps.html",
        "cy/index.html",
        "cy/actions/map-public-land.html",
    ],
)
def test_tab_reaches_everything(page: Page, site: Path, address: str, width: int) -> None:
    """Each stop is visible, uncovered, outlined and named. Tab reaches all links and gets out of the page again."""
    set_width(page, width)
    page.goto(f"{site.as_uri()}/{address}")
    stops = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(DESCRIBE_FOCUS)
        if stop is None:
            break
        stops.append(stop)
    else:
        pytest.fail("Tab never leaves the page")
    for stop in stops:
        assert stop["visible"], stop
        assert stop["uncovered"], stop
        assert stop["outlined"], stop
        assert stop["name"], stop
    links = page.locator("main a[href]").count()
    assert sum("href" in stop["html"] for stop in stops) >= links


@pytest.mark.parametrize("width", WIDTHS)
def test_search_and_menu_by_keyboard(page: Page, site: Path, width: int) -> None:
    set_width(page, width)
    page.goto(f"{site.as_uri()}/themes/index.html")
    if width == PHONE:
        menu = page.get_by_role("navigation", name="Site", exact=True)
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
    wait_for_search(page)
    page.keyboard.type("empty homes")
    result = page.locator("#results > li > a").first
    result.wait_for()
    expect(page.get_by_role("search").get_by_role("status")).to_contain_text("results")
    page.keyboard.press("ArrowDown")
    expect(result).to_be_focused()  # the results for the last letter may replace it
    page.keyboard.press("Escape")
    result.wait_for(state="hidden")
    expect(box).to_be_focused()
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


def test_skip_link(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/actions/empty-homes.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "__content"


def test_light_and_dark_are_the_readers_choice(page: Page, site: Path) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{site.as_uri()}/index.html")
    background = "getComputedStyle(document.body).backgroundColor"
    light, switch = page.evaluate(background), page.get_by_role("button", name="Dark")
    assert switch.get_attribute("aria-pressed") == "false"
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    dark = page.evaluate(background)
    assert dark != light
    page.reload()
    assert page.evaluate(background) == dark
    assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"


def test_html_is_valid(site: Path, tmp_path: Path) -> None:
    """Check all pages with the Nu HTML checker, and an invalid one to see that it reports problems at all."""
    invalid = tmp_path / "invalid.html"
    invalid.write_text("<!doctype html><title>x</title><p><div></p>")
    messages = check_html(invalid, site)
    on_invalid = [message for message in messages if message.get("url") == invalid.as_uri().replace("///", "/")]
    assert on_invalid
    assert messages == on_invalid


def test_link_previews_and_addresses(site: Path) -> None:
    html = (site / "actions" / "empty-homes.html").read_text(encoding="utf-8")
    for name in ("og:title", "og:description", "og:type", "og:site_name"):
        assert f'<meta property="{name}" content="' in html
