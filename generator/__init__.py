"""The guidance, from YAML to pages: load, validate, link, render, publish; and to schemas for editors."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from generator.advise import advise
from generator.compare import compare
from generator.document import Document
from generator.export import export
from generator.guard import guard
from generator.history import last_changed as last_changed
from generator.link import link
from generator.load import WORD, load
from generator.model import RECORD, Entry, Grade, Guidance
from generator.page import Edition, Page
from generator.problem import Place, Problem, Problems
from generator.record import recall, record
from generator.render import render
from generator.scaffold import end_of, first_line, home, insert, scaffold
from generator.schema import schema
from generator.text import id_of
from generator.validate import validate


def read(folder: Path, *, guarded: bool = True) -> Guidance:
    """The guidance kept in `folder`, checked and linked, and unless told otherwise guarded: what the published edition
    promised is kept. Raises Problems: every mistake at once."""
    problems: list[Problem] = []
    published = read_published(folder, problems)
    guidance = understand(load(folder, problems), problems, published.entries if published else {})
    if published and guarded:
        problems += guard(compare(published, guidance), guidance.unread)
    if any(not problem.advice for problem in problems):
        raise Problems(problems)
    known = {advice.message for advice in advise(published)} if published else set()
    guidance.advice = sorted(problems + [advice for advice in advise(guidance) if advice.message not in known])
    return guidance


def understand(documents: list[Document], problems: list[Problem], published: Mapping[str, Entry]) -> Guidance:
    """What the files say, linked, by somebody who knows what was `published`. What is wrong is added to `problems`."""
    return link(validate(documents, problems), documents, problems, published)


def read_published(folder: Path, problems: list[Problem]) -> Guidance | None:
    """The last published edition, where there is one. What is wrong with its record is added to `problems`."""
    file = folder / RECORD
    if not file.exists():
        return None
    published, mistakes = recalled(file.read_text(encoding="utf-8", errors="replace"), folder.as_posix())
    if not mistakes:
        return published
    message = f"The record of the published edition cannot be read: {mistakes[0].message}"
    remedy = "Only a release writes it: take it from the history of the repository as it was."
    problems.append(Problem(Place(file.as_posix()), message, remedy))
    return None


@lru_cache(1)  # a live preview reads it again and again
def recalled(text: str, folder: str) -> tuple[Guidance, list[Problem]]:
    """The edition that a record holds, and the mistakes that keep it from being read."""
    problems: list[Problem] = []
    published = understand(recall(text, folder, problems), problems, {})
    published.advice = sorted(problem for problem in problems if problem.advice)
    return published, [problem for problem in problems if not problem.advice]


def release(folder: Path, day: date) -> None:
    """Record the guidance in `folder` as the published edition, of `day`. Raises Problems."""
    read(folder)
    (folder / RECORD).write_text(record(load(folder, []), day), encoding="utf-8", newline="\n")


def begin(folder: Path, kind: type[Entry], title: str, grade: Grade | None, topic: str, after: str) -> Place:
    """Write the beginning of an entry into its file, behind the entry `after` or at the end, and give its place.

    An action needs a grade, and a topic where not exactly one has actions. Raises LookupError with what is amiss,
    Problems where the file that `after` stands in cannot be read.
    """
    problems: list[Problem] = []
    documents = load(folder, problems)
    if not documents:
        raise LookupError(f"There is no guidance in {folder.as_posix()}.")
    key = id_of(title)
    if not re.search("[a-z]", key) or key in ("index", *WORD):  # pages of lists, and what YAML takes for no words
        raise LookupError(f'No id can be made of "{title}": choose another title.')
    if same := next((document for document in documents if key in document.ids), None):
        raise LookupError(f'The id "{key}" is taken, in {same.file}: choose another title.')
    parts = tuple(home(kind, key, grade, topic, documents).split("/"))
    file = folder.joinpath(*parts)
    unread = [problem for problem in problems if problem.place.file == file.as_posix()]
    if after and unread:
        raise Problems(unread)
    document = next((one for one in documents if one.parts == parts), Document(file.as_posix(), parts))
    old = file.read_bytes().decode("utf-8", "surrogateescape") if file.exists() else first_line(document)
    at = end_of(document, after) if after else len(old.splitlines())
    text, line = insert(old, scaffold(kind, title, grade), at)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    return Place(file.as_posix(), line)


def pages(guidance: Guidance, edition: Edition) -> list[Page]:
    """Every page that the guidance makes, in the edition's language."""
    return list(render(guidance, edition))


def data(guidance: Guidance) -> Iterator[tuple[str, str]]:
    """The address and the text of every data file that the guidance makes."""
    return export(guidance)


def schemas(guidance: Guidance) -> Iterator[tuple[str, str]]:
    """The name and the text of every JSON Schema for editors of the guidance."""
    return schema(guidance)
