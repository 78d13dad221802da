"""In a live preview, pages are the same as in a new build after any change, and few of them are rendered again."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import read_guidance
from generator.guidance import Guidance
from generator.pages.page import Site
from generator.pages.render import render_pages
from generator.pages.reuse import Bodies
from generator.problem import Problems

FILES = sorted(
    path.relative_to(ROOT / "journeys").as_posix()
    for path in (ROOT / "journeys").rglob("*.yml")
    if not path.read_text(encoding="utf-8").isspace()
)
SITE = Site("A site", changed={"help-a-parkrun-start": date(2024, 5, 1)})


class Preview:
    """A copy of the guidance, and the bodies that a live preview of it keeps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bodies = Bodies()

    def write(self, changes: dict[str, str], language: str = "en") -> Guidance:
        """Put the real guidance into the folder, with other text for some files, and read it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(ROOT / "journeys", self.folder)
        for file, text in changes.items():
            (self.folder / file).write_text(text, encoding="utf-8")
        return read_guidance(self.folder, guarded=False, language=language)

    def check(self, changes: dict[str, str], site: Site = SITE) -> None:
        """Check that pages with reused bodies are the same as new ones."""
        guidance = self.write(changes, site.language)
        assert list(render_pages(guidance, site, bodies=self.bodies)) == list(render_pages(guidance, site))


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Preview:
    """One preview for all tests and all their changes, one after the other."""
    preview = Preview(tmp_path_factory.mktemp("preview") / "journeys")
    preview.check({})
    return preview


def read_source(file: str) -> str:
    """Return the text of a file of the real guidance."""
    return (ROOT / "journeys" / file).read_text(encoding="utf-8")


@st.composite
def changes(draw: st.DrawFn) -> dict[str, str]:
    """Another text for one file: a line with other words, without a line or an entry, or with two entries swapped."""
    file = draw(st.sampled_from(FILES))
    text = read_source(file)
    lines = text.splitlines(keepends=True)
    kind = draw(st.sampled_from(["words", "line", "entry", "swap"]))
    if kind in ("words", "line"):
        number = draw(st.integers(0, len(lines) - 1))
        lines[number] = re.sub(r"(\w)(\W*)$", r"\1 once more\2", lines[number]) if kind == "words" else ""
        return {file: "".join(lines)}
    entries = re.split(r"(?m)^(?=- id:)", text)
    number = draw(st.integers(0, len(entries) - 1))
    if kind == "entry":
        return {file: "".join(entries[:number] + entries[number + 1 :])}
    return {file: "".join(entries[:1] + entries[number:] + entries[1:number])}


@given(changes())
def test_any_change_gives_the_pages_of_a_new_build(preview: Preview, changes: dict[str, str]) -> None:
    try:
        preview.write(changes)
    except Problems:
        assume(False)
    preview.check(changes)


def replace_words(file: str, before: str, after: str) -> dict[str, str]:
    text = read_source(file)
    assert before in text
    return {file: text.replace(before, after)}


TOPIC = "cohesive-communities/people-active-in-their-communities"
STORY = "case-studies/sara-in-southwick.yml"
RETIRED = """
- id: dance-in-the-street
  title: Dance in the street
  page: actions/dance-in-the-street.html
  reason: It went.
  replaced_by: [play-streets]
"""


@pytest.mark.parametrize(
    "changes",
    [
        {},
        replace_words(f"{TOPIC}/simple.yml", "title: Help a parkrun start", "title: Let a parkrun begin"),
        replace_words(f"{TOPIC}/simple.yml", "- id: remove-barriers", "# A line\n\n- id: remove-barriers"),
        replace_words(f"{TOPIC}/topic.yml", "title: People active", "title: Active people"),
        replace_words("cohesive-communities/journey.yml", "title: ", "title: Another "),
        replace_words("themes.yml", "name: Arts and culture", "name: The arts"),
        replace_words("themes.yml", "keywords: [artists", "keywords: [sculptors"),
        replace_words("organisations.yml", "name: 3ni", "name: The 3ni"),
        replace_words("sources.yml", "publisher: Future", "publisher: The Future"),
        replace_words(STORY, "Southwick (SARA)", "Southwick, SARA"),
        replace_words(STORY, "[listen-where-residents-meet, ", "["),
        {"retired.yml": read_source("retired.yml") + RETIRED},
    ],
    ids=str,
)
def test_each_kind_of_change(preview: Preview, changes: dict[str, str]) -> None:
    preview.check(changes)


def test_other_days_and_sites(preview: Preview) -> None:
    preview.check({}, Site("A site", changed={"help-a-parkrun-start": date(2025, 5, 1)}))
    preview.check({}, Site("Another site"))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        replace_words(f"{TOPIC}/simple.cy.yml", "title: Helpu parkrun i ddechrau", "title: Dechrau parkrun"),
        replace_words(f"{TOPIC}/simple.cy.yml", "keywords: [rhedeg, ", "keywords: ["),
        replace_words(f"{TOPIC}/simple.yml", "title: Help a parkrun start", "title: Let a parkrun begin"),
        replace_words("themes.cy.yml", "name: Y celfyddydau", "name: Celfyddydau"),
    ],
    ids=str,
)
def test_changes_of_welsh_texts(preview: Preview, changes: dict[str, str]) -> None:
    for site in (SITE, Site("Safle", language="cy")):
        preview.check({}, site)
        preview.check(changes, site)


def test_few_pages_are_rendered_again(preview: Preview) -> None:
    before = {page.address: page.body for page in render_pages(preview.write({}), SITE, bodies=preview.bodies)}
    changed = replace_words(f"{TOPIC}/simple.yml", "title: Help a parkrun start", "title: Let a parkrun begin")
    pages = list(render_pages(preview.write(changed), SITE, bodies=preview.bodies))
    rendered = [page.address for page in pages if page.body is not before[page.address]]
    assert "actions/help-a-parkrun-start.html" in rendered
    assert len(rendered) < len(pages) / 5
