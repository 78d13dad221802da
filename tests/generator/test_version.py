"""One name never means two files: names have the edition or, for a draft, the date, the commit and a checksum."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator import read_guidance, read_revisions
from generator.__main__ import main
from generator.editions.version import Version, find_version

DAY = date(2026, 11, 28)
THEMES = Path("journeys", "themes.yml")


def git(*arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(small_guidance: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a git repository with the small guidance, which is committed. It is the current folder."""
    monkeypatch.chdir(small_guidance.parent)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "The guidance")
    return small_guidance.parent


def version_now() -> Version:
    """Return the version of the guidance in the current folder."""
    journeys = Path("journeys")
    return find_version(journeys, read_revisions(journeys, read_guidance(journeys)), DAY, "a-site")


def change_theme() -> None:
    """Change a word of ours."""
    text = THEMES.read_text(encoding="utf-8")
    THEMES.write_text(text.replace("about: ", "about: All ", 1), encoding="utf-8")


def test_every_state_has_its_own_name(repository: Path) -> None:
    names = [version_now().name]
    assert re.fullmatch(r"draft-2026-11-28-[0-9a-f]{8}", names[0])
    for _ in range(2):
        change_theme()
        names.append(version_now().name)
        assert re.fullmatch(r"draft-2026-11-28-[0-9a-f]{8}-[0-9a-f]{8}", names[-1])
        git("commit", "-qam", "Another theme")
        names.append(version_now().name)
        assert re.fullmatch(r"draft-2026-11-28-[0-9a-f]{8}", names[-1])
    (repository / "content").mkdir()
    (repository / "content" / "new.css").write_text("", encoding="utf-8")  # not even known to git
    names.append(version_now().name)
    assert len(set(names)) == len(names)


def test_only_the_tagged_commit_is_the_edition(repository: Path) -> None:
    assert main(["release"]) == 0
    day = date.today()
    assert version_now().name.startswith(f"{day}-")
    git("add", ".")
    git("commit", "-qm", "An edition")
    untagged = version_now()
    assert not untagged.is_draft
    assert re.fullmatch(rf"{day}-[0-9a-f]{{8}}", untagged.name)
    git("tag", f"edition-{day}")
    assert version_now() == Version(str(day), False, day, "a-site")
    assert version_now().file_name == f"a-site-{day}"
    (repository / "mkdocs.yml").write_text("", encoding="utf-8")
    assert version_now().name != str(day)
    (repository / "mkdocs.yml").unlink()
    change_theme()
    assert version_now().name.startswith("draft-2026-11-28-")


@pytest.mark.parametrize("is_ignored", [False, True])
def test_without_git_names_have_a_checksum(
    small_guidance: Path, monkeypatch: pytest.MonkeyPatch, is_ignored: bool
) -> None:
    """Drafts and editions: a download can have been changed, and can be inside another project's repository."""
    monkeypatch.chdir(small_guidance.parent)
    if is_ignored:
        Path(".gitignore").write_text("journeys\nelsewhere\n", encoding="utf-8")
        git("init", "-q")
        git("add", ".gitignore")
        git("commit", "-qm", "Another project")
    first = version_now()
    assert re.fullmatch(r"draft-2026-11-28-[0-9a-f]{8}", first.name)
    shutil.copytree("journeys", "elsewhere/journeys")
    change_theme()
    assert version_now().name != first.name
    assert main(["release"]) == 0
    day = date.today()
    edition = version_now()
    assert not edition.is_draft
    assert re.fullmatch(rf"{day}-[0-9a-f]{{8}}", edition.name)
    Path("mkdocs.yml").write_text("site_name: Another\n", encoding="utf-8")
    assert version_now().name != edition.name
    monkeypatch.chdir("elsewhere")
    assert version_now() == first
