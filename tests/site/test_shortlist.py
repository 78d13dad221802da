"""The shortlist in a real browser: what is kept stays, and goes out by address, on paper, as text and as CSV."""

import csv
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import CHROMIUM
from playwright.sync_api import Browser, BrowserContext, Page, expect
from test_access import faults

from generator.guidance import Guidance

PARKRUN, HOMES, LAND = "help-a-parkrun-start", "empty-homes", "map-public-land"
STREETS = "play-streets"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no storage') } })"


def shown(page: Page) -> list[str]:
    """The actions that the shortlist shows, in its order."""
    ids: list[str] = page.locator(".items--kept > .item:visible").evaluate_all(
        "all => all.map(row => row.dataset.action)"
    )
    return ids


def kept(page: Page) -> str:
    """What the header says."""
    return page.locator("[data-shortlist]").inner_text()


def mailed(page: Page) -> str:
    """The address in the body of the mail."""
    href = page.get_by_role("link", name="Mail").get_attribute("href") or ""
    return parse_qs(urlsplit(href).query)["body"][0]


def by_do(page: Page, what: str, action: str = "") -> None:
    row = page.locator(f"[data-action={action}]") if action else page
    row.locator(f"[data-do={what}]:visible").click()


LISTING = [
    "actions/index.html",
    "actions/design-for-neighbourliness.html",
    "journeys/cohesive-communities.html",
    "topics/people-active-in-their-communities.html",
    "topics/people-active-in-their-communities/ambition.html",
    "themes/funding.html",
    "organisations/united-welsh.html",
    "statutory/planning-policy-wales.html",
    "case-studies/sara-in-southwick.html",
]


def test_every_action_can_be_kept_where_it_is_listed(page: Page, root: str, guidance: Guidance) -> None:
    actions = {action.key: action for action in guidance.actions}
    for address in LISTING:
        page.goto(f"{root}/{address}")
        listed = page.locator("article a").evaluate_all(
            "links => links.filter(link => !link.closest('.around')).map(link => link.href)"
        )
        ids = {key for key, action in actions.items() if f"{root}/{action.address}" in [*listed, page.url]}
        buttons = page.locator("[data-keep]")
        assert set(buttons.evaluate_all("all => all.map(button => button.dataset.keep)")) == ids
        button = buttons.first
        key = button.get_attribute("data-keep") or ""
        expect(button).to_have_accessible_name(f"Keep for later: {actions[key].title.plain}")
        expect(button).to_have_attribute("aria-pressed", "false")
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        assert kept(page) == "Shortlist (1)"
        expect(page.locator("[data-shortlist]")).to_have_attribute("aria-live", "polite")
        page.reload()
        expect(button).to_have_attribute("aria-pressed", "true")
        button.click()
        assert kept(page) == "Shortlist (0)"


def test_thirty_kept_stay_and_travel(browser: Browser, root: str, tmp_path: Path) -> None:
    """Reload, close, open again: nothing lost; another browser with the mailed address: the same list."""

    def start() -> BrowserContext:
        path = shutil.which("chromium")
        return browser.browser_type.launch_persistent_context(tmp_path, executable_path=path, args=CHROMIUM)

    context = start()
    page = context.new_page()
    page.goto(f"{root}/actions/index.html")
    buttons = page.locator("[data-keep]")
    for number in reversed(range(30)):
        buttons.nth(number).click()
    ids = [buttons.nth(number).get_attribute("data-keep") for number in reversed(range(30))]
    page.reload()
    assert kept(page) == "Shortlist (30)"
    context.close()

    context = start()
    page = context.new_page()
    page.goto(f"{root}/shortlist.html")
    assert shown(page) == ids
    assert page.url.endswith("#ids=" + ",".join(map(str, ids)))
    address = mailed(page)
    context.close()

    other = browser.new_context()
    page = other.new_page()
    page.goto(address)
    assert shown(page) == ids
    assert kept(page) == "Shortlist (30)"
    other.close()


def test_order_notes_and_removing(page: Page, root: str) -> None:
    page.goto(f"{root}/shortlist.html#ids={PARKRUN},{HOMES},{LAND}")
    by_do(page, "up", LAND)
    expect(page.locator(f"[data-action={LAND}] [data-do=up]")).to_be_focused()
    expect(page.locator("[data-said]")).to_have_text("Map public land that community groups can use: now 2 of 3")
    by_do(page, "down", PARKRUN)
    expect(page.locator(f"[data-action={PARKRUN}] [data-do=down]")).to_be_focused()
    page.locator(f"[data-action={LAND}] [data-do=up]").press("Enter")
    expect(page.locator("[data-said]")).to_have_text("Map public land that community groups can use: now 1 of 3")
    expect(page.locator(f"[data-action={LAND}] [data-do=up]")).to_be_focused()
    assert shown(page) == [LAND, PARKRUN, HOMES]
    page.locator(f"[data-action={PARKRUN}] textarea").fill("Gofyn i'r cyngor am y tŷ, a'r dŵr")
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html")
    assert shown(page) == [LAND, PARKRUN, HOMES]
    note = page.get_by_label("Note: Help a parkrun start")
    expect(note).to_have_value("Gofyn i'r cyngor am y tŷ, a'r dŵr")

    by_do(page, "remove", PARKRUN)
    assert shown(page) == [LAND, HOMES]
    expect(page.locator("[data-said]")).to_have_text("Removed: Help a parkrun start")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    undo.press("Enter")
    assert shown(page) == [LAND, PARKRUN, HOMES]
    expect(page.locator(f"[data-action={PARKRUN}] [data-do=remove]")).to_be_focused()
    expect(note).to_have_value("Gofyn i'r cyngor am y tŷ, a'r dŵr")

    by_do(page, "clear")
    assert shown(page) == []
    assert kept(page) == "Shortlist (0)"
    assert page.url == f"{root}/shortlist.html"
    expect(page.get_by_text("Nothing is kept yet.")).to_be_visible()
    expect(page.locator("[data-said]")).to_have_text("Cleared: all actions and notes.")
    undo.click()
    assert shown(page) == [LAND, PARKRUN, HOMES]
    expect(page.locator("[data-said]")).to_have_text("Taken back. On your list now: 3")
    page.reload()
    expect(note).to_have_value("Gofyn i'r cyngor am y tŷ, a'r dŵr")


def beside_undo(page: Page) -> tuple[str, str | None]:
    """What is said beside Undo, and the action below it."""
    row = page.locator(".undo:visible")
    below: str | None = row.evaluate("row => row.nextElementSibling?.closest('.item:not([hidden])')?.dataset.action")
    return row.locator("span").inner_text(), below


def test_every_removal_can_be_undone_one_after_the_other(page: Page, root: str) -> None:
    page.goto(f"{root}/shortlist.html#ids={PARKRUN},{HOMES},{LAND},{STREETS}")
    page.locator(f"[data-action={HOMES}] textarea").fill("of the homes")
    by_do(page, "remove", HOMES)
    assert beside_undo(page) == ("Removed: Consider new ways to bring empty homes back into use", LAND)
    by_do(page, "remove", STREETS)
    assert beside_undo(page) == ("Removed: Pilot play streets", None)
    by_do(page, "up", LAND)
    assert shown(page) == [LAND, PARKRUN]
    by_do(page, "undo")
    assert shown(page) == [LAND, PARKRUN, STREETS]
    assert beside_undo(page) == ("Removed: Consider new ways to bring empty homes back into use", PARKRUN)
    by_do(page, "undo")
    assert shown(page) == [LAND, HOMES, PARKRUN, STREETS]
    expect(page.locator(f"[data-action={HOMES}] textarea")).to_have_value("of the homes")
    expect(page.locator(".undo")).to_be_hidden()
    by_do(page, "remove", LAND)
    by_do(page, "clear")
    by_do(page, "undo")
    by_do(page, "undo")
    assert shown(page) == [LAND, HOMES, PARKRUN, STREETS]


def test_a_note_outlives_its_action_but_not_clear_all(page: Page, root: str) -> None:
    note = page.locator(f"[data-action={HOMES}] textarea")
    page.goto(f"{root}/shortlist.html#ids={HOMES}")
    note.fill("of the homes")
    by_do(page, "remove", HOMES)
    expect(page.get_by_text("Your notes on actions that you removed are still here.")).to_be_visible()
    page.goto(f"{root}/actions/{HOMES}.html")
    for _ in range(3):  # keep, drop, keep
        page.locator("main [data-keep]").first.click()
    page.goto(f"{root}/shortlist.html")
    expect(note).to_have_value("of the homes")
    by_do(page, "remove", HOMES)
    page.reload()
    by_do(page, "clear")
    expect(page.get_by_text("Your notes on actions")).to_be_hidden()
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html#ids={HOMES}")
    expect(note).to_have_value("")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('note:'))") == []


def test_what_is_removed_is_shown_once_and_said_once(page: Page, root: str) -> None:
    page.goto(f"{root}/shortlist.html#ids={PARKRUN},{HOMES},{LAND}")
    by_do(page, "remove", HOMES)
    status = page.locator("[data-said]")
    expect(status).to_have_text("Removed: Consider new ways to bring empty homes back into use")
    expect(status).to_have_css("clip-path", "inset(50%)")
    expect(page.locator(".undo [role=status], .undo [aria-live]")).to_have_count(0)
    by_do(page, "up", LAND)
    expect(status).to_have_text("Map public land that community groups can use: now 1 of 2")
    expect(status).to_have_css("clip-path", "none")


def test_back_to_the_shortlist_shows_what_was_kept_since(page: Page, root: str) -> None:
    page.goto(f"{root}/shortlist.html#ids={PARKRUN}")
    page.goto(f"{root}/actions/{HOMES}.html")
    page.get_by_role("button", name="Keep for later: Consider").click()
    page.go_back()
    page.wait_for_url(f"**/shortlist.html#ids={PARKRUN},{HOMES}")
    assert shown(page) == [PARKRUN, HOMES]
    expect(page.locator("[data-other]")).to_be_hidden()


@pytest.mark.parametrize(
    ("choice", "expected", "said"),
    [
        ("add", [PARKRUN, HOMES, LAND], "Added to your shortlist."),
        ("use", [LAND, HOMES], "These are your shortlist now."),
        ("back", [PARKRUN, HOMES], "Your own list again."),
    ],
)
def test_a_mailed_list_leaves_the_readers_own(
    page: Page, root: str, choice: str, expected: list[str], said: str
) -> None:
    own = [PARKRUN, HOMES]
    page.goto(f"{root}/shortlist.html#ids={','.join(own)}")
    page.locator(f"[data-action={PARKRUN}] textarea").fill("mine")
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html#ids={LAND},{HOMES}")
    assert shown(page) == [LAND, HOMES]
    expect(page.get_by_text("This address holds another list")).to_be_visible()
    assert kept(page) == "Shortlist (2)"
    expect(page.locator("[data-do=remove]:visible")).to_have_count(0)
    page.reload()
    assert shown(page) == [LAND, HOMES]
    by_do(page, choice)
    expect(page.locator("[data-said]")).to_have_text(said)
    assert shown(page) == expected
    assert page.url.endswith("#ids=" + ",".join(expected))
    expect(page.locator("[data-other]")).to_be_hidden()
    page.reload()
    assert shown(page) == expected
    expect(page.locator(".undo")).to_be_hidden()
    page.goto(f"{root}/shortlist.html#ids={PARKRUN}")
    expect(page.locator(f"[data-action={PARKRUN}] textarea")).to_have_value("mine")


def test_the_readers_notes_do_not_go_out_with_another_list(page: Page, root: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{root}/shortlist.html#ids={PARKRUN},{HOMES}")
    page.locator(f"[data-action={HOMES}] textarea").fill("private")
    assert b"private" in saved(page)
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html#ids={HOMES},{LAND}")
    assert b"private" not in saved(page)
    by_do(page, "copy")
    text = page.get_by_label("The text, to copy by hand").input_value()
    assert "empty homes" in text
    assert "private" not in text
    page.emulate_media(media="print")
    assert "private" not in page.locator("main").inner_text()
    page.emulate_media(media="screen")
    by_do(page, "add")
    assert b"private" in saved(page)


@pytest.mark.parametrize("choice", ["add", "use"])
def test_taking_a_mailed_list_can_be_undone(page: Page, root: str, choice: str) -> None:
    own = [PARKRUN, STREETS, HOMES]
    page.goto(f"{root}/shortlist.html#ids={','.join(own)}")
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html#ids={LAND},{HOMES},{PARKRUN}")
    by_do(page, choice)
    assert shown(page) != own
    by_do(page, "undo")
    assert shown(page) == own
    assert kept(page) == "Shortlist (3)"


def test_hostile_addresses(page: Page, root: str) -> None:
    """What is known is shown, what may have been an id is said not to be known, and nothing runs."""
    unknown = page.locator("[data-unknown]")
    for anchor, known, said in [
        (f"ids={HOMES},no-such-action,{PARKRUN}", [HOMES, PARKRUN], "no-such-action."),
        (f"IDS=%20{HOMES.upper()};+{PARKRUN}.%0D%0A,%3C{LAND[:-2]}=%3E", [HOMES, PARKRUN], f"{LAND[:-2]}."),
        (
            "ids=<script>window.harmed=1</script>,%3Cimg%20src=x%20onerror=window.harmed=1%3E,constructor,__proto__",
            [],
            "script, window, harmed, 1, img, src, x, onerror, constructor, proto.",
        ),
        ("ids=" + "x" * 1_000_000, [], ""),
        ("ids=" + ",".join(f"a{n}" for n in range(150_000)), [], "a0, a1, a2"),
        (f"ids={HOMES}," * 3 + f"&ids={LAND}&notes=x&%FF%00%=&", [HOMES], "ids."),
    ]:
        page.goto("about:blank")
        page.goto(f"{root}/shortlist.html#{anchor}")
        assert shown(page) == known
        assert len(page.url) < 500
        assert unknown.is_visible() == bool(said)
        assert unknown.inner_text().startswith(said and f"In the address, but not known in this edition: {said}")
        assert len(unknown.text_content() or "") < 2000
        assert page.evaluate("window.harmed") is None
        page.evaluate("localStorage.clear()")


def test_what_this_edition_does_not_know_is_told_once_and_left_out(page: Page, root: str) -> None:
    told = page.locator("[data-unknown]")
    page.goto(f"{root}/index.html")
    page.evaluate("ids => localStorage.setItem('shortlist', ids)", f"{HOMES},gone,null")
    page.locator("[data-shortlist]").click()
    page.wait_for_url("**/shortlist.html*")
    expect(told).to_have_text("Taken off your own list, as not known in this edition: gone, null.")
    assert kept(page) == "Shortlist (1)"
    page.reload()
    expect(told).to_be_hidden()
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html#ids=gone")
    expect(told).to_have_text("In the address, but not known in this edition: gone.")
    assert shown(page) == [HOMES]
    page.evaluate("localStorage.setItem('shortlist', 'null')")
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html")
    assert kept(page) == "Shortlist (0)"


def test_hostile_storage(page: Page, root: str) -> None:
    for stored in ["<img src=x onerror=window.harmed=1>,{},null,,", "x" * 1_000_000]:
        page.goto(f"{root}/actions/{HOMES}.html")
        page.evaluate("stored => localStorage.setItem('shortlist', stored)", stored)
        page.goto(f"{root}/shortlist.html")
        assert shown(page) == []
        page.go_back()
        page.get_by_role("button", name="Keep for later: Consider").click()
        page.locator("[data-shortlist]").click()
        page.wait_for_url(f"**/shortlist.html#ids=*{HOMES}")
        assert shown(page) == [HOMES]
        assert page.evaluate("window.harmed") is None


NOTES = {
    PARKRUN: '=HYPERLINK("http://x")\nŵ, ŷ; "quoted"',
    HOMES: "-1+1",
    LAND: "@SUM(A1)",
    STREETS: "+44",
    "design-for-neighbourliness": "Tŷ'r Dŵr",
}


def saved(page: Page) -> bytes:
    with page.expect_download() as download:
        by_do(page, "save")
    assert download.value.suggested_filename == "shortlist.csv"
    return Path(download.value.path()).read_bytes()


def test_csv_gives_back_every_word(page: Page, root: str, guidance: Guidance) -> None:
    actions = {action.key: action for action in guidance.actions}
    page.goto(f"{root}/shortlist.html#ids={','.join(reversed(actions))}")
    for key, note in NOTES.items():
        page.locator(f"[data-action={key}] textarea").fill(note)
    raw = saved(page)
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert text.count("\r\n") == len(actions) + 1
    assert text.startswith('"Number","Title",')
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["Number"] for row in rows] == [str(number + 1) for number in range(len(actions))]
    for row, action in zip(rows, reversed(actions.values()), strict=True):
        base = f"{root}/" if root.startswith("http") else ""
        note = NOTES.get(action.key, "")
        assert row == {
            "Number": row["Number"],
            "Title": action.title.plain,
            "Grade": action.grade.value.capitalize(),
            "Scope": {
                None: "",
                "national": "National or collaborative action",
                "organisational": "Organisational action",
            }[action.scope],
            "Topic": action.topic.title.plain,
            "Wording": " ".join(action.text.plain.split()),
            "Statutory": ", ".join(mark.related["under"][0].label for mark in action.statutory) or "Not recorded.",
            "Address": base + action.address,
            "Note": f"'{note}" if note.startswith(("=", "+", "-", "@")) else note,
        }
    assert {row["Note"][:2] for row in rows} == {"'=", "'-", "'@", "'+", "Tŷ", ""}


@pytest.mark.parametrize("clipboard", [True, False])
def test_copied_as_text(browser: Browser, root: str, clipboard: bool) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"] if clipboard else [])
    page = context.new_page()
    if not clipboard:
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{root}/shortlist.html#ids={PARKRUN},{HOMES}")
    page.locator(f"[data-action={HOMES}] textarea").fill("Tŷ gwag")
    by_do(page, "copy")
    if clipboard:
        page.get_by_text("Copied: the list as text.").wait_for()
        text = page.evaluate("navigator.clipboard.readText()")
    else:
        field = page.get_by_label("The text, to copy by hand")
        expect(field).to_be_focused()
        text = field.input_value()
        page.evaluate("dispatchEvent(new Event('focus'))")
        expect(field).to_be_visible()
    day = page.locator("[data-day]").inner_text()
    assert re.fullmatch(r"\d+ [A-Z][a-z]+ \d{4}", day)
    base = f"{root}/" if root.startswith("http") else ""
    assert text == (
        f"Shortlist - Journey to Cohesive Communities\n{day}\n\n"
        "1. Help a parkrun start (Simple)\n"
        "Make it easy for residents to start up Park Runs in their communities. This includes proactively offering the "
        "use of parks to emerging groups and using key funds to support groups to pay for modest upfront Park Run "
        f"registration fees.\n{base}actions/{PARKRUN}.html\n\n"
        "2. Consider new ways to bring empty homes back into use (Simple)\n"
        "Understand that empty homes can blight communities. Consider new approaches to bringing empty homes back into "
        f"use.\n{base}actions/{HOMES}.html\nNote: Tŷ gwag"
    )
    by_do(page, "up", HOMES)
    expect(page.get_by_label("The text, to copy by hand")).to_be_hidden()
    context.close()


def test_mail(page: Page, root: str) -> None:
    page.goto(f"{root}/shortlist.html#ids={PARKRUN},{HOMES}")
    assert mailed(page) == f"{root}/shortlist.html#ids={PARKRUN},{HOMES}"
    expect(page.get_by_text("works only where a copy lies in the same place")).to_be_visible(visible=root[:4] == "file")


def test_a_mail_of_all_actions_is_passed_on(page: Page, serve: Callable[[Path], str], site: Path) -> None:
    """Windows hands no more than 2,000 signs to the programme that mails; 200 are left for a longer address."""
    root = serve(site)
    page.goto(f"{root}/shortlist.html")
    ids = page.locator(".items--kept > .item").evaluate_all("all => all.map(row => row.dataset.action)")
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html#ids={','.join(ids)}")
    assert mailed(page).endswith(",".join(ids))
    assert len(page.get_by_role("link", name="Mail").get_attribute("href") or "") < 1800


def test_a_long_note_is_seen(page: Page, root: str) -> None:
    page.goto(f"{root}/shortlist.html#ids={HOMES}")
    note = page.locator(f"[data-action={HOMES}] textarea")
    assert note.evaluate("e => e.clientHeight > 40")
    note.fill("line\n" * 9 + "line")
    assert note.evaluate("e => e.scrollHeight <= e.clientHeight")
    note.fill("line\n" * 200)
    assert note.evaluate("e => e.clientHeight < innerHeight")


def test_a_published_address_is_the_one_that_is_mailed(page: Page, site: Path, tmp_path: Path) -> None:
    """A copy of a published site, opened from disk, mails the published address."""
    html = (site / "shortlist.html").read_text(encoding="utf-8")
    canonical = '<link rel="canonical" href="https://site.example/guidance/shortlist.html"></head>'
    (tmp_path / "shortlist.html").write_text(html.replace("</head>", canonical), encoding="utf-8")
    for folder in ("assets", "search"):
        (tmp_path / folder).symlink_to(site / folder)
    page.goto(f"{(tmp_path / 'shortlist.html').as_uri()}#ids={HOMES}")
    assert mailed(page) == f"https://site.example/guidance/shortlist.html#ids={HOMES}"
    expect(page.locator(".address:visible")).to_have_text(f"https://site.example/guidance/actions/{HOMES}.html")
    expect(page.locator("[data-disk]")).to_be_hidden()


def test_printed_as_a_page_to_take_along(page: Page, root: str) -> None:
    page.goto(f"{root}/shortlist.html#ids={PARKRUN},{HOMES}")
    page.locator(f"[data-action={PARKRUN}] textarea").fill("Ask\nthe Board")
    by_do(page, "down", PARKRUN)
    page.emulate_media(media="print")
    expect(
        page.locator("button:visible, textarea:visible, nav:visible, .control:visible, [data-said]:visible")
    ).to_have_count(0)
    day = page.locator("[data-day]").inner_text()
    lines = [line for line in page.locator("main").inner_text().splitlines() if line.strip()]
    base = f"{root}/" if root.startswith("http") else ""
    assert lines[:2] == ["Shortlist", f"Journey to Cohesive Communities · {day}"]
    assert lines[2:6] == [
        "Consider new ways to bring empty homes back into use",
        "Simple · People active in their communities",
        "Understand that empty homes can blight communities. "
        "Consider new approaches to bringing empty homes back into use.",
        f"{base}actions/{HOMES}.html",
    ]
    assert lines[6] == "Help a parkrun start"
    assert lines[-2:] == ["Note: Ask", "the Board"]


def test_printed_on_white_whatever_is_chosen(page: Page, root: str) -> None:
    page.goto(f"{root}/shortlist.html#ids={PARKRUN}")
    page.get_by_role("button", name="Dark").click()
    page.emulate_media(media="print")
    colours = "e => [getComputedStyle(e).color, getComputedStyle(document.body).backgroundColor]"
    assert page.locator(".item:visible .official").evaluate(colours) == ["rgb(31, 42, 44)", "rgb(255, 255, 255)"]


def test_skipping_to_the_content_keeps_what_the_address_holds(page: Page, root: str) -> None:
    page.goto(f"{root}/shortlist.html#ids={PARKRUN}")
    for address in ("actions/index.html#grade=simple", f"shortlist.html#ids={HOMES}"):
        page.goto("about:blank")
        page.goto(f"{root}/{address}")
        items = page.locator(".item:visible").count()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#content")).to_be_focused()
        assert page.url == f"{root}/{address}"
        expect(page.locator(".item:visible")).to_have_count(items)
    expect(page.locator("[data-other]")).to_be_visible()


def test_two_tabs(context: BrowserContext, root: str) -> None:
    """What one tab does the other shows, and neither writes over the other."""
    first, second = context.new_page(), context.new_page()
    first.goto(f"{root}/shortlist.html#ids={PARKRUN},{HOMES}")
    second.goto(f"{root}/actions/{LAND}.html")
    note = first.locator(f"[data-action={PARKRUN}] textarea")
    note.press_sequentially("half a ")
    second.get_by_role("button", name="Keep for later: Map").click()
    expect(first.locator(".items--kept > .item:visible")).to_have_count(3)
    expect(note).to_be_focused()
    note.press_sequentially("note")
    second.goto(f"{root}/shortlist.html")
    assert shown(second) == [PARKRUN, HOMES, LAND]
    expect(second.locator(f"[data-action={PARKRUN}] textarea")).to_have_value("half a note")
    second.locator(f"[data-action={LAND}] textarea").fill("of the second tab")
    by_do(first, "remove", HOMES)
    expect(second.locator(".items--kept > .item:visible")).to_have_count(2)
    expect(first.locator(f"[data-action={LAND}] textarea")).to_have_value("of the second tab")
    by_do(second, "up", LAND)
    expect(first.locator(".items--kept > .item:visible").first).to_have_attribute("data-action", LAND)
    first.get_by_role("button", name="Undo").click()
    expect(second.locator(".items--kept > .item:visible")).to_have_count(3)
    assert set(shown(first)) == {PARKRUN, HOMES, LAND}
    expect(first.locator("[data-kept]")).to_have_text("3")


def test_a_browser_that_keeps_nothing(page: Page, root: str) -> None:
    """The window carries the list from page to page, forward and back, and the address to other windows."""
    page.add_init_script(NO_STORAGE)
    page.goto(f"{root}/themes/housing-and-design.html")
    page.get_by_role("button", name="Keep for later: Consider").click()
    assert kept(page) == "Shortlist (1)"
    page.get_by_role("navigation", name="Site").get_by_role("link", name="All actions").click()
    page.wait_for_url("**/actions/index.html")
    assert kept(page) == "Shortlist (1)"
    page.get_by_role("button", name="Keep for later: Help a parkrun start").click()
    page.go_back()
    page.wait_for_url("**/housing-and-design.html")
    assert kept(page) == "Shortlist (2)"
    page.reload()
    page.locator("[data-shortlist]").click()
    page.wait_for_url(f"**/shortlist.html#ids={HOMES},{PARKRUN}")
    assert shown(page) == [HOMES, PARKRUN]
    expect(page.get_by_text("This browser keeps nothing between visits.")).to_be_visible()
    page.locator(f"[data-action={HOMES}] textarea").fill("for this page")
    by_do(page, "remove", HOMES)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f"[data-action={HOMES}] textarea")).to_have_value("for this page")
    by_do(page, "up", PARKRUN)
    page.reload()
    assert shown(page) == [PARKRUN, HOMES]
    other = page.context.new_page()
    other.add_init_script(NO_STORAGE)
    other.goto(page.url)
    assert shown(other) == [PARKRUN, HOMES]


def test_a_full_browser(page: Page, root: str) -> None:
    page.goto(f"{root}/shortlist.html#ids={PARKRUN}")
    page.locator(f"[data-action={PARKRUN}] textarea").fill("from before")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    page.goto(f"{root}/actions/{HOMES}.html")
    page.get_by_role("button", name="Keep for later: Consider").click()
    page.get_by_role("link", name="Home", exact=True).first.click()
    page.wait_for_url("**/index.html*")
    assert kept(page) == "Shortlist (2)"
    page.locator("[data-shortlist]").click()
    page.wait_for_url("**/shortlist.html*")
    assert shown(page) == [PARKRUN, HOMES]
    expect(page.locator(f"[data-action={PARKRUN}] textarea")).to_have_value("from before")
    page.locator(f"[data-action={HOMES}] textarea").fill("not kept")
    expect(page.get_by_text("This browser keeps nothing between visits.")).to_be_visible()
    expect(page.locator(f"[data-action={HOMES}] textarea")).to_have_value("not kept")


def test_a_browser_that_lost_its_storage(page: Page, root: str) -> None:
    """The address still has the list; but a list that the reader took away stays away."""
    page.goto(f"{root}/shortlist.html#ids={PARKRUN},{HOMES}")
    page.evaluate("localStorage.clear()")
    page.reload()
    assert shown(page) == [PARKRUN, HOMES]
    assert kept(page) == "Shortlist (2)"
    for action in (PARKRUN, HOMES):
        page.goto(f"{root}/actions/{action}.html")
        page.locator("main [data-keep]").first.click()
    page.go_back()
    page.go_back()
    page.wait_for_url("**/shortlist.html")
    assert shown(page) == []


@pytest.mark.parametrize("event", ["focus", "pageshow"])
def test_what_another_tab_kept_is_shown_on_the_way_back(page: Page, root: str, event: str) -> None:
    """Not every browser tells a page that lay behind, or was left."""
    page.goto(f"{root}/actions/{HOMES}.html")
    page.evaluate("ids => localStorage.setItem('shortlist', ids)", f"{HOMES},{PARKRUN}")
    assert kept(page) == "Shortlist (0)"
    page.evaluate("event => dispatchEvent(new Event(event))", event)
    assert kept(page) == "Shortlist (2)"
    expect(page.locator("main [data-keep]").first).to_have_attribute("aria-pressed", "true")


def test_without_javascript(browser: Browser, root: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{root}/actions/{HOMES}.html")
    expect(page.locator("button:visible")).to_have_count(0)
    page.get_by_role("link", name="Shortlist").click()
    expect(page.get_by_text("The shortlist is made by a script, and this browser runs none.")).to_be_visible()
    expect(page.locator(".item:visible")).to_have_count(0)
    page.get_by_role("main").get_by_role("link", name="All actions").click()
    expect(page.locator(".item:visible")).to_have_count(57)
    context.close()


NAME = """() => {
  const e = document.activeElement
  return e.getAttribute("aria-label") ?? (e.labels?.[0] ?? e).textContent.trim()
}"""


def test_the_whole_way_by_keyboard(page: Page, root: str) -> None:
    """Find, keep, order, note, remove and bring back with Tab, Enter and letters; each is announced."""

    def tab_to(name: str) -> None:
        """Goes on to the next stop of that name."""
        for _ in range(200):
            page.keyboard.press("Tab")
            if page.evaluate(NAME) == name:
                return
        pytest.fail(f"no way to {name}")

    page.goto(f"{root}/actions/index.html")
    tab_to("Words to look for")
    page.keyboard.type("time credits")
    expect(page.locator("[data-count]")).to_have_text(re.compile(r"^[2-9] of 57 actions"))
    first, second = (
        button.get_attribute("aria-label") or "" for button in page.locator("[data-keep]:visible").all()[:2]
    )
    tab_to(first)
    page.keyboard.press("Space")
    expect(page.locator("[data-shortlist]")).to_have_text("Shortlist (1)")
    tab_to(second)
    page.keyboard.press("Enter")
    expect(page.locator("[data-shortlist]")).to_have_text("Shortlist (2)")
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('[data-shortlist]')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/shortlist.html#ids=*")
    title = first.removeprefix("Keep for later: ")
    order = shown(page)
    status = page.locator("[data-said]")
    expect(status).to_have_role("status")
    page.locator(".path a").focus()
    tab_to(f"Note: {title}")
    page.keyboard.type("Thursday")
    tab_to(f"Down: {title}")
    page.keyboard.press("Enter")
    assert shown(page) == order[::-1]
    expect(status).to_have_text(f"{title}: now 2 of 2")
    tab_to(f"Remove: {title}")
    page.keyboard.press("Enter")
    assert shown(page) == [order[1]]
    expect(status).to_have_text(f"Removed: {title}")
    page.keyboard.press("Enter")
    assert shown(page) == order[::-1]
    expect(page.get_by_label(f"Note: {title}")).to_have_value("Thursday")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(
    browser: Browser, site: Path, serve: Callable[[Path], str], colours: str, width: int
) -> None:
    context = browser.new_context(color_scheme=colours, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
    page, root, found = context.new_page(), serve(site), {}
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")

    def look(state: str) -> None:
        found[state] = faults(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state

    page.goto(f"{root}/actions/index.html#words=park&example=yes&theme=sport")
    page.locator(".item [data-keep]:visible").first.click()
    look("filtered, open, kept")
    page.goto(f"{root}/actions/index.html#words=park&theme=food&scope=national")
    page.reload()
    page.get_by_role("button", name="Copy address").click()
    expect(page.locator("[data-by-hand]")).to_be_visible()
    look("nothing left")
    page.goto(f"{root}/themes/funding.html")
    page.locator("[data-keep]").first.click()
    look("kept in a list")
    page.goto(f"{root}/shortlist.html")
    by_do(page, "up", shown(page)[1])
    look("shortlist")
    by_do(page, "remove", shown(page)[0])
    look("removed")
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html#ids={HOMES},unknown")
    by_do(page, "copy")
    expect(page.locator("[data-by-hand]")).to_be_visible()
    look("another's list")
    by_do(page, "use")
    by_do(page, "remove", HOMES)
    page.reload()
    page.locator(".items--kept").evaluate("() => localStorage.setItem('note:empty-homes', 'left')")
    page.reload()
    expect(page.locator("[data-notes]")).to_be_visible()
    look("only a note left")
    assert {state: broken for state, broken in found.items() if broken} == {}
    context.close()
