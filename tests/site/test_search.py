"""The search in a real browser, online and from disk: what officers type finds the page that answers.

To add a search, add a line to `searches.txt`, or to `searches.cy.txt` in Welsh. `searches-problems.txt` has searches of
officers who have a problem and don't know the words of the guidance, and `words-not-in-guidance.txt` ordinary words
that must not seem to be in it.
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from site_pages import search_site_for_all

from generator.guidance import Guidance
from generator.pages.questions import load_questions
from generator.pages.words import split_words


def read_searches(name: str) -> list[tuple[str, list[str]]]:
    """Return each query in a file, with the addresses of the pages that answer it."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" -> ") for line in lines if line and not line.startswith("#")]
    return [(query, answers.split()) for query, answers in pairs]


@pytest.mark.parametrize(
    ("folder", "name", "least", "in_three", "in_first"),
    [
        ("", "searches.txt", 150, 0.98, 0.9),
        ("cy/", "searches.txt", 150, 0.95, 0.85),
        ("", "searches.cy.txt", 60, 0.96, 0.9),
        ("cy/", "searches.cy.txt", 60, 0.96, 0.9),
        ("", "searches-problems.txt", 300, 0.95, 0.8),
        ("cy/", "searches-problems.txt", 300, 0.95, 0.8),
        ("", "searches-problems.cy.txt", 200, 0.95, 0.8),
        ("cy/", "searches-problems.cy.txt", 200, 0.95, 0.8),
    ],
    ids=[
        *("English", "English on the Welsh site", "Welsh on the English site", "Welsh"),
        *("problems", "problems on the Welsh site", "problems in Welsh on the English site", "problems in Welsh"),
    ],
)
def test_searches_find_their_page(
    page: Page,
    root: str,
    site: Path,
    capsys: pytest.CaptureFixture[str],
    folder: str,
    name: str,
    least: int,
    in_three: float,
    in_first: float,
) -> None:
    searches = read_searches(name)
    assert len(searches) >= least
    assert all((site / answer).is_file() for _, answers in searches for answer in answers)
    page.goto(f"{root}/{folder}index.html")
    page.locator("#query").click()
    ranks = {}
    results = search_site_for_all(page, [query for query, _ in searches])
    for (query, answers), found in zip(searches, results, strict=True):
        good = [rank for rank, address in enumerate(found) if address.removeprefix(f"{root}/{folder}") in answers]
        ranks[query] = good[0] if good else len(searches)
    first = sum(rank == 0 for rank in ranks.values()) / len(ranks)
    three = sum(rank < 3 for rank in ranks.values()) / len(ranks)
    with capsys.disabled():
        where = "online" if root.startswith("http") else "from disk"
        print(f"\n{folder}{name}: {len(ranks)} searches {where}: {three:.0%} in the first three, {first:.0%} first")
    assert three >= in_three, {query: rank for query, rank in ranks.items() if rank >= 3}
    assert first >= in_first, {query: rank for query, rank in ranks.items() if rank}


def test_scripts_split_texts_as_the_index_does(page: Page, online: str, guidance: Guidance) -> None:
    """The index has words with hyphens in one piece, too."""
    texts = [action.text.plain.replace("-", " ") for action in guidance.actions]
    texts += ["Cau’r drws, sy'n lân! ORGANISATIONS' colours", "naïve_Ŵyr 2020'r 10,000 ½ Straße"]
    texts += ["ﬁve oﬃcers of neighborhoods organize a beneﬁt"]
    page.goto(f"{online}/index.html")
    page.evaluate("site.loadSearch().then(() => site.words.load())")
    assert page.evaluate("texts => texts.map(site.words.splitWords)", texts) == [split_words(text) for text in texts]


FIND = """async queries => {
  await site.loadSearch()
  const all = []
  for (const query of queries) all.push(await site.searchIndex.find(query))
  return all
}"""
"""Returns what the search finds for each query."""


@pytest.mark.parametrize("folder", ["", "cy/"])
def test_no_word_that_is_not_in_the_guidance_seems_to_be(page: Page, online: str, folder: str) -> None:
    """No page matches it, and it is not taken for another word."""
    lines = (Path(__file__).parent / "words-not-in-guidance.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    assert len(set(words)) == len(words) == 225
    page.goto(f"{online}/{folder}index.html")
    found = page.evaluate(FIND, words)
    corrected = {word: each["query"] for word, each in zip(words, found, strict=True) if each["query"] != word}
    assert corrected == {}
    full = {word: each["results"][0]["title"] for word, each in zip(words, found, strict=True) if counted(each)}
    assert full == {}


@pytest.mark.parametrize("folder", ["", "cy/"])
def test_the_beginning_of_a_word_finds_it_unless_it_is_a_word_itself(page: Page, online: str, folder: str) -> None:
    """A reader who has typed "volunt" goes on to volunteering. One who has typed "cult" may mean just that."""
    page.goto(f"{online}/{folder}index.html")
    assert all(map(counted, page.evaluate(FIND, ["volunt", "neighbourl", "particip"])))
    assert not any(map(counted, page.evaluate(FIND, ["cult", "arch", "coal"])))


@pytest.mark.parametrize("folder", ["", "cy/"])
def test_a_word_that_is_only_near_finds_pages_that_do_not_count(page: Page, online: str, folder: str) -> None:
    """The guidance has no photography, but art. The search shows the pages, and says that none matches."""
    page.goto(f"{online}/{folder}index.html")
    for query, near in (
        ("photography", "themes/arts.html"),
        ("pêl-droed", "themes/sport.html"),
        ("rugby", "themes/sport.html"),
    ):
        (found,) = page.evaluate(FIND, [query])
        assert near in [each["address"] for each in found["results"][:3]]
        assert counted(found) == 0
        assert found["query"] == query


@pytest.mark.parametrize("folder", ["", "cy/"])
def test_words_that_say_little_need_not_match(page: Page, online: str, folder: str) -> None:
    """The page about orchards matches, although it doesn't say who supports them. Alone, such a word is looked for."""
    page.goto(f"{online}/{folder}index.html")
    one, other, alone = page.evaluate(FIND, ["orchards", "who can support orchards in our area", "support"])
    assert [each["address"] for each in one["results"] if each["isFull"]] == [
        each["address"] for each in other["results"] if each["isFull"]
    ]
    assert counted(one)
    assert counted(alone)


@pytest.mark.parametrize("folder", ["", "cy/"])
def test_a_question_can_have_words_that_say_little_between_its_own(page: Page, online: str, folder: str) -> None:
    page.goto(f"{online}/{folder}index.html")
    questions = {
        "what should our team do first": "topics/people-active-in-their-communities/simple.html",
        "beth ddylem ni ei wneud gyntaf": "topics/people-active-in-their-communities/simple.html",
        "where on earth do we stand": None,
        "coal": None,
    }
    for (query, address), found in zip(questions.items(), page.evaluate(FIND, list(questions)), strict=True):
        first = found["results"][0]["address"] if found["results"] and found["results"][0]["isFull"] else None
        assert first == address, query


def counted(found: dict[str, Any]) -> int:
    """Return the number of results that match all of a query."""
    return sum(result["isFull"] for result in found["results"])


@pytest.mark.parametrize("folder", ["", "cy/"])
def test_pages_with_all_words_come_before_at_most_ten_others(page: Page, online: str, folder: str) -> None:
    queries = [
        "community land",
        "local events insurance",
        "people active together",
        "older people in rural areas",
        "tai gwag",
    ]
    page.goto(f"{online}/{folder}index.html")
    for query, found in zip(queries, page.evaluate(FIND, queries), strict=True):
        are_full = [result["isFull"] for result in found["results"]]
        assert are_full == sorted(are_full, reverse=True), query
        assert 0 < are_full.count(False) <= 10, query


def test_every_question_and_subject_is_understood_on_both_sites(page: Page, online: str, site: Path) -> None:
    """Each phrase for a page leads to it before all pages that have its words by chance."""
    pages = load_questions()["pages"]
    assert [each["address"] for each in pages if not (site / each["address"]).is_file()] == []
    subjects = load_questions()["subjects"]
    assert [near for each in subjects for near in each["nearest"] if not (site / near["address"]).is_file()] == []
    for folder, language in (("", "en"), ("cy/", "cy")):
        page.goto(f"{online}/{folder}index.html")
        asked = [(each["address"], phrase) for each in pages for phrase in [*each["en"], *each["cy"]]]
        results = page.evaluate(FIND, [phrase for _, phrase in asked])
        for (address, phrase), found in zip(asked, results, strict=True):
            first = [result["address"] for result in found["results"][:2]]
            assert address in first, phrase
        said = [(each["name"][language], phrase) for each in subjects for phrase in [*each["en"], *each["cy"]]]
        results = page.evaluate(FIND, [phrase for _, phrase in said])
        wrong = {
            phrase: each["subjects"]
            for (name, phrase), each in zip(said, results, strict=True)
            if name not in each["subjects"]
        }
        assert wrong == {}
