"""The search's results: what they show, how readers use them, and what happens on the page that they lead to."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from site_pages import search_site

ACTION = "actions/empty-homes.html"


def test_nothing_is_loaded_before_the_field_is_used(context: BrowserContext, root: str) -> None:
    page = context.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{root}/{ACTION}")
    page.wait_for_load_state("networkidle")
    assert [url for url in loaded if "/search/" in url] == []
    page.get_by_label("Search the guidance").focus()
    expect(page.locator("script[src*='search/pages']")).to_have_count(1)


@pytest.mark.parametrize(
    ("folder", "query"),
    [
        ("", "volunteering and time credits"),
        ("", "how do we deal with hate crime on our estate"),
        ("cy/", "how do we deal with hate crime on our estate"),
        ("cy/", "cyllidebu cyfranogol a chredydau amser"),
    ],
)
def test_sizes(context: BrowserContext, online: str, site: Path, folder: str, query: str) -> None:
    """Compressed, an action page loads at most 45 kB, 75 kB of fonts, and 65 kB more until the first results."""
    page = context.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.removeprefix(f"{online}/").split("?")[0]))

    def size() -> int:
        paths = [path for path in set(loaded) if not path.endswith(".woff2")]
        return sum(len(gzip.compress((site / path).read_bytes())) for path in paths)

    page.goto(f"{online}/{folder}{ACTION}")
    page.wait_for_load_state("networkidle")
    assert size() <= 45_000
    fonts = list((site / "assets" / "fonts").iterdir())
    assert len(fonts) == 4
    assert sum(font.stat().st_size for font in fonts) <= 75_000
    loaded.clear()
    search_site(page, query)
    page.wait_for_load_state("networkidle")
    assert size() <= 65_000


def test_a_result_shows_what_it_is_and_the_matching_sentence(page: Page, online: str) -> None:
    page.goto(f"{online}/index.html")
    search_site(page, "street party")
    first = page.locator("#results > li").first
    expect(first.get_by_role("link")).to_have_text("Remove barriers to local events")
    expect(first).to_contain_text("Simple · Events and street life")
    expect(first.locator("mark").first).to_be_visible()
    expect(page.locator("#results")).not_to_contain_text("Other search words")


def test_pasted_words_and_clear(page: Page, online: str) -> None:
    page.goto(f"{online}/index.html")
    field = page.get_by_label("Search the guidance")
    field.focus()
    page.keyboard.insert_text("Empty homes, please!")  # like paste, dictation and dragging: no key is pressed
    expect(page.locator("#results > li a").first).to_have_attribute(
        "href", f"{online}/{ACTION}?h=Empty+homes%2C+please%21"
    )
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(field).to_be_focused()
    expect(page.locator("#results > li")).to_have_count(0)
    expect(page.locator("[role=search] [role=status]")).to_have_text("Type to start searching")


def test_back_and_reload_bring_back_words_and_results(page: Page, root: str) -> None:
    page.goto(f"{root}/index.html")
    search_site(page, "empty homes")
    page.locator("#results > li a").first.click()
    page.wait_for_url(f"**/{ACTION}*")
    page.go_back()
    expect(page.get_by_label("Search the guidance")).to_have_value("empty homes")
    expect(page.locator("#results > li a").first).to_be_visible()
    page.reload()
    expect(page.locator("#results > li a").first).to_be_visible()
    page.goto(f"{root}/themes/index.html")
    expect(page.get_by_label("Search the guidance")).to_have_value("")


def test_an_empty_result_leads_on(page: Page, online: str) -> None:
    page.goto(f"{online}/index.html")
    assert search_site(page, "xyzzy") == []
    results = page.get_by_role("region", name="Search results")
    expect(results.get_by_role("status")).to_have_text("No pages match.")
    results.get_by_role("link", name="Themes").click()
    page.wait_for_url("**/themes/index.html")


def test_more_results_on_demand(page: Page, online: str) -> None:
    page.goto(f"{online}/index.html")
    assert len(search_site(page, "community")) == 10
    page.get_by_role("button", name="Show more results").click()
    expect(page.locator("#results > li > a").nth(10)).to_be_focused()
    assert page.locator("#results > li > a").count() == 30


def test_highlighting_can_be_cleared(page: Page, online: str) -> None:
    page.goto(f"{online}/{ACTION}?h=empty%20homes")
    marks = page.get_by_role("article").locator("mark")
    expect(marks.first).to_be_visible()
    before = page.get_by_role("article").inner_text()
    page.get_by_role("button", name="Clear highlighting").click()
    expect(marks).to_have_count(0)
    assert page.get_by_role("article").inner_text() == before
    assert page.url == f"{online}/{ACTION}"


def test_a_page_reached_without_a_search_has_no_highlighting(page: Page, online: str) -> None:
    page.goto(f"{online}/{ACTION}")
    expect(page.get_by_role("button", name="Clear highlighting")).to_be_hidden()


def test_arrow_keys_while_results_still_change(page: Page, online: str) -> None:
    """A reader who goes to the results before those for the last letter are there stays in them."""
    for _ in range(10):
        page.goto(f"{online}/index.html")
        page.get_by_label("Search the guidance").click()
        page.keyboard.type("empty homes")
        page.locator("#results > li > a").first.wait_for()
        page.keyboard.press("ArrowDown")
        expect(page.locator("#results")).to_have_attribute("data-query", "empty homes")
        expect(page.locator("#results > li > a").first).to_be_focused()


def test_the_home_page_has_the_large_field_with_a_button_and_examples(page: Page, online: str) -> None:
    """The button shows the results, and Enter goes to the first of them. An example leads to the actions about it."""
    page.goto(f"{online}/index.html")
    expect(page.get_by_role("banner").locator("#query")).to_have_count(0)
    field = page.locator("header #query")
    field.fill("empty homes")
    page.get_by_role("button", name="Search", exact=True).click()
    first = page.locator("#results > li a").first
    expect(first).to_be_focused()
    expect(first).to_have_attribute("href", f"{online}/{ACTION}?h=empty+homes")
    page.get_by_role("button", name="Clear", exact=True).evaluate("button => button.click()")  # no focus, as in Safari
    expect(field).to_be_focused()
    expect(page.locator("#results > li a")).to_have_count(0)
    field.fill("empty homes")
    field.press("Enter")
    expect(page).to_have_url(f"{online}/{ACTION}?h=empty+homes")


@pytest.mark.parametrize("language", ["", "cy/"])
def test_each_example_of_the_home_page_finds_actions(page: Page, online: str, language: str) -> None:
    page.goto(f"{online}/{language}index.html")
    examples = page.locator(".hero__examples a")
    assert examples.count() == 6
    for href in examples.evaluate_all("links => links.map(link => link.href)"):
        page.goto("about:blank")
        page.goto(href)
        expect(page.locator("[data-ready]")).to_be_visible()
        assert page.locator(".item:visible").count(), href


def test_a_correction_is_never_silent(page: Page, root: str) -> None:
    """It says what was looked for instead, and the reader can look for the word as it was typed."""
    page.goto(f"{root}/{ACTION}")
    status = page.locator("[role=search] [role=status]")
    search_site(page, "voluntering")
    expect(status).to_have_text(re.compile(r"^Showing results for volunteering\. \d+ results\b"))
    link = page.locator("#results > li a").first
    expect(link).to_have_attribute("href", re.compile(r"\?h=volunteering$"))
    page.get_by_role("button", name="Search instead for voluntering").click()
    expect(status).to_have_text("No pages match.")
    expect(page.locator("#results > li")).to_have_count(0)
    expect(page.get_by_role("button", name="Search instead for voluntering")).to_be_hidden()
    expect(page.get_by_label("Search the guidance")).to_be_focused()
    search_site(page, "volunteering")
    expect(status).to_have_text(re.compile(r"^\d+ results\b"))


def test_enter_goes_nowhere_that_is_not_surely_meant(page: Page, online: str) -> None:
    """A corrected word, or a page that matches in part, is shown. The reader decides."""
    page.goto(f"{online}/{ACTION}")
    for query in ("voluntering", "hospital bunting", "hate crime"):
        search_site(page, query)
        page.locator("#query").press("Enter")
        expect(page.locator("#results > li a").first).to_be_focused()
        assert page.url == f"{online}/{ACTION}"


def test_the_number_is_the_number_that_matches(page: Page, online: str) -> None:
    """Pages that match in part come after a line that says so, and are not counted."""
    page.goto(f"{online}/{ACTION}")
    search_site(page, "land advice service")
    items = page.locator("#results > li").all_inner_texts()
    line = items.index("These pages match some of your words:")
    expect(page.locator("[role=search] [role=status]")).to_have_text(
        f"{line} result{'s' if line > 1 else ''}, then results that match some of your words"
    )
    assert 0 < line < 10
    search_site(page, "hospital bunting")
    expect(page.locator("[role=search] [role=status]")).to_have_text("No page matches all of this. These come closest:")
    assert page.locator("#results > li:not(:has(a))").count() == 0


@pytest.mark.parametrize(
    ("address", "query", "said", "why"),
    [
        ("index.html", "How do we deal with hate crime?", "no action about racism and hate crime.", "An action about"),
        (
            "cy/index.html",
            "troseddau casineb",
            "ar y pwnc hwn: hiliaeth a throseddau casineb.",
            "Cam gweithredu: croesawu",
        ),
    ],
)
def test_a_subject_that_the_guidance_lacks(
    page: Page, root: str, address: str, query: str, said: str, why: str
) -> None:
    page.goto(f"{root}/{address}")
    search_site(page, query)
    expect(page.locator("[role=search] [role=status]")).to_contain_text(said)
    first = page.locator("#results > li").first
    expect(first.get_by_role("link")).to_have_attribute("href", re.compile("welcome-people-seeking-sanctuary"))
    expect(first).to_contain_text(why)


def test_results_can_be_added_to_the_plan(page: Page, root: str) -> None:
    """The button is over the link, which covers the rest of the result."""
    page.goto(f"{root}/statutory/index.html")
    search_site(page, "empty homes")
    page.get_by_role("button", name="Add to plan: Consider new ways to bring empty homes back into use").click()
    expect(page.get_by_role("button", name="In your plan: Consider new ways")).to_be_visible()
    expect(page.locator("[data-kept]")).to_have_text("1")
    search_site(page, "bring empty homes back")
    expect(page.get_by_role("button", name="In your plan: Consider new ways")).to_be_visible()
    assert page.url == f"{root}/statutory/index.html"
    search_site(page, "organisations")
    expect(page.locator("#results > li").first.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize(
    "query",
    [
        *("empty shops", "voluntering", "hate crime", "street party", "unaffordable housing", "xyzzy"),
        *("our village has lost its last shop", "photography club", "domestic abuse in rural areas"),
        "how do we deal with racism in our town",
    ],
)
def test_the_finder_answers_as_the_search_does(page: Page, online: str, query: str) -> None:
    """It lists the actions of the search's results that match and, if none does, links to those that come closest."""
    page.goto(f"{online}/{ACTION}")
    search_site(page, query)
    links = page.locator("#results > li > a")
    while (more := page.get_by_role("button", name="Show more results")).count():
        shown_before = links.count()
        more.click()
        expect(links).not_to_have_count(shown_before)
    said = page.locator("[role=search] [role=status]").inner_text()
    found: list[str] = []
    for item in page.locator("#results > li").all():
        if item.inner_text() == "These pages match some of your words:":
            break
        if item.locator("[data-keep]").count():
            found.append(item.locator("[data-keep]").get_attribute("data-keep") or "")
    if found:
        page.get_by_role("link", name="See the actions that match, with filters").click()
        page.wait_for_url("**/actions/index.html#words=*")
    else:
        page.goto(f"{online}/actions/index.html#words={query}")
    expect(page.locator("[data-ready]")).to_be_visible()
    rows, closest = page.locator(".item:visible"), page.locator("[data-closest] a:visible")
    shown = [row.get_attribute("data-action") or "" for row in rows.all()]
    others = [(link.get_attribute("href") or "").rpartition("/")[2].removesuffix(".html") for link in closest.all()]
    assert sorted(shown or others) == sorted(found)
    assert bool(shown) == ("result" in said)
    how = page.locator("[data-how]")
    if "Showing" in said:
        expect(how).to_contain_text("Showing results for volunteering.")
        page.get_by_role("button", name="Search instead for voluntering").click()
        expect(rows).to_have_count(0)
    elif "result" in said or not found:
        expect(how).to_have_text("")
    else:
        expect(how).to_have_text(said)
