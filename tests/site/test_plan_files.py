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
    find_field,
    make_record,
    open_files,
    open_plan,
    press,
    read_record,
    show,
    shown_actions,
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
    open_plan(page, online, make_record({"id": LAND}))
    open_files(page, write_file(tmp_path, f"{SCRIPT[:7]}.json".replace("/", ""), record))
    page.get_by_role("button", name="Only compare").click()
    open_files(page, write_file(tmp_path, "hostile.json", record))
    page.get_by_role("button", name="Replace my own").click()
    page.locator("[data-report] h4").wait_for(state="attached")
    show(page, "actions")
    assert page.evaluate("window.harmed") is None
    assert page.locator("main script, main img").count() == 0
    expect(find_field(page, HOMES, "note")).to_have_value(SCRIPT)
    assert {**read_record(page), **record} == read_record(page)


BROKEN = [
    (b"not JSON", "is not a file that this site saved"),
    (b"[1, 2]", "is not a file that this site saved"),
    (b"null", "is not a file that this site saved"),
    (b"\xff\xfe\x00", "is not a file that this site saved"),
    (json.dumps({"format": "another", "version": 1}).encode(), "is not a file that this site saved"),
    (json.dumps({**make_record(), "version": "1"}).encode(), "is not a file that this site saved"),
    (json.dumps({**make_record(), "version": 2}).encode(), "was saved by a newer version of this site"),
    (
        json.dumps(make_record(name="Ŵ")).replace("\\u0174", "£").encode("cp1252"),
        "was saved as Windows-1252, not as UTF-8",
    ),
    (b" " * 10_000_000, "is larger than 2 MB"),
]


PARTLY_BROKEN = [
    ({**make_record(), "items": {}}, "items: This is not what belongs here."),
    (make_record({"id": HOMES, "status": "finished"}), ": Status: This site does not have this status. finished"),
    (make_record({"id": HOMES}, {"id": LAND, "lead": 5}), ": Lead: This should be text. 5"),
    (make_record({"id": HOMES, "by": "tomorrow"}), ": By: This day does not exist. tomorrow"),
    (make_record({"id": HOMES, "by": "2027-02-30"}), ": By: This day does not exist. 2027-02-30"),
    (make_record({"id": HOMES, "ways": []}), ": ways: This is not what belongs here."),
    (make_record({"id": "../x"}), "items 1 id: This is not what belongs here."),
    (make_record({"id": HOMES}, {"id": HOMES}), "bring empty homes back into use: This is in the file twice."),
    (make_record(objectives=["x"]), "objectives 1: This is not what belongs here. x"),
    (make_record(disablers=[5]), "disablers: This should be text. [5]"),
    (make_record(name=["x"]), "name: This should be text."),
    (make_record({"id": HOMES, "note": "x" * 100_001}), ": Private note: This is longer than 100000 letters."),
]
"""Records with one bad value, and what the reader is told about it."""


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


def test_one_bad_value_is_named_and_the_rest_opens(page: Page, root: str, tmp_path: Path) -> None:
    own = make_record({"id": LAND, "note": "mine"})
    open_plan(page, root, own)
    stored = page.evaluate("JSON.stringify(localStorage)")
    panel = page.locator("[data-files]")
    for number, (record, told) in enumerate(PARTLY_BROKEN):
        record = {**record, "items": [*record["items"], {"id": STREETS}] if isinstance(record["items"], list) else {}}
        open_files(page, write_file(tmp_path, f"file-{number}.json", record))
        expect(panel).to_contain_text(f"Opened: file-{number}.json.")
        expect(panel.locator("[data-left-out] li")).to_have_count(1)
        expect(panel.locator("[data-left-out] li")).to_contain_text(told)
        assert page.evaluate("JSON.stringify(localStorage)") == stored
        if number:
            panel.get_by_role("button", name="Merge with my own").click()
            assert {"id": STREETS} in read_record(page)["items"]
            assert own["items"][0] in read_record(page)["items"]
            page.locator("[data-do=undo]:visible").click()
            assert read_record(page)["items"] == own["items"]
            stored = page.evaluate("JSON.stringify(localStorage)")


def test_what_the_site_does_not_know_is_kept(page: Page, online: str, tmp_path: Path) -> None:
    record = make_record({"id": HOMES, "cost": "£5"}, {"id": "of-another-edition", "note": "old"}, colour="red")
    page.goto(f"{online}/shortlist.html")
    open_files(page, write_file(tmp_path, "other.json", record))  # with nothing to lose, it is simply opened
    expect(page.locator("[data-status]")).to_contain_text(
        "keeps what they stand for: colour, cost, of-another-edition."
    )
    assert shown_actions(page) == [HOMES]
    open_plan(page, online, make_record({"id": HOMES}))
    open_files(page, write_file(tmp_path, "other.json", record))
    told = page.locator("[data-files]")
    expect(told).to_contain_text("This site does not know these names in the file, and keeps what they stand for:")
    expect(told).to_contain_text(": colour, cost, of-another-edition.")
    page.get_by_role("button", name="Merge with my own").click()
    assert shown_actions(page) == [HOMES]
    expect(page.locator("[data-dropped]")).to_contain_text("of-another-edition")
    page.evaluate("site.record.change(record => { record.items[0].note = 'new' })")
    with page.expect_download() as download:
        press(page, "save")
    saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
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
    assert groups.nth(0).locator("label").all_inner_texts() == ["Your plan: Planned", "Housing, Parks: Done"]
    assert groups.nth(1).locator("label").all_inner_texts() == ["Your plan: ours", "Housing: theirs", "Both"]
    assert groups.nth(2).locator("label").all_inner_texts() == ["Your plan: Good homes", "Housing: Green places"]
    expect(page.locator("[data-merge-news]")).to_have_text("If you merge, this comes new:")
    news = ["Actions: 2", "Objectives: 1", "Details that your plan does not have yet: 1"]
    expect(page.locator("[data-merge-list] li")).to_have_text(news)
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
            "note": "ours\n\ntheirs",
            "objective": "o1",
            "lead": "Ann",
        },
        {"id": LAND, "status": "done"},
        {"id": STREETS},
        {"id": PARKRUN, "status": "under-way"},
    ]
    assert [objective["text"] for objective in merged["objectives"]] == ["Good homes", "Green places"]
    assert "name" not in merged
    assert page.evaluate("site.versions.list().length") == 1
    press(page, "undo")
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


def test_the_names_of_plans_tell_who_says_what(page: Page, online: str, tmp_path: Path) -> None:
    """Two plans of the same name have the names of their files, too. The reader's own plan keeps its name."""
    open_plan(page, online, make_record({"id": HOMES, "lead": "Ann"}, name="Housing"))
    files = [
        write_file(tmp_path, "a.json", make_record({"id": HOMES, "lead": "Bob"}, name="Housing")),
        write_file(tmp_path, "b.json", make_record({"id": HOMES, "lead": "Cai"})),
    ]
    open_files(page, *files)
    labels = page.locator("[data-choices] label")
    expect(labels).to_have_text(["Housing (Your plan): Ann", "Housing (a.json): Bob", "b: Cai", "Both"])
    labels.get_by_text("Both").click()
    press(page, "merge")
    merged = read_record(page)
    assert merged["items"] == [{"id": HOMES, "lead": "Ann; Bob; Cai"}]  # the lead is one line
    assert merged["name"] == "Housing"
    open_files(page, *files)
    expect(labels.last).to_have_text("Both")
    labels.last.click()
    press(page, "merge")
    assert read_record(page)["items"] == merged["items"]  # what is there already does not come twice


def test_both_texts_can_be_too_long(page: Page, online: str, tmp_path: Path) -> None:
    own = make_record({"id": HOMES, "note": "a" * 60_000})
    open_plan(page, online, own)
    open_files(page, write_file(tmp_path, "b.json", make_record({"id": HOMES, "note": "b" * 60_000}, {"id": LAND})))
    expect(page.locator("[data-choices] label")).to_have_count(2)
    expect(page.locator("[data-choices]")).to_contain_text("Both together are longer than 100000 letters")
    press(page, "merge")
    assert read_record(page)["items"] == [*own["items"], {"id": LAND}]


def test_what_is_too_large_together_changes_nothing(page: Page, online: str, tmp_path: Path) -> None:
    """Each record is within the limit, and both are not."""
    texts = [f"{letter}" * 90_000 for letter in "abcdefghi"]
    own = make_record({"id": HOMES, "ways": {f"w{number}": text for number, text in enumerate(texts)}})
    open_plan(page, online, own)
    other = make_record({"id": LAND, "ways": {f"w{number}": text for number, text in enumerate(texts)}})
    open_files(page, write_file(tmp_path, "b.json", other))
    press(page, "merge")
    expect(page.locator("[data-status]")).to_have_text("Together this is too large for one plan. Nothing was changed.")
    expect(page.locator("[data-open]")).to_be_focused()
    assert read_record(page)["items"] == own["items"]


def test_what_the_reader_had_removed_is_not_overwritten(page: Page, online: str, tmp_path: Path) -> None:
    own = make_record({"id": LAND}, removed=[{"id": HOMES, "note": "mine"}])
    open_plan(page, online, own)
    open_files(page, write_file(tmp_path, "b.json", make_record({"id": HOMES, "note": "theirs"})))
    expect(page.locator("[data-choices] label")).to_have_text(["Your plan: mine", "b: theirs", "Both"])
    press(page, "merge")
    assert read_record(page)["items"] == [{"id": LAND}, {"id": HOMES, "note": "mine"}]


def test_a_choice_stays_when_another_tab_changes_the_record(context: BrowserContext, root: str, tmp_path: Path) -> None:
    page, other = context.new_page(), context.new_page()
    open_plan(page, root, make_record({"id": HOMES, "status": "done"}))
    open_files(page, write_file(tmp_path, "other.json", make_record({"id": HOMES, "status": "planned"})))
    page.get_by_label("other: Planned").check()
    other.goto(f"{root}/actions/{LAND}.html")
    other.get_by_role("button", name="Add to plan: ").first.dispatch_event("click")
    expect(page.locator("[data-kept]")).to_have_text("2")
    expect(page.get_by_label("other: Planned")).to_be_checked()
    page.get_by_role("button", name="Merge with my own").dispatch_event("click")
    assert read_record(page)["items"] == [{"id": HOMES, "status": "planned"}, {"id": LAND}]


def test_replacing_keeps_what_was_removed_in_both(page: Page, online: str, tmp_path: Path) -> None:
    """A backup brings back what the reader had removed, too. What this browser has of removed actions stays."""
    open_plan(page, online, make_record({"id": PARKRUN}, removed=[{"id": HOMES, "note": "here"}]))
    backup = make_record({"id": LAND}, removed=[{"id": STREETS, "note": "there"}])
    open_files(page, write_file(tmp_path, "backup.json", backup))
    press(page, "replace")
    removed = read_record(page)["removed"]
    assert sorted(item["id"] for item in removed) == [HOMES, STREETS]
    assert page.evaluate("site.versions.list().length") == 1


def list_lines(page: Page) -> list[str]:
    """Return the lines of the comparison."""
    return [line for line in page.locator("[data-compared]").inner_text().splitlines() if line.strip()]


def test_this_year_against_last_year(page: Page, root: str, tmp_path: Path, guidance: Guidance) -> None:
    """Every changed field is there, with the objectives by their texts. The focus is on the result."""
    before = make_record(
        {
            "id": HOMES, "status": "planned", "objective": "o1", "lead": "Ann", "by": "2027-03-31",
            "evidence": "1 home", "note": "old", "ways": {"prevention": "Less"},
        },
        {"id": LAND, "status": "done"},
        {"id": STREETS, "objective": "o2"},
        objectives=[{"id": "o1", "text": "Good homes"}, {"id": "o2", "text": "Play"}, {"id": "o3", "text": "Quiet"}],
    )  # fmt: skip
    now = make_record(
        {"id": HOMES, "status": "done", "objective": "o2", "lead": "Bob", "by": "2027-04-30", "note": "new",
         "ways": {"prevention": "More", "involvement": "Ask"}},
        {"id": STREETS, "objective": "o1"},
        {"id": PARKRUN},
        objectives=[{"id": "o1", "text": "Play"}, {"id": "o2", "text": "Green places"}, {"id": "o3", "text": "Calm"}],
    )  # fmt: skip
    open_plan(page, root, now)
    open_files(page, write_file(tmp_path, "last-year.json", {**before, "edition": EDITION}))
    page.get_by_role("button", name="Only compare").click()
    heading = page.locator("[data-compared] h3")
    expect(page.locator("[data-do=compare]")).to_be_focused()
    expect(heading).to_be_in_viewport()
    expect(page.locator("[data-status]")).to_have_text("Compared with last-year.json")
    day = date.fromisoformat(EDITION)
    titles = {action.key: action.label for action in guidance.actions}
    fields = [
        "Status: Planned → Done",
        "Private note: old → new",
        "Objective: Good homes → Green places",
        "Lead: Ann → Bob",
        "By: 31 March 2027 → 30 April 2027",
        "Evidence: 1 home → nothing",
        "Prevention: Less → More",
        "Involvement: nothing → Ask",
    ]
    rest = [
        "New in your plan",
        titles[PARKRUN],
        "No longer in your plan",
        titles[LAND],
        "Our well-being objectives",
        "Quiet → Calm",
        "New: Green places",
        "No longer there: Good homes",
        f"The file is from the edition of {day.day} {day:%B %Y}.",
        "Reworded in the guidance since",
    ]
    lines = list_lines(page)
    assert lines[:3] == ["Compared with last-year.json", "Changed", titles[HOMES]]
    assert sorted(lines[3 : 3 + len(fields)]) == sorted(fields)
    assert lines[3 + len(fields) :][: len(rest)] == rest
    assert read_record(page)["items"] == now["items"]
    without = [{field: value for field, value in item.items() if field != "note"} for item in before["items"]]
    open_files(page, write_file(tmp_path, "copy.json", {**before, "items": without}))
    page.get_by_role("button", name="Only compare").click()
    expect(heading).to_have_text("Compared with copy.json")
    assert "Private note" not in page.locator("[data-compared]").inner_text()
    expect(page.locator("[data-compared]")).to_contain_text(
        "The file does not say which edition of the guidance it is from."
    )
    open_files(page, write_file(tmp_path, "same.json", now))
    page.get_by_role("button", name="Only compare").click()
    assert list_lines(page)[:2] == ["Compared with same.json", "Your plan and the file say the same."]


def test_comparing_by_keyboard(page: Page, root: str, tmp_path: Path) -> None:
    """The focus stays where it was: on the button beside the files, or on the field of the view."""
    open_plan(page, root, make_record({"id": HOMES, "status": "done"}))
    last_year = write_file(tmp_path, "last-year.json", make_record({"id": HOMES}))
    open_files(page, last_year)
    page.locator("[data-do=compare]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-compared]")).to_contain_text("Status: nothing → Done")
    expect(page.locator("[data-do=compare]")).to_be_focused()
    assert page.url.endswith("#compare")
    page.reload()
    field = page.locator("[data-compare-file]")
    field.focus()
    field.set_input_files(last_year)
    expect(page.locator("[data-compared]")).to_contain_text("Status: nothing → Done")
    expect(field).to_be_focused()
    expect(page.locator("[data-files]")).to_be_hidden()
    field.set_input_files(write_file(tmp_path, "broken.json", []))
    expect(page.locator("[data-files]")).to_contain_text("broken.json is not a file that this site saved.")
