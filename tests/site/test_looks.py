"""How the site looks: what can be measured on every kind of page, and on a page with all components."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe import COLOUR_RULES, find_violations, find_violations_in_both_colours
from components import COMPONENTS, write_components
from playwright.sync_api import Page, Route
from site_pages import PAGE_OF_EACH_KIND, search_site

from generator.guidance import Guidance
from generator.pages.statuses import list_statuses

HOME, FINDER = "index.html", "actions/index.html"
ACTION = "actions/help-a-parkrun-start.html"
TOPIC = "topics/people-active-in-their-communities.html"
WITH_ONE_BUTTON = {HOME, ACTION, TOPIC}
"""The pages that must have a filled button. All others may have one."""
WITHOUT_CONTENTS = ("actions/", "topics/")
PHONE, DESKTOP = WINDOWS = {"width": 360, "height": 800}, {"width": 1280, "height": 900}
KINDS = [*PAGE_OF_EACH_KIND, "about/accessibility.html", "about/changes.html", "about/data.html"]
ADDRESSES = [*KINDS, "404.html", *(f"cy/{address}" for address in KINDS)]

MEASURE = """async () => {
  const { fontsLetGo = 0 } = window
  await document.fonts.ready
  const name = element => element.outerHTML.slice(0, 100)
  const all = [...document.body.querySelectorAll("*")].filter(element => !element.closest("script, template"))
  const isShown = element => element.checkVisibility({ visibilityProperty: true }) && !element.matches(".unseen")
  const box = element => element.getBoundingClientRect()
  const isText = node => node.nodeType === Node.TEXT_NODE && node.textContent.trim()
  const hasText = element =>
    [...element.childNodes].some(isText) && !element.closest(".unseen") || element.matches("[type=text], select")
  const columns = [...document.querySelectorAll(".text, .found, .story, .panel-box")]
  const insides = columns.map(column => {
    const style = getComputedStyle(column)
    const [start, end] = ["Left", "Right"].map(side =>
      box(column)[side.toLowerCase()] + (side === "Left" ? 1 : -1) * parseFloat(style[`padding${side}`]))
    const children = [...column.children].filter(child => isShown(child) && !child.matches(".hero, .finder, .found"))
    return { start, end, children }
  })
  const top = document.querySelector(".top")
  const shifts = await new Promise(resolve => {
    new PerformanceObserver(list => resolve(list.getEntries())).observe({ type: "layout-shift", buffered: true })
    setTimeout(resolve, 100, [])
  })
  return {
    small: all.filter(element => hasText(element) && parseFloat(getComputedStyle(element).fontSize) < 16).map(name),
    buttons: all.filter(element => element.matches(".button") && isShown(element)).map(name),
    outside: insides.flatMap(({ start, end, children }) => children.filter(child =>
      Math.abs(box(child).left - start) > 0.5 || box(child).right > end + 0.5)).map(name),
    header: box(top).height,
    pastHeader: [...top.querySelectorAll(".top__row > *")].filter(part =>
      isShown(part) && (box(part).right > innerWidth || box(part).bottom > box(top).bottom + 0.5)).map(name),
    shadows: all.filter(element => getComputedStyle(element).boxShadow !== "none"
      && !element.matches(".search__results, .plan__menu > div")).map(name),
    contents: document.querySelectorAll(".contents a").length,
    field: box(document.querySelector("#query")).bottom,
    examples: [...document.querySelectorAll(".hero__examples a")].map(link => box(link).bottom),
    stairs: [...document.querySelectorAll(".stairs")].map(stairs => box(stairs).top),
    rows: [...document.querySelectorAll(".item")].filter(isShown).map(row => box(row).top),
    shifts: [start => start < fontsLetGo, start => start >= fontsLetGo].map(isThen =>
      shifts.reduce((sum, { startTime, value }) => sum + (isThen(startTime) ? value : 0), 0)),
  }
}"""
"""Measures an open page, in pixels. Its layout shifts are added up, before and after its fonts arrived.

The sum is never less than the score that Chromium gives to a page.
"""

MOST_SHIFT = 0.02
MOST_SHIFT_BY_FONTS = 0.1
"""Where a line breaks at another word with the real font, all below it moves by a line, which is 0.03 to 0.05.

Which lines these are changes with every change of the words, so the limit is what makers of browsers call good.
"""


IS_DRAWN = """() => performance.getEntriesByName("first-contentful-paint").length
  && (!document.querySelector(".finder, .plan") || document.querySelector("[data-ready]"))"""


FIRST_FONT = """() => {
  const fonts = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".woff2"))
  window.fontsLetGo = Math.min(window.fontsLetGo, ...fonts.map(({ responseEnd }) => responseEnd))
}"""


def open_with_slow_fonts(page: Page, url: str) -> None:
    """Open a page whose fonts arrive only after it has been drawn without them."""
    held: list[Route] = []
    page.route("**/*.woff2", lambda route: held.append(route))
    try:
        page.goto(url, wait_until="domcontentloaded")
        page.wait_for_function(IS_DRAWN)
        assert held
        page.evaluate("window.fontsLetGo = performance.now()")
    finally:
        while held:
            held.pop().continue_()
        page.unroute("**/*.woff2")
    page.wait_for_load_state()
    page.evaluate(FIRST_FONT)  # the browser may have kept one from the page before
    page.evaluate(FIRST_FONT)  # the browser may have kept some from the page before


def find_flaws(address: str, window: dict[str, int], found: dict[str, Any]) -> list[str]:
    """Return what is wrong with a page that was measured in a window."""
    page = address.removeprefix("cy/")
    is_phone, is_welsh = window == PHONE, page != address
    least = 1 if page in WITH_ONE_BUTTON else 0
    before, after = found["shifts"]
    checks = {
        f"text below 16 px: {found['small']}": not found["small"],
        f"filled buttons: {found['buttons']}": least <= len(found["buttons"]) <= 1,
        f"not in line with the column: {found['outside']}": not found["outside"],
        f"header of {found['header']} px": found["header"] == 56 or (is_welsh and found["header"] > 56),
        f"does not fit into the header: {found['pastHeader']}": not found["pastHeader"],
        f"shadows: {found['shadows']}": not found["shadows"],
        f"layout shift of {before}": before <= MOST_SHIFT,
        f"layout shift of {after} by fonts": after <= MOST_SHIFT_BY_FONTS,
        f"{found['contents']} sections in the contents": found["contents"] == 0
        or (found["contents"] >= 5 and not page.startswith(WITHOUT_CONTENTS)),
    }
    if page == HOME:
        checks[f"field ends at {found['field']}"] = found["field"] <= window["height"]
        seen = sum(end <= window["height"] for end in found["examples"])
        checks[f"{seen} examples on the first screen"] = seen >= 2
        checks[f"stairs begin at {found['stairs']}"] = is_phone or found["stairs"][0] < window["height"]
    if page == FINDER:
        checks[f"first action at {found['rows'][:1]}"] = found["rows"][0] <= (560 if is_phone else 450)
    return [f"{window['width']}: {flaw}" for flaw, is_right in checks.items() if not is_right]


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_kind_of_page_looks_right(page: Page, online: str, address: str) -> None:
    flaws = []
    for window in WINDOWS:
        page.set_viewport_size({"width": window["width"], "height": window["height"]})
        open_with_slow_fonts(page, f"{online}/{address}")
        flaws += find_flaws(address, window, page.evaluate(MEASURE))
    assert flaws == []


def test_flaws_are_found(page: Page, online: str) -> None:
    """A page that has every flaw."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{online}/{HOME}")
    page.evaluate(
        """async () => {
          const text = document.querySelector(".text")
          const add = html => text.insertAdjacentHTML("beforeend", html)
          add("<p class='try-small'>Small</p><button class='button'>Second</button><p class='try-in'>In</p>")
          add("<p class='try-out'>Out</p><nav class='contents'><a href='#x'>x</a></nav>")
          const set = (selector, style) => Object.assign(document.querySelector(selector).style, style)
          set(".try-small", { fontSize: "15.9px" })
          set(".try-in", { marginLeft: "2px" })
          set(".try-out", { width: "calc(100% + 2px)", maxWidth: "none" })
          set(".card", { boxShadow: "0 0 1px black" })
          await new Promise(requestAnimationFrame)
          window.fontsLetGo = performance.now() + 60000
          set(".top__row", { minHeight: "900px" })
          set(".top__name", { marginLeft: "2000px" })
          await new Promise(requestAnimationFrame)
          await new Promise(requestAnimationFrame)
        }"""
    )
    flaws = find_flaws(HOME, DESKTOP, page.evaluate(MEASURE))
    beginnings = [
        "text below 16 px: ['<p",
        "filled buttons: ['<button",
        "not in line with the column: ['<p",
        "header of 900 px",
        "does not fit into the header: ['<a",
        "shadows: ['<li",
        "layout shift of 0.",
        "1 sections in the contents",
        "field ends at 1",
        "0 examples on the first screen",
        "stairs begin at [1",
    ]
    assert len(flaws) == len(beginnings)
    for flaw, beginning in zip(flaws, beginnings, strict=True):
        assert flaw.startswith(f"1280: {beginning}")
    assert "try-in" in flaws[2]
    assert "try-out" in flaws[2]


def test_pages_of_actions_are_small(site: Path) -> None:
    """The page, its style sheets and its scripts, compressed as servers do. Its fonts have a limit of their own."""

    def measure(path: Path) -> int:
        return len(gzip.compress(path.read_bytes()))

    sizes = {}
    shared: dict[Path, int] = {}
    for path in [*site.glob("actions/*.html"), *site.glob("cy/actions/*.html")]:
        html = path.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', html)
        files = [(path.parent / address).resolve() for address in loaded]
        assert len(files) >= 3
        for file in files:
            shared.setdefault(file, measure(file))
        if path.name != "index.html":
            sizes[path.name] = measure(path) + sum(shared[file] for file in files)
    assert len(sizes) > 50
    assert max(sizes.values()) <= 34_000


# --- The page with all components ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def components(site: Path, guidance: Guidance, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page with all components, in a copy of the site."""
    return write_components(guidance, site, tmp_path_factory.mktemp("components") / "site")


@pytest.fixture
def components_page(page: Page, components: Path, serve: Callable[[Path], str]) -> Page:
    """The open page with all components. The reader's plan has its first action and its first row."""
    page.goto(f"{serve(components.parent)}/{COMPONENTS}")
    page.evaluate(
        """() => {
          const items = ["[data-keep]", ".item:has(details) [data-keep]"].map(selector =>
            ({ id: document.querySelector(selector).dataset.keep, status: "planned" }))
          const record = { format: "journey-plan", version: 1, objectives: [], items }
          localStorage.setItem("plan", JSON.stringify(record))
        }"""
    )
    page.reload()
    return page


def test_axe_finds_nothing_in_any_component(components_page: Page) -> None:
    for width in (1280, 320):
        components_page.set_viewport_size({"width": width, "height": 800})
        assert find_violations_in_both_colours(components_page) == []
    assert search_site(components_page, "homes")
    components_page.locator(".search__results mark").first.wait_for()
    assert find_violations_in_both_colours(components_page) == []


def test_no_component_runs_off_a_narrow_screen(components_page: Page) -> None:
    """Nor with text of twice the size."""
    search_site(components_page, "homes")
    for width, font_size in ((320, ""), (360, ""), (640, "200%"), (1280, "200%")):
        components_page.set_viewport_size({"width": width, "height": 800})
        components_page.evaluate(f"document.documentElement.style.fontSize = '{font_size}'")
        excess = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert components_page.evaluate(excess) <= 0, width


def test_components_have_no_flaws(components_page: Page) -> None:
    """Their page has several filled buttons."""
    for window in WINDOWS:
        components_page.set_viewport_size({"width": window["width"], "height": window["height"]})
        found = components_page.evaluate(MEASURE)
        assert len(found["buttons"]) == 2
        assert find_flaws(COMPONENTS, window, found | {"buttons": [], "shifts": [0, 0]}) == []


def test_components_show_all_their_states(components_page: Page) -> None:
    states = [
        ".quiet[aria-pressed=true]",
        ".quiet[aria-pressed=false]",
        ".quiet[aria-disabled=true]",
        ".button[aria-pressed=true]",
        ".button[aria-pressed=false]",
        "input:checked",
        "input:disabled",
        "input:read-only",
        ".item:has([aria-pressed=true]) details[open]",
        ".item:has([aria-pressed=true]) details:not([open])",
        ".item:has([aria-pressed=false]) details[open]",
        ".item:has([aria-pressed=false]) details:not([open])",
        ".stair[aria-current]",
        ".stairs:not(:has([aria-current]))",
        ".st:not(.st--inferred)",
        ".st--inferred",
        ".official--large",
        ".official:not(.official--large)",
        ".facts dl",
        ".menu a",
        ".mistakes li",
    ]
    missing = [state for state in states if not components_page.locator(state).locator("visible=true").count()]
    assert missing == []


LOOK_AT_FORCED_COLOURS = """() => {
  const EDGED = ".button, .stair, .card, .notice:not(.story *, .figures *), .st, [type=text], select, textarea, .top"
  const all = [...document.body.querySelectorAll("*")].filter(element => element.checkVisibility())
  const own = all.filter(element => getComputedStyle(element).forcedColorAdjust === "none")
  const boxes = all.filter(element => element.matches(EDGED))
  const sides = ["Top", "Right", "Bottom", "Left"]
  const unbordered = boxes.filter(element => {
    const style = getComputedStyle(element)
    return !sides.some(side => parseFloat(style[`border${side}Width`]) && style[`border${side}Style`] !== "none"
      && style[`border${side}Color`] !== style.backgroundColor)
  })
  return { own: own.map(element => element.outerHTML), unbordered: unbordered.map(element => element.outerHTML) }
}"""


def test_forced_colours_have_no_exceptions(components_page: Page) -> None:
    """Nothing keeps colours of its own, and what is filled otherwise has an edge."""
    components_page.emulate_media(forced_colors="active")
    try:
        assert components_page.evaluate(LOOK_AT_FORCED_COLOURS) == {"own": [], "unbordered": []}
        assert find_violations(components_page, COLOUR_RULES) == []
        any_page, current = (
            components_page.locator(f".menu a{state}").first.evaluate("e => getComputedStyle(e).borderLeftColor")
            for state in ("", "[aria-current]")
        )
        assert any_page != current
    finally:
        components_page.emulate_media(forced_colors="none")


# --- The style sheets ------------------------------------------------------------------------------------------------

CLASS = re.compile(r"\.([A-Za-z_-][\w-]*)")


def find_styled_classes(css: str) -> set[str]:
    """Return the classes that the selectors of a style sheet name."""
    selectors = re.findall(r"([^{};]+)\{", re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", css, flags=re.DOTALL))
    return {name for selector in selectors for name in CLASS.findall(selector)}


def find_used_classes(text: str) -> set[str]:
    """Return the classes of all elements in a page, or in the HTML that a script has in its data."""
    return {name for names in re.findall(r'class=\\?"([^"\\]*)', text) for name in names.split()}


def find_classes_of_scripts(script: str) -> set[str]:
    """Return the classes that a script gives to elements, also those that end with the status of an action."""
    statuses = [status.id for status in list_statuses(str)] + ["none"]
    names = set()
    for line in re.findall(r"\b(?:className|class|classList\.\w+)\W.*", script):
        for words in re.findall(r'["`]([^"`]*)["`]', line):
            for name in words.split():
                start, sign, _ = name.partition("${")
                names |= {start + status for status in statuses} if sign else {name}
    return names


def test_every_styled_class_is_used(site: Path, components: Path) -> None:
    """By a page, by the data that scripts show, or by a script. Other rules are left over: delete them."""
    used = find_used_classes(components.read_text(encoding="utf-8"))
    for path in [*site.rglob("*.html"), *site.glob("actions/*.js")]:
        used |= find_used_classes(path.read_text(encoding="utf-8"))
    for path in (site / "assets" / "javascripts").glob("*.js"):
        used |= find_classes_of_scripts(path.read_text(encoding="utf-8"))
    (sheet,) = (site / "assets" / "stylesheets").glob("*.css")
    styled = find_styled_classes(sheet.read_text(encoding="utf-8"))
    assert len(styled) > 100
    assert styled - used == set()


def test_classes_are_found() -> None:
    css = '@media (min-width: 39.99em) { .a:not(.b-c, [d]) > .e--f::after { content: ".g"; margin: .5rem } }'
    assert find_styled_classes(css) == {"a", "b-c", "e--f"}
    assert find_used_classes('<p class="a b">.c</p> {"html": "<p class=\\"d\\">"}') == {"a", "b", "d"}
    script = 'make("p", { className: "a b" }); x.classList.toggle("c", y === "z")\nset({ class: `d--${status}` })\n"e"'
    assert find_classes_of_scripts(script) >= {"a", "b", "c", "d--done", "d--none"}
    assert "e" not in find_classes_of_scripts(script)
