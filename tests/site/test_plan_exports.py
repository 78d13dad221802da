"""The plan as a spreadsheet, as text and on paper."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from plan_page import HOMES, LAND, PARKRUN, STREETS, open_row, press, save_csv, take_plan
from playwright.sync_api import Page, expect
from site_pages import choose_clipboard

from generator.guidance import Guidance

NOTES = {
    PARKRUN: '=HYPERLINK("http://x")\nŵ, ŷ; "quoted"',
    HOMES: "-1+1",
    LAND: "@SUM(A1)",
    STREETS: "+44",
    "design-for-neighbourliness": "Tŷ'r Dŵr",
}


WRITTEN = ["Status", "Objective", "Lead", "By"]
WRITTEN += ["Long term", "Prevention", "Integration", "Collaboration", "Involvement"]
"""The columns of what a reader writes, besides the evidence. The note is private."""


def write(page: Page, action: str, text: str) -> None:
    """Write the evidence of an action in the plan."""
    open_row(page, action).locator("[data-field=evidence]").fill(text)


def test_csv_gives_back_every_word(page: Page, root: str, guidance: Guidance) -> None:
    actions = {action.key: action for action in guidance.actions}
    take_plan(page, f"{root}/shortlist.html#ids={','.join(reversed(actions))}")
    page.get_by_role("button", name="Show the other").click()
    for key, note in NOTES.items():
        write(page, key, note)
    raw = save_csv(page)
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert text.count("\r\n") == len(actions) + 1
    assert text.startswith('"Reference","Title",')
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["Reference"] for row in rows] == list(reversed(actions))
    for row, action in zip(rows, reversed(actions.values()), strict=True):
        base = f"{root}/" if root.startswith("http") else ""
        note = NOTES.get(action.key, "")
        assert row == {
            "Reference": action.key,
            "Title": action.title.plain,
            "Grade": action.grade.value.capitalize(),
            "Scope": {
                None: "",
                "national": "National or collaborative action",
                "organisational": "Organisational action",
            }[action.scope],
            "Topic": action.topic.title.plain,
            "Wording": " ".join(action.text.plain.split()),
            "Our note": " ".join(f"Our note: {action.gap.plain}".split()) if action.gap else "",
            "Legal basis": "; ".join(f"{mark.related['under'][0].label} (inferred)" for mark in action.statutory)
            or "Not known",
            "Address": base + action.address,
            **dict.fromkeys(WRITTEN, ""),
            "Evidence": f"'{note}" if note.startswith(("=", "+", "-", "@")) else note,
        }
    assert {row["Evidence"][:2] for row in rows} == {"'=", "'-", "'@", "'+", "Tŷ", ""}


def test_no_cell_is_read_as_a_formula(page: Page, online: str) -> None:
    take_plan(page, f"{online}/shortlist.html#ids={PARKRUN}")
    for start in "=+-@\t\n＝＋－＠":
        write(page, PARKRUN, f"{start}1+1")
        (row,) = csv.DictReader(io.StringIO(save_csv(page).decode("utf-8-sig"), newline=""))
        assert row["Evidence"] == f"'{start}1+1"


@pytest.mark.parametrize("clipboard", [True, False])
def test_copied_as_text(page: Page, root: str, clipboard: bool) -> None:
    take_plan(page, f"{root}/shortlist.html#ids={PARKRUN},{HOMES}")
    choose_clipboard(page, clipboard)
    write(page, HOMES, "Tŷ gwag")
    press(page, "copy")
    if clipboard:
        page.get_by_text("Copied. You can paste the plan now.").wait_for()
        text = page.evaluate("navigator.clipboard.readText()")
    else:
        field = page.get_by_label("Select and copy this text")
        expect(field).to_be_focused()
        text = field.input_value()
        page.evaluate("dispatchEvent(new Event('focus'))")
        expect(field).to_be_visible()
    day = page.locator("[data-day]").inner_text()
    assert re.fullmatch(r"\d+ [A-Z][a-z]+ \d{4}", day)
    base = f"{root}/" if root.startswith("http") else ""
    assert text == (
        f"Your plan - Journey to Cohesive Communities\n{day}\n\n"
        "1. Help a parkrun start (Simple)\n"
        "Make it easy for residents to start up Park Runs in their communities. This includes proactively offering the "
        "use of parks to emerging groups and using key funds to support groups to pay for modest upfront Park Run "
        f"registration fees.\n{base}actions/{PARKRUN}.html\n\n"
        "2. Consider new ways to bring empty homes back into use (Simple)\n"
        "Understand that empty homes can blight communities. Consider new approaches to bringing empty homes back into "
        f"use.\n{base}actions/{HOMES}.html\nEvidence: Tŷ gwag"
    )
    press(page, "up", HOMES)
    expect(page.get_by_label("Select and copy this text")).to_be_hidden()


def test_printed_without_controls(page: Page, root: str) -> None:
    take_plan(page, f"{root}/shortlist.html#ids={PARKRUN},{HOMES}")
    write(page, PARKRUN, "Ask\nthe Board")
    press(page, "down", PARKRUN)
    page.emulate_media(media="print")
    expect(
        page.locator("[data-field]:visible, .plan__tools:visible, nav:visible, input:visible, [data-status]:visible")
    ).to_have_count(0)
    day = page.locator("[data-day]").inner_text()
    lines = [line for line in page.locator("main").inner_text().splitlines() if line.strip()]
    base = f"{root}/" if root.startswith("http") else ""
    assert lines[:2] == ["Your plan", f"Journey to Cohesive Communities · {day}"]
    entries = lines.index("Consider new ways to bring empty homes back into use", 6)
    assert lines[entries:] == [
        "Consider new ways to bring empty homes back into use",
        "Understand that empty homes can blight communities. "
        "Consider new approaches to bringing empty homes back into use.",
        f"{base}actions/{HOMES}.html",
        "Help a parkrun start",
        "Make it easy for residents to start up Park Runs in their communities. This includes proactively offering the "
        "use of parks to emerging groups and using key funds to support groups to pay for modest upfront Park Run "
        "registration fees.",
        "Evidence: Ask",
        "the Board",
        f"{base}actions/{PARKRUN}.html",
    ]
    table = [cell.split() for cell in lines[2:entries]]
    assert ["Action", "Status", "Objective", "Lead", "By"] in table


def test_printed_on_white_in_dark_colours_too(page: Page, online: str) -> None:
    take_plan(page, f"{online}/shortlist.html#ids={PARKRUN}")
    page.get_by_role("button", name="Dark").click()
    page.emulate_media(media="print")
    colours = "e => [getComputedStyle(e).color, getComputedStyle(document.body).backgroundColor]"
    assert page.locator(".plan__entry .official").evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_notes_never_leave_but_in_the_backup(page: Page, online: str) -> None:
    """Not in the table, the text, on paper, in the draft, or in a copy for others."""
    take_plan(page, f"{online}/shortlist.html#ids={PARKRUN},{HOMES}")
    open_row(page, HOMES).locator("[data-field=note]").fill("ask finance first")
    assert b"finance" not in save_csv(page)
    choose_clipboard(page, False)
    press(page, "copy")
    text = page.get_by_label("Select and copy this text").input_value()
    assert "empty homes" in text
    assert "finance" not in text
    page.goto(f"{online}/shortlist.html#report")
    expect(page.locator("[data-report] h4")).to_have_count(2)
    assert "finance" not in page.locator("[data-report]").inner_text()
    saved = {}
    for button in ("save", "save-copy"):
        with page.expect_download() as download:
            press(page, button)
        saved[button] = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert saved["save"]["items"] == [{"id": PARKRUN}, {"id": HOMES, "note": "ask finance first"}]
    assert saved["save-copy"]["items"] == [{"id": PARKRUN}, {"id": HOMES}]
    page.emulate_media(media="print")
    assert "finance" not in page.locator("main").inner_text()
