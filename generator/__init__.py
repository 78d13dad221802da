"""From YAML files to checked guidance. `site` makes the site from it; `python -m generator` is the command line."""

from itertools import pairwise
from pathlib import Path

from generator.editing.advise import advise_editor
from generator.editions.change import Revision
from generator.editions.compare import compare_guidance
from generator.editions.guard import guard_edition
from generator.editions.history import check_edition_files
from generator.editions.record import find_edition_files, read_edition, read_edition_content
from generator.guidance import Guidance
from generator.messages import ENGLISH
from generator.problem import Problem, Problems
from generator.reading.link import link_entries
from generator.reading.load import load_documents
from generator.reading.translate import split_translations, translate_entries
from generator.reading.validate import validate_documents


def read_guidance(folder: Path, *, guarded: bool = True, language: str = ENGLISH) -> Guidance:
    """Read, check and link the guidance in `folder`, with the texts of a language where there are any.

    Unless `guarded` is false, also check that it keeps what the published edition promised, and advise its editor.
    Raises Problems with every mistake that was found; `Guidance.advice` lists what is only worth knowing.
    """
    problems: list[Problem] = []
    edition = read_edition(folder, problems)
    documents, translated = split_translations(load_documents(folder, problems))
    published = edition.entries if edition else {}
    entries = validate_documents(documents, problems, {entry.where().file for entry in published.values()})
    statuses, orphans = translate_entries(entries, translated, language, problems)
    guidance = link_entries(entries, documents, problems, published, language, statuses)
    guidance.published = edition
    if guarded:
        problems += check_edition_files(folder)
    if edition and guarded:
        problems += guard_edition(edition, guidance)
    if any(not problem.advice for problem in problems):
        raise Problems(problems)  # without the orphans: a mistake in the English may be why they have none
    if guarded:
        published_advice = {advice.message for advice in advise_editor(edition)} if edition else set()
        problems += [advice for advice in advise_editor(guidance) if advice.message not in published_advice]
    guidance.advice = sorted(problems + orphans)
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
