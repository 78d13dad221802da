"""A change of the guidance, as data. Sentences about it are made where they are displayed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from generator.fields import fields_of
from generator.model import Entry, Figure, Quote, Statutory
from generator.problem import Place
from generator.text import LINK, Text

WORD = re.compile(rf"(?:{LINK.pattern}|\S)+")
"""A word, or a link with all its words."""

FACTS = {
    *("gap", "attachment", "scope", "number"),
    *("statutory", "statutory_marks", "mark", "under", "basis", "law"),
    *("source", "date", "publisher", "official", "reviewer"),
    *("figure", "who", "place", "country", "results", "quotes"),
}
"""Fields that say how certain something is, where it comes from, who said it, or where it happened."""
QUANTITY = re.compile(
    r"\d+(?:[.,]\d+)*%?|£|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|"
    r"million|billion|half|twice|all|most|none|no|not|never|every)\b"
)
"""A number, or a word that says how many or the opposite."""

FIELD_LABELS = {
    "text": "wording",
    "gap": "note",
    "law": "link to the law",
    "bears_out": "enablers and disablers",
    "reworded": "reason for its wording",
    "about": "description",
    "also": "other names",
    "official": "official texts",
}
"""What editors call a field, where it is not the field's name."""

ChangeKind = Literal[
    "added",
    "removed",
    "part added",
    "part removed",
    "changed",
    "links changed",
    "paragraphs changed",
    "moved",
    "reordered",
    "retired",
    "kind changed",
]
"""Where links or paragraphs changed, the words are the same. "kind changed": another kind of entry has the id now."""


@dataclass(frozen=True)
class Change:
    """One change of an entry that has an id: of the whole entry, of a field, or of a part such as an example."""

    kind: ChangeKind
    before: Entry | None
    """The entry as it was; None if it is new."""
    after: Entry | None
    """The entry as it is now; None if it was removed."""
    field: str = ""
    """The field that changed, of the entry or of its part; empty for a change of the whole entry."""
    old: Any = None
    """The old value: of a list or relation only what was removed, of a part its text."""
    new: Any = None
    """The new value: of a list or relation only what was added or, if the kind is "reordered", what moved."""
    part: Entry | None = None
    """The part that was added, removed or changed. It has no id of its own."""
    official: bool = False
    """Whether official words, or their place or order, changed."""
    language: str = ""
    """The language of the translation that changed; empty for English."""

    @property
    def entry(self) -> Entry | None:
        """The entry as it is now or, if it was removed, as it was."""
        return self.after or self.before

    @property
    def words_removed(self) -> bool:
        """Whether words that are copied exactly are no longer there as they were."""
        values = self.old if isinstance(self.old, list) else [self.old]
        if self.kind == "part removed" or not self.field:
            values = [value for _, value in self.part or self.before or ()]
        is_exact = any(isinstance(value, Text) and value.exact for value in values) or (
            bool(self.language) and self.official
        )
        return is_exact and self.kind in ("removed", "part removed", "changed", "paragraphs changed")

    @property
    def needs_check(self) -> bool:
        """Whether someone should compare the change with the sources, because readers rely on what it says.

        These are facts in doubt, places in the original's order, numbers, quotations, official links, and entries that
        are gone. What is in a new entry is not a change.
        """
        part = self.part or self.after
        if not self.before or not part or not self.field:
            return self.kind in ("removed", "kind changed")
        if isinstance(part, Statutory | Figure | Quote) or self.field in FACTS or self.kind == "moved":
            return True
        if self.language:
            field = fields_of(type(part)).get(self.field)
            return self.official or (field is not None and getattr(field.content, "exact", False))
        values = [value for value in (self.old, self.new) if isinstance(value, Text)]
        if self.kind in ("reordered", "links changed"):
            return self.official or any(value.exact for value in values)
        old, new = (sorted(QUANTITY.findall(str(value or "").casefold())) for value in (self.old, self.new))
        return bool(values) and old != new

    @property
    def place(self) -> Place | None:
        """Where the change is in the current files; None if the entry was removed."""
        entry = self.after if self.kind == "part removed" else self.part or self.after
        if entry and self.language:
            entry = entry.translations.get(self.language, entry)
        return entry.where(self.field) if entry else None

    @property
    def reason(self) -> str:
        """Why the official words changed; empty if the entry gives no reason that it did not give before."""
        entries: list[Any] = [self.before, self.after]
        if self.language:
            entries = [entry and entry.translations.get(self.language) for entry in entries]
        old, new = (str(getattr(entry, "reworded", None) or "") for entry in entries)
        return new if new != old else ""


@dataclass(frozen=True)
class Revision:
    """What changed from one edition to the next."""

    since: str
    """The date of the edition before, as 2026-11-22; empty for the first edition."""
    until: str
    """The date of this edition; empty for what changed after the newest one."""
    changes: list[Change]
    """The Commissioner's words first."""

    @property
    def in_english(self) -> list[Change]:
        """All changes but those of translations."""
        return [change for change in self.changes if not change.language]

    @property
    def translations(self) -> list[Change]:
        """The changes of translations."""
        return [change for change in self.changes if change.language]

    @property
    def official(self) -> list[Change]:
        """The changes of the Commissioner's words, without what new entries say."""
        return [change for change in self.in_english if change.official and not is_inside_new(change)]

    @property
    def entries(self) -> list[Change]:
        """The new, removed and moved entries that are ours."""
        return [change for change in self.in_english if not (change.official or change.field or change.part)]

    @property
    def rest(self) -> dict[str, list[Change]]:
        """All other changes, by the field that changed. What new entries say is under an empty name, at the end."""
        groups: dict[str, list[Change]] = {}
        for change in self.in_english:
            if not change.official and (change.field or change.part) and not is_inside_new(change):
                label = "our text" if change.field == "text" else label_field(change.field)
                groups.setdefault(label, []).append(change)
        inside_new = [change for change in self.in_english if is_inside_new(change)]
        return groups | ({"": inside_new} if inside_new else {})


def is_inside_new(change: Change) -> bool:
    """Return whether a change is a field or a part of a new entry, which has a change of its own."""
    return change.before is None and bool(change.field or change.part)


def find_edition(revisions: Sequence[Revision]) -> tuple[str, bool]:
    """Return the date of the newest edition, empty if there is none, and whether the guidance has changed since.

    `revisions` begin with the newest.
    """
    newest = next((revision.until for revision in revisions if revision.until), "")
    return newest, not revisions or not revisions[0].until


def label_field(name: str) -> str:
    """Return what editors call a field."""
    return FIELD_LABELS.get(name, name.replace("_", " "))


def diff_words(old: str, new: str) -> list[tuple[str, str]]:
    """Return both texts in pieces, as pairs of old and new words.

    The two are equal where nothing changed; one is empty where words were only added or only removed.
    """
    old_words, new_words = ([word[0] for word in WORD.finditer(text)] for text in (old, new))
    steps = SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes()
    return [(" ".join(old_words[i:j]), " ".join(new_words[k:m])) for _, i, j, k, m in steps]
