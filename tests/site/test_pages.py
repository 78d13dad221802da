"""Every page of the built site: its links work, it loads nothing from other hosts, and it states its language."""

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from site_html import Links, find_broken_links, read_links, read_search

from generator.guidance import Guidance


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Links]:
    """The links of every page, by its address."""
    return read_links(site)


def test_no_broken_link_or_anchor(site: Path, pages: dict[str, Links]) -> None:
    assert find_broken_links(site, pages) == []


def test_no_html_id_is_repeated_on_a_page(pages: dict[str, Links]) -> None:
    assert {here: page.repeated_ids for here, page in pages.items() if page.repeated_ids} == {}


def test_links_are_relative(pages: dict[str, Links]) -> None:
    """A copy of the site works from any folder."""
    for here, page in pages.items():
        if here != "404.html":
            assert [link for link in [*page.links, *page.loads] if link.startswith("/")] == [], here


def test_nothing_is_loaded_from_another_host(pages: dict[str, Links]) -> None:
    for here, page in pages.items():
        assert [address for address in page.loads if urlsplit(address).netloc] == [], here


def test_no_inline_style_of_our_own(pages: dict[str, Links]) -> None:
    assert {here for here, page in pages.items() if page.inline_styles} == set()


def test_every_page_but_the_home_page_can_be_reached(pages: dict[str, Links]) -> None:
    reached = {"index.html"}
    to_follow = ["index.html"]
    while to_follow:
        here = to_follow.pop()
        for link in pages[here].links:
            target = unquote(urldefrag(urljoin(f"/{here}", link))[0]).lstrip("/")
            if target in pages and target not in reached:
                reached.add(target)
                to_follow.append(target)
    assert set(pages) - reached == {"404.html"}


def test_every_page_says_its_language_and_its_title(site: Path, pages: dict[str, Links]) -> None:
    titles: dict[str, str] = {}
    for here in pages:
        html = (site / here).read_text(encoding="utf-8")
        language = "cy" if here.startswith("cy/") else "en"
        assert re.search(rf'<html lang="{language}"', html), here
        assert re.search(r'<meta name="description" content="[^"]{20,}"( lang="en")?>', html), here
        title = re.search(r"<title>(.+?)</title>", html, re.DOTALL)
        assert title, here
        assert title[1] not in titles, (here, titles.get(title[1]))
        titles[title[1]] = here
        assert html.count("<h1") == 1, here
        unchecked = {"en": "has not published or checked this site", "cy": "wedi cyhoeddi na gwirio"}
        assert unchecked[language] in html, here


def test_breadcrumbs(site: Path) -> None:
    html = (site / "actions" / "help-a-parkrun-start.html").read_text(encoding="utf-8")
    trail = re.search(r'<nav class="path".*?</nav>', html, re.DOTALL)
    assert trail
    assert re.findall(r'href="([^"]+)"', trail[0]) == [
        "../index.html",
        "../journeys/cohesive-communities.html",
        "../topics/people-active-in-their-communities.html",
        "../topics/people-active-in-their-communities/simple.html",
    ]


def test_an_action_is_searched_on_its_own_page_only(site: Path, guidance: Guidance) -> None:
    """An action is one search result. Lists of actions are not found by the words of an action."""
    documents = read_search(site)
    found = [address.split("#")[0] for address in documents]
    for action in guidance.actions:
        assert found.count(action.address) == 1
    elsewhere = {a: text for a, (_, text) in documents.items() if not a.startswith(("actions/", "organisations/"))}
    titles = {action.title.plain for action in guidance.actions}
    assert {address: title for address, text in elsewhere.items() for title in titles if title in text} == {}


def test_navigation_contains_no_actions(site: Path) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    navigation = re.search(r'<nav class="menu".*?</nav>', html, re.DOTALL)
    assert navigation
    assert "actions/index.html" in navigation[0]
    assert re.findall(r'href="actions/(?!index\.html)', navigation[0]) == []
