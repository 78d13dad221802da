"""Make the open data: JSON of each kind and of everything, tables in three formats, and descriptions of it all."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from uuid import NAMESPACE_URL, uuid5

from generator.editions.version import Version
from generator.exports.database import make_database
from generator.exports.entry_data import KINDS, RELATION_COLUMNS, columns_of, entries_of, entry_to_data
from generator.exports.tables import SEPARATOR, Row, Table, list_relations, make_tables, to_csv
from generator.exports.workbook import make_workbook
from generator.fields import Field
from generator.guidance import Guidance
from generator.model import each_once
from generator.text import make_id

FOLDER = "data/v1"
WORKBOOK, DATABASE = "guidance.xlsx", "guidance.sqlite"
FORMAT = "1.0"
"""The version of the format. The first number is that of the folder and changes only with it."""
JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"
TERMS = "Not known: our copy of the guidance does not say on what terms others may use it."
WHOSE = (
    "The guidance is in the words of the Future Generations Commissioner for Wales, who has not published or checked "
    "this data. Titles, themes, case studies and links between entries are ours."
)
EMPTY = "An empty value means that nothing is recorded, not “no”."
ABOUT = {
    "name": "The name of the site.",
    "address": "The address of the site, if that is known.",
    "format": "The version of the format.",
    "edition": "The date of the edition. Empty for a draft.",
    "draft_after": "For a draft, the date of the edition before it, if there is one.",
    "date": "The date of the edition, or the day on which the draft was built.",
    "commit": "The commit in the repository that it was made from, if that is known.",
    "words": "Whose words these are.",
    "terms": "On what terms others may use it.",
}
"""What the data says about itself, and what that means."""


def export_open_data(
    guidance: Guidance, name: str, address: str, version: Version
) -> Iterator[tuple[str, str | bytes]]:
    """Yield the address of each file, from the root of the site, and its content.

    `name` is the site's name, and `address` its address or an empty string.
    """
    about = describe_data(name, address, version)
    data = {kind: [entry_to_data(entry, address) for entry in entries_of(guidance, KINDS[kind])] for kind in KINDS}
    relations = list_relations(guidance)
    yield from export_json(data, relations, about, address)
    tables = make_tables(data, relations, about)
    data.clear()  # the workbook takes a lot of memory
    files = {}
    for table in tables:
        text = to_csv(table)
        files[table.name] = text.encode()
        yield f"{FOLDER}/{table.name}.csv", text
    yield f"{FOLDER}/datapackage.json", to_json(describe_package(guidance, about, version, tables, files))
    files.clear()
    yield f"{FOLDER}/{DATABASE}", make_database(tables)
    yield f"{FOLDER}/{WORKBOOK}", make_workbook(tables, version)


def export_actions(guidance: Guidance, address: str) -> str:
    """Return the text of `data/actions.json`: an older address of `data/v1/actions.json`, which programs still read."""
    return f"{list_rows([entry_to_data(action, address) for action in guidance.actions])}\n"


def describe_data(name: str, address: str, version: Version) -> Row:
    """Return what the data says about itself."""
    edition, after = (None, version.edition or None) if version.is_draft else (version.edition, None)
    state = {"edition": edition, "draft_after": after, "date": str(version.day), "commit": version.commit or None}
    return {"name": name, "address": address or None, "format": FORMAT, **state, "words": WHOSE, "terms": TERMS}


def export_json(
    data: dict[str, list[Row]], relations: list[Row], about: Row, address: str
) -> Iterator[tuple[str, str]]:
    """Yield the files with each kind of entry and with everything, and their schemas."""
    texts = {kind: list_rows(rows) for kind, rows in (data | {"relations": relations}).items()}
    for kind, text in texts.items():
        yield f"{FOLDER}/{kind}.json", f"{text}\n"
    parts = {name: json.dumps(value, ensure_ascii=False) for name, value in about.items()} | texts
    members = ",\n".join(f"{json.dumps(part)}: {text}" for part, text in parts.items())
    yield f"{FOLDER}/everything.json", f"{{{members}}}\n"
    lists = {kind: {"type": "array", "items": make_object_schema(columns_of(KINDS[kind]))} for kind in KINDS}
    lists["relations"] = {"type": "array", "items": make_object_schema(RELATION_COLUMNS)}
    facts = {name: {"type": ["string", "null"], "description": help} for name, help in ABOUT.items()}
    whole = {"type": "object", "properties": facts | lists, "required": [*facts, *lists], "additionalProperties": False}
    for name, schema in (lists | {"everything": whole}).items():
        path = f"{FOLDER}/schemas/{name}.json"
        id = f"{address}{path}" if address else uuid5(NAMESPACE_URL, f"{make_id(about['name'])}/{path}").urn
        yield path, to_json({"$schema": JSON_SCHEMA, "$id": id, "version": FORMAT, "title": name, **schema})


def list_rows(rows: Sequence[Row]) -> str:
    """Return entries or relations as JSON, one in a line: Python is slow to indent them, and they are many."""
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"


def to_json(data: object) -> str:
    """Return data as JSON in one line."""
    return json.dumps(data, ensure_ascii=False) + "\n"


# --- Descriptions ----------------------------------------------------------------------------------------------------


def make_object_schema(columns: Sequence[Field]) -> Row:
    """Return the JSON Schema of an object with these fields."""
    return {
        "type": "object",
        "properties": {column.name: make_value_schema(column) for column in columns},
        "required": [column.name for column in columns],
        "additionalProperties": False,
    }


def make_value_schema(column: Field) -> Row:
    """Return the JSON Schema of a field. Without a value it is null, or an empty list."""
    item: Row = {"type": "integer" if column.content is int else "string"}
    if column.entry:
        item = make_object_schema(columns_of(column.entry))
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


def describe_package(
    guidance: Guidance, about: Row, version: Version, tables: Sequence[Table], files: dict[str, bytes]
) -> Row:
    """Return the description of the CSV files as a Data Package: https://datapackage.org/.

    `files` are their contents by the names of the tables.
    """
    stated = [source for entry in guidance.tops for source in entry.related.get("source", ())]
    sources = each_once(stated)
    publishers = dict.fromkeys(source.publisher.plain for source in sources)
    draft = f"This is a draft of {about['date']}, not an edition." if version.is_draft else ""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": make_id(about["name"]),
        "title": about["name"],
        "description": f"{about['words']} {EMPTY} {draft}".strip(),
        "version": version.name,
        "created": f"{about['date']}T00:00:00Z",
        **({"homepage": about["address"]} if about["address"] else {}),
        "licenses": [{"name": "notspecified", "title": about["terms"]}],
        "sources": [{"title": f"{source.label} ({source.publisher.plain})"} for source in sources],
        "contributors": [
            {"title": about["name"], "roles": ["creator", "publisher"]},
            *({"title": publisher, "roles": ["author"]} for publisher in publishers),
        ],
        "resources": [
            {
                "name": table.name,
                "type": "table",
                "path": f"{table.name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8-sig",
                "bytes": len(files[table.name]),
                "hash": f"sha256:{hashlib.sha256(files[table.name]).hexdigest()}",
                "dialect": {"lineTerminator": "\r\n"},
                "schema": describe_table(table),
            }
            for table in tables
        ],
    }


def describe_table(table: Table) -> Row:
    """Return the Table Schema of a CSV file: the type of each column, and where its ids are."""
    keys = [
        {"fields": [column], "reference": {"resource": other, "fields": [key]}}
        for column, other, key in table.references
    ]
    fields = [describe_column(column, is_key=column.name in table.key) for column in table.columns]
    return {"fields": fields, "primaryKey": [*table.key], **({"foreignKeys": keys} if keys else {})}


def describe_column(column: Field, *, is_key: bool) -> Row:
    """Return the description of a column of a CSV file."""
    several = f" Several values have “{SEPARATOR}” between them." if column.is_list else ""
    kind: Row = {"type": "integer" if column.content is int else "string"}
    if column.is_list:
        kind = {"type": "list", "delimiter": SEPARATOR, "itemType": "string"}
    constraints: Row = {"required": True} if is_key else {}
    if column.choices and not column.is_list:
        constraints |= {"enum": [*column.choices]}
    described = {"name": column.name, **kind, "description": f"{describe_meaning(column)}{several}".strip()}
    return described | ({"constraints": constraints} if constraints else {})
