"""Change each field of each kind of entry, and see who notices: `test_protected.txt` has the result, field by field.

- reason: the check wants a reason, or refuses the change
- check: the summary of a pull request asks someone to check it
- shown: the summary and the page about changes show it
- unseen: nobody notices. Each of these has a reason in `UNSEEN`.
"""

import copy
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from conftest import ROOT

from generator.document import Document
from generator.editions.compare import compare_guidance
from generator.editions.guard import guard_edition
from generator.editions.record import make_edition_entries, make_edition_entry
from generator.fields import Field, fields_of
from generator.guidance import Guidance
from generator.model import FILES, Entry, find_pattern, is_a, translation_of
from generator.reading.link import link_entries
from generator.reading.load import load_documents
from generator.reading.translate import read_translations, split_translations

UNSEEN = {
    "english": "a checksum of the English: the check says so when it is wrong",
    "id": "only for translations: the check says so when a translation has no part, and Welsh that is lost is shown",
    "order": "search words, names, places and sources have no order of their own; Welsh has that of the English",
}
"""What can change unseen, and why."""
Data = dict[str, Any]


def read_documents() -> list[Document]:
    """Return the small guidance and its Welsh, with a value for every field of every kind of entry."""
    documents = copy.deepcopy(load_documents(ROOT / "tests" / "guidance", []))  # what is read is kept
    study = Document("case-studies/a-hall.yml", ("case-studies", "a-hall.yml"), data={"source": "a-document"})
    documents.append(study)
    filler = Filler(link(documents))
    for document in list(documents):
        pattern = find_pattern(document)
        kind, items = FILES[pattern], document.data if isinstance(document.data, list) else [document.data]
        for item in items:
            filler.fill(item, kind, document.parts)
        parts = (*document.parts[:-1], document.parts[-1].replace(".yml", ".cy.yml"))
        welsh = [filler.translate(item, kind) for item in items]
        made = welsh if isinstance(document.data, list) else welsh[0]
        documents.append(Document("/".join(parts), parts, data=made))
    return documents


class Filler:
    """Gives entries a value for every field."""

    def __init__(self, guidance: Guidance) -> None:
        self.entries, self.numbers = guidance.entries, count()

    def fill(self, data: Data, kind: type[Entry], parts: tuple[str, ...] = ()) -> None:
        """Give an entry, in the file with these parts, each field that it doesn't have."""
        for name, field in fields_of(kind).items():
            if field.entry:
                data.setdefault(name, []).extend({} for _ in range(2 - len(data.get(name, []))))
                for item in data[name]:
                    self.fill(item, field.entry)
            elif name not in data and name != "reworded" and (name != "scope" or parts[-1] == "ambition.yml"):
                value = self.make_value(field)
                if value:
                    data[name] = value

    def make_value(self, field: Field) -> Any:
        """Return a value for a field; nothing if there is no entry that it could name."""
        if field.relation:
            keys = [key for key, entry in self.entries.items() if is_a(type(entry), field.relation.kind)]
            return [] if field.name == "next" else keys[:2] if field.is_list else keys[0]
        if field.choices:
            return field.choices[0]
        if field.name == "id":
            return f"part-{letters(next(self.numbers))}"
        values = [f"Words {letters(next(self.numbers))}" for _ in range(2)]
        return values if field.is_list else 7 if field.content is int else values[0]

    def translate(self, data: Data, kind: type[Entry]) -> Data:
        """Return the Welsh of an entry. Its first text is official."""
        made: Data = {}
        for name, field in fields_of(translation_of(kind)).items():
            if field.entry:
                made[name] = [self.translate(item, fields_of(kind)[name].entry) for item in data[name]]
            elif name == "id":
                made[name] = data[name]
            elif name not in ("reworded", "official", "english"):
                made[name] = self.make_value(field)
        texts = [name for name, field in fields_of(kind).items() if field.is_text and isinstance(made.get(name), str)]
        return made | {"official": [name for name in texts if name != "gap"][:2], "english": ["a b", "c d"]}


def letters(number: int) -> str:
    """Return a number in letters: readers of changes look at digits."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def link(documents: list[Document]) -> Guidance:
    """Return the guidance in documents that have no mistakes."""
    english, translated = split_translations(documents)
    entries = list(make_edition_entries(english))
    read_translations(entries, translated, make_edition_entry)
    return link_entries(entries, english, [], {})


def list_fields(kind: type[Entry], noun: str = "") -> Iterator[tuple[str, list[str], Field]]:
    """Yield each field of a kind of entry and of those inside it: its name, the way to it, and the field."""
    for name, field in fields_of(kind).items():
        yield f"{noun or kind.noun}: {name}", [name], field
        if field.entry:
            for full, path, inner in list_fields(field.entry, f"{noun or kind.noun}, {field.entry.noun}"):
                yield full, [name, *path], inner


def find_holder(data: Any, path: list[str]) -> Data | None:
    """Return the first entry in some data that has the field at the end of a path."""
    first, *rest = path
    for entry in data if isinstance(data, list) else [data] if data else []:
        if first in entry:
            found: Data | None = find_holder(entry[first], rest) if rest else entry
            if found:
                return found
    return None


def change(value: Any, field: Field, others: list[str]) -> Any:
    """Return another value for a field."""
    if field.relation:
        return [] if field.is_list else next((other for other in others if other != value), "nowhere")
    if field.entry:
        return value[:-1]
    if field.is_list:
        return [*value, "other words"]
    if field.choices:
        return next((choice for choice in field.choices if choice != value), None)
    if field.name == "id":
        return f"{value}-more"
    return value + 1 if isinstance(value, int) else f"{value} More"


def rate(before: Guidance, documents: list[Document]) -> str:
    """Return who notices what changed in documents."""
    after = link(documents)
    changes = compare_guidance(before, after)
    if any(not problem.advice for problem in guard_edition(before, after)):
        return "reason"
    return "check" if any(change.needs_check for change in changes) else "shown" if changes else "unseen"


def try_every_change(documents: list[Document]) -> Iterator[str]:
    """Yield each field, what is done to it, and who notices."""
    before = link(documents)
    ids, kinds = (
        list(before.entries),
        FILES | {pattern.replace(".yml", ".cy.yml"): translation_of(kind) for pattern, kind in FILES.items()},
    )
    for pattern, kind in kinds.items():
        is_welsh = ".cy." in pattern
        for name, path, field in list_fields(kind):
            if path == ["id"]:
                continue  # an entry of another id is another entry: see test_guard.py
            changed = copy.deepcopy(documents)
            matching = [each for each in changed if each.matches(pattern) and (".cy." in each.parts[-1]) == is_welsh]
            holder = next((found for each in matching if (found := find_holder(each.data, path))), None)
            if holder is None:
                continue
            old = holder[path[-1]]
            others = [key for key in ids if field.relation and before.entries[key].noun == field.relation.kind]
            title = name.replace("translation of an ", "Welsh ").replace("translation of a ", "Welsh ")
            holder[path[-1]] = change(old, field, others)
            yield f"{rate(before, changed):7}{title}, changed"
            if not field.is_required:
                del holder[path[-1]]
                yield f"{rate(before, changed):7}{title}, removed"
            if isinstance(old, list) and len(old) > 1:
                holder[path[-1]] = old[::-1]
                yield f"{rate(before, changed):7}{title}, in another order"
        changed = copy.deepcopy(documents)
        several = [each for each in changed if each.matches(pattern) and isinstance(each.data, list) and not is_welsh]
        if several and len(several[0].data) > 1:
            several[0].data.reverse()
            yield f"{rate(before, changed):7}{pattern}, in another order"


def test_every_change_is_noticed_or_left_out_on_purpose() -> None:
    found = sorted(set(try_every_change(read_documents())))
    assert found == Path(__file__).with_suffix(".txt").read_text("utf-8").splitlines()
    unseen = [line.removeprefix("unseen ") for line in found if line.startswith("unseen")]
    for line in unseen:
        assert any(word in line for word in UNSEEN), line
