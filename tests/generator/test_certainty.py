"""Whether an action is statutory, and how sure we are: every output says the same, and no more than we know."""

import csv
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from generator import read_guidance
from generator.certainty import describe_marks, explain_lost_mark
from generator.editions.version import Version
from generator.exports.handbook import make_papers
from generator.exports.open_data import export_actions, export_open_data
from generator.guidance import Guidance
from generator.messages import load_messages
from generator.model import Action
from generator.pages.action_list import make_action_list
from generator.pages.guidance_pages import list_pages
from generator.pages.page import Site
from generator.pages.render import Renderer

SITE = Site("A site")
ORIGINAL = "    - under: an-act\n      basis: The original prints it.\n      mark: original\n"
INFERRED = "    - under: another-act\n      basis: Its words name the Act.\n      mark: inferred\n"
REQUIREMENT = "  - id: another-act\n    name: Another Act\n    text: |\n      What else the Act requires.\n"
LOST = explain_lost_mark(str)


def read_marked(folder: Path, marks: str, journey: str) -> tuple[Guidance, Action]:
    """Return the small guidance and its first action, with these St marks, in a journey with lost or complete marks."""
    file = folder / "a-goal" / "journey.yml"
    text = file.read_text("utf-8").replace("enablers:", f"{REQUIREMENT}enablers:")
    file.write_text(text.replace("statutory_marks: lost", f"statutory_marks: {journey}"), "utf-8")
    action = folder / "a-goal" / "a-topic" / "simple.yml"
    statutory = f"  statutory:\n{marks}" if marks else ""
    action.write_text(action.read_text("utf-8").replace("  examples:", f"{statutory}  examples:"), "utf-8")
    guidance = read_guidance(folder)
    return guidance, guidance.actions[0]


def read_data(text: str | bytes) -> Any:
    """Return the content of a data file for scripts."""
    return json.loads(re.sub(r"^[^,]*, |\)\s*$", "", str(text)))


def in_words(html: str) -> str:
    """Return the text of HTML."""
    return " ".join(re.sub(r"<[^>]*>", "", html.replace("&#39;", "'")).split())


def find_badges(html: str) -> list[str]:
    """Return what each St badge of a page says."""
    return [in_words(badge) for badge in re.findall(r'<span class="st.*?<span class="unseen">', html)]


BOTH = "inferred", "St inferred", "An Act; Another Act (inferred)"
CASES = {
    "original first": (ORIGINAL + INFERRED, "lost", *BOTH),
    "inferred first": (INFERRED + ORIGINAL, "lost", "inferred", "St inferred", "Another Act (inferred); An Act"),
    "both, where no marks are lost": (ORIGINAL + INFERRED, "complete", *BOTH),
    "original": (ORIGINAL, "lost", "known", "St", "An Act"),
    "inferred": (INFERRED, "lost", "inferred", "St inferred", "Another Act (inferred)"),
    "lost": ("", "lost", "lost", "", "Not known"),
    "not statutory": ("", "complete", "known", "", "No"),
}


@pytest.mark.parametrize(("marks", "journey", "certainty", "badge", "basis"), CASES.values(), ids=CASES)
def test_every_output_says_the_same(
    small_guidance: Path, tmp_path: Path, marks: str, journey: str, certainty: str, badge: str, basis: str
) -> None:
    """With two marks, the less certain one decides; where marks are listed, each has its own certainty."""
    guidance, action = read_marked(small_guidance, marks, journey)
    origins = [mark.origin for mark in action.statutory]
    assert action.statutory_certainty == certainty
    assert ("statutory" in [gap.kind for gap in guidance.gaps if gap.entry is action]) == (certainty == "lost")

    pages = {page.address: str(page.render().all) for page in list_pages(Renderer(guidance, SITE))}
    page = pages[action.address]
    head, about = page.split('<div id="statutory"')
    own = ["St inferred" if origin == "inferred" else "St" for origin in origins]
    assert find_badges(head) == [badge] * bool(badge)
    assert find_badges(about) == own
    assert (LOST in in_words(about)) == (journey == "lost" and "inferred" in origins)
    assert ("Not known." in in_words(about)) == (certainty == "lost")
    assert ("This action is not marked as statutory." in in_words(about)) == (not marks and journey == "complete")
    assert find_badges(pages["themes/events.html"]) == [badge] * bool(badge)
    assert find_badges(pages["topics/a-topic/simple.html"]) == own
    assert find_badges(pages["statutory/an-act.html"]) == ["St"] * ("original" in origins)
    assert find_badges(pages["statutory/another-act.html"]) == ["St inferred"] * ("inferred" in origins)

    renderer = Renderer(guidance, SITE)
    files = make_action_list(guidance, {}, renderer.names(), renderer.wording)
    listed, wordings = (read_data(text) for _, text in files)
    assert listed["actions"][0].get("mark", "") == {"St": "original", "St inferred": "inferred", "": ""}[badge]
    assert wordings[0]["law"] == basis

    data = dict(export_open_data(guidance, "A site", "", Version("", True, date(2026, 11, 23))))
    found = json.loads(data["data/v1/actions.json"])[0]
    assert found["statutory_certainty"] == certainty
    assert [mark["certainty"] for mark in found["statutory"]] == [mark.certainty for mark in action.statutory]
    row = next(csv.DictReader(io.StringIO(str(data["data/v1/actions.csv"]).removeprefix("\ufeff"))))
    assert row["statutory_certainty"] == certainty
    assert row["statutory"] == "; ".join(mark.under for mark in action.statutory)
    relations = csv.DictReader(io.StringIO(str(data["data/v1/relations.csv"])))
    assert {row["to"]: row["certainty"] for row in relations if row["relation"] == "under"} == {
        mark.under: mark.certainty for mark in action.statutory
    }

    assert json.loads(export_actions(guidance, "")) == json.loads(data["data/v1/actions.json"])

    handbook = PdfReader(
        make_papers(guidance, tmp_path / "papers", "a", date(2026, 11, 23), is_draft=False, site="A site")[0]
    )
    printed = " ".join(" ".join(page.extract_text() for page in handbook.pages).split())
    for mark in action.statutory:
        assert f"St{' inferred' * mark.is_inferred}: {mark.related['under'][0].label}" in printed
    assert (describe_marks(str, are_lost=True) in printed) == (journey == "lost")


def test_the_sentence_belongs_to_the_journey(small_guidance: Path, tmp_path: Path) -> None:
    """With two journeys, one of which lost its marks, each sentence names its journey."""
    other = small_guidance / "another-goal"
    other.mkdir()
    source = "title: Another goal\nsource: a-document\nstatutory_marks: complete\ndefinition: It.\nwhy: It matters.\n"
    (other / "journey.yml").write_text(source, "utf-8")
    guidance = read_guidance(small_guidance)
    lost, complete = describe_marks(str, are_lost=True), describe_marks(str, are_lost=False)
    pages = {page.address: in_words(str(page.render().html)) for page in list_pages(Renderer(guidance, SITE))}
    for address in ("index.html", "statutory/index.html", "about/sources.html", "about/gaps.html"):
        assert f"A goal: {lost}" in pages[address]
        assert f"Another goal: {complete}" in pages[address]
    assert f"A goal: {lost}" not in pages["topics/a-topic.html"]
    assert lost in pages["topics/a-topic.html"]
    assert complete not in pages["topics/a-topic.html"]
    handbook = PdfReader(
        make_papers(guidance, tmp_path / "papers", "a", date(2026, 11, 23), is_draft=False, site="A site")[0]
    )
    printed = " ".join(" ".join(page.extract_text() for page in handbook.pages).split())
    assert f"A goal: {lost}" in printed


def test_the_sentences_are_in_welsh_too() -> None:
    welsh = load_messages("cy").gettext
    assert describe_marks(welsh, are_lost=True).startswith("Mae'r gwreiddiol yn marcio")
    assert describe_marks(welsh, are_lost=False).startswith("Mae gan gamau gweithredu")
    assert explain_lost_mark(welsh).startswith("Mae marciau St y gwreiddiol ar goll")
