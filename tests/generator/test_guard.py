"""The check protects what was published: editions, addresses, and words that are copied exactly."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.__main__ import main

JOURNEYS = Path("journeys")
EDITION = JOURNEYS / "editions" / "2026-11-22.json"
GOAL = JOURNEYS / "cohesive-communities"
TOPIC, OTHER_TOPIC = GOAL / "people-active-in-their-communities", GOAL / "connected-communities"


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text that is once in a file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def move_grades() -> None:
    for grade in TOPIC.glob("a*.yml"):
        grade.rename(OTHER_TOPIC / grade.name)
    (TOPIC / "simple.yml").rename(OTHER_TOPIC / "simple.yml")


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        (EDITION.unlink, EDITION, "The record of the edition of 2026-11-22 was deleted."),
        (
            lambda: edit(EDITION, '"edition": "2026-11-22"', '"edition": "2026-11-23"'),
            EDITION,
            "The record of the edition of 2026-11-22 was changed.",
        ),
        (
            lambda: edit(JOURNEYS / "case-studies" / "sara-in-southwick.yml", "down 12%", "down 13%"),
            JOURNEYS / "case-studies" / "sara-in-southwick.yml",
            'The published words of this case study changed without a reason: "12%" became "13%".',
        ),
        (
            move_grades,
            TOPIC / "topic.yml",
            '"people-active-in-their-communities" has no actions now, so the published pages of its grades would',
        ),
        (
            lambda: GOAL.rename(JOURNEYS / "cohesive"),
            JOURNEYS / "cohesive" / "journey.yml",
            'The journey "cohesive-communities" was published and is missing now',
        ),
        (
            lambda: (TOPIC / "simple.yml").unlink(),
            TOPIC / "simple.yml",
            "The file is missing, and 22 published entries are missing with it.",
        ),
        (
            lambda: (JOURNEYS / "themes.yml").unlink(),
            JOURNEYS / "themes.yml",
            "The file themes.yml is missing, but other files refer to its entries.",
        ),
        (
            lambda: shutil.copytree(GOAL, JOURNEYS / "cohesive-communities (1)"),
            JOURNEYS / "cohesive-communities (1)",
            '"cohesive-communities (1)" is a copy of "cohesive-communities".',
        ),
        (
            lambda: (JOURNEYS / "organisations.yml").write_text("- id: arts", encoding="utf-32"),
            JOURNEYS / "organisations.yml",
            "This character is not UTF-8",
        ),
    ],
)
@pytest.mark.usefixtures("repository")
def test_one_message(
    capsys: pytest.CaptureFixture[str], change: Callable[[], object], place: Path, message: str
) -> None:
    assert main(["check"]) == 0
    change()
    capsys.readouterr()
    assert main(["check"]) == 1
    lines = capsys.readouterr().err.splitlines()
    found = [line for line in lines if re.match(r"journeys/.*:\d+:\d+: (?!advice)", line)]
    assert len(found) == 1, found
    assert found[0].startswith(f"{place}:")
    assert message in found[0]
    assert main(["release"]) == 1


@pytest.mark.usefixtures("repository")
def test_a_removed_entry_is_reported_where_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    file = TOPIC / "simple.yml"
    text = file.read_text(encoding="utf-8")
    removed = re.search(r"- id: help-a-parkrun-start\n.*?(?=^- id: )", text, re.DOTALL | re.MULTILINE)
    assert removed
    file.write_text(text.replace(removed[0], ""), encoding="utf-8")
    assert main(["check"]) == 1
    line = text[: removed.start()].count("\n") + 1
    assert (
        f'{file}:{line}:3: The action "help-a-parkrun-start" was published and is missing now'
        in capsys.readouterr().err
    )
