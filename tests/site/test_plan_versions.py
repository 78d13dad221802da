"""Earlier versions of the plan, which the reader can bring back."""

import json
from datetime import UTC, datetime, timedelta

from plan_page import HOMES, LAND, PREFIX, STREETS, make_record, open_plan, press, read_record, read_stored
from playwright.sync_api import Page

OWN = make_record({"id": HOMES, "note": "mine"}, objectives=[{"id": "o1", "text": "Good homes"}])
LIST = "site.versions.list()"


def change_note(page: Page, text: str) -> None:
    """Change a note in the record."""
    page.evaluate("text => site.record.change(record => { record.items[0].note = text })", text)


def make_older(page: Page, minutes: int) -> None:
    """Make all versions older, as if that much time had passed."""
    stored = {key: text for key, text in read_stored(page).items() if key.startswith(f"{PREFIX}version:")}
    for key, text in sorted(stored.items()):
        when = datetime.fromisoformat(key.removeprefix(f"{PREFIX}version:")) - timedelta(minutes=minutes)
        new = f"{PREFIX}version:{when.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%S.%f')[:-3]}Z"
        page.evaluate(
            "([old, key, text]) => { localStorage.removeItem(old); localStorage[key] = text }", [key, new, text]
        )


def test_a_version_every_ten_minutes_and_five_in_all(page: Page, online: str) -> None:
    open_plan(page, online, OWN)
    assert page.evaluate(LIST) == []
    for number in range(7):
        change_note(page, f"note {number}")
        change_note(page, f"note {number}, corrected")
        assert len(page.evaluate(LIST)) == min(number + 1, 5)
        make_older(page, 9)
        change_note(page, f"note {number}, nine minutes later")
        assert len(page.evaluate(LIST)) == min(number + 1, 5)
        make_older(page, 1)
    versions = page.evaluate(LIST)
    assert [version["when"] for version in versions] == sorted((version["when"] for version in versions), reverse=True)
    assert [(version["items"], version["objectives"]) for version in versions] == [(1, 1)] * 5
    assert page.evaluate("when => site.versions.get(when)", versions[0]["when"])["items"] == [
        {"id": HOMES, "note": "note 5, nine minutes later"}
    ]
    assert page.evaluate("site.versions.get('2026-01-01T00:00:00.000Z')") is None


def test_bringing_a_version_back(page: Page, online: str) -> None:
    open_plan(page, online, OWN)
    page.evaluate("site.versions.keep()")
    page.evaluate("site.versions.keep()")  # nothing has changed
    (version,) = page.evaluate(LIST)
    page.evaluate(
        "ids => site.record.change(record => site.record.replace(record, { items: ids.map(id => ({ id })) }))",
        [LAND, STREETS],
    )
    replaced = read_record(page)
    page.evaluate("when => site.versions.bringBack(when)", version["when"])
    assert {**read_record(page), **OWN} == read_record(page)
    newest, oldest = page.evaluate(LIST)
    assert oldest == version
    page.evaluate("when => site.versions.bringBack(when)", newest["when"])
    assert read_record(page) == replaced


def test_versions_never_take_the_room_of_the_record(page: Page, online: str) -> None:
    """Together they have at most a million characters, and they go before the record is refused."""
    open_plan(page, online, OWN)
    for number in range(1, 6):
        page.evaluate(
            "notes => site.record.change(own => { own.items = notes.map((note, at) => ({ id: `a-${at}`, note })) })",
            [f"{number}" + "x" * 90_000 for _ in range(number)],
        )
        page.evaluate("site.versions.keep()")
    sizes = [len(text) for key, text in read_stored(page).items() if key.startswith(f"{PREFIX}version:")]
    assert len(sizes) == 2
    assert sum(sizes) <= 1_000_000
    # Another page on the same host fills the storage.
    page.evaluate(
        """() => {
          for (let size = 1_000_000, number = 0; size; size = size > 10 ? Math.floor(size / 2) : 0) {
            try { for (;;) localStorage.setItem(`other-${number++}`, "x".repeat(size)) } catch { /* it is full */ }
          }
        }"""
    )
    before = read_record(page)
    done = page.evaluate("site.record.change(record => { record.items[0].lead = 'l'.repeat(50_000) })")
    assert done["isFull"] is False
    assert read_record(page)["items"][0] == {**before["items"][0], "lead": "l" * 50_000}
    assert len(page.evaluate(LIST)) < 2
    # If even that is not enough, nothing is lost, and the change is held until the reader leaves.
    stored = read_stored(page)
    new = [{"id": f"b-{number}", "note": "y" * 90_000} for number in range(10)]
    page.evaluate(
        "() => { for (let n = 0; n < 12; n++) try { localStorage[`more-${n}`] = 'x'.repeat(90_000) } catch { } }"
    )
    stored = read_stored(page)
    done = page.evaluate("new_ => site.record.change(record => record.items.push(...new_))", new)
    assert done["isFull"] is True
    assert read_stored(page) == stored
    assert page.evaluate("site.record.isLasting()") is False
    page.goto(f"{online}/actions/{HOMES}.html")
    page.goto(f"{online}/shortlist.html")
    assert page.evaluate("site.record.read().items.length") == len(before["items"]) + len(new)
    assert read_stored(page) == stored
    page.evaluate(
        "() => Object.keys(localStorage).filter(key => /^(other|more)-/.test(key))"
        ".forEach(key => localStorage.removeItem(key))"
    )
    page.evaluate("site.record.change(() => {})")
    assert len(read_record(page)["items"]) == len(before["items"]) + len(new)
    assert page.evaluate("window.name") == ""


def test_clear_all_leaves_nothing(page: Page, root: str) -> None:
    """Other people may use the same computer. Undo works as long as the page is open."""
    open_plan(page, root, OWN)
    page.evaluate("site.versions.keep()")
    page.evaluate("key => localStorage.setItem(key, 'mine, unreadable')", f"{PREFIX}item:{LAND}")
    change_note(page, "mine, later")
    press(page, "clear")
    stored = json.dumps(read_stored(page))
    assert "mine" not in stored
    assert "Good homes" not in stored
    page.get_by_role("button", name="Undo").click()
    assert read_record(page)["items"] == [{"id": HOMES, "note": "mine, later"}]
