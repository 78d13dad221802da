"""Every mistake that editors make gives its exact message; good files give none. Adding a test is adding a file.

`mistakes/<what>.<file>.yml` replaces `<file>.yml` in a small guidance. A folder `mistakes/<what>/` is copied over it,
after a release if its name begins with `published`. If it has folders `before/` and `after/`, one is copied before the
release and the other after it; an empty file in `after/` is one that was deleted. The `.txt` of the same name has the
expected messages. What is in `good/` gives no message.
"""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.__main__ import main

TESTS = Path(__file__).parent.parent
MISTAKES = sorted(path for path in (TESTS / "mistakes").iterdir() if path.suffix != ".txt")
GOOD = sorted((TESTS / "good").iterdir())


@pytest.fixture
def copy_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """A function that copies a file, or the files of a folder, over a copy of the small guidance."""

    def copy(file: Path) -> None:
        journeys = tmp_path / "journeys"
        shutil.copytree(TESTS / "guidance", journeys)
        monkeypatch.chdir(tmp_path)
        before, after = file / "before", file / "after"
        if before.is_dir():
            shutil.copytree(before, journeys, dirs_exist_ok=True)
        if file.name.startswith("published"):
            assert main(["release"]) == 0
        if after.is_dir():
            shutil.copytree(after, journeys, dirs_exist_ok=True)
            for deleted in (path for path in after.rglob("*.yml") if not path.stat().st_size):
                (journeys / deleted.relative_to(after)).unlink()
        elif file.is_dir() and not before.is_dir():
            shutil.copytree(file, journeys, dirs_exist_ok=True)
        elif not file.is_dir():
            name = file.name.split(".", 1)[1]
            shutil.copyfile(file, next(journeys.rglob(name), journeys / "a-goal" / "a-topic" / name))

    return copy


@pytest.mark.parametrize("file", MISTAKES, ids=lambda file: file.stem)
def test_mistake(file: Path, copy_over: Callable[[Path], None], capsys: pytest.CaptureFixture[str]) -> None:
    copy_over(file)
    status = main(["check"])
    printed = capsys.readouterr().err
    expected = find_expected(file)
    assert printed == (expected.read_text(encoding="utf-8") if expected.exists() else f"(expected in {expected.name})")
    assert status == (1 if re.search(r"^\d+ mistakes?\.$", printed, re.MULTILINE) else 0)


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.stem)
def test_good(file: Path, copy_over: Callable[[Path], None], capsys: pytest.CaptureFixture[str]) -> None:
    copy_over(file)
    assert main(["check"]) == 0
    assert capsys.readouterr().err == ""


def find_expected(file: Path) -> Path:
    """Return the file with the messages for a mistake."""
    return file.parent / f"{file.name.removesuffix('.yml')}.txt"


def test_no_message_without_its_mistake() -> None:
    """A message whose file is gone tests nothing."""
    assert {find_expected(file) for file in MISTAKES} == set((TESTS / "mistakes").glob("*.txt"))


def test_no_guidance_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path}:1:1: There is no guidance in this folder.")


def test_a_record_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = tmp_path / "editions" / "2026-11-22.json"
    record.parent.mkdir()
    for text in ("{", "{}", '{"files": {}}', '{"files": []}', "[" * 100_000):
        record.write_text(text, encoding="utf-8")
        assert main(["check", str(tmp_path)]) == 1
        assert f"{record}:1:1: The record of the published edition cannot be read" in capsys.readouterr().err
    record.unlink()
    record.mkdir()
    assert main(["check", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{record}: Is a directory.\n"


def test_a_record_of_another_model(small_guidance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Fields that were added to the model or removed from it since a release are no mistake in its record."""
    folder = str(small_guidance)
    assert main(["release", folder]) == 0
    (record,) = (small_guidance / "editions").glob("*.json")
    edition = json.loads(record.read_text(encoding="utf-8"))
    for theme in edition["files"]["themes.yml"]:
        del theme["about"]
    edition["files"]["themes.yml"][0]["colour"] = "green"
    for action in edition["files"]["a-goal/a-topic/ambition.yml"]:
        action["examples"] = [{"words": "A town closed its streets to cars."}, *action["examples"]]
        action["text"] = "All streets are for cars."
        del action["reworded"]
    del edition["files"]["a-goal/journey.yml"]["definition"]
    record.write_text(json.dumps(edition), encoding="utf-8")
    capsys.readouterr()
    assert main(["check", folder]) == 0
    assert main(["diff", "", folder]) == 0
    changes = capsys.readouterr().out
    assert "- Theme *Events*: the description is new: What brings neighbours together." in changes
    assert "All streets are for ~~cars.~~ **people.** Why: " in changes
    assert "the Commissioner's definition is new: " in changes
    edition["files"]["a-goal/a-topic/simple.yml"][0]["text"] = "Words that were published."
    record.write_text(json.dumps(edition), encoding="utf-8")
    assert main(["check", folder]) == 1
    assert "The published words of this action changed without a reason" in capsys.readouterr().err


def test_annotations_for_a_pull_request(copy_over: Callable[[Path], None], capsys: pytest.CaptureFixture[str]) -> None:
    copy_over(TESTS / "mistakes" / "misspelt-field.simple.yml")
    assert main(["check", "--format", "github"]) == 1
    assert capsys.readouterr().out == (
        "::error file=journeys/a-goal/a-topic/simple.yml,line=5,col=3::"
        'An action has no field "titel". Did you mean "title"?\n'
    )


def test_mistakes_as_data(copy_over: Callable[[Path], None], capsys: pytest.CaptureFixture[str]) -> None:
    copy_over(TESTS / "mistakes" / "raw-html.simple.yml")
    assert main(["check", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(problem["line"], problem["column"], problem["advice"]) for problem in found] == [
        (3, 28, True),
        (5, 20, True),
    ]
    assert all(problem["message"] and problem["remedy"] for problem in found)
