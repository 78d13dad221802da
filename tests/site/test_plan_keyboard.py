"""The plan for everyone: without JavaScript, by keyboard, and checked by axe in every state."""

import re

import pytest
from axe import find_violations_in_both_colours
from plan_page import HOMES, press, show, shown_actions
from playwright.sync_api import Browser, Page, expect
from site_pages import NO_CLIPBOARD


def test_the_plan_without_javascript(browser: Browser, online: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{online}/actions/{HOMES}.html")
    expect(page.locator("button:visible")).to_have_count(0)
    page.get_by_role("link", name="Plan").click()
    expect(page.get_by_text("The plan needs JavaScript, which is off in this browser.")).to_be_visible()
    expect(page.locator(".item:visible")).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="All actions").click()
    expect(page.locator(".items a:visible")).to_have_count(3)  # a link to the actions of each grade
    context.close()


NAME_OF_FOCUS = """() => {
  const e = document.activeElement
  return e.getAttribute("aria-label") ?? (e.labels?.[0] ?? e).textContent.trim()
}"""
"""Returns the accessible name of the element that has the focus."""


def test_the_plan_by_keyboard(page: Page, online: str) -> None:
    """Find, keep, order, note, remove and undo with Tab, Enter and letters. Each step is announced."""

    def tab_to(name: str) -> None:
        """Press Tab until the element of that name has the focus."""
        for _ in range(200):
            page.keyboard.press("Tab")
            if page.evaluate(NAME_OF_FOCUS) == name:
                return
        pytest.fail(f"Tab does not reach {name}")

    page.goto(f"{online}/actions/index.html")
    tab_to("Words to look for")
    page.keyboard.type("time credits")
    expect(page.locator("[data-count]")).to_have_text(re.compile(r"^[2-9] of 57 actions"))
    first, second = (
        button.get_attribute("aria-label") or "" for button in page.locator("[data-keep]:visible").all()[:2]
    )
    tab_to(first)
    page.keyboard.press("Space")
    expect(page.locator("[data-plan-link]")).to_have_text("Plan (1)")
    tab_to(second)
    page.keyboard.press("Enter")
    expect(page.locator("[data-plan-link]")).to_have_text("Plan (2)")
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('[data-plan-link]')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/shortlist.html#ids=*")
    title = first.removeprefix("Add to plan: ")
    order = shown_actions(page)
    status = page.locator("[data-status]")
    expect(status).to_have_role("status")
    page.locator(".path a").focus()
    tab_to(f"Down: {title}")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_accessible_name(f"Down: {title}")
    assert shown_actions(page) == order[::-1]
    expect(status).to_have_text(f"{title} is now 2 of 2")
    tab_to(f"Details: {title}")
    page.keyboard.press("Enter")
    tab_to(f"Private note: {title}")
    page.keyboard.type("Thursday")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(":focus")).to_have_accessible_name(f"Remove from the plan: {title}")
    page.keyboard.press("Enter")
    assert shown_actions(page) == [order[1]]
    expect(status).to_have_text(f"Removed: {title}")
    page.keyboard.press("Enter")
    assert shown_actions(page) == order[::-1]
    tab_to(f"Details: {title}")
    page.keyboard.press("Enter")
    expect(page.get_by_label(f"Private note: {title}")).to_have_value("Thursday")


def test_axe_finds_nothing_in_any_state(page: Page, online: str) -> None:
    """Each state is reached on a narrow screen and checked at two widths."""
    violations = {}

    def check(state: str) -> None:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            violations[f"{state}, {width}"] = find_violations_in_both_colours(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (state, width)

    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{online}/actions/index.html#words=park&example=yes&theme=sport")
    page.locator(".item [data-keep]:visible").first.click()
    check("filtered, open, kept")
    page.goto(f"{online}/actions/index.html#words=park&theme=food&scope=national")
    page.reload()
    page.evaluate(NO_CLIPBOARD)
    page.get_by_role("button", name="Copy link to this list").click()
    expect(page.locator("[data-by-hand]")).to_be_visible()
    check("nothing left")
    page.goto(f"{online}/themes/funding.html")
    page.locator("[data-keep]").first.click()
    check("kept in a list")
    page.goto(f"{online}/shortlist.html")
    press(page, "up", shown_actions(page)[1])
    check("plan")
    press(page, "remove", shown_actions(page)[0])
    check("removed")
    page.goto("about:blank")
    page.goto(f"{online}/shortlist.html#ids={HOMES},unknown")
    page.evaluate(NO_CLIPBOARD)
    check("another's list")
    press(page, "add")
    press(page, "copy")
    expect(page.locator("[data-by-hand]")).to_be_visible()
    press(page, "remove", HOMES)
    page.reload()
    page.locator(".plan__table").evaluate("() => localStorage.setItem('note:empty-homes', 'left')")
    page.reload()
    show(page, "earlier")
    expect(page.locator("[data-notes]")).to_be_visible()
    check("only a note left")
    assert {state: broken for state, broken in violations.items() if broken} == {}
