"""Make the data files of the finder and the plan: a list of all actions, and their wording in several files."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from generator.guidance import Guidance
from generator.model import Action, Entry
from generator.pages.data_files import make_data_file
from generator.text import Text, Words, make_id

CHUNK = 32
"""How many actions share a file of wordings."""


def make_action_list(
    guidance: Guidance,
    editions: Mapping[str, Mapping[str, str]],
    names: dict[str, dict[str, str]],
    render: Callable[[Any], dict[str, Markup | str]],
) -> Iterator[tuple[str, str]]:
    """Yield the address of each data file, from the root of the site, and its text. `actions.js` reads them.

    `editions` are the wordings of actions in each published edition, by date and id. `names` are the names of the
    values of some fields, by field and value. `render` returns what the file of wordings has for an action or a retired
    one.
    """
    retired = [entry for entry in guidance.retired if entry.page.startswith("actions/")]
    disablers = [one for journey in guidance.journeys for one in journey.disablers]
    listed = {
        "actions": [make_entry(action) for action in guidance.actions],
        "retired": [{"id": entry.id, "title": entry.label} for entry in retired],
        "names": names,
        "disablers": [
            {
                "id": one.key,
                "title": one.label,
                "journey": one.parent.key,
                "actions": [action.key for action in one.related["countered_by"]],
            }
            for one in disablers
        ],
        "edition": max(editions, default=""),
        "foreign": dict(sorted(find_foreign([guidance.actions, retired, names, disablers]))),
        "chunk": CHUNK,
        "editions": {day: compare_wordings(guidance, wordings) for day, wordings in editions.items()},
    }
    yield make_data_file("actions/list", listed)
    entries = [*guidance.actions, *retired]
    for number, start in enumerate(range(0, len(entries), CHUNK)):
        yield make_data_file(f"actions/wording-{number}", [render(entry) for entry in entries[start : start + CHUNK]])


def find_foreign(value: Any) -> set[tuple[str, str]]:
    """Return the words in another language than the site, each with its language, in names and in labels of entries."""
    if isinstance(value, dict):
        return find_foreign(list(value.values()))
    if isinstance(value, list):
        return {words for part in value for words in find_foreign(part)}
    words = value.label if isinstance(value, Entry) else value
    return {(str(words), words.language)} if isinstance(words, Words) else set()


def compare_wordings(guidance: Guidance, before: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the ids of the actions that were reworded, added and retired since their wordings were as `before`."""
    now = {action.key: (action.text.original or action.text).plain.split() for action in guidance.actions}
    return {
        "reworded": [key for key in now if key in before and now[key] != Text(before[key]).plain.split()],
        "added": [key for key in now if key not in before],
        "retired": [key for key in before if key not in now],
    }


def make_entry(action: Action) -> dict[str, Any]:
    """Return what the list says about an action. Most of it are the values that the finder's filters compare."""
    fields = {
        "id": action.key,
        "title": action.label,
        "journey": action.journey.key,
        "topic": action.topic.key,
        "grade": action.grade.value,
        "scope": action.scope,
        "theme": action.themes,
        "organisation": [one.key for one in action.organisations_named],
        "kind": [make_id(kind) for kind in action.kinds_named],
        "place": [make_id(place) for place in action.places],
        "example": "yes" if action.certain_examples else "",
        "case-study": "yes" if action.related["case_studies"] else "",
        "statutory": "yes" if action.statutory else "",
        "next": action.next,
        "mark": action.least_certain_mark.origin if action.least_certain_mark else "",
    }
    return {name: value for name, value in fields.items() if value}
