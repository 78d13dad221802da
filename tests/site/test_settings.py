"""What is wrong in the settings or in `content/` stops the build with a sentence, and never with a traceback."""

import os
from pathlib import Path

import pytest
from conftest import build_site, copy_project

from generator.__main__ import main


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a copy of the project. Tests leave it as it was."""
    return copy_project(tmp_path_factory.mktemp("settings") / "project")


def build(project: Path, **settings: str) -> str:
    """Build a site that cannot be built, and return what the build says."""
    done = build_site(project, project / "nowhere", **settings)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "Traceback" not in said
    assert not (project / "nowhere").exists()
    return said


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("nav:\n", "nav:\n  - Nothing: nothing.md\n", 'The menu has "nothing.md", but there is no such page.'),
        ("nav:\n", "nav:\n  - All: [a.md, {B: b/b.md}]\n", 'The menu has "b/b.md", but there is no such page.'),
        ("nav:\n", "nav:\n  - All: {B: b.md}\n", "Expected nav to be a list, got dict"),
        ("  footer:", "  contac: x\n  footer:\n    - 42\n  footers:", 'The menu has "42", but there is no such page.'),
        ("  contact:", "  contcat:", 'mkdocs.yml: "contact" is missing below extra.'),
    ],
)
def test_a_slip_in_mkdocs_yml(project: Path, old: str, new: str, message: str) -> None:
    file = project / "mkdocs.yml"
    text = file.read_text("utf-8")
    file.write_text(text.replace(old, new, 1), "utf-8")
    try:
        assert message in build(project)
    finally:
        file.write_text(text, "utf-8")


@pytest.mark.parametrize("address", ["our guidance", "https://", "ftp://example.org/{", "javascript:x", "https://a b/"])
def test_an_address_that_is_none(project: Path, address: str) -> None:
    said = build(project, EDIT_URI=address)
    assert f'mkdocs.yml: edit_uri is "{address.removesuffix("/")}", which is not a full web address.' in said
    assert len(said.splitlines()) < 5


@pytest.mark.parametrize("moment", ["yesterday", "1e9", "2026-11-28", "-1", "0", "9" * 30])
def test_a_moment_that_is_none(
    project: Path, moment: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    expected = f'The environment variable SOURCE_DATE_EPOCH is "{moment}", which is not a date'
    if moment == "yesterday":
        assert expected in build(project, SOURCE_DATE_EPOCH=moment)
    monkeypatch.chdir(project)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    for command in ("offline", "handbook"):
        assert main([command, str(tmp_path)]) == 2
        assert expected in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [b"caf\xe9.md", b"assets/images/caf\xe9.png"])
def test_a_name_that_is_not_utf_8(project: Path, name: bytes) -> None:
    file = Path(os.fsdecode(os.fsencode(project / "content") + b"/" + name))
    file.write_text("title: A café\n", "utf-8")
    try:
        assert "The name of this file is not UTF-8" in build(project)
    finally:
        file.unlink()


def test_a_page_that_is_not_utf_8(project: Path) -> None:
    file = project / "content" / "page.md"
    file.write_text("title: A café\n", "latin-1")
    try:
        assert "content/page.md:1:1: This file is not UTF-8." in build(project)
    finally:
        file.unlink()
