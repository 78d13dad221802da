"""The key "/" goes to the search field, except while readers write, and they can switch it off."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

FOCUSED_SEARCH = ".search__input:focus"
ACCESSIBILITY = "about/accessibility.html"
SWITCH = "Use / to go to the search field"


@pytest.mark.parametrize("address", ["index.html", "actions/empty-homes.html", "shortlist.html", "cy/index.html"])
def test_the_key_goes_to_the_search_field(page: Page, root: str, address: str) -> None:
    """The field is empty afterwards, and then the key types what it says."""
    page.goto(f"{root}/{address}")
    page.keyboard.press("/")
    field = page.locator(FOCUSED_SEARCH)
    expect(field).to_be_visible()
    expect(field).to_have_value("")
    page.keyboard.press("/")
    expect(field).to_have_value("/")


def test_the_key_selects_what_is_in_the_field(page: Page, online: str) -> None:
    page.goto(f"{online}/actions/empty-homes.html")
    page.locator("#query").fill("homes")
    page.get_by_role("main").focus()
    page.keyboard.press("/")
    page.keyboard.type("parks")
    expect(page.locator("#query")).to_have_value("parks")


def test_on_the_home_page_it_goes_to_the_field_in_the_page(page: Page, online: str) -> None:
    page.goto(f"{online}/index.html")
    page.keyboard.press("/")
    expect(page.locator(f"main {FOCUSED_SEARCH}")).to_be_visible()


def test_the_key_is_typed_where_readers_write(page: Page, online: str) -> None:
    """In a field, in text that can be edited, in a list to choose from, and in a dialog."""
    page.goto(f"{online}/actions/index.html")
    words = page.get_by_role("main").locator("input[type=text]").first
    words.click()
    page.keyboard.type("and/or")
    expect(words).to_have_value("and/or")
    expect(page.locator(FOCUSED_SEARCH)).to_have_count(0)
    page.evaluate(
        """() => {
          const main = document.querySelector("main")
          const area = Object.assign(document.createElement("textarea"), { className: "try" })
          const edited = Object.assign(document.createElement("div"), { className: "try", contentEditable: true })
          const list = Object.assign(document.createElement("select"), { className: "try" })
          const dialog = document.createElement("dialog")
          dialog.append(Object.assign(document.createElement("button"), { className: "try", textContent: "x" }))
          main.append(area, edited, list, dialog)
          dialog.show()
        }"""
    )
    assert page.locator(".try").count() == 4
    for element in page.locator(".try").all():
        element.focus()
        page.keyboard.press("/")
        expect(element).to_be_focused()


def test_the_key_works_from_a_checkbox_and_a_button(page: Page, online: str) -> None:
    """Nothing is written there."""
    page.goto(f"{online}/actions/index.html")
    for element in (page.get_by_role("checkbox").first, page.get_by_role("button", name="Dark")):
        element.focus()
        page.keyboard.press("/")
        expect(page.locator(FOCUSED_SEARCH)).to_be_visible()


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_the_key_with_another_one_does_nothing(page: Page, online: str, modifier: str) -> None:
    page.goto(f"{online}/actions/empty-homes.html")
    page.keyboard.press(f"{modifier}+/")
    expect(page.locator(FOCUSED_SEARCH)).to_have_count(0)


def test_some_keyboards_need_shift(page: Page, online: str) -> None:
    page.goto(f"{online}/actions/empty-homes.html")
    event = "new KeyboardEvent('keydown', { key: '/', shiftKey: true, bubbles: true })"
    page.evaluate(f"document.body.dispatchEvent({event})")
    expect(page.locator(FOCUSED_SEARCH)).to_be_visible()


def test_readers_can_switch_the_key_off(page: Page, root: str) -> None:
    """Their choice is remembered on all pages, also after a reload, and the field no longer mentions the key."""
    page.goto(f"{root}/{ACCESSIBILITY}")
    expect(page.locator("#query")).to_have_accessible_description(re.compile("press /"))
    switch = page.get_by_role("checkbox", name=SWITCH)
    expect(switch).to_be_checked()
    switch.uncheck()
    page.reload()
    expect(switch).not_to_be_checked()
    for address in (ACCESSIBILITY, "index.html", "cy/actions/empty-homes.html"):
        page.goto(f"{root}/{address}")
        page.keyboard.press("/")
        expect(page.locator(FOCUSED_SEARCH)).to_have_count(0)
        expect(page.locator("#query")).not_to_have_accessible_description(re.compile("/"))
    page.goto(f"{root}/{ACCESSIBILITY}")
    switch.check()
    page.keyboard.press("/")
    expect(page.locator(FOCUSED_SEARCH)).to_be_visible()
    expect(page.locator("#query")).to_have_accessible_description(re.compile("press /"))


def test_another_tab_takes_over_the_choice(page: Page, online: str) -> None:
    page.goto(f"{online}/actions/empty-homes.html")
    other = page.context.new_page()
    other.goto(f"{online}/{ACCESSIBILITY}")
    other.get_by_role("checkbox", name=SWITCH).uncheck()
    expect(page.locator("#query")).not_to_have_accessible_description(re.compile("/"))
    page.keyboard.press("/")
    expect(page.locator(FOCUSED_SEARCH)).to_have_count(0)


def test_where_nothing_is_stored_the_choice_lasts_as_long_as_the_page(browser: Browser, online: str) -> None:
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })")
    page = context.new_page()
    page.goto(f"{online}/{ACCESSIBILITY}")
    page.get_by_role("checkbox", name=SWITCH).uncheck()
    page.keyboard.press("/")
    expect(page.locator(FOCUSED_SEARCH)).to_have_count(0)
    page.get_by_role("checkbox", name=SWITCH).check()
    page.keyboard.press("/")
    expect(page.locator(FOCUSED_SEARCH)).to_be_visible()
    context.close()


def test_without_javascript_there_is_no_switch(browser: Browser, online: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{online}/{ACCESSIBILITY}")
    expect(page.get_by_text("The shortcut needs JavaScript")).to_be_visible()
    expect(page.get_by_role("checkbox", name=SWITCH)).to_be_hidden()
    context.close()
