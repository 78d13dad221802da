"""The guidance in, JSON Schemas out: by them editors complete, explain and underline while somebody types.

The model gives the fields and their help, the guidance gives the ids that a relation may name. What no line of a schema
can say (that `next` leads higher) is left to the check.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from inspect import getdoc
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from generator.model import FILES, ID, ID_HELP, Entry, Grade, Guidance, To, is_a, relation, schema_name
from generator.text import Official

Schema = dict[str, Any]


def make_schemas(guidance: Guidance) -> Iterator[tuple[str, str]]:
    """The name of each schema, one for each kind of file, and its text."""
    for name, pattern in {schema_name(pattern): pattern for pattern in FILES}.items():
        kind, writer = FILES[pattern], Writer(guidance)
        whole = writer.entry(kind)
        if name == schema_name(f"*/*/{Grade.AMBITION}.yml"):
            whole["required"].append("scope")
        else:
            whole["properties"].pop("scope", None)
        if "id" in kind.model_fields:
            whole = {"type": "array", "items": whole}
        whole = {"$schema": "http://json-schema.org/draft-07/schema#", **whole, "definitions": writer.ids}
        yield name, json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


@dataclass
class Writer:
    """Writes one schema."""

    guidance: Guidance
    ids: dict[str, Schema] = field(default_factory=dict)
    """The ids that its relations may name, under the kind of entry that has them."""

    def entry(self, kind: type[Entry]) -> Schema:
        """An entry of this kind, with its fields and no others."""
        return {
            "description": getdoc(kind),
            "type": "object",
            "properties": {name: self.field_of(field) for name, field in kind.model_fields.items()},
            "required": [name for name, field in kind.model_fields.items() if field.is_required()],
            "additionalProperties": False,
        }

    def field_of(self, field: FieldInfo) -> Schema:
        """A field with its help, or with that of its type."""
        value = self.value(field.annotation, relation(field))
        return value | {"description": field.description} if field.description else value

    def value(self, annotation: Any, to: To | None) -> Schema:
        """What stands in a field of this type. One that may be left out may not be empty."""
        inner = [one for one in get_args(annotation) if one is not NoneType]
        if get_origin(annotation) is Literal:
            return {"enum": inner}
        if get_origin(annotation) is list:
            items = self.value(inner[0], to)
            about = {"description": items["description"]} if "description" in items else {}
            return {**about, "type": "array", "items": items, "uniqueItems": bool(to)}
        if to:
            return {"$ref": f"#/definitions/{self.named(to.kind)}"}
        if inner:
            return self.value(inner[0], to)
        if issubclass(annotation, Entry):
            return self.entry(annotation)
        if issubclass(annotation, Official):
            return {"description": getdoc(Official), "type": "string"}
        if annotation is str:
            return {"description": ID_HELP, "type": "string", "pattern": ID.pattern, "errorMessage": ID_HELP}
        return {"type": "integer" if annotation is int else "string"}

    def named(self, noun: str) -> str:
        """The name under which the ids of this kind of entry stand in the schema."""
        name = noun.replace(" ", "-")
        within = [entry for top in self.guidance.tops for entry in top.within()]
        entries = [entry for entry in within if entry.key and is_a(type(entry), noun)]
        self.ids[name] = {
            "type": "string",
            "enum": [entry.key for entry in entries],
            "enumDescriptions": [entry.label for entry in entries],
            "errorMessage": f"There is no {noun} of this id. If it is new, type: make schema",
        }
        return name
