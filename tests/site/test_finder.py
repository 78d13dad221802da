"""The finder in a real browser: it shows the actions that match, and its address restores the reader's choices."""

import csv
import re
from itertools import combinations
from pathlib import Path
from urllib.parse import urlencode

import pytest
from conftest import BuildOnce
from playwright.sync_api import Browser, BrowserContext, Page, expect
from site_pages import choose_clipboard
from synthetic import write_project

from generator.guidance import Guidance
from generator.model import Action
from generator.pages.words import ENDINGS, make_rules, split_words
from generator.text import make_id

FINDER = "actions/index.html"
SHOWN = "[...document.querySelectorAll('.item:not([hidden])')].map(item => item.dataset.action)"


COUNTS = (
    "Object.fromEntries([...document.querySelectorAll('.finder option[value]:not([value=\"\"]), .finder .tick input')]"
    ".map(choice => [`${choice.name ?? choice.parentElement.name}=${choice.value}`,"
    " Number((choice.labels?.[0] ?? choice).textContent.match(/\\((\\d+)\\)\\s*$/)[1])]))"
)
"""The number beside each choice of the finder, by name and value."""


Table = dict[str, dict[str, list[str]]]


@pytest.fixture(scope="module")
def table(guidance: Guidance) -> Table:
    """The values of each filter that each action matches, read from the guidance."""
    return {
        action.key: {
            "grade": [action.grade.value],
            "scope": [action.scope] if action.scope else [],
            "theme": action.themes,
            "organisation": [organisation.key for organisation in action.organisations_named],
            "example": ["yes"] if action.certain_examples else [],
            "kind": [make_id(organisation.kind) for organisation in action.organisations_named if organisation.kind],
            "place": [make_id(place) for place in action.places],
            "case-study": ["yes"] if action.related["case_studies"] else [],
            "statutory": ["yes"] if action.statutory else [],
            "words": searchable_words(action),
        }
        for action in guidance.actions
    }


COMMON_WORDS = make_rules()["common"]


def find_beginnings(word: str) -> tuple[str, ...]:
    """Return how a word and its other forms begin."""
    for pattern, starts in ENDINGS:
        if found := re.fullmatch(pattern, word):
            return tuple(found[1] + start for start in starts)
    return (word,)


def searchable_words(action: Action) -> list[str]:
    """Return the words by which the finder should find an action."""
    texts = [action.title.plain, action.text.plain, *(example.text.plain for example in action.examples)]
    texts += [*action.search_words, *action.places]
    others = [*action.related["themes"], *action.organisations_named, *action.related["case_studies"]]
    return [word for text in [*texts, *(other.label for other in others)] for word in split_words(text)]


def expected_actions(table: Table, *filters: tuple[str, str]) -> list[str]:
    """Return the actions that match any value of each filter, and all words."""
    wanted: dict[str, list[str]] = {}
    for field, value in filters:
        wanted.setdefault(field, []).append(value)
    typed = [find_beginnings(word) for word in split_words(wanted.pop("words", [""])[0]) if word not in COMMON_WORDS]
    return [
        key
        for key, have in table.items()
        if all(set(values) & set(have[field]) for field, values in wanted.items())
        and all(any(there.startswith(word) for there in have["words"]) for word in typed)
    ]


def shown_actions(page: Page) -> list[str]:
    """Return the ids of the actions that the finder shows, in its order."""
    expect(page.locator(".finder:not([data-busy])")).to_be_attached()
    found: list[str] = page.evaluate(SHOWN)
    return found


def test_all_actions_can_be_reached_without_javascript(browser: Browser, online: str, guidance: Guidance) -> None:
    """By topic and grade."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{online}/{FINDER}")
    expect(page.locator("form.finder")).to_be_hidden()
    expect(page.locator("main button:visible")).to_have_count(0)
    links = page.locator(".items a").evaluate_all("all => all.map(link => link.href)")
    found = []
    for link in links:
        page.goto(link)
        found += page.locator("article h2 > a, article h3 > a").evaluate_all("all => all.map(link => link.href)")
    assert found == [f"{online}/{action.address}" for action in guidance.actions]
    context.close()


CHOOSE = """async all => {
  history.pushState = () => {} // no browser takes a thousand of them at once
  const results = []
  const form = document.querySelector(".finder")
  for (const [filters, isCounted] of all) {
    for (const field of form.elements) {
      const values = filters.filter(([name]) => name === field.name).map(([, value]) => value)
      if (field.type === "checkbox") field.checked = values.includes(field.value)
      else if (field.name) field.value = values[0] ?? ""
    }
    form.querySelector("select").dispatchEvent(new Event("input", { bubbles: true }))
    while (form.matches("[data-busy]")) await scheduler.postTask(() => {})
    results.push([SHOWN, document.querySelector("[data-count]").textContent, isCounted && COUNTS])
  }
  return results
}""".replace("SHOWN", SHOWN).replace("COUNTS", COUNTS)


def test_filters_alone_and_in_pairs(page: Page, online: str, table: Table) -> None:
    """Every value of every filter, and every pair of them, shows exactly the actions that match."""
    page.goto(f"{online}/{FINDER}")
    fields = ["grade", "scope", "theme", "organisation", "kind", "place", "example", "case-study", "statutory"]
    single = [(field, v) for field in fields for v in sorted({v for have in table.values() for v in have[field]})]
    offered = page.locator(".finder").evaluate(
        "form => [...form.elements].flatMap(field => field.type === 'checkbox'"
        " ? [[field.name, field.value, field.labels[0].textContent.trim()]]"
        " : [...field.options ?? []].map(option => [field.name, option.value, option.textContent]))"
        ".filter(([, value]) => value)"
    )
    assert sorted((field, value) for field, value, _ in offered) == sorted(single)
    single += [("words", "park"), ("words", "Vólunteers staff"), ("words", "zebra crossing")]
    sets = [[one] for one in single]
    sets += [[a, b] for a, b in combinations(single, 2) if a[0] != b[0] or a[0] == "grade"]
    counted = [len(filters) == 1 or "food" in filters[0] for filters in sets]
    results = page.evaluate(CHOOSE, list(zip(sets, counted, strict=True)))
    assert len(sets) > 1000
    for filters, is_counted, (found, told, counts) in zip(sets, counted, results, strict=True):
        expected = expected_actions(table, *filters)
        assert found == expected, filters
        assert told == f"{len(expected)} of 57 actions", filters
        # The count of each choice together with the other filters.
        for field, value, _ in offered if is_counted else ():
            others = [(name, chosen) for name, chosen in filters if name != field]
            assert counts[f"{field}={value}"] == len(expected_actions(table, *others, (field, value)))
    assert sum(bool(found) for found, *_ in results) > 200


def test_back_forward_and_the_address(page: Page, root: str, table: Table) -> None:
    """Choices are steps of the history and typing is not. The address restores both."""
    page.goto(f"{root}/{FINDER}")
    page.get_by_label("Simple").check()
    page.get_by_label("Theme").select_option("volunteering")
    page.get_by_label("Words to look for").press_sequentially("oppor", delay=20)
    filters = [("grade", "simple"), ("theme", "volunteering"), ("words", "oppor")]
    page.wait_for_url(f"**/{FINDER}#{urlencode([filters[2], *filters[:2]])}")
    assert shown_actions(page) == expected_actions(table, *filters)
    assert 0 < len(shown_actions(page)) < len(expected_actions(table, *filters[:2]))

    other = page.context.new_page()
    other.goto(page.url)
    assert shown_actions(other) == shown_actions(page)
    expect(other.get_by_label("Words to look for")).to_have_value("oppor")
    expect(other.get_by_label("Theme")).to_have_value("volunteering")
    other.close()

    page.go_back()
    page.wait_for_url(f"**/{FINDER}#grade=simple")
    assert shown_actions(page) == expected_actions(table, ("grade", "simple"))
    assert page.locator("h2:visible").all_inner_texts() == ["People active in their communities: Simple"]
    page.go_back()
    page.wait_for_url(f"**/{FINDER}")
    assert len(shown_actions(page)) == 57
    page.go_forward()
    page.go_forward()
    page.wait_for_url("**words=oppor**")
    assert shown_actions(page) == expected_actions(table, *filters)
    page.reload()
    assert shown_actions(page) == expected_actions(table, *filters)
    page.get_by_role("button", name="Clear filters").click()
    assert len(shown_actions(page)) == 57
    assert "=" not in page.url


@pytest.mark.parametrize("clipboard", [True, False])
def test_the_address_is_copied(page: Page, root: str, clipboard: bool) -> None:
    """The browser copies it, or offers it in a field where scripts may not copy."""
    page.goto(f"{root}/{FINDER}#theme=food")
    choose_clipboard(page, clipboard)
    page.get_by_role("button", name="Copy link to this list").click()
    field = page.get_by_label("Select and copy this link")
    if clipboard:
        page.get_by_text("Copied. You can paste the link now.").wait_for()
        expect(field).to_be_hidden()
        copied = page.evaluate("navigator.clipboard.readText()")
    else:
        copied = field.input_value()
        assert page.evaluate("getSelection().toString()") == copied
        expect(field).to_be_focused()
    assert copied == f"{root}/{FINDER}#theme=food"
    page.get_by_label("Simple").check()
    expect(field).to_be_hidden()


def test_removing_one_filter_is_offered(page: Page, online: str, table: Table) -> None:
    filters = [("grade", "simple"), ("theme", "health"), ("words", "housing")]
    page.goto(f"{online}/{FINDER}#{urlencode(filters)}")
    assert shown_actions(page) == expected_actions(table, *filters) == []
    ways = {"Simple": filters[1:], "Health and care": [filters[0], filters[2]], "housing": filters[:2]}
    assert all(expected_actions(table, *rest) for rest in ways.values())
    expected = {
        f"{name} (then {len(expected_actions(table, *rest))} of 57 actions match)": rest for name, rest in ways.items()
    }
    buttons = page.locator("[data-suggest] button")
    assert sorted(buttons.all_inner_texts()) == sorted(expected)
    words, rest = next(iter(expected.items()))
    page.get_by_role("button", name=words).press("Enter")
    assert shown_actions(page) == expected_actions(table, *rest)
    expect(page.locator("[data-count]")).to_be_focused()
    expect(page.locator("[data-none]")).to_be_hidden()
    page.go_back()
    expect(buttons).to_have_count(3)


def test_removing_all_filters_is_offered(page: Page, online: str) -> None:
    page.goto(f"{online}/{FINDER}#statutory=yes&case-study=yes&words=zebra")
    assert shown_actions(page) == []
    button = page.locator("[data-suggest] button")
    expect(button).to_have_text(["All filters (57 actions)"])
    button.click()
    assert len(shown_actions(page)) == 57


UNKNOWN_VALUES = [
    "grade=nothing&theme=%3Cscript%3Ewindow.harmed=1%3C/script%3E&ids=a&__proto__=x",
    "theme=<img src=x onerror=window.harmed=1>",
    "organisation=%&scope=%FF%FE",
    "=&=&&&",
]


def test_unknown_values_in_the_address_are_dropped(page: Page, online: str) -> None:
    for anchor in UNKNOWN_VALUES:
        page.goto("about:blank")
        page.goto(f"{online}/{FINDER}#{anchor}")
        assert len(shown_actions(page)) == 57
        assert page.url == f"{online}/{FINDER}"
        assert page.evaluate("window.harmed") is None


def test_hostile_words_are_only_text(page: Page, online: str) -> None:
    said = "<img src=x onerror=window.harmed=1>"
    page.goto(f"{online}/{FINDER}#{urlencode({'words': said, 'theme': 'food'})}")
    expect(page.locator("[data-suggest] button")).to_have_text([f"{said} (then 4 of 57 actions match)"])
    page.goto(f"{online}/{FINDER}#words={'x' * 1_000_000}")
    page.reload()
    expect(page.get_by_label("Words to look for")).to_have_value("x" * 200)
    assert page.evaluate("window.harmed") is None


def test_plain_anchors_stay_anchors(page: Page, online: str) -> None:
    heading = "people-active-in-their-communities-ambition"
    page.goto(f"{online}/{FINDER}#{heading}")
    assert page.locator(f"#{heading}").evaluate("e => Math.abs(e.getBoundingClientRect().top) < 100")
    page.get_by_label("Simple").check()
    expect(page.locator(f"#{heading}")).to_be_hidden()
    page.evaluate(f"location.hash = '{heading}'")
    expect(page.locator(f"#{heading}")).to_be_in_viewport()
    assert len(shown_actions(page)) == 57
    page.go_back()
    page.wait_for_url("**#grade=simple")
    assert len(shown_actions(page)) == 22


def test_going_to_a_place_on_the_page_keeps_the_filters_where_it_is_shown(page: Page, online: str) -> None:
    page.goto(f"{online}/{FINDER}")
    page.get_by_label("Ambition").check()
    page.evaluate("location.hash = 'people-active-in-their-communities-ambition'")
    expect(page.locator("#people-active-in-their-communities-ambition")).to_be_in_viewport()
    assert len(shown_actions(page)) == 14
    page.wait_for_url("**#grade=ambition")
    page.reload()
    assert len(shown_actions(page)) == 14


def test_matching_words_are_marked(page: Page, online: str) -> None:
    """In the title or, if it doesn't have them, in the sentence that has them; and in the wording."""
    page.goto(f"{online}/{FINDER}#words=homestep")
    assert shown_actions(page) == ["empty-homes"]
    row = page.locator(".item:visible")
    expect(row.locator(".item__found mark")).to_have_text(["Homestep"])
    expect(row.locator(".official")).to_have_count(0)
    row.locator("summary").click()
    expect(row.locator(".official").first).to_contain_text("Understand that empty homes can blight communities.")
    expect(row.locator("[data-wording] mark").first).to_have_text("Homestep")
    page.get_by_label("Words to look for").fill("empty")
    row = page.locator("[data-action=empty-homes]")
    expect(row.locator("h3 mark")).to_have_text(["empty"])
    expect(row.locator(".item__found")).to_be_hidden()
    expect(row.locator("[data-wording] mark").first).to_have_text("empty")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator(".items mark")).to_have_count(0)
    expect(page.locator(".item .official").first).to_be_visible()  # what the reader opened stays open


def test_links_in_the_wording(page: Page, root: str) -> None:
    """They lead to pages of the site, like those on the action's own page."""
    page.goto(f"{root}/{FINDER}#organisation=united-welsh")
    page.locator(".item:visible summary").first.click()
    link = page.locator(".item:visible").first.get_by_role("link", name="United Welsh").first
    expect(link).to_have_attribute("href", f"{root}/organisations/united-welsh.html")


def test_keeping_all_that_match(page: Page, root: str, table: Table) -> None:
    page.goto(f"{root}/{FINDER}#theme=food")
    food = expected_actions(table, ("theme", "food"))
    page.locator(".item:visible .keep").last.click()
    page.get_by_role("button", name=f"Add these {len(food)} to plan").click()
    expect(page.locator("[data-status]")).to_have_text(f"These {len(food)} are in your plan.")
    expect(page.locator("[data-plan-link]")).to_have_text(f"Plan ({len(food)})")
    expect(page.locator(".item:visible .keep[aria-pressed=true]")).to_have_count(len(food))
    page.locator("[data-plan-link]").click()
    expect(page.locator(".plan__table > [data-action]")).to_have_count(len(food))


def test_the_list_as_a_table(page: Page, online: str, guidance: Guidance) -> None:
    page.goto(f"{online}/{FINDER}#words=parks")
    shown = shown_actions(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download (CSV)").click()
    assert download.value.suggested_filename == "actions.csv"
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    actions = {action.key: action for action in guidance.actions}
    assert [row["Address"] for row in rows] == [f"{online}/{actions[key].address}" for key in shown]
    assert [row["Wording"] for row in rows] == [" ".join(actions[key].text.plain.split()) for key in shown]
    assert list(rows[0])[-1] == "Address"


def test_words_just_typed_are_there_after_going_back(page: Page, root: str) -> None:
    page.goto(f"{root}/{FINDER}")
    page.evaluate("setTimeout = () => 0")  # the link is followed before typing counts as resting
    page.get_by_label("Words to look for").press_sequentially("homestep")
    page.locator(".path a").click()
    page.wait_for_url("**/index.html")
    page.go_back()
    expect(page.get_by_label("Words to look for")).to_have_value("homestep")
    assert shown_actions(page) == ["empty-homes"]


def test_more_filters_stay_open_on_a_phone(page: Page, online: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{online}/{FINDER}")
    theme = page.get_by_label("Theme")
    expect(theme).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Simple").check()
    page.go_back()
    assert len(shown_actions(page)) == 57
    expect(theme).to_be_visible()


def test_the_finder_by_keyboard(context: BrowserContext, online: str, table: Table) -> None:
    """Only Tab and the keys of the fields are needed. A status announces the count when typing pauses."""
    page = context.new_page()
    page.goto(f"{online}/{FINDER}")
    page.locator(".path a").focus()
    told: list[str] = []
    page.expose_function("told", lambda words: told.append(words))
    page.evaluate(
        "new MutationObserver(() => told(document.querySelector('[data-count]').textContent))"
        ".observe(document.querySelector('[data-count]'), { childList: true })"
    )
    expect(page.locator("[data-count]")).to_have_role("status")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Words to look for")).to_be_focused()
    page.keyboard.type("community")
    count = len(expected_actions(table, ("words", "community")))
    expect(page.locator("[data-count]")).to_have_text(f"{count} of 57 actions")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_label("Theme")).to_be_focused()
    page.keyboard.type("Fun")
    filters = [("words", "community"), ("grade", "simple"), ("theme", "funding")]
    counts = [len(expected_actions(table, *filters[: i + 1])) for i in range(3)]
    expect(page.locator("[data-count]")).to_have_text(f"{counts[2]} of 57 actions")
    assert [told[0], told[1], told[-1]] == [f"{count} of 57 actions" for count in counts]
    assert shown_actions(page) == expected_actions(table, *filters)


@pytest.fixture(scope="module")
def large_finder(tmp_path_factory: pytest.TempPathFactory, build_once: BuildOnce) -> str:
    """The address of the finder of a site with three times the actions."""
    project = tmp_path_factory.mktemp("large") / "project"
    write_project(project, 3)
    return (build_once("large", project) / FINDER).as_uri()


def test_many_actions_are_shown_group_by_group(page: Page, large_finder: str) -> None:
    """The first hundred are shown at once. All count, are kept and are in the table."""
    page.goto(large_finder)
    expect(page.locator("[data-count]")).to_have_text("171 of 171 actions")
    shown = len(shown_actions(page))
    assert 100 <= shown < 130
    closed = page.get_by_role("button", name=re.compile("^Show [0-9]+ actions$"))
    number = int(closed.first.inner_text().split()[1])
    closed.first.press("Enter")
    assert len(shown_actions(page)) == shown + number
    expect(page.locator(".item a:focus")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download (CSV)").click()
    rows = list(csv.reader(Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 172
    assert all(row[5] for row in rows)  # the wording
    page.get_by_label("Ambition").check()
    assert len(shown_actions(page)) == 42
    expect(closed).to_have_count(0)
    page.get_by_role("button", name="Add these 42 to plan").click()
    expect(page.locator("[data-plan-link]")).to_have_text("Plan (42)")
