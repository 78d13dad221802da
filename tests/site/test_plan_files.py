"""Files of the plan: merging those of several people, comparing with last year's, and broken or hostile ones."""

import json
from datetime import date
from pathlib import Path

from conftest import ROOT
from plan_page import (
    HOMES,
    LAND,
    PARKRUN,
    STREETS,
    make_record,
    open_files,
    open_plan,
    read_record,
    save_file,
    shown_actions,
    take_plan,
    write_file,
)
from playwright.sync_api import BrowserContext, Page, expect

from generator.guidance import Guidance

EDITION = max((ROOT / "journeys" / "editions").glob("*.json")).stem
"""The newest edition of the guidance."""
SCRIPT = "<script>window.harmed=1</script><img src=x onerror=window.harmed=1>"


def test_hostile_texts_are_only_text(page: Page, online: str, tmp_path: Path) -> None:
    fields = {"objective": "o1", "lead": SCRIPT, "note": SCRIPT, "evidence": SCRIPT, "ways": {"prevention": SCRIPT}}
    record = make_record(
        {"id": HOMES, "status": "done", **fields},
        objectives=[{"id": "o1", "text": SCRIPT}],
        disablers=[SCRIPT],
        name=SCRIPT,
        edition=SCRIPT,
        **{SCRIPT: SCRIPT},
    )
    take_plan(page, f"{online}/shortlist.html#ids={LAND}")
    open_files(page, write_file(tmp_path, f"{SCRIPT[:7]}.json".replace("/", ""), record))
    page.get_by_role("button", name="Only compare").click()
    open_files(page, write_file(tmp_path, "hostile.json", record))
    page.get_by_role("button", name="Replace my own").click()
    page.get_by_text("Show the draft").click()
    page.locator("[data-report] h4").wait_for()
    assert page.evaluate("window.harmed") is None
    assert page.locator("main script, main img").count() == 0
    expect(page.locator(f"[data-action={HOMES}] [data-field=note]")).to_have_value(SCRIPT)
    assert {**read_record(page), **record} == read_record(page)


BROKEN = [
    (b"not JSON", "is not a file that this site saved"),
    (b"[1, 2]", "is not a file that this site saved"),
    (b"null", "is not a file that this site saved"),
    (b"\xff\xfe\x00", "is not a file that this site saved"),
    (json.dumps({"format": "another", "version": 1}).encode(), "is not a file that this site saved"),
    (json.dumps({**make_record(), "version": "1"}).encode(), "is not a file that this site saved"),
    (json.dumps({**make_record(), "version": 2}).encode(), "was saved by a newer version of this site"),
    (json.dumps({**make_record(), "items": {}}).encode(), "“items” does not have the right kind"),
    (json.dumps(make_record({"id": HOMES, "status": "finished"})).encode(), "“items 1 status” does not have"),
    (json.dumps(make_record({"id": HOMES}, {"id": LAND, "lead": 5})).encode(), "“items 2 lead” does not have"),
    (json.dumps(make_record({"id": HOMES, "by": "tomorrow"})).encode(), "“items 1 by” does not have"),
    (json.dumps(make_record({"id": HOMES, "ways": []})).encode(), "“items 1 ways” does not have"),
    (json.dumps(make_record({"id": "../x"})).encode(), "“items 1 id” does not have"),
    (json.dumps(make_record({"id": HOMES}, {"id": HOMES})).encode(), "it has “items empty-homes” twice"),
    (json.dumps(make_record(objectives=["x"])).encode(), "“objectives 1” does not have"),
    (json.dumps(make_record(disablers=[5])).encode(), "“disablers” does not have"),
    (json.dumps(make_record(name=["x"])).encode(), "“name” does not have"),
    (json.dumps(make_record({"id": HOMES, "note": "x" * 100_001})).encode(), "“items 1 note” does not have"),
    (b" " * 10_000_000, "is larger than 2 MB"),
]


def test_broken_files_change_nothing(page: Page, online: str, tmp_path: Path) -> None:
    own = make_record({"id": LAND, "note": "mine"})
    open_plan(page, online, own)
    stored = page.evaluate("JSON.stringify(localStorage)")
    for number, (content, told) in enumerate(BROKEN):
        path = tmp_path / f"file-{number}.json"
        path.write_bytes(content)
        open_files(page, path)
        panel = page.locator("[data-files]")
        expect(panel).to_contain_text(f"file-{number}.json")
        expect(panel).to_contain_text(told)
        expect(panel).to_contain_text("Nothing was changed.")
        expect(panel.get_by_role("button")).to_have_text(["Cancel"])
        panel.get_by_role("button", name="Cancel").click()
        expect(panel).to_be_hidden()
    assert page.evaluate("JSON.stringify(localStorage)") == stored
    assert shown_actions(page) == [LAND]


def test_what_the_site_does_not_know_is_kept(page: Page, online: str, tmp_path: Path) -> None:
    record = make_record({"id": HOMES, "cost": "£5"}, {"id": "of-another-edition", "note": "old"}, colour="red")
    page.goto(f"{online}/shortlist.html")
    open_files(page, write_file(tmp_path, "other.json", record))  # with nothing to lose, it is simply opened
    expect(page.locator("[data-status]")).to_contain_text(
        "keeps what they stand for: colour, cost, of-another-edition."
    )
    assert shown_actions(page) == [HOMES]
    page.get_by_role("button", name="Clear all").click()
    take_plan(page, f"{online}/shortlist.html#ids={HOMES}")
    open_files(page, write_file(tmp_path, "other.json", record))
    told = page.locator("[data-files]")
    expect(told).to_contain_text("This site does not know these names in the file, and keeps what they stand for:")
    expect(told).to_contain_text(": colour, cost, of-another-edition.")
    page.get_by_role("button", name="Merge with my own").click()
    assert shown_actions(page) == [HOMES]
    expect(page.locator("[data-dropped]")).to_contain_text("of-another-edition")
    page.get_by_label("Private note: ").fill("new")
    saved = save_file(page)
    assert saved["colour"] == "red"
    assert saved["items"] == [{"id": HOMES, "cost": "£5", "note": "new"}, {"id": "of-another-edition", "note": "old"}]


def test_merging_the_files_of_departments(page: Page, online: str, tmp_path: Path) -> None:
    """Who said what is shown where they differ, and the reader chooses. Nothing else is asked."""
    own = make_record(
        {"id": HOMES, "status": "planned", "note": "ours", "objective": "o1"},
        {"id": LAND, "status": "done"},
        objectives=[{"id": "o1", "text": "Good homes"}],
    )
    housing = make_record(
        {"id": HOMES, "status": "done", "note": "theirs", "objective": "o1", "lead": "Ann"},
        {"id": STREETS},
        objectives=[{"id": "o1", "text": "Green places"}, {"id": "o2", "text": "Good homes"}],
        name="Housing",
    )
    parks = make_record({"id": HOMES, "status": "done"}, {"id": PARKRUN, "status": "under-way"}, name="Parks")
    open_plan(page, online, own)
    open_files(page, write_file(tmp_path, "housing.json", housing), write_file(tmp_path, "parks.json", parks))
    groups = page.locator("[data-choices] fieldset")
    title = "Consider new ways to bring empty homes back into use"
    expect(groups.locator("legend")).to_have_text([f"{title}: Status", f"{title}: Private note", f"{title}: Objective"])
    assert groups.nth(0).locator("label").all_inner_texts() == ["This browser: Planned", "Housing, Parks: Done"]
    assert groups.nth(1).locator("label").all_inner_texts() == ["This browser: ours", "Housing: theirs", "Both"]
    assert groups.nth(2).locator("label").all_inner_texts() == ["This browser: Good homes", "Housing: Green places"]
    expect(page.get_by_role("button", name="Replace my own")).to_be_hidden()
    assert read_record(page)["items"] == own["items"]  # nothing has changed yet
    groups.nth(0).get_by_label("Housing, Parks: Done").check()
    groups.nth(1).get_by_label("Both").check()
    page.get_by_role("button", name="Merge with my own").click()
    merged = read_record(page)
    assert merged["items"] == [
        {
            "id": HOMES,
            "status": "done",
            "note": "This browser: ours\nHousing: theirs",
            "objective": "o1",
            "lead": "Ann",
        },
        {"id": LAND, "status": "done"},
        {"id": STREETS},
        {"id": PARKRUN, "status": "under-way"},
    ]
    assert [objective["text"] for objective in merged["objectives"]] == ["Good homes", "Green places"]
    page.get_by_role("button", name="Undo").click()
    assert {**read_record(page), **own} == read_record(page)


def test_another_tab_changes_the_record_while_the_reader_chooses(
    context: BrowserContext, root: str, tmp_path: Path
) -> None:
    page, other = context.new_page(), context.new_page()
    open_plan(page, root, make_record({"id": HOMES, "status": "done"}))
    open_files(page, write_file(tmp_path, "other.json", make_record({"id": HOMES, "status": "planned"})))
    other.goto(f"{root}/actions/{LAND}.html")
    other.get_by_role("button", name="Add to plan: ").first.dispatch_event("click")
    expect(page.locator("[data-kept]")).to_have_text("2")
    page.get_by_role("button", name="Merge with my own").dispatch_event("click")
    assert read_record(page)["items"] == [{"id": HOMES, "status": "done"}, {"id": LAND}]


def test_replacing_can_be_undone(page: Page, online: str, tmp_path: Path) -> None:
    own = make_record({"id": HOMES, "note": "mine"}, name="Mine")
    open_plan(page, online, own)
    open_files(page, write_file(tmp_path, "other.json", make_record({"id": LAND})))
    page.get_by_role("button", name="Replace my own").click()
    assert read_record(page)["items"] == [{"id": LAND}]
    assert "name" not in read_record(page)
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    assert {**read_record(page), **own} == read_record(page)


def test_this_year_against_last_year(page: Page, online: str, tmp_path: Path, guidance: Guidance) -> None:
    before = make_record({"id": HOMES, "status": "planned"}, {"id": LAND, "status": "done"}, {"id": STREETS})
    now = make_record({"id": HOMES, "status": "done"}, {"id": STREETS}, {"id": PARKRUN})
    open_plan(page, online, now)
    open_files(page, write_file(tmp_path, "last-year.json", {**before, "edition": EDITION}))
    page.get_by_role("button", name="Only compare").click()
    compared = page.locator("[data-compared]")
    day = date.fromisoformat(EDITION)
    lines = [line for line in compared.inner_text().splitlines() if line.strip()]
    titles = {action.key: action.label for action in guidance.actions}
    assert lines[:7] == [
        "Compared with last-year.json",
        "Moved",
        f"{titles[HOMES]}: Planned → Done",
        "New in your plan",
        titles[PARKRUN],
        "No longer in your plan",
        titles[LAND],
    ]
    assert lines[7] == f"The file is from the edition of {day.day} {day:%B %Y}."
    assert lines[8] == "Reworded in the guidance since"
    assert read_record(page)["items"] == now["items"]
    open_files(page, write_file(tmp_path, "last-year.json", before))
    page.get_by_role("button", name="Only compare").click()
    expect(compared).to_contain_text("The file does not say which edition of the guidance it is from.")
