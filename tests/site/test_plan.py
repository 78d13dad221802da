"""The plan: what readers say about actions, and what the page makes of it."""

import csv
import io
import json
from pathlib import Path

import pytest
from docx import Document
from plan_page import (
    HOMES,
    LAND,
    NO_STORAGE,
    PARKRUN,
    PREFIX,
    STREETS,
    Record,
    make_record,
    open_files,
    open_plan,
    open_row,
    press,
    read_record,
    read_stored,
    save_csv,
    save_file,
    show,
    shown_actions,
    take_plan,
    write_file,
)
from playwright.sync_api import Browser, BrowserContext, Page, expect
from site_pages import choose_clipboard

from generator.guidance import Guidance
from generator.model import Grade

STATUSES = {
    "not-for-us": "Not for us",
    "not-yet": "Not yet",
    "planned": "Planned",
    "under-way": "Under way",
    "done": "Done",
}
WAYS = ["long-term", "prevention", "integration", "collaboration", "involvement"]


def full_record(guidance: Guidance) -> Record:
    """Return a record of thirty actions with all fields."""
    items = [
        {
            "id": action.key,
            "status": list(STATUSES)[number % 5],
            "objective": f"o{number % 2 + 1}",
            "lead": f"Tîm {number}",
            "by": f"2027-{number % 12 + 1:02}-28",
            "note": f"Nodyn {number}\n“ŵ ŷ”, 'x'; <b>",
            "evidence": f"=SUM({number})",
            "ways": {way: f"{way} {number}" for way in WAYS},
        }
        for number, action in enumerate(guidance.actions[:30])
    ]
    objectives = [{"id": "o1", "text": "Cartrefi da"}, {"id": "o2", "text": "Good homes, “ŵ”"}]
    disablers = [guidance.journeys[0].disablers[0].key]
    return make_record(*items, objectives=objectives, disablers=disablers, name="For the Board, 3 December")


def test_thirty_actions_with_all_fields(
    page: Page, browser: Browser, root: str, guidance: Guidance, tmp_path: Path
) -> None:
    """They survive a reload and move to another browser by file. Saving, clearing and opening gives the same record."""
    record = full_record(guidance)
    page.goto(f"{root}/shortlist.html")
    open_files(page, write_file(tmp_path, "plan.json", record))
    page.reload()
    assert len(shown_actions(page)) == 30
    saved = save_file(page)
    assert {**saved, **record} == saved
    assert set(saved) - set(record) == {"saved", "edition"}
    stored = read_record(page)
    show(page, "earlier")
    press(page, "clear")
    show(page, "actions")
    assert shown_actions(page) == []
    assert "Nodyn" not in page.evaluate("JSON.stringify(localStorage)")
    open_files(page, write_file(tmp_path, "again.json", saved))
    expect(page.locator(".plan__table > [data-action]:visible")).to_have_count(30)
    assert read_record(page) == stored
    other = browser.new_context()
    tab = other.new_page()
    tab.goto(f"{root}/shortlist.html")
    open_files(tab, write_file(tmp_path, "again.json", saved))
    assert {**read_record(tab), "removed": []} == {**stored, "removed": []}
    expect(tab.locator("h1")).to_have_text("Your plan")
    expect(tab.locator(f"[data-action={guidance.actions[7].key}] [data-field=lead]")).to_have_value("Tîm 7")
    other.close()


def test_what_is_written_is_stored(page: Page, root: str) -> None:
    take_plan(page, f"{root}/shortlist.html#ids={HOMES},{PARKRUN}")
    expect(page.locator("h1")).to_have_text("Your plan")
    row = page.locator(f"[data-action={HOMES}]")
    row.get_by_label("Where do we stand?").select_option("Planned")
    expect(page.locator("h1")).to_have_text("Your plan")
    row.get_by_label("Lead: ").fill("Housing")
    row.get_by_label("By: ").fill("2027-03-31")
    open_row(page, HOMES)
    row.get_by_label("Evidence: ").fill("42 homes")
    row.get_by_text("Five ways of working").click()
    row.get_by_label("Prevention: ").fill("Fewer empty streets")
    show(page, "objectives")
    page.get_by_role("button", name="Add an objective").click()
    page.keyboard.type("Good homes")
    show(page, "actions")
    row.get_by_label("Objective: ").select_option("Good homes")
    show(page, "objectives")
    expect(page.locator("[data-objectives]")).to_contain_text("Actions: 1")
    expect(page.locator("[data-unassigned]").first).to_have_text("Actions without an objective: Help a parkrun start")
    show(page, "actions")
    item: Record = {"id": HOMES, "status": "planned", "objective": "o1", "lead": "Housing", "by": "2027-03-31"}
    item |= {"evidence": "42 homes", "ways": {"prevention": "Fewer empty streets"}}
    assert read_record(page)["items"] == [item, {"id": PARKRUN}]
    assert page.url == f"{root}/shortlist.html#ids={HOMES},{PARKRUN}&status={HOMES}.p"
    row.get_by_label("Prevention: ").fill("")
    row.get_by_label("Where do we stand?").select_option("No answer")
    del item["ways"], item["status"]
    assert read_record(page)["items"] == [item, {"id": PARKRUN}]
    show(page, "objectives")
    page.get_by_role("button", name="Remove: Good homes").click()
    assert "objective" not in read_record(page)["items"][0]
    page.get_by_role("button", name="Undo").click()
    assert read_record(page)["items"] == [item, {"id": PARKRUN}]
    assert read_record(page)["objectives"] == [{"id": "o1", "text": "Good homes"}]


def test_the_status_on_other_pages(page: Page, root: str) -> None:
    """On the action's page it also keeps the action; in the finder, those that are kept have it."""
    page.goto(f"{root}/actions/{HOMES}.html")
    plan = page.get_by_role("main").get_by_role("link", name="Your plan")
    expect(plan).to_be_hidden()
    page.get_by_label("Where do we stand?").select_option("Under way")
    assert read_record(page)["items"] == [{"id": HOMES, "status": "under-way"}]
    expect(page.get_by_role("button", name="In your plan: ")).to_have_text("In your plan")
    page.goto(f"{root}/actions/index.html")
    expect(page.locator("select[data-status-of]:visible")).to_have_count(1)
    field = page.locator(f"select[data-status-of={HOMES}]")
    expect(field).to_have_value("under-way")
    field.select_option("Done")
    page.goto(f"{root}/actions/{HOMES}.html")
    expect(page.get_by_label("Where do we stand?")).to_have_value("done")
    plan.click()
    page.wait_for_url("**/shortlist.html*")
    expect(page.locator(".plan__table").get_by_label("Where do we stand?")).to_have_value("done")


@pytest.mark.parametrize("address", ["themes/food.html", "topics/people-active-in-their-communities/ambition.html"])
def test_keeping_all_of_a_page(page: Page, online: str, address: str) -> None:
    page.goto(f"{online}/{address}")
    ids = page.locator("main [data-keep]").evaluate_all("all => all.map(button => button.dataset.keep)")
    page.get_by_role("button", name=f"Add these {len(ids)} to plan").click()
    assert [item["id"] for item in read_record(page)["items"]] == ids
    expect(page.locator("[data-page-status]")).to_have_text(f"{len(ids)} actions are in your plan.")
    page.get_by_role("button", name=f"Add these {len(ids)} to plan").click()
    assert len(read_record(page)["items"]) == len(ids)


def test_going_through_a_topic_with_the_keyboard(page: Page, online: str, guidance: Guidance) -> None:
    actions = guidance.actions
    page.goto(f"{online}/shortlist.html#stand")
    page.get_by_role("link", name="Go through People active in their communities").press("Enter")
    expect(page.locator("#__assess")).to_have_text("Where do we stand? 1 of 57")
    expect(page.locator("[data-assess] .official").first).to_contain_text(actions[0].text.plain[:40])
    expect(page.locator(":focus")).to_have_attribute("name", "assessed")
    expect(page.locator("[data-assess] fieldset")).to_have_accessible_name(
        f"Where do we stand? 1 of 57: {actions[0].label}"
    )
    page.keyboard.press("ArrowUp")  # from "no answer" to "done"
    page.keyboard.press("Enter")
    expect(page.locator("#__assess")).to_have_text("Where do we stand? 2 of 57")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Finish").press("Enter")
    expected = [{"id": actions[0].key, "status": "done"}, {"id": actions[2].key, "status": "not-for-us"}]
    assert read_record(page)["items"] == expected
    page.goto(f"{online}/index.html")
    page.goto(f"{online}/shortlist.html#assess=people-active-in-their-communities")
    expect(page.locator("#__assess")).to_have_text("Where do we stand? 2 of 57")  # the first without an answer
    page.goto(f"{online}/index.html")
    page.goto(f"{online}/shortlist.html#assess=nothing")
    expect(page.locator("[data-assess]")).to_be_hidden()
    assert len(shown_actions(page)) == 2


def test_the_table_and_the_progress(page: Page, online: str, guidance: Guidance) -> None:
    record = full_record(guidance)
    open_plan(page, online, record)
    show(page, "stand")
    statuses = {item["id"]: item["status"] for item in record["items"]}
    rows = page.locator("[data-picture] tr")
    assert rows.count() == len(guidance.themes)
    signs = dict(zip(reversed(STATUSES), "●◐○–×", strict=True))
    for row, theme in zip(rows.all(), guidance.themes, strict=True):
        for cell, grade in zip(row.locator("td").all(), Grade, strict=True):
            some = [statuses.get(action.key, "") for action in theme.related["actions"] if action.grade == grade]
            expected = [f"{sign} {some.count(key)} {STATUSES[key]}" for key, sign in signs.items() if key in some]
            expected += [f"{some.count('')} without an answer"] if "" in some else []
            assert cell.locator("li").all_inner_texts() == expected
    bars = page.locator("[data-progress] > li")
    expect(bars).to_have_count(3)
    simple = [statuses.get(action.key, "") for action in guidance.actions if action.grade == Grade.SIMPLE]
    expect(bars.first).to_contain_text(f"● {simple.count('done')} Done")


def find_suggestions(guidance: Guidance, statuses: dict[str, str]) -> dict[str, str]:
    """Return the expected suggestions and their reasons, read from the guidance."""
    reasons: dict[str, list[str]] = {}
    words = {"done": "done", "under-way": "under way"}
    for action in guidance.actions:
        if word := words.get(statuses.get(action.key, "")):
            for key in action.next:
                reasons.setdefault(key, []).append(f"Comes after “{action.label}”, which is {word}.")
    begun = {theme for action in guidance.actions if statuses.get(action.key) in words for theme in action.themes}
    for action in guidance.actions:
        themes = [theme.label for theme in guidance.themes if theme.key in action.themes and theme.key not in begun]
        themes.sort(key=lambda label: [guidance.entries[key].label for key in action.themes].index(label))
        if action.grade == Grade.SIMPLE and themes:
            reasons.setdefault(action.key, []).append(f"A simple start where nothing has begun: {', '.join(themes)}.")
    answered = {key for key, status in statuses.items() if status != "not-yet"}
    return {key: " ".join(texts) for key, texts in reasons.items() if key not in answered}


def test_what_could_come_next(page: Page, online: str, guidance: Guidance) -> None:
    """It follows the relations in the YAML files, and each suggestion has its reason."""
    stepping = [action for action in guidance.actions if action.next]
    one, other = stepping[0], stepping[-2]
    all_simple = {action.key: "done" for action in guidance.actions if action.grade == Grade.SIMPLE}
    situations: list[dict[str, str]] = [
        {one.key: "done"},
        {one.key: "under-way", other.key: "done", one.next[0]: "not-for-us"},
        {**all_simple, one.next[0]: "not-yet", other.next[0]: "planned"},
    ]
    for statuses in situations:
        open_plan(page, online, make_record(*({"id": key, "status": status} for key, status in statuses.items())))
        show(page, "next")
        page.get_by_text("More suggestions").evaluate("summary => { summary.parentElement.open = true }")
        rows = page.locator("[data-next] > li, [data-more-next] > li")
        found = {
            row.locator(".keep").get_attribute("data-keep"): row.locator(".whose").inner_text() for row in rows.all()
        }
        assert found == find_suggestions(guidance, statuses)
        assert found
    open_plan(page, online, make_record({"id": HOMES}))
    show(page, "next")
    expect(page.locator("[data-next] > li")).to_have_count(0)
    expect(page.get_by_text("Set the status of some actions first.")).to_be_visible()


def test_keeping_a_suggestion(page: Page, online: str) -> None:
    open_plan(page, online, make_record({"id": STREETS, "status": "done"}))
    show(page, "next")
    button = page.locator("[data-next] .keep").first
    key = button.get_attribute("data-keep")
    button.press("Enter")
    expect(page.locator("[data-next] .keep").first).to_be_focused()
    show(page, "actions")
    assert key in shown_actions(page)


def test_what_holds_us_back(page: Page, online: str, guidance: Guidance) -> None:
    disablers = guidance.journeys[0].disablers
    open_plan(page, online, make_record({"id": HOMES}))
    show(page, "next")
    rows = page.locator("[data-disablers] > li")
    expect(rows).to_have_count(len(disablers))
    for row, disabler in zip(rows.all(), disablers, strict=True):
        row.get_by_label(disabler.label).check()
        links = row.locator("ul a")
        assert links.all_inner_texts() == [action.label for action in disabler.related["countered_by"]]
        expect(row.locator("ul, p").last).to_be_visible()
    assert read_record(page)["disablers"] == [disabler.key for disabler in disablers]
    page.reload()
    expect(rows.first.get_by_role("checkbox").first).to_be_checked()


def test_the_draft_report(page: Page, online: str, guidance: Guidance) -> None:
    """It has the Commissioner's words and what the reader entered, and nothing else."""
    actions = {action.key: action for action in guidance.actions}
    items = [
        {"id": HOMES, "status": "under-way", "objective": "o1", "evidence": "42 homes", "lead": "Housing"},
        {"id": PARKRUN, "status": "not-for-us"},
        {"id": LAND},
    ]
    objectives = [{"id": "o1", "text": "Good homes"}, {"id": "o2", "text": "Green places"}]
    open_plan(page, online, make_record(*items, objectives=objectives))
    press(page, "rename")
    page.keyboard.type("For the Board, 3 December")
    show(page, "report")
    report = page.locator("[data-report]")
    expect(report.locator("h2")).to_have_text("For the Board, 3 December")
    lines = [" ".join(line.split()) for line in report.inner_text().splitlines() if line.strip()]
    source = guidance.journeys[0].related["source"][0].label
    assert lines == [
        "For the Board, 3 December",
        "Good homes",
        f"{actions[HOMES].label} (Simple)",
        *(" ".join(line.split()) for line in actions[HOMES].text.plain.split("\n\n")),
        "Status: Under way",
        "Lead: Housing",
        "Evidence: 42 homes",
        "Without an objective",
        f"{actions[LAND].label} (Simple)",
        *(" ".join(line.split()) for line in actions[LAND].text.plain.split("\n\n")),
        f"Quoted from: {source}.",
    ]
    page.reload()
    expect(page.locator("[data-heading]")).to_have_text("For the Board, 3 December")


@pytest.mark.parametrize("clipboard", [True, False])
def test_the_draft_is_copied_with_its_headings(page: Page, online: str, clipboard: bool) -> None:
    open_plan(page, online, make_record({"id": HOMES, "status": "done"}))
    choose_clipboard(page, clipboard)
    show(page, "report")
    page.locator("[data-report] h4").wait_for()
    page.get_by_role("button", name="Copy", exact=True).click()
    if clipboard:
        expect(page.locator("[data-status]")).to_have_text("Copied. You can paste the draft into a document.")
        html = page.evaluate("async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text()")
        assert "<h4>" in html
        assert "<blockquote>" in html
    else:
        assert "Status: Done" in page.get_by_label("Select and copy this text").input_value()


def test_the_table_for_spreadsheets_has_all_that_was_written(page: Page, online: str, guidance: Guidance) -> None:
    record = full_record(guidance)
    open_plan(page, online, record)
    rows = list(csv.DictReader(io.StringIO(save_csv(page).decode("utf-8-sig"), newline="")))
    texts = {objective["id"]: objective["text"] for objective in record["objectives"]}
    assert len(rows) == 30
    for row, item in zip(rows, record["items"], strict=True):
        assert row["Status"] == STATUSES[item["status"]]
        assert row["Objective"] == texts[item["objective"]]
        assert [row[name] for name in ("Lead", "By")] == [item["lead"], item["by"]]
        assert item["note"] not in row.values()
        assert row["Evidence"] == f"'{item['evidence']}"
        assert [row[way.replace("-", " ").capitalize()] for way in WAYS] == list(item["ways"].values())


def test_only_one_status_at_a_time_is_shown(page: Page, online: str) -> None:
    """Up and down move an action past its neighbour that is shown."""
    items = [{"id": HOMES, "status": "done"}, {"id": LAND}, {"id": PARKRUN, "status": "done"}]
    open_plan(page, online, make_record(*items))
    page.locator("[data-show]").select_option("Done")
    assert shown_actions(page) == [HOMES, PARKRUN]
    page.get_by_role("button", name="Up: Help a parkrun start").click()
    assert shown_actions(page) == [PARKRUN, HOMES]
    page.locator("[data-show]").select_option("All actions")
    assert shown_actions(page) == [PARKRUN, HOMES, LAND]


def test_a_link_has_statuses_and_nothing_that_was_written(page: Page, root: str) -> None:
    items = [{"id": HOMES, "status": "done", "note": "private"}, {"id": LAND, "lead": "private"}]
    open_plan(page, root, make_record(*items, name="private", objectives=[{"id": "o1", "text": "private"}]))
    address = page.url
    assert address == f"{root}/shortlist.html#ids={HOMES},{LAND}&status={HOMES}.d"
    page.evaluate("localStorage.clear()")
    page.goto("about:blank")
    take_plan(page, address)
    assert read_record(page)["items"] == [{"id": HOMES, "status": "done"}, {"id": LAND}]
    for status in ("x", "constructor", "d.d", "%3Cscript%3E"):
        page.evaluate("localStorage.clear()")
        page.goto("about:blank")
        take_plan(page, f"{root}/shortlist.html#ids={HOMES}&status={HOMES}.{status}")
        assert read_record(page)["items"][0] == ({"id": HOMES, "status": "done"} if status == "d.d" else {"id": HOMES})


def test_printed_only_what_was_entered(page: Page, online: str) -> None:
    open_plan(page, online, make_record({"id": HOMES, "status": "planned", "lead": "Finance"}))
    page.emulate_media(media="print")
    text = page.locator("main").inner_text()
    assert "Planned" in text
    assert "Finance" in text
    for left_out in ("Evidence", "No answer", "Our well-being objectives", "This year and last year", "Save my plan"):
        assert left_out not in text
    page.emulate_media(media="screen")
    show(page, "stand")
    page.emulate_media(media="print")
    text = page.locator("main").inner_text()
    assert "Where we stand" in text
    assert "Finance" not in text


def test_leaving_warns_if_nothing_is_stored(context: BrowserContext, online: str) -> None:
    """Not on the way to another page of the site, because the window carries the record there."""
    page = context.new_page()
    page.add_init_script(NO_STORAGE)
    take_plan(page, f"{online}/shortlist.html#ids={HOMES}")
    leaves = """() => {
      const event = new Event("beforeunload", { cancelable: true })
      dispatchEvent(event)
      return !event.defaultPrevented
    }"""
    assert not page.evaluate(leaves)
    open_row(page, HOMES).get_by_label("Private note: ").fill("carried along")
    page.locator(".path a").click()
    page.wait_for_url("**/index.html*")
    page.locator("[data-plan-link]").click()
    expect(open_row(page, HOMES).get_by_label("Private note: ")).to_have_value("carried along")


def test_an_unreadable_record_is_kept(page: Page, root: str) -> None:
    broken = json.dumps(make_record({"id": HOMES, "note": "mine"}))[:-1]
    page.goto(f"{root}/index.html")
    page.evaluate("text => localStorage.setItem('plan', text)", broken)
    page.goto(f"{root}/shortlist.html")
    expect(page.get_by_text("Some of what this browser has stored can't be read.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it as a file").click()
    assert Path(download.value.path()).read_text(encoding="utf-8") == broken
    page.goto(f"{root}/actions/{LAND}.html")
    page.get_by_role("button", name="Add to plan: ").first.click()
    assert read_record(page)["items"] == [{"id": LAND}]
    (aside,) = [json.loads(text) for key, text in read_stored(page).items() if key.startswith(f"{PREFIX}aside:")]
    assert aside["text"] == broken


def test_a_long_list_is_shown_bit_by_bit(page: Page, online: str, guidance: Guidance) -> None:
    """The first thirty, the others on demand, and all on paper."""
    ids = [action.key for action in guidance.actions]
    open_plan(page, online, make_record(*({"id": key} for key in ids)))
    assert shown_actions(page) == ids[:30]
    last = page.get_by_role("button", name="Down: ").nth(29)
    last.click()  # past one that is not shown: it stays in sight, with the focus
    assert shown_actions(page)[-2:] == [ids[30], ids[29]]
    expect(page.locator(f"[data-action={ids[29]}] [data-do=down]")).to_be_focused()
    page.get_by_role("button", name="Show the other 26").press("Enter")
    expect(page.locator(".plan__table > [data-action] th a").nth(31)).to_be_focused()
    assert len(shown_actions(page)) == len(ids)
    page.reload()
    page.evaluate("""window.print = () => {
      dispatchEvent(new Event("beforeprint"))
      window.rows = document.querySelectorAll(".plan__entry .official").length
    }""")
    press(page, "print")
    page.wait_for_function("() => window.rows")
    assert page.evaluate("window.rows") == len(ids)


def test_the_draft_is_complete_when_it_is_opened(page: Page, root: str) -> None:
    """Copy and print take all of it in the state in which readers find it, with line breaks as they typed them."""
    open_plan(page, root, make_record({"id": HOMES, "status": "planned", "evidence": "- one\n- two"}))
    choose_clipboard(page, True)
    show(page, "report")
    press(page, "copy-report")
    expect(page.get_by_text("Copied. You can paste the draft into a document.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Understand that empty homes can blight communities." in copied
    assert "Evidence: - one\n- two" in copied
    expect(page.locator("[data-report]")).to_be_visible()


def test_the_draft_as_a_word_file(page: Page, root: str) -> None:
    open_plan(page, root, make_record({"id": HOMES, "status": "planned", "note": "private", "by": "2027-03-31"}))
    show(page, "report")
    with page.expect_download() as download:
        press(page, "word")
    document = Document(str(download.value.path()))
    text = "\n".join(part.text for part in document.paragraphs)
    assert "Consider new ways to bring empty homes back into use" in text
    assert "Understand that empty homes can blight communities." in text
    assert [cell.text for cell in document.tables[0].rows[1].cells][1:] == ["Planned", "", "", "31 March 2027"]
    assert "private" not in text


def test_dates_as_a_calendar(page: Page, root: str) -> None:
    open_plan(page, root, make_record({"id": HOMES, "by": "2027-03-31", "note": "private"}, {"id": LAND}))
    with page.expect_download() as download:
        press(page, "calendar")
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20270331" in text
    assert "private" not in text


def test_what_does_not_fit_is_refused_beside_its_field(page: Page, online: str) -> None:
    """What the reader typed stays visible, and the rest of the plan stays as it is."""
    items = [{"id": HOMES, "lead": "Housing", "by": "2027-03-31"}, {"id": LAND, "note": "n"}]
    open_plan(page, online, make_record(*items))
    row = page.locator(f"[data-action={HOMES}]")
    open_row(page, HOMES)
    row.get_by_label("By").evaluate("e => { e.type = 'text' }")
    row.get_by_label("By").fill("220227-03-31")
    expect(row.get_by_role("alert")).to_contain_text("This day does not exist")
    row.get_by_label("Evidence").fill("x" * 100_001)
    expect(row.get_by_role("alert").nth(1)).to_contain_text("longer than 100000 letters")
    page.evaluate("document.dispatchEvent(new Event('record'))")
    expect(row.get_by_label("By")).to_have_value("220227-03-31")
    assert read_record(page)["items"] == items
    row.get_by_label("By").fill("2027-04-30")
    expect(row.get_by_role("alert")).to_have_count(1)
    assert read_record(page)["items"][0]["by"] == "2027-04-30"


def test_an_earlier_version_can_be_looked_at_and_brought_back(page: Page, root: str) -> None:
    open_plan(page, root, make_record({"id": HOMES, "lead": "Housing"}, {"id": LAND}))
    page.evaluate("site.versions.keep()")
    press(page, "remove", LAND)
    page.reload()
    show(page, "earlier")
    page.get_by_role("button", name="Look at it").first.click()
    assert shown_actions(page) == [HOMES, LAND]
    assert [item["id"] for item in read_record(page)["items"]] == [HOMES]
    page.get_by_role("button", name="Back to my own plan").click()
    show(page, "earlier")
    page.get_by_role("button", name="Bring it back").first.click()
    assert [item["id"] for item in read_record(page)["items"]] == [HOMES, LAND]


@pytest.mark.parametrize("zone", ["America/Vancouver", "Pacific/Kiritimati"])
def test_days_are_the_same_everywhere(browser: Browser, online: str, zone: str) -> None:
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    open_plan(page, online, make_record({"id": HOMES, "by": "2027-03-01"}))
    expect(page.locator("[data-said=by]").first).to_contain_text("1 March 2027", use_inner_text=False)
    context.close()
