"""The page of the plan, as its tests use it."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page

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


PREFIX = "journey-to-cohesive-communities:"
"""What the names of the keys in the browser's storage begin with."""


def divide_record(record: Record) -> dict[str, str]:
    """Return what a browser that has this record stores, by key."""
    fields = {name: value for name, value in record.items() if name not in ("format", "items", "removed", "objectives")}
    stored = {f"field:{name}": value for name, value in fields.items()}
    for kind, name in (("item", "items"), ("item", "removed"), ("objective", "objectives")):
        for number, entry in enumerate(record.get(name, ())):
            rest = {field: value for field, value in entry.items() if field != "id"}
            stored |= {f"{kind}:{entry['id']}": rest} if rest else {}
            stored |= {f"{kind}-place:{entry['id']}": number + 1} if name != "removed" else {}
    return {PREFIX + key: json.dumps(value) for key, value in stored.items()}


def join_record(stored: dict[str, str]) -> Record:
    """Return the record that a browser has stored in these keys."""
    parts: dict[str, dict[str, Any]] = {}
    for key, text in stored.items():
        if key.startswith(PREFIX):
            kind, _, id = key.removeprefix(PREFIX).partition(":")
            parts.setdefault(kind, {})[id] = text if kind in ("aside", "version") else json.loads(text)
    items, objectives = parts.get("item", {}), parts.get("objective", {})
    places, orders = parts.get("item-place", {}), parts.get("objective-place", {})
    return {
        "format": "journey-plan",
        **parts.get("field", {}),
        "objectives": [{"id": id, **objectives.get(id, {})} for id in sorted(orders, key=orders.__getitem__)],
        "items": [{"id": id, **items.get(id, {})} for id in sorted(places, key=places.__getitem__)],
        "removed": [{"id": id, **item} for id, item in items.items() if id not in places],
    }


def store_record(page: Page, record: Record) -> None:
    """Store a record in the browser in place of what it has stored. A page of the site is open."""
    stored = divide_record(record)
    page.evaluate("stored => { localStorage.clear(); Object.assign(localStorage, stored) }", stored)


def open_plan(page: Page, root: str, record: Record) -> None:
    """Open the page of the plan in a browser that has stored this record."""
    page.goto(f"{root}/about/gaps.html")
    store_record(page, record)
    page.goto(f"{root}/shortlist.html")


def read_stored(page: Page) -> dict[str, str]:
    """Return all that the browser has stored, by key."""
    stored: dict[str, str] = page.evaluate("({ ...localStorage })")
    return stored


def read_record(page: Page) -> Record:
    """Return the record that the browser has stored."""
    return join_record(read_stored(page))


def save_file(page: Page) -> Record:
    """Save the record to a file and return what it has."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my plan").click()
    assert download.value.suggested_filename.startswith("plan-")
    record: Record = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    return record


def shown_actions(page: Page) -> list[str]:
    """Return the ids of the actions that the plan shows, in its order."""
    ids: list[str] = page.locator(".plan__table > [data-action]:visible").evaluate_all(
        "all => all.map(row => row.dataset.action)"
    )
    return ids


def header_count(page: Page) -> str:
    """Return the text of the link in the header, such as "Plan (2)"."""
    return (page.locator("[data-plan-link]").text_content() or "").strip()


def mailed_address(page: Page) -> str:
    """Return the address at the end of the mail."""
    return mailed_text(page).splitlines()[-1]


def mailed_text(page: Page) -> str:
    """Return the text of the mail."""
    href = page.locator("[data-mail]").get_attribute("href") or ""
    return parse_qs(urlsplit(href).query)["body"][0]


def show(page: Page, view: str) -> None:
    """Show a view of the plan, such as "report"."""
    page.locator(f".plan a[href='#{view}']:visible").first.click()
    page.locator(f"[data-view={view}]:not([hidden])").wait_for(state="attached")


def open_row(page: Page, action: str) -> Locator:
    """Open the row of an action, and return it."""
    row = page.locator(f"[data-action={action}]")
    if row.locator("[data-do=edit]").get_attribute("aria-expanded") == "false":
        row.locator("[data-do=edit]").click()
    return row


def find_field(page: Page, action: str, name: str) -> Locator:
    """Open the row of an action, and return one of its fields."""
    return open_row(page, action).locator(f"[data-field={name}]")


def open_menu(page: Page) -> Locator:
    """Open the menu of what can be done with the plan, and return it."""
    menu = page.locator("[data-share]")
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    return menu


def press(page: Page, button: str, action: str = "") -> None:
    """Press the button that does `button`, such as "undo", or the one in the row of an action."""
    row = page.locator(f"[data-action={action}]") if action else page
    if action and row.locator(f"[data-do={button}]").is_hidden():
        open_row(page, action)
    if page.locator(f"[data-share] [data-do={button}]").count():
        open_menu(page)
    for view in page.locator(f"[data-view][hidden]:has([data-do={button}])").all():
        if button in ("clear", "word", "copy-report"):
            show(page, view.get_attribute("data-view") or "")
    row.locator(f"[data-do={button}]:visible").click()


def save_csv(page: Page) -> bytes:
    """Press the button that saves the list as a spreadsheet and return the downloaded file."""
    with page.expect_download() as download:
        press(page, "table")
    assert download.value.suggested_filename == "plan-actions.csv"
    return Path(download.value.path()).read_bytes()


def take_plan(page: Page, address: str) -> None:
    """Open a link to a plan, and make it the reader's own."""
    page.goto(address)
    page.locator("[data-do=add]:visible").click()
    page.locator(".plan__table > [data-action]:visible [data-field=status]").first.wait_for()
    page.reload()  # now there is nothing to undo
