"""The plan for everyone: axe in every state, at two widths, in light and dark."""

from pathlib import Path

from axe import find_violations_in_both_colours
from plan_page import HOMES, LAND, PARKRUN, make_record, open_files, open_plan, open_row, press, show, write_file
from playwright.sync_api import Page, expect


def test_axe_finds_nothing_in_any_state(page: Page, online: str, tmp_path: Path) -> None:
    violations = {}

    def check(state: str) -> None:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            violations[f"{state}, {width}"] = find_violations_in_both_colours(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (state, width)

    record = make_record(
        {"id": HOMES, "status": "done", "objective": "o1", "lead": "Housing", "by": "2027-03-31", "note": "x" * 200},
        {"id": LAND, "status": "planned", "ways": {"prevention": "Fewer"}},
        {"id": PARKRUN},
        {"id": "of-another-edition"},
        objectives=[{"id": "o1", "text": "Good homes"}, {"id": "o2", "text": ""}],
        disablers=["working-in-silos"],
        name="For the Board, 3 December",
    )
    open_plan(page, online, record)
    for view in page.locator("[data-views] a").all():
        view.click()
        for details in page.locator("[data-view] details:visible").all():
            details.evaluate("details => { details.open = true }")
        check(f"view {view.get_attribute('href')}")
    show(page, "earlier")
    check("earlier versions")
    show(page, "actions")
    open_row(page, HOMES)
    page.get_by_label("Select: ").nth(1).check()
    press(page, "rename")
    check("row open, one selected, name open")
    show(page, "objectives")
    page.get_by_role("button", name="Remove: Good homes").click()
    check("removed")
    page.goto(f"{online}/shortlist.html#assess=people-active-in-their-communities")
    expect(page.locator("[data-assess]")).to_be_visible()
    check("going through a topic")
    page.get_by_role("button", name="Finish").click()
    other = write_file(tmp_path, "other.json", make_record({"id": HOMES, "status": "planned", "lead": "Parks"}))
    open_files(page, other)
    check("conflicts")
    page.get_by_role("button", name="Only compare").click()
    check("compared")
    open_files(page, write_file(tmp_path, "broken.json", []))
    check("broken file")
    page.goto(f"{online}/actions/{HOMES}.html")
    check("kept action")
    assert {state: broken for state, broken in violations.items() if broken} == {}
