"""Editing the plan: the order, removing, and undoing."""

import pytest
from plan_page import HOMES, LAND, PARKRUN, STREETS, find_field, header_count, open_row, press, shown_actions, take_plan
from playwright.sync_api import Page, expect


def test_order_notes_and_removing(page: Page, root: str) -> None:
    take_plan(page, f"{root}/shortlist.html#ids={PARKRUN},{HOMES},{LAND}")
    press(page, "up", LAND)
    expect(page.locator(f"[data-action={LAND}] [data-do=up]")).to_be_focused()
    expect(page.locator("[data-status]")).to_have_text("Map public land that community groups can use is now 2 of 3")
    press(page, "down", PARKRUN)
    expect(page.locator(f"[data-action={PARKRUN}] [data-do=down]")).to_be_focused()
    page.locator(f"[data-action={LAND}] [data-do=up]").press("Enter")
    expect(page.locator("[data-status]")).to_have_text("Map public land that community groups can use is now 1 of 3")
    expect(page.locator(f"[data-action={LAND}] [data-do=up]")).to_be_focused()
    assert shown_actions(page) == [LAND, PARKRUN, HOMES]
    find_field(page, PARKRUN, "note").fill("Gofyn i'r cyngor am y tŷ, a'r dŵr")
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html")
    assert shown_actions(page) == [LAND, PARKRUN, HOMES]
    note = page.get_by_label("Note: Help a parkrun start")
    expect(note).to_have_value("Gofyn i'r cyngor am y tŷ, a'r dŵr")

    press(page, "remove", PARKRUN)
    assert shown_actions(page) == [LAND, HOMES]
    expect(page.locator("[data-status]")).to_have_text("Removed: Help a parkrun start")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    undo.press("Enter")
    assert shown_actions(page) == [LAND, PARKRUN, HOMES]
    expect(page.locator(f"[data-action={PARKRUN}] th a")).to_be_focused()
    expect(note).to_have_value("Gofyn i'r cyngor am y tŷ, a'r dŵr")

    press(page, "clear")
    assert shown_actions(page) == []
    assert header_count(page) == "Plan (0)"
    assert page.url == f"{root}/shortlist.html"
    expect(page.get_by_text("Your plan is empty.")).to_be_visible()
    expect(page.locator("[data-status]")).to_have_text("Your plan, with all that you wrote, is cleared.")
    undo.click()
    assert shown_actions(page) == [LAND, PARKRUN, HOMES]
    expect(page.locator("[data-status]")).to_have_text("Restored. Actions in your plan: 3")
    page.reload()
    open_row(page, PARKRUN)
    expect(note).to_have_value("Gofyn i'r cyngor am y tŷ, a'r dŵr")


def undo_text_and_next_action(page: Page) -> tuple[str, str | None]:
    """Return the text beside the button Undo and the id of the action below it."""
    row = page.locator(".undo:visible")
    below: str | None = row.evaluate("row => row.nextElementSibling?.closest('[data-action]')?.dataset.action")
    return row.locator("span").inner_text(), below


def test_every_removal_can_be_undone_one_after_the_other(page: Page, online: str) -> None:
    take_plan(page, f"{online}/shortlist.html#ids={PARKRUN},{HOMES},{LAND},{STREETS}")
    find_field(page, HOMES, "note").fill("of the homes")
    press(page, "remove", HOMES)
    assert undo_text_and_next_action(page) == ("Removed: Consider new ways to bring empty homes back into use", LAND)
    press(page, "remove", STREETS)
    assert undo_text_and_next_action(page) == ("Removed: Pilot play streets", None)
    press(page, "up", LAND)
    assert shown_actions(page) == [LAND, PARKRUN]
    press(page, "undo")
    assert shown_actions(page) == [LAND, PARKRUN, STREETS]
    assert undo_text_and_next_action(page) == ("Removed: Consider new ways to bring empty homes back into use", PARKRUN)
    press(page, "undo")
    assert shown_actions(page) == [LAND, HOMES, PARKRUN, STREETS]
    expect(find_field(page, HOMES, "note")).to_have_value("of the homes")
    expect(page.locator(".undo:visible")).to_have_count(0)
    press(page, "remove", LAND)
    press(page, "clear")
    press(page, "undo")
    press(page, "undo")
    assert shown_actions(page) == [LAND, HOMES, PARKRUN, STREETS]


def test_a_removal_is_shown_once_and_announced_once(page: Page, online: str) -> None:
    take_plan(page, f"{online}/shortlist.html#ids={PARKRUN},{HOMES},{LAND}")
    press(page, "remove", HOMES)
    status = page.locator("[data-status]")
    expect(status).to_have_text("Removed: Consider new ways to bring empty homes back into use")
    expect(status).to_have_css("clip-path", "inset(50%)")
    expect(page.locator(".undo [role=status], .undo [aria-live]")).to_have_count(0)
    press(page, "up", LAND)
    expect(status).to_have_text("Map public land that community groups can use is now 1 of 2")
    expect(status).to_have_css("clip-path", "none")


@pytest.mark.parametrize("choice", ["add", "use"])
def test_taking_a_mailed_list_can_be_undone(page: Page, online: str, choice: str) -> None:
    own = [PARKRUN, STREETS, HOMES]
    take_plan(page, f"{online}/shortlist.html#ids={','.join(own)}")
    page.goto("about:blank")
    page.goto(f"{online}/shortlist.html#ids={LAND},{HOMES},{PARKRUN}")
    press(page, choice)
    assert shown_actions(page) != own
    press(page, "undo")
    assert shown_actions(page) == own
    assert header_count(page) == "Plan (3)"
