"""Find files that are copies of others, so that an editor reads one message about each, and none about the original."""

import re
from collections.abc import Collection
from typing import Any

from generator.document import Document
from generator.model import FILES, ID
from generator.problem import Place, Problem

COPY = re.compile(r"^copy of |[ _(-]+(copy|\d+)\)?$|\.ya?ml$| - .*| \(.*", re.IGNORECASE)
"""What people and systems add to the name of a copy: "normacot (1)", "Copy of normacot", "normacot.yaml"."""


def leave_out_copies(
    documents: list[Document], problems: list[Problem], published: Collection[str] = ()
) -> list[Document]:
    """Return the documents that are not copies of others. Add a problem for each copy, or for each folder of copies.

    The published files, given by their paths, are never copies of new ones.
    """
    originals: dict[tuple[str, ...], Document] = {}
    for pattern in FILES:
        matching = [document for document in documents if document.matches(pattern) and document.data]
        matching.sort(key=lambda document: (document.file not in published, count_odd_names(document), document.parts))
        for position, document in enumerate(matching):
            # A topic has little more than a title at first, and one of another journey may have the same.
            is_alone = document.parts[-1] == "topic.yml" and (document.parts[0], "journey.yml") not in originals
            near = [other for other in matching[:position] if other.parts[:-2] == document.parts[:-2] or not is_alone]
            if original := next((other for other in near if is_copy(document, other)), None):
                originals[document.parts] = original
    kept = [document for document in documents if document.parts not in originals]
    folders = {document.parts[:depth] for document in kept for depth in range(1, len(document.parts))}
    copies: dict[tuple[str, ...], Document] = {}
    for document in documents:
        if document.parts in originals:
            outermost = (document.parts[:depth] for depth in range(1, len(document.parts) + 1))
            copies.setdefault(next(parts for parts in outermost if parts not in folders), document)
    for parts, document in copies.items():
        copied = originals[document.parts].parts[: len(parts)]
        name = copied[-1] if copied[:-1] == parts[:-1] else "/".join(copied)
        message = f'"{parts[-1]}" is a copy of "{name}".'
        remedy = "Delete it. To use it for something new, change all its ids, titles and numbers."
        problems.append(Problem(Place(document.root + "/".join(parts)), message, remedy))
    return kept


def count_odd_names(document: Document) -> int:
    """Return how many names in the path of a file look like those of copies. One that cannot be an id counts twice."""
    names = [part.removesuffix(".yml") for part in document.parts]
    return sum(2 * (not ID.match(name)) + bool(COPY.search(name)) for name in names)


def is_copy(document: Document, other: Document) -> bool:
    """Return whether a file is a copy of another one of the same kind, perhaps with a few changes."""
    if document.data == other.data:
        return True
    if isinstance(document.data, list):
        ids, other_ids = find_ids(document.data), find_ids(other.data)
        return len(ids & other_ids) > max(1, len(ids) / 2)
    name, other_name = (each.parts[-1].removesuffix(".yml") for each in (document, other))
    is_named_like_copy = COPY.sub("", name) == other_name and document.parts[:-1] == other.parts[:-1]
    return is_named_like_copy and not ID.match(name)


def find_ids(data: Any) -> set[str]:
    """Return the ids of the entries in a list."""
    return {str(entry.get("id")) for entry in data if isinstance(entry, dict)} if isinstance(data, list) else set()
