"""The open data: everything of the guidance is in it, word for word, and it is as its descriptions say."""

import csv
import io
import json
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, system
from jsonschema import Draft202012Validator
from openpyxl import load_workbook  # type: ignore[import-untyped]

from generator.editions.version import Version
from generator.exports.database import VIEWS
from generator.exports.entry_data import EVERY_TABLE, KINDS, TABLES, columns_of, entries_of, find_links
from generator.exports.field_help import HELP, IN_KIND
from generator.exports.samples import PYTHON, SQL
from generator.exports.tables import Table, to_csv
from generator.exports.workbook import make_workbook
from generator.fields import Field, fields_of
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
    """Return the rows of a CSV file, without the apostrophes that keep spreadsheets from reading formulas."""
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    return [{name: re.sub("^'(?='*[=+@＝-])", "", cell) for name, cell in row.items()} for row in rows]


def read_sheets(path: Path) -> dict[str, tuple[list[str], list[list[str]]]]:
    """Return the headings and the rows of each sheet of a workbook."""
    sheets = {}
    for sheet in load_workbook(path):
        header, *rows = ([cell.value or "" for cell in row] for row in sheet.iter_rows())
        sheets[sheet.title] = (header, rows)
    return sheets


@pytest.fixture(scope="module")
def database(data: Path) -> Iterator[sqlite3.Connection]:
    """The SQLite file."""
    with closing(sqlite3.connect(f"{(data / 'guidance.sqlite').as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_entry_is_in_json_and_fits_its_schema(data: Path, guidance: Guidance, kind: str) -> None:
    records = read_json(data / f"{kind}.json")
    schema = read_json(data / "schemas" / f"{kind}.json")
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


def test_everything_has_a_schema(data: Path) -> None:
    names = [*KINDS, "relations", "everything"]
    assert {path.stem for path in data.glob("*.json")} == {*names, "datapackage"}
    schemas = {path.stem: read_json(path) for path in (data / "schemas").iterdir()}
    assert schemas.keys() == set(names)
    for name, schema in schemas.items():
        Draft202012Validator.check_schema(schema)
        assert [
            error.message for error in Draft202012Validator(schema).iter_errors(read_json(data / f"{name}.json"))
        ] == []
        assert schema["version"] == read_json(data / "everything.json")["format"] == "1.0"
    assert len({schema["$id"] for schema in schemas.values()}) == len(names)


def test_every_relation(data: Path, guidance: Guidance) -> None:
    rows = read_csv(data / "relations.csv")
    assert rows == read_json(data / "everything.json")["relations"] == read_json(data / "relations.json")
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
    assert {id.split(".")[0] for id in ids} <= set(guidance.entries)


def list_nested(kind: str, records: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the table and the data of each entry of a JSON file, and of those inside it."""
    for record in records:
        yield kind, record
        for name, field in fields_of(TABLES[kind]).items():
            if field.entry:
                (inner,) = (table for table, each in TABLES.items() if each is field.entry)
                yield from list_nested(inner, record[name])


def test_the_tables_have_all_that_the_json_has(data: Path, database: sqlite3.Connection) -> None:
    """Every value, in CSV and in the database. No row is there twice."""
    everything = read_json(data / "everything.json")
    nested = [each for kind in KINDS for each in list_nested(kind, everything[kind])]
    for name in EVERY_TABLE:
        rows = read_csv(data / f"{name}.csv")
        assert len({tuple(row.values()) for row in rows}) == len(rows)
        table = name.replace("-", "_")
        stored = (
            [dict(zip(rows[0], row, strict=True)) for row in database.execute(f"SELECT * FROM {table}")] if rows else []
        )
        assert [
            {
                key: "; ".join(map(str, json.loads(value))) if str(value).startswith("[") else str(value or "")
                for key, value in row.items()
            }
            for row in stored
        ] == rows
        if name in TABLES:
            by_id = {row["id"]: row for row in rows}
            records = [record for kind, record in nested if kind == name]
            assert len(by_id) == len(records)
            for record in records:
                row = by_id[record["id"]]
                for key, value in record.items():
                    if not isinstance(value, list):
                        assert row[key] == str("" if value is None else value)
                    elif not any(isinstance(item, dict) for item in value) and key in row and key != "statutory":
                        assert row[key] == "; ".join(value)


def test_every_id_is_in_one_table(data: Path, database: sqlite3.Connection) -> None:
    """In CSV, in the workbook and in the database, all relations lead to entries that are there."""
    rows = read_csv(data / "relations.csv")
    named = {row[end] for row in rows for end in ("from", "to")}
    kinds = {row[end]: row[f"{end}_kind"] for row in rows for end in ("from", "to")}
    in_csv = [(row["id"], TABLES[name].noun) for name in TABLES for row in read_csv(data / f"{name}.csv")]
    in_database = [
        (id, TABLES[name].noun)
        for name in TABLES
        for (id,) in database.execute(f"SELECT id FROM {name.replace('-', '_')}")
    ]
    in_workbook = []
    sheets = read_sheets(data / "guidance.xlsx")
    for name, kind in TABLES.items():
        header, sheet = sheets[name.replace("-", " ").capitalize()]
        in_workbook += [(row[header.index("Reference")], kind.noun) for row in sheet]
    for found in (in_csv, in_database, in_workbook):
        assert max(Counter(id for id, _ in found).values()) == 1
        assert named <= {id for id, _ in found}
        assert {(id, kinds[id]) for id in named} <= set(found)
    header, sheet = sheets["Relations"]
    ends = [header.index(heading) for heading in ("Reference (from)", "Reference (to)")]
    assert {row[end] for row in sheet for end in ends} == named


def test_all_entries_are_in_one_table(data: Path, database: sqlite3.Connection, guidance: Guidance) -> None:
    """With their titles, so that a relation is joined in one step. In every format the keys say so."""
    entries = {row["entry"]: row for row in read_csv(data / "entries.csv")}
    assert all(row["title"] for row in entries.values())
    by_table = {(row["entry"], row["table"], row["kind"]) for row in entries.values()}
    own = {(row["id"], name, kind.noun) for name, kind in TABLES.items() for row in read_csv(data / f"{name}.csv")}
    assert by_table == own
    for action in guidance.actions:
        assert entries[action.key]["title"] == action.label
    relations = read_csv(data / "relations.csv")
    joined = database.execute('SELECT from_title, "from", relation, "to", to_title FROM related_entries').fetchall()
    assert sorted(joined) == sorted(
        (entries[row["from"]]["title"], row["from"], row["relation"], row["to"], entries[row["to"]]["title"])
        for row in relations
    )
    (described,) = (each for each in read_json(data / "datapackage.json")["resources"] if each["name"] == "relations")
    keys = described["schema"]["foreignKeys"]
    assert [key["fields"] for key in keys] == [["from"], ["to"]]
    assert {(key["reference"]["resource"], *key["reference"]["fields"]) for key in keys} == {("entries", "entry")}
    in_database = database.execute("SELECT [table], [from], [to] FROM pragma_foreign_key_list('relations')")
    assert set(in_database) == {("entries", "from", "entry"), ("entries", "to", "entry")}


def test_welsh_has_columns_of_its_own(data: Path, guidance: Guidance) -> None:
    translated = 0
    for row in read_csv(data / "actions.csv"):
        action = guidance.entries[row["id"]]
        welsh = action.translations.get("cy")
        assert row["title"] == action.label
        assert row["title_cy"] == (str(welsh.title) if welsh and welsh.title else "")  # type: ignore[attr-defined]
        translated += bool(row["title_cy"])
        assert row["official_cy"] == ""
    assert translated > 40
    (goal,) = read_csv(data / "journeys.csv")
    assert goal["official_cy"] == "; ".join(
        name.split()[0] for name in guidance.journeys[0].translations["cy"].official
    )
    assert bool(goal["official_cy"]) == bool(goal["source_cy"])


def test_the_workbook_is_for_people(data: Path, guidance: Guidance) -> None:
    book = load_workbook(data / "guidance.xlsx")
    assert book.sheetnames == [name.replace("-", " ").capitalize() for name in EVERY_TABLE]
    assert book.properties.title.startswith("Journey to Cohesive Communities (draft-")
    about, *others = book
    words = " ".join(str(cell.value) for row in about.iter_rows() for cell in row if cell.value)
    for told in ("Draft of 2023-11-14", "Future Generations", "Not known"):
        assert told in words
    for sheet in others:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$1:$1"
        header, *_ = ([cell.value for cell in row] for row in sheet.iter_rows(max_row=1))
        assert not any("_" in heading for heading in header)
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
        if sheet.title not in ("Relations", "Fields", "Retired"):
            assert header[0] in ("Title", "Name", "Part of")
            assert header[-1] == "Address"
    for sheet in book:
        for link in (cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink):
            assert not link.target
            name, _, place = link.location.rpartition("!")
            assert book[name.strip("'")][place].value
    for sheet in others:
        columns = sheet.column_dimensions.values()
        widths = {number: each.width for each in columns for number in range(each.min, each.max + 1)}
        for row in sheet[sheet.print_area.rpartition("!")[2]]:  # no program has to work out how high a row is
            lines = max(len(cell.value or "") / widths.get(cell.column, 14) for cell in row)
            assert (sheet.row_dimensions[row[0].row].height or 15) >= min(15 * lines, 408)
    for name in ("Summary", "What was done"):
        printed = book["Case studies"][book["Case studies"].print_area.rpartition("!")[2]]
        assert name in [cell.value for cell in printed[0]]
    header, rows = read_sheets(data / "guidance.xlsx")["Actions"]
    assert [row[0] for row in rows] == [action.label for action in guidance.actions]
    assert [row[header.index("Wording")] for row in rows] == [action.text.plain for action in guidance.actions]
    assert rows[0][header.index("Themes")] == "; ".join(theme.label for theme in guidance.actions[0].related["themes"])


def test_a_published_site_has_full_addresses_and_links(addressed_site: Path) -> None:
    data = addressed_site / "data" / "v1"
    address = "https://site.example/guidance/actions/empty-homes.html"
    assert address in [row["url"] for row in read_csv(data / "actions.csv")]
    sheet = load_workbook(data / "guidance.xlsx")["Actions"]
    links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert address in links
    assert len(links) == sheet.max_row - 1
    schema = read_json(data / "schemas" / "actions.json")
    assert schema["$id"] == "https://site.example/guidance/data/v1/schemas/actions.json"


def test_the_data_is_the_same_each_time(data: Path, site_built_elsewhere: Path) -> None:
    again = site_built_elsewhere / "data" / "v1"
    assert {path.name: path.read_bytes() for path in data.glob("*.*")} == {
        path.name: path.read_bytes() for path in again.glob("*.*")
    }


def test_the_data_package_is_valid(data: Path) -> None:
    """Its types and keys, and the number of bytes and the checksum of each file."""
    described = read_json(data / "datapackage.json")
    with system.use_context(trusted=True):
        report = Package(str(data / "datapackage.json")).validate()
    assert report.valid, report.flatten()
    assert [resource["name"] for resource in described["resources"]] == EVERY_TABLE
    for resource in described["resources"]:
        assert resource["bytes"] == (data / resource["path"]).stat().st_size
        assert re.fullmatch("sha256:[0-9a-f]{64}", resource["hash"])
        assert resource["schema"]["primaryKey"]
    keys = {
        (resource["name"], *key["fields"], key["reference"]["resource"])
        for resource in described["resources"]
        for key in resource["schema"].get("foreignKeys", ())
    }
    for name, kind in TABLES.items():
        for field in fields_of(kind).values():
            if field.relation and not field.is_list:
                assert {column for table, column, _ in keys if table == name} >= {field.name}
    assert {("examples", "action", "actions"), ("lessons", "of", "sources"), ("actions", "topic", "topics")} <= keys
    assert described.keys() >= {"version", "created", "sources", "contributors", "licenses"}


def test_the_database_answers_the_usual_questions(database: sqlite3.Connection, guidance: Guidance) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for view in VIEWS:
        assert database.execute(f"SELECT * FROM {view}").fetchall()
    for view, name in (("action_themes", "themes"), ("next_actions", "next")):
        expected = sum(len(action.related[name]) for action in guidance.actions)
        assert database.execute(f"SELECT count(*) FROM {view}").fetchall() == [(expected,)]
    named = {(action.key, one.key) for action in guidance.actions for one in action.organisations_named}
    query = "SELECT DISTINCT action, organisation FROM action_organisations WHERE certainty = 'known'"
    assert set(database.execute(query)) == named
    for words in ("vacant OR empty", "community", "cafe"):
        assert database.execute("SELECT entry FROM search WHERE search MATCH ?", (words,)).fetchall()
    (found, *_) = database.execute("SELECT entry FROM search WHERE search MATCH 'empty homes' ORDER BY rank")
    assert found[0].removesuffix("-2") == "empty-homes"  # tests with a copy of the topic use this, too


def test_text_stays_text() -> None:
    """Whatever a text begins with, no program takes it for a formula, and reading it back gives the text."""
    texts = ["=1+1", "+44", "-5", "@a", "'=1", "''-", "'tis", "a=1", "＝1", "- 5 people", "007", "1e5"]
    rows = [{"id": f"a-{number}", "text": text} for number, text in enumerate(texts)]
    table = Table("examples", [Field("id", ""), Field("text", "")], ["id"], rows)
    about = Table(
        "about",
        [Field("name", ""), Field("value", "")],
        ["name"],
        [{"name": name, "value": "A"} for name in ("name", "words", "terms", "address", "commit", "date")],
    )
    cells = [row["text"] for row in csv.DictReader(io.StringIO(to_csv(table).removeprefix("\ufeff")))]
    assert [re.sub("^'(?='*[=+@＝-])", "", cell) for cell in cells] == texts
    assert [cell for cell in cells if re.match("[=+@＝-]", cell)] == []
    book = load_workbook(io.BytesIO(make_workbook([about, table], Version("", True, date(2026, 1, 1)))))
    (_, *read) = book["Examples"].iter_rows()
    assert [row[0].value for row in read] == texts
    assert {row[0].data_type for row in read} == {"s"}
    assert [bool(row[0].quotePrefix) for row in read] == [bool(re.match("'*[=+@＝-]", text)) for text in texts]


def test_the_page_explains_every_field(site: Path) -> None:
    html = (site / "about" / "data.html").read_text(encoding="utf-8")
    for kind in TABLES.values():
        for column in columns_of(kind):
            assert f"<code>{column.name}</code>" in html
            assert not column.help or column.help.split(".")[0].split("`")[0][:30] in html.replace("&#39;", "'")
    for name in (*EVERY_TABLE, *VIEWS, "guidance.xlsx", "guidance.sqlite", "everything.json"):
        assert name in html


def test_every_field_is_explained_to_readers() -> None:
    names = {
        (kind.__name__, name) for kind in TABLES.values() for name, each in fields_of(kind).items() if not each.entry
    }
    assert {name for kind, name in names if name not in HELP and f"{kind}.{name}" not in IN_KIND} == {"id"}
    assert HELP.keys() <= {name for _, name in names} | {"statutory"}
    assert {tuple(name.split(".")) for name in IN_KIND} <= names


def test_ids_say_where_they_are_from(data: Path) -> None:
    """The explanation of each column with ids names the table that has them."""
    fields = {(row["table"], row["field"]): row["meaning"] for row in read_csv(data / "fields.csv")}
    tables = {kind.noun: name for name, kind in TABLES.items()}
    for name, kind in TABLES.items():
        for field in fields_of(kind).values():
            if field.relation:
                for noun in field.relation.kind.split(" or "):
                    assert f"`{tables.get(noun, 'entries')}`" in fields[name, field.name]
    for end in ("from", "to"):
        assert "`entries`" in fields["relations", end]


def test_the_examples_on_the_page_work(
    site: Path, data: Path, database: sqlite3.Connection, guidance: Guidance
) -> None:
    """All three give the same answer."""
    html = (site / "about" / "data.html").read_text(encoding="utf-8")
    for code in (PYTHON, SQL):
        assert code.strip().splitlines()[-1].strip() in html.replace("&#34;", '"').replace("&#39;", "'")
    done = subprocess.run([sys.executable, "-c", PYTHON], cwd=site, capture_output=True, text=True, check=True)
    expected = [row[0] for row in database.execute(SQL)]
    assert len(expected) > 1
    assert sorted(line.split("; ")[0] for line in done.stdout.splitlines() if "; " in line) == sorted(expected)
    sheets = read_sheets(data / "guidance.xlsx")
    header, rows = sheets["Organisations"]
    areas = {row[header.index("Name")]: row[header.index("Area")] for row in rows}
    elsewhere = ("", "Birmingham", "Scotland", "Stoke-on-Trent", "Sunderland")
    header, rows = sheets["Actions"]
    found = []
    for row in rows:
        named = row[header.index("Organisations mentioned")].split("; ")
        if "Housing and design" in row[header.index("Themes")] and any(
            areas.get(one, "") not in elsewhere for one in named
        ):
            found.append(row[header.index("Title")])
    assert sorted(found) == sorted(expected)
