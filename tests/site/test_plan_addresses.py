"""Shortlists in addresses: mailed lists, unknown ids, and hostile addresses."""

from collections.abc import Callable
from pathlib import Path

import pytest
from plan_page import HOMES, LAND, PARKRUN, header_count, mailed_address, mailed_text, press, shown_actions
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
    page.goto(f"{root}/shortlist.html#ids={','.join(own)}")
    page.locator(f"[data-action={PARKRUN}] [data-field=note]").fill("mine")
    page.goto("about:blank")
    page.goto(f"{root}/shortlist.html#ids={LAND},{HOMES}")
    assert shown_actions(page) == [LAND, HOMES]
    expect(page.get_by_text("This link has a different plan")).to_be_visible()
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


def test_unknown_ids_are_reported_and_kept(page: Page, root: str) -> None:
    """Those of the reader's own list stay until the reader removes them. Those of a link are only reported."""
    told, dropped = page.locator("[data-unknown]"), page.locator("[data-dropped]")
    page.goto(f"{root}/index.html")
    page.evaluate("ids => localStorage.setItem('shortlist', ids)", f"{HOMES},gone,null")
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
    page.goto(f"{root}/shortlist.html#ids={PARKRUN},{HOMES}&status={HOMES}.p")
    page.get_by_label("Note: Help a parkrun start").fill("private")
    lines = mailed_text(page).splitlines()
    assert lines[:2] == [
        "1. Help a parkrun start (Simple)",
        "2. Consider new ways to bring empty homes back into use (Simple)",
    ]
    if root.startswith("http"):
        assert lines[2:] == ["", f"{root}/shortlist.html#ids={PARKRUN},{HOMES}&status={HOMES}.p"]
    else:
        assert lines[2:] == []
        expect(page.get_by_text("your mail will have the titles but no link")).to_be_visible()


def test_a_mail_of_all_actions_is_short_enough(
    page: Page, serve: Callable[[Path], str], site: Path, guidance: Guidance
) -> None:
    """Windows passes at most 2,000 characters to the mail program. 200 are left for a longer address of the site."""
    root = serve(site)
    ids = [action.key for action in guidance.actions]
    page.goto(f"{root}/shortlist.html#ids={','.join(ids)}")
    assert mailed_address(page).endswith(",".join(ids))
    assert "more" in mailed_text(page)
    assert len(page.get_by_role("link", name="Send by email").get_attribute("href") or "") < 1800


def test_a_published_address_is_the_one_that_is_mailed(page: Page, site: Path, tmp_path: Path) -> None:
    """A copy of a published site mails the published address, even if it is opened from disk."""
    html = (site / "shortlist.html").read_text(encoding="utf-8")
    canonical = '<link rel="canonical" href="https://site.example/guidance/shortlist.html"></head>'
    (tmp_path / "shortlist.html").write_text(html.replace("</head>", canonical), encoding="utf-8")
    for folder in ("actions", "assets", "search"):
        (tmp_path / folder).symlink_to(site / folder)
    page.goto(f"{(tmp_path / 'shortlist.html').as_uri()}#ids={HOMES}")
    assert mailed_address(page) == f"https://site.example/guidance/shortlist.html#ids={HOMES}"
    expect(page.locator(".address:visible")).to_have_text(f"https://site.example/guidance/actions/{HOMES}.html")
    expect(page.locator("[data-disk]")).to_be_hidden()


def test_the_skip_link_keeps_the_list_in_the_address(page: Page, online: str) -> None:
    page.goto(f"{online}/shortlist.html#ids={PARKRUN}")
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
