"""The `new` command begins an entry in the right place, changes nothing else, and the check says what to fill in."""

import re
from pathlib import Path

import pytest

from generator import read_guidance
from generator.__main__ import main

TOPIC = Path("journeys/a-goal/a-topic")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, small_guidance: Path) -> Path:
    """A copy of the small guidance, in the current folder."""
    monkeypatch.chdir(small_guidance.parent)
    return small_guidance


def run_check(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the messages of the check, without their places."""
    assert main(["check"]) == 1
    printed = capsys.readouterr().err.splitlines()
    return [line.split(": ", 1)[1] for line in printed if line.startswith("journeys/")]


def test_action(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = Path(TOPIC, "simple.yml").read_bytes()
    assert main(["new", "action", "Croeso: tea at Tŷ Newydd’s door", "--grade", "simple"]) == 0
    assert capsys.readouterr().out.startswith(f"Added: {TOPIC}/simple.yml:13:1. To see what to fill in")
    after = Path(TOPIC, "simple.yml").read_bytes()
    assert after.startswith(before)
    assert b"- id: croeso-tea-at-ty-newydds-door\n" in after
    assert run_check(capsys) == ['"text" is empty. Write a value.']
    filled = after.decode().replace("  text: |\n    …\n", "  text: |\n    Give tea.\n")
    Path(TOPIC, "simple.yml").write_text(filled, encoding="utf-8")
    assert [action.title for action in read_guidance(Path("journeys")).actions][1] == "Croeso: tea at Tŷ Newydd’s door"


SOURCE = "The id of a source is missing here. Write it, or delete the line."
IDS = {
    "under": "an-act",
    "themes": "tea",
    "organisations": "a-town",
    "next": "street-festival",
    "strengthens": "good-money",
    "counters": "bad-habits",
}
CHOICES = {"attachment": "uncertain", "mark": "inferred"}


def test_commented_fields_can_be_used(small: Path) -> None:
    """Without their number signs, the comments are valid fields in the right place."""
    assert main(["new", "action", "Tea dance", "--grade", "simple"]) == 0
    file = TOPIC / "simple.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    start = lines.index("- id: tea-dance")
    block = re.sub("^  # ", "  ", "\n".join(lines[start:]), flags=re.MULTILINE)
    filled = re.sub(
        r"(\w+): (\[?)…", lambda field: f"{field[1]}: {field[2]}{(IDS | CHOICES).get(field[1], 'Words')}", block
    )
    file.write_text("\n".join([*lines[:start], filled.replace("…", "Words")]), encoding="utf-8")
    action = next(action for action in read_guidance(Path("journeys")).actions if action.id == "tea-dance")
    assert {name: [other.key for other in action.related[name]] for name in IDS.keys() - {"under"}} == {
        name: [key] for name, key in IDS.items() if name != "under"
    }
    assert (action.examples[0].organisations, action.statutory[0].under) == (["a-town"], "an-act")


def test_after_another_entry_with_windows_line_ends(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = Path("journeys/themes.yml")
    before = file.read_bytes().replace(b"\n", b"\r\n").rstrip()
    file.write_bytes(before)
    assert main(["new", "theme", "Songs", "--after", "music"]) == 0
    after = file.read_bytes()
    at = after.index(b"\r\n- id: songs")
    new = after[at : after.index(b"\r\n- id: tea")]
    assert after.replace(new, b"", 1).rstrip() == before
    assert after.replace(b"\r\n", b"").count(b"\n") == 0
    assert run_check(capsys) == ['"about" is empty. Write a value.']


def test_new_files(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("journeys/a-goal/other-topic").mkdir()
    Path("journeys/a-goal/other-topic/topic.yml").write_text("number: 2\ntitle: Other\nsubtitle: Another\n")
    assert main(["new", "action", "Tea dance", "--grade", "simple", "--topic", "other-topic"]) == 0
    assert main(["new", "case-study", "What happened"]) == 0
    action = Path("journeys/a-goal/other-topic/simple.yml").read_text(encoding="utf-8")
    assert action.startswith("# yaml-language-server: $schema=../../schema/actions.json\n\n- id: tea-dance")
    study = Path("journeys/case-studies/what-happened.yml").read_text(encoding="utf-8")
    assert study.startswith("# yaml-language-server: $schema=../schema/case-study.json\n\ntitle: What happened\n")
    fields = ["text", "source", "place", "country", "summary", "what_was_done"]
    assert run_check(capsys) == [
        f'"{field}" is empty. Write a value.' if field != "source" else SOURCE for field in fields
    ]


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["action", "Tea dance"], "Which grade is the action? Add one of: --grade simple, --grade adventurous,"),
        (
            ["action", "A dance", "--grade", "simple", "--topic", "none"],
            'There is no topic "none". Use one of: a-topic.',
        ),
        (
            ["action", "Tea dance", "--grade", "simple", "--after", "none"],
            'There is no entry "none" in journeys/a-goal',
        ),
        (
            ["action", "Street party", "--grade", "simple"],
            'The id "street-party" is already used in journeys/a-goal/a-topic',
        ),
        (
            ["action", "Street parade", "--grade", "simple"],
            'The id "street-parade" is already used in journeys/retired.yml',
        ),
        (["theme", "…"], 'We cannot make an id from "…"'),
        (["theme", "Index"], 'We cannot make an id from "Index"'),
        (["theme", "Music", "--folder", "nowhere"], "There is no guidance in nowhere."),
    ],
)
def test_arguments_that_are_missing_or_impossible(
    small: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], printed: str
) -> None:
    before = {file: file.read_bytes() for file in small.rglob("*.yml")}
    assert main(["new", *arguments]) == 2
    assert capsys.readouterr().err.startswith(printed)
    assert {file: file.read_bytes() for file in small.rglob("*.yml")} == before
