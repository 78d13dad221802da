"""The schemas for editors are up to date, and they accept and refuse the same entries as the check."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from generator import read_guidance
from generator.__main__ import main
from generator.document import TRANSLATED, Document
from generator.editing.schema import make_schemas, schema_name, translation_schema_name
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
"""The mistake files with a mistake that a schema can express."""


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft7Validator]:
    """The schemas of the small guidance, by their names."""
    return {name: Draft7Validator(json.loads(text)) for name, text in make_schemas(read_guidance(TESTS / "guidance"))}


def position_of_entry(document: Document, line: int) -> int:
    """Return the position in its list of the entry that a line belongs to."""
    return max(position for position in range(len(document.data)) if document.place((position,)).line <= line)


def split_ids(text: str) -> tuple[Any, dict[str, set[str]]]:
    """Return a schema without the ids that it offers, and these ids by the kind of entry."""
    schema = json.loads(text)
    ids = {kind: set(definition.pop("enum")) for kind, definition in schema["definitions"].items()}
    for definition in schema["definitions"].values():
        del definition["enumDescriptions"]
    return schema, ids


def test_schemas_are_up_to_date(guidance: Guidance, published: Guidance) -> None:
    """They have the fields of the model, and at least the ids of the published edition: each release renews the ids,
    but someone who adds an id in a browser can't."""
    stale = "What editors are offered is out of date. Type: make schema"
    kept = {file.name: split_ids(file.read_text(encoding="utf-8")) for file in (JOURNEYS / "schema").iterdir()}
    made = {name: split_ids(text) for name, text in make_schemas(guidance)}
    assert {name: schema for name, (schema, _) in kept.items()} == {
        name: schema for name, (schema, _) in made.items()
    }, stale
    for name, text in make_schemas(published):
        for kind, ids in split_ids(text)[1].items():
            assert kept[name][1][kind] >= ids & made[name][1][kind], f"{name}: {stale}"


@pytest.mark.parametrize("document", load_documents(JOURNEYS, []), ids=lambda document: "/".join(document.parts))
def test_real_files_follow_their_schema(document: Document, guidance: Guidance) -> None:
    """Each file names its schema in the first line, and is valid."""
    is_translation = TRANSLATED.fullmatch(document.parts[-1])
    english = Document("", (*document.parts[:-1], TRANSLATED.sub(r"\1\3", document.parts[-1])))
    pattern = next(pattern for pattern in FILES if english.matches(pattern))
    name = translation_schema_name(pattern) if is_translation else schema_name(pattern)
    above = "../" * (len(document.parts) - 1)
    header = f"# yaml-language-server: $schema={above}schema/{name}"
    assert document.lines[0] == header, f"Write into the first line of {'/'.join(document.parts)}: {header}"
    made = Draft7Validator(json.loads(dict(make_schemas(guidance))[name]))
    assert [error.message for error in made.iter_errors(document.data or [])] == []


@pytest.mark.parametrize("name", REFUSED)
def test_mistakes_are_refused(name: str, validators: dict[str, Draft7Validator]) -> None:
    """A schema refuses the same entries as the check."""
    actions = validators[schema_name(f"*/*/{name.split('.')[1]}.yml")]
    document = read_file(TESTS / "mistakes" / f"{name}.yml", TESTS, [])
    printed = (TESTS / "mistakes" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    lines = [int(line.split(":")[1]) for line in printed if line.startswith("journeys/")]
    assert {error.absolute_path[0] for error in actions.iter_errors(document.data)} == {
        position_of_entry(document, line) for line in lines
    }


@pytest.mark.parametrize("file", sorted((TESTS / "good").glob("*.simple.yml")), ids=lambda file: file.stem)
def test_good_files_are_accepted(file: Path, validators: dict[str, Draft7Validator]) -> None:
    assert [error.message for error in validators["actions.json"].iter_errors(read_file(file, TESTS, []).data)] == []


def test_editors_show_help_for_fields_and_titles_for_ids() -> None:
    action = json.loads((JOURNEYS / "schema" / "actions.json").read_text(encoding="utf-8"))
    fields, themes = action["items"]["properties"], action["definitions"]["theme"]
    assert fields["text"]["description"] == "The Commissioner's words: copy them exactly."
    assert fields["themes"]["description"].startswith("One to three ids of themes.yml")
    assert dict(zip(themes["enum"], themes["enumDescriptions"], strict=True))["sport"] == "Sport and play"


def test_schema_command(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It writes and prints the schemas that have changed, and no others."""
    shutil.copytree(TESTS / "guidance", tmp_path / "journeys")
    monkeypatch.chdir(tmp_path)
    assert main(["schema"]) == 0
    names = {name(pattern) for pattern in FILES for name in (schema_name, translation_schema_name)}
    assert len(capsys.readouterr().out.splitlines()) == len(names)
    themes = tmp_path / "journeys" / "themes.yml"
    themes.write_text(themes.read_text(encoding="utf-8").replace("Music", "Songs"), encoding="utf-8")
    assert main(["schema"]) == 0
    written = ["actions.json", "ambition.json", "retired-ids.json"]
    assert capsys.readouterr().out == "".join(f"Updated: journeys/schema/{name}\n" for name in written)
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == ""


def test_stale_schemas_are_no_mistake(tmp_path: Path) -> None:
    """The check accepts a new id although editors don't know it yet."""
    shutil.copytree(TESTS / "guidance", tmp_path / "journeys")
    (tmp_path / "journeys" / "schema").mkdir()
    (tmp_path / "journeys" / "schema" / "actions.json").write_text("{}", encoding="utf-8")
    assert main(["check", str(tmp_path / "journeys")]) == 0
