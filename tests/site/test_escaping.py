"""Every text of the guidance appears unchanged wherever it is printed, whatever characters it contains."""

import json
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, build_site
from playwright.sync_api import Page
from site_html import Printed, read_search
from site_pages import PAGE_OF_EACH_KIND, search_site

from generator import read_guidance
from generator.document import TRANSLATED
from generator.fields import fields_of
from generator.guidance import Guidance
from generator.model import FILES, Action, Entry

SCRIPTS = "<script>window.harmed=1</script><img/src='missing'/onerror=window.harmed=1>"
SPECIAL = f"\"'<b>&copy</title>{SCRIPTS}{{{{7*7}}}}*_`#🄯ŵ"
"""What HTML, a template or Markdown could take for more than text. Without spaces, so that it is never shortened."""
MARK = re.compile(r"ZQ(\d+)Z")


def mark(number: int) -> str:
    """Return the special characters with a number in front, by which each text is recognised."""
    return f"ZQ{number}Z{SPECIAL}"


def add_marks(data: Any, kind: type[Entry], numbers: Iterator[int]) -> None:
    """Add a mark to every text of an entry."""
    for name, value in data.items():
        field = fields_of(kind)[name]
        if field.entry:
            for entry in value:
                add_marks(entry, field.entry, numbers)
        elif field.is_text and field.is_list:
            data[name] = [f"{text} {mark(next(numbers))}" for text in value]
        elif field.is_text and name != "reworded":  # only the description of changes has it
            data[name] = f"{value.rstrip()} {mark(next(numbers))}"


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Guidance, int]:
    """The folder of a site where every text has a mark, its guidance, and the number of marks."""
    project = tmp_path_factory.mktemp("marked")
    for name in ("mkdocs.yml", "CONTRIBUTING.md", "content", "generator", "overrides"):
        (project / name).symlink_to(ROOT / name)
    numbers = iter(range(1, 100_000))
    for file in (ROOT / "journeys").rglob("*.yml"):
        if TRANSLATED.fullmatch(file.name):
            continue
        kind = next(kind for pattern, kind in FILES.items() if file.match(pattern))
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        for entry in data if isinstance(data, list) else [data] if data and file.name != "retired.yml" else []:
            add_marks(entry, kind, numbers)
        copy = project / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False) if data else "", encoding="utf-8")
    done = build_site(project, project / "site")
    assert done.returncode == 0, done.stderr
    assert "looks like code of a web page" in done.stderr
    return project / "site", read_guidance(project / "journeys"), next(numbers) - 1


def find_marks(printed: str) -> set[int]:
    """Return the numbers of the marks in a printed text. Fails if one of them was changed."""
    found = [int(number) for number in MARK.findall(printed)]
    assert [number for number in found if mark(number) not in printed] == []
    assert printed.count("ZQ") == sum(printed.count(mark(number)) for number in set(found)), printed[:2000]
    return set(found)


def test_every_text_is_printed_and_unchanged_wherever_it_is(marked: tuple[Path, Guidance, int]) -> None:
    site, _, count = marked
    seen: set[int] = set()
    for file in sorted(site.rglob("*.html")):
        page = Printed(file.read_text(encoding="utf-8"))
        assert "b" not in page.tags, file
        for printed in [page.text, page.title, *page.attributes]:
            seen |= find_marks(printed)
    assert count > 1000
    assert seen == set(range(1, count + 1))


def test_the_head_of_a_page_has_its_title_and_description(marked: tuple[Path, Guidance, int]) -> None:
    site, guidance, _ = marked
    for entry in [entry for entry in guidance.tops if entry.folder]:
        page = Printed((site / entry.address).read_text(encoding="utf-8"))
        assert page.title == f"{entry.label} - Journey to Cohesive Communities"
        assert entry.label in page.attributes, "the title that other sites show with a link"
        if isinstance(entry, Action):
            assert textwrap.shorten(entry.text.plain, 160, placeholder=" …") in page.attributes


def test_the_search_and_the_data_have_every_text_unchanged(marked: tuple[Path, Guidance, int]) -> None:
    site, guidance, _ = marked
    found: set[int] = set()
    for document in read_search(site).values():
        for words in document:
            found |= find_marks(words)
    assert len(found) > 400
    data = (site / "data" / "actions.json").read_text(encoding="utf-8")
    texts = [value for record in json.loads(data) for value in (record["title"], record["text"])]
    assert texts == [text.plain for action in guidance.actions for text in (action.title, action.text)]


def test_no_script_in_a_text_runs(marked: tuple[Path, Guidance, int], page: Page) -> None:
    """No text becomes an element of the page, not even in the search, which creates its results from HTML."""
    site, _, _ = marked
    for address in PAGE_OF_EACH_KIND:
        page.goto((site / address).as_uri())
        assert page.locator("img[src=missing]").count() == 0, address
        assert page.locator("article script").count() == 0, address
        assert page.evaluate("window.harmed") is None, address
    page.goto((site / "actions/help-a-parkrun-start.html").as_uri())
    assert page.get_by_text(SPECIAL).count() > 3
    for query in ("parkrun", "missing", "jogging", "united welsh"):
        assert search_site(page, query)
        assert page.locator("#results img").count() == 0
        page.reload()
    assert page.evaluate("window.harmed") is None
