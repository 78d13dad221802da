"""Whatever guidance passes the check builds strictly, into valid pages that show every text as it is written."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from any_guidance import ANY_GUIDANCE
from conftest import ROOT
from hypothesis import event, given, reject
from mkdocs.commands.build import build
from mkdocs.config import load_config
from site_html import Printed, check_html, find_broken_links, read_links

from generator import read_guidance
from generator.guidance import Guidance
from generator.problem import Problems
from generator.reading.translate import checksum_of, texts_to_translate


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project without guidance. It is the current folder."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("mkdocs.yml", "CONTRIBUTING.md", "content", "generator", "overrides"):
        (folder / name).symlink_to(ROOT / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        yield folder


@pytest.fixture(scope="module")
def built() -> list[Path]:
    """The folders of the last sites that were built."""
    return []


def write_guidance(files: dict[str, Any]) -> Path:
    """Write the files of a guidance and return their folder."""
    shutil.rmtree("journeys", ignore_errors=True)
    for name, data in files.items():
        file = Path("journeys", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False) if data else "", encoding="utf-8")
    return Path("journeys")


def write_translations(guidance: Guidance) -> None:
    """Translate every second text of the entries at the top, as far as that makes a difference, into Welsh of ours."""
    files: dict[str, list[dict[str, Any]]] = {}
    for number, top in enumerate(guidance.tops):
        texts = dict(list(texts_to_translate(top))[number % 2 :: 2])
        entry = {"id": top.key} if hasattr(top, "id") else {}
        checksums = {"english": [f"{name} {checksum_of(text)}" for name, text in texts.items()]}
        welsh = {name: f"Cymraeg {text}" for name, text in texts.items()}
        files.setdefault(top.where().file, []).append(entry | checksums | welsh)
    for name, entries in files.items():
        data = entries if "id" in entries[0] else entries[0]
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        Path(name).with_suffix(".cy.yml").write_text(text, encoding="utf-8")


def read_pages(site: Path) -> dict[Path, str]:
    """Return the text of each page in one line."""
    return {file: " ".join(Printed(file.read_text(encoding="utf-8")).text.split()) for file in site.rglob("*.html")}


def find_missing_texts(pages: Iterable[str], guidance: Guidance) -> list[str]:
    """Return the texts of the guidance that no page shows as they are written."""
    shown = "\n".join(pages)
    texts = [
        text for top in guidance.tops for entry in top.within() for path, text in entry.texts() if path != ("page",)
    ]
    return [p for text in texts for p in text.plain.split("\n\n") if " ".join(p.split()) not in shown]


@given(files=ANY_GUIDANCE)
def test_what_passes_the_check_builds(project: Path, built: list[Path], files: dict[str, Any]) -> None:
    folder = write_guidance(files)
    try:
        guidance = read_guidance(folder)
    except Problems as found:
        event("mistake: " + next(problem.message for problem in found.problems if not problem.advice)[:60])
        reject()
    write_translations(guidance)
    site = Path(tempfile.mkdtemp(dir=project))
    build(load_config(str(project / "mkdocs.yml"), strict=True, site_dir=str(site)))
    links = read_links(site)
    assert {here: page.repeated_ids for here, page in links.items() if page.repeated_ids} == {}
    assert find_broken_links(site, links) == []
    pages = read_pages(site)
    assert find_missing_texts(pages.values(), guidance) == []
    welsh = read_guidance(folder, guarded=False, language="cy")
    assert {each.status for each in welsh.translations} <= {"ours", "missing"}
    welsh_pages = [page for file, page in pages.items() if file.is_relative_to(site / "cy")]
    assert find_missing_texts(welsh_pages, welsh) == []
    built.append(site)
    if len(built) > int(os.environ.get("KEPT_SITES", "5")):
        shutil.rmtree(built.pop(0))


def test_its_html_is_valid(built: list[Path]) -> None:
    """Check the last sites that were built: checking every one would take too long."""
    assert built
    assert check_html(*built) == []
