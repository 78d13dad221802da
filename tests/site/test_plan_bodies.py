"""The plans of several bodies side by side: what the table says, and that the reader's own plan stays as it is."""

import csv
import io
import json
from pathlib import Path

import pytest
from axe import find_violations_in_both_colours
from plan_page import HOMES, LAND, PARKRUN, STREETS, make_record, open_plan, read_stored, show, store_record, write_file
from playwright.sync_api import Locator, Page, expect

Table = list[list[str]]

WORDS = {
    "en": {"done": "Done", "under-way": "Under way", "planned": "Planned", "none": "Not in the plan", "of": "of"},
    "cy": {
        "done": "Wedi'i wneud",
        "under-way": "Ar waith",
        "planned": "Wedi'i gynllunio",
        "none": "Nid yw yn y cynllun",
        "of": "o",
    },
}
SIGNS = {"done": "●", "under-way": "◐", "planned": "○"}


@pytest.fixture
def three(tmp_path: Path) -> list[Path]:
    """The files of three bodies. The last one has no name, so that its file is named instead."""
    return [
        write_file(
            tmp_path,
            "a.json",
            make_record(
                {"id": HOMES, "status": "done", "note": "ask finance first"},
                {"id": LAND, "status": "under-way"},
                {"id": STREETS, "status": "planned"},
                name="North Council",
            ),
        ),
        write_file(
            tmp_path,
            "b.json",
            make_record(
                {"id": HOMES, "status": "under-way"}, {"id": STREETS, "status": "planned"}, name="South Council"
            ),
        ),
        write_file(tmp_path, "Health Board.json", make_record({"id": HOMES, "status": "planned"}, {"id": PARKRUN})),
    ]


def open_bodies(page: Page, *paths: Path) -> Locator:
    """Open files side by side and return the part of the page, when it says what it found."""
    part = page.locator("[data-view=bodies]")
    if part.is_hidden():
        show(page, "bodies")
    told = part.locator("[data-bodies-told]")
    told.evaluate("told => told.replaceChildren()")
    part.locator("[data-bodies-files]").set_input_files(paths)
    told.locator("p").wait_for()
    return part


def read_rows(part: Locator, rows: str) -> Table:
    """Return the words in the cells of some rows; of an action's title without its grade."""
    script = """rows => rows.map(row => [...row.cells].map(cell =>
      (cell.querySelector("a") ?? cell).textContent.replace(/\\s+/g, " ").trim()))"""
    table: Table = part.locator(rows).evaluate_all(script)
    return table


def choose_view(part: Locator, view: str) -> Table:
    part.locator(f"[data-bodies-view={view}]").click()
    return read_rows(part, "tbody tr")


def title_of(page: Page, id: str) -> str:
    title: str = page.evaluate("id => site.actions.get(id).title", id)
    return title


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("way", ["http", "file"])
def test_three_bodies_are_one_table(
    page: Page, online: str, site: Path, three: list[Path], language: str, way: str
) -> None:
    root = online if way == "http" else site.as_uri()
    page.goto(f"{root}/{'cy/' if language == 'cy' else ''}shortlist.html")
    part = open_bodies(page, *three)
    words = WORDS[language]
    done, under_way, planned = (f"{SIGNS[status]} {words[status]}" for status in SIGNS)
    none, of = words["none"], words["of"]
    no_answer = "No answer" if language == "en" else "Dim ateb"
    assert read_rows(part, "thead tr")[0][1:4] == ["North Council", "South Council", "Health Board"]
    rows = {title: cells for title, *cells in read_rows(part, "tbody tr")}
    assert rows == {
        title_of(page, HOMES): [done, under_way, planned, f"2 {of} 3"],
        title_of(page, LAND): [under_way, none, none, f"1 {of} 3"],
        title_of(page, STREETS): [planned, planned, none, f"0 {of} 3"],
        title_of(page, PARKRUN): [none, none, no_answer, f"0 {of} 3"],
    }
    assert [cells[1:] for cells in read_rows(part, "tfoot tr")] == [
        [f"2 {of} 4", f"1 {of} 4", f"0 {of} 4", f"3 {of} 12"],
        ["1", "0", "0", "1"],  # done
        ["1", "1", "0", "2"],  # under way
        ["1", "1", "1", "3"],  # planned
        ["0", "0", "1", "1"],  # no answer
        ["1", "2", "2", "5"],  # not in the plan
    ]


def test_it_is_ordered_and_filtered(page: Page, online: str, three: list[Path]) -> None:
    page.goto(f"{online}/shortlist.html")
    part = open_bodies(page, *three)
    homes, land, streets, parkrun = (title_of(page, id) for id in (HOMES, LAND, STREETS, PARKRUN))
    in_guidance: list[str] = page.evaluate("site.actions.all.map(({ title }) => title)")

    def titles(view: str) -> list[str]:
        return [row[0] for row in choose_view(part, view)]

    listed = [title for title in in_guidance if title in (homes, land, streets, parkrun)]
    assert titles("listed") == listed
    assert titles("most") == [homes]
    assert titles("nobody") == [title for title in in_guidance if title not in (homes, land)]
    assert set(titles("differ")) == {homes, land, streets}
    assert titles("all") == in_guidance
    expect(part.locator("[data-bodies-view=all]")).to_have_text(f"All actions: {len(in_guidance)}")
    part.get_by_label("Order").select_option("Most begun first")
    assert titles("listed")[:2] == [homes, land]
    part.get_by_label("Order").select_option("Least begun first")
    assert titles("listed")[2:] == [land, homes]
    part.get_by_label("Grade").select_option("ambition")
    grades: list[str] = page.evaluate(
        "site.actions.all.filter(({ grade }) => grade === 'ambition').map(({ title }) => title)"
    )
    assert set(titles("all")) == set(grades)
    part.get_by_label("Grade").select_option("")
    theme = page.evaluate("site.actions.get('empty-homes').theme[0]")
    part.get_by_label("Theme").select_option(theme)
    themes: list[str] = page.evaluate(
        "one => site.actions.all.filter(({ theme }) => theme?.includes(one)).map(({ title }) => title)", theme
    )
    assert homes in themes
    assert set(titles("all")) == set(themes)
    part.get_by_label("Theme").select_option("")
    part.get_by_role("button", name="Close the files").click()
    expect(part.locator("table")).to_be_hidden()
    page.get_by_text("All files are closed.").wait_for()
    assert len(read_rows(open_bodies(page, *three[:2]), "thead tr")[0]) == 4


def test_nothing_matches(page: Page, online: str, tmp_path: Path) -> None:
    page.goto(f"{online}/shortlist.html")
    part = open_bodies(page, write_file(tmp_path, "empty.json", make_record()))
    expect(part.get_by_text("No actions match.")).to_be_visible()
    expect(part.locator("table")).to_be_hidden()


def test_broken_files_cost_the_good_ones_nothing(page: Page, online: str, three: list[Path], tmp_path: Path) -> None:
    newer, foreign, large, partly = (tmp_path / f"{name}.json" for name in ("newer", "foreign", "large", "partly"))
    newer.write_text(json.dumps({**make_record(), "version": 2}), encoding="utf-8")
    foreign.write_bytes(json.dumps(make_record(name="Môn"), ensure_ascii=False).encode("windows-1252"))
    large.write_bytes(b" " * 2_000_001)
    items = [{"id": HOMES, "status": "finished"}, {"id": LAND, "status": "done"}, {"id": "of-another-site"}]
    partly.write_text(json.dumps(make_record(*items, name="Partly")), encoding="utf-8")
    page.goto(f"{online}/shortlist.html")
    minutes = write_file(tmp_path, "<b>minutes.json", [])
    part = open_bodies(page, newer, three[0], foreign, minutes, three[1], large, partly, three[0])
    assert part.locator("[data-bodies-told] li").all_text_contents() == [
        "newer.json was saved by a newer version of this site. Use that version to open it. It is left out.",
        "foreign.json was changed by another program, which did not save it as UTF-8. Ask for the original file. "
        "It is left out.",
        "<b>minutes.json is not a file that this site saved. It is left out.",
        "large.json is larger than 2 MB. A plan is much smaller. It is left out.",
        "Parts of partly.json can't be read and are left out: items 1 status.",
        "partly.json has actions that are not on this site. They are left out: of-another-site.",
        "a.json is open already.",
    ]
    assert read_rows(part, "thead tr")[0][1:4] == ["North Council", "South Council", "Partly"]


def test_two_plans_of_one_name_can_be_told_apart(page: Page, online: str, tmp_path: Path) -> None:
    page.goto(f"{online}/shortlist.html")
    record = make_record({"id": HOMES, "status": "done"}, name="Plan")
    part = open_bodies(page, *(write_file(tmp_path, f"{name}.json", record) for name in ("north", "south")))
    assert read_rows(part, "thead tr")[0][1:3] == ["Plan (north.json)", "Plan (south.json)"]


def test_the_own_plan_stays_as_it_is_and_can_be_a_column(page: Page, online: str, three: list[Path]) -> None:
    own = make_record({"id": LAND, "status": "planned", "note": "ask finance first"}, name="For the Board")
    open_plan(page, online, own)
    before = read_stored(page)
    address = page.url
    part = open_bodies(page, *three)
    part.get_by_label("Include my own plan").check()
    assert read_rows(part, "thead tr")[0][1:5] == ["Your plan", "North Council", "South Council", "Health Board"]
    land = title_of(page, LAND)
    assert next(row for row in read_rows(part, "tbody tr") if row[0] == land)[1] == "○ Planned"
    for view in ("most", "nobody", "differ", "all", "listed"):
        choose_view(part, view)
    with page.expect_download():
        part.get_by_role("button", name="Download as CSV").click()
    assert "ask finance first" not in (part.text_content() or "")
    page.evaluate("window.print = () => {}")
    part.get_by_role("button", name="Print").click()
    assert read_stored(page) == before
    show(page, "actions")
    assert page.url == address
    show(page, "bodies")
    show(page, "actions")
    page.locator(f"[data-action={LAND}] [data-field=status]").select_option("done")
    show(page, "bodies")
    assert next(row for row in read_rows(part, "tbody tr") if row[0] == land)[1] == "● Done"
    changed = read_stored(page)
    part.get_by_role("button", name="Close the files").click()
    assert read_stored(page) == changed


def test_dropped_files_are_opened_here_only(page: Page, online: str, three: list[Path]) -> None:
    page.goto(f"{online}/shortlist.html#bodies")
    page.evaluate("addEventListener('drop', () => { window.hasReachedPage = true })")
    page.evaluate(
        """text => {
          const dataTransfer = new DataTransfer()
          dataTransfer.items.add(new File([text], "dropped.json"))
          const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true })
          document.querySelector("[data-view=bodies] h2").dispatchEvent(event)
        }""",
        three[0].read_text(encoding="utf-8"),
    )
    expect(page.locator("[data-view=bodies] thead th")).to_have_text(["Action", "North Council", "Done or under way"])
    assert page.evaluate("window.hasReachedPage") is None
    expect(page.locator("[data-files]")).to_be_hidden()


def test_what_it_shows_can_be_saved_as_a_table(page: Page, online: str, three: list[Path]) -> None:
    page.goto(f"{online}/shortlist.html")
    part = open_bodies(page, *three)
    choose_view(part, "most")
    with page.expect_download() as download:
        part.get_by_role("button", name="Download as CSV").click()
    assert download.value.suggested_filename == "side-by-side.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    header, homes, begun, *totals = csv.reader(io.StringIO(text))
    assert header == [
        *("Action", "Grade", "Theme", "North Council", "South Council", "Health Board", "Done or under way"),
        *("Done", "Under way", "Planned", "Not yet", "Not for us", "No answer", "Not in the plan", "Address"),
    ]
    assert homes[0] == title_of(page, HOMES)
    assert homes[3:-1] == ["Done", "Under way", "Planned", "2", "1", "1", "1", "0", "0", "0", "0"]
    assert homes[-1].endswith(f"/actions/{HOMES}.html")
    assert begun[3:7] == ["1", "1", "0", "2"]
    assert [row[:6] for row in totals] == [
        ["Done", "", "", "1", "0", "0"],
        ["Under way", "", "", "0", "1", "0"],
        ["Planned", "", "", "0", "0", "1"],
    ]


@pytest.mark.parametrize("count", [3, 30])
def test_it_prints_alone_and_fits_the_paper(page: Page, online: str, tmp_path: Path, count: int) -> None:
    open_plan(page, online, make_record({"id": LAND, "lead": "Housing"}))
    names = [f"Public body number {number}" for number in range(count)]
    record = make_record({"id": HOMES, "status": "done"}, {"id": STREETS, "status": "not-for-us"})
    files = [write_file(tmp_path, f"{name}.json", {**record, "name": name}) for name in names]
    part = open_bodies(page, *files)
    page.evaluate("window.print = () => { window.isPrinted = true }")
    part.get_by_role("button", name="Print").click()
    page.wait_for_function("window.isPrinted")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1009, "height": 680})  # A4 across, without its margins
    expect(part.locator("table")).to_be_visible()
    expect(page.locator(".plan__table")).to_be_hidden()
    expect(page.locator("#report")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    expect(part.get_by_role("button")).to_have_count(0)
    links = "getComputedStyle(document.querySelector('.bodies a'), '::after').content"
    assert page.evaluate(links) == "none"  # no addresses
    expect(part.get_by_text("No sign: no answer, or not in the plan")).to_be_visible(visible=count > 7)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(part.locator("tbody td").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.bodies thead th')).position") == "static"


@pytest.mark.parametrize("width", [1280, 360])
def test_thirty_bodies_scroll_only_inside_the_table(page: Page, online: str, tmp_path: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{online}/shortlist.html")
    record = make_record({"id": HOMES, "status": "done"}, {"id": STREETS})
    files = [write_file(tmp_path, f"{number}.json", {**record, "name": f"Body {number}"}) for number in range(30)]
    part = open_bodies(page, *files)
    region = part.get_by_role("region", name="Actions and bodies")
    assert region.evaluate("region => region.scrollWidth > region.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    region.evaluate("region => { region.scrollLeft = 1000 }")
    left = region.evaluate("region => region.getBoundingClientRect().left")
    first = part.locator("tbody th").first.evaluate("cell => cell.getBoundingClientRect().left")
    assert abs(first - left) <= 2  # the titles stay
    assert find_violations_in_both_colours(page) == []


def test_without_files_there_is_nothing_to_see_or_print(page: Page, online: str) -> None:
    page.goto(f"{online}/about/gaps.html")
    store_record(page, make_record({"id": HOMES}))
    page.goto(f"{online}/shortlist.html")
    part = page.locator("[data-view=bodies]")
    expect(part).to_be_hidden()
    page.locator("[data-views]").get_by_role("link", name="Side by side").click()
    expect(part.get_by_text("Where do several bodies stand?")).to_be_in_viewport()
    expect(part.locator("table")).to_be_hidden()
