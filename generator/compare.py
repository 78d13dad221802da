"""Two guidances in, what changed between them out, in the sentences that an editor would say.

Entries are known again by their id; examples, figures and the like, which have none, by their words.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from generator.change import Change
from generator.model import Action, Entry, Guidance, Statutory, relation
from generator.text import Text

ALIKE = 0.5
"""How much of their words two examples share that are taken for one that was changed."""


def compare(before: Guidance, after: Guidance) -> list[Change]:
    """Every change from one guidance to the other: of official words first, then in the order of the files."""
    old, new = entries(before), entries(after)
    changes = [Change(has_official(entry), subject(entry), "new.") for key, entry in new.items() if key not in old]
    changes += [Change(has_official(old[key]), subject(old[key]), "gone.") for key in old if key not in new]
    for key, entry in new.items():
        if key in old:
            changes += [Change(official, subject(entry), said) for official, said in between(old[key], entry)]
    return sorted(changes, key=lambda change: not change.official)


def entries(guidance: Guidance) -> dict[str, Entry]:
    """Every entry that has an id, by its kind and id."""
    return {f"{entry.noun} {entry.key}": entry for top in guidance.tops for entry in top.within() if entry.key}


def subject(entry: Entry) -> str:
    """How to speak of an entry."""
    grade = f"{entry.grade.value.capitalize()} " if isinstance(entry, Action) else ""
    noun = entry.noun if grade else entry.noun[0].upper() + entry.noun[1:]
    return f"{grade}{noun} *{entry.label}*"


def has_official(entry: Entry) -> bool:
    """Whether any of its own words are the Commissioner's."""
    return any(isinstance(value, Text) and value.official for _, value in entry)


def between(old: Entry, new: Entry) -> Iterator[tuple[bool, str]]:
    """What changed in one entry: whether official words did, and a sentence."""
    if isinstance(old, Action) and isinstance(new, Action):
        if old.grade != new.grade:
            yield True, f"moved from {old.grade.value.capitalize()} to {new.grade.value.capitalize()}."
        if old.topic.key != new.topic.key:
            yield True, f"moved from the topic *{old.topic.label}* to *{new.topic.label}*."
    for name, field in type(new).model_fields.items():
        was, now = getattr(old, name), getattr(new, name)
        if relation(field):
            yield from related(name, old, new)
        elif isinstance(was, list) or isinstance(now, list):
            if any(isinstance(item, Entry) for item in [*was, *now]):
                yield from parts(name, [e for e in was if not e.key], [e for e in now if not e.key])
            else:
                yield from listed(name, [str(item) for item in was], [str(item) for item in now])
        elif was != now:
            yield value(name, was, now)


def value(name: str, was: Any, now: Any) -> tuple[bool, str]:
    """One field that is not a list."""
    official = any(isinstance(words, Text) and words.official for words in (was, now))
    what = {"text": "wording", "gap": "note on the source"}.get(name, name.replace("_", " "))
    whose = f"the Commissioner's {what}" if official else f"the {what}"
    if was is None:
        return official, f"{whose} is new: {now}"
    if now is None:
        return official, f"{whose} is gone; it was: {was}"
    return official, f"{whose} changed: {marked(str(was), str(now))}"


def marked(was: str, now: str) -> str:
    """The words as they are now, with the changed ones marked: ~~gone~~ and **new**."""
    old, new = was.split(), now.split()
    said: list[str] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            said += new[k:m]
        else:
            said += [f"~~{' '.join(old[i:j])}~~"] if j > i else []
            said += [f"**{' '.join(new[k:m])}**"] if m > k else []
    return " ".join(said)


def related(name: str, old: Entry, new: Entry) -> Iterator[tuple[bool, str]]:
    """Ids of other entries that came or went, by the labels of these."""
    was = {other.key: other.label for other in old.related[name]}
    now = {other.key: other.label for other in new.related[name]}
    what = "what comes next" if name == "next" else name.replace("_", " ")
    came = [f"*{label}*" for key, label in now.items() if key not in was]
    went = [f"*{label}*" for key, label in was.items() if key not in now]
    yield from came_and_went(what, came, went)


def listed(name: str, was: list[str], now: list[str]) -> Iterator[tuple[bool, str]]:
    """Words of a list that came or went."""
    yield from came_and_went(name, [word for word in now if word not in was], [word for word in was if word not in now])


def came_and_went(what: str, came: list[str], went: list[str]) -> Iterator[tuple[bool, str]]:
    if came:
        yield False, f"{what}: {', '.join(came)} added."
    if went:
        yield False, f"{what}: {', '.join(went)} removed."


def parts(name: str, was: list[Entry], now: list[Entry]) -> Iterator[tuple[bool, str]]:
    """Examples, St marks, figures and the like that came, went or changed. Pairs are found by their words."""
    left = [entry for entry in was if words(entry) not in map(words, now)]
    for entry in now:
        twin = next((other for other in was if words(other) == words(entry)), None)
        if twin is None and (near := nearest(entry, left)):
            left.remove(near)
            twin = near
        if twin:
            yield from ((official, f"{entry.noun}: {said}") for official, said in between(twin, entry))
        else:
            yield has_official(entry), came_in(entry)
    for entry in left:
        gone = f"no longer marked St under *{entry.related['under'][0].label}*." if isinstance(entry, Statutory) else ""
        yield has_official(entry), gone or f"{entry.noun} gone: {words(entry)}"


def came_in(entry: Entry) -> str:
    """A new part of an entry."""
    if isinstance(entry, Statutory):
        return f"marked St under *{entry.related['under'][0].label}*, because: {entry.basis}"
    return f"new {entry.noun}: {words(entry)}"


def words(entry: Entry) -> str:
    """All words of an entry without an id, by which it is known again."""
    named = [str(value) for name, value in entry if isinstance(value, Text) and name != "gap"]
    return "; ".join([*named, entry.under] if isinstance(entry, Statutory) else named)


def nearest(entry: Entry, others: list[Entry]) -> Entry | None:
    """The entry that shares most of its words with this one, if it shares enough."""
    alike = {i: SequenceMatcher(None, words(entry), words(other)).ratio() for i, other in enumerate(others)}
    best = max(alike, key=lambda i: alike[i], default=None)
    return others[best] if best is not None and alike[best] >= ALIKE else None
