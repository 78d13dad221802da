"""Check changes since the published edition: addresses stay, and official words change only with a reason."""

import textwrap
from collections.abc import Iterator
from pathlib import Path

from generator.editions.change import Change, diff_words, label_field
from generator.editions.compare import compare_guidance
from generator.guidance import Guidance
from generator.messages import name_in_english
from generator.model import ID, RETIRED, Entry, Retired, Topic
from generator.problem import Place, Problem, with_article
from generator.text import Text, quote_title


def guard_addresses(live: Guidance, guidance: Guidance) -> Iterator[Problem]:
    """Yield the problems of addresses that are on the live site, but not part of the published edition yet."""
    known = guidance.published.entries if guidance.published else {}
    changes = compare_guidance(live, guidance)
    added = [change.after for change in changes if change.after and not change.before]
    for change in changes:
        if change.before and change.before.key not in known:
            yield from guard_address(change, live, guidance, added)


def guard_address(change: Change, edition: Guidance, guidance: Guidance, added: list[Entry]) -> Iterator[Problem]:
    """Yield the problem if a change takes away an address that readers know. `added` are the new entries."""
    before, after = change.before, change.after
    if not before or (before.parent and before.parent.key not in guidance.entries):
        return  # the entry around it is reported, and this one goes with it
    has_moved = after is not None and before.address != after.address
    if after is None:
        lookalike = find_lookalike(before, added)
        if not lookalike or ID.match(lookalike.key):  # an impossible id is reported already
            yield report_removed(before, find_former_place(before, edition, guidance), lookalike)
    elif change.kind == "kind changed" and (isinstance(before, Retired) or has_moved):
        yield report_reused_id(before, after)
    elif has_moved:
        yield report_moved(before, after)


def guard_edition(edition: Guidance, guidance: Guidance) -> Iterator[Problem]:
    """Yield the problems of the changes since the published edition.

    Entries that mistakes may have kept from being read are checked once they are read.
    """
    changes, unread = compare_guidance(edition, guidance), guidance.unread
    yield from guard_translations(changes, guidance)
    added = [change.after for change in changes if change.after and not change.before]
    for change in changes:
        before, after = change.before, change.after
        if after and change.field == "reworded" and not getattr(before, "reworded", None):
            message = f'The published words of this {after.noun} have not changed, so it does not need "reworded".'
            yield Problem(after.where("reworded"), message, "Delete the line.", advice=True)
        if before is None or before.key in unread or change.language:
            continue
        lost = list(guard_address(change, edition, guidance, added))
        yield from lost
        if after and change.words_removed and not change.reason and not lost:
            yield report_reworded(change, after)
    for topic in edition.topics:
        now = guidance.entries.get(topic.key)
        if isinstance(now, Topic) and topic.actions and not now.actions and topic.actions[0].key not in unread:
            message = f'"{topic.key}" has no actions now, so the published pages of its grades would disappear.'
            remedy = (
                "Restore its actions. If the topic was dropped, retire it: its pages then tell readers where to go."
            )
            yield Problem(now.where(), message, remedy)


def guard_translations(changes: list[Change], guidance: Guidance) -> Iterator[Problem]:
    """Yield a problem for each published official translation that changed without a reason, and each missing file."""
    missing: dict[str, list[str]] = {}
    for change in changes:
        if not (change.language and change.words_removed and change.before) or change.reason:
            continue
        assert change.after, "A removed entry has no changes of its translations."
        published = find_published(change)
        file = published.where().file if published else ""
        if not Path(file).is_file():
            missing.setdefault(file, []).append(change.field)
        elif file not in guidance.broken and change.before.key not in guidance.unread:
            yield report_translation(change, change.after)
    for file, fields in missing.items():
        texts = "an official text" if len(fields) == 1 else f"{len(fields)} official texts"
        yield Problem(Place(file), f"The file is missing, and with it {texts} that readers know.", "Restore it.")


def find_published(change: Change) -> Entry | None:
    """Return the translation that a change was made to, as it was published."""
    entries = change.before.within() if change.before else ()
    found = (entry.translations[change.language] for entry in entries if change.language in entry.translations)
    return next((each for each in found if getattr(each, change.field, None) == change.old), None)


def report_translation(change: Change, after: Entry) -> Problem:
    """Return the problem that a published official translation changed without a reason."""
    language = name_in_english(change.language)
    noun = change.part.noun if change.part else after.noun
    message = f"The official {language} of this {noun} changed without a reason: {describe_rewording(change)}"
    translation = after.translations.get(change.language)
    remedy = "Change it back, or add the reason to the translation, like this:\nreworded: …"
    if translation:
        indent = " " * (translation.where().column - 1)
        remedy = f"Change it back, or add this line, with the reason instead of the dots:\n{indent}reworded: …"
        if translation.reworded:
            remedy = 'Change it back, or add the reason to "reworded", which does not explain this change yet.'
    return Problem(change.place or after.where(), message, remedy)


def find_former_place(before: Entry, edition: Guidance, guidance: Guidance) -> Place:
    """Return where a removed entry was: at the next entry of its file that is still there, or else the one before."""
    file = before.where().file
    keys = [entry.key for entry in edition.entries.values() if entry.where().file == file and not entry.parent]
    position = keys.index(before.key) if before.key in keys else 0
    for key in [*keys[position + 1 :], *reversed(keys[:position])]:
        if (entry := guidance.entries.get(key)) and entry.where().file == file:
            return entry.where() if key in keys[position:] else Place(file, entry.lines[-1])
    return before.where()


def find_lookalike(before: Entry, added: list[Entry]) -> Entry | None:
    """Return the added entry that looks the same as a removed one. Only its id was changed, then."""
    look = (before.noun, before.gist or before.label)
    return next((entry for entry in added if (entry.noun, entry.gist or entry.label) == look), None)


def report_removed(before: Entry, place: Place, lookalike: Entry | None) -> Problem:
    """Return the problem that a published entry was removed, or has another id and looks like `lookalike`."""
    message = f'The {before.noun} "{before.key}" was published and is missing now: links to its page would break.'
    if lookalike:
        remedy = f'Its id seems to be "{lookalike.key}" now. Change it back to "{before.key}": ids never change.'
        return Problem(lookalike.where("id"), message, remedy)
    lines = [f"- id: {before.key}", f"  title: {quote_title(before.own_label)}", f"  page: {before.address}"]
    lines += ["  reason:", "  replaced_by: []"]
    remedy = f"Restore it, or add these lines to {RETIRED} and complete the last two:"
    return Problem(place, message, "\n".join([remedy, *lines]))


def report_moved(before: Entry, after: Entry) -> Problem:
    """Return the problem that the address of a published page changed."""
    message = f'The published address of "{before.key}" would change to "{after.address}".'
    if isinstance(after, Retired):
        return Problem(after.where("page"), message, f"Write: page: {before.address}")
    return Problem(
        after.where(), message, f'It must stay "{before.address}": move this {after.noun} back to where it was.'
    )


def report_reused_id(before: Entry, after: Entry) -> Problem:
    """Return the problem that a published or retired id is given to another entry."""
    was = "is retired" if isinstance(before, Retired) else f"was published as {with_article(before.noun)}"
    message = f'The id "{after.key}" {was}, and an id cannot be used again.'
    return Problem(after.where("id"), message, f"Give this {after.noun} another id.")


def report_reworded(change: Change, after: Entry) -> Problem:
    """Return the problem that published official words changed without a reason."""
    message = f"The published words of this {after.noun} changed without a reason: {describe_rewording(change)}"
    indent = " " * (after.where().column - 1)
    below = f" below the id of this {after.noun}" if indent else ""
    back = "Change them back"
    if isinstance(change.old, Text) and isinstance(change.new, Text):
        for words in change.old.lost_links:
            if words not in dict(change.new.links):
                back += f" (write the link as [{words}](https://…) if you found its address)"
    remedy = f"{back}, or add this line{below}, with the reason instead of the dots:\n{indent}reworded: …"
    if after.where("reworded") != after.where():
        remedy = f'{back}, or add the reason to "reworded", which does not explain this change yet.'
    return Problem(find_changed_words(change) or change.place or after.where(), message, remedy)


def find_changed_words(change: Change) -> Place | None:
    """Return the place of the first words that changed in a text; None if the change is another one."""
    entry, same = change.part or change.after, ""
    if not entry or not isinstance(change.old, Text) or not isinstance(change.new, Text):
        return None
    for old, new in diff_words(change.old, change.new):
        if old != new:
            following = new or change.new[len(same) :]
            return entry.place_of_words(following.split()[0] if following.split() else "", change.field, after=same)
        same += f"{new} "
    return None


def describe_rewording(change: Change) -> str:
    """Return how official words changed, as a sentence: "easy" became "simple"."""
    if isinstance(change.old, list):
        sentence = ", ".join(describe_words(word, "") for word in change.old)
    elif change.kind == "changed":
        sentence = ", ".join(describe_words(old, new) for old, new in diff_words(change.old, change.new) if old != new)
    elif change.part and change.kind == "part removed":
        sentence = f"{change.part.noun} removed: {change.old}"
    else:
        whose = (f"{change.part.noun}: " if change.part else "") + (
            "the Commissioner's" if change.official and not change.language else "the"
        )
        divided = change.kind == "paragraphs changed"
        what = "has different paragraphs" if divided else f"was removed: {change.old}"
        sentence = f"{whose} {label_field(change.field)} {what}"
    return sentence if sentence.endswith((".", '."')) else f"{sentence}."


def describe_words(old: str, new: str) -> str:
    """Return which words were removed, added or replaced; only their beginning if there are many."""
    old, new = (textwrap.shorten(words, 60, placeholder=" …") for words in (old, new))
    if old and new:
        return f'"{old}" became "{new}"'
    return f'"{old}" was removed' if old else f'"{new}" was added'
