"""The plan's table, changed in a spreadsheet and opened again: only what changed is offered, and nothing is guessed."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from playwright.sync_api import Page

Item = dict[str, Any]
Table = list[list[str]]
Result = dict[str, Any]

OBJECTIVES = {"o1": ["Homes for all"], "o2": ["Cymunedau cryf, ŵyr & ŷd"]}
ITEM: Item = {
    "id": "empty-homes",
    "status": "planned",
    "objective": "o1",
    "lead": "Housing team",
    "by": "2027-03-31",
    "evidence": "120 homes",
    "note": "ask finance first",
    "ways": {"long-term": "Homes for 2050", "involvement": "We ask tenants"},
}
NASTY = [
    "=1+1", "'=1", "''", "'", '"', '"a";"b",c', "-", "-1", "+44", "@SUM(A1)", "＝1", "＋1", "\t", "\ttab", "a\tb",
    "a\r\nb", "a\rb", "\nb", "\r\n\r\nb", "c  ", "  c", "c\n", "ŵ", "🏠", "e\u0301", "\u0000", "\u00a0", "\ufeff",
    "\u2028", "sep=;", ";", ",", "1/2", "TRUE", "01", "1e5", "2027-03-31", "\\n", "#REF!", "NULL",
]  # fmt: skip
"""What spreadsheets, separators, quotation marks and formulas make special."""


@pytest.fixture
def plan(page: Page, online: str) -> Page:
    """The page of the plan, in English."""
    page.goto(f"{online}/shortlist.html")
    return page


def load_columns(page: Page) -> list[dict[str, Any]]:
    """Return the columns of the table, with the objectives of the reader."""
    columns: list[dict[str, Any]] = page.evaluate("site.csv.load()")
    for column in columns:
        if column["field"] == "objective":
            column["values"] |= OBJECTIVES
    return columns


def make_table(page: Page, *items: Item) -> Table:
    """Return the table of these items, as the plan saves it."""
    script = """([columns, items]) => site.csv.makeRows(columns, items,
      (id, field) => field === "address" ? `https://site.example/actions/${id}.html` : `The ${field} of ${id}`)"""
    rows: Table = page.evaluate(script, [load_columns(page), items])
    return rows


def save(page: Page, table: Table) -> bytes:
    """Return the file of a table, as the page saves it."""
    with page.expect_download() as download:
        page.evaluate("rows => site.table.save(rows, 'plan.csv')", table)
    return Path(download.value.path()).read_bytes()


def find_changes(page: Page, content: bytes, *items: Item) -> Result:
    """Return what the page finds in the bytes of a file."""
    script = """([bytes, columns, items]) =>
      site.csv.findChanges(site.csv.parse(new Uint8Array(bytes).buffer).rows, columns, items)"""
    result: Result = page.evaluate(script, [list(content), load_columns(page), items])
    return result


def is_unchanged(result: Result) -> bool:
    return not any(result.values())


def write(table: Table, separator: str = ",", encoding: str = "utf-8", line_end: str = "\r\n") -> bytes:
    """Return a table as a spreadsheet saves it: with quotation marks only where they are needed."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=line_end).writerows(table)
    return text.getvalue().encode(encoding)


def read(content: bytes) -> Table:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def edit(table: Table, column: str, text: str, row: int = 1) -> Table:
    """Return a table with another text in one cell."""
    changed = [list(cells) for cells in table]
    changed[row][table[0].index(column)] = text
    return changed


def make_nasty_items(count: int, texts: Sequence[str] = NASTY) -> list[Item]:
    """Return items with texts that are hard to save, made up by a program: always the same."""
    source = random.Random(26)

    def make_text() -> str:
        return "".join(source.choices(texts, k=source.randint(1, 4)))

    return [
        {
            "id": f"action-{number}",
            "status": source.choice(["not-for-us", "not-yet", "planned", "under-way", "done", ""]),
            "objective": source.choice(["o1", "o2", ""]),
            "by": source.choice(["2027-03-31", "2027-03-04", "2028-02-29", ""]),
            **{field: make_text() for field in ("lead", "evidence", "note")},
            "ways": {way: make_text() for way in ("long-term", "prevention", "integration")},
        }
        for number in range(count)
    ]


def test_what_was_saved_has_no_changes(plan: Page) -> None:
    items = [{**ITEM, "id": f"each-{place}", "lead": text, "note": text} for place, text in enumerate(NASTY)]
    items += make_nasty_items(200)
    content = save(plan, make_table(plan, *items))
    assert is_unchanged(find_changes(plan, content, *items))


def through_openpyxl(table: Table) -> Table:
    """Return a table after it was in a workbook."""
    book, saved = Workbook(), io.BytesIO()
    assert book.active
    for row in table:
        book.active.append([f"{cell}" for cell in row])
    for row in book.active.iter_rows():
        for cell in row:
            cell.data_type = "s"
    book.save(saved)
    sheet = load_workbook(saved).active
    assert sheet
    return [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_a_spreadsheet_saved_again_has_no_changes(plan: Page, separator: str, encoding: str) -> None:
    texts = [text for text in NASTY if text not in ("\u0000", "\ufeff", "\u2028", "\r\n\r\nb", "a\r\nb", "a\rb")]
    items = make_nasty_items(60, texts)
    table = through_openpyxl(read(save(plan, make_table(plan, *items))))
    assert is_unchanged(find_changes(plan, write(table, separator, encoding), *items))


def mangle_line_ends(table: Table) -> Table:
    return [[cell.replace("\r\n", "\n").replace("\n", "\r") for cell in row] for row in table]


def trim(table: Table) -> Table:
    return [[cell.rstrip() for cell in row] for row in table]


def pad(table: Table) -> Table:
    return [[f"{cell}  " for cell in row] for row in table]


def drop_empty_cells_at_the_end(table: Table) -> Table:
    short = [list(row) for row in table]
    for row in short:
        while row and not row[-1]:
            row.pop()
    return short


def reverse_columns(table: Table) -> Table:
    return [row[::-1] for row in table]


def sort_rows(table: Table) -> Table:
    return [table[0], *sorted(table[1:], key=lambda row: row[3:])]


def add_empty_rows(table: Table) -> Table:
    return [[""] * len(table[0]), table[0], *(row for one in table[1:] for row in (["", " "], one)), [""]]


def delete_rows(table: Table) -> Table:
    return [table[0], *table[1::3]]


def without_apostrophes(table: Table) -> Table:
    """A spreadsheet hides the apostrophe when someone has edited the cell, and saves it without."""
    return [[cell[1:] if cell.startswith(("'=", "'+", "'-", "'@")) else cell for cell in row] for row in table]


@pytest.mark.parametrize(
    "mangle",
    [
        mangle_line_ends, trim, pad, drop_empty_cells_at_the_end, reverse_columns, sort_rows, add_empty_rows,
        delete_rows, without_apostrophes,
    ],
)  # fmt: skip
def test_what_spreadsheets_do_is_no_change(plan: Page, mangle: Callable[[Table], Table]) -> None:
    items = make_nasty_items(60, NASTY)
    table = read(save(plan, make_table(plan, *items)))
    assert is_unchanged(find_changes(plan, write(mangle(table)), *items))


def test_a_missing_column_is_told_and_changes_nothing(plan: Page) -> None:
    table = make_table(plan, ITEM)
    for place, name in enumerate(table[0]):
        less = [[cell for at, cell in enumerate(row) if at != place] for row in table]
        result = find_changes(plan, write(less), ITEM)
        assert result["changes"] == result["problems"] == result["unknownRows"] == []
        (column,) = [one for one in load_columns(plan) if one["names"][0] == name]
        assert result["missingColumns"] == ([] if column["kind"] in ("fixed", "address") else [column["field"]])
    assert find_changes(plan, b"", ITEM)["changes"] == []
    assert "id" in find_changes(plan, b"Some,Other,Table\r\n1,2,3\r\n", ITEM)["missingColumns"]


def test_only_what_changed_is_offered(plan: Page) -> None:
    table = make_table(plan, {**ITEM, "id": "play-streets"}, ITEM)
    new = {
        "Status": ("status", "Done", "done"),
        "Objective": ("objective", "cymunedau cryf, ŵyr & ŷd", "o2"),
        "Lead": ("lead", '\'=Tŷ;\n"x" ', '=Tŷ;\n"x"'),
        "By": ("by", "30/06/2027", "2027-06-30"),
        "Evidence": ("evidence", "", ""),
        "Note": ("note", "first line\r\nsecond line", "first line\nsecond line"),
        "Long term": ("ways.long-term", "2051", "2051"),
        "Prevention": ("ways.prevention", "new", "new"),
    }
    for column, (_, text, _) in new.items():
        table = edit(table, column, text, 2)
    table = edit(edit(table, "Title", "Another title", 2), "Wording", "Other words", 2)
    result = find_changes(plan, write(table), ITEM, {**ITEM, "id": "play-streets"})
    values = {**ITEM, **{f"ways.{way}": text for way, text in ITEM["ways"].items()}}
    found = {one["field"]: one for one in result.pop("changes")}
    assert found == {
        field: {"id": "empty-homes", "field": field, "before": values.get(field, ""), "after": after}
        for field, _, after in new.values()
    }
    assert is_unchanged(result)


def test_unknown_rows_and_columns_and_rows_that_are_there_twice(plan: Page) -> None:
    table = [[*row, "Mine"] for row in make_table(plan, ITEM, ITEM, {**ITEM, "id": "other", "lead": "New"})]
    table = [*edit(table, "Lead", "Another team", 2), ["", "Total", "8"]]
    result = find_changes(plan, write(table), ITEM)
    assert result == {
        "changes": [],
        "unknownRows": [{"row": 4, "id": "other"}, {"row": 5, "id": ""}],
        "missingColumns": [],
        "unknownColumns": ["Mine"],
        "problems": [{"row": 3, "id": "empty-homes", "field": "id", "text": "empty-homes", "why": "twice"}],
    }


def test_the_address_finds_a_row_without_its_reference(plan: Page) -> None:
    """The table of earlier versions has only the address. A spreadsheet may also have changed the reference."""
    table = edit(make_table(plan, ITEM), "Lead", "New")
    for other in (
        edit(table, "Reference", ""),
        edit(table, "Reference", "01-May"),
        edit(table, "Reference", "Empty-Homes "),
    ):
        (change,) = find_changes(plan, write(other), ITEM)["changes"]
        assert (change["id"], change["after"]) == ("empty-homes", "New")


@pytest.mark.parametrize("words", [0, 1])
@pytest.mark.parametrize("folder", ["", "cy/"])
def test_both_languages_are_understood(page: Page, online: str, folder: str, words: int) -> None:
    page.goto(f"{online}/{folder}shortlist.html")
    columns = load_columns(page)
    assert columns[0]["names"] == (["Cyfeirnod", "Reference"] if folder else ["Reference", "Cyfeirnod"])
    statuses = next(column["values"] for column in columns if column["field"] == "status")
    english, welsh = ["No answer", "None"], ["Dim ateb", "Dim un"]
    assert statuses.pop("") == (welsh + english if folder else english + welsh)
    assert list(statuses) == ["not-for-us", "not-yet", "planned", "under-way", "done"]
    header = [column["names"][words].upper() for column in columns]
    for status, names in statuses.items():
        row = make_table(page, ITEM)[1]
        row[[column["field"] for column in columns].index("status")] = names[words].lower()
        result = find_changes(page, write([header, row]), ITEM)
        assert result["missingColumns"] == result["unknownColumns"] == result["problems"] == []
        assert [change["after"] for change in result["changes"]] == ([] if status == "planned" else [status])


@pytest.mark.parametrize(("column", "text"), [("Status", "Nearly done"), ("Status", "0"), ("Objective", "A new one")])
def test_an_unknown_choice_is_a_problem(plan: Page, column: str, text: str) -> None:
    result = find_changes(plan, write(edit(make_table(plan, ITEM), column, text)), ITEM)
    field = column.lower()
    assert result["problems"] == [{"row": 2, "id": "empty-homes", "field": field, "text": text, "why": "choice"}]
    assert result["changes"] == []


def test_a_choice_can_be_emptied(plan: Page) -> None:
    table = edit(edit(edit(make_table(plan, ITEM), "Status", " "), "Objective", ""), "By", "")
    changes = find_changes(plan, write(table), ITEM)["changes"]
    assert [(one["field"], one["after"]) for one in changes] == [("status", ""), ("objective", ""), ("by", "")]


def test_words_for_no_choice(plan: Page) -> None:
    """They empty a choice, and are no change where there was none."""
    for status, objective in (("No answer", "None"), ("Dim ateb", "dim un")):
        table = edit(edit(make_table(plan, ITEM), "Status", status), "Objective", objective)
        changes = find_changes(plan, write(table), ITEM)["changes"]
        assert [(one["field"], one["after"]) for one in changes] == [("status", ""), ("objective", "")]
        assert is_unchanged(find_changes(plan, write(table), {**ITEM, "status": "", "objective": ""}))


def test_the_table_has_words_for_choices(plan: Page) -> None:
    header, row, empty = make_table(plan, ITEM, {"id": "play-streets"})
    shown = dict(zip(header, row, strict=True))
    assert shown["Reference"] == "empty-homes"
    assert (shown["Status"], shown["Objective"], shown["By"]) == ("Planned", "Homes for all", "2027-03-31")
    assert (shown["Long term"], shown["Prevention"]) == ("Homes for 2050", "")
    assert (shown["Title"], shown["Legal basis"]) == ("The title of empty-homes", "The law of empty-homes")
    assert {text for text in empty if text and "play-streets" not in text} == set()


def test_an_objective_that_is_no_longer_there_is_kept(plan: Page) -> None:
    item = {**ITEM, "objective": "o9"}
    assert is_unchanged(find_changes(plan, write(make_table(plan, item)), item))


def test_two_objectives_of_one_name(plan: Page) -> None:
    """The one that the action has stays."""
    script = """before => site.csv.findChanges([["id", "Objective"], ["a", "Same"]], [
      { field: "id", kind: "id", names: ["id"] },
      { field: "objective", kind: "choice", names: ["Objective"], values: { o1: ["Same"], o2: ["Same"] } },
    ], [{ id: "a", objective: before }]).changes.map(change => change.after)"""
    assert [plan.evaluate(script, before) for before in ("o1", "o2", "")] == [[], [], ["o1"]]


def read_day(page: Page, text: str, before: str = "2026-01-01") -> str:
    """Return the day that a cell means: the new one, "same", or why there is none."""
    item = {**ITEM, "by": before}
    result = find_changes(page, write(edit(make_table(page, item), "By", text)), item)
    for one in result["problems"]:
        assert one == {"row": 2, "id": "empty-homes", "field": "by", "text": text, "why": one["why"]}
        return str(one["why"])
    return str(result["changes"][0]["after"]) if result["changes"] else "same"


@pytest.mark.parametrize(
    "text",
    [
        "2027-03-31", "2027/03/31", "2027-3-31", "2027-03-31 00:00:00", "2027-03-31T00:00:00", "31/03/2027",
        "31/3/2027", "31/03/27", "31-03-2027", "31.3.2027", "31 03 2027", "31/03/2027 00:00", "31-Mar-27",
        "31-Mar-2027", "31 March 2027", "31 MARCH 27", "31st March 2027", "31 Mawrth 2027", "31-Maw-27",
        "31 Mawrth, 2027", "March 31, 2027", "Mar 31 2027", "46477", "46477.0", " 31/03/2027 ",
    ],
)  # fmt: skip
def test_days_as_spreadsheets_write_them(plan: Page, text: str) -> None:
    assert read_day(plan, text) == "2027-03-31"
    assert read_day(plan, text, before="2027-03-31") == "same"


@pytest.mark.parametrize(
    "text",
    [
        "soon", "2027", "March 2027", "Mar-27", "31/02/2027", "30 February 2027", "29/02/2027", "32/01/2027",
        "0/1/2027", "31/3", "31-Ma-27", "31 Smarch 2027", "31 J 2027", "31 Ju 2027", "2027-02-30", "2027-13-01",
        "1/1/0027", "1/1/123456", "123", "12345", "99999", "31032027", "31/03-2027", "########", "#VALUE!",
        "03/31/2027", "=TODAY()", "31/03/2027?",
    ],
)  # fmt: skip
def test_what_is_no_day_is_a_problem(plan: Page, text: str) -> None:
    assert read_day(plan, text) == "day"


def test_each_month_in_both_languages(plan: Page) -> None:
    for number, (english, welsh) in enumerate(
        zip(*next(column["months"] for column in load_columns(plan) if "months" in column), strict=True), 1
    ):
        for name in (english, welsh, english[:3], welsh[:3], english.lower(), welsh.upper()):
            assert read_day(plan, f"5 {name} 2027") == f"2027-{number:02}-05"


def test_the_first_day_that_a_spreadsheet_counts(plan: Page) -> None:
    assert read_day(plan, "36526") == "2000-01-01"
    assert read_day(plan, "73050") == "2099-12-31"


def test_days_are_british_but_a_doubtful_one_is_a_problem(plan: Page) -> None:
    assert read_day(plan, "03/04/2027") == "2027-04-03"
    assert read_day(plan, "03/04/2027", before="2027-04-03") == "same"
    assert read_day(plan, "05/05/2027") == "2027-05-05"
    # Before, it was 4 March. An American spreadsheet writes that so, too.
    assert read_day(plan, "03/04/2027", before="2027-03-04") == "doubtful"
    assert read_day(plan, "3/31/2027", before="2027-03-31") == "same"


def test_an_american_spreadsheet_is_noticed(plan: Page) -> None:
    """One cell can only be American, so the others may be."""
    days = {"a": "2027-03-31", "b": "2027-03-04", "c": "2027-06-07", "d": "2027-08-09", "e": "2027-05-05"}
    items = [{**ITEM, "id": key, "by": day} for key, day in days.items()]
    table = make_table(plan, *items)
    for row, text in enumerate(["3/31/2027", "3/4/2027", "7/6/2027", "9/10/2027", "5/5/2027"], 1):
        table = edit(table, "By", text, row)
    result = find_changes(plan, write(table), *items)
    assert result["changes"] == []
    assert [(one["id"], one["why"]) for one in result["problems"]] == [("c", "doubtful"), ("d", "doubtful")]


@pytest.mark.parametrize("lost", ["?", "w"])
def test_letters_that_windows_1252_lost_are_no_change(plan: Page, lost: str) -> None:
    """Excel's plain "CSV" has no ŵ and no emoji. What else changed is still found."""
    item = {**ITEM, "lead": "Dŵr café", "evidence": "🏠 £5", "objective": "o2", "note": "–"}
    table = edit(make_table(plan, item), "Long term", "costs £5")
    text = write(table).decode().replace("ŵ", lost).replace("ŷ", "?" if lost == "?" else "y").replace("🏠", "??")
    content = text.encode("windows-1252")
    assert (
        plan.evaluate("bytes => site.csv.parse(new Uint8Array(bytes).buffer).encoding", list(content)) == "windows-1252"
    )
    result = find_changes(plan, content, item)
    assert [(one["field"], one["after"]) for one in result["changes"]] == [("ways.long-term", "costs £5")]
    assert [(one["field"], one["why"]) for one in result["problems"]] == [("lead", "letters"), ("evidence", "letters")]


def test_a_letter_that_someone_changed_is_a_change(plan: Page) -> None:
    item = {**ITEM, "lead": "Dŵr", "evidence": "Tŷ"}
    (change,) = find_changes(plan, write(edit(make_table(plan, item), "Lead", "Dwr")), item)["changes"]
    assert change["after"] == "Dwr"


def test_a_text_that_is_too_long_is_a_problem(plan: Page) -> None:
    for size, why in ((1000, []), (1001, ["long"])):
        result = find_changes(plan, write(edit(make_table(plan, ITEM), "Lead", "a" * size)), ITEM)
        assert [one["why"] for one in result["problems"]] == why
        assert len(result["changes"]) == 1 - len(why)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("a", [["a"]]),
        ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
        ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
        ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
        ('"a ""b"" c",""\r\n', [['a "b" c', ""]]),
        ('"a\r\nb",c\r\n', [["a\r\nb", "c"]]),
        ('a "b" c,"d"e\r\n', [['a "b" c', "de"]]),
        ("a;b\r\n1,5;2\r\n", [["a", "b"], ["1,5", "2"]]),
        ("a\tb\r\n1,5\t2;3\r\n", [["a", "b"], ["1,5", "2;3"]]),
        ('"a,b";c;d\r\n', [["a,b", "c", "d"]]),
        ("sep=;\r\na,a,a;b\r\n", [["a,a,a", "b"]]),
        ("\ufeffa,b", [["a", "b"]]),
        (",\r\n,", [["", ""], ["", ""]]),
        ("a\r\n\r\nb", [["a"], [""], ["b"]]),
        ('"never closed,\r\n', [["never closed,\r\n"]]),
    ],
)
def test_rows_are_read_as_in_rfc_4180(plan: Page, text: str, rows: Table) -> None:
    found = plan.evaluate("text => site.csv.parse(text)", text)
    assert found["rows"] == rows
    assert found["isWhole"] is not text.startswith('"never')
    if "\r\r" not in text and found["isWhole"]:
        assert plan.evaluate("bytes => site.csv.parse(new Uint8Array(bytes).buffer).rows", list(text.encode())) == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "windows-1252"])
def test_each_encoding(plan: Page, encoding: str) -> None:
    text = "£5 – café" if encoding == "windows-1252" else "£5 – café ŵŷ 🏠"
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    found = plan.evaluate(
        "bytes => site.csv.parse(new Uint8Array(bytes).buffer)", list(f"{mark}{text}".encode(encoding))
    )
    assert found["rows"] == [[text]]
    assert found["encoding"] == encoding.replace("-sig", "").replace("16-", "16")


def test_a_large_file_is_read_quickly(plan: Page) -> None:
    items = [{**ITEM, "id": f"action-{number}", "note": "a long note, " * 60} for number in range(1600)]
    content = write(make_table(plan, *items))
    assert len(content) > 1_400_000
    seconds = """async ([text, columns, items]) => {
      const start = performance.now()
      const { changes } = site.csv.findChanges(site.csv.parse(text).rows, columns, items)
      return [changes.length, (performance.now() - start) / 1000]
    }"""
    changes, took = plan.evaluate(seconds, [content.decode(), load_columns(plan), items])
    assert changes == 0
    assert took < 5


def test_each_field_of_the_plan_has_a_column(plan: Page) -> None:
    script = """[...document.querySelectorAll("template")]
      .flatMap(one => [...one.content.querySelectorAll("[data-field], [data-way]")])
      .map(field => field.dataset.field ?? `ways.${field.dataset.way}`)"""
    written = ("text", "choice", "day")
    assert {one["field"] for one in load_columns(plan) if one["kind"] in written} == set(plan.evaluate(script))


def test_nothing_is_stored(plan: Page) -> None:
    find_changes(plan, write(edit(make_table(plan, ITEM), "Lead", "New")), ITEM)
    assert plan.evaluate("Object.keys(localStorage)") == []


def test_it_works_from_a_folder(page: Page, site: Path) -> None:
    page.goto((site / "cy" / "shortlist.html").as_uri())
    content = save(page, make_table(page, ITEM))
    assert is_unchanged(find_changes(page, content, ITEM))
