"""What a change of the guidance is in plain words: twenty-two changes to the real guidance, and none.

`test_compare.md` is what must be said of them.
"""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from generator.__main__ import main

ROOT = Path(__file__).parents[2]
TOPIC = "journeys/cohesive-communities/people-active-in-their-communities"

# fmt: off
# ruff: noqa: E501
EDITS = [
    # file, what stands there, what is to stand there
    ("simple.yml", "Make it easy for residents to start up Park Runs", "Make it simple for residents to start Park Runs"),
    ("simple.yml", "  title: Help a parkrun start\n  themes: [sport, green-space]", "  title: Help a parkrun begin\n  themes: [sport]"),
    ("simple.yml", "  gap: The beginning of this action is lost; it is shown as it stands.\n", ""),
    ("simple.yml", "        'Fit and Fed' from Streetgames Wales", "        'Fit and Fed' by Streetgames Wales"),
    ("simple.yml", "      organisations: [cardiff-city-of-sanctuary]", "      organisations: [cardiff-city-of-sanctuary, home-office]"),
    ("simple.yml", "  next: [kindness-at-the-heart]\n", ""),
    ("adventurous.yml", "    - text: |\n        Swansea Environmental Forum.\n      organisations: [swansea-environmental-forum]\n", ""),
    ("ambition.yml", "- id: learn-from-fire-starter-scotland\n  scope: organisational", "- id: learn-from-fire-starter-scotland\n  scope: national"),
    (
        "adventurous.yml",
        "  title: Pilot play streets",
        "  statutory:\n    - under: active-travel-act\n      basis: A test says so.\n\n  title: Pilot play streets",
    ),
    (
        "adventurous.yml",
        "- id: play-streets\n",
        "- id: a-new-action\n  text: |\n    Do something new.\n\n  title: Something new\n\n- id: play-streets\n",
    ),
    ("simple.yml", "[Space Saviours]()", "[Space Saviours](https://example.org)"),
    (
        "adventurous.yml",
        "schemes to enable staff to contribute time",
        "schemes so that staff can contribute time",
    ),
    (
        "adventurous.yml",
        "  title: Encourage employee volunteering schemes\n",
        "  reworded: The Commissioner wrote it anew in 2027.\n  title: Encourage employee volunteering schemes\n",
    ),
    ("../../organisations.yml", "- id: cai-park\n  name: Cai Park Wrexham", "- id: cai-park\n  name: Cai Park"),
    ("../../case-studies/normacot.yml", "source: improving-cohesion-with-normacot-united", "source: thriving-neighbourhoods-meeting"),
    ("ambition.yml", "Paris – 5% of city budget.\n", "Paris – 5% of city budget.\n    - text: |\n        Another town.\n      organisations: [cai-park]\n"),
    ("adventurous.yml", "  themes: [community-support, health]\n  keywords: [local area", "  themes: [health, community-support]\n  keywords: [local area"),
    (
        "adventurous.yml",
        "        [Swansea Council local area coordination]()\n      organisations: [swansea-council]\n    - text: |\n"
        "        Blaenau Gwent County Borough Council Community Connectors\n      organisations: [blaenau-gwent-council]\n",
        "        Blaenau Gwent County Borough Council Community Connectors\n      organisations: [blaenau-gwent-council]\n"
        "    - text: |\n        [Swansea Council local area coordination]()\n      organisations: [swansea-council]\n",
    ),
    ("../../themes.yml", "- id: events\n", "- id: play\n  name: Play\n  about: Playing.\n\n- id: events\n"),
    ("topic.yml", "Co-production Network Wales knowledge base.", "Co-production Network Wales knowledge base. <!--"),
    ("topic.yml", "place-based plans.\n\n  People", "place-based plans.\n  People"),
]
# fmt: on
RETIRED = """
- id: food-fridges
  title: Ask whether food fridges would work in your community
  page: actions/food-fridges.html
  reason: Every community has one now.
  replaced_by: [food-brings-communities-together]
"""


def edited(project: Path) -> None:
    for file, old, new in EDITS:
        path = project / TOPIC / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old)
        path.write_text(text.replace(old, new), encoding="utf-8")
    # One action is retired.
    source = project / TOPIC / "adventurous.yml"
    blocks = source.read_text(encoding="utf-8").split("\n- id: ")
    source.write_text("\n- id: ".join(block for block in blocks if not block.startswith("food-fridges\n")), "utf-8")
    (project / "journeys" / "retired.yml").write_text(RETIRED, encoding="utf-8")
    # One action moves to another grade: its block goes from one file to the other.
    target = project / TOPIC / "simple.yml"
    blocks = source.read_text(encoding="utf-8").split("\n- id: ")
    moved = next(block for block in blocks if block.startswith("care-and-repair-agencies\n"))
    source.write_text("\n- id: ".join(block for block in blocks if block != moved), encoding="utf-8")
    target.write_text(f"{target.read_text(encoding='utf-8').rstrip()}\n\n- id: {moved.rstrip()}\n", encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with the real guidance in it, and the current folder."""
    shutil.copytree(ROOT / "journeys", tmp_path / "journeys")
    monkeypatch.chdir(tmp_path)
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "The guidance"]):
        subprocess.run(["git", *command], check=True)
    return tmp_path


def test_changes_in_plain_words(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edited(repository)
    assert main(["diff", "HEAD"]) == 0
    said = capsys.readouterr().out
    assert said == Path(__file__).with_suffix(".md").read_text(encoding="utf-8")


def test_since_the_published_edition(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A release writes an edition, which is then what to compare with; none is written while there is a mistake."""
    editions = repository / "journeys" / "editions"
    shutil.rmtree(editions)
    assert main(["diff"]) == 2
    assert capsys.readouterr().err.startswith("No edition has been published yet")
    assert main(["release"]) == 0
    assert capsys.readouterr().out.startswith("This is the first edition.\n")
    assert main(["diff"]) == 0
    assert capsys.readouterr().out == "Nothing changes in the guidance.\n"
    (record,) = editions.iterdir()
    promised = record.read_bytes()

    edited(repository)
    assert main(["diff"]) == 0
    assert capsys.readouterr().out == Path(__file__).with_suffix(".md").read_text(encoding="utf-8")
    assert main(["release"]) == 1
    assert "it does not say why" in capsys.readouterr().err
    assert list(editions.iterdir()) == [record]
    assert record.read_bytes() == promised


def test_a_release_never_changes_an_earlier_edition(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a change there is no new edition; two on one day would have the same name."""
    editions = repository / "journeys" / "editions"
    published = {file: file.read_bytes() for file in editions.iterdir()}
    assert main(["release"]) == 0
    assert capsys.readouterr().out == "Nothing changes in the guidance, so there is no new edition.\n"
    assert {file: file.read_bytes() for file in editions.iterdir()} == published

    sources = repository / "journeys" / "sources.yml"
    sources.write_text(sources.read_text("utf-8").replace("  publisher: ", "  publisher: The ", 1), "utf-8")
    assert main(["release"]) == 0
    assert "the publisher changed" in capsys.readouterr().out
    today = editions / f"{date.today()}.json"
    assert {file: file.read_bytes() for file in editions.iterdir() if file != today} == published
    assert main(["diff"]) == 0
    assert capsys.readouterr().out == "Nothing changes in the guidance.\n"

    new = today.read_bytes()
    sources.write_text(sources.read_text("utf-8").replace("  publisher: ", "  publisher: The ", 1), "utf-8")
    assert main(["release"]) == 1
    assert f"journeys/editions/{today.name}:1:1: There is an edition of {date.today()}" in capsys.readouterr().err
    assert today.read_bytes() == new


def test_no_change(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "HEAD"]) == 0
    assert main(["diff", str(ROOT / "journeys")]) == 0
    assert capsys.readouterr().out == "Nothing changes in the guidance.\n" * 2


def test_nothing_to_compare_with(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "no-such-branch"]) == 2
    assert capsys.readouterr().err.startswith('"no-such-branch" is no folder and no revision that git knows')


def test_another_order(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = repository / TOPIC / "ambition.yml"
    head, first, second, *rest = file.read_text(encoding="utf-8").split("\n- id: ")
    file.write_text("\n- id: ".join([head, second, first, *rest]), encoding="utf-8")
    assert main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out == (
        "## The Commissioner's words\n\n"
        "- Topic *People active in their communities*: its Ambition actions stand in another order: "
        "*Co-production is the default* moved.\n"
    )
    themes = repository / "journeys" / "themes.yml"
    head, first, second, *rest = themes.read_text(encoding="utf-8").split("\n- id: ")
    themes.write_text("\n- id: ".join([head, second, first, *rest]), encoding="utf-8")
    assert main(["diff", "HEAD"]) == 0
    assert "- Theme *Arts and culture*: moved to another place among the themes.\n" in capsys.readouterr().out


def test_without_git(repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert main(["diff", "HEAD"]) == 2
    assert capsys.readouterr().err == "git: No such file or directory.\n"
