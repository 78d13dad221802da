"""The Word file with all actions: every wording word for word, in a style of its own, for people to build on."""

from pathlib import Path

import docx
import pytest

from generator import read_guidance
from generator.guidance import Guidance


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_word_file(site: Path, guidance: Guidance, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = [path for path in (site / "downloads").glob("*.docx") if path.stem.endswith("-cy") == (language == "cy")]
    assert "-draft-2023-11-14-" in file.name
    document = docx.Document(str(file))
    paragraphs = [(str(each.style.name) if each.style else "", each.text) for each in document.paragraphs]
    assert paragraphs[0][0] == "Title"
    assert paragraphs[0][1] == document.core_properties.title
    assert "2023" in paragraphs[1][1]
    assert "draft-2023-11-14" in paragraphs[1][1]
    official = [
        paragraph
        for action in guidance.actions
        for text in (action.text, *(example.text for example in action.examples))
        for paragraph in text.plain.split("\n\n")
    ]
    assert [text for style, text in paragraphs if style == "Quote"] == official
    monkeypatch.chdir(Path(__file__).parents[2])
    shown = guidance if language == "en" else read_guidance(Path("journeys"), guarded=False, language="cy")
    assert [text for style, text in paragraphs if style == "Heading 2"] == [action.label for action in shown.actions]
    graded = {(action.topic.key, action.grade) for action in guidance.actions}
    assert [style for style, _ in paragraphs].count("Heading 1") == len(graded)
    references = [text for style, text in paragraphs if style == "Source" and text.endswith(guidance.actions[0].key)]
    assert len(references) == 1  # the site's address is not known, and a part of an address leads nowhere
    assert "/" not in references[0]
    marked = {run.text for each in document.paragraphs for run in each.runs if "en-GB" in run._r.xml}
    assert (official[0] in marked) == (language == "cy")


def test_it_is_the_same_each_time(site: Path, site_built_elsewhere: Path) -> None:
    files = sorted(path.relative_to(site) for path in (site / "downloads").glob("*.docx"))
    assert len(files) == 2
    for file in files:
        assert (site / file).read_bytes() == (site_built_elsewhere / file).read_bytes()
