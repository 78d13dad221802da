"""Make the open data: JSON of each kind and of everything, CSV, one workbook, schemas, and a description of it all."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from generator.certainty import explain_lost_mark
from generator.exports.entry_data import (
    CSV_TABLES,
    EXAMPLE_COLUMNS,
    KINDS,
    OWNER,
    RELATION_COLUMNS,
    Link,
    columns_of,
    entries_of,
    entry_to_data,
    find_links,
    flat_columns,
)
from generator.fields import Field, fields_of
from generator.guidance import Guidance
from generator.model import Action, Entry, Example
from generator.text import make_id

FOLDER = "data/v1"
WORKBOOK = "guidance.xlsx"
JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
Row = dict[str, Any]
Table = tuple[list[Field], list[Row]]
"""The columns and the rows of a table."""


def export_open_data(guidance: Guidance, name: str, address: str, edition: str) -> Iterator[tuple[str, str | bytes]]:
    """Yield the address of each file, from the root of the site, and its content.

    `name` is the site's name, and `address` its address or an empty string. `edition` is the date of the newest edition
    or an empty string.
    """
    data = {kind: [entry_to_data(entry, address) for entry in entries_of(guidance, KINDS[kind])] for kind in KINDS}
    relations = [to_row(link) for link in find_links(guidance)]
    yield from export_json(data, relations, {"name": name, "edition": edition or None, "terms": None})
    tables = make_tables(data, relations)
    data.clear()  # the workbook takes a lot of memory
    for kind in CSV_TABLES:
        yield f"{FOLDER}/{kind}.csv", to_csv(*tables[kind])
    yield f"{FOLDER}/datapackage.json", to_json(describe_package(name, edition, tables))
    yield f"{FOLDER}/{WORKBOOK}", make_workbook(tables, address)


def export_json(data: dict[str, list[Row]], relations: list[Row], about: Row) -> Iterator[tuple[str, str]]:
    """Yield the files with each kind of entry and with everything. `about` is what that one says about the site."""
    texts = {kind: list_rows(rows) for kind, rows in (data | {"relations": relations}).items()}
    for kind in KINDS:
        yield f"{FOLDER}/{kind}.json", f"{texts[kind]}\n"
        schema = {"$schema": JSON_SCHEMA, "title": kind, "type": "array", "items": make_object_schema(KINDS[kind])}
        yield f"{FOLDER}/schemas/{kind}.json", to_json(schema)
    parts = {name: json.dumps(value) for name, value in about.items()} | texts
    members = ",\n".join(f"{json.dumps(part)}: {text}" for part, text in parts.items())
    yield f"{FOLDER}/everything.json", f"{{{members}}}\n"


def list_rows(rows: Sequence[Row]) -> str:
    """Return entries or relations as JSON, one in a line: Python is slow to indent them, and they are many."""
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"


def to_json(data: object) -> str:
    """Return data as readable JSON."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


# --- Tables ----------------------------------------------------------------------------------------------------------


def make_tables(data: dict[str, list[Row]], relations: list[Row]) -> dict[str, Table]:
    """Return a table for each kind of entry, and one each for examples and relations.

    A cell with several values has semicolons between them. Entries inside others are left out, except examples, which
    have a table of their own.
    """
    tables: dict[str, Table] = {}
    for kind, entries in data.items():
        columns = flat_columns(KINDS[kind])
        tables[kind] = columns, [flatten(entry, columns) for entry in entries]
    examples = [
        {**example, OWNER.name: owner["id"]}
        for kind, entries in data.items()
        for owner in entries
        for field in fields_of(KINDS[kind]).values()
        if field.entry is Example
        for example in owner[field.name]
    ]
    tables["examples"] = EXAMPLE_COLUMNS, [flatten(example, EXAMPLE_COLUMNS) for example in examples]
    tables["relations"] = RELATION_COLUMNS, relations
    return tables


def flatten(entry: Row, columns: Sequence[Field]) -> Row:
    """Return an entry's data as a row of text, with the ids of the requirements in place of St marks."""
    cells = entry | {"statutory": [mark["under"] for mark in entry.get("statutory", ())]}
    return {column.name: to_cell(cells[column.name]) for column in columns}


def to_cell(value: Any) -> str:
    """Return a value as the text of a cell."""
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def to_row(link: Link) -> Row:
    """Return a relation as a row. An entry without an id is named by the one that it is inside."""
    start = link.start if link.start.key else link.start.parent
    relation = link.relation
    if not link.start.key:
        relation = f"example {relation}" if isinstance(link.start, Example) else f"{link.start.noun}: {relation}"
    values = (start.key, link.start.noun, relation, link.end.key, link.end.noun, link.whose, link.certainty)
    return {column.name: value for column, value in zip(RELATION_COLUMNS, values, strict=True)}


def to_csv(columns: Sequence[Field], rows: Sequence[Row]) -> str:
    """Return a table as CSV. It starts with a byte-order mark, so that spreadsheets read it as UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [column.name for column in columns], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return f"\ufeff{text.getvalue()}"


# --- Workbook --------------------------------------------------------------------------------------------------------

WIDTHS = {"text": 60, "title": 40, "name": 40, "summary": 60, "what_was_done": 60, "reason": 60, "url": 40, "gap": 40}
"""The widths of columns, in characters. Those not named here have 18."""


def make_workbook(tables: dict[str, Table], address: str) -> bytes:
    """Return a workbook with a sheet for each table: headers that stay, filters, and links to the pages."""
    content = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = Workbook(content, plain)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})  # the same bytes each time
    header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"valign": "top", "font_color": "#0f5a5e", "underline": 1})
    for name, (columns, rows) in tables.items():
        sheet = book.add_worksheet(name.replace("-", " ").capitalize())
        for place, column in enumerate(columns):
            sheet.set_column(place, place, WIDTHS.get(column.name, 18))
            sheet.write_string(0, place, column.name, header)
            if column.help:
                sheet.write_comment(0, place, column.help, {"width": 300})
            for number, row in enumerate(rows, start=1):
                value = row[column.name]
                if column.name == "url" and address and len(value) < 2000:
                    sheet.write_url(number, place, value, link, string=value)
                else:
                    sheet.write_string(number, place, value, wrapped)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    book.close()
    return content.getvalue()


# --- Descriptions ----------------------------------------------------------------------------------------------------


def make_object_schema(kind: type[Entry]) -> Row:
    """Return the JSON Schema of one entry of a kind."""
    return {
        "type": "object",
        "properties": {column.name: make_value_schema(column) for column in columns_of(kind)},
        "required": [column.name for column in columns_of(kind)],
        "additionalProperties": False,
    }


def make_value_schema(column: Field) -> Row:
    """Return the JSON Schema of a field. Without a value it is null, or an empty list."""
    item: Row = {"type": "integer" if column.content is int else "string"}
    if column.entry:
        item = make_object_schema(column.entry)
    if column.choices:
        item["enum"] = list(column.choices)
    about = {"description": describe_meaning(column)}
    if column.is_list:
        return {**about, "type": "array", "items": item}
    if column.choices:
        item["enum"].append(None)
    return {**about, **item, "type": [item["type"], "null"]}


def describe_meaning(column: Field) -> str:
    """Return what a field means, and whether it has the Commissioner's words."""
    return f"The Commissioner's words. {column.help}" if column.official else column.help


def describe_package(name: str, edition: str, tables: dict[str, Table]) -> Row:
    """Return the description of the CSV files as a Data Package: https://datapackage.org/."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": make_id(name),
        "title": name,
        **({"version": edition} if edition else {}),
        "resources": [
            {
                "name": kind,
                "type": "table",
                "path": f"{kind}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8-sig",
                "dialect": {"lineTerminator": "\r\n"},
                "schema": {"fields": [describe_column(column) for column in tables[kind][0]]},
            }
            for kind in CSV_TABLES
        ],
    }


def describe_column(column: Field) -> Row:
    """Return the description of a column of a CSV file."""
    several = " Several values have semicolons between them." if column.is_list else ""
    return {"name": column.name, "type": "string", "description": f"{describe_meaning(column)}{several}".strip()}


# --- The list of actions ---------------------------------------------------------------------------------------------


def export_actions(guidance: Guidance) -> str:
    """Return the text of `data/actions.json`, which is older than the open data. Programs still read it."""
    return json.dumps([action_to_data(action) for action in guidance.actions], ensure_ascii=False, indent=1)


def action_to_data(action: Action) -> dict[str, Any]:
    """Return an action as data, with the keys that this file has always had.

    `statutory` is None if it is not known whether the action is statutory, and `statutory_note` says why. A mark has
    its origin under `basis`, and the sentence about its basis under `why`.
    """
    data, is_lost = entry_to_data(action), action.statutory_certainty == "lost"
    marks = [{"under": mark.under, "basis": mark.origin, "why": mark.basis.plain} for mark in action.statutory]
    return {
        **{name: data[name] for name in ("id", "url", "topic", "grade", "scope", "title", "text", "gap")},
        "statutory": None if is_lost else marks,
        "statutory_note": explain_lost_mark(str) if is_lost else None,
        "examples": [{"text": example["text"], "gap": example["gap"]} for example in data["examples"]],
        "themes": data["themes"],
        "organisations": [organisation.key for organisation in action.organisations_named],
        "case_studies": [case_study.key for case_study in action.related["case_studies"]],
        "next": data["next"],
    }
