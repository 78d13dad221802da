"""The search in a real browser, online and from disk: what officers type finds the page that answers.

To add a search, add a line to `searches.txt`, or to `searches.cy.txt` in Welsh.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from site_pages import search_site_for_all

from generator.guidance import Guidance
from generator.pages.words import split_words


def read_searches(name: str) -> list[tuple[str, list[str]]]:
    """Return each query in a file, with the addresses of the pages that answer it."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" -> ") for line in lines if line and not line.startswith("#")]
    return [(query, answers.split()) for query, answers in pairs]


@pytest.mark.parametrize(
    ("folder", "name", "least", "in_three", "in_first"),
    [
        ("", "searches.txt", 150, 0.95, 0.85),
        ("", "searches.cy.txt", 60, 0.9, 0.7),
        ("cy/", "searches.cy.txt", 60, 0.9, 0.7),
    ],
    ids=["English", "Welsh on the English site", "Welsh"],
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
        print(f"\n{len(ranks)} searches {where}: {three:.0%} in the first three, {first:.0%} first")
    assert three >= in_three, {query: rank for query, rank in ranks.items() if rank >= 3}
    assert first >= in_first, {query: rank for query, rank in ranks.items() if rank}


def test_scripts_split_texts_as_the_index_does(page: Page, online: str, guidance: Guidance) -> None:
    """The index has words with hyphens in one piece, too."""
    texts = [action.text.plain.replace("-", " ") for action in guidance.actions]
    texts += ["Cau’r drws, sy'n lân! ORGANISATIONS' colours", "naïve_Ŵyr 2020'r 10,000 ½ Straße"]
    page.goto(f"{online}/index.html")
    page.evaluate("site.words.load()")
    assert page.evaluate("texts => texts.map(site.words.splitWords)", texts) == [split_words(text) for text in texts]
