"""Links beside headings and citations can be copied. Where the browser doesn't allow that, nothing breaks."""

from playwright.sync_api import Browser, Page, expect
from site_pages import NO_CLIPBOARD

ACTION = "actions/empty-homes.html"


def test_a_link_to_a_heading(browser: Browser, root: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{root}/{ACTION}")
    example = page.locator(".headed", has=page.get_by_role("heading", name="Example"))
    example.get_by_role("link", name="Copy link to this section").click()
    expect(page.locator("[data-page-status]")).to_have_text("Copied. You can paste it now.")
    assert page.url == page.evaluate("navigator.clipboard.readText()") == f"{root}/{ACTION}#examples"
    context.close()


def test_a_citation(browser: Browser, root: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{root}/{ACTION}")
    page.get_by_role("button", name="Copy citation").click()
    expect(page.locator("[data-page-status]")).to_have_text("Copied. You can paste it now.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Understand that empty homes can blight communities.")
    assert copied.endswith(ACTION)
    context.close()


def test_without_a_clipboard(page: Page, root: str) -> None:
    page.add_init_script(NO_CLIPBOARD)
    page.goto(f"{root}/{ACTION}")
    page.get_by_role("link", name="Copy link to this section").first.click()
    assert page.url == f"{root}/{ACTION}#examples"
    page.get_by_role("button", name="Copy citation").click()
    assert page.evaluate("String(getSelection())").startswith("“Understand that empty homes")
