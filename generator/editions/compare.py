"""Two guidances in, what changed between them out, in the sentences that an editor would say.

Entries are known again by their id; examples, figures and the like, which have none, by their words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from generator.change import Change
from generator.fields import fields_of
from generator.guidance import Guidance
from generator.model import Action, Entry, Grade, Retired, Statutory, Topic
from generator.problem import Place, a
from generator.text import LINK, Text

ALIKE = 0.5
"""How much of their words two examples share that are taken for one that was changed."""
FEW = 5
"""So many that moved are named."""
WORD = re.compile(rf"(?:{LINK.pattern}|\S)+")
"""A word, or a link with all its words."""
CALLED = {
    "text": "wording",
    "gap": "note on the source",
    "reworded": "reason for its wording",
    "about": "description",
    "also": "other names",
}
"""What editors call a field, where it is not its name."""


class Said(NamedTuple):
    """What changed in a field: a sentence, whether official words did, whether any of these are lost, and where."""

    sentence: str
    official: bool = False
    lost: bool = False
    place: Place | None = None


def compare_guidance(before: Guidance, after: Guidance) -> list[Change]:
    """Every change from one guidance to the other: of official words first, then in the order of the files."""
    old, new = before.entries, after.entries
    changes = [change for key, entry in new.items() if key not in old for change in whole(entry)]
    changes += [Change(entry, None, "gone.", has_official(entry), True) for key, entry in old.items() if key not in new]
    for key in (key for key in new if key in old):
        changes += between(old[key], new[key])
    for theme in out_of_place(before.themes, after.themes):
        changes.append(Change(old[theme.key], theme, "moved to another place among the themes."))
    return sorted(changes, key=lambda change: not change.official)


def whole(new: Entry) -> Iterator[Change]:
    """A new entry, and what it says besides its title."""
    yield Change(None, new, "new.", has_official(new))
    for name, said in compare_fields(None, new):
        if name in new.model_fields_set - {"id", "title", "name"}:
            yield Change(None, new, *said, name)


def has_official(entry: Entry) -> bool:
    """Whether any of its own words are the Commissioner's."""
    return any(isinstance(value, Text) and value.official for _, value in entry)


def between(old: Entry, new: Entry) -> Iterator[Change]:
    """What changed in one entry that has an id."""
    if isinstance(new, Retired) and not isinstance(old, Retired):
        end = "" if str(new.reason).endswith((".", "!", "?")) else "."
        sentence = f"retired: {new.reason}{end} It leads on to {listing(new.related['replaced_by'])}."
        yield Change(old, new, sentence, has_official(old))
    elif new.noun != old.noun:
        yield Change(old, new, f"was {a(old.noun)} before.", has_official(old) or has_official(new))
    else:
        moves = [Change(old, new, sentence, True) for sentence in moved(old, new)]
        changes = [Change(old, new, *said, name) for name, said in compare_fields(old, new)]
        if any(change.lost for change in changes):  # each of these gives the reason
            changes = [change for change in changes if change.field != "reworded"]
        yield from moves + changes


def moved(old: Entry, new: Entry) -> Iterator[str]:
    """Whether an entry stands in another grade, topic or entry, or the actions of a topic in another order."""
    if old.parent and new.parent and old.parent.key != new.parent.key:
        yield f"moved from *{old.parent.label}* to *{new.parent.label}*."
    if isinstance(old, Action) and isinstance(new, Action):
        if old.grade != new.grade:
            yield f"moved from {old.grade.capitalize()} to {new.grade.capitalize()}."
        if old.topic.key != new.topic.key:
            yield f"moved from the topic *{old.topic.label}* to *{new.topic.label}*."
    if isinstance(old, Topic) and isinstance(new, Topic):
        for grade in Grade:
            if others := out_of_place(old.graded(grade), new.graded(grade)):
                who = f": {listing(others)} moved." if len(others) <= FEW else "."
                yield f"its {grade.capitalize()} actions stand in another order{who}"


def out_of_place(old: Sequence[Entry], new: Sequence[Entry]) -> list[Entry]:
    """The entries of a list that stand elsewhere among those that stay in it."""
    keys = {known(entry) for entry in new}
    was = [known(entry) for entry in old if known(entry) in keys]
    now = [entry for entry in new if known(entry) in was]
    steps = SequenceMatcher(None, was, [known(entry) for entry in now], autojunk=False).get_opcodes()
    return [entry for kind, _, _, i, j in steps if kind in ("insert", "replace") for entry in now[i:j]]


def listing(entries: Iterable[Entry]) -> str:
    """Entries by what they are called."""
    return ", ".join(f"*{entry.label}*" for entry in entries)


def compare_fields(old: Entry | None, new: Entry) -> Iterator[tuple[str, Said]]:
    """What changed in each field, by its name; of a new entry, what it holds."""
    for name, field in fields_of(type(new)).items():
        was, now = getattr(old, name, None), getattr(new, name)
        changes: Iterable[Said] = ()
        if field.relation:
            changes = related(name, old, new)
        elif isinstance(now, list):
            entries = any(isinstance(item, Entry) for item in [*(was or []), *now])
            changes = (parts if entries else listed)(name, was or [], now)
        elif was != now:
            changes = [value(name, was, now, " is new: " if old else ": ")]
        for said in changes:
            yield name, said if said.place else said._replace(place=new.where(name))


def value(name: str, was: Any, now: Any, new: str) -> Said:
    """One field that is not a list; `new` stands before its words where there were none."""
    official = any(isinstance(words, Text) and words.official for words in (was, now))
    whose = f"the Commissioner's {called(name)}" if official else f"the {called(name)}"
    if was is None:
        return Said(f"{whose}{new}{now}", official)
    if now is None:
        return Said(f"{whose} is gone; it was: {was}", official, official)
    if isinstance(was, Text) and isinstance(now, Text) and was.plain == now.plain:
        return Said(f"links of {whose}: {', '.join(links(was, now))}.")
    if str(was).split() == str(now).split():
        return Said(f"{whose} is divided into other paragraphs.", official, official)
    return Said(f"{whose} changed: {marked(str(was), str(now))}", official, official)


def called(name: str) -> str:
    """What editors call a field."""
    return CALLED.get(name, name.replace("_", " "))


def links(was: Text, now: Text) -> Iterator[str]:
    """What became of the links of words that are the same."""
    for words, address in now.links:
        if (words, address) not in was.links:
            yield f"*{words}* leads to {address} now" if address else f"the address of *{words}* is gone"
    for words, _ in was.links:
        if words not in dict(now.links):
            yield f"*{words}* is no link any more"


def marked(was: str, now: str) -> str:
    """The words as they are now, with the changed ones marked: ~~gone~~ and **new**."""
    old, new = ([word[0] for word in WORD.finditer(words)] for words in (was, now))
    said: list[str] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            said += new[k:m]
        else:
            said += [f"~~{' '.join(old[i:j])}~~"] if j > i else []
            said += [f"**{' '.join(new[k:m])}**"] if m > k else []
    return " ".join(said)


def related(name: str, old: Entry | None, new: Entry) -> Iterator[Said]:
    """Ids of other entries that came or went, by the labels of these."""
    was = {other.key: other for other in (old.related.get(name, []) if old else ())}
    now = {other.key: other for other in new.related[name]}
    came = [other for key, other in now.items() if key not in was]
    went = [other for key, other in was.items() if key not in now]
    if came and went and not isinstance(getattr(new, name), list):
        yield Said(f"the {called(name)} changed from {listing(went)} to {listing(came)}.")
    elif not came and not went and list(was) != list(now):
        yield Said(f"{called(name)}: {listing(now.values())}, in this order now.")
    elif name == "next":
        said = [f"leads on to {listing(came)}"] * bool(came) + [f"no longer leads on to {listing(went)}"] * bool(went)
        if said:
            yield Said(f"{' and '.join(said)}.")
    else:
        yield from came_and_went(called(name), listing(came), listing(went))


def listed(name: str, was: list[str], now: list[str]) -> Iterator[Said]:
    """Words of a list that came or went."""
    came, went = (", ".join(word for word in one if word not in other) for one, other in ((now, was), (was, now)))
    yield from came_and_went(called(name), came, went)


def came_and_went(what: str, came: str, went: str) -> Iterator[Said]:
    """What came to a list and what went from it, each in words; nothing for neither."""
    said = [f"{came} added"] * bool(came) + [f"{went} removed"] * bool(went)
    if said:
        yield Said(f"{what}: {', '.join(said)}.")


def parts(name: str, before: list[Entry], after: list[Entry]) -> Iterator[Said]:
    """Examples, St marks, figures and the like that came, went or changed. Pairs are found by their words.

    Entries with an id stand for themselves.
    """
    was, now = ([entry for entry in entries if not entry.key] for entries in (before, after))
    left = [entry for entry in was if words(entry) not in map(words, now)]
    for entry in now:
        twin = next((other for other in was if words(other) == words(entry)), None)
        if twin is None and (near := nearest(entry, left)):
            left.remove(near)
            twin = near
        if twin:
            for _, said in compare_fields(twin, entry):
                yield said._replace(sentence=f"{entry.noun}: {said.sentence}")
        else:
            came = f"new {entry.noun}: {words(entry)}"
            if isinstance(entry, Statutory):
                came = f"marked St under {law(entry)}, because: {entry.basis}"
            elif named := [f"{called(name)}: {listing(others)}" for name, others in entry.related.items() if others]:
                came += f" ({'; '.join(named)})"
            yield Said(came, has_official(entry), place=entry.where())
    for entry in left:
        went = f"no longer marked St under {law(entry)}." if isinstance(entry, Statutory) else ""
        yield Said(went or f"{entry.noun} gone: {words(entry)}", has_official(entry), has_official(entry))
    if out_of_place(before, after):
        yield Said(f"its {called(name)} stand in another order.", any(map(has_official, after)))


def law(mark: Statutory) -> str:
    """The requirement of an St mark."""
    return next((f"*{requirement.label}*" for requirement in mark.related["under"]), mark.under)


def known(entry: Entry) -> str:
    """By what an entry of a list is known again."""
    return entry.key or words(entry)


def words(entry: Entry) -> str:
    """All words of an entry without an id, by which it is known again."""
    named = [str(value) for name, value in entry if isinstance(value, Text) and name != "gap"]
    return "; ".join([*named, entry.under] if isinstance(entry, Statutory) else named)


def nearest(entry: Entry, others: list[Entry]) -> Entry | None:
    """The entry that shares most of its words with this one, if it shares enough."""
    alike = {i: SequenceMatcher(None, words(entry), words(other), False).ratio() for i, other in enumerate(others)}
    best = max(alike, key=lambda i: alike[i], default=None)
    return others[best] if best is not None and alike[best] >= ALIKE else None
