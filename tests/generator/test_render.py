"""Pages: what the guidance says is shown and never obeyed; interface words go through gettext."""

import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract

from generator import read
from generator.model import Guidance
from generator.page import Edition
from generator.render import TEMPLATES, render

TESTS = Path(__file__).parent.parent
EDITION = Edition("A site")


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.md")), ids=lambda template: template.stem)
def test_no_interface_word_outside_gettext(template: Path) -> None:
    """All that is left of a template without its tags, its Jinja and its HTML is punctuation."""
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>|\{:[^}]*\}", "", text)
    assert re.findall(r"[A-Za-z]{2,}", text.replace(">St<", "")) in ([], ["St"], ["St", "St"])


def test_interface_words_can_be_translated() -> None:
    """Babel finds the words of the templates, as a translator's tools would."""
    found: set[str] = set()
    for template in TEMPLATES.glob("*.md"):
        content = BytesIO(template.read_bytes())
        for _, message, _, _ in extract("jinja2.ext:babel_extract", content):
            found |= {message} if isinstance(message, str) else set(message)
    assert {"Defining the issue", "The Commissioner's words", "%(num)s action", "%(num)s actions"} <= found


def test_signs_of_html_and_markdown_are_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A title full of signs stays a title, in front matter, in headings and in links."""
    shutil.copytree(TESTS / "guidance", tmp_path / "journeys")
    monkeypatch.chdir(tmp_path)
    simple = tmp_path / "journeys/a-goal/a-topic/simple.yml"
    title = "'*Help* <script>alert(1)</script> [x]() `z` {: #a } \"q\" & # {{ 1 }}'"
    simple.write_text(simple.read_text().replace("Help with street parties", title), encoding="utf-8")
    pages = {page.address: page for page in render(read(Path("journeys")), EDITION)}
    action = pages["actions/street-party.html"].markdown
    assert "<script>" not in action
    for sign in ("*Help*", "[x]", "`z`", "{: #a", "{{"):
        assert sign not in action.split("---", 2)[2]
    assert "<script>" not in pages["topics/a-topic.html"].markdown


def test_every_entry_has_its_address(guidance: Guidance) -> None:
    addresses = [page.address for page in render(guidance, EDITION)]
    assert len(addresses) == len(set(addresses))
    assert {action.address for action in guidance.actions} <= set(addresses)
    assert {
        "journeys/cohesive-communities.html",
        "statutory/index.html",
        "statutory/planning-policy-wales.html",
        "topics/people-active-in-their-communities.html",
        "topics/people-active-in-their-communities/simple.html",
        "topics/people-active-in-their-communities/adventurous.html",
        "topics/people-active-in-their-communities/ambition.html",
        "topics/connected-communities.html",
        "actions/index.html",
        "actions/help-a-parkrun-start.html",
        "organisations/index.html",
    } <= set(addresses)


def test_titles_are_unique(guidance: Guidance) -> None:
    titles = [page.title for page in render(guidance, EDITION)]
    assert sorted(titles) == sorted(set(titles))


def test_a_page_knows_its_line(guidance: Guidance) -> None:
    for page in render(guidance, EDITION):
        if page.address == "actions/help-a-parkrun-start.html":
            assert page.place
            line = (
                Path(__file__)
                .parents[2]
                .joinpath(page.place.file)
                .read_text(encoding="utf-8")
                .splitlines()[page.place.line - 1]
            )
            assert line.startswith("- id: help-a-parkrun-start")
