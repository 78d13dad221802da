"""The table of the plan: order, filters, several rows at once, and rows that open."""

from pathlib import Path

import pytest
from plan_page import (
    HOMES,
    LAND,
    PARKRUN,
    STREETS,
    Record,
    find_field,
    make_record,
    open_plan,
    press,
    read_record,
    show,
    shown_actions,
)
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from generator.guidance import Guidance

OBJECTIVES = [{"id": "o1", "text": "Good homes"}, {"id": "o2", "text": "Calm"}]
ITEMS: list[Record] = [
    {"id": HOMES, "status": "planned", "objective": "o2", "lead": "housing", "by": "2027-03-31"},
    {"id": PARKRUN, "lead": "Älter", "by": "2026-12-01"},
    {"id": LAND, "status": "done", "objective": "o1", "lead": "Housing 10"},
    {"id": STREETS, "status": "not-for-us", "objective": "o1", "lead": "Housing 9", "by": "2028-01-01"},
]


def order_by(page: Page, column: str) -> list[str]:
    page.locator(f"[data-do=order][data-by={column}]").click()
    return shown_actions(page)


@pytest.mark.parametrize(
    ("column", "up"),
    [
        ("action", [HOMES, PARKRUN, LAND, STREETS]),
        ("status", [LAND, HOMES, STREETS, PARKRUN]),
        ("objective", [LAND, STREETS, HOMES, PARKRUN]),
        ("lead", [PARKRUN, HOMES, STREETS, LAND]),
        ("by", [PARKRUN, HOMES, STREETS, LAND]),
    ],
)
def test_each_column_orders_up_then_down_then_as_before(page: Page, online: str, column: str, up: list[str]) -> None:
    """Rows without a value come last both ways. The order of the plan itself does not change."""
    open_plan(page, online, make_record(*ITEMS, objectives=OBJECTIVES))
    own = shown_actions(page)
    head = page.locator(f"[data-column={column}]")
    assert order_by(page, column) == up
    expect(head).to_have_attribute("aria-sort", "ascending")
    field = {"action": "id"}.get(column, column)
    filled = [key for key in up if field in next(item for item in ITEMS if item["id"] == key)]
    down = [HOMES, LAND, STREETS] if column == "objective" else filled[::-1]  # two have the same objective
    assert order_by(page, column) == down + up[len(filled) :]
    expect(head).to_have_attribute("aria-sort", "descending")
    assert order_by(page, column) == own
    expect(head).to_have_attribute("aria-sort", "none")
    assert [item["id"] for item in read_record(page)["items"]] == own


def test_filters_work_together_and_say_when_nothing_matches(page: Page, online: str) -> None:
    open_plan(page, online, make_record(*ITEMS, objectives=OBJECTIVES))
    page.locator("[data-of-objective]").select_option("Good homes")
    assert shown_actions(page) == [LAND, STREETS]
    page.locator("[data-show]").select_option("Done")
    assert shown_actions(page) == [LAND]
    page.locator("[data-of-lead]").select_option("housing")
    assert shown_actions(page) == []
    expect(page.get_by_text("No action matches.")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    assert shown_actions(page) == [HOMES, PARKRUN, LAND, STREETS]
    page.locator("[data-of-objective]").select_option("Without an objective")
    assert shown_actions(page) == [PARKRUN]


def test_no_row_moves_while_someone_is_in_it(page: Page, online: str) -> None:
    """It moves or disappears when the reader leaves it, and the focus is where they went."""
    open_plan(page, online, make_record(*ITEMS))
    order_by(page, "by")
    page.locator("[data-show]").select_option("Planned")
    assert shown_actions(page) == [HOMES]
    status = page.locator(f"[data-action={HOMES}] [data-field=status]")
    status.focus()
    status.select_option("done")
    assert shown_actions(page) == [HOMES]
    expect(status).to_be_focused()
    page.locator("[data-show]").focus()
    expect(page.locator("[data-no-match]")).to_be_visible()
    page.locator("[data-show]").select_option("All actions")
    by = page.locator(f"[data-action={HOMES}] [data-field=by]")
    by.focus()
    by.fill("2029-01-01")
    assert shown_actions(page) == [PARKRUN, HOMES, STREETS, LAND]
    lead = page.locator(f"[data-action={STREETS}] [data-field=lead]")
    lead.click()
    page.keyboard.press("End")
    page.keyboard.type("!")
    expect(page.locator("[data-action]").nth(1)).to_have_attribute("data-action", STREETS)
    expect(lead).to_be_focused()
    expect(lead).to_have_value("Housing 9!")


def test_several_rows_at_once(page: Page, online: str) -> None:
    """Only those that are shown, and with one Undo."""
    open_plan(page, online, make_record(*ITEMS, objectives=OBJECTIVES))
    page.get_by_label("Select: ").nth(0).check()
    page.get_by_label("Select: ").nth(1).check()
    bar = page.get_by_role("group", name="Change the selected actions")
    expect(bar).to_contain_text("Selected: 2")
    bar.get_by_label("Status").select_option("Under way")
    bar.get_by_label("Objective").select_option("Good homes")
    bar.get_by_label("Lead").fill("Housing team")
    bar.get_by_role("button", name="Change them").click()
    changed = {"status": "under-way", "objective": "o1", "lead": "Housing team"}
    assert read_record(page)["items"] == [{**ITEMS[0], **changed}, {**ITEMS[1], **changed}, *ITEMS[2:]]
    expect(bar).to_be_hidden()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    assert read_record(page)["items"] == ITEMS
    page.get_by_label("Select all").check()
    expect(bar).to_contain_text("Selected: 4")
    page.locator("[data-show]").select_option("Done")
    expect(bar).to_contain_text("Selected: 1")
    bar.get_by_label("Lead").fill("One")
    bar.get_by_role("button", name="Change them").click()
    assert [item["lead"] for item in read_record(page)["items"]] == ["housing", "Älter", "One", "Housing 9"]


def test_one_row_is_open_at_a_time(page: Page, online: str) -> None:
    open_plan(page, online, make_record(*ITEMS))
    note = find_field(page, HOMES, "note")
    expect(page.locator(f"[data-action={HOMES}] .official")).to_contain_text("Understand that empty homes")
    find_field(page, LAND, "note").fill("of the land")
    expect(note).to_be_hidden()
    expect(page.locator(".plan__more:visible")).to_have_count(1)
    expect(page.locator(f"[data-action={LAND}] [data-do=edit]")).to_have_text("Details (1)")
    press(page, "edit", LAND)
    expect(page.locator(".plan__more:visible")).to_have_count(0)


def test_each_view_has_an_address_and_an_undo_outlives_a_change_of_view(page: Page, root: str) -> None:
    open_plan(page, root, make_record(*ITEMS))
    press(page, "remove", HOMES)
    for view in ("objectives", "stand", "next", "report", "compare", "bodies", "earlier", "actions"):
        show(page, view)
        expect(page.locator("[data-view]:visible")).to_have_count(1)
        expect(page.locator(".undo:visible")).to_have_count(1)
        if view != "actions":
            assert page.url.endswith(f"#{view}")
    press(page, "undo")
    assert shown_actions(page) == [HOMES, PARKRUN, LAND, STREETS]
    page.go_back()
    page.wait_for_url("**#earlier")
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html#disablers")
    expect(page.locator("[data-view=next]")).to_be_visible()
    expect(page.locator("#disablers")).to_be_in_viewport()


def test_empty_views_say_only_what_to_do_first(page: Page, online: str) -> None:
    page.goto(f"{online}/shortlist.html")
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.get_by_text("Your plan is empty.")).to_be_visible()
    assert page.locator("[data-view=actions] :is(table, select, input):visible").count() == 0
    show(page, "objectives")
    assert page.locator("[data-view=objectives] :is(input, li):visible").count() == 0
    expect(page.get_by_role("button", name="Add an objective")).to_be_visible()
    show(page, "stand")
    assert page.locator("[data-view=stand] :is(table, svg):visible").count() == 0
    show(page, "report")
    expect(page.locator("[data-view=report]")).to_contain_text("Add some actions to your plan first.")
    assert page.locator("[data-view=report] :is(button, [data-report]):visible").count() == 0


FULL = "Two sentences, as long as planners write them. They say what was done, by whom and with what."


def test_eight_actions_fit_the_screen_and_the_paper(page: Page, root: str, tmp_path: Path, guidance: Guidance) -> None:
    """2,600 pixels at 1280, and three pages with all details: a table first, each address once."""
    actions = sorted(guidance.actions, key=lambda action: len(action.text.plain))
    longest = [action.key for action in actions[-8:]]
    ways = dict.fromkeys(("long-term", "prevention", "integration", "collaboration", "involvement"), FULL)
    items = [
        {"id": key, "status": "under-way", "objective": "o1", "lead": "Housing", "by": "2027-03-31", "evidence": FULL,
         "ways": ways, "note": "private"}
        for key in longest
    ]  # fmt: skip
    page.set_viewport_size({"width": 1280, "height": 900})
    open_plan(page, root, make_record(*items, objectives=OBJECTIVES, name="Our plan"))
    assert page.evaluate("document.documentElement.scrollHeight") <= 2600
    page.pdf(path=tmp_path / "plan.pdf", format="A4")  # as with the browser's own command
    pages = [sheet.extract_text() for sheet in PdfReader(tmp_path / "plan.pdf").pages]
    assert len(pages) <= 3
    text = "\n".join(pages)
    assert text.count("Prevention:") == 8
    assert "private" not in text
    assert text.index("Under way") < text.index("Prevention:")
    for key in longest:
        assert text.count(f"actions/{key}.html") == 1


def test_paper_says_which_wording_is_missing(page: Page, online: str) -> None:
    missing = "**/actions/wording-*.js"
    page.route(missing, lambda route: route.abort())
    open_plan(page, online, make_record({"id": HOMES}))
    page.emulate_media(media="print")
    expect(page.get_by_text("The wording could not be loaded. It is at the address below.")).to_be_visible()
    expect(page.get_by_text(f"actions/{HOMES}.html")).to_be_visible()
    page.unroute(missing)


def test_a_date_is_stored_only_when_it_is_whole(page: Page, online: str) -> None:
    """One digit too many, or half a date, leaves the one that was there, and the reader is told when they leave."""
    open_plan(page, online, make_record({"id": HOMES, "by": "2026-06-30"}, {"id": LAND}))
    field = page.locator(f"[data-action={HOMES}] [data-field=by]")
    field.evaluate(
        "field => { field.value = '1202-06-30'; field.dispatchEvent(new Event('input', { bubbles: true })) }"
    )
    expect(page.get_by_role("alert")).to_have_count(0)
    field.focus()
    page.locator(f"[data-action={LAND}] [data-field=lead]").focus()
    expect(page.get_by_role("alert")).to_contain_text("This day does not exist, or is not complete")
    empty = page.locator(f"[data-action={LAND}] [data-field=by]")
    empty.focus()
    page.keyboard.type("12")
    page.locator(f"[data-action={LAND}] [data-field=lead]").focus()
    expect(page.get_by_role("alert")).to_have_count(2)
    assert read_record(page)["items"] == [{"id": HOMES, "by": "2026-06-30"}, {"id": LAND}]


def test_what_is_pressed_does_not_move_away(page: Page, online: str) -> None:
    """With an order, a row moves when the reader leaves it, but not below the pointer."""
    open_plan(page, online, make_record(*ITEMS))
    order_by(page, "status")
    page.locator(f"[data-action={LAND}] [data-field=status]").focus()
    page.keyboard.press("Home")
    button = page.locator(f"[data-action={STREETS}] [data-do=edit]")
    button.hover()
    page.mouse.down()
    page.wait_for_timeout(150)
    page.mouse.up()
    expect(page.locator(f"[data-action={STREETS}] .plan__more")).to_be_visible()


def test_an_earlier_version_comes_back_whole(page: Page, online: str) -> None:
    """What the reader sees is the version, with their own note, and it is brought back as it was."""
    before = {"id": HOMES, "status": "done", "lead": "Housing", "note": "mine"}
    open_plan(page, online, make_record(before))
    page.evaluate("site.versions.keep()")
    page.locator(f"[data-action={HOMES}] [data-field=status]").select_option("not-yet")
    show(page, "earlier")
    page.get_by_role("button", name="Look at it").first.click()
    expect(page.get_by_text("Private note: mine")).to_be_visible()
    expect(page.get_by_role("button", name="Add these to my plan")).to_be_hidden()
    for leave in (lambda: None, page.go_back):  # the note is never on paper, neither now nor after Back
        leave()
        page.emulate_media(media="print")
        expect(page.get_by_text("Private note: mine")).to_be_hidden()
        page.emulate_media(media="screen")
    show(page, "earlier")
    page.get_by_role("button", name="Look at it").first.click()
    page.locator("[data-back-to]").click()
    assert read_record(page)["items"] == [before]


def test_objectives_are_never_cut(page: Page, online: str) -> None:
    open_plan(page, online, make_record(objectives=[{"id": "o1", "text": ""}]))
    show(page, "objectives")
    page.locator("[data-objectives] input").fill("x" * 1500)
    assert read_record(page)["objectives"][0]["text"] == "x" * 1500
    page.locator("[data-objectives] input").fill("x" * 100_001)
    expect(page.get_by_role("alert")).to_contain_text("longer than 100000 letters")
    assert len(page.locator("[data-objectives] input").input_value()) == 100_001


def test_the_focus_never_gets_lost(page: Page, online: str) -> None:
    open_plan(page, online, make_record({"id": HOMES}, objectives=[{"id": "o1", "text": "Homes"}]))
    is_lost = "document.activeElement === document.body"
    show(page, "objectives")
    page.get_by_role("button", name="Remove: Homes").press("Enter")
    page.get_by_role("button", name="Undo").press("Enter")
    assert not page.evaluate(is_lost)
    press(page, "save-copy")
    assert not page.evaluate(is_lost)
    press(page, "rename")
    page.keyboard.type("A name")
    page.keyboard.press("Enter")
    expect(page.locator("input[data-name]").first).to_be_hidden()
    assert not page.evaluate(is_lost)
