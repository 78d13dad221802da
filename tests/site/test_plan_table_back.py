"""The plan's table, saved, changed as a spreadsheet does it, and opened on the page again."""

import csv
import io
from pathlib import Path

import pytest
from plan_page import HOMES, LAND, PARKRUN, make_record, open_files, open_plan, read_record, write_file
from playwright.sync_api import Page, expect

OWN = make_record(
    {
        "id": HOMES, "status": "planned", "objective": "o1", "lead": "Tŷ Housing", "by": "2027-03-31",
        "evidence": "120 homes", "note": "ask finance first", "ways": {"prevention": "Fewer fires"},
    },
    {"id": LAND, "lead": "Land"},
    objectives=[{"id": "o1", "text": "Good homes"}, {"id": "o2", "text": "Green places"}],
)  # fmt: skip
HOMES_TITLE = "Consider new ways to bring empty homes back into use"
Table = list[list[str]]


def save_table(page: Page) -> Table:
    """Press the button that saves the plan's table and return its rows."""
    with page.expect_download() as download:
        page.locator("[data-do=table]").dispatch_event("click")
    assert download.value.suggested_filename == "plan-actions.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def write_table(folder: Path, table: Table, separator: str = ",", encoding: str = "utf-8-sig") -> Path:
    """Write a table as a spreadsheet saves it."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(table)
    path = folder / "back.csv"
    path.write_bytes(text.getvalue().encode(encoding, "replace"))
    return path


def change(table: Table, row: int, **cells: str) -> Table:
    """Return a table with other texts in the cells of a row, by column."""
    table = [list(cells) for cells in table]
    for column, text in cells.items():
        table[row][table[0].index(column)] = text
    return table


def list_changes(page: Page) -> list[str]:
    """Return the changes that the page offers."""
    return page.locator("[data-changed] label").all_inner_texts()


def test_the_table_has_no_note(page: Page, root: str) -> None:
    open_plan(page, root, OWN)
    head, homes, land = save_table(page)
    row = dict(zip(head, homes, strict=True))
    assert row["Reference"] == HOMES
    assert row["Title"] == HOMES_TITLE
    assert (row["Status"], row["Objective"], row["Lead"]) == ("Planned", "Good homes", "Tŷ Housing")
    assert (row["By"], row["Evidence"], row["Prevention"]) == ("2027-03-31", "120 homes", "Fewer fires")
    assert row["Wording"].startswith("Understand that empty homes can blight communities.")
    assert "Note" not in head
    assert "ask finance first" not in str([head, homes, land])


@pytest.mark.parametrize(("separator", "encoding"), [(",", "utf-8-sig"), (";", "cp1252"), ("\t", "utf-16")])
def test_only_what_changed_comes_back(page: Page, root: str, tmp_path: Path, separator: str, encoding: str) -> None:
    """The reader unticks what they don't want. All else stays, and Undo takes it back."""
    open_plan(page, root, OWN)
    table = change(save_table(page), 1, Status="Done", Objective="Green places", By="30/04/2027", Evidence="")
    open_files(page, write_table(tmp_path, table, separator, encoding))
    panel = page.locator("[data-files]")
    expect(panel).to_contain_text("Changes in back.csv: 4. Untick what you don't want.")
    expect(panel).to_be_focused()
    expect(panel.locator("legend:visible")).to_have_text([HOMES_TITLE])
    assert list_changes(page) == [
        "Status: Planned → Done",
        "Objective: Good homes → Green places",
        "By: 31 March 2027 → 30 April 2027",
        "Evidence: 120 homes → nothing",
    ]
    assert panel.get_by_role("button").all_inner_texts() == ["Apply these changes", "Cancel"]
    assert read_record(page)["items"] == OWN["items"]
    page.get_by_label("Objective: Good homes → Green places").uncheck()
    page.get_by_role("button", name="Apply these changes").click()
    expect(panel).to_be_hidden()
    expect(page.locator("[data-status]")).to_have_text("Changes applied: 3")
    homes, land = OWN["items"]
    changed = {**homes, "status": "done", "by": "2027-04-30"}
    del changed["evidence"]
    assert read_record(page)["items"] == [changed, land]
    expect(page.locator("[data-do=undo]:visible")).to_be_focused()
    page.keyboard.press("Enter")
    assert read_record(page)["items"] == OWN["items"]


def test_problems_are_named_and_nothing_is_lost(page: Page, root: str, tmp_path: Path) -> None:
    """Columns and rows can be missing. Cells that can't be used are named with what to write instead."""
    open_plan(page, root, OWN)
    table = change(save_table(page), 1, Status="Perhaps", By="03/13/2027")
    table = change(table, 2, By="01/02/2027", Lead="x" * 1001)
    table += [[HOMES], [PARKRUN]]
    keep = [place for place, name in enumerate(table[0]) if name not in ("Objective", "Evidence")]
    table = [[row[place] for place in keep if place < len(row)] for row in table]
    open_files(page, write_table(tmp_path, table))
    panel = page.locator("[data-files]")
    expect(panel).to_contain_text("does not have these columns. What your plan says there stays: Objective, Evidence.")
    land = page.evaluate(f"site.plan.nameOf({LAND!r})")
    assert panel.locator("[data-left-out] li").all_inner_texts() == [
        f"Row 2, {HOMES_TITLE}, Status: “Perhaps”. Choose one of these: "
        "No answer, Not for us, Not yet, Planned, Under way, Done.",
        f"Row 2, {HOMES_TITLE}, By: “03/13/2027”. This day does not exist. Write it like 2027-03-31.",
        f"Row 3, {land}, Lead: “{'x' * 200}…”. This is longer than 1000 letters. Shorten it.",
        f"Row 3, {land}, By: “01/02/2027”. This could be two different days. Write it like 2027-03-31.",
        f"Row 4, {HOMES_TITLE}, Reference: “{HOMES}”. This action is in the table twice. Only its first row is used.",
        "Row 5: “Help a parkrun start” is not in your plan. Add it first, then open the table again.",
    ]
    assert panel.get_by_role("button").all_inner_texts() == ["Cancel"]
    panel.get_by_role("button", name="Cancel").click()
    expect(page.locator("[data-open]")).to_be_focused()
    assert read_record(page)["items"] == OWN["items"]


def test_tables_that_cannot_be_used(page: Page, online: str, tmp_path: Path) -> None:
    open_plan(page, online, OWN)
    panel = page.locator("[data-files]")
    table = save_table(page)
    open_files(page, write_table(tmp_path, table))
    expect(panel).to_contain_text("back.csv has no changes that can be used.")
    open_files(page, write_table(tmp_path, [["Name", "Age"], ["Ann", "5"]]))
    expect(panel).to_contain_text("back.csv does not have the column “Reference”")
    open_files(page, write_table(tmp_path, table), write_file(tmp_path, "plan.json", OWN))
    expect(panel).to_contain_text("back.csv is a table. Open it by itself.")
    (tmp_path / "back.xlsx").write_bytes(b"PK\x03\x04")
    open_files(page, tmp_path / "back.xlsx")
    expect(panel).to_contain_text("back.xlsx is a workbook, which can't be opened here. Nothing was changed.")
    assert read_record(page)["items"] == OWN["items"]


def test_a_table_in_windows_1252_says_so(page: Page, online: str, tmp_path: Path) -> None:
    """Letters that the spreadsheet lost are not taken for a change."""
    own = make_record({"id": HOMES, "lead": "Tŷ Dŵr", "evidence": "£5"})
    open_plan(page, online, own)
    open_files(page, write_table(tmp_path, change(save_table(page), 1, Evidence="£6"), ";", "cp1252"))
    expect(page.locator("[data-about-files]")).to_contain_text("The table was saved as Windows-1252")
    expect(page.locator("[data-left-out]")).to_contain_text("The spreadsheet lost some letters")
    assert list_changes(page) == ["Evidence: £5 → £6"]


def test_in_welsh(page: Page, online: str, tmp_path: Path) -> None:
    """A table that was saved in English is read on the Welsh page."""
    open_plan(page, online, OWN)
    table = change(save_table(page), 1, Status="Wedi'i wneud", Lead="Ann")
    page.goto(f"{online}/cy/shortlist.html")
    open_files(page, write_table(tmp_path, table))
    expect(page.locator("[data-about-files]")).to_contain_text("Newidiadau yn y ffeil back.csv:")
    page.locator("[data-do=apply-table]").click()
    assert read_record(page)["items"][0]["lead"] == "Ann"


DROP = """([name, text, target]) => {
  const dataTransfer = new DataTransfer()
  if (name) dataTransfer.items.add(new File([text], name))
  else dataTransfer.setData("text/plain", text)
  const send = type => document.querySelector(target).dispatchEvent(
    new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  const over = send("dragover")
  const isShown = !document.querySelector("[data-drop]").hidden
  return [over, isShown, send("drop")]
}"""


@pytest.mark.parametrize("target", ["body", "h1", "[data-files]", "footer"])
def test_files_can_be_dropped_anywhere(page: Page, root: str, target: str) -> None:
    open_plan(page, root, OWN)
    table = "Reference,Lead\r\nempty-homes,Ann\r\n"
    assert page.evaluate(DROP, ["back.csv", table, target]) == [False, True, False]
    expect(page.locator("[data-drop]")).to_be_hidden()
    expect(page.locator("[data-changed] label")).to_have_text(["Lead: Tŷ Housing → Ann"])
    page.evaluate(
        DROP, ["plan.json", '{"format": "journey-plan", "version": 1, "items": [{"id": "play-streets"}]}', target]
    )
    expect(page.locator("[data-about-files]")).to_contain_text("Opened: plan.json.")
    expect(page.locator("[data-merge-list] li")).to_have_text(["Actions: 1"])
    expect(page.locator("[data-changed]")).to_be_hidden()


def test_text_that_is_dropped_is_left_alone(page: Page, online: str) -> None:
    open_plan(page, online, OWN)
    assert page.evaluate(DROP, ["", "words", "textarea"]) == [True, False, True]
    expect(page.locator("[data-files]")).to_be_hidden()
