"""Anything unreadable in place of a file gives one message and no traceback."""

import os
from pathlib import Path

import pytest

from generator.__main__ import main

TOPIC = Path("a-goal", "a-topic")


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Check the guidance in a folder and return the lines that are printed about mistakes."""
    assert main(["check", str(folder)]) == 1
    lines = capsys.readouterr().err.replace(f"{folder}/", "").splitlines()
    return [line for line in lines[:-1] if not line.startswith("    ")]


def test_a_folder_with_the_name_of_a_file(small_guidance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = small_guidance / TOPIC / "simple.yml"
    text = file.read_text(encoding="utf-8")
    file.unlink()
    file.mkdir()
    (file / "simple.yml").write_text(text, encoding="utf-8")
    assert check(small_guidance, capsys) == [
        'a-goal/a-topic/simple.yml:1:1: This is a folder, but "simple.yml" is the name of a file. '
        "Move the file out of it, or rename the folder."
    ]


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: os.symlink("nowhere", path)], ids=["fifo", "broken link"])
def test_what_is_no_file(small_guidance: Path, capsys: pytest.CaptureFixture[str], make: object) -> None:
    file = small_guidance / "themes.yml"
    file.unlink()
    assert callable(make)
    make(file)
    assert check(small_guidance, capsys) == [
        "themes.yml:1:1: This is a link, or something else that is not a file. "
        "Replace it with the file itself, or delete it."
    ]


def test_a_link_to_a_folder(small_guidance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    topic = small_guidance / TOPIC
    topic.rename(small_guidance.parent / "elsewhere")
    topic.symlink_to(small_guidance.parent / "elsewhere")
    assert check(small_guidance, capsys) == [
        "a-goal/a-topic:1:1: This is a link, or something else that is not a file. "
        "Replace it with the file itself, or delete it."
    ]


@pytest.mark.parametrize("path", ["organisations.yml", TOPIC], ids=["file", "folder"])
def test_what_may_not_be_read(
    small_guidance: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Make the system refuse. Changing the file's permissions is not enough, because root can read every file."""
    forbidden = small_guidance / path
    read_bytes, scandir = Path.read_bytes, os.scandir

    def refuse(given: Path | str) -> bool:
        if Path(given) == forbidden:
            raise PermissionError(13, "Permission denied", str(given))
        return False

    monkeypatch.setattr(Path, "read_bytes", lambda given: refuse(given) or read_bytes(given))
    monkeypatch.setattr(os, "scandir", lambda given: refuse(given) or scandir(given))
    found = check(small_guidance, capsys)
    assert found == [
        f'{path}:1:1: "{forbidden.name}" cannot be read: Permission denied. Change its permissions, or add it again.'
    ]


def test_a_huge_file(small_guidance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (small_guidance / "organisations.yml").write_text("- id: a-town\n  name: A Town\n" * 50_000, encoding="utf-8")
    assert check(small_guidance, capsys) == [
        "organisations.yml:1:1: This file is larger than 1000 kB, which no file of the guidance should be. "
        "Check that it is the right file."
    ]


@pytest.mark.parametrize("name", ["themes.yml", "organisations.yml"])
def test_a_missing_list(small_guidance: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (small_guidance / name).unlink()
    message = f"{name}:1:1: The file {name} is missing, but other files refer to its entries. Restore it."
    assert check(small_guidance, capsys) == [message]
    assert main(["release", str(small_guidance)]) == 1
