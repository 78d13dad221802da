"""Keeping actions in the plan: what is kept stays there, with its note."""

from pathlib import Path

from conftest import CHROMIUM, CHROMIUM_OPTIONS
from plan_page import HOMES, PARKRUN, find_field, header_count, mailed_address, press, show, shown_actions, take_plan
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.guidance import Guidance

LISTING = [
    "actions/index.html",
    "actions/design-for-neighbourliness.html",
    "journeys/cohesive-communities.html",
    "topics/people-active-in-their-communities.html",
    "topics/people-active-in-their-communities/ambition.html",
    "themes/funding.html",
    "organisations/united-welsh.html",
    "statutory/planning-policy-wales.html",
    "case-studies/sara-in-southwick.html",
]
"""One address for each kind of page that lists actions."""

READ_LIST = """() => {
  const links = [...document.querySelectorAll("article a")].filter(link => !link.closest(".around"))
  const buttons = [...document.querySelectorAll("[data-keep]")]
  const { width, height } = buttons[0].getBoundingClientRect()
  return [links.map(link => link.href), buttons.map(button => button.dataset.keep), Math.min(width, height)]
}"""
"""Returns the links of a page, the ids of the actions that can be kept there, and the first button's size in pixels."""


def test_every_action_can_be_kept_where_it_is_listed(page: Page, root: str, guidance: Guidance) -> None:
    actions = {action.key: action for action in guidance.actions}
    for address in LISTING:
        page.goto(f"{root}/{address}")
        page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
        listed, kept, size = page.evaluate(READ_LIST)
        assert set(kept) == {
            key for key, action in actions.items() if f"{root}/{action.address}" in [*listed, page.url]
        }
        assert size >= 24
        button = page.locator("[data-keep]").first
        expect(button).to_have_accessible_name(f"Add to plan: {actions[kept[0]].title.plain}")
        expect(button).to_have_attribute("aria-pressed", "false")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert header_count(page) == "Plan (1)"
        expect(page.locator("[data-plan-link]")).to_have_attribute("aria-live", "polite")
        page.reload()
        page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
        expect(button).to_have_attribute("aria-pressed", "true")
        button.click()
        assert header_count(page) == "Plan (0)"


def test_thirty_actions_stay_and_travel_by_address(browser: Browser, root: str, tmp_path: Path) -> None:
    """They are there after a reload, after closing the browser, and in another browser that opens the mailed link."""

    def start() -> BrowserContext:
        return browser.browser_type.launch_persistent_context(tmp_path, executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)

    context = start()
    page = context.new_page()
    page.goto(f"{root}/actions/index.html")
    ids = page.locator("[data-keep]").evaluate_all(
        "all => all.slice(0, 30).reverse().map(button => { button.click(); return button.dataset.keep })"
    )
    assert len(ids) == 30
    page.reload()
    assert header_count(page) == "Plan (30)"
    context.close()

    context = start()
    page = context.new_page()
    page.goto(f"{root}/shortlist.html")
    assert shown_actions(page) == ids
    assert page.url.endswith("#ids=" + ",".join(ids))
    address = page.url if root.startswith("file") else mailed_address(page)
    context.close()

    other = browser.new_context()
    page = other.new_page()
    page.goto(address)
    assert shown_actions(page) == ids
    assert header_count(page) == "Plan (0)"
    press(page, "add")
    assert header_count(page) == "Plan (30)"
    other.close()


def test_going_back_to_the_plan_shows_what_was_kept_since(page: Page, root: str) -> None:
    take_plan(page, f"{root}/shortlist.html#ids={PARKRUN}")
    page.goto(f"{root}/actions/{HOMES}.html")
    page.get_by_role("button", name="Add to plan: Consider").click()
    page.go_back()
    page.wait_for_url(f"**/shortlist.html#ids={PARKRUN},{HOMES}")
    assert shown_actions(page) == [PARKRUN, HOMES]
    expect(page.locator("[data-other]")).to_be_hidden()


def test_a_note_outlives_its_action_but_not_clear_all(page: Page, root: str) -> None:
    take_plan(page, f"{root}/shortlist.html#ids={HOMES}")
    find_field(page, HOMES, "note").fill("of the homes")
    press(page, "remove", HOMES)
    show(page, "earlier")
    expect(page.get_by_text("What you wrote about actions that you removed is still kept")).to_be_visible()
    page.goto(f"{root}/actions/{HOMES}.html")
    for _ in range(3):  # keep, drop, keep
        page.locator("main [data-keep]").first.click()
    page.goto(f"{root}/shortlist.html")
    expect(find_field(page, HOMES, "note")).to_have_value("of the homes")
    press(page, "remove", HOMES)
    page.reload()
    press(page, "clear")
    expect(page.locator("[data-notes]")).to_be_hidden()
    page.goto("about:blank")
    take_plan(page, f"{root}/shortlist.html#ids={HOMES}")
    expect(find_field(page, HOMES, "note")).to_have_value("")
    assert page.evaluate("JSON.stringify(localStorage).includes('of the homes')") is False


def test_the_field_grows_with_a_long_note(page: Page, online: str) -> None:
    take_plan(page, f"{online}/shortlist.html#ids={HOMES}")
    note = find_field(page, HOMES, "note")
    assert note.evaluate("e => e.clientHeight > 40")
    note.fill("line\n" * 9 + "line")
    assert note.evaluate("e => e.scrollHeight <= e.clientHeight")
    note.fill("line\n" * 200)
    assert note.evaluate("e => e.clientHeight < innerHeight")
