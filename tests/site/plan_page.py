"""The page of the plan, as its tests use it."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

Record = dict[str, Any]

PARKRUN, HOMES, LAND, STREETS = "help-a-parkrun-start", "empty-homes", "map-public-land", "play-streets"
"""Ids of actions that the tests keep."""

NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no storage') } })"
"""A script that takes the storage away from a browser."""


def make_record(*items: Record, **fields: object) -> Record:
    """Return a record with these items."""
    return {"format": "journey-plan", "version": 1, "objectives": [], "items": list(items), **fields}


def write_file(folder: Path, name: str, record: object) -> Path:
    """Write a record, or anything else, into a file that a reader could open."""
    path = folder / name
    path.write_text(json.dumps(record), encoding="utf-8")
    return path


def open_files(page: Page, *paths: Path) -> None:
    """Open files in the plan, and wait until the page says what it found."""
    page.locator("[data-open]").set_input_files(paths)
    page.locator("[data-files]:visible, .undo:visible").first.wait_for()


def open_plan(page: Page, root: str, record: Record) -> None:
    """Open the page of the plan in a browser that has stored this record."""
    page.goto(f"{root}/about/gaps.html")
    page.evaluate("text => localStorage.setItem('plan', text)", json.dumps(record))
    page.goto(f"{root}/shortlist.html")


def read_record(page: Page) -> Record:
    """Return the record that the browser has stored."""
    record: Record = json.loads(page.evaluate("localStorage.getItem('plan')"))
    return record


def save_file(page: Page) -> Record:
    """Save the record to a file and return what it has."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    assert download.value.suggested_filename.startswith("plan-")
    record: Record = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    return record


def shown_actions(page: Page) -> list[str]:
    """Return the ids of the actions that the plan shows, in its order."""
    ids: list[str] = page.locator(".items--kept > .item:visible").evaluate_all(
        "all => all.map(row => row.dataset.action)"
    )
    return ids


def header_count(page: Page) -> str:
    """Return the text of the link in the header, such as "Plan (2)"."""
    return page.locator("[data-plan-link]").inner_text()


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
    assert download.value.suggested_filename == "plan-actions.csv"
    return Path(download.value.path()).read_bytes()
