"""From YAML files to checked guidance. `site` makes the site from it; `python -m generator` is the command line."""

from functools import cache
from itertools import pairwise
from pathlib import Path

from generator.editing.advise import advise_editor
from generator.editions.change import Revision
from generator.editions.compare import compare_guidance
from generator.editions.guard import guard_edition
from generator.editions.history import check_edition_files
from generator.editions.record import find_edition_files, find_newest_edition, read_edition_file
from generator.guidance import Guidance
from generator.messages import ENGLISH
from generator.problem import Place, Problem, Problems
from generator.reading.link import link_entries
from generator.reading.load import load_documents
from generator.reading.translate import split_translations, translate_entries
from generator.reading.validate import validate_documents


def read_guidance(folder: Path, *, guarded: bool = True, language: str = ENGLISH) -> Guidance:
    """Read, check and link the guidance in `folder`, with the texts of a language where there are any.

    Unless `guarded` is false, also check that it keeps what the published edition promised.
    Raises Problems with every mistake that was found; `Guidance.advice` lists what is only worth knowing.
    """
    problems: list[Problem] = []
    edition = read_edition(folder, problems)
    documents, translated = split_translations(load_documents(folder, problems))
    entries = validate_documents(documents, problems)
    statuses, orphans = translate_entries(entries, translated, language, problems)
    published = edition.entries if edition else {}
    guidance = link_entries(entries, documents, problems, published, language, statuses)
    if guarded:
        problems += check_edition_files(folder)
    if edition and guarded:
        problems += guard_edition(edition, guidance)
    if any(not problem.advice for problem in problems):
        raise Problems(problems)
    published_advice = {advice.message for advice in advise_editor(edition)} if edition else set()
    new_advice = [advice for advice in advise_editor(guidance) if advice.message not in published_advice]
    guidance.advice = sorted(problems + new_advice + orphans)
    return guidance


def read_revisions(folder: Path, guidance: Guidance) -> list[Revision]:
    """Return what changed from each published edition to the next, and from the newest to `guidance`, newest first.

    Editions whose files can't be read are left out. The first edition has no changes.
    """
    found = ((file.stem, read_edition_content(file, file.read_bytes())[0]) for file in find_edition_files(folder))
    editions = [(day, edition) for day, edition in found if edition]
    steps = [*pairwise([*editions, ("", guidance)])]
    revisions = [Revision(since, until, compare_guidance(old, new)) for (since, old), (until, new) in steps]
    first = [Revision("", editions[0][0], [])] if editions else []
    return [revision for revision in reversed(first + revisions) if revision.changes or revision.until]


def read_edition(folder: Path, problems: list[Problem]) -> Guidance | None:
    """Return the newest edition, or None if none was published. Add what is wrong with its file to `problems`."""
    file = find_newest_edition(folder)
    edition, found = read_edition_content(file, file.read_bytes()) if file else (None, [])
    problems += found
    return edition


@cache  # an edition never changes, and several steps need it
def read_edition_content(file: Path, content: bytes) -> tuple[Guidance | None, list[Problem]]:
    """Return an edition, or None and the problem if it can't be read. `content` is what is in its file now."""
    found: list[Problem] = []
    documents = read_edition_file(file, found)
    edition = link_entries(validate_documents(documents, found), documents, found, {})
    edition.advice = sorted(problem for problem in found if problem.advice)
    mistakes = [problem for problem in found if not problem.advice]
    if not mistakes:
        return edition, []
    message = f"The record of the published edition cannot be read: {mistakes[0].message}"
    remedy = "Only a release writes this file: restore it from the history of the repository."
    return None, [Problem(Place(file.as_posix()), message, remedy)]
