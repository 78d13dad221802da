"""The plan in Firefox, opened from a folder: each page has a storage of its own, and cookies end with the browser."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from firefox import Firefox
from icalendar import Calendar
from plan_page import HOMES, LAND, PARKRUN, PREFIX, STREETS, join_record

COUNT = "document.querySelector('[data-plan-link]').textContent"
TOLD = "document.querySelector('[data-page-status]').textContent"
KEEP = "document.querySelector('main [data-keep]').click()"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """A real Firefox."""
    running = Firefox(tmp_path_factory.mktemp("firefox") / "profile")
    yield running
    running.close()


def read_plan(firefox: Firefox, root: str) -> list[dict[str, str]]:
    """Open the plan and return what it has stored, which is what it shows."""
    firefox.open(f"{root}/shortlist.html")
    items: list[dict[str, str]] = join_record(firefox.evaluate("({ ...localStorage })"))["items"]
    shown = firefox.evaluate(
        "[...document.querySelectorAll('.plan__table > [data-action]')].map(row => row.dataset.action)"
    )
    assert shown == [item["id"] for item in items]
    return items


def test_nothing_is_lost_across_restarts(firefox: Firefox, site: Path) -> None:
    root = site.as_uri()
    for action in (HOMES, PARKRUN):
        firefox.open(f"{root}/actions/{action}.html")
        firefox.evaluate(KEEP)
        assert firefox.evaluate(TOLD).startswith("Open your plan before you close the browser")
    assert firefox.evaluate(COUNT) == "Plan (+2)"
    assert read_plan(firefox, root) == [{"id": HOMES}, {"id": PARKRUN}]
    assert firefox.evaluate("document.querySelector('[data-split]').hidden") is False
    firefox.evaluate(
        f"(field => {{ field.value = 'Tŷ gwag'; field.dispatchEvent(new Event('input', {{ bubbles: true }})) }})"
        f"(document.querySelector('[data-action={HOMES}] [data-field=note]'))"
    )
    firefox.restart()

    firefox.open(f"{root}/index.html")
    assert firefox.evaluate(COUNT) == "Plan (…)"  # only the plan knows
    for action in (LAND, STREETS):
        firefox.open(f"{root}/actions/{action}.html")
        firefox.evaluate(KEEP)
    firefox.evaluate(KEEP)  # the reader has changed their mind
    expected = [{"id": HOMES, "note": "Tŷ gwag"}, {"id": PARKRUN}, {"id": LAND}]
    assert read_plan(firefox, root) == expected
    assert firefox.evaluate(COUNT) == "Plan (3)"
    firefox.restart()
    assert read_plan(firefox, root) == expected


def test_only_the_plan_has_statuses(firefox: Firefox, site: Path) -> None:
    """The other pages cannot store them, so they have no field for them."""
    firefox.open(f"{site.as_uri()}/actions/{HOMES}.html")
    assert firefox.evaluate("document.querySelector('[data-status-of]').checkVisibility()") is False
    firefox.open(f"{site.as_uri()}/shortlist.html")
    assert firefox.evaluate("document.querySelector('.plan__table [data-field=status]').checkVisibility()") is True


def test_no_more_is_kept_than_fits(firefox: Firefox, site: Path) -> None:
    """A cookie has room for some 60 actions. The page says so before any is lost."""
    root = site.as_uri()
    firefox.open(f"{root}/actions/{HOMES}.html")
    ids = ",".join(f"{'x' * 57}-{number:02}" for number in range(65))
    cookie = PREFIX.rstrip(":")
    firefox.evaluate(f"document.cookie = '{cookie}={ids}; path=/'")
    firefox.evaluate(KEEP)
    assert firefox.evaluate(TOLD) == "There is no room for more. Open your plan first."
    assert firefox.evaluate(f"document.cookie.match(/{cookie}=([^;]*)/)[1]") == ids
    firefox.evaluate(f"document.cookie = '{cookie}=; path=/; max-age=0'")


def test_files_that_leave_and_come_back(firefox: Firefox, site: Path) -> None:
    """Firefox makes a Word file and a calendar from a folder, too, and finds what changed in a table."""
    firefox.open(f"{site.as_uri()}/shortlist.html")
    load = "Promise.all([site.word.load(), site.csv.load()]).then(() => 1)"
    firefox.send("script.evaluate", expression=load, target={"context": firefox.tab}, awaitPromise=True)
    report = {"title": "Tŷ 🏠", "sections": [{"heading": "A", "paragraphs": ["1. one\n\u0000- two"]}]}
    word = firefox.evaluate(f"[...site.word.make({json.dumps(report)}, site.data.get('plan/word'))]")
    paragraphs = Document(BytesIO(bytes(word))).paragraphs
    assert [paragraph.text for paragraph in paragraphs] == ["Tŷ 🏠", "A", "one", "- two"]
    entry = {"id": HOMES, "title": "Tŷ 🏠 " * 20, "by": "2027-03-31"}
    calendar = firefox.evaluate(f"site.calendar.make([{json.dumps(entry)}], {{ now: new Date(0) }})")
    assert Calendar.from_ical(calendar).walk("VEVENT")[0]["SUMMARY"] == entry["title"]
    table = list("Cyfeirnod;Erbyn;Arweinydd\r\nempty-homes;31-Maw-27;Café\r\n".encode("windows-1252"))
    changes = firefox.evaluate(f"""site.csv.findChanges(site.csv.parse(new Uint8Array({table}).buffer).rows,
      site.data.get("plan/table"), [{{ id: "{HOMES}" }}]).changes""")
    assert [change["after"] for change in changes] == ["Café", "2027-03-31"]
