"""Links beside headings and citations can be copied. Where the browser doesn't allow that, nothing breaks."""

from playwright.sync_api import Page, expect
from site_pages import choose_clipboard

ACTION = "actions/empty-homes.html"


def test_a_link_to_a_heading(page: Page, root: str) -> None:
    page.goto(f"{root}/{ACTION}")
    choose_clipboard(page, True)
    example = page.locator(".headed", has=page.get_by_role("heading", name="Example"))
    example.get_by_role("link", name="Copy link to this section").click()
    expect(page.locator("[data-page-status]")).to_have_text("Copied. You can paste it now.")
    assert page.url == page.evaluate("navigator.clipboard.readText()") == f"{root}/{ACTION}#examples"


def test_the_address_of_the_page(page: Page, root: str) -> None:
    page.goto(f"{root}/{ACTION}#examples")
    choose_clipboard(page, True)
    page.get_by_role("link", name="Copy link", exact=True).click()
    expect(page.locator("[data-page-status]")).to_have_text("Copied. You can paste it now.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{root}/{ACTION}"


def test_a_citation(page: Page, root: str) -> None:
    page.goto(f"{root}/{ACTION}")
    choose_clipboard(page, True)
    page.get_by_role("link", name="Cite", exact=True).click()
    page.get_by_role("button", name="Copy citation").click()
    expect(page.locator("[data-page-status]")).to_have_text("Copied. You can paste it now.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Understand that empty homes can blight communities.")
    assert copied.endswith(ACTION)


def test_without_a_clipboard(page: Page, online: str) -> None:
    page.goto(f"{online}/{ACTION}")
    choose_clipboard(page, False)
    page.get_by_role("link", name="Copy link to this section").first.click()
    assert page.url == f"{online}/{ACTION}#examples"
    page.get_by_text("Cite this action").click()
    page.get_by_role("button", name="Copy citation").click()
    assert page.evaluate("String(getSelection())").startswith("“Understand that empty homes")
