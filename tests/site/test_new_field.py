"""A new field is one line of the model: checks, schemas, new entries, comparison, pages and data follow from it."""

import csv
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, build_site, copy_project

FIELDS = {
    "first_step": "Text | None = None",
    "legal_wording": "Official | None = None",
    "cost_band": 'Literal["low", "high"] | None = None',
    "staff_needed": "int | None = None",
    "relies_on": 'Annotated[list[Ref], Relation("organisation", "relied_on_by")] = []',
    "local_names": "list[Text] = []",
    "legal_terms": "list[Official] = []",
    "further_examples": "list[Example] = []",
}
"""A made-up field of each kind for actions, as lines of the model."""
AFTER_FIELDS = '    _topic: "Topic" = PrivateAttr()\n'
"""The line of the model after the last field of an action."""
OLD = """
  first_step: Ask the neighbours.
  legal_wording: The law allows it.
  cost_band: low
  staff_needed: 0
  relies_on: [a-town]
  local_names: [fête]
  legal_terms: [event]
  further_examples:
    - text: A town had tea.
      organisations: [a-town]
"""
NEW = """
  first_step: Ask all neighbours.
  legal_wording: The law always allows it.
  cost_band: high
  staff_needed: 2
  relies_on: [a-village]
  local_names: [gala]
  legal_terms: [street event]
  further_examples:
    - text: Cake made everyone happy.
      organisations: [a-village]
"""
VALUES = {"simple": (OLD, NEW), "adventurous": ("", OLD), "ambition": (OLD, "")}
"""The values of the fields in the one action of each grade, in the first edition and now: changed, added, removed."""
WELSH = """- id: street-party
  english: [first_step {checksum}]
  first_step: Gofynnwch i'r cymdogion.
"""


@dataclass
class Grown:
    """A project with the made-up fields in its model, and what some of its commands wrote."""

    project: Path
    said: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, status: int = 0) -> str:
        """Run a command of the project's own generator and return what it prints."""
        command = [sys.executable, "-m", "generator", *arguments]
        done = subprocess.run(command, cwd=self.project, capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stderr
        return done.stdout + done.stderr

    def read(self, address: str) -> str:
        """Return the text of a file of the built site."""
        return (self.project / "site" / address).read_text(encoding="utf-8-sig")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Grown:
    """Add the fields to the model, publish an edition with their values, change these, and build the site."""
    grown = Grown(copy_project(tmp_path_factory.mktemp("grown") / "project", "cy"))
    journeys, model = grown.project / "journeys", grown.project / "generator" / "model.py"
    shutil.rmtree(journeys)
    shutil.copytree(ROOT / "tests" / "guidance", journeys)
    lines = "".join(f'    {name}: {kind}\n    """What {name} means."""\n' for name, kind in FIELDS.items())
    text = model.read_text(encoding="utf-8")
    assert text.count(AFTER_FIELDS) == 1
    model.write_text(text.replace(AFTER_FIELDS, f"{lines}\n{AFTER_FIELDS}"), encoding="utf-8")

    files = {grade: journeys / "a-goal" / "a-topic" / f"{grade}.yml" for grade in VALUES}
    actions = {grade: file.read_text(encoding="utf-8").rstrip() for grade, file in files.items()}
    grown.run("new", "action", "Tea dance", "--grade", "simple")
    grown.said["new"] = files["simple"].read_text(encoding="utf-8").removeprefix(actions["simple"])

    def write(now: bool, more: str = "") -> None:
        for grade, values in VALUES.items():
            files[grade].write_text(f"{actions[grade]}{values[now]}{more}\n", encoding="utf-8")

    organisations = journeys / "organisations.yml"
    organisations.write_text(organisations.read_text("utf-8") + "\n- id: a-village\n  name: A Village\n", "utf-8")
    actions["ambition"] = actions["ambition"].replace("  reworded: The first edition had only half of it.\n", "")
    write(now=False)
    grown.run("check")
    grown.run("schema")
    grown.run("release")
    write(now=True)
    grown.said["check"] = grown.run("check", status=1)
    write(now=True, more="\n  reworded: The law changed.")
    translation = journeys / "a-goal" / "a-topic" / "simple.cy.yml"
    translation.write_text(WELSH.format(checksum="000000"), "utf-8")
    checksum = re.search(r'"first_step (\w{6})"', grown.run("check"))
    assert checksum
    translation.write_text(WELSH.format(checksum=checksum[1]), "utf-8")
    grown.run("check")
    grown.said["diff"] = grown.run("diff")
    built = build_site(grown.project, grown.project / "site")
    assert built.returncode == 0, built.stderr
    return grown


def test_it_is_in_the_schema_and_in_new_entries(grown: Grown) -> None:
    schema = json.loads((grown.project / "journeys" / "schema" / "actions.json").read_text(encoding="utf-8"))
    properties = schema["items"]["properties"]
    for name in FIELDS:
        assert properties[name]["description"] == f"What {name} means."
        assert f"  ## What {name} means.\n  # {name}:" in grown.said["new"]
    assert properties["cost_band"]["enum"] == ["low", "high"]
    assert properties["staff_needed"]["type"] == "integer"
    assert properties["relies_on"]["items"] == {"$ref": "#/definitions/organisation"}


def test_its_official_words_are_guarded(grown: Grown) -> None:
    """All words that are copied exactly, and no others."""
    reported = re.findall(r"([a-z]+)\.yml:.* changed without a reason: (.*?[.\"]) [A-Z]", grown.said["check"])
    assert sorted(reported) == [
        ("ambition", '"event" was removed.'),
        ("ambition", "example removed: A town had tea."),
        ("ambition", "the Commissioner's legal wording was removed: The law allows it."),
        ("simple", '"always" was added.'),
        ("simple", '"event" was removed.'),
        ("simple", "example removed: A town had tea."),
    ]


def test_its_changes_are_told_to_editors(grown: Grown) -> None:
    official, ours = grown.said["diff"].split("## Our words")
    party, festival, streets = "street parties*: ", "street festivals*: ", "for people*: "
    for told in (
        f"{party}the Commissioner's legal wording changed: The law **always** allows it.",
        f"{party}legal terms: street event added, event removed.",
        f"{festival}the Commissioner's legal wording is new: The law allows it.",
        f"{streets}the Commissioner's legal wording was removed: The law allows it.",
    ):
        assert told in official
    for told in (
        f"{party}the cost band changed: ~~low~~ **high**",
        f"{party}the staff needed changed: ~~0~~ **2**",
        f"{party}relies on: *A Village* added, *A Town* removed.",
        f"{party}local names: gala added, fête removed.",
        f"{festival}the staff needed is new: 0",
        f"{streets}the staff needed was removed: 0",
        f"{streets}the first step was removed: Ask the neighbours.",
    ):
        assert told in ours


@pytest.mark.parametrize("language", ["", "cy/"])
def test_its_changes_are_told_to_readers(grown: Grown, language: str) -> None:
    """Without a label of its own, a field has its name with spaces, which is English on every page."""
    html = " ".join(grown.read(f"{language}about/changes.html").split())
    for name in FIELDS.keys() - {"further_examples"}:
        label = name.replace("_", " ")
        assert html.count(f', <span lang="en">{label}</span>:' if language else f", {label}:") == 3
    assert html.count("Cake made everyone happy.") == 1
    assert html.count("A town had tea.") == 3
    if language:
        assert '(<span lang="en">first step</span>)' in grown.read("cy/about/welsh.html")


def test_it_is_in_the_open_data(grown: Grown) -> None:
    (action, *_) = json.loads(grown.read("data/v1/actions.json"))
    expected: dict[str, Any] = {
        "first_step": "Ask all neighbours.",
        "legal_wording": "The law always allows it.",
        "cost_band": "high",
        "staff_needed": 2,
        "relies_on": ["a-village"],
        "local_names": ["gala"],
        "legal_terms": ["street event"],
    }
    assert {name: action[name] for name in expected} == expected
    assert [one["text"] for one in action["further_examples"]] == ["Cake made everyone happy."]
    row = next(csv.DictReader(grown.read("data/v1/actions.csv").splitlines()))
    in_cells = {name: value[0] if isinstance(value, list) else str(value) for name, value in expected.items()}
    assert {name: row[name] for name in expected} == in_cells
    examples = list(csv.DictReader(grown.read("data/v1/examples.csv").splitlines()))
    assert ("street-party", "Cake made everyone happy.") in {(row["of"], row["text"]) for row in examples}
    relations = list(csv.DictReader(grown.read("data/v1/relations.csv").splitlines()))
    related = {(row["from"], row["relation"], row["to"]) for row in relations}
    assert {("street-party", "relies_on", "a-village"), ("street-festival", "relies_on", "a-town")} <= related
    properties = json.loads(grown.read("data/v1/schemas/actions.json"))["items"]["properties"]
    assert properties.keys() >= FIELDS.keys()
    assert properties["legal_wording"]["description"] == "The Commissioner's words. What legal_wording means."
    for page in ("about/data.html", "cy/about/data.html"):
        for name in FIELDS:
            assert f"<code>{name}</code>" in grown.read(page)
