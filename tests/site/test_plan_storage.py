"""Where the plan is stored: several tabs, and browsers that store nothing, are full or lose everything."""

import pytest
from plan_page import (
    HOMES,
    LAND,
    NO_STORAGE,
    PARKRUN,
    PREFIX,
    find_field,
    header_count,
    make_record,
    press,
    read_stored,
    shown_actions,
    store_record,
    take_plan,
)
from playwright.sync_api import BrowserContext, Page, expect


def test_hostile_storage(page: Page, root: str) -> None:
    for stored in ["<img src=x onerror=window.harmed=1>,{},null,,", "x" * 500_000]:
        page.goto(f"{root}/actions/{HOMES}.html")
        keys = [
            "shortlist",
            "plan",
            *(PREFIX + key for key in ("field:name", f"item:{LAND}", "item-place:<b>", "aside:1")),
        ]
        page.evaluate(
            "stored => { localStorage.clear(); Object.assign(localStorage, stored) }", dict.fromkeys(keys, stored)
        )
        page.goto(f"{root}/shortlist.html")
        assert shown_actions(page) == []
        page.go_back()
        page.get_by_role("button", name="Add to plan: Consider").click()
        page.locator("[data-plan-link]").click()
        page.wait_for_url(f"**/shortlist.html#ids=*{HOMES}")
        assert shown_actions(page) == [HOMES]
        assert page.evaluate("window.harmed") is None
        assert {key: read_stored(page)[key] for key in keys[:2]} == dict.fromkeys(keys[:2], stored)


def test_two_tabs_show_each_others_changes(context: BrowserContext, root: str) -> None:
    """Neither tab overwrites what the other stored.

    Clicks in the tab behind are dispatched: a real click waits until the tab is drawn, which is only once a second.
    """
    first, second = context.new_page(), context.new_page()
    take_plan(first, f"{root}/shortlist.html#ids={PARKRUN},{HOMES}")
    second.goto(f"{root}/actions/{LAND}.html")
    note = find_field(first, PARKRUN, "note")
    note.press_sequentially("half a ")
    second.get_by_role("button", name="Add to plan: Map").click()
    expect(first.locator(".plan__table > [data-action]:visible")).to_have_count(3)
    expect(note).to_be_focused()
    note.press_sequentially("note")
    second.goto(f"{root}/shortlist.html")
    assert shown_actions(second) == [PARKRUN, HOMES, LAND]
    expect(find_field(second, PARKRUN, "note")).to_have_value("half a note")
    find_field(second, LAND, "note").fill("of the second tab")
    first.locator(f"[data-action={HOMES}] [data-do=remove]").dispatch_event("click")
    expect(second.locator(".plan__table > [data-action]:visible")).to_have_count(2)
    expect(find_field(first, LAND, "note")).to_have_value("of the second tab")
    press(second, "up", LAND)
    expect(first.locator(".plan__table > [data-action]:visible").first).to_have_attribute("data-action", LAND)
    first.get_by_role("button", name="Undo").dispatch_event("click")
    expect(second.locator(".plan__table > [data-action]:visible")).to_have_count(3)
    assert set(shown_actions(first)) == {PARKRUN, HOMES, LAND}
    expect(first.locator("[data-plan-link] [data-kept]")).to_have_text("3")


def test_a_browser_without_storage(context: BrowserContext, root: str) -> None:
    """The window carries the list from page to page, and the address carries it to other windows."""
    page = context.new_page()
    page.add_init_script(NO_STORAGE)
    page.goto(f"{root}/themes/housing-and-design.html")
    page.get_by_role("button", name="Add to plan: Consider").click()
    assert header_count(page) == "Plan (1)"
    page.get_by_role("navigation", name="Site", exact=True).get_by_role("link", name="All actions").click()
    page.wait_for_url("**/actions/index.html")
    assert header_count(page) == "Plan (1)"
    page.get_by_role("button", name="Add to plan: Help a parkrun start").click()
    page.go_back()
    page.wait_for_url("**/housing-and-design.html")
    assert header_count(page) == "Plan (2)"
    page.reload()
    page.locator("[data-plan-link]").click()
    page.wait_for_url(f"**/shortlist.html#ids={HOMES},{PARKRUN}")
    assert shown_actions(page) == [HOMES, PARKRUN]
    expect(page.get_by_text("This browser does not keep your plan between visits.")).to_be_visible()
    find_field(page, HOMES, "note").fill("for this page")
    press(page, "remove", HOMES)
    page.get_by_role("button", name="Undo").click()
    expect(find_field(page, HOMES, "note")).to_have_value("for this page")
    press(page, "up", PARKRUN)
    page.reload()
    assert shown_actions(page) == [PARKRUN, HOMES]
    other = context.new_page()
    other.add_init_script(NO_STORAGE)
    other.goto(page.url)
    assert shown_actions(other) == [PARKRUN, HOMES]


def test_a_browser_whose_storage_is_full(context: BrowserContext, root: str) -> None:
    page = context.new_page()
    take_plan(page, f"{root}/shortlist.html#ids={PARKRUN}")
    find_field(page, PARKRUN, "note").fill("from before")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    page.goto(f"{root}/actions/{HOMES}.html")
    page.get_by_role("button", name="Add to plan: Consider").click()
    page.get_by_role("link", name="Home", exact=True).first.click()
    page.wait_for_url("**/index.html*")
    assert header_count(page) == "Plan (2)"
    page.locator("[data-plan-link]").click()
    page.wait_for_url("**/shortlist.html*")
    assert shown_actions(page) == [PARKRUN, HOMES]
    expect(find_field(page, PARKRUN, "note")).to_have_value("from before")
    find_field(page, HOMES, "note").fill("not kept")
    expect(page.get_by_text("This browser does not keep your plan between visits.")).to_be_visible()
    expect(find_field(page, HOMES, "note")).to_have_value("not kept")


def test_a_browser_whose_storage_was_emptied(page: Page, root: str) -> None:
    """The address still has the list. A list that the reader emptied stays empty."""
    take_plan(page, f"{root}/shortlist.html#ids={PARKRUN},{HOMES}")
    page.evaluate("localStorage.clear()")
    page.reload()
    assert shown_actions(page) == [PARKRUN, HOMES]
    press(page, "add")
    assert header_count(page) == "Plan (2)"
    for action in (PARKRUN, HOMES):
        page.goto(f"{root}/actions/{action}.html")
        page.locator("main [data-keep]").first.click()
    page.go_back()
    page.go_back()
    page.wait_for_url("**/shortlist.html")
    assert shown_actions(page) == []


@pytest.mark.parametrize("event", ["focus", "pageshow"])
def test_returning_shows_what_another_tab_kept(page: Page, root: str, event: str) -> None:
    """Not every browser notifies pages in the background, or pages that the reader left."""
    page.goto(f"{root}/actions/{HOMES}.html")
    store_record(page, make_record({"id": HOMES}, {"id": PARKRUN}))
    assert header_count(page) == "Plan (0)"
    page.evaluate("event => dispatchEvent(new Event(event))", event)
    assert header_count(page) == "Plan (2)"
    expect(page.locator("main [data-keep]").first).to_have_attribute("aria-pressed", "true")
