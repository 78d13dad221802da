"""The page of the plan, as its tests use it."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

Record = dict[str, Any]


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
