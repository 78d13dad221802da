"""The schemas for editors: fresh, true of the real guidance, and of one mind with the check."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from generator import read_guidance
from generator.__main__ import main
from generator.document import Document
from generator.editing.schema import make_schemas, schema_name
from generator.guidance import Guidance
from generator.model import FILES
from generator.reading.load import load_documents, read_file

TESTS = Path(__file__).parent.parent
JOURNEYS = TESTS.parent / "journeys"
REFUSED = [
    "unknown-field.simple",
    "misspelt-field.simple",
    "field-of-another-kind.simple",
    "unknown-field-of-st-mark.simple",
    "missing-text.simple",
    "number-where-text-is-meant.simple",
    "true-where-text-is-meant.simple",
    "misspelt-id.simple",
    "unknown-id.simple",
    "id-of-another-kind.simple",
    "id-with-capitals.simple",
    "same-id-twice-in-a-relation.simple",
    "words-where-list-is-meant.simple",
    "statutory-as-true.simple",
    "misspelt-scope.ambition",
    "no-scope-in-ambition.ambition",
    "scope-outside-ambition.simple",
    "scope-with-capital.ambition",
]
"""Mistakes that a schema can see."""


@pytest.fixture(scope="module")
def small() -> dict[str, Draft7Validator]:
    """The schemas that the small guidance gives, by their names."""
    return {name: Draft7Validator(json.loads(text)) for name, text in make_schemas(read_guidance(TESTS / "guidance"))}


def entry_at(document: Document, line: int) -> int:
    """The position of the entry of a list that a line belongs to."""
    return max(position for position in range(len(document.data)) if document.place((position,)).line <= line)


def parted(schema: str) -> tuple[Any, dict[str, set[str]]]:
    """A schema without the ids that it offers, and these, under the kind of entry that has them."""
    whole = json.loads(schema)
    ids = {kind: set(offered.pop("enum")) for kind, offered in whole["definitions"].items()}
    for offered in whole["definitions"].values():
        del offered["enumDescriptions"]
    return whole, ids


def test_fresh(guidance: Guidance, published: Guidance) -> None:
    """Editors are offered the fields of the model, and the ids of the published edition at least: who adds an id in a
    browser cannot renew the schemas, and each release does."""
    stale = "What editors are offered is out of date. Type: make schema"
    kept = {file.name: parted(file.read_text(encoding="utf-8")) for file in (JOURNEYS / "schema").iterdir()}
    made = {name: parted(text) for name, text in make_schemas(guidance)}
    assert {name: schema for name, (schema, _) in kept.items()} == {
        name: schema for name, (schema, _) in made.items()
    }, stale
    for name, text in make_schemas(published):
        for kind, ids in parted(text)[1].items():
            assert kept[name][1][kind] >= ids & made[name][1][kind], f"{name}: {stale}"


@pytest.mark.parametrize("document", load_documents(JOURNEYS, []), ids=lambda document: "/".join(document.parts))
def test_real_file(document: Document, guidance: Guidance) -> None:
    """Each file names its schema in the first line, and keeps to it."""
    name = next(schema_name(pattern) for pattern in FILES if document.fits(pattern))
    above = "../" * (len(document.parts) - 1)
    header = f"# yaml-language-server: $schema={above}schema/{name}"
    assert document.lines[0] == header, f"Write into the first line of {'/'.join(document.parts)}: {header}"
    made = Draft7Validator(json.loads(dict(make_schemas(guidance))[name]))
    assert [error.message for error in made.iter_errors(document.data or [])] == []


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, small: dict[str, Draft7Validator]) -> None:
    """The entries that the check finds fault with are those that the schema does."""
    actions = small[schema_name(f"*/*/{name.split('.')[1]}.yml")]
    document = read_file(TESTS / "mistakes" / f"{name}.yml", TESTS, [])
    said = (TESTS / "mistakes" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    lines = [int(line.split(":")[1]) for line in said if line.startswith("journeys/")]
    assert {error.absolute_path[0] for error in actions.iter_errors(document.data)} == {
        entry_at(document, line) for line in lines
    }


@pytest.mark.parametrize("file", sorted((TESTS / "good").glob("*.simple.yml")), ids=lambda file: file.stem)
def test_good(file: Path, small: dict[str, Draft7Validator]) -> None:
    assert [error.message for error in small["actions.json"].iter_errors(read_file(file, TESTS, []).data)] == []


def test_help_and_titles() -> None:
    """What is shown beside a field and beside an id."""
    action = json.loads((JOURNEYS / "schema" / "actions.json").read_text(encoding="utf-8"))
    fields, themes = action["items"]["properties"], action["definitions"]["theme"]
    assert fields["text"]["description"] == "The Commissioner's words: copy them exactly."
    assert fields["themes"]["description"].startswith("One to three ids of themes.yml")
    assert dict(zip(themes["enum"], themes["enumDescriptions"], strict=True))["sport"] == "Sport and play"


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It writes what has changed, says so, and writes nothing twice."""
    shutil.copytree(TESTS / "guidance", tmp_path / "journeys")
    monkeypatch.chdir(tmp_path)
    assert main(["schema"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(set(map(schema_name, FILES)))
    themes = tmp_path / "journeys" / "themes.yml"
    themes.write_text(themes.read_text(encoding="utf-8").replace("Music", "Songs"), encoding="utf-8")
    assert main(["schema"]) == 0
    written = ["actions.json", "ambition.json", "retired-ids.json"]
    assert capsys.readouterr().out == "".join(f"Written: journeys/schema/{name}\n" for name in written)
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == ""


def test_stale_schemas_are_no_mistake(tmp_path: Path) -> None:
    """Who adds an organisation is not stopped by a file that he never sees."""
    shutil.copytree(TESTS / "guidance", tmp_path / "journeys")
    (tmp_path / "journeys" / "schema").mkdir()
    (tmp_path / "journeys" / "schema" / "actions.json").write_text("{}", encoding="utf-8")
    assert main(["check", str(tmp_path / "journeys")]) == 0
