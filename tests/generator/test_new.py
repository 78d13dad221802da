"""The `new` command begins an entry in the right place, changes nothing else, and the check says what to fill in."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from generator import read_guidance
from generator.__main__ import main
from generator.exports.handbook import Author
from generator.pages.guidance_pages import list_pages
from generator.pages.page import Site
from generator.pages.render import Renderer

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


def fill_in(file: Path, **values: str) -> None:
    """Replace the placeholders of fields that must be filled in, and all other placeholders in texts."""
    text = file.read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"{name}: …", f"{name}: {value}")
    file.write_text(re.sub(r"(?m)^( *)…$", r"\1Words.", text), encoding="utf-8")


def test_a_whole_journey(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the first command to pages and a handbook, with what the commands say comes next, and nothing else."""
    home = small / "a-fairer-goal"
    assert main(["new", "journey", "A fairer goal"]) == 0
    assert "new topic" in capsys.readouterr().out
    fill_in(home / "journey.yml", source="a-document", statutory_marks="complete")
    begun = read_guidance(Path("journeys"))
    assert [(goal.key, goal.number, goal.missing) for goal in begun.journeys] == [
        ("a-fairer-goal", 2, ["definition", "why", "topics"]),
        ("a-goal", None, []),
    ]
    for kind, title in (("enabler", "Fair money"), ("enabler", "Time"), ("disabler", "Habits"), ("topic", "A topic")):
        assert main(["new", kind, title]) == 2
        assert "--journey a-fairer-goal, --journey a-goal" in capsys.readouterr().err
        # The id of the topic is used by the other journey, whose topic has the same official title.
        assert main(["new", kind, title, "--journey", "a-fairer-goal"]) == 0
    assert "--topic a-topic-a-fairer-goal" in capsys.readouterr().out
    assert main(["new", "topic", "Soil", "--journey", "a-fairer-goal"]) == 0
    assert main(["new", "enabler", "Fair rules", "--journey", "a-fairer-goal", "--after", "fair-money"]) == 0
    assert main(["new", "statutory-requirement", "An Act", "--journey", "a-fairer-goal"]) == 0
    assert "under: an-act-a-fairer-goal" in capsys.readouterr().out
    for topic in ("a-topic-a-fairer-goal", "soil"):
        assert main(["new", "action", f"Care for {topic}", "--topic", topic, "--grade", "simple"]) == 0
        fill_in(home / topic / "simple.yml")
    fill_in(home / "journey.yml")
    guidance = read_guidance(Path("journeys"))
    goal = next(goal for goal in guidance.journeys if goal.key == "a-fairer-goal")
    assert [enabler.key for enabler in goal.enablers] == ["fair-money", "fair-rules", "time"]
    assert [disabler.key for disabler in goal.disablers] == ["habits"]
    assert [(topic.key, topic.number, topic.label) for topic in goal.topics] == [
        ("a-topic-a-fairer-goal", 1, "A topic (A fairer goal)"),
        ("soil", 2, "Soil"),
    ]
    assert [law.label for law in goal.statutory_requirements] == ["An Act (A fairer goal)"]
    assert [action.key for action in goal.actions] == ["care-for-a-topic-a-fairer-goal", "care-for-soil"]


def test_a_journey_that_is_only_begun_says_so(small: Path) -> None:
    assert main(["new", "journey", "A fairer goal"]) == 0
    fill_in(small / "a-fairer-goal" / "journey.yml", source="a-document", statutory_marks="lost")
    assert main(["new", "topic", "Soil", "--journey", "a-fairer-goal"]) == 0
    for language, begun, topic in (
        ("en", "This goal is only begun.", "The actions of this topic are not on this site yet."),
        ("cy", "Megis dechrau y mae'r gwaith ar y nod hwn.", "Nid yw camau gweithredu'r pwnc hwn ar y wefan hon eto."),
    ):
        guidance = read_guidance(Path("journeys"), guarded=False, language=language)
        renderer = Renderer(guidance, Site("A site", language=language))
        pages = {page.address: unescape(str(page.render().all)) for page in list_pages(renderer)}
        assert begun in pages["journeys/a-fairer-goal.html"]
        assert begun not in pages["journeys/a-goal.html"]
        assert topic in pages["topics/soil.html"]
        for address, text in pages.items():
            if "a-goal" not in address:
                assert "copy of the guidance does not include" not in text, address
        gaps = pages["about/gaps.html"].partition('id="begun"')[2].partition('id="statutory"')[0]
        assert gaps.count('href="../journeys/a-fairer-goal.html"') == 3
        handbook = json.dumps(Author(guidance).describe_handbook(), ensure_ascii=False)
        assert begun in handbook
        assert topic in handbook
