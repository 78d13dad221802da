"""Every mistake that editors make gives its exact message; good files give none. Adding a test is adding a file.

`mistakes/<what>.<file>.yml` takes the place of `<file>.yml` in a small guidance; `mistakes/<what>.<file>.txt` holds
what is then said. `good/<what>.<file>.yml` must pass without a word.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.__main__ import main

TESTS = Path(__file__).parent.parent
MISTAKES = sorted((TESTS / "mistakes").glob("*.yml"))
GOOD = sorted((TESTS / "good").glob("*.yml"))


@pytest.fixture
def lay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Lays one file over a copy of the small guidance, and makes that the current folder's `journeys`."""

    def over(file: Path) -> None:
        journeys = tmp_path / "journeys"
        shutil.copytree(TESTS / "guidance", journeys)
        name = file.name.split(".", 1)[1]
        place = next(journeys.rglob(name), journeys / "a-goal" / "a-topic" / name)
        shutil.copyfile(file, place)
        monkeypatch.chdir(tmp_path)

    return over


@pytest.mark.parametrize("file", MISTAKES, ids=lambda file: file.stem)
def test_mistake(file: Path, lay: Callable[[Path], None], capsys: pytest.CaptureFixture[str]) -> None:
    lay(file)
    status = main(["check"])
    said = capsys.readouterr().err
    expected = file.with_suffix(".txt")
    assert said == (expected.read_text(encoding="utf-8") if expected.exists() else f"(what {expected.name} is to hold)")
    assert status == (0 if all("advice: " in line for line in said.splitlines()) else 1)


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.stem)
def test_good(file: Path, lay: Callable[[Path], None], capsys: pytest.CaptureFixture[str]) -> None:
    lay(file)
    assert main(["check"]) == 0
    assert capsys.readouterr().err == ""


def test_no_message_without_its_mistake() -> None:
    """A message whose file is gone tests nothing."""
    assert [file.stem for file in sorted((TESTS / "mistakes").glob("*.txt"))] == [file.stem for file in MISTAKES]
