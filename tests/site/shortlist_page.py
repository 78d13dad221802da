"""The shortlist's page, as its tests use it."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

PARKRUN, HOMES, LAND, STREETS = "help-a-parkrun-start", "empty-homes", "map-public-land", "play-streets"
"""Ids of actions that the tests keep."""

NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no storage') } })"
"""A script that takes the storage away from a browser."""


def shown_actions(page: Page) -> list[str]:
    """Return the ids of the actions that the shortlist shows, in its order."""
    ids: list[str] = page.locator(".items--kept > .item:visible").evaluate_all(
        "all => all.map(row => row.dataset.action)"
    )
    return ids


def header_count(page: Page) -> str:
    """Return the text of the link in the header, such as "Shortlist (2)"."""
    return page.locator("[data-shortlist]").inner_text()


def mailed_address(page: Page) -> str:
    """Return the address at the end of the mail."""
    return mailed_text(page).splitlines()[-1]


def mailed_text(page: Page) -> str:
    """Return the text of the mail."""
    href = page.get_by_role("link", name="Send by email").get_attribute("href") or ""
    return parse_qs(urlsplit(href).query)["body"][0]


def press(page: Page, button: str, action: str = "") -> None:
    """Press the visible button that does `button`, such as "undo", or the one in the row of an action."""
    row = page.locator(f"[data-action={action}]") if action else page
    row.locator(f"[data-do={button}]:visible").click()


def save_csv(page: Page) -> bytes:
    """Press the button that saves the list as a spreadsheet and return the downloaded file."""
    with page.expect_download() as download:
        press(page, "table")
    assert download.value.suggested_filename == "shortlist.csv"
    return Path(download.value.path()).read_bytes()
