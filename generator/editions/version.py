"""Say which state of the guidance files are made from: a published edition, or a draft on a day."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from generator.editions.change import Revision, find_edition
from generator.editions.history import run_git

SOURCES = ["journeys", "generator", "content", "overrides", "mkdocs.yml", "CONTRIBUTING.md", "requirements.txt"]
"""What a site is made from, from the root of the project."""


@dataclass(frozen=True)
class Version:
    """A published edition, or a draft."""

    edition: str
    """The date of the newest edition, as 2026-11-22; empty if there is none."""
    is_draft: bool
    """Whether the guidance has changed since."""
    day: date
    """The date of the edition; that of a draft is the day on which it was made."""
    site: str = ""
    """The name of the site as an id: what the names of all its downloads begin with."""
    commit: str = ""
    """What it was made from: the beginning of the commit's name, and a checksum of all sources if something is not
    committed or there is no repository. Empty for the commit with the tag of the edition.
    """

    @property
    def moment(self) -> int:
        """The time that its files give as the time of their making, in seconds since 1970: the start of the day.

        So files depend on nothing that their names don't have.
        """
        return int(datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC).timestamp())

    @property
    def name(self) -> str:
        """What tells its files from those of all others, like 2026-11-22 or draft-2026-11-28-1a2b3c4d."""
        return "-".join(filter(None, ["draft" if self.is_draft else "", str(self.day), self.commit]))

    @property
    def file_name(self) -> str:
        """What the names of its files begin with."""
        return f"{self.site}-{self.name}"

    def includes(self, file_name: str) -> bool:
        """Return whether a download is of this version, or of none."""
        name = f"draft-.*{self.commit}" if self.is_draft else self.name
        own = rf"{self.site}-{name}(?!-[0-9a-f]{{8}}[-.])[-.]"
        return not file_name.startswith(self.site) or bool(re.match(own, file_name))


def find_version(folder: Path, revisions: Sequence[Revision], today: date, site: str) -> Version:
    """Return the version of the guidance in `folder`.

    `revisions` begin with the newest. `site` is the name of the site as an id.
    """
    edition, is_draft = find_edition(revisions)
    is_committed = run_git(folder, "ls-files", "--", folder.name)  # not in a folder that another repository ignores
    head = run_git(folder, "log", "-1", "--format=%H%n%D") if is_committed else ""
    commit, _, names = head.strip().partition("\n")
    state = [commit[:8]] if commit and (is_draft or f"tag: edition-{edition}" not in names.split(", ")) else []
    if not commit or run_git(folder, "status", "--porcelain", "--", *SOURCES):
        state.append(checksum_sources(folder.parent))
    day = today if is_draft else date.fromisoformat(edition)
    return Version(edition, is_draft, day, site, "-".join(state))


def checksum_sources(project: Path) -> str:
    """Return a checksum of everything that a site is made from."""
    checksum = sha256()
    for source in SOURCES:
        for path in sorted([project / source, *(project / source).rglob("*")]):
            if path.is_file() and "__pycache__" not in path.parts:
                checksum.update(os.fsencode(path.relative_to(project)) + b"\0" + path.read_bytes())
    return checksum.hexdigest()[:8]
