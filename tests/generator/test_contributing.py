"""What CONTRIBUTING.md tells editors is so: its action is right and whole, and the check says what it explains."""

import re
from pathlib import Path

import pytest
from conftest import ROOT

from generator import read_guidance
from generator.__main__ import main
from generator.model import Action, CaseStudy

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ACTION, ORGANISATION, THEME, CASE_STUDY, RETIRED = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
ADVENTUROUS = Path("journeys/cohesive-communities/people-active-in-their-communities/adventurous.yml")


def add(file: Path, lines: str) -> None:
    before = file.read_text(encoding="utf-8").rstrip() + "\n\n" if file.exists() else ""
    file.write_text(before + lines, encoding="utf-8")


def test_its_entries_are_right(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As an action of ambition.yml its `next` leads no higher; one grade below, its scope is too much."""
    monkeypatch.chdir(project)
    add(ADVENTUROUS, re.sub("  scope: .*\n", "", ACTION))
    add(Path("journeys/organisations.yml"), ORGANISATION)
    add(Path("journeys/themes.yml"), THEME)
    add(Path("journeys/case-studies/a-hall-in-bargoed.yml"), CASE_STUDY)
    add(Path("journeys/retired.yml"), RETIRED)
    guidance = read_guidance(Path("journeys"))
    (action,) = (action for action in guidance.actions if action.id == "participatory-budgeting-for-all")
    assert action.model_fields_set | {"scope"} == set(Action.model_fields)
    (study,) = (study for study in guidance.case_studies if study.key == "a-hall-in-bargoed")
    assert study.model_fields_set | {"gap", "reworded"} == set(CaseStudy.model_fields)
    assert main(["check"]) == 0
    advice = [line for line in capsys.readouterr().err.splitlines() if "advice:" in line]
    assert len(advice) == 2
    assert "The published words of this action have not changed, so" in advice[0]
    assert "Nothing mentions the organisation" in advice[1]


def test_its_messages_are_those_of_the_check() -> None:
    explained = re.findall(
        r"^\| `(.+?)` \|", TEXT[TEXT.index("| it says |") : TEXT.index("## On your own machine")], re.M
    )
    printed = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests" / "mistakes").glob("*.txt"))
    assert len(explained) == 15
    for words in explained:
        assert words in printed


def test_its_welsh_texts_are_those_of_the_files() -> None:
    (block,) = re.findall(r"```yml\n(.*?)```", TEXT, re.DOTALL)
    assert block in (ROOT / ADVENTUROUS).with_name("simple.cy.yml").read_text(encoding="utf-8")
