"""Write and read the published editions, one file for each: `editions/<date>.json`."""

import json
from datetime import date
from pathlib import Path

from generator.document import TRANSLATED, Document
from generator.model import EDITIONS, FILES, Action
from generator.problem import Place, Problem, Problems


def find_edition_files(folder: Path) -> list[Path]:
    """Return the files of all editions, the oldest first."""
    return sorted((folder / EDITIONS).glob("????-??-??.json"))


def find_newest_edition(folder: Path) -> Path | None:
    """Return the file of the newest edition, by the date in its name; None before the first release."""
    return max(find_edition_files(folder), default=None)


def write_edition(folder: Path, documents: list[Document], day: date) -> None:
    """Write what every English file of the guidance contains into the file of a new edition, dated `day`.

    Raises Problems if the newest edition is not older, because an edition never changes.
    """
    newest = find_newest_edition(folder)
    if newest and newest.stem >= day.isoformat():
        message = f"There is an edition of {newest.stem}, and an edition never changes."
        remedy = "Release again on a later day; or delete this file first, if it was never committed."
        raise Problems([Problem(Place(newest.as_posix()), message, remedy)])
    english = [document for document in documents if not TRANSLATED.fullmatch(document.parts[-1])]
    files = {"/".join(document.parts): document.data for document in english if any(map(document.matches, FILES))}
    text = json.dumps({"edition": day.isoformat(), "files": files}, ensure_ascii=False, indent=1)
    (folder / EDITIONS).mkdir(exist_ok=True)
    (folder / EDITIONS / f"{day}.json").write_text(f"{text}\n", encoding="utf-8", newline="\n")


def read_edition_file(file: Path, problems: list[Problem]) -> list[Document]:
    """Return the files of the guidance in an edition. Add to `problems` if it can't be read."""
    try:
        files = dict(json.loads(file.read_text(encoding="utf-8", errors="replace"))["files"])
    except (ValueError, KeyError, TypeError, RecursionError):
        files = {}
    if not files:
        problems.append(Problem(Place(file.as_posix()), "It is not as a release wrote it.", ""))
    folder = file.parent.parent.as_posix()
    return [Document(f"{folder}/{name}", tuple(name.split("/")), data=data) for name, data in files.items()]


def read_wordings(folder: Path) -> dict[str, dict[str, str]]:
    """Return the wording of every action of each edition, by its date and the action's id."""
    editions: dict[str, dict[str, str]] = {}
    for file in find_edition_files(folder):
        patterns = [pattern for pattern, kind in FILES.items() if kind is Action]
        documents = [document for document in read_edition_file(file, []) if any(map(document.matches, patterns))]
        editions[file.stem] = {action["id"]: action["text"] for document in documents for action in document.data or ()}
    return editions
