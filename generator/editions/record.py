"""Write and read the published editions, one file for each: `editions/<date>.json`."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from generator.document import Document
from generator.fields import fields_of, required_fields
from generator.guidance import Guidance
from generator.messages import ENGLISH, list_months
from generator.model import EDITIONS, FILES, Action, Entry
from generator.problem import Place, Problem, Problems
from generator.reading.link import link_entries
from generator.reading.load import LEFT_BEHIND
from generator.reading.translate import read_translations, split_translations

CHANGELOG = "CHANGELOG.md"
EDITION_HEADING = "## Edition of {day}"
"""The heading of an edition in the changelog."""
DATED = re.compile(EDITION_HEADING.format(day=r"(\d+ \w+ \d{4})\s*"))
ALTERED = "It is not as a release wrote it."
RESTORE = "Only a release writes this file: restore it from the history of the repository."


def find_edition_files(folder: Path) -> list[Path]:
    """Return the files of all editions, the oldest first."""
    return sorted(file for file in (folder / EDITIONS).glob("????-??-??.json") if is_day(file.stem))


def is_day(name: str) -> bool:
    """Return whether a name is a date, like 2026-11-22."""
    with suppress(ValueError):
        return date.fromisoformat(name).isoformat() == name
    return False


def check_records(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each edition whose record is missing or has another name, also where there is no git.

    Each record names the edition before it, and CHANGELOG.md, beside the folder of the guidance, names the newest.
    """
    files = find_edition_files(folder)
    days = [file.stem for file in files]
    for file in sorted((folder / EDITIONS).glob("*")):
        if file not in files and not LEFT_BEHIND.fullmatch(file.name):
            remedy = (
                "Give it back the date of its edition as its name, like 2026-11-22.json, or delete it if it is a copy."
            )
            yield Problem(Place(file.as_posix()), f'"{file.name}" is not the name of the record of an edition.', remedy)
    missing: dict[str, Place] = {}
    for file in files:
        record = read_record(file)
        own, before = str(record.get("edition") or file.stem), str(record.get("after") or file.stem)
        if own != file.stem:
            message = f"This is the record of the edition of {own}, but its name says {file.stem}."
            yield Problem(Place(file.as_posix()), message, f"Rename it to {own}.json.")
        elif before not in days:
            missing[before] = Place(file.with_name(f"{before}.json").as_posix())
    changelog = folder.parent / CHANGELOG
    if changelog.is_file():
        for number, line in enumerate(changelog.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            named = DATED.fullmatch(line)
            day = read_day(named[1]) if named else ""
            if day > max(days, default=""):
                missing[day] = Place(changelog.as_posix(), number)
    for day, place in missing.items():
        message = f"The record of the edition of {day} is missing, so its promises are not checked."
        yield Problem(
            place, message, RESTORE, advice=not (folder / EDITIONS).is_dir()
        )  # then this may be another guidance


def read_day(words: str) -> str:
    """Return the date that words like 22 November 2026 give, as 2026-11-22; empty if they give none."""
    day, month, year = words.split()
    number = {name: number for number, name in enumerate(list_months(ENGLISH), start=1)}.get(month, 0)
    return f"{year}-{number:02}-{int(day):02}" if number else ""


def write_edition(folder: Path, documents: list[Document], day: date) -> None:
    """Write what every file of the guidance contains into the file of a new edition, dated `day`.

    Raises Problems if the newest edition is not older, because an edition never changes.
    """
    newest = max(find_edition_files(folder), default=None)
    if newest and newest.stem >= day.isoformat():
        message = f"There is an edition of {newest.stem}, and an edition never changes."
        remedy = "Release again on a later day; or delete this file first, if it was never committed."
        raise Problems([Problem(Place(newest.as_posix()), message, remedy)])
    english, translated = split_translations(documents)
    files = {"/".join(document.parts): document.data for document in english if any(map(document.matches, FILES))}
    translations = {"/".join(document.parts): document.data for document in translated if document.data}
    before = {"after": newest.stem} if newest else {}
    record = {"edition": day.isoformat(), **before, "files": files, "translations": translations}
    text = json.dumps(record, ensure_ascii=False, indent=1)
    (folder / EDITIONS).mkdir(exist_ok=True)
    (folder / EDITIONS / f"{day}.json").write_text(f"{text}\n", encoding="utf-8", newline="\n")


def read_edition(folder: Path, problems: list[Problem]) -> Guidance | None:
    """Return the newest edition, or None if none was published. Add what is wrong with its file to `problems`."""
    file = max(find_edition_files(folder), default=None)
    edition, found = read_edition_content(file, file.read_bytes()) if file else (None, [])
    problems += found
    return edition


@cache  # an edition never changes, and several steps need it
def read_edition_content(file: Path, content: bytes) -> tuple[Guidance | None, list[Problem]]:
    """Return an edition, or None and the problem if it can't be read. `content` is what is in its file now."""
    found: list[Problem] = []
    documents = read_edition_file(file, found)
    try:
        entries = list(make_edition_entries(documents))
        read_translations(entries, read_edition_file(file, found, "translations"), make_edition_entry)
        edition = link_entries(entries, documents, found, {})
    except (ValueError, TypeError, AttributeError):
        found.append(Problem(Place(file.as_posix()), ALTERED, ""))
    mistakes = [problem.message for problem in found if not problem.advice]
    if not mistakes:
        return edition, []
    message = f"The record of the published edition cannot be read: {mistakes[0]}"
    return None, [Problem(Place(file.as_posix()), message, RESTORE)]


def read_edition_file(file: Path, problems: list[Problem], part: str = "files") -> list[Document]:
    """Return the files of the guidance in an edition, or its translations. Add to `problems` if it can't be read.

    Editions before 28 November 2026 have no translations.
    """
    files: dict[str, Any] = {}
    with suppress(ValueError, TypeError):
        files = dict(read_record(file).get(part) or {})
    if not files and part == "files":
        problems.append(Problem(Place(file.as_posix()), ALTERED, ""))
    folder = file.parent.parent.as_posix()
    return [Document(f"{folder}/{name}", tuple(name.split("/")), data=data) for name, data in files.items()]


def read_record(file: Path) -> dict[str, Any]:
    """Return what the record of an edition says; nothing if it can't be read."""
    with suppress(ValueError, TypeError, RecursionError):
        return dict(json.loads(file.read_text(encoding="utf-8", errors="replace")))
    return {}


def make_edition_entries(documents: list[Document]) -> Iterator[Entry]:
    """Yield the entries of an edition, in the order of `FILES`. They need no checks: they had them when released.

    The model may have changed since. Fields that it no longer has are left out, and new ones are empty. Raises
    ValueError, TypeError or AttributeError for data that no release wrote.
    """
    for pattern, kind in FILES.items():
        for document in filter(lambda each: each.matches(pattern) and each.data is not None, documents):
            is_list = "id" in kind.model_fields
            for position, data in enumerate(document.data if is_list else [document.data]):
                entry = make_edition_entry(kind, data)
                entry.set_source(document, (position,) if is_list else ())
                yield entry


def make_edition_entry(kind: type[Entry], data: dict[str, Any]) -> Entry:
    """Return an entry with those fields of its kind that the data of an edition has."""
    fields = fields_of(kind)
    empty: dict[str, Any] = {name: [] if fields[name].is_list else None for name in required_fields(kind)}
    entry = kind.model_construct(**empty)
    for name in fields.keys() & data.keys():
        inner = fields[name].entry
        value = [make_edition_entry(inner, item) for item in data[name]] if inner else data[name]
        entry.__pydantic_validator__.validate_assignment(entry, name, value)
    return entry


def read_wordings(folder: Path) -> dict[str, dict[str, str]]:
    """Return the wording of every action of each edition, by its date and the action's id."""
    editions: dict[str, dict[str, str]] = {}
    for file in find_edition_files(folder):
        patterns = [pattern for pattern, kind in FILES.items() if kind is Action]
        documents = [document for document in read_edition_file(file, []) if any(map(document.matches, patterns))]
        editions[file.stem] = {action["id"]: action["text"] for document in documents for action in document.data or ()}
    return editions
