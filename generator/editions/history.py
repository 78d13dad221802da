"""The guidance in, out when each action last changed: from git, where there is history, else nothing."""

import subprocess
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

from generator.guidance import Guidance


def last_changed(guidance: Guidance) -> dict[str, date]:
    """The day on which a line of each action was last changed, by the action's id.

    Lines that are not committed yet count as unchanged. A part of the history, as a shallow clone has it, would give
    wrong days, so it gives none.
    """
    changed: dict[str, date] = {}
    for file, actions in groupby(guidance.actions, key=lambda action: action.where().file):
        if days := days_of_lines(Path(file)):
            for action in actions:
                known = [day for line in action.lines if (day := days.get(line))]
                changed |= {action.key: max(known)} if known else {}
    return changed


def days_of_lines(file: Path) -> dict[int, date]:
    """The day on which each line of a file was last changed, by its number; blank lines aside."""
    if git(file, "rev-parse", "--is-shallow-repository") != "false\n":
        return {}
    days: dict[int, date] = {}
    times: dict[str, date] = {}
    commit, line = "", 0
    for row in git(file, "blame", "-w", "--porcelain", "--", file.name).split("\n"):
        name, _, rest = row.partition(" ")
        if len(name) == 40:
            commit, line = name, int(rest.split(" ")[1])
        elif name == "author-time":
            times[commit] = datetime.fromtimestamp(int(rest), UTC).date()
        elif row.startswith("\t") and row.strip() and commit.strip("0"):
            days[line] = times[commit]
    return days


def git(file: Path, *arguments: str) -> str:
    """What git says in the folder of a file; nothing where there is no git, or no repository."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=file.parent, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
