"""Describe changes in plain words, as Markdown for a pull request."""

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.editions.change import Change, diff_words, label_field
from generator.messages import name_in_english
from generator.model import Action, Entry, Retired, Statutory
from generator.problem import capitalise, with_article
from generator.text import Text

CHECK = """These changes are about what we know, and how certain it is: legal duties, gaps, sources, numbers, who said \
what, and the order of the original. Compare each with its source. If one was not meant, change it back."""
"""What the summary of a pull request says above such changes."""
FEW = 5
"""If no more actions than this were reordered, they are named."""
MARKDOWN = re.compile(r"[\\`*_\[\]~|#]")
"""The characters that have a meaning in Markdown, besides < and &."""


def describe_changes(changes: Sequence[Change]) -> str:
    """Return a list of changes: the Commissioner's words first, because they need the Commissioner's eye."""
    if not changes:
        return "Nothing has changed in the guidance."
    english = [change for change in changes if not change.language]
    official = [change for change in english if change.official]
    parts = [("The Commissioner's words", official), ("Our words", [c for c in english if not c.official])]
    for language in sorted({change.language for change in changes if change.language}):
        parts.append((f"Texts in {name_in_english(language)}", [c for c in changes if c.language == language]))
    return "\n\n".join(f"## {title}\n\n" + "\n".join(map(describe_change, group)) for title, group in parts if group)


def describe_checks(changes: Sequence[Change]) -> str:
    """Return the changes of facts that someone should compare with the sources; nothing if there are none."""
    checks = [change for change in changes if change.needs_check]
    if not checks:
        return ""
    return "\n\n".join(["## Please check", CHECK, "\n".join(map(describe_change, checks))])


def describe_change(change: Change) -> str:
    """Return one change as an item of a list: the entry, what changed, and the reason if it gives a new one."""
    entry = change.before if change.kind == "retired" else change.after or change.before
    assert entry, "A change has an entry before it or after it."
    subject = capitalise(f"{entry.grade} action" if isinstance(entry, Action) else entry.noun)
    if change.part and change.kind in ("part added", "part removed"):
        sentence = describe_part(change, change.part)
    elif change.field:
        sentence = (f"{change.part.noun}: " if change.part else "") + describe_field(change)
    else:
        sentence = describe_entry(change)
    why = f" Why: {escape(change.reason)}" if change.words_removed and change.reason else ""
    return " ".join(f"- {subject} *{escape(entry.label)}*: {sentence}{why}".split())


def escape(value: object) -> str:
    """Return a text or number as Markdown that shows it as it is, without images, links, HTML or marks."""
    return MARKDOWN.sub(r"\\\g<0>", str(value)).replace("&", "&amp;").replace("<", "&lt;")


def describe_entry(change: Change) -> str:
    """Return what happened to a whole entry."""
    before, after = change.before, change.after
    if isinstance(after, Retired) and change.kind == "retired":
        end = "" if str(after.reason).endswith((".", "!", "?")) else "."
        return f"retired: {escape(after.reason)}{end} Readers go to {join_names(after.related['replaced_by'])} instead."
    if before and change.kind == "kind changed":
        return f"used to be {with_article(before.noun)}."
    if change.kind == "reordered":
        return "moved in the order of the themes."
    return "new." if change.kind == "added" else "removed."


def describe_part(change: Change, part: Entry) -> str:
    """Return which example, St mark or other part was added or removed."""
    if isinstance(part, Statutory):
        law = join_names(part.related["under"]) or escape(part.under)
        added = change.kind == "part added"
        return f"marked St under {law}, because: {escape(part.basis)}" if added else f"no longer marked St under {law}."
    if change.kind == "part removed":
        return f"{part.noun} removed: {escape(change.old)}"
    related = [f"{label_field(name)}: {join_names(others)}" for name, others in part.related.items() if others]
    return f"new {part.noun}: {escape(change.new)}" + (f" ({'; '.join(related)})" if related else "")


def describe_field(change: Change) -> str:
    """Return what changed in a field."""
    old, new, label = change.old, change.new, label_field(change.field)
    if change.language:
        label = f"{name_in_english(change.language)} {label}"
    if change.kind == "moved":
        what = "the topic " if change.field == "topic" else ""
        return f"moved from {what}{capitalise(join_names([old]))} to {capitalise(join_names([new]))}."
    if change.kind == "reordered":
        return describe_order(change)
    if isinstance(new, list):
        return describe_list(change, label)
    is_official = any(isinstance(value, Text) and value.official for value in (old, new))
    whose = f"the Commissioner's {label}" if is_official else f"the {label}"
    if change.language and change.official:
        whose = f"the official {label}"
    if change.kind == "added":
        return f"{whose}{' is new' if change.before else ''}: {escape(new)}"
    if change.kind == "removed":
        return f"{whose} was removed: {escape(old)}"
    if change.kind == "links changed":
        return f"links in {whose}: {', '.join(describe_links(old, new))}."
    if change.kind == "paragraphs changed":
        return f"{whose} has different paragraphs."
    return f"{whose} changed: {mark_changes(str(old), str(new))}"


def describe_order(change: Change) -> str:
    """Return which list is in another order: a topic's actions, the ids of a relation, or parts."""
    label, entry = label_field(change.field), change.part or change.after
    if change.field == "actions":
        moved = f": {join_names(change.new)} moved." if len(change.new) <= FEW else "."
        return f"the {capitalise(change.new[0].grade)} actions are in a different order{moved}"
    if entry and change.field in entry.related:
        return f"{label}, now in this order: {join_names(entry.related[change.field])}."
    return f"the {label} are in a different order."


def describe_list(change: Change, label: str) -> str:
    """Return what was added to or removed from a list of words or the ids of a relation, which is called `label`."""
    old, new = join_names(change.old), join_names(change.new)
    is_list = change.language or isinstance(getattr(change.part or change.after, change.field), list)
    if old and new and not is_list:
        return f"the {label} changed from {old} to {new}."
    if change.field == "next":
        return " and ".join([f"now leads to {new}"] * bool(new) + [f"no longer leads to {old}"] * bool(old)) + "."
    return f"{label}: " + ", ".join([f"{new} added"] * bool(new) + [f"{old} removed"] * bool(old)) + "."


def describe_links(old: Text, new: Text) -> Iterator[str]:
    """Yield what changed in the links of a text. Its words are the same."""
    for words, address in new.links:
        if (words, address) not in old.links:
            yield f"*{escape(words)}* " + (f"now leads to {escape(address)}" if address else "lost its address")
    for words, _ in old.links:
        if words not in dict(new.links):
            yield f"*{escape(words)}* is no longer a link"


def mark_changes(old: str, new: str) -> str:
    """Return the new text with the changes marked: ~~removed~~ and **added**."""
    marked = []
    for removed, added in ((escape(before), escape(after)) for before, after in diff_words(old, new)):
        if removed == added:
            marked.append(added)
        else:
            marked += [f"~~{removed}~~"] * bool(removed) + [f"**{added}**"] * bool(added)
    return " ".join(marked)


def join_names(items: Iterable[Entry | str]) -> str:
    """Return what entries are called, or the words of a list, with commas between them."""
    return ", ".join(f"*{escape(item.label)}*" if isinstance(item, Entry) else escape(item) for item in items)
