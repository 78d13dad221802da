"""Shortlists in addresses: mailed lists, unknown ids, and hostile addresses."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from plan_page import (
    HOMES,
    LAND,
    PARKRUN,
    find_field,
    header_count,
    mailed_address,
    mailed_text,
    make_record,
    open_menu,
    open_plan,
    press,
    read_record,
    shown_actions,
    store_record,
    take_plan,
)
from playwright.sync_api import Page, expect

from generator.guidance import Guidance


@pytest.mark.parametrize(
    ("choice", "expected", "status"),
    [
        ("add", [PARKRUN, HOMES, LAND], "Added to your plan."),
        ("use", [LAND, HOMES], "This is your plan now."),
        ("back", [PARKRUN, HOMES], "You are back in your own plan."),
    ],
)
def test_a_mailed_list_leaves_the_readers_own(
    page: Page, root: str, choice: str, expected: list[str], status: str
) -> None:
    own = [PARKRUN, HOMES]
    take_plan(page, f"{root}/shortlist.html#ids={','.join(own)}")
    find_field(page, PARKRUN, "note").fill("mine")
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html#ids={LAND},{HOMES}")
    assert shown_actions(page) == [LAND, HOMES]
    expect(page.get_by_text("This is not your own plan")).to_be_visible()
    assert header_count(page) == "Plan (2)"
    expect(page.locator("[data-do=remove]:visible")).to_have_count(0)
    page.reload()
    assert shown_actions(page) == [LAND, HOMES]
    press(page, choice)
    expect(page.locator("[data-status]")).to_have_text(status)
    assert shown_actions(page) == expected
    assert page.url.endswith("#ids=" + ",".join(expected))
    expect(page.locator("[data-other]")).to_be_hidden()
    page.reload()
    assert shown_actions(page) == expected
    expect(page.locator(".undo:visible")).to_have_count(0)
    kept = page.evaluate("site.record.read()")
    notes = {item["id"]: item.get("note") for item in [*kept["items"], *kept["removed"]]}
    assert notes[PARKRUN] == "mine"


def test_hostile_addresses(page: Page, online: str) -> None:
    """Known actions are shown, anything that may have been an id is reported as not known, and no script runs."""
    unknown = page.locator("[data-unknown]")
    for anchor, known, status in [
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
        page.goto(f"{online}/shortlist.html#{anchor}")
        assert shown_actions(page) == known
        assert len(page.url) < 500
        assert unknown.is_visible() == bool(status)
        assert unknown.inner_text().startswith(status and f"The link has actions that are not on this site: {status}")
        assert len(unknown.text_content() or "") < 2000
        assert page.evaluate("window.harmed") is None
        page.evaluate("localStorage.clear()")


LINK = f"shortlist.html#ids={PARKRUN},{HOMES},{LAND}&status={HOMES}.p,{LAND}.d"
HASH = LINK.partition("#")[2]


@pytest.mark.parametrize(
    "changed",
    [
        LINK.replace("#", "%23"),
        LINK.replace("#", "%2523").replace(",", "%252C"),
        LINK.replace("#", "%23").replace("=", "%3D").replace(",", "%2C").replace("&", "%26"),
        LINK.replace("#", "%23").replace("&", "&amp;"),
        LINK.replace("&", "&amp;"),
        LINK.replace("&", "&amp;amp;"),
        LINK.replace("&", "%26"),
        LINK.replace("&", "%26amp%3B"),
        LINK.replace(",", "%2C"),
        LINK.replace(",", ",%20"),
        LINK.replace("=", "%3D"),
        f"shortlist.html#{HASH.upper()}",
        f"{LINK}.",
        f"{LINK}).",
        f"{LINK}%3E",
        f"{LINK},",
        LINK.replace("parkrun", "park%0D%0Arun").replace("public-", "public-%0D%0A"),
        LINK.replace("parkrun", "park run").replace(",", ", ").replace("homes", "homes+"),
        LINK.replace("parkrun", "park=0A=20run").replace("=0A=20", "\n"),
    ],
)
def test_a_link_survives_mail_and_chat_programs(page: Page, online: str, changed: str) -> None:
    page.goto(f"{online}/{changed}")
    page.wait_for_url("**/shortlist.html#*")
    expect(page.locator(".plan__table > [data-action]:visible")).to_have_count(3)
    items = [{"id": PARKRUN}, {"id": HOMES, "status": "planned"}, {"id": LAND, "status": "done"}]
    assert page.evaluate("site.idList.findInAddress()") == items
    expect(page.locator("[data-unknown]")).to_be_hidden()


def test_a_link_without_a_status_survives_the_end_of_a_sentence(page: Page, online: str) -> None:
    for end in (".", ").", "%3E", ",", "%22", "%E2%80%9D"):
        page.goto("about:blank")
        page.goto(f"{online}/shortlist.html#ids={PARKRUN},{HOMES}{end}")
        assert page.evaluate("site.idList.findInAddress()") == [{"id": PARKRUN}, {"id": HOMES}]


def test_the_not_found_page_tries_the_address_again(
    page: Page, tmp_path: Path, serve: Callable[[Path], str], addressed_site: Path
) -> None:
    """In a folder of the host, too, and in both languages. It never leads to another host."""
    (tmp_path / "guidance").symlink_to(addressed_site)
    (tmp_path / "404.html").symlink_to(addressed_site / "404.html")
    root = serve(tmp_path)
    for language in ("", "cy/"):
        page.goto(f"{root}/guidance/{language}{LINK.replace('#', '%23')}")
        page.wait_for_url(f"{root}/guidance/{language}shortlist.html#*")
        expect(page.locator(".plan__table > [data-action]:visible")).to_have_count(3)
    for address in ("guidance/no-such-page.html", "guidance/no-such-page.html%23x", "/other.example/%23x"):
        page.goto(f"{root}/{address}")
        expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
        page.wait_for_load_state()
        assert page.url == f"{root}/{address.replace('%23', '#')}"


def test_door_links(page: Page, online: str) -> None:
    """Whatever an address has, the reader's own plan stays as it is, and only ids and statuses come out of it."""
    own = make_record({"id": HOMES, "note": "mine"}, {"id": LAND}, name="Mine")
    open_plan(page, online, own)
    made = random.Random(26)
    pieces = ["ids=", "status=", "&", "&amp;", "%26", "%", "%2", "%00", "%FF", "#", ",", ".", "\n", "ŵ", "__proto__"]
    pieces += [HOMES, LAND, f"{HOMES}.d", "constructor", "<script>", "x" * 5000, " ", "+", "assess=", "report"]
    starts = ["", "ids=", "ids=", f"ids={HOMES},{LAND}&status="]
    hashes = [made.choice(starts) + "".join(made.choices(pieces, k=made.randint(1, 12))) for _ in range(200)]
    found = page.evaluate(
        """hashes => hashes.map(hash => {
          history.replaceState(null, "", `${location.pathname}#${hash}`)
          dispatchEvent(new PopStateEvent("popstate"))
          history.replaceState(null, "", `${location.pathname}#${hash}`)
          return site.idList.findInAddress()
        })""",
        hashes,
    )
    ids = re.compile("[a-z0-9-]{1,80}")
    assert all(ids.fullmatch(item["id"]) and item.get("status") in (None, "done") for items in found for item in items)
    assert sum(map(len, found)) > 100
    assert {**read_record(page), **own} == read_record(page)


def test_unknown_ids_are_reported_and_kept(page: Page, root: str) -> None:
    """Those of the reader's own list stay until the reader removes them. Those of a link are only reported."""
    told, dropped = page.locator("[data-unknown]"), page.locator("[data-dropped]")
    page.goto(f"{root}/index.html")
    store_record(page, make_record({"id": HOMES}, {"id": "gone"}, {"id": "null"}))
    page.locator("[data-plan-link]").click()
    page.wait_for_url("**/shortlist.html*")
    expect(dropped).to_contain_text("Your plan has entries that are not on this site. They are kept: gone, null.")
    page.reload()
    expect(dropped).to_be_visible()
    page.get_by_role("button", name="Remove them").click()
    expect(dropped).to_be_hidden()
    assert header_count(page) == "Plan (1)"
    page.get_by_role("button", name="Undo").click()
    expect(dropped).to_be_visible()
    page.get_by_role("button", name="Remove them").click()
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html#ids=gone")
    expect(told).to_have_text("The link has actions that are not on this site: gone.")
    assert shown_actions(page) == [HOMES]


def test_the_mail_has_titles_grades_and_the_address(page: Page, root: str) -> None:
    """From a folder there is no address: it would tell where the sender keeps files."""
    take_plan(page, f"{root}/shortlist.html#ids={PARKRUN},{HOMES}&status={HOMES}.p")
    find_field(page, PARKRUN, "note").fill("private")
    lines = mailed_text(page).splitlines()
    assert lines[:2] == [
        "1. Help a parkrun start (Simple)",
        "2. Consider new ways to bring empty homes back into use (Simple)",
    ]
    if root.startswith("http"):
        assert lines[2:] == ["", f"{root}/shortlist.html#ids={PARKRUN},{HOMES}&status={HOMES}.p"]
    else:
        assert lines[2:] == []
        open_menu(page)
        expect(page.get_by_text("your mail will have the titles but no link")).to_be_visible()


def test_a_mail_of_all_actions_is_short_enough(
    page: Page, serve: Callable[[Path], str], site: Path, guidance: Guidance
) -> None:
    """Windows passes at most 2,000 characters to the mail program. 200 are left for a longer address of the site."""
    root = serve(site)
    ids = [action.key for action in guidance.actions]
    take_plan(page, f"{root}/shortlist.html#ids={','.join(ids)}")
    assert mailed_address(page).endswith(",".join(ids))
    assert "more" in mailed_text(page)
    assert len(page.locator("[data-mail]").get_attribute("href") or "") < 1800


def test_a_published_address_is_the_one_that_is_mailed(page: Page, site: Path, tmp_path: Path) -> None:
    """A copy of a published site mails the published address, even if it is opened from disk."""
    html = (site / "shortlist.html").read_text(encoding="utf-8")
    canonical = '<link rel="canonical" href="https://site.example/guidance/shortlist.html"></head>'
    (tmp_path / "shortlist.html").write_text(html.replace("</head>", canonical), encoding="utf-8")
    for folder in ("actions", "assets", "search"):
        (tmp_path / folder).symlink_to(site / folder)
    take_plan(page, f"{(tmp_path / 'shortlist.html').as_uri()}#ids={HOMES}")
    assert mailed_address(page) == f"https://site.example/guidance/shortlist.html#ids={HOMES}"
    page.emulate_media(media="print")
    expect(page.locator(".address:visible")).to_have_text(f"https://site.example/guidance/actions/{HOMES}.html")
    expect(page.locator("[data-disk]")).to_be_hidden()


def test_the_skip_link_keeps_the_list_in_the_address(page: Page, online: str) -> None:
    take_plan(page, f"{online}/shortlist.html#ids={PARKRUN}")
    for address in ("actions/index.html#grade=simple", f"shortlist.html#ids={HOMES}"):
        page.goto("about:blank")
        page.goto(f"{online}/{address}")
        items = page.locator(".item:visible").count()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#__content")).to_be_focused()
        assert page.url == f"{online}/{address}"
        expect(page.locator(".item:visible")).to_have_count(items)
    expect(page.locator("[data-other]")).to_be_visible()
