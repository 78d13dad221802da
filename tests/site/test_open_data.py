"""The open data: everything of the guidance is in it, word for word, and it is as its descriptions say."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, system
from jsonschema import Draft202012Validator
from openpyxl import load_workbook  # type: ignore[import-untyped]

from generator.exports.entry_data import CSV_TABLES, KINDS, columns_of, entries_of, find_links
from generator.guidance import Guidance
from generator.model import Example

KIND_NAMES = sorted(KINDS)


@pytest.fixture(scope="module")
def data(site: Path) -> Path:
    """The folder of the open data."""
    return site / "data" / "v1"


def read_json(path: Path) -> Any:
    """Return what a JSON file has."""
    return json.loads(path.read_text(encoding="utf-8"))


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_entry_is_in_json_and_fits_its_schema(data: Path, guidance: Guidance, kind: str) -> None:
    records = read_json(data / f"{kind}.json")
    schema = read_json(data / "schemas" / f"{kind}.json")
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(records)] == []
    assert [record["id"] for record in records] == [entry.key for entry in entries_of(guidance, KINDS[kind])]
    assert read_json(data / "everything.json")[kind] == records


def test_the_schemas_refuse_other_data(data: Path) -> None:
    schema = Draft202012Validator(read_json(data / "schemas" / "actions.json"))
    (action, *_) = read_json(data / "actions.json")
    for change in ({"grade": "hard"}, {"text": 5}, {"themes": "food"}, {"extra": 1}, {"statutory_certainty": "maybe"}):
        assert list(schema.iter_errors([{**action, **change}]))
    del action["title"]
    assert list(schema.iter_errors([action]))


def test_every_word_of_the_actions(data: Path, guidance: Guidance) -> None:
    records = {record["id"]: record for record in read_json(data / "actions.json")}
    rows = {row["id"]: row for row in read_csv(data / "actions.csv")}
    examples = read_csv(data / "examples.csv")
    for action in guidance.actions:
        record, row = records[action.key], rows[action.key]
        assert record["text"] == row["text"] == action.text.plain
        assert [one["text"] for one in record["examples"]] == [one.text.plain for one in action.examples]
        assert [one["text"] for one in examples if one["of"] == action.key] == [
            example.text.plain for example in action.examples
        ]
        assert row["themes"].split("; ") == record["themes"] == action.themes
        assert row["grade"] == record["grade"] == action.grade
        assert record["statutory_certainty"] == ("inferred" if action.statutory else "lost")
        assert row["statutory"] == "; ".join(mark.under for mark in action.statutory)
    everything = [entry for top in guidance.tops for entry in top.within() if isinstance(entry, Example)]
    assert len(examples) == len(everything)
    assert {row["certainty"] for row in examples} == {"known", "inferred"}


def test_every_relation(data: Path, guidance: Guidance) -> None:
    rows = read_csv(data / "relations.csv")
    assert rows == read_json(data / "everything.json")["relations"]
    assert len(rows) == len(list(find_links(guidance)))
    pairs = {(row["from"], row["relation"], row["to"]) for row in rows}
    for action in guidance.actions:
        for name in ("themes", "next", "strengthens", "counters", "organisations"):
            assert {(action.key, name, other.key) for other in action.related[name]} <= pairs
        assert (action.key, "part of", action.topic.key) in pairs
        assert {(study.key, "illustrates", action.key) for study in action.related["case_studies"]} <= pairs
    assert {row["whose"] for row in rows} == {"official", "ours"}
    assert {row["certainty"] for row in rows} == {"known", "inferred"}
    ids = {row[name] for row in rows for name in ("from", "to")}
    assert ids <= set(guidance.entries)


def test_the_workbook_has_every_word(data: Path, guidance: Guidance) -> None:
    book = load_workbook(data / "guidance.xlsx")
    for kind in [*KINDS, "examples", "relations"]:
        sheet = book[kind.replace("-", " ").capitalize()]
        assert sheet.freeze_panes == "C2"
        assert sheet.auto_filter.ref
        header, *rows = ([cell.value or "" for cell in row] for row in sheet.iter_rows())
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
        if kind in CSV_TABLES:
            listed = read_csv(data / f"{kind}.csv")
            assert header == list(listed[0])
            assert rows == [list(row.values()) for row in listed]
        else:
            assert [row[0] for row in rows] == [entry.key for entry in entries_of(guidance, KINDS[kind])]


def test_a_published_site_has_full_addresses_and_links(addressed_site: Path) -> None:
    data = addressed_site / "data" / "v1"
    address = "https://site.example/guidance/actions/empty-homes.html"
    assert address in [row["url"] for row in read_csv(data / "actions.csv")]
    sheet = load_workbook(data / "guidance.xlsx")["Actions"]
    links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert address in links
    assert len(links) == sheet.max_row - 1


def test_the_workbook_is_the_same_each_time(data: Path, site_built_elsewhere: Path) -> None:
    again = site_built_elsewhere / "data" / "v1"
    assert {path.name: path.read_bytes() for path in data.glob("*.*")} == {
        path.name: path.read_bytes() for path in again.glob("*.*")
    }


def test_the_data_package_is_valid(data: Path) -> None:
    with system.use_context(trusted=True):
        report = Package(str(data / "datapackage.json")).validate()
    assert report.valid, report.flatten()
    assert [resource["name"] for resource in read_json(data / "datapackage.json")["resources"]] == CSV_TABLES


def test_the_page_explains_every_field(site: Path) -> None:
    html = (site / "about" / "data.html").read_text(encoding="utf-8")
    for kind in KINDS.values():
        for column in columns_of(kind):
            assert f"<code>{column.name}</code>" in html
            assert not column.help or column.help.split(".")[0].split("`")[0][:30] in html.replace("&#39;", "'")
    for name in (*CSV_TABLES, "guidance.xlsx", "everything.json"):
        assert name in html
