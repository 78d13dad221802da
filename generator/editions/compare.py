"""Compare two versions of the guidance and return what changed, as data.

Entries are matched by their id. Parts without one (examples, figures and the like) are matched by their text.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import chain
from typing import Any

from generator.editions.change import Change, ChangeKind
from generator.fields import fields_of
from generator.guidance import Guidance
from generator.model import Entry, Grade, Retired, Statutory, Topic, Translation
from generator.reading.translate import own_texts, read_official
from generator.text import Text

SIMILAR = 0.5
"""Two parts whose texts are at least this similar, from 0 to 1, are the same part, which has changed."""


def compare_guidance(before: Guidance, after: Guidance) -> list[Change]:
    """Return every change, starting with official words, in the order of the files."""
    old, new = before.entries, after.entries
    changes = [change for key in new if key not in old for change in compare_entries(None, new[key])]
    removed = [entry for key, entry in old.items() if key not in new]
    changes += [Change("removed", entry, None, official=has_official_text(entry)) for entry in removed]
    changes += [change for key in new if key in old for change in compare_entries(old[key], new[key])]
    changes += [Change("reordered", old[theme.key], theme) for theme in find_moved(before.themes, after.themes)]
    return sorted(changes, key=lambda change: not change.official)


def compare_entries(old: Entry | None, new: Entry) -> Iterator[Change]:
    """Yield the changes of one entry that has an id; `old` is None if it is new."""
    if old is None:
        yield Change("added", None, new, official=has_official_text(new))
        yield from compare_fields(None, new)
        yield from compare_translations(None, new)
    elif isinstance(new, Retired) and not isinstance(old, Retired):
        yield Change("retired", old, new, official=has_official_text(old))
    elif new.noun != old.noun:
        yield Change("kind changed", old, new, official=has_official_text(old) or has_official_text(new))
    else:
        yield from compare_positions(old, new)
        changes = list(compare_fields(old, new))
        if any(change.words_removed for change in changes):
            # The reason belongs to these changes, and is no change of its own.
            changes = [change for change in changes if change.field != "reworded"]
        yield from changes
        if old.parts == new.parts:  # else its translations are still in another file, and the check says so
            yield from compare_translations(old, new)


def compare_positions(old: Entry, new: Entry) -> Iterator[Change]:
    """Yield moves of an entry to another entry, grade or topic, and moves among the actions of a topic."""
    for name in ("parent", "grade", "topic"):
        was, now = getattr(old, name, None), getattr(new, name, None)
        if was and now and identify(was) != identify(now):
            yield Change("moved", old, new, name, was, now, official=True)
    if isinstance(old, Topic) and isinstance(new, Topic):
        for grade in Grade:
            if moved := find_moved(old.graded(grade), new.graded(grade)):
                yield Change("reordered", old, new, "actions", new=moved, official=True)


def compare_fields(old: Entry | None, new: Entry) -> Iterator[Change]:
    """Yield the changes of each field. For a new entry, yield what its fields contain besides its id and name."""
    for name, field in fields_of(type(new)).items():
        if name == "id" or (old is None and name in ("title", "name")):
            continue
        now: Any = getattr(new, name)
        was: Any = getattr(old, name, [] if isinstance(now, list) else None)
        if field.relation:
            was, now = (entry.related.get(name, []) if entry else [] for entry in (old, new))
        if not isinstance(now, list):
            if was != now:
                yield compare_values(old, new, name, was, now)
        elif not field.relation and any(isinstance(item, Entry) for item in was + now):
            yield from compare_parts(old, new, name, was, now)
        elif (removed := without(was, now)) + (added := without(now, was)):
            yield Change("changed", old, new, name, removed, added, official=any(map(is_official, removed + added)))
        elif field.relation and (moved := find_moved(was, now)):
            yield Change("reordered", old, new, name, new=moved)


def compare_translations(old: Entry | None, new: Entry) -> Iterator[Change]:
    """Yield the changes in the translations of an entry, without those of its parts and entries inside it."""
    was, now = (entry.translations if entry else {} for entry in (old, new))
    for language in sorted({*was, *now}):
        before, after = was.get(language), now.get(language)
        official = {name for each in (before, after) if each for name, _ in read_official(each)}
        for name in dict.fromkeys(name for each in (after, before) if each for name in fields_to_compare(each)):
            first, second = (getattr(each, name, None) or None for each in (before, after))
            if name == "official":  # their checksums don't matter to readers
                first, second = (
                    [field for field, _ in read_official(each)] if each else [] for each in (before, after)
                )
            if isinstance(first or second, list):
                removed, added = without(first or [], second or []), without(second or [], first or [])
                if removed or added:
                    yield Change("changed", old, new, name, removed, added, language=language)
            elif first != second:
                change = compare_values(old, new, name, first, second)
                yield replace(
                    change,
                    language=language,
                    official=name in official and change.kind not in ("added", "links changed"),
                )


def fields_to_compare(translation: Translation) -> list[str]:
    """Return the fields of a translation whose changes matter to readers: its texts, and what they rest on."""
    return [*own_texts(translation), "source", "official", "reviewer"]


def compare_values(old: Entry | None, new: Entry, name: str, was: Any, now: Any) -> Change:
    """Return how a field changed from one value to another."""
    kind: ChangeKind = "added" if was is None else "removed" if now is None else "changed"
    official = is_official(was) or is_official(now)
    if isinstance(was, Text) and isinstance(now, Text):
        if was.plain == now.plain:
            kind, official = "links changed", False
        elif was.split() == now.split():
            kind = "paragraphs changed"
    return Change(kind, old, new, name, was, now, official=official)


def compare_parts(old: Entry | None, new: Entry, name: str, was: list[Entry], now: list[Entry]) -> Iterator[Change]:
    """Yield which parts of a list were added, removed, changed or reordered.

    Entries with an id have changes of their own, so only their order counts here.
    """
    old_parts, new_parts = ([part for part in parts if not part.key] for parts in (was, now))
    removed = without(old_parts, new_parts)
    for part in new_parts:
        match = next((other for other in old_parts if text_of(other) == text_of(part)), None)
        if match is None and (match := find_similar(part, removed)):
            removed.remove(match)
        if match:
            for change in chain(compare_fields(match, part), compare_translations(match, part)):
                yield replace(change, before=old, after=new, part=part)
        else:
            yield Change("part added", old, new, name, new=text_of(part), part=part, official=has_official_text(part))
            for change in compare_translations(None, part):
                yield replace(change, before=old, after=new, part=part)
    for part in removed:
        yield Change("part removed", old, new, name, text_of(part), part=part, official=has_official_text(part))
    if moved := find_moved(was, now):
        yield Change("reordered", old, new, name, new=moved, official=any(map(has_official_text, now)))


def find_moved(old: Sequence[Entry], new: Sequence[Entry]) -> list[Entry]:
    """Return the entries of a list that are in another place among those that stay in it."""
    was, now = without(old, without(old, new)), without(new, without(new, old))
    steps = SequenceMatcher(None, [*map(identify, was)], [*map(identify, now)], autojunk=False).get_opcodes()
    return [entry for kind, _, _, i, j in steps if kind in ("insert", "replace") for entry in now[i:j]]


def without(items: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """Return the entries or words of a list that are not in another list."""
    found = {identify(other) for other in others}
    return [item for item in items if identify(item) not in found]


def find_similar(part: Entry, others: list[Entry]) -> Entry | None:
    """Return the part with the most similar text; None if no text is similar enough."""
    ratios = [SequenceMatcher(None, text_of(part), text_of(other), autojunk=False).ratio() for other in others]
    best = max(ratios, default=0.0)
    return others[ratios.index(best)] if best >= SIMILAR else None


def identify(item: Entry | str) -> str:
    """Return what identifies an item of a list: an entry's id or, without one, its text; a word itself."""
    return item.key or text_of(item) if isinstance(item, Entry) else item


def text_of(part: Entry) -> str:
    """Return all the text of an entry without an id."""
    texts = [str(value) for name, value in part if isinstance(value, Text) and name != "gap"]
    return "; ".join([*texts, part.under] if isinstance(part, Statutory) else texts)


def is_official(value: Any) -> bool:
    """Return whether a value is a text in the Commissioner's words."""
    return isinstance(value, Text) and value.official


def has_official_text(entry: Entry) -> bool:
    """Whether any text of the entry itself, leaving out its parts, is official."""
    return any(is_official(value) for _, value in entry)
