"""A translation of the guidance: which texts need one, and how far each can be trusted."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from generator.fields import fields_of
from generator.model import Entry, Part
from generator.problem import Place
from generator.text import Name, Text

TRANSLATED = re.compile(r"(.+)\.([a-z]{2})(\.yml)")
"""The name of a file with translations: that of the English file, with a language before its ending."""

Status = Literal["official", "reviewed", "ours", "missing", "out of date"]
"""How far a translation can be trusted. "reviewed" and "ours" are our own words, with and without a review."""


@dataclass(frozen=True)
class TextStatus:
    """The status of one text of the guidance in another language."""

    language: str
    entry: Entry
    """The entry with the text."""
    field: str
    is_official: bool
    """Whether the English is the Commissioner's words."""
    status: Status
    place: Place
    """Where the translation is; if it is missing, where the English is."""
    source: str = ""
    """The id of the source of an official text."""
    reviewer: str = ""


def texts_to_translate(entry: Entry) -> Iterator[tuple[str, Text]]:
    """Yield the field and the English of each text of an entry that needs a translation. Names and keywords don't."""
    for name, field in fields_of(type(entry)).items():
        text = getattr(entry, name)
        is_name = field.content is Name or name in ("reworded", "page")
        if text and field.is_text and not field.is_list and not is_name:
            yield name, text


def checksum_of(text: Text) -> str:
    """Return a short checksum of an English text. It changes with the text, but not with its line breaks."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:6]


def name_in_translation(entry: Any) -> str:
    """Return the id by which a translation names an entry; empty if it has none."""
    return str((entry.id if isinstance(entry, Part) else entry.key) or "")
