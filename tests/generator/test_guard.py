"""The check protects what was published: editions, addresses, and words that are copied exactly."""

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT

from generator.__main__ import date_changelog, main
from generator.editions.record import write_edition
from generator.reading.load import load_documents

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


THEME = "\n- id: village-halls\n  name: Village halls\n  about: Where a village meets.\n"


def commit() -> None:
    """Commit everything, as if it had been merged."""
    subprocess.run(["git", "add", "."], check=True)
    subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "B"], check=True)


@pytest.mark.usefixtures("repository")
def test_an_address_that_is_live_but_not_in_an_edition(capsys: pytest.CaptureFixture[str]) -> None:
    """Each change of main is published, so what was added since the edition has readers, too."""
    themes = JOURNEYS / "themes.yml"
    text = themes.read_text(encoding="utf-8")
    themes.write_text(text + THEME, encoding="utf-8")
    assert main(["check"]) == 0
    commit()
    themes.write_text(text, encoding="utf-8")
    capsys.readouterr()
    message = 'The theme "village-halls" was published and is missing now: links to its page would break.'
    assert main(["check"]) == 1
    assert message in capsys.readouterr().err
    assert main(["check", "--format", "github"]) == 1
    assert message in capsys.readouterr().out
    edit(
        themes,
        "- id: events\n",
        "- id: village-hall\n  name: Village halls\n  about: Where a village meets.\n\n- id: events\n",
    )
    assert main(["check"]) == 1
    assert 'Its id seems to be "village-hall" now.' in capsys.readouterr().err
    themes.write_text(text, encoding="utf-8")
    commit()
    assert main(["check"]) == 0
    assert main(["check", "--live", "HEAD~1"]) == 1
    assert message in capsys.readouterr().err
    subprocess.run(["git", "update-ref", "refs/remotes/origin/main", "HEAD~1"], check=True)
    assert main(["check"]) == 1
    retired = JOURNEYS / "retired.yml"
    lines = "- id: village-halls\n  title: Village halls\n  page: themes/village-halls.html\n"
    retired.write_text(f"{lines}  reason: It is gone.\n  replaced_by: [events]\n", encoding="utf-8")
    assert main(["check"]) == 0


@pytest.mark.usefixtures("repository")
def test_a_live_site_that_cannot_be_read_is_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    """There may be no such revision, or it has mistakes of its own."""
    assert main(["check", "--live", "nowhere"]) == 0
    themes = JOURNEYS / "themes.yml"
    text = themes.read_text(encoding="utf-8")
    themes.write_text("- id: [", encoding="utf-8")
    commit()
    themes.write_text(text, encoding="utf-8")
    assert main(["check"]) == 0


@pytest.fixture
def without_git(repository: Path) -> Path:
    """The folder of the real guidance as it comes from a zip file, with the changelog and three editions."""
    shutil.rmtree(repository / ".git")
    shutil.copyfile(ROOT / "CHANGELOG.md", repository / "CHANGELOG.md")
    for day in (date(2026, 11, 23), date(2026, 11, 24)):
        write_edition(JOURNEYS, load_documents(JOURNEYS, []), day)
        date_changelog(Path("CHANGELOG.md"), day)
    assert main(["check"]) == 0
    return repository


RECORDS = [EDITION.with_name(f"2026-11-{day}.json") for day in (22, 23, 24)]


def swap_records() -> None:
    """Give two records the names of each other."""
    one, other = RECORDS[1].read_bytes(), RECORDS[2].read_bytes()
    RECORDS[1].write_bytes(other)
    RECORDS[2].write_bytes(one)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (RECORDS[0].unlink, "2026-11-22.json:1:1: The record of the edition of 2026-11-22 is missing"),
        (RECORDS[1].unlink, "2026-11-23.json:1:1: The record of the edition of 2026-11-23 is missing"),
        (RECORDS[2].unlink, "CHANGELOG.md:7:1: The record of the edition of 2026-11-24 is missing"),
        (lambda: RECORDS[2].rename(EDITION.with_name("2026-11-24 (1).json")), "is not the name of the record of an"),
        (lambda: RECORDS[2].rename(EDITION.with_name("24-11-2026.json")), "is not the name of the record of an"),
        (lambda: RECORDS[2].rename(EDITION.with_name("2026-11-31.json")), "is not the name of the record of an"),
        (lambda: RECORDS[2].rename(EDITION.with_name("2026-11-24.json.txt")), "is not the name of the record of an"),
        (
            lambda: RECORDS[2].rename(EDITION.with_name("2026-11-30.json")),
            "This is the record of the edition of 2026-11-24",
        ),
        (swap_records, "This is the record of the edition of 2026-11-23, but its name says 2026-11-24."),
    ],
)
@pytest.mark.usefixtures("without_git")
def test_records_without_git(change: Callable[[], object], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    change()
    capsys.readouterr()
    assert main(["check"]) == 1
    assert message in capsys.readouterr().err


@pytest.mark.usefixtures("without_git")
def test_no_record_at_all_without_git(capsys: pytest.CaptureFixture[str]) -> None:
    """Without their folder, it may be another guidance, which has no edition yet, so this is only advice."""
    for record in RECORDS:
        record.unlink()
    assert main(["check"]) == 1
    assert "The record of the edition of 2026-11-22 is missing" in capsys.readouterr().err
    EDITION.parent.rmdir()
    capsys.readouterr()
    assert main(["check"]) == 0
    printed = capsys.readouterr().err
    for day in (22, 23, 24):
        assert f"advice: The record of the edition of 2026-11-{day} is missing" in printed
