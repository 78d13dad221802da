"""The handbook and the handouts: every word in order, for every reader, and the same bytes each time."""

import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import ROOT
from pypdf import PdfReader

from generator import read_guidance
from generator.__main__ import main
from generator.exports.handbook import make_papers
from generator.guidance import Guidance
from generator.model import Entry

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, guidance: Guidance) -> list[Path]:
    """The handbook and the handout of the topic with actions."""
    return make_papers(guidance, tmp_path_factory.mktemp("papers"), "guidance", DAY, is_draft=False)


def squeeze(text: str) -> str:
    """Return the letters of a text, so that line breaks, footnotes and ligatures make no difference."""
    return re.sub(r"[^a-zŵŷâêîôûẁẃŷë]", "", unicodedata.normalize("NFKC", text).lower())


def read_letters(file: Path) -> str:
    """Return the letters of a document, without running heads and feet."""
    letters = []
    for page in PdfReader(file).pages[1:]:
        lines = page.extract_text().splitlines()
        kept = [line for line in lines if not line.startswith(("Journey to Cohesive Communities", "Edition of 23"))]
        letters.append(squeeze("\n".join(kept)))
    return "".join(letters)


def list_passages(entry: Entry) -> list[str]:
    """Return the official texts of an entry and of those inside it, in the order of the handbook, by paragraph."""
    texts = [text for inner in entry.within() for _, text in inner.texts() if text.official]
    return [paragraph for text in texts for paragraph in text.plain.split("\n\n")]


def test_the_handbook_has_every_passage_in_order(papers: list[Path], guidance: Guidance) -> None:
    letters, at = read_letters(papers[0]), 0
    for action in guidance.actions:
        for passage in list_passages(action):
            pieces = [squeeze(piece) for piece in re.split(r"https?://\S+", passage)]
            for piece in filter(None, pieces):
                # A passage may continue on the next page, after footnotes.
                found = letters.find(piece, at)
                if found < 0:
                    found = letters.find(piece[:40], at)
                    assert letters.find(piece[-30:], found) >= 0, passage
                assert found >= 0, passage
                at = found
    for top in (*guidance.journeys, *guidance.topics):
        for passage in list_passages(top):
            for piece in filter(None, map(squeeze, re.split(r"https?://\S+", passage))):
                assert piece[:40] in letters, passage
                assert piece[-30:] in letters, passage
    for study in guidance.case_studies:
        assert squeeze(study.summary.plain)[:60] in letters


def find_tags(element: Any, found: dict[str, list[Any]]) -> None:
    """Collect the elements of a document's structure by their kind."""
    if isinstance(element, pikepdf.Array):
        for child in element:
            find_tags(child, found)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            found.setdefault(str(element.S), []).append(element)
        if "/K" in element:
            find_tags(element.K, found)


@pytest.mark.parametrize("number", [0, 1], ids=["handbook", "handout"])
def test_documents_are_accessible(papers: list[Path], number: int) -> None:
    """Tags, language, title and bookmarks; typst refuses to write what breaks PDF/UA-1."""
    with pikepdf.open(papers[number]) as pdf:
        root = pdf.Root
        assert str(root.Lang) == "en-GB"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        tags: dict[str, list[Any]] = {}
        find_tags(root.StructTreeRoot.K, tags)
        assert tags["/H1"]
        for figure in tags.get("/Figure", ()):
            assert "/Alt" in figure
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles
        if number:
            assert len(tags["/TH"]) == 4
            assert len(pdf.pages) <= 2
        else:
            assert "Case studies" in titles
            assert len(tags["/H4"]) == 57
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"]
            assert metadata["pdfuaid:part"] == "1"


def test_links_lead_somewhere(papers: list[Path]) -> None:
    reader = PdfReader(papers[0])
    names = reader.named_destinations
    inside = outside = 0
    for page in reader.pages:
        for reference in page.get("/Annots", ()):
            annotation: Any = reference.get_object()
            if annotation.get("/Subtype") != "/Link":
                continue
            action = annotation.get("/A", {})
            if action.get("/S") == "/URI":
                assert re.match(r"https?://|mailto:", action["/URI"])
                outside += 1
            else:
                target = annotation.get("/Dest") or action.get("/D")
                target = target.get_object() if hasattr(target, "get_object") else target
                assert isinstance(target, list) or target in names
                inside += 1
    assert inside > 100
    assert outside >= 10


def test_the_same_bytes_each_time(papers: list[Path], guidance: Guidance, tmp_path: Path) -> None:
    again = make_papers(guidance, tmp_path, "guidance", DAY, is_draft=False)
    assert [paper.read_bytes() for paper in again] == [paper.read_bytes() for paper in papers]


def test_the_index_of_organisations(papers: list[Path]) -> None:
    """The page that it gives for an organisation mentions it."""
    reader = PdfReader(papers[0])
    texts = [page.extract_text() for page in reader.pages]
    index = texts[-1] if "Organisations" in texts[-1] else "".join(texts[-2:])
    found = re.search(r"No Fit State: (\d+)", index)
    assert found
    assert "No Fit State" in texts[int(found[1]) - 1]


def test_a_letter_that_the_font_lacks(small_guidance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It would be an empty box on paper, so nothing is written, and the message names it."""
    file = small_guidance / "themes.yml"
    file.write_text(re.sub("name: .*", "name: Celf 한", file.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    action = next(small_guidance.glob("*/*/simple.yml"))
    text = action.read_text(encoding="utf-8")
    action.write_text(re.sub("title: .*", "title: Dawns 한", text, count=1), encoding="utf-8")
    assert main(["handbook", str(tmp_path / "out"), "--folder", str(small_guidance)]) == 1
    assert "한" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


def test_the_welsh_documents(tmp_path: Path) -> None:
    """They have Welsh labels and titles, and the Commissioner's words in English, marked as English."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        welsh = read_guidance(Path("journeys"), guarded=False, language="cy")
    papers = make_papers(welsh, tmp_path, "guidance", DAY, is_draft=True)
    assert [paper.name.endswith("-cy.pdf") for paper in papers] == [True, True]
    text = " ".join(page.extract_text() for page in PdfReader(papers[0]).pages)
    for words in ("Cynnwys", "Astudiaethau achos", "Drafft 23 Tachwedd 2026", "Helpu parkrun i ddechrau"):
        assert words in text
    assert squeeze(welsh.entries["help-a-parkrun-start"].gist) in squeeze(text)
    with pikepdf.open(papers[0]) as pdf:
        assert str(pdf.Root.Lang) == "cy-GB"
        tags: dict[str, list[Any]] = {}
        find_tags(pdf.Root.StructTreeRoot.K, tags)
        assert {str(each.Lang) for some in tags.values() for each in some if "/Lang" in each} >= {"en-GB"}
