"""Work out from the model's annotations what each field of an entry can contain.

Checks, messages, schemas, new entries, links and comparison all read it from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from inspect import getdoc
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.text import BLANK, Text


@dataclass(frozen=True)
class Relation:
    """An annotation for a model field that contains ids of other entries."""

    kind: str
    """The noun of the entries that the ids belong to, for example "theme"."""
    back: str
    """The name under which those entries list the entries that point to them."""
    is_shared: bool = False
    """Whether entries of another journey are as good as those of this one: a law can concern several journeys."""


@dataclass(frozen=True)
class Field:
    """What a field of an entry, or a column of a table, can contain."""

    name: str
    help: str
    """What editors see about this field: the docstring below it in the model, or else of its kind of text."""
    content: type[Any] = str
    """A kind of `Text`, which says who wrote it; `str` for an id or a choice; `int`; or a kind of entry."""
    is_list: bool = False
    is_required: bool = True
    relation: Relation | None = None
    """Present if the field contains ids of other entries."""
    choices: tuple[str, ...] = ()
    """The values to choose from; empty if there is no choice."""

    @property
    def is_text(self) -> bool:
        return issubclass(self.content, Text)

    @property
    def official(self) -> bool:
        """Whether it contains the Commissioner's words."""
        return issubclass(self.content, Text) and self.content.official

    @property
    def entry(self) -> Any:
        """The kind of the entries inside this field, or None. A field with entries is always a list."""
        return self.content if issubclass(self.content, BaseModel) else None


@cache
def fields_of(kind: type[BaseModel]) -> dict[str, Field]:
    """Return the fields of a kind of entry by name, in the order of the model."""
    return {name: read_field(name, info) for name, info in kind.model_fields.items()}


def read_field(name: str, info: FieldInfo) -> Field:
    """Decode the annotation of a model field."""
    content: Any = info.annotation
    is_list = get_origin(content) is list
    if is_list or NoneType in get_args(content):
        content = get_args(content)[0]
    if get_origin(content) is Annotated:
        content = get_args(content)[0]
    choices = get_args(content) if get_origin(content) is Literal else ()
    content = str if choices else content
    help = info.description or (getdoc(content) if getattr(content, "exact", False) else None) or ""
    relation = next((note for note in info.metadata if isinstance(note, Relation)), None)
    return Field(name, help, content, is_list, info.is_required(), relation, choices)


@cache
def required_fields(kind: type[BaseModel]) -> list[str]:
    """Return the names of the fields that every entry of this kind has, in the order of the model."""
    return [name for name, field in fields_of(kind).items() if field.is_required]


@cache
def entry_fields(kind: type[BaseModel]) -> list[str]:
    """Return the names of the fields that contain entries, in the order of the model."""
    return [name for name, field in fields_of(kind).items() if field.entry]


def scaffold_item(kind: type[BaseModel], values: Mapping[str, str]) -> list[str]:
    """Return the YAML lines of a new list item: its required fields with their values, or with placeholders."""
    lines = [f"{name}: {values.get(name, BLANK)}" for name in required_fields(kind)]
    return [f"  {line}" if number else f"- {line}" for number, line in enumerate(lines)]
