"""Make JSON Schemas, with which editors complete, explain and check the YAML while someone types.

The fields and their help come from the model, the ids to choose from come from the guidance. Some rules can't be
expressed in a schema, for example that `next` leads to a higher grade. Only the check knows these.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from inspect import getdoc
from typing import Any

from generator.document import Document
from generator.fields import Field, fields_of, required_fields
from generator.guidance import Guidance
from generator.model import FILES, ID, ID_HELP, SCHEMAS, Entry, Grade, is_a, translation_of
from generator.text import Official

Schema = dict[str, Any]


def make_schemas(guidance: Guidance) -> Iterator[tuple[str, str]]:
    """Return the file name and the text of each schema: for each kind of file, and for its translations."""
    kinds = {schema_name(pattern): kind for pattern, kind in FILES.items()}
    translations = {translation_schema_name(pattern): translation_of(kind) for pattern, kind in FILES.items()}
    for name, kind in (kinds | translations).items():
        writer = SchemaWriter(guidance)
        schema = writer.entry_schema(kind)
        if name == schema_name(f"*/*/{Grade.AMBITION}.yml"):
            schema["required"].append("scope")
        else:
            schema["properties"].pop("scope", None)
        yield name, writer.write(schema, kind)


def schema_name(pattern: str) -> str:
    """Return the name of the schema for the files of a pattern. It is a plural if they contain a list."""
    if pattern.endswith(f"/{Grade.AMBITION}.yml"):
        return f"{Grade.AMBITION}.json"
    kind = FILES[pattern]
    return f"{kind.noun.replace(' ', '-')}{'s' if 'id' in kind.model_fields else ''}.json"


def translation_schema_name(pattern: str) -> str:
    """Return the name of the schema for the translations of the files of a pattern."""
    return f"{FILES[pattern].noun.replace(' ', '-')}-translation.json"


def write_schema_comment(document: Document, name: str) -> str:
    """Return the first line of a new file, which tells editors the schema of its fields."""
    return f"# yaml-language-server: $schema={'../' * (len(document.parts) - 1)}{SCHEMAS}/{name}\n"


@dataclass
class SchemaWriter:
    """Writes one schema."""

    guidance: Guidance
    definitions: dict[str, Schema] = field(default_factory=dict)
    """The ids that relations can contain, by the kind of entry. They are added while relations are written."""

    def write(self, schema: Schema, kind: type[Entry]) -> str:
        """Return the text of a file's schema, from that of an entry. A kind with an `id` field is kept in a list."""
        if "id" in kind.model_fields:
            schema = {"type": "array", "items": schema}
        schema = {"$schema": "http://json-schema.org/draft-07/schema#", **schema, "definitions": self.definitions}
        return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"

    def entry_schema(self, kind: type[Entry]) -> Schema:
        """Return the schema of an entry with the fields of its kind, and no others."""
        return {
            "description": getdoc(kind),
            "type": "object",
            "properties": {name: self.field_schema(field) for name, field in fields_of(kind).items()},
            "required": list(required_fields(kind)),
            "additionalProperties": False,
        }

    def field_schema(self, field: Field) -> Schema:
        """Return the schema of a field with its help, or with the help of what it contains."""
        value = self.value_schema(field)
        if field.is_list:
            about = {name: text for name, text in value.items() if name == "description"}
            value = {**about, "type": "array", "items": value, "uniqueItems": bool(field.relation)}
        return value | {"description": field.help} if field.help else value

    def value_schema(self, field: Field) -> Schema:
        """Return the schema of a field's value, or of one value in its list. An optional value can't be empty."""
        if field.choices:
            return {"enum": list(field.choices)}
        if field.relation:
            return {"$ref": f"#/definitions/{self.define_ids(field.relation.kind)}"}
        if field.entry:
            return self.entry_schema(field.entry)
        if field.content is Official:
            return {"description": field.help, "type": "string"}
        if field.name == "id":
            return {"description": ID_HELP, "type": "string", "pattern": ID.pattern, "errorMessage": ID_HELP}
        return {"type": "integer" if field.content is int else "string"}

    def define_ids(self, noun: str) -> str:
        """Define the ids of a kind of entry in the schema, and return the name of the definition."""
        name = noun.replace(" ", "-")
        entries = [entry for entry in self.guidance.entries.values() if is_a(type(entry), noun)]
        ids = [(entry.key, entry.label) for entry in entries]
        if len(self.guidance.journeys) > 1:  # an entry of another journey is named with it
            ids += [(f"{entry.goal.key}/{entry.key}", entry.label) for entry in entries if entry.goal]
        self.definitions[name] = {
            "type": "string",
            "enum": [id for id, _ in ids],
            "enumDescriptions": [label for _, label in ids],
            "errorMessage": f"There is no {noun} with this id. If it is new, type: make schema",
        }
        return name
