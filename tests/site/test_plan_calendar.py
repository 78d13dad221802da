"""The dates of the plan as a calendar file, read with the package icalendar."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Page

Entry = dict[str, Any]
ENTRY: Entry = {
    "id": "empty-homes",
    "title": "Bring empty homes back into use",
    "by": "2027-03-31",
    "lead": "Lead: Housing",
    "status": "Status: Planned",
    "address": "https://site.example/guidance/actions/empty-homes.html",
}
NASTY = 'Comma, semicolon; backslash \\ \\n colon: "quoted"\r\nnew line\rand\nanother\u2028END:VEVENT\u0000\u0007 ŵŷ 🏠'
NASTY_READ = 'Comma, semicolon; backslash \\ \\n colon: "quoted"\nnew line\nand\nanother\nEND:VEVENT ŵŷ 🏠'


def make_calendar(page: Page, root: str, *entries: Entry, now: str = "2026-11-28T10:20:30.400Z", **options: str) -> str:
    """Return the text of the calendar of these entries, made by the page of the plan."""
    if page.url == "about:blank":
        page.goto(f"{root}/shortlist.html")
    script = "([entries, now, options]) => site.calendar.make(entries, { ...options, now: new Date(now) })"
    text = str(page.evaluate(script, [entries, now, options]))
    assert text.endswith("\r\n")
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
        assert "\n" not in line
        assert "\r" not in line
    return text


def events_of(text: str) -> list[Any]:
    calendar = Calendar.from_ical(text)
    assert calendar.errors == []
    events = calendar.walk("VEVENT")
    assert all(event.errors == [] for event in events)
    return list(events)


def test_a_day_for_each_action(page: Page, root: str) -> None:
    text = make_calendar(page, root, ENTRY, {**ENTRY, "id": "play-streets", "by": "2028-02-29"}, name="Our plan")
    calendar = Calendar.from_ical(text)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert calendar["X-WR-CALNAME"] == "Our plan"
    first, second = events_of(text)
    assert first["UID"] == "empty-homes@journey-plan"
    assert first["SUMMARY"] == "Bring empty homes back into use"
    assert first["DESCRIPTION"] == f"Status: Planned\nLead: Housing\n{ENTRY['address']}"
    assert first["URL"] == ENTRY["address"]
    assert (first.decoded("DTSTART"), first.decoded("DTEND")) == (date(2027, 3, 31), date(2027, 4, 1))
    assert first.decoded("DTSTAMP") == datetime(2026, 11, 28, 10, 20, 30, tzinfo=UTC)
    assert (second.decoded("DTSTART"), second.decoded("DTEND")) == (date(2028, 2, 29), date(2028, 3, 1))
    assert "DTSTART;VALUE=DATE:20270331\r\n" in text


def test_a_second_import_updates(page: Page, online: str) -> None:
    """The event keeps its id, and its number becomes higher. Another site's id is another one."""
    (before,) = events_of(make_calendar(page, online, ENTRY))
    later = {**ENTRY, "title": "New title", "by": "2027-06-30"}
    (after,) = events_of(make_calendar(page, online, later, now="2026-11-28T10:22:00Z"))
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    (other,) = events_of(make_calendar(page, online, ENTRY, uid="another-site"))
    assert other["UID"] == "empty-homes@another-site"


def test_nasty_text(page: Page, root: str) -> None:
    entry = {**ENTRY, "title": NASTY, "lead": NASTY, "status": NASTY, "address": "actions/empty-homes.html"}
    text = make_calendar(page, root, entry, name=NASTY)
    (event,) = events_of(text)
    assert event["SUMMARY"] == NASTY_READ
    assert event["DESCRIPTION"] == f"{NASTY_READ}\n{NASTY_READ}\nactions/empty-homes.html"
    assert "URL" not in event
    lines = dict(line.split(":", 1) for line in text.replace("\r\n ", "").splitlines() if ":" in line)
    assert lines["X-WR-CALNAME"] == lines["SUMMARY"]


@pytest.mark.parametrize("letter", ["a", "ŵ", "🏠", ","])
def test_long_lines_are_folded_between_letters(page: Page, online: str, letter: str) -> None:
    for count in [*range(60, 80), 1000]:
        (event,) = events_of(make_calendar(page, online, {**ENTRY, "title": letter * count}))
        assert event["SUMMARY"] == letter * count


@pytest.mark.parametrize(
    "by", ["", None, "2027-02-30", "2027-13-01", "31/03/2027", "20270331", "12027-01-01", "9999-12-31"]
)
def test_without_a_day_there_is_no_event(page: Page, online: str, by: str | None) -> None:
    assert events_of(make_calendar(page, online, {**ENTRY, "by": by})) == []


@pytest.mark.parametrize("address", ["", "actions/empty-homes.html", "file:///home/me/a.html", "javascript:alert(1)"])
def test_only_an_address_on_the_web_is_a_link(page: Page, online: str, address: str) -> None:
    (event,) = events_of(make_calendar(page, online, {**ENTRY, "address": address}))
    assert "URL" not in event


def test_what_is_done_stays_with_a_tick(page: Page, online: str) -> None:
    done, open_one = events_of(make_calendar(page, online, {**ENTRY, "isDone": True}, {**ENTRY, "id": "other"}))
    assert done["SUMMARY"] == "✓ Bring empty homes back into use"
    assert done.decoded("DTSTART") == date(2027, 3, 31)
    assert open_one["SUMMARY"] == "Bring empty homes back into use"


def test_notes_stay_at_home(page: Page, online: str) -> None:
    entry = {**ENTRY, "note": "ask finance first", "evidence": "secret"}
    text = make_calendar(page, online, entry)
    assert "finance" not in text
    assert "secret" not in text


def test_the_time_zone_makes_no_difference(page: Page, online: str) -> None:
    page.goto(f"{online}/shortlist.html")
    session = page.context.new_cdp_session(page)
    try:
        made = set()
        for zone in ("Pacific/Kiritimati", "America/Los_Angeles", "Europe/London"):
            session.send("Emulation.setTimezoneOverride", {"timezoneId": zone})
            made.add(make_calendar(page, online, ENTRY))
    finally:
        session.send("Emulation.setTimezoneOverride", {"timezoneId": ""})
    assert len(made) == 1
