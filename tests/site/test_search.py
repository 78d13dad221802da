"""The search in a real browser, online and from disk: what officers type finds the page that answers.

To add a search, add a line to `searches.txt`.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from site_pages import search_site

SEARCHES = [
    (query, answers.split())
    for line in (Path(__file__).parent / "searches.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
    for query, answers in [line.split(" -> ")]
]


def test_searches_find_their_page(page: Page, root: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(SEARCHES) >= 150
    assert all((site / answer).is_file() for _, answers in SEARCHES for answer in answers)
    page.goto(f"{root}/index.html")
    page.get_by_placeholder("Search").click()
    ranks = {}
    for query, answers in SEARCHES:
        found = [address.removeprefix(f"{root}/") for address in search_site(page, query)]
        ranks[query] = next((rank for rank, address in enumerate(found) if address in answers), len(SEARCHES))
    first = sum(rank == 0 for rank in ranks.values()) / len(ranks)
    three = sum(rank < 3 for rank in ranks.values()) / len(ranks)
    with capsys.disabled():
        where = "online" if root.startswith("http") else "from disk"
        print(f"\n{len(ranks)} searches {where}: {three:.0%} in the first three, {first:.0%} first")
    assert three >= 0.95, {query: rank for query, rank in ranks.items() if rank >= 3}
    assert first >= 0.85, {query: rank for query, rank in ranks.items() if rank}
