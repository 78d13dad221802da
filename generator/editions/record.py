"""Files of the guidance in, the record of a published edition out, and back: what was promised to readers then."""

import json
from datetime import date

from generator.document import Document
from generator.model import FILES, RECORD
from generator.problem import Place, Problem


def write_record(documents: list[Document], day: date) -> str:
    """What every file of the edition of `day` holds, as JSON."""
    files = {"/".join(document.parts): document.data for document in documents if any(map(document.fits, FILES))}
    return json.dumps({"edition": day.isoformat(), "files": files}, ensure_ascii=False, indent=1) + "\n"


def read_record(text: str, folder: str, problems: list[Problem]) -> list[Document]:
    """The files of the guidance in `folder` as a record holds them. What is wrong is added to `problems`."""
    try:
        files = dict(json.loads(text)["files"])
    except (ValueError, KeyError, TypeError, RecursionError):
        files = {}
    if not files:
        problems.append(Problem(Place(f"{folder}/{RECORD}"), "It is not as a release wrote it.", ""))
        return []
    return [Document(f"{folder}/{name}", tuple(name.split("/")), data=data) for name, data in files.items()]
