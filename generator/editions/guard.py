"""Changes since the published edition in, mistakes out: what was promised to readers is kept.

An address leads somewhere for good, and the Commissioner's words change only with a reason.
"""

from collections.abc import Iterator

from generator.change import Change
from generator.model import RETIRED, Entry, Retired
from generator.problem import Problem, a
from generator.text import Text, quoted


def guard_edition(changes: list[Change], unread: set[str]) -> Iterator[Problem]:
    """The mistakes in changes since the published edition. Entries with `unread` ids are judged once they are read."""
    new = [change.after for change in changes if change.after and not change.before]
    for change in changes:
        before, after = change.before, change.after
        if after and change.field == "reworded" and not getattr(before, "reworded", None):
            message = f'No published words of this {after.noun} changed, so "reworded" gives no reason for anything.'
            yield Problem(after.where("reworded"), message, "Delete the line.", advice=True)
        if before is None or before.key in unread:
            continue
        if after is None:
            yield gone(before, new)
        elif (
            before.noun != after.noun
            and not change.retired
            and (isinstance(before, Retired) or before.address != after.address)
        ):
            yield used_again(before, after)
        elif before.address != after.address:
            yield moved(before, after)
        elif change.lost and not change.why:
            yield reworded(change, after)


def gone(before: Entry, new: list[Entry]) -> Problem:
    """A published entry is no longer there; perhaps its id was changed."""
    message = f'The {before.noun} "{before.key}" was published and is gone: links to its page would lead nowhere.'
    for entry in new:
        if entry.noun == before.noun and (entry.gist or entry.label) == (before.gist or before.label):
            remedy = f'It looks as if it is called "{entry.key}" now. Call it "{before.key}" again: ids never change.'
            return Problem(entry.where("id"), message, remedy)
    lines = [f"- id: {before.key}", f"  title: {quoted(before.label)}", f"  page: {before.address}"]
    lines += ["  reason:", "  replaced_by: []"]
    remedy = f"Put it back, or write these lines into {RETIRED}, and fill in the last two:"
    return Problem(before.where(), message, "\n".join([remedy, *lines]))


def moved(before: Entry, after: Entry) -> Problem:
    """What readers know is there, or its retired id is, at another address."""
    message = f'The published address of "{before.key}" is not "{after.address}".'
    if isinstance(after, Retired):
        return Problem(after.where("page"), message, f"Write: page: {before.address}")
    return Problem(after.where(), message, f'It is "{before.address}": put this {after.noun} back where it stood.')


def used_again(before: Entry, after: Entry) -> Problem:
    """An id that readers know as something else."""
    was = "is retired" if isinstance(before, Retired) else f"was published as {a(before.noun)}"
    message = f'The id "{after.key}" {was}, and no id is used again.'
    return Problem(after.where("id"), message, f"Give this {after.noun} another id.")


def reworded(change: Change, after: Entry) -> Problem:
    """Published words of the Commissioner are not as they were, and no reason is given."""
    message = f"The published words of this {after.noun} changed, and it does not say why: {change.plain}"
    indent = " " * (after.where().column - 1)
    below = f"below the id of this {after.noun}" if indent else "on a line of its own"
    back = "Put them back"
    was, now = (getattr(entry, change.field, None) for entry in (change.before, after))
    if isinstance(was, Text) and isinstance(now, Text):
        for words in was.lost_links:
            if words not in dict(now.links):
                back += f", the link as [{words}](https://…) if you found its address"
    remedy = f"{back}, or write {below}, with the reason instead of the dots:\n{indent}reworded: …"
    if after.where("reworded") != after.where():
        remedy = f'{back}, or write why in "reworded": what stands there gives no reason for this.'
    return Problem(change.place or after.where(), message, remedy)
