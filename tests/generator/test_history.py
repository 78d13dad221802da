"""Git tells when the lines of an action last changed; where it can't know, there is no date."""

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator import read_guidance
from generator.editions.history import find_change_dates

FILE = Path("journeys/a-goal/a-topic/simple.yml")


def git(*arguments: str, day: str = "2024-05-01") -> None:
    identity = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    days = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    subprocess.run(["git", *arguments], check=True, env=os.environ | identity | days, capture_output=True)


@pytest.fixture
def repository(small_guidance: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Commit the small guidance to a git repository, then add a second action. Its folder is the current one."""
    monkeypatch.chdir(small_guidance.parent)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "The guidance")
    new = "\n\n- id: tea-dance\n  text: |\n    Dance.\n\n  title: Tea dance\n"
    FILE.write_text(FILE.read_text(encoding="utf-8") + new, encoding="utf-8")
    git("commit", "-qam", "Another action", day="2025-06-02")
    return small_guidance.parent


def test_each_action_has_the_day_of_its_own_lines(repository: Path) -> None:
    changed = find_change_dates(read_guidance(Path("journeys")))
    assert changed["street-party"] == changed["street-festival"] == date(2024, 5, 1)
    assert changed["tea-dance"] == date(2025, 6, 2)


def test_what_is_not_committed_has_no_day_yet(repository: Path) -> None:
    FILE.write_text(FILE.read_text(encoding="utf-8").replace("neighbours", "all neighbours"), encoding="utf-8")
    new = "\n- id: songs\n  text: |\n    Sing.\n\n  title: Songs\n"
    FILE.write_text(FILE.read_text(encoding="utf-8") + new, encoding="utf-8")
    changed = find_change_dates(read_guidance(Path("journeys")))
    assert changed["street-party"] == date(2024, 5, 1)
    assert "songs" not in changed


def test_nothing_without_the_whole_history(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("clone", "-q", "--depth", "1", repository.as_uri(), str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    assert find_change_dates(read_guidance(Path("journeys"))) == {}


def test_nothing_without_a_repository(small_guidance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small_guidance.parent)
    guidance = read_guidance(Path("journeys"))
    assert find_change_dates(guidance) == {}
    monkeypatch.setenv("PATH", "")
    assert find_change_dates(guidance) == {}
