"""The built-in search, in a real browser, online and from disk: what officers type finds the page that answers.

`searches.txt` is the list; adding a search is adding a line.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page

SEARCHES = [
    (query, answers.split())
    for line in (Path(__file__).parent / "searches.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
    for query, answers in [line.split(" -> ")]
]


def results(page: Page, query: str) -> list[str]:
    """The addresses that a search finds, best first, from the root of the site and without their anchors."""
    box = page.get_by_placeholder("Search")
    box.fill("")
    page.keyboard.press("Backspace")
    page.get_by_text("Type to start searching").wait_for()
    box.fill(query)
    page.keyboard.press("End")
    page.wait_for_function("/matching/.test(document.querySelector('.md-search-result__meta').textContent)")
    # The theme adds results bit by bit; the list is whole when it stands still.
    seen: list[str] = []
    while True:
        page.wait_for_timeout(60)
        now = page.eval_on_selector_all(".md-search-result__item", "items => items.map(i => i.querySelector('a').href)")
        if now == seen:
            base = page.url.rsplit("/", 1)[0]
            return [address.removeprefix(base + "/").split("?")[0].split("#")[0] for address in now]
        seen = now


def test_searches_find_their_page(page: Page, root: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(SEARCHES) >= 60
    assert all((site / answer).is_file() for _, answers in SEARCHES for answer in answers)
    page.goto(f"{root}/index.html")
    page.get_by_placeholder("Search").click()
    ranks = {}
    for query, answers in SEARCHES:
        found = results(page, query)
        ranks[query] = next((rank for rank, address in enumerate(found) if address in answers), len(SEARCHES))
    first = sum(rank == 0 for rank in ranks.values()) / len(ranks)
    three = sum(rank < 3 for rank in ranks.values()) / len(ranks)
    with capsys.disabled():
        where = "online" if root.startswith("http") else "from disk"
        print(f"\n{len(ranks)} searches {where}: {three:.0%} in the first three, {first:.0%} first")
    assert three >= 0.95, {query: rank for query, rank in ranks.items() if rank >= 3}
    assert first >= 0.80, {query: rank for query, rank in ranks.items() if rank}
