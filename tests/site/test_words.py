"""The pages and the data file contain the guidance word for word, in its grades and its order."""

import json
import posixpath
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import escape

from generator.guidance import Guidance
from generator.model import Entry
from generator.text import Official, Text

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Article(HTMLParser):
    """The text of a page's article in one line."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.depth, self.words = 0, ""
        self.feed(page.read_text(encoding="utf-8"))
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "article" or (self.depth and tag not in VOID):
            self.depth += 1
        self.words += " " if tag in ("p", "li", "h1", "h2", "h3", "td", "th", "div") else ""

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in VOID:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.words += data


def read_article(site: Path, address: str) -> str:
    """Return the text of a page's article in one line."""
    return Article(site / address).words


def in_one_line(text: Text) -> str:
    """Return a text without links and line breaks, as `read_article` returns it."""
    return " ".join(text.plain.split())


def find_official_texts(guidance: Guidance) -> list[tuple[str, Official]]:
    """Return every text of the Commissioner, each with the address of the page that should show it."""
    tops = [*guidance.journeys, *guidance.topics, *guidance.actions]
    texts = [(top.address, value) for top in tops for entry in top.within() for _, value in entry]
    return [(address, value) for address, value in texts if isinstance(value, Official)]


def test_every_official_text_is_on_its_page(site: Path, guidance: Guidance) -> None:
    for address, text in find_official_texts(guidance):
        assert in_one_line(text) in read_article(site, address), (address, in_one_line(text))


def test_number_of_official_texts(published: Guidance) -> None:
    # The goal: 4 texts, 7 focus areas with a text each, 3 requirements with their names, 10 factors. The topics:
    # 4 titles and subtitles, an issue, 4 synergies with journey and topic, 9 resources. Also 57 actions, 30 examples.
    assert len(find_official_texts(published)) == (4 + 14 + 6 + 10) + (8 + 1 + 8 + 9) + (57 + 30)


def test_a_grade_reads_like_the_guidance(site: Path, guidance: Guidance) -> None:
    """The page has every action of the grade, with every example, in the order of the guidance."""
    for topic in guidance.topics:
        for grade in topic.grades:
            page, end = read_article(site, topic.grade_address(grade)), 0
            for action in topic.graded(grade):
                for text in [action.text, *(example.text for example in action.examples)]:
                    found = page.find(in_one_line(text), end)
                    assert found >= 0, (grade, in_one_line(text))
                    end = found + len(in_one_line(text))


def test_topics_without_actions_say_so(site: Path, guidance: Guidance) -> None:
    to_come = [topic for topic in guidance.topics if not topic.actions]
    assert len(to_come) == 3
    for topic in to_come:
        words = "Our copy of the guidance does not include the actions of this topic."
        assert words in read_article(site, topic.address)


def test_an_incomplete_action_says_so(site: Path) -> None:
    page = read_article(site, "actions/sports-culture-food-and-green-space.html")
    assert "with sports, culture, food/ growing, green space and the benefits this brings" in page
    assert "The beginning of this action is missing in our copy." in page


def test_the_glance_shows_every_action_once_in_its_cell(site: Path, guidance: Guidance) -> None:
    topic = guidance.topics[0]
    html = (site / topic.address).read_text(encoding="utf-8")
    table = re.search(r'<table class="glance">.*?</table>', html, re.DOTALL)
    assert table
    rows = re.findall(r"<tr>(.*?)</tr>", table[0], re.DOTALL)[1:]
    placed: list[str] = []
    for row in rows:
        theme = re.search(r'<th scope="row"><a href="../themes/([^"]+)\.html"', row)
        assert theme
        cells = re.findall(r"<td data-grade=.*?>(.*?)</td>", row, re.DOTALL)
        assert len(cells) == 3
        for grade, cell in zip(topic.grades, cells, strict=True):
            for key in re.findall(r'href="../actions/([^"]+)\.html"', cell):
                action = next(action for action in topic.actions if action.key == key)
                assert (action.grade, action.themes[0]) == (grade, theme[1])
                placed.append(key)
    assert sorted(placed) == sorted(action.key for action in topic.actions)


def test_data_file(site: Path, guidance: Guidance) -> None:
    text = (site / "data" / "actions.json").read_text(encoding="utf-8")
    assert text == (site / "data" / "v1" / "actions.json").read_text(encoding="utf-8")
    records = json.loads(text)
    assert [record["id"] for record in records] == [action.key for action in guidance.actions]
    for record, action in zip(records, guidance.actions, strict=True):
        assert (site / record["url"]).is_file()
        assert record["topic"] == action.topic.key
        assert record["grade"] in ("simple", "adventurous", "ambition")
        assert record["scope"] in (("national", "organisational") if record["grade"] == "ambition" else (None,))
        assert record["title"] == action.title
        assert "](" not in record["text"]
        assert record["text"] == action.text.plain
        assert [(example["text"], example["gap"]) for example in record["examples"]] == [
            (example.text.plain, example.gap.plain if example.gap else None) for example in action.examples
        ]
        assert (record["themes"], record["next"]) == (action.themes, action.next)
    neighbourly = next(record for record in records if record["id"] == "design-for-neighbourliness")
    (mark,) = neighbourly["statutory"]
    assert (mark["under"], mark["certainty"]) == ("planning-policy-wales", "inferred")
    assert mark["basis"] == "The action's own words refer to Planning Policy Wales 10."
    others = [record for record in records if record is not neighbourly]
    assert all((record["statutory"], record["statutory_certainty"]) == ([], "lost") for record in others)
    bargoed = next(record for record in records if record["id"] == "co-design-of-housing-estates")
    assert "alone at the top of a page" in bargoed["examples"][1]["gap"]
    assert bargoed["organisations_named"] == ["cartrefi-conwy"]
    budgets = next(record for record in records if record["id"] == "participatory-budgeting-experiments")
    assert budgets["organisations_named"] == ["blaenau-gwent-council", "home-office"]


@pytest.mark.parametrize("kind", ["enablers", "disablers"])
def test_factors_show_their_actions(site: Path, guidance: Guidance, kind: str) -> None:
    journey = guidance.journeys[0]
    html = (site / journey.address).read_text(encoding="utf-8")
    for factor in getattr(journey, kind):
        assert f'id="{factor.key}"' in html
        for action in factor.related["strengthened_by" if kind == "enablers" else "countered_by"]:
            assert f'href="../{action.address}"' in html


def test_official_words_are_marked(site: Path, guidance: Guidance) -> None:
    """On an action's page only the wording and the examples are marked as the Commissioner's words."""
    for action in guidance.actions:
        html = (site / action.address).read_text(encoding="utf-8")
        marked = re.findall(r'<div class="official[^"]*">(.*?)</div>', html, re.DOTALL)
        expected = [action.text, *(example.text for example in action.examples)]
        assert [" ".join(re.sub(r"<[^>]+>", "", words).split()) for words in marked] == [
            str(escape(in_one_line(text))) for text in expected
        ]


def test_every_relation_shows_at_both_ends(site: Path, guidance: Guidance) -> None:
    """The page of each entry links to all related entries, whichever of the two states the relation."""
    tops: list[Entry] = [*guidance.journeys, *guidance.topics, *guidance.actions, *guidance.case_studies]
    tops += [*guidance.organisations, *guidance.themes]
    missing, checked = [], 0
    for entry in [inner for top in tops for inner in top.within()]:
        here = entry.address.partition("#")[0]
        html = (site / here).read_text(encoding="utf-8")
        for other in [other for others in entry.related.values() for other in others]:
            checked += 1
            path, sign, part = other.address.partition("#")
            links = {
                posixpath.relpath(path, posixpath.dirname(here)) + sign + part,
                sign + part if path == here else "",
            }
            if not any(f'href="{link}"' in html for link in links):
                missing.append(f"{here} -> {other.address}")
    assert missing == []
    assert checked > 400


def test_every_gap_shows_where_it_belongs_and_on_its_page(site: Path, guidance: Guidance) -> None:
    gaps = read_article(site, "about/gaps.html")
    for gap in guidance.gaps:
        assert f"{gap.place.file}, line {gap.place.line}" in gaps
        if gap.kind == "gap":
            assert in_one_line(Text(gap.words)) in gaps
            assert in_one_line(Text(gap.words)) in read_article(site, gap.entry.address.split("#")[0])
        if gap.kind == "link":
            line = Path(gap.place.file).read_text(encoding="utf-8").splitlines()[gap.place.line - 1]
            assert f"[{gap.words.split()[0]}" in line


def test_number_of_gaps(published: Guidance) -> None:
    assert sum(gap.kind == "link" for gap in published.gaps) == 27
    assert sum(gap.kind == "statutory" for gap in published.gaps) == 56


def test_an_action_can_be_cited(site: Path, guidance: Guidance) -> None:
    html = (site / "actions" / "empty-homes.html").read_text(encoding="utf-8")
    cite = re.search(r'<p class="cite".*?>(.*?)</p>', html, re.DOTALL)
    assert cite
    words = re.sub(r"<[^>]+>", "", cite[1])
    action = next(action for action in guidance.actions if action.key == "empty-homes")
    assert f"“{action.text.plain}”" in words
    assert (
        "Future Generations Commissioner for Wales, A Journey to A Wales of Cohesive Communities, 2019, topic 1"
        in words
    )
    assert "In: Journey to Cohesive Communities, draft of 14 November 2023, " in words
    assert words.endswith("actions/empty-homes.html")
