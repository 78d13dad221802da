"""Find out from git when each action last changed, and whether editions are as they were released."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha1
from itertools import groupby
from pathlib import Path

from generator.editions.record import RESTORE
from generator.guidance import Guidance
from generator.model import EDITIONS
from generator.problem import Place, Problem


def find_change_dates(guidance: Guidance) -> dict[str, date]:
    """Return the day on which a line of each action was last committed, by the action's id.

    An action is left out if none of its lines is committed yet. Nothing is returned where git, the repository or a
    part of its history is missing: a shallow clone would give wrong days.
    """
    changed: dict[str, date] = {}
    head = ""
    for file, actions in groupby(guidance.actions, key=lambda action: action.where().file):
        path = Path(file)
        head = head or run_git(path, "rev-parse", "HEAD", "--is-shallow-repository")
        if not head.endswith("\nfalse\n"):
            return {}
        days = read_line_days(path, path.read_bytes(), head)
        for action in actions:
            if committed := [days[line] for line in action.lines if line in days]:
                changed[action.key] = max(committed)
    return changed


def find_live_revision(folder: Path) -> str:
    """Return the revision of git that readers see as the site: every change of main is published.

    Without a copy of main it is the last commit. It is empty where git or the repository is missing.
    """
    revisions = ("origin/main", "HEAD")
    exist = (bool(run_git(folder / EDITIONS, "rev-parse", "--verify", "-q", revision)) for revision in revisions)
    return next((revision for revision, exists in zip(revisions, exist, strict=True) if exists), "")


def check_edition_files(folder: Path) -> Iterator[Problem]:
    """Yield a problem for each edition in a guidance folder that was changed or deleted since it was committed.

    Nothing is found where git, the repository or its history is missing.
    """
    added = ("log", "--no-renames", "--diff-filter=A", "--format=", "--raw", "--no-abbrev", "--relative")
    committed = {}
    for row in run_git(folder / EDITIONS, *added, "--", EDITIONS).splitlines():  # the newest commit comes first
        values, _, name = row.partition("\t")
        committed[name] = values.split()[3]
    for name, released in committed.items():
        file = folder / name
        content = file.read_bytes().replace(b"\r\n", b"\n") if file.is_file() else None
        if content is None or sha1(b"blob %d\0%s" % (len(content), content)).hexdigest() != released:
            message = f"The record of the edition of {file.stem} was {'deleted' if content is None else 'changed'}."
            yield Problem(Place(file.as_posix()), message, RESTORE)


@lru_cache(maxsize=1000)  # in a live preview, git is asked again only about files that change
def read_line_days(file: Path, content: bytes, head: str) -> dict[int, date]:
    """Return the day on which each line of a file was last committed, by its number, leaving out blank lines.

    `content` is what is in the file now. `head` is what git says about the newest commit.
    """
    days: dict[int, date] = {}
    times: dict[str, date] = {}
    commit, line = "", 0
    for row in run_git(file, "blame", "-w", "--porcelain", "--", file.name).split("\n"):
        name, _, rest = row.partition(" ")
        if len(name) == 40:
            commit, line = name, int(rest.split(" ")[1])
        elif name == "author-time":
            times[commit] = datetime.fromtimestamp(int(rest), UTC).date()
        elif row.startswith("\t") and row.strip() and commit.strip("0"):  # a commit of zeros is not committed yet
            days[line] = times[commit]
    return days


def run_git(file: Path, *arguments: str) -> str:
    """Return what git prints in the folder of a file; nothing if git is not installed or fails."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=file.parent, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
