"""Pages: every entry has one, and all their words can be translated."""

import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from jinja2 import Environment, nodes

from generator import read_guidance
from generator.guidance import Guidance
from generator.pages.guidance_pages import list_pages
from generator.pages.page import Page, Site
from generator.pages.render import TEMPLATES, Renderer, find_template_cache

TESTS = Path(__file__).parent.parent
OVERRIDES = TESTS.parent / "overrides"
SITE = Site("A site")


def pages_of(guidance: Guidance) -> list[Page]:
    """Return every page of the guidance."""
    return list(list_pages(Renderer(guidance, SITE)))


@pytest.mark.parametrize("template", [*TEMPLATES.glob("*"), *OVERRIDES.rglob("*.html")], ids=lambda path: path.name)
def test_no_interface_word_outside_gettext(template: Path) -> None:
    """All words that a template prints go through gettext."""
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(template.read_text(encoding="utf-8"))
    words = ""
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            words += node.data if isinstance(node, nodes.TemplateData) else " ".join(find_literals(node))
    words = re.sub(r"<[^>]*>|\{:[^}]*\}|<[a-z]+ [^>]*$|^[^<]*>", "", re.sub(r"<[^<>]*>", "", words))
    assert set(re.findall(r"[A-Za-z]{2,}", re.sub(r'"[^"]*"|[a-z-]+=', "", words))) <= {"St"}


def find_literals(node: nodes.Node) -> Iterator[str]:
    """Strings that an expression prints as they are: not those in calls, tests, comparisons or look-ups."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr | nodes.Concat | nodes.Add | nodes.Or):
        for child in [node.expr1, node.expr2] if isinstance(node, nodes.CondExpr) else node.iter_child_nodes():
            if child:
                yield from find_literals(child)


def test_interface_words_can_be_translated() -> None:
    """Babel finds the words of the templates, as a translator's tools would."""
    found: set[str] = set()
    for template in TEMPLATES.glob("*.html"):
        content = BytesIO(template.read_bytes())
        for _, message, _, _ in extract("jinja2.ext:babel_extract", content):
            found |= {message} if isinstance(message, str) else set(message)
    assert {"Defining the issue", "The Commissioner's words", "%(num)s action", "%(num)s actions"} <= found


def test_every_entry_has_its_address(guidance: Guidance) -> None:
    addresses = [page.address for page in pages_of(guidance)]
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
    titles = [page.title for page in pages_of(guidance)]
    assert sorted(titles) == sorted(set(titles))


def test_a_page_knows_its_line(guidance: Guidance) -> None:
    for page in pages_of(guidance):
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


def test_a_grade_without_actions_keeps_its_page(small_guidance: Path) -> None:
    """Nothing links to it any more, but its address still works."""
    (small_guidance / "a-goal" / "a-topic" / "ambition.yml").unlink()
    pages = {page.address: page for page in pages_of(read_guidance(small_guidance))}
    page = pages["topics/a-topic/ambition.html"]
    assert page.menu is None
    assert "This topic has no actions of this grade." in page.render().html
    assert not any("ambition.html" in other.render().html for other in pages.values())


@pytest.mark.parametrize("is_there", [True, False], ids=["in use", "missing"])
def test_without_a_safe_folder_for_compiled_templates(
    guidance: Guidance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    """Pages are the same if something else is where Jinja would keep them, or if there is no temporary folder."""
    home = pages_of(guidance)[0].render()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    if is_there:
        (tmp_path / "temporary").mkdir()
        (tmp_path / "temporary" / f"_jinja2-cache-{os.getuid()}").write_text("")
    assert find_template_cache() is None
    assert pages_of(guidance)[0].render() == home
